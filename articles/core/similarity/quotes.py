"""What stands between quotation marks in two texts: the same words, or the same saying in other words."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.core.edits import Span
from articles.core.similarity.words import Words

# A quotation that is never closed ends with its line; one that is opened by a straight mark must be closed.
QUOTED = re.compile(r"«[^»\n]*»?|“[^”\n]*”?|„[^“”\n]*[“”]?|‹[^›\n]*›?|\"[^\"\n]*\"")
# Shorter ones are expressions, and say nothing about where a text comes from.
LEAST = 5
# So many of a text are looked at, so many words of each.
MOST, LONGEST = 40, 300
# Words of so few letters are in every saying.
LETTERS = 3
ALIKE, IN_COMMON = 0.6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePair:
    """A quotation of each text that stands for one saying; ``same``: word for word, but for marks and capitals. Where
    they differ, ``only_one`` and ``only_two`` are the words that the other lacks."""

    one: Span
    two: Span
    words: int
    same: bool
    only_one: tuple[Span, ...] = ()
    only_two: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quote:
    first: int
    words: tuple[str, ...]
    telling: frozenset[str]


def paired_quotes(text_one: str, one: Words, text_two: str, two: Words) -> tuple[QuotePair, ...]:
    """The quotations that both texts have, each with the one of the other text that is most like it, as they stand in
    the first."""
    theirs = _quotes(text_two, two)
    taken: set[int] = set()
    found = []
    for quote in _quotes(text_one, one):
        ranked = [(_likeness(quote, other), -number) for number, other in enumerate(theirs) if number not in taken]
        likeness, place = max(ranked, default=(0.0, 0))
        if likeness >= ALIKE:
            taken.add(-place)
            found.append(_pair(one, quote, two, theirs[-place]))
    return tuple(found)


def _quotes(text: str, words: Words) -> list[_Quote]:
    starts = [start for start, _ in words.spans]
    found = []
    for match in QUOTED.finditer(text):
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        said = words.folded[first : min(last, first + LONGEST)]
        if len(said) >= LEAST:
            telling = frozenset(word for word in said if len(word) > LETTERS)
            found.append(_Quote(first=first, words=said, telling=telling))
        if len(found) == MOST:
            break
    return found


def _likeness(one: _Quote, two: _Quote) -> float:
    """How much of the shorter one's telling words the other has, in [0, 1]; 2 where they are the same."""
    if one.words == two.words:
        return 2.0
    common = len(one.telling & two.telling)
    return common / min(len(one.telling), len(two.telling)) if common >= IN_COMMON else 0.0


def _pair(one: Words, quote: _Quote, two: Words, other: _Quote) -> QuotePair:
    matcher = SequenceMatcher(None, quote.words, other.words, autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    return QuotePair(
        one=one.span(quote.first, len(quote.words)),
        two=two.span(other.first, len(other.words)),
        words=min(len(quote.words), len(other.words)),
        same=not changes,
        only_one=tuple(one.span(quote.first + a, b - a) for _, a, b, _, _ in changes if b > a),
        only_two=tuple(two.span(other.first + a, b - a) for _, _, _, a, b in changes if b > a),
    )

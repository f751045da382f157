"""The second look: figures of each guess among all the guesses of its article.

What the field cannot see: how sure it was of the same name at its other places, of the person whose family name stands
here alone, and of the guesses that would overlap.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from articles.core.entities.crf import Floats, Guess, Sentence
from articles.core.entities.names import lists
from articles.core.entities.signs import AT, EDGE, HEADS, TITLES, Word, word_of

TYPES = ("person", "place", "organisation", "event", "product")
LISTED = (
    "given",
    "families",
    "cities",
    "towns",
    "lands",
    "news person",
    "news organisation",
    "news place",
    "news event",
)
# What a list says of the whole name.
WHOLE = ("organisation", "side", "product", "person", "place", "event")
ARTICLES = frozenset(("l'", "le", "la", "les", "du", "des"))
OF = frozenset(("de", "d'"))
# So many figures has a guess.
WIDTH = 36 + 2 * len(LISTED) + len(WHOLE)
Best = dict[str, dict[str, float]]


@dataclass(slots=True)
class _Same:
    """How sure the field was of one surface: figures of all its places from which those of all but one are told."""

    count: int = 0
    total: float = 0.0
    highest: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)

    def add(self, sure: float) -> None:
        self.count += 1
        self.total += sure
        self.highest = sorted([*self.highest, sure], reverse=True)[:2]
        self.lowest = sorted([*self.lowest, sure])[:2]

    def without(self, sure: float) -> tuple[int, float, float, float]:
        """(how often, highest, mean, lowest) of the other places; -1 where there are none."""
        others = self.count - 1
        if others < 1:
            return 0, -1, -1, -1
        high = self.highest[1] if self.highest[0] == sure else self.highest[0]
        low = self.lowest[1] if self.lowest[0] == sure else self.lowest[0]
        return others, high, (self.total - sure) / others, low


class _Elsewhere:
    """How sure the field was of each surface, family name and word of a name, by type, over the whole article."""

    def __init__(self, words: Sequence[Sequence[Word]], guesses: Sequence[Sequence[Guess]]) -> None:
        self.same: dict[str, dict[str, _Same]] = defaultdict(lambda: defaultdict(_Same))
        self.last: Best = defaultdict(lambda: defaultdict(float))
        self.part: Best = defaultdict(lambda: defaultdict(float))
        self.count = Counter(word.folded for sentence in words for word in sentence)
        for sentence, found in zip(words, guesses, strict=True):
            for one in found:
                name = sentence[one.first : one.last + 1]
                self.same[surface(name)][one.type].add(one.sure)
                if len(name) > 1:
                    _raise(self.last[name[-1].folded], one)
                    for word in name:
                        _raise(self.part[word.folded], one)


def _raise(best: dict[str, float], one: Guess) -> None:
    best[one.type] = max(best[one.type], one.sure)


def surface(words: Sequence[Word]) -> str:
    """The words as they are compared."""
    return " ".join(word.folded for word in words)


def figures(sentences: Sequence[Sentence], guesses: Sequence[Sequence[Guess]]) -> Floats:
    """[guesses, figures], sentence by sentence in order."""
    words = [[word_of(word) for word in sentence] for sentence in sentences]
    elsewhere = _Elsewhere(words, guesses)
    rows = [
        [
            *_own(one, found),
            *_others(one, found, words[number], elsewhere),
            *_place(one, number, words[number], sentences),
        ]
        for number, found in enumerate(guesses)
        for one in found
    ]
    return np.array(rows, np.float32).reshape(-1, WIDTH)


def _own(one: Guess, beside: Sequence[Guess]) -> list[float]:
    over = [other for other in beside if other is not one and other.first <= one.last and other.last >= one.first]
    same = [other.sure for other in over if other.type == one.type]
    against = [other.sure for other in over if other.type != one.type]
    return [
        one.sure,
        max(same, default=0),
        max(against, default=0),
        one.least,
        one.most,
        one.last - one.first + 1,
        *(float(one.type == kind) for kind in TYPES),
    ]


def _others(one: Guess, beside: Sequence[Guess], words: Sequence[Word], elsewhere: _Elsewhere) -> list[float]:
    name = words[one.first : one.last + 1]
    known = elsewhere.same[surface(name)]
    others, high, mean, low = known[one.type].without(one.sure)
    # Of another type, the guess at these very words is no other place.
    here = {twin.type: twin.sure for twin in beside if twin.first == one.first and twin.last == one.last}
    against = max(
        (
            its.without(here[kind])[1] if kind in here else its.highest[0]
            for kind, its in known.items()
            if kind != one.type
        ),
        default=-1,
    )
    found = [others, high, mean, low, against]
    if len(name) > 1:
        return [*found, -1, -1, -1, -1, -1]
    last, part = elsewhere.last[name[0].folded], elsewhere.part[name[0].folded]
    return [
        *found,
        last[one.type],
        max((sure for kind, sure in last.items() if kind != one.type), default=0),
        part[one.type],
        max((sure for kind, sure in part.items() if kind != one.type), default=0),
        elsewhere.count[name[0].folded] - others,
    ]


def _place(one: Guess, number: int, words: Sequence[Word], sentences: Sequence[Sentence]) -> Iterator[float]:
    first, last = words[one.first], words[one.last]
    before = words[one.first - 1] if one.first else EDGE
    after = words[one.last + 1] if one.last + 1 < len(words) else EDGE
    yield from (
        first.capital,
        last.capital,
        one.first == 0,
        all(word.isupper() for word in sentences[number][one.first : one.last + 1]),
        number == 0,
        len(words),
        before.folded in AT,
        before.folded in TITLES,
        before.folded in ARTICLES,
        before.folded in OF,
        before.folded == "(",
        before.capital,
        after.folded == "(",
        after.capital,
        first.folded in HEADS,
    )
    for word in (first, last):
        yield from (float(name in word.listed) for name in LISTED)
    listed = lists().whole(words[one.first : one.last + 1])
    yield from (float(name in listed) for name in WHOLE)

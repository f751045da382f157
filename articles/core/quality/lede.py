"""A lede that says otherwise than the quotation it reports: another number, another day, or the opposite.

Only what can be shown is asked. The two must be about the same thing: most of their words are the same, or what is
counted and several words beside it. Which of two different terms is the right one the text cannot show.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from articles.core.folding import fold
from articles.core.quality.passages import flag_on
from articles.core.registry import data, rows
from articles.core.values import Flag, Passage

QUOTED = re.compile(r"[«“„\"](?P<words>[^«»“”„\"\n]{20,600})[»”“\"]")
SENTENCE = re.compile(r"[^.!?\n]{20,800}")
CLAUSE = re.compile(r"[^,;:()—\n]{12,400}")
WORD = re.compile(r"\w+")
# A number and what is counted: "12 ships", "12 %".
COUNTED = re.compile(
    r"(?<![\w.,/-])(?P<number>\d{1,3}(?:[ .,\u00a0\u202f]\d{3})*(?:[.,]\d{1,2})?|\d{1,9})[ \u00a0]?(?P<unit>%|[^\W\d_]{4,})"
)
# Letters by which a word is compared: its ending is left out.
STEM = 6
CONTENT = 5
# Words that lede and quotation must share beside what is counted, or for a day.
SHARED_BESIDE_A_NUMBER = 3
SHARED_BESIDE_A_DAY = 4
# One may be the other's opposite when they have so much of the quotation's words in common, and of the clause's, which
# also says who speaks; and how many at least.
SHARE_OF_QUOTE = 0.75
SHARE_OF_CLAUSE = 0.6
SAME_WORDS = 4
# Numbers this close are one number, rounded.
ROUNDED = 0.1
# A quotation further down than this many paragraphs is not what the lede reports.
NEAR = 8


class Words(NamedTuple):
    """What is compared of some words: their stems, the days they name, whether they deny."""

    stems: frozenset[str]
    days: frozenset[str]
    denied: bool


class Count(NamedTuple):
    """A number ``[start, end)`` and the stem of what is counted."""

    start: int
    end: int
    value: float
    unit: str
    written: str


@cache
def _days(language: str) -> frozenset[str]:
    weekdays: dict[str, str] = json.loads(data("calendar.json"))["weekdays"]
    return frozenset(fold(weekdays.get(language, "")).split())


@cache
def _denials(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words that deny, and words that make a number a rough one."""
    for name, denials, rough in rows("negations.tsv", 3):
        if name == language:
            return frozenset(fold(denials).split()), frozenset(fold(rough).split())
    return frozenset(), frozenset()


def contradictions(passages: Sequence[Passage], language: str) -> Iterator[Flag]:
    """Quotations near the top that say otherwise than the subtitle or the first paragraph; each is asked about once."""
    kept = [passage for passage in passages if passage.block.kept]
    body = [passage for passage in kept if passage.block.kind in ("body", "quote")][:NEAR]
    ledes = [passage for passage in kept if passage.block.kind == "subtitle"] + body[:1]
    said = [sentence for lede in ledes for sentence in _outside_quotations(lede.text)]
    if not said or not _denials(language)[0]:
        return
    for passage in body:
        for quote in QUOTED.finditer(passage.text):
            found = next((one for sentence in said if (one := _against(sentence, quote["words"], language))), None)
            if found:
                start, end, detail = found
                first = quote.start("words")
                yield flag_on(passage, "lede_contradicts_quote", first + start, first + end, detail)


def _outside_quotations(text: str) -> list[str]:
    return [match[0] for match in SENTENCE.finditer(QUOTED.sub(lambda quote: " " * len(quote[0]), text))]


def _words(text: str, language: str) -> Words:
    words = WORD.findall(fold(text))
    days, (denials, _) = _days(language), _denials(language)
    stems = frozenset(
        word[:STEM] for word in words if len(word) >= CONTENT and word not in days and word not in denials
    )
    return Words(stems, frozenset(words) & days, any(word in denials for word in words))


def _against(sentence: str, quote: str, language: str) -> tuple[int, int, str] | None:
    """Where a quotation says otherwise than a sentence, and in what; None when nothing shows that it does."""
    said, quoted = _words(sentence, language), _words(quote, language)
    shared = said.stems & quoted.stems
    if len(shared) >= SHARED_BESIDE_A_NUMBER and (found := _counts_differ(sentence, quote, shared, language)):
        return found
    same = len(shared) >= SHARED_BESIDE_A_DAY and 2 * len(shared) >= len(quoted.stems)
    if same and len(said.days) == len(quoted.days) == 1 and said.days != quoted.days:
        (theirs,), (ours,) = quoted.days, said.days
        if at := re.search(rf"\b{theirs}\b", fold(quote)):
            return at.start(), at.end(), f"The lede says {ours}, the quotation says {theirs}."
    return _opposite(sentence, quote, language)


def _counts_differ(sentence: str, quote: str, shared: frozenset[str], language: str) -> tuple[int, int, str] | None:
    ours, theirs = (list(_counts(text, language)) for text in (sentence, quote))
    values = {one.value for one in (*ours, *theirs)}
    if len(values) < 2:
        return None
    for their in theirs:
        same = [our for our in ours if our.unit == their.unit]
        beside = shared - {their.unit}
        if len(same) != 1 or len(beside) < SHARED_BESIDE_A_NUMBER or sum(one.unit == their.unit for one in theirs) != 1:
            continue
        our = same[0]
        if abs(our.value - their.value) > ROUNDED * max(our.value, their.value):
            return their.start, their.end, f"The lede says {our.written}, the quotation says {their.written}."
    return None


def _counts(text: str, language: str) -> Iterator[Count]:
    _, rough = _denials(language)
    for match in COUNTED.finditer(text):
        before = WORD.findall(fold(text[max(0, match.start() - 24) : match.start()]))[-2:]
        digits = re.sub(r"[ .,\u00a0\u202f](?=\d{3})", "", match["number"]).replace(",", ".")
        if not rough.intersection(before):
            unit = fold(match["unit"])[:STEM]
            yield Count(match.start(), match.end(), float(digits), unit, " ".join(match[0].split()))


def _opposite(sentence: str, quote: str, language: str) -> tuple[int, int, str] | None:
    """A clause and a quotation of nearly the same words, of which one denies."""
    quoted = _words(quote, language)
    for clause in CLAUSE.finditer(sentence):
        said = _words(clause[0], language)
        shared = said.stems & quoted.stems
        wanted = max(SAME_WORDS, SHARE_OF_QUOTE * len(quoted.stems), SHARE_OF_CLAUSE * len(said.stems))
        alike = len(shared) >= wanted
        if alike and said.denied != quoted.denied:
            who = "lede" if said.denied else "quotation"
            return 0, len(quote), f"Only the {who} denies what both say in nearly the same words."
    return None

"""The headline: the line that prints it, what the page's head calls it, or the line above the text that tells of it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.core.folding import fold, key
from articles.core.metadata.uploaded import state_of
from articles.core.values import Candidate, Field, Passage

WORDS = re.compile(r"\w{4,}")
WORD = re.compile(r"\w{3,}")
BAR = re.compile(r"\s+[|–—·»:-]+\s+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# A way to the page, or a menu.
TRAIL = re.compile(r"\s[/|»>›]\s")
# Lines in which no headline stands, whatever they say.
NEVER = frozenset({"comments", "caption", "credit", "legal", "date", "byline"})
TEXT = frozenset({"body", "quote", "list"})
# A headline has so many words, and stands at most so many lines above the text.
SHORTEST, LONGEST, ABOVE = 3, 30, 20
# A line tells of the text when so much of it, by its longer words, is in the text.
TELLS = 0.5
# A line that says less of the text than this is doubted; another must say so much more of it. Each line further from the
# text costs a little. A paragraph has so many words.
SILENT, CLEARLY, FAR, PROSE = 0.4, 0.3, 0.02, 25
ENDS = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that may be the headline: how much of it the text repeats, and how far above the text it stands."""

    candidate: Candidate
    told: float
    above: int


def find(
    titles: Sequence[Candidate],
    heads: Sequence[Candidate],
    headings: Sequence[Candidate],
    passages: Sequence[Passage],
    site: Sequence[str],
) -> Field:
    """The field ``title``: the headline as it was printed, if a line prints it. ``titles`` are the lines that were taken
    for it, ``heads`` what the page's head calls it, ``site`` the names of the site, which are no headline."""
    sites = {key(name) for name in site}
    found = [line for line in titles if key(str(line.value)) not in sites and not _is_site(line, heads)]
    sites |= {key(str(line.value)) for line in titles if line not in found}
    heads = [_without_site(head, sites) for head in heads]
    found = found if heads else list(titles)
    if found and heads and not _shares(str(found[0].value), " ".join(str(head.value) for head in heads)):
        found = []
    elif not heads and (better := _instead(found[0] if found else None, passages)):
        found = [better, *found]
    rest = [*found, *heads, *titles]
    if not rest:
        return Field(name="title", reason="no line is the headline", candidates=tuple(headings[:3]))
    first, *rest = rest
    trimmed = []
    value = str(first.value)
    if value.endswith(".") and not value.endswith((". .", "...")):
        trimmed = [replace(first, value=value[:-1].rstrip(), reason="headline without its final full stop")]
    others = {str(one.value): one for one in reversed([*trimmed, *rest, *headings[:5]]) if one.value != first.value}
    return Field(
        name="title",
        value=first.value,
        span=first.span,
        state="inferred" if first.reason == INSTEAD else state_of(first),
        reason=first.reason,
        candidates=tuple(reversed(others.values())),
    )


INSTEAD = "line above the text that says most of what it tells"


def _is_site(line: Candidate, heads: Sequence[Candidate]) -> bool:
    """Whether the line is but the shorter end of a title of the head: the name of the site."""
    said = str(line.value)
    for head in heads:
        value = str(head.value)
        for cut in BAR.finditer(value):
            before, behind = value[: cut.start()], value[cut.end() :]
            for end, rest in ((behind, before), (before, behind)):
                if key(end) == key(said) and _length(rest) > _length(said):
                    return True
    return False


def _length(words: str) -> int:
    """How many words, about: scripts without spaces between them have one for two signs."""
    return len(words.split()) + len(UNSPACED.findall(words)) // 2


def _without_site(head: Candidate, names: set[str]) -> Candidate:
    """A title of the head without the name of the site at either end."""
    value = str(head.value)
    cuts = list(BAR.finditer(value))
    if cuts and key(value[cuts[-1].end() :]) in names:
        return replace(head, value=value[: cuts[-1].start()])
    if cuts and key(value[: cuts[0].start()]) in names:
        return replace(head, value=value[cuts[0].end() :])
    return head


def _shares(line: str, others: str) -> bool:
    """Whether a line has a word in common with others; one without words is not judged."""
    words = set(WORD.findall(fold(line)))
    return not words or bool(words & set(WORD.findall(fold(others))))


def _instead(title: Candidate | None, passages: Sequence[Passage]) -> Candidate | None:
    """A line that tells of the text, where the line that was taken for the headline does not say a word of it."""
    body = [at for at, passage in enumerate(passages) if passage.block.kind in TEXT]
    if not body:
        return None
    told = Counter(word for at in body for word in set(WORDS.findall(fold(passages[at].text))))
    printed = _told(str(title.value), told, own=False) if title is not None else 0.0
    if printed >= SILENT:
        return None
    first = next((at for at in body if len(passages[at].text.split()) >= PROSE), body[0])
    lines = [
        line
        for at, passage in enumerate(passages[: first + 2])
        if at >= first - ABOVE and (line := _line(passage, first - at, told)) is not None
    ]
    best = max(lines, key=lambda line: line.told - FAR * line.above, default=None)
    return best.candidate if best is not None and best.told >= max(TELLS, printed + CLEARLY) else None


def _line(passage: Passage, above: int, told: Counter[str]) -> Line | None:
    text = passage.text.strip()
    if (
        passage.block.kind in NEVER
        or not SHORTEST <= len(text.split()) <= LONGEST
        or text.endswith(ENDS)
        or TRAIL.search(text)
    ):
        return None
    start = passage.text.index(text)
    span = passage.raw(start, start + len(text))
    candidate = Candidate(value=" ".join(text.split()), span=span, reason=INSTEAD)
    own = passage.block.kind in TEXT
    return Line(candidate=candidate, told=_told(text, told, own=own), above=max(0, above))


def _told(line: str, told: Counter[str], *, own: bool) -> float:
    """The share of a line's longer words that the text says too; ``own`` when the line is counted as text itself."""
    words = set(WORDS.findall(fold(line)))
    return sum(told[word] > own for word in words) / len(words) if words else 0.0

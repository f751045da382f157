"""The verdict on two articles, weighed from named parts, each with its words."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from articles.core.edits import Span
from articles.core.similarity.quotes import QuotePair, paired_quotes
from articles.core.similarity.runs import LONG, Run, covered, shared_runs
from articles.core.similarity.shingles import SHINGLE
from articles.core.similarity.words import Words

# The verdicts, the strongest first.
KINDS = {"same_file": "Same file", "same_text": "Same text", "same_event": "Same event"}
# Two texts are the same where so much of the shorter stands in the other, in runs of SHINGLE words, and so many words.
VERBATIM, VERBATIM_WORDS = 0.7, 40
# From which score on two articles are told to be of one event.
EVENT = 0.6
# A run of fewer different words is a table or a song.
DIFFERENT = LONG // 2
# Publications further apart than FAR days are seldom of one event; up to NEAR they speak for one.
NEAR, FAR = 2, 30
QUOTED = 140


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is compared of an article: its clean text, the names in it (key -> as written), the days it speaks of (ISO
    8601), when and by whom it was published, the fingerprint of its file."""

    text: str
    sha256: str = ""
    names: dict[str, str] = field(default_factory=dict)
    days: frozenset[str] = frozenset()
    published: date | None = None
    outlet: str = ""

    @cached_property
    def words(self) -> Words:
        return Words.of(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One reason of a verdict: ``said`` is a phrase for an editor, ``points`` in [-1, 1] what it adds or takes."""

    name: str
    said: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``kind`` is a row of KINDS or empty; ``score`` in [0, 1]. Spans are of the two texts."""

    kind: str
    score: float
    parts: tuple[Part, ...] = ()
    runs: tuple[Run, ...] = ()
    quotes: tuple[QuotePair, ...] = ()

    @property
    def origin(self) -> bool:
        """Whether one source stands behind both: they share long runs, or whole sayings."""
        return bool(self.runs) or any(pair.same for pair in self.quotes)


def compare(one: Told, two: Told, *, house: Collection[int] = ()) -> Comparison:
    """What two articles are to each other. ``house`` are numbers of shingles that stand in articles of many stories:
    a run that is made of them is a phrase of the house and no proof."""
    runs = tuple(run for run in shared_runs(one.words, two.words) if _telling(one.words, run, house))
    quotes = paired_quotes(one.text, one.words, two.text, two.words)
    parts = [
        *_run_parts(one, two, runs),
        *_quote_parts(quotes),
        *_name_parts(one, two),
        *_date_parts(one, two),
    ]
    score = _weighed(parts)
    if one.sha256 and one.sha256 == two.sha256:
        said = Part(name="file", said="the bytes are the same", points=1.0)
        return Comparison(kind="same_file", score=1.0, parts=(said, *parts), runs=runs, quotes=quotes)
    verbatim = _verbatim(one.words, two.words) if runs else None
    if verbatim is not None:
        return Comparison(
            kind="same_text", score=max(score, verbatim.points), parts=(verbatim, *parts), runs=runs, quotes=quotes
        )
    proven = bool(runs) or any(pair.same for pair in quotes)
    kind = "same_event" if proven and score >= EVENT else ""
    return Comparison(kind=kind, score=score, parts=tuple(parts), runs=runs, quotes=quotes)


def _telling(words: Words, run: Run, house: Collection[int]) -> bool:
    said = words.folded[run.first_one : run.first_one + run.words]
    if len(set(said)) < DIFFERENT:
        return False
    if not house:
        return True
    kept = words.shingles(SHINGLE)[run.first_one : run.first_one + run.words - SHINGLE + 1]
    # Of a phrase of the house the index knows about one shingle in four; a run with many others says more than that.
    known = sum(number in house for number in kept.view("int64").tolist())
    return known * LONG < run.words


def _weighed(parts: list[Part]) -> float:
    """Each part that speaks for it leaves less doubt; each that speaks against it takes its share."""
    doubt, against = 1.0, 1.0
    for part in parts:
        doubt *= 1 - max(part.points, 0.0)
        against *= 1 + min(part.points, 0.0)
    return round((1 - doubt) * against, 3)


def quoted(text: str, span: Span) -> str:
    """The words at a span on one line, cut where they are many."""
    words = " ".join(span.of(text).split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"


def _run_parts(one: Told, two: Told, runs: tuple[Run, ...]) -> list[Part]:
    if not runs:
        return []
    longest = runs[0]
    points = min(0.62 + 0.03 * (longest.words - LONG), 0.95)
    said = f"{longest.words} words in a row are the same: “{quoted(one.text, longest.one)}”"
    parts = [Part(name="run", said=said, points=round(points, 3))]
    if len(runs) > 1:
        total = sum(run.words for run in runs)
        said = f"{len(runs)} long runs are the same, {total} words in all"
        parts.append(Part(name="runs", said=said, points=round(min(0.1 * (len(runs) - 1), 0.5), 3)))
    elif one.outlet and one.outlet == two.outlet:
        said = f"both are from {one.outlet}, which may say this on every page"
        parts.append(Part(name="outlet", said=said, points=-0.3))
    return parts


def _quote_parts(quotes: tuple[QuotePair, ...]) -> list[Part]:
    same = [pair for pair in quotes if pair.same]
    parts = []
    if same:
        words = sum(pair.words for pair in same)
        said = f"{_counted(len(same), 'quotation')} word for word the same, {words} words"
        parts.append(Part(name="quotes", said=said, points=min(0.05 * words, 0.8)))
    if other := len(quotes) - len(same):
        said = f"{_counted(other, 'quotation')} the same saying in other words"
        parts.append(Part(name="sayings", said=said, points=min(0.2 * other, 0.4)))
    return parts


def _name_parts(one: Told, two: Told) -> list[Part]:
    shared = [name for name in one.names if name in two.names]
    if len(shared) < 2:
        return []
    share = len(shared) / min(len(one.names), len(two.names))
    shown = ", ".join(one.names[name] for name in shared[:6]) + (" …" if len(shared) > 6 else "")
    return [Part(name="names", said=f"both name {shown}", points=round(0.1 + 0.25 * share, 3))]


def _date_parts(one: Told, two: Told) -> list[Part]:
    parts = []
    if one.published and two.published:
        apart = abs((one.published - two.published).days)
        if apart <= NEAR:
            said = "published on the same day" if not apart else f"published {_days(apart)} apart"
            parts.append(Part(name="published", said=said, points=0.15))
        elif apart > FAR:
            parts.append(Part(name="published", said=f"published {_days(apart)} apart", points=-0.3))
    if shared := sorted(one.days & two.days):
        shown = ", ".join(shared[:3]) + (" …" if len(shared) > 3 else "")
        parts.append(Part(name="dates", said=f"both speak of {shown}", points=0.1))
    return parts


def _verbatim(one: Words, two: Words) -> Part | None:
    """That the shorter text, or nearly all of it, stands in the other; None where it does not."""
    shorter, longer = (one, two) if len(one) <= len(two) else (two, one)
    words = covered(shorter, longer, length=SHINGLE)
    share = words / max(len(shorter), 1)
    if share < VERBATIM or words < VERBATIM_WORDS:
        return None
    whole = covered(longer, shorter, length=SHINGLE) / max(len(longer), 1) >= VERBATIM
    said = (
        "of the text is the same word for word" if whole else "of the shorter text stands in the longer word for word"
    )
    return Part(name="text", said=f"{share:.0%} {said}", points=round(share, 3))


def _counted(count: int, word: str) -> str:
    return f"{count} {word} is" if count == 1 else f"{count} {word}s are"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"

"""Lines -> ledger: what the trained cleaner says, what the rules say, what the desk remembers; one verdict a block."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.core.cleaning import model, rulebook
from articles.core.cleaning.certainty import level
from articles.core.cleaning.features import Run
from articles.core.cleaning.figures import KIND_NUMBER, Lines
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.memory import is_common, one_decision, pages, recalled
from articles.core.cleaning.model import KEPT
from articles.core.cleaning.reasons import most_common, reasons
from articles.core.cleaning.rules import Verdict
from articles.core.cleaning.runs import runs as runs_of
from articles.core.cleaning.windows import Row
from articles.core.edits import Span
from articles.core.values import Block, DecidedBy, Line, Memory, OutletMemory, Place, Scraped

NAMES = tuple(KINDS)
TITLE, BODY = KIND_NUMBER["title"], KIND_NUMBER["body"]
Odds = npt.NDArray[np.float32]
# The least sure rule that is heard beside the model, and the most sure one can be.
HEARD, LOUDEST = 0.5, 0.97
# Kinds that the rules know better than the model: those of kept text by their shape, the frame by its neighbours.
SHAPES = ("heading", "quote", "list")
LOUD = {"title": 3, "section": 2, "caption": 1.5, **dict.fromkeys(SHAPES, 2)}
LOUDNESS = np.array([LOUD.get(name, 1) for name in NAMES], np.float32)
SHAPED = np.array([name in SHAPES for name in NAMES])
# Evidence that an editor reads; more than this nobody does.
EVIDENCE = 4
LEAST, MOST = 0.01, 0.99
# Of a text of so few words, nothing around a line says what it is.
ENOUGH_WORDS, MOST_OF_FEW = 25, 0.7


class Judgement(NamedTuple):
    """A run's verdict: ``reason`` and ``evidence`` are phrases, ``otherwise`` the kind that was second best."""

    kind: str
    reason: str
    confidence: float
    decided_by: DecidedBy
    evidence: tuple[str, ...] = ()
    otherwise: str = ""


def classify(scraped: Scraped, lines: Sequence[Line], language: str, memory: Memory) -> tuple[Block, ...]:
    """The ledger: blocks that cover every character exactly once. ``language`` is for models of one language."""
    found = runs_of(scraped, lines)
    if not found:
        return ()
    said = rulebook.verdicts(scraped, found)
    judgements = _judgements(scraped, found, said)
    if memory.outlet:
        judgements = [_recalled(run, j, memory.outlet) for run, j in zip(found, judgements, strict=True)]
    return _ledger(found, judgements, len(scraped.raw_text))


def _judgements(scraped: Scraped, runs: Sequence[Run], said: Sequence[Verdict]) -> list[Judgement]:
    cleaner = model.shipped()
    marked = any(run.place is not None for run in runs)
    places = [run.place or Place(span=run.content, path=()) for run in runs] if marked else []
    lines = Lines(texts=[run.text for run in runs], places=places, head=scraped.metadata)
    ruled = [KIND_NUMBER[verdict.kind] for verdict in said]
    sure = [verdict.confidence for verdict in said]
    judged = cleaner.judge(lines, list(zip(ruled, sure, strict=True)))
    odds = _heard(judged, np.array(ruled), np.array(sure, np.float32))
    _one_title(odds)
    best = np.argsort(-odds, axis=1, kind="stable")[:, :2]
    most = MOST if sum(run.words for run in runs) >= ENOUGH_WORDS else MOST_OF_FEW
    return [
        _judgement(verdict, found, first, second, chance)
        for verdict, found, (first, second), chance in zip(
            said, reasons(judged, cleaner.lexicon, best[:, 0]), best.tolist(), _chances(odds, best, most), strict=True
        )
    ]


def _chances(odds: Odds, best: npt.NDArray[np.intp], most: float) -> list[tuple[float, float]]:
    """Of each line how sure we are of its fate, and how likely the second best kind is. Which kind of boilerplate a line
    is changes nothing that is published."""
    kept, gone = odds[:, KEPT].sum(axis=1), odds[:, ~KEPT].sum(axis=1)
    sure = np.clip(np.where(KEPT[best[:, 0]], kept, gone), LEAST, most)
    return list(zip(sure.tolist(), np.take_along_axis(odds, best, axis=1)[:, 1].tolist(), strict=True))


def _heard(judged: model.Judged, ruled: npt.NDArray[np.int64], sure: Row) -> Odds:
    """[n, kinds] probabilities: the model's, with what the rules say heard beside it."""
    odds = _fated(judged)
    lines = np.flatnonzero((sure >= HEARD) & (ruled != BODY))
    kinds, rule = ruled[lines], np.minimum(sure[lines], LOUDEST)
    shaped = lines[SHAPED[kinds]]
    kept = odds[shaped][:, KEPT].sum(axis=1)
    odds[lines, kinds] = np.maximum(odds[lines, kinds], LEAST) * (rule / (1 - rule)) ** LOUDNESS[kinds]
    # A heading, a quotation or a list is the article's as much as its paragraphs: only the kind changes.
    odds[np.ix_(shaped, KEPT)] *= (kept / odds[shaped][:, KEPT].sum(axis=1))[:, None]
    return odds / odds.sum(axis=1, keepdims=True)


def _fated(judged: model.Judged) -> Odds:
    """[n, kinds] with the kinds of each fate sharing its probability. A title is a fate of its own: it is published, but
    what says that a line belongs to the text says nothing of it."""
    odds = judged.kinds + 1e-9
    title = odds[:, TITLE].copy()
    odds[:, TITLE] = 0
    for fate, chance in ((KEPT, judged.kept), (~KEPT, 1 - judged.kept)):
        odds[:, fate] *= (chance * (1 - title) / odds[:, fate].sum(axis=1))[:, None]
    odds[:, TITLE] = title
    return odds


def _one_title(odds: Odds) -> None:
    """An article has one title: where several lines would be it, the likeliest is."""
    titles = np.flatnonzero(odds.argmax(axis=1) == TITLE)
    if len(titles) > 1:
        best = titles[int(np.argmax(odds[titles, TITLE]))]
        others = titles[titles != best]
        odds[others, TITLE] = 0
        odds[others] /= odds[others].sum(axis=1, keepdims=True) + 1e-9


def _judgement(
    verdict: Verdict, found: tuple[str, ...], first: int, second: int, chances: tuple[float, float]
) -> Judgement:
    kind, (sure, other) = NAMES[first], chances
    agrees = verdict.kind == kind
    spoken = tuple(dict.fromkeys((verdict.reason, *found))) if agrees else found
    return Judgement(
        kind=kind,
        reason=spoken[0],
        confidence=sure,
        decided_by="rule" if agrees else "model",
        evidence=spoken[1 : 1 + EVIDENCE],
        otherwise=NAMES[second] if other > LEAST else "",
    )


def _recalled(run: Run, judgement: Judgement, outlet: OutletMemory) -> Judgement:
    """What other pages of the outlet say about this very line: what people decided there, or that it stands on many."""
    line = recalled(run.text, outlet)
    if line is None:
        return judgement
    spoken = (judgement.reason, *judgement.evidence)[:EVIDENCE]
    said = one_decision(line)
    # A title is one article's own: on another page the same line is none, whatever it is.
    if said and said[0] in KINDS and said[0] != "title":
        reason, kind = f"decided so on {pages(said[1])}", said[0]
    elif is_common(line, outlet) and not (KINDS[judgement.kind].kept and level(judgement.confidence) != "unsure"):
        reason, kind = f"same line on {pages(line.pages)}", _boilerplate(judgement)
    else:
        return judgement
    return judgement._replace(
        kind=kind, reason=reason, confidence=0.97, decided_by="memory", evidence=spoken,
        otherwise=judgement.kind if judgement.kind != kind else judgement.otherwise,
    )  # fmt: skip


def _boilerplate(judgement: Judgement) -> str:
    """What a line that stands on every page is: never a part of this article."""
    if not KINDS[judgement.kind].kept:
        return judgement.kind
    return judgement.otherwise if judgement.otherwise and not KINDS[judgement.otherwise].kept else "widget"


def _ledger(runs: Sequence[Run], judgements: Sequence[Judgement], length: int) -> tuple[Block, ...]:
    """Blocks from judgements; neighbouring removed runs of one kind become one, the uncertain ones apart."""
    groups: list[list[int]] = []
    for i, judgement in enumerate(judgements):
        if groups and _same(judgements[groups[-1][-1]], judgement):
            groups[-1].append(i)
        else:
            groups.append([i])
    starts = [0, *(runs[group[0]].start for group in groups[1:]), length]
    return tuple(
        _block(runs, [judgements[i] for i in group], group, Span(start=start, end=end))
        for group, start, end in zip(groups, starts[:-1], starts[1:], strict=True)
    )


def _same(before: Judgement, after: Judgement) -> bool:
    if before.kind != after.kind or KINDS[after.kind].kept or before.decided_by != after.decided_by:
        return False
    alike = before.reason == after.reason or KINDS[after.kind].group == "boilerplate"
    return alike and (level(before.confidence) == "unsure") == (level(after.confidence) == "unsure")


def _block(runs: Sequence[Run], judgements: Sequence[Judgement], group: Sequence[int], span: Span) -> Block:
    first = judgements[0]
    spoken = (first.reason, *first.evidence) if len(group) == 1 else _shared(judgements)
    return Block(
        span=span,
        kind=first.kind,
        kept=KINDS[first.kind].kept,
        reason=_counted(spoken[0], runs, judgements, group),
        confidence=round(sum(judgement.confidence for judgement in judgements) / len(group), 3),
        decided_by=first.decided_by,
        evidence=spoken[1 : 1 + EVIDENCE],
        otherwise=first.otherwise,
    )


def _counted(reason: str, runs: Sequence[Run], judgements: Sequence[Judgement], group: Sequence[int]) -> str:
    """The reason with the number of lines it holds for; separators are none."""
    says = [
        judgement.reason == reason for i, judgement in zip(group, judgements, strict=True) if not runs[i].is_separator
    ]
    if len(says) < 2:
        return reason
    return f"{reason}, {len(says)} lines" if all(says) else f"{reason}, {sum(says)} of {len(says)} lines"


def _shared(judgements: Sequence[Judgement]) -> tuple[str, ...]:
    """The reasons of a group: what decided most of its lines, then what else speaks for most."""
    decided = Counter(judgement.reason for judgement in judgements).most_common(1)[0][0]
    others = most_common([judgement.evidence for judgement in judgements])
    return tuple(dict.fromkeys((decided, *others)))

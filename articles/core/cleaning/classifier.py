"""Lines -> ledger: the order in which the rules speak, and the merging of their verdicts into blocks."""

import re
from collections.abc import Sequence

from articles.core.cleaning import frame, lists, places, rules
from articles.core.cleaning.features import LATIN, RIGHT_TO_LEFT, Run
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.memory import is_common, one_decision, pages, recalled
from articles.core.cleaning.rules import Verdict
from articles.core.cleaning.runs import runs as runs_of
from articles.core.edits import Span
from articles.core.values import Block, Line, Memory, OutletMemory, Scraped

HEADING_WORDS = 14
REPEATED = 200
QUOTED_HEADING = 10
QUOTED = re.compile(r"[«“\"][^«»“”\"]+[»”\"]")


def classify(scraped: Scraped, lines: Sequence[Line], language: str, memory: Memory) -> tuple[Block, ...]:
    """The ledger: blocks that cover every character exactly once. ``language`` is for a later model."""
    found = runs_of(scraped, lines)
    if not found:
        return ()
    verdicts = _verdicts(scraped, found, memory)
    return _ledger(found, verdicts, len(scraped.raw_text))


def _verdicts(scraped: Scraped, runs: Sequence[Run], memory: Memory) -> list[Verdict]:
    common = places.common_hints(runs)
    # A page repeats its short lines: each is judged once.
    seen: dict[str, Verdict | None] = {}
    drafts = [places.judged(run, common) or _by_words(run, seen) for run in runs]
    lists.dated_lists(runs, drafts)
    lists.after_openers(runs, drafts)
    span = lists.body_span(runs, drafts)
    heads = [value for name, value, _ in scraped.metadata if name in frame.HEADS]
    # Twice: names and sections tell the title, and the title tells more of them.
    frame.frame(runs, drafts, None, span)
    title = frame.find_title(runs, drafts, heads, span)
    if title is not None:
        span = lists.body_span(runs, drafts)
    frame.captions(runs, drafts, title, span)
    frame.frame(runs, drafts, title, span)
    lists.comment_threads(runs, drafts)
    lists.beside_prompts(runs, drafts, span)
    lists.outside(runs, drafts, span)
    if memory.outlet:
        drafts = [_remembered(run, draft, memory.outlet) for run, draft in zip(runs, drafts, strict=True)]
    return [draft or _kept(runs, i, span) for i, draft in enumerate(drafts)]


def _by_words(run: Run, seen: dict[str, Verdict | None]) -> Verdict | None:
    if run.place is not None or len(run.text) > REPEATED:
        return rules.judged(run)
    if run.text not in seen:
        seen[run.text] = rules.judged(run)
    return seen[run.text]


def _remembered(run: Run, draft: Verdict | None, outlet: OutletMemory) -> Verdict | None:
    """What other pages of the outlet say about this very line: what people decided there, or that it stands on many."""
    line = recalled(run.text, outlet)
    if line is None:
        return draft
    said = one_decision(line)
    # A title is one article's own: on another page the same line is none, whatever it is.
    if said and said[0] in KINDS and said[0] != "title":
        return Verdict(kind=said[0], reason=f"decided so on {pages(said[1])}", confidence=0.97, decided_by="memory")
    if draft and KINDS[draft.kind].group == "boilerplate" and is_common(line, outlet):
        return Verdict(
            kind=draft.kind, reason=f"same line on {pages(line.pages)}", confidence=0.97, decided_by="memory"
        )
    return draft


def _kept(runs: Sequence[Run], i: int, span: tuple[int, int] | None) -> Verdict:
    """A run that nothing speaks against stays: as a paragraph, a heading, a quotation or an item of a list."""
    run = runs[i]
    path = set(run.place.path) if run.place else set()
    if "blockquote" in path and (run.is_prose or run.is_sentence):
        return Verdict(kind="quote", reason="set apart as a quotation in the page", confidence=0.85)
    if run.is_prose:
        return Verdict(kind="body", reason="reads as a paragraph", confidence=0.95 if run.words >= 28 else 0.88)
    if span is None:
        return Verdict(kind="body", reason="nothing tells what it is", confidence=0.5)
    if path & places.HEADINGS:
        return Verdict(kind="heading", reason="a heading in the page", confidence=0.85)
    if "li" in path or lists.BULLET.match(run.text):
        return Verdict(kind="list", reason="an item of a list inside the text", confidence=0.7)
    inside = span[0] < i < span[1]
    if inside and not run.place and _foreign(run, runs, span):
        return Verdict(kind="quote", reason="a line in another script between paragraphs", confidence=0.6)
    if inside and not run.place and run.words <= QUOTED_HEADING and QUOTED.fullmatch(run.text):
        return Verdict(kind="heading", reason="a few quoted words on a line of their own", confidence=0.6)
    if run.is_sentence:
        reason = "a sentence between paragraphs" if inside else "a sentence near the text"
        return Verdict(kind="body", reason=reason, confidence=0.8 if inside else 0.6)
    following = next((other for other in runs[i + 1 :] if not other.is_separator), None)
    if inside and run.words <= HEADING_WORDS and following is not None and following.words > run.words:
        return Verdict(kind="heading", reason="a short line without a full stop between paragraphs", confidence=0.6)
    return Verdict(kind="body", reason="nothing speaks against it", confidence=0.5)


def _foreign(run: Run, runs: Sequence[Run], span: tuple[int, int]) -> bool:
    """Whether a line from right to left stands in a text from left to right."""
    return (
        bool(RIGHT_TO_LEFT.search(run.text)) and not LATIN.search(run.text) and bool(LATIN.search(runs[span[0]].text))
    )


def _ledger(runs: Sequence[Run], verdicts: Sequence[Verdict], length: int) -> tuple[Block, ...]:
    """Blocks from verdicts; neighbouring removed runs of one kind and reason become one."""
    groups: list[list[int]] = []
    for i, verdict in enumerate(verdicts):
        if groups and _same(verdicts[groups[-1][-1]], verdict):
            groups[-1].append(i)
        else:
            groups.append([i])
    starts = [0, *(runs[group[0]].start for group in groups[1:]), length]
    return tuple(
        _block(runs, verdicts, group, Span(start=start, end=end))
        for group, start, end in zip(groups, starts[:-1], starts[1:], strict=True)
    )


def _same(before: Verdict, after: Verdict) -> bool:
    return before.kind == after.kind and before.reason == after.reason and not KINDS[after.kind].kept


def _block(runs: Sequence[Run], verdicts: Sequence[Verdict], group: Sequence[int], span: Span) -> Block:
    verdict = verdicts[group[0]]
    said = sum(not runs[i].is_separator for i in group)
    reason = verdict.reason if said < 2 else f"{verdict.reason}, {said} lines"
    return Block(
        span=span,
        kind=verdict.kind,
        kept=KINDS[verdict.kind].kept,
        reason=reason,
        confidence=round(sum(verdicts[i].confidence for i in group) / len(group), 3),
        decided_by=verdict.decided_by,
    )

"""Runs of lines: headline lists, what follows a heading such as "Read also", and what lies outside the text."""

import re
from collections.abc import Sequence

from articles.core.cleaning import patterns
from articles.core.cleaning.features import Run
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.rules import Verdict

Verdicts = list[Verdict | None]
ENOUGH = 2
AFTER_OPENER = 12
SHORT = 6
LABEL = 4
TABLE = 6
FEW = 8
DENSE = 80
ROW = 4
MOST_WORDS = 60
COST_OF_LOOSE = 3
COST_OF_REMOVED = 2
BULLET = re.compile(r"(?:[-–—•*▪●◦]|\d{1,2}[.)])\s+\w")


def dated_lists(runs: Sequence[Run], verdicts: Verdicts) -> None:
    """Several lines that begin with a date or a time, with or without dashes between: a list of headlines."""
    items = [i for i, run in enumerate(runs) if _may_be_item(run, verdicts[i])]
    for group in _groups(runs, items):
        glued = all(patterns.GLUED_ITEM.match(runs[i].folded) for i in group)
        short = sum(runs[i].words for i in group) / len(group) <= 30
        if len(group) >= (ENOUGH if glued else 3) and short:
            reason = f"repeated headline list: {'date glued to headline' if glued else 'time and headline'}"
            sure = 0.97 if len(group) > 2 else 0.92
            _mark(runs, verdicts, group, Verdict(kind="related", reason=reason, confidence=sure))
            _label(runs, verdicts, group[0])


def _may_be_item(run: Run, verdict: Verdict | None) -> bool:
    """Begins with a date or a time, is no paragraph, and no other rule has claimed it."""
    if run.is_separator or run.words > 45 or not patterns.LIST_ITEM.match(run.folded):
        return False
    return verdict is None or verdict.reason.startswith("headline list")


def _groups(runs: Sequence[Run], items: Sequence[int]) -> list[list[int]]:
    """Indices that follow each other, separators between them not counted."""
    groups: list[list[int]] = []
    for i in items:
        if groups and all(runs[k].is_separator for k in range(groups[-1][-1] + 1, i)):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _mark(runs: Sequence[Run], verdicts: Verdicts, group: Sequence[int], verdict: Verdict) -> None:
    """The verdict for the group's lines and for the separators between and around them."""
    first, last = group[0], group[-1]
    while first > 0 and runs[first - 1].is_separator:
        first -= 1
    while last + 1 < len(runs) and runs[last + 1].is_separator:
        last += 1
    for i in range(first, last + 1):
        verdicts[i] = verdict


def _label(runs: Sequence[Run], verdicts: Verdicts, first: int) -> None:
    """The few words right above a list of headlines, where they would pass for a button: they are its heading."""
    above = verdicts[first - 1] if first > 0 and 1 <= runs[first - 1].words <= LABEL else None
    if above is not None and above.kind in ("widget", "navigation"):
        verdicts[first - 1] = Verdict(kind="related", reason="heading of a list of headlines", confidence=0.8)


def after_openers(runs: Sequence[Run], verdicts: Verdicts) -> None:
    """The headlines behind "Read also" and the like, up to the next line that reads as text."""
    for i, verdict in enumerate(list(verdicts)):
        if verdict is None or runs[i].words > 7 or not (following := _announced(runs[i], verdict)):
            continue
        for k in range(i + 1, min(i + 1 + AFTER_OPENER, len(runs))):
            run = runs[k]
            if run.is_separator:
                continue
            if verdicts[k] is not None or run.is_prose or run.is_sentence or run.words > 30:
                break
            verdicts[k] = following


def _announced(run: Run, verdict: Verdict) -> Verdict | None:
    """What a heading such as "Read also" or "Sponsored" says of the lines under it."""
    if verdict.reason == "points to other articles":
        reason = "stands under a heading that points to other articles"
        return Verdict(kind="related", reason=reason, confidence=0.8)
    if verdict.kind == "ad" and patterns.SPONSORED.search(run.folded):
        return Verdict(kind="ad", reason="stands under a label of advertising", confidence=0.95)
    return None


def beside_prompts(runs: Sequence[Run], verdicts: Verdicts, span: tuple[int, int] | None) -> None:
    """A line outside the text, beside a subscription prompt, that says how often a letter comes."""
    for i, run in enumerate(runs):
        if verdicts[i] is not None or run.words > 20 or (span and span[0] <= i <= span[1]):
            continue
        near = [verdicts[k] for k in (i - 1, i + 1) if 0 <= k < len(runs)]
        prompted = any(verdict and verdict.kind == "subscribe" for verdict in near)
        if prompted and patterns.NEWSLETTER_TALK.search(run.folded):
            reason = "says how often a newsletter comes, beside a prompt"
            verdicts[i] = Verdict(kind="subscribe", reason=reason, confidence=0.8)


def body_span(runs: Sequence[Run], verdicts: Verdicts) -> tuple[int, int] | None:
    """The first and last run of the stretch that reads most like one text, or None when nothing does.

    The stretch whose words outweigh what lies between them (the largest sum of a row): a paragraph counts its words,
    a loose line costs some, so that a paragraph far away behind a menu does not pull the menu in.
    """
    best, total, start = (0.0, -1, -1), 0.0, 0
    for i, (run, verdict) in enumerate(zip(runs, verdicts, strict=True)):
        if total <= 0:
            total, start = 0.0, i
        total += _weight(run, verdict)
        if total > best[0]:
            best = (total, start, i)
    _, first, last = best
    while first >= 0 and _weight(runs[first], verdicts[first]) <= 0:
        first += 1
    return (first, last) if first >= 0 else None


def _weight(run: Run, verdict: Verdict | None) -> float:
    if verdict is not None:
        return 0.0 if run.is_separator else -COST_OF_REMOVED
    if run.is_prose:
        return min(run.words, MOST_WORDS)
    if run.is_sentence:
        return run.words / 2 if run.words >= 8 else 0.0
    return -COST_OF_LOOSE


def outside(runs: Sequence[Run], verdicts: Verdicts, span: tuple[int, int] | None) -> None:
    """Short pieces before and behind the text, and several in a row inside it: menus and lists. One alone is kept."""
    if span is None:
        return
    first, last = span
    # What follows the last paragraph without anything between may be a list or a table of the article: it is kept.
    after = next((i for i in range(last + 1, len(runs)) if verdicts[i] is not None), len(runs))
    after = after if after - last <= TABLE else last + 1
    for indices in (range(first), range(after, len(runs))):
        loose = [i for i in indices if verdicts[i] is None and not runs[i].is_sentence]
        if len(loose) <= FEW or len(loose) <= DENSE * _furniture(runs, verdicts, indices):
            _loose(runs, verdicts, loose)
    row: list[int] = []
    for i in range(first, last + 1):
        run = runs[i]
        if verdicts[i] is None and not run.is_sentence and not run.is_prose and not BULLET.match(run.text):
            row.append(i)
        elif not run.is_separator:
            # Between two parts of the page's furniture; beside a paragraph it may be a list or a table of the article.
            if row and verdicts[i] is not None and verdicts[row[0] - 1] is not None:
                _row(runs, verdicts, row)
            row = []


def _furniture(runs: Sequence[Run], verdicts: Verdicts, indices: range) -> int:
    """How many lines are known to belong to the page and not to the article."""
    kinds = [verdict.kind for i in indices if (verdict := verdicts[i]) is not None and not runs[i].is_separator]
    return sum(KINDS[kind].group == "boilerplate" for kind in kinds)


def _loose(runs: Sequence[Run], verdicts: Verdicts, loose: Sequence[int]) -> None:
    headlines = [i for i in loose if runs[i].words > SHORT and not runs[i].is_prose]
    for i in loose:
        if runs[i].words <= SHORT:
            sure = 0.75 if len(loose) > 2 else 0.6
            verdicts[i] = Verdict(kind="navigation", reason="a few words outside the text", confidence=sure)
        elif len(headlines) >= 2 and not runs[i].is_prose:
            reason = "one of several headlines outside the text"
            verdicts[i] = Verdict(kind="related", reason=reason, confidence=0.7)


def _is_item_of_page(run: Run) -> bool:
    return run.place is not None and "li" in run.place.path


def _row(runs: Sequence[Run], verdicts: Verdicts, row: Sequence[int]) -> None:
    if len(row) < ROW or any(_is_item_of_page(runs[i]) for i in row):
        return
    for i in row:
        kind = "navigation" if runs[i].words <= SHORT else "related"
        verdicts[i] = Verdict(kind=kind, reason="one of several loose lines in a row", confidence=0.65)


def comment_threads(runs: Sequence[Run], verdicts: Verdicts) -> None:
    """What follows a comment counter, once the text is over: readers' comments."""
    words = 0
    total = sum(run.words for run, verdict in zip(runs, verdicts, strict=True) if verdict is None)
    for i, verdict in enumerate(verdicts):
        if verdict is None:
            words += runs[i].words
        elif verdict.reason == "comment counter or comment list" and words >= 80 and words > 0.5 * total:
            for k in range(i + 1, len(runs)):
                if verdicts[k] is None:
                    verdicts[k] = Verdict(kind="comments", reason="stands below the comment counter", confidence=0.65)
            return

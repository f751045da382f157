"""Runs of lines: headline lists, what follows a heading such as "Read also", and what lies outside the text."""

import re
from collections.abc import Sequence

from articles.core.cleaning import patterns
from articles.core.cleaning.features import Run
from articles.core.cleaning.rules import Verdict

Verdicts = list[Verdict | None]
ENOUGH = 2
AFTER_OPENER = 12
SHORT = 6
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


def after_openers(runs: Sequence[Run], verdicts: Verdicts) -> None:
    """The headlines behind "Read also" and the like, up to the next line that reads as text."""
    for i, verdict in enumerate(list(verdicts)):
        if verdict is None or verdict.reason != "points to other articles" or runs[i].words > 7:
            continue
        for k in range(i + 1, min(i + 1 + AFTER_OPENER, len(runs))):
            run = runs[k]
            if run.is_separator:
                continue
            if verdicts[k] is not None or run.is_prose or run.is_sentence or run.words > 30:
                break
            reason = "stands under a heading that points to other articles"
            verdicts[k] = Verdict(kind="related", reason=reason, confidence=0.8)


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
    for indices in (range(first), range(last + 1, len(runs))):
        _loose(runs, verdicts, [i for i in indices if verdicts[i] is None and not runs[i].is_sentence])
    row: list[int] = []
    for i in range(first, last + 1):
        run = runs[i]
        if verdicts[i] is None and not run.is_sentence and not run.is_prose and not BULLET.match(run.text):
            row.append(i)
        elif not run.is_separator:
            _row(runs, verdicts, row)
            row = []


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

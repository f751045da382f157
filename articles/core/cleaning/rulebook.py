"""The order in which the hand-written rules speak: runs -> a verdict on each."""

import re
from collections.abc import Sequence
from functools import lru_cache

from articles.core.cleaning import frame, lists, places, rules
from articles.core.cleaning.features import LATIN, RIGHT_TO_LEFT, Run
from articles.core.cleaning.rules import Verdict
from articles.core.edits import Span
from articles.core.values import Scraped

HEADING_WORDS = 14
REPEATED, SEEN = 200, 20_000
NOWHERE = Span(start=0, end=0)
QUOTED_HEADING = 10
QUOTED = re.compile(r"[«“\"][^«»“”\"]+[»”\"]")


def verdicts(scraped: Scraped, runs: Sequence[Run]) -> list[Verdict]:
    """One verdict a run; a run that nothing speaks against stays."""
    common = places.common_hints(runs)
    drafts = [places.judged(run, common) or _by_words(run) for run in runs]
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
    return [draft or _kept(runs, i, span) for i, draft in enumerate(drafts)]


def _by_words(run: Run) -> Verdict | None:
    if run.place is not None or len(run.text) > REPEATED:
        return rules.judged(run)
    return _anywhere(run._replace(start=0, content=NOWHERE, blank_before=False))


@lru_cache(maxsize=SEEN)
def _anywhere(run: Run) -> Verdict | None:
    """What the words of a short line say, wherever it stands: pages repeat their short lines, and outlets theirs."""
    return rules.judged(run)


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

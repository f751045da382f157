"""Lines -> runs: a line in which another kind of text is glued behind the last full stop is cut there."""

import re
from collections.abc import Sequence

from articles.core.cleaning.features import Run, measure
from articles.core.edits import Span
from articles.core.folding import fold
from articles.core.values import Line, Scraped

# A full stop (or closing quote, or bracket) with another text right behind it.
GLUED = re.compile(
    r"[.!?…»”\")](?:(?P<space>[ \xa0]+))?(?P<tail>\(?(?:(?:credits?|photo credit|credits? photos?|photos?|"
    r"image|foto)\s?:|photo by |\(?(?:photo|credit)s? ?[:)]|©|\(c\) ?\d|"
    r"(?:a )?lire (?:aussi|egalement)\s?:|read (?:also|more)\s?:|see also\s?:|publicite$|advertisement$|"
    r"abonnez-vous|subscribe to our|tous droits reserves|all rights reserved))"
)
CREDITS = ("credit", "photo", "image", "foto", "(", "©")
FEW_WORDS = 10
NARRATIVE_WORDS = 25
LONG_NARRATIVE = 45
LONGEST_TAIL = 260


def runs(scraped: Scraped, lines: Sequence[Line]) -> tuple[Run, ...]:
    """The lines as runs, in order; a line without words among them too, so that everything is covered."""
    raw = scraped.raw_text
    found = measure(lines, (_blank_before(raw, line, lines[0].span.start) for line in lines))
    return tuple(part for run in found for part in _parts(raw, run))


def _blank_before(raw: str, line: Line, first: int) -> bool:
    """Whether an empty line stands above this one: of a page with markup, it says nothing."""
    if line.place is not None:
        return False
    gap = raw[max(first, line.span.start - 200) : line.content.start]
    return gap.count("\n", len(gap.rstrip())) > 1


def _parts(raw: str, run: Run) -> Sequence[Run]:
    cut = _cut(raw, run) if run.place is None else None
    if cut is None:
        return (run,)
    head = Span(start=run.content.start, end=run.content.start + len(raw[run.content.start : cut].rstrip()))
    tail = Span(start=cut, end=run.content.end)
    return measure(
        [Line(Span(run.start, head.end), head, head.of(raw)), Line(tail, tail, tail.of(raw))],
        (run.blank_before, False),
    )


def _cut(raw: str, run: Run) -> int | None:
    """Where a credit or another foreign text is glued behind this line's prose, or None."""
    content = run.content
    start = max(content.start + 1, content.end - LONGEST_TAIL)
    # A line that is shown as it was written is folded already.
    written = run.folded[start - content.start :] if len(run.folded) == len(content) else fold(raw[start : content.end])
    match = GLUED.search(written)
    if match is None:
        return None
    at = start + match.start("tail")
    before = Span(start=content.start, end=at)
    head = measure([Line(before, before, before.of(raw).strip())])[0]
    glued = match["space"] is None
    many = head.sentences > 1 and head.words >= (FEW_WORDS if glued else NARRATIVE_WORDS)
    # One sentence before "Crédit :" is the caption of that picture; a paragraph is not.
    if match["tail"].startswith(CREDITS):
        enough = many or head.words > LONG_NARRATIVE or (glued and head.words >= NARRATIVE_WORDS)
    else:
        enough = head.words >= 8
    return at if enough else None

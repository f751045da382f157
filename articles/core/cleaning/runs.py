"""Lines -> runs: a line in which another kind of text is glued behind the last full stop is cut there."""

import re
from collections.abc import Iterator, Sequence

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
STOP_INSIDE = re.compile(r"[.!?…»”\")][^.!?…»”\")]")
CREDITS = ("credit", "photo", "image", "foto", "(", "©")
FEW_WORDS = 10
NARRATIVE_WORDS = 25
LONG_NARRATIVE = 45
LONGEST_TAIL = 260


def runs(scraped: Scraped, lines: Sequence[Line]) -> tuple[Run, ...]:
    """The lines as runs, in order; a line without words among them too, so that everything is covered."""
    return tuple(run for line in lines for run in _of_line(scraped.raw_text, line, lines[0].span.start))


def _of_line(raw: str, line: Line, first: int) -> Iterator[Run]:
    gap = raw[max(first, line.span.start - 200) : line.content.start]
    before = gap[len(gap.rstrip()) :]
    run = measure(line.span.start, line.content, line.text, line.place, blank_before=before.count("\n") > 1)
    cut = _cut(raw, line) if line.place is None else None
    if cut is None:
        yield run
        return
    head = Span(start=line.content.start, end=line.content.start + len(raw[line.content.start : cut].rstrip()))
    tail = Span(start=cut, end=line.content.end)
    yield measure(line.span.start, head, head.of(raw), None, blank_before=run.blank_before)
    yield measure(cut, tail, tail.of(raw), None)


def _cut(raw: str, line: Line) -> int | None:
    """Where a credit or another foreign text is glued behind this line's prose, or None."""
    content = line.content
    start = max(content.start + 1, content.end - LONGEST_TAIL)
    written = raw[start : content.end]
    # Most lines hold no full stop but their last: nothing is glued behind it.
    match = GLUED.search(fold(written)) if STOP_INSIDE.search(written) else None
    if match is None:
        return None
    at = start + match.start("tail")
    head = measure(content.start, content, raw[content.start : at].strip(), None)
    glued = match["space"] is None
    many = head.sentences > 1 and head.words >= (FEW_WORDS if glued else NARRATIVE_WORDS)
    # One sentence before "Crédit :" is the caption of that picture; a paragraph is not.
    if match["tail"].startswith(CREDITS):
        enough = many or head.words > LONG_NARRATIVE or (glued and head.words >= NARRATIVE_WORDS)
    else:
        enough = head.words >= 8
    return at if enough else None

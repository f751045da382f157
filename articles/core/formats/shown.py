"""What a browser makes of the source of a line: tags show nothing, references are read, white space is folded."""

import html
import re
from collections.abc import Iterator, Sequence

from articles.core.edits import Edit, Span

MARKUP, REFERENCE, SPACE = "markup", "character reference", "white space"
REFERENCES = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
WHITE = re.compile(r"[ \t\r\n\f]+")
# A single space is shown as it stands.
CHANGED = re.compile(rf"{REFERENCES.pattern}|[ \t\r\n\f]{{2,}}|[\t\r\n\f]")
# Soft hyphens, zero-width spaces and byte order marks that a page writes as references are cut at once.
UNSEEN = {"\xad": "", "\u200b": "", "\ufeff": "", "\x00": "", "\n": " ", "\t": " ", "\r": " "}

type Cut = tuple[int, int, str, str]


def as_written(text: str) -> bool:
    """Whether a page shows a text, without white space around it, as it is written: there is nothing to edit in it."""
    return "&" not in text and "  " not in text and text.isprintable()


def words_of(text: str) -> str:
    """The words in a text, without white space around them; nothing where there is none to see."""
    shown = html.unescape(text).strip()
    return shown if shown.strip("\u200b\ufeff\xad \xa0\t\r\n\f\v") else ""


def edits_inside(raw: str, pieces: Sequence[tuple[int, int]], span: Span, *, preformatted: bool) -> list[Edit]:
    """The edits that turn a line's source into what is shown. ``pieces`` are its texts; between them stand tags.

    Tags and white space side by side are one edit; a character reference is always one of its own.
    """
    found: list[Cut] = []
    for cut in _cuts(raw, pieces, span, preformatted=preformatted):
        start, end, words, reason = cut
        if found and found[-1][1] == start and REFERENCE not in (found[-1][3], reason):
            first, _, said, _ = found.pop()
            cut = first, end, said + words, MARKUP
        found.append(cut)
    return [Edit.cut(start, end, words, reason) for start, end, words, reason in found]


def _cuts(raw: str, pieces: Sequence[tuple[int, int]], span: Span, *, preformatted: bool) -> Iterator[Cut]:
    """Tags, references and white space that are not shown as they stand, each alone, in order.

    White space shows as one space, also across tags; in preformatted text it stays.
    """
    at, spaced = span.start, False
    for first, last in pieces:
        begin, end = max(first, at), min(last, span.end)
        if at < begin:
            yield at, begin, "", MARKUP
        at = end
        if spaced and not preformatted and (white := WHITE.match(raw, begin, end)):
            yield begin, white.end(), "", SPACE
            begin = white.end()
        if not as_written(raw[begin:end]):
            yield from _references(raw, begin, end, REFERENCES if preformatted else CHANGED)
        spaced = raw[end - 1] in " \t\r\n\f"


def _references(raw: str, begin: int, end: int, wanted: re.Pattern[str]) -> Iterator[Cut]:
    for match in wanted.finditer(raw, begin, end):
        written = match[0]
        if written[0] != "&":
            yield match.start(), match.end(), " ", SPACE
        elif (read := html.unescape(written)) != written:
            yield match.start(), match.end(), UNSEEN.get(read, read), REFERENCE

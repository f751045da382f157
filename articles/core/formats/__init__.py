"""Bytes -> scraped articles. One module per format; to add one, add a row to FORMATS."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from articles.core.formats import decoding, html, mending, text
from articles.core.values import Given, Scraped


class UnreadableError(ValueError):
    """Material that holds no readable text. The message is a sentence for an editor: what it is and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row of FORMATS: ``recognise`` looks at the decoded text, never at a file's name; ``read`` opens it."""

    name: str
    label: str
    recognise: Callable[[str], bool]
    read: Callable[[str], Scraped]


# In the order in which they are tried; plain text claims all that is left.
FORMATS: tuple[Format, ...] = (
    Format(name="html", label="HTML page", recognise=html.recognise, read=html.read),
    Format(name="text", label="Plain text", recognise=text.recognise, read=text.read),
)

# How files that hold no text begin, and what to call them.
KNOWN_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, OpenDocument or EPUB file, which are ZIP archives)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
)
INSIDE_BINARY: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WEBP", "a WebP picture"),
    (8, b"WAVE", "a WAV recording"),
    (4, b"ftyp", "an MP4 film or a HEIC picture"),
    (257, b"ustar", "a tar archive"),
)


def open_bytes(
    data: bytes,
    *,
    name: str = "",
    given: Given | None = None,
    url: str = "",
    outlet: str = "",
    received_at: datetime | None = None,
) -> Scraped:
    """The article in these bytes; ``name`` only helps to say what could not be read. Raises UnreadableError.

    ``given`` is what came beside them; its charset is a hint that the bytes may contradict. ``url`` and ``outlet`` are for
    callers that know no more, and go before what ``given`` says."""
    given = _with(given, url, outlet)
    called = f"“{name}”" if name else "The file"
    if not data:
        raise UnreadableError(f"{called} is empty: it has 0 bytes.")
    binary = what_binary(data)
    if binary:
        raise UnreadableError(f"{called} is {binary}, not text: save the article as text or HTML first.")
    try:
        decoded = decoding.decode(data, charset=given.charset)
    except decoding.DecodingError as error:
        raise UnreadableError(f"{called} could not be read as text: {error}.") from error
    if not decoded.text.strip("\ufeff\u200b\ufffd \xa0\t\r\n\f\v") and not decoded.text.strip():
        raise UnreadableError(f"{called} holds only white space: there is no text in it.")
    return replace(
        _opened(decoded.text),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        encoding_reason=decoded.reason,
        repairs=decoded.repairs,
        url=given.url,
        outlet=given.outlet,
        given=given,
        received_at=received_at,
    )


def open_text(
    pasted: str, *, given: Given | None = None, url: str = "", outlet: str = "", received_at: datetime | None = None
) -> Scraped:
    """The article in pasted text. Raises UnreadableError when there are no words in it."""
    given = _with(given, url, outlet)
    if not pasted.strip():
        raise UnreadableError("The pasted text is empty." if not pasted else "The pasted text holds only white space.")
    repairs: Counter[tuple[str, str]] = Counter()
    mended = mending.mended(pasted.removeprefix("\ufeff"), repairs)
    if not mended.strip():
        raise UnreadableError("The pasted text holds only characters that cannot be shown.")
    return replace(
        _opened(mended),
        sha256=hashlib.sha256(pasted.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding="utf-8",
        encoding_reason="pasted text",
        repairs=mending.listed(repairs),
        url=given.url,
        outlet=given.outlet,
        given=given,
        received_at=received_at,
    )


def _with(given: Given | None, url: str, outlet: str) -> Given:
    given = given or Given()
    return replace(given, url=url or given.url, outlet=outlet or given.outlet)


def _opened(decoded: str) -> Scraped:
    """The text read by the first format that claims it."""
    return next(row for row in FORMATS if row.recognise(decoded)).read(decoded)


def what_binary(data: bytes) -> str:
    """What these bytes are, when they are known to hold no text; the first of a file are enough."""
    for magic, what in KNOWN_BINARY:
        if data.startswith(magic):
            # "ID3" and "BZh" may also begin a text: only with control bytes behind them are they files.
            if magic.isalnum() and decoding.CONTROL.search(data[:64]) is None:
                continue
            return what
    return next(
        (what for at, magic, what in INSIDE_BINARY if data[at : at + len(magic)] == magic and b"\x00" in data), ""
    )

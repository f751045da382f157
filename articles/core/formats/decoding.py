"""Bytes -> text: which encoding, why, and every character that had to be mended on the way."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import charset_normalizer

from articles.core.formats.mending import Repairs, listed, mended, mended_runs, unusual
from articles.core.values import Repair

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)
# Only encodings of pages: a page must not be able to ask for punycode, utf-7 or another codec with side doors.
OF_PAGES = re.compile(
    r"utf-?8|us-ascii|iso[-_]?8859[-_]\d{1,2}|latin-?\d|windows-?125\d|cp125\d|windows-?874|koi8-?[ru]|shift[-_]?jis|"
    r"euc-?(?:jp|kr)|gb(?:2312|k|18030)|big5|macintosh|iso-2022-jp",
    re.IGNORECASE,
)
# As browsers do: what calls itself Latin-1 or ASCII is written in windows-1252.
AS_BROWSERS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "macintosh": "mac_roman",
}
LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850", "iso8859_15")
OTHER_SCRIPTS = ("cp1255", "cp1256", "cp1251", "cp1253", "koi8_r", "cp866", "shift_jis", "euc_jp", "gb18030", "euc_kr",
                 "big5", "cp874")  # fmt: skip
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HIGH = re.compile(rb"[\x80-\xff]")
VALID = "valid UTF-8"
HINTED = "as the upload says"
ESCAPES = re.compile(rb"\x1b[$(]")
ASCII_LETTER = re.compile(rb"[A-Za-z]")


class DecodingError(ValueError):
    """Bytes that are in no encoding this desk knows; the message says what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of some bytes, the encoding, a short phrase why, and the repairs."""

    text: str
    encoding: str
    reason: str
    repairs: tuple[Repair, ...] = ()


def decode(data: bytes, *, charset: str = "") -> Decoded:
    """The text of these bytes, with mojibake mended and newlines as they came. Raises DecodingError.

    ``charset`` is what came beside them (a header of the transport). It is believed where nothing in the bytes themselves
    says otherwise, and all of them can be read so."""
    repairs: Repairs = Counter()
    runs = unusual(data)
    text, encoding, reason = _decoded(data, runs, repairs, charset)
    # The bytes of valid UTF-8 say by themselves whether there is anything to mend; others are encoded anew to see.
    text = mended_runs(text, data, runs, repairs) if reason == VALID else mended(text, repairs)
    return Decoded(text=text, encoding=encoding, reason=reason, repairs=listed(repairs))


def _decoded(data: bytes, runs: set[bytes], repairs: Repairs, charset: str) -> tuple[str, str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark) and not (encoding == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE)):
            return data[len(mark) :].decode(encoding, "replace"), encoding, "byte order mark"
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide), wide, "every second byte is zero"
    if CONTROL.search(b" ".join(runs)):
        _refuse_binary(data)
    # What switches between alphabets by escapes is valid ASCII too.
    if charset and ESCAPES.search(data) and (told := _in(charset, data)) and told[1].startswith("iso2022"):
        return told[0], told[1], HINTED
    try:
        return data.decode("utf-8"), "utf-8", VALID
    except UnicodeDecodeError:
        pass
    if told := _in(charset, data):
        return told[0], told[1], HINTED
    declared = _declared(data)
    if declared:
        return declared[0], declared[1], "declared by the page"
    broken = _utf8_with_damage(data, repairs)
    if broken is not None:
        return broken, "utf-8", "UTF-8 with damaged characters"
    text, encoding = _guessed(data)
    return text, encoding, "guessed from letter frequencies"


def _utf16_without_mark(data: bytes) -> str:
    """The UTF-16 these bytes are in, or nothing: zero bytes at one parity only, and words when read so."""
    if len(data) < 4 or len(data) % 2 or b"\x00" not in data:
        return ""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < max(1, len(data) // 40) or min(even, odd) > max(even, odd) // 50:
        return ""
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    plain = sum(character.isalnum() or character.isspace() for character in text)
    return encoding if plain > 0.7 * len(text) else ""


def _refuse_binary(data: bytes) -> None:
    found = len(CONTROL.findall(data))
    if found > max(2, len(data) // 20):
        raise DecodingError(f"{found} of its {len(data)} bytes are control characters, so it is not text")


def _declared(data: bytes) -> tuple[str, str] | None:
    match = DECLARED.search(data[:8192])
    return _in(match[1].decode("ascii"), data) if match else None


def _in(charset: str, data: bytes) -> tuple[str, str] | None:
    """(text, encoding) of bytes in an encoding of this name; None when they cannot all be read so, or pages have no such
    encoding."""
    name = charset.strip().lower()
    if not OF_PAGES.fullmatch(name) or name.replace("-", "") == "utf8":
        return None
    name = AS_BROWSERS.get(name, name)
    try:
        return data.decode(name), codecs.lookup(name).name
    except (UnicodeDecodeError, LookupError):
        return None


def _utf8_with_damage(data: bytes, repairs: Repairs) -> str | None:
    """UTF-8 in which a few bytes are wrong (a cut end, a stray windows-1252 quote), or None when most are."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    good = sum(1 for character in text if character > "\x7f") - bad
    if bad > good / 4 and not (good and bad <= 3):
        return None
    cut = len(text) - len(text.rstrip("".join(chr(0xDC80 + n) for n in range(128))))

    def read(match: re.Match[str]) -> str:
        byte = ord(match[0]) - 0xDC00
        after = "\ufffd" if match.start() >= len(text) - cut else bytes([byte]).decode("cp1252", "replace")
        repairs[f"byte {byte:#04x}", after] += 1
        return after

    return re.sub("[\udc80-\udcff]", read, text)


def _guessed(data: bytes) -> tuple[str, str]:
    high, latin = len(HIGH.findall(data)), len(ASCII_LETTER.findall(data))
    if high > 0.35 * (high + latin):
        # Whole words above 0x80: another script. Its letters' frequencies tell which.
        best = charset_normalizer.from_bytes(data[:200_000], cp_isolation=list(OTHER_SCRIPTS)).best()
        if best is not None:
            try:
                return data.decode(best.encoding), best.encoding
            except UnicodeDecodeError:
                pass
    readings = [(text, encoding) for encoding in LATIN if (text := _strict(data, encoding)) is not None]
    if not readings:
        raise DecodingError("its characters are in no encoding that this desk knows")
    # The first of the best: windows-1252 unless its reading puts signs or capitals inside words.
    return min(readings, key=lambda reading: _oddities(reading[0]))


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _oddities(text: str) -> int:
    """Places no writer makes: a sign or a capital above ASCII right after a small letter, a control character."""
    odd = 0
    for before, after in pairwise(text[:200_000]):
        if after > "\x7f" and before.islower():
            odd += after.isupper() or not (after.isalpha() or after in "’‘”»…–—\xa0")
        elif before > "\x7f" and after.islower():
            odd += not (before.isalpha() or before in "’‘“«…–—\xa0¿¡")
        odd += "\x80" <= after <= "\x9f"
    return odd

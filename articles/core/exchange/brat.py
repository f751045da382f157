"""brat standoff: a ZIP with two files an article, ``<id>.txt`` and ``<id>.ann``, offsets in code points of the first.

``T1<tab>person 0 5<tab>Paris`` is a tag, ``N1<tab>Reference T1 Wikidata:Q90<tab>Paris`` says who is meant, and
``A1<tab>State T1 suggested`` that nobody confirmed it. The format has no room for title, language, address and date, nor
for how sure the machine was. Of other programs' files, what is no tag is left out and said: relations, events, and tags
of several pieces with words between them, which a tag on one run of words cannot be. (Pieces with nothing but white space
between are what brat makes of a name that runs over the end of a line.)
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import IO, cast, get_args

from articles.core.exchange.labels import ours
from articles.core.exchange.offsets import held
from articles.core.exchange.values import (
    FILE_BYTES,
    LINE_BYTES,
    AnnotatedText,
    ExchangeError,
    State,
    Tag,
    checked,
    decoded,
    once,
)
from articles.core.values import EntityType

MEMBERS = 50_000
# What Python's reader of ZIP files meets in damaged ones.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError)
MADE = (1980, 1, 1, 0, 0, 0)
# brat will not open a folder without it.
CONFIGURATION = (
    "[entities]\n{}\n\n[relations]\n\n[events]\n\n[attributes]\nState\tArg:<ENTITY>, Value:suggested|rejected\n"
)
STATES: dict[str, State] = {state: state for state in get_args(State)}
UNSAFE = re.compile(r"[^\w.-]")
LINE = re.compile(r"(?P<id>[A-Z#*]\w*)\t(?P<said>[^\t]*)(?:\t(?P<words>.*))?")
PLACE = re.compile(r"(?P<type>\S+) (?P<start>\d{1,12}) (?P<end>\d{1,12})")
PIECES = re.compile(r"(?P<type>\S+) (?P<pieces>\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12}){1,99})")


class _Sink:
    """Where a ZIP is written to when it is passed on at once."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        held, self._held = b"".join(self._held), []
        return held


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """The ZIP, an article after the other."""
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, words: str) -> None:
            archive.writestr(zipfile.ZipInfo(name, MADE), words.encode(), zipfile.ZIP_DEFLATED)

        put("annotation.conf", CONFIGURATION.format("\n".join(get_args(EntityType))))
        for article in articles:
            name = UNSAFE.sub("_", article.id)
            put(f"{name}.txt", article.text or "")
            put(f"{name}.ann", "".join(_lines(article)))
            yield sink.taken()
    yield sink.taken()


def paired(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files that belong together, by their names, as the ZIP that is read."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in dict(files).items():
            archive.writestr(zipfile.ZipInfo(name, MADE), data)
    return held.getvalue()


def _lines(article: AnnotatedText) -> Iterator[str]:
    for number, tag in enumerate(article.tags, 1):
        # A line break, and whatever else would end the line for some program, is a space in the words of a tag.
        words = " ".join(article.quoted(tag)[0].replace("\r\n", "  ").splitlines())
        yield f"T{number}\t{tag.type} {tag.start} {tag.end}\t{words}\n"
        if tag.wikidata or tag.entity:
            yield f"N{number}\tReference T{number} Wikidata:{tag.wikidata or '-'}\t{' '.join(tag.entity.split())}\n"
        if tag.state != "confirmed":
            yield f"A{number}\tState T{number} {tag.state}\n"


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The articles by name; ExchangeError for an archive, a file or a line that cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = _members(archive)
            left = FILE_BYTES
            for name in sorted(members):
                if not name.endswith(".txt"):
                    continue
                text, left = _member(archive, members[name], left)
                beside = name.removesuffix(".txt") + ".ann"
                lines, left = _member(archive, members[beside], left) if beside in members else ("", left)
                yield _article(name.removesuffix(".txt").rsplit("/", 1)[-1], text, lines, beside)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, ExchangeError):
            raise
        raise ExchangeError(
            "The file is no ZIP, or a damaged one. brat's files come in pairs, .txt and .ann, in a ZIP."
        ) from None


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        # What a Mac puts beside each file is no text.
        if member.is_dir() or member.filename.rsplit("/", 1)[-1].startswith("._"):
            continue
        if member.filename in found:
            raise ExchangeError(f"The ZIP has two files named {member.filename[:80]!r}.")
        if len(found) >= MEMBERS:
            raise ExchangeError(f"The ZIP has more than {MEMBERS} files.")
        found[member.filename] = member
    alone = [name for name in found if name.endswith(".ann") and name.removesuffix(".ann") + ".txt" not in found]
    if alone:
        raise ExchangeError(f"{alone[0][:80]!r} has no text beside it: its .txt is missing.")
    if not any(name.endswith(".txt") for name in found):
        raise ExchangeError("The ZIP has no .txt file in it.")
    return found


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> tuple[str, int]:
    """The text of a file in the ZIP, never more of it than a text may have; and how many bytes are left for the others."""
    name = repr(member.filename[:80])
    if member.flag_bits & 1:
        raise ExchangeError(f"{name} is encrypted.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExchangeError(f"{name} is packed in a way that is not read: plain or deflated is asked for.")
    with archive.open(member) as file:
        data = file.read(min(LINE_BYTES, left) + 1)
    if len(data) > min(LINE_BYTES, left):
        raise ExchangeError(f"{name} is too large: {LINE_BYTES // 2**20} MB a file and {FILE_BYTES // 2**20} in all.")
    # A mark before the text is a character of it: so brat counts.
    return decoded(data, name, mark=True), left - len(data)


def _article(name: str, text: str, lines: str, where: str) -> AnnotatedText:
    tags: dict[str, Tag] = {}
    left_out: list[str] = []
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip():
            _take(line.rstrip("\r"), text, f"{where[:80]}, line {number}", tags, left_out)
    return checked(AnnotatedText(id=name, text=text, tags=once(tags.values()), left_out=tuple(left_out)), where[:80])


def _take(line: str, text: str, where: str, tags: dict[str, Tag], left_out: list[str]) -> None:
    """Read one line: a tag, or what it says of a tag that stands before it."""
    match = LINE.fullmatch(line)
    if match is None:
        raise ExchangeError(f"{where} is no line of brat's: an id, a tab, and what is said of it.")
    letter, said = match["id"][0], match["said"]
    if letter == "T":
        tag = _tag(said, match["words"] or "", text, where)
        if tag:
            tags[match["id"]] = tag
        else:
            left_out.append(f"{where}: the tag is on several pieces of the text; ours are on one run of words.")
        return
    about = said.split(" ")
    known = tags.get(about[1]) if len(about) > 2 else None
    if letter == "N" and known and about[2].startswith("Wikidata:"):
        wikidata = about[2].removeprefix("Wikidata:")
        tags[about[1]] = replace(known, wikidata="" if wikidata == "-" else wikidata, entity=match["words"] or "")
    elif letter == "A" and known and about[0] == "State" and about[2] in STATES:
        tags[about[1]] = replace(known, state=STATES[about[2]])
    else:
        left_out.append(f"{where}: {match['id'][:20]} is no tag.")


def _tag(said: str, words: str, text: str, where: str) -> Tag | None:
    """The tag of a line; None for one on several pieces with words between them."""
    place = PLACE.fullmatch(said)
    if place:
        tag = Tag(start=int(place["start"]), end=int(place["end"]), type=ours(place["type"]), quote=words)
        return held(tag, text)
    found = PIECES.fullmatch(said)
    if found is None:
        raise ExchangeError(f"{where} has no label with start and end.")
    pieces = sorted(tuple(map(int, piece.split(" "))) for piece in found["pieces"].split(";"))
    between = "".join(text[one[1] : other[0]] for one, other in pairwise(pieces))
    if between.strip() or any(other[0] < one[1] for one, other in pairwise(pieces)):
        return None
    return Tag(start=pieces[0][0], end=pieces[-1][1], type=ours(found["type"]))

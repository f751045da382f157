"""tar: members one behind the other, read as they come. The standard library parses the headers; walking from one to the
next is done here, because its own walk believes the sizes of long names and keeps every header it has seen."""

import re
import tarfile
from collections.abc import Iterator

from articles.core.containers.items import Found, Refused, shown
from articles.core.containers.job import Job, Source
from articles.core.containers.members import is_clutter
from articles.core.containers.streams import Part, Stream

BLOCK = 512
# A name or a list of attributes is never longer.
LONGEST_HEADER = 100_000
LENGTH = re.compile(rb"(\d{1,6}) ")
FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
NOT_FILES = {
    tarfile.SYMTYPE: "a link to another file",
    tarfile.LNKTYPE: "a link to another file",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
}
ATTRIBUTES, GLOBAL_ATTRIBUTES = tarfile.XHDTYPE, tarfile.XGLTYPE


def recognise(head: bytes) -> bool:
    """A first header whose checksum holds."""
    if len(head) < BLOCK:
        return False
    try:
        return bool(_header(head[:BLOCK]).name)
    except tarfile.HeaderError:
        return False


def _header(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The items of each member that is a file; links and devices are said to be none, folders and clutter passed over."""
    job.check_depth(source)
    stream, number, told = source.stream, 0, dict[str, str]()
    while len(block := stream.read(BLOCK)) == BLOCK and block.strip(b"\0"):
        number += 1
        place = f"member {number}"
        try:
            header = _header(block)
        except tarfile.HeaderError:
            raise Refused(f"Its member {number} is damaged: what stands from there on could not be read.") from None
        size = _size(header, told)
        part = Part(stream, size)
        if header.type in (ATTRIBUTES, GLOBAL_ATTRIBUTES, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK):
            number -= 1
            told |= _told(header, part, size)
        else:
            name = told.get("path", header.name).strip("\0")
            told = {}
            yield from _member(source, job, header, name, place, part)
        if not stream.skip(part.left + -size % BLOCK):
            raise Refused(f"It ends in the middle of its member {number}: the rest is missing.")
    if 0 < len(block) < BLOCK:
        raise Refused("It ends in the middle of a header: the rest is missing.")


def _member(source: Source, job: Job, header: tarfile.TarInfo, name: str, place: str, part: Part) -> Iterator[Found]:
    if header.type == tarfile.DIRTYPE or name.endswith("/") or is_clutter(name):
        return
    called = f"{source.name}/{shown(name)}"
    if header.type in FILES:
        yield from job.inside(source, Stream(part), called, place)
        return
    what = NOT_FILES.get(header.type, "a member of a kind that is not known")
    yield Found(name=called, place=source.at(place), problem=f"It is {what}, not a file, and was left out.")


def _size(header: tarfile.TarInfo, told: dict[str, str]) -> int:
    size = int(told["size"]) if told.get("size", "").isdecimal() else header.size
    if size < 0:
        raise Refused("It is damaged: a member has a size below zero.")
    # Links and devices have no content, whatever their size says.
    return 0 if header.type in NOT_FILES or header.type == tarfile.DIRTYPE else size


def _told(header: tarfile.TarInfo, part: Part, size: int) -> dict[str, str]:
    """What a header of attributes says of the next member: its name and its size."""
    if size > LONGEST_HEADER or header.type in (GLOBAL_ATTRIBUTES, tarfile.GNUTYPE_LONGLINK):
        return {}
    data = part.read(size)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.rstrip(b"\0").decode("utf-8", "surrogateescape")}
    return dict(_attributes(data))


def _attributes(data: bytes) -> Iterator[tuple[str, str]]:
    """(name, value) of the attributes that are used, each written as its length, a space, name=value and a newline."""
    at = 0
    while match := LENGTH.match(data, at):
        end = at + int(match[1])
        if end <= match.end():
            return
        name, _, value = data[match.end() : end].rstrip(b"\n").partition(b"=")
        if name in (b"path", b"size"):
            yield name.decode(), value.decode("utf-8", "surrogateescape")
        at = end

"""ZIP: members in the order of its directory, each unpacked as it is read. Nothing is extracted; names are only text."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from articles.core.containers.items import Found, Refused, shown
from articles.core.containers.job import FREE, Job, Source
from articles.core.containers.members import is_clutter
from articles.core.containers.streams import Stream, Window, anywhere

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED, NAME_IS_UTF8 = 0x1, 0x800
# Members that only a document in a ZIP's clothes has, and what it is.
DOCUMENTS = {
    "[Content_Types].xml": "a Microsoft Office document",
    "mimetype": "an EPUB book or an OpenDocument file",
    "META-INF/MANIFEST.MF": "a program",
    "AndroidManifest.xml": "a program",
}
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def recognise(head: bytes) -> bool:
    """The magic number of a member, of an empty archive, or of one that was split."""
    return head.startswith(MAGIC)


def cut(source: Source, job: Job) -> Iterator[Found]:
    """The items of each member. An archive in an archive is unpacked whole before it is read, as its directory stands at
    its end."""
    job.check_depth(source)
    file = source.window if source.window is not None else Window(anywhere(source.stream))
    try:
        with _opened(file) as archive:
            members = archive.infolist()
            if not members:
                raise Refused("It is an empty ZIP archive.")
            names = {member.filename for member in members[:50]}
            if document := next((what for name, what in DOCUMENTS.items() if name in names), ""):
                raise Refused(f"It is {document}, not text: save the article as text or HTML first.")
            for number, member in enumerate(members, 1):
                yield from _member(source, job, archive, member, f"member {number}")
    finally:
        if source.window is None:
            file.file.close()


def _opened(file: Window) -> zipfile.ZipFile:
    try:
        file.seek(0)
        return zipfile.ZipFile(cast("IO[bytes]", file))
    except Refused:
        raise
    except DAMAGED as error:
        raise Refused("It is a damaged ZIP archive: its directory is missing or cannot be read.") from error


def _member(source: Source, job: Job, archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str) -> Iterator[Found]:
    name = _name(member)
    if member.is_dir() or is_clutter(name):
        return
    called = f"{source.name}/{shown(name)}"
    if problem := _problem(member, job.limits.ratio):
        yield Found(name=called, place=source.at(place), problem=problem)
        return
    try:
        opened = archive.open(member)
    except DAMAGED:
        problem = "It is damaged: the archive says one thing of it in two ways, and they differ."
        yield Found(name=called, place=source.at(place), problem=problem)
        return
    with opened:
        stream = Stream(opened, job.meter(lambda: member.compress_size))
        yield from job.inside(source, stream, called, place)


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; many programs write UTF-8 and do not say so."""
    if not member.flag_bits & NAME_IS_UTF8:
        try:
            return member.orig_filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return member.orig_filename


def _problem(member: zipfile.ZipInfo, ratio: int) -> str:
    """Why a member is not opened at all."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link to another file, not a file, and was left out."
    if member.flag_bits & ENCRYPTED:
        return "It is encrypted: unpack it with its password first."
    if member.compress_type not in METHODS:
        return f"It is packed in a way that is not opened here (method {member.compress_type}): pack it with deflate."
    if member.file_size > FREE and member.file_size > ratio * max(1, member.compress_size):
        return f"It unpacks to more than {ratio} times its size, as no text does: it was not opened."
    return ""

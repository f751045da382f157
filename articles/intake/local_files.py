"""Files of this machine that a command brings in: found in folders, opened with care, read a piece at a time."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

CHUNK = 256 * 1024
STANDARD_INPUT = "-"


class NotRead(Exception):
    """A file cannot be read; the message is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to bring in. ``name`` is for people, ``inner`` its path below the folder that was named (its own name
    otherwise), ``path`` None for standard input. ``found``: nobody named it, it lay in a folder. ``problem``: a sentence,
    why it is not to be read."""

    name: str
    inner: str
    path: Path | None = None
    found: bool = False
    problem: str = ""

    def address(self, pattern: str) -> str:
        """A web address made for it: {path} is its path in the folder, {name} its name without what follows a dot."""
        return pattern.replace("{path}", quote(self.inner)).replace("{name}", quote(Path(self.inner).stem))


def sources(paths: list[str]) -> Iterator[Source]:
    """What these paths name, in order: files, what lies in folders, "-" for standard input."""
    for given in paths:
        path = Path(given)
        if given == STANDARD_INPUT:
            yield Source(name="standard input", inner="standard input")
        elif path.is_dir():
            yield from in_folder(path)
        else:
            yield Source(name=given, inner=path.name, path=path)


def in_folder(folder: Path) -> Iterator[Source]:
    """The files in a folder and in those below it, sorted. Hidden ones are left out; links to folders are not followed,
    links to files only where they stay in the folder."""
    root = folder.resolve()
    problems: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(at, name)
                yield _found(path, root, folder)
        while problems:
            yield _problem(problems.pop())
    while problems:
        yield _problem(problems.pop())


def _found(path: Path, root: Path, folder: Path) -> Source:
    inner = path.relative_to(folder).as_posix()
    source = Source(name=f"{folder.name or folder.resolve().name}/{inner}", inner=inner, path=path, found=True)
    if not path.is_symlink():
        return source
    real = path.resolve()
    if real.is_relative_to(root) and real.is_file():
        return Source(name=source.name, inner=inner, path=real, found=True)
    problem = "This is a link that leads out of the folder, or nowhere; it was not followed."
    return Source(name=source.name, inner=inner, found=True, problem=problem)


def _problem(error: OSError) -> Source:
    name = str(error.filename)
    return Source(name=name, inner=name, found=True, problem=f"The folder could not be read: {error.strerror}.")


def chunks_of(source: Source) -> Iterator[bytes]:
    """Its bytes, a piece at a time. Raises NotRead."""
    if source.problem:
        raise NotRead(source.problem)
    try:
        with _opened(source) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError:
        raise NotRead("There is no such file.") from None
    except PermissionError:
        raise NotRead("This user may not read it.") from None
    except (OSError, ValueError) as error:
        raise NotRead(f"It could not be read: {getattr(error, 'strerror', None) or error}.") from error


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:
    if source.path is None:
        return nullcontext(sys.stdin.buffer)  # not ours to close
    return open_regular(source.path) if source.found else source.path.open("rb")


def open_regular(path: Path) -> BinaryIO:
    """A file that lay in a folder. It may have been swapped for a link or a device since it was seen."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRead("This is no file but a device or a pipe; it was not read.")
    return os.fdopen(descriptor, "rb")

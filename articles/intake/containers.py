"""The one place that asks the core what is inside a file. A file that holds no others is one item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from articles.core.values import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """A file that is one article, as an item."""

    name: str
    place: str = ""
    content: bytes = b""
    given: Given = field(default_factory=Given)
    problem: str = ""


def _containers() -> ModuleType | None:
    try:
        return import_module("articles.core.containers")
    except ModuleNotFoundError:
        return None


def recognise(head: bytes) -> str:
    """The name of the kind of container that begins so; empty for a single article."""
    containers = _containers()
    return containers.recognise(head) if containers else ""


def cut_file(file: BinaryIO, *, name: str, size: int, mapping: Mapping[str, str] | None = None) -> Iterator[Any]:
    """The items of a file, each with ``name``, ``place``, ``content``, ``given`` and ``problem``; in the same order
    every time, so that cutting that was interrupted goes on behind those which are there."""
    containers = _containers()
    if containers is not None:
        yield from containers.cut(file, name=name, limits=containers.Limits(), mapping=mapping)
        return
    problem = too_large(size)
    yield One(name=name, content=b"" if problem else file.read(), problem=problem)


def too_large(size: int) -> str:
    """Why an item of this many bytes is not taken; empty when it is."""
    limit = settings.UPLOAD_MAX_BYTES
    if size <= limit:
        return ""
    return f"It has {filesizeformat(size)}; the most we take in one piece is {filesizeformat(limit)}."

"""What is inside a file, asked of the core with the desk's limits. A file that holds no others is one item."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from articles.core import containers
from articles.core.containers import Found, Limits

# So many times its size may come out of what is packed, all in all.
PACKED = 4


def recognise(head: bytes, *, mapping: Mapping[str, str] | None = None) -> str:
    """The name of the kind of container that begins so; empty for a single article."""
    return containers.recognise(head, mapping=mapping)


def cut_file(file: BinaryIO, *, name: str, mapping: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The items of a file, in the same order every time, so that cutting that was interrupted goes on behind those which
    are there."""
    limits = Limits(
        item_bytes=settings.UPLOAD_MAX_BYTES,
        items=settings.UPLOAD_MAX_ITEMS,
        unpacked_bytes=PACKED * settings.UPLOAD_MAX_TOTAL,
    )
    return containers.cut(file, name=name, limits=limits, mapping=mapping)


def too_large(size: int) -> str:
    """Why an item of this many bytes is not taken; empty when it is."""
    limit = settings.UPLOAD_MAX_BYTES
    if size <= limit:
        return ""
    return f"It has {filesizeformat(size)}; the most we take in one piece is {filesizeformat(limit)}."

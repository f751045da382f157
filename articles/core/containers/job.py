"""One cutting: what is being cut, how much of the limits is left, and the wall that keeps one bad item from the rest."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articles.core.containers.items import Exhausted, Found, Limits, Refused, size
from articles.core.containers.streams import Stream, Unavailable, Window
from articles.core.formats import what_binary
from articles.core.values import Given

# So much of a file says what it is.
HEAD = 65_536
# Below this, no ratio of unpacked to packed bytes is suspicious.
FREE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to cut. ``window`` when one can go back in it, as in what was uploaded itself; ``depth`` is how many
    archives it is in."""

    stream: Stream
    name: str
    place: str = ""
    depth: int = 0
    window: Window | None = None

    def at(self, place: str) -> str:
        """A place in this source, with where the source itself stands."""
        return f"{self.place}, {place}" if self.place else place

    def item(self, place: str, content: bytes, given: Given) -> Found:
        """An article that stands in this source."""
        return Found(name=f"{self.name}, {place}", place=self.at(place), content=content, given=given)

    def problem(self, sentence: str, place: str = "") -> Found:
        """Why something in this source, or all of it, could not be taken."""
        name = f"{self.name}, {place}" if place else self.name
        return Found(name=name, place=self.at(place) if place else self.place, problem=sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A row of CONTAINERS: ``recognise`` looks at the first bytes, never at a name; ``cut`` gives the items, in order.
    ``fits`` recognises what only a mapping of its keys tells from a text."""

    name: str
    label: str
    recognise: Callable[[bytes], bool]
    cut: Callable[[Source, "Job"], Iterator[Found]]
    fits: Callable[[bytes, Mapping[str, str]], bool] | None = None


@dataclass(slots=True, kw_only=True)
class Job:
    """What all sources of one upload share."""

    containers: Sequence[Container]
    limits: Limits
    mapping: Mapping[str, str] = field(default_factory=dict)
    unpacked: int = 0

    def row(self, head: bytes) -> Container | None:
        """What a file with this beginning is; None for a single article."""
        for row in self.containers:
            if row.recognise(head) or (self.mapping and row.fits is not None and row.fits(head, self.mapping)):
                return row
        return None

    def cut(self, source: Source) -> Iterator[Found]:
        """The items of a source, whatever it is. No error of its content leaves here but as a sentence."""
        try:
            yield from self._cut(source)
        except (Exhausted, Unavailable):
            raise
        except Refused as refused:
            yield source.problem(str(refused))
        except RecursionError:
            yield source.problem("It is damaged: it is nested too deeply to be read.")
        except (zlib.error, zipfile.BadZipFile, EOFError) as error:
            yield source.problem(f"It is damaged and could not be unpacked ({error}).")
        except Exception as error:  # noqa: BLE001 whatever a library raises on hostile bytes, the rest goes on
            yield source.problem(f"It is damaged and could not be read ({type(error).__name__}).")

    def _cut(self, source: Source) -> Iterator[Found]:
        head = source.stream.peek(HEAD)
        if not head:
            raise Refused("It is empty: it has 0 bytes.")
        if row := self.row(head):
            empty = True
            for found in row.cut(source, self):
                empty = False
                yield found
            if empty:
                raise Refused("There is no article in it.")
            return
        if binary := what_binary(head):
            raise Refused(f"It is {binary}, not text: save the article as text or HTML first.")
        yield Found(name=source.name, place=source.place, content=self.whole(source.stream))

    def whole(self, stream: Stream) -> bytes:
        """The bytes of one article: all that is left of a stream. Raises Refused when it is too large."""
        limit = self.limits.item_bytes
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise Refused(f"It is too large: it has more than {size(limit)}, the most an article may have.")
        return content

    def in_one_piece(self, stream: Stream, what: str) -> bytes:
        """The same for what must be read whole before its article can be found, such as a mail."""
        content = stream.read(self.limits.line_bytes + 1)
        if len(content) > self.limits.line_bytes:
            raise Refused(f"It is too large: a {what} may have {size(self.limits.line_bytes)}, and this one has more.")
        return content

    def inside(self, source: Source, stream: Stream, name: str, place: str) -> Iterator[Found]:
        """The items of what was in an archive."""
        inner = Source(
            stream=stream, name=name, place=source.at(place) if place else source.place, depth=source.depth + 1
        )
        return self.cut(inner)

    def check_depth(self, source: Source) -> None:
        """Refuse an archive that is in too many others."""
        if source.depth >= self.limits.depth:
            raise Refused(f"It is packed too deeply: {source.depth} archives are around it, and no more are opened.")

    def meter(self, packed: Callable[[], int]) -> Callable[[int], None]:
        """What counts the bytes that come out of an archive, against those that are in it."""
        total = 0

        def count(number: int) -> None:
            nonlocal total
            total += number
            self.unpacked += number
            if self.unpacked > self.limits.unpacked_bytes:
                raise Exhausted(
                    f"The upload unpacks to more than {size(self.limits.unpacked_bytes)}: nothing from here on was read."
                )
            if total > FREE and total > self.limits.ratio * max(1, packed()):
                raise Refused(
                    f"It unpacks to more than {self.limits.ratio} times its size, as no text does: it was not read further."
                )

        return count

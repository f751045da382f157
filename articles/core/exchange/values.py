"""Tags on a text as they go out and come in, whatever the format: the values, their limits, what a reader refuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal["suggested", "confirmed", "rejected"]
# What a file may hold. A file is read in one piece: it was made by a program, and an article has less than a megabyte.
FILE_BYTES = 256 * 1024 * 1024
LINE_BYTES = 32 * 1024 * 1024
TEXT_CHARACTERS = 8_000_000
TAGS = 50_000
LONGEST_LABEL = 100
# Words before and behind a quotation, in code points.
CONTEXT = 32


class ExchangeError(ValueError):
    """A file that cannot be read as what it is said to be; the message is a sentence with its line or record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A type on ``[start, end)`` of a text, in code points. ``type`` is one of ours, or the label of others as they wrote
    it. ``score`` in [0, 1] is how sure a machine was. ``entity`` and ``wikidata`` say who or what is meant.

    ``quote``, ``prefix`` and ``suffix`` are the words as the file gives them; a tag without a position (both 0) has a quote.
    """

    start: int
    end: int
    type: str
    state: State = "confirmed"
    score: float = 1.0
    entity: str = ""
    wikidata: str = ""
    quote: str = field(default="", compare=False)
    prefix: str = field(default="", compare=False)
    suffix: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedText:
    """A text and its tags. ``id`` is the article's, ``published`` a moment in ISO 8601. ``text`` is None where the file
    only quotes it; ``loose``: where its white space is not the article's. ``left_out``: sentences about what of the file
    was not taken over."""

    id: str
    text: str | None
    tags: tuple[Tag, ...] = ()
    title: str = ""
    language: str = ""
    url: str = ""
    published: str = ""
    loose: bool = False
    left_out: tuple[str, ...] = ()

    def quoted(self, tag: Tag) -> tuple[str, str, str]:
        """The words of a tag, and those before and behind it."""
        if self.text is None or tag.quote:
            return tag.quote, tag.prefix, tag.suffix
        before = self.text[max(tag.start - CONTEXT, 0) : tag.start]
        return self.text[tag.start : tag.end], before, self.text[tag.end : tag.end + CONTEXT]


def checked(article: AnnotatedText, where: str) -> AnnotatedText:
    """The article, when each of its tags lies in its text; ExchangeError otherwise."""
    length = TEXT_CHARACTERS if article.text is None else len(article.text)
    if length > TEXT_CHARACTERS:
        raise ExchangeError(f"{where}: the text has {length} characters; {TEXT_CHARACTERS} are the most.")
    if len(article.tags) > TAGS:
        raise ExchangeError(f"{where}: there are {len(article.tags)} tags on one text; {TAGS} are the most.")
    for tag in article.tags:
        if tag.start == tag.end == 0 and tag.quote:
            continue
        if not 0 <= tag.start < tag.end <= length:
            raise ExchangeError(
                f"{where}: a tag stands from {_short(tag.start)} to {_short(tag.end)}, which is no part of a text of "
                f"{length} characters."
            )
        if not tag.type or len(tag.type) > LONGEST_LABEL:
            raise ExchangeError(f"{where}: a tag has no label, or one of more than {LONGEST_LABEL} characters.")
    return article


def _short(number: int) -> str:
    return str(number) if abs(number) < 10**12 else "a number with more than 12 digits"


def decoded(data: bytes, where: str, *, mark: bool = False) -> str:
    """UTF-8 as text, without the mark that some programs write before it, unless that belongs to it."""
    try:
        return data.decode("utf-8" if mark else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{where} is not UTF-8, at byte {error.start}.") from None


def once(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Tags in order, each words and type once: what a person confirmed before what a machine suggested."""
    ranks = ("confirmed", "suggested", "rejected")
    found: dict[tuple[int, int, str, str], Tag] = {}
    for tag in tags:
        key = tag.start, tag.end, tag.type, "" if tag.end else tag.quote + "\0" + tag.prefix
        if key not in found or ranks.index(tag.state) < ranks.index(found[key].state):
            found[key] = tag
    return tuple(sorted(found.values(), key=lambda tag: (tag.start, -tag.end, tag.type)))


def outermost(tags: Sequence[Tag]) -> list[Tag]:
    """Tags of which none overlaps another: of two that do, the longer, then the earlier."""
    kept: list[Tag] = []
    for tag in sorted(tags, key=lambda tag: (tag.start - tag.end, tag.start)):
        if all(tag.end <= other.start or other.end <= tag.start for other in kept):
            kept.append(tag)
    return sorted(kept, key=lambda tag: tag.start)

"""A scraper's record -> the article in it and what is said beside it, whatever the scraper calls its keys.

The usual names are data (``articles/core/data/scraper_keys.json``: our name -> theirs, the surest first); a mapping
(our name -> their key, with dots into what is nested) goes before them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from articles.core.containers.items import Refused, size
from articles.core.formats import html
from articles.core.given import AUTHORS, OTHERS, plain
from articles.core.values import Given

KEYS = Path(__file__).parent.parent / "data" / "scraper_keys.json"
CONTENT = ("html", "text")
# What holds the words of a value that is an object, as in {"name": "Ana Lopes"} or {"rendered": "<p>…"}.
NAMING = ("rendered", "name", "title", "label", "html", "text", "value", "@value", "#text", "$date", "url")
WORDING = ("rendered", "value", "@value", "#text")
# So many keys of an unknown record are named to a person.
NAMED = 8
LETTERS = re.compile(r"[^a-z0-9]+")
LONE = re.compile("[\ud800-\udfff]")
ADDRESS = re.compile(r"https?://[^/]+", re.IGNORECASE)
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|article|section|main|h[1-6]|ul|ol|li|table|blockquote|figure|br|span|a|em|strong|"
    r"b|i|img)(?:\s[^<>]*+)?/?>", re.IGNORECASE)  # fmt: skip


@cache
def usual_keys() -> dict[str, tuple[str, ...]]:
    """Our name -> the folded names that scrapers use for it, the surest first."""
    table = json.loads(KEYS.read_text(encoding="utf-8"))
    return {ours: tuple(folded(key) for key in theirs) for ours, theirs in table.items()}


@cache
def meanings() -> dict[str, dict[str, int]]:
    """A folded key -> our names for it, each with how sure that is (0 is the surest)."""
    found: dict[str, dict[str, int]] = {}
    for ours, theirs in usual_keys().items():
        for rank, key in enumerate(theirs):
            found.setdefault(key, {}).setdefault(ours, rank)
    return found


@lru_cache(maxsize=2048)
def folded(key: str) -> str:
    """A key without what differs from scraper to scraper: publishedAt, published_at and Published-At are one."""
    return LETTERS.sub("", key[:200].lower())


def article_of(record: Mapping[str, object], mapping: Mapping[str, str], limit: int) -> tuple[bytes, Given]:
    """The bytes of the article (HTML before text, as UTF-8) and what is said beside it. Raises Refused: no article in it,
    or more than ``limit`` bytes."""
    for data in (record, *_inner(record)):
        said = _Said(data, mapping)
        if text := said.content():
            content = utf8(text)
            if len(content) > limit:
                raise Refused(f"It is too large: it has {size(len(content))}; an article may have {size(limit)}.")
            return content, said.given()
    raise Refused(_nothing(record))


def utf8(text: str) -> bytes:
    """The bytes of a text; half a character, which JSON can write, is replaced."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return LONE.sub("\ufffd", text).encode("utf-8")


def holds_article(record: object, mapping: Mapping[str, str]) -> bool:
    """Whether a record has a text under one of the names."""
    return isinstance(record, Mapping) and any(_Said(data, mapping).content() for data in (record, *_inner(record)))


def known(key: str) -> str:
    """Our name for a scraper's key, or nothing."""
    return next(iter(meanings().get(folded(key), ())), "")


def _inner(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Objects in the record, one of which may be the article itself: {"_source": {…}}."""
    return (value for value in record.values() if isinstance(value, Mapping))


def _nothing(record: Mapping[str, object]) -> str:
    names = [f"“{name}”" for key in record if (name := plain(key, 40))][:NAMED]
    if not names:
        return "There is no article in it: it is empty."
    more = "" if len(record) <= NAMED else f" and {len(record) - NAMED} more"
    return (
        f"There is no article in it: none of its keys holds a text. Its keys are {', '.join(names)}{more}; "
        "a mapping can say which of them does."
    )


class _Said:
    """What one record says, by our names."""

    def __init__(self, record: Mapping[str, object], mapping: Mapping[str, str]) -> None:
        self.record = record
        self.mapping = mapping
        self.taken = {path.split(".")[0] for path in mapping.values()} | set(mapping.values())
        # Our name -> the keys that may mean it, with how sure that is.
        self.theirs: dict[str, list[tuple[int, str]]] = {}
        for key in record:
            if key not in self.taken:
                for ours, rank in meanings().get(folded(str(key)), {}).items():
                    self.theirs.setdefault(ours, []).append((rank, key))

    def values(self, ours: str) -> Iterator[object]:
        """What may be meant, the surest first."""
        if ours in self.mapping:
            yield _at(self.record, self.mapping[ours])
        else:
            yield from (self.record[key] for _, key in sorted(self.theirs.get(ours, ())))

    def content(self) -> str:
        """The page if there is one with markup in it, else the text."""
        html_of = next((text for value in self.values("html") if (text := _text(value))), "")
        if html_of and MARKUP.search(html_of[:200_000]):
            return html_of if html.recognise(html_of) else f"<div>{html_of}</div>"
        text = next((text for value in self.values("text") if (text := _text(value))), "") or html_of
        marked = MARKUP.search(text[:200_000]) if text else None
        return f"<div>{text}</div>" if marked and not html.recognise(text) and text.count("</") > 1 else text

    def given(self) -> Given:
        """All that is said beside the text."""
        outlet, url = self._outlet_and_address()
        single = ("title", "published", "fetched", "language", "section", "charset")
        first: dict[str, object] = {name: self._first(name) for name in single}
        authors = next((names for value in self.values("authors") if (names := _names(value))), [])
        return Given.from_dict({**first, "outlet": outlet, "url": url, "authors": authors, "other": self._others()})

    def _first(self, ours: str) -> str:
        return next((text for value in self.values(ours) if (text := plain(_word(value)))), "")

    def _outlet_and_address(self) -> tuple[str, str]:
        """What scrapers call a source is a name, a host, or the page's own address."""
        url = self._first("url")
        outlet = ""
        for value in self.values("outlet"):
            text = plain(_word(value))
            if ADDRESS.match(text):
                url = url or text
            else:
                outlet = outlet or text
        return outlet, url

    def _others(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in self.record.items():
            if len(found) == OTHERS:
                break
            ours = known(key)
            if key not in self.taken and (not ours or ours in self.mapping) and (text := plain(value)):
                found[key] = text
        return found


def _at(record: object, path: str) -> object:
    """What stands under a key, or under a path of keys with dots between them."""
    if isinstance(record, Mapping) and path in record:
        return record[path]
    for step in path.split("."):
        if isinstance(record, Mapping):
            record = record.get(step)
        elif (
            isinstance(record, Sequence) and not isinstance(record, str) and step.isdigit() and int(step) < len(record)
        ):
            record = record[int(step)]
        else:
            return None
    return record


def _word(value: object, under: Sequence[str] = NAMING) -> object:
    """The string or number that an object or a list of them means."""
    for _ in range(3):
        if isinstance(value, Mapping):
            value = next((value[name] for name in under if name in value), None)
        elif isinstance(value, list):
            value = value[0] if value else None
    return value


def _text(value: object) -> str:
    """A text, or paragraphs in a list; empty when there are no words in it."""
    if isinstance(value, list):
        parts = [part for each in value if isinstance(part := _word(each, WORDING), str) and part.strip()]
        return "\n\n".join(parts)
    value = _word(value, WORDING)
    return value if isinstance(value, str) and value.strip() else ""


def _names(value: object) -> list[str]:
    """Names in a list, or one string; a list that was printed into a table is taken apart."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        value = [part.strip(" '\"") for part in value[1:-1][:4000].split(",")]
    if isinstance(value, list):
        return [name for each in value[:AUTHORS] if (name := plain(_word(each)))]
    name = plain(_word(value))
    return [name] if name else []

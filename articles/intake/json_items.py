"""The JSON that a scraper sends in one request -> items: one article, a list of them, or an object with such a list.

A file of JSON is cut by the containers, forgivingly. Here a program sends what it just wrote, and is told where it is
wrong.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from articles.core.containers.items import Refused
from articles.core.containers.records import article_of, holds_article, usual_keys
from articles.intake.cutting import readable
from articles.intake.uploads import Item

# What a mapping may name: our words for what a record says.
MAPPED = tuple(usual_keys())


class BadJson(ValueError):
    """What was sent is no JSON; the message is a sentence. ``line`` and ``column`` are where, from 1, 0 if unknown."""

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class NoArticle(ValueError):
    """It is JSON, but there is nothing in it to be taken; the message is a sentence."""


def items_of_json(data: bytes, *, mapping: Mapping[str, str] | None = None) -> list[Item]:
    """The articles in it, in order; one among several in which there is nothing says so. Raises BadJson, NoArticle."""
    said = mapping or {}
    items = [_item(record, number, said) for number, record in enumerate(_records(_parsed(data), said), 1)]
    if len(items) == 1 and items[0].problem:
        raise NoArticle(items[0].problem)
    return items


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadJson(f"JSON is sent as UTF-8, and the byte at {error.start} is none.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        sentence = f"This is no JSON: {error.msg[:1].lower()}{error.msg[1:]} ({where})."
        raise BadJson(sentence, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise BadJson("This JSON is nested too deeply to be read.") from None
    except ValueError:
        raise BadJson("This JSON holds a number of more digits than can be read.") from None


def _records(value: Any, mapping: Mapping[str, str]) -> list[Any]:
    if isinstance(value, dict) and not holds_article(value, mapping):
        value = next((each for each in value.values() if isinstance(each, list)), [value])
    elif isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise NoArticle("Send an object with an article, a list of them, or an object with a list under “articles”.")
    if not value:
        raise NoArticle("There is no article in it: the list is empty.")
    return value


def _item(record: Any, number: int, mapping: Mapping[str, str]) -> Item:
    place = f"item {number}"
    if not isinstance(record, Mapping):
        return Item(
            name=place, place=place, problem="It is no object with keys, so nothing says what in it is the text."
        )
    try:
        content, given = article_of(record, mapping, settings.UPLOAD_MAX_BYTES)
    except Refused as refused:
        return Item(name=place, place=place, problem=str(refused))
    return Item(name=given.title or given.url or place, place=place, content=content, given=given)


def name_of(words: str) -> str:
    """A name for people, out of a header or an address."""
    return readable(words.replace("\\", "/").rsplit("/", 1)[-1], 300)

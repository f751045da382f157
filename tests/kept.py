"""What is the same for every test and takes long: the registry is read once, and so is a text that many tests bring in.

The registry is as the migrations left it for every test whose changes are rolled back; one that writes to it reads it as
the product does, from its first write on. A reading depends on the text and the memory alone, neither on a clock nor on
a database: of the same text with the same memory there is one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from articles.core.reading import read
from articles.core.values import Memory, Reading, Scraped
from articles.intake.memory import Rows, registry_rows

TABLES = ("articles_outlet", "articles_entity", "articles_office")


class KeptRegistry:
    """Stands for ``registry_rows`` in one test; ``watch`` sees every statement that the test sends to the database."""

    _rows: Rows | None = None

    def __init__(self) -> None:
        self.written = False

    def watch(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if not self.written and not sql.startswith("SELECT") and any(table in sql for table in TABLES):
            self.written = True
        return execute(sql, *args)

    def __call__(self) -> Rows:
        if self.written:
            return registry_rows()
        if KeptRegistry._rows is None:
            KeptRegistry._rows = registry_rows()
        return KeptRegistry._rows


# Texts with what stands beside them, and a registry each -> what was read. The registry is held, so that its id stays its.
_readings: dict[tuple[str, int, int, int], tuple[Memory, Reading]] = {}
MOST = 300


def read_once(scraped: Scraped, memory: Memory) -> Reading:
    """``read``, once for the same text and the same registries. What an outlet's memory says is read anew."""
    if memory.outlet is not None or memory.facts or memory.recognisers:
        return read(scraped, memory)
    key = (repr(replace(scraped, received_at=None)), id(memory.outlets), id(memory.entities), id(memory.learned))
    if key not in _readings:
        if len(_readings) >= MOST:
            _readings.clear()
        _readings[key] = memory, read(scraped, memory)
    return replace(_readings[key][1], scraped=scraped)

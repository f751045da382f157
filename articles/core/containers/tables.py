"""CSV, with any of the usual separators: a row is an article, the first row says what the columns are."""

import csv
import re
from collections.abc import Iterator, Mapping

from articles.core.containers.items import Found, Refused, size
from articles.core.containers.job import HEAD, Job, Source
from articles.core.containers.records import CONTENT, article_of, known
from articles.core.containers.streams import Stream, as_utf8, text_of
from articles.core.formats import decoding

SEPARATORS = ",;\t|"
# A sentence may have commas; the names of columns are words, and the rows have as many cells.
COLUMN = re.compile(r"[\w.\-:/ #]{1,60}")
ROWS = 5
# What programs write into a cell that is empty.
NOTHING = frozenset({"null", "none", "nan", "n/a", "\\n"})
# So often what stands behind a quote that is never closed is read again as rows of its own.
RECOVERIES = 20


def recognise(head: bytes) -> bool:
    """The first row names columns, one of them a text or two of them known, and the rows below have as many cells."""
    return _separator(head, {}) != ""


def fits(head: bytes, mapping: Mapping[str, str]) -> bool:
    """The same with the names that a mapping tells."""
    return _separator(head, mapping) != ""


def _separator(head: bytes, mapping: Mapping[str, str]) -> str:
    """What stands between the cells; empty when this is no table."""
    text = text_of(head).lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    if len(first) > 5000 or len(first) == len(text):
        return ""
    for separator in sorted(SEPARATORS, key=first.count, reverse=True):
        names = _header(first, separator)
        if len(names) > 1 and _tells(names, mapping) and _regular(text, separator, len(names), whole=len(head) < HEAD):
            return separator
    return ""


def _header(line: str, separator: str) -> list[str]:
    try:
        names = [name.strip() for name in next(csv.reader([line.strip("\r\n")], delimiter=separator), [])]
    except csv.Error:
        return []
    filled = [name for name in names if name]
    if len(set(filled)) < len(filled) or not all(COLUMN.fullmatch(name) for name in filled):
        return []
    return names if len(filled) >= len(names) - 1 else []


def _tells(names: list[str], mapping: Mapping[str, str]) -> bool:
    ours = {known(name) for name in names if name} - {""}
    mapped = set(names) & set(mapping.values())
    return bool(mapped) or (len(ours) > 1 and (bool(ours & set(CONTENT)) or len(ours) > 2))


def _regular(text: str, separator: str, width: int, *, whole: bool) -> bool:
    """Whether the first rows have as many cells as the header. A row that the look ends in is not counted."""
    _allow_large_fields(len(text))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) > ROWS:
                break
        else:
            rows = rows if whole else rows[:-1]
    except csv.Error:
        pass
    if len(rows) < 2:
        # The first row is longer than the look, or a quote in it is never closed.
        return not whole or '"' in text
    return 2 * sum(len(row) == width for row in rows[1:]) >= len(rows) - 1


def _allow_large_fields(longest: int) -> None:
    """The library's limit is one for the whole process; ours is on the row, before the library sees it."""
    if csv.field_size_limit() < longest:
        csv.field_size_limit(longest)


def cut(source: Source, job: Job) -> Iterator[Found]:
    """A row is an item; its place is the line on which it begins."""
    head = source.stream.peek(HEAD)
    _allow_large_fields(job.limits.line_bytes + 1)
    separator = _separator(head, job.mapping) or ","
    table = _Table(as_utf8(source.stream), job.limits.line_bytes, _encoding(head), separator)
    names = [name.strip() for name in table.row() or []]
    while (row := table.row()) is not None:
        place = f"line {table.first}"
        if table.problem:
            yield source.problem(table.problem, place)
        elif row:
            yield _item(source, job, names, row, place)


def _item(source: Source, job: Job, names: list[str], row: list[str], place: str) -> Found:
    cells = zip(names, row, strict=False)
    record = {name: cell for name, cell in cells if name and cell.strip() and cell.strip().lower() not in NOTHING}
    try:
        if len(row) > len(names) + 1:
            raise Refused(f"The row has {len(row)} cells, and the first row names {len(names)} columns.")
        content, given = article_of(record, job.mapping, job.limits.item_bytes)
    except Refused as refused:
        return source.problem(str(refused), place)
    return source.item(place, content, given)


def _encoding(head: bytes) -> str:
    """How lines are read that are no UTF-8."""
    try:
        guessed = decoding.decode(head).encoding
    except decoding.DecodingError:
        return "cp1252"
    return "cp1252" if guessed.startswith("utf") else guessed


class _Table:
    """The rows of a table, each read by the library from so many lines as it asks for. ``first`` is the line on which the
    last row began, ``problem`` what is wrong with it."""

    def __init__(self, stream: Stream, limit: int, encoding: str, separator: str) -> None:
        self.stream, self.limit, self.encoding, self.separator = stream, limit, encoding, separator
        self.taken: list[bytes] = []
        # Lines to be read again, the next of them last.
        self.again: list[bytes] = []
        self.recoveries = 0
        self.number, self.first = 0, 1
        self.unended = False
        self.problem = ""

    def row(self) -> list[str] | None:
        """The cells of the next row; none for an empty line, None at the end."""
        self.taken, self.unended, self.problem = [], False, ""
        self.first = self.number + 1
        try:
            cells = next(csv.reader(self._lines(), delimiter=self.separator), [])
        except csv.Error as error:
            self.problem = f"The row is broken: {error}."
            cells = []
        if not self.taken:
            return None
        if self.unended:
            self.problem = self._unended()
        return cells

    def _lines(self) -> Iterator[str]:
        """The lines of a row. The library asks for another one only inside quotes."""
        total = 0
        while line := self.again.pop() if self.again else self.stream.readline(self.limit + 1):
            self.number += 1
            self.taken.append(line)
            total += len(line)
            if total > self.limit:
                if not line.endswith(b"\n"):
                    self.stream.skip_line()
                break
            yield self._text(line)
        self.unended = True

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode(self.encoding, "replace")

    def _unended(self) -> str:
        """What is said of a row that does not end. The lines that it swallowed are read as rows of their own."""
        if len(self.taken) == 1 and len(self.taken[0]) > self.limit:
            return f"The row is too long: it has more than {size(self.limit)}."
        said = f"A quote is opened in this row and not closed up to line {self.number}"
        if len(self.taken) == 1:
            return f"{said}, where the file ends."
        if self.recoveries >= RECOVERIES:
            return f"{said}: these lines were left out."
        self.recoveries += 1
        self.number = self.first
        self.again += reversed(self.taken[1:])
        return f"{said}: the lines behind its first were read as rows of their own."

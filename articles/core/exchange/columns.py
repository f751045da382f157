"""Where word and label stand in the lines of CoNLL's kin.

CoNLL-2003 and what follows it: the word first, the label last, with whatever between. CoNLL-U and what follows it (GermEval,
Universal NER): the words of a sentence are numbered, the word is second, and the label stands in the first column that holds
nothing but labels, or in MISC as ``NE=B-PER``. There a line such as ``3-4 du`` is the word as it is written, of which the
lines 3 and 4 are parts, and ``3.1`` is no word of the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.core.exchange.values import ExchangeError

LABEL = re.compile(r"(?P<part>[BILSEUMW])-(?P<type>\S+)")
OF_MISC = re.compile(r"(?:^|\|)(?:NE|NER|ner)=([^|]+)")
NUMBER, RANGE, EMPTY = re.compile(r"\d{1,9}"), re.compile(r"(\d{1,9})-(\d{1,9})"), re.compile(r"\d+\.\d+")
# So many lines say what the columns are.
LOOKED_AT = 5_000


def of(line: str) -> list[str]:
    """The columns of a line."""
    return [column for column in line.strip(" \t\r").replace("\t", " ").split(" ") if column]


def shape_of(lines: Sequence[str]) -> "Shape":
    """What the columns of a file are, by its first lines."""
    rows = [of(line) for line in lines[:LOOKED_AT] if not line.startswith("#")]
    if not _numbered(rows):
        return Shape()
    words = [row for row in rows if row and NUMBER.fullmatch(row[0])]
    for column in range(2, min(map(len, words))):
        if all(row[column] == "O" or LABEL.fullmatch(row[column]) for row in words):
            return Shape(numbered=True, label=column)
    return Shape(numbered=True)


def _numbered(rows: Iterable[list[str]]) -> bool:
    """Whether the lines of each sentence begin with 1, 2, 3…"""
    before = most = 0
    for row in rows:
        if not row or row[0] == "-DOCSTART-":
            before = 0
        elif RANGE.fullmatch(row[0]) or EMPTY.fullmatch(row[0]):
            continue
        elif len(row) < 3 or row[0] != str(before + 1):
            return False
        else:
            before += 1
            most = max(most, before)
    return most > 1


@dataclass(slots=True)
class Shape:
    """The columns of a file while it is read. ``label``: of a numbered file, the column; None where it is in MISC."""

    numbered: bool = False
    label: int | None = None
    _reaches: int = field(default=0, init=False)
    _whole: str = field(default="", init=False)

    def is_comment(self, line: str) -> bool:
        """Whether a line is about the words, not one of them; elsewhere # is a word."""
        return line.startswith("#") and (
            self.numbered or re.match(r"#\s*(?:text|global\.columns)\w*\s*=", line) is not None
        )

    def word(self, row: list[str], where: str) -> tuple[str, str] | None:
        """The word of a line and its label; None where it is no word of the text, or was read with another."""
        if len(row) < 2:
            raise ExchangeError(f"{where} has one column: a word and its label are asked for.")
        if not self.numbered:
            return row[0], row[-1]
        if written := RANGE.fullmatch(row[0]):
            self._reaches, self._whole = int(written[2]), row[1]
            return None
        if not NUMBER.fullmatch(row[0]):
            if EMPTY.fullmatch(row[0]):
                return None
            raise ExchangeError(f"{where} begins with no number, as the lines before it do.")
        return self._numbered_word(row, where)

    def _numbered_word(self, row: list[str], where: str) -> tuple[str, str] | None:
        at = int(row[0])
        if at == 1 and not self._whole:
            self._reaches = 0
        if self._whole:
            word, self._whole = self._whole, ""
        elif at <= self._reaches:
            return None
        else:
            word = row[1]
        return word, self._label(row, where)

    def _label(self, row: list[str], where: str) -> str:
        if self.label is None:
            found = next((match for column in row[2:] if (match := OF_MISC.search(column))), None)
            return found[1] if found else "O"
        if len(row) <= self.label:
            raise ExchangeError(
                f"{where} has {len(row)} columns; the label of the lines before it is in column {self.label + 1}."
            )
        return row[self.label]

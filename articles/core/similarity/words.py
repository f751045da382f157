"""The words of a text, folded for matching: without capitals, accents and marks, whatever apostrophe and space."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

import numpy as np
import numpy.typing as npt

from articles.core.edits import Span
from articles.core.folding import fold

Numbers = npt.NDArray[np.uint64]

# Of a longer text only the beginning is compared.
MOST_WORDS = 20_000
# Accents may stand as characters of their own; they are part of the word and say nothing.
MARKS = "\u0300-\u036f"
WORD = re.compile(rf"[^\W_](?:[{MARKS}]*[^\W_])*")
WITHOUT_MARKS = dict.fromkeys(range(0x300, 0x370))
# Odd, so that multiplying by it loses nothing modulo 2**64.
BASE = 0x9E3779B97F4A7C15


class _Folding(dict[int, str]):
    """Each character as ``fold`` writes it, looked up once: a whole text is then folded at one stroke."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, fold(chr(code)))


FOLDING = _Folding()


@lru_cache(maxsize=1 << 17)
def number_of(word: str) -> int:
    """A number in [0, 2**64) for a folded word: the same on every machine and in every process, as it is stored."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text, folded, where each stands in it, and a number for each."""

    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    numbers: Numbers = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> "Words":
        found = list(islice(WORD.finditer(text.translate(FOLDING)), MOST_WORDS))
        folded = tuple(match[0].translate(WITHOUT_MARKS) for match in found)
        return cls(folded=folded, spans=tuple(match.span() for match in found), numbers=numbers_of(folded))

    def __len__(self) -> int:
        return len(self.folded)

    def shingles(self, length: int) -> Numbers:
        """[words - length + 1] a number for each run of so many words, by the word it begins at."""
        return shingled(self.numbers, length)

    def span(self, first: int, count: int) -> Span:
        """Where ``count`` words from the word ``first`` on stand in the text."""
        return Span(start=self.spans[first][0], end=self.spans[first + count - 1][1])


def numbers_of(folded: Sequence[str]) -> Numbers:
    return np.fromiter(map(number_of, folded), np.uint64, len(folded))


def shingled(numbers: Numbers, length: int) -> Numbers:
    """A number for each run of ``length`` numbers, none where there are fewer."""
    runs = len(numbers) - length + 1
    if runs <= 0:
        return np.empty(0, np.uint64)
    found = np.zeros(runs, np.uint64)
    for at in range(length):
        found = found * np.uint64(BASE) + numbers[at : at + runs]
    # Mixed, so that the smallest of several is any of them: the sum alone leans on its last words.
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found

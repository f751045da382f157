"""What the words of a line say: a linear model over words and pairs of words, one column of weights an outcome.

The first outcome is "kept", the others are the kinds in the order of KINDS. A word that the training pages did not
know says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.tokens import Tokens, masked

# The edges of a line are words too: "^ photo", "comments $". No token holds a line break.
OPENS, CLOSES = "\n^", "\n$"
# Of a long paragraph, the first words say enough.
WORDS_READ = 120
Indices = npt.NDArray[np.int64]


class Rows(NamedTuple):
    """What a lexicon knows of a page, in the order of its lines: each word and pair is a ``row`` of the weights, and
    stands in a ``line``."""

    line: Indices
    row: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """``words`` and ``pairs`` (first * len(words) + second, sorted) are the rows of ``weights`` [rows, outcomes]: the
    words first. ``bias`` [outcomes]."""

    words: tuple[str, ...]
    pairs: Indices
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    index: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index.update({word: number for number, word in enumerate(self.words)})

    def rows(self, tokens: Tokens) -> Rows:
        """Every word and pair of the page that the lexicon knows."""
        line, word = self._known(tokens)
        pair_line, pair = _pairs(line, word, tokens.lines, self.index.get(OPENS, -1), self.index.get(CLOSES, -1))
        return self._found(line, word, pair_line, pair)

    def _known(self, tokens: Tokens) -> tuple[Indices, Indices]:
        get = self.index.get
        # Only a word with a digit is known by another name.
        numbers = np.array([get(word if word.isalpha() else masked(word), -1) for word in tokens.words], np.int64)
        first = np.searchsorted(tokens.line, np.arange(tokens.lines))
        read = np.arange(len(tokens.ids)) - first[tokens.line] < WORDS_READ
        return tokens.line[read], numbers[tokens.ids[read]]

    def _found(self, line: Indices, word: Indices, pair_line: Indices, pair: Indices) -> Rows:
        known = word >= 0
        first, second = pair[:, 0], pair[:, 1]
        both = (first >= 0) & (second >= 0)
        codes = first[both] * len(self.words) + second[both]
        at = np.minimum(np.searchsorted(self.pairs, codes), max(len(self.pairs) - 1, 0))
        hit = self.pairs[at] == codes if len(self.pairs) else np.zeros(len(codes), bool)
        rows = np.concatenate([word[known], len(self.words) + at[hit]])
        lines = np.concatenate([line[known], pair_line[both][hit]])
        order = np.argsort(lines, kind="stable")
        return Rows(lines[order], rows[order])

    def scores(self, known: Rows, lines: int) -> npt.NDArray[np.float32]:
        """[lines, outcomes] log odds; a line of many words is not louder than one of few."""
        line, row = known
        result = np.tile(self.bias, (lines, 1))
        if len(line):
            starts = np.flatnonzero(np.concatenate([[True], line[1:] != line[:-1]]))
            sums = np.add.reduceat(self.weights.take(row, axis=0), starts, axis=0)
            many = np.diff(np.concatenate([starts, [len(line)]]))
            result[line[starts]] += sums / np.sqrt(many)[:, None]
        return result.astype(np.float32)

    def scores_of(self, grams: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
        """[lines, outcomes] log odds for lines that are given as lists of words, without pairs."""
        get = self.index.get
        line = np.repeat(np.arange(len(grams)), list(map(len, grams)))
        row = np.array([get(word, -1) for words in grams for word in words], np.int64)
        return self.scores(Rows(line[row >= 0], row[row >= 0]), len(grams))

    def name(self, row: int) -> str:
        """The word or pair of words of a row, as a reader would quote it; empty for the mere edge of a line."""
        if row < len(self.words):
            return self.words[row]
        first, second = divmod(int(self.pairs[row - len(self.words)]), len(self.words))
        said = [self.words[number] for number in (first, second) if self.words[number] not in (OPENS, CLOSES)]
        return " ".join(said)


def _pairs(line: Indices, word: Indices, lines: int, opens: int, closes: int) -> tuple[Indices, npt.NDArray[np.int64]]:
    """Each pair of neighbouring words, the edges of the lines among them: ([pairs] line, [pairs, 2] words)."""
    if not len(line):
        return np.zeros(0, np.int64), np.zeros((0, 2), np.int64)
    starts = np.concatenate([[True], line[1:] != line[:-1]])
    ends = np.concatenate([starts[1:], [True]])
    before = np.where(starts, opens, np.concatenate([[0], word[:-1]]))
    inner = np.stack([before, word], axis=1)
    last = np.stack([word[ends], np.full(int(ends.sum()), closes)], axis=1)
    return np.concatenate([line, line[ends]]), np.concatenate([inner, last])


def grams(tokens: Tokens, index: dict[str, int]) -> list[list[tuple[int, ...]]]:
    """For training: of each line its words, (word,), and pairs, (first, second), as numbers of ``index``."""
    numbers: Sequence[int] = [index[masked(word)] for word in tokens.words]
    opens, closes = index[OPENS], index[CLOSES]
    cuts = np.searchsorted(tokens.line, np.arange(tokens.lines + 1)).tolist()
    ids = tokens.ids.tolist()
    found: list[list[tuple[int, ...]]] = []
    for start, end in pairwise(cuts):
        words = [numbers[i] for i in ids[start : min(end, start + WORDS_READ)]]
        edged = [opens, *words, closes] if words else []
        found.append([*((word,) for word in words), *pairwise(edged)])
    return found

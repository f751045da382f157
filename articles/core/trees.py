"""Boosted symmetric trees over numpy: every line of a page through every tree at once.

In a symmetric tree all nodes of a level ask the same question, so that a leaf's number is the row of answers read as
a binary number. The weights are plain arrays; loading them runs no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.windows import Row

# The answers about so many lines are held at once: they stay near the processor, and a page of any length costs no more
# memory.
LINES_AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """``columns`` and ``borders`` [trees, depth]: a line answers yes where its figure in the column is greater than
    the border. ``leaves`` [trees, 2 ** depth, outcomes], the first question the lowest bit. ``bias`` [outcomes]."""

    columns: npt.NDArray[np.int64]
    borders: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @classmethod
    def load(cls, arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> "Trees":
        return cls(
            columns=arrays[f"{name}.columns"].astype(np.int64),
            borders=arrays[f"{name}.borders"].astype(np.float32),
            leaves=arrays[f"{name}.leaves"].astype(np.float32),
            bias=arrays[f"{name}.bias"].astype(np.float32),
        )

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The same, as they are stored: half precision is enough for a leaf."""
        return {
            f"{name}.columns": self.columns.astype(np.int16),
            f"{name}.borders": self.borders,
            f"{name}.leaves": self.leaves.astype(np.float16),
            f"{name}.bias": self.bias,
        }

    def scores(self, table: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """[n, outcomes] for the [n, columns] of a page: log odds of one outcome, or one score an outcome."""
        parts = [self._scores(table[at : at + LINES_AT_ONCE]) for at in range(0, len(table), LINES_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.bias)), np.float32)

    def _scores(self, table: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        trees, depth = self.columns.shape
        # A column a row: what a tree asks of all lines lies together.
        figures = np.ascontiguousarray(table.T)
        leaf = np.zeros((trees, len(table)), np.min_scalar_type(2**depth - 1))
        for level in range(depth):
            yes = figures[self.columns[:, level]] > self.borders[:, level, None]
            leaf |= yes.astype(leaf.dtype) << level
        first = np.arange(trees)[:, None] * self.leaves.shape[1]
        scores: npt.NDArray[np.float32] = self._leaves.take(leaf + first, axis=0).sum(axis=0) + self.bias
        return scores

    @property
    def _leaves(self) -> npt.NDArray[np.float32]:
        """[leaves of all trees, outcomes]"""
        return self.leaves.reshape(-1, self.leaves.shape[2])


def probability(odds: Row) -> Row:
    """Log odds -> probability, whatever their size."""
    return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)

"""Boosted symmetric trees over numpy: every line of a page through every tree at once.

In a symmetric tree all nodes of a level ask the same question, so that a leaf's number is the row of answers read as
a binary number. The weights are plain arrays; loading them runs no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.windows import Row

# So many answers are held at once; a page of any length costs this much memory.
LINES_AT_ONCE = 2048


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
        leaf = np.zeros((len(table), trees), np.int64)
        for level in range(depth):
            leaf |= (table[:, self.columns[:, level]] > self.borders[:, level]).astype(np.int64) << level
        leaf += np.arange(trees) * self.leaves.shape[1]
        flat = self.leaves.reshape(-1, self.leaves.shape[2])
        if flat.shape[1] == 1:
            return flat[:, 0].take(leaf).sum(axis=1, keepdims=True) + self.bias
        return flat.take(leaf, axis=0).sum(axis=1) + self.bias


def probability(odds: Row) -> Row:
    """Log odds -> probability, whatever their size."""
    return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)

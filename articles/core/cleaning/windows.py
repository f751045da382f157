"""What stands around each line of a page: the helpers that turn a row of figures into rows about its neighbours."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.floating[Any]]
Table = npt.NDArray[np.float32]
Names = tuple[str, ...]
FAR = 40


def table_of(found: Mapping[str, npt.NDArray[Any]]) -> tuple[Table, Names]:
    """[n, columns] and their names. The figures of a column lie together, as the trees ask for columns."""
    return np.stack(list(found.values()), dtype=np.float32, casting="same_kind").T, tuple(found)


def beside(tables: Sequence[Table]) -> Table:
    """Tables of the same lines as one, column by column."""
    return np.concatenate([table.T for table in tables]).T


def shifted(row: Row, by: int, fill: float = -1.0) -> Row:
    """[n] the figure of the line ``by`` lines before (behind, where negative); ``fill`` beyond the page's edge."""
    result = np.full(len(row), fill, np.float32)
    if 0 < by < len(row):
        result[by:] = row[:-by]
    elif 0 < -by < len(row):
        result[:by] = row[-by:]
    return result


def around(row: Row, reach: int) -> Row:
    """[n] the mean over the line and ``reach`` lines to either side, as far as the page goes; [k, n] for k rows."""
    n = row.shape[-1]
    sums = np.zeros((*row.shape[:-1], n + 1))
    np.cumsum(row, axis=-1, out=sums[..., 1:])
    at = np.arange(n)
    first, end = np.maximum(at - reach, 0), np.minimum(at + reach + 1, n)
    means: Row = ((sums.take(end, axis=-1) - sums.take(first, axis=-1)) / (end - first)).astype(np.float32)
    return means


def since(mask: npt.NDArray[np.bool_]) -> Row:
    """[n] how many lines back the last line of ``mask`` stands, the line itself not counted; at most FAR. [k, n] for k
    masks."""
    at = np.arange(mask.shape[-1])
    before = np.full(mask.shape, -FAR)
    np.maximum.accumulate(np.where(mask, at, -FAR)[..., :-1], axis=-1, out=before[..., 1:])
    lines: Row = np.minimum(at - before, FAR).astype(np.float32)
    return lines


def until(mask: npt.NDArray[np.bool_]) -> Row:
    """[n] how many lines on the next line of ``mask`` stands; at most FAR."""
    return since(mask[..., ::-1])[..., ::-1]

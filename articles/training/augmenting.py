"""Pages put together from others, for what the corpus has too little of: long comment threads and teasers beside short
bodies, pages cut short, a title and byline that stand behind the body, separators on lines of their own.

Such pages teach, and are never scored. What is put in comes from pages of the same fold, so that validation stays
honest: nothing of an outlet that is being judged was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.figures import KIND_NUMBER
from articles.training.pages import UNKNOWN, Page

SEED = 0
# Kinds that some scrapers put behind the body.
MOVED = frozenset(KIND_NUMBER[kind] for kind in ("title", "byline", "date"))
SEPARATORS = ("* * *", "—", "---", "•", "***", "|", "•••", "_____")
# A stretch of dropped lines is worth giving from so many lines on; so many of them are given.
LEAST, MOST = 5, 60
INSIDE = 8
# How often each change is made.
CUT, MOVE, SEPARATE = 0.4, 0.3, 0.15
BEHIND, BETWEEN = 0.6, 0.9
EVERY = 0.1
Row = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines [first, end) of a page, none of them kept."""

    page: Page
    first: int
    end: int

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.page.texts[self.first : self.end])


def augmented(pages: Sequence[Page], folds: npt.NDArray[np.int64]) -> tuple[list[Page], npt.NDArray[np.int64]]:
    """One more page for each of ``pages`` that has a body, and the fold of each."""
    chance = np.random.default_rng(SEED)
    found, where = [], []
    for fold in sorted(set(folds.tolist())):
        mine = [page for page, its in zip(pages, folds.tolist(), strict=True) if its == fold]
        given = [stretch for page in mine if page.shape == "full" for stretch in _stretches(page)]
        size = np.sqrt([stretch.words for stretch in given])
        likely = size / size.sum() if len(given) else size
        for page in mine:
            if (page.kept == 1).any():
                drawn = [given[i] for i in chance.choice(len(given), chance.integers(0, 3), p=likely)] if given else []
                found.append(_made(page, drawn, chance))
                where.append(fold)
    return found, np.array(where, np.int64)


def _stretches(page: Page) -> list[Stretch]:
    edges = np.flatnonzero(np.diff(np.concatenate([[1], page.kept != 0, [1]]).astype(np.int8)))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [Stretch(page, first, end) for first, end in pairs if end - first >= LEAST]


def _made(page: Page, drawn: Sequence[Stretch], chance: np.random.Generator) -> Page:
    rows: list[Row] = list(zip(page.texts, page.kept.tolist(), page.kinds.tolist(), strict=True))
    kept = np.flatnonzero(page.kept == 1)
    first, end = int(kept[0]), int(kept[-1]) + 1
    before, body, behind = rows[:first], rows[first:end], rows[end:]
    if chance.random() < CUT:
        before = before[chance.integers(0, len(before) + 1) :]
        behind = behind[: chance.integers(0, len(behind) + 1)]
    if chance.random() < MOVE:
        behind = [row for row in before if row[2] in MOVED] + behind
        before = [row for row in before if row[2] not in MOVED]
    for stretch in drawn:
        before, body, behind = _put(_part(stretch, chance), before, body, behind, chance)
    rows = [*before, *body, *behind]
    if chance.random() < SEPARATE:
        rows = _separated(rows, chance)
    return replace(
        page, texts=[row[0] for row in rows], kept=np.array([row[1] for row in rows], np.int8),
        kinds=np.array([row[2] for row in rows], np.int8), body="", made=True,
    )  # fmt: skip


def _part(stretch: Stretch, chance: np.random.Generator) -> list[Row]:
    length = stretch.end - stretch.first
    many = min(length, int(chance.integers(LEAST, MOST)))
    start = stretch.first + int(chance.integers(0, length - many + 1))
    return [(stretch.page.texts[i], 0, int(stretch.page.kinds[i])) for i in range(start, start + many)]


def _put(
    part: list[Row], before: list[Row], body: list[Row], behind: list[Row], chance: np.random.Generator
) -> tuple[list[Row], list[Row], list[Row]]:
    """Most foreign lines stand behind a body, fewer before it, few inside."""
    where, near = chance.random(), chance.random() < BEHIND
    if where < BEHIND:
        return before, body, part + behind if near else behind + part
    if where < BETWEEN:
        return part + before if near else before + part, body, behind
    at = int(chance.integers(0, len(body) + 1))
    return before, [*body[:at], *part[:INSIDE], *body[at:]], behind


def _separated(rows: Sequence[Row], chance: np.random.Generator) -> list[Row]:
    sign = SEPARATORS[chance.integers(len(SEPARATORS))]
    found: list[Row] = []
    for row in rows:
        found.append(row)
        if chance.random() < EVERY:
            found.append((sign, 0, UNKNOWN))
    return found

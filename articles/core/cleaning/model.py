"""The trained cleaner: for each line of a page how likely it is kept, and which kind it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from articles.core.cleaning import figures
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import Lexicon
from articles.core.cleaning.windows import Row
from articles.core.trees import Trees, probability

WEIGHTS = "weights/cleaner.npz"
SHAPES = ("text", "page")
KEPT = np.array([kind.kept for kind in KINDS.values()])
Arrays = dict[str, npt.NDArray[np.generic]]


class WrongWeights(Exception):
    """The weights were trained on other figures than this code measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What was learned for one shape of input: plain text, or a page with markup. ``knots`` [2, k] maps the second
    look's probability to how often such a line is kept (its calibration)."""

    first: Trees
    second: Trees
    kinds: Trees
    knots: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """``kept`` [n]: the probability that a line belongs to the article's text; ``kinds`` [n, kinds]: of each kind, the
    fate left open; ``look`` the figures."""

    kept: Row
    kinds: npt.NDArray[np.float32]
    look: figures.Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaner:
    """Everything that was learned. ``rarity``: word -> inverse document frequency; ``columns``: shape -> names."""

    lexicon: Lexicon
    of_places: Lexicon
    rarity: dict[str, float]
    engines: dict[str, Engine]
    columns: dict[str, tuple[str, ...]]

    def judge(self, lines: figures.Lines, said: Sequence[tuple[int, float]]) -> Judged:
        """Judge the lines of a page. ``said`` [n]: (number of the kind, confidence) of the rules' verdicts."""
        shape = "page" if lines.places else "text"
        engine = self.engines[shape]
        look = figures.first_look(lines, self.lexicon, self.of_places if lines.places else None)
        first = probability(engine.first.scores(look.table)[:, 0])
        table, names = figures.second_look(look, first, self.rarity)
        if names != self.columns[shape]:
            raise WrongWeights(f"The cleaner's weights for {shape} know other figures; train it again.")
        second = probability(engine.second.scores(table)[:, 0])
        kinds = engine.kinds.scores(figures.kinds_look(table, second, said))
        kept = np.interp(second, engine.knots[0], engine.knots[1]).astype(np.float32)
        return Judged(kept=kept, kinds=_shares(kinds), look=look)


def _shares(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float32] = (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


@cache
def shipped() -> Cleaner:
    """The cleaner that comes with the project; read once."""
    with (
        files("articles.core.cleaning").joinpath(WEIGHTS).open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        return unpacked(dict(held))


def unpacked(arrays: Arrays) -> Cleaner:
    """The cleaner in the arrays of a weights file."""
    words = _words(arrays["lexicon.words"])
    lexicon = Lexicon(
        words=words,
        pairs=arrays["lexicon.pairs"].astype(np.int64),
        weights=arrays["lexicon.weights"].astype(np.float32),
        bias=arrays["lexicon.bias"].astype(np.float32),
    )
    of_places = Lexicon(
        words=_words(arrays["places.words"]),
        pairs=np.zeros(0, np.int64),
        weights=arrays["places.weights"].astype(np.float32),
        bias=arrays["places.bias"].astype(np.float32),
    )
    rarity = dict(zip(words, arrays["lexicon.rarity"].astype(np.float64).tolist(), strict=True))
    engines = {
        shape: Engine(
            first=Trees.load(arrays, f"{shape}.first"),
            second=Trees.load(arrays, f"{shape}.second"),
            kinds=Trees.load(arrays, f"{shape}.kinds"),
            knots=arrays[f"{shape}.knots"].astype(np.float32),
        )
        for shape in SHAPES
    }
    columns = {shape: _words(arrays[f"{shape}.columns"]) for shape in SHAPES}
    return Cleaner(lexicon=lexicon, of_places=of_places, rarity=rarity, engines=engines, columns=columns)


def packed(cleaner: Cleaner) -> Arrays:
    """The arrays of a weights file: numbers and text only, nothing that could run when it is read."""
    arrays: Arrays = {
        "lexicon.words": _bytes(cleaner.lexicon.words),
        "lexicon.pairs": cleaner.lexicon.pairs,
        "lexicon.weights": cleaner.lexicon.weights.astype(np.float16),
        "lexicon.bias": cleaner.lexicon.bias,
        "lexicon.rarity": np.array([cleaner.rarity[word] for word in cleaner.lexicon.words], np.float16),
        "places.words": _bytes(cleaner.of_places.words),
        "places.weights": cleaner.of_places.weights.astype(np.float16),
        "places.bias": cleaner.of_places.bias,
    }
    for shape, engine in cleaner.engines.items():
        for name, trees in (("first", engine.first), ("second", engine.second), ("kinds", engine.kinds)):
            arrays |= trees.arrays(f"{shape}.{name}")
        arrays[f"{shape}.knots"] = engine.knots
        arrays[f"{shape}.columns"] = _bytes(cleaner.columns[shape])
    return arrays


# A word holds no NUL: the text that is read never does.
def _bytes(words: Sequence[str]) -> npt.NDArray[np.generic]:
    return np.frombuffer("\0".join(words).encode(), np.uint8)


def _words(data: npt.NDArray[np.generic]) -> tuple[str, ...]:
    return tuple(data.tobytes().decode().split("\0"))

"""The recognisers that come with the project: a field and a second look for each language that has weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, get_args
from zipfile import BadZipFile

import numpy as np

from articles.core.entities import crf, look
from articles.core.entities.crf import Arrays, Crf, Floats, Guess
from articles.core.entities.tokens import Token, sentences, tokens
from articles.core.trees import Trees, probability
from articles.core.values import EntityType, NamedWords, Recogniser

# What is learned beside them is told apart, and shown to nobody.
SHOWN: dict[str, EntityType] = {kind: kind for kind in get_args(EntityType)}


class WeightsError(ValueError):
    """A file that is no weights of a recogniser; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A recogniser. ``trees`` give the odds of each guess; above ``least`` it is a name; ``knots`` [2, n] map the
    probability to how often such a name is right."""

    crf: Crf
    trees: Trees
    knots: Floats
    least: float

    def __call__(self, texts: Sequence[str]) -> list[list[NamedWords]]:
        """The names in each text of one article, in order; what one text says of a name counts in all."""
        cut = [(number, sentence) for number, text in enumerate(texts) for sentence in sentences(tokens(text))]
        found: list[list[NamedWords]] = [[] for _ in texts]
        if not cut:
            return found
        for (owner, sentence), names in zip(cut, self._names([sentence for _, sentence in cut]), strict=True):
            for one, sure in names:
                if kind := SHOWN.get(one.type):
                    found[owner].append(NamedWords(sentence[one.first].start, sentence[one.last].end, kind, sure))
        return found

    def _names(self, cut: Sequence[Sequence[Token]]) -> Iterator[list[tuple[Guess, float]]]:
        words = [[token.text for token in sentence] for sentence in cut]
        guesses = self.crf.guesses(words)
        odds = self.trees.scores(look.figures(words, guesses))[:, 0]
        likely = probability(odds)
        sure = np.interp(likely, self.knots[0], self.knots[1]).tolist()
        at = 0
        for found in guesses:
            picked = chosen(found, likely[at : at + len(found)].tolist(), self.least)
            yield [(found[number], sure[at + number]) for number in picked]
            at += len(found)


def chosen(guesses: Sequence[Guess], likely: Sequence[float], least: float) -> list[int]:
    """The numbers of the guesses that are names, in order: the likeliest first, none over another."""
    picked: list[int] = []
    for number in sorted(range(len(guesses)), key=lambda number: -likely[number]):
        one = guesses[number]
        if likely[number] < least:
            break
        if all(one.last < guesses[other].first or guesses[other].last < one.first for other in picked):
            picked.append(number)
    return sorted(picked, key=lambda number: guesses[number].first)


def unpacked(arrays: Mapping[str, np.typing.NDArray[np.generic]]) -> Trained:
    """The recogniser in the arrays of a weights file."""
    return Trained(
        crf=crf.unpacked(arrays),
        trees=Trees.load(arrays, "look"),
        knots=arrays["knots"].astype(np.float32),
        least=float(arrays["least"][0]),
    )


def packed(trained: Trained) -> Arrays:
    """The arrays of a weights file: numbers and text only, nothing that could run when it is read."""
    least = np.array([trained.least], np.float32)
    return {**crf.packed(trained.crf), **trained.trees.arrays("look"), "knots": trained.knots, "least": least}


@cache
def shipped(language: str) -> Recogniser | None:
    """The recogniser of a language ("fr") that comes with the project; None where there is none. Read once."""
    path = files("articles.core.entities").joinpath("weights", f"{language}.npz")
    if not language.isalpha() or not path.is_file():
        return None
    with path.open("rb") as file:
        return opened(file)


def opened(file: IO[bytes]) -> Trained:
    """The recogniser in a weights file; WeightsError, a sentence, for a file that holds none."""
    try:
        with np.load(file, allow_pickle=False) as held:
            trained = unpacked(dict(held))
        trained(["Anne Roux dort à Paris."])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, BadZipFile) as error:
        raise WeightsError("it holds no weights that train_entities wrote") from error
    return trained

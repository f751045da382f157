"""A linear-chain conditional random field over numpy: all sentences of a text at once, and how likely each name is.

The weights are plain arrays and a list of signs; loading them runs no code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from articles.core.entities import signs as s

Floats = npt.NDArray[np.float32]
Arrays = dict[str, npt.NDArray[np.generic]]
Sentence = Sequence[str]
OUTSIDE = 0
# Scores of so many words are kept; then the table is begun anew.
KEPT_WORDS = 40_000
# The neighbours whose signs count, and what stands before their names.
AROUND = ((0, ""), (-1, "-1"), (1, "+1"), (-2, "-2"), (2, "+2"))
# So many sentences are read at once: more would only hold more memory.
AT_ONCE = 256
NEVER = np.float32(-1e4)
# What is less likely than this is no guess; a name of more words is none.
LOW, MOST_WORDS = 0.06, 16
LOG_LOW = float(np.log(LOW))
# Nothing is quite impossible: a logarithm needs more than 0.
TINY = np.float32(1e-30)


class Guess(NamedTuple):
    """Words ``[first, last]`` of a sentence that may be a name; ``sure`` the probability of just these words and type,
    ``least`` and ``most`` of its words the lowest and highest probability to be outside all names."""

    first: int
    last: int
    type: str
    sure: float
    least: float
    most: float


@dataclass(slots=True)
class _Words:
    """Scores [words, 5 neighbours, labels] of the words that were met; row 0 is the edge of a sentence. ``forms``: the
    rows of the weights for the shapes and lists of a word between its neighbours."""

    rows: dict[str, int] = field(default_factory=dict)
    forms: dict[s.Forms, list[int]] = field(default_factory=dict)
    table: Floats = field(default_factory=lambda: np.zeros((0, 0, 0), np.float32))
    # Two threads of a server may read at once.
    lock: Lock = field(default_factory=Lock)


class _Run(NamedTuple):
    """A sentence from the word ``first`` on; ``alpha`` [labels] there, ``beta`` [words, labels]."""

    scores: Floats
    alpha: Floats
    beta: Floats
    whole: float
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crf:
    """``types`` [k]; the labels are "outside", then begin and inside of each type. ``rows``: sign -> row of ``weights``
    [signs, labels]. ``steps`` [labels, labels]: from the label before to this one."""

    types: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Floats
    steps: Floats
    _met: _Words = field(default_factory=_Words)
    # Rows by the neighbour that they are about, its prefix taken off: a word is asked for five times, and joins no words.
    _by_place: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_place.update({prefix: {} for _, prefix in AROUND})
        for sign, row in self.rows.items():
            prefix = sign[:2] if sign[:2] in self._by_place else ""
            self._by_place[prefix][sign[len(prefix) :]] = row

    def guesses(self, sentences: Sequence[Sentence]) -> list[list[Guess]]:
        """What may be names in each sentence of one text, overlapping ones too. Sentences must not be empty."""
        scores = self.scores(sentences)
        found: list[list[Guess]] = [[] for _ in sentences]
        # Sentences of like length together: little is spent behind the ends of the short ones.
        order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
        for at in range(0, len(order), AT_ONCE):
            some = order[at : at + AT_ONCE]
            for number, guesses in zip(some, self._guessed([scores[one] for one in some]), strict=True):
                found[number] = guesses
        return found

    def scores(self, sentences: Sequence[Sentence]) -> list[Floats]:
        """[words, labels] for each sentence: how well each label goes with the signs of the word and its place."""
        story = s.Story(sentences)
        rows, owners, ids = self._by_place[""], list[int](), list[int]()
        seen, at = self._met.forms, 0
        if len(seen) > KEPT_WORDS:
            seen.clear()
        for sentence in sentences:
            for forms, signs in s.places(sentence, story):
                shared = seen.get(forms)
                if shared is None:
                    shared = seen[forms] = [rows[sign] for sign in s.of_forms(forms) if sign in rows]
                mine = [rows[sign] for sign in signs if sign in rows]
                mine += shared
                ids += mine
                owners += [at] * len(mine)
                at += 1
        words = [word for sentence in sentences for word in sentence]
        total = self._summed(owners, ids, len(words))
        self._add_words(sentences, words, total)
        ends = np.cumsum([len(sentence) for sentence in sentences])
        return [total[end - len(sentence) : end] for sentence, end in zip(sentences, ends, strict=True)]

    def _add_words(self, sentences: Sequence[Sentence], words: Sequence[str], total: Floats) -> None:
        # Two edges between the sentences: a neighbour is found by its distance alone.
        line = [0, 0]
        with self._met.lock:
            table = self._looked_up(words)
            known = self._met.rows
            for sentence in sentences:
                line += [known[word] for word in sentence]
                line += (0, 0)
        ids = np.array(line)
        inner = np.flatnonzero(ids)
        for column, (away, _) in enumerate(AROUND):
            total += table[ids[inner + away], column]

    def _looked_up(self, words: Sequence[str]) -> Floats:
        met = self._met
        if len(met.rows) > KEPT_WORDS or not len(met.table):
            met.rows.clear()
            met.table = self._of_words([s.EDGE])
        new = [word for word in dict.fromkeys(words) if word not in met.rows]
        first = len(met.rows) + 1
        if first + len(new) > len(met.table):
            # Twice as long as needed, so that what is known is seldom copied.
            longer = np.zeros((2 * (first + len(new)), *met.table.shape[1:]), np.float32)
            longer[:first] = met.table[:first]
            met.table = longer
        met.table[first : first + len(new)] = self._of_words([s.word_of(word) for word in new])
        met.rows.update({word: row for row, word in enumerate(new, first)})
        return met.table

    def _of_words(self, words: Sequence[s.Word]) -> Floats:
        """[words, neighbours, labels]"""
        places = [(away, self._by_place[prefix]) for away, prefix in AROUND]
        owners, ids = list[int](), list[int]()
        at = 0
        for word in words:
            for away, rows in places:
                signs = word.here if not away else word.near if abs(away) == 1 else word.far
                # Nothing is said of an edge that is not next to the word.
                if word is not s.EDGE or abs(away) == 1:
                    mine = [rows[sign] for sign in signs if sign in rows]
                    ids += mine
                    owners += [at] * len(mine)
                at += 1
        return self._summed(owners, ids, at).reshape(len(words), len(AROUND), len(self.steps))

    def _summed(self, owners: Sequence[int], ids: Sequence[int], count: int) -> Floats:
        """[count, labels] the sums of the weights in rows ``ids``, each for its owner; owners stand in order."""
        total = np.zeros((count, len(self.steps)), np.float32)
        if ids:
            first, starts = np.unique(np.array(owners), return_index=True)
            total[first] = np.add.reduceat(self.weights.take(np.array(ids), axis=0), starts, axis=0)
        return total

    def _guessed(self, scores: Sequence[Floats]) -> list[list[Guess]]:
        lengths = np.array([len(score) for score in scores])
        padded = np.full((int(lengths.max()), len(scores), len(self.steps)), NEVER, np.float32)
        # Behind its end a sentence is outside all names, at no cost; no name begins inside.
        padded[:, :, OUTSIDE] = 0
        for number, score in enumerate(scores):
            padded[: len(score), number] = score
        padded[0, :, 2::2] = NEVER
        alpha, beta = self._sums(padded, lengths)
        whole = _log_sum(alpha[lengths - 1, np.arange(len(scores))])
        shares = np.exp(np.minimum(alpha + beta - whole[:, None], 0))
        found: list[list[Guess]] = [[] for _ in scores]
        words, numbers, kinds = (shares[:, :, 1::2] > LOW).nonzero()
        for word, number, kind in zip(words.tolist(), numbers.tolist(), kinds.tolist(), strict=True):
            if word < lengths[number]:
                run = _Run(scores[number], alpha[word, number], beta[:, number], float(whole[number]), word)
                outside = shares[: lengths[number], number, OUTSIDE]
                for last, sure in self._ends(run, 2 * kind + 1):
                    part = outside[word : last + 1]
                    found[number].append(
                        Guess(word, last, self.types[kind], sure, float(part.min()), float(part.max()))
                    )
        return found

    def _ends(self, run: "_Run", begin: int) -> Iterator[tuple[int, float]]:
        """(last word, probability) of the likely names that begin at the run's first word."""
        inside, label = begin + 1, begin
        total = float(run.alpha[begin]) - run.whole
        for last in range(run.first, min(len(run.scores), run.first + MOST_WORDS)):
            if last > run.first:
                total += float(self.steps[label, inside] + run.scores[last, inside])
                label = inside
            here = total
            if last + 1 < len(run.scores):
                after = self.steps[label] + run.scores[last + 1] + run.beta[last + 1]
                after[inside] = NEVER
                here += float(_log_sum(after[None])[0])
            if here > LOG_LOW:
                yield last, float(np.exp(min(here, 0.0)))
            if total + float(run.beta[last, label]) < LOG_LOW:
                return

    def _sums(self, padded: Floats, lengths: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        """[longest, sentences, labels] twice: logs of the sums over all paths up to a word, and from behind it.

        What comes from behind is what leads up to a word in the sentence turned round, so both go in one walk. Each step
        is scaled to a sum of 1: the logarithms of all words are taken at once, at the end.
        """
        forth = np.exp(self.steps)
        both = np.stack([forth, forth.T])
        at, column = np.arange(len(padded))[:, None], np.arange(len(lengths))
        turned = np.where(at < lengths, lengths - 1 - at, at)
        top = padded.max(axis=2, keepdims=True)
        emitted = np.exp(padded - top)
        emitted = np.stack([emitted, emitted[turned, column]], axis=1)
        before = np.ones_like(emitted)
        scale = np.empty_like(emitted[..., :1])
        state = emitted[0]
        for step, here in enumerate(before):
            if step:
                np.matmul(state, both, out=here)
            state = here * emitted[step]
            state += TINY
            state.sum(axis=2, keepdims=True, out=scale[step])
            state /= scale[step]
        logs = np.log(before + TINY)
        scales = np.log(scale) + np.stack([top, top[turned, column]], axis=1)
        logs[1:] += np.cumsum(scales[:-1], axis=0)
        return logs[:, 0] + padded, logs[turned, 1, column]


def _log_sum(rows: Floats) -> Floats:
    top = rows.max(axis=1)
    found: Floats = np.log(np.exp(rows - top[:, None]).sum(axis=1)) + top
    return found


def unpacked(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Crf:
    """The field in the arrays of a weights file."""
    signs = arrays["signs"].tobytes().decode().split("\0")
    # Eight bits a weight, and a scale a label.
    weights = arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)
    return Crf(
        types=tuple(arrays["types"].tobytes().decode().split("\0")),
        rows={sign: row for row, sign in enumerate(signs)},
        weights=weights,
        steps=arrays["steps"].astype(np.float32),
    )


def packed(crf: Crf) -> Arrays:
    """The arrays of a weights file: numbers and text only, nothing that could run when it is read."""
    scale = np.maximum(np.abs(crf.weights).max(axis=0), 1e-6) / 127
    return {
        "signs": np.frombuffer("\0".join(crf.rows).encode(), np.uint8),
        "types": np.frombuffer("\0".join(crf.types).encode(), np.uint8),
        "weights": np.rint(crf.weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "steps": crf.steps,
    }

"""From figures and truths to weights: the linear models over words, the boosted trees, the calibration.

scikit-learn and CatBoost do the learning; what leaves this module are plain arrays.
"""

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from catboost import CatBoostClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import SGDClassifier

from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import CLOSES, OPENS, Lexicon, grams
from articles.core.cleaning.structure import grams as place_grams
from articles.core.cleaning.tokens import masked, tokens
from articles.core.trees import Trees
from articles.training.pages import UNKNOWN, Page

SEED = 0
THREADS = 2
# A word is known when so many outlets use it, or so many of the pages that were labelled by hand.
OUTLETS, OWN_PAGES = 6, 2
PLACE_OUTLETS = 5
OWN_WEIGHT = 3.0
DEPTH = 6
Matrix = sparse.csr_matrix


def vocabulary(pages: Sequence[Page]) -> tuple[tuple[str, ...], npt.NDArray[np.int64], dict[str, float]]:
    """(words, pairs, rarity): what the lexicon will know, and the inverse document frequency of its words."""
    everything: dict[str, int] = {OPENS: 0, CLOSES: 1}
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    own: Counter[tuple[int, ...]] = Counter()
    for page in pages:
        words = tokens(page.texts)
        for word in words.words:
            everything.setdefault(masked(word), len(everything))
        found = {gram for line in grams(words, everything) for gram in line}
        for gram in found:
            groups[gram].add(page.group)
        if page.own:
            own.update(found)
    names = list(everything)
    known = {gram for gram, where in groups.items() if len(where) >= OUTLETS or own[gram] >= OWN_PAGES}
    words_known = [OPENS, CLOSES, *sorted(names[gram[0]] for gram in known if len(gram) == 1)]
    number = {word: at for at, word in enumerate(words_known)}
    pairs = sorted(
        number[names[gram[0]]] * len(number) + number[names[gram[1]]]
        for gram in known
        if len(gram) == 2 and names[gram[0]] in number and names[gram[1]] in number
    )
    total = len({page.group for page in pages})
    rarity = {word: float(np.log((total + 1) / (1 + len(groups.get((everything[word],), ()))))) for word in words_known}
    return tuple(words_known), np.array(pairs, np.int64), rarity


def place_vocabulary(pages: Sequence[Page]) -> tuple[str, ...]:
    """The words of markup that several outlets use."""
    groups: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for place in page.places:
            for word in place_grams(place):
                groups[word].add(page.group)
    return tuple(sorted(word for word, where in groups.items() if len(where) >= PLACE_OUTLETS))


def word_matrix(pages: Sequence[Page], lexicon: Lexicon) -> Matrix:
    """[lines of all pages, rows of the lexicon]: the words of each line, scaled as ``Lexicon.scores`` does."""
    size = len(lexicon.words) + len(lexicon.pairs)
    rows, columns, start = [], [], 0
    for page in pages:
        line, row = lexicon.rows(tokens(page.texts))
        rows.append(line + start)
        columns.append(row)
        start += len(page.texts)
    return _scaled(np.concatenate(rows), np.concatenate(columns), (start, size))


def place_matrix(pages: Sequence[Page], words: Sequence[str]) -> Matrix:
    """The same for the words of the markup."""
    index = {word: number for number, word in enumerate(words)}
    places = [place for page in pages for place in page.places]
    pairs = [(line, index[word]) for line, place in enumerate(places) for word in place_grams(place) if word in index]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return _scaled(found[:, 0], found[:, 1], (len(places), len(words)))


def _scaled(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> Matrix:
    many = np.sqrt(np.maximum(np.bincount(rows, minlength=shape[0]), 1))
    return sparse.csr_matrix(((1 / many)[rows].astype(np.float32), (rows, columns)), shape=shape)


def linear(matrix: Matrix, pages: Sequence[Page], chosen: npt.NDArray[np.bool_]) -> tuple[Any, Any]:
    """(weights [rows, outcomes], bias [outcomes]) learned from the ``chosen`` lines."""
    kept = np.concatenate([page.kept for page in pages])
    kinds = np.concatenate([page.kinds for page in pages])
    weight = np.concatenate([np.full(len(p.texts), 200 * (2 if p.own else 1) / (len(p.texts) + 50)) for p in pages])
    weights, bias = [], []
    for outcome in range(len(KINDS) + 1):
        told = chosen & ((kept if outcome == 0 else kinds) != UNKNOWN)
        truth = kept[told] if outcome == 0 else (kinds[told] == outcome - 1).astype(int)
        if len(set(truth.tolist())) < 2:
            weights.append(np.zeros(matrix.shape[1], np.float32))
            bias.append(-8.0)
            continue
        model = SGDClassifier(
            loss="log_loss", alpha=3e-6, max_iter=8 if outcome == 0 else 5, tol=None, average=True, random_state=SEED
        )
        model.fit(matrix[told], truth, sample_weight=weight[told])
        weights.append(model.coef_[0].astype(np.float32))
        bias.append(float(model.intercept_[0]))
    return np.stack(weights, axis=1), np.array(bias, np.float32)


def line_weights(words: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """[n] weights of a page's lines: long lines count more, and no page much more than another."""
    size = 1 + 3 * np.sqrt(words)
    return (200 * size / (size.sum() + 150)).astype(np.float32)


def boosted(
    tables: Iterable[npt.NDArray[np.float32]],
    truths: Iterable[npt.NDArray[np.integer]],
    weights: Iterable[npt.NDArray[np.float32]],
    *,
    trees: int,
    outcomes: int = 1,
    rate: float = 0.08,
) -> Trees:
    """Symmetric trees that tell the truths (0 or 1, or the number of a kind) from the tables."""
    truth, weight, table = (np.concatenate(list(parts)) for parts in (truths, weights, tables))
    told = truth != UNKNOWN
    present = np.unique(truth[told])
    model = CatBoostClassifier(
        iterations=trees, depth=DEPTH, learning_rate=rate, random_seed=SEED, verbose=0, thread_count=THREADS, l2_leaf_reg=6,
        border_count=64, bootstrap_type="Bernoulli", subsample=0.7, rsm=0.15, allow_writing_files=False,
        loss_function="Logloss" if outcomes == 1 else "MultiClass",
    )  # fmt: skip
    model.fit(table[told], truth[told], sample_weight=weight[told])
    return _trees(model, outcomes, present)


def _trees(model: CatBoostClassifier, outcomes: int, present: npt.NDArray[np.integer]) -> Trees:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        saved = json.loads(path.read_text())
    found = saved["oblivious_trees"]
    columns, borders = np.zeros((len(found), DEPTH), np.int64), np.full((len(found), DEPTH), np.inf, np.float32)
    leaves = np.zeros((len(found), 2**DEPTH, outcomes), np.float32)
    at = [0] if outcomes == 1 else present.astype(int).tolist()
    scale, bias = saved["scale_and_bias"]
    for number, tree in enumerate(found):
        splits = tree["splits"] or []
        for level, split in enumerate(splits):
            columns[number, level], borders[number, level] = split["float_feature_index"], split["border"]
        values = np.array(tree["leaf_values"], np.float32).reshape(2 ** len(splits), -1) * scale
        leaves[number, : len(values), at] = values.T
    base = np.full(outcomes, -30.0 if outcomes > 1 else 0.0, np.float32)
    base[at] = np.atleast_1d(np.array(bias, np.float32))
    return Trees(columns=columns, borders=borders, leaves=leaves, bias=base)


def calibrated(
    probability: npt.NDArray[np.float32], truth: npt.NDArray[np.integer], knots: int = 64
) -> npt.NDArray[np.float32]:
    """[2, knots] (probability said, share that was kept): isotonic regression, on lines that no model was shown."""
    told = truth != UNKNOWN
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.0005, y_max=0.9995).fit(probability[told], truth[told])
    at = np.unique(np.quantile(probability[told], np.linspace(0, 1, knots)))
    # Straight between the knots: an isotonic fit alone is a staircase, and a stair is no certainty.
    return np.stack([at, model.predict(at)]).astype(np.float32)

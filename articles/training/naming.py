"""The whole lesson of the recogniser: annotated articles -> a conditional random field, a second look at what it guesses,
and the report of how good they are.

Every figure of the report comes from fields that knew no article of the month, and the second look learns from what such
fields guess. The same corpus gives the same weights.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pycrfsuite
from sklearn.isotonic import IsotonicRegression

from articles.core.entities import look
from articles.core.entities import signs as s
from articles.core.entities.crf import AROUND, NEVER, Crf, Floats, Guess, packed, unpacked
from articles.core.entities.tokens import Token, sentences, tokens
from articles.core.entities.trained import Trained, chosen
from articles.core.trees import Trees, probability
from articles.training.fitting import boosted
from articles.training.mentions import SURE, Article, Found, Tag, Tally, digest

FOLDS = 5
# Products are told apart while learning, so that they are not taken for organisations; nobody is shown them.
LEARNED = ("person", "place", "organisation", "event", "product")
SETTINGS = {"c1": 0.02, "c2": 0.05, "max_iterations": 100, "feature.possible_transitions": True}
KNOTS = 24
ROUNDING = 1e-6
TREES = 240
# Of mentions that are called sure, so many are right.
SURE_RIGHT = 0.953
# From which likelihood on a guess is a name: what gives the best F1 on months held out.
LEAST = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5)
Say = Callable[[str], None]


def learn(
    articles: Sequence[Article],
    *,
    say: Say,
    also: Sequence[Article] = (),
    settings: dict[str, Any] | None = None,
) -> tuple[Trained, dict[str, Any], dict[Article, Found]]:
    """The recogniser that these articles teach, its report, and what was found in each article by one that did not know
    its month. ``say`` is told what is being done; of ``also`` the field that is kept learns too, but nobody is
    asked about them."""
    how = SETTINGS | (settings or {})
    folds = dealt(articles)
    looks: list[Look] = []
    for fold in range(FOLDS):
        crf = fitted([article for article, its in zip(articles, folds, strict=True) if its != fold], how)
        asked = [article for article, its in zip(articles, folds, strict=True) if its == fold]
        looks += [looked(crf, article, fold) for article in asked]
        say(f"block {fold + 1} of {FOLDS}: F1 {_figures(looks, fold, _first_look)['f1']} at the first look")
    second = [second_look([one for one in looks if one.fold != fold]) for fold in range(FOLDS)]
    likely = {id(one): odds(second[one.fold], one) for one in looks}
    least = max(LEAST, key=lambda least: _figures(looks, None, lambda one: picked(one, likely[id(one)], least))["f1"])
    knots = calibrated([(one, picked(one, likely[id(one)], least)) for one in looks])
    say("all articles at once")
    trained = Trained(crf=fitted([*articles, *also], how), trees=second_look(looks), knots=knots, least=least)

    def said(one: Look) -> dict[Tag, float]:
        return {tag: float(np.interp(sure, *knots)) for tag, sure in picked(one, likely[id(one)], least).items()}

    report = {
        "held out": _figures(looks, None, said),
        "first look alone": _figures(looks, None, _first_look),
        "blocks": [_figures(looks, fold, said)["f1"] for fold in range(FOLDS)],
        "months": dict(_by_month(looks, said)),
        "articles": len(articles),
        "articles also": len(also),
        "taught": " ".join(sorted(digest(article) for article in (*articles, *also))),
        "signs": len(trained.crf.rows),
        "least": least,
    }  # fmt: skip
    return trained, report, {one.article: said(one) for one in looks}


def dealt(articles: Sequence[Article]) -> list[int]:
    """The fold of each article: whole months, each next one to the fold with the fewest characters."""
    size = dict.fromkeys(sorted({article.group for article in articles}), 0)
    for article in articles:
        size[article.group] += len(article.text)
    held, where = [0] * FOLDS, {}
    for month in sorted(size, key=lambda month: (-size[month], month)):
        where[month] = held.index(min(held))
        held[where[month]] += size[month]
    return [where[article.group] for article in articles]


def fitted(articles: Sequence[Article], settings: dict[str, Any]) -> Crf:
    """The field that these articles teach, not calibrated, its weights as coarse as they will be stored."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for article in articles:
        for rows, labels in lessons(article):
            trainer.append(rows, labels)
    trainer.set_params(settings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "field"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        with tagger.open(str(path)):
            info = tagger.info()
    return _field(info.state_features, info.transitions)


def _field(states: dict[tuple[str, str], float], moves: dict[tuple[str, str], float]) -> Crf:
    labels = ["O", *(f"{part}-{kind}" for kind in LEARNED for part in "BI")]
    column = {label: number for number, label in enumerate(labels)}
    rows = {sign: row for row, sign in enumerate(sorted({sign for sign, _ in states}))}
    weights = np.zeros((len(rows), len(labels)), np.float32)
    for (sign, label), weight in states.items():
        weights[rows[sign], column[label]] = weight
    steps = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in moves.items():
        steps[column[before], column[after]] = weight
    for before in labels:
        for after in labels:
            if after[0] == "I" and before[1:] != after[1:]:
                steps[column[before], column[after]] = NEVER
    return unpacked(packed(Crf(types=LEARNED, rows=rows, weights=weights, steps=steps)))


def lessons(article: Article) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The sentences of an article: the signs of each word, and its label."""
    cut = list(sentences(tokens(article.text)))
    written = [[token.text for token in sentence] for sentence in cut]
    story = s.Story(written)
    for sentence, words in zip(cut, written, strict=True):
        yield list(_signs(words, story)), _labels(sentence, article)


def _signs(words: Sequence[str], story: s.Story) -> Iterator[list[str]]:
    known = [s.EDGE, s.EDGE, *(s.word_of(word) for word in words), s.EDGE, s.EDGE]
    for at, (forms, signs) in enumerate(s.places(words, story)):
        signs += s.of_forms(forms)
        for away, prefix in AROUND:
            word = known[at + 2 + away]
            of_it = word.here if not away else word.near if abs(away) == 1 else word.far
            if word is not s.EDGE or abs(away) == 1:
                signs += [prefix + sign for sign in of_it]
        yield signs


def _labels(sentence: Sequence[Token], article: Article) -> list[str]:
    labels = ["O"] * len(sentence)
    for one in article.expected:
        if one.tag.type in LEARNED:
            inside = [at for at, word in enumerate(sentence) if word.start < one.tag.end and word.end > one.tag.start]
            for number, at in enumerate(inside):
                labels[at] = ("I-" if number else "B-") + one.tag.type
    return labels


class Look(NamedTuple):
    """An article read by a field that was not taught with it: the guesses, by sentence, with their words and figures."""

    article: Article
    fold: int
    cut: list[list[Token]]
    guesses: list[list[Guess]]
    table: Floats

    def tags(self) -> list[Tag]:
        """What each guess says, in the order of the figures."""
        pairs = zip(self.cut, self.guesses, strict=True)
        return [Tag(words[one.first].start, words[one.last].end, one.type) for words, found in pairs for one in found]


def looked(crf: Crf, article: Article, fold: int = 0) -> Look:
    """The article as a field reads it."""
    cut = list(sentences(tokens(article.text)))
    words = [[token.text for token in sentence] for sentence in cut]
    guesses = crf.guesses(words) if words else []
    return Look(article, fold, cut, guesses, look.figures(words, guesses))


def _truth(article: Article) -> set[Tag]:
    return {tag for one in article.expected for tag in (one.tag, *one.others)}


def second_look(looks: Sequence[Look]) -> Trees:
    """Trees that tell from the figures whether a guess is right."""
    truths = [np.array([tag in _truth(one.article) for tag in one.tags()], np.int8) for one in looks]
    weights = [np.ones(len(truth), np.float32) for truth in truths]
    return boosted([one.table for one in looks], truths, weights, trees=TREES, rate=0.05)


def odds(trees: Trees, one: Look) -> list[float]:
    """How likely each guess of an article is right."""
    return probability(trees.scores(one.table)[:, 0]).tolist() if len(one.table) else []


def picked(one: Look, likely: Sequence[float], least: float) -> dict[Tag, float]:
    """The guesses that are names, and how likely."""
    tags, found, at = one.tags(), {}, 0
    for guesses in one.guesses:
        for number in chosen(guesses, likely[at : at + len(guesses)], least):
            found[tags[at + number]] = likely[at + number]
        at += len(guesses)
    return found


def _first_look(one: Look) -> dict[Tag, float]:
    return picked(one, [guess.sure for found in one.guesses for guess in found], 0.42)


def calibrated(found: Sequence[tuple[Look, dict[Tag, float]]]) -> Floats:
    """[2, knots] (probability said, confidence shown): isotonic, on articles of months that were not taught.

    A confidence of 0.9 is set where ``SURE_RIGHT`` of the mentions that are at least so sure are right; below and above it
    the scale is the share that was right, stretched to meet it.
    """
    said: list[float] = []
    right: list[bool] = []
    for one, tags in found:
        true = _truth(one.article)
        said += tags.values()
        right += [tag in true for tag in tags]
    if len(set(right)) < 2:
        return np.array([[0, 1], [0, 1]], np.float32)
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.01, y_max=0.995).fit(said, right)
    order = np.argsort(-np.array(said), kind="stable")
    shares = np.cumsum(np.array(right)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= SURE_RIGHT)
    edge = said[order[enough[-1]]] if len(enough) else 1.0
    at = np.unique([*np.quantile(said, np.linspace(0, 1, KNOTS)), edge])
    share, there = model.predict(at), float(model.predict([edge])[0])
    below = np.minimum(share * SURE / max(there, 0.01), SURE - 0.01)
    # As coarse numbers the least of what is sure must not fall below it.
    above = SURE + ROUNDING + (share - there) / max(0.995 - there, 0.001) * (0.995 - SURE)
    return np.stack([at, np.where(at < edge, below, above)]).astype(np.float32)


def _figures(looks: Sequence[Look], fold: int | None, said: Callable[[Look], dict[Tag, float]]) -> dict[str, float]:
    tally = Tally()
    for one in looks:
        if fold in (None, one.fold):
            tally.add(one.article, said(one))
    return tally.figures()


def _by_month(looks: Sequence[Look], said: Callable[[Look], dict[Tag, float]]) -> Iterator[tuple[str, float]]:
    for month in sorted({one.article.group for one in looks}):
        yield month, _figures([one for one in looks if one.article.group == month], None, said)["f1"]

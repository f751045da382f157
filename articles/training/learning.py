"""The whole lesson: pages -> the cleaner and the report of how well it does on outlets that it has not seen.

Two looks a page, and the second learns from what the first says of pages that it was not taught with: the pages are
dealt into folds by outlet, and every figure of the report comes from models that knew no page of the outlet.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from articles.core.cleaning import figures, model, rulebook
from articles.core.cleaning.features import measure as measured_runs
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import Lexicon
from articles.core.cleaning.model import Cleaner, Engine
from articles.core.edits import Span
from articles.core.trees import probability
from articles.core.values import Line, Scraped
from articles.training import fitting, scoring
from articles.training.pages import UNKNOWN, Page

FOLDS = 5
TREES = {"first": 280, "second": 240, "kinds": 110}
# Of kinds that are everywhere, so many lines teach enough.
LINES_A_KIND = 6000
Say = Callable[[str], None]
Rows = list[npt.NDArray[np.float32]]


def learn(pages: Sequence[Page], *, say: Say, trees: dict[str, int] | None = None) -> tuple[Cleaner, dict[str, Any]]:
    """The cleaner that these pages teach, and its report. ``say`` is told what is being done."""
    sizes = TREES | (trees or {})
    folds = dealt(pages)
    say(f"{len(pages)} pages of {len({page.group for page in pages})} outlets")
    words, pairs, rarity = fitting.vocabulary(pages)
    markup = [page for page in pages if page.shape == "page"]
    place_words = fitting.place_vocabulary(markup)
    # The pages with markup hold the same lines as their plain versions: once is enough.
    plain = [page for page in pages if page.shape != "page"]
    nothing = np.zeros((len(words) + len(pairs), 1), np.float32)
    empty = Lexicon(words=words, pairs=pairs, weights=nothing, bias=nothing[0])
    lexicons = _lexicons(fitting.word_matrix(plain, empty), plain, _folds_of(pages, folds, plain), words, pairs)
    of_places = _lexicons(
        fitting.place_matrix(markup, place_words),
        markup,
        _folds_of(pages, folds, markup),
        place_words,
        np.zeros(0, np.int64),
    )
    say(f"{len(words)} words, {len(pairs)} pairs, {len(place_words)} words of markup")
    engines, columns, report = {}, {}, {}
    for shape in model.SHAPES:
        chosen = [i for i, page in enumerate(pages) if (page.shape == "page") == (shape == "page")]
        taught = _Lesson([pages[i] for i in chosen], folds[chosen], lexicons, of_places, rarity, sizes, say)
        engines[shape], columns[shape], report[shape] = taught.engine()
    cleaner = Cleaner(lexicon=lexicons[-1], of_places=of_places[-1], rarity=rarity, engines=engines, columns=columns)
    return cleaner, report


def dealt(pages: Sequence[Page]) -> npt.NDArray[np.int64]:
    """[pages] the fold of each: all pages of an outlet in one, the folds of about one size, always the same way."""
    many = Counter(page.group for page in pages)
    load = [0] * FOLDS
    fold: dict[str, int] = {}
    for group in sorted(many, key=lambda group: (-many[group], group)):
        fold[group] = load.index(min(load))
        load[fold[group]] += many[group]
    return np.array([fold[page.group] for page in pages], np.int64)


def _folds_of(pages: Sequence[Page], folds: npt.NDArray[np.int64], chosen: Sequence[Page]) -> npt.NDArray[np.int64]:
    there = {id(page) for page in chosen}
    return folds[[id(page) in there for page in pages]]


def _lexicons(
    matrix: Any,
    pages: Sequence[Page],
    folds: npt.NDArray[np.int64],
    words: tuple[str, ...],
    pairs: npt.NDArray[np.int64],
) -> list[Lexicon]:
    """A lexicon a fold that was not shown that fold's pages, and last the one that was shown all."""
    fold_of_line = np.repeat(folds, [len(page.texts) for page in pages])
    found = []
    for fold in (*range(FOLDS), FOLDS):
        weights, bias = fitting.linear(matrix, pages, fold_of_line != fold)
        found.append(Lexicon(words=words, pairs=pairs, weights=weights, bias=bias))
    return found


class _Lesson:
    """The two looks and the kinds for one shape of input."""

    def __init__(
        self, pages: Sequence[Page], folds: npt.NDArray[np.int64], lexicons: Sequence[Lexicon],
        of_places: Sequence[Lexicon], rarity: dict[str, float], sizes: dict[str, int], say: Say,
    ) -> None:  # fmt: skip
        self.pages, self.folds, self.rarity, self.sizes, self.say = pages, folds, rarity, sizes, say
        self.looks = [
            # The words of thousands of pages would fill the memory, and no later look asks for them.
            figures.first_look(
                figures.Lines(texts=page.texts, places=page.places, head=page.head),
                lexicons[fold],
                of_places[fold] if page.places else None,
            ).without_words()
            for page, fold in zip(pages, folds.tolist(), strict=True)
        ]
        self.kept = [page.kept for page in pages]
        self.weights = [
            fitting.line_weights(look.words) * (fitting.OWN_WEIGHT if page.own else 1)
            for page, look in zip(pages, self.looks, strict=True)
        ]

    def engine(self) -> tuple[Engine, tuple[str, ...], dict[str, Any]]:
        first, said = self._looked([look.table for look in self.looks], "first")
        tables = []
        for look, kept in zip(self.looks, said, strict=True):
            table, names = figures.second_look(look, kept, self.rarity)
            tables.append(table)
        second, said = self._looked(tables, "second")
        knots = fitting.calibrated(np.concatenate(said), np.concatenate(self.kept))
        kinds = self._kinds(tables, said)
        self.say("kinds learned")
        return Engine(first=first, second=second, kinds=kinds, knots=knots), names, self._report(said)

    def _looked(self, tables: Rows, look: str) -> tuple[Any, Rows]:
        """The trees of a look, and what models without each page's outlet say of the page."""
        said: Rows = [np.zeros(0, np.float32)] * len(tables)
        for fold in range(FOLDS):
            trees = self._trees(tables, self.folds != fold, look)
            for i in np.flatnonzero(self.folds == fold).tolist():
                said[i] = probability(trees.scores(tables[i])[:, 0])
            self.say(f"{look} look, fold {fold + 1} of {FOLDS}")
        return self._trees(tables, np.ones(len(tables), bool), look), said

    def _trees(self, tables: Rows, chosen: npt.NDArray[np.bool_], look: str) -> Any:
        at = np.flatnonzero(chosen).tolist()
        parts = ([rows[i] for i in at] for rows in (tables, self.kept, self.weights))
        return fitting.boosted(*parts, trees=self.sizes[look])

    def _kinds(self, tables: Rows, said: Rows) -> Any:
        rules = [_ruled(page) for page in self.pages]
        looks = [figures.kinds_look(*row) for row in zip(tables, said, rules, strict=True)]
        truths = _thinned([page.kinds for page in self.pages], [page.own for page in self.pages])
        weights = [np.full(len(page.texts), 3.0 if page.own else 1.0, np.float32) for page in self.pages]
        return fitting.boosted(looks, truths, weights, trees=self.sizes["kinds"], outcomes=len(KINDS), rate=0.15)

    def _report(self, said: Rows) -> dict[str, Any]:
        """How well the second look does, by shape, language and corpus, each page judged by models without its outlet."""
        rows = []
        for page, kept in zip(self.pages, said, strict=True):
            chosen = kept > 0.5
            gold = page.body or "\n".join(t for t, k in zip(page.texts, page.kept, strict=True) if k == 1)
            shown = "\n".join(text for text, keep in zip(page.texts, chosen, strict=True) if keep)
            line = scoring.line_f1(page.texts, np.maximum(page.kept, 0).tolist(), chosen.tolist())
            rows.append((page, scoring.body_f1(scoring.shingles(gold), shown), line))
        found: dict[str, Any] = {}
        for name, of in (("shape", lambda p: p.shape), ("language", lambda p: f"{p.shape} {p.language}")):
            for key in sorted({of(page) for page, _, _ in rows if not page.own}):
                mine = [(body, line) for page, body, line in rows if not page.own and of(page) == key]
                found[f"{name} {key}"] = scoring.summary([body for body, _ in mine], [line for _, line in mine])
        own = [(body, line) for page, body, line in rows if page.own]
        found["own pages"] = scoring.summary([body for body, _ in own], [line for _, line in own])
        return found


def _ruled(page: Page) -> list[tuple[int, float]]:
    """What the rules say of each line of the page."""
    if page.places:
        lines = [Line(place.span, place.span, text, place) for place, text in zip(page.places, page.texts, strict=True)]
    else:
        spans = [Span(start=0, end=len(text)) for text in page.texts]
        lines = [Line(span, span, text) for span, text in zip(spans, page.texts, strict=True)]
    scraped = Scraped(raw_text="\n".join(page.texts), metadata=tuple(page.head))
    return [(figures.KIND_NUMBER[v.kind], v.confidence) for v in rulebook.verdicts(scraped, measured_runs(lines))]


def _thinned(kinds: Sequence[npt.NDArray[np.int8]], own: Sequence[bool]) -> list[npt.NDArray[np.int8]]:
    """The kinds with most lines of the common ones forgotten; what people labelled stays."""
    many = Counter(np.concatenate(kinds).tolist())
    chance = np.random.default_rng(fitting.SEED)
    found = []
    for row, labelled in zip(kinds, own, strict=True):
        share = np.array([min(1.0, LINES_A_KIND / many[int(kind)]) for kind in row])
        forget = chance.random(len(row)) > share
        found.append(row if labelled else np.where(forget, UNKNOWN, row).astype(np.int8))
    return found

"""A page's lines -> the tables of figures that the models look at: the same when they learn and when they read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from articles.core.cleaning import structure
from articles.core.cleaning.agreement import agreement
from articles.core.cleaning.context import context
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import Lexicon, Rows
from articles.core.cleaning.measures import measure
from articles.core.cleaning.tokens import Tokens, tokens
from articles.core.cleaning.windows import Names, Row, Table, around, beside, shifted
from articles.core.edits import Span
from articles.core.values import Place

KIND_NUMBER = {name: number for number, name in enumerate(KINDS)}
HEAD_TITLES, HEAD_SUMMARIES, HEAD_AUTHORS = "title", "desc", "author"
LONG_ENOUGH = {HEAD_TITLES: 8, HEAD_SUMMARIES: 20, HEAD_AUTHORS: 4}
COMPARED = 60
# A shorter body is no article's, and a shorter line may stand in any.
LONG_BODY, LONG_LINE = 200, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The n lines of a page; ``places`` for a page with markup, else empty; ``head`` the (name, value, span) found in
    the page's head."""

    texts: Sequence[str]
    places: Sequence[Place] = ()
    head: Sequence[tuple[str, str, Span]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The first look at a page, and what the second needs of it; ``known`` is what the lexicon knows of its words."""

    table: Table
    names: Names
    words: Row
    tokens: Tokens
    known: Rows
    groups: tuple[structure.Groups, ...] = ()

    def without_words(self) -> "Look":
        """The same, less what the lexicon knows: only the reasons ask for it."""
        none = np.zeros(0, np.int64)
        return replace(self, known=Rows(none, none))


def first_look(lines: Lines, lexicon: Lexicon, of_places: Lexicon | None) -> Look:
    """What is measured on each line. ``of_places`` scores the words of a page's markup; None for plain text."""
    texts = [text.replace("\n", " ") for text in lines.texts]
    words = tokens(texts)
    measured, measured_names = measure(texts, words)
    length = measured[:, measured_names.index("words")]
    known = lexicon.rows(words)
    told, told_names = context(lexicon.scores(known, words.lines), length)
    tables, names = [measured, told], [*measured_names, *told_names]
    groups: tuple[structure.Groups, ...] = ()
    if of_places is not None:
        groups = structure.groups(lines.places)
        marked, marked_names = _markup(lines, of_places, groups, length, measured[:, measured_names.index("prose")])
        tables.append(marked)
        names += marked_names
    table = beside(tables)
    return Look(table=table, names=tuple(names), words=length, tokens=words, known=known, groups=groups)


def second_look(look: Look, kept: Row, rarity: Mapping[str, float]) -> tuple[Table, Names]:
    """The first look's figures, and what its probabilities ``kept`` [n] say about each line's neighbours."""
    agreed, agreed_names = agreement(kept, look.words, look.tokens, rarity)
    tables, names = [look.table, agreed], [*look.names, *agreed_names]
    if look.groups:
        company, company_names = structure.company(kept, look.words, look.groups)
        tables.append(company)
        names += company_names
    return beside(tables), tuple(names)


def kinds_look(second: Table, kept: Row, said: Sequence[tuple[int, float]]) -> Table:
    """The second look's figures, its probabilities, and what the rules said: what the model of the kinds looks at."""
    near = np.stack([kept, shifted(kept, 1), shifted(kept, -1), around(kept, 5)], axis=1)
    return beside([second, near, _rules(said)])


def _rules(said: Sequence[tuple[int, float]]) -> Table:
    """What the hand-written rules made of each line: a column a kind."""
    table = np.zeros((len(said), len(KINDS)), np.float32)
    kinds, confidences = zip(*said, strict=True)
    table[np.arange(len(said)), kinds] = confidences
    return table


def _markup(
    lines: Lines, of_places: Lexicon, groups: Sequence[structure.Groups], words: Row, prose: Row
) -> tuple[Table, Names]:
    numbers, told = structure.distinct(map(structure.said, lines.places))
    scores = of_places.scores_of(list(map(structure.grams_of, told)))[numbers]
    table, names = structure.structure(lines.places, groups, words, prose)
    kept = scores[:, 0]
    near = np.stack([shifted(kept, 1, 0.0), shifted(kept, -1, 0.0), around(kept, 3)], axis=1)
    head, head_names = _head(lines)
    return (
        beside([scores, near, table, head]),
        (
            *(f"place_says_{name}" for name in ("kept", *KINDS)),
            *("place_kept_before", "place_kept_after", "place_kept_3"),
            *names,
            *head_names,
        ),
    )


def _head(lines: Lines) -> tuple[Table, Names]:
    """Whether the page's own head repeats the line: as its title, in its summary, as its author, as its body."""
    told = {
        part: {value.casefold() for name, value, _ in lines.head if part in name.lower() and value}
        for part in (HEAD_TITLES, HEAD_SUMMARIES, HEAD_AUTHORS)
    }
    body = " ".join(" ".join(value for name, value, _ in lines.head if name == "articleBody").split()).casefold()
    rows = np.zeros((4, len(lines.texts)), np.float32)
    words = [" ".join(text.split()).casefold() for text in lines.texts]
    for row, (part, values) in zip(rows[:3], told.items(), strict=True):
        if values:
            shortest = LONG_ENOUGH[part]
            row[:] = [len(line) > shortest and _repeats(line, values, part) for line in words]
    if len(body) < LONG_BODY:
        rows[3] = -1
    else:
        rows[3] = [-1 if len(line) < LONG_LINE else line[:COMPARED] in body for line in words]
    return rows.T, ("head_title", "head_summary", "head_author", "head_body")


def _repeats(line: str, values: Collection[str], part: str) -> bool:
    if part == HEAD_TITLES:
        return any(line in value for value in values)
    if part == HEAD_SUMMARIES:
        return any(line[:COMPARED] in value or value[:COMPARED] in line for value in values)
    return any(value in line or line in value for value in values)

"""What a registry costs an article: the index by words beside two Aho-Corasick automata, at growing numbers of aliases.

And how fast the recogniser reads. Names are made up from syllables, so that none of them needs a source.
"""

import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from importlib import import_module

from articles.core.entities import find
from articles.core.entities.matcher import index_of, matches
from articles.core.folding import fold
from articles.core.registry import shipped_memory
from articles.core.values import KnownEntity
from tests.benchmarks.timing import seconds
from tests.core.passages import page

ALIASES = (1_000, 100_000, 1_000_000)
SYLLABLES = (
    "ba",
    "ke",
    "li",
    "mo",
    "tu",
    "ra",
    "ne",
    "si",
    "vo",
    "du",
    "cha",
    "pre",
    "lin",
    "gor",
    "mar",
    "tel",
    "fan",
)
ARTICLE = " ".join(
    f"Le port de {name} a rouvert lundi, a annoncé l'Agence maritime du Nord à Rabat, selon Claire Duroc." * 2
    for name in ("Tanger", "Brest", "Haïfa", "Dakar", "Gênes")
)


def registry(size: int) -> tuple[KnownEntity, ...]:
    """So many made-up entities of one to three words, an alias each, and those that the project ships."""
    dice = random.Random(6)  # noqa: S311 - no secret

    def name() -> str:
        words = ("".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))).title() for _ in range(dice.randint(1, 3)))
        return " ".join(words)

    made = (KnownEntity(name=name(), type="person", aliases=(name(),)) for _ in range(size // 2))
    return (*shipped_memory().entities, *made)


def _names(entities: tuple[KnownEntity, ...]) -> dict[str, KnownEntity]:
    return {fold(name): entity for entity in entities for name in (entity.name, *entity.aliases)}


def _ours(entities: tuple[KnownEntity, ...]) -> Callable[[], object]:
    index = index_of(entities)
    return lambda: list(matches(ARTICLE, index))


def _automaton(entities: tuple[KnownEntity, ...]) -> Callable[[], object]:
    automaton = import_module("ahocorasick").Automaton()
    for name, entity in _names(entities).items():
        automaton.add_word(name, (len(name), entity))
    automaton.make_automaton()
    return lambda: list(automaton.iter_long(fold(ARTICLE)))


MATCHERS = {"index by words": _ours, "pyahocorasick": _automaton}


def run() -> Iterator[str]:
    """The table of the matchers, then the recogniser."""
    yield f"an article of {len(ARTICLE.split())} words; building, memory of Python, milliseconds an article"
    for size in ALIASES:
        entities = registry(size)
        for name, build in MATCHERS.items():
            try:
                yield f"{size:>9,} aliases, {name:<15} {_measured(build, entities)}"
            except ModuleNotFoundError as missing:
                yield f"{size:>9,} aliases, {name:<15} {missing.name} is not installed"
    yield from _recogniser()


def _measured(
    build: Callable[[tuple[KnownEntity, ...]], Callable[[], object]], entities: tuple[KnownEntity, ...]
) -> str:
    tracemalloc.start()
    build(entities)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    # Another tuple, so that the index is made anew.
    fresh = entities[:1] + entities[1:]
    start = time.perf_counter()
    work = build(fresh)
    built = time.perf_counter() - start
    return f"{built:7.2f} s {held / 1e6:8.1f} MB {seconds(work) * 1000:7.2f} ms"


def _recogniser() -> Iterator[str]:
    memory = shipped_memory()
    for language in ("fr", "en"):
        _, passages = page(*[("body", ARTICLE)] * 20)
        took = seconds(lambda: find(passages, memory, language))  # noqa: B023 - called before the next turn
        yield f"recogniser, {language}: {20 * len(ARTICLE.split()) / took:,.0f} words a second"

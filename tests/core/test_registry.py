from zoneinfo import ZoneInfo

import pytest

from articles.core import registry
from articles.core.values import Scraped

MEMORY = registry.shipped_memory()


def test_it_is_read_once():
    assert registry.shipped_memory() is MEMORY


def test_every_timezone_exists():
    for outlet in MEMORY.outlets:
        assert ZoneInfo(outlet.timezone), outlet.name


def test_names_and_ids_are_given_once():
    names = [(entity.name, entity.type) for entity in MEMORY.entities]
    ids = [entity.wikidata for entity in MEMORY.entities if entity.wikidata]
    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids))
    assert all(name and "\t" not in name for name, _ in names)


@pytest.mark.parametrize("name", ["États-Unis", "Maroc", "Royaume-Uni", "Côte d'Ivoire"])
def test_countries_have_their_english_name(name):
    assert next(entity for entity in MEMORY.entities if entity.name == name).aliases


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.lemonde.fr/a", "Le Monde"),
        ("https://fr.timesofisrael.com/x", "The Times of Israel"),
        ("https://exemple.test/", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_an_address_is_on_an_outlet_s_site(address, name):
    outlet = registry.at(address, MEMORY.outlets)
    assert (outlet.name if outlet else None) == name


def test_an_outlet_is_known_by_what_stands_beside_the_text():
    assert registry.outlet_of(Scraped(raw_text="", outlet="Agence France-Presse"), MEMORY.outlets).is_agency
    assert registry.outlet_of(Scraped(raw_text=""), MEMORY.outlets) is None

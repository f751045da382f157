import re
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.core import registry
from articles.core.folding import key
from articles.core.values import Office, Scraped

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


def in_file(name):
    return {row[0] for row in registry.rows(name, 1)}


COUNTRIES = [entity for entity in MEMORY.entities if entity.name in in_file("countries.tsv")]
# A city that is a state has no capital beside it; Nauru has none at all, Palestine's is in dispute.
WITHOUT_CAPITAL = {"Monaco", "Nauru", "Palestine", "Singapour", "Vatican"}


def test_what_ships_of_an_entity_is_well_formed():
    for entity in MEMORY.entities:
        assert re.fullmatch(r"(Q[1-9]\d{0,9})?", entity.wikidata), entity.name
        assert re.fullmatch(r"([A-Z]{2})?", entity.country), entity.name
        assert len(entity.languages) == len(entity.aliases), entity.name
        assert set(entity.languages) <= {"", "fr", "en", "he", "ar", "de", "es", "it"}, entity.name
        assert entity.name not in entity.aliases
        assert 0 < len(entity.description) <= 200, entity.name
        assert 0 < len(entity.source) <= 200, entity.name
        assert all(name == name.strip() and len(name) <= 200 for name in (entity.name, *entity.aliases)), entity.name


def test_every_file_of_the_registry_is_described_with_its_source_and_its_figures():
    root = Path(__file__).parents[2]
    readme, notice = (" ".join((root / name).read_text().split()) for name in ("README.md", "NOTICE"))
    for file, _, source in registry.ENTITY_FILES:
        rows = list(registry.rows(file, 2))
        assert f"| `{file}` | {len(rows)} | {sum(bool(row[1]) for row in rows)} |" in readme
        for whence in ("GeoNames", "CLDR", "Babel", "Wikidata", "CC BY 4.0", "CC0"):
            assert whence not in source or whence in notice


def test_no_name_belongs_to_two_entities():
    assert [entity.name for entity in MEMORY.entities if entity.ambiguous] == []


def test_every_row_of_a_data_file_is_read_whole():
    for file, _, _ in registry.ENTITY_FILES:
        for row in registry.rows(file, 6):
            assert len(row) == 6, row[0]
            assert len(registry.aliases_of(row[2])) == len([name for name in row[2].split("|") if name]), row[0]
            offices = [office for office in row[5].split("|") if office]
            assert all(registry.OFFICE.fullmatch(office) for office in offices), row[0]


def test_a_country_has_an_id_and_names_in_the_languages_of_the_desk_and_its_texts():
    for entity in COUNTRIES:
        assert entity.wikidata, entity.name
        assert entity.country, entity.name
        for letters in ("א-ת", "ء-ي"):
            assert any(re.search(f"[{letters}]", name) for name in entity.aliases), entity.name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_country_has_its_name_in_french_and_english(language):
    territories = pytest.importorskip("babel").Locale(language).territories
    for entity in COUNTRIES:
        if "chin" not in territories[entity.country].lower() or entity.country == "CN":
            called = re.split(r" ?[()]", territories[entity.country].replace(" & ", " and ").replace("’", "'"))[0]
            names = {key(name) for name in (entity.name, *entity.aliases)}
            assert key(called) in names or called == "Réunion", entity.name


def test_every_country_has_one_capital_with_an_id():
    of = {}
    for entity in MEMORY.entities:
        if entity.description.startswith("capital of"):
            assert entity.wikidata, entity.name
            assert of.setdefault(entity.country, entity) is entity
    states = {entity.country for entity in COUNTRIES if entity.description.startswith("country")}
    lacking = {entity.name for entity in COUNTRIES if entity.country in states - set(of)}
    assert lacking == WITHOUT_CAPITAL


GOVERNMENTS = [entity for entity in MEMORY.entities if entity.governs]


def test_every_state_has_one_government_and_no_territory_has():
    states = {entity.name: entity.country for entity in COUNTRIES if entity.description.startswith("country")}
    assert {entity.governs: entity.country for entity in GOVERNMENTS} == states
    assert len(GOVERNMENTS) == len(states)
    assert {entity.type for entity in GOVERNMENTS} == {"organisation"}


# Feminine, but not ending in e; masculine, but ending in one; and names that take no article.
FEMININE = {"Sierra Leone"}
MASCULINE = {"Belize", "Cambodge", "Mexique", "Mozambique", "Royaume-Uni", "Suriname", "Zimbabwe"}
BARE = {
    "Andorre", "Antigua-et-Barbuda", "Bahreïn", "Brunei", "Chypre", "Cuba", "Djibouti", "Haïti", "Israël", "Madagascar",
    "Malte", "Maurice", "Monaco", "Nauru", "Oman", "Saint-Kitts-et-Nevis", "Saint-Marin",
    "Saint-Vincent-et-les-Grenadines", "Sainte-Lucie", "Sao Tomé-et-Principe", "Singapour", "Taïwan", "Trinité-et-Tobago",
}  # fmt: skip
PLURAL = {
    "Bahamas", "Comores", "Fidji", "Kiribati", "Maldives", "Palaos", "Pays-Bas", "Philippines", "Samoa", "Seychelles",
    "Tonga", "Tuvalu", "Émirats arabes unis", "États-Unis", "Îles Marshall", "Îles Salomon",
}  # fmt: skip


def of(country):
    """A country behind "gouvernement", as French grammar has it."""
    # The h of Haïti is silent, that of Honduras is not.
    vowel = key(country)[0] in "aeiou" or country == "Haïti"
    if country in BARE:
        return f"d'{country}" if vowel else f"de {country}"
    if country in PLURAL:
        return f"des {country}"
    if vowel:
        return f"de l'{country}"
    first = country.split()[0].split("-")[0]
    feminine = country in FEMININE or (first.endswith("e") and country not in MASCULINE)
    return f"{'de la' if feminine else 'du'} {country}"


def test_a_government_is_called_as_grammar_has_it_and_by_its_adjective_in_french_and_english():
    bare = {"Congo-Brazzaville", "Vatican", "Antigua-et-Barbuda", "République démocratique du Congo"}
    english = {"Congo-Brazzaville", "Dominique", "République démocratique du Congo", "République dominicaine",
               "Saint-Kitts-et-Nevis"}  # fmt: skip
    for entity in GOVERNMENTS:
        if entity.name == "Autorité palestinienne":
            continue
        assert entity.name == f"gouvernement {of(entity.governs)}"
        named = dict(zip(entity.aliases, entity.languages, strict=True))
        french = [name for name, language in named.items() if language == "fr"]
        assert french or entity.governs in bare, entity.name
        assert all(re.fullmatch(r"gouvernement [a-zà-ÿ-]+", name) for name in french), french
        assert any(name.startswith("government of ") for name in named), entity.name
        assert any(name.endswith(" government") for name in named) or entity.governs in english, entity.name
        for word, letters in (("ממשלת ", "א-ת"), ("حكومة ", "ء-ي")):
            composed = [name for name in named if re.search(f"[{letters}]", name)]
            assert all(name.startswith(word) for name in composed), composed


def test_the_seats_of_governments_are_of_known_countries():
    codes = {entity.country for entity in GOVERNMENTS} | {"EU"}
    for name, cell in registry.rows("seats.tsv", 2):
        assert set(cell.split("|")) <= codes, name


def days(date, *, last):
    """A date known to the year, month or day as the first or last day it may be."""
    return date + ("-12-31" if last else "-01-01")[len(date) - 10 :] if date and len(date) < 10 else date


PERSONS = [entity for entity in MEMORY.entities if entity.offices]


def test_terms_of_office_are_dates_in_order():
    for entity in PERSONS:
        for office in entity.offices:
            for day in filter(None, (office.since, office.until)):
                assert datetime.fromisoformat(days(day, last=False))
                assert "1940" < day < "2026", entity.name
            assert not office.until or office.since <= office.until, entity.name
        assert entity.type == "person"
        assert len(set(entity.offices)) == len(entity.offices), entity.name


def test_nobody_holds_an_office_while_another_does():
    held = defaultdict(list)
    for entity in PERSONS:
        for office in entity.offices:
            title = re.sub(r"(présiden|premi|chanceli|représentan|haut|roi|reine)\w*", r"\1", office.title.lower())
            held[title].append((days(office.since, last=True), days(office.until, last=False) or "9999", entity.name))
    for title, terms in held.items():
        for (_, until, one), (since, _, other) in pairwise(sorted(terms)):
            # On the day that they change, both may be said to be in office.
            assert until[:10] <= since, f"{title}: {one} and {other}"


def test_the_prime_minister_of_2024_is_known_by_the_days_of_his_office():
    attal = next(entity for entity in MEMORY.entities if entity.name == "Gabriel Attal")
    assert attal.offices == (Office("Premier ministre de la France", "2024-01-09", "2024-09-05"),)
    assert (attal.country, attal.description) == ("FR", "prime minister of France 2024")


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [
        ("en:Moscow|Moscou", {"Moscow": "en", "Moscou": ""}),
        ("en:Moscow|Moscow", {"Moscow": "en"}),
        ("", {}),
        ("x:y|ENA:z", {"x:y": "", "ENA:z": ""}),
    ],
)
def test_an_alias_may_begin_with_its_language(cell, aliases):
    assert registry.aliases_of(cell) == aliases


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

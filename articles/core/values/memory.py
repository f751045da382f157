"""Values of what the desk knows when it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.core.values.names import KnownEntity, Learned, Recogniser


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOutlet:
    """An outlet of the registry, as far as reading needs it. ``timezone`` is an IANA name or empty."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""
    timezone: str = ""
    language: str = ""
    is_agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """What is known of a line (folded, digits masked) on other pages of the same outlet: on how many of them it stood,
    and kind -> how many people's decisions say so, a page counting once."""

    pages: int
    decided: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletMemory:
    """What the desk remembers of one outlet: ``pages``, how many other pages of it there are, and line key -> what is
    known, at least for the lines of the page that is read."""

    pages: int
    lines: Mapping[str, SeenLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedFact:
    """What a person said is the same on every page of an outlet: ``about`` is a role or a field (a row of REMEMBERED),
    ``instead_of`` what the machine had found where they said so, ``by`` their name."""

    about: str
    value: str
    instead_of: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the desk knows when it reads: registries, what it remembers of the outlet whose page it reads, and what it
    ``learned`` of names.

    ``recognisers``: language -> one that takes the place of the recogniser that comes with the project.
    """

    outlets: tuple[KnownOutlet, ...] = ()
    entities: tuple[KnownEntity, ...] = ()
    outlet: OutletMemory | None = None
    facts: tuple[RememberedFact, ...] = ()
    learned: Learned = field(default_factory=Learned)
    recognisers: Mapping[str, Recogniser] = field(default_factory=dict)

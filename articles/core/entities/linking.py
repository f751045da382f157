"""Who is meant: the bearers of a name, ranked, each with reasons that an editor can read. Nothing is linked here.

What is said about the mention (``Asked``) and what the desk knows of each bearer (``Bearer``) come in, ranked candidates
come out. A reason never names a weight, and what speaks against a candidate is said as plainly as what speaks for it.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from articles.core.entities.senses import governs
from articles.core.entities.within import HONORIFIC, PARTICLES, family
from articles.core.folding import fold, key
from articles.core.values import EntityType

# How a bearer's name is the one that is asked about, best first.
How = Literal["name", "governs", "alias", "family"]
NAMED: dict[How, float] = {"name": 2.0, "governs": 2.0, "alias": 1.5, "family": 0.5}
# Shorter words say nothing of what an article is about.
TELLING = 5
WORD = re.compile(rf"[^\W\d_]{{{TELLING},40}}")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Words, companions and articles that are named in one reason at most.
SHOWN = 3


class Held(NamedTuple):
    """An office: its title, first and last day as exactly as they are known (year, month or day), empty when open."""

    title: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is said about the words. ``words``: the telling words of the article (see ``telling``); ``beside``: the other
    entities of the article, id -> name; ``day``: when it was published, ISO 8601, or empty; ``role``: where the words
    stand. ``whole`` and ``sense`` as in a Mention."""

    surface: str
    type: EntityType
    whole: str = ""
    sense: str = ""
    role: Literal["text", "caption", "author"] = "text"
    words: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[int, str] = field(default_factory=dict)
    outlet: str = ""
    day: str = ""

    @property
    def name(self) -> str:
        """The fullest name that the article gives."""
        return plain(self.whole or self.surface)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """An entity and what the desk knows of it. ``linked``: on how many of our articles people said that the name means
    it, ``here`` on how many of this outlet's, ``signed`` and ``signed_here`` the same of bylines; ``together``: entity ->
    in how many of our articles both stand; ``words``: the telling words of its notes and of the articles it stands in;
    ``governs``: the code of the country that it governs, EU for the Union, or empty."""

    id: int
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    description: str = ""
    country: str = ""
    offices: tuple[Held, ...] = ()
    linked: int = 0
    here: int = 0
    signed: int = 0
    signed_here: int = 0
    together: Mapping[int, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    governs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate: ``score`` orders them and means nothing else. ``reasons`` speak for it, ``against`` against it."""

    bearer: Bearer
    how: How
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


class Said(NamedTuple):
    """One thing that was found out about a candidate: how much it weighs (below 0: against it), and its sentence."""

    weight: float
    sentence: str


def plain(name: str) -> str:
    """A name without a title before it, its spaces as one."""
    name = " ".join(name.split())
    title = HONORIFIC.match(name)
    return name[title.end() :] if title else name


def telling(text: str) -> dict[str, str]:
    """The words of a text that may say what it is about: folded -> as they are written, in lower case where any is."""
    found: dict[str, str] = {}
    for match in WORD.finditer(fold(text)):
        written = text[match.start() : match.end()]
        if match[0] not in found or written.islower():
            found[match[0]] = written
    return found


def family_key(name: str) -> str:
    """The family name in a name of several words, as names are compared; empty for a single word."""
    name = plain(name)
    return key(family(name)) if " " in name else ""


def alone(asked: Asked) -> bool:
    """Whether the words are a family name, and nothing in the article says whose."""
    parts = asked.name.split()
    return asked.type == "person" and not asked.whole and all(fold(part) in PARTICLES for part in parts[:-1])


def seats(asked: Asked) -> tuple[str, ...]:
    """The codes of the countries whose government an organisation of this name may be; none where it is no such name."""
    return governs(asked.surface) if asked.type == "organisation" else ()


def ranked(asked: Asked, bearers: Iterable[Bearer]) -> list[Ranked]:
    """Those of the bearers who are of that type and go by the name, the likeliest first."""
    named = [(one, how) for one in bearers if one.type == asked.type and (how := named_as(asked, one))]
    rivals = [bearer for bearer, _ in named]
    found = []
    for bearer, how in named:
        said = [one for say in SAYS for one in say(asked, bearer, rivals)]
        found.append(
            Ranked(
                bearer=bearer,
                how=how,
                score=round(NAMED[how] + sum(one.weight for one in said), 3),
                reasons=(*_how(how, bearer, asked), *(one.sentence for one in said if one.weight >= 0)),
                against=tuple(one.sentence for one in said if one.weight < 0),
            )
        )
    return sorted(found, key=lambda one: (-one.score, one.bearer.name, one.bearer.id))


def proposed(found: Sequence[Ranked]) -> Ranked | None:
    """The one whom people named before for such a byline of this outlet, where they never named another. Only ever
    proposed: whoever signs may be new."""
    signed = [one for one in found if one.bearer.signed_here]
    return signed[0] if len(signed) == 1 else None


def named_as(asked: Asked, bearer: Bearer) -> How | None:
    """How the bearer's name is the one that is asked about; None where it is not."""
    wanted = key(asked.name)
    if key(bearer.name) == wanted:
        return "name"
    if any(key(alias) == wanted for alias in bearer.aliases):
        return "alias"
    if bearer.governs and bearer.governs in seats(asked):
        return "governs"
    if (
        alone(asked)
        and bearer.type == "person"
        and any(wanted == family_key(name) for name in (bearer.name, *bearer.aliases))
    ):
        return "family"
    return None


def _how(how: How, bearer: Bearer, asked: Asked) -> Iterator[str]:
    if how == "governs":
        yield "the words mean who governs there" if asked.sense == "power" else "governs there"
    elif how == "alias":
        yield f"also goes by this name, listed as {bearer.name}"
    elif how == "family":
        yield "bears this family name; the article says no given name"


def _office(asked: Asked, bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Said]:
    """Offices on the day of the article. Who holds one signs no articles."""
    day = asked.day[:10]
    if asked.role == "author":
        if bearer.offices:
            latest = max(bearer.offices, key=lambda held: (held.until or "9999", held.since))
            yield Said(-1.0, f"is known for an office: {_spell(latest)}")
        return
    if not bearer.offices or len(day) < len("2024-03-14"):
        return
    held = [office for office in bearer.offices if in_office(office, day)]
    if held:
        yield Said(1.5, f"in office on {spoken(day)}: {held[-1].title}")
    else:
        nearest = max(bearer.offices, key=lambda office: (office.since <= day, office.since))
        yield Said(-0.75, f"not in office then: {_spell(nearest)}")


def in_office(held: Held, day: str) -> bool:
    """Whether an office was held on a day, as far as its own dates are known."""
    begun = not held.since or held.since <= day[: len(held.since)]
    return begun and (not held.until or day[: len(held.until)] <= held.until)


def spoken(day: str) -> str:
    """A day as it is said: "14 March 2024"; what is no day, as it is."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= len(MONTHS):
        return day
    return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"


def _spell(held: Held) -> str:
    return f"{held.title}, {held.since or '…'} – {held.until or 'today'}" if held.since or held.until else held.title


def _outlet(asked: Asked, bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Said]:
    """Whom people said the name means, on this outlet's pages first."""
    signs = asked.role == "author"
    here, all_ = (bearer.signed_here, bearer.signed) if signs else (bearer.here, bearer.linked)
    others = any((rival.signed_here if signs else rival.here) for rival in rivals if rival is not bearer)
    did = "signed" if signs else "was meant in"
    if here and not others:
        where = f"the bylines of {asked.outlet}" if signs else f"{asked.outlet}’s articles"
        yield Said(1.5 + _more(here), f"the only one of that name in {where} so far ({here})")
    elif here:
        yield Said(0.5 + _more(here), f"{did} {_articles(here)} of {asked.outlet}")
    elif all_:
        yield Said(0.25 + _more(all_) / 2, f"{did} {_articles(all_)} of ours")
    if signs and not here and bearer.signed == 0 and bearer.linked:
        yield Said(-0.5, "named in articles of ours, never in a byline")
    if not signs and bearer.signed and not bearer.linked:
        yield Said(-0.5, "signs articles, and was never named in one")


def _together(asked: Asked, bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Said]:
    """Who else stands in the article, and stood beside this one before."""
    met = sorted(((bearer.together.get(other, 0), name) for other, name in asked.beside.items()), reverse=True)
    for number, (count, name) in enumerate(pair for pair in met if pair[0]):
        if number == SHOWN:
            return
        yield Said(_more(count) / (number + 1), f"appears with {name} in {_articles(count)} of ours")


def _words(asked: Asked, bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Said]:
    """Words of the article that speak of this bearer and of no rival, its own name aside."""
    own = telling(" ".join((bearer.name, *bearer.aliases, asked.outlet))).keys()
    said = telling(" ".join((bearer.description, *(held.title for held in bearer.offices))))
    others = frozenset[str]().union(*_of_others(bearer, rivals))
    for known, weight, sentence in (
        (said, 0.4, "the article speaks of"),
        (bearer.words, 0.1, "shares words with its other articles:"),
    ):
        shared = sorted(
            word for word in known.keys() & asked.words.keys() - own - others if known is said or word not in said
        )
        if shared:
            words = ", ".join(known[word] for word in shared[:SHOWN])
            yield Said(min(weight * len(shared), 3 * weight), f"{sentence} {words}")


def _of_others(bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Iterable[str]]:
    for rival in rivals:
        if rival is not bearer:
            yield telling(" ".join((rival.description, *(held.title for held in rival.offices))))
            yield rival.words


def _governs(asked: Asked, bearer: Bearer, rivals: Sequence[Bearer]) -> Iterator[Said]:
    """What the name of a place stands for where who governs there is meant."""
    if bearer.type == "place" and asked.sense == "power":
        where = f" ({bearer.country})" if bearer.country else ""
        yield Said(0.0, f"the words mean who governs there{where}, not the place")


def _more(count: int) -> float:
    """What so many articles weigh: the first the most."""
    return min(0.5 * math.log2(1 + count), 1.5)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


# What may be said of a candidate, in the order in which it is read.
Say = Callable[[Asked, Bearer, Sequence[Bearer]], Iterator[Said]]
SAYS: tuple[Say, ...] = (_outlet, _office, _together, _words, _governs)

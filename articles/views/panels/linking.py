"""Who may be meant: for names of an article that no person linked, the entities that bear them, ranked, with reasons."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db.models import Count

from articles.actions.linking import SIGNING
from articles.core.entities.linking import Asked, Bearer, Held, Ranked, alone, proposed, ranked, seats, telling
from articles.core.values import EntityType
from articles.models import Article, Attribution, Entity, Mention
from articles.models.bearers import Bearers, bearers

# The most entities that one page asks about, and titles of articles that say what the others are about.
MOST, TITLES = 200, 300
DECIDED = ("confirmed", "corrected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate as the panel offers it."""

    entity: Entity
    ranked: Ranked
    proposed: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        return self.ranked.reasons

    @property
    def against(self) -> tuple[str, ...]:
        return self.ranked.against


def keys_of(asked: Asked, known: Bearers) -> tuple[int, ...]:
    """The entities that may be asked about: by the name, or by the family name where the article says no more."""
    family = known.of_family(asked.name) if alone(asked) else ()
    return tuple(dict.fromkeys([*known.of(asked.name), *family, *known.governing(seats(asked))]))


def known_of(names: Iterable[Asked]) -> Bearers:
    """The bearers of all names that a page asks about."""
    asked = list(names)
    codes = {code for one in asked for code in seats(one)}
    return bearers((one.name for one in asked), (one.name for one in asked if alone(one)), codes)


class Linking:
    """What the desk knows of the bearers of all names that one page asks about, in a handful of queries."""

    def __init__(self, article: Article, names: Iterable[Asked], known: Bearers) -> None:
        self.article = article
        self.names = list(names)
        self.known = known

    def choices(self, asked: Asked) -> list[Choice]:
        """The candidates for one name, the likeliest first."""
        known = self._bearers
        found = ranked(asked, [known[pk] for pk in self._keys(asked) if pk in known])
        first = proposed(found) if asked.role == "author" else None
        order = [first, *(one for one in found if one is not first)] if first else found
        return [Choice(entity=self._entities[one.bearer.id], ranked=one, proposed=one is first) for one in order]

    def _keys(self, asked: Asked) -> tuple[int, ...]:
        return keys_of(asked, self.known)

    @cached_property
    def _entities(self) -> dict[int, Entity]:
        wanted = sorted({pk for asked in self.names for pk in self._keys(asked)})[:MOST]
        rows = Entity.objects.filter(pk__in=wanted).prefetch_related("aliases", "offices") if wanted else ()
        return {entity.pk: entity for entity in rows}

    @cached_property
    def _bearers(self) -> dict[int, Bearer]:
        if not self._entities:
            return {}
        linked, signed = self._linked, self._signed
        here, words, together = self.article.outlet_name, self._words, self._together
        return {
            pk: Bearer(
                id=pk,
                name=entity.name,
                type=entity.type,
                aliases=tuple(alias.name for alias in entity.aliases.all()),
                description=entity.description,
                country=entity.country,
                offices=tuple(Held(office.title, office.since, office.until) for office in entity.offices.all()),
                linked=linked[pk].total(),
                here=linked[pk][here] if here else 0,
                signed=signed[pk].total(),
                signed_here=signed[pk][here] if here else 0,
                together=together[pk],
                words=words[pk] | telling(entity.notes),
                governs=self.known.governs.get(pk, ""),
            )
            for pk, entity in self._entities.items()
        }

    @property
    def _linked(self) -> Mapping[int, Counter[str]]:
        """Entity -> outlet -> on how many other articles a person said that it is meant."""
        rows = Mention.objects.filter(entity__in=list(self._entities), state="confirmed").exclude(article=self.article)
        return _by_outlet(rows.order_by().values_list("entity", "article__outlet_name"))

    @property
    def _signed(self) -> Mapping[int, Counter[str]]:
        """Entity -> outlet -> how many other articles it signed, on a person's word."""
        rows = Attribution.objects.filter(entity__in=list(self._entities), role__in=SIGNING, decision__in=DECIDED)
        rows = rows.exclude(article=self.article)
        return _by_outlet(rows.order_by().values_list("entity", "article__outlet_name"))

    @property
    def _together(self) -> Mapping[int, dict[int, int]]:
        """Entity -> other entity of this article -> in how many other articles both stand."""
        found = defaultdict[int, dict[int, int]](dict)
        beside = {pk for asked in self.names for pk in asked.beside}
        if beside:
            both = Mention.objects.filter(
                entity__in=list(self._entities),
                state="confirmed",
                article__mentions__entity__in=beside,
                article__mentions__state="confirmed",
            ).exclude(article=self.article)
            pairs = both.order_by().values_list("entity", "article__mentions__entity")
            for pk, other, count in pairs.annotate(n=Count("article", distinct=True)):
                if pk != other:
                    found[pk][other] = count
        return found

    @property
    def _words(self) -> Mapping[int, dict[str, str]]:
        """Entity -> the telling words of the titles of other articles that name it."""
        rows = Mention.objects.filter(entity__in=list(self._entities), state="confirmed").exclude(article=self.article)
        found = defaultdict[int, dict[str, str]](dict)
        pairs = rows.order_by("-article").values_list("entity", "article__title").distinct()[:TITLES]
        for pk, title in pairs:
            found[pk] |= telling(title)
        return found


def _by_outlet(rows: Iterable[tuple[int, str]] | object) -> Mapping[int, Counter[str]]:
    found = defaultdict[int, Counter[str]](Counter)
    counted = rows.annotate(n=Count("article", distinct=True))  # type: ignore[attr-defined]
    for pk, outlet, count in counted:
        found[pk][outlet] += count
    return found


def asked_of(mention: Mention, article: Article, *, words: Mapping[str, str], beside: Mapping[int, str]) -> Asked:
    """What the panel knows of a name that stands in the article."""
    role: Literal["text", "caption"] = "caption" if mention.scope == "caption" else "text"
    return Asked(
        surface=mention.surface,
        whole=mention.whole,
        type=_type(mention.type),
        sense=mention.sense,
        role=role,
        words=words,
        beside=beside,
        outlet=article.outlet_name,
        day=_day(article),
    )


def _day(article: Article) -> str:
    return article.published.date().isoformat() if article.published else ""


def _type(name: str) -> EntityType:
    types: dict[str, EntityType] = {
        "person": "person", "organisation": "organisation", "place": "place", "event": "event"
    }  # fmt: skip
    return types[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A name in the byline that the registry knows bearers of, with those that it may be."""

    link: Attribution
    choices: list[Choice]

    @property
    def namesakes(self) -> list[Choice]:
        """Those whom nobody proposes."""
        return [choice for choice in self.choices if not choice.proposed]


def signers(article: Article, links: Sequence[Attribution], *, words: Mapping[str, str]) -> list[Signer]:
    """Who signs the article and bears the name of an entity, where nobody said yet who it is."""
    asked = {
        link.pk: Asked(
            surface=link.name, type="person", role="author", words=words, outlet=article.outlet_name, day=_day(article)
        )
        for link in links
        if link.role in SIGNING and link.name and link.entity_id is None
    }
    if not asked:
        return []
    linking = Linking(article, asked.values(), known_of(asked.values()))
    found = [Signer(link=link, choices=linking.choices(asked[link.pk])) for link in links if link.pk in asked]
    return [signer for signer in found if signer.choices]

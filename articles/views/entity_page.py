"""What the page of an entity shows: where it is named, when, beside whom, and what was said of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles.actions.blind import blind_for
from articles.actions.entity_removing import use_of
from articles.actions.entity_undo import can_undo
from articles.actions.recording import Person
from articles.core.entities.senses import governs
from articles.feeds import FEEDS
from articles.models import Article, Attribution, Entity, EntityLogEntry, Mention, Publication
from articles.models.article import ArticleQuerySet
from articles.models.entities import ENTITY_TYPES
from articles.views.panels.months import Months, drawn

ON_A_PAGE = 50
BESIDE = 20
PLACES = {"text": "in the text", "caption": "in a caption"}


class EntityPage:
    """One entity. ``others`` are those among which a person has to choose, having typed the name of several. Articles that
    the person tags blind are not among its articles."""

    def __init__(
        self,
        entity: Entity,
        user: Person,
        *,
        number: str | None = None,
        suggested: bool = False,
        others: Sequence[Entity] = (),
    ) -> None:
        self.entity = entity
        self.may_change = user.has_perm("articles.change_entity")
        self.number = number
        self.suggested = suggested
        self.others = others
        self.types = ENTITY_TYPES
        self.feeds = FEEDS
        self._blind = list(blind_for(user))

    @cached_property
    def articles(self) -> QuerySet[Article]:
        moment = Coalesce("published", "received_at")
        found = self._naming(Article.objects.for_queue(), suggested=self.suggested)
        return found.annotate(moment=moment).order_by("-moment", "-pk")

    def _naming(self, articles: ArticleQuerySet, *, suggested: bool = False) -> ArticleQuerySet:
        return articles.naming(self.entity.pk, suggested=suggested).exclude(pk__in=self._blind)

    @cached_property
    def page(self) -> Page:
        """Its articles, each with ``where``: the places in which it is named there."""
        page = Paginator(self.articles, ON_A_PAGE).get_page(self.number)
        listed = list(page)
        places: dict[int, dict[str, None]] = {article.pk: {} for article in listed}
        mentions = Mention.objects.filter(entity=self.entity, article__in=places).exclude(state="rejected")
        for article, scope, state in mentions.values_list("article", "scope", "state").distinct():
            places[article][PLACES[scope] + (", suggested" if state == "suggested" else "")] = None
        links = Attribution.objects.filter(entity=self.entity, article__in=places).exclude(decision="removed")
        for link in links:
            places[link.article_id][f"as {link.about.label.lower()}"] = None
        for article in listed:
            article.where = sorted(places[article.pk])
        page.object_list = listed
        return page

    @cached_property
    def only_suggested(self) -> int:
        """On how many more articles the machine suggests it."""
        every = self._naming(Article.objects.all(), suggested=True).count()
        return every - self._naming(Article.objects.all()).count()

    @cached_property
    def months(self) -> Months:
        """Its articles over time, by when they were published, else received. A moment that no news is from is left out:
        a year 9999 would hide all others, and is more than a database can round."""
        sane = (datetime(1900, 1, 1, tzinfo=UTC), timezone.now() + timedelta(days=366))
        rows = self._naming(Article.objects.all()).annotate(moment=Coalesce("published", "received_at"))
        rows = rows.filter(moment__range=sane).annotate(month=TruncMonth("moment"))
        counted = rows.order_by().values("month").annotate(count=Count("pk")).values_list("month", "count")
        return drawn({date(month.year, month.month, 1): count for month, count in counted if month})

    @cached_property
    def beside(self) -> QuerySet[Entity]:
        """Who else people tagged on its articles, and on how many (``shared``)."""
        here = Mention.objects.filter(entity=self.entity, state="confirmed").exclude(article__in=self._blind)
        here = here.order_by().values("article")
        found = Entity.objects.filter(mentions__state="confirmed", mentions__article__in=here).exclude(
            pk=self.entity.pk
        )
        shared = Count("mentions__article", distinct=True)
        return found.annotate(shared=shared).order_by("-shared", "name", "pk")[:BESIDE]

    @cached_property
    def apart(self) -> list[Entity]:
        """Of whom somebody said that they are not the same."""
        return list(self.entity.distinct_from.order_by("key", "pk"))

    @cached_property
    def like(self) -> list[Entity]:
        """Others that go by one of its names, of which nobody said that they are not the same."""
        apart = [other.pk for other in self.apart]
        found = Entity.objects.going_by(*self.entity.names).exclude(pk__in=[self.entity.pk, *apart])
        return list(found.order_by("key", "pk")[:BESIDE])

    @cached_property
    def unused(self) -> bool:
        """Whether it can be taken out of the registry."""
        return self.may_change and not use_of(self.entity)

    @cached_property
    def published(self) -> int:
        """How many articles stand in public with a tag of it, or of who governs it: what its feed holds."""
        return Publication.objects.current().naming(self.entity.watched).count()

    @cached_property
    def government(self) -> list[Entity]:
        """Who governs this country, each with ``article_count``."""
        found = Entity.objects.filter(pk__in=[one.pk for one in self.entity.government])
        return list(found.with_articles().order_by("key", "pk")) if self.entity.government else []

    @cached_property
    def governed(self) -> Entity | None:
        """The country whose government this capital's name may mean, or that this organisation governs."""
        if self.entity.governs is not None or self.entity.type != "place":
            return self.entity.governs
        codes = governs(self.entity.name)
        lands = (
            Entity.objects.filter(type="place", country__in=codes).exclude(governments=None).exclude(pk=self.entity.pk)
        )
        return lands.order_by("pk").first() if codes else None

    @cached_property
    def log(self) -> list[EntityLogEntry]:
        """What was done to it, the newest first, each with ``undoable``."""
        entries = list(self.entity.log.select_related("person", "undone_by")[:50])
        for entry in entries:
            entry.undone = hasattr(entry, "undone_by")
            entry.undoable = self.may_change and can_undo(entry) and entry.changes["of"] == self.entity.pk
        return entries

"""What the desk remembers of an outlet: the lines of its pages, and what people decided about them.

An outlet goes by a key here (a folded name, or the domain of an address), since most are not in the registry.
"""

from collections.abc import Iterable, Iterator
from itertools import batched

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.memory import KEY_LENGTH
from articles.core.recalled import REMEMBERED
from articles.core.values import RememberedFact as RememberedFactValue

# How many keys one query names.
AT_ONCE = 500
# How many lines of one outlet are kept; beyond it go those that stood on the fewest pages, the longest ago first.
MOST_LINES = 20_000


class RememberedOutlet(models.Model):
    """An outlet with ``pages`` on the desk. Whoever counts a page locks this row first, so that counts stay true."""

    name = models.CharField(max_length=200, unique=True)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class RememberedLineQuerySet(models.QuerySet["RememberedLine"]):
    def count_page(self, outlet: RememberedOutlet, keys: Iterable[str]) -> None:
        """Count a page of an outlet with these lines, each once. The caller holds a transaction."""
        RememberedOutlet.objects.filter(pk=outlet.pk).update(pages=F("pages") + 1)
        outlet.refresh_from_db(fields=["pages"])
        for some in batched(sorted(set(keys)), AT_ONCE):
            rows = [RememberedLine(outlet=outlet, key=key, pages=0, last=outlet.pages) for key in some]
            self.bulk_create(rows, ignore_conflicts=True)
            self.filter(outlet=outlet, key__in=some).update(pages=F("pages") + 1, last=outlet.pages)
        if outlet.pages % 50 == 0:
            self.forget_beyond(outlet, MOST_LINES)

    def forget_beyond(self, outlet: RememberedOutlet, most: int) -> None:
        """Keep so many lines of an outlet."""
        excess = self.filter(outlet=outlet).count() - most
        if excess > 0:
            least = self.filter(outlet=outlet).order_by("pages", "last", "pk")[:excess]
            self.filter(pk__in=list(least.values_list("pk", flat=True))).delete()

    def move(self, outlet: RememberedOutlet, to: RememberedOutlet) -> None:
        """Count the pages of one outlet as pages of another. The caller holds both."""
        for some in batched(list(self.filter(outlet=outlet)), AT_ONCE):
            there = {row.key: row for row in self.filter(outlet=to, key__in=[row.key for row in some])}
            both = [row for row in some if row.key in there]
            for row in both:
                there[row.key].pages += row.pages
                there[row.key].last = to.pages + row.last
            self.bulk_update([there[row.key] for row in both], ["pages", "last"])
            alone = [row.pk for row in some if row.key not in there]
            self.filter(pk__in=alone).update(outlet=to, last=F("last") + to.pages)
        RememberedOutlet.objects.filter(pk=to.pk).update(pages=F("pages") + outlet.pages)
        to.refresh_from_db(fields=["pages"])
        self.forget_beyond(to, MOST_LINES)

    def seen(self, outlet: RememberedOutlet, keys: Iterable[str]) -> dict[str, int]:
        """Line key -> on how many pages of the outlet it stood, for those of these lines that are known."""
        return dict(
            pair
            for some in batched(keys, AT_ONCE)
            for pair in self.filter(outlet=outlet, key__in=some).values_list("key", "pages")
        )


class RememberedLine(models.Model):
    """A line that stood on ``pages`` pages of an outlet; ``last`` is the number of the page that had it last."""

    outlet = models.ForeignKey(RememberedOutlet, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=KEY_LENGTH)
    pages = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    objects = RememberedLineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["outlet", "key"], name="remembered_line_once_an_outlet")]

    def __str__(self) -> str:
        return f"{self.key} ({self.pages})"


class DecidedLineQuerySet(models.QuerySet["DecidedLine"]):
    def decisions(self, outlet: RememberedOutlet, keys: Iterable[str]) -> Iterator[tuple[str, str, int]]:
        """(line key, kind, on how many pages people decided so)."""
        for some in batched(keys, AT_ONCE):
            rows = self.filter(outlet=outlet, key__in=some).values_list("key", "kind").order_by("key", "kind")
            yield from rows.annotate(n=Count("article", distinct=True))


class DecidedLine(models.Model):
    """A line of an article about which a person's decision stands now. Taken back, the row goes with it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="decided_lines")
    outlet = models.ForeignKey(RememberedOutlet, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(max_length=20)

    objects = DecidedLineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "key", "kind"], name="decided_line_once_an_article"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="decided_kind_is_one_of_the_table"),
        ]
        indexes = [models.Index(fields=["outlet", "key"], name="decided_line_of_outlet")]

    def __str__(self) -> str:
        return f"{self.key}: {self.kind}"


class RememberedFactQuerySet(models.QuerySet["RememberedFact"]):
    def of(self, outlet: str, *, but: int | None = None) -> tuple[RememberedFactValue, ...]:
        """What is remembered under the key of an outlet, but for what one article gave."""
        rows = self.filter(outlet__name=outlet).exclude(article=but) if outlet else self.none()
        return tuple(
            RememberedFactValue(
                about=row.about, value=row.value, instead_of=row.instead_of, by=row.by.get_username() if row.by else ""
            )
            for row in rows.select_related("by")
        )


class RememberedFact(models.Model):
    """A fact or link that a person said is the same on every page of an outlet. ``instead_of`` is what the machine had
    found where the person said so, empty where nothing was wrong. It rests on the decision in ``article``: taken back
    there, it goes with it."""

    outlet = models.ForeignKey(RememberedOutlet, on_delete=models.CASCADE, related_name="facts")
    about = models.CharField(max_length=20, choices=[(row.name, row.label) for row in REMEMBERED.values()])
    value = models.CharField(max_length=200)
    instead_of = models.CharField(max_length=200, blank=True)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.SET_NULL, related_name="remembered")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RememberedFactQuerySet.as_manager()

    class Meta:
        ordering = ["about", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["outlet", "about", "instead_of"], name="remembered_fact_once"),
            models.CheckConstraint(condition=~Q(value=""), name="remembered_fact_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.value}"

    @property
    def label(self) -> str:
        return REMEMBERED[self.about].label

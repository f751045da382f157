"""An article on the desk, the notes on it, and the log of what was done to it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from articles.core.folding import fold
from articles.core.workflow import WAITING, Status


class ArticleQuerySet(models.QuerySet["Article"]):
    def for_queue(self) -> "ArticleQuerySet":
        """With what a row of the queue shows, without the texts."""
        return self.select_related("outlet", "claimed_by", "last_editor").defer(
            "raw_text", "clean_text", "searchable", "markup", "dates"
        )

    def with_open_questions(self) -> "ArticleQuerySet":
        """With ``unknown_fields``, ``suggestions``, ``open_flags``, ``open_proposals`` and their sum, ``open_questions``."""
        from articles.models.facts import ASKED, Attribution, Field, Flag
        from articles.models.proposals import Proposal
        from articles.models.tags import Mention

        def rows(model: type[models.Model], counted_by: str = "pk", **wanted: object) -> Coalesce:
            found = model._default_manager.filter(article=OuterRef("pk"), **wanted).order_by()
            counted = found.values("article").annotate(n=Count(counted_by, distinct=True)).values("n")
            return Coalesce(models.Subquery(counted), 0, output_field=models.IntegerField())

        no_publisher = Case(When(outlet_name="", then=1), default=0, output_field=models.IntegerField())
        return self.annotate(
            unknown_fields=rows(Field, state="unknown", fixed=False, name__in=ASKED) + no_publisher,
            suggested_mentions=rows(Mention, "surface", state="suggested"),
            unsure_attribution=rows(Attribution, state__in=("inferred", "unknown", "disputed"), decision="open"),
            open_flags=rows(Flag, dismissed=False),
            open_proposals=rows(Proposal, state="open"),
        ).annotate(
            suggestions=F("suggested_mentions") + F("unsure_attribution"),
            open_questions=F("unknown_fields")
            + F("suggested_mentions")
            + F("unsure_attribution")
            + F("open_flags")
            + F("open_proposals"),
        )

    def waiting(self) -> "ArticleQuerySet":
        """Articles on which somebody still has to do something."""
        return self.filter(status__in=WAITING)

    def flagged(self, flag: str) -> "ArticleQuerySet":
        from articles.models.facts import Flag

        return self.filter(Exists(Flag.objects.filter(article=OuterRef("pk"), flag=flag, dismissed=False)))

    def under_embargo(self) -> "ArticleQuerySet":
        """Articles that cannot be approved yet."""
        return self.filter(held_until__gt=timezone.now())

    def in_hands_of(self, user: settings.AUTH_USER_MODEL) -> "ArticleQuerySet":
        return self.filter(claimed_by=user, claimed_until__gt=timezone.now())

    def in_nobodys_hands(self) -> "ArticleQuerySet":
        return self.filter(Q(claimed_by=None) | Q(claimed_until__lte=timezone.now()))

    def placed_in_story(self, *order: Any) -> "ArticleQuerySet":
        """Those that are in a story, with ``place_in_story``: where each stands among those of its story, from 1 on."""
        return self.filter(membership__isnull=False).annotate(
            place_in_story=Window(RowNumber(), partition_by=F("membership__story"), order_by=order)
        )

    def one_a_story(self, *order: Any) -> "ArticleQuerySet":
        """Of each story only the article that comes first in this order, and all that are in none."""
        first = self.placed_in_story(*order).filter(place_in_story=1).order_by().values("pk")
        return self.filter(Q(membership=None) | Q(pk__in=first)).order_by(*order)

    def naming(self, entity: int, *, suggested: bool = False) -> "ArticleQuerySet":
        """Articles that a person tagged with this entity, or that are by it; also those where it is only suggested."""
        from articles.models.facts import Attribution
        from articles.models.tags import Mention

        states = ["confirmed", "suggested"] if suggested else ["confirmed"]
        tagged = Mention.objects.filter(entity=entity, state__in=states).order_by().values("article")
        written = Attribution.objects.filter(entity=entity).exclude(decision="removed").order_by().values("article")
        return self.filter(Q(pk__in=tagged) | Q(pk__in=written))

    def saying(self, words: str) -> "ArticleQuerySet":
        """Articles whose title or text has all of these words, whatever their capitals and accents."""
        found = self
        for word in fold(words).split():
            found = found.filter(searchable__contains=word)
        return found


class Article(models.Model):
    """One scraped article. ``raw_text`` never changes; ``clean_text`` and ``title`` are what the ledger, the edits and
    the fields say now, kept here for the queue and the search. ``version`` counts changes."""

    raw_text = models.TextField(editable=False)
    original = models.ForeignKey("articles.Original", on_delete=models.PROTECT, related_name="articles")
    format = models.CharField(max_length=20)
    decoding = models.JSONField(default=dict, help_text="Encoding, why it was chosen, and what was repaired.")
    markup = models.JSONField(default=list, help_text="For a page: [start, end, replacement] of each tag.")
    given_url = models.URLField(max_length=2000, blank=True, help_text="The address that came with the upload.")
    given_outlet = models.CharField(max_length=200, blank=True, help_text="The outlet that came with the upload.")
    given = models.JSONField(default=dict, blank=True, help_text="What the scraper said beside the text.")
    version_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="versions",
        help_text="The earlier article of which a person said that this is a new version.",
    )  # fmt: skip
    kept_apart = models.BooleanField(
        default=False, help_text="Its words are another article's too; a person said that it is one of its own."
    )
    memory = models.ForeignKey(
        "articles.RememberedOutlet", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+",
        help_text="The outlet among whose pages its lines are counted.",
    )  # fmt: skip
    text_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)

    status = models.CharField(max_length=20, choices=[(s.value, s.label) for s in Status], default=Status.NEW)
    version = models.PositiveIntegerField(default=1)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    title = models.CharField(max_length=500, blank=True)
    outlet = models.ForeignKey("articles.Outlet", null=True, blank=True, on_delete=models.PROTECT)
    outlet_name = models.CharField(max_length=200, blank=True, help_text="The publisher as the attribution says it.")
    language = models.CharField(max_length=20, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True, help_text="The end of the last embargo on its text.")
    clean_text = models.TextField(blank=True)
    searchable = models.TextField(blank=True, help_text="Title, clean and raw text without capitals and accents.")
    dates = models.JSONField(default=list, help_text="Every date of the text with its role, as the machine read it.")
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public = models.OneToOneField(
        "articles.Publication", null=True, blank=True, on_delete=models.PROTECT, related_name="public_of"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("review_article", "Can review articles: decide blocks, facts, tags; submit, reject"),
            ("approve_article", "Can approve articles for publication, or send them back"),
            ("retract_article", "Can retract a published article"),
            ("override_rights", "Can publish an article against its rights, with a reason"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="article_status_is_one_of_the_table"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_counts_from_one"),
            # A text is on the desk once, unless a person said otherwise of the second.
            models.UniqueConstraint(
                fields=["text_hash"],
                condition=Q(version_of__isnull=True, kept_apart=False),
                name="article_text_once",
            ),
            models.CheckConstraint(
                condition=Q(version_of__isnull=True) | ~Q(version_of=F("id")), name="article_is_no_version_of_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-received_at"], name="article_queue"),
            models.Index(fields=["text_hash"], name="article_text"),
        ]

    def __str__(self) -> str:
        return self.title or f"Article {self.pk}"

    @property
    def claim_holds(self) -> bool:
        return bool(self.claimed_by_id and self.claimed_until and self.claimed_until > timezone.now())

    @property
    def held(self) -> bool:
        """Whether an embargo on its text still runs."""
        return self.held_until is not None and self.held_until > timezone.now()

    @property
    def live(self) -> bool:
        """Whether a publication of it stands in public now."""
        return self.public_id is not None


class Note(models.Model):
    """What one editor tells the others about an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=5000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:80]


class LogEntry(models.Model):
    """One action: who, when, what, and each row it changed before and after. ``undoes`` names the action it took back."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    summary = models.CharField(max_length=500)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list, help_text="[{model, pk, before, after}] in the order they were made.")
    version = models.PositiveIntegerField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"

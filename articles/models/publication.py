"""What the public gets: immutable snapshots, and tombstones where something was taken back."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone


class PublicationQuerySet(models.QuerySet["Publication"]):
    def current(self) -> "PublicationQuerySet":
        """What stands in public now, newest first. The order is total."""
        return self.filter(public_of__isnull=False).order_by("-first_published_at", "-pk")

    def latest_of_each(self) -> "PublicationQuerySet":
        """The last word on each article: a publication, or the tombstone of one."""
        last = Publication.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
        return self.filter(pk=Subquery(last))

    def naming(self, slugs: Iterable[str]) -> "PublicationQuerySet":
        """Those that were approved with a tag of one of these entities."""
        return self.filter(pk__in=PublishedTag.objects.filter(slug__in=slugs).values("publication"))


class Publication(models.Model):
    """A snapshot of an article as approved, or (``tombstone``) the word that it was taken back. Never changed."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=120)
    tombstone = models.BooleanField(default=False)
    title = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=200, blank=True)
    authors = models.JSONField(default=list)
    origin = models.JSONField(default=dict, help_text="name and home of the publisher, url of the article there.")
    attribution = models.TextField(blank=True)
    form = models.CharField(max_length=10, choices=[("full", "full text"), ("excerpt", "excerpt")], default="full")
    rights = models.JSONField(
        default=list,
        help_text="[{text, constraint, scope, details, effect, said, basis}]: what was written, what was done.",
    )
    usage = models.JSONField(default=dict, help_text="holder, notice, credit, licence, terms: for machines to read.")
    override_reason = models.TextField(blank=True, help_text="Why it was published against its rights. Never public.")
    tags = models.JSONField(default=list, help_text="[{name, type, slug, wikidata}]")
    originally_published = models.JSONField(null=True, help_text="value and precision, as the facts said.")
    note = models.TextField(blank=True)
    raw_sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publication_number_once"),
            models.UniqueConstraint(fields=["slug", "number"], name="publication_slug_is_one_articles"),
            models.CheckConstraint(
                condition=Q(tombstone=False) | Q(html="", text="", summary=""), name="tombstone_holds_no_text"
            ),
            models.CheckConstraint(condition=Q(form__in=["full", "excerpt"]), name="publication_form_is_known"),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(form="full"), name="publication_overrides_for_the_full_text"
            ),
            models.CheckConstraint(
                condition=Q(first_published_at__lte=F("created_at")), name="publication_first_then_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.number})"

    @property
    def rights_said(self) -> list[str]:
        """What readers are told of the rights on the text, each once. What restricts a picture restricts nothing here."""
        words = self.usage.get("terms") or [row.get("text") for row in self.rights if row.get("scope") == "text"]
        return [said for said in dict.fromkeys([self.usage.get("notice", ""), *words]) if said]

    @property
    def corrected(self) -> bool:
        return not self.tombstone and self.number > 1


class PublishedTag(models.Model):
    """That a publication was approved with a tag of the entity at this address: the index of ``Publication.tags``, and
    like them never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="entities")
    slug = models.CharField(max_length=220, db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["publication", "slug"], name="published_tag_once")]

    def __str__(self) -> str:
        return self.slug


class FeedVersion(models.Model):
    """One row that each approval and retraction moves on, in the same transaction: what ETag and Last-Modified say.

    Dates of items will not do: an old article approved late, or a retraction, would hide behind a 304.
    """

    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.version)

"""Stories: which articles tell of one event, what speaks for it, what people said of it, and the index that finds it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from articles.core.similarity import KINDS

DECISIONS = ["open", "confirmed", "denied"]


class Story(models.Model):
    """Articles about one event. One that was merged into another says so; its address leads there."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="took_in")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="story_is_not_merged_into_itself"
            )
        ]

    def __str__(self) -> str:
        return f"Story {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])


class Membership(models.Model):
    """That an article belongs to a story: to one at most. ``by`` is the person who put it there, None the machine."""

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="membership")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="members")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"article {self.article_id} in story {self.story_id}"


class RelationQuerySet(models.QuerySet["Relation"]):
    def of(self, *articles: int) -> "RelationQuerySet":
        """Those with one of these articles on either side."""
        return self.filter(Q(one__in=articles) | Q(two__in=articles))

    def among(self, articles: models.QuerySet | list[int]) -> "RelationQuerySet":
        """Those with both sides among these articles."""
        return self.filter(one__in=articles, two__in=articles)

    def standing(self) -> "RelationQuerySet":
        """Those that nobody denied."""
        return self.exclude(decision="denied")


class Relation(models.Model):
    """What two articles are to each other, the older first: a verdict with its evidence, and a person's word on it.
    What a person denied is never proposed or joined again. ``evidence`` holds words, no places: texts change."""

    one = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    score = models.FloatField(default=0)
    evidence = models.JSONField(default=dict, help_text="parts: [{name, said, points}]; run: the longest; words in it.")
    decision = models.CharField(max_length=10, choices=[(name, name) for name in DECISIONS], default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="relation_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="relation_older_article_first"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="relation_kind_is_of_the_table"),
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="relation_decision_is_known"),
            models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name="relation_score_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.two_id}: {self.kind}, {self.decision}"

    def other(self, article: int) -> int:
        """The key of the article on the other side."""
        return self.two_id if self.one_id == article else self.one_id


class StoryLogEntry(models.Model):
    """What was done to a story. ``changes`` are what undoing needs; the other way round they are what it did."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=20)
    summary = models.CharField(max_length=500)
    changes = models.JSONField(
        default=dict,
        help_text="members: [[article, from, to]]; decisions: [[relation, before, after]]; merged: a story.",
    )
    undone = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"


class Indexed(models.Model):
    """What the index holds of an article: of which text (sha256), and the numbers of its shingles, eight bytes each."""

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="indexed"
    )
    digest = models.CharField(max_length=64)
    numbers = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"article {self.article_id}: {len(self.numbers) // 8} shingles"


class Shingle(models.Model):
    """A kept shingle of an article's clean text, by its number: the index. No more rows of one number are kept than
    ``articles.intake.matching.ROWS``, however many articles have it."""

    pk = models.CompositePrimaryKey("number", "article_id")
    number = models.BigIntegerField()
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} in {self.article_id}"

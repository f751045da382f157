"""The ledger of an article, and the edits on its text. Offsets are code points of ``raw_text``."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.core.cleaning.certainty import Level, level
from articles.core.cleaning.kinds import KINDS, Kind

# Who decided, as a sentence says it.
DECIDERS = {"rule": "a rule", "model": "the model", "memory": "the memory of this outlet", "person": "a person"}
DECIDED_BY = [("rule", "rule"), ("model", "model"), ("memory", "memory of the outlet"), ("person", "person")]


class Block(models.Model):
    """A run of raw with one fate. What the machine said of it (``found_kind``, ``found_reason``, ``evidence``,
    ``otherwise``) stays beside what a person decided. ``version`` is the article's version when it last changed."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="blocks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.name, kind.label) for kind in KINDS.values()])
    kept = models.BooleanField()
    reason = models.CharField(max_length=300)
    confidence = models.FloatField()
    decided_by = models.CharField(max_length=10, choices=DECIDED_BY, default="rule")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    found_kind = models.CharField(max_length=20)
    found_reason = models.CharField(max_length=300)
    evidence = models.JSONField(default=list, blank=True, help_text="Further phrases for or against what was found.")
    otherwise = models.CharField(max_length=20, blank=True, help_text="The kind that was second best.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="block_is_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="block_kind_is_one_of_the_table"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="block_confidence_is_a_share"
            ),
            models.UniqueConstraint(fields=["article", "start"], name="block_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} [{self.start}, {self.end})"

    @property
    def about(self) -> Kind:
        """The row of KINDS that says what this kind is."""
        return KINDS[self.kind]

    @property
    def level(self) -> Level:
        """How sure whoever decided is, in a word."""
        return level(self.confidence)

    @property
    def percent(self) -> int:
        return round(100 * self.confidence)

    @property
    def decider(self) -> str:
        return DECIDERS[self.decided_by]

    @property
    def unsure(self) -> bool:
        """Whether the machine's word on it deserves a look; a person's never does."""
        return self.decided_by != "person" and self.level == "unsure"

    @property
    def found(self) -> Kind | None:
        """What the machine called it."""
        return KINDS.get(self.found_kind)

    @property
    def second(self) -> Kind | None:
        """The kind that was second best to the machine, if it named one."""
        return KINDS.get(self.otherwise)

    @property
    def said(self) -> str:
        """The reason without the kind's own name before it, for where the kind stands beside it."""
        head, colon, rest = self.reason.partition(": ")
        return rest if colon and head.casefold() == self.about.label.casefold() else self.reason


class Edit(models.Model):
    """A replacement of a non-empty span of raw, by the machine or by a person."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="edits")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    replacement = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=10, choices=[("machine", "machine"), ("person", "person")])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["start"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="edit_replaces_something"),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) -> {self.replacement!r}"

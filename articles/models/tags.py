"""Tags: an occurrence of an entity in the text, anchored in raw."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.core.cleaning.certainty import Level, level
from articles.models.entities import ENTITY_TYPES

# What the name of a country or capital may mean, on a person's word.
SENSES = {"place": "the place", "power": "who governs there"}


class Mention(models.Model):
    """Words of raw that name somebody or something. A rejected one stays, so that it is not suggested again.

    ``whole``: the fuller name in the article that the words stand for. ``sense``: of a country or capital, whether the
    place is meant or who governs there; "open" where the machine cannot tell. ``reason``: why it was rejected.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    type = models.CharField(max_length=20, choices=ENTITY_TYPES)
    entity = models.ForeignKey(
        "articles.Entity", null=True, blank=True, on_delete=models.PROTECT, related_name="mentions"
    )
    candidate = models.CharField(max_length=200, blank=True, help_text="A registry name it may stand for; unconfirmed.")
    state = models.CharField(
        max_length=10,
        choices=[("suggested", "suggested"), ("confirmed", "confirmed"), ("rejected", "rejected")],
        default="suggested",
    )
    score = models.FloatField(default=1.0)
    origin = models.CharField(
        max_length=10, choices=[("registry", "registry"), ("model", "model"), ("person", "person")]
    )
    whole = models.CharField(max_length=200, blank=True)
    sense = models.CharField(max_length=10, blank=True, choices=[*SENSES.items(), ("open", "unclear")])
    reason = models.CharField(max_length=300, blank=True)
    scope = models.CharField(max_length=10, choices=[("text", "text"), ("caption", "caption")], default="text")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "end"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_has_words"),
            models.UniqueConstraint(fields=["article", "start", "end", "type"], name="mention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} ({self.type})"

    @property
    def percent(self) -> int:
        """How sure the machine is of it, in whole hundredths: what is shown as 80 % is at least that."""
        return int(100 * self.score + 1e-9)

    @property
    def level(self) -> Level:
        """How sure it is, in a word."""
        return level(self.score)

    @property
    def named(self) -> str:
        """The name under which it is grouped: the entity's, or its own words."""
        return self.entity.name if self.entity_id else self.surface

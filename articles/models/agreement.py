"""Two editors tag one article, each without seeing the other's tags or the machine's: how far do they agree?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.entities import ENTITY_TYPES


class BlindTagging(models.Model):
    """One editor's tags on an article, made blind. Compared with another's once both are finished."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="blind_taggings")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "editor"], name="blind_tagging_once")]

    def __str__(self) -> str:
        return f"{self.article_id} by {self.editor}"


class BlindTag(models.Model):
    """Words of raw that an editor tagged blind; ``[start, end)`` in code points. ``was``: the type that it had until it
    was tagged just now, to be shown, not saved."""

    was = ""
    tagging = models.ForeignKey(BlindTagging, on_delete=models.CASCADE, related_name="tags")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    type = models.CharField(max_length=20, choices=ENTITY_TYPES)

    class Meta:
        ordering = ["start", "end"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="blind_tag_has_words"),
            models.UniqueConstraint(fields=["tagging", "start", "end", "type"], name="blind_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} ({self.type})"


class BlindRequest(models.Model):
    """Somebody asked an editor to tag an article blind; it is gone once that editor began, or said no."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="blind_requests")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "editor"], name="blind_request_once")]

    def __str__(self) -> str:
        return f"{self.article_id} of {self.editor}"

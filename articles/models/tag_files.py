"""Tags that came in a file: the file as it was brought in, and a receipt for each text of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.core.exchange import FORMATS


class TagFile(models.Model):
    """One file of tags that a person brought in: for one article, or (``article`` None) for whichever its texts are.

    ``confirmed``: as that person's word; ``reopen``: for approved articles too; ``taken_back``: it is being undone, or was.
    """

    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20, choices=[(row.name, row.label) for row in FORMATS.values()])
    article = models.ForeignKey(
        "articles.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="tag_files"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confirmed = models.BooleanField(default=False)
    reopen = models.BooleanField(default=False)
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class TagReceipt(models.Model):
    """What became of the tags of one text. ``said`` is that text with its tags, while it waits; ``entry`` is what was
    written into the history of its article; ``sentences`` say what was not taken, and why."""

    STATES = [
        ("waiting", "waiting"),
        ("done", "brought in"),
        ("refused", "refused"),
        ("taken_back", "taken back"),
        ("kept", "stays"),
    ]

    file = models.ForeignKey(TagFile, on_delete=models.CASCADE, related_name="receipts")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    tags = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    said = models.BinaryField(null=True)
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.SET_NULL, related_name="+")
    entry = models.ForeignKey("articles.LogEntry", null=True, on_delete=models.SET_NULL, related_name="+")
    outcomes = models.JSONField(default=dict)
    labels = models.JSONField(default=dict)
    sentences = models.JSONField(default=list)

    class Meta:
        ordering = ["file", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="tag_receipt_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", said__isnull=False) | (~Q(state="waiting") & Q(said=None)),
                name="tag_receipt_waits_with_its_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

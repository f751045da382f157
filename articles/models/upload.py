"""Bringing material in: the bytes as they came, the upload, and a receipt for each of its items."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Original(models.Model):
    """Bytes exactly as they came, once however often they come."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    size = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256[:12]


class Upload(models.Model):
    """One act of bringing material in, by one person."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploads")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"Upload {self.pk}"


class Receipt(models.Model):
    """What became of one item of an upload. Waiting items keep their bytes, so that a crash loses nothing."""

    WAITING, CREATED, DUPLICATE, FAILED = "waiting", "created", "duplicate", "failed"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="receipts")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="receipts")
    given_url = models.URLField(max_length=2000, blank=True)
    given_outlet = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(
        max_length=10,
        choices=[(WAITING, "waiting"), (CREATED, "created"), (DUPLICATE, "duplicate"), (FAILED, "failed")],
        default=WAITING,
    )
    article = models.ForeignKey("articles.Article", null=True, on_delete=models.PROTECT, related_name="receipts")
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["upload", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "position"], name="receipt_once_an_item"),
            models.CheckConstraint(
                condition=~Q(outcome__in=("created", "duplicate")) | Q(article__isnull=False),
                name="receipt_names_its_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"

"""What a scraper shows to be let in, and what it sent."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ScraperTokenQuerySet(models.QuerySet["ScraperToken"]):
    def with_secret(self, secret: str) -> "ScraperToken | None":
        """The token of this secret, if it may still be used. The lookup is by a hash: how long it takes says nothing
        about how much of a guess was right."""
        return self.filter(digest=digest_of(secret), revoked_at=None).select_related("person").first()


class ScraperToken(models.Model):
    """One scraper's leave to bring articles in. Of its secret only the sha256 is kept: it is long and random, so that
    nobody finds it from there.

    ``person`` answers for what comes in: it comes in under their name, and only while they may upload. ``outlet`` is
    said of each item that names none.
    """

    name = models.CharField(max_length=100, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="scraper_tokens",
        help_text="Who answers for it. What it brings comes in under this name, while this person may upload.",
    )
    outlet = models.CharField(
        max_length=200, blank=True, help_text="Said of each article for which the scraper names no outlet."
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField("last used", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)

    objects = ScraperTokenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest=""), name="scraper_token_has_a_name_and_a_secret"),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """An upload that came with a token. ``sha256`` is of all that was sent, to tell a repetition from something else
    under the same key."""

    upload = models.OneToOneField("articles.Upload", on_delete=models.CASCADE, related_name="delivery")
    token = models.ForeignKey(ScraperToken, on_delete=models.PROTECT, related_name="deliveries")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.upload}, by {self.token}"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()

"""Scrapers' tokens: made and taken back by an admin, used by a scraper under a person's name."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from articles.actions.recording import Person, Refused, check_may
from articles.models import ScraperToken
from articles.models.tokens import digest_of

# Told from other secrets by people, and by programs that look for secrets where none should be.
PREFIX = "newsroom_"
# The moment of last use need not be exact, and a write for each request would be.
USE_NOTED_EVERY = timedelta(minutes=1)


def make_token(*, name: str, person: Person, by: Person | None, outlet: str = "") -> tuple[ScraperToken, str]:
    """A new token and its secret, which is known here and never again. ``by`` None: whoever may run commands."""
    name = " ".join(name.split())
    if by is not None:
        check_may(by, "add_scrapertoken")
    if not name:
        raise Refused("Give the token a name: which scraper is it for?")
    if ScraperToken.objects.filter(name=name).exists():
        raise Refused(f"There is a token with the name “{name}” already. Choose another.")
    if not person.has_perm("articles.add_upload"):
        raise Refused(f"{person} may not upload, and so cannot answer for a scraper.")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ScraperToken.objects.create(name=name, person=person, outlet=outlet.strip(), digest=digest_of(secret))
    return row, secret


def renew_token(token: ScraperToken, *, by: Person) -> str:
    """Another secret for the same token; the one before lets nobody in any more."""
    check_may(by, "change_scrapertoken")
    secret = PREFIX + secrets.token_urlsafe(32)
    if not ScraperToken.objects.filter(pk=token.pk, revoked_at=None).update(digest=digest_of(secret)):
        raise Refused(f"“{token}” is revoked. Make a new token.")
    return secret


def revoke_token(token: ScraperToken, *, by: Person) -> bool:
    """Let nobody in with it any more; whether anybody was. What it brought stays."""
    check_may(by, "change_scrapertoken")
    return bool(ScraperToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()))


def note_use(token: ScraperToken) -> None:
    """Keep when it was last used, to the minute."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    ScraperToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)

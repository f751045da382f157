"""Moving an article along the table of transitions, and holding it while one works on it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.actions.publishing import make_publication, make_tombstone
from articles.actions.recording import Conflict, NotAllowed, Person, Refused, check_may
from articles.core.workflow import TRANSITIONS, Status, Transition
from articles.models import Article, LogEntry


def open_transitions(article: Article, *, by: Person) -> list[Transition]:
    """The ways that lead on from here for this person, in the order of the table."""
    return [
        transition
        for transition in TRANSITIONS.values()
        if transition.leads_from(article.status, live=article.live) and by.has_perm(f"articles.{transition.permission}")
    ]


def four_eyes_bar(article: Article, transition: Transition, *, by: Person) -> str:
    """Why this person may not approve although the permission is there; empty when nothing bars the way."""
    if transition.four_eyes and settings.FOUR_EYES and article.last_editor_id == by.pk:
        return "You edited this article last. Somebody else has to approve it."
    return ""


@transaction.atomic
def move(article: Article, name: str, *, by: Person, seen: int, reason: str = "", treatment: str = "full") -> LogEntry:
    """Take one transition. Approval makes a publication, retraction a tombstone, in the same transaction. ``treatment``
    is how an approved article is published, where its rights do not allow it as it stands.

    Raises NotAllowed, Refused (no such way from here, a reason is missing, the rights bar it) or Conflict (the article
    changed after ``seen``, or another transition came first).
    """
    transition = TRANSITIONS.get(name)
    if transition is None:
        raise Refused(f"There is no step called “{name}”.")
    check_may(by, transition.permission)
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    reason = reason.strip()
    if not transition.leads_from(current.status, live=current.live):
        label = Status(current.status).label.lower()
        raise Conflict(f"“{transition.label}” is not open: the article is {label} now.", row=current)
    if bar := four_eyes_bar(current, transition, by=by):
        raise NotAllowed(bar)
    if transition.needs_reason and not reason:
        raise Refused(f"“{transition.label}” needs a reason, so that others can learn from it.")
    if current.version != seen:
        raise Conflict("The article was changed after you opened it. Look at it again first.", row=current)
    was_live = current.live
    moved = Article.objects.filter(pk=article.pk, status=current.status, version=seen).update(
        status=transition.target, version=seen + 1, claimed_by=None, claimed_until=None
    )
    if not moved:
        raise Conflict("Somebody moved this article in the same moment.", row=current)
    done = transition.done
    if transition.target == Status.APPROVED:
        made = make_publication(current, by=by, treatment=treatment, reason=reason)
        done += " as an excerpt" if made.form == "excerpt" else ""
        done += " against its rights" if made.override_reason else ""
    elif transition.target == Status.RETRACTED and was_live:
        make_tombstone(current, by=by, note=reason)
    entry = LogEntry.objects.create(
        article=current, person=by, action=name, summary=done, reason=reason, version=seen + 1
    )
    article.refresh_from_db()
    return entry


@transaction.atomic
def claim(article: Article, *, by: Person, take_over: bool = False) -> bool:
    """Hold the article for a while so that others see who works on it; whether it is now this person's."""
    check_may(by, "review_article")
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=now) | Q(claimed_until=None)
    rows = Article.objects.filter(pk=article.pk) if take_over else Article.objects.filter(free, pk=article.pk)
    before = article.claimed_by if article.claim_holds else None
    held = rows.update(claimed_by=by, claimed_until=now + timedelta(minutes=settings.CLAIM_MINUTES))
    article.refresh_from_db(fields=["claimed_by", "claimed_until"])
    if held and take_over and before and before != by:
        LogEntry.objects.create(
            article=article,
            person=by,
            action="take_over",
            summary=f"took it over from {before.get_username()}",
            version=article.version,
        )
    return bool(held)


def let_go(article: Article, *, by: Person) -> None:
    """Give the article free for others before the claim expires."""
    check_may(by, "review_article")
    Article.objects.filter(pk=article.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)
    article.refresh_from_db(fields=["claimed_by", "claimed_until"])

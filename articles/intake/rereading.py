"""Reading an article of the desk again, with what the desk knows now."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from articles.actions.recording import Conflict, Person, Refused, check_may
from articles.actions.summary import refresh_summary
from articles.core.values import Memory, Reading
from articles.core.workflow import AFTER_EDIT, WAITING, Status
from articles.intake.originals import OtherWords, reopened
from articles.intake.proposing import differences
from articles.intake.remembering import read_recalling
from articles.intake.storing import news, store_reading
from articles.models import Article, LogEntry, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading an article again came to. ``changed``: its clean text is another one; ``taken``: nobody had begun to
    work on it, so that the new ledger simply holds; otherwise the differences are proposals. ``differences`` counts
    them by (kind on the desk, kind as it is read now). ``read`` False: it was left alone."""

    read: bool = True
    changed: bool = False
    taken: bool = False
    differences: Counter[tuple[str, str]] = field(default_factory=Counter)


LEFT_ALONE = Reread(read=False)


def reread(
    article: Article, *, memory: Memory, by: Person | None = None, seen: int | None = None, dry_run: bool = False
) -> Reread:
    """Read again. What people decided stays, and a ledger on which somebody began to work stays as it is: what the
    machine would say of it today becomes proposals. ``by`` None: the machine.

    For a person this is an edit like any other: Refused where the status allows none, and an approved article goes back
    to review. The machine by itself leaves alone what is approved, rejected or retracted. ``seen`` is the version that
    the person had on screen: Conflict if others changed the article since. ``dry_run`` only says what would come of it.
    """
    if by is not None:
        check_may(by, "review_article")
    if not _open(article, by=by):
        return LEFT_ALONE
    try:
        scraped = reopened(article)
    except OtherWords as other:
        if by is not None:
            raise Refused(
                "Our reader makes other words of these bytes by now; this article stays as it was first read."
            ) from other
        return LEFT_ALONE
    reading = read_recalling(scraped, memory, article=article).reading
    if dry_run:
        return _outcome(differences(article, reading.blocks), taken=not begun(article, by=by))
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not _open(locked, by=by):
            return LEFT_ALONE
        if seen is not None and locked.log.filter(version__gt=seen).exclude(person=by).exists():
            raise Conflict("The article was changed after you opened it. Look at it again first.", row=locked)
        outcome = _store(locked, reading, by=by)
    changed = locked.clean_text != article.clean_text
    article.refresh_from_db()
    return Reread(changed=changed, taken=outcome.taken, differences=outcome.differences)


def begun(article: Article, *, by: Person | None = None) -> bool:
    """Whether a person has begun to work on an article: did anything to it, or has it open while the machine reads."""
    done = article.log.exclude(action__in=("upload", "reread")).filter(person__isnull=False)
    return done.exists() or (by is None and article.claim_holds)


def _store(article: Article, reading: Reading, *, by: Person | None) -> Reread:
    """Put the reading into rows, as the ledger or as proposals. The caller holds the lock."""
    taken = not begun(article, by=by)
    article.version += 1
    proposals = differences(article, reading.blocks)
    store_reading(article, reading, ledger=taken)
    if not taken:
        Proposal.objects.bulk_create(news(article.proposals.filter(state="open"), proposals))
    refresh_summary(article)
    if by is not None:
        article.status, article.last_editor = AFTER_EDIT[Status(article.status)], by
    article.save()
    summary = "read it again"
    if proposals and not taken:
        summary += f": {len(proposals)} proposal{'' if len(proposals) == 1 else 's'}"
    LogEntry.objects.create(article=article, person=by, action="reread", summary=summary, version=article.version)
    return _outcome(proposals, taken=taken)


def _outcome(proposals: list[Proposal], *, taken: bool) -> Reread:
    return Reread(taken=taken, differences=Counter((row.was, row.kind) for row in proposals))


def _open(article: Article, *, by: Person | None) -> bool:
    """Whether it may be read again as it stands now; Refused where a person asks and the status allows no edit."""
    status = Status(article.status)
    if by is None:
        return status in WAITING
    if status not in AFTER_EDIT:
        raise Refused(f"This article is {status.label.lower()}. Reopen it before you change it.")
    return True

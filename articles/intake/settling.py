"""One item becomes an article, or a receipt says why not. Read outside the write transaction, stored in one, once."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.actions.recording import Person
from articles.core.edits import Span, apply
from articles.core.formats import UnreadableError
from articles.core.values import Given, Memory, Scraped
from articles.intake.originals import opened
from articles.intake.remembering import Recalling, read_recalling, remember_page
from articles.intake.stories import place_in_story
from articles.intake.storing import store_reading
from articles.models import Article, LogEntry, Original, Receipt

SAME_BYTES = "The same bytes are on the desk already."
SAME_TEXT = "The same text is on the desk already, from other bytes."
STUMBLED = "Our reader stumbled over it. The file is kept; tell the administrator."
GAVE_UP = "Reading it ended the worker {times} times. The file is kept; tell the administrator."
ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """What reading an item came to: the article with its fingerprint, or a ``problem``, a sentence."""

    scraped: Scraped | None = None
    read: Recalling | None = None
    fingerprint: str = ""
    problem: str = ""


def read_item(receipt: Receipt, *, memory: Memory, even_if_there: bool = False) -> ReadItem:
    """Read the bytes of an item. Nothing is written; a text that is on the desk already is not read through, but for a
    person who wants it ``even_if_there``."""
    try:
        scraped = opened(
            bytes(receipt.original.content),
            name=receipt.name,
            given=given_of(receipt),
            received_at=receipt.upload.at,
        )
    except UnreadableError as error:
        return ReadItem(problem=str(error)[:500])
    if problem := too_many_lines(scraped):
        return ReadItem(problem=problem)
    fingerprint = text_hash(scraped)
    if not even_if_there and same_text(fingerprint):
        return ReadItem(scraped=scraped, fingerprint=fingerprint)
    return ReadItem(scraped=scraped, read=read_recalling(scraped, memory), fingerprint=fingerprint)


def begin_attempt(receipt: Receipt) -> bool:
    """Count the attempt before it is made, so that an item which kills its reader is given up after a few."""
    waiting = Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING)
    if receipt.attempts >= ATTEMPTS:
        mark_failed(receipt, GAVE_UP.format(times=receipt.attempts))
        return False
    return bool(waiting.update(attempts=receipt.attempts + 1))


@transaction.atomic
def store(receipt: Receipt, found: ReadItem) -> None:
    """The article and its receipt's mark, together or not at all."""
    Original.objects.select_for_update().only("pk").get(pk=receipt.original_id)
    twin = same_text(found.fingerprint)
    if twin:
        mark_duplicate(receipt, twin, SAME_TEXT)
        return
    if found.scraped is None or found.read is None:
        raise ValueError("The item was not read.")
    # Marked first, so that of two who read it one waits here and then finds nothing to do.
    if not Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(outcome=Receipt.FAILED):
        return
    article = create_article(receipt, found.scraped, found.read, found.fingerprint)
    Receipt.objects.filter(pk=receipt.pk).update(
        outcome=Receipt.CREATED, article=article, message="", settled_at=timezone.now()
    )


def create_article(
    receipt: Receipt,
    scraped: Scraped,
    read: Recalling,
    fingerprint: str,
    *,
    version_of: Article | None = None,
    kept_apart: bool = False,
    by: Person | None = None,
    said: str = "",
) -> Article:
    """The rows of a new article. The caller holds the transaction. ``by`` and ``said``: who made it one, and how, where
    it was not the upload."""
    article = Article(
        raw_text=scraped.raw_text,
        original=receipt.original,
        format=scraped.format,
        decoding={
            "encoding": scraped.encoding,
            "reason": scraped.encoding_reason,
            "repairs": [{"before": r.before, "after": r.after, "count": r.count} for r in scraped.repairs],
        },
        given=receipt.given,
        given_url=receipt.given_url,
        given_outlet=receipt.given_outlet,
        text_hash=fingerprint,
        received_at=receipt.upload.at,
        version_of=version_of,
        kept_apart=kept_apart,
    )
    store_reading(article, read.reading, first=True)
    remember_page(article, read.outlet, read.lines)
    LogEntry.objects.create(
        article=article,
        person_id=by.pk if by else receipt.upload.by_id,
        action="upload",
        summary=(said or f"uploaded it as “{receipt.name}”")[:500],
        version=article.version,
        at=timezone.now(),
    )
    place_in_story(article)
    return article


def given_of(receipt: Receipt) -> Given:
    """What was said beside an item. The columns for address and outlet hold what is fit to be one."""
    given = Given.from_dict(receipt.given)
    return Given.from_dict({**given.as_dict(), "url": receipt.given_url, "outlet": receipt.given_outlet})


def too_many_lines(scraped: Scraped) -> str:
    """Why a text is no article that a person could review; empty when it may be one."""
    lines = len(scraped.places) or sum(1 for line in scraped.raw_text.splitlines() if line.strip())
    if lines <= settings.UPLOAD_MAX_LINES:
        return ""
    return f"It has {lines:,} lines; an article has {settings.UPLOAD_MAX_LINES:,} at most. Is it a whole archive?"


def text_hash(scraped: Scraped) -> str:
    """A fingerprint of the words of a text: equal for the same text in another encoding or with other line ends."""
    whole = Span(start=0, end=len(scraped.raw_text))
    words = apply(scraped.raw_text, [whole], scraped.markup).text
    return hashlib.sha256(" ".join(words.split()).casefold().encode()).hexdigest()


def same_bytes(receipt: Receipt) -> Article | None:
    return Article.objects.filter(original=receipt.original_id).only("pk").order_by("pk").first()


def same_text(fingerprint: str) -> Article | None:
    return Article.objects.filter(text_hash=fingerprint).only("pk").order_by("pk").first()


def mark_duplicate(receipt: Receipt, twin: Article, message: str) -> None:
    Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(
        outcome=Receipt.DUPLICATE, article=twin, message=message, settled_at=timezone.now()
    )


def mark_failed(receipt: Receipt, message: str) -> None:
    Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(
        outcome=Receipt.FAILED, message=message[:500], settled_at=timezone.now()
    )

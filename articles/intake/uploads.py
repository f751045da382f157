"""Bringing material in: an upload, its items, and a receipt for each of them."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from articles.actions.recording import Person
from articles.actions.summary import refresh_summary
from articles.core.edits import Span, apply
from articles.core.formats import UnreadableError, open_bytes
from articles.core.values import Memory, Scraped
from articles.intake.memory import desk_memory
from articles.intake.remembering import Recalling, read_recalling, remember_page
from articles.intake.stories import place_in_story
from articles.intake.storing import store_reading
from articles.models import Article, LogEntry, Original, Receipt, Upload

log = logging.getLogger(__name__)

SAME_TEXT = "The same text is on the desk already, from other bytes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was brought: bytes, or the reason (a sentence) why they were not even taken."""

    name: str
    content: bytes = b""
    url: str = ""
    outlet: str = ""
    problem: str = ""


def too_large(size: int) -> str:
    """Why an item of this many bytes is not taken; empty when it is."""
    limit = settings.UPLOAD_MAX_BYTES
    if size <= limit:
        return ""
    return f"It has {filesizeformat(size)}; the most we take in one piece is {filesizeformat(limit)}."


def too_many_lines(scraped: Scraped) -> str:
    """Why a text is no article that a person could review; empty when it may be one."""
    lines = len(scraped.places) or sum(1 for line in scraped.raw_text.splitlines() if line.strip())
    if lines <= settings.UPLOAD_MAX_LINES:
        return ""
    return f"It has {lines:,} lines; an article has {settings.UPLOAD_MAX_LINES:,} at most. Is it a whole archive?"


def receive(items: Iterable[Item], *, by: Person) -> Upload:
    """Take everything in at once, then settle item by item. What a crash interrupts is taken up by ``go_on``."""
    with transaction.atomic():
        upload = Upload.objects.create(by=by)
        for position, item in enumerate(items):
            problem = item.problem or too_large(len(item.content))
            Receipt.objects.create(
                upload=upload,
                position=position,
                name=_readable(item.name) or "pasted text",
                original=None if problem else keep_original(item.content),
                given_url=item.url[:2000],
                given_outlet=_readable(item.outlet)[:200],
                outcome=Receipt.FAILED if problem else Receipt.WAITING,
                message=problem,
            )
    go_on(upload)
    return upload


def go_on(upload: Upload) -> None:
    """Settle the items of an upload that have no receipt yet."""
    memory = desk_memory()
    for receipt in upload.receipts.filter(outcome=Receipt.WAITING).select_related("original"):
        try:
            settle(receipt, memory=memory)
        except OperationalError:  # a locked or lost database passes; the item waits for the next go_on
            log.exception("Receipt %s waits: the database did not answer.", receipt.pk)
        except Exception:  # one item's bug must not take the others with it; the bytes are kept
            log.exception("Receipt %s could not be settled.", receipt.pk)
            Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(
                outcome=Receipt.FAILED, message="Our reader stumbled over it. The file is kept; tell the administrator."
            )


def settle(receipt: Receipt, *, memory: Memory) -> None:
    """Read one item outside the write transaction, then store it and mark its receipt in one."""
    twin = Article.objects.filter(original=receipt.original).first()
    if twin:
        _duplicate(receipt, twin, "The same bytes are on the desk already.")
        return
    try:
        scraped = open_bytes(
            bytes(receipt.original.content),
            name=receipt.name,
            url=receipt.given_url,
            outlet=receipt.given_outlet,
            received_at=receipt.upload.at,
        )
    except UnreadableError as error:
        Receipt.objects.filter(pk=receipt.pk).update(outcome=Receipt.FAILED, message=str(error)[:500])
        return
    if problem := too_many_lines(scraped):
        Receipt.objects.filter(pk=receipt.pk).update(outcome=Receipt.FAILED, message=problem)
        return
    fingerprint = text_hash(scraped)
    try:
        _store(receipt, scraped, read_recalling(scraped, memory), fingerprint)
    except IntegrityError:
        # The same text from other bytes was stored in the same moment.
        twin = Article.objects.filter(text_hash=fingerprint).first()
        if twin is None:
            raise
        _duplicate(receipt, twin, SAME_TEXT)


@transaction.atomic
def _store(receipt: Receipt, scraped: Scraped, read: Recalling, fingerprint: str) -> None:
    Original.objects.select_for_update().get(pk=receipt.original_id)
    twin = Article.objects.filter(text_hash=fingerprint).first()
    if twin:
        _duplicate(receipt, twin, SAME_TEXT)
        return
    if not Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(outcome=Receipt.FAILED):
        return
    article = create_article(receipt, scraped, read, fingerprint)
    Receipt.objects.filter(pk=receipt.pk).update(outcome=Receipt.CREATED, article=article, message="")


def create_article(receipt: Receipt, scraped: Scraped, read: Recalling, fingerprint: str) -> Article:
    """The rows of a new article. The caller holds the transaction."""
    article = Article.objects.create(
        raw_text=scraped.raw_text,
        original=receipt.original,
        format=scraped.format,
        decoding={
            "encoding": scraped.encoding,
            "reason": scraped.encoding_reason,
            "repairs": [{"before": r.before, "after": r.after, "count": r.count} for r in scraped.repairs],
        },
        given_url=receipt.given_url,
        given_outlet=receipt.given_outlet,
        text_hash=fingerprint,
        received_at=receipt.upload.at,
    )
    store_reading(article, read.reading)
    refresh_summary(article)
    article.save()
    remember_page(article, read.outlet, read.lines)
    LogEntry.objects.create(
        article=article,
        person=receipt.upload.by,
        action="upload",
        summary=f"uploaded it as “{receipt.name}”"[:500],
        version=article.version,
        at=timezone.now(),
    )
    place_in_story(article)
    return article


def keep_original(content: bytes) -> Original:
    """The row that keeps these bytes, made once."""
    digest = hashlib.sha256(content).hexdigest()
    return Original.objects.get_or_create(sha256=digest, defaults={"content": content, "size": len(content)})[0]


def text_hash(scraped: Scraped) -> str:
    """A fingerprint of the words of a text: equal for the same text in another encoding or with other line ends."""
    whole = Span(start=0, end=len(scraped.raw_text))
    words = apply(scraped.raw_text, [whole], scraped.markup).text
    return hashlib.sha256(" ".join(words.split()).casefold().encode()).hexdigest()


def _duplicate(receipt: Receipt, twin: Article, message: str) -> None:
    Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.WAITING).update(
        outcome=Receipt.DUPLICATE, article=twin, message=message
    )


def _readable(name: str) -> str:
    """A name from outside as a database can hold it."""
    return "".join(c for c in name.encode("utf-8", "replace").decode() if c.isprintable()).strip()[:300]

"""What a person does to an upload and its items: pause, go on, cancel, try again, skip, and decide about a duplicate.

Each is one transaction, checks the permission, moves rows by conditional updates (who comes second is told so) and leaves
an entry in the upload's log. Refused where it makes no sense.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from articles.actions.recording import Person, Refused, check_may
from articles.intake import queue
from articles.intake.cutting import drop_pieces
from articles.intake.memory import desk_memory
from articles.intake.settling import create_article, read_item
from articles.intake.state import settle_upload
from articles.models import Article, Receipt, Upload, UploadLogEntry

PERMISSION = "add_upload"
MEANWHILE = "Somebody did something else with it meanwhile. Load the page again."


def _log(upload: Upload, *, by: Person, action: str, summary: str) -> None:
    UploadLogEntry.objects.create(upload=upload, person=by, action=action, summary=summary[:500])


def _with_tasks(change: Callable[[], None], enqueue: Callable[[], None]) -> None:
    """A change and the tasks for it: together where the engine's tasks are rows of ours, else one after the other."""
    with transaction.atomic():
        change()
        if queue.in_database():
            enqueue()
    if not queue.in_database():
        enqueue()


def pause(upload: Upload, *, by: Person) -> None:
    """Workers end the item that they are at and begin no other."""
    check_may(by, PERMISSION)
    with transaction.atomic():
        at_work = Upload.objects.filter(pk=upload.pk, state__in=(Upload.WAITING, Upload.RUNNING))
        if not at_work.update(state=Upload.PAUSED):
            raise Refused("There is nothing to pause: it is paused, cancelled or done already.")
        _log(upload, by=by, action="pause", summary="paused it")


def go_on(upload: Upload, *, by: Person) -> None:
    """Go on with a paused upload, or with one that nobody works on."""
    check_may(by, PERMISSION)

    def change() -> None:
        if Upload.objects.filter(pk=upload.pk, state=Upload.PAUSED).update(
            state=Upload.WAITING, touched_at=timezone.now()
        ):
            _log(upload, by=by, action="go_on", summary="went on with it")
        elif not Upload.objects.unfinished().filter(pk=upload.pk).exists():
            raise Refused("There is nothing to go on with.")

    _with_tasks(change, lambda: queue.enqueue_all(upload))
    settle_upload(upload.pk)


def cancel(upload: Upload, *, by: Person) -> None:
    """End it. What was read stays on the desk; what waits is skipped, and its bytes are kept for another try."""
    check_may(by, PERMISSION)
    now = timezone.now()
    with transaction.atomic():
        open_ones = Upload.objects.filter(pk=upload.pk, state__in=(Upload.WAITING, Upload.RUNNING, Upload.PAUSED))
        if not open_ones.update(state=Upload.CANCELLED, finished_at=now):
            raise Refused("There is nothing to cancel: it is cancelled or done already.")
        left = upload.receipts.waiting().update(
            outcome=Receipt.SKIPPED,
            skipped_by=by,
            message="The upload was cancelled before it was read.",
            settled_at=now,
        )
        uncut = list(upload.files.filter(finished=False))
        upload.files.filter(finished=False).update(
            finished=True, problem="The upload was cancelled before all of it was cut into items."
        )
        _log(upload, by=by, action="cancel", summary=f"cancelled it, with {left} item{'' if left == 1 else 's'} unread")
    for file in uncut:
        drop_pieces(file)


def retry(receipt: Receipt, *, by: Person) -> None:
    """Read an item again that failed or was skipped."""
    check_may(by, PERMISSION)
    upload = receipt.upload

    def change() -> None:
        if not _wait_again(upload, {"pk": receipt.pk}):
            raise Refused(_why_not(receipt))
        _log(upload, by=by, action="retry", summary=f"tried “{receipt.name}” again")

    _with_tasks(
        change, lambda: queue.enqueue_reading(upload, receipt.position, receipt.position, priority=queue.soon())
    )


def retry_failures(upload: Upload, *, by: Person) -> int:
    """Read all items again that failed and whose bytes were kept; how many there are."""
    check_may(by, PERMISSION)
    count = 0

    def change() -> None:
        nonlocal count
        count = _wait_again(upload, {"outcome": Receipt.FAILED})
        if not count:
            raise Refused("There is no failed item of which the bytes were kept.")
        _log(upload, by=by, action="retry", summary=f"tried {count} failed item{'' if count == 1 else 's'} again")

    _with_tasks(change, lambda: queue.enqueue_all(upload))
    return count


def _wait_again(upload: Upload, which: dict[str, object]) -> int:
    """Let items wait once more. The caller holds the transaction."""
    again = upload.receipts.filter(outcome__in=(Receipt.FAILED, Receipt.SKIPPED), original__isnull=False, **which)
    count = again.update(
        outcome=Receipt.WAITING, attempts=0, message="", skipped_by=None, settled_at=None, article=None
    )
    if count:
        ended = Upload.objects.filter(pk=upload.pk, state__in=(Upload.DONE, Upload.CANCELLED))
        ended.update(state=Upload.WAITING, finished_at=None, touched_at=timezone.now())
    return count


def _why_not(receipt: Receipt) -> str:
    if receipt.original_id is None:
        return "Its bytes were not kept: bring it in again."
    return MEANWHILE


def skip(receipt: Receipt, *, by: Person) -> None:
    """Leave an item that waits or failed; its bytes are kept."""
    check_may(by, PERMISSION)
    with transaction.atomic():
        open_ones = Receipt.objects.filter(pk=receipt.pk, outcome__in=(Receipt.WAITING, Receipt.FAILED))
        if not open_ones.update(
            outcome=Receipt.SKIPPED, skipped_by=by, message="Left by a person's word.", settled_at=timezone.now()
        ):
            raise Refused(MEANWHILE)
        _log(receipt.upload, by=by, action="skip", summary=f"skipped “{receipt.name}”")
    settle_upload(receipt.upload_id)


def keep_apart(receipt: Receipt, *, by: Person) -> Article:
    """A duplicate becomes an article of its own, beside the one that has the same words."""
    return _own_article(receipt, by=by, version=False)


def new_version(receipt: Receipt, *, by: Person) -> Article:
    """A duplicate becomes an article that is a new version of the one that is there; that one stays as it is."""
    return _own_article(receipt, by=by, version=True)


def _own_article(receipt: Receipt, *, by: Person, version: bool) -> Article:
    check_may(by, PERMISSION)
    twin = receipt.article
    if receipt.outcome != Receipt.DUPLICATE or twin is None or receipt.original_id is None:
        raise Refused(MEANWHILE)
    found = read_item(receipt, memory=desk_memory(), even_if_there=True)
    if found.scraped is None or found.read is None:
        raise Refused(found.problem or "It could not be read.")
    what = f"a new version of article {twin.pk}" if version else "an article of its own"
    with transaction.atomic():
        # Of two who decide at once one finds it decided.
        if not Receipt.objects.filter(pk=receipt.pk, outcome=Receipt.DUPLICATE).update(outcome=Receipt.FAILED):
            raise Refused(MEANWHILE)
        article = create_article(
            receipt,
            found.scraped,
            found.read,
            found.fingerprint,
            version_of=twin if version else None,
            kept_apart=not version,
            by=by,
            said=f"made it {what}, from the duplicate “{receipt.name}”",
        )
        Receipt.objects.filter(pk=receipt.pk).update(
            outcome=Receipt.CREATED,
            article=article,
            message=f"Made {what} by a person's word.",
            settled_at=timezone.now(),
        )
        action = "new_version" if version else "keep_apart"
        _log(receipt.upload, by=by, action=action, summary=f"made “{receipt.name}” {what}")
    return article

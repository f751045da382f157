"""What an upload is at: done as soon as nothing of it waits."""

from django.utils import timezone

from articles.models import Upload


def at_work(pk: int) -> bool:
    """Whether an upload is to be worked on now; one that only waited is running from here on. Asked before every item, so
    that it writes only where something changes."""
    state = Upload.objects.filter(pk=pk).values_list("state", flat=True).first()
    if state == Upload.WAITING:
        return bool(Upload.objects.filter(pk=pk, state=state).update(state=Upload.RUNNING)) or at_work(pk)
    return state == Upload.RUNNING


def settle_upload(pk: int) -> None:
    """Mark an upload as done when no item of it waits and no file is to be cut. Asked after every run of items: whoever
    commits the last of them finds nothing left."""
    Upload.objects.finished().filter(pk=pk).update(state=Upload.DONE, finished_at=timezone.now())

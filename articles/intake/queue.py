"""From an upload to its tasks, whichever engine runs them."""

from articles.models import Upload


def in_database() -> bool:
    """Whether the engine keeps its tasks in our own database, so that they can be written with what they are about."""
    return False


def enqueue_all(upload: Upload) -> None:
    """A task for everything of the upload that waits."""
    from articles.intake.uploads import work_through

    work_through(upload)

"""What the review page says of blind tagging, and what it hides from a person who is at it."""

from typing import Any

from articles.actions.blind import COMPARED, called
from articles.actions.recording import Person
from articles.models import Article

HIDDEN = "decided on tags, hidden while you tag it blind"


class Blindfold:
    """Who tagged an article blind, as one person of the desk may know it."""

    def __init__(self, article: Article, user: Person) -> None:
        self._rows = list(article.blind_taggings.select_related("editor"))
        self._own = next((row for row in self._rows if row.editor_id == user.pk), None)

    @property
    def on(self) -> bool:
        """Whether this person tags the article blind now; then nobody's tags on it are shown."""
        return self._own is not None and self._own.finished_at is None

    @property
    def done(self) -> bool:
        """Whether this person tagged it blind and has finished."""
        return self._own is not None and self._own.finished_at is not None

    @property
    def finished(self) -> list[str]:
        return [called(row.editor) for row in self._rows if row.finished_at is not None]

    @property
    def compared(self) -> bool:
        return len(self.finished) >= COMPARED

    def veil(self, entry: Any) -> None:
        """Hide what an entry of the history says of tags. The entry is shown, not saved."""
        if self.on and any(step["model"] == "mention" for step in entry.changes):
            entry.summary, entry.reason, entry.can_undo = HIDDEN, "", False

"""What waits for an editor to tag it blind: what colleagues asked for, and what was begun and not finished."""

from dataclasses import dataclass
from functools import cached_property

from articles.actions.blind import MAY, called
from articles.actions.recording import Person
from articles.models import Article, BlindRequest, BlindTagging

LISTED = 5
TEXTS = ("raw_text", "clean_text", "searchable", "markup", "dates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article; ``by``: who asked, "" where it was begun."""

    article: Article
    by: str = ""


class BlindWaiting:
    """The articles that wait for one editor's blind tagging; so many are ``listed``, None: all."""

    def __init__(self, user: Person, *, listed: int | None = LISTED) -> None:
        self._user = user
        self._most = listed

    @cached_property
    def rows(self) -> list[Row]:
        """Those that were begun, then those that somebody asked for."""
        if not self._user.has_perm(f"articles.{MAY}"):
            return []
        texts = [f"article__{name}" for name in TEXTS]
        mine = {"editor_id": self._user.pk}
        begun = BlindTagging.objects.filter(**mine, finished_at=None).select_related("article").defer(*texts)
        asked = BlindRequest.objects.filter(**mine).select_related("article", "by").defer(*texts)
        return [Row(article=row.article) for row in begun] + [
            Row(article=row.article, by=called(row.by)) for row in asked
        ]

    @property
    def listed(self) -> list[Row]:
        return self.rows[: self._most]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.listed)

    @property
    def keys(self) -> set[int]:
        """The articles that this editor tags blind now."""
        return {row.article.pk for row in self.rows if not row.by}

"""The page on which an editor tags an article blind: its words, and this editor's own tags on them."""

from dataclasses import dataclass
from functools import cached_property

from articles.actions.blind import COMPARED, called, tagging_of
from articles.actions.recording import Person
from articles.actions.selecting import Selecting
from articles.core.edits import Span
from articles.core.panes import Mark, Run, runs
from articles.core.values import READING_ORDER
from articles.models import Article, BlindTag, Block
from articles.models.entities import ENTITY_TYPES
from articles.models.texts import block_clean
from articles.views.panels.tags import SIGNS


@dataclass(slots=True, kw_only=True)
class Words:
    """One block that may carry tags, with the editor's marks."""

    block: Block
    runs: list[Run]


@dataclass(slots=True, kw_only=True)
class Group:
    """One's tags of a type on the same words."""

    first: BlindTag
    tags: list[BlindTag]


class BlindPage:
    """An article as an editor sees it who tags it blind. Nobody else's tags are ever asked for here."""

    entity_types = ENTITY_TYPES

    def __init__(self, article: Article, user: Person) -> None:
        self.article = article
        self.user = user
        self.tagging = tagging_of(article, user)
        self.problem = ""
        self.notice = ""
        self.sent_words = ""

    @property
    def open(self) -> bool:
        return self.tagging is not None and self.tagging.finished_at is None

    @property
    def done(self) -> bool:
        return self.tagging is not None and self.tagging.finished_at is not None

    @cached_property
    def finished(self) -> list[str]:
        """Who has finished, this editor aside."""
        rows = self.article.blind_taggings.exclude(finished_at=None).exclude(editor_id=self.user.pk)
        return [called(row.editor) for row in rows.select_related("editor")]

    @cached_property
    def asked_by(self) -> str:
        """Who asked this editor to tag it blind; "" where nobody did."""
        row = self.article.blind_requests.filter(editor_id=self.user.pk).select_related("by").first()
        return called(row.by) if row else ""

    @property
    def may_go_back(self) -> bool:
        return self.done and len(self.finished) + 1 < COMPARED

    @property
    def compared(self) -> bool:
        return len(self.finished) + self.done >= COMPARED

    @cached_property
    def knows(self) -> bool:
        """Whether this editor has decided on tags of the article, so that they are known already."""
        return self.article.mentions.filter(decided_by_id=self.user.pk).exists()

    @cached_property
    def tags(self) -> list[BlindTag]:
        return list(self.tagging.tags.all()) if self.tagging else []

    @cached_property
    def words(self) -> list[Words]:
        """The blocks as they are read: title, subtitle, then the rest, captions where they stand."""
        edits = list(self.article.edits.all())
        marks = [
            Mark(
                span=Span(row.start, row.end),
                name=f"tag tag-{row.type} tag-confirmed",
                id=f"blind-{row.pk}",
                label=row.get_type_display().lower(),
                surface=row.surface,
                layer=row.type,
                sign=SIGNS[row.type],
            )
            for row in self.tags
        ]
        blocks = sorted(
            Selecting(self.article).taggable, key=lambda block: (READING_ORDER.get(block.kind, 2), block.start)
        )
        found = []
        for block in blocks:
            inside = [mark for mark in marks if block.start <= mark.span.start and mark.span.end <= block.end]
            found.append(Words(block=block, runs=runs(block_clean(self.article, block, edits), inside)))
        return found

    @cached_property
    def _shown(self) -> set[str]:
        return {mark.id for words in self.words for run in words.runs for mark in run.marks}

    @cached_property
    def groups(self) -> list[tuple[str, list[Group]]]:
        """The tags that stand on the page, by type, each words once."""
        groups: dict[tuple[str, str], Group] = {}
        for row in self.tags:
            if f"blind-{row.pk}" in self._shown:
                key = row.type, row.surface
                groups.setdefault(key, Group(first=row, tags=[])).tags.append(row)
        return [
            (label, found)
            for name, label in ENTITY_TYPES
            for found in [[group for (type_, _), group in groups.items() if type_ == name]]
            if found
        ]

    @property
    def lost(self) -> list[BlindTag]:
        """Tags whose words are not in the text now; they come back with their block."""
        return [row for row in self.tags if f"blind-{row.pk}" not in self._shown]

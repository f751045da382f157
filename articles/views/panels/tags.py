"""The tags panel: mentions grouped by what they name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from articles.actions.linking import SENSES
from articles.actions.tags import CAPTION_KINDS, WHY_REJECTED, group_of
from articles.core.edits import CleanText, Span
from articles.core.entities.linking import telling
from articles.models import Article, Block, Mention
from articles.models.bearers import bearers
from articles.models.entities import ENTITY_TYPES
from articles.views.panels.linking import Choice, Linking, asked_of, keys_of

# The actions that may reject a tag.
REJECTING = ("reject_tag", "change_tag", "tag", "undo")


@dataclass(slots=True, kw_only=True)
class TagGroup:
    """All mentions of one name, as the tags panel lists them."""

    first: Mention
    mentions: list[Mention]
    choices: list[Choice] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return any(mention.state == "suggested" for mention in self.mentions)

    @property
    def full(self) -> str:
        """The fullest name that the article gives."""
        return self.first.whole or self.first.named

    @property
    def asks_sense(self) -> Mention | None:
        """A mention of which only an editor can tell whether the place is meant, or who governs there."""
        return next((mention for mention in self.mentions if mention.sense == "open"), None)

    @property
    def senses(self) -> list[str]:
        """What else its mentions mean, in words."""
        found = {mention.sense for mention in self.mentions}
        return [label for sense, label in SENSES.items() if sense in found]


class TagsPanel:
    """All tags of an article, in groups, with those that cannot be placed and those that were rejected."""

    why_rejected = WHY_REJECTED

    def __init__(self, mentions: Sequence[Mention], clean: CleanText, article: Article | None = None) -> None:
        self.mentions = mentions
        self.clean = clean
        self.article = article

    @cached_property
    def groups(self) -> list[tuple[str, list[TagGroup]]]:
        """Tags by type and name; suggested before confirmed before those that cannot be placed."""
        groups: dict[tuple[str, int | None, str], TagGroup] = {}
        for mention in self.mentions:
            if mention.state == "rejected" or not self._placed(mention):
                continue
            key = group_of(mention, self.clean)
            mention.scope = self._where[mention.pk]  # to be shown, not saved
            if key in groups:
                groups[key].mentions.append(mention)
            else:
                groups[key] = TagGroup(first=mention, mentions=[mention])
        self._add_choices(list(groups.values()))
        return [
            (label, sorted(found, key=lambda group: (not group.open, group.first.start)))
            for name, label in ENTITY_TYPES
            for found in [[group for group in groups.values() if group.first.type == name]]
            if found
        ]

    def _add_choices(self, groups: Sequence[TagGroup]) -> None:
        """Who may be meant, for every name that no person linked."""
        if self.article is None:
            return
        known = bearers()
        words = telling(self.clean.text)
        beside = {row.entity_id: row.entity.name for row in self.mentions if row.entity_id and row.state != "rejected"}
        asked = [
            (group, one)
            for group in groups
            if group.open or not group.first.entity_id
            for one in [asked_of(group.first, self.article, words=words, beside=beside)]
            # Nobody else bears the name of whom the machine linked: there is nothing to choose.
            if keys_of(one, known) != (group.first.entity_id,)
        ]
        linking = Linking(self.article, [one for _, one in asked], known)
        for group, one in asked:
            group.choices = linking.choices(one)

    def _placed(self, mention: Mention) -> bool:
        """Whether the words of a tag still stand somewhere: in the clean text, or in a caption of raw."""
        return mention.pk in self._where

    @cached_property
    def _where(self) -> dict[int, str]:
        """Where the words of each tag stand now, "text" or "caption", whatever they were when they were tagged."""
        where: dict[int, str] = {}
        lost = []
        for mention in self.mentions:
            if self.clean.place(Span(start=mention.start, end=mention.end), mention.surface) is not None:
                where[mention.pk] = "text"
            else:
                lost.append(mention)
        if lost:
            # In a kept caption they would have been placed, but for a correction that took them out.
            rows = Block.objects.filter(article=lost[0].article_id, kind__in=CAPTION_KINDS, kept=False)
            captions = [Span(start=block.start, end=block.end) for block in rows]
            for mention in lost:
                span = Span(start=mention.start, end=mention.end)
                if any(caption.covers(span) for caption in captions):
                    where[mention.pk] = "caption"
        return where

    @cached_property
    def tray(self) -> list[Mention]:
        """Tags whose words are not in the clean text any more; they come back with their block."""
        return [mention for mention in self.mentions if mention.state != "rejected" and not self._placed(mention)]

    @cached_property
    def rejected(self) -> list[Mention]:
        """Rejected tags, each with ``rejected_at``: when, where the history still says so."""
        rows = [mention for mention in self.mentions if mention.state == "rejected"]
        when = self._rejected_at() if rows and self.article else {}
        for row in rows:
            row.rejected_at = when.get(row.pk)  # type: ignore[attr-defined]
        return rows

    def _rejected_at(self) -> dict[int, datetime]:
        """Tag -> when it was rejected last."""
        when: dict[int, datetime] = {}
        entries = self.article.log.filter(action__in=REJECTING).order_by("pk") if self.article else ()
        for entry in entries:
            for step in entry.changes:
                if step["model"] == "mention" and (step["after"] or {}).get("state") == "rejected":
                    when[step["pk"]] = entry.at
        return when

    @cached_property
    def suggested(self) -> int:
        """How many names wait for a yes or no; a name is one question however often it is mentioned."""
        return len({(row.type, row.surface) for row in self.mentions if row.state == "suggested"})

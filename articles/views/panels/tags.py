"""The tags panel: mentions grouped by what they name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from articles.actions.selecting import CAPTION_KINDS
from articles.actions.tags import group_of
from articles.core.edits import CleanText, Span
from articles.models import Block, Entity, Mention
from articles.models.entities import ENTITY_TYPES


@dataclass(slots=True, kw_only=True)
class TagGroup:
    """All mentions of one name, as the tags panel lists them."""

    first: Mention
    mentions: list[Mention]
    candidates: list[Entity] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return any(mention.state == "suggested" for mention in self.mentions)


class TagsPanel:
    """All tags of an article, in groups, with those that cannot be placed and those that were rejected."""

    def __init__(self, mentions: Sequence[Mention], clean: CleanText) -> None:
        self.mentions = mentions
        self.clean = clean

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
        self._add_candidates(list(groups.values()))
        return [
            (label, sorted(found, key=lambda group: (not group.open, group.first.start)))
            for name, label in ENTITY_TYPES
            for found in [[group for group in groups.values() if group.first.type == name]]
            if found
        ]

    def _add_candidates(self, groups: Sequence[TagGroup]) -> None:
        wanted = {name for group in groups if not group.first.entity_id for name in _names(group.first)}
        if not wanted:
            return
        entities: dict[str, list[Entity]] = {}
        for entity in Entity.objects.filter(name__in=wanted) | Entity.objects.filter(aliases__name__in=wanted):
            for name in {entity.name, *(alias.name for alias in entity.aliases.all())} & wanted:
                if entity not in entities.setdefault(name, []):
                    entities[name].append(entity)
        for group in groups:
            if not group.first.entity_id:
                found = [e for name in _names(group.first) for e in entities.get(name, [])]
                group.candidates = [e for e in dict.fromkeys(found) if e.type == group.first.type]

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

    @property
    def rejected(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.state == "rejected"]

    @cached_property
    def suggested(self) -> int:
        """How many names wait for a yes or no; a name is one question however often it is mentioned."""
        return len({(row.type, row.surface) for row in self.mentions if row.state == "suggested"})


def _names(mention: Mention) -> list[str]:
    return [name for name in (mention.candidate, mention.surface) if name]

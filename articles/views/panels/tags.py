"""The tags panel: mentions grouped by what they name, and what cannot be placed, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from articles.actions.selecting import CAPTION_KINDS
from articles.actions.tags import WHY_REJECTED, group_of
from articles.core.cleaning.certainty import UNSURE
from articles.core.edits import CleanText, Span
from articles.core.entities.linking import telling
from articles.core.panes import Mark
from articles.forms.review import BY_CONFIDENCE, BY_PLACE
from articles.models import Article, Block, Mention
from articles.models.entities import ENTITY_TYPES
from articles.models.tags import SENSES
from articles.views.panels.linking import Choice, Linking, asked_of, keys_of, known_of

# The actions that may reject a tag.
REJECTING = ("reject_tag", "change_tag", "tag", "undo")

LONGEST_SHOWN = 80
# How sure a suggestion must be to be confirmed with the others, in hundredths.
THRESHOLDS = (95, 90, 80)
# The letters before a tag in the text, as the legend says them.
SIGNS = {"person": "Pe", "organisation": "Or", "place": "Pl", "event": "Ev"}
LEGEND = [(SIGNS[name], label.lower()) for name, label in ENTITY_TYPES]


def mark_of(mention: Mention) -> Mark:
    """A tag as it stands in the text."""
    weak = mention.state == "suggested" and mention.score < UNSURE
    sure = f", {mention.percent} % sure" if mention.state == "suggested" else ""
    return Mark(
        span=Span(start=mention.start, end=mention.end),
        name=f"tag tag-{mention.type} tag-{mention.state}{' tag-weak' if weak else ''}",
        id=f"mention-{mention.pk}",
        label=f"{mention.get_type_display().lower()}, {mention.get_state_display()}{sure}",
        surface=mention.surface,
        layer=mention.type,
        sign=SIGNS[mention.type] + ("?" if weak else ""),
        dotted=mention.state == "suggested",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A tag in the tray: why its words cannot be placed; the removed block that would bring it back, if one would; the
    words that were put in their place, if any."""

    mention: Mention
    why: str
    block: Block | None = None
    now: str = ""


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
    def asked_of(self) -> int:
        """Of how many of its mentions only an editor can tell."""
        return sum(1 for mention in self.mentions if mention.sense == "open")

    @property
    def senses(self) -> list[str]:
        """What else its mentions mean, in words."""
        found = {mention.sense for mention in self.mentions}
        return [label for sense, label in SENSES.items() if sense in found]

    @property
    def power(self) -> bool:
        """Whether the words name a country or capital, and mean who governs there."""
        return self.first.sense == "power"

    @property
    def written(self) -> list[str]:
        """The names by which the text calls it, where its own is another: "Rabat" is the government of Morocco."""
        if not self.power or self.first.entity is None:
            return []
        return list(dict.fromkeys(" ".join(mention.surface.split()) for mention in self.mentions))

    @property
    def score(self) -> float:
        """How sure the machine is of the least sure mention that is still open."""
        return min((mention.score for mention in self.mentions if mention.state == "suggested"), default=1.0)

    @property
    def sure(self) -> str:
        """How sure the machine is of the mentions that are still open: a range where they differ."""
        ranked = sorted((row for row in self.mentions if row.state == "suggested"), key=lambda row: row.score)
        least, most = ranked[0], ranked[-1]
        word = f"{least.level} " if least.level == most.level else ""
        return word + (f"{least.percent} %" if least.percent == most.percent else f"{least.percent}–{most.percent} %")

    @property
    def weak(self) -> bool:
        """Whether all of it is more of a guess than a suggestion."""
        return all(row.score < UNSURE for row in self.mentions if row.state == "suggested")


class TagsPanel:
    """All tags of an article, in groups, with those that cannot be placed and those that were rejected."""

    why_rejected = WHY_REJECTED
    legend = LEGEND

    def __init__(
        self,
        mentions: Sequence[Mention],
        clean: CleanText,
        article: Article | None = None,
        *,
        blocks: Sequence[Block] = (),
        by: str = BY_CONFIDENCE,
    ) -> None:
        self.mentions = mentions
        self.clean = clean
        self.article = article
        self.blocks = blocks
        self.by = by

    @cached_property
    def groups(self) -> list[tuple[str, list[TagGroup]]]:
        """Tags by name, under headings: what is suggested, the surest first, then what is confirmed by type; or all as
        they stand in the text."""
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
        if self.by == BY_PLACE:
            in_order = sorted(groups.values(), key=lambda group: group.first.start)
            return [("As they stand in the text", in_order)] if in_order else []
        suggested = sorted((group for group in groups.values() if group.open), key=_surest_first)
        confirmed = [
            (f"{label}, confirmed", found)
            for name, label in ENTITY_TYPES
            for found in [[group for group in groups.values() if group.first.type == name and not group.open]]
            if found
        ]
        return [*([("Suggested", suggested)] if suggested else []), *confirmed]

    @property
    def thresholds(self) -> list[tuple[int, int]]:
        """(hundredths, how many suggested mentions are at least that sure), for each that would take any."""
        counts = [(least, sum(1 for row in self._open if row.score >= least / 100)) for least in THRESHOLDS]
        return [(least, count) for least, count in counts if count]

    @cached_property
    def _open(self) -> list[Mention]:
        return [row for row in self.mentions if row.state == "suggested" and self._placed(row)]

    @property
    def open_mentions(self) -> int:
        """How many suggested mentions stand in the text or in a caption."""
        return len(self._open)

    def _add_choices(self, groups: Sequence[TagGroup]) -> None:
        """Who may be meant, for every name that no person linked."""
        if self.article is None:
            return
        words = telling(self.clean.text)
        beside = {row.entity_id: row.entity.name for row in self.mentions if row.entity_id and row.state != "rejected"}
        open_ones = [
            (group, asked_of(group.first, self.article, words=words, beside=beside))
            for group in groups
            if group.open or not group.first.entity_id
        ]
        known = known_of(one for _, one in open_ones)
        # Where nobody else bears the name of whom the machine linked, there is nothing to choose.
        asked = [(group, one) for group, one in open_ones if keys_of(one, known) != (group.first.entity_id,)]
        linking = Linking(self.article, [one for _, one in asked], known)
        for group, one in asked:
            choices = linking.choices(one)
            # A government's country bears the name too: of organisations it may be the only one.
            group.choices = [] if [choice.entity.pk for choice in choices] == [group.first.entity_id] else choices

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
        # In a kept caption they would have been placed, but for a correction that took them out.
        captions = [block for block in self._removed if block.kind in CAPTION_KINDS]
        for mention in lost:
            if any(block.start <= mention.start and mention.end <= block.end for block in captions):
                where[mention.pk] = "caption"
        return where

    @cached_property
    def _removed(self) -> list[Block]:
        return [block for block in self.blocks if not block.kept]

    @cached_property
    def tray(self) -> list[Lost]:
        """Tags whose words are not in the clean text any more, each with the reason; they come back with their words."""
        lost = [mention for mention in self.mentions if mention.state != "rejected" and not self._placed(mention)]
        return [self._why(mention) for mention in lost]

    def _why(self, mention: Mention) -> Lost:
        span = Span(start=mention.start, end=mention.end)
        removed = [block for block in self._removed if block.start < span.end and span.start < block.end]
        if removed:
            block = removed[0]
            whole = block.start <= span.start and span.end <= block.end
            why = f"{'it stands' if whole else 'some of its words stand'} in a removed block: {block.reason}"
            return Lost(mention=mention, why=why, block=block)
        if sum(1 for block in self.blocks if block.start < span.end and span.start < block.end) > 1:
            return Lost(mention=mention, why="its words stand in two blocks now")
        now = " ".join(" ".join(place.of(self.clean.text) for place in self.clean.clean_spans(span)).split())
        if not now:
            return Lost(mention=mention, why="a correction took its words out")
        said = now if len(now) <= LONGEST_SHOWN else f"{now[:LONGEST_SHOWN]}…"
        return Lost(mention=mention, why=f"its words were corrected to “{said}”", now=now if said == now else "")

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


def _surest_first(group: TagGroup) -> tuple[float, int]:
    return -group.score, group.first.start

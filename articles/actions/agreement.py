"""What editors who tagged an article blind set side by side, and the desk's word on where they differ.

A difference is settled when the article has a decision on each tag of it: confirmed or rejected. So undoing a decision
opens it again, and what was decided on the review page counts too.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from articles.actions.blind import COMPARED, called, check_not_blind
from articles.actions.recording import Change, Person, Refused, changing
from articles.actions.selecting import Selecting
from articles.actions.tags import TYPES, confirming
from articles.core.edits import Span
from articles.core.entities.agreement import Difference, Tag, agreed, differences
from articles.models import Article, BlindTag, BlindTagging, Block, Mention
from articles.models.texts import block_shown, markup_of

WORD = re.compile(r"\w+")
type Way = tuple[tuple[tuple[str, str, int], ...], ...]


class Comparison:
    """The finished blind taggings of an article: who set what, what all agree on, where they differ."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.taggings: list[BlindTagging] = list(
            article.blind_taggings.exclude(finished_at=None).select_related("editor").prefetch_related("tags")
        )

    @property
    def ready(self) -> bool:
        """Whether enough have finished."""
        return len(self.taggings) >= COMPARED

    @property
    def names(self) -> str:
        return " and ".join(called(tagging.editor) for tagging in self.taggings)

    @cached_property
    def blocks(self) -> list[Block]:
        return Selecting(self.article).taggable

    def stands(self, start: int, end: int) -> bool:
        """Whether these words lie in a block that may carry tags."""
        return any(block.start <= start and end <= block.end for block in self.blocks)

    def block_of(self, tag: Tag) -> Block:
        return next(block for block in self.blocks if block.start <= tag.span.start and tag.span.end <= block.end)

    @cached_property
    def said(self) -> list[set[Tag]]:
        """The tags of each editor, in the order of ``taggings``, without those whose block was taken out since."""
        return [{as_tag(row) for row in self._rows(tagging)} for tagging in self.taggings]

    def _rows(self, tagging: BlindTagging) -> list[BlindTag]:
        return [row for row in tagging.tags.all() if self.stands(row.start, row.end)]

    @cached_property
    def surfaces(self) -> dict[Span, str]:
        return {as_tag(row).span: row.surface for tagging in self.taggings for row in tagging.tags.all()}

    @cached_property
    def lost(self) -> list[tuple[BlindTagging, BlindTag]]:
        """Tags whose block was taken out of the text since they were set."""
        return [
            (tagging, row)
            for tagging in self.taggings
            for row in tagging.tags.all()
            if not self.stands(row.start, row.end)
        ]

    @cached_property
    def decided(self) -> dict[Tag, str]:
        """What the article's own tags say by now: "confirmed" or "rejected"."""
        rows = self.article.mentions.exclude(state="suggested")
        return {as_tag(row): row.state for row in rows}

    @cached_property
    def agreed(self) -> list[Tag]:
        return agreed(self.said)

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(self.said)

    @property
    def open_agreed(self) -> list[Tag]:
        return [tag for tag in self.agreed if tag not in self.decided]

    def is_open(self, difference: Difference) -> bool:
        return any(tag not in self.decided for tag in difference.tags)

    @property
    def open_differences(self) -> list[Difference]:
        return [difference for difference in self.differences if self.is_open(difference)]

    def like(self, difference: Difference) -> list[Difference]:
        """This difference, and the open ones in which everybody tagged the same words in the same way."""
        others = self._open_by_way.get(self._way(difference), [])
        return [difference, *(other for other in others if other != difference)]

    @cached_property
    def _open_by_way(self) -> dict[Way, list[Difference]]:
        found: dict[Way, list[Difference]] = {}
        for difference in self.open_differences:
            found.setdefault(self._way(difference), []).append(difference)
        return found

    def _way(self, difference: Difference) -> Way:
        """What everybody said of which words, wherever they stand."""
        at = difference.span.start
        return tuple(
            tuple((self.surfaces[tag.span], tag.type, tag.span.start - at) for tag in tags) for tags in difference.said
        )

    @cached_property
    def words(self) -> list[Span]:
        """The words of the text that may carry tags, in raw and in its order."""
        markup = markup_of(self.article)
        found = []
        for block in self.blocks:
            shown = block_shown(self.article, block, markup)
            for match in WORD.finditer(shown.text):
                raw = shown.raw_spans(Span(match.start(), match.end()))
                found.append(Span(raw[0].start, raw[-1].end))
        return found


def as_tag(row: BlindTag | Mention) -> Tag:
    return Tag(span=Span(row.start, row.end), type=row.type)


def machine_tags(comparison: Comparison) -> set[Tag]:
    """What the machine suggested for the text as it stands, of the type that it suggested first."""
    first: dict[int, str] = {}
    for changes in comparison.article.log.exclude(changes=[]).order_by("pk").values_list("changes", flat=True):
        for step in changes:
            if step["model"] == "mention" and "type" in (step["before"] or {}):
                first.setdefault(step["pk"], step["before"]["type"])
    rows = comparison.article.mentions.exclude(origin="person")
    return {
        Tag(span=Span(row.start, row.end), type=first.get(row.pk, row.type))
        for row in rows
        if comparison.stands(row.start, row.end)
    }


def not_blind(comparison: Comparison) -> list[BlindTagging]:
    """The taggings of those who had decided on tags of the article before they began."""
    entries = comparison.article.log.exclude(changes=[]).values_list("person_id", "at", "changes")
    knew = [(person, at) for person, at, steps in entries if any(step["model"] == "mention" for step in steps)]
    return [
        tagging
        for tagging in comparison.taggings
        if any(person == tagging.editor_id and at < tagging.started_at for person, at in knew)
    ]


def take_agreed(article: Article, *, by: Person, seen: int) -> int:
    """Confirm every tag that all agree on and nobody has decided yet; how many."""
    check_not_blind(article, by=by)
    with changing(article, by=by, action="settle_tags", seen=seen) as change:
        comparison = _compared(change.article)
        taken = comparison.open_agreed
        verdict = _Verdict(change, comparison, taken, by)
        for tag in taken:
            verdict.confirm(tag)
        n = len(taken)
        change.summary = f"took the {'one tag' if n == 1 else f'{n} tags'} on which {comparison.names} agree"
    return len(taken)


def settle(article: Article, place: Span, choice: str, *, everywhere: bool = False, by: Person, seen: int) -> list[Tag]:
    """Decide a difference, and with ``everywhere`` the open ones like it: as "tagging-<pk>" has it, "all" that anybody
    set, or "none". What is not taken is rejected, so that it is not suggested again. Returns what was taken."""
    check_not_blind(article, by=by)
    with changing(article, by=by, action="settle_tags", seen=seen) as change:
        comparison = _compared(change.article)
        difference = _at(comparison, place)
        places = comparison.like(difference) if everywhere else [difference]
        taken = {tag for one in places for tag in _taken(comparison, one, choice)}
        verdict = _Verdict(change, comparison, [tag for one in places for tag in one.tags], by)
        for tag in [tag for one in places for tag in one.tags]:
            if tag in taken:
                verdict.confirm(tag)
            else:
                verdict.reject(tag)
        change.summary = _summary(comparison, difference, taken, choice, len(places))
    return sorted(taken)


def _summary(comparison: Comparison, difference: Difference, taken: set[Tag], choice: str, places: int) -> str:
    here = [tag for tag in difference.tags if tag in taken]
    words = " / ".join(dict.fromkeys(comparison.surfaces[tag.span] for tag in here or difference.tags))
    types = ", ".join(TYPES[tag.type].lower() for tag in here) or "no tag"
    whose = [f", as {called(row.editor)} has it" for row in comparison.taggings if choice == f"tagging-{row.pk}"]
    return f"settled “{words[:200]}”: {types}{''.join(whose)}{f', in {places} places' if places > 1 else ''}"


def _compared(article: Article) -> Comparison:
    comparison = Comparison(article)
    if not comparison.ready:
        raise Refused("There is nothing to settle before two editors have finished.")
    return comparison


def _at(comparison: Comparison, place: Span) -> Difference:
    alone = [Difference(span=tag.span, said=((tag,),) * len(comparison.taggings)) for tag in comparison.agreed]
    for difference in [*comparison.differences, *alone]:
        if difference.span == place:
            return difference
    raise Refused("That difference is not there any more: somebody finished meanwhile, or changed the text.")


def _taken(comparison: Comparison, difference: Difference, choice: str) -> set[Tag]:
    """The tags that a choice takes."""
    if choice == "none":
        return set()
    if choice == "all":
        if not difference.compatible:
            raise Refused("The same words cannot be two things. Take one of them.")
        return set(difference.tags)
    for tagging, said in zip(comparison.taggings, difference.said, strict=True):
        if choice == f"tagging-{tagging.pk}":
            return set(said)
    raise Refused("Choose whose tags to take.")


class _Verdict:
    """The desk's word on tags, put into the article's own: on the very same words what is there gives way or is taken."""

    def __init__(self, change: Change, comparison: Comparison, tags: Iterable[Tag], by: Person) -> None:
        self.change, self.comparison, self.by = change, comparison, by
        self.rows: dict[Span, list[Mention]] = {tag.span: [] for tag in tags}
        for row in change.article.mentions.all():
            if (span := Span(row.start, row.end)) in self.rows:
                change.check_seen(row)
                self.rows[span].append(row)

    def confirm(self, tag: Tag) -> None:
        for row in self.rows[tag.span]:
            if row.type != tag.type and row.state != "rejected":
                self.change.update(row, state="rejected", reason=self.reason, decided_by=self.by)
        self._say(tag, state="confirmed", reason="")

    def reject(self, tag: Tag) -> None:
        self._say(tag, state="rejected", reason=self.reason)

    @property
    def reason(self) -> str:
        return f"not taken when the tags of {self.comparison.names} were compared"[:300]

    def _say(self, tag: Tag, *, state: str, reason: str) -> None:
        said = {"state": state, "reason": reason, "decided_by": self.by}
        row = next((row for row in self.rows[tag.span] if row.type == tag.type), None)
        if row is None:
            where = {"start": tag.span.start, "end": tag.span.end, "surface": self.comparison.surfaces[tag.span]}
            scope = "text" if self.comparison.block_of(tag).kept else "caption"
            self.change.create(Mention, **where, type=tag.type, origin="person", scope=scope, **said)
        elif row.state != state:
            if state == "confirmed":
                # A link that the machine guessed is nobody's word where others bear the name.
                ((_, said),) = confirming([row], self.by)
            self.change.update(row, **said)

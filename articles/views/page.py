"""What the panels of the review page show: one object, each part made when a panel asks for it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from articles.actions.history import can_undo
from articles.actions.publishing import snapshot
from articles.actions.recording import Conflict, Person
from articles.actions.workflow import four_eyes_bar, open_transitions
from articles.core.attribution import ROLES
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import CleanText, Span, apply
from articles.core.metadata.fields import FIELDS
from articles.core.panes import Mark, Run, runs
from articles.core.workflow import AFTER_EDIT, TRANSITIONS, Status, Transition
from articles.models import Article, Attribution, Block, Entity, Field, Mention
from articles.models.facts import STATES
from articles.models.registry import ENTITY_TYPES
from articles.models.texts import block_clean, clean_of, edits_of, kept_in_order, markup_of

# What a form field and its verb are called on screen.
SPOKEN = {"do": "Decision", "text": "Value", "words": "Words", "via": "Via"}
DONE = {
    "keep": "Keep the block",
    "drop": "Drop the block",
    "kind": "Change its kind",
    "text": "Correct its words",
    "split": "Split it",
    "join": "Join it with the next",
    "fix": "Correct the fact",
    "forget": "Set it to unknown",
    "confirm": "It is right",
    "reject": "Reject the tag",
    "remove": "Remove the source",
    "correct": "Correct the source",
}
UNSURE = 0.7  # below this the machine's word on a block is shown as unsure


@dataclass(slots=True, kw_only=True)
class Row:
    """One block on both sides. ``moved``: it is read at the top, and a ghost stands in its place."""

    block: Block
    number: int
    raw: list[Run]
    clean: list[Run]
    lines: int
    moved: bool = False
    edits: int = 0

    @property
    def unsure(self) -> bool:
        return self.block.decided_by != "person" and self.block.confidence < UNSURE


@dataclass(slots=True, kw_only=True)
class TagGroup:
    """All mentions of one name, as the tags panel lists them."""

    first: Mention
    mentions: list[Mention]
    candidates: list[Entity] = field(default_factory=list)
    placed: bool = True

    @property
    def open(self) -> bool:
        return any(mention.state == "suggested" for mention in self.mentions)


class ReviewPage:
    """The review page of one article for one person."""

    kinds = list(KINDS.values())
    kind_groups = [
        (label, [kind for kind in KINDS.values() if kind.group == group])
        for group, label in (("article", "Article"), ("about", "About it"), ("boilerplate", "Boilerplate"))
    ]
    roles = list(ROLES.values())
    entity_types = ENTITY_TYPES
    states = [name for name, _ in STATES]

    def __init__(self, article: Article, user: Person) -> None:
        self.article = article
        self.user = user
        self.problem = ""
        self.sent: list[tuple[str, str]] = []
        self.sent_to = ""
        self.conflict: Conflict | None = None
        self.stale = False
        self.step: Transition | None = None
        self.step_open = False
        self.bar = ""

    @property
    def status(self) -> Status:
        return Status(self.article.status)

    @property
    def may_review(self) -> bool:
        """Whether this person may change the article as it stands."""
        return self.user.has_perm("articles.review_article") and self.status in AFTER_EDIT

    @cached_property
    def transitions(self) -> list[tuple[Transition, str]]:
        """The ways on for this person, each with what bars it all the same."""
        return [
            (step, four_eyes_bar(self.article, step, by=self.user))
            for step in open_transitions(self.article, by=self.user)
        ]

    @cached_property
    def blocks(self) -> list[Block]:
        return list(self.article.blocks.select_related("person"))

    @cached_property
    def edits(self) -> list[Any]:
        return list(self.article.edits.all())

    @cached_property
    def markup(self) -> list[Any]:
        return markup_of(self.article)

    def _at(self, start: int | None) -> Block | None:
        """The block in which a point of raw lies."""
        if start is None or not self.blocks:
            return None
        return self.blocks[max(bisect_right(self.blocks, start, key=lambda block: block.start) - 1, 0)]

    def _placed_rows[R](self, rows: Iterable[R]) -> list[R]:
        """Rows that hold a proof, each with ``where``: the id of the block in which it stands."""
        found = list(rows)
        for row in found:
            block = self._at(getattr(row, "start", None))
            row.where = f"block-{block.pk}" if block else "text"  # type: ignore[attr-defined]
            row.block = block.pk if block else None  # type: ignore[attr-defined]
        return found

    @property
    def sent_spoken(self) -> list[tuple[str, str]]:
        """What a person sent, in the words of the page."""
        spoken = []
        for name, value in self.sent:
            if value and name not in {"start", "end", "everywhere", "at", "number", "entity"}:
                spoken.append((SPOKEN.get(name, name.capitalize()), DONE.get(value, value) if name == "do" else value))
        return spoken

    @property
    def sent_words(self) -> str:
        """What a person typed, to be shown again when it could not be taken."""
        return "\n".join(value for name, value in self.sent if name in {"words", "text", "name", "reason"} and value)

    @property
    def theirs(self) -> str:
        """In a conflict: what stands there now, in words."""
        row = self.conflict.row if self.conflict else None
        match row:
            case Block():
                kept = "kept" if row.kept else "removed"
                return f"{row.about.label}, {kept} ({row.reason}): {block_clean(self.article, row, self.edits).text}"
            case Field():
                return f"{row.about.label}: {row.shown or 'unknown'} ({row.reason})"
            case Attribution():
                return f"{row.about.label}: {row.name or 'unknown'} ({row.decision})"
            case Mention():
                return f"{row.surface}: {row.type}, {row.state}"
            case Article():
                return f"{Status(row.status).label}, last changed by {row.last_editor or 'the machine'}"
            case None:
                return ""
        return str(row)

    @cached_property
    def mentions(self) -> list[Mention]:
        """All tags, each with ``spoken``: the entity's name, or its words as they are corrected by now."""
        rows = self._placed_rows(self.article.mentions.select_related("entity"))
        for row in rows:
            placed = self.clean.place(Span(start=row.start, end=row.end), row.surface) if not row.entity_id else None
            row.spoken = placed.of(self.clean.text) if placed else row.named
        return rows

    @cached_property
    def clean(self) -> CleanText:
        return clean_of(self.article, self.blocks, self.edits)

    @cached_property
    def marks(self) -> list[Mark]:
        """Everything that stands on words: tags, proofs of facts and links, restrictions, flags."""
        marks = [
            Mark(
                span=Span(start=mention.start, end=mention.end),
                name=f"tag tag-{mention.type} tag-{mention.state}",
                id=f"mention-{mention.pk}",
                label=f"{mention.get_type_display()}, {mention.get_state_display()}",
                surface=mention.surface,
            )
            for mention in self.mentions
            if mention.state != "rejected"
        ]
        proofs = [
            *((row, "proof", f"proof-field-{row.name}") for row in self.fields if row.start is not None),
            *((row, "proof", f"proof-link-{row.pk}") for row in self.links if row.start is not None),
            *((row, "proof restriction", f"proof-right-{row.pk}") for row in self.rights),
            *((row, "flag", f"flag-{row.pk}") for row in self.flags if row.start < row.end),
        ]
        marks += [Mark(span=Span(start=row.start, end=row.end), name=name, id=id_) for row, name, id_ in proofs]
        return marks

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(number, block) for number, block in enumerate(self.blocks, 1)]

    @cached_property
    def moved(self) -> set[int]:
        """Keys of the titles and subtitles that are read before a block which stands before them in raw."""
        in_raw = {block.pk: number for number, block in enumerate(block for block in self.blocks if block.kept)}
        return {block.pk for place, block in enumerate(kept_in_order(self.blocks)) if in_raw[block.pk] > place}

    def row(self, pk: int) -> Row | None:
        """The row of one block, without making the others."""
        for number, block in enumerate(self.blocks, 1):
            if block.pk == pk:
                return self._row(number, block)
        return None

    def _row(self, number: int, block: Block) -> Row:
        marks = self._marks_by_block.get(block.pk, [])
        edits = self._edits_by_block.get(block.pk, [])
        markup = self._markup_by_block.get(block.pk, [])
        span = Span(start=block.start, end=block.end)
        shown = apply(self.article.raw_text, [span], markup)
        in_clean = [mark for mark in marks if mark.name.startswith("tag")]
        words = apply(self.article.raw_text, [span], [*markup, *edits_of(edits)])
        clean = runs(words, in_clean) if block.kept else []
        return Row(
            block=block,
            number=number,
            raw=self._without_indents(runs(shown, marks)),
            clean=clean,
            lines=sum(1 for line in shown.text.splitlines() if line.strip()),
            moved=block.pk in self.moved,
            edits=sum(1 for edit in edits if edit.by == "person"),
        )

    def _by_block[T](self, items: Iterable[T], span: Callable[[T], tuple[int, int]]) -> dict[int, list[T]]:
        """Things that stand in raw, by the key of each block that they touch."""
        found: dict[int, list[T]] = {}
        starts = [block.start for block in self.blocks]
        for item in items:
            start, end = span(item)
            at = max(bisect_right(starts, start) - 1, 0)
            while at < len(self.blocks) and self.blocks[at].start < end:
                found.setdefault(self.blocks[at].pk, []).append(item)
                at += 1
        return found

    @cached_property
    def _marks_by_block(self) -> dict[int, list[Mark]]:
        return self._by_block(self.marks, lambda mark: (mark.span.start, mark.span.end))

    @cached_property
    def _edits_by_block(self) -> dict[int, list[Any]]:
        return self._by_block(self.edits, lambda edit: (edit.start, edit.end))

    @cached_property
    def _markup_by_block(self) -> dict[int, list[Any]]:
        return self._by_block(self.markup, lambda edit: (edit.span.start, edit.span.end))

    def _without_indents(self, found: list[Run]) -> list[Run]:
        """Runs as a browser shows them: in the source of a page, white space between two lines shows as nothing."""
        if self.article.format == "text":
            return found
        return [run for run in found if not (run.verbatim and "\n" in run.text and not run.text.strip())]

    @property
    def promoted(self) -> list[Row]:
        """Title and subtitle that stand further down in raw, as they are read: at the top."""
        return sorted((row for row in self.rows if row.moved), key=lambda row: row.block.kind != "title")

    @property
    def words(self) -> int:
        return len(self.clean.text.split())

    @property
    def removed(self) -> int:
        return sum(1 for block in self.blocks if not block.kept)

    @cached_property
    def unsure(self) -> int:
        return sum(1 for block in self.blocks if block.decided_by != "person" and block.confidence < UNSURE)

    @cached_property
    def fields(self) -> list[Field]:
        order = list(FIELDS)
        rows = self._placed_rows(self.article.fields.select_related("fixed_by"))
        for row in rows:
            if row.name == "title" and not row.fixed and self.article.title != row.shown.strip():
                row.value, row.reason = self.article.title, "as the title block says now"
        return sorted(rows, key=lambda row: order.index(row.name))

    @cached_property
    def links(self) -> list[Any]:
        order = list(ROLES)
        rows = self.article.attribution.exclude(decision="removed").select_related("outlet", "decided_by")
        return sorted(self._placed_rows(rows), key=lambda row: (order.index(row.role), row.pk))

    @cached_property
    def rights(self) -> list[Any]:
        return self._placed_rows(self.article.rights.all())

    @cached_property
    def flags(self) -> list[Any]:
        return self._placed_rows(self.article.flags.filter(dismissed=False))

    @cached_property
    def dates(self) -> list[dict[str, Any]]:
        found = [dict(date) for date in self.article.dates if date["role"] != "related"]
        for date in found:
            block = self._at(date["start"])
            date["where"] = f"block-{block.pk}" if block else "text"
        return found

    @property
    def related_dates(self) -> int:
        return len(self.article.dates) - len(self.dates)

    @cached_property
    def tag_groups(self) -> list[tuple[str, list[TagGroup]]]:
        """Tags by type and name; suggested before confirmed before those that cannot be placed."""
        groups: dict[tuple[str, int | None, str], TagGroup] = {}
        for mention in self.mentions:
            if mention.state == "rejected" or not self._placed(mention):
                continue
            key = (mention.type, mention.entity_id, mention.spoken)
            if key in groups:
                groups[key].mentions.append(mention)
            else:
                groups[key] = TagGroup(first=mention, mentions=[mention])
        self._add_candidates(groups.values())
        return [
            (label, sorted(found, key=lambda group: (not group.open, group.first.start)))
            for name, label in ENTITY_TYPES
            for found in [[group for group in groups.values() if group.first.type == name]]
            if found
        ]

    def _add_candidates(self, groups: Any) -> None:
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
        if mention.scope == "caption":
            return True
        return self.clean.place(Span(start=mention.start, end=mention.end), mention.surface) is not None

    @cached_property
    def tray(self) -> list[Mention]:
        """Tags whose words are not in the clean text any more; they come back with their block."""
        return [mention for mention in self.mentions if mention.state != "rejected" and not self._placed(mention)]

    @property
    def rejected_tags(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.state == "rejected"]

    @cached_property
    def suggested(self) -> int:
        """How many names wait for a yes or no; a name is one question however often it is mentioned."""
        return len({(row.type, row.surface) for row in self.mentions if row.state == "suggested"})

    @cached_property
    def open_counts(self) -> list[tuple[int, str]]:
        """How many questions are open of each sort, with the word for one of them."""
        return [
            (sum(1 for row in self.fields if row.asks), "unknown fact"),
            (0 if self.article.outlet_name else 1, "unknown publisher"),
            (sum(1 for row in self.links if row.state != "stated" and row.decision == "open"), "unsure source"),
            (self.suggested, "suggested tag"),
            (len(self.flags), "question about the text"),
        ]

    @property
    def open_questions(self) -> list[str]:
        """What is still open, in words."""
        plural = {"question about the text": "questions about the text"}
        return [
            f"{count} {word if count == 1 else plural.get(word, f'{word}s')}"
            for count, word in self.open_counts
            if count
        ]

    @property
    def open_count(self) -> int:
        return sum(count for count, _ in self.open_counts)

    @cached_property
    def notes(self) -> list[Any]:
        return list(self.article.notes.select_related("author"))

    @cached_property
    def history(self) -> list[Any]:
        entries = list(self.article.log.select_related("person", "undone_by")[:100])
        latest: dict[str, Any] = {}
        for entry in entries:
            latest.setdefault(entry.action, entry)
        for entry in entries:
            entry.can_undo = can_undo(entry) and self.may_review
            back = TRANSITIONS.get(TRANSITIONS[entry.action].undone_by) if entry.action in TRANSITIONS else None
            open_now = {step for step, _ in self.transitions}
            entry.take_back = back if back in open_now and entry is latest.get(entry.action) else None
        return entries

    @cached_property
    def snapshot(self) -> Any:
        return snapshot(self.article)

    def others_changed_since(self, seen: int) -> bool:
        """Whether somebody else changed the article after the version that this person had on screen."""
        return self.article.log.filter(version__gt=seen).exclude(person=self.user).exists()

    @property
    def url(self) -> str:
        return reverse("review", args=[self.article.pk])


def _names(mention: Mention) -> list[str]:
    return [name for name in (mention.candidate, mention.surface) if name]

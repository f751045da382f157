"""What the panels of the review page show: one object, each part made when a panel asks for it."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse

from articles.actions.history import can_undo, is_one_back
from articles.actions.publishing import snapshot
from articles.actions.recording import Person
from articles.actions.workflow import four_eyes_bar, open_transitions
from articles.core.attribution import ROLES
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import CleanText, Span
from articles.core.exchange import FORMATS
from articles.core.metadata.fields import FIELDS
from articles.core.panes import Mark
from articles.core.workflow import AFTER_EDIT, TRANSITIONS, Status, Transition
from articles.forms.review import BY_CONFIDENCE
from articles.models import Article, Block, Field, Mention
from articles.models.entities import ENTITY_TYPES
from articles.models.facts import STATES
from articles.models.texts import block_clean, clean_of, kept_in_order, markup_of
from articles.views.panels.blindfold import Blindfold
from articles.views.panels.facts import FactsPanel, mark_remembered
from articles.views.panels.message import Done, Problem
from articles.views.panels.proposals import ProposalsPanel
from articles.views.panels.questions import QuestionsPanel
from articles.views.panels.rights import RightsPanel
from articles.views.panels.story import StoryPanel
from articles.views.panels.tags import TagsPanel, mark_of
from articles.views.panels.text import TextPanel


class ReviewPage:
    """The review page of one article for one person."""

    kinds = list(KINDS.values())
    kind_groups = [
        (label, [kind for kind in KINDS.values() if kind.group == group])
        for group, label in (("article", "Article"), ("about", "About it"), ("boilerplate", "Boilerplate"))
    ]
    roles = list(ROLES.values())
    entity_types = ENTITY_TYPES
    tag_files = list(FORMATS.values())
    states = [name for name, _ in STATES]

    def __init__(self, article: Article, user: Person, *, tags_by: str = BY_CONFIDENCE) -> None:
        self.article = article
        self.user = user
        self.tags_by = tags_by
        # What this person has on screen; a page that is only asked for its status shows an older one.
        self.version = article.version
        self.problem: Problem | None = None
        self.done: Done | None = None
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

    @property
    def works_here(self) -> bool:
        """Whether opening the article means to work on it: an editor's while it is written, an approver's when ready."""
        if not self.may_review or self.status == Status.APPROVED:
            return False
        return self.status != Status.READY or self.user.has_perm("articles.approve_article")

    @property
    def published_title(self) -> str:
        """The title that a person fixed, where the title block says otherwise."""
        field = next((row for row in self.fields if row.name == "title" and row.fixed), None)
        block = next((block for block in kept_in_order(self.blocks) if block.kind == "title"), None)
        if not field or not block or block_clean(self.article, block, self.edits).text.strip() == field.shown.strip():
            return ""
        return field.shown

    @property
    def sent_back_because(self) -> str:
        """Why it was sent back, while it is."""
        if self.status != Status.SENT_BACK:
            return ""
        entry = self.article.log.filter(action="send_back").first()
        return f"{entry.person or 'Somebody'}: {entry.reason}" if entry else ""

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

    @cached_property
    def mentions(self) -> list[Mention]:
        """All tags, each with ``spoken``: the entity's name, or its words as they are corrected by now. None for who
        tags the article blind."""
        if self.blind.on:
            return []
        rows = self._placed_rows(self.article.mentions.select_related("entity", "decided_by"))
        for row in rows:
            placed = self.clean.place(Span(start=row.start, end=row.end), row.surface) if not row.entity_id else None
            row.spoken = placed.of(self.clean.text) if placed else row.named
        return rows

    @cached_property
    def blind(self) -> Blindfold:
        return Blindfold(self.article, self.user)

    @cached_property
    def clean(self) -> CleanText:
        return clean_of(self.article, self.blocks, self.edits)

    @cached_property
    def marks(self) -> list[Mark]:
        """Everything that stands on words: tags, proofs of facts and links, restrictions, flags."""
        marks = [mark_of(mention) for mention in self.mentions if mention.state != "rejected"]
        proofs = [
            *((row, "proof", f"proof-field-{row.name}") for row in self.fields if row.start is not None),
            *((row, "proof", f"proof-link-{row.pk}") for row in self.links if row.start is not None),
            *((row, "proof restriction", f"proof-right-{row.pk}") for row in self.rights.rows if row.start is not None),
            *((row, "flag", f"flag-{row.pk}") for row in self.flags if row.start < row.end),
        ]
        marks += [Mark(span=Span(start=row.start, end=row.end), name=name, id=id_) for row, name, id_ in proofs]
        return marks

    @cached_property
    def proposals(self) -> ProposalsPanel:
        rows = list(self.article.proposals.filter(state="open"))
        return ProposalsPanel(self.article, rows, blocks=self.blocks, markup=self.markup)

    @cached_property
    def text(self) -> TextPanel:
        return TextPanel(
            self.article,
            blocks=self.blocks,
            edits=self.edits,
            markup=self.markup,
            marks=self.marks,
            proposals=self.proposals,
        )

    @cached_property
    def tags(self) -> TagsPanel:
        return TagsPanel(self.mentions, self.clean, self.article, blocks=self.blocks, by=self.tags_by)

    @cached_property
    def unsure(self) -> list[Block]:
        """The blocks of which the machine is not sure, and about which nobody decided yet."""
        return [block for block in self.blocks if block.unsure]

    @property
    def words(self) -> int:
        return len(self.clean.text.split())

    @property
    def removed(self) -> int:
        return sum(1 for block in self.blocks if not block.kept)

    @cached_property
    def fields(self) -> list[Field]:
        order = list(FIELDS)
        rows = self._placed_rows(self.article.fields.select_related("fixed_by"))
        for row in rows:
            if row.name == "title" and not row.fixed and self.article.title != row.shown.strip():
                row.value, row.reason = self.article.title, "as the title block says now"
        mark_remembered(self.article, rows)
        return sorted(rows, key=lambda row: order.index(row.name))

    @cached_property
    def links(self) -> list[Any]:
        order = list(ROLES)
        rows = self._placed_rows(
            self.article.attribution.exclude(decision="removed").select_related("outlet", "entity", "decided_by")
        )
        mark_remembered(self.article, rows)
        return sorted(rows, key=lambda row: (order.index(row.role), row.pk))

    @cached_property
    def rights(self) -> RightsPanel:
        rows = self.article.rights.exclude(decision="dismissed").select_related("decided_by")
        return RightsPanel(self.article, self._placed_rows(rows), self.user)

    @cached_property
    def flags(self) -> list[Any]:
        return self._placed_rows(self.article.flags.filter(dismissed=False))

    @cached_property
    def facts(self) -> FactsPanel:
        def where(start: int | None) -> str:
            block = self._at(start)
            return f"block-{block.pk}" if block else "text"

        return FactsPanel(self.article, fields=self.fields, links=self.links, at=where)

    @cached_property
    def story(self) -> StoryPanel:
        return StoryPanel(self.article, self.user)

    @cached_property
    def questions(self) -> QuestionsPanel:
        counts = [
            (sum(1 for row in self.fields if row.asks), "unknown fact"),
            (0 if self.article.outlet_name else 1, "unknown publisher"),
            (sum(1 for row in self.links if row.state != "stated" and row.decision == "open"), "unsure source"),
            (self.tags.suggested, "suggested tag"),
            (len(self.flags), "question about the text"),
            (len(self.proposals.offers), "proposal"),
        ]
        return QuestionsPanel(counts=counts, hidden=self.blind.on)

    @cached_property
    def notes(self) -> list[Any]:
        return list(self.article.notes.select_related("author"))

    @cached_property
    def history(self) -> list[Any]:
        entries = list(self.article.log.select_related("person", "undone_by")[:100])
        newest = next((entry for entry in entries if is_one_back(entry)), None)
        latest: dict[str, Any] = {}
        for entry in entries:
            latest.setdefault(entry.action, entry)
        open_now = {step for step, _ in self.transitions}
        for entry in entries:
            entry.can_undo = can_undo(entry) and self.may_review
            self.blind.veil(entry)
            entry.is_next = entry is newest
            back = TRANSITIONS.get(TRANSITIONS[entry.action].undone_by) if entry.action in TRANSITIONS else None
            entry.take_back = back if back in open_now and entry is latest.get(entry.action) else None
        return entries

    @cached_property
    def snapshot(self) -> Any:
        return snapshot(self.article, gate=self.rights.gate)

    @property
    def barred(self) -> bool:
        """Whether no way of approving it is open to this person now."""
        return bool(self.snapshot.problems) or self.rights.shut

    @cached_property
    def excerpt(self) -> Any:
        return self.rights.excerpt(self.snapshot)

    def others_changed_since(self, seen: int) -> bool:
        """Whether somebody else changed the article after the version that this person had on screen."""
        return self.article.log.filter(version__gt=seen).exclude(person=self.user).exists()

    @property
    def url(self) -> str:
        return reverse("review", args=[self.article.pk])

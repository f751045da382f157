"""The page that sets blind tags side by side: how far editors agree, and each place where they do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from articles.actions.agreement import Comparison, machine_tags, not_blind
from articles.actions.blind import called, is_blind
from articles.actions.recording import Person
from articles.core.edits import CleanText, Span
from articles.core.entities.agreement import Counts, Difference, Tag, compare, kappa
from articles.core.workflow import AFTER_EDIT, Status
from articles.models import Article
from articles.models.entities import ENTITY_TYPES
from articles.models.texts import block_shown, markup_of

MACHINE = "machine"
TYPES = dict(ENTITY_TYPES)
# Characters of the text that are shown on either side of a difference.
AROUND = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who tagged: an editor, or the machine with its suggestions."""

    key: str
    name: str
    tags: frozenset[Tag]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the table: a type, or all of them."""

    label: str
    counts: Counts
    kappa: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one editor has at a difference: (words, type) of each tag. ``key`` chooses it."""

    key: str
    name: str
    tags: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A difference as it is shown: with the text around it, what the desk said of it, and how many
    others like it are open."""

    span: Span
    before: str
    words: str
    after: str
    said: list[Said]
    both: bool
    neither: bool
    open: bool
    others: int
    taken: list[tuple[str, str, str]]


def measured(parties: tuple[Party, Party], words: list[Span] | None = None) -> list[Measured]:
    """Agreement of two by type, then in all; types that neither set are left out."""
    one, two = parties[0].tags, parties[1].tags

    def line(name: str, label: str) -> Measured:
        measure = kappa(words, one, two, type=name) if words is not None else None
        return Measured(label=label, counts=compare(one, two, type=name), kappa=measure)

    lines = [line(name, label) for name, label in ENTITY_TYPES]
    return [row for row in lines if row.counts.one or row.counts.two] + [line("", "All")]


class AgreementPage:
    """Blind tags on one article, for a person of the desk. Nothing of them is shown before two have finished, nor to
    one who is still at it."""

    def __init__(self, article: Article, user: Person, *, chosen: tuple[str, str] = ("", "")) -> None:
        self.article = article
        self.user = user
        self.version = article.version
        self.comparison = Comparison(article)
        self.blind = is_blind(article, user)
        self.problem = ""
        self._chosen = chosen

    @property
    def ready(self) -> bool:
        return self.comparison.ready and not self.blind

    @property
    def may_settle(self) -> bool:
        return self.user.has_perm("articles.review_article") and Status(self.article.status) in AFTER_EDIT

    @property
    def closed(self) -> str:
        """Why a person who may review cannot settle now."""
        status = Status(self.article.status)
        return "" if status in AFTER_EDIT else f"This article is {status.label.lower()}. Reopen it to settle anything."

    @property
    def own(self) -> bool:
        """Whether this person is one of those who tagged."""
        return any(tagging.editor_id == self.user.pk for tagging in self.comparison.taggings)

    @cached_property
    def finished(self) -> list[str]:
        return [called(tagging.editor) for tagging in self.comparison.taggings]

    @cached_property
    def at_it(self) -> list[str]:
        rows = self.article.blind_taggings.filter(finished_at=None).select_related("editor")
        return [called(row.editor) for row in rows]

    @cached_property
    def not_blind(self) -> list[str]:
        return [called(tagging.editor) for tagging in not_blind(self.comparison)]

    @cached_property
    def parties(self) -> list[Party]:
        editors = [
            Party(key=f"tagging-{tagging.pk}", name=called(tagging.editor), tags=frozenset(said))
            for tagging, said in zip(self.comparison.taggings, self.comparison.said, strict=True)
        ]
        machine = Party(key=MACHINE, name="the machine", tags=frozenset(machine_tags(self.comparison)))
        return [*editors, machine]

    @cached_property
    def pair(self) -> tuple[Party, Party]:
        """The two whose figures are shown: as chosen, or the first two who finished."""
        by_key = {party.key: party for party in self.parties}
        one, two = (by_key.get(key) for key in self._chosen)
        return (one, two) if one and two and one != two else (self.parties[0], self.parties[1])

    @cached_property
    def table(self) -> list[Measured]:
        return measured(self.pair, self.comparison.words)

    @cached_property
    def matrix(self) -> list[tuple[Party, list[tuple[Party, Counts | None]]]]:
        """Each against each; None for oneself."""
        return [
            (one, [(two, None if one is two else compare(one.tags, two.tags)) for two in self.parties])
            for one in self.parties
        ]

    @cached_property
    def places(self) -> list[Place]:
        """The differences in the order of the text."""
        return [self._place(difference) for difference in self.comparison.differences]

    @cached_property
    def refused(self) -> list[Place]:
        """What all agree on and the desk rejected elsewhere: to be taken all the same, or left."""
        return [
            self._place(Difference(span=tag.span, said=((tag,),) * len(self.finished)))
            for tag in self.comparison.agreed
            if self.comparison.decided.get(tag) == "rejected"
        ]

    @property
    def open(self) -> int:
        """How many decisions are left: each difference, and what all agree on as one."""
        return len(self.comparison.open_differences) + bool(self.comparison.open_agreed)

    @cached_property
    def agreed(self) -> list[tuple[str, str, str]]:
        return self._spoken(self.comparison.agreed)

    @cached_property
    def _shown(self) -> dict[int, CleanText]:
        markup = markup_of(self.article)
        return {block.pk: block_shown(self.article, block, markup) for block in self.comparison.blocks}

    def _place(self, difference: Difference) -> Place:
        shown = self._shown[self.comparison.block_of(difference.tags[0]).pk]
        where = shown.clean_spans(difference.span)
        start, end = where[0].start, where[-1].end
        said = [
            Said(key=f"tagging-{tagging.pk}", name=called(tagging.editor), tags=self._spoken(tags))
            for tagging, tags in zip(self.comparison.taggings, difference.said, strict=True)
        ]
        taken = [tag for tag in difference.tags if self.comparison.decided.get(tag) == "confirmed"]
        whole = any(set(tags) == set(difference.tags) for tags in difference.said)
        return Place(
            span=difference.span,
            before=_cut(shown.text[max(start - AROUND, 0) : start], at_start=start > AROUND),
            words=shown.text[start:end],
            after=_cut(shown.text[end : end + AROUND], at_end=len(shown.text) > end + AROUND),
            said=said,
            both=difference.compatible and not whole,
            neither=all(difference.said),
            open=self.comparison.is_open(difference),
            others=len(self.comparison.like(difference)) - 1,
            taken=self._spoken(taken),
        )

    def _spoken(self, tags: Iterable[Tag]) -> list[tuple[str, str, str]]:
        """(words, type, the type in words) of each tag."""
        return [(self.comparison.surfaces[tag.span], tag.type, TYPES[tag.type].lower()) for tag in tags]


def _cut(words: str, *, at_start: bool = False, at_end: bool = False) -> str:
    """Text around a difference, cut at a space where it is cut."""
    if at_start:
        words = "…" + words.partition(" ")[2]
    if at_end:
        words = words.rpartition(" ")[0] + "…"
    return words

"""The story of an article on its review page: what speaks for it, and a person's yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.actions.borrowing import because
from articles.actions.recording import Person
from articles.actions.workflow import open_transitions
from articles.core.workflow import TRANSITIONS, Transition
from articles.models import Article, Membership, Relation, Story

# So many are shown beside an article; the story's page has them all.
SHOWN = 6
# Of a story of hundreds, so many are looked at here.
LOOKED_AT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another article, what it is to this one, and why. ``relation`` is None between two that only share a story."""

    article: Article
    relation: Relation | None
    inside: bool

    @property
    def because(self) -> str:
        return because(self.relation) if self.relation else "is in the same story by way of others"

    @property
    def decision(self) -> str:
        return self.relation.decision if self.relation else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Another article of the story, and the step that was just taken with this one, where it is open there too."""

    article: Article
    step: Transition | None


class StoryPanel:
    """Made when the panel asks for it: four queries, however large the story is."""

    def __init__(self, article: Article, user: Person) -> None:
        self.article, self.user = article, user

    @cached_property
    def story(self) -> Story | None:
        row = Membership.objects.filter(article=self.article).select_related("story").first()
        return row.story if row else None

    @cached_property
    def _members(self) -> list[int]:
        return list(Membership.objects.filter(story=self.story).values_list("article", flat=True)) if self.story else []

    @property
    def count(self) -> int:
        return len(self._members)

    @cached_property
    def related(self) -> list[Related]:
        """Those of its story first, then others that may be of it; those that were denied last."""
        relations = {
            row.other(self.article.pk): row for row in Relation.objects.of(self.article.pk).select_related("decided_by")
        }
        wanted = {*relations, *self._members[:LOOKED_AT]} - {self.article.pk}
        found = Article.objects.for_queue().in_bulk(list(wanted))
        rows = [
            Related(article=found[pk], relation=relations.get(pk), inside=pk in self._members)
            for pk in wanted
            if pk in found
        ]
        return sorted(
            rows,
            key=lambda row: (
                row.decision == "denied",
                not row.inside,
                -(row.relation.score if row.relation else 0),
                row.article.pk,
            ),
        )

    @property
    def shown(self) -> Sequence[Related]:
        return self.related[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.related) - SHOWN, 0)

    def next_steps(self, name: str) -> list[NextStep]:
        """The other articles of the story on which somebody has to decide, each with this step where it is open."""
        step = TRANSITIONS.get(name)
        others = Article.objects.for_queue().filter(membership__story=self.story).exclude(pk=self.article.pk)
        if step is None or self.story is None:
            return []
        return [
            NextStep(article=other, step=step if step in open_transitions(other, by=self.user) else None)
            for other in others.waiting().order_by("received_at", "pk")[:SHOWN]
        ]

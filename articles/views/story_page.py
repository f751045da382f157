"""What the page of a story shows: one object, each part made when the page asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from articles.actions.borrowing import SiblingFact, because, sibling_facts
from articles.actions.recording import Person
from articles.core.similarity import Origin
from articles.core.workflow import AFTER_EDIT, Status
from articles.models import Article, Field, Membership, Relation, Story
from articles.models.origins import origins_of
from articles.views.panels.beside import Beside

# So many members are listed; of so many that lack a fact, what another would lend is looked up.
LISTED, ASKED = 200, 8
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of the story: who put it there, and what ties it most to another of them."""

    article: Article
    membership: Membership
    tie: Relation | None
    published: Field | None

    @property
    def because(self) -> str:
        return because(self.tie) if self.tie else "put here by hand" if self.membership.by else ""

    @property
    def tied_to(self) -> int | None:
        return self.tie.other(self.article.pk) if self.tie else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An article outside that may be of this story: what it is to which member, and the story it is in."""

    article: Article
    relation: Relation
    member: int
    story: int | None

    @property
    def because(self) -> str:
        return because(self.relation)


class StoryPage:
    """One story for one person; ``pair`` are the members to be shown side by side."""

    def __init__(self, story: Story, user: Person, *, pair: tuple[int | None, int | None] = (None, None)) -> None:
        self.story, self.user, self._pair = story, user, pair

    @property
    def may_review(self) -> bool:
        return self.user.has_perm("articles.review_article")

    @cached_property
    def _memberships(self) -> dict[int, Membership]:
        rows = self.story.members.select_related("by")[:LISTED]
        return {row.article_id: row for row in rows}

    @cached_property
    def _inside(self) -> list[Relation]:
        return list(Relation.objects.among(list(self._memberships)).select_related("decided_by"))

    @cached_property
    def members(self) -> list[Member]:
        """By publication; those without a date as they came in, last."""
        articles = Article.objects.for_queue().in_bulk(list(self._memberships))
        dates = Field.objects.filter(name="published", article__in=list(articles))
        published = {row.article_id: row for row in dates}
        ties: dict[int, Relation] = {}
        for relation in self._inside:
            if relation.decision != "denied":
                ties.setdefault(relation.one_id, relation)
                ties.setdefault(relation.two_id, relation)
        rows = [
            Member(article=article, membership=self._memberships[pk], tie=ties.get(pk), published=published.get(pk))
            for pk, article in articles.items()
        ]
        return sorted(rows, key=lambda row: (row.article.published or LAST, row.article.received_at, row.article.pk))

    @cached_property
    def count(self) -> int:
        return self.story.members.count()

    @property
    def title(self) -> str:
        return str(self.members[0].article) if self.members else str(self.story)

    @cached_property
    def origins(self) -> list[Origin[Article]]:
        """With the articles in place of their keys, in the order of the page."""
        articles = {member.article.pk: member.article for member in self.members}
        return [
            Origin(members=tuple(articles[pk] for pk in origin.members), because=origin.because)
            for origin in origins_of(list(articles))
        ]

    @cached_property
    def near(self) -> list[Near]:
        """Articles outside that the machine or a person ties to a member, the strongest first, each once."""
        inside = set(self._memberships)
        found: dict[int, tuple[Relation, int]] = {}
        for relation in Relation.objects.of(*inside).standing()[:LISTED]:
            for outside, member in ((relation.one_id, relation.two_id), (relation.two_id, relation.one_id)):
                if outside not in inside:
                    found.setdefault(outside, (relation, member))
        articles = Article.objects.for_queue().in_bulk(list(found))
        homes = dict(Membership.objects.filter(article__in=articles).values_list("article", "story"))
        return [
            Near(article=articles[pk], relation=relation, member=member, story=homes.get(pk))
            for pk, (relation, member) in found.items()
            if pk in articles
        ]

    @cached_property
    def beside(self) -> Beside | None:
        """The two members that were chosen; without a choice the two that are tied most."""
        articles = {member.article.pk: member.article for member in self.members}
        if len(articles) < 2:
            return None
        tied = next((row for row in self._inside if row.decision != "denied"), None)
        usual = (tied.one_id, tied.two_id) if tied else tuple(articles)[:2]
        one, two = (chosen if chosen in articles else other for chosen, other in zip(self._pair, usual, strict=True))
        if one == two:
            two = next(pk for pk in articles if pk != one)
        return Beside(articles[one], articles[two])

    @cached_property
    def lent(self) -> Sequence[tuple[Article, SiblingFact]]:
        """The facts that one member has and another lacks, each as it would be taken over."""
        lacking = [member.article for member in self.members if member.article.published is None][:ASKED]
        return [
            (article, fact)
            for article in lacking
            if Status(article.status) in AFTER_EDIT
            for fact in sibling_facts(article)
            if fact.article.pk in self._memberships
        ]

    @cached_property
    def log(self) -> list[object]:
        return list(self.story.log.select_related("person")[:50])

"""The moves that stories are made of: articles put into one, taken out, and what a person's word forbids."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from articles.actions.recording import Person
from articles.models import Membership, Relation, Story, StoryLogEntry

# A number for the lock that all who group articles take, one at a time.
LOCK = 0x5707
LEFT_ALONE = 1


def alone() -> None:
    """Let nobody else group articles until this transaction ends, so that two articles of one event that come in at
    once see each other. SQLite has one writer at a time anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def stories_of(articles: Collection[int]) -> dict[int, int]:
    """article -> its story, for those that are in one."""
    return dict(Membership.objects.filter(article__in=articles).values_list("article", "story"))


def members_of(story: int) -> list[int]:
    return list(Membership.objects.filter(story=story).order_by("pk").values_list("article", flat=True))


def denied_of(articles: Collection[int]) -> dict[int, set[int]]:
    """article -> those of which people denied that they are of one story with it; only articles that have such."""
    denied: dict[int, set[int]] = defaultdict(set)
    for one, two in Relation.objects.filter(decision="denied").of(*articles).values_list("one", "two"):
        denied[one].add(two)
        denied[two].add(one)
    return {article: denied[article] for article in articles if article in denied}


def denied_between(ones: Collection[int], others: Collection[int]) -> list[tuple[int, int]]:
    """The pairs that people denied between two groups of articles."""
    against = set(others)
    return [(one, two) for one, denied in denied_of(ones).items() for two in sorted(denied & against)]


class Moves:
    """Memberships and decisions that one act changes, as its log entry keeps them. The caller holds ``alone``."""

    def __init__(self, *, by: Person | None) -> None:
        self.by = by
        self.members: list[list[int | None]] = []
        self.decisions: list[list[Any]] = []
        self.merged: int | None = None

    @property
    def anything(self) -> bool:
        return bool(self.members or self.decisions)

    @property
    def changes(self) -> dict[str, Any]:
        return {"members": self.members, "decisions": self.decisions, "merged": self.merged}

    def move(self, articles: Sequence[int], story: int | None) -> None:
        """Put articles into a story, or into none."""
        before = stories_of(articles)
        fresh = []
        for article in articles:
            if before.get(article) == story:
                continue
            self.members.append([article, before.get(article), story])
            if story is None:
                Membership.objects.filter(article=article).delete()
            elif article in before:
                Membership.objects.filter(article=article).update(story=story, by=self.by)
            else:
                fresh.append(Membership(article_id=article, story_id=story, by=self.by))
        Membership.objects.bulk_create(fresh)

    def tidy(self, stories: Iterable[int | None]) -> None:
        """A story of one article is none: let go of who was left alone."""
        for story in {story for story in stories if story is not None}:
            members = members_of(story)
            if len(members) == LEFT_ALONE:
                self.move(members, None)

    def decide(self, relation: Relation, decision: str) -> None:
        """Write down a person's word on two articles."""
        if relation.decision == decision:
            return
        self.decisions.append([relation.pk, relation.decision, decision])
        relation.decision = decision
        relation.decided_by = None if decision == "open" else self.by
        relation.save(update_fields=["decision", "decided_by"])

    def log(self, story: Story, *, action: str, summary: str) -> StoryLogEntry:
        return StoryLogEntry.objects.create(
            story=story, person=self.by, action=action, summary=summary[:500], changes=self.changes
        )

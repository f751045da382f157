"""What people do to stories: confirm or deny that two articles are of one event, split one off, merge, make, undo.

What a person denied holds for both sides: nothing puts the two into one story again until somebody takes that back.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from articles.actions.comparing import as_relation, told_of
from articles.actions.grouping import Moves, alone, denied_between, members_of, stories_of
from articles.actions.recording import Person, Refused, check_may
from articles.core.similarity import KINDS, compare
from articles.models import Article, LogEntry, Membership, Relation, Story, StoryLogEntry

CHANGED_SINCE = "What it changed has been changed again since. Undo the later one first."
MAY = "review_article"


@transaction.atomic
def confirm(article: Article, other: Article, *, by: Person) -> Story:
    """Say that two articles are of one event; they are in one story from then on, each with all of its own."""
    check_may(by, MAY)
    alone()
    relation = _relation(article, other)
    moves = Moves(by=by)
    moves.decide(relation, "confirmed")
    story = _together(moves, [article.pk, other.pk])
    if not moves.anything:
        raise Refused("Somebody said so already.")
    _stamp(relation)
    said = f"said that {_named(article)} and {_named(other)} are the {KINDS[relation.kind].lower()}"
    moves.log(story, action="confirm", summary=said)
    _log_on((article, other), by=by, summary=said)
    return story


@transaction.atomic
def deny(article: Article, other: Article, *, by: Person) -> None:
    """Say that two articles are not of one event: the first leaves the story, if they are in one, and they are never
    put together again."""
    check_may(by, MAY)
    alone()
    relation = _relation(article, other)
    moves = Moves(by=by)
    moves.decide(relation, "denied")
    stories = stories_of([article.pk, other.pk])
    if stories.get(article.pk) is not None and stories.get(article.pk) == stories.get(other.pk):
        moves.move([article.pk], None)
        moves.tidy([stories[article.pk]])
    if not moves.anything:
        raise Refused("Somebody said so already.")
    _stamp(relation)
    said = f"said that {_named(article)} and {_named(other)} are not the same story"
    for story in Story.objects.filter(pk__in=set(stories.values()))[:1]:
        moves.log(story, action="deny", summary=said)
    _log_on((article, other), by=by, summary=said)


@transaction.atomic
def reconsider(article: Article, other: Article, *, by: Person) -> None:
    """Take back what was said of two articles. Where they stand does not change by that."""
    check_may(by, MAY)
    alone()
    relation = Relation.objects.of(article.pk).filter(pk=_relation(article, other).pk).first()
    if relation is None or relation.decision == "open":
        raise Refused("Nobody said anything about these two that could be taken back.")
    was = relation.decision
    Moves(by=by).decide(relation, "open")
    _log_on((article, other), by=by, summary=f"left open again whether {_named(article)} and {_named(other)}, "
            f"which somebody had {was}, are one story")  # fmt: skip


@transaction.atomic
def split(story: Story, article: Article, *, by: Person) -> None:
    """Take an article out of its story, and remember that it is none of it."""
    check_may(by, MAY)
    alone()
    members = members_of(story.pk)
    if article.pk not in members:
        raise Refused("That article is not in this story any more.")
    moves = Moves(by=by)
    rest = [pk for pk in members if pk != article.pk]
    for other in Article.objects.filter(pk__in=rest).order_by("pk"):
        relation = _relation(article, other)
        moves.decide(relation, "denied")
        _stamp(relation)
    moves.move([article.pk], None)
    moves.tidy([story.pk])
    said = f"took {_named(article)} out of the story"
    moves.log(story, action="split", summary=said)
    _log_on((article,), by=by, summary=f"{said} of {_articles(len(members))}")


@transaction.atomic
def merge(gone: Story, *, into: Story, by: Person) -> None:
    """Two stories are one: all articles of the one move to the other, and its address leads there."""
    check_may(by, MAY)
    alone()
    if gone.pk == into.pk:
        raise Refused("That is the same story. Choose another one.")
    if not members_of(into.pk):
        raise Refused("That story has no articles any more.")
    moves = Moves(by=by)
    moved = _merge(moves, gone, into)
    if not moved:
        raise Refused("This story has no articles any more.")
    said = f"merged story {gone.pk}, {_articles(len(moved))}, into it"
    moves.log(into, action="merge", summary=said)
    _log_on(Article.objects.filter(pk__in=moved), by=by, summary=f"moved it from story {gone.pk} to story {into.pk}")


@transaction.atomic
def put_together(articles: Sequence[Article], *, by: Person) -> Story:
    """Make one story of articles by hand; those that are in stories bring these along."""
    check_may(by, MAY)
    alone()
    if len({article.pk for article in articles}) < 2:
        raise Refused("A story has two articles or more. Choose another one.")
    moves = Moves(by=by)
    story = _together(moves, sorted({article.pk for article in articles}))
    if not moves.anything:
        raise Refused("They are in one story already.")
    said = f"put {' and '.join(map(_named, articles))} together"
    moves.log(story, action="make", summary=said)
    _log_on(articles, by=by, summary=said)
    return story


@transaction.atomic
def undo(story: Story, pk: int, *, by: Person) -> StoryLogEntry:
    """Take an act back: every membership and every word as they were. Refused where they have moved on since."""
    check_may(by, MAY)
    alone()
    entry = story.log.filter(pk=pk, undone=False).exclude(changes={}).first()
    if entry is None:
        raise Refused("That is not in the history of this story, or it was taken back already.")
    members, decisions = entry.changes["members"], entry.changes["decisions"]
    now = stories_of([article for article, _, _ in members])
    relations = Relation.objects.in_bulk([pk for pk, _, _ in decisions])
    moved_on = any(now.get(article) != to for article, _, to in members) or any(
        pk not in relations or relations[pk].decision != after for pk, _, after in decisions
    )
    if moved_on or _barred_again(members, relations, decisions):
        raise Refused(CHANGED_SINCE)
    moves = Moves(by=by)
    for relation, before, _ in reversed(decisions):
        moves.decide(relations[relation], before)
    for article, before, _ in reversed(members):
        moves.move([article], before)
    if entry.changes.get("merged"):
        Story.objects.filter(pk=entry.changes["merged"]).update(merged_into=None)
    StoryLogEntry.objects.filter(pk=entry.pk).update(undone=True)
    touched = Article.objects.filter(pk__in={article for article, _, _ in members})
    _log_on(touched, by=by, summary=f"took back: {entry.summary}")
    return moves.log(story, action="undo", summary=f"took back: {entry.summary}")


def _barred_again(members: list, relations: dict[int, Relation], decisions: list) -> bool:
    """Whether somebody denied meanwhile what going back would put together."""
    back = {frozenset((relations[pk].one_id, relations[pk].two_id)) for pk, _, _ in decisions}
    homes: dict[int, list[int]] = {}
    for article, before, _ in members:
        if before is not None:
            homes.setdefault(before, []).append(article)
    return any(
        frozenset(pair) not in back
        for story, articles in homes.items()
        for pair in denied_between(articles, [*members_of(story), *articles])
    )


def _together(moves: Moves, articles: Sequence[int]) -> Story:
    """One story that holds all of these: the first that one of them is in, or a new one."""
    stories = stories_of(articles)
    homes = list(dict.fromkeys(stories[pk] for pk in articles if pk in stories))
    if not homes:
        _check_bar(articles, articles)
        story = Story.objects.create(made_by=moves.by)
        moves.move(articles, story.pk)
        return story
    story = Story.objects.get(pk=homes[0])
    for gone in Story.objects.filter(pk__in=homes[1:]):
        _merge(moves, gone, story)
    rest = [pk for pk in articles if pk not in stories]
    _check_bar(rest, [*members_of(story.pk), *rest])
    moves.move(rest, story.pk)
    return story


def _merge(moves: Moves, gone: Story, into: Story) -> list[int]:
    moved = members_of(gone.pk)
    _check_bar(moved, members_of(into.pk))
    moves.move(moved, into.pk)
    Story.objects.filter(pk=gone.pk).update(merged_into=into)
    Story.objects.filter(merged_into=gone).update(merged_into=into)
    moves.merged = gone.pk
    return moved


def _check_bar(ones: Sequence[int], others: Sequence[int]) -> None:
    """Refused where somebody denied that two of these belong together."""
    for one, two in denied_between(ones, others)[:1]:
        row = Relation.objects.select_related("decided_by").of(one).of(two).get()
        raise Refused(
            f"{row.decided_by or 'Somebody'} said that articles {row.one_id} and {row.two_id} are not the same story. "
            "Take that back first."
        )


def _relation(article: Article, other: Article) -> Relation:
    """The row about two articles, made where there is none: a person may know what no text shows."""
    if article.pk == other.pk:
        raise Refused("That is the same article. Choose another one.")
    first, second = sorted((article.pk, other.pk))
    found = Relation.objects.select_related("decided_by").filter(one=first, two=second).first()
    if found is not None:
        return found
    told = told_of([first, second])
    made = as_relation(first, second, told, compare(told[first], told[second]))
    made.kind = made.kind or "same_event"
    made.save()
    return made


def _stamp(relation: Relation) -> None:
    Relation.objects.filter(pk=relation.pk).update(decided_at=timezone.now())


def _named(article: Article) -> str:
    return f"article {article.pk}"


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"


def _log_on(articles: Sequence[Article], *, by: Person, summary: str) -> None:
    LogEntry.objects.bulk_create(
        LogEntry(article=article, person=by, action="story", summary=summary[:500], version=article.version)
        for article in articles
    )


def in_story(article: Article) -> Story | None:
    """The story of an article."""
    row = Membership.objects.select_related("story").filter(article=article).first()
    return row.story if row else None

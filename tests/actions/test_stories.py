"""What people say of stories, and that it is remembered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.actions import stories
from articles.actions.recording import NotAllowed, Refused
from articles.intake.stories import place_again
from articles.models import Article, Indexed, Membership, Relation, Story
from tests import factories
from tests.told import telling

pytestmark = pytest.mark.django_db


def members(story: Story) -> set[int]:
    return set(Membership.objects.filter(story=story).values_list("article", flat=True))


def story_of(article: Article) -> Story | None:
    return stories.in_story(article)


def relation(one: Article, two: Article) -> Relation:
    return Relation.objects.of(one.pk).of(two.pk).get()


@pytest.fixture
def three(db: None) -> list[Article]:
    """Three articles of one story, as the machine put them together."""
    return [telling("port", number) for number in range(3)]


@pytest.fixture
def story(three: list[Article]) -> Story:
    found = story_of(three[0])
    assert found is not None
    assert members(found) == {article.pk for article in three}
    return found


@pytest.fixture
def market(db: None) -> list[Article]:
    """Two of another story."""
    return [telling("marché", number) for number in range(2)]


def test_a_yes_is_kept_with_who_said_it(story: Story, three: list[Article], ana: User) -> None:
    stories.confirm(three[0], three[1], by=ana)
    row = relation(three[0], three[1])
    assert (row.decision, row.decided_by) == ("confirmed", ana)
    assert row.decided_at
    assert "same event" in three[0].log.first().summary
    assert story.log.first().summary == three[1].log.first().summary
    with pytest.raises(Refused, match="already"):
        stories.confirm(three[1], three[0], by=ana)


def test_a_yes_puts_two_into_one_story(three: list[Article], market: list[Article], ana: User) -> None:
    lone = factories.ArticleFactory(text=factories.PAGE)
    found = stories.confirm(lone, three[0], by=ana)
    assert story_of(lone) == found == story_of(three[2])
    assert Membership.objects.get(article=lone).by == ana
    other = story_of(market[0])
    stories.confirm(three[0], market[0], by=ana)
    assert members(found) == {article.pk for article in (*three, lone, *market)}
    other.refresh_from_db()
    assert other.merged_into == found


def test_two_without_a_story_make_one(ana: User) -> None:
    one, two = factories.ArticleFactory(), factories.ArticleFactory(text=factories.PAGE)
    made = stories.put_together([one, two], by=ana)
    assert (made.made_by, members(made)) == (ana, {one.pk, two.pk})
    with pytest.raises(Refused, match="in one story already"):
        stories.put_together([one, two], by=ana)
    with pytest.raises(Refused, match="two articles or more"):
        stories.put_together([one, one], by=ana)


def test_a_no_takes_the_article_out_and_nothing_puts_it_back(
    story: Story, three: list[Article], ana: User, bea: User
) -> None:
    stories.deny(three[0], three[1], by=ana)
    assert members(story) == {three[1].pk, three[2].pk}
    assert relation(three[0], three[1]).decision == "denied"
    Indexed.objects.all().delete()
    assert place_again(three[0])
    assert story_of(three[0]) is None
    with pytest.raises(Refused, match=f"ana said that articles {three[0].pk} and {three[1].pk} are not the same"):
        stories.confirm(three[0], three[2], by=bea)
    with pytest.raises(Refused, match="Take that back first"):
        stories.put_together([three[0], three[1]], by=bea)
    with pytest.raises(Refused, match="already"):
        stories.deny(three[1], three[0], by=bea)


def test_a_no_to_one_of_two_ends_the_story(ana: User) -> None:
    one, two = telling("port", 0), telling("port", 1)
    found = story_of(one)
    stories.deny(one, two, by=ana)
    assert members(found) == set()
    later = telling("port", 2)
    assert story_of(later) is not None
    assert len(members(story_of(later))) == 2, "it can be of one of the two, not of both"


def test_what_was_said_can_be_taken_back(story: Story, three: list[Article], ana: User, bea: User) -> None:
    stories.deny(three[0], three[1], by=ana)
    stories.reconsider(three[1], three[0], by=bea)
    row = relation(three[0], three[1])
    assert (row.decision, row.decided_by) == ("open", None)
    assert story_of(three[0]) is None, "that alone moves nobody"
    stories.confirm(three[0], three[1], by=bea)
    assert story_of(three[0]) == story
    with pytest.raises(Refused, match="Nobody said anything"):
        stories.reconsider(three[0], three[2], by=ana)


def test_an_article_that_is_split_off_is_none_of_them(story: Story, three: list[Article], ana: User) -> None:
    stories.split(story, three[0], by=ana)
    assert members(story) == {three[1].pk, three[2].pk}
    assert {row.decision for row in Relation.objects.of(three[0].pk)} == {"denied"}
    assert three[0].log.first().summary.startswith(f"took article {three[0].pk} out of the story")
    with pytest.raises(Refused, match="not in this story any more"):
        stories.split(story, three[0], by=ana)


def test_merged_stories_are_one_and_the_old_address_leads_there(
    story: Story, three: list[Article], market: list[Article], ana: User
) -> None:
    gone = story_of(market[0])
    stories.merge(gone, into=story, by=ana)
    gone.refresh_from_db()
    assert gone.merged_into == story
    assert members(story) == {article.pk for article in (*three, *market)}
    with pytest.raises(Refused, match="no articles any more"):
        stories.merge(gone, into=story, by=ana)
    with pytest.raises(Refused, match="no articles any more"):
        stories.merge(story, into=gone, by=ana)
    with pytest.raises(Refused, match="same story"):
        stories.merge(story, into=story, by=ana)


def test_stories_with_a_no_between_them_are_not_merged(
    story: Story, three: list[Article], market: list[Article], ana: User
) -> None:
    stories.deny(three[0], market[0], by=ana)
    assert len(members(story)) == 3, "they were in two stories anyhow"
    with pytest.raises(Refused, match="not the same story"):
        stories.merge(story_of(market[0]), into=story, by=ana)
    assert len(members(story)) == 3


ACTS: dict[str, Callable[[Any, Any, Any, User], Any]] = {
    "deny": lambda story, three, market, by: stories.deny(three[0], three[1], by=by),
    "confirm": lambda story, three, market, by: stories.confirm(three[0], three[1], by=by),
    "split": lambda story, three, market, by: stories.split(story, three[2], by=by),
    "merge": lambda story, three, market, by: stories.merge(story_of(market[0]), into=story, by=by),
    "make": lambda story, three, market, by: stories.put_together([three[0], market[1]], by=by),
}


def state() -> tuple[Any, ...]:
    return (
        set(Membership.objects.values_list("article", "story")),
        set(Relation.objects.exclude(decision="open").values_list("one", "two", "decision")),
        set(Story.objects.values_list("pk", "merged_into")),
    )


@pytest.mark.parametrize("act", ACTS)
def test_every_act_can_be_undone_and_that_undone_again(
    act: str, story: Story, three: list[Article], market: list[Article], ana: User, bea: User
) -> None:
    before = state()
    ACTS[act](story, three, market, ana)
    after = state()
    assert after != before
    entry = story.log.first()
    taken = stories.undo(story, entry.pk, by=bea)
    assert state() == before
    assert taken.summary == f"took back: {entry.summary}"
    with pytest.raises(Refused, match="taken back already"):
        stories.undo(story, entry.pk, by=bea)
    stories.undo(story, taken.pk, by=ana)
    assert state()[0] == after[0]


def test_what_has_moved_on_is_not_undone(story: Story, three: list[Article], market: list[Article], ana: User) -> None:
    home = story_of(market[0])
    stories.split(story, three[0], by=ana)
    entry = story.log.first()
    assert stories.put_together([three[0], market[0]], by=ana) == home
    with pytest.raises(Refused, match="changed again since"):
        stories.undo(story, entry.pk, by=ana)
    with pytest.raises(Refused, match="not in the history"):
        stories.undo(story_of(market[0]), entry.pk, by=ana)


@pytest.mark.parametrize("act", ACTS)
def test_only_who_may_review_says_anything_of_stories(
    act: str, story: Story, three: list[Article], market: list[Article], rita: User, ana: User
) -> None:
    before = state()
    with pytest.raises(NotAllowed):
        ACTS[act](story, three, market, rita)
    stories.confirm(three[0], three[1], by=ana)
    with pytest.raises(NotAllowed):
        stories.undo(story, story.log.first().pk, by=rita)
    with pytest.raises(NotAllowed):
        stories.reconsider(three[0], three[1], by=rita)
    assert state()[0] == before[0]


def test_what_is_said_of_a_story_changes_no_article(story: Story, three: list[Article], ana: User) -> None:
    columns = ("status", "version", "last_editor", "clean_text")
    before = list(Article.objects.values_list(*columns))
    stories.deny(three[0], three[1], by=ana)
    assert list(Article.objects.values_list(*columns)) == before


def test_an_article_is_not_related_to_itself(three: list[Article], ana: User) -> None:
    for act in (stories.confirm, stories.deny, stories.reconsider):
        with pytest.raises(Refused, match="same article"):
            act(three[0], three[0], by=ana)

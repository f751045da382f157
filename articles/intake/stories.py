"""A new article put beside those that tell of the same event: verdicts with their evidence, and the story they make."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from articles.actions.comparing import as_relation, told_of
from articles.actions.grouping import Moves, alone, denied_of, members_of, stories_of
from articles.core.similarity import compare
from articles.intake.matching import Found, digest, look_up, numbers_of, put_into_index, take_out_of_index
from articles.models import Article, Membership, Relation, Story


def place_in_story(article: Article) -> None:
    """Find the articles that tell of the same event, keep what speaks for it, and put this one into their story, where
    no person's word is against it. The caller holds the transaction that creates the article."""
    numbers = numbers_of(article)
    alone()
    found = look_up(numbers, but=article.pk)
    put_into_index(article, numbers, full=found.full)
    if found.candidates:
        _join(article, _relate(article, found))


@transaction.atomic
def place_again(article: Article) -> bool:
    """The same for an article whose text has changed, or that was never placed; whether anything had to be done. What
    people said stays, and so does where they put it."""
    alone()
    current = Article.objects.get(pk=article.pk)
    if Article.objects.filter(pk=article.pk, indexed__digest=digest(current)).exists():
        return False
    take_out_of_index(current)
    Relation.objects.of(article.pk).filter(decision="open").delete()
    place_in_story(current)
    return True


def _relate(article: Article, found: Found) -> list[Relation]:
    """The verdicts on this article that nobody denied, the strongest first; those on new candidates are saved."""
    told = told_of([article.pk, *found.candidates])
    mine = told[article.pk]
    made = []
    for other in found.candidates:
        comparison = compare(mine, told[other], house=found.house)
        if comparison.kind:
            made.append(as_relation(article.pk, other, told, comparison))
    known = {row.other(article.pk): row for row in Relation.objects.of(article.pk)}
    fresh = [row for row in made if row.other(article.pk) not in known]
    Relation.objects.bulk_create(fresh)
    standing = [row for row in known.values() if row.decision != "denied"]
    return sorted([*fresh, *standing], key=lambda row: -row.score)


def _join(article: Article, relations: Sequence[Relation]) -> None:
    """Put the article into the story of those it is related to: the strongest first, with all that are in none yet, as
    far as nobody denied that two of them belong together. Another story that it might belong to stays apart: people
    merge."""
    others = [row.other(article.pk) for row in relations]
    if not others or Membership.objects.filter(article=article).exists():
        return
    stories, apart = stories_of(others), denied_of([article.pk, *others])
    home, together, fresh = None, {article.pk}, [article.pk]
    for other in others:
        story = stories.get(other)
        if story is not None and home is not None:
            continue
        company = {other} if story is None or not apart else set(members_of(story))
        if _at_odds(together, company, apart):
            continue
        together |= company
        if story is None:
            fresh.append(other)
        else:
            home = story
    if home is not None or len(fresh) > 1:
        Moves(by=None).move(fresh, home or Story.objects.create().pk)


def _at_odds(ones: set[int], others: set[int], apart: Mapping[int, set[int]]) -> bool:
    return any(apart.get(one, set()) & others for one in ones) or any(apart.get(one, set()) & ones for one in others)

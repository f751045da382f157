"""A date of publication from another article about the same event."""

import pytest
from django.contrib.auth.models import User

from articles.actions import facts, history, stories
from articles.actions.borrowing import borrow, sibling_facts
from articles.actions.recording import Conflict, Refused
from articles.models import Article, Relation
from tests import factories

pytestmark = pytest.mark.django_db
UNDATED = factories.TEXT.replace("Publié le 14 mars 2024 à 09h30\n", "")
OTHER = "Un phare s'éteint\nPublié le 2 mai 2023\n" + "La lampe du phare ne tourne plus depuis hier au soir. " * 2


@pytest.fixture
def dated(db: None) -> Article:
    return factories.ArticleFactory(text=factories.TEXT)


@pytest.fixture
def undated(dated: Article) -> Article:
    return factories.ArticleFactory(text=UNDATED.replace("quatre cents", "trois cents"), together=True)


def test_the_date_of_an_article_with_the_same_words_is_offered_with_its_provenance(
    undated: Article, dated: Article
) -> None:
    factories.ArticleFactory(text=OTHER)
    (sibling,) = sibling_facts(undated)
    assert sibling.article == dated
    assert f"article {dated.pk}, “{dated.title}”" in sibling.reason
    assert "words in a row: “" in sibling.reason
    assert undated.fields.get(name="published").value is None, "nothing is copied silently"


def test_a_person_takes_it_and_it_stays_inferred(undated: Article, dated: Article, ana: User) -> None:
    field = borrow(undated, "published", source=dated.pk, by=ana, seen=undated.version)
    source = dated.fields.get(name="published")
    assert (field.value, field.state, field.fixed, field.start) == (source.value, "inferred", True, None)
    assert field.details["from_article"] == dated.pk
    undated.refresh_from_db()
    assert undated.published == dated.published
    assert sibling_facts(undated) == []
    history.undo(undated, undated.log.first().pk, by=ana)
    undated.refresh_from_db()
    assert undated.published is None
    assert len(sibling_facts(undated)) == 1


def test_nothing_is_offered_to_an_article_that_has_a_date_or_rightly_none(
    undated: Article, dated: Article, ana: User
) -> None:
    assert sibling_facts(dated) == []
    facts.forget_field(undated, "published", by=ana, seen=undated.version)
    assert sibling_facts(undated) == []
    with pytest.raises(Refused, match="does not lend this any more"):
        borrow(undated, "published", source=dated.pk, by=ana, seen=undated.version)


def test_only_what_is_offered_can_be_taken(undated: Article, ana: User) -> None:
    stranger = factories.ArticleFactory(text=OTHER)
    for source in (stranger.pk, undated.pk, 0, 999_999):
        with pytest.raises(Refused, match="does not lend this any more"):
            borrow(undated, "published", source=source, by=ana, seen=undated.version)


def test_the_same_address_is_enough(db: None) -> None:
    url = "https://lanterne.example/quai"
    dated = factories.ArticleFactory(text=OTHER, url=url)
    undated = factories.ArticleFactory(text=UNDATED, url=url)
    assert [(one.article, one.because) for one in sibling_facts(undated)] == [(dated, "has the same address")]


def test_a_date_that_somebody_gave_meanwhile_is_not_overwritten(
    undated: Article, dated: Article, ana: User, bea: User
) -> None:
    seen = undated.version
    facts.fix_field(undated, "published", text="2024-03-15", by=bea, seen=seen)
    with pytest.raises((Refused, Conflict)):
        borrow(undated, "published", source=dated.pk, by=ana, seen=seen)
    assert undated.fields.get(name="published").value == "2024-03-15"


def test_only_the_same_text_lends_its_authors(dated: Article, ana: User) -> None:
    unsigned = factories.TEXT.replace("Par Jeanne Morvan\n", "").replace("quatre cents", "cinq cents")
    article = factories.ArticleFactory(text=unsigned, together=True)
    (fact,) = sibling_facts(article)
    assert (fact.field.name, fact.field.value) == ("authors", ["Jeanne Morvan"])
    Relation.objects.update(kind="same_event")
    assert sibling_facts(article) == []
    Relation.objects.update(kind="same_text")
    assert borrow(article, "authors", source=dated.pk, by=ana, seen=article.version).value == ["Jeanne Morvan"]
    with pytest.raises(Refused, match="Only the date of publication and the authors"):
        borrow(article, "title", source=dated.pk, by=ana, seen=article.version)


def test_who_is_said_to_be_of_another_event_lends_nothing(undated: Article, dated: Article, ana: User) -> None:
    stories.deny(undated, dated, by=ana)
    assert sibling_facts(undated) == []

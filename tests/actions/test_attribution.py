"""What people say about who stands behind a text."""

import pytest
from django.contrib.auth.models import User

from articles.actions import attribution as chain
from articles.actions.attribution import LinkSaid
from articles.actions.recording import Conflict, Refused
from articles.actions.summary import publisher_of
from articles.core.edits import Span
from articles.models import Article, Attribution, OutletAlias
from tests import factories


def add(article: Article, by: User, **said: object) -> Attribution:
    return chain.add_link(article, said=LinkSaid(**said), by=by, seen=article.version)


def test_a_link_is_added_with_selected_words_as_its_proof(article: Article, ana: User) -> None:
    start = article.raw_text.index("la mairie")
    link = add(article, ana, role="cited", name="", proof=Span(start=start, end=start + 9))
    assert (link.name, link.start, link.end, link.decision, link.decided_by) == (
        "la mairie",
        start,
        start + 9,
        "corrected",
        ana,
    )


def test_a_publisher_by_a_person_goes_before_the_machines_guess(ana: User, db: None) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    guess = article.attribution.get(role="publisher")
    add(article, ana, role="publisher", name="Le Monde")
    guess.refresh_from_db()
    assert guess.decision == "removed"
    assert (article.outlet_name, article.outlet.name) == ("Le Monde", "Le Monde")


def test_a_name_leads_to_the_outlet_that_bears_it_alone(article: Article, ana: User) -> None:
    outlet = factories.OutletFactory(name="Le Phare")
    OutletAlias.objects.create(outlet=outlet, name="Phare Soir")
    assert add(article, ana, role="agency", name="  le   PHARE ").outlet == outlet
    assert add(article, ana, role="agency", name="phare soir").outlet == outlet
    other = factories.OutletFactory(name="Autre")
    OutletAlias.objects.create(outlet=other, name="Phare Soir")
    assert add(article, ana, role="agency", name="Phare Soir").outlet is None
    assert add(article, ana, role="agency", name="Nobody Knows").outlet is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"role": "friend", "name": "X"}, "no role called"),
        ({"role": "agency", "name": " "}, "Say who it is"),
        ({"role": "agency", "name": "X", "state": "sure"}, "no state called"),
    ],
)
def test_what_makes_no_sense_is_refused(article: Article, ana: User, said: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add(article, ana, **said)


def test_a_proof_of_white_space_is_refused(article: Article, ana: User) -> None:
    at = article.raw_text.index("\n")
    with pytest.raises(Refused, match="holds no words"):
        add(article, ana, role="agency", name="X", proof=Span(start=at, end=at + 1))


def test_a_proof_beyond_the_text_is_refused(article: Article, ana: User) -> None:
    end = len(article.raw_text)
    with pytest.raises(Refused):
        add(article, ana, role="agency", name="X", proof=Span(start=end - 4, end=end + 10))


def test_nobody_may_be_an_unknown_link(article: Article, ana: User) -> None:
    assert add(article, ana, role="republished_from", name="", state="unknown").name == ""


def test_a_link_is_confirmed(article: Article, ana: User) -> None:
    link = article.attribution.filter(role="cited").first()
    chain.confirm_link(article, link.pk, by=ana, seen=article.version)
    link.refresh_from_db()
    assert (link.decision, link.decided_by) == ("confirmed", ana)


def test_a_correction_keeps_the_proof_unless_a_new_one_is_given(article: Article, ana: User) -> None:
    link = article.attribution.filter(role="cited", start__isnull=False).first()
    before = (link.start, link.end)
    chain.correct_link(
        article, link.pk, said=LinkSaid(role="agency", name="AFP", via="RFI"), by=ana, seen=article.version
    )
    link.refresh_from_db()
    assert (link.role, link.name, link.via, link.decision) == ("agency", "AFP", "RFI", "corrected")
    assert (link.start, link.end) == before
    proof = Span(start=0, end=13)
    chain.correct_link(
        article, link.pk, said=LinkSaid(role="agency", name="AFP", proof=proof), by=ana, seen=article.version
    )
    link.refresh_from_db()
    assert (link.start, link.end) == (0, 13)


def test_correcting_a_link_to_the_publisher_leaves_no_second_publisher_of_the_machine(ana: User, db: None) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    link = article.attribution.exclude(role="publisher").first()
    chain.correct_link(article, link.pk, said=LinkSaid(role="publisher", name="Le Monde"), by=ana, seen=article.version)
    article.refresh_from_db()
    assert article.outlet_name == "Le Monde"


def test_a_removed_link_stays_as_a_row_but_speaks_no_more(ana: User, db: None) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    link = article.attribution.get(role="publisher")
    chain.remove_link(article, link.pk, by=ana, seen=article.version)
    link.refresh_from_db()
    assert link.decision == "removed"
    assert article.outlet_name == ""


def test_a_link_of_another_article_is_not_there(article: Article, ana: User) -> None:
    other = factories.ArticleFactory()
    with pytest.raises(Conflict, match="not there any more"):
        chain.confirm_link(article, other.attribution.first().pk, by=ana, seen=article.version)


@pytest.mark.parametrize("how", ["add", "correct"])
def test_a_second_publisher_by_a_person_replaces_the_first(how: str, article: Article, ana: User) -> None:
    first = add(article, ana, role="publisher", name="Le Monde")
    if how == "add":
        add(article, ana, role="publisher", name="RFI")
    else:
        cited = article.attribution.filter(role="cited").first()
        said = LinkSaid(role="publisher", name="RFI")
        chain.correct_link(article, cited.pk, said=said, by=ana, seen=article.version)
    first.refresh_from_db()
    assert (first.decision, article.outlet_name) == ("removed", "RFI")
    assert article.attribution.filter(role="publisher").exclude(decision="removed").count() == 1


def test_a_publisher_that_another_named_meanwhile_is_not_replaced_unseen(
    article: Article, ana: User, bea: User
) -> None:
    seen = article.version
    add(article, ana, role="publisher", name="Le Monde")
    with pytest.raises(Conflict) as caught:
        chain.add_link(article, said=LinkSaid(role="publisher", name="RFI"), by=bea, seen=seen)
    assert caught.value.row.name == "Le Monde"


def test_of_two_decided_publishers_the_newest_word_counts(article: Article, ana: User) -> None:
    for version, (name, state) in enumerate([("Le Monde", "stated"), ("RFI", "inferred")], start=2):
        article.attribution.create(role="publisher", name=name, state=state, decision="corrected", version=version)
    assert publisher_of(article).name == "RFI"

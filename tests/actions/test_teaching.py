"""What a person says is the same on every page of an outlet, and what the next page makes of it."""

import pytest
from django.contrib.auth.models import User

from articles.actions import attribution as chain
from articles.actions import facts, history, teaching
from articles.actions.attribution import LinkSaid
from articles.actions.recording import NotAllowed, Refused
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Attribution, RememberedFact
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "https://lanterne.example/"


@pytest.fixture
def page(db: None) -> Article:
    """An article of an outlet of which only the domain is known."""
    return factories.ArticleFactory(url=f"{HERE}1")


def publisher(article: Article) -> Attribution:
    return article.attribution.exclude(decision="removed").get(role="publisher")


def corrected(page: Article, by: User, name: str = "La Lanterne") -> Attribution:
    said = LinkSaid(role="publisher", name=name, remember=True)
    return chain.correct_link(page, publisher(page).pk, said=said, by=by, seen=page.version)


def test_the_next_page_has_the_publisher_that_was_remembered_as_inferred(page: Article, ana: User) -> None:
    assert publisher(page).name == "lanterne.example"
    corrected(page, ana)
    link = publisher(factories.ArticleFactory(url=f"{HERE}2"))
    assert (link.name, link.state, link.start, link.decision) == ("La Lanterne", "inferred", None, "open")
    assert "remembered for this outlet, decided by ana" in link.reason


def test_the_next_page_that_names_it_proves_it(page: Article, ana: User) -> None:
    corrected(page, ana)
    text = factories.TEXT.replace("Mentions légales", "© 2024 La Lanterne - Tous droits réservés")
    other = factories.ArticleFactory(url=f"{HERE}2", text=text)
    link = publisher(other)
    assert (link.name, link.state) == ("La Lanterne", "stated")
    assert other.raw_text[link.start : link.end] == "La Lanterne"


def test_pages_of_other_outlets_and_the_page_itself_are_read_as_before(page: Article, ana: User) -> None:
    corrected(page, ana)
    assert publisher(factories.ArticleFactory(url="https://autre.example/2")).name == "autre.example"
    history.undo(page, page.log.first().pk, by=ana)
    reread(page, memory=desk_memory())
    assert publisher(page).name == "lanterne.example"


def test_a_correction_that_is_taken_back_teaches_nothing_any_more(page: Article, ana: User) -> None:
    corrected(page, ana)
    assert RememberedFact.objects.get().value == "La Lanterne"
    history.undo(page, page.log.first().pk, by=ana)
    assert not RememberedFact.objects.exists()
    page.refresh_from_db()
    corrected(page, ana)
    corrected(page, ana, name="Le Phare")
    assert RememberedFact.objects.get().value == "Le Phare", "the newest word holds"


def test_a_confirmed_link_is_remembered_and_an_open_one_is_not(page: Article, ana: User, rita: User) -> None:
    link = publisher(page)
    with pytest.raises(Refused, match="Confirm or correct it first"):
        teaching.remember_link(page, link.pk, by=ana)
    chain.confirm_link(page, link.pk, by=ana, seen=page.version)
    with pytest.raises(NotAllowed):
        teaching.remember_link(page, link.pk, by=rita)
    fact = teaching.remember_link(page, link.pk, by=ana)
    assert (fact.about, fact.value, fact.instead_of) == ("publisher", "lanterne.example", "")
    assert "remembered for this outlet" in page.log.first().summary
    with pytest.raises(Refused, match="not there any more"):
        teaching.remember_link(page, 999_999, by=ana)


def test_what_differs_from_page_to_page_is_not_remembered(page: Article, ana: User) -> None:
    author = page.attribution.filter(role="author").first()
    chain.confirm_link(page, author.pk, by=ana, seen=page.version)
    with pytest.raises(Refused, match="differs from page to page"):
        teaching.remember_link(page, author.pk, by=ana)
    facts.confirm_field(page, "title", by=ana, seen=page.version)
    with pytest.raises(Refused, match="differs from page to page"):
        teaching.remember_field(page, "title", by=ana)
    facts.confirm_field(page, "section", by=ana, seen=page.version)
    with pytest.raises(Refused, match="nothing to remember about the section"):
        teaching.remember_field(page, "section", by=ana)


def test_a_section_is_called_on_the_next_page_what_it_was_corrected_to(page: Article, ana: User) -> None:
    facts.fix_field(page, "section", text="Nature", remember=True, by=ana, seen=page.version)
    field = factories.ArticleFactory(url=f"{HERE}2").fields.get(name="section")
    assert (field.value, field.state, field.fixed) == ("Nature", "inferred", False)
    assert field.found["candidates"][0]["value"] == "Environnement"
    page.refresh_from_db()
    facts.release_field(page, "section", by=ana, seen=page.version)
    assert not RememberedFact.objects.exists()


def test_nothing_is_remembered_where_nobody_knows_the_outlet(ana: User) -> None:
    article = factories.ArticleFactory(text="Un titre\n\nUn texte sans source, long de quelques mots seulement.\n")
    facts.fix_field(article, "language", text="fr", by=ana, seen=article.version)
    with pytest.raises(Refused, match="Nobody knows whose page"):
        teaching.remember_field(article, "language", by=ana)
    with pytest.raises(Refused, match="Nobody knows whose page"):
        facts.fix_field(article, "language", text="br", remember=True, by=ana, seen=article.version)
    assert article.fields.get(name="language").value == "fr", "a refused tick changes nothing"

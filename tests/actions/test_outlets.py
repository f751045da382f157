"""What people do to the registry of outlets."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.actions import attribution as chain
from articles.actions import history, outlets
from articles.actions.attribution import LinkSaid
from articles.actions.merging import Merger, merge_outlets
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.models import (
    Article,
    Attribution,
    DecidedLine,
    Outlet,
    OutletAlias,
    OutletDomain,
    RememberedFact,
    RememberedLine,
    RememberedOutlet,
)
from tests import factories

pytestmark = pytest.mark.django_db


def named(article: Article, name: str, role: str = "publisher") -> Attribution:
    return article.attribution.create(role=role, name=name, state="stated")


def merge(gone: Outlet, into: Outlet, by: User) -> Outlet:
    return merge_outlets(gone, into=into, seal=Merger(gone=gone, kept=into).seal, by=by)


@pytest.fixture
def page(db: None) -> Article:
    """An article of an outlet that nobody knows."""
    return factories.ArticleFactory(url="https://www.lanterne.example/2024/03/quai", outlet="La Lanterne")


def publisher(article: Article) -> Attribution:
    return article.attribution.get(role="publisher")


def test_an_unknown_publisher_is_added_from_evidence_with_one_click(page: Article, ana: User) -> None:
    twin = factories.ArticleFactory(outlet="la lanterne")
    (unknown,) = outlets.unknown_outlets(page, page.attribution.all())
    assert (unknown.name, unknown.domain, unknown.language) == ("La Lanterne", "lanterne.example", "fr")
    outlet = outlets.add_named_outlet(page, publisher(page).pk, by=ana)
    assert (outlet.name, outlet.language, outlet.country, outlet.timezone) == ("La Lanterne", "fr", "", "")
    assert outlet.domains.get().domain == "lanterne.example"
    for article in (page, twin):
        article.refresh_from_db()
        assert article.outlet == outlet
        assert publisher(article).outlet == outlet
    assert page.version == 1, "which outlet a name means is no edit of the article"
    assert "added “La Lanterne” to the outlets" in page.log.first().summary
    assert outlet.log.get().action == "add"
    with pytest.raises(Refused, match="have “La Lanterne” already"):
        outlets.add_named_outlet(page, publisher(page).pk, by=ana)


def test_an_agency_is_added_as_one_and_without_the_address_of_the_page(page: Article, ana: User) -> None:
    outlet = outlets.add_named_outlet(page, named(page, "Hélios Presse", "agency").pk, by=ana)
    assert (outlet.is_agency, outlet.domains.count(), outlet.language) == (True, 0, "")


def test_who_is_cited_or_signs_is_no_outlet(page: Article) -> None:
    named(page, "La mairie", "cited")
    named(page, "Jeanne Morvan", "author")
    assert [one.name for one in outlets.unknown_outlets(page, page.attribution.all())] == ["La Lanterne"]


def test_a_name_that_is_nearly_one_we_know_is_offered_as_the_same_or_never_the_same(page: Article, ana: User) -> None:
    known = factories.OutletFactory(name="Lanterne")
    link = publisher(page)
    (unknown,) = outlets.unknown_outlets(page, [link])
    assert list(unknown.like) == [known]
    outlets.keep_name_apart(page, link.pk, outlet=known, by=ana)
    assert list(outlets.unknown_outlets(page, [link])[0].like) == []
    with pytest.raises(Refused, match="never Lanterne"):
        outlets.name_outlet(page, link.pk, outlet=known, by=ana)
    known.apart_from.all().delete()
    outlets.name_outlet(page, link.pk, outlet=known, by=ana)
    assert known.aliases.get().name == "La Lanterne"
    page.refresh_from_db()
    assert (page.outlet, page.outlet_name) == (known, "La Lanterne")


def test_the_owner_of_the_address_is_offered_whatever_its_name(page: Article) -> None:
    owner = factories.OutletFactory(name="Groupe Phare")
    OutletDomain.objects.create(outlet=owner, domain="lanterne.example")
    (unknown,) = outlets.unknown_outlets(page, [publisher(page)])
    assert (list(unknown.like), unknown.domain) == ([owner], "")


def test_a_name_that_two_outlets_bear_is_known_already(page: Article) -> None:
    for number in range(2):
        OutletAlias.objects.create(outlet=factories.OutletFactory(name=f"Autre {number}"), name="La Lanterne")
    assert outlets.unknown_outlets(page, [publisher(page)]) == []


def test_what_was_remembered_of_the_address_is_remembered_of_the_new_outlet(ana: User) -> None:
    page = factories.ArticleFactory(url="https://www.la-lanterne.example/quai")
    assert page.memory.name == "la-lanterne.example"
    outlet = outlets.add_named_outlet(page, named(page, "La Lanterne").pk, by=ana)
    page.refresh_from_db()
    assert page.memory.name == outlets.outlet_key(outlet) == "la lanterne"
    assert not RememberedOutlet.objects.filter(name="la-lanterne.example").exists()


def test_permissions_are_asked(page: Article, rita: User, ana: User) -> None:
    outlet, other = factories.OutletFactory(), factories.OutletFactory()
    for act in (
        lambda: outlets.add_named_outlet(page, publisher(page).pk, by=rita),
        lambda: outlets.name_outlet(page, publisher(page).pk, outlet=outlet, by=rita),
        lambda: outlets.keep_name_apart(page, publisher(page).pk, outlet=outlet, by=rita),
        lambda: outlets.keep_apart(outlet, other=other, by=ana),
        lambda: merge(outlet, other, ana),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Outlet.objects.filter(pk__in=(outlet.pk, other.pk)).count() == 2


@pytest.fixture
def two(page: Article, ana: User) -> tuple[Outlet, Outlet]:
    """An outlet with an article, an alias, a domain and memory; and one that it is the same as."""
    gone = outlets.add_named_outlet(page, publisher(page).pk, by=ana)
    OutletAlias.objects.create(outlet=gone, name="Lanterne du Soir")
    return gone, factories.OutletFactory(name="Lanterne Média", language="", timezone="")


def test_merging_moves_everything_and_changes_no_word_of_an_article(
    two: tuple[Outlet, Outlet], page: Article, claire: User
) -> None:
    gone, kept = two
    raw, link = page.raw_text, publisher(page)
    slug, memory = gone.slug, page.memory
    outlet = merge(gone, kept, claire)
    page.refresh_from_db()
    link.refresh_from_db()
    assert not Outlet.objects.filter(slug=slug).exists()
    assert {alias.name for alias in outlet.aliases.all()} == {"La Lanterne", "Lanterne du Soir"}
    assert outlet.domains.get().domain == "lanterne.example"
    assert (page.raw_text, page.outlet, page.outlet_name, page.version) == (raw, kept, "La Lanterne", 1)
    assert (link.name, link.outlet) == ("La Lanterne", kept)
    assert page.memory.name == "lanterne media"
    assert page.memory.pk == memory.pk
    assert outlet.language == "fr", "what the other did not say is taken over"
    entry = outlet.log.first()
    assert (entry.action, entry.former_slug) == ("merge", slug)
    assert entry.changes["links"] == [link.pk]
    assert outlets.free_slug("La Lanterne") != slug, "an address that leads on is given to nobody else"


def test_merging_adds_up_what_is_remembered(two: tuple[Outlet, Outlet], page: Article, claire: User, ana: User) -> None:
    gone, kept = two
    other = factories.ArticleFactory(outlet=kept.name)
    common = RememberedLine.objects.filter(outlet=other.memory).order_by("key").first()
    before = RememberedLine.objects.get(outlet=page.memory, key=common.key)
    RememberedFact.objects.create(outlet=page.memory, about="agency", value="AFP", article=page, by=ana)
    RememberedFact.objects.create(outlet=page.memory, about="language", value="fr", article=page, by=ana)
    RememberedFact.objects.create(outlet=other.memory, about="language", value="br", article=other, by=ana)
    DecidedLine.objects.create(article=page, outlet=page.memory, key="x", kind="ad")
    merge(gone, kept, claire)
    other.memory.refresh_from_db()
    assert other.memory.pages == 2
    assert RememberedLine.objects.get(outlet=other.memory, key=common.key).pages == common.pages + before.pages
    assert set(other.memory.facts.values_list("about", "value")) == {("agency", "AFP"), ("language", "br")}
    assert DecidedLine.objects.get().outlet == other.memory
    assert RememberedOutlet.objects.filter(name="la lanterne").count() == 0


@pytest.mark.parametrize(
    ("theirs", "ours", "after", "said"),
    [
        ("ask", "unknown", "ask", "Nothing without asking, as La Lanterne does"),
        ("unknown", "full", "full", ""),
        ("full", "full", "full", ""),
        ("full", "ask", "ask", "Nothing without asking; that La Lanterne says “Full text by agreement” is lost"),
    ],
)
def test_the_terms_of_the_one_that_stays_hold_where_it_has_any(
    theirs: str, ours: str, after: str, said: str, two: tuple[Outlet, Outlet], claire: User
) -> None:
    gone, kept = two
    gone.terms, kept.terms = theirs, ours
    gone.credit_required, gone.credit_line = True, "La Lanterne / Hélios"
    gone.save()
    kept.save()
    assert Merger(gone=gone, kept=kept).terms == said
    outlet = merge(gone, kept, claire)
    outlet.refresh_from_db()
    assert outlet.terms == after
    assert outlet.credit_line == ("La Lanterne / Hélios" if ours == "unknown" else "")
    assert outlet.log.first().changes["outlet"]["terms"] == theirs, "what was lost is written down"


def test_what_would_move_must_be_what_was_seen(two: tuple[Outlet, Outlet], claire: User) -> None:
    gone, kept = two
    seal = Merger(gone=gone, kept=kept).seal
    OutletAlias.objects.create(outlet=gone, name="Lanterne Matin")
    with pytest.raises(Conflict, match="changed since you looked"):
        merge_outlets(gone, into=kept, seal=seal, by=claire)
    merge(gone, kept, claire)
    with pytest.raises(Conflict, match="not there any more"):
        merge_outlets(gone, into=kept, seal=seal, by=claire)


def test_an_outlet_is_not_merged_with_itself_nor_with_one_it_never_is(two: tuple[Outlet, Outlet], claire: User) -> None:
    gone, kept = two
    with pytest.raises(Refused, match="same outlet"):
        merge(gone, gone, claire)
    outlets.keep_apart(gone, other=kept, by=claire)
    with pytest.raises(Refused, match="is never"):
        merge(gone, kept, claire)
    with pytest.raises(Refused, match="is never"):
        merge(kept, gone, claire)
    outlets.let_together(kept, kept.apart_from.get().pk, by=claire)
    assert not gone.apart_from.exists()
    merge(gone, kept, claire)


def test_an_action_on_an_article_is_taken_back_after_its_outlet_was_merged(
    two: tuple[Outlet, Outlet], page: Article, ana: User, claire: User
) -> None:
    gone, kept = two
    said = LinkSaid(role="publisher", name="Lanterne du Soir")
    page.refresh_from_db()
    chain.correct_link(page, publisher(page).pk, said=said, by=ana, seen=page.version)
    merge(gone, kept, claire)
    history.undo(page, page.log.filter(action="correct_link").get().pk, by=ana)
    link = publisher(page)
    assert (link.name, link.outlet, link.decision) == ("La Lanterne", kept, "open")
    page.refresh_from_db()
    assert page.outlet == kept


def test_a_remembered_fact_is_forgotten_on_the_page_of_its_outlet(
    two: tuple[Outlet, Outlet], page: Article, ana: User, claire: User
) -> None:
    gone, kept = two
    page.refresh_from_db()
    fact = RememberedFact.objects.create(outlet=page.memory, about="agency", value="AFP", article=page, by=ana)
    with pytest.raises(Refused, match="not remembered"):
        outlets.forget_fact(kept, fact.pk, by=claire)
    outlets.forget_fact(gone, fact.pk, by=claire)
    assert not RememberedFact.objects.exists()


def test_outlets_are_found_by_any_of_their_names(db: Any) -> None:
    outlet = factories.OutletFactory(name="L’Écho du Québec")
    OutletAlias.objects.create(outlet=outlet, name="Echo QC")
    OutletDomain.objects.create(outlet=outlet, domain="echo-qc.example")
    for words in ("echo quebec", "ÉCHO", "qc echo", "echo-qc.example"):
        assert outlet in Outlet.objects.called(words), words
    assert outlet not in Outlet.objects.called("echo montreal")

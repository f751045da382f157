"""The outlets in a browser: who may, what is asked, what moves."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import facts
from articles.actions.merging import Merger
from articles.models import Article, Outlet, OutletAlias, RememberedFact
from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]


@pytest.fixture
def lanterne(db: None) -> Outlet:
    outlet = factories.OutletFactory(name="La Lanterne", slug="la-lanterne", country="FR", default_rights="Ask first.")
    OutletAlias.objects.create(outlet=outlet, name="Lanterne du Soir")
    return outlet


@pytest.fixture
def twin(db: None) -> Outlet:
    return factories.OutletFactory(name="Lanterne", slug="lanterne")


@pytest.fixture
def fact(lanterne: Outlet) -> RememberedFact:
    article = factories.ArticleFactory(outlet="La Lanterne")
    return RememberedFact.objects.create(outlet=article.memory, about="agency", value="AFP", article=article)


# What may be posted to an outlet: name, further arguments, what is posted.
POSTS: dict[str, Callable[[Outlet, Outlet, RememberedFact], tuple[list[Any], dict[str, Any]]]] = {
    "merge_outlet": lambda a, b, f: ([], {"other": b.slug, "seal": Merger(gone=a, kept=b).seal}),
    "outlet_apart": lambda a, b, f: ([], {"other": b.slug}),
    "outlet_memory": lambda a, b, f: ([f.pk], {}),
}


def post(client: Client, name: str, lanterne: Outlet, twin: Outlet, fact: RememberedFact) -> Any:
    args, data = POSTS[name](lanterne, twin, fact)
    return client.post(reverse(name, args=[lanterne.slug, *args]), data)


def test_an_outlets_page_says_what_it_allows(lanterne: Outlet, desk: Desk) -> None:
    assert "Unknown" not in desk("ana").get(lanterne.get_absolute_url()).text
    Outlet.objects.filter(pk=lanterne.pk).update(
        terms="licence", licence="cc-by-sa", credit_required=True, credit_line="La Lanterne, CC BY-SA"
    )
    page = desk("ana").get(lanterne.get_absolute_url()).text
    for words in ("Under a licence: CC BY-SA", "Credit line: <bdi>La Lanterne, CC BY-SA</bdi>", "Ask first."):
        assert words in page


@pytest.mark.parametrize("name", POSTS)
def test_only_who_may_change_outlets_changes_them(
    name: str, lanterne: Outlet, twin: Outlet, fact: RememberedFact, desk: Desk
) -> None:
    assert post(Client(), name, lanterne, twin, fact).url.startswith("/login/")
    assert post(desk("stan"), name, lanterne, twin, fact).status_code == 404
    for who in ("rita", "ana"):
        assert post(desk(who), name, lanterne, twin, fact).status_code == 403
    assert Outlet.objects.filter(slug=lanterne.slug).exists()
    assert not lanterne.apart_from.exists()
    assert RememberedFact.objects.exists()
    response = post(desk("claire"), name, lanterne, twin, fact)
    assert response.status_code == 302
    assert desk("claire").get(response.url).status_code == 200


@pytest.mark.parametrize("name", POSTS)
def test_an_outlet_that_is_not_there_is_not_found(
    name: str, lanterne: Outlet, twin: Outlet, fact: RememberedFact, desk: Desk
) -> None:
    args, data = POSTS[name](lanterne, twin, fact)
    assert desk("claire").post(reverse(name, args=["nowhere", *args]), data).status_code == 404
    assert desk("ana").get("/outlets/nowhere/").status_code == 404


def test_other_methods_are_not_answered(lanterne: Outlet, fact: RememberedFact, desk: Desk) -> None:
    client = desk("claire")
    assert client.get(reverse("outlet_apart", args=[lanterne.slug])).status_code == 405
    assert client.get(reverse("outlet_memory", args=[lanterne.slug, fact.pk])).status_code == 405
    assert client.put(reverse("merge_outlet", args=[lanterne.slug])).status_code == 405


@pytest.mark.parametrize(
    ("name", "args", "data"),
    [
        ("merge_outlet", [], {}),
        ("merge_outlet", [], {"other": "lanterne"}),
        ("merge_outlet", [], {"other": "Nobody Knows", "seal": "x"}),
        ("merge_outlet", [], {"other": "la-lanterne", "seal": "x"}),
        ("merge_outlet", [], {"other": "x" * 201, "seal": "x"}),
        ("outlet_apart", [], {}),
        ("outlet_apart", [], {"other": "Nobody Knows"}),
        ("outlet_apart", [], {"other": "a\x00b"}),
        ("outlet_apart", [], {"other": "la-lanterne"}),
        ("outlet_apart", [999_999], {}),
        ("outlet_memory", [999_999], {}),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(
    name: str, args: list[int], data: dict[str, str], lanterne: Outlet, twin: Outlet, desk: Desk
) -> None:
    response = desk("claire").post(reverse(name, args=[lanterne.slug, *args]), data)
    assert response.status_code == 422
    assert 'class="problem" role="alert"' in response.content.decode()
    assert Outlet.objects.filter(slug__in=("lanterne", "la-lanterne")).count() == 2


def test_the_confirmation_lists_what_will_move_and_a_stale_one_is_shown_again(
    lanterne: Outlet, twin: Outlet, fact: RememberedFact, desk: Desk
) -> None:
    client = desk("claire")
    url = reverse("merge_outlet", args=["la-lanterne"])
    assert desk("ana").get(url, {"other": "lanterne"}).status_code == 403
    html = client.get(url, {"other": "Lanterne"}).content.decode()
    for words in ("Lanterne du Soir", fact.article.title, "lines of 1 page, 1 remembered fact"):
        assert words in html, words
    seal = re.search(r'name="seal" value="(\w+)"', html)
    assert seal
    OutletAlias.objects.create(outlet=lanterne, name="Lanterne Matin")
    response = client.post(url, {"other": "lanterne", "seal": seal[1]})
    assert response.status_code == 409
    assert "Lanterne Matin" in response.content.decode()
    seal = re.search(r'name="seal" value="(\w+)"', response.content.decode())
    assert seal
    response = client.post(url, {"other": "lanterne", "seal": seal[1]}, follow=True)
    assert "La Lanterne is Lanterne from now on." in response.content.decode()
    assert client.get("/outlets/la-lanterne/").url == "/outlets/lanterne/", "the old address leads on"


def test_an_outlet_s_page_says_what_we_know_and_what_we_do_not(
    lanterne: Outlet, fact: RememberedFact, desk: Desk, ana: Any
) -> None:
    Outlet.objects.update(trust_txt="https://lanterne.example/trust.txt", jti_certificate="https://jti.example/1")
    html = desk("rita").get("/outlets/la-lanterne/").content.decode()
    for words in ("Lanterne du Soir", "FR", "Ask first.", "lanterne.example/trust.txt", "jti.example/1", "AFP",
                  fact.article.title, "Nobody worked on an article of it yet"):  # fmt: skip
        assert words in html, words
    assert 'method="post"' not in html[html.index("<main") :]
    facts.fix_field(fact.article, "section", text="Mer", by=ana, seen=fact.article.version)
    html = desk("ana").get("/outlets/la-lanterne/").content.decode()
    assert "on the 1 article that they worked on: too few to say much" in html
    assert re.search(r'Section</th><td class="number">1</td><td class="number">1 <small>100 %', html)


def test_outlets_that_may_be_the_same_are_proposed_until_somebody_says_never(
    lanterne: Outlet, twin: Outlet, desk: Desk
) -> None:
    client = desk("claire")
    assert "May be the same" in client.get("/outlets/la-lanterne/").content.decode()
    client.post(reverse("outlet_apart", args=["la-lanterne"]), {"other": "lanterne"})
    for slug in ("la-lanterne", "lanterne"):
        html = client.get(f"/outlets/{slug}/").content.decode()
        assert "May be the same" not in html
        assert "Never <bdi>" in html
    client.post(reverse("outlet_apart", args=["la-lanterne", lanterne.apart_from.get().pk]))
    assert "May be the same" in client.get("/outlets/lanterne/").content.decode()


def listed(client: Client, **wanted: str) -> str:
    return client.get("/outlets/", wanted).content.decode()


def test_the_list_is_searched_and_filtered_and_leads_on_from_nothing(lanterne: Outlet, desk: Desk) -> None:
    client = desk("rita")
    Outlet.objects.filter(pk=lanterne.pk).update(language="br")
    assert ">La Lanterne<" in listed(client, q="lanterne SOIR")
    assert ">La Lanterne<" in listed(client, language="br", country="FR", kind="outlet")
    assert ">La Lanterne<" not in listed(client, kind="agency")
    assert ">La Lanterne<" not in listed(client, country="-")
    html = listed(client, q="introuvable")
    assert "No outlet fits" in html
    assert "“<bdi>introuvable</bdi>”" in html
    assert ">Show all outlets</a>" in html
    assert "It is left aside." in listed(client, language="klingon")
    assert listed(client, page="999", sort="articles").count("<tr>") > 1
    part = client.get("/outlets/", {"q": "lanterne"}, headers=HTMX)
    assert part.content.decode().strip().startswith('<section id="results"')
    assert "HX-Request" in part["Vary"]


def test_the_list_counts_articles_and_names_who_is_not_in_it(lanterne: Outlet, desk: Desk) -> None:
    article = factories.ArticleFactory(outlet="La Lanterne")
    other = factories.ArticleFactory(outlet="Le Phare inconnu")
    assert Article.objects.get(pk=article.pk).outlet == lanterne
    html = listed(desk("ana"), sort="articles")
    first = html[html.index("<tbody>") :]
    assert re.search(r'La Lanterne.*?<td class="number" data-label="Articles">1</td>', first, re.DOTALL)
    assert f'href="/articles/{other.pk}/?tab=facts#attribution"><bdi>Le Phare inconnu</bdi>' in html


def test_an_outlet_with_letters_beyond_ascii_has_a_page(desk: Desk) -> None:
    outlet = factories.OutletFactory(name="הארץ היומי", slug="הארץ-היומי")
    assert desk("ana").get(outlet.get_absolute_url()).status_code == 200


def test_hostile_names_are_shown_as_text(desk: Desk) -> None:
    bad = '"><script>alert(1)</script>'
    outlet = factories.OutletFactory(name=bad, slug="bad")
    OutletAlias.objects.create(outlet=outlet, name=f"{bad} 2")
    other = factories.OutletFactory(name="Other", slug="other")
    client = desk("claire")
    for url in ("/outlets/?q=script", "/outlets/bad/", f"/outlets/bad/merge/?other={other.slug}"):
        response = client.get(url)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode(), url

"""The facts panel: the picture of the chain, the dates on a line, and what is posted from them."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.actions import attribution as chain
from articles.models import Article, Attribution, Outlet, RememberedFact
from articles.views.page import ReviewPage
from articles.views.panels.chain import steps
from articles.views.panels.dates import DatesPanel, spoken
from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db
UNDATED = factories.TEXT.replace("Publié le 14 mars 2024 à 09h30\n", "").replace("quatre cents", "trois cents")
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


def link(article: Article, role: str, name: str, state: str = "stated", **more: Any) -> Attribution:
    return article.attribution.create(role=role, name=name, state=state, **more)


def drawn(article: Article) -> list[list[tuple[str, str, str]]]:
    return [[(node.role, node.name, node.state) for node in step.nodes] for step in steps(article.attribution.all())]


@pytest.fixture
def bare(article: Article) -> Article:
    article.attribution.all().delete()
    return article


def test_the_chain_runs_from_who_is_cited_to_the_publisher(bare: Article) -> None:
    link(bare, "publisher", "Le Fanal", "inferred")
    link(bare, "republished_from", "", "unknown")
    link(bare, "cited", "commandement", via="agence de presse")
    link(bare, "cited", "Agence de Presse")
    link(bare, "photo_credit", "AFP")
    assert drawn(bare) == [
        [("Cited source", "commandement", "stated")],
        [("Cited source", "Agence de Presse", "stated")],
        [("Republished from", "", "unknown")],
        [("Publisher", "Le Fanal", "inferred")],
    ]


def test_who_relays_a_source_stands_in_the_chain_though_no_link_is_about_it(bare: Article) -> None:
    link(bare, "cited", "la mairie", via="Ouest Dépêches")
    assert drawn(bare)[1] == [("Via", "Ouest Dépêches", "stated")]


def test_who_stands_on_several_steps_is_drawn_once_and_nearest_to_us(bare: Article) -> None:
    for role in ("cited", "agency", "republished_from"):
        link(bare, role, "Al-Wahat")
    assert drawn(bare) == [
        [("Cited source, agency, republished from", "Al-Wahat", "stated")],
        [("Publisher", "", "unknown")],
    ]


def test_a_guess_that_a_person_confirmed_is_drawn_as_stated_and_says_by_whom(bare: Article, ana: User) -> None:
    guess = link(bare, "publisher", "Le Fanal", "inferred")
    chain.confirm_link(bare, guess.pk, by=ana, seen=bare.version)
    node = steps(bare.attribution.all())[0].nodes[0]
    assert (node.state, node.says) == ("stated", "ana confirmed")


def test_many_sources_are_counted_beyond_four(bare: Article) -> None:
    for number in range(7):
        link(bare, "cited", f"source {number}")
    step = steps(bare.attribution.all())[0]
    assert (len(step.nodes), step.more) == (4, 3)


def panel(article: Article, *dates: tuple[str, str | None, str]) -> DatesPanel:
    rows = [
        {"start": n, "end": n + 1, "surface": surface, "value": value, "role": role, "reason": ""}
        for n, (surface, value, role) in enumerate(dates)
    ]
    return DatesPanel(rows, article.fields.get(name="published"), at=lambda start: f"block-{start}")


def test_a_caption_s_date_two_years_off_says_so_and_stands_far_away(article: Article) -> None:
    found = panel(article, ("lundi", "2024-03-11", "event"), ("2 mars 2022", "2022-03-02", "caption"))
    assert found.publication == date(2024, 3, 14)
    caption, event, published = found.on_line
    assert (caption.role, caption.off) == ("caption", "2 years before")
    assert (event.off, published.off, published.places) == ("", "", [])
    drawing = found.drawing
    assert drawing
    assert caption.x < 20
    assert event.x - caption.x > 3 * (published.x - event.x)
    assert [gap["text"] for gap in drawing["breaks"]] == ["2 years"]


def test_places_that_name_one_day_in_one_role_are_one_mark(article: Article) -> None:
    found = panel(article, ("14/03", "2024-03-14", "publication"), ("jeudi", "2024-03-14", "publication"))
    assert [len(mark.places) for mark in found.marks] == [2]
    assert found.drawing is None, "one day alone needs no line"


def test_what_has_no_year_or_no_value_is_listed_aside(article: Article) -> None:
    found = panel(article, ("14/02", "--02-14", "related"), ("mardi", None, "event"), ("hier", None, "event"))
    assert [(mark.shown, mark.off) for mark in found.aside] == [
        ("", ""), ("", ""), ("14 Feb", "no year; 29 days off at the least"),
    ]  # fmt: skip


def test_a_year_in_which_the_article_came_out_is_not_off(article: Article) -> None:
    found = panel(article, ("2024", "2024", "copyright"), ("2022", "2022", "background"))
    assert [mark.off for mark in found.on_line if mark.role != "publication"] == ["14 months before", ""]


@pytest.mark.parametrize(
    ("value", "said"),
    [("2023-01-18", "18 Jan 2023"), ("2021-11", "Nov 2021"), ("2020", "2020"), ("--02-14", "14 Feb"), (None, ""),
     ("2023-W03", "week of 16 Jan 2023"), ("2021/2022", "2021 – 2022"), ("nonsense", "nonsense")],
)  # fmt: skip
def test_a_date_is_said_no_more_precisely_than_it_is(value: str | None, said: str) -> None:
    assert spoken(value) == said


def test_as_many_dates_as_a_text_may_hold_are_drawn_inside_the_picture(article: Article) -> None:
    days = [(f"jour {n}", f"20{n % 24:02}-0{1 + n % 9}-1{n % 9}", "event") for n in range(120)]
    drawing = panel(article, *days).drawing
    assert drawing
    assert all(0 <= mark.x <= drawing["width"] and 0 <= mark.y <= drawing["height"] for mark in drawing["marks"])
    assert all(0 <= label.x <= drawing["width"] for label in drawing["labels"])


@BOTH
def test_a_date_is_taken_from_another_article(headers: dict[str, str], desk: Any) -> None:
    dated = factories.ArticleFactory(text=factories.TEXT)
    undated = factories.ArticleFactory(text=UNDATED, together=True)
    client = desk("ana")
    html = client.get(reverse("review", args=[undated.pk])).content.decode()
    assert f'Take this date<span class="vh"> from article {dated.pk}' in html
    url = reverse("field", args=[undated.pk, "published"])
    response = client.post(url, {"do": "borrow", "number": dated.pk, "seen": undated.version}, headers=headers)
    assert response.status_code == (200 if headers else 302)
    undated.refresh_from_db()
    assert undated.published == dated.published
    wrong = reverse("field", args=[undated.pk, "title"])
    assert client.post(wrong, {"do": "borrow", "number": dated.pk, "seen": undated.version}).status_code == 422


@BOTH
def test_a_link_and_a_field_are_remembered_for_the_outlet(headers: dict[str, str], desk: Any, ana: User) -> None:
    article = factories.ArticleFactory(url="https://lanterne.example/1")
    client = desk("ana")
    publisher = article.attribution.get(role="publisher")
    url = reverse("attribution", args=[article.pk, publisher.pk])
    assert client.post(url, {"do": "remember", "seen": 1}, headers=headers).status_code == 422
    client.post(url, {"do": "confirm", "seen": 1})
    assert client.post(url, {"do": "remember", "seen": 2}, headers=headers).status_code == (200 if headers else 302)
    fields = reverse("field", args=[article.pk, "section"])
    client.post(fields, {"do": "fix", "text": "Mer", "remember": "on", "seen": 2}, headers=headers)
    assert set(RememberedFact.objects.values_list("about", "value")) == {
        ("publisher", "lanterne.example"), ("section", "Mer"),
    }  # fmt: skip


@BOTH
def test_a_name_is_said_to_be_a_known_outlet_or_never_it(headers: dict[str, str], bare: Article, desk: Any) -> None:
    known = factories.OutletFactory(name="The Fanal")
    named = link(bare, "agency", "Fanal")
    client, url = desk("ana"), reverse("named_outlet", args=[bare.pk, named.pk])
    html = client.get(reverse("review", args=[bare.pk])).content.decode()
    assert "Same as The Fanal" in html
    said = {"outlet": known.pk, "seen": 1}
    assert client.post(url, {"do": "never", **said}, headers=headers).status_code == (200 if headers else 302)
    assert "Same as The Fanal" not in client.get(reverse("review", args=[bare.pk])).content.decode()
    assert client.post(url, {"do": "same", **said}, headers=headers).status_code == 422
    known.apart_from.all().delete()
    assert client.post(url, {"do": "same", **said}, headers=headers).status_code == (200 if headers else 302)
    named.refresh_from_db()
    assert named.outlet == known


def test_who_reviews_but_may_add_no_outlet_is_told_so(bare: Article, desk: Any) -> None:
    named = link(bare, "agency", "Presse du Quai")
    user = factories.person("rita")
    user.user_permissions.add(Permission.objects.get(codename="review_article"))
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    html = client.get(reverse("review", args=[bare.pk])).content.decode()
    assert "Ask a chief editor or an administrator to add it." in html
    response = client.post(reverse("named_outlet", args=[bare.pk, named.pk]), {"do": "add", "seen": 1})
    assert response.status_code == 403
    assert not Outlet.objects.filter(name="Presse du Quai").exists()


def test_the_button_says_how_many_one_key_confirms(article: Article, ana: User) -> None:
    facts = ReviewPage(article, ana).facts
    stated = article.attribution.filter(state="stated").count()
    assert facts.settled_at_once == stated + len([field for field in article.fields.all() if field.shown])

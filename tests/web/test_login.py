"""Signing in and out, the pages for errors, and the headers of every page."""

from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import path

from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_and_out() -> None:
    factories.person("ana")
    client = Client()
    wrong = client.post("/login/", {"username": "ana", "password": "wrong"})
    assert wrong.status_code == 200
    assert "do not go together" in wrong.content.decode()
    right = client.post(
        "/login/?next=/upload/", {"username": "ana", "password": factories.PASSWORD, "next": "/upload/"}
    )
    assert (right.status_code, right.url) == (302, "/upload/")
    assert client.get("/").status_code == 200
    assert client.post("/logout/").status_code == 302
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(to: str) -> None:
    factories.person("ana")
    response = Client().post("/login/", {"username": "ana", "password": factories.PASSWORD, "next": to})
    assert response.url == "/"


def test_signing_out_needs_a_form() -> None:
    assert Client().get("/logout/").status_code == 405


@pytest.mark.parametrize("url", ["/nowhere/", "/articles/x/", "/published/a b/"])
def test_a_page_that_is_not_there_has_a_page(url: str) -> None:
    response = Client().get(url)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_refusal_has_a_page_with_the_reason(desk: Any) -> None:
    response = desk("rita").get("/upload/")
    assert response.status_code == 403
    assert "Your account may not upload" in response.content.decode()


def test_signing_in_leads_back_to_the_page_from_which_a_form_was_sent(article: Any) -> None:
    url = f"/articles/{article.pk}/notes/"
    sent = Client().post(url, {"text": "x"}, headers={"Referer": f"http://testserver/articles/{article.pk}/?tab=facts"})
    assert sent.url == f"/login/?next=/articles/{article.pk}/%3Ftab%3Dfacts"
    for elsewhere in ({}, {"Referer": "https://evil.example/a/"}, {"Referer": "//evil.example"}):
        assert Client().post(url, headers=elsewhere).url == f"/login/?next={url}"


def stale() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person("ana"))
    return client


def test_a_form_that_is_too_old_has_a_page_with_a_way_back_and_what_was_typed(article: Any) -> None:
    back = f"http://testserver/articles/{article.pk}/?tab=facts"
    response = stale().post(f"/articles/{article.pk}/notes/", {"text": "<b>Rappeler"}, headers={"Referer": back})
    html = response.content.decode()
    assert response.status_code == 403
    assert "This page was too old to be sent" in html
    assert f'href="/articles/{article.pk}/?tab=facts"' in html
    assert "&lt;b&gt;Rappeler</textarea>" in html
    assert article.notes.count() == 0


def test_what_comes_without_a_session_is_not_shown_again(article: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        f"/articles/{article.pk}/notes/", {"text": "Rappeler"}, headers={"Referer": "//evil.example"}
    )
    html = response.content.decode()
    assert response.status_code == 403
    assert "Rappeler" not in html
    assert "evil.example" not in html
    assert 'href="/login/"' in html


def test_an_old_form_of_htmx_without_a_session_asks_to_sign_in(article: Any) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/articles/{article.pk}/notes/", headers=HTMX)
    assert response.status_code == 401
    assert "You were signed out." in response.content.decode()
    assert response.cookies["csrftoken"].value


DESK_MENU = ("Queue", "Outlets", "Entities")


@pytest.mark.parametrize("url", ["/login/", "/nowhere/"])
def test_the_menu_of_who_is_not_signed_in_leads_where_they_may_go(url: str, desk: Any) -> None:
    html = Client().get(url).content.decode()
    assert not [name for name in DESK_MENU if f">{name}</a>" in html]
    assert all(f">{name}</a>" in html for name in ("Published", "Sign in"))
    stranger = desk("stan").get("/nowhere/").content.decode()
    assert not [name for name in (*DESK_MENU, "Sign in") if f">{name}</a>" in stranger]
    assert all(f">{name}</a>" in desk("rita").get("/nowhere/").content.decode() for name in DESK_MENU)


def test_public_pages_offer_to_sign_in_and_know_nobody(article: Any) -> None:
    response = Client().get("/published/")
    assert '<a href="/login/">Sign in</a>' in response.content.decode()
    assert "Cookie" not in response.get("Vary", "")
    assert "session.js" not in response.content.decode()


def test_every_page_that_htmx_changes_has_a_place_for_a_notice() -> None:
    base = get_template("base.html").template.source
    assert '<div id="notice"></div>' in base
    for page in (settings.BASE_DIR / "templates").rglob("*.html"):
        source = page.read_text()
        if "{% htmx_script %}" in source:
            assert '{% extends "base.html" %}' in source, page
            assert "{% block notice %}" not in source, page
            assert "{% block session %}" not in source, page


def broken(request: object) -> None:
    raise RuntimeError


urlpatterns = [path("broken/", broken)]


@pytest.mark.urls(__name__)
def test_a_crash_has_a_page_that_needs_nothing(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.mark.parametrize("url", ["/", "/login/", "/published/", "/feeds/rss.xml", "/nowhere/"])
def test_every_answer_carries_the_policies(url: str, desk: Any) -> None:
    response = desk("ana").get(url)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"

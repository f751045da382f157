"""Signing in and out, the pages for errors, and the headers of every page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import path

from tests import factories

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

"""The bookmarklet on pages of another site: what the editor sees comes in, by one press, and hostile pages get nowhere."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Upload
from tests.browser.conftest import Complaints

# A page as a site serves it: with an old encoding, and forbidding nearly everything.
FOREIGN = (
    '<!doctype html><html lang="fr"><head><meta charset="windows-1252"><title>Le marché de Bréval déménage</title></head>'
    "<body><h1>Le marché de Bréval déménage</h1><p id=teaser>Abonnez-vous pour lire la suite.</p></body></html>"
).encode("cp1252")
POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
# What a reader of the site sees once the page was unfolded: it is nowhere in what the site sent.
UNFOLDED = (
    "Le marché du samedi quittera la place de l’église au mois de mai, a décidé le conseil municipal de Bréval après "
    "deux ans de discussions avec les commerçants et les habitants du quartier."
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path != "/favicon.ico" else 204)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", POLICY)
        if self.path == "/cut-off":
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.end_headers()
        if self.path != "/favicon.ico":
            self.wfile.write(FOREIGN)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def bookmark(visit: Any) -> tuple[Page, str]:
    """A browser in which ana is signed in, and the code behind the bookmark that she dragged."""
    page = visit("ana")
    page.goto("/upload/")
    page.get_by_role("link", name="the page you are reading").click()
    link = page.get_by_role("link", name="To the newsroom")
    expect(link).to_have_attribute("href", re.compile("^javascript:"))
    href = link.get_attribute("href") or ""
    return page, unquote(href.removeprefix("javascript:"))


def press(page: Page, code: str) -> Page:
    """Press the bookmark on a page; the desk's window."""
    with page.expect_popup() as opened:
        page.evaluate(code)
    window = opened.value
    window.set_default_timeout(10_000)
    return window


def test_a_page_comes_in_as_the_editor_sees_it(bookmark: tuple[Page, str], elsewhere: str) -> None:
    page, code = bookmark
    page.goto(f"{elsewhere}/marche?page=1")
    page.evaluate("words => { document.getElementById('teaser').textContent = words }", UNFOLDED)
    window = press(page, code)
    expect(window.get_by_role("status")).to_contain_text("This arrived")
    expect(window.locator("[data-title]")).to_have_text("Le marché de Bréval déménage")
    expect(window.locator("[data-address]")).to_have_text(f"{elsewhere}/marche?page=1")
    assert not Upload.objects.exists(), "nothing is taken before the press"
    window.get_by_role("button", name="Bring it in").click()
    expect(window.get_by_role("heading", level=1)).not_to_have_text("Bring a page in")
    article = Article.objects.get()
    assert article.given_url == f"{elsewhere}/marche?page=1"
    assert "Le marché de Bréval déménage" in article.clean_text
    assert UNFOLDED in article.clean_text
    assert (Upload.objects.get().way, Upload.objects.get().by.username) == ("bookmarklet", "ana")
    assert page.url == f"{elsewhere}/marche?page=1", "the page that is read stays where it is"


def test_scripts_and_drawings_are_left_out_of_a_page_that_is_too_large(
    bookmark: tuple[Page, str], elsewhere: str, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 20_000
    page, code = bookmark
    page.goto(elsewhere)
    page.evaluate(
        """words => {
          document.getElementById('teaser').textContent = words;
          const data = document.createElement("script");
          data.type = "application/json";
          data.textContent = "x".repeat(50_000);
          document.body.append(data);
        }""",
        UNFOLDED,
    )
    window = press(page, code)
    expect(window.get_by_text("scripts, styles and drawings were left out")).to_be_visible()
    window.get_by_role("button", name="Bring it in").click()
    expect(window.get_by_role("heading", level=1)).not_to_have_text("Bring a page in")
    assert UNFOLDED in Article.objects.get().clean_text


def test_who_is_not_signed_in_is_told_so_in_the_window(
    visit: Any, bookmark: tuple[Page, str], elsewhere: str, complaints: Complaints
) -> None:
    complaints.allow(403)
    _, code = bookmark
    stranger = visit()
    stranger.goto(elsewhere)
    window = press(stranger, code)
    expect(window.get_by_role("alert")).to_contain_text("You are not signed in")


def test_the_window_says_what_it_is_for_when_no_page_opened_it(visit: Any) -> None:
    page = visit("ana")
    page.goto("/upload/from-page/")
    expect(page.get_by_role("status")).to_contain_text("No page has arrived")
    expect(page.get_by_role("button", name="Bring it in")).to_be_hidden()


HOSTILE = """([address, message]) => new Promise((done) => {
  const opened = window.open(address, "_blank", "width=600,height=500");
  window.addEventListener("message", (event) => {
    const said = { answer: event.data.question, newsroom: "page", url: location.href, title: "t", html: "<p>x" };
    for (const each of [].concat(message)) opened.postMessage({ ...said, ...each }, "*");
    done(event.data);
  });
})"""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"answer": "guessed"}, "No page has arrived"),
        ({"newsroom": "order"}, "No page has arrived"),
        ({"html": 5}, "No page has arrived"),
        ({"title": None}, "No page has arrived"),
        ({"url": "https://bank.example/account"}, "not of the site that handed the page over"),
        ({"url": "javascript:alert(1)"}, "Only pages with a web address"),
        ({"url": "http://" + "a" * 3000}, "Only pages with a web address"),
    ],
)
def test_a_hostile_page_hands_nothing_over(
    message: dict[str, Any], said: str, visit: Any, elsewhere: str, base_url: str
) -> None:
    page = visit("ana")
    page.goto(elsewhere)
    with page.expect_popup() as opened:
        told = page.evaluate(HOSTILE, [f"{base_url}/upload/from-page/", message])
    window = opened.value
    expect(window.locator("[data-state]")).to_contain_text(said)
    expect(window.get_by_role("button", name="Bring it in")).to_be_hidden()
    assert set(told) == {"newsroom", "question"}, "the desk's window says nothing but that it is there"
    assert not Upload.objects.exists()


def test_one_message_is_taken_and_what_comes_later_changes_nothing(visit: Any, elsewhere: str, base_url: str) -> None:
    page = visit("ana")
    page.goto(elsewhere)
    messages = [{"title": "<b>first</b>"}, {"title": "second", "html": "<p>other"}]
    with page.expect_popup() as opened:
        page.evaluate(HOSTILE, [f"{base_url}/upload/from-page/", messages])
    window = opened.value
    expect(window.locator("[data-title]")).to_have_text("<b>first</b>")
    button = window.get_by_role("button", name="Bring it in")
    expect(button).to_be_enabled()
    assert window.evaluate("document.querySelector('[name=page]').files[0].text()") == "<p>x"
    assert not Upload.objects.exists()


def test_another_window_than_the_opener_is_not_heard(visit: Any, elsewhere: str, base_url: str) -> None:
    page = visit("ana")
    page.goto(elsewhere)
    with page.expect_popup() as opened:
        page.evaluate(HOSTILE, [f"{base_url}/upload/from-page/", []])
    window = opened.value
    # A window knows its own question; that another one knew it would not help it either.
    window.evaluate("window.postMessage({ newsroom: 'page', url: location.href, title: 't', html: '<p>x' }, '*')")
    expect(window.locator("[data-state]")).to_contain_text("No page has arrived")

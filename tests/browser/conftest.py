"""The running product in Chromium: a desk with people, and pages that fail their test when the browser complains."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.browser.pages import PHARE
from tests.factories import ArticleFactory, cast, person

# Playwright's synchronous interface keeps an event loop in this thread; the tests use the database from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def is_ours(item: pytest.Item) -> bool:
    return "tests/browser/" in item.path.as_posix()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Browser tests come last: each of them empties the database, and others need what the migrations put there."""
    for item in filter(is_ours, items):
        item.add_marker(pytest.mark.browser)
    yield
    items.sort(key=is_ours)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    # The shell first: the same engine without the windows of a browser, which take a quarter of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = [path for name in names if (path := shutil.which(name))]
    if not found:
        pytest.fail("The browser tests drive Chromium, and none is on PATH. Debian: apt-get install chromium.")
    switches = "no-sandbox disable-gpu disable-background-networking disable-component-update disable-sync no-first-run"
    return {"executable_path": found[0], "args": [f"--{switch}" for switch in switches.split()]}


@pytest.fixture(scope="session")
def base_url(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the product runs. The server comes after the test database, whose connection it shares on SQLite."""
    yield request.getfixturevalue("live_server").url
    # A thread of the server lasts as long as the browser's connection to it, and closes the database's when it ends:
    # it must have ended before the server takes back the leave to share that connection.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def people(base_url: str, transactional_db: None, live_server: LiveServer) -> dict[str, User]:
    """Everyone who works here, on a desk that the running server sees."""
    return {name: person(name) for name, _ in cast()}


@pytest.fixture
def bring(people: dict[str, User]) -> Callable[..., Article]:
    """Put a page on the desk as an upload does, without the browser."""

    def bring(text: str = PHARE, **beside: str) -> Article:
        return ArticleFactory(text=text, by=people["ana"], **beside)

    return bring


class Complaints:
    """What the browser complained about while a test ran. A test that provokes an error names it first."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: set[int] = set()

    def allow(self, *statuses: int) -> None:
        """Answers with these HTTP statuses, and what console and htmx say about them, are meant to happen."""
        self.expected.update(statuses)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.found.append(f"script error: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(
            f"status of {status} " in message.text or f"Status Error Code {status} " in message.text
            for status in self.expected
        ):
            return
        self.found.append(f"console {message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what was still loading when the page was left
            self.found.append(f"failed: {request.method} {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.found.append(f"{response.status}: {response.request.method} {response.url}")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """No console error or warning, script error, blocked resource or failed request is let pass."""
    seen = Complaints()
    yield seen
    assert not seen.found, "The browser complained:\n" + "\n".join(dict.fromkeys(seen.found))


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext],
    base_url: str,
    people: dict[str, User],
    complaints: Complaints,
) -> Callable[..., Page]:
    """A fresh browser window, signed in as somebody unless nobody is named."""

    def visit(username: str = "", **options: object) -> Page:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = new_context(**options)
        complaints.watch(context)
        if username:
            client = Client()
            client.force_login(people[username])
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                        "url": base_url,
                    }
                ]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    return visit

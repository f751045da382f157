"""The cast, and their browsers. ana and bea edit, claire approves, dov administers, rita may look, stan may nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from articles.core.reading import read
from articles.intake import memory, remembering
from articles.intake.memory import registry_rows
from tests import factories
from tests.kept import KeptArticles, KeptRegistry, Watch, read_once

# A database under each example is slow on a busy machine; how long a test takes says nothing about it.
settings.register_profile(
    "desk", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("desk")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of all tests, with a copy of the registry beside it."""
    with django_db_blocker.unblock():
        factories.keep_standing_data()


@pytest.fixture(autouse=True)
def _standing_data(request: pytest.FixtureRequest) -> None:
    """Groups and registry for tests with real transactions; other tests find them where the migrations put them."""
    if has_real_transactions(request):
        request.getfixturevalue("transactional_db")
        factories.restore_standing_data()


def has_real_transactions(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction", False)
    return real or bool({"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def _kept_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is the same for every test is made once; the first article of every test has the same text."""
    factories.ArticleFactory.reset_sequence(force=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembering, "read", read_once)
        if has_real_transactions(request):
            yield
            return
        watch = Watch()
        patch.setattr(memory, "registry_rows", KeptRegistry(watch))
        if "settings" not in request.fixturenames:
            patch.setattr(factories, "bring_in", KeptArticles(watch, factories.bring_in, lambda: is_patched(request)))
        with connection.execute_wrapper(watch):
            yield


def is_patched(request: pytest.FixtureRequest) -> bool:
    """Whether the test changed the product up to now."""
    patches = request.getfixturevalue("monkeypatch")
    return bool(patches._setattr or patches._setitem)


@pytest.fixture
def nothing_kept(_kept_between_tests: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry and every text are read as the product reads them."""
    monkeypatch.setattr(memory, "registry_rows", registry_rows)
    monkeypatch.setattr(remembering, "read", read)


@pytest.fixture
def ana(db: None) -> User:
    return factories.person("ana")


@pytest.fixture
def bea(db: None) -> User:
    return factories.person("bea")


@pytest.fixture
def claire(db: None) -> User:
    return factories.person("claire")


@pytest.fixture
def dov(db: None) -> User:
    return factories.person("dov")


@pytest.fixture
def rita(db: None) -> User:
    return factories.person("rita")


@pytest.fixture
def stan(db: None) -> User:
    return factories.person("stan")


@pytest.fixture
def everybody(db: None) -> dict[str, User]:
    """The whole cast by name."""
    return {name: factories.person(name) for name, _ in factories.cast()}


@pytest.fixture
def article(db: None) -> Any:
    """A new article with a bit of everything."""
    return factories.ArticleFactory()


@pytest.fixture
def desk(db: None) -> Callable[[str], Client]:
    """A signed-in browser of somebody of the cast: ``desk("ana")``."""

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(factories.person(username))
        return client

    return signed_in


HTMX = {"HX-Request": "true"}

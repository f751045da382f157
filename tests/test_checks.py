"""What ``manage.py check --deploy`` says beyond Django's own checks."""

from typing import Any

import pytest
from django.core.checks import run_checks

from articles.checks import secure_address, strict_csp

pytestmark = pytest.mark.django_db


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found]


def test_the_policy_as_it_is_raises_nothing() -> None:
    assert strict_csp(None) == []


@pytest.mark.parametrize("policy", [{}, None])
def test_a_missing_policy_is_an_error(policy: Any, settings: Any) -> None:
    settings.SECURE_CSP = policy
    assert ids(strict_csp(None)) == ["newsroom.E001"]


@pytest.mark.parametrize("word", ["'unsafe-inline'", "'unsafe-eval'"])
def test_a_loosened_policy_is_an_error_that_names_the_directive(word: str, settings: Any) -> None:
    settings.SECURE_CSP = {"script-src": ["'self'", word]}
    (found,) = strict_csp(None)
    assert found.id == "newsroom.E002"
    assert "script-src" in found.msg


def test_an_address_without_encryption_is_a_warning(settings: Any) -> None:
    assert secure_address(None) == []
    settings.PUBLIC_BASE_URL = "http://news.example"
    assert ids(secure_address(None)) == ["newsroom.W001"]


def test_the_checks_are_registered_for_deployment_only(settings: Any) -> None:
    settings.SECURE_CSP = {}
    settings.PUBLIC_BASE_URL = "http://news.example"
    mine = {"newsroom.E001", "newsroom.W001"}
    assert mine <= set(ids(run_checks(include_deployment_checks=True, tags=["security"])))
    assert not mine & set(ids(run_checks()))


def test_the_project_passes_every_ordinary_check() -> None:
    assert run_checks() == []

"""Settings, read by a process of their own: what is refused, and what is set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP"
PRODUCTION = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "news.example"}
SHOW = """
import json, newsroom.settings as s
names = ["DEBUG", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "SECURE_CSP", "UPLOAD_MAX_BYTES", "FOUR_EYES", "CLAIM_MINUTES"]
db = s.DATABASES["default"]
print(json.dumps({**{n: getattr(s, n) for n in names}, "ENGINE": db["ENGINE"], "OPTIONS": db.get("OPTIONS"),
    "SECURE": getattr(s, "SESSION_COOKIE_SECURE", False)}))
"""


def run(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", SHOW], env={**clean, **env}, cwd=ROOT, capture_output=True, text=True, check=False
    )


def shown(env: dict[str, str]) -> dict[str, object]:
    done = run(env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": "news.example"}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "news.example"}, "too short"),
        ({"SECRET_KEY": "a" * 60, "ALLOWED_HOSTS": "news.example"}, "too short"),
        ({"SECRET_KEY": SECRET}, "ALLOWED_HOSTS names no host"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS names no host"),
        ({"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS names no host"),
        ({**PRODUCTION, "DEBUG": "maybe"}, "DEBUG is 'maybe': say 1 or 0."),
        ({**PRODUCTION, "FOUR_EYES": "2"}, "FOUR_EYES"),
        ({**PRODUCTION, "UPLOAD_MAX_BYTES": "2MB"}, "UPLOAD_MAX_BYTES"),
        ({**PRODUCTION, "CLAIM_MINUTES": "0"}, "CLAIM_MINUTES"),
        ({**PRODUCTION, "FEED_ITEMS": "-5"}, "FEED_ITEMS"),
        ({**PRODUCTION, "PUBLIC_BASE_URL": "news.example"}, "PUBLIC_BASE_URL"),
        ({**PRODUCTION, "ENTITY_WEIGHTS": "no/such"}, "ENTITY_WEIGHTS is 'no/such', which is no folder"),
    ],
    ids=str,
)
def test_what_is_missing_or_wrong_stops_the_start_with_a_sentence(env: dict[str, str], words: str) -> None:
    done = run(env)
    assert done.returncode != 0
    assert words in done.stderr.strip().splitlines()[-1]


def test_production_is_strict_by_default() -> None:
    found = shown(PRODUCTION)
    assert found["DEBUG"] is False
    assert found["SECURE"] is True
    assert found["FOUR_EYES"] is True
    assert found["PUBLIC_BASE_URL"] == "https://news.example"
    assert not any("unsafe" in source for sources in found["SECURE_CSP"].values() for source in sources)


def test_development_needs_nothing() -> None:
    found = shown({"DEBUG": "1"})
    assert found["DEBUG"] is True
    assert "*" not in found["ALLOWED_HOSTS"]


def test_sqlite_has_the_options_that_hold_under_several_writers() -> None:
    found = shown(PRODUCTION)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 20
    for words in ("journal_mode=WAL", "synchronous=FULL"):
        assert words in found["OPTIONS"]["init_command"]


def test_postgresql_is_chosen_by_its_address() -> None:
    found = shown({**PRODUCTION, "DATABASE_URL": "postgres://desk@db.example/news"})
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert "transaction_mode" not in (found["OPTIONS"] or {})


def test_numbers_and_flags_come_from_the_environment() -> None:
    found = shown({**PRODUCTION, "UPLOAD_MAX_BYTES": "5000", "FOUR_EYES": "0", "PUBLIC_BASE_URL": "https://n.example/"})
    assert (found["UPLOAD_MAX_BYTES"], found["FOUR_EYES"], found["PUBLIC_BASE_URL"]) == (
        5000,
        False,
        "https://n.example",
    )

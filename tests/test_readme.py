"""The README names what the tables hold; a row that it forgets fails here."""

import re
from pathlib import Path

import pytest

from articles.actions.borrowing import LENT
from articles.core.attribution import CONSTRAINTS, EFFECTS, LICENCES, ROLES, TERMS
from articles.core.cleaning.kinds import KINDS
from articles.core.containers import CONTAINERS
from articles.core.containers.records import usual_keys
from articles.core.exchange import FORMATS as OF_TAGS
from articles.core.formats import FORMATS
from articles.core.metadata.fields import FIELDS
from articles.core.recalled import REMEMBERED
from articles.core.similarity import KINDS as VERDICTS
from articles.core.verdicts import TREATMENTS
from articles.core.workflow import TRANSITIONS, Status
from articles.feeds import FEEDS
from articles.models.entities import ENTITY_TYPES
from articles.views.answers import ALL_PANELS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLES = {
    "kind": list(KINDS),
    "format": [row.name for row in FORMATS],
    "format of tags": list(OF_TAGS),
    "container": [row.name for row in CONTAINERS],
    "name of a key": list(usual_keys()),
    "field": list(FIELDS),
    "role": list(ROLES),
    "remembered": list(REMEMBERED),
    "constraint": list(CONSTRAINTS),
    "effect": list(EFFECTS),
    "licence": list(LICENCES),
    "terms": list(TERMS),
    "treatment": [name for name in TREATMENTS if name != "full"],
    "verdict": list(VERDICTS),
    "lent": list(LENT),
    "status": [status.value for status in Status],
    "step": list(TRANSITIONS),
    "feed": list(FEEDS),
    "entity type": [name for name, _ in ENTITY_TYPES],
    "panel": list(ALL_PANELS),
}


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, names in TABLES.items() for name in names])
def test_the_readme_names_every_row_of_every_table(table: str, name: str) -> None:
    assert f"`{name}`" in README


def test_the_readme_names_every_setting_that_is_read_from_the_environment() -> None:
    settings = (ROOT / "newsroom/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:environ\.get|env_flag|env_number|env_list)\("(\w+)"', settings))
    assert read
    assert {name for name in read if f"`{name}`" not in README} == set()


def test_the_readme_gives_every_dependency_its_reason() -> None:
    names = set()
    for file in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            name = re.split(r"[\[=<>]", line.strip())[0]
            if name and not name.startswith("-"):
                names.add(name)
    reasons = README.split("## Dependencies")[1]
    assert {name for name in names if name not in reasons} == set()


def test_the_paths_that_the_readme_names_exist() -> None:
    named = set(re.findall(r"`((?:articles|templates|static|newsroom|tests|docs)/[\w/.]*)`", README))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_the_files_that_come_with_the_project_name_no_registry_host() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / file).read_text(encoding="utf-8")

"""manage.py read: files and what is in them, without a database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.core.containers.files import CSV, JSONL, PAGE, TEXT, zipped


def run(*files: Path, json: bool = True) -> tuple[str, str, int]:
    """What it prints, what it says on standard error, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("read", *map(str, files), json=json, stdout=out, stderr=err)
    except SystemExit as error:
        return out.getvalue(), err.getvalue(), int(error.code or 0)
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def written(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


def test_a_container_gives_an_object_for_each_article_under_the_name_of_its_item(file: Any) -> None:
    path = file("all.zip", zipped({"a.html": PAGE, "b.csv": CSV, "c.jsonl": JSONL}))
    out, err, code = run(path)
    articles = [json.loads(line) for line in out.splitlines()]
    assert [one["file"].removeprefix(str(path)) for one in articles] == [
        "/a.html", "/b.csv, line 2", "/b.csv, line 6", "/c.jsonl, line 1", "/c.jsonl, line 2"
    ]  # fmt: skip
    assert (err, code) == ("", 0)
    assert articles[0]["raw_text"] == PAGE
    title = articles[1]["fields"]["title"]
    assert (title["value"], title["state"], title["span"], title["reason"]) == (
        "Le port", "stated", None, "from the upload"
    )  # fmt: skip
    assert articles[3]["fields"]["url"]["value"] == "https://lorval.example/port"


def test_each_item_that_cannot_be_read_is_a_line_and_the_others_are_read(file: Any) -> None:
    pdf, empty = file("a.pdf", b"%PDF-1.7\n%\xe2\xe3"), file("b.txt", b"")
    many = file("c.jsonl", JSONL + b"{broken\n" + JSONL)
    missing = many.parent / "missing.txt"
    out, err, code = run(pdf, empty, many, missing, many.parent)
    assert len(out.splitlines()) == 4
    assert [line.removeprefix(str(many.parent)) for line in err.splitlines()] == [
        "/a.pdf: It is a PDF document, not text: save the article as text or HTML first.",
        "/b.txt: It is empty: it has 0 bytes.",
        "/c.jsonl, line 3: It is no valid JSON: expecting property name enclosed in double quotes (character 2).",
        "/missing.txt: There is no such file.",
        ": This is a folder, not a file: name the files in it, or use import_articles.",
    ]
    assert code == 1


def test_a_person_reads_the_same_of_each_item(file: Any) -> None:
    out, _, code = run(file("a.csv", CSV), json=False)
    assert out.count("--- Clean text") == 2
    assert "a.csv, line 6" in out
    assert TEXT.split(",")[0] in out
    assert code == 0

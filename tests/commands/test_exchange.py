"""manage.py export_entities and import_entities: out of one desk, and back."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import tags
from articles.core.exchange import FORMATS
from articles.models import Article, Mention
from tests import factories

pytestmark = pytest.mark.django_db


def run(command: str, *args: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(command, *map(str, args), **options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def decided(ana: User) -> Article:
    """An approved article with a tag that a person set, and suggestions."""
    article = factories.ArticleFactory()
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    Article.objects.filter(pk=article.pk).update(status="approved")
    article.refresh_from_db()
    return article


def labels(said: str) -> list[list[str]]:
    rows = [json.loads(line) for line in said.splitlines()]
    return [[row["text"][start:end] for start, end, _ in row["label"]] for row in rows]


def test_what_people_confirmed_is_exported_of_articles_they_stand_for(decided: Article) -> None:
    factories.ArticleFactory()
    out, err = run("export_entities", format="doccano")
    assert labels(out) == [["Lorval", "Lorval"]]
    assert err.splitlines() == [
        "Exported 1 article with 2 tags.",
        "1 more are not on the clean text but in captions or removed blocks: --raw has them.",
    ]
    out, _ = run("export_entities", "--format", "doccano", "--raw")
    assert labels(out) == [["Lorval", "Lorval", "Lorval"]]
    assert len(labels(run("export_entities", "--format", "doccano", "--status", "any")[0])) == 2
    assert labels(run("export_entities", "--format", "doccano", "--status", "new")[0]) == [[]]


def test_suggestions_go_along_when_asked_for(decided: Article) -> None:
    out, err = run("export_entities", "--format", "doccano", "--with-suggestions")
    assert "Emmanuel Macron" in labels(out)[0]
    assert "doccano has no room for who said so: suggestions and decisions look alike in it." in err
    out, err = run("export_entities", "--format", "label-studio", "--with-suggestions")
    assert json.loads(out)[0]["predictions"]
    assert "look alike" not in err


def test_only_what_people_worked_on_since_a_date(decided: Article) -> None:
    today, tomorrow = (timezone.now() + timedelta(days=days) for days in (0, 1))
    assert labels(run("export_entities", "--format", "doccano", "--since", f"{today:%Y-%m-%d}")[0])
    assert not labels(run("export_entities", "--format", "doccano", "--since", f"{tomorrow:%Y-%m-%d}")[0])
    with pytest.raises(CommandError, match="is no date"):
        run("export_entities", "--format", "doccano", "--since", "yesterday")


def test_a_zip_is_not_printed_and_a_file_is_whole_or_not_there(decided: Article, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="A ZIP is not printed"):
        run("export_entities", "--format", "brat")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_entities", "--format", "brat", "-o", tmp_path / "none" / "tags.zip")
    run("export_entities", "--format", "brat", "-o", tmp_path / "tags.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["tags.zip"]


def test_what_a_format_has_no_room_for_is_said(decided: Article, ana: User) -> None:
    tags.tag_words(decided, "port de Lorval", type="place", everywhere=True, by=ana, seen=decided.version)
    _, err = run("export_entities", "--format", "conll", "--status", "in_review")
    assert "2 of them stand inside others, for which CoNLL has no room: they were left out." in err


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_out_and_in_again(row: Any, decided: Article, bea: User, tmp_path: Path) -> None:
    path = tmp_path / f"tags.{row.ending}"
    run("export_entities", "--format", row.name, "-o", path)
    Article.objects.filter(pk=decided.pk).update(status="in_review")
    out, err = run("import_entities", path, "--by", "bea", "--as", "confirmed")
    assert out.splitlines() == ["1 texts with 2 tags", "      2 already there"]
    assert err == ""
    Mention.objects.filter(type="place").delete()
    out, _ = run("import_entities", path, "--by", "bea", "--as", "confirmed", "--dry-run")
    assert out.splitlines() == ["1 texts with 2 tags (nothing was written)", "      2 created"]
    assert not Mention.objects.filter(type="place").exists()
    run("import_entities", path, "--by", "bea", "--format", row.name)
    assert set(Mention.objects.filter(type="place").values_list("state", "origin")) == {("suggested", "person")}
    run("import_entities", path, "--by", "bea", "--as", "confirmed")
    assert set(Mention.objects.filter(type="place").values_list("state", "decided_by")) == {("confirmed", bea.pk)}


def doccano(article: Article, *words: str, label: str = "EVENT", **values: Any) -> str:
    text = article.clean_text
    found = [[text.index(word), text.index(word) + len(word), label] for word in words]
    return json.dumps({"text": text, "label": found, "article": str(article.guid), **values}) + "\n"


def test_nothing_is_lost_silently(article: Article, decided: Article, ana: User, tmp_path: Path) -> None:
    path = tmp_path / "tags.jsonl"
    changed = doccano(article, "pluie", "vagues", "travaux").replace("sous la pluie", "sous la neige")
    path.write_text(
        doccano(article, "digue", label="MISC")
        + changed
        + json.dumps({"text": "Nobody's words, of the rain.", "label": [[0, 6, "PER"]]})
        + "\n"
        + doccano(decided, "pluie")
        + doccano(article, "printemps", relations=[1])
    )
    out, err = run("import_entities", path, "--by", "ana")
    assert out.splitlines() == [
        "5 texts with 7 tags",
        "      3 created",
        "      1 of a type that we do not have",
        "      3 not placed",
        "        types that we do not have: MISC (1)",
    ]
    said = err.splitlines()
    assert said[0].startswith(f"Article {article.pk}, “{article.guid}”: not placed: “neige” (event), at ")
    assert said[1].startswith("“a text without a name” is none of the desk's articles, or may be several: its 1 tags")
    assert said[2].startswith(f"Article {decided.pk}, “{decided.guid}”: This article is approved")
    assert said[3] == "Left out: Line 5: 1 relations between tags."
    out, err = run("import_entities", path, "--by", "ana", "--reopen")
    assert "      1 created" in out
    decided.refresh_from_db()
    assert decided.status == "in_review"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tags.txt", b"", "The ending of tags.txt says nothing about its format"),
        ("tags.jsonl", b"{", "tags.jsonl is not read as doccano. Line 1 is no JSON"),
        ("tags.zip", b"x", "tags.zip is not read as brat. The file is no ZIP"),
        ("none/tags.json", None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    name: str, content: bytes | None, sentence: str, ana: User, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run("import_entities", tmp_path / name, "--by", "ana")


def test_a_broken_line_stops_before_anything_is_written(article: Article, ana: User, tmp_path: Path) -> None:
    path = tmp_path / "tags.jsonl"
    path.write_text(doccano(article, "pluie") + "{\n")
    with pytest.raises(CommandError, match="Line 2 is no JSON"):
        run("import_entities", path, "--by", "ana")
    assert not article.mentions.filter(surface="pluie").exists()


def test_who_brings_them_in_must_be_somebody_who_may(article: Article, rita: User, tmp_path: Path) -> None:
    path = tmp_path / "tags.jsonl"
    path.write_text(doccano(article, "pluie"))
    with pytest.raises(CommandError, match="There is no user zoe"):
        run("import_entities", path, "--by", "zoe")
    with pytest.raises(CommandError, match="rita may not change articles"):
        run("import_entities", path, "--by", "rita")


def test_a_file_that_is_too_large_is_not_opened(ana: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.management.commands.import_entities.FILE_BYTES", 3)
    (tmp_path / "tags.jsonl").write_bytes(b"{}\n{}\n")
    with pytest.raises(CommandError, match="Cut it into several"):
        run("import_entities", tmp_path / "tags.jsonl", "--by", "ana")

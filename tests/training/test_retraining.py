"""A desk teaches the recogniser with its own decisions, and is told what got better and what worse."""

import gzip
import json
from collections import defaultdict
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from articles.actions import tags
from articles.core.entities import trained
from articles.core.exchange import FORMATS, AnnotatedText
from articles.core.exchange import Tag as Outside
from articles.intake import pipelines
from articles.management.commands import train_entities
from articles.models import Article as Row
from articles.models.annotated import decided
from articles.training import exchanged, naming
from articles.training.comparing import compared
from articles.training.mentions import Article, Expected, Tag, digest
from tests import factories
from tests.training.test_naming import corpus

TEXT = "Anne Roux dort à Paris."
ANNE, PARIS = Tag(0, 9, "person"), Tag(17, 22, "place")
SAID = AnnotatedText(
    id="a",
    text=TEXT,
    published="2024-03-14T10:00:00+00:00",
    tags=(Outside(start=0, end=9, type="person"), Outside(start=17, end=22, type="place")),
)


def article(name: str = "a") -> Article:
    return Article(name=name, text=TEXT, group="2024-03", expected=(Expected(ANNE), Expected(PARIS)))


def test_what_got_better_and_what_worse_is_named() -> None:
    dort = Tag(10, 14, "event")
    difference = compared(
        [article(), article()], lambda _: {ANNE: 0.9, Tag(10, 14, "place"): 0.4}, lambda _: {PARIS: 0.9, dort: 0.5}
    )
    assert difference.before["person"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0}
    assert difference.after["person"]["f1"] == 0
    assert difference.before["all"]["f1"] == 50.0
    assert difference.after["all"] == {"precision": 100.0, "recall": 50.0, "f1": 66.7}
    assert difference.names["found"] == {"Paris (place)": 2}
    assert difference.names["missed"] == {"Anne Roux (person)": 2}
    assert difference.names["gone"] == {"dort (place)": 2}
    assert difference.names["new"] == {"dort (event)": 2}
    lines = list(difference.lines())
    assert lines[0].startswith("all           before P  50.0 R  50.0 F1  50.0   after P 100.0 R  50.0 F1  66.7   +16.7")
    assert "better, found now and missed before (2): Paris (place) ×2" in lines
    assert json.dumps(difference.as_data())


def test_many_names_are_counted_and_some_shown() -> None:
    text = " ".join(f"Nom{n}" for n in range(10, 30))
    found = {Tag(6 * n, 6 * n + 5, "person"): 0.9 for n in range(20)}
    one = Article(name="a", text=text, group="g", expected=tuple(Expected(tag) for tag in found))
    line = next(line for line in compared([one], lambda _: {}, lambda _: found).lines() if "better" in line)
    assert line.endswith("and 8 more")


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_every_format_is_a_corpus(row: Any, packed: bool, tmp_path: Path) -> None:
    data = b"".join(row.write([SAID]))
    path = tmp_path / (f"tags.{row.ending}" + ".gz" * packed)
    path.write_bytes(gzip.compress(data) if packed else data)
    (read,) = exchanged.corpus(path)
    assert [(one.tag.type, read.text[one.tag.start : one.tag.end]) for one in read.expected] == [
        ("person", "Anne Roux"), ("place", "Paris"),
    ]  # fmt: skip
    assert read.group == ("2024-03" if row.about else f"tags{'.' + row.ending if packed else ''} 1")


def test_our_own_corpus_is_told_from_doccano(tmp_path: Path) -> None:
    assert len(exchanged.corpus(corpus(tmp_path / "own.jsonl"))) == 12


def test_of_tags_in_one_another_the_outer_teaches_and_a_rejected_one_is_no_name() -> None:
    inner = Outside(start=5, end=9, type="place")
    no = Outside(start=17, end=22, type="event", state="rejected")
    odd = Outside(start=10, end=14, type="MISC")
    read = exchanged.lesson(AnnotatedText(id="a", text=TEXT, tags=(SAID.tags[0], inner, no, odd)))
    assert read.expected == (Expected(ANNE),)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (AnnotatedText(id="a", text=None), "only quotations"),
        (replace(SAID, tags=(replace(SAID.tags[0], state="suggested"),)), "nobody decided"),
    ],
)
def test_a_file_in_which_somebody_must_decide_first_is_refused(said: AnnotatedText, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"".join(FORMATS["label-studio"].write([said])) if said.text else b"")
    with pytest.raises(ValueError, match=why):
        exchanged.lesson(said)


def test_articles_without_a_date_are_parted_as_they_stand() -> None:
    dated = article("d")
    bare = [Article(name="", text=str(n), group="", expected=()) for n in range(40)]
    found = exchanged.in_parts([*bare, dated], "words")
    assert found[-1] == dated
    assert [one.group for one in found[:5]] == ["words 1"] * 5
    assert len({one.group for one in found[:-1]}) == 10
    assert len({one.name for one in found}) == 41


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning that takes no time: it comes to what the project ships, and finds nothing in what it did not know."""

    def learn(taught: list[Article], **_: Any) -> tuple[Any, dict[str, Any], Any]:
        months = {article.group: 50.0 for article in taught}
        known = " ".join(digest(article) for article in taught)
        report = {"articles": len(taught), "months": months, "taught": known, "held out": {"f1": 50.0}}
        return trained.shipped("fr"), report, defaultdict(dict)

    monkeypatch.setattr(naming, "learn", learn)


def train(*paths: Path, **options: Any) -> str:
    out = StringIO()
    call_command("train_entities", corpus=list(paths), steps=4, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("learned")
def test_new_weights_are_compared_with_those_they_replace(tmp_path: Path) -> None:
    source, output = corpus(tmp_path / "own.jsonl"), tmp_path / "fr.npz"
    said = train(source, output=output)
    assert "before and after on 12 articles that were held out:" in said, "months that the shipped weights do not know"
    report = json.loads(output.with_suffix(".json").read_text())
    assert report["before"] == "fr.npz"
    assert set(report["compared"]) == {"articles", "before", "after", "found", "gone", "missed", "new"}
    # The same articles once more: only the reports can be put side by side.
    kept = output.read_bytes()
    said = train(source, output=output)
    assert "months held out, by the report of fr.npz before" in said
    report["held out"]["f1"] = 99.9
    output.with_suffix(".json").write_text(json.dumps(report))
    with pytest.raises(
        CommandError, match=r"Nothing was written: F1 on what was held out fell from 99.9 to .*--anyway"
    ):
        train(source, output=output)
    assert output.read_bytes() == kept
    assert json.loads(output.with_suffix(".json").read_text())["held out"]["f1"] == 99.9
    assert "wrote" in train(source, output=output, anyway=True)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.usefixtures("learned")
def test_whom_a_file_asks_about_nobody_learns_from(tmp_path: Path) -> None:
    source = corpus(tmp_path / "own.jsonl", months=12)
    rows = source.read_text().splitlines(keepends=True)
    (tmp_path / "ask.jsonl").write_text("".join(rows[:2]))
    said = train(source, output=tmp_path / "fr.npz", ask=[tmp_path / "ask.jsonl"])
    assert "before and after on 2 articles that were held out:" in said
    assert json.loads((tmp_path / "fr.json").read_text())["articles"] == 10


@pytest.mark.usefixtures("learned")
def test_where_nothing_was_before_there_is_nothing_to_compare(tmp_path: Path) -> None:
    said = train(corpus(tmp_path / "own.jsonl"), output=tmp_path / "xx.npz", language="xx")
    assert "there was no recogniser before" in said


@pytest.mark.usefixtures("learned")
def test_weights_that_cannot_be_read_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "fr.npz").write_bytes(b"no weights")
    with pytest.raises(CommandError, match="is there, but cannot be read"):
        train(corpus(tmp_path / "own.jsonl"), output=tmp_path / "fr.npz")
    assert (tmp_path / "fr.npz").read_bytes() == b"no weights"


@pytest.mark.django_db
def test_a_desk_with_few_articles_is_told_how_many_it_needs(tmp_path: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="set ENTITY_WEIGHTS to a folder, or give --output"):
        train(desk=True)
    settings.ENTITY_WEIGHTS = tmp_path
    article = factories.ArticleFactory()
    tags.tag_words(article, "Lorval", type="place", everywhere=False, by=factories.person("ana"), seen=article.version)
    Row.objects.filter(pk=article.pk).update(status="approved")
    with pytest.raises(CommandError, match=r"has 0 articles in 'fr'.* 50 are needed: 40 to learn from, .*1 more would"):
        train(desk=True)


# The latest article only asks; a lesson of a few steps does not teach its names.
LATEST = """Berlin et Varsovie relancent leurs trains de nuit
Publié le 14 mars 2025 à 09h30
La chancelière Angela Merkel avait promis à Varsovie des trains de nuit. Ils partiront de Berlin dès l'automne, a annoncé \
mardi la Deutsche Bahn, et s'arrêteront à Poznan. « Nous les attendions depuis dix ans », a déclaré Donald Tusk à Gdansk.
À Bruxelles, la Commission européenne a salué un accord que l'Allemagne et la Pologne préparaient depuis longtemps.
"""


@pytest.fixture
def desk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of five decided articles, which counts as enough; its folder for weights."""
    monkeypatch.setattr(train_entities, "NEEDED", 5)
    settings.ENTITY_WEIGHTS = tmp_path / "weights"
    settings.ENTITY_WEIGHTS.mkdir()
    ana = factories.person("ana")
    for text in [None] * 4 + [LATEST]:
        row = factories.ArticleFactory(text=text) if text else factories.ArticleFactory()
        tags.confirm_all_tags(row, by=ana, seen=row.version)
        Row.objects.filter(pk=row.pk).update(status="approved")
    return settings.ENTITY_WEIGHTS


@pytest.mark.django_db
def test_the_desks_decisions_teach_its_own_weights(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, waiting = decided("fr")
    assert (len(texts), waiting, decided("en")) == (5, 0, ([], 0))
    assert all(tag.state == "confirmed" for said in texts for tag in said.tags)
    shipped = (train_entities.WEIGHTS / "fr.npz").read_bytes()
    source = corpus(tmp_path / "own.jsonl")
    monkeypatch.setattr(naming, "learn", remembered(naming.learn))
    with pytest.raises(CommandError, match="Nothing was written: F1 on what was held out fell"):
        train(source, desk=True)
    assert not list(desk.iterdir())
    said = train(source, desk=True, anyway=True)
    assert "the desk: 4 articles to learn from, the latest 1 to ask about." in said
    assert "before and after on 1 articles that were held out:" in said
    assert "worse, missed now and found before" in said
    assert sorted(path.name for path in desk.iterdir()) == ["fr.json", "fr.npz"]
    assert json.loads((desk / "fr.json").read_text())["articles"] == 16
    assert (train_entities.WEIGHTS / "fr.npz").read_bytes() == shipped
    found = pipelines.desk_recognisers()
    assert set(found) == {"fr"}
    assert isinstance(found["fr"], trained.Trained)
    assert found["fr"] is pipelines.desk_recognisers()["fr"], "read once"


def remembered(learn: Any) -> Any:
    """The same lesson is learned once."""
    known: list[Any] = []

    def again(*args: Any, **options: Any) -> Any:
        if not known:
            known.append(learn(*args, **options))
        lesson, report, found = known[0]
        return lesson, dict(report), found

    return again


def test_weights_that_are_taught_anew_are_read_anew(settings: Any, tmp_path: Path) -> None:
    settings.ENTITY_WEIGHTS = tmp_path
    assert pipelines.desk_recognisers() == {}
    path = tmp_path / "fr.npz"
    path.write_bytes((train_entities.WEIGHTS / "fr.npz").read_bytes())
    first = pipelines.desk_recognisers()["fr"]
    (one,) = first([TEXT])
    assert [name.type for name in one] == ["person", "place"]
    path.write_bytes(b"damaged")
    with pytest.raises(ImproperlyConfigured, match=r"ENTITY_WEIGHTS has .*fr.npz, which cannot be used: it holds no w"):
        pipelines.desk_recognisers()

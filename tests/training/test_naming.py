"""Teaching the recogniser of names: what it takes, that the same articles teach the same, and how it is scored."""

import gzip
import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from articles.core.entities import trained
from articles.training import mentions, naming
from articles.training.mentions import Article, Expected, Tag, Tally
from tests.corpus.named import articles


def corpus(path: Path, *, months: int = 6) -> Path:
    """Our own annotated articles, dealt over months."""
    rows = [
        {
            "id": one.name,
            "date": f"2020_{number % months + 1:02}_01",
            "text": one.text,
            "entities": [{"start": e.tag.start, "end": e.tag.end, "type": e.tag.type} for e in one.expected],
        }
        for number, one in enumerate(articles("fr"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def article(text: str, *expected: Expected) -> Article:
    return Article(name="a", text=text, group="2020-01", expected=expected)


def test_the_same_articles_teach_the_same(tmp_path):
    source = corpus(tmp_path / "own.jsonl")
    for name in ("one", "two"):
        out = StringIO()
        call_command("train_entities", corpus=[source], output=tmp_path / name / "fr.npz", steps=4, stdout=out)
        assert "block 5 of 5" in out.getvalue()
    assert (tmp_path / "one/fr.npz").read_bytes() == (tmp_path / "two/fr.npz").read_bytes()
    report = json.loads((tmp_path / "one/fr.json").read_text())
    assert set(report) >= {"held out", "first look alone", "blocks", "months", "articles", "bytes"}
    with np.load(tmp_path / "one/fr.npz", allow_pickle=False) as held:
        again = trained.unpacked(dict(held))
    assert [len(names) for names in again(["Anne Roux dort à Paris.", ""])][1] == 0


def test_articles_of_one_month_are_never_both_taught_and_asked():
    read = [Article(name=str(n), text="x" * n, group=f"2020-{n % 7}", expected=()) for n in range(1, 40)]
    folds = naming.dealt(read)
    where = {}
    for one, fold in zip(read, folds, strict=True):
        assert where.setdefault(one.group, fold) == fold
    assert set(folds) == set(range(naming.FOLDS))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "line 1 is no annotated article"),
        ('{"id": 1, "text": "a", "entities": [{"start": 0, "end": 9, "type": "PER"}]}', "lies outside the text"),
        ('{"id": 1, "text": "a", "entities": []}', "fewer than 5 months"),
    ],
)
def test_a_corpus_that_teaches_nothing_is_refused_with_a_sentence(tmp_path, content, sentence):
    (tmp_path / "bad.jsonl").write_text(content + "\n")
    with pytest.raises(CommandError, match=sentence):
        call_command("train_entities", corpus=[tmp_path / "bad.jsonl"], output=tmp_path / "fr.npz")


def test_a_corpus_that_is_not_there_is_named(tmp_path):
    for command in ("train_entities", "score_entities"):
        with pytest.raises(CommandError, match="There is no corpus at"):
            call_command(command, corpus=[tmp_path / "none.jsonl"])


def test_what_is_not_gzip_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    for command in ("train_entities", "score_entities"):
        with pytest.raises(CommandError, match="cannot be used"):
            call_command(command, corpus=[tmp_path / "bad.jsonl.gz"])


def test_the_scores_are_printed(tmp_path):
    plain = corpus(tmp_path / "own.jsonl")
    packed = tmp_path / "own.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    out = StringIO()
    call_command("score_entities", "--corpus", str(plain), "--corpus", str(packed), "--worst", "1", stdout=out)
    assert out.getvalue().count("12 articles") == 2
    for said in ("to load", "size", "words a CPU second", "person f1", "sure precision", "mean of 6 months", "missed"):
        assert said in out.getvalue()


def test_a_language_without_a_recogniser_has_nothing_to_score_alone(tmp_path):
    with pytest.raises(CommandError, match="no trained recogniser for en"):
        call_command(
            "score_entities", corpus=[corpus(tmp_path / "own.jsonl")], language="en", alone=True, stdout=StringIO()
        )


PARIS, FRANCE = Tag(0, 5, "place"), Tag(9, 15, "place")


def test_a_hit_has_just_these_words_and_this_type():
    tally = Tally()
    tally.add(article("Paris en France", Expected(PARIS), Expected(FRANCE)), {PARIS: 0.95, Tag(9, 15, "person"): 0.4})
    assert (tally.hits["place"], tally.wrong["person"], tally.missed["place"]) == (1, 1, 1)
    figures = tally.figures()
    assert (figures["precision"], figures["recall"], figures["f1"]) == (50.0, 50.0, 50.0)
    assert (figures["sure precision"], figures["sure recall"]) == (100.0, 50.0)


def test_what_is_optional_is_no_miss_and_no_false_alarm():
    tally = Tally()
    tally.add(article("Paris en France", Expected(PARIS, optional=True)), {Tag(0, 8, "organisation"): 0.9})
    assert tally.figures()["precision"] == 0
    assert not tally.misses
    assert not tally.alarms


def test_an_alternative_is_as_right():
    tally = Tally()
    tally.add(article("Paris en France", Expected(PARIS, others=(Tag(0, 15, "place"),))), {Tag(0, 15, "place"): 0.5})
    assert tally.figures()["f1"] == 100


def test_words_inside_a_longer_answer_are_no_miss_where_the_truth_says_so():
    tally = Tally()
    tally.add(article("Paris en France", Expected(FRANCE, covered=(0, 15))), {Tag(0, 15, "place"): 0.5})
    assert not tally.misses


def test_a_product_is_not_asked_for():
    tally = Tally()
    tally.add(article("Paris en France", Expected(Tag(0, 5, "product"))), {Tag(0, 5, "product"): 0.5})
    assert not tally.misses
    assert not tally.alarms


def test_lines_of_a_text_are_passages_that_cover_it():
    text = "Un\n\nDeux\r\ntrois"
    found = mentions.passages(text)
    assert [one.text.strip() for one in found] == ["Un", "Deux", "trois"]

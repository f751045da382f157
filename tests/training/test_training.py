"""Teaching the cleaner: which pages it takes, and that the same pages teach the same."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from articles.core.cleaning.kinds import KINDS
from articles.core.trees import probability
from articles.training import fitting, learning, pages, scoring

TEACHING = Path(__file__).parent.parent / "corpus/teaching"
NAMES = tuple(KINDS)


def write(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_an_annotated_text_is_read_line_by_line():
    page = pages.annotated_text(
        "x.tsv", "# language: fr\n# outlet: Le Phare\ntitle\tUn titre\n\nbody\tUn  texte.\nad\tPub"
    )
    assert (page.language, page.group, list(page.texts)) == ("fr", "Le Phare", ["Un titre", "Un texte.", "Pub"])
    assert [NAMES[kind] for kind in page.kinds] == ["title", "body", "ad"]
    assert page.kept.tolist() == [1, 1, 0]


@pytest.mark.parametrize("line", ["nonsense\twords", "title without a tab"])
def test_a_line_that_says_no_kind_is_refused_with_its_number(line):
    with pytest.raises(pages.BadPage, match=r"x\.tsv, line 2"):
        pages.annotated_text("x.tsv", f"title\tA\n{line}")


def test_an_annotated_page_is_read_without_its_marks():
    about = "<!-- language: en; outlet: The Pier -->\n<!DOCTYPE html>"
    source = f"{about}<!--kind:navigation--><ul><li>Home</ul><!--kind:body--><p>Words."
    page = pages.annotated_page("x.html", source)
    assert [(text, NAMES[kind]) for text, kind in zip(page.texts, page.kinds, strict=True)] == [
        ("Home", "navigation"),
        ("Words.", "body"),
    ]
    assert page.group == "The Pier"
    assert page.places[1].path[-1] == "p"


def test_a_corpus_row_gives_the_lines_and_the_page_behind_them(tmp_path):
    row = {
        "id": "1",
        "domain": "pier.example",
        "lang": "en",
        "html": "<nav><a href=/>Home</a></nav><h1>Pier opens</h1><p>It opened.",
        "gold_body": "It opened.",
        "lines": ["Home", "Pier opens", "It opened."],
        "labels": [0, 0, 1],
        "classes": ["other", "title", "body"],
    }
    page, plain = pages.load(write(tmp_path / "c.jsonl", row))
    assert (page.shape, plain.shape) == ("page", "full")
    assert [NAMES[kind] for kind in page.kinds] == ["navigation", "title", "body"]
    assert plain.kinds.tolist() == page.kinds.tolist()
    assert page.kept.tolist() == [0, 0, 1]


def test_decisions_teach_only_where_a_person_decided(tmp_path):
    row = {"id": "a", "domain": "d", "lang": "fr", "lines": ["Un", "Deux"], "labels": [1, 0]}
    row |= {"kinds": ["body", "ad"], "decided": [1, 0]}
    (page,) = pages.load(write(tmp_path / "d.jsonl", row))
    assert page.kept.tolist() == [1, pages.UNKNOWN]
    assert page.own


def test_lists_that_are_not_parallel_are_refused(tmp_path):
    with pytest.raises(pages.BadPage, match="2 lines, but 1 labels"):
        list(pages.load(write(tmp_path / "d.jsonl", {"id": "a", "lines": ["a", "b"], "labels": [1]})))


def test_pages_of_one_outlet_are_in_one_fold():
    taught = [page for path in sorted(TEACHING.glob("fr-*"))[:12] for page in pages.load(path)]
    taught += [page for path in sorted(TEACHING.glob("fr-*"))[:12] for page in pages.load(path)]
    folds = learning.dealt(taught)
    for page, fold in zip(taught, folds, strict=True):
        assert {int(f) for p, f in zip(taught, folds, strict=True) if p.group == page.group} == {int(fold)}


def test_the_trees_of_the_library_and_ours_agree():
    chance = np.random.default_rng(1)
    table = chance.normal(size=(400, 5)).astype(np.float32)
    truth = (table[:, 0] + table[:, 1] * table[:, 2] > 0.3).astype(np.int8)
    trees = fitting.boosted([table], [truth], [np.ones(400, np.float32)], trees=80, rate=0.3)
    said = probability(trees.scores(table)[:, 0]) > 0.5
    assert (said == truth).mean() > 0.85
    kinds = (truth + 2 * (table[:, 3] > 0)).astype(np.int8)
    many = fitting.boosted([table], [kinds], [np.ones(400, np.float32)], trees=80, rate=0.3, outcomes=6)
    assert (many.scores(table).argmax(axis=1) == kinds).mean() > 0.8


def test_calibration_says_how_often_lines_are_kept():
    said = np.repeat([0.1, 0.6, 0.9], 200).astype(np.float32)
    truth = np.concatenate([np.zeros(200), np.tile([0, 1], 100), np.ones(200)]).astype(np.int8)
    knots = fitting.calibrated(said, truth)
    assert np.interp(0.6, *knots) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("gold", "found", "score"), [("a b c d e", "a b c d e", 1), ("a b c d", "", 0), ("", "", 1), ("a b", "a b", 1)]
)
def test_the_shingle_score(gold, found, score):
    assert scoring.body_f1(scoring.shingles(gold), found) == score


def test_the_same_pages_teach_the_same_weights(tmp_path):
    chosen = tmp_path / "corpus"
    chosen.mkdir()
    for path in [*sorted(TEACHING.glob("*.html"))[:6], *sorted(TEACHING.glob("fr-*.tsv"))[:8]]:
        (chosen / path.name).write_bytes(path.read_bytes())
    for name in ("one", "two"):
        call_command("train_cleaner", corpus=[chosen], output=tmp_path / f"{name}.npz", trees=4, stdout=StringIO())
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    report = json.loads((tmp_path / "one.json").read_text())
    assert len(report["corpus"]["sha256"]) == 64
    assert report["text"]["own pages"]["pages"] == 14


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"id": "a", "lines": ["a"], "labels": [1]}], "fewer than 5 outlets"),
        ([{"id": "a", "lines": ["a"]}], "cannot be used"),
    ],
)
def test_a_corpus_that_teaches_nothing_is_refused_in_a_sentence(tmp_path, rows, words):
    with pytest.raises(CommandError, match=words):
        call_command("train_cleaner", corpus=[write(tmp_path / "c.jsonl", *rows)], output=tmp_path / "w.npz")
    assert not (tmp_path / "w.npz").exists()


def test_a_corpus_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="no corpus at"):
        call_command("train_cleaner", corpus=[tmp_path / "nowhere"], output=tmp_path / "w.npz")

"""What counts as the same title, the same people and the same day."""

import json
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.training import facts, peers
from articles.training.facts import Facts, Tally


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Le port rouvre", "LE PORT  ROUVRE", True),
        ("« Le port » rouvre !", '"Le port" rouvre', True),
        ("Le port rouvre ses quais", "Le port rouvre ses quais | Gazette du Port", True),
        ("Le port rouvre ses quais", "Gazette – Le port rouvre ses quais", True),
        ("Le port rouvre", "Le port rouvre ses quais", False),
        ("Le port rouvre", "", False),
        ("Gazette du Port", "Le port rouvre ses quais | Gazette du Port", False),
    ],
)
def test_titles_are_the_same_but_for_their_dress_and_the_site(gold, found, same):
    assert facts.same_title(gold, found) is same


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("By Ana Lopes, Jean Petit and Dr. Paul Roux",), {"ana lopes", "jean petit", "paul roux"}),
        (("Ana Lopes / Journalist", "Ana Lopes"), {"ana lopes"}),
        (("Gazette Media Ltd", "admin", "a@example.org", "https://example.org/a"), set()),
    ],
)
def test_people_are_told_from_what_else_signs(written, expected):
    assert facts.people(written) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023-01-18", "2023-01-18T23:30:00-05:00", True),
        ("2023-01-19", "2023-01-18T23:30:00-05:00", True),
        ("2023-01-17", "2023-01-18T23:30:00-05:00", False),
        ("2023-01-18", "2023-01", False),
        ("2023-01-18", "", False),
    ],
)
def test_a_moment_may_be_taken_by_its_own_day_or_that_of_utc(one, other, same):
    assert bool(facts.days(one) & facts.days(other)) is same


def test_a_tally_counts_names_and_asks_only_what_is_known():
    tally = Tally()
    gold = Facts(title="Le port", authors=("Ana Lopes", "Jean Petit", "Gazette Media Ltd"))
    tally.add(
        "a",
        gold,
        Facts(title="Le port", authors=("Lopes Ana", "Paul Roux", "Gazette Media Ltd"), published="2020-01-01"),
    )
    assert (tally.asked, tally.right["title"]) == ({"title": 1, "authors": 1, "published": 0}, 1)
    assert (tally.hits, tally.wanted, tally.named) == (1, 2, 2)
    assert tally.figures["authors F1"] == 0.5
    assert [miss[0] for miss in tally.misses] == ["authors"]


PAGE = (
    "<html><head><title>Le port rouvre ses quais</title><meta name=author content='Ana Lopes'>"
    "<meta property='article:published_time' content='2021-03-12T10:00:00+01:00'></head><body><article>"
    "<h1>Le port rouvre ses quais</h1><p>Le port rouvre ses quais après deux ans de travaux, a annoncé la ville.</p>"
    "</article></body></html>"
)
ROWS = [
    {"id": "one", "html": PAGE, "lines": ["Le port rouvre ses quais"], "gold_title": "Le port rouvre ses quais",
     "gold_authors": ["Ana Lopes"], "gold_date": "2021-03-12"},
    {"id": "two", "html": PAGE, "lines": ["Le port"], "title": "Autre chose", "author": "Jean Petit", "date": "2020-01-01"},
]  # fmt: skip


def scored(tmp_path, *options):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(map(json.dumps, ROWS)) + "\n")
    out = StringIO()
    call_command("score_metadata", "--corpus", str(corpus), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_prints_the_figures_and_the_worst_disagreements(tmp_path):
    said = scored(tmp_path, "--worst", "5")
    assert "corpus.jsonl: 2 with title, 2 with authors, 2 with published" in said
    (ours,) = [line for line in said.splitlines() if line.startswith("newsroom, page  ")]
    assert ours.split()[2:] == ["0.500"] * 6
    assert "two: Autre chose | Le port rouvre ses quais" in said
    assert "two: 2020-01-01 | 2021-03-12T10:00:00+01:00" in said
    assert "one:" not in said


def test_only_each_nth_article_is_read_where_that_is_asked(tmp_path):
    assert "1 with title" in scored(tmp_path, "--every", "2")


def test_the_command_says_which_reader_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(peers.importlib.util, "find_spec", lambda name: None)
    assert "htmldate is not installed: its figures are missing" in scored(tmp_path)


@pytest.mark.parametrize(("options", "words"), [(("--every", "0"), "takes 1 or more")])
def test_an_option_that_makes_no_sense_is_refused(tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        scored(tmp_path, *options)


def test_a_corpus_that_is_not_there_or_is_none_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no corpus at"):
        call_command("score_metadata", "--corpus", str(tmp_path / "none.jsonl"))
    broken = tmp_path / "broken.jsonl"
    broken.write_text("no json\n")
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("score_metadata", "--corpus", str(broken))


@pytest.mark.skipif("trafilatura" not in peers.peers(), reason="trafilatura is not installed")
def test_other_readers_say_what_they_find():
    found = {name: peer(PAGE) for name, peer in peers.peers().items()}
    assert found["trafilatura"] == Facts(
        title="Le port rouvre ses quais", authors=("Ana Lopes",), published="2021-03-12"
    )
    assert found["htmldate"] == Facts(published="2021-03-12")
    assert peers.peers()["htmldate"]("") == Facts()
    assert "trafilatura" in sys.modules

"""What a file is, by its bytes alone; and all that only looks like a container, which stays one article."""

import json

import pytest

from articles.core.containers import CONTAINERS, recognise
from tests.core.containers.files import ATOM, EML, JSONL, PAGE, RSS, SAMPLES, TEXT, items, tarred

QUOTED_MAIL = f"""From: Ana Lopes
To: the editors
Subject: the port
Date: Monday

{TEXT}"""
FEED_PAGE = f"<!doctype html><html><body><pre>&lt;rss version=&quot;2.0&quot;&gt;</pre><p>{TEXT}</p></body></html>"
TRAPS = {
    "plain text": TEXT,
    "an HTML page": PAGE,
    "XHTML with an XML declaration": f'<?xml version="1.0"?>\n{PAGE}',
    "an HTML page about feeds": FEED_PAGE,
    "an HTML page with an rss element in it": f"<html><body><rss version='2.0'></rss><p>{TEXT}</p></body></html>",
    "an article that begins with a piece of JSON": f'{{"status": "ok", "id": 12}}\nThat is what the port answers.\n{TEXT}',
    "an article about JSON Lines": f'{{"a": 1}}\n{TEXT}\n{TEXT}\nAnd so on.\n',
    "a text that begins in square brackets": f"[Updated] {TEXT}",
    "a list of names in square brackets": '["Ana", "Bo"] were there.',
    "a JSON string": json.dumps(TEXT),
    "a number": "42",
    "a text in braces": "{{ title }} is what the template says.",
    "a text with a comma in each line": "Le port, lundi\nLe pont, mardi\nLa gare, mercredi\nLe quai, jeudi\n",
    "a text with a semicolon in each line": "Une grève; un port\nDeux ponts; un quai\nTrois gares; une ville\n",
    "a poem with the words title and text in its first line": "The title, the text, the end\nand nothing, and the day\n",
    "a list of things to bring": "Text, maps\nPens, paper\nBread, cheese\nWine, of course, and a blanket\nA lamp\nHope\n",
    "a table without names of columns": "12,13,14\n15,16,17\n18,19,20\n",
    "a table of something else": "station,platform,minutes\nLorval,3,12\nPort,1,4\n",
    "a mail quoted in an article": f"Voici la lettre.\n\n{EML.decode()}",
    "a mail as a person copies it": QUOTED_MAIL,
    "questions and answers": f"Question: why?\nAnswer: {TEXT}\n\nQuestion: when?\nAnswer: on Monday.\n",
    "a text about WARC": f"WARC/1.0 is the version that most crawls use.\n{TEXT}",
    "a text that begins with PK": f"PK, le photographe, {TEXT}",
    "white space": " \n\t ",
    "a text of 512 characters and more": TEXT * 10,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_row_is_recognised_by_its_first_bytes(name: str) -> None:
    data, _, _ = SAMPLES[name]
    assert recognise(data) == name
    assert recognise(data[:65_536] + b"\x00" * 10 if name == "zip" else data) == name


def test_every_row_has_a_sample() -> None:
    assert set(SAMPLES) == {row.name for row in CONTAINERS}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_what_only_looks_like_a_container_is_one_article(text: str) -> None:
    assert recognise(text.encode()) == ""
    (found,) = items(text.encode(), "report.json")
    assert (found.content.decode(), found.problem, found.name) == (text, "", "report.json")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a"])
def test_a_name_says_nothing(name: str) -> None:
    assert [one.given.url for one in items(JSONL, name)] == [
        "https://lorval.example/port",
        "https://lorval.example/pont",
    ]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
def test_a_byte_order_mark_hides_nothing(name: str, mark: str) -> None:
    data, count, _ = SAMPLES[name]
    wide = data.decode().encode(mark)
    assert recognise(wide) == name
    assert [one.content for one in items(wide)] == [one.content for one in items(data)]
    assert len(items(wide)) == count


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_a_feed_is_one_behind_a_doctype_and_comments_too(feed: bytes) -> None:
    body = feed[feed.index(b"?>") + 2 :] if b"?>" in feed else feed
    before = b'\n<?xml version="1.0"?><!-- made - by hand --><?style x?><!DOCTYPE rss SYSTEM "rss.dtd">\n'
    assert recognise(before + body) == "feed"


def test_an_old_tar_without_its_magic_word_is_recognised_by_its_checksum() -> None:
    import tarfile

    data = tarred({"a.txt": TEXT}, kind=tarfile.GNU_FORMAT)
    assert recognise(data) == "tar"
    assert recognise(b"\x01" + data[1:]) == ""


def test_a_small_beginning_is_enough_for_a_long_line_of_json() -> None:
    long = json.dumps({"url": "https://lorval.example/", "text": TEXT * 2000})
    assert recognise(long[:65_536].encode()) == "json"

"""Every demo article read as its gold file says; and, where NEWSROOM_GOLD_DIR names one, every article of a folder in
the same shape (files beside a gold.json)."""

import codecs
import os
from typing import Any

import pytest

from articles.core import blocks
from tests.corpus.truth import (
    DEMO,
    Article,
    accepted,
    articles,
    expected_clean,
    found_clean,
    found_kinds,
    kinds,
    same,
    shown,
    touch,
    where,
    words,
)

# Known to be misread, and shown here until they are not.
MISREAD = {
    ("09-handball-utf16", 5): "an item of the menu is taken for the article's section",
    ("09-handball-utf16", 24): "a line of results is taken for a caption",
}
ARTICLES = articles()
JUDGED = ("unbalanced_quote", "glued_text", "mixed_script", "attribution_incomplete")


def _rows(question: str) -> list[Any]:
    return [
        pytest.param(article, row, id=f"{article}-{where(row)}-{row.get(label, '')}")
        for article in ARTICLES
        for row in article.truth.get(question, ())
        for label in [next((name for name in ("surface", "date", "flag", "name", "text") if row.get(name)), "role")]
    ]


each_article = pytest.mark.parametrize("article", ARTICLES, ids=str)


@pytest.mark.parametrize(
    ("article", "number"),
    [pytest.param(a, n, id=f"{a}-{n}") for a in ARTICLES for n in kinds(a.truth)],
)
def test_every_line_is_of_its_kind(article: Article, number: int) -> None:
    if (str(article), number) in MISREAD:
        pytest.xfail(MISREAD[str(article), number])
    assert found_kinds(article, number) <= accepted(article.truth, number), shown(article, number)[:80]


@each_article
def test_the_page_falls_into_the_blocks_that_a_reader_sees(article: Article) -> None:
    if "blocks" in article.truth:
        lines = [words(line.text) for line in blocks.lines(article.reading.scraped)]
        assert lines == [words(block["text"]) for block in article.truth["blocks"]]
    else:
        assert list(article.parts) == list(kinds(article.truth))


@each_article
def test_the_clean_text_is_the_title_and_the_body(article: Article) -> None:
    if any(name == str(article) for name, _ in MISREAD):
        pytest.xfail("a line of it is misread")
    assert found_clean(article) == expected_clean(article)


@each_article
def test_the_title(article: Article) -> None:
    truth = article.truth
    wanted = truth["title"] if "title" in truth else shown(article, truth["title_line"])
    assert words(article.reading.fields["title"].value or "") == words(wanted)


@each_article
@pytest.mark.parametrize("name", ["section", "authors", "published"])
def test_a_fact(article: Article, name: str) -> None:
    wanted = article.truth[name]
    assert article.reading.fields[name].value == (wanted or None)


@each_article
def test_the_language(article: Article) -> None:
    assert article.reading.language == article.truth["language"]


@each_article
def test_the_encoding(article: Article) -> None:
    wanted = article.truth.get("encoding", article.reading.scraped.encoding)
    assert codecs.lookup(article.reading.scraped.encoding).name.startswith(codecs.lookup(wanted).name)


@each_article
def test_the_update(article: Article) -> None:
    wanted = article.truth.get("updated")
    found = [one.value for one in article.reading.dates if one.role == "update"]
    # A page may give the time alone beside its date of publication, and the whole in its head.
    head = [value for name, value, _ in article.reading.scraped.metadata if name == "dateModified"]
    assert (found and found == [wanted[:10]]) or wanted in head if wanted else not found


@each_article
def test_the_publisher(article: Article) -> None:
    wanted = article.truth["outlet"]
    found = [(one.name, one.state) for one in article.reading.attribution if one.role == "publisher"]
    assert found == ([(wanted["name"], wanted["state"])] if wanted["name"] else [])


@pytest.mark.parametrize(("article", "row"), _rows("attribution"))
def test_a_link_of_the_chain(article: Article, row: dict[str, Any]) -> None:
    if row["role"] == "publisher" and row["name"] is None:
        return
    found = [(one.role, one.name, one.via, one.state) for one in article.reading.attribution]
    via = row.get("via", "")
    assert any(
        role == row["role"] and same(name, row["name"]) and same(said, via) and state == row["state"]
        for role, name, said, state in found
    ), found


@pytest.mark.parametrize(("article", "row"), _rows("not_attribution"))
def test_a_link_that_is_none(article: Article, row: dict[str, Any]) -> None:
    assert not [one for one in article.reading.attribution if one.role == row["role"] and same(one.name, row["name"])]


@each_article
def test_the_restrictions(article: Article) -> None:
    wanted, found = article.truth["rights"], article.reading.rights
    for row in wanted:
        part = article.parts[where(row)]
        said = [words(one.text) for one in found if touch(one.span, part)]
        assert any(words(row["text"]) in text or text in words(row["text"]) for text in said), (row["text"], said)
    places = [article.parts[where(row)] for row in wanted]
    assert not [one.text for one in found if not any(touch(one.span, place) for place in places)]


@pytest.mark.parametrize(("article", "row"), _rows("flags"))
def test_a_flag(article: Article, row: dict[str, Any]) -> None:
    part, raw = article.parts[where(row)], article.reading.scraped.raw_text
    found = [one for one in article.reading.flags if one.flag == row["flag"] and touch(one.span, part)]
    assert found
    if row.get("at"):
        before, after = row["at"].split("|")
        assert any(raw[: one.at].endswith(before) and raw[one.at :].startswith(after) for one in found)


@each_article
def test_no_flag_without_cause(article: Article) -> None:
    truth = article.truth
    expected = {(row["flag"], where(row)) for row in (*truth["flags"], *truth.get("flags_also_accepted", ()))}
    found = {
        (one.flag, number)
        for one in article.reading.flags
        if one.flag in JUDGED
        for number, part in article.parts.items()
        if touch(one.span, part)
    }
    assert found <= expected


@pytest.mark.parametrize(("article", "row"), _rows("dates_that_are_not_the_publication"))
def test_a_date_that_is_not_the_publication(article: Article, row: dict[str, Any]) -> None:
    part = article.parts[where(row)]
    near = [
        (one.surface, one.value) for one in article.reading.dates if touch(one.span, part) and one.role == row["role"]
    ]
    values = [value for _, value in near]
    # A date of a reader's comment has its time in gold; a range is one value or its two ends.
    assert (
        row["date"][:10] in values or all(end in values for end in row["date"].split("/")) or row["date"] in values
    ), near


@pytest.mark.parametrize(("article", "row"), _rows("relative_dates"))
def test_a_relative_date(article: Article, row: dict[str, Any]) -> None:
    said = words(row["surface"]).lower().replace("’", "'")
    part = article.parts[where(row)]
    near = [
        one
        for one in article.reading.dates
        if touch(one.span, part) and words(one.surface).lower().replace("’", "'") in said
    ]
    if row["resolves"] is None:
        assert all(one.value is None for one in near)
    else:
        assert [one.value for one in near if one.value == row["resolves"]], near


@pytest.mark.skipif(not os.environ.get("NEWSROOM_GOLD_DIR"), reason="NEWSROOM_GOLD_DIR names no folder")
def test_the_named_folder_is_read_too() -> None:
    assert any(article.folder != DEMO for article in ARTICLES)


@each_article
def test_every_reason_is_a_few_words_for_an_editor(article: Article) -> None:
    reading = article.reading
    said = [one.reason for one in (*reading.blocks, *reading.fields.values(), *reading.attribution, *reading.dates)]
    said += [option.reason for found in reading.fields.values() for option in found.candidates]
    assert not [reason for reason in said if reason.endswith(".") or len(reason) > 90 or reason[:1].isupper()]

"""Records of scrapers: which key holds what, whatever it is called."""

import json

import pytest

from articles.core.containers.records import article_of, usual_keys
from articles.core.given import Given
from tests.core.containers.files import OTHER, PAGE, TEXT, items, lines, problems, texts

LARGE = 1_000_000


def of(record: dict[str, object], **mapping: str) -> tuple[str, Given]:
    content, given = article_of(record, mapping, LARGE)
    return content.decode(), given


SCRAPERS: dict[str, tuple[dict[str, object], Given]] = {
    "news-please": (
        {"maintext": TEXT, "title": "Le port", "date_publish": "2024-03-12 10:15:00", "authors": ["Ana Lopes"],
         "source_domain": "lorval.example", "url": "https://lorval.example/a", "language": "fr",
         "date_download": "2024-03-13", "description": "Court."},
        Given(url="https://lorval.example/a", title="Le port", published="2024-03-12 10:15:00", authors=("Ana Lopes",),
              outlet="lorval.example", language="fr", fetched="2024-03-13"),
    ),
    "trafilatura": (
        {"text": TEXT, "raw_text": TEXT, "title": "Le port", "author": "Ana Lopes; Bo Li", "date": "2024-03-12",
         "source": "https://lorval.example/a", "sitename": "Lorval Matin", "hostname": "lorval.example",
         "categories": "Économie", "fingerprint": "8c5f"},
        Given(url="https://lorval.example/a", title="Le port", published="2024-03-12", authors=("Ana Lopes; Bo Li",),
              outlet="Lorval Matin", section="Économie", other={"fingerprint": "8c5f"}),
    ),
    "WordPress": (
        {"id": 7, "link": "https://lorval.example/a", "date": "2024-03-12T10:15:00",
         "title": {"rendered": "Le port"}, "content": {"rendered": f"<p>{TEXT}</p>", "protected": False}},
        Given(url="https://lorval.example/a", title="Le port", published="2024-03-12T10:15:00", other={"id": "7"}),
    ),
    "schema.org": (
        {"@type": "NewsArticle", "headline": "Le port", "articleBody": TEXT, "datePublished": "2024-03-12",
         "author": [{"@type": "Person", "name": "Ana Lopes"}, {"name": "Bo Li"}], "publisher": {"name": "Lorval Matin"},
         "inLanguage": "fr", "articleSection": ["Économie", "Mer"]},
        Given(title="Le port", published="2024-03-12", authors=("Ana Lopes", "Bo Li"), outlet="Lorval Matin",
              language="fr", section="Économie", other={"@type": "NewsArticle"}),
    ),
    "NewsAPI": (
        {"source": {"id": None, "name": "Lorval Matin"}, "author": "Ana Lopes", "title": "Le port", "content": TEXT,
         "url": "https://lorval.example/a", "publishedAt": "2024-03-12T09:15:00Z", "urlToImage": None},
        Given(url="https://lorval.example/a", title="Le port", published="2024-03-12T09:15:00Z", authors=("Ana Lopes",),
              outlet="Lorval Matin"),
    ),
    "Elasticsearch": (
        {"_id": "7", "_source": {"Body Text": TEXT, "Page URL": "https://lorval.example/a", "crawled-at": 1710234900}},
        Given(url="https://lorval.example/a", fetched="1710234900"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("record", "said"), SCRAPERS.values(), ids=SCRAPERS)
def test_the_usual_names_of_scrapers_are_understood(record: dict[str, object], said: Given) -> None:
    content, given = of(record)
    assert TEXT in content
    assert given == said


def test_every_name_we_use_has_usual_names_and_none_is_there_twice() -> None:
    assert set(usual_keys()) == {"html", "text"} | (set(Given().__slots__) - {"other"})
    for theirs in usual_keys().values():
        assert len(set(theirs)) == len(theirs)


def test_a_page_goes_before_a_text_when_it_is_one() -> None:
    assert of({"text": TEXT, "html": PAGE})[0] == PAGE
    assert of({"text": TEXT, "html": "no markup at all"})[0] == TEXT
    assert of({"html": "no markup at all"})[0] == "no markup at all"
    assert of({"text": "", "html": None, "body": OTHER})[0] == OTHER


def test_a_piece_of_a_page_is_wrapped_so_that_it_is_read_as_one() -> None:
    assert of({"html": "Le <b>port</b> rouvre"})[0] == "<div>Le <b>port</b> rouvre</div>"
    assert of({"html": "<p>Le port</p>"})[0] == "<p>Le port</p>"
    assert of({"text": "a < b and b > c"})[0] == "a < b and b > c"


def test_paragraphs_in_a_list_are_joined() -> None:
    assert of({"paragraphs": 2, "text": [TEXT, "", OTHER]})[0] == f"{TEXT}\n\n{OTHER}"


def test_a_mapping_goes_before_the_usual_names() -> None:
    record: dict[str, object] = {"text": "teaser", "payload": {"words": [TEXT], "by": "Ana Lopes"}, "title": "T"}
    content, given = of(record, text="payload.words.0", authors="payload.by", section="title")
    assert content == TEXT
    assert given == Given(authors=("Ana Lopes",), section="T", other={"text": "teaser"})


def test_a_mapping_may_name_a_key_with_a_dot_in_it() -> None:
    assert of({"article.text": TEXT}, text="article.text")[0] == TEXT


def test_a_mapping_makes_a_table_of_unknown_columns_readable() -> None:
    data = f'id,corps,ou\n1,"{TEXT}",Lorval\n2,"{OTHER}",Pont\n'.encode()
    assert items(data)[0].content == data
    found = items(data, mapping={"text": "corps", "outlet": "ou"})
    assert texts(found) == [TEXT, OTHER]
    assert found[0].given == Given(outlet="Lorval", other={"id": "1"})


def test_a_record_without_a_text_says_which_keys_it_has() -> None:
    found = items(lines({"url": "https://lorval.example/a", "title": "T"}, {"text": TEXT}))
    assert problems(found) == [
        "There is no article in it: none of its keys holds a text. Its keys are “url”, “title”; "
        "a mapping can say which of them does."
    ]
    many = {f"k{n}": 1 for n in range(20)}
    assert "“k7” and 12 more; a mapping" in problems(items(json.dumps(many).encode()))[0]


def test_what_is_said_beside_the_text_is_limited_and_can_be_stored() -> None:
    record = {"text": TEXT, "title": "a\x00b\ud800 \n c" + "x" * 9999, "authors": ["A"] * 99} | {
        f"key{n}": "y" * 9999 for n in range(99)
    }
    _, given = of(record)
    assert given.title.startswith("ab cx")
    assert len(given.title) == 2000
    assert len(given.authors) == 30
    assert len(given.other) == 20
    assert {len(value) for value in given.other.values()} == {500}


def test_lone_surrogates_and_nul_in_a_text_do_not_stop_it() -> None:
    (found,) = items(rb'{"text": "Le \ud800port\u0000 rouvre", "title": "\udfff"}')
    assert found.content == "Le \ufffdport\x00 rouvre".encode()
    assert found.given == Given()


def test_names_that_were_printed_into_a_table_are_taken_apart() -> None:
    assert of({"text": TEXT, "authors": "['Ana Lopes', 'Bo Li']"})[1].authors == ("Ana Lopes", "Bo Li")
    assert of({"text": TEXT, "authors": []})[1].authors == ()


def test_an_article_over_the_limit_is_refused() -> None:
    assert problems(items(lines({"text": TEXT * 100}, {"text": TEXT}), item_bytes=1000)) == [
        "It is too large: it has 11.3 KB; an article may have 1 KB."
    ]

"""What is taken out of each format, and what is said beside it."""

import email
import gzip
import io
import json
import re
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.containers.ampersands import Ampersands
from articles.core.values import Given
from tests.core.containers.files import (
    ATOM,
    CSV,
    EML,
    JSONL,
    MHTML,
    OTHER,
    PAGE,
    RSS,
    TEXT,
    WARC,
    http,
    items,
    lines,
    problems,
    record,
    tarred,
    texts,
    zipped,
)

TWO = [{"text": TEXT, "title": "1"}, {"text": OTHER, "title": "2"}]


# JSON


@pytest.mark.parametrize(
    "value",
    [
        TWO,
        {"status": "ok", "count": 2, "articles": TWO},
        {"response": {"docs": TWO, "start": 0}},
        {"errors": [], "data": {"feed": {"entries": TWO}}, "tags": ["a"]},
    ],
)
def test_a_list_is_found_wherever_it_stands(value: object) -> None:
    found = items(json.dumps(value).encode(), "a.json")
    assert texts(found) == [TEXT, OTHER]
    assert [(one.name, one.place) for one in found] == [("a.json, item 1", "item 1"), ("a.json, item 2", "item 2")]
    assert texts(items(json.dumps(value, indent=1).encode(), item_bytes=len(TEXT) + 20)) == [TEXT, OTHER]


def test_one_object_is_one_article_under_the_name_of_the_file() -> None:
    record = {"text": TEXT, "images": [{"url": "https://lorval.example/a.jpg"}], "author": [{"name": "Ana Lopes"}]}
    (found,) = items(json.dumps(record).encode(), "a.json")
    assert (found.name, found.place, found.given) == ("a.json", "", Given(authors=("Ana Lopes",)))


def test_objects_one_behind_the_other_are_articles_too() -> None:
    pretty = "\n".join(json.dumps(one, indent=2) for one in TWO)
    assert texts(items(pretty.encode())) == [TEXT, OTHER]


def test_what_scrapers_write_against_the_rules_is_read() -> None:
    assert texts(items(b'[{"text": "Le port\n\trouvre.", "score": NaN}]')) == ["Le port\n\trouvre."]
    assert texts(items('{"text": "Le port ferm\u00e9."}'.encode("cp1252"))) == ["Le port fermé."]


def test_a_break_in_a_list_keeps_what_stands_before_it() -> None:
    whole = json.dumps([*TWO, *TWO]).encode()
    found = items(whole[:-60], "a.json")
    assert texts(found)[:3] == [TEXT, OTHER, TEXT]
    assert "The JSON ends in the middle of a value, at byte" in found[3].problem
    envelope = json.dumps({"count": 4, "articles": [*TWO, *TWO]}).encode()
    assert texts(items(envelope[:-60]))[:3] == [TEXT, OTHER, TEXT]
    broken = items(whole.replace(b"}, {", b"} {", 1))
    assert "lacks a comma in a list" in problems(broken)[0]


def test_an_item_of_a_list_that_is_no_record_does_not_stop_the_others() -> None:
    assert texts(items(json.dumps([{"text": TEXT}, "x", {"title": "t"}, {"text": OTHER}]).encode()))[3] == OTHER


# JSON Lines


def test_a_broken_line_is_said_and_the_next_is_read() -> None:
    data = JSONL + b'{"text": "half\n\n[1, 2]\n' + JSONL
    found = items(data, "a.jsonl")
    assert [one.place for one in found] == ["line 1", "line 2", "line 3", "line 5", "line 6", "line 7"]
    assert problems(found) == [
        "It is no valid JSON: unterminated string starting at (character 10).",
        "It is no object with keys, so nothing says what in it is the text.",
    ]


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_separators_and_encodings_of_tables_are_told_apart(separator: str, encoding: str) -> None:
    row = f'https://lorval.example/a{separator}"Été, {separator} fermé"{separator}"{TEXT}\nFin."'
    data = f"URL{separator}Headline{separator}Full Text\r\n{row}\r\n{row}\r\n".encode(encoding)
    first, second = items(data)
    assert first.content.decode() == f"{TEXT}\nFin."
    title = " ".join(f"Été, {separator} fermé".split())
    assert first.given == Given(url="https://lorval.example/a", title=title)
    assert second.place == "line 4"


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    data = CSV + b'https://x.example/,"open,words\n' + b"https://y.example/,Un titre,Des mots\n" * 2
    found = items(data)
    assert texts(found)[3:] == ["Des mots", "Des mots"]
    assert [one.place for one in found] == ["line 2", "line 6", "line 7", "line 8", "line 9"]
    assert problems(found)[0].startswith("A quote is opened in this row and not closed up to line")


def test_a_row_with_too_many_cells_is_said() -> None:
    data = b"title,text,url\na,Des mots,\nb,Des mots,\nc,Des mots,1,2,3,4\n"
    assert problems(items(data)) == ["The row has 6 cells, and the first row names 3 columns."]


def test_what_programs_write_into_empty_cells_is_nothing() -> None:
    first, second = items(b"title,text,author,url\nNone,Des mots,NULL,nan\nUn,Des mots,N/A,\n")
    assert (first.given, second.given) == (Given(), Given(title="Un"))


# Feeds


def test_an_entry_of_rss_with_all_that_is_said_of_it() -> None:
    found = items(RSS, "a.xml")
    assert texts(found) == [
        f"<p>{TEXT}</p>",
        OTHER,
        "<The entry has no text: the feed gives its title and address only.>",
    ]
    assert found[0].given == Given(
        url="https://lorval.example/port",
        title="Le port rouvre",
        authors=("Ana Lopes",),
        published="Tue, 12 Mar 2024 10:15:00 +0100",
        section="Économie",
        language="fr",
        other={"feed": "Lorval Matin - Une"},
    )
    assert found[1].given.other == {"feed": "Lorval Matin - Une", "taken from": "description"}
    assert found[2].name == "a.xml, entry 3"


def test_an_entry_of_atom_with_all_that_is_said_of_it() -> None:
    (found,) = items(ATOM)
    assert f"<p>{TEXT}</p>" in found.content.decode()
    assert found.given == Given(
        url="https://lorval.example/port",
        title="Le port & le pont",
        authors=("Ana Lopes", "Bo Li"),
        published="2024-03-12T10:15:00+01:00",
        language="fr",
        other={"feed": "Lorval", "updated": "2024-03-13T10:15:00+01:00"},
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>Le port rouvre", "<title>Le port & le pont&nbsp;"),
        (' xmlns:content="http://purl.org/rss/1.0/modules/content/"', ""),
        ("<title>Rien", "<title>Rien\x0b"),
        ("<?xml", "\n  <?xml"),
    ],
)
def test_a_feed_that_is_not_well_formed_is_mended(old: str, new: str) -> None:
    found = items(RSS.decode().replace(old, new, 1).encode())
    assert [one.content for one in found] == [one.content for one in items(RSS)]


@given(
    st.lists(st.sampled_from(["&", "&amp;", "&#233;", "<![CDATA[", "]]>", "a & b", "x", "<p>"]), max_size=12), st.data()
)
def test_bare_ampersands_are_mended_wherever_the_file_is_cut_in_pieces(parts, data) -> None:
    text = "".join(parts).encode()
    at = data.draw(st.integers(min_value=0, max_value=len(text)))
    once, twice = Ampersands(), Ampersands()
    whole = once.mended(text, last=True)
    assert twice.mended(text[:at]) + twice.mended(text[at:], last=True) == whole
    assert whole.count(b"<![CDATA[") == text.count(b"<![CDATA[")
    outside = re.sub(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", b"", whole, flags=re.DOTALL)
    assert not re.search(rb"&(?!amp;|#233;)", outside)


def test_no_ampersand_of_a_feed_is_lost() -> None:
    feed = RSS.replace(b"Le pont ferme", b"R&D & <![CDATA[A & B]]> &amp; C")
    assert items(feed)[1].given.title == "R&D & A & B & C"


def test_a_feed_that_was_cut_off_keeps_the_entries_before() -> None:
    found = items(RSS[: RSS.index(b"Rien")])
    assert texts(found)[:2] == texts(items(RSS))[:2]
    assert problems(found) == ["The feed ends in the middle, behind its entry 2: the rest is missing."]


def test_pictures_in_a_feed_are_no_titles() -> None:
    picture = '<item xmlns:media="http://search.yahoo.com/mrss/"><media:title>Photo</media:title>'
    assert items(RSS.decode().replace("<item>", picture, 1).encode())[0].given.title == "Le port rouvre"


# WARC


def test_only_pages_are_taken_from_a_crawl_and_the_rest_is_counted() -> None:
    found = items(WARC, "a.warc")
    assert [one.place for one in found] == ["record 2", "record 5", ""]
    assert found[0].content == PAGE.encode("cp1252")
    assert found[0].given == Given(
        url="https://lorval.example/a", fetched="2024-03-12T10:15:00Z", charset="windows-1252"
    )
    assert found[1].content.decode() == PAGE
    assert found[2].problem == ("2 records are no pages and were left out: 1 × image/png, 1 × status 404.")


def test_a_crawl_packed_record_by_record_is_the_same() -> None:
    starts = [n for n in range(len(WARC)) if WARC.startswith(b"WARC/1.0", n)]
    records = [WARC[a:b] for a, b in zip(starts, [*starts[1:], len(WARC)], strict=True)]
    packed = b"".join(gzip.compress(one, mtime=0) for one in records)
    assert items(packed, "x") == items(WARC, "x")


def test_chunked_and_packed_bodies_are_undone() -> None:
    body = PAGE.encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert texts(items(record(http(chunked, headers="Transfer-Encoding: chunked\r\n")))) == [PAGE]
    assert problems(items(record(http(body, headers="Content-Encoding: br\r\n")))) == [
        "The page is packed in a way that is not opened here (br)."
    ]


# Mail


def test_the_page_of_a_mail_is_taken_with_its_headers() -> None:
    (found,) = items(EML, "a.eml")
    assert found.content.decode() == f"<html><body><p>{TEXT}</p></body></html>"
    assert found.given == Given(
        title="Le port rouvre après la grève",
        authors=("Ana Lópes",),
        published="Tue, 12 Mar 2024 10:15:00 +0100",
        charset="utf-8",
        other={"message-id": "<1@lorval.example>"},
    )


def test_a_mail_of_plain_text_keeps_its_bytes_and_its_charset() -> None:
    mail = email.message_from_bytes(EML.split(b"Content-Type")[0] + b"\n")
    mail["Content-Type"] = "text/plain; charset=iso-8859-1"
    mail["Content-Transfer-Encoding"] = "8bit"
    data = mail.as_bytes() + TEXT.encode("latin-1")
    (found,) = items(data)
    assert (found.content, found.given.charset) == (TEXT.encode("latin-1"), "iso-8859-1")


def test_a_mail_without_text_says_so() -> None:
    data = EML.replace(b"text/plain", b"image/png").replace(b"text/html", b"application/pgp-encrypted")
    assert problems(items(data)) == ["There is no text in it: none of its parts is text or HTML, or it is encrypted."]


# Saved pages


def test_the_page_itself_is_taken_from_a_saved_page() -> None:
    (found,) = items(MHTML, "a.mhtml")
    assert found.content.decode().replace("\r\n", "\n").strip() == PAGE
    assert found.given == Given(
        url="https://lorval.example/port",
        title="Le port rouvre",
        fetched="Tue, 12 Mar 2024 10:15:00 -0000",
        charset="utf-8",
    )


def test_a_saved_page_may_name_the_part_that_it_begins_with() -> None:
    data = MHTML.replace(b"Snapshot-Content-Location: https://lorval.example/port\r\n", b"")
    assert b"Publicit" in items(data)[0].content
    data = data.replace(b'type="text/html";', b'type="text/html"; start="<2>";')
    data = data.replace(b"Content-Transfer-Encoding: 8bit", b"Content-ID: <2>\r\nContent-Transfer-Encoding: 8bit")
    assert b"capitainerie" in items(data)[0].content


# Archives


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_long_names_are_read_in_every_kind_of_tar(kind: int) -> None:
    name = "/".join(["dossier-été"] * 8) + "/a.txt"
    if kind == tarfile.USTAR_FORMAT:
        name = name[:90]
    found = items(tarred({name: TEXT, "b.txt": OTHER}, kind=kind), "t")
    assert [one.name for one in found] == [f"t/{name}", "t/b.txt"]
    assert texts(found) == [TEXT, OTHER]


def test_a_zip_may_stand_behind_other_bytes_of_its_writer() -> None:
    file = io.BytesIO(zipped({"a.txt": TEXT}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("b.txt", OTHER)
    assert texts(items(file.getvalue())) == [TEXT, OTHER]


def test_several_gzip_members_and_zeros_behind_them_are_one_file() -> None:
    first, second = (gzip.compress(lines(one), mtime=0) for one in TWO)
    assert texts(items(first + second + b"\x00" * 512)) == [TEXT, OTHER]


def test_one_packed_article_keeps_the_name_of_its_file() -> None:
    (found,) = items(gzip.compress(PAGE.encode(), mtime=0), "a.html.gz")
    assert (found.name, found.place, found.content.decode()) == ("a.html.gz", "", PAGE)

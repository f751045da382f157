"""Bytes and pasted text become scraped articles, or a sentence that says why not."""

import hashlib

import pytest

from articles.core.formats import FORMATS, UnreadableError, open_bytes, open_text

PAGE = "<!doctype html><html><body><h1>Un pont rouvre</h1><p>Le pont rouvre lundi.</p></body></html>"


def test_a_format_is_recognised_by_its_bytes_and_not_by_its_name():
    assert open_bytes(PAGE.encode(), name="page.txt").format == "html"
    assert open_bytes(b"Un pont rouvre.\n", name="page.html").format == "text"


def test_a_sentence_with_a_stray_angle_bracket_is_plain_text():
    assert open_text("Si 3 < 4, alors <b> n'est pas une page.").format == "text"


def test_every_format_has_a_name_and_a_label_and_text_comes_last():
    assert [row.name for row in FORMATS][-1] == "text"
    assert all(row.label for row in FORMATS)


def test_the_fingerprint_is_of_the_bytes_that_came():
    data = "\ufeffUn été.\r\n".encode("utf-16-le")
    assert open_bytes(data).sha256 == hashlib.sha256(data).hexdigest()
    assert open_text("Un été.").sha256 == hashlib.sha256("Un été.".encode()).hexdigest()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "only white space"),
        (b"\xef\xbb\xbf\n", "only white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07abc", "control characters"),
    ],
)
def test_what_holds_no_text_is_refused_with_its_name_and_the_reason(data, said):
    with pytest.raises(UnreadableError) as error:
        open_bytes(data, name="arrivage.txt")
    assert said in str(error.value)
    assert "arrivage.txt" in str(error.value)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("pasted", ["", "  \n\t", "\u00a0\n", "\x00"])
def test_pasted_text_without_words_is_refused(pasted):
    with pytest.raises(UnreadableError):
        open_text(pasted)


def test_newlines_stay_as_they_came():
    text = "Un.\r\nDeux.\rTrois.\n\u2028Quatre."
    assert open_bytes(text.encode()).raw_text == text


def test_what_the_scraper_says_is_kept():
    scraped = open_text("Un pont.", url="https://example.org/a", outlet="Le Pont")
    assert (scraped.url, scraped.outlet) == ("https://example.org/a", "Le Pont")

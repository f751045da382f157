"""Which encoding, why, and what was mended."""

import pytest

from articles.core.formats import open_bytes, open_text
from articles.core.formats.decoding import decode

FRENCH = "L’été dernier, le préfet a été entendu à Nîmes : « C’est réglé », a-t-il assuré. Noël, cœur, garçon."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_settles_the_encoding(encoding):
    decoded = decode(FRENCH.encode(encoding))
    assert decoded.text == FRENCH
    assert decoded.reason == "byte order mark"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [FRENCH, "ראש העיר פתח היום את הגשר החדש בעיר", "افتتح رئيس البلدية اليوم الجسر الجديد"]
)
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding, text):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_valid_utf_8_is_utf_8():
    decoded = decode(FRENCH.encode())
    assert (decoded.text, decoded.encoding, decoded.reason) == (FRENCH, "utf-8", "valid UTF-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        ("Le café est fermé.", "cp1252"),
        ("The mayor’s “bridge” – it’s open.", "cp1252"),
        ("ראש העיר פתח היום את הגשר החדש, כך נמסר מהעירייה", "cp1255"),
        ("قال رئيس البلدية اليوم إن الجسر الجديد سيفتح أمام السيارات", "cp1256"),
        ("Мэр города открыл сегодня новый мост через реку, сообщили в мэрии", "cp1251"),
        ("Burmistrz otworzył dziś nowy most, żeby ułatwić życie mieszkańcom miasta i ich gości.", "cp1250"),
    ],
)
def test_old_code_pages_are_told_apart(text, encoding):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.reason == "guessed from letter frequencies"


def test_a_page_may_declare_its_encoding():
    page = '<html><head><meta charset="iso-8859-1"></head><p>Le préfet «écoute» l’été</p></html>'
    scraped = open_bytes(page.encode("cp1252"))
    assert scraped.raw_text == page
    assert scraped.encoding_reason == "declared by the page"


def test_a_declared_encoding_that_is_no_encoding_of_pages_is_ignored():
    page = '<html><head><meta charset="utf-7"></head><p>+ADw-script+AD4- été</p></html>'
    assert open_bytes(page.encode("cp1252")).raw_text == page


def test_mojibake_is_mended_and_every_repair_is_listed():
    damaged = "Le prÃ©fet a Ã©tÃ© entendu. Câ€™est rÃ©glÃ©.\nRien ici."
    scraped = open_text(damaged)
    assert scraped.raw_text == "Le préfet a été entendu. C’est réglé.\nRien ici."
    assert ("Ã©", "é") in {(repair.before, repair.after) for repair in scraped.repairs}
    assert all(repair.count > 0 for repair in scraped.repairs)


def test_the_authors_typography_is_never_mended():
    text = "« Oui\u00a0! » a dit l’élu – “ﬁn” ﬂ … 10\u202f000 à l'été"
    scraped = open_text(text)
    assert scraped.raw_text == text
    assert scraped.repairs == ()


def test_what_cannot_be_stored_is_taken_out_and_listed():
    scraped = open_text("Un\x00 pont\ud800 neuf\uffff.")
    assert scraped.raw_text == "Un pont\ufffd neuf."
    assert {repair.before for repair in scraped.repairs} == {"U+0000", "U+D800", "U+FFFF"}


def test_utf_8_with_one_broken_byte_stays_utf_8_and_says_so():
    decoded = decode("L’été à Nîmes, déjà".encode() + b" \x92a\xc3")
    assert decoded.text == "L’été à Nîmes, déjà ’a\ufffd"
    assert len(decoded.repairs) == 2


def test_a_run_is_damage_by_what_stands_around_it():
    text = "Un « cœur » vaillant, la santé” d'abord, 1\u00a0000\u00a0€ – …\u00a0»"
    assert decode(text.encode()).text == text
    damaged = f"{text}\nC’est l’Ã©tÃ© Ã Paris"
    assert decode(damaged.encode()).text == f"{text}\nC’est l’été à Paris"


def test_letters_damaged_in_a_long_text_of_another_script_are_found():
    text = "Мэр города открыл мост. " * 20
    assert decode(f"{text}\ncafÃ©".encode()).text == f"{text}\ncafé"

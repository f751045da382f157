"""Dates and times of day in eight languages, with their precision, their range and where their time zone comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.kinds import KINDS
from articles.core.metadata import dates, published
from articles.core.metadata.almanac import plain
from articles.core.metadata.clock import alone, beside
from articles.core.metadata.ranges import precision_of, until
from articles.core.metadata.written import figures_say, scan
from articles.core.registry import shipped_memory
from articles.core.values import Field
from tests.core.passages import page
from tests.core.written_dates import ANCHOR, RELATIVE, WRITTEN


def found(text, language="fr", kind="body", anchor=ANCHOR):
    _, passages = page((kind, text))
    return dates.find(passages, anchor, language)


def of_page(*lines, language="fr", **beside_it):
    scraped, passages = page(*lines)
    field = published.find(scraped, passages, language, shipped_memory())
    return field, dates.find(passages, field, language)


@pytest.mark.parametrize(("language", "words", "value", "time"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_a_date_is_read_as_its_language_writes_it(language, words, value, time):
    (mention,) = found(f"({words})", language)
    assert (mention.value, mention.time) == (value, time)
    assert mention.precision == ("minute" if time else precision_of(value))
    assert mention.timezone_from == ("stated" if "+" in time or "-" in time else "unknown" if time else "")
    assert mention.surface in words


@pytest.mark.parametrize(("language", "words", "value"), RELATIVE, ids=[row[1] for row in RELATIVE])
def test_a_relative_word_is_counted_from_the_publication(language, words, value):
    (mention,) = found(f"({words})", language)
    assert mention.value == value
    assert mention.surface in words
    assert mention.reason == "counted from the day of publication"


@pytest.mark.parametrize(
    ("value", "precision", "last"),
    [
        ("2023-01-17", "day", ""),
        ("2023-W02", "week", "2023-01-15"),
        ("2024-02", "month", "2024-02-29"),
        ("2023-12", "month", "2023-12-31"),
        ("2021", "year", "2021-12-31"),
        ("1990/1999", "years", "1999-12-31"),
        ("--02-14", "day of a year", ""),
        (None, "", ""),
        ("2023-W99", "week", ""),
    ],
)
def test_a_value_that_is_no_day_is_a_range_with_a_last_day(value, precision, last):
    assert (precision_of(value), until(value)) == (precision, last)


def test_two_years_ago_is_a_year_that_ends():
    (mention,) = found("Il est parti il y a deux ans.")
    assert (mention.value, mention.precision, mention.until) == ("2021", "year", "2021-12-31")


@pytest.mark.parametrize(
    ("text", "language", "surface", "time"),
    [
        ("Le vote aura lieu hier à 20 h.", "fr", "hier", "20:00"),
        ("He left at 4.30pm on Tuesday.", "en", "Tuesday", "16:30"),
        ("He left on Tuesday at 9:05 p.m. ET.", "en", "Tuesday", "21:05-05:00"),
        ("Er ging am Dienstag um 20 Uhr.", "de", "Dienstag", "20:00"),
        ("È partito martedì alle 16.30.", "it", "martedì", "16:30"),
        ("Saiu ontem às 16h.", "pt", "ontem", "16:00"),
    ],
)
def test_a_relative_day_has_the_time_beside_it(text, language, surface, time):
    (mention,) = found(text, language)
    assert (mention.surface, mention.precision, mention.time) == (surface, "minute", time)


@pytest.mark.parametrize(
    ("text", "time"), [("À 16h30, le port a fermé.", "16:30"), ("Fermé dès 9:05 a.m. ici.", "09:05")]
)
def test_a_time_alone_is_a_mention_without_a_day(text, time):
    (mention,) = found(text)
    assert (mention.value, mention.time, mention.precision) == (None, time, "minute")
    assert "nothing says of which day" in mention.reason


@pytest.mark.parametrize("text", ["Une course de 2h05.", "Ouvert 24 h sur 24", "Un score de 3:1", "Il a 20 h de cours"])
def test_how_long_something_took_is_no_time_of_day(text):
    assert found(text) == ()


def test_a_time_without_a_zone_has_that_of_the_outlet():
    legal = ("legal", "© The New York Times")
    field, mentions = of_page(("date", "July 3, 2021 10:00 a.m."), legal, language="en")
    assert field.details["timezone"] == "America/New_York"
    assert (mentions[0].time, mentions[0].timezone_from) == ("10:00-04:00", "outlet country")


def test_et_is_a_zone_in_capitals_only():
    (mention,) = found("Le 18 janvier 2023 à 16h30 et après")
    assert mention.time == "16:30"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Mis à jour le 18 janvier 2023", "fr"),
        ("Updated 18 January 2023", "en"),
        ("Actualizado el 18 de enero de 2023", "es"),
        ("Aktualisiert am 18. Januar 2023", "de"),
        ("Aggiornato il 18 gennaio 2023", "it"),
        ("Atualizado em 18 de janeiro de 2023", "pt"),
        ("آخر تحديث 18 يناير 2023", "ar"),
        ("עודכן: 18 בינואר 2023", "he"),
    ],
)
def test_a_change_is_told_from_the_publication(line, language):
    field, (mention,) = of_page(("title", "Le port"), ("date", line), ("body", "Le texte."), language=language)
    assert mention.role == "update"
    assert (field.state, field.reason.split(";")[0]) == ("inferred", "line that dates a change")


def test_a_day_of_the_hebrew_calendar_is_named_and_not_converted():
    (mention,) = found('האירוע נערך ב־י"ד בשבט תשפ"ג בעיר', "he")
    assert (mention.value, mention.precision) == (None, "day")
    assert "Hebrew calendar" in mention.reason


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["25/12/2022"], False),
        (["12/25/2022"], True),
        (["03/04/2022"], None),
        (["25/12/2022", "12/25/2022"], None),
        (["25/12Le port ferme"], False),
        (["ouvert 24/7"], None),
        (["version 1.25.2022"], True),
    ],
)
def test_a_number_beyond_twelve_proves_the_order_of_figures(texts, first):
    assert figures_say(texts) is first


def test_figures_that_the_page_proves_are_no_longer_doubted():
    lines = (("title", "Port"), ("date", "03/04/2021"), ("body", "Text."))
    doubted, _ = of_page(*lines, language="en")
    proven, _ = of_page(*lines, ("related", "25/12/2020 The port closes"), language="en")
    assert (doubted.state, doubted.value) == ("inferred", "2021-03-04")
    assert (proven.state, proven.value) == ("stated", "2021-04-03")


def test_an_article_with_no_date_of_its_own_says_so():
    field, _ = of_page(("title", "Le port"), ("body", "Le texte."))
    assert field.value is None
    assert field.reason.startswith("it has no date of its own")


def test_a_ticker_stays_related_and_a_copyright_line_its_own():
    _, mentions = of_page(("body", "Le texte."), ("related", "14/02Le port ferme"), ("legal", "© 2021-2024 Le Port"))
    assert [(one.value, one.role) for one in mentions] == [
        ("--02-14", "related"), ("2021", "copyright"), ("2024", "copyright")
    ]  # fmt: skip


DATES = st.sampled_from([words for _, words, *_ in (*WRITTEN, *RELATIVE)])
TEXTS = st.lists(st.text(max_size=20) | DATES | st.from_regex(r"[0-9٠-٩:/.h-]{1,12}", fullmatch=True)).map(" ".join)


@given(
    st.sampled_from(sorted(KINDS)), TEXTS, st.sampled_from(["fr", "en", "es", "de", "it", "pt", "ar", "he", "sv", ""])
)
def test_every_date_lies_in_raw_and_its_surface_is_the_words_there(kind, text, language):
    scraped, passages = page((kind, text))
    field = published.find(scraped, passages, language, shipped_memory())
    for mention in dates.find(passages, field, language):
        assert mention.span.of(scraped.raw_text) == mention.surface
        assert mention.surface.strip()
        assert mention.value is not None or mention.reason
        assert mention.timezone_from or not mention.time
    assert field.state != "stated" or (isinstance(field, Field) and field.span is not None)
    assert field.span is None or field.span.end <= len(scraped.raw_text)


@given(st.text(max_size=120))
def test_any_text_has_its_times_of_day_inside(text):
    assert all(0 <= start < end <= len(text) and clock < (24, 0) for start, end, clock in alone(text))
    timed = beside(text, plain(text), len(text) // 2, len(text) // 2, ANCHOR)
    assert timed is None or 0 <= timed.start < timed.end <= len(text)


HOSTILE = {
    "digits": "1" * 300_000,
    "groups of thirty digits": ("1" * 30 + " ") * 5_000,
    "spaces": " " * 1_000_000,
    "slashes": "1/" * 100_000,
    "dots": "1." * 100_000,
    "colons": "1:" * 100_000,
    "months": "mars " * 20_000,
    "days": "12 mars " * 5_000,
    "weekdays": "mardi " * 10_000,
    "il y a": "il y a " * 30_000,
    "letters": "a" * 500_000,
    "hebrew": "י״ד " * 50_000,
    "updates": "Mis à jour " * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_read_to_its_end(text):
    assert isinstance(scan(text), list)
    assert isinstance(found(text), tuple)

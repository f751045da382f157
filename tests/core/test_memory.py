"""How a line is known again on another page, and when what is remembered of it decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.memory import KEY_LENGTH, LONGEST, is_common, line_key, one_decision, pages, recalled
from articles.core.values import OutletMemory, SeenLine


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 commentaires", "3 commentaires"),
        ("S’abonner à partir de 1 €", "s'abonner  à partir de 15 €"),
        ("Publié le 3 mars 2024", "PUBLIÉ LE 14 MARS 2023"),
        ("x" * 250, "x" * 260),
    ],
)
def test_lines_that_differ_in_figures_capitals_or_their_end_are_one(one, other):
    assert line_key(one) == line_key(other) != ""


@pytest.mark.parametrize("line", ["", "  ", "—", "12/03/2024", "4", "***", "x" * (LONGEST + 1)])
def test_lines_that_say_nothing_or_are_the_article_s_own_are_not_remembered(line):
    assert line_key(line) == ""


@given(st.text(max_size=2 * LONGEST))
def test_a_key_is_short_and_holds_no_figure_but_0(line):
    found = line_key(line)
    assert len(found) <= KEY_LENGTH
    assert not any(char.isdecimal() and char != "0" for char in found)


def test_people_who_agree_decide():
    assert one_decision(SeenLine(pages=0, decided={"ad": 2, "share": 0})) == ("ad", 2)
    assert one_decision(SeenLine(pages=5, decided={"ad": 2, "share": 1})) is None
    assert one_decision(SeenLine(pages=5)) is None


@pytest.mark.parametrize(
    ("seen", "of", "common"),
    [(3, 100, True), (2, 100, False), (2, 4, True), (1, 2, True), (1, 3, False), (0, 0, False)],
)
def test_a_line_on_three_pages_or_half_of_them_is_common(seen, of, common):
    assert is_common(SeenLine(pages=seen), OutletMemory(pages=of)) is common


def test_pages_are_counted_in_words():
    assert pages(1) == "1 other page of this outlet"
    assert pages(14) == "14 other pages of this outlet"


def test_without_a_memory_nothing_is_recalled():
    assert recalled("S'abonner", None) is None
    assert recalled("S'abonner", OutletMemory(pages=3)) is None

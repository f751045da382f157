"""What is measured on a line for the rules: on a whole page at once, and yet each line by itself."""

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.features import MEASURED, said
from articles.core.folding import LONG, fold, joined, key

WORDS = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
LINE = st.text(
    st.one_of(st.sampled_from("Aé’'-. .!?«»\xa0_9١中"), st.characters(exclude_characters="\n\0")), max_size=40
)


@given(st.lists(LINE, max_size=6))
def test_the_words_of_a_line_are_the_same_alone_and_on_a_page(texts):
    assert list(said(texts)) == [words for text in texts for words in said([text])]


@given(LINE)
def test_a_word_is_letters_and_digits_with_single_signs_inside(text):
    (line,) = said([text])
    words = WORDS.findall(text)
    large = [word for word in words if word[0].isupper() or word[0].isdigit()]
    assert line.words == len(words)
    assert line.capitals == (len(large) / len(words) if words else 0)


@given(st.text(st.characters(), min_size=1, max_size=20))
def test_a_long_text_is_folded_as_a_short_one(text):
    assert fold(text * LONG) == fold(text) * LONG


def test_a_key_has_single_spaces_and_no_hyphens():
    assert key(" Saint-Étienne –  Loire ") == joined("saint-etienne - loire") == "saint etienne loire"


def test_a_very_long_line_is_measured_by_its_beginning():
    (line,) = said(["mot " * MEASURED])
    assert line.words == MEASURED / 4
    assert line.stopped
    assert len(line.folded) == MEASURED

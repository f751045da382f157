"""No line is kept from a long search that would have found something in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning import patterns, topics
from articles.core.cleaning.patterns import LINES

SEARCHED = [
    *((row.pattern, row.topic) for row in LINES if row.where == "anywhere"),
    (patterns.RIGHTS, topics.RIGHTS),
    (patterns.COURTESY, topics.PICTURES),
    (patterns.CREDIT_TAIL, topics.PICTURES),
    (patterns.CAPTION_VIEW, topics.VIEWS),
    (patterns.FOLLOW, topics.AUTHORS),
]


@pytest.mark.parametrize(("pattern", "topic"), SEARCHED)
@given(data=st.data())
def test_what_a_pattern_finds_has_a_word_of_its_topic(pattern, topic, data):
    line = data.draw(st.from_regex(pattern, fullmatch=True))
    assert topics.topics(line) & topic, line


def test_every_row_that_is_searched_for_has_a_topic():
    assert all(bool(row.topic) == (row.where == "anywhere") for row in LINES)


def test_a_plain_line_speaks_of_nothing_that_needs_a_long_search():
    assert not topics.topics("le maire a ouvert la halle devant deux cents personnes")

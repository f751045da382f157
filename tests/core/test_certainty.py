"""How sure the machine is, in a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.certainty import CERTAIN, UNSURE, level

ORDER = ["unsure", "likely", "certain"]


@pytest.mark.parametrize(
    ("confidence", "word"),
    [
        (0.0, "unsure"),
        (UNSURE - 0.001, "unsure"),
        (UNSURE, "likely"),
        (CERTAIN - 0.001, "likely"),
        (CERTAIN, "certain"),
        (1.0, "certain"),
    ],
)
def test_a_confidence_has_a_word(confidence, word):
    assert level(confidence) == word


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_confidence_is_never_less_sure(one, other):
    low, high = sorted((one, other))
    assert ORDER.index(level(low)) <= ORDER.index(level(high))

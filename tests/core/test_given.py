"""What was said beside a text: kept as it came, as far as it can be stored."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core.values import Given

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


def test_only_what_is_said_is_written_and_read_again() -> None:
    said = Given(url="https://lorval.example/a", authors=("Ana Lopes",), other={"id": "7"})
    assert said.as_dict() == {"url": "https://lorval.example/a", "authors": ["Ana Lopes"], "other": {"id": "7"}}
    assert Given.from_dict(said.as_dict()) == said
    assert Given.from_dict({}) == Given()


def test_one_name_may_come_without_a_list() -> None:
    assert Given.from_dict({"authors": "Ana Lopes"}).authors == ("Ana Lopes",)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from([*Given().__slots__, "else"]), JSON))
def test_anything_is_read_and_what_is_read_can_be_stored(data) -> None:
    said = Given.from_dict(data)
    again = Given.from_dict(json.loads(json.dumps(said.as_dict())))
    assert again == said
    json.dumps(said.as_dict(), ensure_ascii=False).encode("utf-8")
    assert "\x00" not in json.dumps(said.as_dict(), ensure_ascii=False)

"""Marks on a text: each can be told where they lie within each other."""

from hypothesis import given
from hypothesis import strategies as st

from articles.core.edits import Span, apply
from articles.core.panes import Mark, runs

TEXT = "L'Université de Paris ouvre"


def mark(words: str, layer: str) -> Mark:
    at = TEXT.index(words)
    return Mark(
        span=Span(at, at + len(words)), name=f"tag tag-{layer}", label=layer, layer=layer, sign=layer[0].upper()
    )


def shown(*marks: Mark) -> list[tuple[str, str, str, str]]:
    """(text, classes, letters, what is said) of each run that bears a mark."""
    found = runs(apply(TEXT, [Span(0, len(TEXT))], []), marks)
    return [(run.text, run.names, run.signs, run.said) for run in found if run.marks]


def test_a_mark_says_itself_at_its_end() -> None:
    assert shown(mark("Paris", "place")) == [("Paris", "tag tag-place", "P", "place")]


def test_marks_within_each_other_are_told_apart() -> None:
    inner, outer = mark("Paris", "place"), mark("Université de Paris", "organisation")
    names = "tag tag-organisation tag-place nested outer-organisation inner-place begins"
    assert shown(inner, outer) == [
        ("Université de ", "tag tag-organisation", "", ""),
        ("Paris", names, "PO", "place; organisation"),
    ]


def test_marks_that_overlap_each_end_where_they_end() -> None:
    found = shown(mark("Université de Paris", "organisation"), mark("Paris ouvre", "event"))
    assert [(text, signs) for text, _, signs, _ in found] == [("Université de ", ""), ("Paris", "O"), (" ouvre", "E")]
    assert "nested" in found[1][1]


def test_marks_without_a_layer_are_titled_where_they_begin() -> None:
    plain = Mark(span=Span(2, 12), name="shared", label="in both")
    (run,) = [run for run in runs(apply(TEXT, [Span(0, len(TEXT))], []), [plain]) if run.marks]
    assert (run.label, run.signs, run.said, run.layers) == ("in both", "", "", [])


@given(st.lists(st.tuples(st.integers(0, 26), st.integers(1, 10)), max_size=6))
def test_every_mark_ends_once_and_the_runs_are_the_text(spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(span=Span(start, min(start + length, len(TEXT))), name="tag", id=str(n), layer="x", sign=chr(65 + n))
        for n, (start, length) in enumerate(spans)
    ]
    found = runs(apply(TEXT, [Span(0, len(TEXT))], []), marks)
    assert "".join(run.text for run in found) == TEXT
    assert sorted("".join(run.signs for run in found)) == sorted(mark.sign for mark in marks)

"""Marks on a text: each can be told where they lie within each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from articles.core.edits import Span, apply
from articles.core.panes import Mark, runs

TEXT = "L'Université de Paris ouvre"


def mark(words: str, layer: str) -> Mark:
    at = TEXT.index(words)
    return Mark(
        span=Span(at, at + len(words)),
        name=f"tag tag-{layer}",
        label=layer,
        surface=words,
        layer=layer,
        sign=layer[0].upper(),
    )


def shown(*marks: Mark) -> list[tuple[str, str, str, str]]:
    """(text, classes, letters, what is said) of each run that bears a mark."""
    found = runs(apply(TEXT, [Span(0, len(TEXT))], []), marks)
    return [(run.text, run.names, run.signs, run.said) for run in found if run.marks]


def test_a_mark_says_its_letters_where_it_begins_and_itself_where_it_ends() -> None:
    assert shown(mark("Paris", "place")) == [("Paris", "tag tag-place", "P", "place")]


def test_marks_within_each_other_have_letters_and_a_line_of_their_own() -> None:
    inner, outer = mark("Paris", "place"), mark("Université de Paris", "organisation")
    names = "tag tag-organisation tag-place inner-place lined line-1-organisation line-0-place"
    assert shown(inner, outer) == [
        ("Université de ", "tag tag-organisation lined line-1-organisation", "O", ""),
        ("Paris", names, "P", "“Paris”: place; “Université de Paris”: organisation"),
    ]


def test_marks_that_cross_keep_their_line_from_end_to_end() -> None:
    found = shown(mark("Université de Paris", "organisation"), mark("Paris ouvre", "event"))
    assert [(text, signs, spoken) for text, _, signs, spoken in found] == [
        ("Université de ", "O", ""),
        ("Paris", "E", "“Université de Paris”: organisation"),
        (" ouvre", "", "“Paris ouvre”: event"),
    ]
    lines = [{name for name in names.split() if name.startswith("line-")} for _, names, _, _ in found]
    assert lines == [{"line-1-organisation"}, {"line-1-organisation", "line-0-event"}, {"line-0-event"}]


def test_marks_on_the_same_words_are_told_apart_and_a_suggestion_is_dotted() -> None:
    sure, guess = mark("Paris", "place"), replace(mark("Paris", "organisation"), dotted=True)
    ((_, names, signs, _),) = shown(sure, guess)
    assert signs == "PO"
    assert {"line-0-place", "line-1-organisation", "line-1-dotted"} <= set(names.split())
    assert "line-0-dotted" not in names


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


@given(st.lists(st.tuples(st.integers(0, 26), st.integers(1, 10)), max_size=6))
def test_no_two_marks_share_a_line_under_the_same_words(spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(span=Span(start, min(start + length, len(TEXT))), name="tag", id=str(n), layer=f"x{n}")
        for n, (start, length) in enumerate(spans)
    ]
    seen: dict[str, set[str]] = {}
    for run in runs(apply(TEXT, [Span(0, len(TEXT))], []), marks):
        lines = [name.split("-")[1:] for name in run.names.split() if name.startswith("line-")]
        assert len({line for line, _ in lines}) == len(lines)
        assert len(lines) == len(run.marks) or len(run.marks) == 1
        for line, layer in lines:
            seen.setdefault(layer, set()).add(line)
    assert all(len(lines) == 1 for lines in seen.values()), "a mark stays on its line"

"""Tags that were set on another state of the text: on their words, or nowhere."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.exchange import AnnotatedText, Tag
from articles.core.exchange.placing import placed

TEXT = "Le maire de Paris a reçu Anne Roux à Paris, dans la salle des fêtes de la mairie."


def at(words: str, number: int = 0, text: str = TEXT) -> Tag:
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    return Tag(start=start, end=start + len(words), type="place")


def where(article: AnnotatedText, text: str) -> list[str | None]:
    return [f"{span.start} {span.of(text)}" if span else None for _, span in placed(article, text)]


SECOND = AnnotatedText(id="a", text=TEXT, tags=(at("Paris", 1),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TEXT, "37 Paris"),
        ("Chapeau. " + TEXT, "46 Paris"),
        (TEXT.replace("Le maire", "La maire"), "37 Paris"),
        (TEXT.replace(" ", "\n"), "37 Paris"),
        (TEXT.replace("maire", "premier adjoint", 1), "47 Paris"),
        (TEXT.replace("à Paris", "à Lyon"), None),
        (TEXT + " " + TEXT, "37 Paris"),
        ("Tout autre texte, de Paris.", None),
        ("", None),
    ],
)
def test_a_tag_is_found_on_its_words_or_not_at_all(text: str, found: str | None) -> None:
    assert where(SECOND, text) == [found]


def test_words_that_stand_twice_alike_are_nobodys() -> None:
    quoted = AnnotatedText(id="a", text=None, tags=(Tag(start=0, end=0, type="place", quote="Paris"),))
    assert where(quoted, TEXT) == [None]
    assert where(quoted, "Anne à Paris") == ["7 Paris"]
    one = Tag(start=0, end=0, type="place", quote="Paris", prefix="Roux à ")
    assert where(replace(quoted, tags=(one,)), TEXT) == ["37 Paris"]


def test_a_quotation_of_nothing_is_not_placed() -> None:
    blank = Tag(start=3, end=4, type="place", quote=" ")
    assert where(AnnotatedText(id="a", text=None, tags=(blank,)), TEXT) == [None]


def test_a_name_that_is_written_everywhere_is_not_looked_for_for_ever() -> None:
    one = Tag(start=5, end=6, type="place", quote="a", prefix="b")
    assert where(AnnotatedText(id="a", text=None, tags=(one,)), "a " * 5_000) == [None]


@given(
    st.text("ab é🙂\n", min_size=1, max_size=40),
    st.data(),
)
def test_white_space_alone_moves_no_tag_from_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    tag = Tag(start=start, end=data.draw(st.integers(start + 1, len(text))), type="place")
    other = "".join(char + data.draw(st.sampled_from(("", " ", "\r\n"))) for char in text if not char.isspace())
    ((_, span),) = placed(AnnotatedText(id="a", text=text, tags=(tag,)), other)
    words = "".join(text[tag.start : tag.end].split())
    if words and text != other:
        assert span is not None
        assert "".join(span.of(other).split()) == words
        assert span.of(other).strip() == span.of(other)

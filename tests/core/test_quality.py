import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import quality
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.values import Attribution
from tests.core.passages import page


def found(*lines, attribution=()):
    scraped, passages = page(*lines)
    flags = quality.flags(passages, "fr", attribution)
    assert {one.flag for one in flags} <= set(quality.FLAGS)
    return [(one.flag, one.span.of(scraped.raw_text)) for one in flags]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("body", "Il a dit « partir demain.", [("unbalanced_quote", "«")]),
        ("body", "Il a dit partir » demain.", [("unbalanced_quote", "»")]),
        ("body", "Il a dit “partir demain.", [("unbalanced_quote", "“")]),
        ("body", 'Il a dit "partir demain.', [("unbalanced_quote", '"')]),
        ("caption", "Il a dit « partir.", [("unbalanced_quote", "«")]),
        ("body", 'Il a dit « partir » et "rester".', []),
        ("body", 'Un écran de 27" est là.', []),
        ("body", "„So“ sagte er.", []),
        ("related", "Il a dit « partir", []),
        ("body", "Pour dix dollarsImage de la ville.", [("glued_text", "dollarsImage")]),
        ("body", "Il est parti.Elle reste.", [("glued_text", "parti.Elle")]),
        ("body", "Le site YouTube et LinkedIn vont bien.", []),
        ("body", "Le site Booking.Com et exemple.fr vont bien.", []),
        ("related", "14/02dollarsImage de la ville", []),
        ("caption", "שלום: le port ferme", [("mixed_script", "שלום")]),
        ("body", "Пётр dit le port fermé.", [("mixed_script", "Пётр")]),
        ("body", "Une tension de 5 µV et un angle β sont là.", []),
        ("body", "Un avion piloté a décollé du port.", [("machine_translation", "avion piloté")]),
        ("related", "Un avion piloté a décollé du port.", []),
        ("body", "Le port a rouvert ses quais et les pêcheurs ont", [("truncated", "pêcheurs ont")]),
    ],
)
def test_a_flag_is_raised_for_its_words_only(kind, text, expected):
    names = {name for name, _ in expected}
    flags = [(name, words) for name, words in found((kind, text)) if name != "truncated" or "truncated" in names]
    assert [name for name, _ in flags] == [name for name, _ in expected]
    assert all(words in said for (_, words), (_, said) in zip(expected, flags, strict=True))


def test_a_quotation_may_run_over_paragraphs():
    assert found(("body", "Il dit : « Je pars."), ("body", "Je reviens. »")) == []
    assert found(("body", "Il dit : « Je pars."), ("body", "« Je reviens. »")) == []


def test_a_cut_is_proposed_where_the_second_text_begins():
    _, passages = page(("title", "Avant"), ("body", "Dix dollarsImage de la ville."))
    (flag,) = quality.flags(passages, "fr", ())
    assert flag.at == len("Avant\nDix dollars")


def test_a_lost_name_is_a_question():
    lost = Attribution(role="republished_from", name=None, span=Span(start=0, end=6), state="unknown", reason="Lost.")
    assert found(("source", "X avec"), attribution=[lost]) == [("attribution_incomplete", "X avec")]


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.text(max_size=100)), max_size=4))
def test_any_text_is_read(lines):
    scraped, passages = page(*lines)
    for one in quality.flags(passages, "fr", ()):
        assert one.span.of(scraped.raw_text)
        assert one.at is None or one.span.start < one.at < one.span.end

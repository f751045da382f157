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


def raised(language, *lines):
    scraped, passages = page(*lines)
    return [(one.flag, one.span.of(scraped.raw_text)) for one in quality.flags(passages, language, ())]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Er sagte „ich gehe heute.", [("unbalanced_quote", "„")]),
        ("de", "Er sagte „ich gehe“ und „ich bleibe”.", []),
        ("de", "Er sagte »ich gehe« heute.", []),
        ("de", "Er sagte »ich gehe heute.", [("unbalanced_quote", "»")]),
        ("en", "He said “I go” and she said “I stay”.", []),
        ("en", "He said “I go and “I stay”.", [("unbalanced_quote", "“")]),
        ("fr", "Il a dit ‹ partir demain.", [("unbalanced_quote", "‹")]),
        ("fr", "Il a dit ‹ partir › demain.", []),
        ("fr", "Lire la suite › demain.", []),
        ("en", "A screen of 14” is here.", []),
        ("he", 'דובר צה"ל אמר כי הנמל סגור.', []),
        ("he", 'דובר צה"ל אמר "הנמל סגור.', [("unbalanced_quote", '"')]),
        ("he", "הנמל סגור לפי NATO ו-BBC.", []),
        ("ar", "أعلن الناتو NATO أن الميناء مغلق.", []),
        ("ar", "الميناء مغلق.وقالت الوزارة إنه سيفتح.", [("glued_text", "مغلق.وقالت")]),
        ("he", "הנמל נסגר.המשרד הודיע על כך.", [("glued_text", "נסגר.המשרד")]),
        ("de", "Das kostet zehn EuroFoto des Hafens.", []),
        ("de", "Das kostet vielFoto des Hafens.", [("glued_text", "vielFoto")]),
        ("es", "El puerto está cerradoFuente de la noticia.", [("glued_text", "cerradoFuente")]),
        ("fr", "Le pоrt est fermé.", [("mixed_script", "pоrt")]),
        ("fr", "Мoscou dit le port fermé.", [("mixed_script", "Мoscou")]),
        ("fr", "La protéine TNFα et le β-carotène sont là.", []),
        ("fr", "Un avion piloté par deux hommes a décollé.", []),
        ("fr", "Les grèves aériennes ont visé le port.", [("machine_translation", "grèves aériennes")]),
        ("en", "He was heard by the judge of instruction.", [("machine_translation", "judge of instruction")]),
        ("es", "Los soldados usan municiones vivas.", [("machine_translation", "municiones vivas")]),
        ("de", "Sie benutzten lebende Munition im Hafen.", [("machine_translation", "lebende Munition")]),
    ],
)  # fmt: skip
def test_the_marks_and_words_of_other_languages_are_known(language, text, expected):
    assert raised(language, ("body", text)) == expected


def test_a_quotation_in_straight_marks_may_go_on_in_the_next_paragraph():
    assert raised("en", ("body", '"We leave now.'), ("body", '"We come back tomorrow."')) == []


LEDE = "Le ministère a annoncé que le chantier naval livrera {} à la marine royale {} prochain."
QUOTE = "« Le chantier naval va livrer {} à la marine royale {} prochain », a dit le ministre."
SAID = "The harbour authority said the northern terminal will reopen before winter."


@pytest.mark.parametrize(
    ("language", "lede", "quote", "expected"),
    [
        ("fr", LEDE.format("12 navires", "mardi"), QUOTE.format("15 navires", "mardi"), ["15 navires"]),
        ("fr", LEDE.format("12 navires", "mardi"), QUOTE.format("12 navires", "jeudi"), ["jeudi"]),
        ("fr", LEDE.format("12 navires", "mardi"), QUOTE.format("12 navires", "mardi"), []),
        ("fr", LEDE.format("près de 12 navires", "mardi"), QUOTE.format("15 navires", "mardi"), []),
        ("fr", LEDE.format("2 000 navires", "mardi"), QUOTE.format("1 987 navires", "mardi"), []),
        ("fr", LEDE.format("12 navires", "mardi"), QUOTE.format("15 canons", "mardi"), []),
        ("fr", "Il a parlé de 12 navires.", "« Nous avons 15 navires dans le port du sud », a dit le maire.", []),
        ("en", SAID, "“The northern terminal will not reopen before winter,” it said.",
         ["The northern terminal will not reopen before winter,"]),
        ("en", SAID, "“The northern terminal will reopen before winter,” it said.", []),
        ("en", SAID, "“We will not leave our people alone,” it said.", []),
        # Which of two terms is right cannot be shown.
        ("fr", "Les deux pays vont renforcer leur coopération, notamment dans le renseignement et la cybersécurité.",
         "« Ils vont renforcer leur coopération, notamment dans le renseignement et la guerre électronique. »", []),
    ],
)  # fmt: skip
def test_a_lede_is_held_against_the_words_it_reports(language, lede, quote, expected):
    found = raised(language, ("body", lede), ("body", quote))
    assert [words for flag, words in found if flag == "lede_contradicts_quote"] == expected


def test_a_number_that_the_lede_quotes_itself_contradicts_nothing():
    lede = "Le chantier naval livrera « 12 navires à la marine royale », a annoncé le ministère."
    assert raised("fr", ("body", lede), ("body", QUOTE.format("15 navires", "mardi"))) == []


@pytest.mark.parametrize(
    "text", ["«" * 20_000, '"a' * 20_000, "1 " * 20_000, "a." * 20_000, "aа" * 20_000, "א" * 50_000]
)
def test_a_hostile_paragraph_is_read_to_its_end(text):
    _, passages = page(("body", "Le port est fermé."), ("body", text))
    for flag in quality.flags(passages, "fr", ()):
        assert flag.span.start < flag.span.end

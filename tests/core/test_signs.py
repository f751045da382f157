"""What the trained recogniser is told of words and their places, and the lists that say it."""

import pytest

from articles.core.entities.names import ORGANISATIONS, Lists, leading, lists, nouns
from articles.core.entities.signs import Story, of_forms, places, shape, word_of
from articles.core.entities.tokens import sentences, tokens
from articles.core.folding import fold
from articles.core.registry import rows


def cut(text):
    return [[token.text for token in sentence] for sentence in sentences(tokens(text))]


def signs(text):
    """The signs of each word of a text of one sentence."""
    (sentence,) = cut(text)
    story = Story([sentence])
    return {
        word: {*found, *of_forms(forms)} for word, (forms, found) in zip(sentence, places(sentence, story), strict=True)
    }


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Jean-Yves", "Xx-Xx"), ("ONU", "X"), ("1er", "9x"), ("L’Équipe", "X'Xx"), ("12,5", "9,9"), ("œuvre", "x")],
)
def test_a_shape_shows_capitals_letters_and_digits_once_a_run(word, expected):
    assert shape(word) == expected


@pytest.mark.parametrize("name", ["Reuters", "CGT", "Podemos", "Harvard", "Interpol"])
def test_organisations_of_all_lists_have_one_sign_in_common(name):
    assert "L=organisation" in word_of(name).here


def test_a_town_that_lends_its_name_to_a_club_is_still_a_town():
    assert {"L=side", "L=towns"} <= set(word_of("Guingamp").here)
    assert "L=organisation" not in word_of("Guingamp").here


@pytest.mark.parametrize("name", ["Jaxa", "Sncf", "Cedeao"])
def test_an_acronym_written_with_one_capital_is_in_the_lists_of_its_letters(name):
    assert "L=organisation" in word_of(name).here
    assert lists().of(name) == lists().of(name.upper())


@pytest.mark.parametrize("word", ["jaxa", "Ump", "Mena", "Iris"])
def test_small_letters_short_ones_and_other_names_are_no_acronyms(word):
    assert "L=organisation" not in word_of(word).here


def test_a_common_word_is_no_acronym_though_its_letters_are_one():
    named = Lists([("PERSONNE", "company"), ("ZORGLU", "company"), ("ZORGLA", "company"), ("ZORGLA", "towns")])
    assert [named.of(word) for word in ("Personne", "Zorglu", "Zorgla")] == ["", "company", ""]


def test_beside_its_neighbours_a_name_of_two_lists_of_organisations_is_as_one_of_the_first():
    assert word_of("Tsahal").listed == "news organisation+power"
    assert word_of("Tsahal").form == ("Xx", "news organisation")
    assert leading("towns+press+party+side") == "towns+press+side"


def test_a_name_of_several_words_says_where_it_begins_and_all_its_lists():
    found = signs("Les élus du Parti républicain votent")
    assert {"g=party", "gb=partyB", "gb=organisationB"} <= found["Parti"]
    assert {"g=party", "gb=partyI", "gb=organisationI"} <= found["républicain"]
    assert not any(sign.startswith("g=") for sign in found["votent"])


@pytest.mark.parametrize(("noun", "said"), [("quotidien", "noun press"), ("Syndicat", "^noun union")])
def test_a_noun_tells_its_neighbour_what_it_names(noun, said):
    assert word_of(noun).listed == said
    assert f"L={said}" in word_of(noun).near


def test_letters_in_brackets_are_the_initials_of_the_words_before():
    found = signs("Le Comité national olympique (CNO) siège")
    assert "D=initials" in found["CNO"]
    assert "D=spelled" in found["Comité"]


@pytest.mark.parametrize("text", ["Le Comité olympique (XYZ) siège", "Anne Roux (Paris) siège", "Il siège (CNO) ici"])
def test_letters_in_brackets_that_no_words_spell_are_no_initials(text):
    assert not any("D=initials" in found for found in signs(text).values())


def test_how_a_name_is_met_is_told_in_the_order_of_the_text():
    story = Story(cut("Anne Roux dort. À Paris, Roux (Anne) parle."))
    assert list(story.met["Roux"]) == ["mid", "run", "named", "(after"]


def test_the_shapes_and_lists_around_a_word_are_told_apart_from_its_other_signs():
    (sentence,) = cut("À Paris dort Anne")
    found = list(places(sentence, Story([sentence])))
    assert [forms[1][0] for forms, _ in found] == ["X", "Xx", "x", "Xx"]
    assert "ss=X_Xx" in of_forms(found[1][0])
    assert not {sign for _, signs in found for sign in signs} & set(of_forms(found[1][0]))


def test_the_whole_of_a_name_is_asked_and_not_its_parts():
    words = [word_of(word) for word in ("Parti", "républicain")]
    assert "party" in lists().whole(words)
    assert "organisation" in lists().whole(words)
    assert not lists().whole([words[1], words[0]]).strip("+")


def test_a_noun_alone_names_nothing():
    assert word_of("Tournoi").listed == "^noun event"
    assert not lists().whole([word_of("Tournoi")]).strip("+")


def test_every_list_of_organisations_is_a_known_one():
    kinds = {kind for kind, _ in rows("names/organisations.tsv", 2)}
    assert kinds - ORGANISATIONS == {"band", "product", "side"}


def test_no_list_names_anything_twice():
    for file in ("names/organisations.tsv", "names/nouns.tsv"):
        for kind, names in rows(file, 2):
            found = names.split("|")
            assert all(found), kind
            assert len(found) == len(set(found)), kind


def test_nouns_are_written_as_they_are_looked_up():
    assert all(fold(noun) == noun for noun in nouns())

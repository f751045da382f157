"""What two texts share, and the verdict on them."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.similarity import (
    LONG,
    Told,
    Words,
    compare,
    count_origins,
    covered,
    fingerprints,
    paired_quotes,
    shared_runs,
)
from articles.core.similarity.shingles import CERTAIN, MOST, SHINGLE, WINDOW, winnowed
from articles.core.similarity.words import MOST_WORDS, numbers_of

RUN = "les deux ports ont signé un accord de pêche à Lorval en présence des deux capitaines-majors"
BEFORE = "Avant toute chose il faut savoir que rien ne prédisposait la petite ville à devenir un grand port."
AFTER = "Après des mois de silence, les armateurs de la côte reprennent espoir et repeignent leurs coques."
vocabulary = st.sampled_from(["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"])
words = st.lists(vocabulary, max_size=60)
# Words that occur once, so that what is shared is what was planted.
strange = st.lists(st.integers(0, 10**6), min_size=0, max_size=300).map(lambda many: [f"w{n}" for n in many])


def runs(one: str, two: str) -> list[tuple[int, str, str]]:
    found = shared_runs(Words.of(one), Words.of(two))
    return [(run.words, run.one.of(one), run.two.of(two)) for run in found]


# Words


def test_accents_capitals_apostrophes_and_marks_do_not_matter() -> None:
    ours = "L’État-major général a dit : « Émirats, Bahreïn et Maroc se réuniront à l'automne prochain »"
    theirs = "l'etat major general a dit emirats bahrein et maroc se reuniront a l’automne prochain"
    assert Words.of(ours).folded == Words.of(theirs).folded
    assert runs(ours, theirs)[0][0] == 16


def test_an_accent_that_is_a_character_of_its_own_is_part_of_its_word() -> None:
    assert Words.of("e\u0301te\u0301 a\u0300 la cle\u0301").folded == Words.of("été à la clé").folded


def test_words_stand_where_the_text_has_them() -> None:
    text = "« Œuvre », dit-il\u202f: שלום, l’été\u00a02024 !"
    found = Words.of(text)
    assert [text[start:end] for start, end in found.spans] == ["Œuvre", "dit", "il", "שלום", "l", "été", "2024"]


def test_the_number_of_a_word_is_the_same_in_every_process() -> None:
    assert numbers_of(["port", "ete"]).tolist() == [8268348573333033759, 1131833757899356770]


# Runs


def test_the_longest_run_is_found_and_shown_as_each_text_writes_it() -> None:
    other = f"Mardi, LES DEUX PORTS{RUN[len('les deux ports') :]}. Autre chose ici."
    ((count, ours, theirs),) = runs(f"Avant. {RUN} ! Après.", other)
    assert count == len(RUN.replace("-", " ").split())
    assert ours == RUN
    assert theirs.casefold() == RUN.casefold()


def test_eleven_words_are_not_enough_and_twelve_are() -> None:
    for count, found in ((LONG - 1, 0), (LONG, 1)):
        run = " ".join(f"mot{n}" for n in range(count))
        assert len(runs(f"avant {run} puis", f"sinon {run} fin")) == found


def test_each_of_several_runs_is_found_wherever_it_moved() -> None:
    one, two = (" ".join(f"{letter}{n}" for n in range(15)) for letter in "ab")
    assert sorted(run[0] for run in runs(f"{one} mais {two}", f"{two} puis {one}")) == [15, 15]


@given(words, words)
def test_a_shared_run_stands_in_both_texts(one: list[str], two: list[str]) -> None:
    for count, ours, theirs in runs(" ".join(one), " ".join(two)):
        assert ours == theirs
        assert len(ours.split()) == count >= LONG


@given(words, words)
def test_every_run_of_twelve_words_is_found(one: list[str], two: list[str]) -> None:
    def all_of(of: list[str]) -> set[tuple[str, ...]]:
        return {tuple(of[at : at + LONG]) for at in range(len(of) - LONG + 1)}

    assert bool(all_of(one) & all_of(two)) == bool(runs(" ".join(one), " ".join(two)))


@given(words, words)
def test_runs_do_not_overlap_and_the_longest_comes_first(one: list[str], two: list[str]) -> None:
    found = shared_runs(Words.of(" ".join(one)), Words.of(" ".join(two)), least=4)
    assert [run.words for run in found] == sorted((run.words for run in found), reverse=True)
    for side in ("one", "two"):
        spans = sorted(getattr(run, side) for run in found)
        assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@given(words, words)
def test_as_many_words_are_covered_as_stand_in_shared_shingles(one: list[str], two: list[str]) -> None:
    theirs = {tuple(two[at : at + 4]) for at in range(len(two) - 3)}
    expected = {at + step for at in range(len(one) - 3) if tuple(one[at : at + 4]) in theirs for step in range(4)}
    assert covered(Words.of(" ".join(one)), Words.of(" ".join(two)), length=4) == len(expected)


@pytest.mark.parametrize(
    "text", ["a b c d " * 60_000, " " * 1_000_000, "1" * 1_000_000, "é'" * 200_000, "a\u0301" * 99_999]
)
def test_texts_of_any_shape_are_compared(text: str) -> None:
    told = Told(text=text)
    assert len(told.words) <= MOST_WORDS
    assert compare(told, told).kind in {"", "same_text"}
    assert len(fingerprints(told.words)) <= MOST


def test_empty_texts_share_nothing() -> None:
    assert runs("", RUN) == runs(RUN, "") == []
    assert fingerprints(Words.of("« … »")) == []
    assert compare(Told(text=""), Told(text="")).kind == ""


# The index


@given(strange, strange, strange, strange)
def test_two_texts_that_share_a_run_share_a_number_of_the_index(
    a: list[str], b: list[str], c: list[str], d: list[str]
) -> None:
    run = [f"r{n}" for n in range(CERTAIN)]
    one, two = (set(fingerprints(Words.of(" ".join(text)))) for text in ([*a, *run, *b], [*c, *run, *d]))
    assert one & two


def test_about_one_shingle_in_four_is_kept_and_never_more_than_the_most() -> None:
    numbers = numbers_of([f"w{n}" for n in range(4000)])
    kept = len(winnowed(numbers[:1000]))
    assert 200 < kept < 300
    assert len(winnowed(numbers)) == MOST
    assert CERTAIN == SHINGLE + WINDOW - 1 == LONG


def test_numbers_are_as_databases_count() -> None:
    for number in fingerprints(Words.of(f"{BEFORE} {RUN} {AFTER}")):
        assert -(2**63) <= number < 2**63


# Quotations


def quotes(one: str, two: str) -> list[tuple[bool, str, str]]:
    found = paired_quotes(one, Words.of(one), two, Words.of(two))
    return [(pair.same, pair.one.of(one), pair.two.of(two)) for pair in found]


def test_a_quotation_is_the_same_whatever_marks_it_stands_between() -> None:
    one, two = "Il dit : « La digue du nord tiendra bon. »", 'Selon lui, "la digue du nord tiendra bon", etc.'
    assert quotes(one, two) == [(True, "La digue du nord tiendra bon", "la digue du nord tiendra bon")]


def test_the_same_saying_in_other_words_is_shown_with_what_differs() -> None:
    one = "La mairie veut « renforcer la digue du nord, rebâtir le quai et ouvrir la criée au printemps ».\nFin."
    two = "Il s'agit de “consolider la digue du nord, de rebâtir le quai et d'ouvrir la criée au printemps”, dit-elle."
    (pair,) = paired_quotes(one, Words.of(one), two, Words.of(two))
    assert not pair.same
    assert [span.of(one) for span in pair.only_one] == ["renforcer"]
    assert [span.of(two) for span in pair.only_two] == ["consolider", "de", "d"]


def test_a_quotation_that_is_never_closed_ends_with_its_line() -> None:
    one = "Ils veulent « renforcer encore cette coopération entre les deux rives.\nUne autre ligne, sans rapport."
    two = '"Renforcer encore cette coopération entre les deux rives", a dit la mairie.'
    assert [same for same, _, _ in quotes(one, two)] == [True]


def test_expressions_and_other_sayings_are_no_pair() -> None:
    assert quotes("Un « vrai port » pour tous", 'Un "vrai port" pour tous') == []
    assert quotes("« La pêche reprend lundi à l'aube »", '"Le marché ferme samedi au soir"') == []


@given(st.text(alphabet='«»“”"„‹› ab\n', max_size=200), st.text(alphabet='«»“”"„‹› ab\n', max_size=200))
def test_any_marks_are_read(one: str, two: str) -> None:
    for same, ours, theirs in quotes(one, two):
        assert same == (Words.of(ours).folded == Words.of(theirs).folded)


# Verdicts


def test_the_same_bytes_are_the_same_file_and_nothing_else_is_needed() -> None:
    made = compare(Told(text="a", sha256="x"), Told(text="b", sha256="x"))
    assert (made.kind, made.score, made.parts[0].name) == ("same_file", 1.0, "file")


def test_a_republication_with_small_changes_is_the_same_text() -> None:
    text = " ".join(f"mot{n}" for n in range(200))
    edited = text.replace("mot50 ", "autre ").replace("mot120 ", "").replace("mot160", "mot160 encore")
    made = compare(Told(text=text), Told(text=edited))
    assert made.kind == "same_text"
    assert "of the text is the same word for word" in made.parts[0].said


def test_a_text_that_another_holds_as_a_part_is_the_same_text() -> None:
    part = " ".join(f"mot{n}" for n in range(60))
    rest = " ".join(f"suite{n}" for n in range(300))
    for one, two in ((part, f"{part} {rest}"), (f"{rest} {part}", part)):
        made = compare(Told(text=one), Told(text=two))
        assert made.kind == "same_text"
        assert "of the shorter text stands in the longer" in made.parts[0].said


def test_one_run_in_different_texts_is_the_same_event_with_the_run_as_proof() -> None:
    made = compare(Told(text=f"{BEFORE} {RUN}."), Told(text=f"Hier, {RUN}. {AFTER}"))
    assert made.kind == "same_event"
    assert f"“{RUN}”" in made.parts[0].said
    assert made.origin


def test_a_score_is_made_of_its_parts() -> None:
    names = {"lorval": "Lorval", "awa thioune": "Awa Thioune", "breval": "Bréval"}
    one = Told(text=f"{BEFORE} {RUN}.", names=names, days=frozenset({"2024-03-14"}))
    two = Told(text=f"{RUN}. {AFTER}", names=names, days=frozenset({"2024-03-14"}))
    bare = compare(Told(text=one.text), Told(text=two.text))
    more = compare(one, two)
    assert bare.score < more.score <= 1
    assert {part.name for part in more.parts} == {"run", "names", "dates"}
    assert "both name Lorval, Awa Thioune, Bréval" in [part.said for part in more.parts]


def test_names_and_dates_alone_prove_nothing() -> None:
    names = {f"n{n}": f"N{n}" for n in range(10)}
    one, two = (Told(text=text, names=names, days=frozenset({"2024-03-14"})) for text in (BEFORE, AFTER))
    assert compare(one, two).kind == ""


def test_one_run_in_two_articles_of_one_outlet_may_be_what_it_always_says() -> None:
    one = Told(text=f"{BEFORE} {RUN}.", outlet="Le Phare")
    two = Told(text=f"{RUN}. {AFTER}", outlet="Le Phare")
    assert compare(one, two).kind == ""
    assert [part.name for part in compare(one, two).parts if part.points < 0] == ["outlet"]


def test_a_run_that_many_stories_have_is_a_phrase_of_the_house() -> None:
    one, two = Told(text=f"{BEFORE} {RUN}."), Told(text=f"{RUN}. {AFTER}")
    both = set(fingerprints(one.words)) & set(fingerprints(two.words))
    assert compare(one, two, house=both).kind == ""
    assert compare(one, two, house={1, 2, 3}).kind == "same_event"


def test_a_table_of_the_same_few_words_is_no_proof() -> None:
    table = "oui non " * 20
    assert compare(Told(text=f"{BEFORE} {table}"), Told(text=f"{table} {AFTER}")).kind == ""


def test_publications_that_lie_far_apart_speak_against_one_event() -> None:
    one = Told(text=f"{BEFORE} {RUN}.", published=date(2024, 3, 14))
    same = Told(text=f"{RUN}. {AFTER}", published=date(2024, 3, 14))
    late = Told(text=f"{RUN}. {AFTER}", published=date(2025, 3, 14))
    assert compare(one, late).score < compare(one, same).score
    assert "published 365 days apart" in [part.said for part in compare(one, late).parts]
    assert "published on the same day" in [part.said for part in compare(one, same).parts]


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_verdict_does_not_depend_on_the_order_and_its_spans_hold_words(one: str, two: str) -> None:
    made, turned = compare(Told(text=one), Told(text=two)), compare(Told(text=two), Told(text=one))
    assert (made.kind, made.score) == (turned.kind, turned.score)
    for run in made.runs:
        assert run.one.of(one).strip()
        assert run.two.of(two).strip()


# Origins


def test_articles_that_share_words_go_back_to_one_origin() -> None:
    found = count_origins([1, 2, 3, 4], shared=[(1, 2, "a run"), (2, 3, "a run")])
    assert [origin.members for origin in found] == [(1, 2, 3), (4,)]
    assert found[0].because == ("a run",)
    assert found[1].because == ()


def test_an_agency_that_several_name_is_their_origin() -> None:
    sources = {1: {"afp": "AFP"}, 3: {"afp": "AFP", "hp": "Hélios Presse"}, 2: {"hp": "Hélios Presse"}}
    (origin,) = count_origins([1, 2, 3], sources=sources)
    assert origin.members == (1, 2, 3)
    assert set(origin.because) == {"both are from AFP", "both are from Hélios Presse"}


def test_who_takes_from_another_member_goes_back_to_it() -> None:
    found = count_origins([1, 2, 3], sources={2: {"phare": "Le Phare"}}, publishers={1: "phare", 3: "courrier"})
    assert [origin.members for origin in found] == [(1, 2), (3,)]
    assert found[0].because == ("one is taken from the other, Le Phare",)


def test_without_anything_shared_each_is_its_own() -> None:
    assert [origin.members for origin in count_origins([1, 2])] == [(1,), (2,)]
    assert count_origins([]) == []

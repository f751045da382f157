"""What two texts share."""

from hypothesis import given
from hypothesis import strategies as st

from articles.core.similarity import COMMON, LONG, ShingleIndex, Words, longest_shared

RUN = "les deux armées ont signé un accord de coopération à Rabat en présence des deux états-majors"
words = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]), max_size=60)


def test_the_longest_run_is_found_and_shown_as_the_other_text_writes_it() -> None:
    other = f"Mardi, LES DEUX ARMÉES{RUN[len('les deux armées') :]}. Autre chose ici."
    (shared,) = longest_shared(f"Avant. {RUN} ! Après.", {7: other, 8: "Rien de commun ici, pas un mot de plus."})
    assert (shared.key, shared.words) == (7, len(RUN.replace("-", " ").split()))
    assert other[shared.start : shared.end].casefold() == RUN.casefold()


def test_eleven_words_are_not_enough_and_twelve_are() -> None:
    for count, found in ((LONG - 1, 0), (LONG, 1)):
        run = " ".join(f"mot{n}" for n in range(count))
        assert len(longest_shared(f"avant {run} puis", {1: f"sinon {run} fin"})) == found


def test_accents_capitals_apostrophes_and_marks_do_not_matter() -> None:
    ours = "L’État-major général a dit : « Émirats, Bahreïn et Maroc se réuniront à l'automne prochain »"
    theirs = "l'etat major general a dit emirats bahrein et maroc se reuniront a l’automne prochain"
    assert longest_shared(ours, {1: theirs})[0].words == 16


def test_a_phrase_of_the_house_says_nothing() -> None:
    texts = {n: f"Texte {n}. {RUN}" for n in range(COMMON + 1)}
    assert longest_shared(RUN, texts) == []
    del texts[0]
    assert len(longest_shared(RUN, texts)) == COMMON


@given(words, words)
def test_a_shared_run_stands_in_both_texts(one: list[str], two: list[str]) -> None:
    other = " ".join(two)
    for shared in longest_shared(" ".join(one), {1: other}):
        run = other[shared.start : shared.end]
        assert len(run.split()) == shared.words >= LONG
        assert run in " ".join(one)


@given(words, words)
def test_every_run_of_twelve_words_is_found(one: list[str], two: list[str]) -> None:
    def runs(of: list[str]) -> set[tuple[str, ...]]:
        return {tuple(of[at : at + LONG]) for at in range(len(of) - LONG + 1)}

    assert bool(runs(one) & runs(two)) == bool(longest_shared(" ".join(one), {1: " ".join(two)}))


def test_texts_of_any_shape_are_compared_to_their_end() -> None:
    for text in ("a b c d " * 60_000, " " * 1_000_000, "1" * 1_000_000, "é'" * 200_000):
        found = longest_shared(text, {1: text, 2: "x"})
        assert [run.words >= LONG for run in found] in ([], [True])


def test_empty_texts_share_nothing() -> None:
    assert longest_shared("", {1: "", 2: RUN}) == []
    assert ShingleIndex({}).shared(RUN) == []
    assert Words.of("« … »").shingles() == []

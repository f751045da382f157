import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core.entities.crf import LOW, NEVER, Crf, packed, unpacked
from articles.core.entities.tokens import LONGEST, sentences, tokens


def field(seed: int) -> Crf:
    dice = np.random.default_rng(seed)
    rows = {f"w={word}": number for number, word in enumerate(("anna", "roux", "paris", "dort"))}
    steps = dice.normal(size=(5, 5)).astype(np.float32)
    for before, after in itertools.product(range(5), (2, 4)):
        if before not in (after - 1, after):
            steps[before, after] = NEVER
    weights = dice.normal(size=(4, 5)).astype(np.float32)
    return Crf(types=("person", "place"), rows=rows, weights=weights, steps=steps)


def by_hand(crf: Crf, sentence: list[str]) -> dict[tuple[int, int, str], float]:
    """The probability of each name, by adding up all paths."""
    (scores,) = crf.scores([sentence])
    totals: dict[tuple[int, int, str], float] = {}
    whole = 0.0
    for path in itertools.product(range(5), repeat=len(sentence)):
        if path[0] in (2, 4):
            continue
        score = sum(scores[at, label] for at, label in enumerate(path))
        score += sum(crf.steps[a, b] for a, b in itertools.pairwise(path))
        share = float(np.exp(score))
        whole += share
        for first, label in enumerate(path):
            if label in (1, 3):
                last = first
                while last + 1 < len(path) and path[last + 1] == label + 1:
                    last += 1
                key = (first, last, crf.types[label // 2])
                totals[key] = totals.get(key, 0.0) + share
    return {key: share / whole for key, share in totals.items()}


@settings(max_examples=30)
@given(
    st.integers(0, 9),
    st.lists(
        st.lists(st.sampled_from(["Anna", "Roux", "Paris", "dort"]), min_size=1, max_size=5), min_size=1, max_size=3
    ),
)
def test_a_guess_is_as_likely_as_all_paths_through_it(seed, written):
    crf = field(seed)
    for sentence, guesses in zip(written, crf.guesses(written), strict=True):
        # The story of an article has no weights here, so that a sentence reads the same alone.
        expected = {key: sure for key, sure in by_hand(crf, sentence).items() if sure > LOW + 1e-3}
        said = {(one.first, one.last, one.type): one.sure for one in guesses}
        assert set(expected) <= set(said)
        assert said == pytest.approx({**{key: said[key] for key in said}, **expected}, abs=2e-3)


def test_weights_are_read_as_they_were_stored():
    crf = unpacked(packed(field(1)))
    again = unpacked(packed(crf))
    assert crf.rows == again.rows
    assert np.allclose(crf.weights, again.weights, atol=1e-4)
    assert all(array.dtype != object for array in packed(crf).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Inde et qu'Anna", ["L’", "Inde", "et", "qu'", "Anna"]),
        ("M. Dupont, aujourd'hui.", ["M.", "Dupont", ",", "aujourd'hui", "."]),
        ("Israel's and St. Malo", ["Israel", "'s", "and", "St.", "Malo"]),
        ("J. P. Roux", ["J.", "P.", "Roux"]),
        ("l'O.N.U. vote", ["l'", "O.N.U.", "vote"]),
        ("Jean-Yves Le Drian", ["Jean-Yves", "Le", "Drian"]),
        ("12,5 % (A7)", ["12,5", "%", "(", "A7", ")"]),
        ("14/02Marco, 1er 4x100", ["14", "/", "02", "Marco", ",", "1er", "4x100"]),
    ],
)
def test_elisions_marks_and_short_forms_are_words_of_their_own(text, expected):
    assert [token.text for token in tokens(text)] == expected


def test_a_sentence_ends_at_its_mark_and_a_line_at_its_end():
    read = list(sentences(tokens("Il part. « Oui. » Elle, M. Roux\nreste. ok")))
    assert [" ".join(token.text for token in one) for one in read] == [
        "Il part .",
        "« Oui . »",
        "Elle , M. Roux",
        "reste . ok",
    ]


@given(st.text("aB. \n'’-«»1", max_size=300))
def test_sentences_hold_every_word_once(text):
    found = tokens(text)
    read = [token for sentence in sentences(found) for token in sentence]
    assert read == [token for token in found if token.text != "\n"]
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(0 < len(sentence) <= LONGEST for sentence in sentences(found))

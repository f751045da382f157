"""The map clean <-> raw, and a person's corrections on it."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import edits as module
from articles.core.edits import Edit, EditError, Span, SpanError, apply, corrections, resolved

WORDS = st.lists(
    st.sampled_from(["le", "pont", "rouvre", "Lisbonne", "été", ",", ".", "«", "שלום", "10", "l'eau"]), min_size=1
)


def whole(text):
    return [Span(start=0, end=len(text))]


def test_an_edit_of_nothing_and_a_reversed_span_are_refused():
    with pytest.raises(EditError):
        Edit(span=Span(start=1, end=1), replacement="x", reason="")
    with pytest.raises(SpanError):
        Span(start=2, end=1)


def test_a_person_wins_over_a_machine_on_the_same_characters():
    machine = Edit(span=Span(start=0, end=4), replacement="a", reason="")
    person = Edit(span=Span(start=2, end=3), replacement="b", reason="", by="person")
    assert resolved([machine, person]) == (person,)
    with pytest.raises(EditError):
        resolved([machine, Edit(span=Span(start=3, end=5), replacement="c", reason="")])


@given(WORDS, WORDS)
def test_any_correction_gives_the_text_that_was_wanted(before, after):
    raw, wanted = " ".join(before), " ".join(after)
    clean = apply(raw, whole(raw), ())
    edits = corrections(clean, wanted, reason="")
    assert apply(raw, whole(raw), edits).text.strip() == wanted.strip()


@given(WORDS, st.integers(min_value=0), st.sampled_from(["neuf", "vieux pont", ""]))
def test_words_that_were_not_changed_keep_their_place(words, at, new):
    raw = "Avant. " + " ".join(words) + " Reste."
    position = at % len(words)
    changed = [*words]
    changed[position] = new
    wanted = "Avant. " + " ".join(changed) + " Reste."
    clean = apply(raw, whole(raw), ())
    after = apply(raw, whole(raw), corrections(clean, wanted, reason=""))
    start = raw.rindex("Reste")
    placed = after.place(Span(start=start, end=start + 5), "Reste")
    assert placed is not None
    assert placed.of(after.text) == "Reste"


@given(st.text(alphabet="ab \n", max_size=40), st.data())
def test_every_clean_character_stands_for_some_raw(raw, data):
    cuts = sorted(data.draw(st.sets(st.integers(min_value=0, max_value=len(raw)), max_size=6)) | {0, len(raw)})
    blocks = [Span(start=a, end=b) for a, b in pairwise(cuts)]
    edits = [
        Edit(span=Span(start=b.start, end=b.start + 1), replacement="xy", reason="") for b in blocks[::2] if len(b)
    ]
    clean = apply(raw, blocks, edits)
    assert sum(len(piece.clean) for piece in clean.pieces) == len(clean.text)
    for piece in clean.pieces:
        assert len(piece.raw)
        if piece.verbatim:
            assert piece.clean.of(clean.text) == piece.raw.of(raw)


@given(WORDS, WORDS, st.sampled_from([0, 4, 60]))
def test_a_correction_too_long_to_be_compared_word_by_word_gives_the_text_too(before, after, compared):
    raw, wanted = " ".join(before), " ".join(after)
    clean = apply(raw, whole(raw), ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "COMPARED", compared)
        edits = corrections(clean, wanted, reason="")
    assert apply(raw, whole(raw), edits).text.strip() == wanted.strip()


@pytest.mark.parametrize("mark", ["", "."])
def test_a_long_text_written_anew_is_compared_all_the_same(mark):
    rng = random.Random(1)  # noqa: S311

    def text():
        return " ".join(rng.choice(["le", "pont", "rouvre", "de", "Lorval"]) + mark for _ in range(3000))

    raw, wanted = text(), text()
    clean = apply(raw, whole(raw), ())
    edits = corrections(clean, wanted, reason="")
    assert apply(raw, whole(raw), edits).text == wanted


def test_in_a_long_text_sentences_that_stay_keep_their_place():
    raw = " ".join(f"Phrase {n} dit que le pont rouvre." for n in range(300))
    wanted = raw.replace("Phrase 2 ", "Mot 2 ").replace("Phrase 290 ", "Mot 290 ")
    edits = corrections(apply(raw, whole(raw), ()), wanted, reason="")
    assert [edit.span.of(raw) for edit in edits] == ["Phrase", "Phrase"]
    assert apply(raw, whole(raw), edits).text == wanted


def test_a_name_inside_a_longer_word_is_not_that_name():
    raw = "Macro parle."
    edits = corrections(apply(raw, whole(raw), ()), "Macron parle.", reason="")
    clean = apply(raw, whole(raw), edits)
    placed = clean.place(Span(start=0, end=5), "Macro")
    assert placed is not None
    assert placed.of(clean.text) == "Macron"
    whole_edit = Edit(span=Span(start=0, end=len(raw)), replacement="Macron parle.", reason="", by="person")
    assert apply(raw, whole(raw), [whole_edit]).place(Span(start=0, end=5), "Macro") is None


@pytest.mark.parametrize(
    ("was", "now", "still"),
    [
        ("Farouk Belkir", "Farouk Belkhir", True),
        ("Jean Morvan", "Jeanne Morvan", True),
        ("Etats-Unis", "États-Unis", True),
        ("maroc", "Maroc", True),
        ("O.N.U.", "ONU", True),
        ("Dror Shalom", "le chef", False),
        ("Trump", "Biden", False),
        ("Pékin", "Alger", False),
        ("FAR", "Forces armées royales", False),
    ],
)
def test_a_name_keeps_its_place_when_its_spelling_is_mended_and_loses_it_to_other_words(was, now, still):
    raw = f"Hier {was} a parlé."
    edits = corrections(apply(raw, whole(raw), ()), raw.replace(was, now), reason="")
    clean = apply(raw, whole(raw), edits)
    placed = clean.place(Span(start=5, end=5 + len(was)), was)
    assert (placed and placed.of(clean.text)) == (now if still else None)


def test_an_edit_of_the_machine_that_reaches_over_the_edge_of_a_block_holds_in_both():
    raw = "Un</p> <p>Deux"
    tags = Edit(span=Span(start=2, end=10), replacement="\n", reason="")
    for cut in range(3, 10):
        blocks = [Span(start=0, end=cut), Span(start=cut, end=len(raw))]
        assert apply(raw, blocks, [tags]).text == "Un\n\nDeux"
        assert apply(raw, [Span(start=cut, end=cut)], [tags]).text == ""
    person = Edit(span=Span(start=1, end=11), replacement="", reason="", by="person")
    assert apply(raw, [Span(start=0, end=4)], [tags, person]).text == "Un</"


def test_words_that_a_split_parted_are_placed_nowhere() -> None:
    raw = "Hier Jeanne Morvan parle"
    words = Span(start=5, end=18)
    assert apply(raw, [Span(start=0, end=24)], []).place(words, "Jeanne Morvan") == words
    parted = apply(raw, [Span(start=0, end=12), Span(start=12, end=24)], [])
    assert parted.place(words, "Jeanne Morvan") is None

"""The trained cleaner's parts: trees, lexicon, measures; and what a reading makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core import blocks
from articles.core.cleaning import model, structure
from articles.core.cleaning.classifier import classify
from articles.core.cleaning.figures import Lines, first_look, second_look
from articles.core.cleaning.lexicon import CLOSES, OPENS, Lexicon
from articles.core.cleaning.measures import measure
from articles.core.cleaning.reasons import _rows
from articles.core.cleaning.tokens import masked, tokens
from articles.core.cleaning.windows import around, shifted, since, until
from articles.core.edits import Span
from articles.core.formats import open_bytes
from articles.core.trees import Trees
from articles.core.values import Memory, Place, Scraped

LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\f\v\u2028\u2029\0"), max_size=60)


def trees() -> Trees:
    """Two trees: is column 0 above 1 and column 1 above 5; is column 0 above 3 (asked twice)."""
    return Trees(
        columns=np.array([[0, 1], [0, 0]]),
        borders=np.array([[1, 5], [3, 3]], np.float32),
        leaves=np.array([[[1], [2], [3], [4]], [[10], [20], [30], [40]]], np.float32),
        bias=np.array([0.5], np.float32),
    )


def test_the_first_question_of_a_tree_is_the_lowest_bit_of_the_leaf():
    table = np.array([[0, 0], [2, 0], [0, 9], [4, 9]], np.float32)
    assert trees().scores(table)[:, 0].tolist() == [11.5, 12.5, 13.5, 44.5]


def test_a_page_without_lines_and_one_with_many_go_through_the_trees():
    assert trees().scores(np.zeros((0, 2), np.float32)).shape == (0, 1)
    assert trees().scores(np.zeros((5000, 2), np.float32)).shape == (5000, 1)


def test_trees_come_back_from_their_arrays():
    again = Trees.load(trees().arrays("a"), "a")
    assert again.scores(np.array([[4, 9]], np.float32)).tolist() == [[44.5]]


def lexicon() -> Lexicon:
    """Knows "photo" and "by", and "photo by" as a pair, the pair "^ photo" too."""
    words = (OPENS, CLOSES, "by", "photo")
    pairs = np.array(sorted([0 * 4 + 3, 3 * 4 + 2]), np.int64)
    weights = np.array([[0], [0], [1], [2], [4], [8]], np.float32)
    return Lexicon(words=words, pairs=pairs, weights=weights, bias=np.array([0.5], np.float32))


def scores(texts: list[str]) -> np.ndarray:
    """[lines, outcomes] what the lexicon says of a page."""
    return lexicon().scores(lexicon().rows(tokens(texts)), len(texts))


def test_words_pairs_and_the_edge_of_a_line_are_scored():
    # photo 2, by 1, "^ photo" 4, "photo by" 8: four that are known
    found = scores(["Photo by Ann", "nothing here", ""])
    assert found[:, 0].tolist() == pytest.approx([0.5 + 15 / 2, 0.5, 0.5])


def test_a_row_of_the_lexicon_is_named_as_a_reader_would_quote_it():
    assert [lexicon().name(row) for row in (3, 4, 5)] == ["photo", "photo", "photo by"]


def test_numbers_of_one_length_are_one_word():
    assert masked("2019") == masked("2024") == "0000"


@given(st.lists(LINE, min_size=1, max_size=12))
def test_any_text_can_be_measured(texts):
    table, names = measure(texts, tokens(texts))
    assert table.shape == (len(texts), len(names))
    assert np.isfinite(table).all()


@given(st.lists(LINE, min_size=1, max_size=8))
def test_a_line_says_the_same_whatever_stands_around_it(texts):
    assert scores(texts)[0] == pytest.approx(scores(texts[:1])[0])


def test_windows_end_at_the_edges_of_the_page():
    row = np.array([1, 2, 3], np.float32)
    assert shifted(row, 1).tolist() == [-1, 1, 2]
    assert shifted(row, -2).tolist() == [3, -1, -1]
    assert shifted(row, 5).tolist() == [-1, -1, -1]
    assert around(row, 1).tolist() == [1.5, 2, 2.5]
    assert since(np.array([False, True, False])).tolist() == [40, 40, 1]
    assert until(np.array([False, True, False])).tolist() == [1, 40, 40]


def test_lines_of_one_container_are_known_by_their_common_ancestor():
    def place(*nodes):
        return Place(span=Span(start=0, end=1), path=("div",) * len(nodes), nodes=nodes)

    alike, first, *_ = structure.groups([place(1, 2), place(1, 2), place(1, 3)])
    assert len(set(alike.tolist())) == 1
    assert first[0] == first[1] != first[2]


def test_weights_hold_numbers_only_and_match_the_code():
    cleaner = model.shipped()
    again = model.unpacked(model.packed(cleaner))
    lines = Lines(texts=["Accueil", "Le maire a ouvert le marché, mardi, devant deux cents personnes.", "Partager"])
    said = [(0, 0.5)] * 3
    assert cleaner.judge(lines, said).kept == pytest.approx(again.judge(lines, said).kept, abs=1e-3)


def test_weights_that_were_trained_on_other_figures_are_refused():
    cleaner = model.shipped()
    other = model.Cleaner(
        lexicon=cleaner.lexicon, of_places=cleaner.of_places, rarity=cleaner.rarity, engines=cleaner.engines,
        columns={"text": ("words",), "page": ()},
    )  # fmt: skip
    with pytest.raises(model.WrongWeights, match="train it again"):
        other.judge(Lines(texts=["a"]), [(0, 0.5)])


def test_what_the_models_look_at_does_not_depend_on_pages_read_before():
    cleaner = model.shipped()
    lines = Lines(texts=["Menu", "Un paragraphe assez long pour en être un, avec sa ponctuation.", "Lire aussi"])
    first = first_look(lines, cleaner.lexicon, None)
    again = first_look(lines, cleaner.lexicon, None)
    assert (first.table == again.table).all()
    table, names = second_look(first, np.array([0.1, 0.9, 0.2], np.float32), cleaner.rarity)
    assert table.shape == (3, len(names))
    assert names == cleaner.columns["text"]


def ledger(source: str):
    scraped = open_bytes(source.encode())
    return scraped, classify(scraped, blocks.lines(scraped), "", Memory())


@pytest.mark.parametrize("source", ["x", "-\n-\n-", "١٢٣", "é" * 5000, "<p>one<p>two", "a\n" * 3000])
def test_strange_texts_get_a_ledger_that_covers_them(source):
    scraped, found = ledger(source)
    assert "".join(block.span.of(scraped.raw_text) for block in found) == scraped.raw_text
    assert all(0 < block.confidence <= 1 and block.reason for block in found)


def test_a_block_says_what_speaks_for_it_and_what_came_second():
    budget = "Le conseil municipal a adopté, le {} mars, le budget des écoles de la ville, qui augmente encore."
    text = "Accueil\nSports\nMétéo\nContact\nMentions légales\n" + "\n".join(map(budget.format, range(2, 9)))
    _, found = ledger(text)
    assert any(block.kept for block in found)
    menu = found[0]
    assert not menu.kept
    assert menu.evidence or menu.reason


def test_two_lines_are_never_both_the_title():
    _, found = ledger("Le port rouvre\nLe port rouvre demain\n\n" + "Un long paragraphe sur le port, qui rouvre. " * 8)
    assert sum(block.kind == "title" for block in found) <= 1


def test_a_scraped_text_without_a_line_has_one_block_or_none():
    scraped = Scraped(raw_text="")
    assert classify(scraped, blocks.lines(scraped), "", Memory()) == ()


def test_lines_that_stand_together_are_counted():
    assert _rows(np.array([True, True, False, True])).tolist() == [2, 2, 0, 1]

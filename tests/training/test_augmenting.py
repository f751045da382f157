"""Pages put together from others: they keep what the article said, and take from their own fold only."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.core.cleaning.figures import KIND_NUMBER
from articles.training.augmenting import augmented
from articles.training.pages import UNKNOWN, Page

DROPPED = ("title", "byline", "navigation", "related", "comments")


def page(name: str, labels: list[int], shape: str = "full") -> Page:
    kinds = [KIND_NUMBER["body" if kept else DROPPED[i % len(DROPPED)]] for i, kept in enumerate(labels)]
    texts = [f"{name} says {i}" for i in range(len(labels))]
    kept, numbers = np.array(labels, np.int8), np.array(kinds, np.int8)
    return Page(name=name, group=name, language="en", texts=texts, kept=kept, kinds=numbers, shape=shape)


PAGES = st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=60), min_size=1, max_size=8)


@given(PAGES)
def test_a_made_page_holds_its_article_in_order_and_foreign_lines_only_as_dropped(labels):
    pages = [page(f"p{i}", kept) for i, kept in enumerate(labels)]
    made, _ = augmented(pages, np.zeros(len(pages), np.int64))
    for new in made:
        old = next(each for each in pages if each.name == new.name)
        body = [text for text, kept in zip(new.texts, new.kept, strict=True) if kept == 1]
        assert body == [text for text, kept in zip(old.texts, old.kept, strict=True) if kept == 1]
        assert len(new.texts) == len(new.kept) == len(new.kinds)
        assert all(kept != 1 for text, kept in zip(new.texts, new.kept, strict=True) if text not in old.texts)
        assert new.made
        assert not new.body


def test_what_is_put_in_comes_from_pages_of_the_same_fold():
    pages = [page(f"p{i}", [0] * 30 + [1] * 5 + [0] * 30) for i in range(20)]
    folds = np.arange(20) % 2
    made, where = augmented(pages, folds)
    fold_of = {each.name: fold for each, fold in zip(pages, folds.tolist(), strict=True)}
    foreign = 0
    for new, fold in zip(made, where.tolist(), strict=True):
        names = {text.split()[0] for text in new.texts if " says " in text}
        assert {fold_of[name] for name in names} == {fold} == {fold_of[new.name]}
        foreign += len(names) > 1
    assert foreign, "no page was given lines of another"


def test_titles_and_bylines_come_to_stand_behind_the_body_and_separators_between_lines():
    pages = [page(f"p{i}", [0] * 6 + [1] * 5 + [0] * 6) for i in range(60)]
    made, _ = augmented(pages, np.zeros(60, np.int64))
    moved = [new for new in made if "says 0" in " ".join(new.texts[int(np.flatnonzero(new.kept == 1)[-1]) :])]
    separated = [new for new in made if UNKNOWN in new.kinds.tolist()]
    assert moved
    assert separated
    assert all(not text.strip("* —-•|_") for new in separated for text in np.array(new.texts)[new.kinds == UNKNOWN])


def test_the_same_pages_make_the_same_pages():
    pages = [page(f"p{i}", [0] * 20 + [1] * 5 + [0] * 20) for i in range(12)]
    first, _ = augmented(pages, np.arange(12) % 3)
    second, _ = augmented(pages, np.arange(12) % 3)
    assert [each.texts for each in first] == [each.texts for each in second]


def test_a_page_without_a_body_makes_none():
    made, where = augmented([page("p", [0, 0, 0])], np.zeros(1, np.int64))
    assert made == []
    assert where.tolist() == []

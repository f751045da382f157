"""Agreement between people who tagged the same text: figures worked out by hand, and what holds for all."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.edits import Span
from articles.core.entities.agreement import Counts, Tag, agreed, compare, differences, kappa, touching

TYPES = ("person", "organisation", "place")


def tag(start: int, end: int, type_: str = "person") -> Tag:
    return Tag(span=Span(start, end), type=type_)


WORDS = [Span(at, at + 2) for at in range(0, 60, 3)]
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(1, 12))
tags = st.sets(st.builds(lambda span, type_: Tag(span=span, type=type_), spans, st.sampled_from(TYPES)), max_size=12)

# Ana: two persons, a place, an organisation. Béa: the first person, the second two words longer, the place as an
# organisation, and another place.
ANA = {tag(0, 5), tag(10, 15), tag(20, 26, "place"), tag(40, 43, "organisation")}
BEA = {tag(0, 5), tag(10, 24), tag(20, 26, "organisation"), tag(50, 55, "place")}


def test_two_people_in_numbers_worked_out_by_hand() -> None:
    counts = compare(ANA, BEA)
    assert counts == Counts(one=4, two=4, same=1, touching=2, retyped=1)
    assert counts.f1 == pytest.approx(0.25)
    assert counts.lenient == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("person", Counts(one=2, two=2, same=1, touching=2, retyped=0)),
        ("place", Counts(one=1, two=1, same=0, touching=0, retyped=1)),
        ("organisation", Counts(one=1, two=1, same=0, touching=0, retyped=1)),
        ("event", Counts()),
    ],
)
def test_each_type_has_its_own_numbers(type_: str, expected: Counts) -> None:
    assert compare(ANA, BEA, type=type_) == expected


def test_where_neither_tagged_anything_there_is_nothing_to_agree_on() -> None:
    assert compare(set(), set()).f1 is None
    assert compare(set(), set()).lenient is None
    assert compare(ANA, set()).f1 == 0


def test_numbers_of_several_texts_add_up() -> None:
    assert compare(ANA, BEA) + compare(ANA, ANA) == Counts(one=8, two=8, same=5, touching=6, retyped=1)


def test_a_long_tag_is_paired_with_one_of_two_short_ones() -> None:
    assert touching([Span(0, 10)], [Span(0, 4), Span(5, 10)]) == 1
    assert touching([Span(0, 10), Span(8, 12)], [Span(0, 4), Span(5, 10)]) == 2
    assert touching([Span(0, 4)], [Span(4, 8)]) == 0


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    # Ten words: four are persons to both, four to nobody, one to Ana only, one to Béa only. They agree on 8 of 10; by
    # chance on (5 * 5 + 5 * 5) / 100 = 1 / 2. (0.8 - 0.5) / (1 - 0.5) = 0.6.
    words = WORDS[:10]
    shared = {Tag(span=word, type="person") for word in words[:4]}
    one = shared | {Tag(span=words[4], type="person")}
    two = shared | {Tag(span=words[5], type="person")}
    assert kappa(words, one, two) == pytest.approx(0.6)
    assert kappa(words, one, two, type="person") == pytest.approx(0.6)
    assert kappa(words, one, two, type="place") is None


def test_kappa_of_people_who_never_agree_is_minus_one() -> None:
    one = {Tag(span=WORDS[0], type="person")}
    two = {Tag(span=WORDS[1], type="person")}
    assert kappa(WORDS[:2], one, two) == pytest.approx(-1)


def test_kappa_of_what_chance_alone_gives_is_nought() -> None:
    # Ana tags the first two of four, Béa the first and the third: alike on two, as chance has it.
    one = {Tag(span=word, type="person") for word in (WORDS[0], WORDS[1])}
    two = {Tag(span=word, type="person") for word in (WORDS[0], WORDS[2])}
    assert kappa(WORDS[:4], one, two) == pytest.approx(0)


def test_kappa_is_not_known_where_nobody_tagged_anything() -> None:
    assert kappa(WORDS, set(), set()) is None
    assert kappa([], ANA, BEA) is None


def test_of_nested_tags_the_longest_gives_the_word_its_class() -> None:
    outer, inner = tag(0, 8, "organisation"), tag(3, 5, "place")
    assert kappa(WORDS, {outer, inner}, {outer}) == pytest.approx(1)


def test_differences_stand_in_order_with_what_each_person_said() -> None:
    assert agreed([ANA, BEA]) == [tag(0, 5)]
    found = differences([ANA, BEA])
    assert [(row.span, row.said) for row in found] == [
        (Span(10, 26), ((tag(10, 15), tag(20, 26, "place")), (tag(10, 24), tag(20, 26, "organisation")))),
        (Span(40, 43), ((tag(40, 43, "organisation"),), ())),
        (Span(50, 55), ((), (tag(50, 55, "place"),))),
    ]
    assert [row.compatible for row in found] == [False, True, True]


def test_of_three_people_a_tag_that_one_lacks_is_a_difference() -> None:
    found = differences([{tag(0, 5)}, {tag(0, 5)}, set()])
    assert [row.said for row in found] == [((tag(0, 5),), (tag(0, 5),), ())]
    assert agreed([]) == []
    assert differences([]) == []


@given(one=tags, two=tags)
def test_agreement_is_the_same_from_both_sides_and_never_beyond_its_range(one: set[Tag], two: set[Tag]) -> None:
    for type_ in ("", *TYPES):
        counts, back = compare(one, two, type=type_), compare(two, one, type=type_)
        assert (counts.one, counts.two) == (back.two, back.one)
        assert (counts.same, counts.touching, counts.retyped) == (back.same, back.touching, back.retyped)
        assert counts.same <= counts.touching <= min(counts.one, counts.two)
        if counts.f1 is not None and counts.lenient is not None:
            assert 0 <= counts.f1 <= counts.lenient <= 1
        measure = kappa(WORDS, one, two, type=type_)
        assert measure == kappa(WORDS, two, one, type=type_)
        assert measure is None or -1 <= measure <= 1


@given(one=tags)
def test_who_tags_the_same_agrees_wholly(one: set[Tag]) -> None:
    counts = compare(one, set(one))
    assert counts.f1 == counts.lenient == (1 if one else None)
    assert counts.retyped == 0
    assert kappa(WORDS, one, one) in {None, 1.0}
    assert differences([one, one]) == []


@given(one=st.lists(spans, max_size=5, unique=True), two=st.lists(spans, max_size=5, unique=True))
def test_no_pairing_of_overlapping_tags_is_larger(one: list[Span], two: list[Span]) -> None:
    edges = [(a, b) for a in range(len(one)) for b in range(len(two)) if one[a].overlaps(two[b])]

    def fits(size: int) -> bool:
        return any(
            len({a for a, _ in chosen}) == len({b for _, b in chosen}) == size for chosen in combinations(edges, size)
        )

    best = touching(one, two)
    assert fits(best)
    assert not fits(best + 1)


@given(said=st.lists(tags, min_size=2, max_size=3))
def test_every_tag_is_agreed_or_in_one_difference(said: list[set[Tag]]) -> None:
    found = differences(said)
    assert sorted(agreed(said) + [tag for row in found for tag in row.tags]) == sorted(set.union(*said))
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    for row in found:
        assert all(row.span.covers(tag.span) for tag in row.tags)
        assert [set(tags) for tags in row.said] == [{tag for tag in row.tags if tag in tags} for tags in said]

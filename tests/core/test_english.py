import pytest

from articles.core import entities
from articles.core.registry import shipped_memory
from articles.core.values import Memory
from tests.core.passages import page


def named(*lines: str, memory: Memory | None = None) -> list[tuple[str, str]]:
    _, passages = page(*(("body", line) for line in lines))
    return [(one.surface, one.type) for one in entities.find(passages, memory or Memory(), "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She wrote that the Bank of Lorval meets next week.", [("Bank of Lorval", "organisation")]),
        ("The Supreme Court has ruled.", [("Supreme Court", "organisation")]),
        ("It was said by Professor Alice Wexcombe, who led it.", [("Alice Wexcombe", "person")]),
        ("It was said by the Marine Management Organisation.", [("Marine Management Organisation", "organisation")]),
    ],
)
def test_articles_and_titles_before_a_name_are_not_of_it(text, expected):
    assert named(text) == expected


def test_a_name_holds_no_word_in_lower_case_but_the_small_ones():
    assert ("Forces were represented", "organisation") not in named(
        "The Rapid Support Forces were represented by lawyers."
    )


@pytest.mark.parametrize("name", ["Garrow Point", "Lake Orwen", "Mount Sarrow", "Tessel Bridge", "Harrow Street"])
def test_what_a_landscape_or_street_is_called_by_makes_a_place(name):
    assert named(f"They met again behind {name} that night.") == [(name, "place")]


@pytest.mark.parametrize("region", ["Nova Scotia", "New South Wales", "West Yorkshire"])
def test_a_state_a_province_or_a_county_is_a_place(region):
    assert named(f"A man who lives in {region}, whose boat was lost.") == [(region, "place")]


def test_a_county_that_is_a_family_name_too_is_a_place_only_where_the_words_say_so():
    memory = shipped_memory()
    assert ("Kent", "place") in named("They live in Kent now.", memory=memory)
    assert ("Kent", "place") not in named("Yesterday evening Kent spoke to reporters.", memory=memory)


def test_a_firm_is_what_one_has_shares_in():
    assert named("Shares in Northgate rose, and the shop in Tessel closed.") == [
        ("Northgate", "organisation"),
        ("Tessel", "place"),
    ]


def test_a_name_that_one_sentence_explains_is_found_in_the_others():
    found = named("It was said by Dr Orla Tessmer.", "Orla Tessmer left.")
    assert found == [("Orla Tessmer", "person")] * 2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.attribution import CONSTRAINTS, restrictions
from articles.core.cleaning.kinds import KINDS
from tests.core.passages import page


@pytest.mark.parametrize(
    ("kind", "line", "constraint", "scope"),
    [
        (
            "credit",
            "(Photo by A / B) / RESTRICTED TO EDITORIAL USE – MANDATORY CREDIT « C »",
            "editorial_use_only",
            "picture",
        ),
        ("caption", "Le port. EDITORIAL USE ONLY", "editorial_use_only", "picture"),
        ("credit", "NO ARCHIVES", "no_archive", "picture"),
        ("credit", "NO RESALE", "no_resale", "picture"),
        ("body", "EMBARGO jusqu'au 3 mars à 10h", "embargo", "text"),
        ("legal", "Tous droits réservés", "all_rights_reserved", "text"),
        ("legal", "© 2024 Quay. All rights reserved.", "all_rights_reserved", "text"),
        ("legal", "Reproduction interdite sans accord écrit.", "all_rights_reserved", "text"),
        ("legal", "This material may not be published, broadcast or rewritten.", "all_rights_reserved", "text"),
        ("source", "Texte sous licence CC BY-SA 4.0", "licence", "text"),
    ],
)
def test_a_restriction_is_found_as_written(kind, line, constraint, scope):
    scraped, passages = page((kind, line))
    first = restrictions(passages)[0]
    assert (first.constraint, first.scope) == (constraint, scope)
    assert first.constraint in CONSTRAINTS
    assert first.span.of(scraped.raw_text) == first.text


def test_the_first_restriction_carries_the_whole_text():
    _, passages = page(("credit", "X / RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT « Y »"))
    first, second = restrictions(passages)
    assert first.text == "RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT « Y »"
    assert (second.constraint, second.text) == ("mandatory_credit", "MANDATORY CREDIT « Y »")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("body", "L'ONU a levé son embargo sur les armes."),
        ("body", "Les députés ont interdit la reproduction des loups."),
        ("related", "Tous droits réservés : le procès s'ouvre"),
    ],
)
def test_what_the_article_is_about_restricts_nothing(kind, line):
    assert restrictions(page((kind, line))[1]) == ()


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=120))
def test_any_text_is_read(kind, text):
    scraped, passages = page((kind, text))
    for one in restrictions(passages):
        assert one.span.of(scraped.raw_text).strip()

"""What restrictions and outlets' terms come to when an article is to be published."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.core.attribution import CONSTRAINTS, EFFECTS, LICENCES, SCOPES, TERMS
from articles.core.gate import judge
from articles.core.verdicts import TREATMENTS, Backer, Case, Claim

NOW = datetime(2024, 3, 14, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
# Written down a second time, on purpose: what each restriction on the text comes to where nothing else is known.
ON_THE_TEXT = {
    "editorial_use_only": "passed_on",
    "mandatory_credit": "block",
    "no_archive": "block",
    "no_resale": "passed_on",
    "embargo": "block",
    "territory": "block",
    "licence": "block",
    "excerpt_only": "excerpt",
    "paywalled": "excerpt",
    "all_rights_reserved": "excerpt",
    "other": "block",
}
# What an agreement on the full text lifts, and what a short quotation with a link settles.
LIFTED = {"excerpt_only", "paywalled", "all_rights_reserved"}
QUOTABLE = {*LIFTED, "no_archive"}


def claim(constraint: str, scope: str = "text", **values: object) -> Claim:
    return Claim(**{"id": 1, "text": "its words", "constraint": constraint, "scope": scope} | values)


def case(**values: object) -> Case:
    return Case(**{"now": NOW, "zone": PARIS} | values)


def test_every_restriction_of_the_table_is_in_the_grid() -> None:
    assert set(ON_THE_TEXT) == set(CONSTRAINTS)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_restriction_on_the_text_comes_to_what_the_table_says(constraint: str) -> None:
    gate = judge([claim(constraint)], [], case(link="https://a.example/"))
    (verdict,) = gate.verdicts
    assert (verdict.effect, verdict.claim) == (ON_THE_TEXT[constraint], 1)
    assert verdict.said.endswith(".")
    assert bool(gate.unsettled("full")) == EFFECTS[verdict.effect].bars
    assert bool(gate.unsettled("excerpt")) == (verdict.bars and constraint not in QUOTABLE)
    assert gate.unsettled("override") == []


@pytest.mark.parametrize("constraint", CONSTRAINTS)
@pytest.mark.parametrize("terms", TERMS)
def test_a_picture_s_restriction_bars_no_text_and_no_agreement_touches_it(constraint: str, terms: str) -> None:
    backer = Backer(name="X", role="publisher", terms=terms, licence="cc0" if terms == "licence" else "")
    first = judge([claim(constraint, "picture")], [backer], case()).verdicts[0]
    assert (first.effect, first.basis) == ("no_picture", "written on the page")


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_an_agreement_lifts_the_legal_line_and_says_with_whom(constraint: str) -> None:
    backer = Backer(name="Le Phare", role="publisher", terms="full")
    gate = judge([claim(constraint)], [backer], case())
    if constraint in LIFTED:
        assert not gate.bars
        assert gate.verdicts[0].basis == "by agreement with Le Phare (outlet default)"
        assert len(gate.verdicts) == 1, "said once"
    else:
        assert gate.verdicts[0].effect == {"mandatory_credit": "block"}.get(constraint, ON_THE_TEXT[constraint])
        assert gate.verdicts[1].effect == "none"


def test_an_agreement_with_who_is_only_inferred_lifts_nothing_and_says_so() -> None:
    backer = Backer(name="Le Phare", role="publisher", terms="full", settled=False)
    (verdict,) = judge([claim("all_rights_reserved")], [backer], case()).verdicts
    assert verdict.effect == "excerpt"
    assert "only inferred as the source: confirm it first" in verdict.said


def test_an_agreement_does_not_lift_what_another_reserves() -> None:
    backers = [Backer(name="AFP", role="agency"), Backer(name="Le Phare", role="publisher", terms="full")]
    words = "Les contenus de l'AFP ne peuvent être reproduits"
    verdict = judge([claim("all_rights_reserved", text=words)], backers, case()).verdicts[0]
    assert verdict.effect == "excerpt"
    assert "It names AFP, with whom we have no agreement." in verdict.said
    assert not judge([claim("all_rights_reserved", text=words)], backers[1:], case()).bars


@pytest.mark.parametrize(
    ("terms", "effect", "excerpt_open"),
    [("unknown", None, True), ("full", "none", True), ("excerpt", "excerpt", True), ("ask", "block", False)],
)
@pytest.mark.parametrize("settled", [True, False])
def test_the_terms_of_an_outlet_hold_without_a_word_on_the_page(
    terms: str, effect: str | None, excerpt_open: bool, settled: bool
) -> None:
    gate = judge(
        [], [Backer(name="X", role="publisher", terms=terms, settled=settled)], case(link="https://x.example/")
    )
    wanted = [] if effect is None or (effect == "none" and not settled) else [effect]
    assert [one.effect for one in gate.verdicts] == wanted
    assert (gate.unsettled("excerpt") == []) == excerpt_open
    assert all("X" in one.basis for one in gate.verdicts)


def test_of_two_outlets_the_stricter_counts() -> None:
    backers = [Backer(name="A", role="agency", terms="ask"), Backer(name="B", role="publisher", terms="full")]
    assert [one.said for one in judge([], backers, case()).bars] == ["A allows nothing without being asked."]


def test_an_embargo_holds_until_its_moment_whatever_was_agreed() -> None:
    until = NOW + timedelta(hours=2)
    claims = [claim("embargo", details={"until": until.isoformat()})]
    gate = judge(claims, [Backer(name="X", role="publisher", terms="full")], case(link="https://x.example/"))
    assert (gate.bars[0].effect, gate.held_until) == ("hold", until)
    assert "Under embargo until 14 March 2024, 12:00" in gate.bars[0].said
    assert gate.unsettled("excerpt")
    after = judge(claims, [], case(now=until))
    assert (after.bars, after.held_until, after.verdicts[0].effect) == ([], None, "none")


def test_an_embargo_without_a_zone_is_counted_in_the_desk_s_and_says_so() -> None:
    gate = judge([claim("embargo", details={"until": "2024-03-14T12:00:00", "zone": "unknown"})], [], case())
    assert gate.held_until == datetime(2024, 3, 14, 11, tzinfo=UTC)
    assert "ours is taken" in gate.bars[0].said


def test_an_embargo_whose_moment_cannot_be_read_is_shut_until_somebody_says_it() -> None:
    (verdict,) = judge([claim("embargo")], [], case()).verdicts
    assert verdict.effect == "block"
    assert "say until when" in verdict.said


@pytest.mark.parametrize(
    ("details", "source", "link", "effect", "credit"),
    [
        ({"credit": "AFP / X"}, "", "", "credit", "AFP / X"),
        ({}, "Le Phare", "", "credit", "Le Phare"),
        ({}, "", "", "block", ""),
        ({"credit": "X", "link": "yes"}, "", "", "block", ""),
        ({"credit": "X", "link": "yes"}, "", "https://x.example/", "credit", "X"),
    ],
)
def test_a_credit_is_printed_by_itself_where_a_name_and_the_link_are_known(
    details: dict[str, str], source: str, link: str, effect: str, credit: str
) -> None:
    gate = judge([claim("mandatory_credit", details=details)], [], case(source=source, link=link))
    assert (gate.verdicts[0].effect, gate.verdicts[0].credit) == (effect, credit)
    assert gate.credits == ([credit] if credit else [])


def test_an_outlet_that_wants_its_credit_gets_its_line() -> None:
    backer = Backer(name="Le Phare", role="publisher", terms="full", credit_required=True, credit_line="© Le Phare SA")
    assert judge([], [backer], case()).credits == ["© Le Phare SA"]


@pytest.mark.parametrize("name", LICENCES)
@pytest.mark.parametrize(("commercial", "corrected"), [(True, False), (False, False), (False, True), (True, True)])
def test_a_licence_is_held_against_what_the_desk_does(name: str, commercial: bool, corrected: bool) -> None:
    here = case(source="Ana Lopes", commercial=commercial, corrected=corrected, link="https://x.example/")
    gate = judge([claim("licence", details={"licence": name})], [], here)
    demands = LICENCES[name].demands
    broken = ("non_commercial" in demands and commercial) or ("no_derivatives" in demands and corrected)
    assert bool(gate.bars) == broken
    assert gate.unsettled("excerpt") == []
    if not broken:
        assert gate.licence["url"].startswith("https://")
        assert gate.verdicts[0].effect == ("terms" if demands else "none")
        assert gate.credits == (["Ana Lopes"] if "attribution" in demands else [])
    else:
        assert gate.licence == {}


def test_a_licence_that_wants_a_name_bars_where_nobody_is_confirmed() -> None:
    (verdict,) = judge([claim("licence", details={"licence": "cc-by"})], [], case()).verdicts
    assert verdict.effect == "block"
    assert "nobody is confirmed" in verdict.said


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_licence_lifts_a_legal_line_once_a_person_confirmed_it(confirmed: bool) -> None:
    licence = claim("licence", details={"licence": "cc-by"}, confirmed=confirmed, id=2)
    gate = judge([claim("all_rights_reserved"), licence], [], case(source="X"))
    assert bool(gate.bars) != confirmed


def test_an_excerpt_needs_the_address_of_the_original() -> None:
    gate = judge([claim("all_rights_reserved")], [], case())
    assert gate.unsettled("excerpt") == ["An excerpt links to the original. Put its address in the facts first."]


def test_the_strictest_bar_stands_first() -> None:
    gate = judge([claim("paywalled"), claim("other")], [], case())
    assert [one.effect for one in gate.bars] == ["block", "excerpt"]


def test_the_tables_say_what_they_need() -> None:
    assert sorted(row.rank for row in EFFECTS.values()) == list(range(len(EFFECTS)))
    assert [row.name for row in TREATMENTS.values() if row.permission] == ["override"]
    assert TREATMENTS["override"].needs_reason
    assert set(SCOPES) == {"text", "picture"}

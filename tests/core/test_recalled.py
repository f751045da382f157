"""What people said is the same on every page of an outlet, as evidence for the next page."""

from articles.core import recalled
from articles.core.edits import Span
from articles.core.values import Attribution, Field, RememberedFact
from tests.core.passages import page

FACT = RememberedFact(about="publisher", value="Le Fanal", by="ana")
GUESS = Attribution(role="publisher", name="fanal.example", span=None, state="inferred", reason="address")


def stated(name: str, role: str = "publisher") -> Attribution:
    return Attribution(role=role, name=name, span=Span(start=0, end=len(name)), state="stated", reason="og:site_name")


def test_a_remembered_publisher_takes_the_place_of_a_guess_and_says_who_decided() -> None:
    (link,) = recalled.links([GUESS], [FACT], [])
    assert (link.name, link.state, link.span) == ("Le Fanal", "inferred", None)
    assert "remembered for this outlet, decided by ana" in link.reason
    assert "the page alone says “fanal.example”" in link.reason


def test_a_remembered_publisher_is_stated_only_where_the_furniture_of_the_page_proves_it() -> None:
    _, passages = page(("legal", "© Le Fanal 2024"))
    (link,) = recalled.links([], [FACT], passages)
    assert (link.state, link.span) == ("stated", Span(start=2, end=10))
    for text, kind in (("Le Fanal a brûlé.", "body"), ("Le Fanalier 2024", "legal"), ("Rien", "legal")):
        (link,) = recalled.links([], [FACT], page((kind, text))[1])
        assert (link.state, link.span) == ("inferred", None), text


def test_a_name_that_the_page_only_suggests_is_stated_once_a_person_stands_for_it() -> None:
    span = Span(start=3, end=11)
    hint = Attribution(role="publisher", name="le fanal", span=span, state="inferred", reason="share link")
    (link,) = recalled.links([hint], [FACT], [])
    assert (link.name, link.state, link.span) == ("le fanal", "stated", span)
    assert link.reason == "share link; remembered for this outlet, decided by ana"
    bare = Attribution(role="publisher", name="Le Fanal", span=None, state="inferred", reason="address")
    assert recalled.links([bare], [FACT], [])[0].state == "inferred"


def test_what_the_page_states_stays_unless_it_is_what_a_person_corrected_before() -> None:
    other = stated("Le Journal")
    assert recalled.links([other], [FACT], []) == (other,)
    corrected = RememberedFact(about="publisher", value="Le Fanal", instead_of="le journal", by="ana")
    (link,) = recalled.links([other], [corrected], [])
    assert (link.name, link.state) == ("Le Fanal", "inferred")


def test_a_remembered_agency_is_added_beside_others_and_never_twice() -> None:
    fact = RememberedFact(about="agency", value="AFP", by="bea")
    links = recalled.links([stated("Reuters", "agency")], [fact], [])
    assert [(link.name, link.state) for link in links] == [("Reuters", "stated"), ("AFP", "inferred")]
    same = (stated("afp", "agency"),)
    assert recalled.links(same, [fact], []) == same


def test_a_section_is_only_called_otherwise_and_never_made_up() -> None:
    fact = RememberedFact(about="section", value="International", instead_of="Inter", by="ana")
    found = {
        "section": Field(name="section", value="INTER", span=Span(start=0, end=5), state="stated", reason="rubric")
    }
    said = recalled.fields(found, [fact])["section"]
    assert (said.value, said.state, said.span) == ("International", "inferred", None)
    assert said.candidates[0].value == "INTER"
    for value in (None, "Sport"):
        other = {"section": Field(name="section", value=value)}
        assert recalled.fields(other, [fact]) == other


def test_a_language_fills_what_is_unknown_and_is_a_candidate_beside_another() -> None:
    fact = RememberedFact(about="language", value="br", by="ana")
    filled = recalled.fields({"language": Field(name="language")}, [fact])["language"]
    assert (filled.value, filled.state) == ("br", "inferred")
    told = Field(name="language", value="fr", state="inferred", reason="words")
    beside = recalled.fields({"language": told}, [fact])["language"]
    assert (beside.value, [one.value for one in beside.candidates]) == ("fr", ["br"])


def test_nothing_is_stated_by_memory_without_a_proof() -> None:
    facts = [RememberedFact(about=name, value="Quai", by="ana") for name in recalled.REMEMBERED]
    assert all(link.span or link.state != "stated" for link in recalled.links([GUESS], facts, []))

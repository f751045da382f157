"""How many corrections an article needs on a desk that learns."""

from articles.training.corrections import Corrections, Desk, halves, simulated
from articles.training.mentions import Article, Expected, Tag
from tests.core.test_learned import memory


def annotated(name: str, text: str, *tags_: tuple[str, str]) -> Article:
    expected = tuple(Expected(Tag(text.index(words), text.index(words) + len(words), kind)) for words, kind in tags_)
    return Article(name=name, text=text, group=name[:7], expected=expected)


def test_a_desk_that_learns_needs_fewer_corrections() -> None:
    text = "La Digue reste ouverte aux Chaloupes de Lorval, dit la mairie."
    # Handed in backwards: they come in by their dates.
    articles = [annotated(f"2024-0{n}-01", text, ("Lorval", "place")) for n in (4, 3, 2, 1)]
    rows = list(simulated(articles, memory(finds={"Chaloupes": "person"}), "fr"))
    assert [(without.all, taught.all) for without, taught in rows] == [(2, 2), (2, 2), (2, 0), (2, 0)]
    assert rows[0] == (Corrections(rejected=1, changed=0, missed=1),) * 2


def test_another_type_on_the_same_words_is_one_correction() -> None:
    article = annotated("2024-01", "Hier à Lorval.", ("Lorval", "place"))
    assert Desk().settle(article, {Tag(7, 13, "person"): 0.9}) == Corrections(rejected=0, changed=1, missed=0)


def test_the_earlier_months_teach_and_no_month_is_cut() -> None:
    articles = [annotated(name, "Lorval") for name in ("2024-03-a", "2024-01-a", "2024-02-b", "2024-02-a")]
    earlier, later = halves(articles)
    assert ([one.name for one in earlier], [one.group for one in later]) == (
        ["2024-01-a"],
        ["2024-02"] * 2 + ["2024-03"],
    )
    assert halves([]) == ([], [])

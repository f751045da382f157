"""What two editors tagged blind, side by side, and the desk's word on where they differ."""

import pytest
from django.contrib.auth.models import User

from articles.actions import agreement, blind, blocks, history, tags
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.core.edits import Span
from articles.core.entities.agreement import Difference, Tag
from articles.models import Article, BlindTagging, Entity
from tests.factories import block_with

ANA = {"Emmanuel Macron": "person", "Lorval": "place", "Hélios Presse": "organisation"}
BEA = {"Emmanuel Macron": "person", "Lorval": "organisation", "Paris": "place"}


def tag_blind(article: Article, editor: User, said: dict[str, str]) -> BlindTagging:
    blind.begin(article, by=editor)
    for words, type_ in said.items():
        blind.tag_words(article, words, type=type_, everywhere=False, by=editor)
    return blind.finish(article, by=editor)


@pytest.fixture
def both(article: Article, ana: User, bea: User) -> Article:
    """Tagged by Ana and Béa, with no tag of its own. They agree on Macron, differ on Lorval, Hélios and Paris."""
    article.mentions.all().delete()
    tag_blind(article, ana, ANA)
    tag_blind(article, bea, BEA)
    return article


def difference(article: Article, words: str) -> Difference:
    comparison = agreement.Comparison(article)
    return next(d for d in comparison.differences if words in {comparison.surfaces[tag.span] for tag in d.tags})


def settle(article: Article, words: str, choice: str, by: User) -> list[Tag]:
    if choice in {"ana", "bea"}:
        choice = f"tagging-{article.blind_taggings.get(editor__username=choice).pk}"
    return agreement.settle(article, difference(article, words).span, choice, by=by, seen=article.version)


def states(article: Article, words: str) -> dict[str, str]:
    return {row.type: row.state for row in article.mentions.filter(surface=words)}


def test_what_all_agree_on_is_taken_in_one_step_and_taken_back_in_one(both: Article, claire: User) -> None:
    assert agreement.take_agreed(both, by=claire, seen=both.version) == 1
    (made,) = both.mentions.all()
    assert (made.surface, made.state, made.origin, made.decided_by) == (
        "Emmanuel Macron",
        "confirmed",
        "person",
        claire,
    )
    assert agreement.Comparison(both).open_agreed == []
    entry = both.log.first()
    assert entry is not None
    assert entry.summary == "took the one tag on which Ana and Bea agree"
    history.undo(both, entry.pk, by=claire)
    assert len(agreement.Comparison(both).open_agreed) == 1


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("ana", {"place": "confirmed", "organisation": "rejected"}),
        ("bea", {"place": "rejected", "organisation": "confirmed"}),
        ("none", {"place": "rejected", "organisation": "rejected"}),
    ],
)
def test_a_difference_is_settled_as_one_has_it_or_neither(
    both: Article, claire: User, choice: str, expected: dict[str, str]
) -> None:
    settle(both, "Lorval", choice, claire)
    assert states(both, "Lorval") == expected
    assert {row.decided_by for row in both.mentions.all()} == {claire}
    rejected = both.mentions.filter(state="rejected")
    assert {row.reason for row in rejected} == {"not taken when the tags of Ana and Bea were compared"}


def test_what_one_did_not_tag_is_taken_or_not(both: Article, claire: User) -> None:
    assert settle(both, "Paris", "ana", claire) == []
    assert states(both, "Paris") == {"place": "rejected"}
    settle(both, "Paris", "bea", claire)  # on second thoughts
    assert states(both, "Paris") == {"place": "confirmed"}
    settle(both, "Hélios Presse", "ana", claire)
    assert both.mentions.get(surface="Hélios Presse").scope == "caption"


def test_tags_within_each_other_may_both_hold_but_the_same_words_are_one_thing(
    article: Article, ana: User, bea: User
) -> None:
    article.mentions.all().delete()
    tag_blind(article, ana, {"mairie": "organisation", "port de Lorval": "place"})
    tag_blind(article, bea, {"mairie": "place", "Lorval": "place"})
    settle(article, "Lorval", "all", ana)
    assert states(article, "Lorval") == states(article, "port de Lorval") == {"place": "confirmed"}
    with pytest.raises(Refused, match="cannot be two things"):
        settle(article, "mairie", "all", ana)


def test_the_desk_settles_what_the_machine_suggested_with_it(both: Article, claire: User) -> None:
    (tag,) = difference(both, "Paris").tags
    where = {"start": tag.span.start, "end": tag.span.end, "surface": "Paris"}
    both.mentions.create(**where, type="place", origin="model", score=0.8)
    both.mentions.create(**where, type="organisation", origin="model", score=0.3)
    settle(both, "Paris", "bea", claire)
    assert states(both, "Paris") == {"place": "confirmed", "organisation": "rejected"}
    assert both.mentions.get(surface="Paris", type="place").origin == "model"


def test_what_is_open_is_counted_and_an_undone_decision_is_open_again(both: Article, claire: User) -> None:
    assert len(agreement.Comparison(both).open_differences) == 3
    for words in ("Lorval", "Paris", "Hélios Presse"):
        settle(both, words, "none", claire)
    assert agreement.Comparison(both).open_differences == []
    entry = both.log.first()
    assert entry is not None
    history.undo(both, entry.pk, by=claire)
    assert len(agreement.Comparison(both).open_differences) == 1


def test_a_decision_on_the_review_page_settles_too(both: Article, claire: User) -> None:
    tags.tag_words(both, "Paris", type="place", everywhere=False, by=claire, seen=both.version)
    assert len(agreement.Comparison(both).open_differences) == 2


def test_a_tag_that_somebody_else_decided_meanwhile_is_a_lost_race(both: Article, ana: User, claire: User) -> None:
    seen = both.version
    tags.tag_words(both, "Paris", type="place", everywhere=False, by=ana, seen=seen)
    with pytest.raises(Conflict):
        agreement.settle(both, difference(both, "Paris").span, "none", by=claire, seen=seen)
    assert states(both, "Paris") == {"place": "confirmed"}


def test_nothing_is_settled_before_two_have_finished(article: Article, ana: User, bea: User, claire: User) -> None:
    tag_blind(article, ana, ANA)
    blind.begin(article, by=bea)
    comparison = agreement.Comparison(article)
    assert not comparison.ready
    with pytest.raises(Refused, match="before two editors"):
        agreement.take_agreed(article, by=claire, seen=article.version)
    with pytest.raises(Refused, match="tagging this article blind"):
        agreement.take_agreed(article, by=bea, seen=article.version)


def test_a_place_or_a_choice_that_is_not_there_is_refused(both: Article, claire: User, rita: User) -> None:
    place = difference(both, "Paris").span
    for where, choice in ((Span(0, 3), "none"), (place, "tagging-0"), (place, ""), (place, "both")):
        with pytest.raises(Refused):
            agreement.settle(both, where, choice, by=claire, seen=both.version)
    with pytest.raises(NotAllowed):
        agreement.settle(both, place, "none", by=rita, seen=both.version)
    assert not both.mentions.exists()


def test_what_was_taken_out_of_the_text_since_is_listed_and_not_compared(both: Article, claire: User) -> None:
    block = block_with(both, "promis de revenir")
    blocks.change_kind(both, block.pk, kind="ad", by=claire, seen=both.version)
    comparison = agreement.Comparison(both)
    assert "Paris" in {row.surface for _, row in comparison.lost}
    with pytest.raises(StopIteration):
        difference(both, "Paris")


def test_the_machine_is_judged_by_what_it_suggested_first(article: Article, ana: User) -> None:
    article.mentions.all().delete()
    at = article.raw_text.index("Emmanuel Macron")
    row = article.mentions.create(start=at, end=at + 15, surface="Emmanuel Macron", type="place", origin="model")
    tags.change_tag(article, row.pk, type="person", by=ana, seen=article.version)
    tags.tag_words(article, "Paris", type="place", everywhere=False, by=ana, seen=article.version)
    assert agreement.machine_tags(agreement.Comparison(article)) == {Tag(span=Span(at, at + 15), type="place")}


def test_who_had_decided_on_tags_before_is_named(article: Article, ana: User, bea: User) -> None:
    tags.tag_words(article, "Paris", type="place", everywhere=False, by=ana, seen=article.version)
    mine = tag_blind(article, ana, ANA)
    tag_blind(article, bea, BEA)
    assert agreement.not_blind(agreement.Comparison(article)) == [mine]


def test_the_words_of_the_text_are_those_that_may_carry_tags(article: Article) -> None:
    words = [span.of(article.raw_text) for span in agreement.Comparison(article).words]
    assert {"Lorval", "Hélios", "Macron"} <= set(words)
    assert "Partager" not in words


def test_one_word_settles_all_places_where_they_differ_alike(article: Article, ana: User, bea: User) -> None:
    article.mentions.all().delete()
    for editor, type_ in ((ana, "place"), (bea, "organisation")):
        blind.begin(article, by=editor)
        blind.tag_words(article, "Lorval", type=type_, everywhere=True, by=editor)
        blind.finish(article, by=editor)
    comparison = agreement.Comparison(article)
    assert [len(comparison.like(row)) for row in comparison.differences] == [3, 3, 3]
    first = comparison.differences[0]
    choice = f"tagging-{comparison.taggings[0].pk}"
    taken = agreement.settle(article, first.span, choice, everywhere=True, by=ana, seen=article.version)
    assert [tag.type for tag in taken] == ["place"] * 3
    assert agreement.Comparison(article).open_differences == []
    entry = article.log.first()
    assert entry is not None
    assert entry.summary == "settled “Lorval”: place, as Ana has it, in 3 places"


def test_a_link_that_the_machine_guessed_falls_away_where_two_bear_the_name(both: Article, claire: User) -> None:
    one, two = (Entity.objects.create(name="Paris-sur-Mer", slug=f"paris-{n}", type="place") for n in (1, 2))
    (tag,) = difference(both, "Paris").tags
    row = both.mentions.create(
        start=tag.span.start, end=tag.span.end, surface="Paris", type="place", origin="registry", entity=one
    )
    settle(both, "Paris", "bea", claire)
    row.refresh_from_db()
    assert (row.state, row.entity, row.candidate) == ("confirmed", None, two.name)

"""What people say of names is counted once an article, as long as their word stands."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.actions import history, tags
from articles.actions.learning import rebuild_entity_memory, said_of, taken_back
from articles.core.entities import find
from articles.intake.memory import desk_memory
from articles.models import Article, RememberedName
from tests.core.passages import page


def counts() -> dict[tuple[str, str], tuple[int, int]]:
    rows = RememberedName.objects.values_list("key", "type", "confirmed", "rejected")
    return {(key, type_): (confirmed, rejected) for key, type_, confirmed, rejected in rows}


def test_a_decision_counts_once_an_article_and_undoing_takes_it_back(article: Article, ana: User) -> None:
    macron = article.mentions.filter(surface="Emmanuel Macron").first()
    tags.confirm_tag(article, macron.pk, by=ana, seen=article.version)
    assert counts() == {("emmanuel macron", "person"): (1, 0)}
    tags.reject_tag(article, macron.pk, everywhere=False, by=ana, seen=article.version)
    assert counts() == {("emmanuel macron", "person"): (1, 0)}, "elsewhere in the article it is still right"
    paris = article.mentions.get(surface="Paris")
    tags.reject_tag(article, paris.pk, by=ana, seen=article.version)
    assert counts()["paris", "place"] == (0, 1)
    tags.change_tag(article, paris.pk, type="organisation", by=ana, seen=article.version)
    assert ("paris", "place") not in counts()
    assert counts()["paris", "organisation"] == (1, 0)
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    assert counts()["lorval", "place"] == (1, 0)
    standing = counts()
    RememberedName.objects.update(confirmed=7)
    assert rebuild_entity_memory() == len(standing)
    assert counts() == standing
    for entry in article.log.exclude(changes=[]).exclude(action="undo"):
        history.undo(article, entry.pk, by=ana)
    assert counts() == {}


def test_the_desk_reads_with_what_was_said_often_enough(article: Article, db: None) -> None:
    RememberedName.objects.create(key="chaloupe", type="organisation", name="Chaloupe", confirmed=2)
    RememberedName.objects.create(key="digue", type="place", name="Digue", confirmed=1)
    RememberedName.objects.create(key="paris", type="place", name="Paris", rejected=2)
    RememberedName.objects.create(key="brest", type="place", name="Brest", rejected=2)
    RememberedName.objects.create(key="brest", type="event", name="Brest", confirmed=1)
    memory = desk_memory()
    assert [one.name for one in memory.learned.names] == ["Chaloupe"]
    assert memory.learned.unwanted == {"paris": {"place"}, "brest": {"place"}}
    _, passages = page(("body", "Une réunion de Chaloupe a eu lieu hier à Paris, dit la mairie."))
    assert ("Chaloupe", "organisation") in [(one.surface, one.type) for one in find(passages, memory, "xx")]
    assert "Paris" not in [one.surface for one in find(passages, memory, "xx")]


TAG = {
    "surface": st.sampled_from(["Lorval", "lorval", "Bréval"]),
    "type": st.sampled_from(["place", "person"]),
    "state": st.sampled_from(["suggested", "confirmed", "rejected"]),
}
ROWS = st.dictionaries(st.integers(1, 6), st.fixed_dictionaries(TAG), max_size=6)


@given(ROWS, ROWS)
def test_steps_taken_back_give_the_tags_as_they_were(before: dict[int, Any], after: dict[int, Any]) -> None:
    steps = [
        {"model": "mention", "pk": pk, "before": before.get(pk), "after": after.get(pk)}
        for pk in before.keys() | after.keys()
        if before.get(pk) != after.get(pk)
    ]
    assert taken_back(after, steps) == before
    for says in (said_of(before.values()), said_of(after.values())):
        assert all(kind in {"place", "person"} for _, kind in says)


@pytest.mark.parametrize(
    ("states", "says"), [(["rejected", "confirmed"], True), (["confirmed", "rejected"], True), (["rejected"], False)]
)
def test_a_name_that_is_confirmed_anywhere_in_the_article_is_not_rejected(states: list[str], says: bool) -> None:
    tags_ = [{"surface": "Lorval", "type": "place", "state": state} for state in states]
    assert said_of(tags_)["lorval", "place"][0] is says

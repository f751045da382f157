"""What people do to the registry of entities, and what becomes of it when it is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions import entities, entity_undo, history, linking, tags
from articles.actions.entity_merging import EntityMerger, merge_entities
from articles.actions.recording import Conflict, Refused
from articles.models import (
    Article,
    Attribution,
    Entity,
    EntityAlias,
    EntityLogEntry,
    LogEntry,
    Mention,
    Office,
    PublishedTag,
)
from tests import factories

pytestmark = pytest.mark.django_db
# What of the registry, and of the tags and authors that lead to it, undoing has to restore.
ROWS = (Entity, EntityAlias, Office, Mention, Attribution, Entity.distinct_from.through)


def rows() -> dict[str, Any]:
    """All that an act on the registry may touch. Pairs that are not the same have keys of no meaning."""
    found: dict[str, Any] = {}
    for model in ROWS:
        values = list(model.objects.order_by("pk").values())
        if model is Entity.distinct_from.through:
            values = sorted((row["from_entity_id"], row["to_entity_id"]) for row in values)
        found[model.__name__] = values
    return found


def tag(article: Article, words: str, entity: Entity | None, *, state: str = "confirmed", **values: Any) -> Mention:
    """A tag on the first place of these words."""
    at = article.raw_text.index(words)
    type_ = values.pop("type", entity.type if entity else "organisation")
    article.mentions.filter(start=at, end=at + len(words), type=type_).delete()
    return article.mentions.create(
        start=at, end=at + len(words), surface=words, type=type_, entity=entity, state=state, origin="person", **values
    )


@pytest.fixture
def old(db: None) -> Entity:
    entity = factories.EntityFactory(name="Mairie de Lorval", slug="mairie", description="", notes="Asks to be called.")
    EntityAlias.objects.create(entity=entity, name="la mairie")
    EntityAlias.objects.create(entity=entity, name="Hôtel de ville")
    Office.objects.create(entity=entity, title="Siège", since="1990")
    return entity


@pytest.fixture
def kept(db: None) -> Entity:
    entity = factories.EntityFactory(name="Ville de Lorval", slug="ville", country="FR", notes="By mail.")
    EntityAlias.objects.create(entity=entity, name="Hôtel de ville")
    Office.objects.create(entity=entity, title="Siège", since="1990")
    return entity


@pytest.fixture
def third(db: None) -> Entity:
    return factories.EntityFactory(name="Port de Lorval", slug="port")


@pytest.fixture
def tagged(article: Article, old: Entity, kept: Entity, third: Entity) -> Article:
    tag(article, "la mairie", old)
    tag(article, "communiqué", old, state="rejected")
    tag(article, "digue du nord", old, state="suggested")
    tag(article, "Le port de Lorval", third)
    article.attribution.filter(role="author").update(entity=old, decision="confirmed")
    old.distinct_from.add(third)
    return article


def merged(gone: Entity, into: Entity, by: User) -> EntityLogEntry:
    gone, into = Entity.objects.get(pk=gone.pk), Entity.objects.get(pk=into.pk)
    merge_entities(gone, into=into, seal=EntityMerger(gone=gone, kept=into).seal, by=by)
    return into.log.get(action="merge", former_slug=gone.slug)


def test_a_merge_moves_everything_and_undoing_it_leaves_every_row_as_before(
    tagged: Article, old: Entity, kept: Entity, third: Entity, ana: User
) -> None:
    before, version = rows(), tagged.version
    entry = merged(old, kept, ana)
    assert not Entity.objects.filter(slug="mairie").exists()
    kept.refresh_from_db()
    assert kept.names == ["Ville de Lorval", "Hôtel de ville", "Mairie de Lorval", "la mairie"]
    assert kept.notes == "By mail.\n\nAsks to be called."
    assert kept.mentions.count() == 3, "decided, rejected and suggested ones"
    assert kept.attribution.count() == 1
    assert list(kept.distinct_from.all()) == [third]
    assert [str(office) for office in kept.offices.all()] == ["Siège (1990 – …)"]
    assert Entity.objects.at("mairie") == kept
    tagged.refresh_from_db()
    assert tagged.version == version, "it is no edit of the article"
    undone = entity_undo.undo(kept, entry.pk, by=ana)
    assert (undone.entity, undone.left, undone.said) == (kept, 0, "Taken back.")
    assert rows() == before
    assert Entity.objects.at("mairie") == old
    with pytest.raises(Refused, match="taken back already"):
        entity_undo.undo(kept, entry.pk, by=ana)


def test_the_history_of_what_is_merged_moves_with_it_and_back(old: Entity, kept: Entity, ana: User) -> None:
    entities.add_alias(old, name="Municipalité", by=ana)
    alias = old.log.get(action="alias")
    entry = merged(old, kept, ana)
    assert alias in kept.log.all()
    with pytest.raises(Refused, match="Undo the later act first"):
        entity_undo.undo(kept, alias.pk, by=ana)
    entity_undo.undo(kept, entry.pk, by=ana)
    entity_undo.undo(old, alias.pk, by=ana)
    assert not old.aliases.filter(name="Municipalité").exists()


def test_what_has_been_changed_since_a_merge_stays_and_is_counted(
    tagged: Article, old: Entity, kept: Entity, third: Entity, ana: User
) -> None:
    moved, suggested = old.mentions.get(surface="la mairie"), old.mentions.get(state="suggested")
    entry = merged(old, kept, ana)
    tags.change_tag(tagged, moved.pk, type="place", by=ana, seen=tagged.version)
    suggested.delete()
    new = tag(tagged, "travaux", kept)
    undone = entity_undo.undo(kept, entry.pk, by=ana)
    assert undone.left == 2
    assert undone.said == "Taken back, but for 2 rows that had been changed since."
    moved.refresh_from_db()
    new.refresh_from_db()
    assert (moved.type, moved.entity) == ("place", None)
    assert new.entity == kept


def test_merges_one_upon_the_other_are_undone_the_last_first(
    old: Entity, kept: Entity, third: Entity, ana: User
) -> None:
    before = rows()
    first = merged(old, kept, ana)
    second = merged(kept, third, ana)
    assert third.slugs == ["port", "ville", "mairie"]
    for slug in ("mairie", "ville", "port"):
        assert Entity.objects.at(slug) == third
    assert Entity.objects.now(old.pk) == third.pk
    with pytest.raises(Refused, match="Undo the later act first"):
        entity_undo.undo(third, first.pk, by=ana)
    entity_undo.undo(third, second.pk, by=ana)
    entity_undo.undo(kept, first.pk, by=ana)
    assert rows() == before
    assert kept.slugs == ["ville"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda a, b: a.distinct_from.add(b), "Mairie de Lorval and Ville de Lorval are not the same. Take that back"),
        (lambda a, b: Entity.objects.filter(pk=a.pk).update(type="place"), "type place, Ville de Lorval organisation"),
        (
            lambda a, b: [Entity.objects.filter(pk=row.pk).update(wikidata=f"Q{row.pk}") for row in (a, b)],
            "in Wikidata, Ville de Lorval is Q",
        ),
    ],
)
def test_what_cannot_be_one_is_not_merged(
    change: Callable[[Entity, Entity], Any], sentence: str, old: Entity, kept: Entity, ana: User
) -> None:
    change(old, kept)
    old.refresh_from_db()
    kept.refresh_from_db()
    with pytest.raises(Refused, match=sentence):
        merged(old, kept, ana)
    assert Entity.objects.filter(slug__in=("mairie", "ville")).count() == 2


def test_an_entity_is_not_merged_with_itself_nor_twice(old: Entity, kept: Entity, ana: User) -> None:
    with pytest.raises(Refused, match="the same entity"):
        merge_entities(old, into=old, seal="", by=ana)
    seal = EntityMerger(gone=old, kept=kept).seal
    merge_entities(Entity.objects.get(pk=old.pk), into=kept, seal=seal, by=ana)
    with pytest.raises(Conflict, match="not in the registry any more"):
        merge_entities(old, into=kept, seal=seal, by=ana)


def test_nobody_moves_what_they_did_not_see(tagged: Article, old: Entity, kept: Entity, ana: User) -> None:
    seal = EntityMerger(gone=old, kept=kept).seal
    tag(tagged, "vagues", old, state="suggested")
    assert EntityMerger(gone=old, kept=kept).seal == seal, "what the machine suggests comes and goes"
    tag(tagged, "printemps", old)
    with pytest.raises(Conflict, match="has changed since you looked"):
        merge_entities(old, into=kept, seal=seal, by=ana)


def test_every_relation_to_an_entity_is_known_to_the_merge() -> None:
    """Whoever lets another row lead to an entity says here that a merge moves it, and an undo brings it back."""
    related = {row.related_model.__name__ for row in Entity._meta.related_objects}
    assert related == {"EntityAlias", "Office", "EntityLogEntry", "Mention", "Attribution", "Entity"}


def test_a_split_makes_another_one_and_undoing_it_leaves_every_row_as_before(
    tagged: Article, old: Entity, ana: User
) -> None:
    before = rows()
    alias = old.aliases.get(name="la mairie")
    new = entities.split_entity(
        old,
        name="Mairie de Lorval",
        description="of the other Lorval",
        articles=[tagged.pk],
        aliases=[alias.pk],
        by=ana,
    )
    assert (new.slug, new.type, new.description) == ("mairie-de-lorval", old.type, "of the other Lorval")
    assert new.names == ["Mairie de Lorval", "la mairie"]
    assert new.mentions.count() == 3
    assert new.attribution.count() == 1
    assert old.mentions.count() == 0
    assert old in new.distinct_from.all()
    assert "split off from" in new.log.get().summary
    entry = old.log.get(action="split")
    entity_undo.undo(old, entry.pk, by=ana)
    assert rows() == before
    assert Entity.objects.at(new.slug) == old, "its address leads to where it came from"
    assert LogEntry.objects.filter(article=tagged, action="entity").count() == 2


def test_a_split_that_is_in_use_is_not_taken_back(tagged: Article, old: Entity, ana: User) -> None:
    new = entities.split_entity(old, name="Mairie annexe", articles=[tagged.pk], by=ana)
    tag(tagged, "printemps", new)
    with pytest.raises(Refused, match="has been used since"):
        entity_undo.undo(old, old.log.get(action="split").pk, by=ana)
    assert new.mentions.count() == 4


def test_a_split_of_nothing_is_refused(old: Entity, kept: Entity, ana: User) -> None:
    for chosen in ({}, {"articles": [999_999]}, {"aliases": [kept.aliases.get().pk]}):
        with pytest.raises(Refused, match="Choose the articles"):
            entities.split_entity(old, name="Other", by=ana, **chosen)


def test_a_name_that_is_split_off_as_the_name_is_no_alias(old: Entity, ana: User) -> None:
    before = rows()
    new = entities.split_entity(old, name="Hôtel de ville", aliases=[old.aliases.get(name="Hôtel de ville").pk], by=ana)
    assert new.names == ["Hôtel de ville"]
    entity_undo.undo(old, old.log.get(action="split").pk, by=ana)
    assert rows() == before


# One act each, for undoing: name -> (what is done, what it leaves).
ACTS: dict[str, Callable[[Entity, User, Article], Any]] = {
    "rename": lambda e, by, a: entities.rename_entity(e, name="la mairie", by=by),
    "alias": lambda e, by, a: entities.add_alias(e, name="בית העירייה", language="he", by=by),
    "unalias": lambda e, by, a: entities.remove_alias(e, e.aliases.first().pk, by=by),
    "type": lambda e, by, a: entities.change_type(e, type="place", by=by),
    "describe": lambda e, by, a: entities.describe_entity(e, description="of Lorval", wikidata="Q1", by=by),
    "office": lambda e, by, a: entities.add_office(e, title="Maire", since="2014-03", until="2020", by=by),
    "no_office": lambda e, by, a: entities.remove_office(e, e.offices.first().pk, by=by),
    "apart": lambda e, by, a: entities.tell_apart(e, other=Entity.objects.get(slug="ville"), by=by),
    "together": lambda e, by, a: entities.let_together(e, other=Entity.objects.get(slug="port"), by=by),
    "link": lambda e, by, a: entities.lead_tags(e, surface="travaux", articles=[a.pk], by=by),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_written_down_undone_and_done_again(name: str, tagged: Article, old: Entity, ana: User) -> None:
    tag(tagged, "travaux", None)
    before = rows()
    ACTS[name](old, ana, tagged)
    after = rows()
    assert after != before
    entry = old.log.get(action=name)
    assert entry.person == ana
    assert entry.summary
    back = entity_undo.undo(old, entry.pk, by=ana)
    assert back.entity == old
    assert rows() == before
    entity_undo.undo(old, old.log.get(action="undo").pk, by=ana)
    assert _without_keys(rows()) == _without_keys(after)


def _without_keys(found: dict[str, Any]) -> dict[str, Any]:
    """A row that comes back a second time may have another key."""
    return {
        name: [{k: v for k, v in row.items() if k != "id"} if isinstance(row, dict) else row for row in values]
        for name, values in found.items()
    }


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*ACTS, "merge", "split"]), min_size=1, max_size=5))
def test_acts_that_are_undone_in_turn_leave_every_row_as_before(names: list[str]) -> None:
    """Whatever is done, the last first."""
    from django.db import transaction

    by = factories.person("ana")
    article = Article.objects.first() or factories.ArticleFactory()
    with transaction.atomic():
        one = factories.EntityFactory(name="Mairie", slug="mairie")
        two = factories.EntityFactory(name="Ville", slug="ville")
        one.distinct_from.add(factories.EntityFactory(name="Port", slug="port"))
        EntityAlias.objects.create(entity=one, name="la mairie")
        Office.objects.create(entity=one, title="Siège", since="1990")
        tag(article, "la mairie", one)
        tag(article, "communiqué", two)
        tag(article, "travaux", None)
        states, entries = [], []
        for name in names:
            before, last = rows(), EntityLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            try:
                with transaction.atomic():
                    if name == "merge":
                        merged(two, one, by)
                    elif name == "split":
                        entities.split_entity(one, name="Mairie", articles=[article.pk], by=by)
                    else:
                        ACTS[name](one, by, article)
            except (Refused, Conflict, AttributeError, Entity.DoesNotExist, Office.DoesNotExist):
                continue
            entry = EntityLogEntry.objects.filter(pk__gt=last, entity=one, changes__has_key="steps").first()
            if entry is not None:
                states.append(before)
                entries.append(entry)
        for before, entry in zip(reversed(states), reversed(entries), strict=True):
            entity_undo.undo(one, entry.pk, by=by)
            assert rows() == before
        transaction.set_rollback(True)


def test_an_act_whose_rows_have_moved_on_is_refused_as_a_whole(tagged: Article, old: Entity, ana: User) -> None:
    entities.describe_entity(old, description="one", country="FR", by=ana)
    entry = old.log.get()
    entities.describe_entity(old, description="two", by=ana)
    with pytest.raises(Refused, match="Undo the later act first"):
        entity_undo.undo(old, entry.pk, by=ana)
    old.refresh_from_db()
    assert (old.description, old.country) == ("two", "FR")


def test_tags_on_words_that_are_tagged_as_both_types_follow_a_change_of_type(
    tagged: Article, old: Entity, ana: User
) -> None:
    twin = tag(tagged, "la mairie", None, type="place", state="rejected")
    before = rows()
    entities.change_type(old, type="place", by=ana)
    twin.refresh_from_db()
    assert (twin.state, twin.entity) == ("confirmed", old)
    assert not Mention.objects.filter(entity=old, type="organisation").exists()
    assert tagged.mentions.get(surface="la mairie", type="organisation").state == "rejected"
    entity_undo.undo(old, old.log.get().pk, by=ana)
    assert rows() == before


def test_an_entity_is_made_from_the_tags_that_nobody_knew(article: Article, ana: User) -> None:
    first, second = tag(article, "travaux", None), tag(article, "printemps", None)
    assert {"surface": "travaux", "type": "organisation", "count": 1} in entities.nameless_tags()
    made = entities.create_entity(
        name=" Les  travaux ", type="organisation", surface="travaux", articles=[article.pk], by=ana,
        details={"country": "FR"},
    )  # fmt: skip
    first.refresh_from_db()
    second.refresh_from_db()
    assert (made.name, made.slug, made.country) == ("Les travaux", "les-travaux", "FR")
    assert (first.entity, second.entity) == (made, None)
    assert article.log.filter(action="entity").exists()
    undone = entity_undo.undo(made, made.log.get().pk, by=ana)
    assert undone.entity is None
    first.refresh_from_db()
    assert first.entity is None
    assert not Entity.objects.filter(slug="les-travaux").exists()


def test_an_entity_that_was_used_or_changed_since_is_not_unmade(article: Article, ana: User) -> None:
    made = entities.create_entity(name="Digue", type="place", by=ana)
    entry = made.log.get()
    used = tag(article, "digue du nord", made)
    with pytest.raises(Refused, match="has been used since"):
        entity_undo.undo(made, entry.pk, by=ana)
    used.delete()
    entities.add_alias(made, name="La digue", by=ana)
    with pytest.raises(Refused, match="Undo the later act first"):
        entity_undo.undo(made, entry.pk, by=ana)


def test_who_bears_the_name_of_another_is_new_only_on_a_persons_word(ana: User, old: Entity) -> None:
    for name in ("mairie de lorval", "LA MAIRIE", "Hotel de Ville"):
        with pytest.raises(Refused, match="by this name already"):
            entities.create_entity(name=name, type=old.type, by=ana)
    other = entities.create_entity(name="Mairie de Lorval", type=old.type, different=True, by=ana)
    assert other.slug != old.slug
    assert list(other.distinct_from.all()) == [old]
    assert entities.create_entity(name="La Mairie", type="place", by=ana), "of another type nobody need ask"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " - "}, "Write the name"),
        ({"name": "X", "type": "boat"}, "Choose person"),
        ({"name": "X", "details": {"wikidata": "90"}}, "A Wikidata id is a Q and a number"),
        ({"name": "X", "details": {"wikidata": "Q7"}}, "has the Wikidata id Q7. If they are the same, merge them"),
    ],
)
def test_an_entity_that_makes_no_sense_is_not_made(values: dict[str, Any], sentence: str, ana: User) -> None:
    Entity.objects.filter(wikidata="Q7").delete()
    factories.EntityFactory(wikidata="Q7")
    count = Entity.objects.count()
    with pytest.raises(Refused, match=sentence):
        entities.create_entity(**{"type": "person"} | values, by=ana)
    assert Entity.objects.count() == count


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda e, by: entities.rename_entity(e, name=e.name, by=by), "That is its name"),
        (lambda e, by: entities.add_alias(e, name="la  mairie", by=by), "goes by “la mairie” already"),
        (lambda e, by: entities.remove_alias(e, 0, by=by), "not there any more"),
        (lambda e, by: entities.change_type(e, type=e.type, by=by), "of that type"),
        (lambda e, by: entities.change_type(e, type="boat", by=by), "Choose person"),
        (lambda e, by: entities.describe_entity(e, country="FRA", by=by), "at most 2 characters"),
        (lambda e, by: entities.add_office(e, title="Maire", since="2020", until="2014", by=by), "before it begins"),
        (lambda e, by: entities.add_office(e, title="Maire", since="today", by=by), "Write a year"),
        (lambda e, by: entities.add_office(e, title="Siège", since="1990", by=by), "there already"),
        (lambda e, by: entities.remove_office(e, 0, by=by), "not there any more"),
        (lambda e, by: entities.tell_apart(e, other=e, by=by), "the same entity"),
        (lambda e, by: entities.lead_tags(e, surface="nobody", articles=[], by=by), "No tag on “nobody”"),
        (lambda e, by: entity_undo.undo(e, 0, by=by), "not in the history"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    act: Callable[[Entity, User], Any], sentence: str, old: Entity, ana: User
) -> None:
    before = rows()
    with pytest.raises(Refused, match=sentence):
        act(old, ana)
    assert rows() == before
    assert not old.log.exists()


def test_not_the_same_is_said_once_and_on_both_sides(old: Entity, kept: Entity, ana: User) -> None:
    entities.tell_apart(old, other=kept, by=ana)
    for one in (old, kept):
        assert one.log.get().summary.startswith("is not ")
    with pytest.raises(Refused, match="Somebody said so already"):
        entities.tell_apart(kept, other=old, by=ana)
    entities.let_together(kept, other=old, by=ana)
    with pytest.raises(Refused, match="any more"):
        entities.let_together(kept, other=old, by=ana)
    assert not old.distinct_from.exists()


def test_saying_what_is_so_already_leaves_no_trace(old: Entity, ana: User) -> None:
    entities.describe_entity(old, notes=old.notes, by=ana)
    assert not old.log.exists()


@pytest.mark.parametrize("who", ["rita", "stan"])
def test_only_who_may_change_the_registry_changes_it(
    who: str, old: Entity, kept: Entity, everybody: dict[str, User]
) -> None:
    by, before = everybody[who], rows()
    for act in (
        lambda: entities.create_entity(name="X", type="person", by=by),
        lambda: entities.rename_entity(old, name="X", by=by),
        lambda: entities.split_entity(old, name="X", aliases=[old.aliases.first().pk], by=by),
        lambda: merge_entities(old, into=kept, seal=EntityMerger(gone=old, kept=kept).seal, by=by),
        lambda: entity_undo.undo(old, 0, by=by),
        lambda: entities.lead_tags(old, surface="x", articles=[], by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert rows() == before


def test_a_decision_on_a_tag_is_undone_after_its_entity_was_merged(
    article: Article, old: Entity, kept: Entity, ana: User
) -> None:
    mention = tag(article, "la mairie", None)
    linking.link_tag(article, mention.pk, entity=old, by=ana, seen=article.version)
    linked = article.log.get(action="link_tag")
    tags.change_tag(article, mention.pk, type="place", by=ana, seen=article.version)
    changed = article.log.get(action="change_tag")
    merged(old, kept, ana)
    history.undo(article, changed.pk, by=ana)
    mention.refresh_from_db()
    assert mention.entity == kept, "what the words meant is the other one now"
    history.undo(article, linked.pk, by=ana)
    mention.refresh_from_db()
    assert mention.entity is None


def test_an_entity_that_is_gone_is_linked_by_nobody(article: Article, old: Entity, kept: Entity, ana: User) -> None:
    mention = tag(article, "la mairie", None)
    stale = Entity.objects.get(pk=old.pk)
    merged(old, kept, ana)
    with pytest.raises(Refused, match="not in the registry any more"):
        linking.link_tag(article, mention.pk, entity=stale, by=ana, seen=article.version)
    with pytest.raises(Refused, match="not in the registry any more"):
        entities.add_alias(stale, name="X", by=ana)


def test_an_address_is_never_given_twice(old: Entity, kept: Entity, article: Article, ana: User) -> None:
    merged(old, kept, ana)
    assert entities.free_slug("Mairie") == "mairie-2"
    assert entities.free_slug("new") == "new-2", "a word of our own addresses"
    assert entities.free_slug("!!!").startswith("entity")
    public = factories.make_article(status="approved").public
    PublishedTag.objects.create(publication=public, slug="digue")
    assert entities.free_slug("Digue") == "digue-2"


def test_names_are_found_without_accents_capitals_and_hyphens(old: Entity, kept: Entity) -> None:
    assert set(Entity.objects.called("hotel VILLE")) == {old, kept}
    assert set(Entity.objects.called("MAIRIE lorval")) == {old}
    assert set(Entity.objects.going_by("hôtel-de-Ville")) == {old, kept}
    assert not Entity.objects.called("lorval%").exists()
    assert not Entity.objects.called("mairie phare").exists()
    Entity.objects.filter(pk=old.pk).update(wikidata="Q77777777")
    assert list(Entity.objects.called("q77777777")) == [old]


def test_the_key_of_a_name_is_kept_with_it(old: Entity, ana: User) -> None:
    entities.rename_entity(old, name="Hôtel-de-Ville", by=ana)
    old.refresh_from_db()
    assert old.key == "hotel de ville"
    made = Entity.objects.bulk_create([Entity(name="Éva", slug="eva", type="person")])
    assert Entity.objects.get(pk=made[0].pk).key == "eva"

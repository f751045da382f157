"""An entity that nothing uses goes out of the registry, and comes back with all that was said of it."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.actions import entities, entity_undo, linking
from articles.actions.entity_removing import bring_back, remove_entity
from articles.actions.recording import Refused
from articles.models import Article, Entity, EntityAlias, EntityLogEntry, Office
from tests import factories
from tests.actions.test_entities import rows, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ghost(db: None) -> Entity:
    """An entity with everything that may be said of one, and that no article needs."""
    entity = factories.EntityFactory(name="Mairie de Lorval", slug="mairie")
    EntityAlias.objects.create(entity=entity, name="la mairie")
    Office.objects.create(entity=entity, title="Siège", since="1990")
    entity.distinct_from.add(factories.EntityFactory(name="Mairie de Lorval", slug="mairie-2"))
    return entity


def test_what_nothing_uses_is_taken_out_and_brought_back_as_it_was(ghost: Entity, article: Article, ana: User) -> None:
    tag(article, "la mairie", ghost, state="suggested")
    entities.add_alias(ghost, name="Hôtel de ville", by=ana)
    before, history = rows(), list(ghost.log.values_list("pk", flat=True))
    entry = remove_entity(ghost, by=ana)
    assert entry.summary == "took Mairie de Lorval (organisation, mairie) out of the registry"
    assert not Entity.objects.filter(slug="mairie").exists()
    assert Entity.objects.at("mairie") is None
    assert entities.free_slug("Mairie") == "mairie-3", "nobody else gets its address meanwhile"
    entity, left = bring_back(entry.pk, by=ana)
    assert (entity.slug, left) == ("mairie", 0)
    assert rows() == before
    assert set(history) < set(entity.log.values_list("pk", flat=True))
    assert [row.action for row in entity.log.all()[:2]] == ["bring_back", "remove"]
    assert not any(entity_undo.can_undo(row) for row in entity.log.all()[:2])
    with pytest.raises(Refused, match="somebody brought it back already"):
        bring_back(entry.pk, by=ana)


@pytest.mark.parametrize(
    ("use", "why"),
    [
        (lambda e, a: tag(a, "la mairie", e), "since tags of 1 article lead to it"),
        (lambda e, a: tag(a, "la mairie", e, state="rejected"), "since tags of 1 article lead to it"),
        (lambda e, a: a.attribution.filter(role="author").update(entity=e), "since 1 article is signed by it"),
        (lambda e, a: Entity.objects.filter(pk=e.pk).update(shipped=True), "it came with Newsroom"),
        (
            lambda e, a: [
                Entity.objects.filter(pk=e.pk).update(type="place"),
                factories.EntityFactory(governs=e),
            ],
            "a country with a government",
        ),
    ],
)
def test_what_is_used_stays_and_says_why(use, why: str, ghost: Entity, article: Article, ana: User) -> None:  # type: ignore[no-untyped-def]
    use(ghost, article)
    before = rows()
    with pytest.raises(Refused, match=why):
        remove_entity(ghost, by=ana)
    assert rows() == before


def test_only_who_may_change_the_registry_takes_out_of_it(ghost: Entity, ana: User, rita: User) -> None:
    with pytest.raises(PermissionDenied):
        remove_entity(ghost, by=rita)
    entry = remove_entity(ghost, by=ana)
    with pytest.raises(PermissionDenied):
        bring_back(entry.pk, by=rita)


def test_what_was_made_from_an_article_is_taken_back_in_its_own_history(article: Article, ana: User) -> None:
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    linking.link_new_entity(article, one.pk, name="Emmanuel Macron", different=True, by=ana, seen=article.version)
    one.refresh_from_db()
    made, entry = one.entity, one.entity.log.get(action="create")
    assert entry.summary.startswith(f"made from article {article.pk}, not the same as Emmanuel Macron (")
    with pytest.raises(Refused, match=r"tags of 1 article lead to it\. Take that back first"):
        entity_undo.undo(made, entry.pk, by=ana)
    article.mentions.filter(entity=made).update(entity=None)
    assert entity_undo.undo(made, entry.pk, by=ana).entity is None
    assert not EntityLogEntry.objects.filter(entity=made.pk).exists()
    entity, _ = bring_back(EntityLogEntry.objects.get(action="remove").pk, by=ana)
    assert entity.distinct_from.count() == 1


def test_an_address_that_is_taken_meanwhile_is_said(ghost: Entity, ana: User) -> None:
    entry = remove_entity(ghost, by=ana)
    factories.EntityFactory(name="Other", slug="mairie")
    with pytest.raises(Refused, match="another entity has its address"):
        bring_back(entry.pk, by=ana)
    assert EntityLogEntry.objects.get(pk=entry.pk).entity is None

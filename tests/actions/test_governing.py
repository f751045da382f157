"""A city is one entity and who governs from there another: as suggested, as an editor says, and read again."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.actions import entities, history, linking, tags
from articles.actions.entity_merging import EntityMerger, merge_entities
from articles.actions.entity_undo import undo
from articles.actions.recording import Conflict
from articles.actions.selecting import Selecting
from articles.core.edits import Span
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Entity, Mention, RememberedName
from articles.models.texts import clean_of
from articles.views.panels.preview import preview
from articles.views.panels.tags import TagGroup, TagsPanel
from tests import factories

# Two that mean who governs, one the city, one that does not tell. Every word is made up.
TEXT = """Les pêcheurs attendent un accord
Publié le 14 mars 2024 à 09h30
Le comité des pêcheurs de Lorval a négocié avec Rabat pendant trois semaines, a-t-il indiqué lundi dans un communiqué.
Selon Rabat, les bateaux de la flotte reprendront la mer dès que le texte aura été lu par les deux commissions.
Une délégation de douze patrons de pêche est arrivée à Rabat dimanche soir, avec ses cartes et ses carnets de bord.
Le sort de Lisbonne inquiète davantage les armateurs, qui craignent une saison sans sardines sur toute la côte.
"""


@pytest.fixture
def article(db: None) -> Article:
    return factories.ArticleFactory(text=TEXT)


@pytest.fixture
def government(db: None) -> Entity:
    return Entity.objects.get(name="gouvernement du Maroc")


@pytest.fixture
def city(db: None) -> Entity:
    return Entity.objects.get(name="Rabat")


def rabat(article: Article) -> list[Mention]:
    return list(article.mentions.filter(surface="Rabat").exclude(state="rejected").order_by("start"))


def meant(article: Article) -> list[tuple[str, str, str]]:
    """Type, sense and entity of each "Rabat" of the article."""
    return [(row.type, row.sense, row.entity.name if row.entity else "") for row in rabat(article)]


POWER, PLACE = ("organisation", "power", "gouvernement du Maroc"), ("place", "place", "Rabat")


def groups(article: Article) -> list[TagGroup]:
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    panel = TagsPanel(list(article.mentions.select_related("entity")), clean, article)
    return [group for _, found in panel.groups for group in found]


def test_a_suggestion_is_on_whom_the_words_mean_and_the_panel_keeps_both_apart(article: Article) -> None:
    assert meant(article) == [POWER, POWER, PLACE]
    found = {group.full: group for group in groups(article)}
    power, place = found["gouvernement du Maroc"], found["Rabat"]
    assert (len(power.mentions), power.power, power.written, power.choices) == (2, True, ["Rabat"], [])
    assert (len(place.mentions), place.power, place.written) == (1, False, [])
    assert (found["Lisbonne"].asks_sense.surface, found["Lisbonne"].asked_of) == ("Lisbonne", 1)
    assert max(row.score for row in rabat(article)[:2]) <= 0.95


def test_confirming_one_does_not_confirm_the_other(article: Article, ana: User) -> None:
    tags.confirm_tag(article, rabat(article)[0].pk, by=ana, seen=article.version)
    assert [row.state for row in rabat(article)] == ["confirmed", "confirmed", "suggested"]
    assert meant(article) == [POWER, POWER, PLACE]


def test_an_editor_s_word_moves_type_and_entity_stays_when_read_again_and_is_taken_back(
    article: Article, ana: User
) -> None:
    one, _, place = rabat(article)
    linking.say_sense(article, one.pk, sense="place", by=ana, seen=article.version)
    linking.say_sense(article, place.pk, sense="power", by=ana, seen=article.version)
    assert meant(article) == [PLACE, POWER, POWER]
    reread(article, memory=desk_memory(), by=ana)
    assert meant(article) == [PLACE, POWER, POWER]
    for entry in article.log.filter(action="say_sense"):
        history.undo(article, entry.pk, by=ana)
    assert meant(article) == [POWER, POWER, PLACE]
    assert {row.state for row in rabat(article)} == {"suggested"}


def test_one_answer_holds_for_all_suggestions_that_it_means_who_governs(article: Article, ana: User) -> None:
    chosen = linking.say_sense(
        article, rabat(article)[0].pk, sense="place", everywhere=True, by=ana, seen=article.version
    )
    assert len(chosen) == 2
    assert meant(article) == [PLACE, PLACE, PLACE]
    assert article.log.first().summary == "said that “Rabat” means the place"


def test_an_answer_to_what_the_words_leave_open_leads_to_the_government(article: Article, ana: User) -> None:
    open_ = article.mentions.get(surface="Lisbonne")
    assert (open_.type, open_.sense, open_.entity.name) == ("place", "open", "Lisbonne")
    linking.say_sense(article, open_.pk, sense="power", everywhere=True, by=ana, seen=article.version)
    open_.refresh_from_db()
    assert (open_.type, open_.entity.name, open_.state) == ("organisation", "gouvernement du Portugal", "confirmed")
    assert RememberedName.objects.get(key="lisbonne").type == "organisation"


def test_what_two_articles_said_answers_on_the_next(ana: User, db: None) -> None:
    for port in ("Lorval", "Bréval"):
        article = factories.ArticleFactory(text=TEXT.replace("Lorval", port))
        open_ = article.mentions.get(surface="Lisbonne")
        assert open_.sense == "open"
        linking.say_sense(article, open_.pk, sense="power", by=ana, seen=article.version)
    third = factories.ArticleFactory(text=TEXT.replace("Lorval", "Kerval"))
    known = third.mentions.get(surface="Lisbonne")
    assert (known.type, known.state, known.entity.name) == ("organisation", "suggested", "gouvernement du Portugal")
    assert known.score <= 0.75, "it is likely, and no more"
    # Taken back, it is asked about again.
    history.undo(article, article.log.filter(action="say_sense").get().pk, by=ana)
    reread(third, memory=desk_memory(), by=ana)
    assert third.mentions.get(surface="Lisbonne").sense == "open"


def test_a_government_is_no_link_any_more_once_somebody_else_bears_the_name(article: Article, ana: User) -> None:
    factories.EntityFactory(name="Rabat", type="person")
    tags.confirm_tag(article, rabat(article)[0].pk, by=ana, seen=article.version)
    assert meant(article)[0] == ("organisation", "power", "")
    (group,) = [group for group in groups(article) if group.power]
    assert [choice.entity.name for choice in group.choices] == ["gouvernement du Maroc"]
    assert group.choices[0].reasons == ("the words mean who governs there",)
    reread(article, memory=desk_memory(), by=ana)
    other = factories.ArticleFactory(text=TEXT.replace("Lorval", "Bréval"))
    assert [row.entity for row in rabat(other)] == [None, None, None]
    # On a person's word it is who governs there, whoever else is called so.
    linking.say_sense(other, rabat(other)[0].pk, sense="power", by=ana, seen=other.version)
    assert meant(other)[0] == POWER


def test_of_a_city_where_two_govern_the_editor_is_asked_which(ana: User, db: None) -> None:
    article = factories.ArticleFactory(text=TEXT.replace("Lisbonne", "Bruxelles"))
    open_ = article.mentions.get(surface="Bruxelles")
    linking.say_sense(article, open_.pk, sense="power", by=ana, seen=article.version)
    (group,) = [group for group in groups(article) if group.first.pk == open_.pk]
    names = {choice.entity.name for choice in group.choices}
    assert names == {"gouvernement de la Belgique", "Union européenne"}
    union = Entity.objects.get(name="Union européenne")
    linking.link_tag(article, open_.pk, entity=union, by=ana, seen=article.version)
    open_.refresh_from_db()
    assert (open_.entity, open_.sense) == (union, "power")
    # Whom a person linked stays.
    linking.say_sense(article, open_.pk, sense="power", by=ana, seen=article.version)
    open_.refresh_from_db()
    assert open_.entity == union


def test_all_mentions_of_a_selected_name_are_those_that_mean_the_same(article: Article, ana: User) -> None:
    one, two, city = ((row.start, row.end) for row in rabat(article))
    found = preview(article, Span(start=one[0], end=one[1]), "")
    assert (found.spans, found.others) == ([Span(*one), Span(*two)], 1)
    assert preview(article, Span(*city), "").spans == [Span(*city)]
    assert preview(article, None, "Rabat").count == 2
    # Blind, nobody is told what the machine says.
    page = Selecting(article)
    assert page.everywhere(page.words(Span(*one))) == [Span(*one), Span(*two), Span(*city)]
    tags.tag_span(article, Span(*city), type="place", everywhere=True, by=ana, seen=article.version)
    assert [row.state for row in rabat(article)] == ["suggested", "suggested", "confirmed"]
    tags.tag_words(article, "Rabat", type="organisation", everywhere=True, by=ana, seen=article.version)
    assert meant(article) == [POWER, POWER, PLACE]


def test_tagged_by_hand_as_an_organisation_it_may_be_who_governs_there(article: Article, ana: User) -> None:
    _, _, city = rabat(article)
    (made,) = tags.tag_span(
        article, Span(city.start, city.end), type="organisation", everywhere=False, by=ana, seen=article.version
    )
    assert (made.sense, made.entity) == ("power", None)
    (group,) = [group for group in groups(article) if made in group.mentions]
    assert [choice.entity.name for choice in group.choices] == ["gouvernement du Maroc"]
    # The rejected suggestion of the place takes over again where an editor says so.
    linking.say_sense(article, made.pk, sense="place", by=ana, seen=article.version)
    assert meant(article)[2] == PLACE
    changed = tags.change_tag(article, city.pk, type="organisation", everywhere=False, by=ana, seen=article.version)
    assert changed
    assert meant(article)[2][:2] == ("organisation", "power")


def test_two_editors_of_one_answer_are_told(article: Article, ana: User, bea: User) -> None:
    seen, mine = article.version, Article.objects.get(pk=article.pk)
    linking.say_sense(article, rabat(article)[0].pk, sense="place", by=ana, seen=seen)
    with pytest.raises(Conflict):
        linking.say_sense(mine, rabat(article)[0].pk, sense="power", by=bea, seen=seen)


def test_who_governs_rejected_leaves_the_city(article: Article, ana: User) -> None:
    tags.reject_tag(article, rabat(article)[0].pk, reason="not a name", by=ana, seen=article.version)
    reread(article, memory=desk_memory(), by=ana)
    assert meant(article) == [PLACE]


def test_only_an_organisation_governs(government: Entity, ana: User) -> None:
    place = factories.EntityFactory(type="place")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entity.objects.filter(pk=place.pk).update(governs=Entity.objects.get(name="Maroc"))
    entities.change_type(government, type="event", by=ana)
    government.refresh_from_db()
    assert government.governs is None
    undo(government, government.log.first().pk, by=ana)
    government.refresh_from_db()
    assert government.governs.name == "Maroc"


def test_who_governs_follows_a_merge_of_the_country_and_of_the_government(government: Entity, ana: User) -> None:
    land = Entity.objects.get(name="Maroc")
    other = factories.EntityFactory(name="Royaume du couchant", type="place", country="MA")
    merge_entities(land, into=other, seal=EntityMerger(gone=land, kept=other).seal, by=ana)
    government.refresh_from_db()
    assert government.governs == other
    own = factories.EntityFactory(name="cabinet de Rabat", type="organisation")
    merge_entities(government, into=own, seal=EntityMerger(gone=government, kept=own).seal, by=ana)
    own.refresh_from_db()
    assert own.governs == other
    assert [one.name for one in Entity.objects.governing("MA")] == ["cabinet de Rabat"]
    undo(own, own.log.get(action="merge").pk, by=ana)
    undo(other, other.log.get(action="merge").pk, by=ana)
    government.refresh_from_db()
    assert government.governs.name == "Maroc"

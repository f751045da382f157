"""Who is meant: nobody by mere sameness of name, and on a person's word whoever they say."""

import pytest
from django.contrib.auth.models import User

from articles.actions import attribution, entities, history, linking, tags
from articles.actions.attribution import LinkSaid
from articles.actions.entity_merging import EntityMerger, merge_entities
from articles.actions.recording import Refused
from articles.core.edits import Span
from articles.core.entities.linking import Asked
from articles.core.values import Mention as Found
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.intake.suggesting import suggestions
from articles.models import Article, Attribution, Entity, EntityAlias, Mention
from articles.models.bearers import shared
from articles.models.texts import clean_of
from articles.views.panels.linking import Signer, keys_of, known_of, signers
from articles.views.panels.tags import TagGroup, TagsPanel
from tests import factories

# A page whose journalist bears the name of somebody in public life. Every word of it is made up.
BYLINE = """La mairie de Bréval a annoncé mardi un accord sur la pêche dans le détroit, après deux jours de réunions au \
port. Les bateaux {n} reprendront la mer au printemps, a indiqué la capitainerie dans un communiqué.
Le quai du nord restera fermé jusqu'en mai, le temps de refaire la digue que les vagues ont emportée pendant l'hiver.
Gabriel Attal
Bréval : les bateaux reprendront la mer
International.
Publié le 18/01/2023 à 16h30 - Par Gabriel Attal
Vous devez être connecté pour commenter cet article."""
OUTLET = "Radio Bréval"


@pytest.fixture
def minister(db: None) -> Entity:
    entity = Entity.objects.get(name="Gabriel Attal")
    entity.description = "prime minister of France"
    entity.save()
    return entity


def page(n: int = 3, outlet: str = OUTLET) -> Article:
    return factories.ArticleFactory(text=BYLINE.format(n=n), outlet=outlet)


def author(article: Article) -> Attribution:
    return article.attribution.get(role="author", name="Gabriel Attal")


def asked(article: Article) -> list[Signer]:
    return signers(article, list(article.attribution.exclude(decision="removed")), words={})


def group(article: Article, surface: str) -> TagGroup:
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    panel = TagsPanel(list(article.mentions.select_related("entity")), clean, article)
    return next(one for _, found in panel.groups for one in found if one.first.surface == surface)


def test_who_goes_by_the_family_name_alone_is_one_candidate(db: None) -> None:
    """A family name that is an alias too finds its bearer both ways."""
    trump = Entity.objects.get(name="Donald Trump")
    assert "Trump" in trump.names
    words = Asked(surface="Trump", type="person")
    assert keys_of(words, known_of([words])) == (trump.pk,)


def test_a_byline_is_asked_about_and_never_linked_by_itself(minister: Entity) -> None:
    article = page()
    assert author(article).entity is None
    assert not article.mentions.filter(entity=minister).exists()
    (signer,) = asked(article)
    (choice,) = signer.choices
    assert (choice.entity, choice.proposed) == (minister, False)
    assert choice.against == ("is known for an office: Premier ministre de la France, 2024-01-09 – 2024-09-05",)


def test_who_signs_is_a_different_person_and_the_desk_remembers(minister: Entity, ana: User) -> None:
    first = page()
    linking.name_new_signer(first, author(first).pk, by=ana, seen=first.version)
    journalist = author(first).entity
    assert (journalist.name, journalist.type, journalist.description) == (
        "Gabriel Attal", "person", "journalist, Radio Bréval",
    )  # fmt: skip
    assert list(journalist.distinct_from.all()) == [minister]
    assert author(first).decision == "confirmed"
    assert asked(first) == []
    assert "not the same as Gabriel Attal (prime minister of France)" in journalist.log.get().summary
    # Read again, it is who it was said to be.
    reread(first, memory=desk_memory(), by=ana)
    assert author(first).entity == journalist
    # The next page of that outlet proposes the journalist first, and links nobody.
    (signer,) = asked(page(4))
    assert [(choice.entity, choice.proposed) for choice in signer.choices] == [(journalist, True), (minister, False)]
    assert "the only one of that name in the bylines of Radio Bréval so far (1)" in signer.choices[0].reasons
    assert author(signer.link.article).entity is None
    # On another outlet's page it is only a candidate.
    (signer,) = asked(page(5, outlet="Le Courrier du Cap"))
    assert [choice.proposed for choice in signer.choices] == [False, False]


def test_who_signs_is_one_of_the_registry_and_that_can_be_taken_back(minister: Entity, ana: User) -> None:
    article = page()
    linking.name_signer(article, author(article).pk, entity=minister, by=ana, seen=article.version)
    assert author(article).entity == minister
    assert article.log.first().summary == "said that author “Gabriel Attal” is Gabriel Attal, prime minister of France"
    history.undo(article, article.log.first().pk, by=ana)
    assert (author(article).entity, author(article).decision) == (None, "open")
    assert len(asked(article)) == 1


def test_a_corrected_byline_is_nobody_again(minister: Entity, ana: User) -> None:
    article = page()
    link = linking.name_signer(article, author(article).pk, entity=minister, by=ana, seen=article.version)
    attribution.correct_link(article, link.pk, said=LinkSaid(role="author", name="Gabi Attal"), by=ana, seen=9)
    link.refresh_from_db()
    assert link.entity is None


def test_only_a_person_signs_and_only_a_signer_is_named(minister: Entity, ana: User, article: Article) -> None:
    signed = article.attribution.get(role="author")
    with pytest.raises(Refused, match="signs nothing"):
        linking.name_signer(article, signed.pk, entity=factories.EntityFactory(), by=ana, seen=article.version)
    other = article.attribution.exclude(role="author").first()
    with pytest.raises(Refused, match="Only a name that signs"):
        linking.name_signer(article, other.pk, entity=minister, by=ana, seen=article.version)
    with pytest.raises(Refused, match="not there any more"):
        linking.name_new_signer(article, other.pk, by=ana, seen=article.version)


NAMESAKES = {
    "the same name": lambda e: factories.EntityFactory(name=e.name, type="person"),
    "of another type": lambda e: factories.EntityFactory(name=e.name, type="place"),
    "in capitals": lambda e: factories.EntityFactory(name=e.name.upper(), type="person"),
    "without accents": lambda e: factories.EntityFactory(name="Jerome Péan", type="person"),
    "an alias": lambda e: EntityAlias.objects.create(entity=factories.EntityFactory(), name=e.name),
    "an alias of its": lambda e: factories.EntityFactory(name="Jojo", type="person"),
    "told apart": lambda e: e.distinct_from.add(factories.EntityFactory(name="Autre", type="person")),
}


@pytest.mark.parametrize("how", NAMESAKES)
def test_nothing_is_linked_by_itself_where_two_may_be_meant(how: str, article: Article, ana: User) -> None:
    known = factories.EntityFactory(name="Jérôme Péan", type="person")
    EntityAlias.objects.create(entity=known, name="Jojo")
    at = article.raw_text.index("Emmanuel Macron")
    found = Found(
        span=Span(start=at, end=at + 15), surface="Emmanuel Macron", type="person", score=0.9, origin="registry",
        entity=known.name,
    )  # fmt: skip
    (alone,) = suggestions(article, [found], [])
    assert alone.entity == known
    article.mentions.filter(start=at).delete()
    alone.save()
    NAMESAKES[how](known)
    assert shared([known.pk]) == {known.pk}
    (one,) = suggestions(article, [found], [])
    assert (one.entity, one.candidate) == (None, known.name)
    assert next(entity for entity in desk_memory().entities if entity.name == known.name).ambiguous
    # Nor does confirming everything say who is meant.
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    alone.refresh_from_db()
    assert (alone.state, alone.entity, alone.candidate) == ("confirmed", None, known.name)


def test_confirming_a_name_that_one_alone_bears_keeps_its_link(article: Article, ana: User) -> None:
    paris = article.mentions.get(surface="Paris")
    linked = paris.entity
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    paris.refresh_from_db()
    assert linked is not None
    assert paris.entity == linked


def test_the_panel_ranks_who_may_be_meant_with_reasons(ana: User, article: Article) -> None:
    known = Entity.objects.get(name="Emmanuel Macron")
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    linking.link_new_entity(article, one.pk, name="Emmanuel Macron", different=True, by=ana, seen=article.version)
    other = Mention.objects.get(pk=one.pk).entity
    assert other.description.startswith("named by") or not article.outlet_name
    second = factories.ArticleFactory()
    choices = group(second, "Emmanuel Macron").choices
    assert [choice.entity for choice in choices] == [known, other]
    assert choices[0].reasons[0] == "in office on 14 March 2024: président de la République française"
    assert any("1 article" in reason or "(1)" in reason for reason in choices[1].reasons)


def test_a_link_holds_for_the_short_name_too(ana: User, db: None) -> None:
    text = factories.TEXT.replace("Il a rappelé", "M. Macron a rappelé")
    article = factories.ArticleFactory(text=text)
    known = Entity.objects.get(name="Emmanuel Macron")
    whole = article.mentions.filter(surface="Emmanuel Macron").first()
    linking.link_tag(article, whole.pk, entity=known, by=ana, seen=article.version)
    short = article.mentions.get(whole="Emmanuel Macron")
    assert (short.entity, short.state) == (known, "confirmed")


def test_an_editor_says_what_the_name_of_a_capital_means(article: Article, ana: User) -> None:
    paris = article.mentions.get(surface="Paris")
    with pytest.raises(Refused, match="Choose the place"):
        linking.say_sense(article, paris.pk, sense="x", by=ana, seen=article.version)
    linking.say_sense(article, paris.pk, sense="power", by=ana, seen=article.version)
    paris.refresh_from_db()
    assert (paris.sense, paris.state, paris.decided_by) == ("power", "confirmed", ana)
    assert article.log.first().summary == "said that “Paris” means who governs there"
    reread(article, memory=desk_memory(), by=ana)
    assert article.mentions.get(surface="Paris").sense == "power"
    history.undo(article, article.log.filter(action="say_sense").get().pk, by=ana)
    assert article.mentions.get(surface="Paris").state == "suggested"
    macron = article.mentions.filter(surface="Emmanuel Macron").first()
    with pytest.raises(Refused, match="Only the name of a country"):
        linking.say_sense(article, macron.pk, sense="power", by=ana, seen=article.version)


def found_at(article: Article, surface: str, kind: str, *, last: bool = True) -> Found:
    at = article.raw_text.rindex(surface) if last else article.raw_text.index(surface)
    return Found(
        span=Span(start=at, end=at + len(surface)), surface=surface, type=kind, score=0.9, origin="model"  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "again", "comes"),
    [
        ("not a name", "place", False),
        ("", "person", False),
        ("another type", "place", False),
        ("another type", "organisation", True),
    ],
)
def test_a_rejected_name_stays_away_from_other_places(
    reason: str, again: str, comes: bool, article: Article, ana: User
) -> None:
    paris = article.mentions.get(surface="Paris")
    tags.reject_tag(article, paris.pk, reason=reason, by=ana, seen=article.version)
    assert (article.log.first().reason, Mention.objects.get(pk=paris.pk).reason) == (reason, reason)
    elsewhere = Found(span=Span(start=0, end=5), surface="PARIS", type=again, score=0.9, origin="model")  # type: ignore[arg-type]
    assert bool(suggestions(article, [elsewhere], list(article.mentions.all()))) is comes
    assert suggestions(article, [found_at(article, "Paris", again)], list(article.mentions.all())) == []


def test_a_name_rejected_at_one_place_is_still_suggested_at_others(article: Article, ana: User) -> None:
    one, other = article.mentions.filter(surface="Emmanuel Macron")
    tags.reject_tag(article, one.pk, everywhere=False, by=ana, seen=article.version)
    reread(article, memory=desk_memory(), by=ana)
    assert article.mentions.filter(surface="Emmanuel Macron", start=other.start, state="suggested").exists()
    left = article.mentions.get(surface="Emmanuel Macron", start=other.start)
    tags.reject_tag(article, left.pk, by=ana, seen=article.version)
    reread(article, memory=desk_memory(), by=ana)
    assert set(article.mentions.filter(surface="Emmanuel Macron").values_list("state", flat=True)) == {"rejected"}
    tags.confirm_tag(article, one.pk, everywhere=False, by=ana, seen=article.version)
    assert Mention.objects.get(pk=one.pk).reason == ""


def namesake_made(article: Article, by: User) -> Entity:
    """Somebody else of the name "Emmanuel Macron", made from an article."""
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    linking.link_new_entity(article, one.pk, name="Emmanuel Macron", different=True, by=by, seen=article.version)
    return Mention.objects.get(pk=one.pk).entity


def test_taking_back_that_it_is_a_different_one_takes_the_different_one_away(article: Article, ana: User) -> None:
    known = Entity.objects.get(name="Emmanuel Macron")
    before = list(article.mentions.order_by("pk").values_list("pk", "entity", "state"))
    made, entry = namesake_made(article, ana), article.log.first()
    assert f"added Emmanuel Macron ({made.which}) to the registry, not the same as Emmanuel Macron (" in entry.summary
    assert entry.summary.endswith("and linked “Emmanuel Macron” to it, 2 mentions")
    undone = history.undo(article, entry.pk, by=ana)
    assert undone.summary.endswith(f"; Emmanuel Macron ({made.which}) is not in the registry any more")
    assert not Entity.objects.filter(pk=made.pk).exists()
    assert not known.distinct_from.exists()
    assert shared([known.pk]) == set(), "the next article asks nothing"
    assert list(article.mentions.order_by("pk").values_list("pk", "entity", "state")) == before
    # Taken back in turn, all of it is there again, and so on.
    again = history.undo(article, undone.pk, by=ana)
    assert again.summary.endswith("is in the registry again")
    assert set(article.mentions.filter(surface="Emmanuel Macron").values_list("entity", flat=True)) == {made.pk}
    assert list(known.distinct_from.all()) == [made]
    history.undo(article, again.pk, by=ana)
    assert not Entity.objects.filter(pk=made.pk).exists()


def test_what_others_use_by_now_stays_and_the_undo_says_why(article: Article, ana: User, bea: User) -> None:
    made, entry = namesake_made(article, ana), article.log.first()
    other = factories.ArticleFactory()
    linking.link_tag(
        other, other.mentions.filter(surface="Emmanuel Macron").first().pk, entity=made, by=bea, seen=other.version
    )
    undone = history.undo(article, entry.pk, by=ana)
    assert undone.summary.endswith("stays in the registry: tags of 1 article lead to it")
    assert Entity.objects.filter(pk=made.pk).exists()
    assert not article.mentions.filter(entity=made).exists()


def test_what_somebody_wrote_more_on_stays(article: Article, ana: User, bea: User) -> None:
    made, entry = namesake_made(article, ana), article.log.first()
    entities.describe_entity(made, description="fisherman of Lorval", by=bea)
    assert history.undo(article, entry.pk, by=ana).summary.endswith("somebody wrote more on it since")
    assert Entity.objects.filter(pk=made.pk).exists()


def test_an_entity_that_was_merged_since_is_no_hindrance(article: Article, ana: User) -> None:
    made, entry = namesake_made(article, ana), article.log.first()
    known = Entity.objects.get(wikidata="Q3052772")
    made.distinct_from.clear()
    merge_entities(made, into=known, seal=EntityMerger(gone=made, kept=known).seal, by=ana)
    history.undo(article, entry.pk, by=ana)
    assert Entity.objects.filter(pk=known.pk).exists()


def test_a_byline_that_is_taken_back_leaves_no_person_behind(minister: Entity, ana: User) -> None:
    article = page()
    linking.name_new_signer(article, author(article).pk, by=ana, seen=article.version)
    journalist, entry = author(article).entity, article.log.first()
    assert entry.summary.startswith("added Gabriel Attal (journalist, Radio Bréval) to the registry, not the same as")
    history.undo(article, entry.pk, by=ana)
    assert not Entity.objects.filter(pk=journalist.pk).exists()
    assert not minister.distinct_from.exists()
    assert [choice.entity for choice in asked(article)[0].choices] == [minister]


def test_confirming_says_which_names_several_bear(article: Article, ana: User) -> None:
    """A link that falls away is said, not dropped in silence."""
    for name in ("Paris", "Emmanuel Macron"):
        known = Entity.objects.filter(name=name).first()
        article.mentions.filter(surface=name).update(entity=known, type=known.type, state="suggested")
        factories.EntityFactory(name=name, type=known.type)
    paris = article.mentions.get(surface="Paris")
    tags.confirm_tag(article, paris.pk, by=ana, seen=article.version)
    said = article.log.first().summary
    assert said == "confirmed the tag “Paris”; “Paris” is borne by several and leads to none of them yet: choose which"
    history.undo(article, article.log.first().pk, by=ana)
    article.refresh_from_db()
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    assert "2 names are borne by several and lead to none of them yet: choose which (" in article.log.first().summary

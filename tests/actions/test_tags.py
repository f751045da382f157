"""Decisions on tags."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks, history, linking, tags
from articles.actions.publishing import snapshot
from articles.actions.recording import Conflict, Refused
from articles.actions.selecting import Selecting
from articles.core.edits import Span
from articles.models import Article, Entity, EntityAlias, Mention
from articles.models.texts import clean_of
from articles.views.panels.tags import TagsPanel
from tests import factories
from tests.factories import block_with


def span_of(article: Article, words: str) -> Span:
    at = article.raw_text.index(words)
    return Span(start=at, end=at + len(words))


def words_of(article: Article, mention: Mention) -> str:
    return article.raw_text[mention.start : mention.end]


@pytest.mark.parametrize("selected", ["Lorval a", "orva", " Lorval", "Lorval "])
def test_a_selection_snaps_to_whole_words(article: Article, ana: User, selected: str) -> None:
    # What the machine suggests there would be confirmed, and stay the machine's.
    article.mentions.all().delete()
    at = article.raw_text.index("Le port de Lorval a rouvert") + len("Le port de")
    at = article.raw_text.index(selected, at)
    span = Span(start=at, end=at + len(selected))
    (made,) = tags.tag_span(article, span, type="place", everywhere=False, by=ana, seen=article.version)
    assert words_of(article, made) == ("Lorval a" if selected == "Lorval a" else "Lorval")
    assert (made.state, made.origin, made.decided_by, made.scope) == ("confirmed", "person", ana, "text")


def test_a_selection_without_a_word_is_refused(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="no word"):
        tags.tag_span(article, span_of(article, "« "), type="place", everywhere=False, by=ana, seen=article.version)


def test_a_selection_beyond_the_text_is_refused(article: Article, ana: User) -> None:
    end = len(article.raw_text)
    with pytest.raises(Refused):
        tags.tag_span(
            article,
            Span(start=end + 10, end=end + 20),
            type="place",
            everywhere=False,
            by=ana,
            seen=article.version,
        )


def test_all_mentions_are_tagged_at_once(article: Article, ana: User) -> None:
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    # The title and the text (the dateline is in capitals), and the caption.
    assert len(made) == 3
    assert {words_of(article, mention) for mention in made} == {"Lorval"}
    assert sorted(mention.scope for mention in made) == ["caption", "text", "text"]
    assert article.log.first().summary == "tagged “Lorval” as place, 3 mentions"


def test_typed_words_are_tagged_at_their_first_place(article: Article, ana: User) -> None:
    made = tags.tag_words(article, " “Lorval”, ", type="place", everywhere=False, by=ana, seen=article.version)
    assert len(made) == 1
    assert made[0].start == article.raw_text.index("Lorval")


def test_words_are_found_as_whole_words_only(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="does not stand in"):
        tags.tag_words(article, "Lorv", type="place", everywhere=True, by=ana, seen=article.version)


@pytest.mark.parametrize("words", ["", "  ", "«»", "…"])
def test_no_words_are_refused(article: Article, ana: User, words: str) -> None:
    with pytest.raises(Refused, match="Write the words"):
        tags.tag_words(article, words, type="place", everywhere=True, by=ana, seen=article.version)


def test_words_of_removed_text_are_not_tagged(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="not part of the article"):
        tags.tag_span(
            article, span_of(article, "Facebook"), type="organisation", everywhere=False, by=ana, seen=article.version
        )
    with pytest.raises(Refused, match="does not stand in"):
        tags.tag_words(article, "Facebook", type="organisation", everywhere=True, by=ana, seen=article.version)


def test_a_type_that_does_not_exist_is_refused(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="Choose person"):
        tags.tag_words(article, "Lorval", type="boat", everywhere=False, by=ana, seen=article.version)


def test_tagging_words_that_are_suggested_confirms_them(article: Article, ana: User) -> None:
    before = article.mentions.count()
    tags.tag_words(article, "Emmanuel Macron", type="person", everywhere=True, by=ana, seen=article.version)
    assert article.mentions.count() == before
    assert set(article.mentions.filter(surface="Emmanuel Macron").values_list("state", flat=True)) == {"confirmed"}


def test_tagging_words_as_another_type_sets_the_first_aside(article: Article, ana: User) -> None:
    tags.tag_words(article, "Paris", type="organisation", everywhere=False, by=ana, seen=article.version)
    assert dict(article.mentions.filter(surface="Paris").values_list("type", "state")) == {
        "place": "rejected",
        "organisation": "confirmed",
    }


def test_a_suggestion_is_confirmed_wherever_the_same_is_named(article: Article, ana: User) -> None:
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    assert len(tags.confirm_tag(article, one.pk, by=ana, seen=article.version)) == 2
    assert article.mentions.filter(state="confirmed").count() == 2


def test_a_suggestion_is_rejected_here_only_where_asked(article: Article, ana: User) -> None:
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    tags.reject_tag(article, one.pk, everywhere=False, by=ana, seen=article.version)
    assert list(article.mentions.filter(surface="Emmanuel Macron").values_list("state", flat=True)) == [
        "rejected",
        "suggested",
    ]


def test_confirming_all_confirms_every_suggestion_and_no_rejection(article: Article, ana: User) -> None:
    paris = article.mentions.get(surface="Paris")
    tags.reject_tag(article, paris.pk, by=ana, seen=article.version)
    count = tags.confirm_all_tags(article, by=ana, seen=article.version)
    assert count == article.mentions.filter(state="confirmed").count() == article.mentions.count() - 1
    paris.refresh_from_db()
    assert paris.state == "rejected"
    before = article.log.count()
    assert tags.confirm_all_tags(article, by=ana, seen=article.version) == 0
    assert article.log.count() == before


def test_a_change_of_type_drops_an_entity_of_the_old_type(article: Article, ana: User) -> None:
    paris = article.mentions.get(surface="Paris")
    assert paris.entity is not None
    tags.change_tag(article, paris.pk, type="person", by=ana, seen=article.version)
    paris.refresh_from_db()
    assert (paris.type, paris.entity, paris.state) == ("person", None, "confirmed")


def test_a_change_to_a_type_that_is_taken_confirms_the_one_that_is_there(article: Article, ana: User) -> None:
    paris = article.mentions.get(surface="Paris")
    tags.tag_words(article, "Paris", type="event", everywhere=False, by=ana, seen=article.version)
    event = article.mentions.get(surface="Paris", type="event")
    tags.reject_tag(article, event.pk, by=ana, seen=article.version)
    tags.change_tag(article, paris.pk, type="event", everywhere=False, by=ana, seen=article.version)
    paris.refresh_from_db()
    event.refresh_from_db()
    assert (paris.state, event.state) == ("rejected", "confirmed")


def test_a_tag_is_linked_to_an_entity_of_its_type_everywhere(article: Article, ana: User) -> None:
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    place = factories.EntityFactory(name="Lorval", type="place")
    linking.link_tag(article, made[0].pk, entity=place, by=ana, seen=article.version)
    assert set(article.mentions.filter(surface="Lorval").values_list("entity", flat=True)) == {place.pk}
    with pytest.raises(Refused, match="Change one of them first"):
        linking.link_tag(
            article, made[0].pk, entity=factories.EntityFactory(type="person"), by=ana, seen=article.version
        )


def test_a_homonym_becomes_an_entity_of_its_own_told_apart_from_the_other(article: Article, ana: User) -> None:
    known = Entity.objects.get(name="Emmanuel Macron")
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    linking.link_new_entity(article, one.pk, name=" Emmanuel  Macron ", different=True, by=ana, seen=article.version)
    one.refresh_from_db()
    assert one.entity not in {None, known}
    assert (one.entity.name, one.entity.type) == ("Emmanuel Macron", "person")
    assert known in one.entity.distinct_from.all()
    assert one.entity.slug != known.slug


@pytest.mark.parametrize("name", ["", "   "])
def test_an_entity_without_a_name_is_refused(article: Article, ana: User, name: str) -> None:
    with pytest.raises(Refused, match="Write the name"):
        linking.link_new_entity(article, article.mentions.first().pk, name=name, by=ana, seen=article.version)


def test_a_refused_link_leaves_no_entity_behind(article: Article, rita: User, ana: User) -> None:
    from articles.actions.recording import Conflict, NotAllowed

    before, pk = Entity.objects.count(), article.mentions.first().pk
    with pytest.raises(NotAllowed):
        linking.link_new_entity(article, pk, name="Quelqu'un", by=rita, seen=article.version)
    tags.confirm_tag(article, pk, by=ana, seen=article.version)
    with pytest.raises(Conflict):
        linking.link_new_entity(article, pk, name="Quelqu'un", by=ana, seen=1)
    assert Entity.objects.count() == before


def test_a_tag_comes_back_with_its_block(article: Article, ana: User) -> None:
    row = block_with(article, "à Paris avec")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert article.mentions.filter(surface="Paris").exists(), "it waits in the tray"
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert article.mentions.filter(surface="Paris", state="suggested").exists()


def test_a_tag_in_a_page_stands_on_the_words_a_reader_sees(ana: User, db: None) -> None:
    page = factories.ArticleFactory(text=factories.PAGE.replace("halles &amp; sur", "halles de <i>Saint</i> Jean sur"))
    made = tags.tag_words(page, "Saint Jean", type="place", everywhere=True, by=ana, seen=page.version)
    assert [mention.surface for mention in made] == ["Saint Jean"]
    assert page.raw_text[made[0].start : made[0].end] == "Saint</i> Jean"


def panel(article: Article) -> TagsPanel:
    rows = list(article.blocks.all())
    return TagsPanel(list(article.mentions.all()), clean_of(article, rows, article.edits.all()), blocks=rows)


@pytest.mark.parametrize(
    ("written", "selected", "shown"),
    [
        ("Andr&eacute; Morel", "Andr", "André"),
        ("Andr&eacute; Morel", "eacute", "André"),
        ("Jose\u0301 Morel", "Jose", "Jose\u0301"),
        ("יְרוּשָׁלַיִם Morel", "יְר", "יְרוּשָׁלַיִם"),
    ],
)
def test_a_selection_snaps_to_words_as_they_are_shown(ana: User, written: str, selected: str, shown: str) -> None:
    page = factories.ArticleFactory(text=factories.PAGE.replace("halles &amp; sur", f"halles de {written} sur"))
    at = page.raw_text.index(written) + written.index(selected)
    (made,) = tags.tag_span(
        page, Span(start=at, end=at + len(selected)), type="person", everywhere=False, by=ana, seen=page.version
    )
    assert made.surface == shown
    assert page.raw_text[made.start : made.end] == written.removesuffix(" Morel")
    assert shown in [tag["name"] for tag in snapshot(page).tags]


def test_typed_words_keep_their_accents_and_are_not_found_without(ana: User, db: None) -> None:
    page = factories.ArticleFactory(text=factories.PAGE.replace("halles &amp; sur", "halles de Jose\u0301 sur"))
    (made,) = tags.tag_words(page, "«Jose\u0301»", type="person", everywhere=True, by=ana, seen=page.version)
    assert made.surface == "Jose\u0301"
    with pytest.raises(Refused, match="does not stand in"):
        tags.tag_words(page, "Jose", type="person", everywhere=True, by=ana, seen=page.version)


def test_a_selection_across_blocks_is_refused(article: Article, ana: User) -> None:
    first, second = article.blocks.all()[:2]
    with pytest.raises(Refused, match="words of one block"):
        tags.tag_span(
            article,
            Span(start=first.start, end=second.end),
            type="person",
            everywhere=False,
            by=ana,
            seen=article.version,
        )


@pytest.mark.parametrize("which", ["tag", "everywhere", "twin", "all"])
def test_a_stale_page_overwrites_no_decision(article: Article, ana: User, bea: User, which: str) -> None:
    one, other = article.mentions.filter(surface="Emmanuel Macron")
    seen = article.version
    who = {"by": bea, "seen": seen}
    if which == "twin":
        twin = Mention.objects.create(
            article=article, start=one.start, end=one.end, surface=one.surface, type="event", state="suggested"
        )
        tags.reject_tag(article, twin.pk, everywhere=False, by=ana, seen=article.version)
        with pytest.raises(Conflict):
            tags.change_tag(article, one.pk, type="event", everywhere=False, **who)
    elif which == "tag":
        tags.reject_tag(article, other.pk, everywhere=False, by=ana, seen=article.version)
        with pytest.raises(Conflict):
            tags.tag_words(article, one.surface, type="person", everywhere=True, **who)
        with pytest.raises(Conflict):
            tags.tag_words(article, one.surface, type="place", everywhere=True, seen=0, by=bea)
    elif which == "everywhere":
        tags.confirm_tag(article, other.pk, everywhere=False, by=ana, seen=article.version)
        with pytest.raises(Conflict):
            tags.reject_tag(article, one.pk, everywhere=True, **who)
    else:
        Mention.objects.filter(pk=other.pk).update(version=seen + 1)
        with pytest.raises(Conflict):
            tags.confirm_all_tags(article, **who)


def test_a_caption_that_becomes_text_has_its_tags_published(article: Article, ana: User) -> None:
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    caption = next(mention for mention in made if mention.scope == "caption")
    for mention in made:
        if mention != caption:
            tags.reject_tag(article, mention.pk, everywhere=False, by=ana, seen=article.version)
    assert "Lorval" not in [tag["name"] for tag in snapshot(article).tags]
    (shown,) = [group for _, groups in panel(article).groups for group in groups if group.first.pk == caption.pk]
    assert shown.first.scope == "caption"
    row = article.blocks.get(start__lte=caption.start, end__gte=caption.end)
    blocks.change_kind(article, row.pk, kind="body", by=ana, seen=article.version)
    assert "Lorval" in [tag["name"] for tag in snapshot(article).tags]
    (shown,) = [group for _, groups in panel(article).groups for group in groups if group.first.pk == caption.pk]
    assert shown.first.scope == "text"


def test_a_name_that_one_entity_bears_links_to_it(article: Article, ana: User) -> None:
    known = Entity.objects.get(name="Emmanuel Macron")
    EntityAlias.objects.create(entity=known, name="Le Président")
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    before = Entity.objects.count()
    linking.link_new_entity(article, one.pk, name="Le Président", by=ana, seen=article.version)
    one.refresh_from_db()
    assert (one.entity, Entity.objects.count()) == (known, before)


def test_a_name_that_several_entities_bear_is_refused_with_their_names(article: Article, ana: User) -> None:
    two = [factories.EntityFactory(name="Jean Petit", type="person") for _ in range(2)]
    one = article.mentions.filter(surface="Emmanuel Macron").first()
    with pytest.raises(Refused, match="Several go by the name Jean Petit") as refused:
        linking.link_new_entity(article, one.pk, name="Jean Petit", by=ana, seen=article.version)
    assert all((entity.wikidata or entity.slug) in str(refused.value) for entity in two)
    linking.link_new_entity(article, one.pk, name="Jean Petit", different=True, by=ana, seen=article.version)
    one.refresh_from_db()
    assert set(one.entity.distinct_from.all()) == set(two)


def test_removing_a_group_takes_all_that_the_panel_shows_in_it(article: Article, ana: User) -> None:
    row = block_with(article, "à Paris avec")
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    # One of them says something else by now: it is a name of its own.
    corrected = next(mention for mention in made if mention.scope == "text")
    row = article.blocks.get(start__lte=corrected.start, end__gte=corrected.end)
    words = clean_of(article, [row], article.edits.all()).text.replace("Lorval", "Lorvaux", 1)
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    groups = [group for _, found in panel(article).groups for group in found if group.first.surface == "Lorval"]
    assert sorted(len(group.mentions) for group in groups) == [1, 2]
    for group in groups:
        taken = tags.reject_tag(article, group.first.pk, by=ana, seen=article.version)
        assert {mention.pk for mention in taken} == {mention.pk for mention in group.mentions}


def test_words_behind_an_elision_are_widened_to_the_name_that_the_registry_knows(ana: User, db: None) -> None:
    text = factories.TEXT.replace("sous la pluie", "sur la côte d’Azur, loin de l’université d’Ottawa")
    page = factories.ArticleFactory(text=text)
    factories.EntityFactory(name="Côte d'Azur", type="place")
    factories.EntityFactory(name="Université d'Ottawa")
    factories.EntityFactory(name="Ottawa", type="place")
    for selected, whole in (("Azur", "côte d’Azur"), ("Ottawa", "Ottawa"), ("pêche", "pêche")):
        (made,) = tags.tag_span(
            page, span_of(page, selected), type="place", everywhere=False, by=ana, seen=page.version
        )
        assert made.surface == whole


def test_corrected_words_are_found_as_they_read_by_now(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    words = clean_of(article, [row], article.edits.all()).text.replace("Emmanuel Macron", "Emanuel Macaron")
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    made = tags.tag_words(article, "Emanuel Macaron", type="person", everywhere=True, by=ana, seen=article.version)
    assert [mention.surface for mention in made] == ["Emmanuel Macron"]
    assert article.log.first().summary == "tagged “Emanuel Macaron” as person"
    with_wrong = span_of(article, "Emmanuel Macron")
    made = tags.tag_span(article, with_wrong, type="person", everywhere=True, by=ana, seen=article.version)
    assert len(made) == 2, "as it is written elsewhere, and as it is corrected here"


def test_the_surest_suggestions_are_confirmed_and_no_other(article: Article, ana: User) -> None:
    article.mentions.update(score=0.85)
    article.mentions.filter(surface="Paris").update(score=0.9)
    assert tags.confirm_all_tags(article, least=0.9, by=ana, seen=article.version) == 1
    assert article.mentions.get(state="confirmed").surface == "Paris"
    assert article.log.first().summary == "confirmed 1 suggested tag, at least 90 % sure"


DECISIONS = {
    "tag": lambda a, m, who: tags.tag_words(a, "Lorval", type="event", everywhere=True, **who),
    "tag as another type": lambda a, m, who: tags.tag_words(a, "Paris", type="event", everywhere=True, **who),
    "confirm": lambda a, m, who: tags.confirm_tag(a, m.pk, **who),
    "confirm the surest": lambda a, m, who: tags.confirm_all_tags(a, least=0.5, **who),
    "confirm all": lambda a, m, who: tags.confirm_all_tags(a, **who),
    "reject": lambda a, m, who: tags.reject_tag(a, m.pk, **who),
    "change": lambda a, m, who: tags.change_tag(a, m.pk, type="organisation", **who),
    "move": lambda a, m, who: tags.move_tag(a, m.pk, to="LORVAL", **who),
    "link": lambda a, m, who: linking.link_tag(a, m.pk, entity=factories.EntityFactory(type="person"), **who),
}


@pytest.mark.parametrize("what", DECISIONS)
def test_each_decision_is_one_entry_and_is_undone_at_once(what: str, article: Article, ana: User) -> None:
    def rows() -> list[tuple]:
        return list(
            article.mentions.order_by("pk").values_list("pk", "start", "end", "surface", "type", "state", "entity")
        )

    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    before, entries = rows(), article.log.count()
    DECISIONS[what](article, mention, {"by": ana, "seen": article.version})
    assert rows() != before
    assert article.log.count() == entries + 1
    history.undo(article, article.log.first().pk, by=ana)
    assert rows() == before


def test_a_tag_is_put_on_other_words_by_a_person_alone(article: Article, ana: User) -> None:
    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    moved = tags.move_tag(article, mention.pk, to=span_of(article, "Le quai de Lorval"), by=ana, seen=article.version)
    assert (moved.surface, moved.state, moved.decided_by, moved.scope) == (
        "Le quai de Lorval",
        "confirmed",
        ana,
        "caption",
    )
    assert words_of(article, moved) == "Le quai de Lorval"
    assert article.log.first().summary == "moved the tag “Emmanuel Macron” to “Le quai de Lorval”"


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("Facebook", "does not stand in"),
        ("", "Write the words"),
        ("Lorval", "stands in 3 places. Select the words"),
        (Span(start=0, end=3), "not part of the article"),
        ("Emmanuel Macron", "stands in 2 places"),
    ],
)
def test_a_tag_is_not_put_where_none_may_stand(to: Span | str, problem: str, article: Article, ana: User) -> None:
    with pytest.raises(Refused, match=problem):
        tags.move_tag(article, article.mentions.get(surface="Paris").pk, to=to, by=ana, seen=article.version)


def test_a_tag_is_not_put_on_words_that_bear_one_of_its_type(article: Article, ana: User) -> None:
    one, other = article.mentions.filter(surface="Emmanuel Macron")
    tags.confirm_tag(article, other.pk, everywhere=False, by=ana, seen=article.version)
    with pytest.raises(Refused, match="bear a tag of that type already"):
        tags.move_tag(article, one.pk, to=Span(start=other.start, end=other.end), by=ana, seen=article.version)


def test_a_suggestion_gives_way_to_the_tag_that_is_put_there_and_comes_back(article: Article, ana: User) -> None:
    one, other = article.mentions.filter(surface="Emmanuel Macron")
    to = Span(start=other.start, end=other.end)
    assert tags.move_tag(article, one.pk, to=to, by=ana, seen=article.version).start == other.start
    assert not article.mentions.filter(pk=other.pk).exists()
    history.undo(article, article.log.first().pk, by=ana)
    assert list(article.mentions.filter(surface="Emmanuel Macron")) == [one, other]


def test_tags_within_each_other_are_both_published(article: Article, ana: User) -> None:
    tags.tag_words(article, "port de Lorval", type="organisation", everywhere=True, by=ana, seen=article.version)
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    made = {(tag["name"], tag["type"]) for tag in snapshot(article).tags}
    assert {("port de Lorval", "organisation"), ("Lorval", "place")} <= made
    named = [group.first.surface for _, groups in panel(article).groups for group in groups]
    assert {"port de Lorval", "Lorval"} <= set(named)


def test_the_tray_says_why_a_tag_has_no_place(article: Article, ana: User) -> None:
    mention = article.mentions.get(surface="Paris")
    tags.confirm_tag(article, mention.pk, by=ana, seen=article.version)
    row = block_with(article, "à Paris avec")
    words = clean_of(article, [row], article.edits.all()).text

    def lost() -> list[tuple[str, str]]:
        return [(entry.why, entry.now) for entry in panel(article).tray if entry.mention.pk == mention.pk]

    assert lost() == []
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert lost() == [("it stands in a removed block: dropped by ana", "")]
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    blocks.correct_text(article, row.pk, words=words.replace(" à Paris ", " "), by=ana, seen=article.version)
    assert lost() == [("a correction took its words out", "")]
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    macron = next(one for one in article.mentions.filter(surface="Emmanuel Macron") if row.start < one.start < row.end)
    words = words.replace("Emmanuel Macron", "Emmanuel")
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    found = {entry.mention.pk: (entry.why, entry.now) for entry in panel(article).tray}
    assert found == {macron.pk: ("its words were corrected to “Emmanuel”", "Emmanuel")}


def test_suggestions_whose_words_are_not_shown_are_not_confirmed_with_the_others(article: Article, ana: User) -> None:
    row = block_with(article, "à Paris avec")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    shown = panel(article).open_mentions
    assert tags.confirm_all_tags(article, by=ana, seen=article.version) == shown
    assert article.mentions.get(surface="Paris").state == "suggested"


# --- What the history says, and words with hyphens ---


def test_the_history_says_how_many_and_who_where_the_name_is_another(article: Article, ana: User) -> None:
    entity = factories.EntityFactory(name="Président Macron", type="person")
    rows = article.mentions.filter(surface="Emmanuel Macron")
    rows.update(entity=entity, type="person")
    said = "“Emmanuel Macron” (Président Macron), 2 mentions"
    for decide, summary in (
        (tags.reject_tag, f"rejected the tag {said}"),
        (tags.confirm_tag, "confirmed the tag “Emmanuel Macron” (Président Macron)"),
    ):
        decide(article, rows[0].pk, by=ana, seen=article.version)
        article.refresh_from_db()
        assert article.log.first().summary == summary


def test_the_history_says_what_gave_way(article: Article, ana: User) -> None:
    for type_ in ("place", "organisation"):
        tags.tag_words(article, "Lorval", type=type_, everywhere=True, by=ana, seen=article.version)
        article.refresh_from_db()
    assert article.log.first().summary == "tagged “Lorval” as organisation, 3 mentions, instead of place"


@pytest.fixture
def hyphenated(ana: User) -> Article:
    for name in ("Maroc", "Israël", "Tel-Aviv", "Aviv", "Tel"):
        if not Entity.objects.called(name).exists():
            factories.EntityFactory(name=name, type="place")
    body = "L’accord Maroc-Israël a été signé à Tel-Aviv, dit Paris-Gazette. Le Maroc s’en félicite ce matin."
    made = factories.ArticleFactory(text=f"L’accord est signé\n\n{body}\n{body}\n")
    made.mentions.all().delete()
    return made


@pytest.mark.parametrize(
    ("within", "selected", "words", "part"),
    [
        ("Maroc-Israël", "Maroc", "Maroc", ""),
        ("Maroc-Israël", "sraë", "Israël", ""),
        ("Maroc-Israël", "Maroc-Israël", "Maroc-Israël", ""),
        ("Tel-Aviv", "Aviv", "Tel-Aviv", "Aviv"),
        ("Paris-Gazette", "Gazette", "Paris-Gazette", "Gazette"),
    ],
)
def test_a_part_is_kept_where_the_registry_knows_both_names(
    hyphenated: Article, within: str, selected: str, words: str, part: str
) -> None:
    at = hyphenated.raw_text.index(selected, hyphenated.raw_text.index(within))
    found = Selecting(hyphenated).words(Span(at, at + len(selected)))
    assert (found.said, found.part) == (words, part)
    if part:
        alone = Selecting(hyphenated).words(Span(at, at + len(selected)), part=True)
        assert (alone.said, alone.part) == (part, "")


def test_every_mention_of_a_name_is_also_that_in_a_pair(hyphenated: Article, ana: User) -> None:
    made = tags.tag_words(hyphenated, "Maroc", type="place", everywhere=True, by=ana, seen=hyphenated.version)
    assert len(made) == hyphenated.raw_text.count("Maroc")
    assert {words_of(hyphenated, mention) for mention in made} == {"Maroc"}


def test_a_part_alone_is_tagged_where_it_was_asked_for(hyphenated: Article, ana: User) -> None:
    at = hyphenated.raw_text.index("Gazette")
    span = Span(at, at + 7)
    (made,) = tags.tag_span(hyphenated, span, type="event", everywhere=True, part=True, by=ana, seen=hyphenated.version)
    assert (made.start, made.end, made.surface) == (*span, "Gazette")

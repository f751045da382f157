"""The entities in a browser: who may, what is asked, what moves, and the feed of each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import entities
from articles.actions.entity_merging import EntityMerger
from articles.models import Article, Entity, EntityAlias, Office
from tests import factories
from tests.actions.test_entities import merged, tag
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]


@pytest.fixture
def mairie(db: None) -> Entity:
    entity = factories.EntityFactory(
        name="Mairie de Lorval", slug="mairie", description="town hall", notes="Ask <b>first</b>."
    )
    EntityAlias.objects.create(entity=entity, name="עיריית לורבל", language="he")
    Office.objects.create(entity=entity, title="Siège", since="1990")
    return entity


@pytest.fixture
def ville(db: None) -> Entity:
    return factories.EntityFactory(name="Ville de Lorval", slug="ville")


# What may be posted to an entity: name, further arguments, what is posted.
POSTS: dict[str, Callable[[Entity, Entity], tuple[list[Any], dict[str, Any]]]] = {
    "rename_entity": lambda a, b: ([], {"name": "Hôtel de ville"}),
    "entity_names": lambda a, b: ([], {"name": "Hôtel de ville", "language": "fr"}),
    "entity_names/": lambda a, b: ([a.aliases.first().pk], {}),
    "entity_details": lambda a, b: (
        [],
        {"description": "of Lorval", "country": "fr", "wikidata": "Q90909", "notes": ""},
    ),
    "entity_type": lambda a, b: ([], {"type": "place"}),
    "entity_offices": lambda a, b: ([], {"title": "Maire", "since": "2014", "until": ""}),
    "entity_offices/": lambda a, b: ([a.offices.first().pk], {}),
    "merge_entity": lambda a, b: ([], {"other": b.slug, "seal": EntityMerger(gone=a, kept=b).seal}),
    "split_entity": lambda a, b: ([], {"name": "Mairie annexe", "aliases": [a.aliases.first().pk]}),
    "entity_apart": lambda a, b: ([], {"other": "ville de lorval"}),
}


def post(client: Client, name: str, slug: str, made: tuple[list[Any], dict[str, Any]], **headers: str) -> Any:
    args, data = made
    return client.post(reverse(name.rstrip("/"), args=[slug, *args]), data, headers=headers)


@pytest.mark.parametrize("name", POSTS)
def test_only_who_may_change_the_registry_changes_it(name: str, mairie: Entity, ville: Entity, desk: Desk) -> None:
    made = POSTS[name](mairie, ville)
    assert post(Client(), name, "mairie", made).url.startswith("/login/")
    assert post(desk("stan"), name, "mairie", made).status_code == 404
    assert post(desk("rita"), name, "mairie", made).status_code == 403
    assert not mairie.log.exists()
    assert post(desk("ana"), name, "nowhere", made).status_code == 404
    response = post(desk("ana"), name, "mairie", made, **HTMX)
    assert response.status_code == 302
    assert desk("ana").get(response.url).status_code == 200
    assert Entity.objects.at("mairie").log.exists()


@pytest.mark.parametrize("name", POSTS)
def test_other_methods_are_not_answered(name: str, mairie: Entity, ville: Entity, desk: Desk) -> None:
    args, _ = POSTS[name](mairie, ville)
    url, client = reverse(name.rstrip("/"), args=["mairie", *args]), desk("ana")
    for method in ("put", "delete", *([] if name in {"merge_entity", "split_entity"} else ["get"])):
        assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize(
    ("name", "args", "data"),
    [
        ("rename_entity", [], {}),
        ("rename_entity", [], {"name": "x" * 201}),
        ("rename_entity", [], {"name": "a\x00b"}),
        ("entity_names", [], {"name": " "}),
        ("entity_names", [], {"name": "x", "language": "x" * 21}),
        ("entity_names", [10**18], {}),
        ("entity_details", [], {"wikidata": "90"}),
        ("entity_details", [], {"country": "France"}),
        ("entity_details", [], {"country": "1!"}),
        ("entity_details", [], {"notes": "x" * 5001}),
        ("entity_type", [], {"type": "boat"}),
        ("entity_offices", [], {"title": "Maire", "since": "yesterday"}),
        ("entity_offices", [], {"title": "Maire", "since": "2020", "until": "2014"}),
        ("entity_offices", [10**18], {}),
        ("merge_entity", [], {}),
        ("merge_entity", [], {"other": "ville"}),
        ("merge_entity", [], {"other": "Nobody Knows", "seal": "x"}),
        ("merge_entity", [], {"other": "mairie", "seal": "x"}),
        ("merge_entity", [], {"other": "x" * 221, "seal": "x"}),
        ("split_entity", [], {}),
        ("split_entity", [], {"name": "x"}),
        ("split_entity", [], {"name": "x", "articles": ["y", "10" * 20]}),
        ("entity_apart", [], {"other": "a\x00b"}),
        ("entity_apart", [], {"other": "Nobody Knows"}),
        ("entity_apart", [10**18], {}),
        ("undo_entity", [10**18], {}),
        ("undo_entity", [0], {}),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_what_makes_no_sense_is_answered_with_a_sentence(
    name: str, args: list[int], data: dict[str, Any], headers: dict[str, str], mairie: Entity, ville: Entity, desk: Desk
) -> None:
    response = desk("ana").post(reverse(name, args=["mairie", *args]), data, headers=headers)
    assert response.status_code == 422
    assert 'class="problem" role="alert"' in response.text
    assert not mairie.log.exists()


def test_the_page_of_an_entity_says_what_we_know(mairie: Entity, ville: Entity, desk: Desk) -> None:
    Entity.objects.filter(pk=mairie.pk).update(country="FR", wikidata="Q90909", source="CLDR 48")
    mairie.distinct_from.add(ville)
    page = desk("rita").get("/entities/mairie/").text
    for words in (
        "town hall", "<bdi>עיריית לורבל</bdi> <small>he</small>", "Siège", "1990 – …", "Ask &lt;b&gt;first&lt;/b&gt;.",
        "https://www.wikidata.org/wiki/Q90909", "CLDR 48", "Not the same as", "No article is tagged with it yet",
        'rel="alternate" type="application/rss+xml"', "/feeds/entity/mairie/rss.xml",
    ):  # fmt: skip
        assert words in page, words
    assert "<form" not in re.sub(r'<form class="who".*?</form>', "", page, flags=re.DOTALL), (
        "who may look changes nothing"
    )


def test_an_entity_shows_its_articles_over_time_and_who_it_appears_with(
    article: Article, mairie: Entity, ville: Entity, desk: Desk
) -> None:
    port = factories.EntityFactory(name="Port de Lorval", slug="port")
    tag(article, "la mairie", mairie)
    tag(article, "Le port de Lorval", port)
    tag(article, "digue du nord", port)
    tag(article, "printemps", ville, state="suggested")
    article.attribution.filter(role="author").update(entity=mairie)
    page = desk("ana").get("/entities/mairie/").text
    assert article.title in page
    assert "as author, in the text" in page
    assert "Mar 2024" in page
    beside = page.split('id="beside-h"')[1].split("</section>")[0]
    assert re.search(r"Port de Lorval.*1 article<", beside, re.DOTALL)
    assert "Ville de Lorval" not in beside, "a suggestion is nobody's word"
    page = desk("ana").get("/entities/ville/").text
    assert "Suggested on 1 more article" in page
    assert article.title not in page
    assert "in the text, suggested" in desk("ana").get("/entities/ville/?with=suggested").text


@pytest.mark.parametrize("year", [1, 9999])
def test_a_date_that_no_news_is_from_does_not_break_the_page(
    year: int, article: Article, mairie: Entity, desk: Desk
) -> None:
    tag(article, "la mairie", mairie)
    Article.objects.filter(pk=article.pk).update(published=datetime(year, 6, 1, tzinfo=UTC))
    page = desk("ana").get("/entities/mairie/").text
    assert article.title in page
    assert "Over time" not in page


def test_a_page_of_an_entity_asks_as_much_of_many_articles_as_of_one(mairie: Entity, desk: Desk) -> None:
    client, counts = desk("ana"), []
    for _ in range(2):
        tag(factories.ArticleFactory(), "la mairie", mairie)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/entities/mairie/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_entities_are_searched_filtered_and_counted(
    article: Article, mairie: Entity, ville: Entity, desk: Desk
) -> None:
    tag(article, "la mairie", mairie)
    client = desk("ana")

    def names(query: str, **headers: str) -> list[str]:
        response = client.get(f"/entities/?{query}", headers=headers)
        assert response.status_code == 200
        assert "HX-Request" in response["Vary"]
        assert ("<html" in response.text) == (not headers)
        return re.findall(r'<th scope="row"><a href="/entities/([^/]+)/">', response.text)

    assert names("q=de+LORVAL") == ["mairie", "ville"]
    assert names("q=de+LORVAL", **HTMX) == ["mairie", "ville"]
    assert names("q=עיריית") == ["mairie"]
    assert names("show=used") == ["mairie"]
    assert names("sort=articles")[0] == "mairie"
    assert names("q=lorval&type=place") == []
    assert names("q=lorval&type=boat&sort=burn&page=x") == ["mairie", "ville"]
    assert "No entity fits" in client.get("/entities/?q=nobodyknows").text
    assert "No entities yet" not in client.get("/entities/").text
    assert client.get("/entities/", {"q": "a\x00b"}).status_code == 200


def test_names_that_are_tagged_and_lead_to_nobody_are_listed_and_added(article: Article, desk: Desk) -> None:
    client = desk("ana")
    assert "Every name has its entity" in client.get("/entities/?show=nameless").text
    mention = tag(article, "travaux", None)
    listed = client.get("/entities/?show=nameless").text
    assert "/entities/new/?surface=travaux&amp;type=organisation" in listed
    assert "travaux" not in client.get("/entities/?show=nameless&type=place").text
    form = client.get("/entities/new/?surface=travaux&type=organisation").text
    assert f'name="articles" value="{article.pk}" checked' in form
    assert client.get("/entities/new/?surface=travaux&type=boat%00").status_code == 200
    data = {"surface": "travaux", "name": "Travaux", "type": "organisation", "articles": [article.pk], "do": "add"}
    response = client.post("/entities/new/", data)
    assert response.url == "/entities/travaux/"
    mention.refresh_from_db()
    assert mention.entity.slug == "travaux"


def test_tags_that_mean_one_we_know_lead_to_it_and_are_its_alias(article: Article, mairie: Entity, desk: Desk) -> None:
    client = desk("ana")
    mention = tag(article, "travaux", None)
    data = {"surface": "travaux", "name": "travaux", "type": "organisation", "articles": [article.pk], "do": "meant"}
    for meant, sentence in (("", "Write the name of the entity"), ("Nobody", "Nobody of that type goes by “Nobody”")):
        response = client.post("/entities/new/", {**data, "meant": meant})
        assert response.status_code == 422
        assert sentence in response.text
    assert client.post("/entities/new/", {**data, "meant": "mairie de lorval"}).url == "/entities/mairie/"
    mention.refresh_from_db()
    assert mention.entity == mairie
    assert "travaux" in mairie.names
    again = client.get("/entities/new/?surface=travaux&type=organisation").text
    assert "In the registry by this name already" in again


@pytest.mark.parametrize("data", [{}, {"name": "x"}, {"name": "x", "type": "boat"}, {"name": "x\x00", "type": "place"},
                                  {"name": "Mairie de Lorval", "type": "organisation"}])  # fmt: skip
def test_an_entity_that_makes_no_sense_is_not_added(data: dict[str, str], mairie: Entity, desk: Desk) -> None:
    count = Entity.objects.count()
    response = desk("ana").post("/entities/new/", data)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert Entity.objects.count() == count


def test_only_who_may_add_an_entity_adds_one(desk: Desk) -> None:
    data = {"name": "Digue", "type": "place"}
    assert Client().post("/entities/new/", data).url.startswith("/login/")
    assert desk("stan").get("/entities/new/").status_code == 404
    for method in ("get", "post"):
        assert getattr(desk("rita"), method)("/entities/new/", data).status_code == 403
    assert desk("ana").put("/entities/new/").status_code == 405
    assert desk("dov").post("/entities/new/", data).url == "/entities/digue/", "an admin holds the permission"


def test_the_confirmation_lists_what_will_move_and_a_stale_one_is_shown_again(
    article: Article, mairie: Entity, ville: Entity, desk: Desk
) -> None:
    tag(article, "la mairie", mairie)
    client, url = desk("ana"), "/entities/mairie/merge/"
    html = client.get(url, {"other": "ville de lorval"}).text
    for words in ("עיריית לורבל", article.title, "with 1 tag", "Siège", "town hall", "Ask &lt;b&gt;first"):
        assert words in html, words
    seal = re.search(r'name="seal" value="(\w+)"', html)
    assert seal
    entities.add_alias(mairie, name="Hôtel de ville", by=factories.person("bea"))
    response = client.post(url, {"other": "ville", "seal": seal[1]})
    assert response.status_code == 409
    assert "Hôtel de ville" in response.text
    seal = re.search(r'name="seal" value="(\w+)"', response.text)
    assert seal
    response = client.post(url, {"other": "ville", "seal": seal[1]}, follow=True)
    assert "Mairie de Lorval is Ville de Lorval from now on." in response.text
    assert client.get("/entities/mairie/").url == "/entities/ville/", "the old address leads on"
    undo = re.search(r'action="(/entities/ville/undo/\d+/)"', response.text)
    assert undo
    assert "Taken back." in client.post(undo[1], follow=True).text
    assert client.get("/entities/mairie/").status_code == 200


def test_who_types_the_name_of_several_is_asked_which(mairie: Entity, ville: Entity, desk: Desk) -> None:
    other = factories.EntityFactory(name="Ville de Lorval", slug="ville-2", description="another Lorval")
    client = desk("ana")
    for response in (
        client.get("/entities/mairie/merge/", {"other": "Ville de Lorval"}),
        client.post("/entities/mairie/apart/", {"other": "Ville de Lorval"}),
    ):
        assert response.status_code == 422
        assert "Several go by “Ville de Lorval”" in response.text
        assert "another Lorval" in response.text
    assert client.get("/entities/mairie/merge/", {"other": other.slug}).status_code == 200


def test_an_entity_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for path in ("/entities/nowhere/", "/entities/nowhere/merge/", "/entities/nowhere/split/"):
        assert desk("ana").get(path).status_code == 404


def test_undoing_the_making_of_an_entity_leads_to_the_list(desk: Desk, ana: User) -> None:
    made = entities.create_entity(name="Digue", type="place", by=ana)
    response = desk("ana").post(reverse("undo_entity", args=[made.slug, made.log.get().pk]), follow=True)
    assert response.request["PATH_INFO"] == "/entities/"
    assert "not in the registry any more" in response.text


def test_a_page_that_is_open_on_an_entity_that_was_merged_does_not_break(
    article: Article, mairie: Entity, ville: Entity, desk: Desk, ana: User
) -> None:
    mention, version = tag(article, "la mairie", None), article.version
    merged(mairie, ville, ana)
    client = desk("ana")
    url = reverse("mention", args=[article.pk, mention.pk])
    response = client.post(url, {"do": "link", "entity": mairie.pk, "seen": version}, headers=HTMX)
    assert response.status_code == 422
    assert "not in the registry any more" in response.text
    assert client.post("/entities/mairie/name/", {"name": "X"}).status_code == 404
    tagged = tag(article, "travaux", ville)
    panel = client.post(reverse("mention", args=[article.pk, tagged.pk]), {"do": "confirm", "seen": version})
    assert panel.status_code == 302


def test_a_known_tag_leads_to_its_entity(article: Article, mairie: Entity, desk: Desk) -> None:
    tag(article, "la mairie", mairie)
    assert 'href="/entities/mairie/"' in desk("ana").get(f"/articles/{article.pk}/").text


def test_a_name_that_another_bears_is_given_only_on_purpose(mairie: Entity, ville: Entity, desk: Desk) -> None:
    client = desk("ana")
    for url, action in (("/entities/mairie/name/", "rename"), ("/entities/mairie/names/", "alias")):
        response = client.post(url, {"name": "VILLE de Lorval"})
        assert response.status_code == 422
        assert "Ville de Lorval (organisation, ville) goes by “VILLE de Lorval” already" in response.text
        assert 'name="shared"' in response.text
        assert 'value="VILLE de Lorval"' in response.text, "what was typed is kept"
        assert not mairie.log.filter(action=action).exists()
    response = client.post("/entities/mairie/names/", {"name": "VILLE de Lorval", "shared": "on"}, follow=True)
    assert "“VILLE de Lorval” is a name of Mairie de Lorval now." in response.text
    assert list(mairie.distinct_from.all()) == [ville]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            {"name": "MAIRIE DE LORVAL"},
            "goes by “Mairie de Lorval” already: capitals, accents and hyphens make no other",
        ),
        ({"name": "Hôtel de ville", "language": "zzzzzzzz"}, "Language: Write the code of a language that is known"),
        ({"name": "x" * 600}, "Name: At most 200 characters fit there, and these are 600."),
        ({"name": ""}, "Name: Nothing is written there yet."),
    ],
)
def test_a_name_that_is_none_is_refused_in_words(
    data: dict[str, str], sentence: str, mairie: Entity, desk: Desk
) -> None:
    response = desk("ana").post("/entities/mairie/names/", data)
    assert response.status_code == 422
    assert sentence in response.text
    assert mairie.aliases.count() == 1


def test_another_way_to_write_a_name_is_a_rename_without_an_alias(mairie: Entity, desk: Desk) -> None:
    assert desk("ana").post("/entities/mairie/name/", {"name": "mairie de LORVAL"}).status_code == 302
    mairie.refresh_from_db()
    assert mairie.names == ["mairie de LORVAL", "עיריית לורבל"]
    assert desk("ana").post("/entities/mairie/names/", {"name": "Town hall", "language": " EN "}).status_code == 302
    assert mairie.aliases.get(name="Town hall").language == "en"


def test_what_fits_best_is_found_first(db: None, desk: Desk) -> None:
    for slug, name in (
        ("inside", "Xatrzk"), ("word", "Haut Trzkano"), ("begins", "Trzkano"), ("alias", "Aaa"), ("exact", "Zzz"),
    ):  # fmt: skip
        factories.EntityFactory(slug=slug, name=name)
    EntityAlias.objects.create(entity=Entity.objects.get(slug="alias"), name="Trzk-Zed")
    EntityAlias.objects.create(entity=Entity.objects.get(slug="exact"), name="TRZK")
    page = desk("ana").get("/entities/?q=trzk").text
    found = re.findall(r'<th scope="row"><a href="/entities/([^/]+)/">', page)
    assert found == ["exact", "begins", "alias", "word", "inside"]
    page = desk("ana").get("/entities/?q=USA").text
    assert re.findall(r'<th scope="row"><a href="[^"]+"><bdi>([^<]+)<', page)[0] == "États-Unis"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("emmanuel macrn", "Emmanuel Macron"),
        ("Trmp", "Donald Trump"),
        ("Turmp", "Donald Trump"),
        ("sahara ocidental", "Sahara occidental"),
        ("macrno", "Emmanuel Macron"),
    ],
)
def test_a_slip_of_the_hand_finds_what_is_written_nearly_so(typed: str, meant: str, desk: Desk) -> None:
    page = desk("ana").get("/entities/", {"q": typed}).text
    assert "Nothing is called that" in page
    near = page.split('class="plain near"')[1].split("</ul>")[0]
    assert meant in near
    assert near.count("<li>") <= 5


def test_nothing_near_is_said_so(desk: Desk) -> None:
    for typed in ("qqq", "nobodyknows", "%_%"):
        assert "No entity fits" in desk("ana").get("/entities/", {"q": typed}).text


def test_words_that_no_name_can_be_find_nothing_and_are_kept(mairie: Entity, desk: Desk) -> None:
    words = "lorval " * 70
    page = desk("ana").get("/entities/", {"q": words}).text
    assert "At most 200 characters fit there, and these are 489." in page
    assert words.strip() in page
    assert "mairie" not in page


def test_what_nothing_uses_is_taken_out_and_brought_back(mairie: Entity, desk: Desk) -> None:
    client = desk("ana")
    assert "Take it out of the registry" in client.get("/entities/mairie/").text
    assert "Take it out of the registry" not in desk("rita").get("/entities/mairie/").text
    response = client.post("/entities/mairie/remove/", follow=True)
    assert "You took Mairie de Lorval (town hall) out of the registry. It can be brought back here." in response.text
    assert client.get("/entities/mairie/").status_code == 404
    back = re.search(r'action="(/entities/removed/\d+/)"', response.text)
    assert back
    assert "restore" not in desk("rita").get("/entities/?show=removed").text
    assert desk("rita").post(back[1]).status_code == 403
    assert Client().post(back[1]).url.startswith("/login/")
    assert desk("stan").post(back[1]).status_code == 404
    assert client.get(back[1]).status_code == 405
    response = client.post(back[1], follow=True)
    assert "Mairie de Lorval is in the registry again." in response.text
    assert "Siège" in response.text
    response = client.post(back[1])
    assert response.status_code == 422
    assert "somebody brought it back already" in response.text
    assert "Nothing is taken out" in client.get("/entities/?show=removed&q=x").text


def test_what_is_used_is_not_taken_out(article: Article, mairie: Entity, desk: Desk) -> None:
    tag(article, "la mairie", mairie)
    assert "Take it out of the registry" not in desk("ana").get("/entities/mairie/").text
    response = desk("ana").post("/entities/mairie/remove/")
    assert response.status_code == 422
    assert "stays in the registry, since tags of 1 article lead to it" in response.text


def test_namesakes_are_told_apart_in_what_is_refused(desk: Desk) -> None:
    one = factories.EntityFactory(name="Lorval", type="place", slug="lorval", country="FR", wikidata="Q909091")
    other = factories.EntityFactory(name="Lorval", type="place", slug="lorval-2", description="named by Le Phare")
    one.distinct_from.add(other)
    response = desk("ana").get("/entities/lorval-2/merge/", {"other": "lorval"})
    assert "Lorval (named by Le Phare) and Lorval (FR, Q909091) are not the same. Take that back" in response.text

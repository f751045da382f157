"""The same questions to every address: who gets in, by which method, and what when there is nothing there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from articles.core.workflow import TRANSITIONS
from articles.models import Article, Entity, TagFile
from tests.conftest import HTMX
from tests.factories import PAGE, ArticleFactory, block_with, person, propose

pytestmark = pytest.mark.django_db


def another() -> Article:
    """A second article."""
    return Article.objects.filter(format="html").first() or ArticleFactory(text=PAGE)


def tag_file(article: Article) -> TagFile:
    """A file of tags that somebody brought in."""
    return TagFile.objects.first() or TagFile.objects.create(name="tags.jsonl", format="doccano")


# Name -> (methods that are answered, how its address is made from an article).
DESK: dict[str, tuple[str, Callable[[Article], list[Any]]]] = {
    "queue": ("GET", lambda a: []),
    "outlets": ("GET", lambda a: []),
    "outlet": ("GET", lambda a: ["rfi"]),
    "entities": ("GET", lambda a: []),
    "entity": ("GET", lambda a: [Entity.objects.first().slug]),
    "upload": ("GET POST", lambda a: []),
    "bookmarklet": ("GET", lambda a: []),
    "api": ("GET", lambda a: []),
    "receipts": ("GET POST", lambda a: [a.receipts.get().upload_id]),
    "receipts_csv": ("GET", lambda a: [a.receipts.get().upload_id]),
    "receipt": ("GET POST", lambda a: [a.receipts.get().upload_id, a.receipts.get().pk]),
    "review": ("GET", lambda a: [a.pk]),
    "status": ("GET", lambda a: [a.pk]),
    "claim": ("POST", lambda a: [a.pk]),
    "source": ("GET", lambda a: [a.pk]),
    "read_again": ("POST", lambda a: [a.pk]),
    "block": ("GET POST", lambda a: [a.pk, a.blocks.first().pk]),
    "why": ("GET", lambda a: [a.pk, a.blocks.first().pk]),
    "proposal": ("POST", lambda a: [a.pk, propose(a, "Partager", "ad").pk]),
    "run": ("POST", lambda a: [a.pk]),
    "confirm_facts": ("POST", lambda a: [a.pk]),
    "field": ("POST", lambda a: [a.pk, "title"]),
    "attribution": ("POST", lambda a: [a.pk]),
    "named_outlet": ("POST", lambda a: [a.pk, a.attribution.first().pk]),
    "right": ("POST", lambda a: [a.pk, a.rights.first().pk]),
    "tag": ("POST", lambda a: [a.pk]),
    "mention": ("POST", lambda a: [a.pk, a.mentions.first().pk]),
    "tag_preview": ("GET", lambda a: [a.pk]),
    "tag_order": ("POST", lambda a: [a.pk]),
    "flag": ("POST", lambda a: [a.pk, a.flags.first().pk]),
    "note": ("POST", lambda a: [a.pk]),
    "undo": ("POST", lambda a: [a.pk, a.log.first().pk]),
    "transition": ("GET POST", lambda a: [a.pk, "submit"]),
    "beside": ("GET", lambda a: [a.pk, another().pk]),
    "relation": ("POST", lambda a: [a.pk, another().pk]),
    "blind": ("GET POST", lambda a: [a.pk]),
    "blind_tag_preview": ("GET", lambda a: [a.pk]),
    "blind_tag": ("POST", lambda a: [a.pk, 1]),
    "agreement": ("GET POST", lambda a: [a.pk]),
    "agreements": ("GET", lambda a: []),
    "signer": ("POST", lambda a: [a.pk, a.attribution.get(role="author").pk]),
    "sense": ("POST", lambda a: [a.pk, a.mentions.first().pk]),
    "tags_file": ("GET", lambda a: [a.pk, "jsonld"]),
    "take_tags": ("GET POST", lambda a: [a.pk]),
    "tags": ("GET POST", lambda a: []),
    "tags_out": ("GET", lambda a: []),
    "tag_receipts": ("GET POST", lambda a: [tag_file(a).pk]),
}
# Who may change the registry is another question: tests/web/test_outlets.py, tests/web/test_entities.py; and the stories:
# tests/web/test_stories.py.
REGISTRY = {"merge_outlet", "outlet_apart", "outlet_memory"}
ENTITIES = {
    "new_entity", "rename_entity", "entity_names", "entity_details", "entity_type", "entity_offices", "merge_entity",
    "split_entity", "entity_apart", "undo_entity", "remove_entity", "restore_entity",
}  # fmt: skip
STORIES = {"story", "split_story", "merge_story", "undo_story"}
PUBLIC = {"published", "publication", "ninjs", "feed", "healthz", "openapi"}
FEEDS = {"story_feeds", "story_feed", "entity_feeds", "entity_feed"}
# Who comes with a token, and who comes from another site's page: tests/web/test_api.py, tests/web/test_bookmarklet.py.
SCRAPERS = {"api_articles", "api_upload"}
FROM_ELSEWHERE = {"from_page"}
# What who may only look is refused, besides everything that is posted.
NOT_FOR_READERS = {
    "upload", "bookmarklet", "receipts", "receipts_csv", "receipt", "block", "transition", "blind",
    "tag_preview", "blind_tag_preview", "take_tags",
}  # fmt: skip
WITHOUT_ARTICLE = {
    "queue", "outlets", "outlet", "entities", "entity", "upload", "bookmarklet", "api", "receipts", "receipts_csv",
    "receipt", "agreements", "tags", "tags_out", "tag_receipts",
}  # fmt: skip
ARTICLE_VIEWS = [name for name in DESK if name not in WITHOUT_ARTICLE]


def address(name: str, article: Article) -> str:
    return reverse(name, args=DESK[name][1](article))


def pairs(method: str) -> list[str]:
    return [name for name, (methods, _) in DESK.items() if method in methods.split()]


def test_every_address_of_the_app_is_asked() -> None:
    names = {name for name in get_resolver("articles.urls").reverse_dict if isinstance(name, str)}
    assert names == set(DESK) | REGISTRY | ENTITIES | STORIES | PUBLIC | FEEDS | SCRAPERS | FROM_ELSEWHERE


@pytest.mark.parametrize("name", DESK)
def test_nobody_gets_in_without_signing_in(name: str, article: Article) -> None:
    url = address(name, article)
    for response in (Client().get(url), Client().post(url)):
        assert response.status_code == 302
        assert response.url.startswith("/login/?next=")


@pytest.mark.parametrize("name", DESK)
def test_htmx_of_who_was_signed_out_gets_a_sentence_and_swaps_nothing_away(name: str, article: Article) -> None:
    url = address(name, article)
    for response in (Client().get(url, headers=HTMX), Client().post(url, headers=HTMX)):
        assert response.status_code == 401
        assert response["HX-Reswap"] == "none"
        assert "HX-Request" in response["Vary"]
        html = response.content.decode()
        assert html.startswith('<div id="notice" hx-swap-oob="true">')
        assert 'role="alert"' in html
        assert "You were signed out." in html
        assert '<a href="/login/" target="_blank"' in html
        assert "<form" not in html


@pytest.mark.parametrize("name", pairs("POST"))
def test_htmx_with_a_stale_token_gets_a_sentence_and_a_token_that_works(name: str, article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("claire"))
    url = address(name, article)
    before = Article.objects.values().get(pk=article.pk)
    response = client.post(url, {"csrfmiddlewaretoken": "x" * 64}, headers=HTMX)
    assert response.status_code == 403
    assert response["HX-Reswap"] == "none"
    assert response.content.decode().startswith('<div id="notice" hx-swap-oob="true">')
    assert Article.objects.values().get(pk=article.pk) == before
    again = client.post(url, {"csrfmiddlewaretoken": response.cookies["csrftoken"].value}, headers=HTMX)
    assert again.status_code != 403


@pytest.mark.parametrize("name", pairs("POST"))
def test_htmx_of_who_may_only_look_gets_a_sentence(name: str, article: Article, desk: Callable[[str], Client]) -> None:
    response = desk("rita").post(address(name, article), headers=HTMX)
    assert response.status_code == 403
    assert response["HX-Reswap"] == "none"
    assert response.content.decode().startswith('<div id="notice" hx-swap-oob="true">')


@pytest.mark.parametrize("name", DESK)
def test_a_stranger_is_told_nothing(name: str, article: Article, desk: Callable[[str], Client]) -> None:
    url = address(name, article)
    assert desk("stan").get(url).status_code == 404
    assert desk("stan").post(url).status_code == 404


@pytest.mark.parametrize("name", pairs("GET"))
def test_a_reader_may_look_but_not_prepare_changes(name: str, article: Article, desk: Callable[[str], Client]) -> None:
    status = desk("rita").get(address(name, article)).status_code
    assert status == (403 if name in NOT_FOR_READERS else 200)


@pytest.mark.parametrize("name", pairs("POST"))
@pytest.mark.parametrize("who", ["rita", "dov"])
def test_who_may_only_look_may_change_nothing(
    name: str, who: str, article: Article, desk: Callable[[str], Client]
) -> None:
    before = Article.objects.values().get(pk=article.pk)
    assert desk(who).post(address(name, article)).status_code == 403
    assert Article.objects.values().get(pk=article.pk) == before


@pytest.mark.parametrize("name", pairs("GET"))
@pytest.mark.parametrize("who", ["ana", "claire"])
def test_editors_and_chief_editors_see_every_page(
    name: str, who: str, article: Article, desk: Callable[[str], Client]
) -> None:
    response = desk(who).get(address(name, article))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", DESK)
def test_other_methods_are_not_answered(name: str, article: Article, desk: Callable[[str], Client]) -> None:
    url, methods = address(name, article), DESK[name][0].split()
    client = desk("claire")
    for method in ("get", "post", "put", "patch", "delete"):
        if method.upper() not in methods:
            assert getattr(client, method)(url).status_code == 405, method


@pytest.mark.parametrize("name", ARTICLE_VIEWS)
@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_an_article_that_is_not_there_is_not_found(
    name: str, pk: int, article: Article, desk: Callable[[str], Client]
) -> None:
    args = [pk, *DESK[name][1](article)[1:]]
    client, methods = desk("claire"), DESK[name][0].split()
    for method in methods:
        assert getattr(client, method.lower())(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_an_upload_that_is_not_there_is_not_found(pk: int, desk: Callable[[str], Client]) -> None:
    for name in ("receipts", "receipts_csv"):
        assert desk("ana").get(reverse(name, args=[pk])).status_code == 404


@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_an_item_that_is_not_there_is_not_found(pk: int, article: Article, desk: Callable[[str], Client]) -> None:
    upload = article.receipts.get().upload_id
    for method in ("get", "post"):
        assert getattr(desk("ana"), method)(reverse("receipt", args=[upload, pk])).status_code == 404


GONE = {
    "block": ({"do": "flip"}, 409),
    "attribution": ({"do": "confirm"}, 409),
    "mention": ({"do": "confirm"}, 409),
    "right": ({"do": "confirm"}, 409),
    "flag": ({"do": "dismiss"}, 409),
    "proposal": ({"do": "accept"}, 409),
    "named_outlet": ({"do": "add"}, 422),
    "undo": ({}, 422),
}


@pytest.mark.parametrize("name", GONE)
@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_a_row_that_is_gone_is_said_and_not_a_crash(
    name: str, pk: int, article: Article, desk: Callable[[str], Client]
) -> None:
    data, status = GONE[name]
    response = desk("ana").post(reverse(name, args=[article.pk, pk]), {**data, "seen": article.version}, headers=HTMX)
    assert response.status_code == status
    assert 'id="message"' in response.content.decode()


# Input that no form of ours sends.
NONSENSE: dict[str, list[dict[str, Any]]] = {
    "claim": [{}, {"do": "burn"}],
    "read_again": [{}, {"seen": "x"}],
    "block": [
        {},
        {"do": "flip"},
        {"do": "flip", "seen": "x"},
        {"do": "flip", "seen": "-1"},
        {"do": "burn", "seen": 1},
        {"do": "kind", "seen": 1},
        {"do": "kind", "seen": 1, "kind": "poem"},
        {"do": "split", "seen": 1},
        {"do": "split", "seen": 1, "at": "-4"},
        {"do": "split", "seen": 1, "at": 10**20},
        {"do": "text", "seen": 1, "words": "a\x00b"},
        {"do": "text", "seen": 1, "words": ""},
    ],
    "run": [{}, {"seen": 1}, {"seen": 1, "first": 1}, {"seen": 1, "first": "x", "last": "y", "kind": "z"}],
    "field": [
        {},
        {"do": "fix", "seen": 1},
        {"do": "fix", "seen": 1, "text": "x" * 2001},
        {"do": "fix", "seen": 1, "text": "a\x00b"},
        {"do": "choose", "seen": 1, "number": 10**20},
        {"do": "choose", "seen": 1, "number": "-1"},
        {"do": "borrow", "seen": 1, "number": 1},
        {"do": "remember", "seen": 1},
    ],
    "confirm_facts": [{}, {"do": "confirm_all"}, {"do": "burn", "seen": 1}, {"do": "confirm_all", "seen": "x"}],
    "named_outlet": [
        {},
        {"do": "add"},
        {"do": "burn", "seen": 1},
        {"do": "same", "seen": 1},
        {"do": "same", "seen": 1, "outlet": 10**20},
        {"do": "never", "seen": 1, "outlet": "x"},
        {"do": "add", "seen": 1},
    ],
    "attribution": [
        {},
        {"do": "add", "seen": 1},
        {"do": "add", "seen": 1, "role": "friend", "name": "x"},
        {"do": "add", "seen": 1, "role": "agency", "name": "x", "start": 5},
        {"do": "add", "seen": 1, "role": "agency", "name": "x", "start": 5, "end": 5},
        {"do": "add", "seen": 1, "role": "agency", "name": "x", "start": 5, "end": 10**20},
        {"do": "add", "seen": 1, "role": "agency", "name": "x", "state": "sure"},
        {"do": "confirm", "seen": 1},
        {"do": "remember", "seen": 1},
    ],
    "tag": [
        {},
        {"do": "tag", "seen": 1},
        {"do": "tag", "seen": 1, "words": "Lorval"},
        {"do": "tag", "seen": 1, "words": "Lorval", "type": "boat"},
        {"do": "tag", "seen": 1, "start": 0, "end": 0, "type": "place"},
        {"do": "tag", "seen": 1, "start": 10**20, "end": 10**21, "type": "place"},
        {"do": "tag", "seen": 1, "words": "(((", "type": "place"},
        {"do": "confirm_all", "seen": 1, "least": 101},
        {"do": "confirm_all", "seen": 1, "least": "most"},
    ],
    "tag_order": [{}, {"by": "colour"}],
    "mention": [
        {},
        {"do": "burn", "seen": 1},
        {"do": "change", "seen": 1},
        {"do": "link", "seen": 1},
        {"do": "link", "seen": 1, "entity": 10**20},
        {"entity": "x", "seen": 1},
        {"do": "new", "seen": 1},
        {"do": "move", "seen": 1},
        {"do": "move", "seen": 1, "words": "Facebook"},
        {"do": "move", "seen": 1, "start": 5, "end": 5},
        {"do": "move", "seen": 1, "start": 10**9, "end": 10**9 + 1},
    ],
    "proposal": [
        {},
        {"do": "accept"},
        {"do": "burn", "seen": 1},
        {"do": "accept", "seen": "x"},
        {"do": "accept_all", "seen": 1},
    ],
    "flag": [{}, {"seen": 1}, {"do": "burn", "seen": 1}],
    "note": [{}, {"text": " "}, {"text": "x" * 5001}, {"text": "a\x00"}],
    "undo": [{}, {"seen": "x"}],
    "right": [
        {},
        {"do": "burn", "seen": 1},
        {"do": "add", "seen": 1, "constraint": "other", "scope": "text", "words": "x"},
        {"do": "correct", "seen": 1},
        {"do": "correct", "seen": 1, "constraint": "magic", "scope": "text"},
        {"do": "correct", "seen": 1, "constraint": "other", "scope": "sound"},
        {"do": "correct", "seen": 1, "constraint": "embargo", "scope": "text", "until": "tomorrow"},
        {"do": "correct", "seen": 1, "constraint": "licence", "scope": "text", "licence": "mine"},
        {"do": "correct", "seen": 1, "constraint": "other", "scope": "text", "start": 5, "end": 5},
        {"do": "correct", "seen": 1, "constraint": "other", "scope": "text", "credit": "a\x00b"},
    ],
    "transition": [{}, {"seen": "x"}, {"seen": 1, "treatment": "shout"}],
    "blind": [
        {},
        {"do": "burn"},
        {"do": "begin", "asked": "x"},
        {"do": "begin", "asked": 10**20},
        {"do": "finish"},
        {"do": "reopen"},
        {"do": "give_up"},
        {"do": "tag"},
        {"do": "tag", "type": "boat", "words": "Lorval"},
        {"do": "tag", "type": "place", "words": "a\x00b"},
        {"do": "tag", "type": "place", "start": 5},
        {"do": "tag", "type": "place", "start": 5, "end": 10**20},
    ],
    "blind_tag": [{}, {"do": "burn"}, {"do": "remove"}, {"do": "change", "type": "boat"}],
    "agreement": [
        {},
        {"do": "burn", "seen": 1},
        {"do": "take_agreed"},
        {"do": "take_agreed", "seen": 1},
        {"do": "settle", "seen": 1},
        {"do": "settle", "seen": 1, "start": 5, "end": 5, "choice": "none"},
        {"do": "settle", "seen": 1, "start": 1, "end": 10**20, "choice": "none"},
        {"do": "settle", "seen": 1, "start": 1, "end": 5, "choice": "x" * 41},
        {"do": "settle", "seen": 1, "start": 1, "end": 5, "choice": "none"},
    ],
    "take_tags": [{}, {"taken_as": "suggestion"}, {"taken_as": "truth"}, {"taken_as": "suggestion", "format": "xml"}],
    "tags": [{}, {"taken_as": "confirmed"}],
    "tag_receipts": [{}, {"do": "burn"}],
    "relation": [{}, {"do": "burn"}, {"do": "confirm", "back": "nowhere"}, {"do": "reconsider"}],
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, rows in NONSENSE.items() for data in rows])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_what_makes_no_sense_is_answered_with_a_sentence_and_changes_nothing(
    name: str, data: dict[str, Any], headers: dict[str, str], article: Article, desk: Callable[[str], Client]
) -> None:
    before = Article.objects.values().get(pk=article.pk)
    response = desk("claire").post(address(name, article), data, headers=headers)
    assert response.status_code == 422
    html = response.content.decode()
    assert 'role="alert"' in html
    assert '<div class="problem">' in html
    assert "HX-Request" in response["Vary"]
    assert Article.objects.values().get(pk=article.pk) == before


def test_a_fact_and_a_step_that_do_not_exist_are_no_crash(article: Article, desk: Callable[[str], Client]) -> None:
    client = desk("claire")
    for do in ("fix", "confirm", "forget", "release", "choose"):
        url = reverse("field", args=[article.pk, "colour"])
        assert client.post(url, {"do": do, "seen": 1, "text": "blue", "number": 0}).status_code == 422
    assert not article.fields.filter(name="colour").exists()
    assert client.get(reverse("transition", args=[article.pk, "launch"])).status_code == 404


def test_a_form_from_another_site_is_refused(article: Article) -> None:
    from tests import factories

    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person("ana"))
    block = block_with(article, "Partager")
    response = client.post(reverse("block", args=[article.pk, block.pk]), {"do": "flip", "seen": 1})
    assert response.status_code == 403


@pytest.mark.parametrize("step", TRANSITIONS)
def test_a_step_that_is_not_open_is_said_on_its_page(
    step: str, article: Article, desk: Callable[[str], Client]
) -> None:
    response = desk("claire").get(reverse("transition", args=[article.pk, step]))
    assert response.status_code == 200
    closed = step not in {"submit", "reject"}
    assert ("This step is not open" in response.content.decode()) == closed

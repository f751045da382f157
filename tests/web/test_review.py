"""The review page, and each thing that can be done on it in a browser, with htmx and without."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import blocks, facts, workflow
from articles.core.workflow import Status
from articles.models import Article, Entity
from tests import factories
from tests.conftest import HTMX
from tests.factories import block_with

pytestmark = pytest.mark.django_db
PANELS = {
    "status",
    "message",
    "text",
    "questions",
    "facts",
    "attribution",
    "rights",
    "story",
    "tags",
    "notes",
    "history",
    "proposals",
}


def swapped(response: Any) -> set[str]:
    """The ids of the panels in an answer to htmx; "block" for the row of one block."""
    html = response.content.decode()
    assert "<html" not in html
    found = re.findall(r'<(?:section|header|div|article)[^>]*\bid="([\w-]+)"[^>]*hx-swap-oob="true"', html)
    names = {"block" if re.fullmatch(r"block-\d+", name) else name for name in found}
    return names - {"block"} if "text" in names else names


def span_of(article: Article, words: str) -> dict[str, int]:
    at = article.raw_text.index(words)
    return {"start": at, "end": at + len(words)}


def link(article: Article) -> int:
    return article.attribution.order_by("pk")[1].pk


def unknown_link(article: Article) -> int:
    named = article.attribution.filter(role="agency", name="Presse du Quai")
    return (
        named.first().pk
        if named
        else article.attribution.create(role="agency", name="Presse du Quai", state="stated").pk
    )


def paris(article: Article) -> int:
    return article.mentions.get(surface="Paris").pk


def proposed(article: Article) -> int:
    made = article.proposals.first() or factories.propose(article, "Partager sur Facebook", "ad")
    return made.pk


Made = Callable[[Article], Any]
# view, its further arguments, what is posted, the panels it may touch besides status, history and message.
ACTS: dict[str, tuple[str, Made, Made, set[str]]] = {
    "flip": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "flip"},
        {"block", "tags", "proposals"},
    ),
    "keep": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "keep"},
        {"block", "tags", "proposals"},
    ),
    "kind": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "kind", "kind": "legal"},
        {"block", "tags", "proposals"},
    ),
    "new title": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "kind", "kind": "title"},
        {"text", "tags", "facts", "proposals"},
    ),
    "split": (
        "block",
        lambda a: [block_with(a, "Il a rap").pk],
        lambda a: {"do": "split", "at": a.raw_text.index("Il a rap")},
        {"text", "questions", "tags", "proposals"},
    ),
    "join": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "join"},
        {"text", "questions", "tags", "proposals"},
    ),
    "correct": (
        "block",
        lambda a: [block_with(a, "Il a rap").pk],
        lambda a: {"do": "text", "words": "Autre chose."},
        {"block", "tags", "proposals"},
    ),
    "run": (
        "run",
        lambda a: [],
        lambda a: {"first": block_with(a, "Partager").pk, "last": block_with(a, "Lire").pk, "kind": "keep"},
        {"text", "tags", "proposals"},
    ),
    "confirm block": (
        "block",
        lambda a: [block_with(a, "Partager").pk],
        lambda a: {"do": "confirm"},
        {"block", "proposals"},
    ),
    "accept": (
        "proposal",
        lambda a: [proposed(a)],
        lambda a: {"do": "accept"},
        {"text", "tags", "facts", "proposals"},
    ),
    "dismiss proposal": (
        "proposal",
        lambda a: [proposed(a)],
        lambda a: {"do": "dismiss"},
        {"text", "tags", "facts", "proposals"},
    ),
    "accept all": (
        "proposal",
        lambda a: [proposed(a)][:0],
        lambda a: {"do": "accept_all"},
        {"text", "tags", "facts", "proposals"},
    ),
    "confirm all facts": (
        "confirm_facts",
        lambda a: [],
        lambda a: {"do": "confirm_all"},
        {"facts", "attribution", "rights"},
    ),
    "add outlet": ("named_outlet", lambda a: [unknown_link(a)], lambda a: {"do": "add"}, {"attribution", "rights"}),
    "fix": ("field", lambda a: ["section"], lambda a: {"do": "fix", "text": "Mer"}, {"facts", "attribution", "rights"}),
    "confirm": ("field", lambda a: ["section"], lambda a: {"do": "confirm"}, {"facts", "attribution", "rights"}),
    "forget": ("field", lambda a: ["section"], lambda a: {"do": "forget"}, {"facts", "attribution", "rights"}),
    "add link": (
        "attribution",
        lambda a: [],
        lambda a: {"do": "add", "role": "agency", "name": "AFP", "state": "stated", **span_of(a, "Agence")},
        {"attribution", "rights"},
    ),
    "confirm link": ("attribution", lambda a: [link(a)], lambda a: {"do": "confirm"}, {"attribution", "rights"}),
    "correct link": (
        "attribution",
        lambda a: [link(a)],
        lambda a: {"do": "correct", "role": "agency", "name": "AFP", "state": "stated"},
        {"attribution", "rights"},
    ),
    "remove link": ("attribution", lambda a: [link(a)], lambda a: {"do": "remove"}, {"attribution", "rights"}),
    "add right": (
        "right",
        lambda a: [],
        lambda a: {"do": "add", "constraint": "other", **span_of(a, "Agence")},
        {"rights"},
    ),
    "confirm right": ("right", lambda a: [a.rights.get().pk], lambda a: {"do": "confirm"}, {"rights"}),
    "dismiss right": ("right", lambda a: [a.rights.get().pk], lambda a: {"do": "dismiss"}, {"rights"}),
    "correct right": (
        "right",
        lambda a: [a.rights.get().pk],
        lambda a: {"do": "correct", "constraint": "territory", "scope": "text", "territory": "Suisse"},
        {"rights"},
    ),
    "tag": (
        "tag",
        lambda a: [],
        lambda a: {"do": "tag", "type": "place", **span_of(a, "Lorval")},
        {"text", "tags"},
    ),
    "tag words": (
        "tag",
        lambda a: [],
        lambda a: {"do": "tag", "type": "place", "words": "Lorval", "everywhere": "on"},
        {"text", "tags"},
    ),
    "confirm all": ("tag", lambda a: [], lambda a: {"do": "confirm_all"}, {"text", "tags"}),
    "confirm tag": ("mention", lambda a: [paris(a)], lambda a: {"do": "confirm"}, {"text", "tags"}),
    "reject tag": ("mention", lambda a: [paris(a)], lambda a: {"do": "reject"}, {"text", "tags"}),
    "change tag": ("mention", lambda a: [paris(a)], lambda a: {"do": "change", "type": "event"}, {"text", "tags"}),
    "move tag": ("mention", lambda a: [paris(a)], lambda a: {"do": "move", **span_of(a, "Lorval")}, {"text", "tags"}),
    "link tag": (
        "mention",
        lambda a: [paris(a)],
        lambda a: {"entity": factories.EntityFactory(type="place").pk},
        {"text", "tags"},
    ),
    "new entity": ("mention", lambda a: [paris(a)], lambda a: {"do": "new", "name": "Paris (Texas)"}, {"text", "tags"}),
    "dismiss": ("flag", lambda a: [a.flags.get().pk], lambda a: {"do": "dismiss"}, {"questions"}),
    "note": ("note", lambda a: [], lambda a: {"text": "Le maire a rappelé."}, {"notes"}),
    "read again": ("read_again", lambda a: [], lambda a: {}, PANELS - {"block"}),
}


def post(client: Client, name: str, article: Article, *, seen: int | None = None, **extra: Any) -> Any:
    view, args, data, _ = ACTS[name]
    url = reverse(view, args=[article.pk, *args(article)])
    return client.post(url, {**data(article), "seen": article.version if seen is None else seen}, **extra)


@pytest.mark.parametrize("name", ACTS)
def test_without_htmx_an_act_leads_back_to_the_page(name: str, article: Article, desk: Any) -> None:
    client = desk("ana")
    response = post(client, name, article)
    assert response.status_code == 302
    assert response.url.startswith(f"/articles/{article.pk}/")
    assert response["Vary"].count("HX-Request") == 1
    assert article.log.count() == 2
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_with_htmx_only_the_panels_that_it_touches_are_sent(name: str, article: Article, desk: Any) -> None:
    response = post(desk("ana"), name, article, headers=HTMX)
    assert response.status_code == 200
    assert "HX-Request" in response["Vary"]
    always = {"status", "history", "message", "questions", "count"}
    assert swapped(response) - always <= ACTS[name][3]
    assert swapped(response) >= ACTS[name][3] | {"status", "history"}
    assert article.log.count() == 2


STALE = [
    "flip",
    "kind",
    "correct",
    "confirm block",
    "accept",
    "dismiss proposal",
    "run",
    "fix",
    "confirm",
    "forget",
    "confirm link",
    "correct link",
    "remove link",
    "confirm tag",
    "reject tag",
    "dismiss",
]


@pytest.mark.parametrize("name", STALE)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_stale_act_shows_both_versions_and_loses_nothing(
    name: str, headers: dict[str, str], article: Article, desk: Any
) -> None:
    seen = article.version
    assert post(desk("bea"), name, article).status_code == 302
    before = Article.objects.values().get(pk=article.pk)
    response = post(desk("ana"), name, article, seen=seen, headers=headers)
    assert response.status_code == 409
    assert "HX-Request" in response["Vary"]
    html = response.content.decode()
    assert "What stands there now" in html
    assert "What you sent" in html
    assert 'name="seen" value="2"' in html, "one's own can be sent again on the new version"
    assert Article.objects.values().get(pk=article.pk) == before
    if headers:
        assert swapped(response) == {"message"}
    for value in ACTS[name][2](article).values():
        assert str(value) in html


def test_a_person_may_insist_after_a_conflict(article: Article, desk: Any) -> None:
    post(desk("bea"), "fix", article)
    client = desk("ana")
    assert post(client, "fix", article, seen=1).status_code == 409
    data = {"do": "fix", "text": "Mine", "seen": 2}
    assert client.post(reverse("field", args=[article.pk, "section"]), data).status_code == 302
    assert article.fields.get(name="section").value == "Mine"


def test_when_others_changed_the_article_the_whole_page_is_brought_up_to_date(article: Article, desk: Any) -> None:
    post(desk("bea"), "fix", article)
    response = post(desk("ana"), "flip", article, seen=1, headers=HTMX)
    assert response.status_code == 200
    assert swapped(response) >= PANELS - {"message"}


def test_what_was_typed_is_not_lost_with_an_error(article: Article, desk: Any) -> None:
    url = reverse("field", args=[article.pk, "published"])
    response = desk("ana").post(url, {"do": "fix", "seen": 1, "text": "avant-hier"})
    assert response.status_code == 422
    assert response.content.decode().count("avant-hier") >= 2, "in the sentence and as what was sent"


def test_the_page_shows_every_panel_and_both_texts(article: Article, desk: Any) -> None:
    html = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    for panel in PANELS:
        assert len(re.findall(rf'id="{panel}"', html)) == 1, panel
    for block in article.blocks.all():
        assert f'id="block-{block.pk}"' in html
    assert "Partager sur Facebook" in html
    assert 'dir="auto"' in html
    assert "hx-swap-oob" not in html


def test_a_reader_gets_the_page_without_a_way_to_change_it(article: Article, desk: Any) -> None:
    html = desk("rita").get(f"/articles/{article.pk}/").content.decode()
    main = html[html.index("<main") :]
    assert 'method="post"' not in main
    assert "hx-post" not in main
    assert Article.objects.get(pk=article.pk).claimed_by is None


def test_opening_the_page_claims_it_and_the_next_one_sees_that(article: Article, desk: Any, ana: User) -> None:
    desk("ana").get(f"/articles/{article.pk}/")
    article.refresh_from_db()
    assert article.claimed_by == ana
    html = desk("bea").get(f"/articles/{article.pk}/").content.decode()
    assert "Ana has it" in html
    article.refresh_from_db()
    assert article.claimed_by == ana
    Article.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    desk("bea").get(f"/articles/{article.pk}/")
    article.refresh_from_db()
    assert article.claimed_by.username == "bea"


@pytest.mark.parametrize("status", ["approved", "rejected", "retracted"])
def test_opening_what_is_done_claims_nothing(status: str, desk: Any) -> None:
    article = factories.make_article(status=status)
    html = desk("ana").get(f"/articles/{article.pk}/").content.decode()
    article.refresh_from_db()
    assert article.claimed_by is None
    assert Status(status).label in html


@pytest.mark.parametrize("tab", ["raw", "clean", "facts", "nonsense", "<script>"])
def test_a_tab_can_be_chosen_without_a_script(tab: str, article: Article, desk: Any) -> None:
    html = desk("ana").get(f"/articles/{article.pk}/", {"tab": tab}).content.decode()
    wanted = tab if tab in {"raw", "clean", "facts"} else "clean"
    assert f'class="desk" data-tab="{wanted}"' in html


def test_hostile_text_is_shown_as_text(desk: Any, ana: User) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    article = factories.ArticleFactory(text=factories.TEXT.replace("deux millions", bad), outlet=bad, url="")
    facts.fix_field(article, "title", text=bad, by=ana, seen=article.version)
    factories.EntityFactory(name=bad)
    client = desk("ana")
    client.post(reverse("note", args=[article.pk]), {"text": bad})
    for url in (f"/articles/{article.pk}/", "/", f"/articles/{article.pk}/blocks/{article.blocks.first().pk}/"):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html, url
        assert "<img src=x" not in html, url


def test_the_editor_of_a_block_offers_its_words_its_kind_and_places_to_cut(article: Article, desk: Any) -> None:
    block = block_with(article, "Il a rappelé")
    url = reverse("block", args=[article.pk, block.pk])
    page = desk("ana").get(url).content.decode()
    panel = desk("ana").get(url, headers=HTMX)
    assert panel.content.decode().strip().startswith('<section class="editor"')
    assert "HX-Request" in panel["Vary"]
    assert f'value="{article.raw_text.index("Il a rappelé")}"' in page
    assert "Nous attendions" in page
    for pk in (999_999, 10**25):
        assert desk("ana").get(reverse("block", args=[article.pk, pk])).status_code == 404


def test_each_place_to_cut_that_is_offered_can_be_cut(desk: Any, ana: User) -> None:
    page = factories.ArticleFactory(text=factories.PAGE)
    block = block_with(page, "Bréval</b>")
    html = desk("ana").get(reverse("block", args=[page.pk, block.pk])).content.decode()
    offered = [int(at) for at in re.findall(r'<option value="(\d+)">(?:line|word|sentence|proposed)', html)]
    assert len(offered) > 10
    for at in offered:
        article = Article.objects.get(pk=page.pk)
        row = article.blocks.get(start__lt=at, end__gt=at)
        blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
        blocks.join_block(article, row.pk, by=ana, seen=article.version)


def test_a_block_of_several_lines_of_a_page_can_be_cut_before_each(desk: Any) -> None:
    menu = "</li>\n<li>".join(["Accueil", "Sport", "Culture", "Monde"])
    page = factories.ArticleFactory(text=factories.PAGE.replace("<nav>", f"<nav><ul><li>{menu}</li></ul>"))
    block = block_with(page, "Culture")
    html = desk("ana").get(reverse("block", args=[page.pk, block.pk])).content.decode()
    offered = re.findall(r'<option value="(\d+)">line', html)
    assert str(page.raw_text.index("Culture")) in offered


def test_the_status_says_that_somebody_changed_it_and_keeps_the_version_of_the_page(
    article: Article, desk: Any
) -> None:
    client = desk("ana")
    url = reverse("status", args=[article.pk])
    assert "Somebody changed this article" not in client.get(url, {"seen": 1}).content.decode()
    post(desk("bea"), "fix", article)
    html = client.get(url, {"seen": 1}).content.decode()
    assert "Somebody changed this article" in html
    assert 'data-seen="1"' in html
    for seen in ("", "x", "-1", "²", "9" * 30):
        assert client.get(url, {"seen": seen}).status_code == 200
    article.refresh_from_db()
    assert article.version == 2


def test_the_source_is_plain_text_that_no_browser_will_run(desk: Any, db: None) -> None:
    article = factories.ArticleFactory(text=factories.PAGE)
    response = desk("rita").get(reverse("source", args=[article.pk]))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.decode() == article.raw_text


def from_tab(article: Article, query: str) -> dict[str, str]:
    return {"Referer": f"http://testserver/articles/{article.pk}/{query}"}


@pytest.mark.parametrize(
    ("query", "tab"),
    [("?tab=facts", "?tab=facts"), ("?tab=raw", "?tab=raw"), ("", ""), ("?tab=moon", ""), ("?x=%ff", "")],
)
def test_without_htmx_the_tab_of_a_narrow_screen_stays(query: str, tab: str, article: Article, desk: Any) -> None:
    response = post(desk("ana"), "tag words", article, headers=from_tab(article, query))
    assert response.url == f"/articles/{article.pk}/{tab}#tags"


def test_sent_from_the_page_of_a_lost_race_it_is_the_tab_of_the_anchor(article: Article, desk: Any) -> None:
    client = desk("ana")
    assert post(client, "tag words", article, headers=from_tab(article, "tags/")).url.endswith("/?tab=facts#tags")
    article.refresh_from_db()
    elsewhere = {"Referer": f"https://evil.example/articles/{article.pk}/?tab=raw"}
    assert post(client, "note", article, headers=elsewhere).url == f"/articles/{article.pk}/#notes"


def test_a_refusal_without_htmx_stays_on_its_tab(article: Article, desk: Any) -> None:
    url = reverse("note", args=[article.pk])
    response = desk("ana").post(url, {"seen": 1, "text": " "}, headers=from_tab(article, "?tab=facts"))
    assert response.status_code == 422
    assert 'class="desk" data-tab="facts"' in response.content.decode()


def test_the_key_for_undo_takes_back_the_last_action_and_no_other(
    article: Article, desk: Any, ana: User, bea: User
) -> None:
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    mine = article.log.first()
    url = reverse("undo", args=[article.pk, mine.pk])
    blocks.flip_block(article, block_with(article, "Partager").pk, kept=True, by=bea, seen=article.version)
    client, last = desk("ana"), {"seen": article.version - 1, "only_last": "on"}
    html = client.post(url, last, headers=HTMX).content.decode()
    assert "not the last action any more" in html
    assert "bea kept" in html.replace("\n", " ")
    assert f'<dt>Undo</dt><dd dir="auto">{mine.summary}</dd>' in html
    assert 'name="only_last"' not in html, "what is insisted on was chosen on purpose"
    assert client.post(url, last, headers=HTMX).status_code == 409
    # Taking back what came after makes it the last again; an undo is none of its own.
    assert (
        client.post(reverse("undo", args=[article.pk, article.log.first().pk]), last, headers=HTMX).status_code == 200
    )
    assert client.post(url, last, headers=HTMX).status_code == 200


def test_what_was_chosen_in_the_history_is_undone_though_others_came_after(
    article: Article, desk: Any, ana: User, bea: User
) -> None:
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    mine = article.log.first()
    blocks.flip_block(article, block_with(article, "Partager").pk, kept=True, by=bea, seen=article.version)
    response = desk("ana").post(reverse("undo", args=[article.pk, mine.pk]), {"seen": article.version}, headers=HTMX)
    assert response.status_code == 200


def test_a_tag_can_be_undone_from_the_history(article: Article, desk: Any) -> None:
    client = desk("ana")
    post(client, "tag words", article)
    article.refresh_from_db()
    entry = article.log.first()
    url = reverse("undo", args=[article.pk, entry.pk])
    assert url in client.get(f"/articles/{article.pk}/").content.decode()
    response = client.post(url, {"seen": article.version}, headers=HTMX)
    assert response.status_code == 200
    assert swapped(response) >= PANELS - {"message"}
    # The machine's own suggestion stands there again.
    assert not article.mentions.filter(surface="Lorval", state="confirmed").exists()
    again = client.post(url, {"seen": article.version})
    assert again.status_code == 422


def test_a_claim_can_be_taken_over_and_let_go(article: Article, desk: Any, ana: User) -> None:
    url = reverse("claim", args=[article.pk])
    assert desk("ana").post(url, {"do": "claim"}, headers=HTMX).status_code == 200
    refused = desk("bea").post(url, {"do": "claim"}, headers=HTMX)
    assert refused.status_code == 422
    assert "has it" in refused.content.decode()
    assert desk("bea").post(url, {"do": "take_over"}, headers=HTMX).status_code == 200
    article.refresh_from_db()
    assert article.claimed_by.username == "bea"
    assert desk("bea").post(url, {"do": "let_go"}).status_code == 302
    article.refresh_from_db()
    assert article.claimed_by is None


def test_what_happened_to_an_article_keeps_the_name_of_who_did_it(article: Article, desk: Any) -> None:
    leaving = factories.UserFactory(editor=True)
    blocks.flip_block(article, block_with(article, "Partager").pk, by=leaving, seen=article.version)
    workflow.claim(article, by=leaving)
    with pytest.raises(ProtectedError):
        leaving.delete()
    leaving.is_active = False
    leaving.save()
    assert desk("ana").get(f"/articles/{article.pk}/").status_code == 200


def test_an_entity_that_was_offered_is_linked_by_its_button(article: Article, desk: Any) -> None:
    entity = Entity.objects.get(name="Paris", type="place")
    response = desk("ana").post(
        reverse("mention", args=[article.pk, paris(article)]), {"entity": entity.pk, "seen": 1, "everywhere": "on"}
    )
    assert response.status_code == 302
    assert article.mentions.get(surface="Paris").state == "confirmed"


def test_the_page_takes_no_more_queries_for_a_long_article_than_for_a_short_one(desk: Any, ana: User) -> None:
    client = desk("ana")
    short = factories.ArticleFactory()
    paragraph = "Emmanuel Macron est revenu à Paris le {} mars, a dit la mairie de Lyon, « sans rien ajouter.\n"
    long = factories.ArticleFactory(
        text=factories.TEXT + "".join(paragraph.format(n) for n in range(1, 30)) + "Lire aussi : x\n" * 20
    )
    for article in (short, long):
        for _ in range(2):
            client.post(reverse("note", args=[article.pk]), {"text": "x"})
        facts.fix_field(article, "title", text="x", by=ana, seen=article.version)
    facts.fix_field(long, "section", text="x", by=ana, seen=long.version)
    counts = []
    for article in (short, long):
        client.get(f"/articles/{article.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/articles/{article.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] < 40

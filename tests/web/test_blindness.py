"""What an editor who tags blind is told elsewhere on the desk: what waits for it, and nothing of the article's tags."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions import blind, tags
from articles.actions.linking import link_tag
from articles.models import Article, Entity
from tests import factories

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]


def show(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_queue_says_what_waits_for_ones_blind_tagging(article: Article, desk: Desk, ana: User, bea: User) -> None:
    assert "blind tagging" not in show(desk("bea"), "queue")
    blind.begin(article, by=ana, asked=bea)
    for who, words in (("bea", f"<bdi>{blind.called(ana)}</bdi> asks you"), ("ana", "you began")):
        for name in ("queue", "agreements"):
            html = show(desk(who), name)
            assert "1 article waits for your blind tagging" in html
            assert words in html
            assert f'href="{reverse("blind", args=[article.pk])}"' in html
    for who in ("claire", "rita"):
        assert "blind tagging" not in show(desk(who), "queue")
    blind.begin(article, by=bea)
    blind.finish(article, by=bea)
    assert "blind tagging" not in show(desk("bea"), "queue")


def test_the_queue_lists_a_few_and_the_overview_all(desk: Desk, monkeypatch: pytest.MonkeyPatch, ana: User) -> None:
    monkeypatch.setattr("articles.views.panels.blind_waiting.BlindWaiting.__init__.__kwdefaults__", {"listed": 1})
    for text in (factories.TEXT, factories.PAGE):
        blind.begin(factories.ArticleFactory(text=text), by=ana)
    html = show(desk("ana"), "queue")
    assert "2 articles wait for your blind tagging" in html
    assert f'<a href="{reverse("agreements")}">and 1 more</a>' in html
    assert "more</a>" not in show(desk("ana"), "agreements")


def test_who_is_asked_may_say_no(article: Article, desk: Desk, ana: User, bea: User) -> None:
    blind.begin(article, by=ana, asked=bea)
    client, url = desk("bea"), reverse("blind", args=[article.pk])
    html = client.get(url).content.decode()
    assert f"<bdi>{blind.called(ana)}</bdi> asks you to." in html
    assert 'value="decline"' in html
    response = client.post(url, {"do": "decline"})
    assert (response.status_code, response["Location"]) == (302, reverse("queue"))
    assert 'value="decline"' not in client.get(url).content.decode()
    assert client.post(url, {"do": "decline"}).status_code == 422


@pytest.fixture
def tagged(article: Article, bea: User) -> Entity:
    """An entity to which a tag of the article leads."""
    entity = factories.EntityFactory(name="Mairie de Lorval", type="organisation")
    made = tags.tag_words(article, "mairie", type="organisation", everywhere=True, by=bea, seen=article.version)
    link_tag(article, made[0].pk, entity=entity, by=bea, seen=article.version)
    tags.tag_words(article, "pluie", type="event", everywhere=True, by=bea, seen=article.version)
    return entity


def test_the_registry_tells_who_tags_blind_nothing_of_the_article(
    article: Article, tagged: Entity, desk: Desk, ana: User
) -> None:
    title = f">{article.title}<"
    asked: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
        "entity": ((tagged.slug,), {}),
        "split_entity": ((tagged.slug,), {}),
        "new_entity": ((), {"surface": "pluie", "type": "event"}),
    }
    used, nameless = {"show": "used", "q": "Mairie de Lorval"}, {"show": "nameless"}
    for name, (args, query) in asked.items():
        assert title in show(desk("ana"), name, *args, **query)
    assert tagged.get_absolute_url() in show(desk("ana"), "entities", **used)
    assert "<bdi>pluie</bdi>" in show(desk("ana"), "entities", **nameless)
    blind.begin(article, by=ana)
    for name, (args, query) in asked.items():
        assert title not in show(desk("ana"), name, *args, **query)
        assert title in show(desk("bea"), name, *args, **query)
    assert tagged.get_absolute_url() not in show(desk("ana"), "entities", **used)
    assert tagged.get_absolute_url() in show(desk("bea"), "entities", **used)
    listed = show(desk("ana"), "entities", q="Mairie de Lorval")
    assert '<td class="number none" data-label="Articles">—</td>' in listed
    assert "<bdi>pluie</bdi>" not in show(desk("ana"), "entities", **nameless)


def test_the_queue_counts_no_suggested_tags_of_what_one_tags_blind(article: Article, desk: Desk, ana: User) -> None:
    def counted(who: str) -> str:
        html = show(desk(who), "queue")
        return html.split(" unknown facts, ")[1].split(" suggestions")[0]

    before = int(counted("ana"))
    suggested = article.mentions.filter(state="suggested").values("surface").distinct().count()
    assert suggested
    blind.begin(article, by=ana)
    assert (int(counted("ana")), int(counted("bea"))) == (before - suggested, before)


def test_hidden_tags_are_not_said_to_be_settled(article: Article, desk: Desk, ana: User) -> None:
    def questions(who: str) -> str:
        return show(desk(who), "review", article.pk).split('id="questions"')[1].split("</section>")[0]

    blind.begin(article, by=ana)
    assert "The tags are hidden from you while you tag blind, and not counted." in questions("ana")
    assert "hidden from you" not in questions("bea")
    # With nothing else open, what is not shown is not settled.
    article.fields.all().delete()
    article.flags.update(dismissed=True)
    article.attribution.update(decision="confirmed")
    Article.objects.filter(pk=article.pk).update(outlet_name="Le Phare")
    assert '<span class="count">?</span>' in questions("ana")
    assert "Everything is settled." not in questions("ana")

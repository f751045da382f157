"""The queue: filters in the address, search, order, pages, and what it says when it is empty."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import facts, workflow
from articles.models import Article
from tests import factories
from tests.conftest import HTMX

pytestmark = pytest.mark.django_db


def listed(response: Any) -> list[int]:
    assert response.status_code == 200
    return [int(pk) for pk in re.findall(r'<th scope="row"><a href="/articles/(\d+)/"', response.content.decode())]


@pytest.fixture
def ask(desk: Callable[[str], Client]) -> Callable[..., list[int]]:
    client = desk("ana")
    return lambda **params: listed(client.get("/", params))


def test_by_default_it_shows_what_waits_newest_first(ask: Any) -> None:
    made = {status: factories.make_article(status=status).pk for status, live in factories.WAYS if not live}
    made["approved"] = factories.make_article(status="approved").pk
    waiting = [made[s] for s in ("new", "in_review", "ready", "sent_back")]
    assert sorted(ask()) == sorted(waiting)
    assert ask() == sorted(waiting, reverse=True)
    assert sorted(ask(status="all")) == sorted(made.values())
    for status, pk in made.items():
        assert ask(status=status) == [pk]


def test_a_row_says_what_an_editor_wants_to_know(ana: User, desk: Any) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    workflow.claim(article, by=ana)
    html = desk("bea").get("/").content.decode()
    row = html[html.index("<tbody>") : html.index("</tbody>")]
    counted = Article.objects.with_open_questions().get(pk=article.pk)
    for words in (article.title, article.outlet_name, ">fr<", "New", "Ana", "14 Mar 2024", str(counted.open_questions)):
        assert words in row


def test_it_can_be_filtered_by_outlet_language_and_question(ask: Any, ana: User) -> None:
    one, two = factories.ArticleFactory(outlet="RFI"), factories.ArticleFactory()
    facts.fix_field(two, "language", text="en", by=ana, seen=two.version)
    assert ask(outlet=one.outlet_name) == [one.pk]
    assert ask(outlet="-") == [two.pk]
    assert ask(language="en") == [two.pk]
    assert ask(language="fr") == [one.pk]
    assert sorted(ask(flag="unbalanced_quote")) == [one.pk, two.pk]
    assert ask(flag="mixed_script") == []
    assert ask(language="fr", outlet="-") == []


def test_it_can_be_filtered_by_who_has_it(ask: Any, ana: User, bea: User) -> None:
    mine, hers, nobodys = (factories.ArticleFactory() for _ in range(3))
    workflow.claim(mine, by=ana)
    workflow.claim(hers, by=bea)
    assert ask(assignee="me") == [mine.pk]
    assert ask(assignee="bea") == [hers.pk]
    assert ask(assignee="nobody") == [nobodys.pk]
    Article.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    assert ask(assignee="bea") == []
    assert len(ask(assignee="nobody")) == 3


def test_search_looks_for_every_word_in_titles_and_texts(ask: Any) -> None:
    port, market = factories.ArticleFactory(), factories.ArticleFactory(text=factories.PAGE)
    assert ask(q="MARCHÉ") == [market.pk] or ask(q="marché") == [market.pk]
    assert ask(q="digue nord") == [port.pk]
    assert ask(q="digue maraîchers") == []
    assert ask(q="100%") == []
    assert ask(q="_") == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "published", "questions", "title"])
def test_it_can_be_ordered(sort: str, ask: Any, ana: User) -> None:
    first = factories.ArticleFactory()
    second = factories.ArticleFactory(text=factories.PAGE)
    facts.fix_field(first, "title", text="Zèbre", by=ana, seen=first.version)
    assert (
        ask(sort=sort)
        == {
            "newest": [second.pk, first.pk],
            "oldest": [first.pk, second.pk],
            "published": ask(sort="published"),
            "questions": sorted(
                [first.pk, second.pk],
                key=lambda pk: -Article.objects.with_open_questions().get(pk=pk).open_questions,
            ),
            "title": [second.pk, first.pk],
        }[sort]
    )


def test_articles_without_a_date_come_last_when_ordered_by_date(ask: Any) -> None:
    dateless = factories.ArticleFactory(text=factories.PAGE)
    dated = factories.ArticleFactory()
    assert dateless.published is None
    assert ask(sort="published") == [dated.pk, dateless.pk]


def test_pages_keep_the_filters(desk: Any, settings: Any) -> None:
    settings.QUEUE_PAGE_SIZE = 2
    made = [factories.ArticleFactory().pk for _ in range(3)]
    client = desk("ana")
    first = client.get("/", {"language": "fr", "sort": "oldest"})
    assert listed(first) == made[:2]
    assert "language=fr&amp;sort=oldest&amp;page=2" in first.content.decode()
    assert listed(client.get("/", {"language": "fr", "sort": "oldest", "page": 2})) == made[2:]


@pytest.mark.parametrize(
    "params",
    [
        {"status": "burnt"},
        {"page": "x"},
        {"page": "-1"},
        {"page": 10**30},
        {"sort": "sideways"},
        {"assignee": "nobody-of-that-name"},
        {"outlet": "No Such Outlet"},
        {"language": "\x00"},
        {"q": "a\x00b"},
        {"q": "x" * 5000},
        {"flag": "';--"},
        {"status": ["new", "all"]},
        {"utm_source": "x"},
    ],
    ids=str,
)
def test_nonsense_in_the_address_is_left_aside(params: dict[str, Any], ask: Any) -> None:
    article = factories.ArticleFactory()
    assert ask(**params) == [article.pk]


def test_an_empty_desk_says_what_to_do_next(desk: Any) -> None:
    html = desk("ana").get("/").content.decode()
    assert "The desk is empty" in html
    assert 'href="/upload/"' in html
    assert "Upload articles" not in desk("rita").get("/").content.decode()


def test_filters_that_leave_nothing_say_so(desk: Any) -> None:
    factories.ArticleFactory()
    assert "Nothing fits these filters" in desk("ana").get("/", {"q": "zzzz"}).content.decode()


def test_a_desk_where_all_is_done_says_so(desk: Any) -> None:
    factories.make_article(status="approved")
    assert "Nothing is waiting" in desk("ana").get("/").content.decode()


def test_htmx_gets_the_results_only(desk: Any) -> None:
    factories.ArticleFactory()
    response = desk("ana").get("/", headers=HTMX)
    html = response.content.decode()
    assert html.strip().startswith('<section id="results"')
    assert "<html" not in html
    assert "HX-Request" in response["Vary"]
    assert "HX-Request" in desk("ana").get("/")["Vary"]


def test_titles_cannot_bring_markup_in(desk: Any, ana: User) -> None:
    article = factories.ArticleFactory()
    facts.fix_field(article, "title", text="<script>alert(1)</script>", by=ana, seen=article.version)
    html = desk("ana").get("/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_queue_takes_the_same_queries_for_two_articles_as_for_ten(desk: Any, ana: User) -> None:
    client = desk("ana")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    for _ in range(2):
        workflow.claim(factories.ArticleFactory(outlet="RFI"), by=ana)
    few = count()
    for _ in range(8):
        workflow.claim(factories.ArticleFactory(outlet="RFI"), by=ana)
    assert count() == few


def test_the_rows_do_not_carry_the_texts() -> None:
    factories.ArticleFactory()
    with CaptureQueriesContext(connection) as queries:
        list(Article.objects.for_queue().with_open_questions())
    assert "raw_text" not in queries[0]["sql"]

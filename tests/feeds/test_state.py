"""When a reader may be told that nothing changed, and when never."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from articles.actions import facts, workflow
from articles.models import FeedVersion
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feeds/rss.xml"


def get(**headers: str) -> Any:
    return Client().get(URL, headers=headers)


def age() -> None:
    """As if the last change were a while ago: HTTP dates count whole seconds."""
    FeedVersion.objects.update(changed_at=timezone.now() - timedelta(minutes=5))


def test_a_reader_who_has_the_feed_gets_a_304() -> None:
    factories.make_article(status="approved")
    age()
    first = get()
    assert first["ETag"]
    assert first["Last-Modified"]
    assert get(if_none_match=first["ETag"]).status_code == 304
    assert get(if_modified_since=first["Last-Modified"]).status_code == 304
    assert get(if_none_match=f"W/{first['ETag']}").status_code == 304
    assert get(if_none_match='"other"').status_code == 200


def test_a_304_costs_no_more_than_the_row_that_says_so(django_assert_max_num_queries: Any) -> None:
    factories.make_article(status="approved")
    age()
    first = get()
    with django_assert_max_num_queries(2):
        assert get(if_none_match=first["ETag"]).status_code == 304


def test_an_empty_feed_can_be_a_304_too() -> None:
    get()
    age()
    first = get()
    assert get(if_modified_since=first["Last-Modified"], if_none_match=first["ETag"]).status_code == 304


def test_an_old_article_that_is_approved_late_is_not_hidden(claire: User, ana: User) -> None:
    late = factories.make_article(status="ready")
    factories.make_article(status="approved")
    age()
    first = get()
    facts.fix_field(late, "published", text="1999-01-01", by=ana, seen=late.version)
    workflow.move(late, "approve", by=claire, seen=late.version)
    for headers in ({"if_modified_since": first["Last-Modified"]}, {"if_none_match": first["ETag"]}):
        again = get(**headers)
        assert again.status_code == 200
        assert str(late.guid) in again.content.decode()


def test_a_retraction_is_not_hidden(claire: User) -> None:
    article = factories.make_article(status="approved")
    age()
    first = get()
    workflow.move(article, "retract", by=claire, seen=article.version, reason="Invented.")
    for headers in ({"if_modified_since": first["Last-Modified"]}, {"if_none_match": first["ETag"]}):
        again = get(**headers)
        assert again.status_code == 200
        assert str(article.guid) not in again.content.decode()


def test_a_second_change_in_the_same_second_is_not_hidden(claire: User) -> None:
    article = factories.make_article(status="approved")
    now = http_date(timezone.now().timestamp())
    first = get()
    assert "Last-Modified" not in first
    assert get(if_modified_since=now).status_code == 200
    assert get(if_none_match=first["ETag"]).status_code == 304
    workflow.move(article, "retract", by=claire, seen=article.version, reason="Invented.")
    assert get(if_none_match=first["ETag"]).status_code == 200


def test_an_edit_that_is_not_approved_keeps_the_304(ana: User) -> None:
    article = factories.make_article(status="approved")
    first = get()
    facts.fix_field(article, "title", text="Autre", by=ana, seen=article.version)
    assert get(if_none_match=first["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("name", "value"), [("FEED_TITLE", "Autre"), ("PUBLIC_BASE_URL", "https://b.example"), ("FEED_ITEMS", 3)]
)
def test_a_setting_that_the_feed_shows_changes_its_etag(name: str, value: Any, settings: Any) -> None:
    before = get()["ETag"]
    setattr(settings, name, value)
    assert get(if_none_match=before).status_code == 200


@pytest.mark.parametrize("value", ["nonsense", "", "Thu, 99 Foo 2024", "W/"])
def test_nonsense_in_conditional_headers_is_left_aside(value: str) -> None:
    assert get(if_modified_since=value, if_none_match=value).status_code == 200

"""The tags of an article as a file."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import tags
from articles.core.exchange import FORMATS
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_every_format_gives_the_tags_on_the_clean_text(
    row: object, article: Article, desk: Callable[[str], Client]
) -> None:
    assert isinstance(row, type(FORMATS["w3c"]))
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=factories.person("ana"), seen=article.version)
    response = desk("rita").get(reverse("tags_file", args=[article.pk, row.ending]))
    assert response.status_code == 200
    assert response["Content-Type"] == row.media_type
    assert response["Content-Disposition"] == f'attachment; filename="tags-{article.pk}.{row.ending}"'
    (said,) = row.read(response.content)
    assert said.id == str(article.guid)
    places = [tag for tag in said.tags if tag.type == "place" and said.quoted(tag)[0] == "Lorval"]
    assert len(places) == 2, "the third stands in a caption"
    assert any(tag.state == "suggested" for tag in said.tags) == row.states
    if row.text:
        assert said.text == article.clean_text


def test_a_format_that_nobody_knows_is_not_found(article: Article, desk: Callable[[str], Client]) -> None:
    for ending in ("xml", "json-ld", "JSONLD"):
        assert desk("ana").get(reverse("tags_file", args=[article.pk, ending])).status_code == 404


def test_the_tags_panel_leads_to_every_file(article: Article, desk: Callable[[str], Client]) -> None:
    page = desk("rita").get(reverse("review", args=[article.pk])).content.decode()
    for row in FORMATS.values():
        assert f'href="{reverse("tags_file", args=[article.pk, row.ending])}"' in page
        assert row.label in page

"""The snapshot that approval puts in public."""

import re

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.actions import attribution as chain
from articles.actions import blocks, facts, tags
from articles.actions.attribution import LinkSaid
from articles.actions.publishing import make_publication, snapshot
from articles.actions.recording import Refused
from articles.core.safe_html import printable
from articles.models import Article
from tests import factories
from tests.factories import block_with

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quoted" <a href="javascript:x">y</a>'


def test_the_snapshot_says_what_the_desk_says(article: Article, ana: User) -> None:
    made = snapshot(article)
    assert made.title == article.title
    assert made.text == article.clean_text
    assert (made.language, made.section, made.authors) == ("fr", "Environnement", ["Jeanne Morvan"])
    assert made.originally_published["value"] == "2024-03-14T09:30:00+01:00"
    assert made.attribution.startswith("Par Jeanne Morvan")
    assert [right["constraint"] for right in made.rights] == list(article.rights.values_list("constraint", flat=True))
    assert made.problems == []
    assert made.summary.startswith("LORVAL")
    assert len(made.summary) <= 300


def test_removed_text_is_nowhere_in_the_publication(article: Article) -> None:
    made = snapshot(article)
    for words in ("Partager", "newsletter", "Lire aussi", "Commentaires", "Awa Thioune"):
        assert words not in made.html + made.text + made.summary


def test_what_is_only_inferred_or_suggested_is_not_published(ana: User, db: None) -> None:
    article = factories.ArticleFactory()
    article.attribution.filter(role="cited").update(state="inferred")
    assert snapshot(article).tags == []
    assert "mairie" not in snapshot(article).attribution
    link = article.attribution.filter(name="mairie").get()
    chain.confirm_link(article, link.pk, by=ana, seen=article.version)
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    made = snapshot(article)
    assert "mairie" in made.attribution
    assert {tag["name"] for tag in made.tags} == {"Emmanuel Macron", "Agence France-Presse", "Paris", "Lorval"}


def test_an_inferred_publisher_is_no_origin_until_somebody_stands_for_it(ana: User, db: None) -> None:
    article = factories.ArticleFactory(outlet="RFI", url="https://www.rfi.fr/fr/afrique/port")
    link = article.attribution.get(role="publisher")
    article.attribution.filter(pk=link.pk).update(state="inferred")
    assert snapshot(article).origin == {"url": "https://www.rfi.fr/fr/afrique/port"}
    chain.confirm_link(article, link.pk, by=ana, seen=article.version)
    origin = snapshot(article).origin
    assert origin["name"] == link.name
    assert origin["home"].startswith("https://")


def test_removed_links_and_rejected_tags_are_not_published(article: Article, ana: User) -> None:
    author = article.attribution.get(role="author")
    chain.remove_link(article, author.pk, by=ana, seen=article.version)
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    tags.reject_tag(article, article.mentions.get(surface="Paris").pk, by=ana, seen=article.version)
    made = snapshot(article)
    assert "Jeanne Morvan" not in made.attribution
    assert "Paris" not in {tag["name"] for tag in made.tags}


def test_a_tag_goes_out_only_with_its_words(article: Article, ana: User) -> None:
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    tags.tag_words(article, "Hélios Presse", type="organisation", everywhere=False, by=ana, seen=article.version)
    blocks.flip_block(article, block_with(article, "à Paris avec").pk, by=ana, seen=article.version)
    assert {tag["name"] for tag in snapshot(article).tags} == {"Emmanuel Macron", "Lorval"}


def test_a_tag_named_twice_is_published_once(article: Article, ana: User) -> None:
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    names = [tag["name"] for tag in snapshot(article).tags]
    assert len(names) == len(set(names)) == 4


def test_the_line_is_written_in_the_language_of_the_article(article: Article, ana: User) -> None:
    facts.fix_field(article, "language", text="en-GB", by=ana, seen=article.version)
    assert snapshot(article).attribution.startswith("By Jeanne Morvan")


def test_an_article_without_a_title_or_a_text_bars_approval(article: Article, ana: User, claire: User) -> None:
    for row in article.blocks.filter(kept=True):
        blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    facts.forget_field(article, "title", by=ana, seen=article.version)
    assert len(snapshot(article).problems) == 2
    with pytest.raises(Refused, match="no title"):
        make_publication(article, by=claire)


def test_a_block_marked_as_title_is_the_title_where_the_facts_have_none(article: Article) -> None:
    article.fields.filter(name="title").update(value=None, state="unknown")
    assert "Le port de Lorval rouvre" in snapshot(article).title


def test_text_that_no_sanitiser_should_be_given_bars_approval(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    blocks.correct_text(article, row.pk, words="&" * 30_000, by=ana, seen=article.version)
    made = snapshot(article)
    assert made.html == ""
    assert len(made.problems) == 1


def test_hostile_text_is_shown_and_never_run(ana: User, db: None) -> None:
    text = factories.TEXT.replace("deux millions d'euros", HOSTILE)
    article = factories.ArticleFactory(text=text)
    facts.fix_field(article, "title", text=HOSTILE, by=ana, seen=article.version)
    made = snapshot(article)
    assert "<script" not in made.html
    assert "<img" not in made.html
    assert "<a" not in made.html
    assert "&lt;script&gt;" in made.html
    assert made.title == HOSTILE, "a title is text; templates escape it"


def test_a_page_is_published_without_its_markup(db: None) -> None:
    made = snapshot(factories.ArticleFactory(text=factories.PAGE))
    assert "halles &amp; sur le parvis" in made.html
    assert "alert" not in made.html + made.text
    assert "halles & sur le parvis" in made.text


def test_characters_that_xml_cannot_hold_stay_inside(article: Article, ana: User, claire: User) -> None:
    bad = "Un\x01 deux\x0b trois\ufffe quatre\x1f."
    blocks.correct_text(article, block_with(article, "Il a rappelé").pk, words=bad, by=ana, seen=article.version)
    for name in ("title", "section", "subtitle"):
        facts.fix_field(article, name, text=bad, by=ana, seen=article.version)
    facts.fix_field(article, "authors", text=bad, by=ana, seen=article.version)
    chain.add_link(article, said=LinkSaid(role="publisher", name=bad), by=ana, seen=article.version)
    made = make_publication(article, by=claire)
    for said in (made.title, made.html, made.text, made.summary, made.attribution, made.section, *made.authors):
        assert printable(said) == said
    assert printable(made.origin["name"]) == made.origin["name"]


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=80))
def test_whatever_is_typed_the_html_holds_only_the_allow_list(words: str) -> None:
    import nh3
    from django.template.loader import render_to_string

    from articles.core.safe_html import ATTRIBUTES, TAGS, sanitize

    html = sanitize(render_to_string("articles/publication_paragraph.html", {"kind": "body", "text": words}))
    again = nh3.clean(html, tags=set(TAGS), attributes={tag: set(names) for tag, names in ATTRIBUTES.items()})
    assert again == html
    assert set(re.findall(r"<(\S*?)[ >]", html)) <= {"p", "/p", "br"}


@pytest.mark.parametrize("title", ["日本語の見出し", "!!!", "a" * 400, "Été — « l'hiver »", "../../etc/passwd"])
def test_every_title_gets_an_address_that_is_its_own(title: str, ana: User, claire: User) -> None:
    from django.urls import reverse

    one, two = factories.ArticleFactory(), factories.ArticleFactory()
    slugs = set()
    for article in (one, two):
        facts.fix_field(article, "title", text=title, by=ana, seen=article.version)
        slugs.add(make_publication(article, by=claire).slug)
    assert len(slugs) == 2
    assert all(reverse("publication", args=[slug]) for slug in slugs)

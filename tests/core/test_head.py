"""What a page says about itself, each value with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.formats import open_text
from articles.core.formats.head import facts_of
from articles.core.formats.linked import linked_data


def facts(head, body="<p>Texte.</p>"):
    scraped = open_text(f"<html><head>{head}</head><body>{body}</body></html>")
    return [(name, value, span.of(scraped.raw_text)) for name, value, span in scraped.metadata]


def linked(data):
    return facts(f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>')


def test_json_ld_tells_people_from_organisations():
    article = {
        "@type": "NewsArticle",
        "author": [{"@type": "Person", "name": "Ana Lopes"}, {"@type": "Organization", "name": "Le Port"}],
    }
    found = linked(article)
    assert ("by.person", "Ana Lopes", "Ana Lopes") in found
    assert ("by.organisation", "Le Port", "Le Port") in found
    assert not any(name == "by.person" and value == "Le Port" for name, value, _ in found)


def test_a_name_that_stands_elsewhere_in_the_graph_is_followed():
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "Le port", "author": {"@id": "#ana"}, "publisher": {"@id": "#port"}},
            {"@type": "Person", "@id": "#ana", "name": "Ana Lopes"},
            {"@type": "Organization", "@id": "#port", "name": "Le Port"},
        ]
    }
    found = {(name, value) for name, value, _ in linked(graph)}
    assert {("by.person", "Ana Lopes"), ("publisher", "Le Port")} <= found


def test_rights_and_sources_of_json_ld_are_facts():
    article = {
        "@type": "Article",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "copyrightHolder": {"@type": "Organization", "name": "Le Port"},
        "copyrightYear": 2021,
        "isBasedOn": {"@type": "CreativeWork", "url": "https://example.org/dépêche"},
        "isAccessibleForFree": False,
        "sourceOrganization": {"name": "Agence du Port"},
        "image": {"@type": "ImageObject", "creditText": "Ana Lopes / Le Port"},
    }
    found = linked(article)
    assert {(name, value, proof) for name, value, proof in found} >= {
        ("license", "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/"),
        ("copyrightHolder", "Le Port", "Le Port"),
        ("copyrightYear", "2021", '"copyrightYear": 2021'),
        ("isAccessibleForFree", "false", '"isAccessibleForFree": false'),
        ("sourceOrganization", "Agence du Port", "Agence du Port"),
        ("image.credit", "Ana Lopes / Le Port", "Ana Lopes / Le Port"),
    }
    # Letters written as escapes are proven as they are written.
    assert ("isBasedOn", "https://example.org/dépêche", "https://example.org/d\\u00e9p\\u00eache") in found


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "Article", "headline": "Le port"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Le port"}\n//]]>',
        '{"@type": "Article", "headline": "Le port"};',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Le port&quot;}",
    ],
)
def test_json_ld_is_read_through_what_is_wrapped_around_it(script):
    assert ("headline", "Le port", "Le port") in linked(script)


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("DC.Creator", "dc.creator"),
        ("dcterms.creator", "dc.creator"),
        ("DC:date.issued", "dc.date.issued"),
        ("dcterms:rights", "dc.rights"),
    ],
)
def test_dublin_core_is_one_vocabulary_however_it_is_written(name, fact):
    assert facts(f'<meta name="{name}" content="x">') == [(fact, "x", "x")]


@pytest.mark.parametrize("name", ["w-published-date", "article-publish-time", "publication_date", "first-published-on"])
def test_what_a_site_calls_its_day_of_publication_is_a_fact(name):
    assert facts(f'<meta name="{name}" content="2021-03-12">') == [("meta:published", "2021-03-12", "2021-03-12")]


def test_a_meta_element_that_was_saved_with_a_value_says_what_its_content_said():
    assert facts('<meta name="og:title" value="x">') == [("og:title", "x", "x")]
    assert facts('<meta name="og:title" value="x" content="y">') == [("og:title", "y", "y")]


def test_a_meta_element_that_nobody_needs_is_none():
    assert facts('<meta name="viewport" content="x"><meta name="republished" content="x">') == []


@pytest.mark.parametrize(
    ("body", "fact", "words"),
    [
        ('<p>Par <a rel="author" href="/x">Ana Lopes</a> hier</p>', "by.rel", "Ana Lopes"),
        ('<p><span itemprop="author"><b>Ana</b> Lopes</span></p>', "by.itemprop", "Ana Lopes"),
        ('<p class="byline vcard"><span class="fn">Ana Lopes</span></p>', "by.class", "Ana Lopes"),
        ('<p><span class="post-author-name">Ana Lopes</span></p>', "by.class", "Ana Lopes"),
        ('<p><a href="https://example.org/author/ana">Ana Lopes</a></p>', "by.link", "Ana Lopes"),
        ('<p><span class="source-org">Le Port</span></p>', "source-org", "Le Port"),
    ],
)
def test_elements_of_the_text_that_sign_are_facts(body, fact, words):
    ((name, value, proof),) = facts("", body)
    assert (name, value) == (fact, words)
    assert proof.startswith(words.split()[0])
    assert proof.endswith(words.split()[-1])


@pytest.mark.parametrize(
    "body",
    ['<p class="comment-author">Ana Lopes</p>', '<p class="authority">Ana Lopes</p>', '<div class="author"></div>',
     f'<div class="author">{"Ana Lopes vit au port. " * 9}</div>', '<a href="/authors/">Nos auteurs</a>'],
)  # fmt: skip
def test_elements_that_only_look_like_it_are_none(body):
    assert facts("", body) == []


def test_a_name_is_that_of_its_own_element_when_nothing_closes_it():
    found = facts("", '<ul><li class="author">Ana Lopes<li>Autre chose</ul>')
    assert found == [("by.class", "Ana Lopes", "Ana Lopes")]


@given(st.text(max_size=200))
def test_any_script_is_read_and_every_fact_lies_in_it(script):
    raw = f'<script type="application/ld+json">{script}</script>'
    for _, value, span in linked_data(raw, 35, len(raw) - 9):
        assert value
        assert 35 <= span.start < span.end <= len(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "image", "license"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_any_json_is_read_and_every_fact_lies_in_it(data, ascii_only):
    source = json.dumps({"@type": "Article", "author": data, "headline": data, "image": data}, ensure_ascii=ascii_only)
    for name, value, span in linked_data(source, 0, len(source)):
        assert name
        assert value.strip()
        assert 0 <= span.start < span.end <= len(source)


HOSTILE = {
    "deep lists": "[" * 100_000,
    "deep objects": '{"@graph":' * 50_000,
    "many articles": "[" + ",".join(['{"@type":"Article","author":"x"}'] * 10_000) + "]",
    "long value": '{"@type":"Article","headline":"' + "x" * 390_000 + '"}',
    "spaces": " " * 399_000 + "{",
    "references": "&quot;" * 60_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_script_is_read_to_its_end(source):
    assert len(list(linked_data(source, 0, len(source)))) <= 400


@given(st.sampled_from(["meta", "link", "time", "html", "script", "title"]), st.text(max_size=80))
def test_any_attributes_are_read(tag, attributes):
    raw = f"<{tag}{attributes}>"
    for _, value, span in facts_of(raw, tag, attributes, len(raw), len(raw)):
        assert value
        assert span.end <= len(raw)

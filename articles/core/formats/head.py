"""What a page says about itself: its head, its JSON-LD and its time elements, each with its place in the source.

A fact is (name, value, span of the value in raw). Its name says where the page says it:

========================================  ==============================================================================
name                                      value
========================================  ==============================================================================
``title``                                 the page's title element
``canonical`` ``lang``                    the address that the page calls its own; its language
``time``                                  the ``datetime`` of each time element
``license`` ``rel:by``                    where a link element with ``rel=license`` or ``rel=author`` leads
``og:…`` ``article:…`` ``twitter:…``      Open Graph and its like, as the page names them
``dc.…``                                  Dublin Core: ``dc.``, ``dc:``, ``dcterms.`` and ``dcterms:`` are one
other names in small letters              the other meta elements of META, as the page names them
``headline`` … ``articleBody``            JSON-LD of an article: its own property names, those of LINKED_DATA
``author``                                names from JSON-LD, and from ``meta name=author``
``by.person`` ``by.organisation``         the same names once more where the page says what bears them: JSON-LD ``@type``
``image.credit`` ``image.holder``         JSON-LD of an article's picture: creditText, copyrightHolder, license
``image.license``
``meta:published``                        any other meta element whose name says when the page was published
``itemprop:…``                            a time element that says which moment it tells: datepublished, datemodified
``by.rel`` ``by.itemprop`` ``by.class``   words in the text whose element signs: rel=author, itemprop=author, a class such
``by.link``                               as "byline" or "author-name", a link to the page of an author
``source-org``                            hNews: whose the text is
========================================  ==============================================================================

Libraries such as extruct read the same vocabularies, but tell no places in the source: they cannot prove what they say.
"""

import html
import re
from collections.abc import Iterator

from articles.core.edits import Span, stripped
from articles.core.formats.attributes import placed, values_of
from articles.core.formats.linked import linked_data

Fact = tuple[str, str, Span]

META = frozenset(
    [
        "og:title",
        "og:site_name",
        "og:description",
        "og:url",
        "og:locale",
        "og:type",
        "description",
        "author",
        "article:author",
        "article:section",
        "article:published_time",
        "article:modified_time",
        "article:published",
        "article:modified",
        "og:article:published_time",
        "og:article:modified_time",
        "og:published_time",
        "og:updated_time",
        "date",
        "published",
        "published_time",
        "published_at",
        "published-date",
        "datecreated",
        "last-modified",
        "pub_date",
        "pubdate",
        "publishdate",
        "publish-date",
        "parsely-pub-date",
        "parsely-author",
        "parsely-section",
        "parsely-title",
        "sailthru.date",
        "sailthru.author",
        "twitter:title",
        "twitter:description",
        # What the card shows: "Written by" and a name, "Reading time" and so on.
        "twitter:label1",
        "twitter:data1",
        "twitter:label2",
        "twitter:data2",
        "byl",
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "news_keywords",
        "keywords",
        "section",
        "datepublished",
        "datemodified",
        "headline",
        "copyright",
        "rights",
        "license",
        "copyrightholder",
        "article:publisher",
        "original-source",
        "syndication-source",
        "citation_publisher",
        "citation_online_date",
        "citation_date",
        "cxenseparse:recs:publishtime",
        "cxenseparse:author",
        "publisher",
        "application-name",
        "language",
    ]
)
LINKS = re.compile(r"canonical|license|author", re.IGNORECASE)
# What a link element leads to -> the name of the fact.
LINKED = {"canonical": "canonical", "license": "license", "author": "rel:by"}
MOMENTS = frozenset({"datepublished", "datemodified", "datecreated"})
# Names that sites make up for when a page was published.
PUBLISHED = re.compile(
    r"(?<![a-z])(?:first)?[-_.]?(?:publi(?:sh(?:ed)?|cation)|pub|posted|release)[-_.:]?(?:date|time|on|at)(?![a-z])"
)
DUBLIN_CORE = re.compile(r"(?:dc|dcterms)[.:](?=[a-z])")
# Dublin Core terms that say something about an article's facts.
DC_TERMS = frozenset(
    ["title", "creator", "contributor", "publisher", "date", "date.issued", "date.created", "date.modified", "issued",
     "created", "modified", "available", "rights", "rightsholder", "license", "source", "ispartof", "language"]
)  # fmt: skip


def facts_of(raw: str, name: str, attributes: str, inside: int, end: int) -> Iterator[Fact]:
    """What one tag says about the page; (name, value, span of the value in raw).

    The start tag, with these attributes, ends at ``inside``; the content of a title or a script ends at ``end``.
    """
    if name == "title":
        yield from _title(raw, inside, end)
    elif name == "script":
        if inside < end and "ld+json" in attributes.lower():
            yield from linked_data(raw, inside, max(raw.rfind("<", inside, end), inside))
    elif name != "link" or LINKS.search(attributes):
        yield from _tag(raw, name, attributes, inside - 1)


def _title(raw: str, start: int, end: int) -> Iterator[Fact]:
    closes = raw.rfind("<", start, end)
    span = stripped(raw, Span(start=start, end=max(closes, start)))
    if len(span):
        yield "title", " ".join(html.unescape(span.of(raw)).split()), span


def _tag(raw: str, tag: str, attributes: str, end: int) -> Iterator[Fact]:
    said = values_of(attributes)
    name, carrier = "", ""
    if tag == "meta":
        key = html.unescape(next((said[key] for key in ("property", "name", "itemprop") if key in said), ""))
        # Some programs that save pages write a meta element's content as its value.
        name, carrier = _meta(key.strip().lower()), "content" if "content" in said else "value"
    elif tag == "link":
        name = next((LINKED[word] for word in said.get("rel", "").lower().split() if word in LINKED), "")
        carrier = "href"
    elif tag == "html":
        name, carrier = "lang", "lang" if "lang" in said else "xml:lang"
    elif tag == "time":
        name, carrier = "time", "datetime"
    if name and said.get(carrier):
        value, first, last = placed(raw, end - len(attributes), end, carrier)
        if value.strip():
            span = Span(start=first, end=last)
            yield name, value.strip(), span
            if tag == "time" and (said_of := said.get("itemprop", "").lower()) in MOMENTS:
                yield f"itemprop:{said_of}", value.strip(), span


def _meta(name: str) -> str:
    """The name under which a meta element's value is a fact; empty when it is none."""
    if found := DUBLIN_CORE.match(name):
        term = name[found.end() :]
        return f"dc.{term}" if term in DC_TERMS else ""
    return name if name in META else "meta:published" if PUBLISHED.search(name) else ""

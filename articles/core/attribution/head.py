"""What a page's head says about who stands behind it: names under the names that pages use for them."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.core.attribution.words import agency_keys, picture_agencies
from articles.core.edits import Span
from articles.core.folding import fold, key
from articles.core.registry import at, host_of, named
from articles.core.values import FROM_THE_UPLOAD, Attribution, KnownOutlet, Scraped

# In the order of what they are worth.
SITE = ("og:site_name",)
PUBLISHERS = ("publisher", "dc.publisher", "dcterms.publisher")
AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
ORGANISATIONS = ("sourceorganization", "source-org", "source_org", "hnews:source-org")
ORIGINS = ("isbasedon", "isbasedonurl", "syndication-source", "original-source")
HOLDERS = ("copyrightholder", "dc.rightsholder", "dcterms.rightsholder")
LONGEST = 80
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
ADDRESS = re.compile(r"^(?:https?:)?//")


class Said(NamedTuple):
    """A name in the head: under which name it stands, where, and whether those characters hold it as it is."""

    value: str
    under: str
    span: Span
    holds: bool


def said(scraped: Scraped, names: Sequence[str]) -> Iterator[Said]:
    """What stands under these names, in their order; nothing that is too long to be a name."""
    for wanted in names:
        for name, value, span in scraped.metadata:
            words = " ".join(value.split())
            if name.lower() == wanted and 1 < len(words) <= (400 if ADDRESS.match(words) else LONGEST):
                yield Said(words, name, span, _holds(scraped.raw_text, span, words))


def _holds(raw: str, span: Span, words: str) -> bool:
    """Whether these characters of the source say the name, with character references and JSON's escapes read."""
    written = ESCAPE.sub(lambda match: chr(int(match[1], 16)), span.of(raw)[:20_000])
    return fold(words) in fold(" ".join(html.unescape(written).split()))


def names(scraped: Scraped, under: Sequence[str]) -> Iterator[Said]:
    """The same without addresses and handles."""
    return (one for one in said(scraped, under) if not ADDRESS.match(one.value) and not one.value.startswith("@"))


def supplied(scraped: Scraped, outlets: Sequence[KnownOutlet], publisher: str) -> Iterator[Attribution]:
    """Agencies and outlets that the head names as the origin of the text; an agency that signs as its author."""
    for one in names(scraped, (*ORGANISATIONS, *AUTHORS)):
        outlet = named(one.value, outlets)
        agency = (outlet is not None and outlet.is_agency) or key(one.value) in agency_keys()
        if agency and not picture_agencies().get(one.value):
            yield _link("agency", one)
        elif one.under.lower() in ORGANISATIONS and key(one.value) != key(publisher):
            yield _link("republished_from", one)
    for name in scraped.given.authors:
        outlet = named(name, outlets)
        if ((outlet is not None and outlet.is_agency) or key(name) in agency_keys()) and not picture_agencies().get(
            name
        ):
            yield Attribution(role="agency", name=name, span=None, state="stated", reason=FROM_THE_UPLOAD)
    for one in said(scraped, ORIGINS):
        if not ADDRESS.match(one.value):
            yield _link("republished_from", one)
        elif (host := host_of(one.value)) and host not in {host_of(url) for url in (scraped.url,) if url}:
            outlet = at(one.value, outlets)
            name = outlet.name if outlet else host
            yield _link("republished_from", one._replace(value=name, holds=fold(name) in fold(one.value)))


def _link(role: str, one: Said) -> Attribution:
    return Attribution(
        role="agency" if role == "agency" else "republished_from",
        name=one.value,
        span=one.span,
        state="stated" if one.holds else "inferred",
        reason=f"page head: {one.under}",
    )

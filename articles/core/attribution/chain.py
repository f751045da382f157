"""The chain behind a text: publisher, agencies, sources, authors, picture credits, each with its proof."""

import re
from collections.abc import Iterator, Mapping, Sequence

from articles.core.attribution import agencies, authors, cited, head, photos, publisher, supplied
from articles.core.attribution.words import COPYRIGHT, OTHER, UPPER, Text, words_of
from articles.core.folding import fold, key
from articles.core.values import Attribution, Field, Memory, Passage, Scraped

YEAR_BEHIND = re.compile(r"(?<![ ,])[ ,]++(?:19|20)\d\d$")
# All that stands between the sign and the next mark, where that is a name: it may hold small words and brackets.
HOLDER = re.compile(
    rf"{COPYRIGHT}(?:[Bb]y )?"
    rf"(?P<name>(?:[Ll]['’])?[{UPPER}{OTHER}][^|·•\n.,;:©\d–—]{{1,60}}?)"
    r"(?=[ \u00a0]*(?:[|·•\n.,;:–—]|[ \u00a0]-[ \u00a0]|\d{4}|[Tt]ous droits|[Aa]ll [Rr]ights|[Aa]lle [Rr]echte|"
    r"[Tt]odos (?:los|os)|[Tt]utti i|$))"
)
HELD = frozenset({"legal", "source", "navigation", "share", "widget"})
# Links of which each place in the text is one of its own.
BY_PLACE = "photo_credit"


def find(
    scraped: Scraped, passages: Sequence[Passage], fields: Mapping[str, Field], memory: Memory
) -> tuple[Attribution, ...]:
    """All links of the chain, by role and then as they stand; nothing stated without words that prove it."""
    language = fields["language"].value if "language" in fields else ""
    near, signed = words_of(str(language or "")), words_of(str(language or ""), signatures=True)
    texts = [Text(passage) for passage in passages]
    suppliers = list(agencies.find(texts, memory.outlets, signed))
    outlets = publisher.find(scraped, texts, memory, near, suppliers)
    found: list[Attribution] = [*outlets]
    origins = list(head.supplied(scraped, memory.outlets, outlets[0].name or "" if outlets else ""))
    found += supplied.republished(texts, memory.outlets, signed)
    found += [link for link in origins if link.role == "republished_from"]
    found += suppliers
    found += [link for link in origins if link.role == "agency"]
    bodies = [one.value for one in head.names(scraped, (*head.SITE, *head.PUBLISHERS, *head.HOLDERS))]
    holders = list(_copyright(texts, near.listed("no_holders")))
    bodies += [one.name for one in (*outlets, *holders) if one.name]
    found += authors.find(texts, fields.get("authors"), scraped.raw_text, near, bodies)
    found += supplied.translators(texts, signed)
    found += cited.find(texts, memory.outlets, near)
    found += photos.find(texts, signed)
    found += holders
    return tuple(_once(found))


def _once(found: Sequence[Attribution]) -> Iterator[Attribution]:
    seen: set[tuple[str, str, int]] = set()
    for one in found:
        at = one.span.start if one.span and (one.name is None or one.role == BY_PLACE) else -1
        mark = (one.role, key(one.name or ""), at)
        if mark not in seen:
            seen.add(mark)
            yield one


def _copyright(texts: Sequence[Text], no_holders: frozenset[str]) -> Iterator[Attribution]:
    for text in texts:
        if text.kind not in HELD:
            continue
        for match in HOLDER.finditer(text.text):
            name = YEAR_BEHIND.sub("", match["name"].rstrip(" \u00a0.,;-–"))
            if len(name) > 1 and fold(name.split()[0]) not in no_holders:
                start = match.start("name")
                span = text.passage.raw(start, start + len(name))
                reason = "named in the copyright line"
                yield Attribution(role="copyright_holder", name=name, span=span, state="stated", reason=reason)

"""The chain behind a text: publisher, agencies, sources, authors, picture credits, each with its proof."""

import re
from collections.abc import Iterator, Mapping, Sequence

from articles.core.attribution import cited, publisher, supplied
from articles.core.attribution.words import DESK, UPPER
from articles.core.folding import fold, key
from articles.core.values import Attribution, Field, Memory, Passage, Scraped

YEAR_BEHIND = re.compile(r"(?<![ ,])[ ,]++(?:19|20)\d\d$")
# All that stands between the sign and the next mark, where that is a name: it may hold small words and brackets.
HOLDER = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright)[ \u00a0©]{0,20}+(?:\d{4}(?: ?[-–] ?\d{4})?)?[ ,\u00a0:]{0,20}+(?:[Bb]y )?"
    rf"(?P<name>(?:[Ll]['’])?[{UPPER}][^|·•\n.,;:©\d–—]{{1,60}}?)"
    r"(?=[ \u00a0]*(?:[|·•\n.,;:–—]|[ \u00a0]-[ \u00a0]|\d{4}|[Tt]ous droits|[Aa]ll [Rr]ights|$))"
)
SIGNED = frozenset({"byline", "date", "source"})


def find(
    scraped: Scraped, passages: Sequence[Passage], fields: Mapping[str, Field], memory: Memory
) -> tuple[Attribution, ...]:
    """All links of the chain, by role and then as they stand; nothing stated without words that prove it."""
    found: list[Attribution] = []
    agencies = list(supplied.agencies(passages, memory.outlets))
    if (outlet := publisher.find(scraped, passages, memory, agencies)) is not None:
        found.append(outlet)
    found += supplied.republished(passages, memory.outlets)
    found += agencies
    found += _authors(passages, fields.get("authors"), scraped.raw_text)
    found += supplied.translators(passages)
    found += cited.find(passages, memory.outlets)
    found += supplied.photo_credits(passages)
    found += _copyright(passages)
    return tuple(_once(found))


def _once(found: Sequence[Attribution]) -> Iterator[Attribution]:
    seen: set[tuple[str, str, int]] = set()
    for one in found:
        at = one.span.start if one.span and (one.name is None or one.role == "photo_credit") else -1
        mark = (one.role, key(one.name or ""), at)
        if mark not in seen:
            seen.add(mark)
            yield one


def _authors(passages: Sequence[Passage], field: Field | None, raw: str) -> Iterator[Attribution]:
    """The authors that the field found, each with the words that name it."""
    names = field.value if field is not None and isinstance(field.value, list) else []
    for name in names:
        span = field.span if field else None
        if span is not None and span.end <= len(raw):
            at = fold(" ".join(span.of(raw).split())).find(fold(name))
            exact = fold(span.of(raw)).find(fold(name))
            if exact >= 0:
                span = type(span)(start=span.start + exact, end=span.start + exact + len(name))
            elif at < 0:
                span = None
        if span is None:
            span = next(
                (
                    passage.raw(at, at + len(name))
                    for passage in passages
                    if passage.block.kind in SIGNED and (at := fold(passage.text).find(fold(name))) >= 0
                ),
                None,
            )
        reason = "signs the text" if span else "named beside the text"
        yield Attribution(role="author", name=name, span=span, state="stated" if span else "inferred", reason=reason)
    for passage in passages:
        if passage.block.kind in ("byline", "date") and (desk := DESK.search(passage.text)):
            start, end = desk.span("name")
            reason = "a desk signs the text"
            yield Attribution(
                role="author", name=desk["name"], span=passage.raw(start, end), state="stated", reason=reason
            )


def _copyright(passages: Sequence[Passage]) -> Iterator[Attribution]:
    for passage in passages:
        if passage.block.kind in ("legal", "source", "navigation", "share", "widget"):
            for match in HOLDER.finditer(passage.text):
                name = YEAR_BEHIND.sub("", match["name"].rstrip(" \u00a0.,;-–"))
                if len(name) > 1 and fold(name.split()[0]) not in ("tous", "all"):
                    start = match.start("name")
                    yield Attribution(
                        role="copyright_holder",
                        name=name,
                        span=passage.raw(start, start + len(name)),
                        state="stated",
                        reason="named in the copyright line",
                    )

"""What an article says about itself: each field with its proof, its state and what else it might have been."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from articles.core.folding import key
from articles.core.metadata import authors, published, titles, uploaded
from articles.core.metadata.table import FIELDS
from articles.core.registry import addresses
from articles.core.values import Candidate, Field, Memory, Passage, Scraped

__all__ = ["FIELDS", "find"]

HEADLINES = ("og:title", "twitter:title", "headline", "dc.title", "title")
SITES = ("og:site_name", "application-name", "publisher")
DEKS = ("og:description", "description", "twitter:description")
STEP = re.compile(r"[^>›»→|/]+")
SHORT_STEP = 4
SECTIONS = ("article:section", "section", "parsely-section", "articlesection")


def find(scraped: Scraped, passages: Sequence[Passage], language: str, memory: Memory) -> dict[str, Field]:
    """The fields of FIELDS, each by its name; those that nothing states have value None and state unknown."""
    return {
        "title": _title(scraped, passages),
        "subtitle": _subtitle(scraped, passages),
        "authors": authors.find(scraped, passages, memory),
        "published": published.find(scraped, passages, language, memory),
        "section": _section(scraped, passages),
        "language": uploaded.beside(_language(language), uploaded.language(scraped.given.language)),
        "url": _url(scraped),
    }


def _unknown(name: str, reason: str, candidates: Iterable[Candidate] = ()) -> Field:
    return Field(name=name, reason=reason, candidates=tuple(candidates))


def _head(scraped: Scraped, names: Sequence[str]) -> list[Candidate]:
    """What the page's head says under these names, in the order of the names."""
    return [
        Candidate(value=" ".join(value.split()), span=span, reason=f"page head: {name}")
        for wanted in names
        for name, value, span in scraped.metadata
        if name.lower() == wanted and value.strip()
    ]


def _others(value: object, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates that say something else than the value, each once."""
    seen, found = {str(value)}, []
    for candidate in candidates:
        if str(candidate.value) not in seen:
            seen.add(str(candidate.value))
            found.append(candidate)
    return tuple(found)


def _whole(passage: Passage, reason: str) -> Candidate | None:
    """A passage's words without the white space at their ends, folded to one line."""
    text = passage.text
    words = text.strip()
    if not words:
        return None
    start = text.index(words)
    return Candidate(value=" ".join(words.split()), span=passage.raw(start, start + len(words)), reason=reason)


def _of_kind(passages: Sequence[Passage], kind: str, reason: str) -> list[Candidate]:
    found = (_whole(passage, reason) for passage in passages if passage.block.kind == kind)
    return [candidate for candidate in found if candidate]


def _stated(name: str, first: Candidate, others: Iterable[Candidate]) -> Field:
    return Field(
        name=name,
        value=first.value,
        span=first.span,
        state=uploaded.state_of(first),
        reason=first.reason,
        candidates=_others(first.value, others),
    )


def _title(scraped: Scraped, passages: Sequence[Passage]) -> Field:
    lines = [line for line in _of_kind(passages, "heading", "heading of the page") if len(line.value) <= 200]
    site = [value for name, value, _ in scraped.metadata if name in SITES]
    printed = _of_kind(passages, "title", "headline of the page")
    heads = _head(scraped, HEADLINES)
    given = " ".join(scraped.given.title.split())
    if not heads:
        # Where the page has no head, the upload is heard as the head is.
        return titles.find(printed, [uploaded.offer(given)] if given else [], lines, passages, site)
    field = titles.find(printed, heads, lines, passages, site)
    return uploaded.beside(field, given, dispute=not uploaded.shares(given, str(field.value or "")))


def _subtitle(scraped: Scraped, passages: Sequence[Passage]) -> Field:
    found = _of_kind(passages, "subtitle", "stands beneath the headline")
    heads = _head(scraped, DEKS)
    if not found:
        return _unknown("subtitle", "no line is a standfirst", _others(None, heads))
    return _stated("subtitle", found[0], [*found[1:], *heads])


def _section(scraped: Scraped, passages: Sequence[Passage]) -> Field:
    found = [_rubric(candidate) for candidate in _of_kind(passages, "section", "rubric on a line of its own")]
    trails = _trails(passages, scraped)
    found = [_spelt(one, trails) for one in found] + trails
    heads = _head(scraped, SECTIONS)
    given = [uploaded.offer(scraped.given.section)]
    options = [option for option in chain(found, heads, given) if option.value]
    if not options:
        return _unknown("section", "no line names a rubric")
    return _stated("section", options[0], options[1:])


def _trails(passages: Sequence[Passage], scraped: Scraped) -> list[Candidate]:
    """The last step of each breadcrumb, if it is short: a longer one is the headline."""
    found = []
    for passage in passages:
        if passage.block.kind == "navigation" and passage.block.reason.startswith("breadcrumb"):
            steps = [match for match in STEP.finditer(passage.text) if match[0].strip()]
            if len(steps) > 1 and 1 <= len((words := steps[-1][0].strip()).split()) <= SHORT_STEP:
                start = passage.text.index(words, steps[-1].start())
                span = passage.raw(start, start + len(words))
                found.append(Candidate(value=" ".join(words.split()), span=span, reason="last step of the breadcrumb"))
    return found


def _spelt(candidate: Candidate, trails: Sequence[Candidate]) -> Candidate:
    """A rubric in capitals is spelt as the breadcrumb spells it, else with one capital."""
    value = str(candidate.value)
    if not (value.isupper() and len(value) > SHORT_STEP and value.isalpha()):
        return candidate
    spelt = next((str(one.value) for one in trails if key(str(one.value)) == key(value)), value.capitalize())
    return replace(candidate, value=spelt)


def _rubric(candidate: Candidate) -> Candidate:
    """The last step of a trail of rubrics, without its final full stop and without the word that introduces it."""
    value = str(candidate.value)
    for mark in (">", "›", "»", "|", "/"):
        value = [part for part in value.split(mark) if part.strip()][-1] if value.strip(mark + " ") else value
    head, colon, tail = value.partition(":")
    if colon and key(head) in ("rubrique", "section", "categorie", "category", "dans", "in", "theme"):
        value = tail
    return replace(candidate, value=value.strip().removesuffix(".").strip())


def _language(language: str) -> Field:
    if not language:
        return _unknown("language", "text too short or too mixed to tell")
    return Field(name="language", value=language, state="inferred", reason="told from the words of the text")


def _url(scraped: Scraped) -> Field:
    stated = [
        Candidate(value=value.strip(), span=span, reason=f"page head: {name}")
        for name, value, span in scraped.metadata
        if name.lower() in ("canonical", "og:url") and value.strip().startswith(("http://", "https://"))
    ]
    given = [uploaded.offer(scraped.url)] if scraped.url else []
    options = [*given, *stated]
    if not options or not any(addresses(scraped)):
        return _unknown("url", "neither the page nor the upload gives an address")
    return _stated("url", options[0], options[1:])

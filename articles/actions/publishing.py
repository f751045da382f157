"""Making the snapshot that the public gets, and the tombstone that takes it back."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator, slugify

from articles.actions.recording import Person, Refused
from articles.actions.summary import publisher_of, title_of
from articles.core.edits import CleanText, Span
from articles.core.safe_html import UnsafeHtmlError, printable, sanitize
from articles.models import Article, Attribution, FeedVersion, Publication
from articles.models.texts import block_clean, clean_of, kept_in_order

SUMMARY_CHARACTERS = 300
# How the attribution line of a published article reads, by its language; English for all others.
LINE = {
    "fr": {
        "author": "Par {}",
        "translator": "Traduction : {}",
        "publisher": "Publié par {}",
        "republished_from": "Repris de {}",
        "agency": "Avec {}",
        "cited": "Sources citées : {}",
        "copyright_holder": "© {}",
    },
    "en": {
        "author": "By {}",
        "translator": "Translated by {}",
        "publisher": "Published by {}",
        "republished_from": "Republished from {}",
        "agency": "With {}",
        "cited": "Sources cited: {}",
        "copyright_holder": "© {}",
    },
}


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """What approval would put in public now, and what is still open about it."""

    title: str
    html: str
    text: str
    summary: str
    language: str
    section: str
    authors: list[str]
    attribution: str
    origin: dict[str, str]
    originally_published: dict[str, Any] | None
    rights: list[dict[str, str]]
    tags: list[dict[str, str]]
    problems: list[str] = field(default_factory=list)


def snapshot(article: Article) -> Snapshot:
    """The publication as it would be. ``problems`` are sentences; any of them bars approval."""
    blocks, edits = list(article.blocks.all()), list(article.edits.all())
    facts = {row.name: row for row in article.fields.all()}
    clean = clean_of(article, blocks, edits)
    kept = kept_in_order(blocks)
    title = title_of(article, facts.get("title"))
    language = _line(facts.get("language"))
    authors = _authors(article, facts.get("authors"))
    published = facts.get("published")
    paragraphs = [
        {"kind": block.kind, "text": block_clean(article, block, edits).text} for block in kept if block.kind != "title"
    ]
    made = Snapshot(
        title=printable(title)[:500],
        html="",
        text=printable(clean.text),
        summary=_summary(paragraphs),
        language=language[:20],
        section=_line(facts.get("section"))[:200],
        authors=authors,
        attribution=_attribution_line(article, language, authors),
        origin=_origin(article, facts),
        originally_published=(
            {"value": published.value, **published.details} if published and published.value else None
        ),
        rights=_rights(article),
        tags=_tags(article, clean),
    )
    if not made.title:
        made.problems.append("It has no title. Write one in the facts.")
    if not any(paragraph["kind"] in {"body", "list", "quote"} for paragraph in paragraphs):
        made.problems.append("No block is kept as text. Keep at least one.")
    try:
        made.html = "".join(
            sanitize(render_to_string("articles/publication_paragraph.html", paragraph)) for paragraph in paragraphs
        )
    except UnsafeHtmlError as error:
        made.problems.append(str(error))
    return made


def _authors(article: Article, field: Any) -> list[str]:
    """The authors of the fact; while nobody fixed it, without those whom a person removed from the attribution."""
    said = field.value if field and isinstance(field.value, list) else []
    removed: set[str] = set()
    if field and not field.fixed:
        links = article.attribution.filter(role="author", decision="removed")
        removed = {name.casefold() for name in links.values_list("name", flat=True)}
    return [printable(str(name)) for name in said if str(name).casefold() not in removed]


def _line(row: Any) -> str:
    return printable(row.shown).strip() if row else ""


def _summary(paragraphs: list[dict[str, str]]) -> str:
    body = next((p["text"] for p in paragraphs if p["kind"] in {"subtitle", "body"}), "")
    return printable(Truncator(" ".join(body.split())).chars(SUMMARY_CHARACTERS, truncate="…"))


def _settled(link: Attribution) -> bool:
    """Only what is stated, or what a person stands for, goes out; a guess stays on the desk."""
    if not link.name or link.decision == "removed" or link.state in {"disputed", "unknown"}:
        return False
    return link.state == "stated" or link.decision != "open"


def _attribution_line(article: Article, language: str, authors: list[str]) -> str:
    """Who stands behind the text, in one line; authors are the fact's, and nobody is named twice."""
    words = LINE.get(language.split("-")[0], LINE["en"])
    links = [link for link in article.attribution.all() if _settled(link)]
    parts, named = [], set()
    for role, sentence in words.items():
        names = authors if role == "author" else [link.name for link in links if link.role == role]
        fresh = [name for name in dict.fromkeys(names) if (role == "publisher" or name.casefold() not in named)]
        named.update(name.casefold() for name in fresh)
        if fresh:
            parts.append(sentence.format(", ".join(fresh)))
    return printable(" · ".join(parts))


def _origin(article: Article, facts: dict[str, Any]) -> dict[str, str]:
    """Name and address of who published it first, for the feed's <source>; empty where nobody stands for it."""
    publisher = publisher_of(article)
    url = _line(facts.get("url"))
    if publisher is None or not _settled(publisher):
        return {"url": url} if url else {}
    outlet = publisher.outlet
    home = outlet.homepage if outlet else ""
    if outlet and not home:
        domain = outlet.domains.first()
        home = f"https://{domain.domain}/" if domain else ""
    return {"name": printable(publisher.name), "home": home, "url": url}


def _rights(article: Article) -> list[dict[str, str]]:
    """Restrictions as written; one that stands inside another's words is said with it."""
    rows = list(article.rights.all())
    spans = [Span(start=row.start, end=row.end) for row in rows]
    return [
        {"text": printable(row.text), "constraint": row.constraint, "scope": row.scope}
        for row, span in zip(rows, spans, strict=True)
        if not any(other.covers(span) and other != span for other in spans)
    ]


def _tags(article: Article, clean: CleanText) -> list[dict[str, str]]:
    """Confirmed tags on words that are published, each once, under the entity's name or the words as corrected."""
    tags: dict[tuple[str, str], dict[str, str]] = {}
    for mention in article.mentions.filter(state="confirmed").select_related("entity"):
        placed = clean.place(Span(start=mention.start, end=mention.end), mention.surface)
        if placed is None:
            continue
        entity = mention.entity
        name = printable(entity.name if entity else " ".join(placed.of(clean.text).split()))
        tags.setdefault(
            (mention.type, name),
            {
                "name": name,
                "type": mention.type,
                "slug": entity.slug if entity else "",
                "wikidata": entity.wikidata if entity else "",
            },
        )
    return list(tags.values())


def make_publication(article: Article, *, by: Person) -> Publication:
    """Put the article in public as it is now. Refused, with the reasons, where it cannot be published."""
    made = snapshot(article)
    if made.problems:
        raise Refused(" ".join(made.problems))
    version = FeedVersion.objects.select_for_update().get_or_create(pk=1)[0]
    before = article.publications.order_by("-number").first()
    now = timezone.now()
    publication = Publication.objects.create(
        article=article,
        number=before.number + 1 if before else 1,
        slug=before.slug if before else _slug(article, made.title),
        title=made.title,
        summary=made.summary,
        html=made.html,
        text=made.text,
        language=made.language,
        section=made.section,
        authors=made.authors,
        origin=made.origin,
        attribution=made.attribution,
        rights=made.rights,
        tags=made.tags,
        originally_published=made.originally_published,
        raw_sha256=article.original.sha256,
        approved_by=by,
        first_published_at=before.first_published_at if before else now,
        created_at=now,
    )
    Article.objects.filter(pk=article.pk).update(public=publication)
    _move_on(version)
    return publication


def make_tombstone(article: Article, *, by: Person, note: str) -> Publication:
    """Take the article out of public; a tombstone with the reason stays at its address."""
    version = FeedVersion.objects.select_for_update().get_or_create(pk=1)[0]
    before = article.publications.latest("number")
    stone = Publication.objects.create(
        article=article,
        number=before.number + 1,
        slug=before.slug,
        tombstone=True,
        title=before.title,
        language=before.language,
        note=printable(note),
        raw_sha256=before.raw_sha256,
        approved_by=by,
        first_published_at=before.first_published_at,
    )
    Article.objects.filter(pk=article.pk).update(public=None)
    _move_on(version)
    return stone


def _move_on(version: FeedVersion) -> None:
    FeedVersion.objects.filter(pk=version.pk).update(version=F("version") + 1, changed_at=timezone.now())


def _slug(article: Article, title: str) -> str:
    """A readable address that is this article's alone."""
    words = re.sub(r"-+", "-", slugify(title))[:80].strip("-")
    return f"{words}-{article.pk}" if words else f"article-{article.pk}"

"""Making the snapshot that the public gets, and the tombstone that takes it back."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator, slugify

from articles.actions.gating import gate_of, home_of, let_through, original_address, settled
from articles.actions.recording import Person, Refused
from articles.actions.summary import publisher_of, title_of
from articles.actions.usage import rights_of, usage_of
from articles.core.attribution import ROLES
from articles.core.edits import CleanText, Span
from articles.core.gate import Gate
from articles.core.registry import host_of
from articles.core.safe_html import UnsafeHtmlError, printable, sanitize
from articles.models import Article, FeedVersion, Publication, PublishedTag
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
        "credit": "Crédit : {}",
        "excerpt": "Lire la suite : {}",
    },
    "en": {
        "author": "By {}",
        "translator": "Translated by {}",
        "publisher": "Published by {}",
        "republished_from": "Republished from {}",
        "agency": "With {}",
        "cited": "Sources cited: {}",
        "copyright_holder": "© {}",
        "credit": "Credit: {}",
        "excerpt": "Read on: {}",
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
    rights: list[dict[str, Any]]
    usage: dict[str, Any]
    tags: list[dict[str, str]]
    form: str = "full"
    problems: list[str] = field(default_factory=list)


def snapshot(article: Article, *, gate: Gate | None = None) -> Snapshot:
    """The publication of the full text as it would be. ``problems`` are sentences; any of them bars approval, whatever
    the gate says."""
    gate = gate or gate_of(article)
    blocks, edits = list(article.blocks.all()), list(article.edits.all())
    facts = {row.name: row for row in article.fields.all()}
    clean = clean_of(article, blocks, edits)
    kept = kept_in_order(blocks)
    title = title_of(article, facts.get("title"), blocks, edits)
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
        attribution=_attribution_line(article, language, authors, gate.credits),
        origin=_origin(article, facts),
        originally_published=(
            {"value": published.value, **published.details} if published and published.value else None
        ),
        rights=rights_of(article, gate),
        usage=usage_of(article, gate),
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


def excerpt_of(article: Article, made: Snapshot) -> Snapshot:
    """The same publication as a quotation of its first lines with a link to the original."""
    blocks, edits = list(article.blocks.all()), list(article.edits.all())
    body = " ".join(
        block_clean(article, block, edits).text
        for block in kept_in_order(blocks)
        if block.kind in {"body", "list", "quote"}
    )
    words = _first_words(printable(" ".join(body.split())), settings.EXCERPT_CHARACTERS)
    link = original_address(article)
    sentence = LINE.get(made.language.split("-")[0], LINE["en"])["excerpt"]
    where = made.origin.get("name") or host_of(link) or link
    context = {"words": words, "link": link, "sentence": sentence.format(where)}
    return replace(
        made,
        form="excerpt",
        html=sanitize(render_to_string("articles/publication_excerpt.html", context)),
        text=words,
        summary=words[:SUMMARY_CHARACTERS],
        tags=[tag for tag in made.tags if tag["name"].casefold() in words.casefold()],
    )


def _first_words(text: str, longest: int) -> str:
    """The text up to a length, cut between two words where there are any."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return f"{(cut.rpartition(' ')[0] or cut[:-1]).rstrip(' ,;:–—')}…"[:longest]


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


def _attribution_line(article: Article, language: str, authors: list[str], asked: list[str]) -> str:
    """Who stands behind the text, in one line; authors are the fact's, and nobody is named twice. A credit that must be
    printed is there, as it is asked for."""
    words = LINE.get(language.split("-")[0], LINE["en"])
    links = [link for link in article.attribution.all() if settled(link)]
    parts, named = [], set()
    for role in (role for role in words if role in ROLES):
        sentence = words[role]
        names = authors if role == "author" else [link.name for link in links if link.role == role]
        fresh = [name for name in dict.fromkeys(names) if (role == "publisher" or name.casefold() not in named)]
        named.update(name.casefold() for name in fresh)
        if fresh:
            parts.append(sentence.format(", ".join(fresh)))
    line = " · ".join(parts)
    owed = [credit for credit in asked if credit not in line]
    return printable(" · ".join([*parts, words["credit"].format(", ".join(owed))] if owed else parts))


def _origin(article: Article, facts: dict[str, Any]) -> dict[str, str]:
    """Name and address of who published it first, for the feed's <source>; empty where nobody stands for it."""
    publisher = publisher_of(article)
    url = _line(facts.get("url"))
    if publisher is None or not settled(publisher):
        return {"url": url} if url else {}
    return {"name": printable(publisher.name), "home": home_of(publisher), "url": url}


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


def make_publication(article: Article, *, by: Person, treatment: str = "full", reason: str = "") -> Publication:
    """Put the article in public as it is now. Refused, with the reasons, where it cannot be published, or not so."""
    gate = gate_of(article)
    made = snapshot(article, gate=gate)
    if made.problems:
        raise Refused(" ".join(made.problems))
    override = let_through(gate, by=by, treatment=treatment, reason=reason)
    if treatment == "excerpt":
        made = excerpt_of(article, made)
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
        form=made.form,
        rights=made.rights,
        usage=made.usage,
        override_reason=override,
        tags=made.tags,
        originally_published=made.originally_published,
        raw_sha256=article.original.sha256,
        approved_by=by,
        first_published_at=before.first_published_at if before else now,
        created_at=now,
    )
    slugs = dict.fromkeys(tag["slug"] for tag in made.tags if tag["slug"])
    PublishedTag.objects.bulk_create(PublishedTag(publication=publication, slug=slug) for slug in slugs)
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

"""Articles and their tags as other programs take them: the clean text (or raw), with tags on it."""

import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from articles.core.edits import CleanText, Span
from articles.core.exchange.values import AnnotatedText, Tag, once
from articles.core.workflow import Status
from articles.models.article import Article
from articles.models.entities import Entity
from articles.models.facts import Field
from articles.models.tags import Mention
from articles.models.texts import clean_of

DECIDED = ("confirmed",)
OPEN_TOO = ("confirmed", "suggested")


def with_tags(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with what ``annotated`` asks for, in a few questions for all of them."""
    mentions = Mention.objects.select_related("entity")
    return articles.prefetch_related(
        "blocks", "edits", Prefetch("mentions", mentions), Prefetch("fields", Field.objects.filter(name="url"))
    )


def stood_for(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles for which people stand as a whole: approved, or public."""
    return articles.filter(Q(status=Status.APPROVED) | Q(public__isnull=False))


def annotated(
    article: Article, *, states: Collection[str] = DECIDED, raw: bool = False
) -> tuple[AnnotatedText, list[Mention]]:
    """An article with its tags on the clean text, and the tags whose words are not in it (captions, removed blocks).

    ``raw``: on the raw text instead, where all of them stand.
    """
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    tags: list[Tag] = []
    lost: list[Mention] = []
    for row in article.mentions.all():
        if row.state not in states:
            continue
        span = Span(row.start, row.end)
        place = span if raw else clean.place(span, row.surface)
        if place is None:
            lost.append(row)
        else:
            tags.append(_tag(row, place))
    address = next((row.value for row in article.fields.all() if row.name == "url"), "")
    value = AnnotatedText(
        id=str(article.guid),
        text=article.raw_text if raw else clean.text,
        tags=once(tags),
        title=article.title,
        language=article.language,
        url=article.given_url or str(address or ""),
        published=article.published.isoformat() if article.published else "",
    )
    return value, lost


def _tag(row: Mention, place: Span) -> Tag:
    entity: Entity | None = row.entity
    return Tag(
        start=place.start,
        end=place.end,
        type=row.type,
        state=row.state,  # type: ignore[arg-type]
        # What a person said is sure; the machine's figure is about a suggestion.
        score=row.score if row.state == "suggested" else 1.0,
        entity=entity.name if entity else "",
        wikidata=entity.wikidata if entity else "",
    )


def decided(language: str) -> tuple[list[AnnotatedText], int]:
    """Articles in a language whose tags people decided, all of them, the oldest first; and how many more would be if
    somebody decided on their suggestions. All are approved or public."""
    spoken = Q(language=language) | Q(language__startswith=f"{language}-")
    rows = Mention.objects.filter(article=OuterRef("pk"))
    chosen = stood_for(Article.objects.filter(spoken, Exists(rows.filter(state="confirmed"))))
    done = chosen.filter(~Exists(rows.filter(state="suggested")))
    found = with_tags(done).order_by(Coalesce("published", "received_at"), "pk").iterator(chunk_size=100)
    texts = [annotated(article)[0] for article in found]
    return texts, chosen.count() - len(texts)


def anchored(clean: CleanText, span: Span) -> Span | None:
    """The raw behind words of the clean text; None where it is not one run that gives back just these words."""
    found = clean.raw_spans(span)
    if not found:
        return None
    raw = Span(found[0].start, found[-1].end)
    return raw if clean.place(raw, span.of(clean.text)) == span else None


def article_of(said: AnnotatedText) -> Article | None:
    """The article that a text of some file is: by our id, else by its address, else by its words; None where that is
    nobody, or several."""
    if "\0" in said.id + said.url + (said.text or ""):
        # No text of the desk has one, and not every database can be asked.
        return None
    try:
        known = Article.objects.filter(guid=uuid.UUID(said.id.removeprefix("urn:uuid:"))).first()
    except ValueError:
        known = None
    if known is not None:
        return known
    for url in (said.url, said.id):
        if url.startswith(("http://", "https://")):
            fields = Field.objects.filter(name="url", value=url).values("article")
            found = list(Article.objects.filter(Q(given_url=url) | Q(pk__in=fields))[:2])
            if len(found) == 1:
                return found[0]
    if said.text and not said.loose:
        found = list(Article.objects.filter(Q(clean_text=said.text) | Q(raw_text=said.text))[:2])
        return found[0] if len(found) == 1 else None
    return None

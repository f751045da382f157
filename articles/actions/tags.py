"""Decisions on entity tags: tag words, all their mentions, confirm, change, reject, link to an entity."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from articles.actions.recording import Change, Person, Refused, changing, check_may
from articles.actions.selecting import CAPTION_KINDS, Selecting
from articles.core.edits import CleanText, Span
from articles.core.snapping import snap
from articles.models import Article, Block, Entity, Mention
from articles.models.entities import ENTITY_TYPES
from articles.models.texts import clean_of, markup_of, shown_words

TYPES = dict(ENTITY_TYPES)


def _checked_type(type_: str) -> str:
    if type_ not in TYPES:
        raise Refused("Choose person, organisation, place or event.")
    return type_


def tag_span(article: Article, span: Span, *, type: str, everywhere: bool, by: Person, seen: int) -> list[Mention]:  # noqa: A002
    """Tag selected words, or every mention of them."""
    page = Selecting(article)
    words = page.words(span)
    spans = page.everywhere(words) if everywhere else [words.span]
    return _tag(article, spans, words.said, type_=type, by=by, seen=seen)


def tag_words(article: Article, surface: str, *, type: str, everywhere: bool, by: Person, seen: int) -> list[Mention]:  # noqa: A002
    """Tag words that were typed, at their first or at every place."""
    words, spans = typed(article, surface)
    return _tag(article, spans if everywhere else spans[:1], words, type_=type, by=by, seen=seen)


def typed(article: Article, surface: str) -> tuple[str, list[Span]]:
    """Words that were typed, as whole words, with every place of raw where they stand. Refused where there is none."""
    surface = " ".join(surface.split())
    words = snap(surface, 0, len(surface))
    if words is None:
        raise Refused("Write the words to tag.")
    page = Selecting(article)
    spans = page.places(surface) or page.places(words.of(surface))
    if not spans:
        raise Refused(
            f"“{words.of(surface)}” does not stand in the kept text or in a caption. Tags are put on words only."
        )
    return words.of(surface), spans


def _tag(article: Article, spans: list[Span], surface: str, *, type_: str, by: Person, seen: int) -> list[Mention]:
    _checked_type(type_)
    made = []
    with changing(article, by=by, action="tag", seen=seen) as change:
        blocks, markup = Selecting(article).taggable, markup_of(article)
        for span in spans:
            scope = _scope(_block_of(blocks, span))
            surface_there = shown_words(article, span, markup)[:300]
            made.append(_tag_one(change, article, span, type_, by, surface=surface_there, scope=scope))
        n = len(made)
        change.summary = f"tagged “{surface}” as {TYPES[type_].lower()}" + (f", {n} mentions" if n > 1 else "")
    return made


def _block_of(blocks: Iterable[Block], span: Span) -> Block:
    """The block that may carry a tag on these words; Refused where there is none."""
    for block in blocks:
        if block.start <= span.start and span.end <= block.end:
            return block
    raise Refused("Those words are not part of the article. Keep their block first, then tag them.")


def _scope(block: Block) -> str:
    return "caption" if block.kind in CAPTION_KINDS and not block.kept else "text"


def _tag_one(
    change: Change, article: Article, span: Span, type_: str, by: Person, *, surface: str, scope: str
) -> Mention:
    """One confirmed mention; a suggestion or another person's word on the same characters gives way to it."""
    same = list(article.mentions.filter(start=span.start, end=span.end))
    mention = next((row for row in same if row.type == type_), None)
    for row in same:
        if row.type != type_ and row.state != "rejected":
            _decide(change, row, state="rejected", decided_by=by)
    if mention:
        _decide(change, mention, state="confirmed", decided_by=by)
        return mention
    return change.create(
        Mention,
        start=span.start,
        end=span.end,
        surface=surface,
        type=type_,
        state="confirmed",
        score=1.0,
        origin="person",
        scope=scope,
        decided_by=by,
    )


def _decide(change: Change, mention: Mention, **values: object) -> None:
    """Set columns of a tag; Conflict where somebody decided on it after the person saw it."""
    change.check_seen(mention)
    change.update(mention, **values)


def spoken(mention: Mention, clean: CleanText) -> str:
    """What a tag says: the entity's name, or its words as they are corrected by now."""
    if mention.entity is not None:
        return mention.entity.name
    placed = clean.place(Span(start=mention.start, end=mention.end), mention.surface)
    return " ".join((placed.of(clean.text) if placed else mention.surface).split())


def group_of(mention: Mention, clean: CleanText) -> tuple[str, int | None, str]:
    """Tags with the same key name the same: the panel shows them as one, and a decision on one is on all."""
    return mention.type, mention.entity_id, spoken(mention, clean)


def _chosen(change: Change, article: Article, pk: int, *, everywhere: bool) -> list[Mention]:
    """The mention, and with it those that bear the same name where all are meant."""
    mention = change.row(Mention, pk)
    if not everywhere:
        return [mention]
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    group = group_of(mention, clean)
    rows = article.mentions.exclude(Q(state="rejected") & ~Q(pk=pk)).filter(type=mention.type).select_related("entity")
    chosen = [row for row in rows if row.pk == pk or group_of(row, clean) == group]
    for row in chosen:
        change.check_seen(row)
    return chosen


def confirm_tag(article: Article, pk: int, *, everywhere: bool = True, by: Person, seen: int) -> list[Mention]:
    """Say that a suggestion is right, here or wherever the article names the same."""
    with changing(article, by=by, action="confirm_tag", seen=seen) as change:
        chosen = _chosen(change, article, pk, everywhere=everywhere)
        for mention in chosen:
            change.update(mention, state="confirmed", decided_by=by)
        change.summary = f"confirmed the tag “{chosen[0].surface}”"
    return chosen


def confirm_all_tags(article: Article, *, least: float = 0.0, by: Person, seen: int) -> int:
    """Confirm every suggestion that is still open, or those of which the machine is at least so sure, in [0, 1]; none
    whose words are not shown now."""
    with changing(article, by=by, action="confirm_tags", seen=seen) as change:
        page = Selecting(article)
        rows = [
            row
            for row in article.mentions.filter(state="suggested", score__gte=least)
            if page.shows(Span(start=row.start, end=row.end), row.surface)
        ]
        for mention in rows:
            _decide(change, mention, state="confirmed", decided_by=by)
        sure = f", at least {round(100 * least)} % sure" if least else ""
        change.summary = f"confirmed {len(rows)} suggested tag{'' if len(rows) == 1 else 's'}{sure}"
    return len(rows)


def reject_tag(article: Article, pk: int, *, everywhere: bool = True, by: Person, seen: int) -> list[Mention]:
    """Take a tag away; it is not suggested again on these words."""
    with changing(article, by=by, action="reject_tag", seen=seen) as change:
        chosen = _chosen(change, article, pk, everywhere=everywhere)
        for mention in chosen:
            change.update(mention, state="rejected", decided_by=by)
        change.summary = f"rejected the tag “{chosen[0].surface}”"
    return chosen


def change_tag(
    article: Article,
    pk: int,
    *,
    type: str,  # noqa: A002
    everywhere: bool = True,
    by: Person,
    seen: int,
) -> list[Mention]:
    """Say that the words name something of another type. A link to an entity of the old type falls away."""
    _checked_type(type)
    with changing(article, by=by, action="change_tag", seen=seen) as change:
        chosen = _chosen(change, article, pk, everywhere=everywhere)
        taken = set(article.mentions.filter(type=type).values_list("start", "end"))
        for mention in chosen:
            if (mention.start, mention.end) in taken and mention.type != type:
                change.update(mention, state="rejected", decided_by=by)
                twin = article.mentions.get(start=mention.start, end=mention.end, type=type)
                _decide(change, twin, state="confirmed", decided_by=by)
                continue
            entity = mention.entity if mention.entity and mention.entity.type == type else None
            change.update(mention, type=type, entity=entity, candidate="", state="confirmed", decided_by=by)
        change.summary = f"changed the tag “{chosen[0].surface}” to {TYPES[type].lower()}"
    return chosen


def move_tag(article: Article, pk: int, *, to: Span | str, by: Person, seen: int) -> Mention:
    """Put a tag on other words: selected ones, or typed ones that stand in the article once.

    Its place in raw changes by this action alone. Refused where those words bear a tag of its type already.
    """
    if isinstance(to, str):
        words, spans = typed(article, to)
        if len(spans) > 1:
            raise Refused(f"“{words}” stands in {len(spans)} places. Select the words in the text instead.")
    else:
        spans = [Selecting(article).words(to).span]
    (span,) = spans
    with changing(article, by=by, action="move_tag", seen=seen) as change:
        mention = change.row(Mention, pk)
        if article.mentions.filter(start=span.start, end=span.end, type=mention.type).exclude(pk=pk).exists():
            raise Refused("Those words bear a tag of that type already. Remove the one that has no place.")
        scope = _scope(_block_of(Selecting(article).taggable, span))
        before, surface = mention.surface, shown_words(article, span, markup_of(article))[:300]
        place = {"start": span.start, "end": span.end, "surface": surface, "scope": scope}
        change.update(mention, **place, state="confirmed", decided_by=by)
        change.summary = f"moved the tag “{before}” to “{surface}”"
    return mention


def link_tag(article: Article, pk: int, *, entity: Entity, by: Person, seen: int) -> list[Mention]:
    """Say which entity of the registry the words mean, wherever the article names the same."""
    with changing(article, by=by, action="link_tag", seen=seen) as change:
        chosen = _chosen(change, article, pk, everywhere=True)
        if entity.type != chosen[0].type:
            raise Refused(f"{entity.name} is a {entity.type}; the tag says {chosen[0].type}. Change one of them first.")
        for mention in chosen:
            change.update(mention, entity=entity, candidate="", state="confirmed", decided_by=by)
        change.summary = f"linked “{chosen[0].surface}” to {entity.name}"
    return chosen


@transaction.atomic
def link_new_entity(
    article: Article, pk: int, *, name: str, different: bool = False, by: Person, seen: int
) -> list[Mention]:
    """Link to the one entity of this name, or to a new one where there is none.

    ``different`` says that the words mean none of those that bear the name: a new entity is made, remembered apart
    from them. Refused where several bear it and nobody said so.
    """
    check_may(by, "review_article")
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused("Write the name of the entity.")
    mention = article.mentions.filter(pk=pk).first()
    if mention is None:
        raise Refused("That tag is not there any more.")
    if not different:
        same = Entity.objects.filter(Q(name=name) | Q(aliases__name=name), type=mention.type).distinct()
        known = list(same.order_by("name", "pk"))
        if len(known) == 1:
            return link_tag(article, pk, entity=known[0], by=by, seen=seen)
        if known:
            names = ", ".join(f"{entity.name} ({entity.wikidata or entity.slug})" for entity in known)
            raise Refused(f"Several go by the name {name}: {names}. Choose one, or say that this is somebody else.")
    homonyms = list(Entity.objects.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name)).distinct())
    entity = Entity.objects.create(name=name, type=mention.type, slug=free_slug(name))
    entity.distinct_from.add(*homonyms)
    return link_tag(article, pk, entity=entity, by=by, seen=seen)


def free_slug(name: str) -> str:
    """A slug that no entity has yet."""
    base = slugify(name, allow_unicode=True)[:200] or "entity"
    slug, number = base, 2
    while Entity.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug

"""Decisions on entity tags: tag words, all their mentions, confirm, change, reject. What they are linked to: ``linking``."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from articles.actions.recording import Change, Person, Refused, changing
from articles.actions.selecting import CAPTION_KINDS, Selecting, typed
from articles.core.edits import CleanText, Span
from articles.core.entities.senses import governs
from articles.models import Article, Block, Mention
from articles.models.bearers import bearers, shared
from articles.models.entities import ENTITY_TYPES
from articles.models.texts import clean_of, markup_of, shown_words

TYPES = dict(ENTITY_TYPES)
# Why a suggestion was rejected, as the panel offers it; of the last kind another type may be suggested elsewhere.
ANOTHER_TYPE = "another type"
WHY_REJECTED = ("not a name", "wrong words", ANOTHER_TYPE)
# Names that a sentence lists.
LISTED = 5


def _checked_type(type_: str) -> str:
    if type_ not in TYPES:
        raise Refused("Choose person, organisation, place or event.")
    return type_


def tag_span(
    article: Article,
    span: Span,
    *,
    type: str,  # noqa: A002
    everywhere: bool,
    part: bool = False,
    by: Person,
    seen: int,
) -> list[Mention]:
    """Tag selected words, or every mention of them that means the same; with ``part`` those between hyphens alone."""
    page = Selecting(article)
    words = page.words(span, part=part)
    spans = page.alike(words.span, page.everywhere(words)) if everywhere else [words.span]
    return _tag(article, spans, words.said, type_=type, by=by, seen=seen)


def tag_words(article: Article, surface: str, *, type: str, everywhere: bool, by: Person, seen: int) -> list[Mention]:  # noqa: A002
    """Tag words that were typed, at their first or at every place."""
    words, spans = typed(article, surface)
    spans = Selecting(article).alike(spans[0], spans) if everywhere else spans[:1]
    return _tag(article, spans, words, type_=type, by=by, seen=seen)


def _tag(article: Article, spans: list[Span], surface: str, *, type_: str, by: Person, seen: int) -> list[Mention]:
    _checked_type(type_)
    made = []
    with changing(article, by=by, action="tag", seen=seen) as change:
        blocks, markup = Selecting(article).taggable, markup_of(article)
        beside = _besides(article, spans, type_)
        for span in spans:
            scope = _scope(_block_of(blocks, span))
            surface_there = shown_words(article, span, markup)[:300]
            made.append(_tag_one(change, article, span, type_, by, surface=surface_there, scope=scope))
        n = len(made)
        many = f", {n} mentions" if n > 1 else ""
        change.summary = f"tagged “{surface}” as {TYPES[type_].lower()}{many}{beside}"
    return made


def _besides(article: Article, spans: list[Span], type_: str) -> str:
    """What a tag on these words does to others, for the history: whose place it takes, which ones it crosses."""
    rows = list(article.mentions.exclude(state="rejected"))
    places = {tuple(span) for span in spans}
    before = {TYPES[row.type].lower() for row in rows if (row.start, row.end) in places and row.type != type_}
    crossed = {row.surface for row in rows for span in spans if span.crosses(Span(row.start, row.end))}
    instead = f", instead of {' and '.join(sorted(before))}" if before else ""
    return instead + "".join(f", crosses “{surface}”" for surface in sorted(crossed))


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
    sense = sense_of(surface, type_)
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
        sense=sense,
        decided_by=by,
    )


def sense_of(surface: str, type_: str) -> str:
    """What the name of a country or capital means where a person says its type; empty for any other name."""
    return {"place": "place", "organisation": "power"}.get(type_, "") if governs(surface) else ""


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


def named(mentions: list[Mention]) -> str:
    """Tags that were decided on together, as the history tells of them: their words, the entity's name where it is
    another, and how many they are."""
    first = mentions[0]
    known = first.entity.name if first.entity and first.entity.name != first.surface else ""
    said = f"“{first.surface}”" + (f" ({known})" if known else "")
    return said + (f", {len(mentions)} mentions" if len(mentions) > 1 else "")


def group_of(mention: Mention, clean: CleanText) -> tuple[str, int | None, str]:
    """Tags with the same key name the same: the panel shows them as one, and a decision on one is on all."""
    return mention.type, mention.entity_id, spoken(mention, clean)


def named_alike(change: Change, article: Article, pk: int, *, everywhere: bool) -> list[Mention]:
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


def confirming(mentions: Iterable[Mention], by: Person) -> Iterator[tuple[Mention, dict[str, Any]]]:
    """What it means that tags are right. Where the machine linked a name that somebody else bears too by now, that is
    no word on who is meant: the link falls away, and the panel asks."""
    rows = list(mentions)
    guessed = {row.pk for row in rows if row.entity_id and row.state == "suggested"}
    doubted = shared(row.entity_id for row in rows if row.pk in guessed)
    # "Rabat" leads to a government as long as the city alone is called so.
    powers = {row.surface for row in rows if row.pk in guessed and row.sense == "power"}
    known = bearers(powers)
    several = {surface for surface in powers if len(known.of(surface)) > 1}
    for row in rows:
        said = {"state": "confirmed", "decided_by": by, "reason": ""}
        if row.pk in guessed and (row.entity_id in doubted or (row.sense == "power" and row.surface in several)):
            said |= {"entity": None, "candidate": row.entity.name}
        yield row, said


def _left_open(confirmed: Iterable[Mention]) -> str:
    """That several bear a name which was confirmed, so that nobody is linked yet, as the end of a sentence."""
    names = list(dict.fromkeys(row.candidate for row in confirmed if row.entity_id is None and row.candidate))
    if not names:
        return ""
    listed = ", ".join(f"“{name}”" for name in names[:LISTED]) + ("…" if len(names) > LISTED else "")
    if len(names) == 1:
        return f"; {listed} is borne by several and leads to none of them yet: choose which"
    return f"; {len(names)} names are borne by several and lead to none of them yet: choose which ({listed})"


def confirm_tag(article: Article, pk: int, *, everywhere: bool = True, by: Person, seen: int) -> list[Mention]:
    """Say that a suggestion is right, here or wherever the article names the same."""
    with changing(article, by=by, action="confirm_tag", seen=seen) as change:
        chosen = named_alike(change, article, pk, everywhere=everywhere)
        for mention, said in confirming(chosen, by):
            change.update(mention, **said)
        change.summary = f"confirmed the tag {named(chosen)}{_left_open(chosen)}"
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
        for mention, said in confirming(rows, by):
            _decide(change, mention, **said)
        sure = f", at least {round(100 * least)} % sure" if least else ""
        change.summary = f"confirmed {len(rows)} suggested tag{'' if len(rows) == 1 else 's'}{sure}{_left_open(rows)}"
    return len(rows)


def reject_tag(
    article: Article, pk: int, *, everywhere: bool = True, reason: str = "", by: Person, seen: int
) -> list[Mention]:
    """Take a tag away; it is not suggested again on these words. ``reason``: why, one of WHY_REJECTED or own words."""
    reason = " ".join(reason.split())[:300]
    with changing(article, by=by, action="reject_tag", seen=seen) as change:
        chosen = named_alike(change, article, pk, everywhere=everywhere)
        for mention in chosen:
            change.update(mention, state="rejected", reason=reason, decided_by=by)
        change.summary = f"rejected the tag {named(chosen)}"
        change.reason = reason
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
        chosen = named_alike(change, article, pk, everywhere=everywhere)
        was = named(chosen)
        taken = set(article.mentions.filter(type=type).values_list("start", "end"))
        for mention in chosen:
            if (mention.start, mention.end) in taken and mention.type != type:
                change.update(mention, state="rejected", decided_by=by)
                twin = article.mentions.get(start=mention.start, end=mention.end, type=type)
                _decide(change, twin, state="confirmed", decided_by=by)
                continue
            entity = mention.entity if mention.entity and mention.entity.type == type else None
            sense = sense_of(mention.surface, type)
            change.update(
                mention, type=type, entity=entity, candidate="", sense=sense, state="confirmed", decided_by=by
            )
        change.summary = f"changed the tag {was} to {TYPES[type].lower()}"
    return chosen


def move_tag(article: Article, pk: int, *, to: Span | str, by: Person, seen: int) -> Mention:
    """Put a tag on other words: selected ones, or typed ones that stand in the article once.

    Its place in raw changes by this action alone. A suggestion of its type on those words gives way; Refused where a
    person decided on one.
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
        twin = article.mentions.filter(start=span.start, end=span.end, type=mention.type).exclude(pk=pk).first()
        if twin and twin.state != "suggested":
            raise Refused(f"Those words bear a tag of that type already, which was {twin.state}. Decide on that one.")
        if twin:
            change.delete(twin)
        scope = _scope(_block_of(Selecting(article).taggable, span))
        before, surface = mention.surface, shown_words(article, span, markup_of(article))[:300]
        place = {"start": span.start, "end": span.end, "surface": surface, "scope": scope}
        change.update(mention, **place, state="confirmed", decided_by=by)
        change.summary = f"moved the tag “{before}” to “{surface}”"
    return mention

"""Decisions on entity tags: tag words, all their mentions, confirm, change, reject. What they are linked to: ``linking``."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from articles.actions.recording import Change, Person, Refused, changing
from articles.core.edits import CleanText, Span, in_word
from articles.models import Article, Block, Mention
from articles.models.bearers import shared
from articles.models.entities import ENTITY_TYPES
from articles.models.texts import block_shown, clean_of, markup_of, shown_words

TYPES = dict(ENTITY_TYPES)
CAPTION_KINDS = {"caption", "credit"}
# Why a suggestion was rejected, as the panel offers it; of the last kind another type may be suggested elsewhere.
ANOTHER_TYPE = "another type"
WHY_REJECTED = ("not a name", "wrong words", ANOTHER_TYPE)


def snapped(article: Article, span: Span) -> Span:
    """A selection moved to whole words as the page shows them, without the marks and spaces at its ends.

    Refused when it holds no word, or words of two blocks.
    """
    markup, found = markup_of(article), []
    for block in article.blocks.filter(start__lt=span.end, end__gt=span.start):
        shown = block_shown(article, block, markup)
        selected = shown.clean_spans(span)
        words = _words_of(shown.text, selected[0].start, selected[-1].end) if selected else None
        if words:
            raw = shown.raw_spans(words)
            found.append(Span(start=raw[0].start, end=raw[-1].end))
    if not found:
        raise Refused("The selection holds no word.")
    if len(found) > 1:
        raise Refused("The selection reaches from one block into another. Select words of one block.")
    return found[0]


def _words_of(text: str, start: int, end: int) -> Span | None:
    """The whole words in this range of a text, from the first to the last; None where there is none."""
    while start < end and not in_word(text[start]):
        start += 1
    while end > start and not in_word(text[end - 1]):
        end -= 1
    if start == end:
        return None
    while start > 0 and in_word(text[start - 1]):
        start -= 1
    while end < len(text) and in_word(text[end]):
        end += 1
    return Span(start=start, end=end) if any(map(str.isalnum, text[start:end])) else None


def occurrences(article: Article, surface: str) -> list[Span]:
    """Every place of raw where these words stand as whole words in a block that may carry tags."""
    pattern = re.compile(rf"(?<!\w){r'\s+'.join(re.escape(word) for word in surface.split())}(?!\w)")
    markup = markup_of(article)
    spans = []
    for block in taggable(article):
        shown = block_shown(article, block, markup)
        for match in pattern.finditer(shown.text):
            # An accent of its own behind the match makes it a part of another word.
            if match.end() < len(shown.text) and in_word(shown.text[match.end()]):
                continue
            raw = shown.raw_spans(Span(start=match.start(), end=match.end()))
            spans.append(Span(start=raw[0].start, end=raw[-1].end))
    return spans


def taggable(article: Article) -> list[Block]:
    """Blocks whose words may be tagged: the kept text, captions and credits."""
    return [block for block in article.blocks.all() if block.kept or block.kind in CAPTION_KINDS]


def _checked_type(type_: str) -> str:
    if type_ not in TYPES:
        raise Refused("Choose person, organisation, place or event.")
    return type_


def tag_span(article: Article, span: Span, *, type: str, everywhere: bool, by: Person, seen: int) -> list[Mention]:  # noqa: A002
    """Tag selected words, or every mention of them."""
    words = snapped(article, span)
    surface = shown_words(article, words, markup_of(article))
    spans = {words, *occurrences(article, surface)} if everywhere else {words}
    return _tag(article, sorted(spans), surface, type_=type, by=by, seen=seen)


def tag_words(article: Article, surface: str, *, type: str, everywhere: bool, by: Person, seen: int) -> list[Mention]:  # noqa: A002
    """Tag words that were typed, at their first or at every place."""
    surface = " ".join(surface.split())
    words = _words_of(surface, 0, len(surface))
    if words is None:
        raise Refused("Write the words to tag.")
    surface = words.of(surface)
    spans = occurrences(article, surface)
    if not spans:
        raise Refused(f"“{surface}” does not stand in the kept text or in a caption. Tags are put on words only.")
    return _tag(article, spans if everywhere else spans[:1], surface, type_=type, by=by, seen=seen)


def _tag(article: Article, spans: list[Span], surface: str, *, type_: str, by: Person, seen: int) -> list[Mention]:
    _checked_type(type_)
    made = []
    with changing(article, by=by, action="tag", seen=seen) as change:
        blocks, markup = taggable(article), markup_of(article)
        for span in spans:
            block = next((b for b in blocks if b.start <= span.start and span.end <= b.end), None)
            if block is None:
                raise Refused("Those words are not part of the article. Keep their block first, then tag them.")
            surface_there = shown_words(article, span, markup)[:300]
            scope = "caption" if block.kind in CAPTION_KINDS and not block.kept else "text"
            made.append(_tag_one(change, article, span, type_, by, surface=surface_there, scope=scope))
        n = len(made)
        change.summary = f"tagged “{surface}” as {TYPES[type_].lower()}" + (f", {n} mentions" if n > 1 else "")
    return made


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


def _right(mentions: Iterable[Mention], by: Person) -> Iterator[tuple[Mention, dict[str, Any]]]:
    """What it means that tags are right. Where the machine linked a name that somebody else bears too by now, that is
    no word on who is meant: the link falls away, and the panel asks."""
    rows = list(mentions)
    guessed = {row.pk for row in rows if row.entity_id and row.state == "suggested"}
    doubted = shared(row.entity_id for row in rows if row.pk in guessed)
    for row in rows:
        said = {"state": "confirmed", "decided_by": by, "reason": ""}
        if row.pk in guessed and row.entity_id in doubted:
            said |= {"entity": None, "candidate": row.entity.name}
        yield row, said


def confirm_tag(article: Article, pk: int, *, everywhere: bool = True, by: Person, seen: int) -> list[Mention]:
    """Say that a suggestion is right, here or wherever the article names the same."""
    with changing(article, by=by, action="confirm_tag", seen=seen) as change:
        chosen = named_alike(change, article, pk, everywhere=everywhere)
        for mention, said in _right(chosen, by):
            change.update(mention, **said)
        change.summary = f"confirmed the tag “{chosen[0].surface}”"
    return chosen


def confirm_all_tags(article: Article, *, by: Person, seen: int) -> int:
    """Confirm every suggestion that is still open."""
    with changing(article, by=by, action="confirm_tags", seen=seen) as change:
        rows = list(article.mentions.filter(state="suggested"))
        for mention, said in _right(rows, by):
            _decide(change, mention, **said)
        change.summary = f"confirmed {len(rows)} suggested tags"
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
        change.summary = f"rejected the tag “{chosen[0].surface}”"
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

"""Decisions on the ledger: keep or drop a block, say what it is, split, join, decide a run, correct its words."""

import re

from articles.actions.recording import Change, Person, Refused, changing
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span, apply, corrections
from articles.core.quality import flags
from articles.core.values import Block as BlockValue
from articles.core.values import Passage
from articles.models import Article, Block, Edit
from articles.models.texts import block_clean, block_shown, edits_of, markup_of

# Questions that the words of a block alone cannot answer.
ABOUT_MORE = ("attribution_incomplete", "lede_contradicts_quote")
# What both sides of a cut keep.
WHAT_IT_IS = ("kind", "kept", "reason", "confidence", "decided_by", "person", "found_kind", "found_reason", "evidence",
              "otherwise")  # fmt: skip


def by_person(by: Person, reason: str) -> dict[str, object]:
    return {"decided_by": "person", "person": by, "reason": reason, "confidence": 1.0}


def _flipped(block: Block) -> tuple[str, bool]:
    """(kind, kept) when this block is kept instead of dropped, or the other way round."""
    if block.kept:
        found = KINDS.get(block.found_kind)
        return (found.name if found and not found.kept else block.kind), False
    return ("body" if block.about.group == "boilerplate" else block.kind), True


def _decide(change: Change, block: Block, *, kind: str, kept: bool, by: Person) -> bool:
    word = "kept" if kept else "dropped"
    reason = f"{word} by {by.get_username()}" if kept != block.kept else f"{KINDS[kind].label} says {by.get_username()}"
    if (kind, kept) == (block.kind, block.kept) and block.decided_by == "person":
        return False
    return change.update(block, kind=kind, kept=kept, **by_person(by, reason))


def close_answered(change: Change, article: Article, blocks: list[Block], by: Person) -> None:
    """Wave through the questions about these blocks that their words, as they read now, do not raise any more."""
    passages = []
    for block in article.blocks.filter(pk__in=[block.pk for block in blocks]):
        span = Span(start=block.start, end=block.end)
        value = BlockValue(span=span, kind=block.kind, kept=block.kept, reason="", confidence=1.0)
        passages.append(Passage(block=value, shown=block_clean(article, block, article.edits.all())))
    raised = flags(passages, article.language, ())
    for flag in article.flags.filter(dismissed=False).exclude(flag__in=ABOUT_MORE):
        span = Span(start=flag.start, end=flag.end)
        mine = any(passage.block.span.overlaps(span) for passage in passages)
        if mine and not any(new.flag == flag.flag and new.span.overlaps(span) for new in raised):
            change.update(flag, dismissed=True, dismissed_by=by)


def _answer_proposals(change: Change, article: Article, blocks: list[Block], by: Person) -> None:
    """Whoever decides about a block has answered what was proposed for it."""
    for proposal in article.proposals.filter(state="open"):
        block = next((block for block in blocks if block.start < proposal.end and proposal.start < block.end), None)
        if block is not None:
            change.update(proposal, state="accepted" if block.kind == proposal.kind else "dismissed", person=by)


def flip_block(article: Article, pk: int, *, kept: bool | None = None, by: Person, seen: int) -> Block:
    """Keep a dropped block or drop a kept one. ``kept`` says which is meant, whatever it is now."""
    with changing(article, by=by, action="flip_block", seen=seen) as change:
        block = change.row(Block, pk)
        kind, kept = _flipped(block) if kept is None or kept != block.kept else (block.kind, kept)
        _decide(change, block, kind=kind, kept=kept, by=by)
        _answer_proposals(change, article, [block], by)
        close_answered(change, article, [block], by)
        change.summary = f"{'kept' if kept else 'dropped'} the block “{snippet(article, block)}”"
    return block


def confirm_block(article: Article, pk: int, *, by: Person, seen: int) -> Block:
    """Say that what the machine says of a block is right: it stays as it is, and a person stands for it."""
    with changing(article, by=by, action="confirm_block", seen=seen) as change:
        block = change.row(Block, pk)
        _decide(change, block, kind=block.kind, kept=block.kept, by=by)
        _answer_proposals(change, article, [block], by)
        change.summary = f"confirmed that “{snippet(article, block)}” is {block.about.label}"
    return block


def change_kind(article: Article, pk: int, *, kind: str, by: Person, seen: int) -> Block:
    """Say what a block is; whether it is kept follows from the kind. An article has one title."""
    if kind not in KINDS:
        raise Refused(f"There is no kind called “{kind}”.")
    with changing(article, by=by, action="change_kind", seen=seen) as change:
        block = change.row(Block, pk)
        before = block.about.label
        if kind == "title":
            for other in article.blocks.filter(kind="title", kept=True).exclude(pk=block.pk):
                change.check_seen(other)
                change.update(other, kind="heading", **by_person(by, "another block is the title"))
        _decide(change, block, kind=kind, kept=KINDS[kind].kept, by=by)
        _answer_proposals(change, article, [block], by)
        change.summary = f"changed “{snippet(article, block)}” from {before} to {KINDS[kind].label}"
    return block


def decide_run(article: Article, first: int, last: int, *, kind: str, by: Person, seen: int) -> list[Block]:
    """Give every block from one to another the same kind; ``kind`` "keep" or "drop" only flips them, "confirm" says that
    each is right as it is."""
    if kind not in KINDS and kind not in {"keep", "drop", "confirm"}:
        raise Refused(f"There is no kind called “{kind}”.")
    with changing(article, by=by, action="decide_run", seen=seen) as change:
        ends = sorted(change.row(Block, pk).start for pk in (first, last))
        blocks = list(article.blocks.filter(start__gte=ends[0], start__lte=ends[1]))
        for block in blocks:
            change.check_seen(block)
            if kind in KINDS:
                _decide(change, block, kind=kind, kept=KINDS[kind].kept, by=by)
            elif kind == "confirm":
                _decide(change, block, kind=block.kind, kept=block.kept, by=by)
            elif block.kept != (kind == "keep"):
                flipped, kept = _flipped(block)
                _decide(change, block, kind=flipped, kept=kept, by=by)
        _answer_proposals(change, article, blocks, by)
        verb = {"keep": "kept", "drop": "dropped", "confirm": "confirmed"}.get(kind) or f"marked as {KINDS[kind].label}"
        change.summary = f"{verb} {len(blocks)} blocks in a row"
    return blocks


def cut(change: Change, block: Block, at: int, **values: object) -> Block:
    """Cut a block in two at a code point of raw inside it, and give both sides these values; the second of them.

    Refused where that would cut an edit of a person or a tag; an edit of the machine goes.
    """
    article = change.article
    if article.edits.filter(by="person", start__lt=at, end__gt=at).exists():
        raise Refused("A correction reaches across that point. Undo it first, then split.")
    if any(edit.span.start < at < edit.span.end for edit in markup_of(article)):
        raise Refused("That point lies inside a tag of the page. Choose one between words.")
    for edit in article.edits.filter(by="machine", start__lt=at, end__gt=at):
        change.delete(edit)
    both = {name: getattr(block, name) for name in WHAT_IT_IS} | values
    end = block.end
    change.update(block, end=at, **values)
    return change.create(Block, start=at, end=end, **both)


def split_block(article: Article, pk: int, *, at: int, by: Person, seen: int) -> tuple[Block, Block]:
    """Cut a block in two at a code point of raw. Refused where that would cut an edit or leave a side without words."""
    with changing(article, by=by, action="split_block", seen=seen) as change:
        block = change.row(Block, pk)
        if not block.start < at < block.end:
            raise Refused("That point is not inside this block.")
        sides = (article.raw_text[block.start : at], article.raw_text[at : block.end])
        if not all(side.strip() for side in sides):
            raise Refused("There is nothing to cut off there: one side would hold no words.")
        second = cut(change, block, at, **by_person(by, f"split by {by.get_username()}"))
        close_answered(change, article, [block, second], by)
        change.summary = f"split a block before “{snippet(article, second)}”"
    return block, second


def join_block(article: Article, pk: int, *, by: Person, seen: int) -> Block:
    """Join a block with the one after it; the first one's kind holds for both."""
    with changing(article, by=by, action="join_block", seen=seen) as change:
        block = change.row(Block, pk)
        after = article.blocks.filter(start=block.end).first()
        if after is None:
            raise Refused("This is the last block: there is nothing after it to join.")
        change.check_seen(after)
        change.summary = f"joined “{snippet(article, after)}” to the block before it"
        change.delete(after)
        change.update(block, end=after.end, **by_person(by, f"joined by {by.get_username()}"))
    return block


def correct_text(article: Article, pk: int, *, words: str, by: Person, seen: int) -> Block:
    """Correct the words of a kept block. Raw stays; the difference becomes edits, word by word, so tags keep their place."""
    with changing(article, by=by, action="correct_text", seen=seen) as change:
        block = change.row(Block, pk)
        if not block.kept:
            raise Refused("This block is not part of the article. Keep it before you correct its words.")
        wanted = re.sub(r"\r\n?", "\n", words).strip()
        if not wanted:
            raise Refused("A block cannot be corrected to nothing. Drop it instead.")
        span = Span(start=block.start, end=block.end)
        rows = [row for row in article.edits.all() if span.covers(Span(start=row.start, end=row.end))]
        machine = [*markup_of(article), *edits_of(row for row in rows if row.by == "machine")]
        before = block_clean(article, block, rows).text
        if not before:
            raise Refused("This block holds no words to correct.")
        if wanted == before:
            return block
        made = corrections(apply(article.raw_text, [span], machine), wanted, reason=f"corrected by {by.get_username()}")
        for row in rows:
            if row.by == "person":
                change.delete(row)
        for edit in made:
            change.create(
                Edit,
                start=edit.span.start,
                end=edit.span.end,
                replacement=edit.replacement,
                reason=edit.reason,
                by="person",
                person=by,
            )
        change.update(block, **by_person(by, f"corrected by {by.get_username()}"))
        # The edits are what changed; the block carries the version that tells another editor so.
        if block.version != change.version:
            change.touch(block)
        close_answered(change, article, [block], by)
        change.summary = f"corrected the words of “{snippet(article, block)}”"
    return block


def snippet(article: Article, block: Block) -> str:
    words = block_shown(article, block, markup_of(article)).text
    return words[:60] + ("…" if len(words) > 60 else "")

"""A reading put into rows: for a new article, or again for one that is on the desk.

What a person decided is never overwritten here. Where the machine now says otherwise of a fact, its word is kept beside
the person's; of a ledger that people work on, ``proposing`` says what it would say.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet

from articles.core.edits import Span
from articles.core.values import Block as BlockValue
from articles.core.values import Reading
from articles.intake.suggesting import MACHINES, suggestions
from articles.models import (
    Article,
    Attribution,
    Block,
    Edit,
    Field,
    Flag,
    Mention,
    Outlet,
    OutletAlias,
    Restriction,
)


def store_reading(article: Article, reading: Reading, *, ledger: bool = True, first: bool = False) -> None:
    """Write what the machine says beside what people decided. The caller holds the transaction and then refreshes the
    article's summary. ``ledger`` False leaves the blocks and the text that they make alone: people work on them.
    ``first``: the article is new, and there is nothing to look for, while others wait to write."""
    article.dates = [
        {
            "start": row.span.start,
            "end": row.span.end,
            "surface": row.surface,
            "value": row.value,
            "role": row.role,
            "reason": row.reason,
            "precision": row.precision,
            "until": row.until,
            "time": row.time,
            "timezone_from": row.timezone_from,
        }
        for row in reading.dates
    ]
    if ledger:
        _store_ledger(article, reading, first=first)
    _store_fields(article, reading, first=first)
    _store_attribution(article, reading, first=first)
    _store_rights(article, reading, first=first)
    _store_mentions(article, reading, first=first)
    _store_flags(article, reading, first=first)


def _there[M: Model](rows: QuerySet[M], *, first: bool) -> QuerySet[M]:
    """The rows that are there already; of a new article none, without asking."""
    return rows.none() if first else rows


def _store_ledger(article: Article, reading: Reading, *, first: bool) -> None:
    article.markup = [[e.span.start, e.span.end, e.replacement] for e in reading.scraped.markup]
    _store_blocks(article, reading.blocks, first=first)
    # The tags of a page are kept as one list on the article; only the cleaner's own edits are rows.
    markup = set(reading.scraped.markup)
    edits = [
        Edit(
            article=article,
            start=edit.span.start,
            end=edit.span.end,
            replacement=edit.replacement,
            reason=edit.reason[:300],
            by="machine",
        )
        for edit in reading.edits
        if edit not in markup
    ]
    Edit.objects.bulk_create(news(_there(article.edits.filter(by="machine"), first=first), edits))


def news[M: Model](old: QuerySet[M], rows: Iterable[M]) -> list[M]:
    """The rows to create. Of the old ones those that say the same stay as they are, with key and version, so that pages
    that are open find them; the others are deleted."""
    columns = [f.attname for f in old.model._meta.concrete_fields if f.attname not in {"id", "version"}]

    def says(row: M) -> str:
        # A database may keep the keys of an object in an order of its own.
        values = [getattr(row, name) for name in columns]
        return repr([sorted(value.items()) if isinstance(value, dict) else value for value in values])

    there = defaultdict(list)
    for row in old:
        there[says(row)].append(row.pk)
    fresh = []
    for row in rows:
        same = there.get(says(row))
        if same:
            same.pop(0)
        else:
            fresh.append(row)
    gone = [pk for left in there.values() for pk in left]
    if gone:
        old.filter(pk__in=gone).delete()
    return fresh


def _store_blocks(article: Article, found: Sequence[BlockValue], *, first: bool) -> None:
    Block.objects.bulk_create(
        news(_there(article.blocks.all(), first=first), [_row(article, block) for block in found])
    )
    _there(article.proposals.filter(state="open"), first=first).delete()


def _row(article: Article, block: BlockValue) -> Block:
    return Block(
        article=article,
        start=block.span.start,
        end=block.span.end,
        kind=block.kind,
        kept=block.kept,
        reason=block.reason[:300],
        confidence=block.confidence,
        decided_by=block.decided_by,
        found_kind=block.kind,
        found_reason=block.reason[:300],
        evidence=[phrase[:300] for phrase in block.evidence],
        otherwise=block.otherwise[:20],
        version=article.version,
    )


def _store_fields(article: Article, reading: Reading, *, first: bool) -> None:
    rows = {row.name: row for row in _there(article.fields.all(), first=first)}
    new: list[Field] = []
    for name, field in reading.fields.items():
        row = rows.get(name) or Field(article=article, name=name, version=article.version)
        before = _said(row)
        span = [field.span.start, field.span.end] if field.span else None
        row.found = {
            "value": _as_json(field.value),
            "state": field.state,
            "reason": field.reason[:300],
            "span": span,
            "details": dict(field.details),
            "candidates": [
                {
                    "value": _as_json(c.value),
                    "span": [c.span.start, c.span.end] if c.span else None,
                    "reason": c.reason[:300],
                }
                for c in field.candidates
            ],
        }
        if not row.fixed:
            row.value, row.state, row.reason = _as_json(field.value), field.state, field.reason[:300]
            row.details = dict(field.details)
            row.start, row.end = span or (None, None)
        if _said(row) != before:
            row.version = article.version
        if first:
            new.append(row)
        else:
            row.save()
    Field.objects.bulk_create(new)


def _as_json(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _said(row: Field) -> tuple[object, ...]:
    """What a page shows of a field and a person may act on: a stale page must not act on news."""
    proposed = (row.found.get("value"), row.found.get("state"), row.found.get("span"), row.found.get("candidates"))
    return (row.value, row.state, row.start, row.end, *proposed)


def _store_attribution(article: Article, reading: Reading, *, first: bool) -> None:
    decided = {row.found_as for row in _there(article.attribution.exclude(decision="open"), first=first)}
    publishers = article.attribution.filter(role="publisher", decision__in=("confirmed", "corrected"))
    has_publisher = _there(publishers, first=first).exists()
    outlets = _outlets_by_name() if reading.attribution else {}
    rows = []
    for link in reading.attribution:
        found_as = f"{link.role}:{(link.name or '').casefold()}"[:240]
        if found_as in decided or (link.role == "publisher" and has_publisher):
            continue
        rows.append(
            Attribution(
                article=article,
                role=link.role,
                name=(link.name or "")[:200],
                outlet_id=outlets.get((link.name or "").casefold()),
                via=link.via[:200],
                state=link.state,
                reason=link.reason[:300],
                start=link.span.start if link.span else None,
                end=link.span.end if link.span else None,
                found_as=found_as,
                version=article.version,
            )
        )
    Attribution.objects.bulk_create(news(_there(article.attribution.filter(decision="open"), first=first), rows))


def _outlets_by_name() -> dict[str, int]:
    """The keys of outlets by folded name; a name that two of them bear leads to neither. Rows, not objects: there are
    more than a thousand, for every article that is stored."""
    names: dict[str, int | None] = {}
    for pk, name in (*Outlet.objects.values_list("pk", "name"), *OutletAlias.objects.values_list("outlet", "name")):
        folded = name.casefold()
        names[folded] = pk if names.get(folded, pk) == pk else None
    return {name: pk for name, pk in names.items() if pk is not None}


def _store_rights(article: Article, reading: Reading, *, first: bool) -> None:
    """A restriction about which a person decided is not read again, as long as it is read as the same at its place."""
    decided = [
        (row.found_as, Span(start=row.start, end=row.end))
        for row in _there(article.rights.exclude(decision="open").exclude(start=None), first=first)
    ]
    rows = [
        Restriction(
            article=article,
            start=row.span.start,
            end=row.span.end,
            text=row.text,
            constraint=row.constraint,
            scope=row.scope,
            details=dict(row.details),
            found_as=row.constraint,
            version=article.version,
        )
        for row in reading.rights
        if not any(found_as == row.constraint and span.overlaps(row.span) for found_as, span in decided)
    ]
    Restriction.objects.bulk_create(news(_there(article.rights.filter(decision="open"), first=first), rows))


def _store_mentions(article: Article, reading: Reading, *, first: bool) -> None:
    rows = suggestions(article, reading.mentions, list(_there(article.mentions.all(), first=first)))
    Mention.objects.bulk_create(news(_there(article.mentions.filter(**MACHINES), first=first), rows))


def _store_flags(article: Article, reading: Reading, *, first: bool) -> None:
    dismissed = {(row.flag, row.start, row.end) for row in _there(article.flags.filter(dismissed=True), first=first)}
    rows = [
        Flag(
            article=article,
            flag=flag.flag,
            start=flag.span.start,
            end=flag.span.end,
            detail=flag.detail[:300],
            at=flag.at,
            version=article.version,
        )
        for flag in reading.flags
        if (flag.flag, flag.span.start, flag.span.end) not in dismissed
    ]
    Flag.objects.bulk_create(news(_there(article.flags.filter(dismissed=False), first=first), rows))

"""A reading as rows that are not saved yet, without what people decided otherwise.

Of a new article nobody decided anything: the rows are all that the reading says.
"""

from collections.abc import Collection, Container, Mapping, Sequence

from articles.core.edits import Span
from articles.core.values import Block as BlockValue
from articles.core.values import Reading
from articles.models import (
    Article,
    Attribution,
    Block,
    Edit,
    Field,
    Flag,
    Outlet,
    OutletAlias,
    Restriction,
)


def dates(reading: Reading) -> list[dict[str, object]]:
    """The dates of a text as the article keeps them."""
    return [
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


def blocks(article: Article, reading: Reading) -> list[Block]:
    return [_row(article, block) for block in reading.blocks]


def edits(article: Article, reading: Reading) -> list[Edit]:
    """The cleaner's own edits. The tags of a page are kept as one list on the article."""
    markup = set(reading.scraped.markup)
    return [
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


def fields(article: Article, reading: Reading, there: Mapping[str, Field] | None = None) -> list[Field]:
    """The facts; those that are ``there`` already with what is found now, and untouched where a person fixed them."""
    rows = []
    for name, field in reading.fields.items():
        row = (there or {}).get(name) or Field(article=article, name=name, version=article.version)
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
        rows.append(row)
    return rows


def _as_json(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _said(row: Field) -> tuple[object, ...]:
    """What a page shows of a field and a person may act on: a stale page must not act on news."""
    proposed = (row.found.get("value"), row.found.get("state"), row.found.get("span"), row.found.get("candidates"))
    return (row.value, row.state, row.start, row.end, *proposed)


def attribution(
    article: Article, reading: Reading, decided: Container[str] = (), *, has_publisher: bool = False
) -> list[Attribution]:
    """The chain, without the links that were decided as what they were found as, and without a second publisher."""
    outlets = _outlets_called({(link.name or "").casefold() for link in reading.attribution})
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
    return rows


def _outlets_called(wanted: Collection[str]) -> dict[str, int]:
    """Which of these folded names are an outlet's, and its key; a name that two of them bear leads to neither. Rows, not
    objects, in no order: there are more than a thousand, for every article that is stored."""
    if not wanted:
        return {}
    names: dict[str, int | None] = {}
    for rows in (Outlet.objects.values_list("pk", "name"), OutletAlias.objects.values_list("outlet", "name")):
        for pk, name in rows.order_by():
            if (folded := name.casefold()) in wanted:
                names[folded] = pk if names.get(folded, pk) == pk else None
    return {name: pk for name, pk in names.items() if pk is not None}


def rights(article: Article, reading: Reading, decided: Sequence[tuple[str, Span]] = ()) -> list[Restriction]:
    """The restrictions, but those that were decided as what they are read as, at their place."""
    return [
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


def flags(article: Article, reading: Reading, dismissed: Container[tuple[str, int, int]] = ()) -> list[Flag]:
    return [
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

"""What the command line and the API say about a reading: the outside contract, as JSON and as text for a person."""

from collections.abc import Iterator
from typing import Any

from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.reading import clean
from articles.core.values import Candidate, Field, Reading


def as_json(reading: Reading, *, file: str) -> dict[str, Any]:
    """One article as plain values; offsets are code points in ``raw_text``."""
    scraped = reading.scraped
    return {
        "file": file,
        "format": scraped.format,
        "encoding": scraped.encoding,
        "language": reading.language,
        "sha256": scraped.sha256,
        "raw_text": scraped.raw_text,
        "clean_text": clean(reading).text,
        "blocks": [
            {"start": b.span.start, "end": b.span.end, "kind": b.kind, "kept": b.kept, "reason": b.reason,
             "confidence": b.confidence, "decided_by": b.decided_by, "evidence": list(b.evidence),
             "otherwise": b.otherwise or None}
            for b in reading.blocks
        ],
        "fields": {name: _field(field) for name, field in reading.fields.items()},
        "dates": [
            {"span": _pair(d.span), "surface": d.surface, "value": d.value, "role": d.role, "reason": d.reason,
             "precision": d.precision, "until": d.until or None, "time": d.time or None,
             "timezone_from": d.timezone_from or None}
            for d in reading.dates
        ],
        "attribution": [
            {"role": a.role, "name": a.name, "span": _pair(a.span), "via": a.via or None, "state": a.state,
             "reason": a.reason}
            for a in reading.attribution
        ],
        "rights": [
            {"span": _pair(r.span), "text": r.text, "constraint": r.constraint, "scope": r.scope,
             "details": dict(r.details)}
            for r in reading.rights
        ],
        "mentions": [
            {"start": m.span.start, "end": m.span.end, "surface": m.surface, "type": m.type, "entity": m.entity,
             "score": m.score, "from": m.origin, "scope": m.scope}
            for m in reading.mentions
        ],
        "flags": [
            {"flag": f.flag, "span": _pair(f.span), "detail": f.detail, "at": f.at} for f in reading.flags
        ],
    }  # fmt: skip


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": field.value,
        "span": _pair(field.span),
        "state": field.state,
        "reason": field.reason,
        "candidates": [_candidate(candidate) for candidate in field.candidates],
        **field.details,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {"value": candidate.value, "span": _pair(candidate.span), "reason": candidate.reason}


def as_text(reading: Reading, *, file: str) -> str:
    """The same for a person: the clean article, the facts with their proof, the ledger with a reason a line."""
    scraped = reading.scraped
    parts = [
        f"=== {file}",
        f"{scraped.format}, {scraped.encoding} ({scraped.encoding_reason or 'as given'}), "
        f"language {reading.language or 'unknown'}, sha256 {scraped.sha256}",
        *(f"mended: {r.before!r} -> {r.after!r}, {r.count} times" for r in scraped.repairs),
    ]
    for title, lines in (
        ("Clean text", iter([clean(reading).text or "(nothing is kept)"])),
        ("Facts", _facts(reading)),
        ("Dates", _dates(reading)),
        ("Who stands behind it", _chain(reading)),
        ("Rights", _rights(reading)),
        ("Mentions", _mentions(reading)),
        ("Questions", _flags(reading)),
        ("Ledger", _ledger(reading)),
    ):
        found = list(lines)
        if found:
            parts += ["", f"--- {title}", *found]
    return "\n".join(parts)


def _proof(reading: Reading, span: Span | None) -> str:
    """The words that prove it, short, with their place."""
    if span is None:
        return "no proof in the text"
    return f"[{span.start}, {span.end}) “{_short(span.of(reading.scraped.raw_text))}”"


def _short(words: str, longest: int = 72) -> str:
    line = " ".join(words[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _facts(reading: Reading) -> Iterator[str]:
    for name, field in reading.fields.items():
        if field.state == "unknown":
            yield f"{name}: unknown" + (f" ({field.reason})" if field.reason else "")
        else:
            value = ", ".join(map(str, field.value)) if isinstance(field.value, (list, tuple)) else field.value
            details = "".join(f", {key.replace('_', ' ')} {said}" for key, said in field.details.items())
            yield f"{name}: {value} ({field.state}{details}; {field.reason}) {_proof(reading, field.span)}"
        for candidate in field.candidates:
            yield f"    or: {candidate.value} ({candidate.reason}) {_proof(reading, candidate.span)}"


def _dates(reading: Reading) -> Iterator[str]:
    for date in reading.dates:
        yield f"{date.value or 'open'}: {date.role}, {_proof(reading, date.span)}" + (
            f" ({date.reason})" if date.reason else ""
        )


def _chain(reading: Reading) -> Iterator[str]:
    for link in reading.attribution:
        via = f", via {link.via}" if link.via else ""
        role = link.role.replace("_", " ")
        name = link.name or "somebody whose name is lost"
        yield f"{role}: {name}{via} ({link.state}; {link.reason}) {_proof(reading, link.span)}"


def _rights(reading: Reading) -> Iterator[str]:
    for right in reading.rights:
        said = "".join(f", {key} {value}" for key, value in right.details.items())
        yield f"{right.constraint.replace('_', ' ')} ({right.scope}{said}): {_proof(reading, right.span)}"


def _mentions(reading: Reading) -> Iterator[str]:
    for mention in reading.mentions:
        known = f" = {mention.entity}" if mention.entity else ""
        where = f"{mention.score:.2f}, from {mention.origin}, in {mention.scope}"
        yield f"{mention.surface}{known} ({mention.type}, {where})"


def _flags(reading: Reading) -> Iterator[str]:
    for flag in reading.flags:
        yield f"{flag.flag.replace('_', ' ')}: {flag.detail} {_proof(reading, flag.span)}"


def _ledger(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        fate = "keep" if block.kept else "cut "
        label = KINDS[block.kind].label
        words = _short(block.span.of(reading.scraped.raw_text), 48)
        why = "; ".join((block.reason, *block.evidence))
        yield f"{fate} {label}: {why} ({block.confidence:.0%}, {block.decided_by}) “{words}”"

"""When an article was published, and in which timezone, as far as the page says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.core.edits import Span
from articles.core.folding import fold
from articles.core.metadata.written import Written, scan
from articles.core.registry import addresses, named, outlet_of
from articles.core.values import Candidate, Field, KnownOutlet, Memory, Passage, Scraped

HEAD = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "published_time",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
UPDATED = re.compile(
    r"(?:\b|(?<=\d))(?:mis(?:e)? a jour|actualise|modifie|updated|last modified|modified|maj|aktualisiert|actualizado)\b"
)
PUBLISHED = re.compile(
    r"(?:\b|(?<=\d))(?:publie|paru|mis en ligne|poste|cree|published|posted|first published|"
    r"publicado|veroffentlicht|pubblicato)\b"
)
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=[/\-.]|$)")
# Countries whose press writes the month before the day in figures.
MONTH_FIRST = frozenset({"US", "PH"})
# How far before a date the word may stand that says what it is the date of.
NEAR = 200
KINDS = {"date": 0, "byline": 1, "section": 2, "source": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A timezone that is assumed, and why."""

    name: str
    source: str
    reason: str


def is_update(text: str, at: int) -> bool:
    """Whether the date at this place says when the page was changed: the nearest word before it decides."""
    before = fold(text[max(0, at - NEAR) : at])
    changed = [match.start() for match in UPDATED.finditer(before)]
    said = [match.start() for match in PUBLISHED.finditer(before)]
    return bool(changed) and (not said or changed[-1] > said[-1])


# A day before which a page must not appear dates nothing.
HELD = re.compile(r"\b(?:embargo\w*|sperrfrist|not for (?:publication|release)|ne pas (?:publier|diffuser))\b")


def month_first(language: str, outlet: KnownOutlet | None) -> bool:
    """Whether figures such as 3/4/2023 are read month first on this page."""
    return outlet.country in MONTH_FIRST if outlet and outlet.country else language == "en"


def known_outlet(scraped: Scraped, passages: Sequence[Passage], memory: Memory) -> KnownOutlet | None:
    """The known outlet of the page: by what stands beside the text, else by its copyright lines."""
    if outlet := outlet_of(scraped, memory.outlets):
        return outlet
    for passage in passages:
        if passage.block.kind == "legal":
            for match in re.finditer(r"(?:©|[Cc]opyright)[\s\d,–\-]*([^.|,\n]{2,40})", passage.text):
                if outlet := named(match[1].strip(), memory.outlets):
                    return outlet
    return None


def find(scraped: Scraped, passages: Sequence[Passage], language: str, memory: Memory) -> Field:
    """The field ``published``; details say the precision and where the timezone comes from."""
    outlet = known_outlet(scraped, passages, memory)
    first = month_first(language, outlet)
    found = [*_in_head(scraped), *_in_passages(passages, month_first=first)]
    zone = _zone(language, outlet)
    if not found:
        return _from_address(scraped)
    best, span, reason = found[0]
    value, details = _with_zone(best, zone)
    details["figures"] = "month first" if first else "day first"
    candidates = [
        Candidate(value=_with_zone(other, zone)[0], span=where, reason=why) for other, where, why in found[1:]
    ]
    unsure = best.other is not None and outlet is None and language == "en"
    if best.other is not None and unsure:
        candidates.insert(0, Candidate(value=best.other, span=span, reason="same figures, day before month"))
        reason += "; day and month may be the other way round"
    if details["timezone_from"] in ("language", "outlet country"):
        reason += f"; {zone.reason}" if zone else ""
    unique = {str(one.value): one for one in reversed(candidates) if one.value != value}
    return Field(
        name="published",
        value=value,
        span=span,
        state="inferred" if unsure else "stated",
        reason=reason,
        candidates=tuple(reversed(unique.values())),
        details=details,
    )


def _in_head(scraped: Scraped) -> Iterator[tuple[Written, Span, str]]:
    for wanted in HEAD:
        for name, value, span in scraped.metadata:
            if name.lower() == wanted:
                for written in scan(value)[:1]:
                    if written.precision in ("minute", "day"):
                        yield written, span, f"page head: {name}"


def _in_passages(passages: Sequence[Passage], *, month_first: bool) -> list[tuple[Written, Span, str]]:
    """Dates of the lines that date a page: those that say "published" first, updates last."""
    found = []
    for order, passage in enumerate(passages):
        rank = KINDS.get(passage.block.kind)
        if rank is None:
            continue
        text = passage.text
        for written in scan(text, month_first=month_first):
            if written.precision not in ("minute", "day", "month") or HELD.search(fold(text[: written.start])):
                continue
            said = PUBLISHED.search(fold(text[max(0, written.start - NEAR) : written.start])) is not None
            update = is_update(text, written.start)
            if passage.block.kind == "source" and not said:
                continue
            reason = "line that dates a change" if update else "date line"
            weight = (update, not said, rank, {"minute": 0, "day": 1}.get(written.precision, 2), order)
            found.append((weight, written, passage.raw(written.start, written.end), reason))
    found.sort(key=lambda row: (row[0], row[1].start))
    return [(written, span, reason) for _, written, span, reason in found]


def _zone(language: str, outlet: KnownOutlet | None) -> Zone | None:
    if outlet and outlet.timezone:
        return Zone(name=outlet.timezone, source="outlet country", reason=f"time zone of {outlet.name}")
    if language == "fr":
        return Zone(
            name="Europe/Paris",
            source="language",
            reason="no time zone given, Paris assumed because the text is French",
        )
    return None


def _with_zone(written: Written, zone: Zone | None) -> tuple[str, dict[str, str]]:
    """The value as ISO 8601, and what is known of its precision and timezone."""
    details = {"precision": "month" if written.precision == "month" else written.precision}
    if written.offset is not None:
        return written.iso(), details | {"timezone_from": "stated"}
    if zone is None:
        return written.iso(), details | {"timezone_from": "unknown"}
    offset = None
    if written.time is not None:
        offset = _offset(written.iso(), zone.name)
        if offset is None:
            return written.iso(), details | {"timezone_from": "unknown"}
    return written.iso(offset), details | {"timezone_from": zone.source, "timezone": zone.name}


def _offset(local: str, zone: str) -> timedelta | None:
    try:
        return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return None


def _from_address(scraped: Scraped) -> Field:
    """A date in the address is a guess; without one, the field is unknown."""
    for address in addresses(scraped):
        if match := IN_ADDRESS.search(address):
            written = "-".join(part.zfill(2) for part in match.groups() if part)
            return Field(
                name="published",
                value=written,
                state="inferred",
                reason="date in the address of the page",
                details={"precision": "day" if match[3] else "month", "timezone_from": "unknown"},
            )
    return Field(name="published", reason="no line says when it was published")

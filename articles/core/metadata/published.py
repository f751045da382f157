"""When an article was published, and in which timezone, as far as the page says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from articles.core.metadata import uploaded
from articles.core.metadata.clock import shift_of
from articles.core.metadata.datelines import CHANGED_FACTS, PUBLISHED_FACTS, Dated, in_address, in_head, in_lines
from articles.core.metadata.written import Written, figures_say
from articles.core.registry import named, outlet_of
from articles.core.values import FROM_THE_UPLOAD, Candidate, FactState, Field, KnownOutlet, Memory, Passage, Scraped

# Countries whose press writes the month before the day in figures.
MONTH_FIRST = frozenset({"US", "PH"})
NOBODY_SAYS = "it has no date of its own: neither a line nor the page's head says when it was published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A timezone that is assumed, and why."""

    name: str
    source: str
    reason: str


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
    proven = figures_say(passage.text for passage in passages)
    first = month_first(language, outlet) if proven is None else proven
    found = _evidence(scraped, passages, month_first=first)
    zone = _zone(language, outlet)
    given = uploaded.dated(scraped.given.published, month_first=first)
    disputes = _disputes(found, given, list(in_head(scraped, CHANGED_FACTS, month_first=first)))
    if given is not None:
        # What the page says goes before it, but for what proves nothing.
        found.insert(0 if not found or _proves_little(found[0]) else 1, given)
    if not found:
        return Field(name="published", reason=NOBODY_SAYS)
    best = found[0]
    value, details = _with_zone(best.written, zone)
    details["figures"] = "month first" if first else "day first"
    candidates = [
        Candidate(value=_with_zone(other.written, zone)[0], span=other.span, reason=other.reason) for other in found[1:]
    ]
    reasons = [best.reason]
    unsure = best.written.other is not None and outlet is None and language == "en" and proven is None
    if best.written.other is not None and unsure:
        reading = Candidate(value=best.written.other, span=best.span, reason="same figures, day before month")
        candidates.insert(0, reading)
        reasons.append("day and month may be the other way round")
    if zone and details["timezone_from"] in ("language", "outlet country"):
        reasons.append(zone.reason)
    unique = {str(one.value): one for one in reversed(candidates) if one.value != value}
    return Field(
        name="published",
        value=value,
        span=best.span,
        state=_state(best, unsure=unsure, contradicted=bool(disputes)),
        reason="; ".join((*reasons, *disputes)),
        candidates=tuple(reversed(unique.values())),
        details=details,
    )


def _state(best: Dated, *, unsure: bool, contradicted: bool) -> FactState:
    if contradicted:
        return "disputed"
    if best.reason == FROM_THE_UPLOAD and not unsure:
        return "stated"
    return "inferred" if unsure or best.change or best.stray or best.span is None else "stated"


def _disputes(found: Sequence[Dated], given: Dated | None, changes: Sequence[Dated]) -> list[str]:
    """Who says another day than the page's best date does."""
    said = []
    if _contradicted(found, changes) is not None:
        said.append("a line beside the headline says another day")
    if given is not None and _against(found, given, changes):
        said.append("the upload says another day")
    return said


def _proves_little(dated: Dated) -> bool:
    return dated.change or dated.stray or dated.span is None


def _against(found: Sequence[Dated], given: Dated, changes: Iterable[Dated]) -> bool:
    """Whether the page says when it was published, and no date of it is near to what the upload says."""
    if not found or _proves_little(found[0]) or found[0].written.precision not in ("minute", "day"):
        return False
    days = {day for dated in (*found, *changes) for day in dated.written.days}
    days |= {found[0].written.other} if found[0].written.other else set()
    return all(_apart(day, other) > 1 for day in days for other in given.written.days)


def _evidence(scraped: Scraped, passages: Sequence[Passage], *, month_first: bool) -> list[Dated]:
    """Every date that may be the publication's, the best first; the date of a change only where nothing else is."""
    head = list(in_head(scraped, PUBLISHED_FACTS, month_first=month_first))
    lines = in_lines(scraped, passages, month_first=month_first)
    changes = list(in_head(scraped, CHANGED_FACTS, month_first=month_first, change=True))
    shown = [line for line in lines if not line.change and not line.stray]
    strays = [line for line in lines if line.stray]
    said = sorted((*head, *shown), key=lambda dated: not _is_local(dated, head[0])) if head else shown
    return [
        *said,
        *([] if said else in_address(scraped)),
        *(line for line in lines if line.change and not line.stray),
        *strays,
        *changes,
    ]


def _contradicted(found: Sequence[Dated], changes: Iterable[Dated]) -> Dated | None:
    """The line beside the headline that tells another day than the head does, and not that of a change."""
    if not found or not found[0].head or found[0].change:
        return None
    known = {day for dated in (*found, *changes) if not dated.beside for day in dated.written.days}
    lines = [
        dated for dated in found if dated.beside and not dated.change and dated.written.precision in ("minute", "day")
    ]
    apart = [line for line in lines if all(_apart(day, other) > 1 for day in line.written.days for other in known)]
    return apart[0] if len(apart) == len(lines) and apart else None


def _apart(day: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(day) - date.fromisoformat(other)).days)
    except ValueError:
        return 0


def _is_local(dated: Dated, first: Dated) -> bool:
    """Whether this is the same moment as the first, as the clocks of the place showed it."""
    same = dated.written.instant is not None and dated.written.instant == first.written.instant
    return same and bool(dated.written.offset)


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
        minutes = shift_of(zone.name, written.iso())
        if minutes is None:
            return written.iso(), details | {"timezone_from": "unknown"}
        offset = timedelta(minutes=minutes)
    return written.iso(offset), details | {"timezone_from": zone.source, "timezone": zone.name}

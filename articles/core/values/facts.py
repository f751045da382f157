"""Values of what a text says of itself: facts with their proof, dates, who stands behind it, what may be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from articles.core.edits import Span

FactState = Literal["stated", "inferred", "unknown", "disputed"]
DateRole = Literal["publication", "update", "event", "caption", "background", "related", "copyright", "embargo"]
Role = Literal[
    "publisher", "republished_from", "agency", "cited", "author", "translator", "photo_credit", "copyright_holder"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Another value that a field might have had, and where it stands."""

    value: Any
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A fact found by the machine. ``value`` is a string, a list of strings (authors) or None; for ``published`` an ISO
    8601 string with offset, ``details`` then holding precision and timezone_from. A stated value has a span."""

    name: str
    value: Any = None
    span: Span | None = None
    state: FactState = "unknown"
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text. ``value`` is ISO 8601, as precise as what was said: 2022-07-19, 2021-11, 2023-W03, 2020,
    --02-14, 1990/1999; None when it is relative and nothing anchors it. ``precision`` says how much is known: minute,
    day, week, month, year, years, day of a year, or nothing.

    A value that is no day is a range: ``until`` is its last day, empty for days. ``time`` is the time of day that is said
    with it, "16:30", with the offset from UTC where the text or its zone gives one ("16:30-05:00"); ``timezone_from``
    then says where that comes from: stated, outlet country, language or unknown.
    """

    span: Span
    surface: str
    value: str | None
    role: DateRole
    reason: str = ""
    precision: str = ""
    until: str = ""
    time: str = ""
    timezone_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A link of the chain behind the text. ``name`` None with state unknown: somebody stands there, the name is lost."""

    role: Role
    name: str | None
    span: Span | None
    state: FactState
    reason: str
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A restriction as written. ``constraint`` names a row of CONSTRAINTS, ``scope`` what it restricts. ``details`` are
    plain words: ``until`` (ISO 8601) and ``zone`` of an embargo; ``licence``, ``label``, ``url``; ``territory``;
    ``credit`` and ``link`` of a credit that is asked for."""

    span: Span
    text: str
    constraint: str
    scope: Literal["text", "picture"] = "text"
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A question about the text that only a person can answer. ``detail`` is a sentence; ``at`` a cut that is proposed."""

    flag: str
    span: Span
    detail: str
    at: int | None = None

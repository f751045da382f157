"""What goes into the gate at approval and what comes out of it: claims, the outlets behind a text, verdicts, treatments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Literal

from articles.core.attribution.meaning import EFFECTS, EffectName

Treatment = Literal["full", "excerpt", "override"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentRow:
    """A row of TREATMENTS: how an approver publishes what the gate does not let through as it stands."""

    name: Treatment
    label: str
    help: str
    permission: str = ""
    needs_reason: bool = False


TREATMENTS: dict[str, TreatmentRow] = {
    row.name: row
    for row in (
        TreatmentRow(name="full", label="The full text", help="Everything that is kept."),
        TreatmentRow(
            name="excerpt", label="An excerpt with a link", help="The first lines as a quotation; readers go on there."
        ),
        TreatmentRow(
            name="override",
            label="The full text all the same",
            help="You answer for it. The reason is kept with the publication and in the history.",
            permission="override_rights",
            needs_reason=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A restriction as the gate sees it. ``confirmed``: a person stands for it."""

    id: int
    text: str
    constraint: str
    scope: str
    details: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Backer:
    """An outlet behind the text, with its default terms. ``settled``: stated, or a person stands for it; who is only
    inferred can forbid, but not allow."""

    name: str
    role: str
    terms: str = "unknown"
    licence: str = ""
    credit_required: bool = False
    credit_line: str = ""
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What else counts. ``now`` is aware; ``zone`` is the desk's; ``source`` the name of whoever is settled as the
    source, or empty; ``link`` an address of the original, or empty; ``corrected``: people changed its words here."""

    now: datetime
    zone: tzinfo
    source: str = ""
    link: str = ""
    corrected: bool = False
    commercial: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What happens to one claim, or by one outlet's terms: ``effect``, a sentence, and where it comes from."""

    effect: EffectName
    said: str
    basis: str
    claim: int | None = None
    quotable: bool = False
    credit: str = ""
    licence: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None

    @property
    def bars(self) -> bool:
        return EFFECTS[self.effect].bars

    @property
    def label(self) -> str:
        return EFFECTS[self.effect].label

"""The gate at approval: what the restrictions on an article, and the terms of the outlets behind it, mean for publishing.

Values in, values out: ``judge`` knows no clock and no database. What is written on a picture never lifts and is never
lifted by what holds for the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from articles.core.attribution.licences import DEMANDS, LICENCES
from articles.core.attribution.meaning import CONSTRAINTS, EFFECTS, TERMS
from articles.core.folding import fold
from articles.core.verdicts import Backer, Case, Claim, Verdict


@dataclass(frozen=True, kw_only=True)
class Gate:
    """All verdicts on an article, and what they come to."""

    verdicts: tuple[Verdict, ...]
    link: str = ""

    @cached_property
    def bars(self) -> list[Verdict]:
        """What stands in the way of the full text, the strictest first."""
        return sorted((one for one in self.verdicts if one.bars), key=lambda one: -EFFECTS[one.effect].rank)

    @property
    def held_until(self) -> datetime | None:
        return max((one.until for one in self.bars if one.until), default=None)

    @property
    def credits(self) -> list[str]:
        return list(dict.fromkeys(one.credit for one in self.verdicts if one.credit))

    @property
    def licence(self) -> Mapping[str, str]:
        """The licence under which the text is published, where one is named."""
        return next((one.licence for one in self.verdicts if one.licence and one.effect in ("terms", "none")), {})

    def unsettled(self, treatment: str) -> list[str]:
        """What this treatment leaves in the way, in sentences."""
        match treatment:
            case "override":
                return []
            case "excerpt":
                missing = [] if self.link else ["An excerpt links to the original. Put its address in the facts first."]
                return [one.said for one in self.bars if not one.quotable] + missing
        return [one.said for one in self.bars]


def judge(claims: Sequence[Claim], backers: Sequence[Backer], case: Case) -> Gate:
    """The verdict on every claim, as they stand, then what the outlets' terms add."""
    found = [_of_claim(one, claims, backers, case) for one in claims]
    told = {one.basis for one in found}
    for backer in backers:
        found += [one for one in _of_terms(backer, case) if one.basis not in told or one.effect != "none"]
    return Gate(verdicts=tuple(found), link=case.link)


def moment_of(details: Mapping[str, str], zone: tzinfo) -> datetime | None:
    """The moment an embargo ends; a time without an offset is the desk's."""
    try:
        moment = datetime.fromisoformat(details.get("until", ""))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except ValueError:
        return None


WRITTEN = "written on the page"


def _of_claim(claim: Claim, claims: Sequence[Claim], backers: Sequence[Backer], case: Case) -> Verdict:
    row = CONSTRAINTS[claim.constraint]
    effect = row.effect(claim.scope)
    if effect == "no_picture":
        return Verdict(effect=effect, said="No picture goes out with the text.", basis=WRITTEN, claim=claim.id)
    match effect:
        case "hold":
            return _held(claim, case)
        case "credit":
            return _credited(claim.details, case, basis=WRITTEN, claim=claim.id)
        case "terms":
            return _licensed(claim.details, case, basis=WRITTEN, claim=claim.id)
        case "passed_on":
            said = "Readers and feeds are told; nothing else is asked of us."
            return Verdict(effect=effect, said=said, basis=WRITTEN, claim=claim.id)
    if row.agreement and (lifted := _lifted(claim, claims, backers)):
        return lifted
    return Verdict(
        effect=effect, said=_why_not(claim, backers), basis=WRITTEN, claim=claim.id, quotable=row.quotable
    )  # fmt: skip


def _lifted(claim: Claim, claims: Sequence[Claim], backers: Sequence[Backer]) -> Verdict | None:
    """The leave that lifts a claim: an agreement with the outlet, unless the words are another's; its licence; or a
    licence on the text that a person confirmed."""
    if _others(claim, backers):
        return None
    for backer in backers:
        if backer.settled and backer.terms in ("full", "licence"):
            how = (
                f"by agreement with {backer.name}" if backer.terms == "full" else f"under the licence of {backer.name}"
            )
            basis = f"{how} (outlet default)"
            return Verdict(effect="none", said=f"Lifted {basis}.", basis=basis, claim=claim.id)
    for other in claims:
        if other.constraint == "licence" and other.scope == "text" and other.confirmed and other.details.get("licence"):
            said = f"Lifted by the licence on the text, {other.details.get('label', '')}."
            return Verdict(effect="none", said=said, basis="a licence that a person confirmed", claim=claim.id)
    return None


def _others(claim: Claim, backers: Sequence[Backer]) -> list[Backer]:
    """Who is named in the words of a claim and allowed us nothing: another's leave does not lift it."""
    words = fold(claim.text)
    without = (one for one in backers if one.terms not in ("full", "licence"))
    return [one for one in without if re.search(rf"\b{re.escape(fold(one.name))}\b", words)]


def _why_not(claim: Claim, backers: Sequence[Backer]) -> str:
    reasons = {
        "no_archive": "What we publish stays up, and it must not be archived.",
        "excerpt_only": "Only an excerpt of it may be published.",
        "paywalled": "Its outlet shows the whole text to subscribers only.",
        "all_rights_reserved": "All rights are reserved, and we have no leave for the full text.",
        "other": "It says more than we can read out of it: read it, then correct it or say that it is no restriction.",
    }
    territory = claim.details.get("territory", "")
    where = f"in {territory}" if territory else "in the countries that it names"
    said = reasons.get(claim.constraint, f"It must not be used {where}, and what we publish is read everywhere.")
    if CONSTRAINTS[claim.constraint].agreement:
        if others := _others(claim, backers):
            return f"{said} It names {others[0].name}, with whom we have no agreement."
        for backer in backers:
            if backer.terms in ("full", "licence") and not backer.settled:
                return f"{said} {backer.name} allows it, but is only inferred as the source: confirm it first."
    return said


def _held(claim: Claim, case: Case) -> Verdict:
    until = moment_of(claim.details, case.zone)
    if until is None:
        said = "It is under embargo, and the time cannot be read from its words: say until when in the facts."
        return Verdict(effect="block", said=said, basis=WRITTEN, claim=claim.id)
    local = until.astimezone(case.zone)
    spoken = f"{local.day} {local:%B %Y, %H:%M}"
    if until <= case.now:
        return Verdict(effect="none", said=f"The embargo ended on {spoken}.", basis=WRITTEN, claim=claim.id)
    zone = " It names no time zone; ours is taken." if claim.details.get("zone") == "unknown" else ""
    said = f"Under embargo until {spoken}: it can be approved from then on.{zone}"
    return Verdict(effect="hold", said=said, basis=WRITTEN, claim=claim.id, until=until)


def _credited(details: Mapping[str, str], case: Case, *, basis: str, claim: int | None = None) -> Verdict:
    """The credit line is printed by itself; without a name or a link that it asks for, nobody can print it."""
    line = details.get("credit", "") or case.source
    if not line:
        said = "It asks for a credit, and nobody is confirmed as the source: confirm or add one in the facts."
        return Verdict(effect="block", said=said, basis=basis, claim=claim)
    if details.get("link") and not case.link:
        said = "It asks for a link to the original: put its address in the facts first."
        return Verdict(effect="block", said=said, basis=basis, claim=claim)
    also = ", with a link to the original" if details.get("link") else ""
    said = f"“{line}” is printed with the text{also}."
    return Verdict(effect="credit", said=said, basis=basis, claim=claim, credit=line)


def _licensed(details: Mapping[str, str], case: Case, *, basis: str, claim: int | None = None) -> Verdict:
    row = LICENCES.get(details.get("licence", ""))
    if row is None:
        said = "Which licence it is cannot be read from its words: choose it in the facts."
        return Verdict(effect="block", said=said, basis=basis, claim=claim)
    label = details.get("label") or row.label
    named = {"licence": row.name, "label": label, "url": details.get("url") or row.url()}
    wrong = ""
    if "non_commercial" in row.demands and case.commercial:
        wrong = f"{label} allows no commercial use, and this desk publishes commercially."
    elif "no_derivatives" in row.demands and case.corrected:
        wrong = f"{label} allows no changes, and words were corrected here."
    if wrong:
        return Verdict(effect="block", said=wrong, basis=basis, claim=claim, quotable=True)
    if not row.demands:
        said = f"{label}: free to use."
        return Verdict(effect="none", said=said, basis=basis, claim=claim, licence=named)
    line = details.get("credit", "") or case.source
    if not line:
        said = f"{label} asks to name the source, and nobody is confirmed: confirm or add one in the facts."
        return Verdict(effect="block", said=said, basis=basis, claim=claim)
    said = f"{label}: {', '.join(DEMANDS[demand] for demand in row.demands)}."
    return Verdict(effect="terms", said=said, basis=basis, claim=claim, credit=line, licence=named)


def _of_terms(backer: Backer, case: Case) -> list[Verdict]:
    """What an outlet's own terms come to. Agreement is told once, so that an approver sees why nothing bars the way."""
    row = TERMS[backer.terms]
    basis = f"default of {backer.name}"
    found = []
    if row.name == "full" and backer.settled:
        how = f"by agreement with {backer.name}"
        found.append(
            Verdict(effect="none", said=f"The full text may be published {how}.", basis=f"{how} (outlet default)")
        )
    elif row.name == "excerpt":
        said = f"{backer.name} allows an excerpt and a link only."
        found.append(Verdict(effect="excerpt", said=said, basis=basis, quotable=True))
    elif row.name == "ask":
        said = f"{backer.name} allows nothing without being asked."
        found.append(Verdict(effect="block", said=said, basis=basis))
    elif row.name == "licence" and backer.settled:
        named = {"licence": backer.licence, "credit": backer.credit_line or backer.name}
        found.append(_licensed(named, case, basis=basis))
    if backer.credit_required:
        found.append(_credited({"credit": backer.credit_line or backer.name}, case, basis=basis))
    return found

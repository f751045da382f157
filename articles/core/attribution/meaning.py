"""What a restriction can be, and what each means for publishing: tables that the reader, the gate, the pages, the
admin and the tests share."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["text", "picture"]
EffectName = Literal["none", "passed_on", "credit", "no_picture", "terms", "excerpt", "hold", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """A row of EFFECTS: what happens at approval. ``bars``: the full text cannot be approved as it stands. ``rank``
    orders them, the strictest last."""

    name: EffectName
    label: str
    rank: int
    bars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintRow:
    """A row of CONSTRAINTS. ``text`` and ``picture`` say what it means for each; ``agreement``: an outlet that allows
    its full text lifts it for the text; ``quotable``: a short quotation with a link is allowed all the same."""

    name: str
    label: str
    help: str
    text: EffectName
    picture: EffectName = "no_picture"
    agreement: bool = False
    quotable: bool = False

    def effect(self, scope: str) -> EffectName:
        return self.picture if scope == "picture" else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """A row of TERMS: what an outlet allows by default. ``effect`` is what that means for its articles."""

    name: str
    label: str
    effect: EffectName
    help: str


EFFECTS: dict[EffectName, EffectRow] = {
    row.name: row
    for row in (
        EffectRow(name="none", label="Allowed", rank=0),
        EffectRow(name="no_picture", label="Picture not published", rank=1),
        EffectRow(name="passed_on", label="Passed on to readers and feeds", rank=2),
        EffectRow(name="credit", label="Credit line printed", rank=3),
        EffectRow(name="terms", label="On the terms of the licence", rank=4),
        EffectRow(name="excerpt", label="Excerpt only", rank=5, bars=True),
        EffectRow(name="hold", label="Held", rank=6, bars=True),
        EffectRow(name="block", label="Blocked", rank=7, bars=True),
    )
}

CONSTRAINTS: dict[str, ConstraintRow] = {
    row.name: row
    for row in (
        ConstraintRow(
            name="editorial_use_only",
            label="Editorial use only",
            help="Not for advertising or promotion.",
            text="passed_on",
        ),
        ConstraintRow(
            name="mandatory_credit",
            label="Mandatory credit",
            help="The credit must be printed as it is written.",
            text="credit",
        ),
        ConstraintRow(
            name="no_archive",
            label="No archive",
            help="It must not be kept in an archive.",
            text="block",
            quotable=True,
        ),
        ConstraintRow(name="no_resale", label="No resale", help="It must not be sold on.", text="passed_on"),
        ConstraintRow(
            name="embargo", label="Embargo", help="It must not appear before the time that is named.", text="hold"
        ),
        ConstraintRow(
            name="territory", label="Territory", help="It must not be used in the countries named.", text="block"
        ),
        ConstraintRow(
            name="licence", label="Licence", help="It may be used on the terms of the licence named.", text="terms"
        ),
        ConstraintRow(
            name="excerpt_only",
            label="Excerpts only",
            help="Only a short part of it may be published.",
            text="excerpt",
            agreement=True,
            quotable=True,
        ),
        ConstraintRow(
            name="paywalled",
            label="Paywalled",
            help="Its outlet shows it to subscribers only.",
            text="excerpt",
            agreement=True,
            quotable=True,
        ),
        ConstraintRow(
            name="all_rights_reserved",
            label="All rights reserved",
            help="Publishing needs the holder's leave.",
            text="excerpt",
            agreement=True,
            quotable=True,
        ),
        ConstraintRow(name="other", label="Other restriction", help="Read it and decide.", text="block"),
    )
}

SCOPES: dict[str, str] = {"text": "the text", "picture": "a picture"}

TERMS: dict[str, TermsRow] = {
    row.name: row
    for row in (
        TermsRow(
            name="unknown", label="Unknown", effect="none", help="What is written on each page decides."
        ),
        TermsRow(
            name="full",
            label="Full text by agreement",
            effect="none",
            help="We may publish its texts; its legal lines do not stop them. Pictures are never included.",
        ),
        TermsRow(name="excerpt", label="Excerpt and link only", effect="excerpt", help="We may quote it and link to it."),
        TermsRow(
            name="ask", label="Nothing without asking", effect="block", help="Each article needs its leave first."
        ),
        TermsRow(
            name="licence", label="Under a licence", effect="terms", help="Its texts come under the licence chosen below."
        ),
    )
}  # fmt: skip

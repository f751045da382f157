"""What people said is the same on every page of an outlet, as evidence for the next page: one table, two functions.

Nothing is stated by memory alone: what the page itself does not prove is inferred, and says who decided it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.core.folding import fold, key
from articles.core.values import Attribution, Candidate, Field, Passage, RememberedFact, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedRow:
    """A row of REMEMBERED. ``link``: a role of the chain, else a field. ``only_instead``: it says what a found value
    is called here, and nothing where none was found."""

    name: str
    label: str
    link: bool = True
    only_instead: bool = False
    alone: bool = False


# ``alone``: a page has one of it, so that what is remembered replaces a guess and does not stand beside it.
REMEMBERED: dict[str, RememberedRow] = {
    row.name: row
    for row in (
        RememberedRow(name="publisher", label="Publisher", alone=True),
        RememberedRow(name="republished_from", label="Republished from"),
        RememberedRow(name="agency", label="Agency"),
        RememberedRow(name="copyright_holder", label="Copyright holder"),
        RememberedRow(name="section", label="Section", link=False, only_instead=True),
        RememberedRow(name="language", label="Language", link=False),
    )
}
# Where a page names itself: the words of the article may name anybody.
ARTICLE = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "caption", "related"})


def _reason(fact: RememberedFact) -> str:
    return f"remembered for this outlet, decided by {fact.by or 'somebody who left'}"


def fields(found: Mapping[str, Field], facts: Sequence[RememberedFact]) -> dict[str, Field]:
    """The fields with what is remembered: an unknown one gets the value, another value that was corrected before gives
    way to it, any other stays and has it as a candidate."""
    said = dict(found)
    for fact in facts:
        row, field = REMEMBERED.get(fact.about), said.get(fact.about)
        if row is None or row.link or field is None or key(str(field.value or "")) == key(fact.value):
            continue
        corrected = bool(fact.instead_of) and key(str(field.value or "")) == key(fact.instead_of)
        fills = field.value is None and not row.only_instead
        if corrected or fills:
            other = Candidate(value=field.value, span=field.span, reason=field.reason)
            said[fact.about] = replace(
                field,
                value=fact.value,
                span=None,
                state="inferred",
                reason=_reason(fact),
                candidates=(*((other,) if corrected else ()), *field.candidates),
            )
        elif not row.only_instead:
            offer = Candidate(value=fact.value, span=None, reason=_reason(fact))
            said[fact.about] = replace(field, candidates=(offer, *field.candidates))
    return said


def links(
    found: Sequence[Attribution], facts: Sequence[RememberedFact], passages: Sequence[Passage]
) -> tuple[Attribution, ...]:
    """The chain with what is remembered: it stands in for what was corrected before and for a guess, and is added where
    nothing was found; what the page states otherwise stays."""
    said = list(found)
    for fact in facts:
        row = REMEMBERED.get(fact.about)
        if row is None or not row.link:
            continue
        same = [link for link in said if link.role == row.name]
        known = next((link for link in same if key(link.name or "") == key(fact.value)), None)
        if known is not None:
            if known.state != "stated":
                # The page names it and a person stands for it: together that is a statement.
                state = "stated" if known.span else known.state
                said[said.index(known)] = replace(known, state=state, reason=f"{known.reason}; {_reason(fact)}")
            continue
        gives_way = next((link for link in same if _gives_way(link, fact, alone=row.alone)), None)
        if gives_way is not None:
            said[said.index(gives_way)] = _recalled(fact, gives_way, passages)
        elif not (row.alone and same):
            said.insert(0 if row.alone else len(said), _recalled(fact, None, passages))
    return tuple(said)


def _gives_way(link: Attribution, fact: RememberedFact, *, alone: bool) -> bool:
    """Whether a link is what a person corrected before; or a guess, where a page has one of its kind."""
    corrected = bool(fact.instead_of) and key(link.name or "") == key(fact.instead_of)
    return corrected or (alone and link.state != "stated")


def _recalled(fact: RememberedFact, before: Attribution | None, passages: Sequence[Passage]) -> Attribution:
    reason = _reason(fact)
    if before is not None and before.name:
        reason += f"; the page alone says “{before.name}”"
    wanted = fold(fact.value)
    for passage in passages:
        at = -1 if passage.block.kind in ARTICLE else fold(passage.text).find(wanted)
        if at >= 0 and _whole(passage.text, at, at + len(wanted)):
            span = passage.raw(at, at + len(wanted))
            stands = f"{reason}; the name stands on the page"
            return Attribution(role=_role(fact), name=fact.value, span=span, state="stated", reason=stands)
    return Attribution(role=_role(fact), name=fact.value, span=None, state="inferred", reason=reason)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether these are whole words."""
    return not (text[start - 1 : start].isalnum() if start else False) and not text[end : end + 1].isalnum()


def _role(fact: RememberedFact) -> Role:
    return fact.about  # type: ignore[return-value]  # a row of REMEMBERED that is a link is a role

"""Decisions on restrictions: one stands as it was read, is none, is another, or was missed."""

from dataclasses import dataclass
from datetime import datetime

from articles.actions.recording import Person, Refused, changing
from articles.core.attribution import CONSTRAINTS, LICENCES, SCOPES
from articles.core.attribution.rights import PICTURE, details_of
from articles.core.edits import Span
from articles.core.metadata.moments import until
from articles.core.values import Field as FieldValue
from articles.models import Article, Restriction
from articles.models.texts import markup_of, shown_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RightSaid:
    """What a person says of one restriction. ``words`` as they are written, or shown at ``proof``, a span of raw; an empty
    ``scope`` is told from where the proof stands. What is left empty of
    ``until`` (aware), ``licence``, ``credit`` and ``territory`` is read from the words."""

    constraint: str
    scope: str = ""
    words: str = ""
    proof: Span | None = None
    until: datetime | None = None
    licence: str = ""
    credit: str = ""
    territory: str = ""


def _checked(article: Article, said: RightSaid, words: str = "") -> dict[str, object]:
    """The columns of a restriction as said, its words those of ``words`` where it has them already."""
    if said.constraint not in CONSTRAINTS:
        raise Refused(f"There is no restriction called “{said.constraint}”.")
    scope = said.scope or _scope_at(article, said.proof)
    if scope not in SCOPES:
        raise Refused("Say whether it restricts the text or a picture.")
    if said.licence and said.licence not in LICENCES:
        raise Refused(f"There is no licence called “{said.licence}” in our table.")
    if said.proof and said.proof.end > len(article.raw_text):
        raise Refused("The selection reaches beyond the text.")
    words = words or (shown_words(article, said.proof, markup_of(article)) if said.proof else said.words)
    words = " ".join(words.split())
    if not words:
        raise Refused("Write down the restriction in its words, or select them in the text.")
    return {
        "constraint": said.constraint,
        "scope": scope,
        "text": words,
        "details": _details(article, said, words),
    }


def _scope_at(article: Article, proof: Span | None) -> str:
    """What selected words restrict where nobody says so: in a caption or a credit a picture, else the text."""
    if proof is None:
        return ""
    block = article.blocks.filter(start__lte=proof.start, end__gt=proof.start).first()
    return "picture" if block is not None and block.kind in PICTURE else "text"


def _details(article: Article, said: RightSaid, words: str) -> dict[str, str]:
    """What the words say beyond their kind, and what the person says better."""
    field = article.fields.filter(name="published").first()
    published = FieldValue(name="published", value=field.value, details=field.details) if field else None
    details = dict(details_of(said.constraint, words, moment=lambda text: until(text, published)))
    match said.constraint:
        case "embargo" if said.until:
            details = {"until": said.until.isoformat(), "zone": "stated"}
        case "licence" if said.licence:
            row = LICENCES[said.licence]
            if details.get("licence") != row.name:
                details = {"licence": row.name, "label": row.label, "url": row.url()}
        case "mandatory_credit" if said.credit.strip():
            details["credit"] = " ".join(said.credit.split())[:200]
        case "territory" if said.territory.strip():
            details["territory"] = " ".join(said.territory.split())[:100]
    return details


def add_right(article: Article, *, said: RightSaid, by: Person, seen: int) -> Restriction:
    """Add a restriction that was missed; its proof is the selected text where there is one."""
    with changing(article, by=by, action="add_right", seen=seen) as change:
        right = change.create(
            Restriction,
            **_checked(article, said),
            start=said.proof.start if said.proof else None,
            end=said.proof.end if said.proof else None,
            decision="corrected",
            decided_by=by,
        )
        change.summary = f"added the restriction “{right.about.label.lower()}” on {SCOPES[right.scope]}"
    return right


def confirm_right(article: Article, pk: int, *, by: Person, seen: int) -> Restriction:
    """Say that this restriction stands as it was read; also one that had been dismissed."""
    with changing(article, by=by, action="confirm_right", seen=seen) as change:
        right = change.row(Restriction, pk)
        change.update(right, decision="confirmed", decided_by=by)
        change.summary = f"confirmed the restriction “{right.about.label.lower()}”"
    return right


def dismiss_right(article: Article, pk: int, *, by: Person, seen: int) -> Restriction:
    """Say that this is no restriction on the article; it stays none when the article is read again."""
    with changing(article, by=by, action="dismiss_right", seen=seen) as change:
        right = change.row(Restriction, pk)
        change.update(right, decision="dismissed", decided_by=by)
        change.summary = f"found that “{right.text[:80]}” is no restriction here"
    return right


def correct_right(article: Article, pk: int, *, said: RightSaid, by: Person, seen: int) -> Restriction:
    """Change what a restriction means or restricts; its words and their proof stay."""
    with changing(article, by=by, action="correct_right", seen=seen) as change:
        right = change.row(Restriction, pk)
        change.update(right, **_checked(article, said, right.text), decision="corrected", decided_by=by)
        change.summary = f"corrected a restriction to “{right.about.label.lower()}” on {SCOPES[right.scope]}"
    return right

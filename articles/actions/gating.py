"""The gate on one article: its restrictions, the outlets behind it and what the desk knows, put before the core's judge."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from articles.actions.recording import Person, Refused, check_may
from articles.actions.summary import publisher_of
from articles.core.gate import Gate, judge
from articles.core.safe_html import printable
from articles.core.verdicts import TREATMENTS, Backer, Case, Claim
from articles.models import Article, Attribution

# Who can allow or forbid a text, the nearest to its rights first.
BACKING = ("copyright_holder", "agency", "republished_from", "publisher")


def settled(link: Attribution) -> bool:
    """Only what is stated, or what a person stands for, goes out; a guess stays on the desk."""
    if not link.name or link.decision == "removed" or link.state in {"disputed", "unknown"}:
        return False
    return link.state == "stated" or link.decision != "open"


def gate_of(article: Article, *, now: datetime | None = None) -> Gate:
    """What bars the article's publication at this moment, and what happens by itself."""
    claims = [
        Claim(
            id=row.pk,
            text=row.text,
            constraint=row.constraint,
            scope=row.scope,
            details=row.details,
            confirmed=row.decision in {"confirmed", "corrected"},
        )
        for row in article.rights.exclude(decision="dismissed")
    ]
    links = list(_links(article))
    case = Case(
        now=now or timezone.now(),
        zone=timezone.get_default_timezone(),
        source=next((printable(link.name) for link in links if settled(link)), "") or _author(article),
        link=original_address(article),
        corrected=article.edits.filter(by="person").exists(),
        commercial=settings.COMMERCIAL,
    )
    return judge(claims, list(_backers(links)), case)


def let_through(gate: Gate, *, by: Person, treatment: str, reason: str) -> str:
    """The reason to keep where a person overrides the gate, else nothing. NotAllowed or Refused where it stays shut."""
    row = TREATMENTS.get(treatment)
    if row is None:
        raise Refused(f"There is no way to publish called “{treatment}”.")
    if row.permission:
        check_may(by, row.permission)
    if row.needs_reason and gate.bars and not reason.strip():
        raise Refused("To publish it against its rights, say why. The reason is kept.")
    if left := list(dict.fromkeys(gate.unsettled(treatment))):
        raise Refused(" ".join(left if treatment == "excerpt" else [*left, "Choose how it is published."]))
    return reason.strip() if row.needs_reason and gate.bars else ""


def _links(article: Article) -> Iterator[Attribution]:
    """The links of the chain that can stand behind its rights; of several publishers, the one that counts."""
    publisher = publisher_of(article)
    found = [*article.attribution.exclude(decision="removed").exclude(name="").select_related("outlet")]
    for role in BACKING:
        if role == "publisher":
            yield from [publisher] if publisher else []
        else:
            yield from (link for link in found if link.role == role)


def _backers(links: list[Attribution]) -> Iterator[Backer]:
    """Each outlet once, or the name of who is none; settled if any of its links is."""
    seen: dict[str, list[Attribution]] = {}
    for link in links:
        seen.setdefault(link.outlet.name if link.outlet else link.name, []).append(link)
    for name, own in seen.items():
        sure, outlet = any(map(_allows, own)), own[0].outlet
        if outlet is None:
            yield Backer(name=name, role=own[0].role, settled=sure)
            continue
        yield Backer(
            name=name,
            role=own[0].role,
            terms=outlet.terms,
            licence=outlet.licence,
            credit_required=outlet.credit_required,
            credit_line=outlet.credit_line,
            settled=sure,
        )


def _allows(link: Attribution) -> bool:
    """Whether the page itself, or a person, stands for this link: what only the upload says may forbid, never allow."""
    return settled(link) and (link.start is not None or link.decision != "open")


def _author(article: Article) -> str:
    link = next((link for link in article.attribution.filter(role="author") if settled(link)), None)
    return printable(link.name) if link else ""


def original_address(article: Article) -> str:
    """Where readers find the original: its address in the facts, else the home of its publisher; empty when unknown."""
    row = article.fields.filter(name="url").first()
    if row is not None and row.value:
        return printable(row.shown).strip()
    publisher = publisher_of(article)
    return home_of(publisher) if publisher is not None and settled(publisher) else ""


def home_of(link: Attribution) -> str:
    """The home page of a link's outlet, or of its first domain; empty when neither is known."""
    if link.outlet is None:
        return ""
    domain = None if link.outlet.homepage else link.outlet.domains.first()
    return link.outlet.homepage or (f"https://{domain.domain}/" if domain else "")

"""Decisions on the chain behind the text: add a link, confirm, correct or remove one."""

from dataclasses import dataclass

from articles.actions.recording import Change, Person, Refused, changing
from articles.actions.teaching import from_link
from articles.core.attribution import ROLES
from articles.core.edits import Span
from articles.models import Article, Attribution, Outlet
from articles.models.texts import markup_of, shown_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSaid:
    """What a person says of one link. ``proof`` is a span of raw or None; ``remember``: it is so on every page of this
    outlet."""

    role: str
    name: str
    via: str = ""
    state: str = "stated"
    proof: Span | None = None
    remember: bool = False


def _checked(article: Article, said: LinkSaid) -> dict[str, object]:
    if said.role not in ROLES:
        raise Refused(f"There is no role called “{said.role}”.")
    name = " ".join(said.name.split())
    if said.proof and said.proof.end > len(article.raw_text):
        raise Refused("The selection reaches beyond the text.")
    if said.proof and not said.proof.of(article.raw_text).strip():
        raise Refused("The selection holds no words that could prove anything.")
    if not name and said.proof:
        name = shown_words(article, said.proof, markup_of(article))
    if not name and said.state != "unknown":
        raise Refused("Say who it is, or choose “unknown”.")
    if said.state not in {"stated", "inferred", "unknown", "disputed"}:
        raise Refused(f"There is no state called “{said.state}”.")
    return {
        "role": said.role,
        "name": name[:200],
        "via": " ".join(said.via.split())[:200],
        "state": said.state,
        "outlet": outlet_named(name),
        "start": said.proof.start if said.proof else None,
        "end": said.proof.end if said.proof else None,
    }


def outlet_named(name: str) -> Outlet | None:
    """The outlet of the registry with exactly this name or alias; None when there is none, or more than one."""
    if not name:
        return None
    found = Outlet.objects.filter(name__iexact=name) | Outlet.objects.filter(aliases__name__iexact=name)
    outlets = list(found.distinct()[:2])
    return outlets[0] if len(outlets) == 1 else None


def add_link(article: Article, *, said: LinkSaid, by: Person, seen: int) -> Attribution:
    """Add a link; its proof is the selected text where there is one."""
    with changing(article, by=by, action="add_link", seen=seen) as change:
        values = _checked(article, said)
        if said.role == "publisher":
            _replace_publisher(change, by)
        link = change.create(
            Attribution,
            **values,
            reason=f"added by {by.get_username()}",
            decision="corrected",
            decided_by=by,
        )
        change.summary = f"added {link.about.label.lower()} “{link.name or 'unknown'}”"
        if said.remember:
            from_link(change.article, link, by=by)
            change.summary += ", remembered for this outlet"
    return link


def _replace_publisher(change: Change, by: Person, *, but: int | None = None) -> None:
    """An article has one publisher: every other one gives way to a person's newest word."""
    for link in change.article.attribution.filter(role="publisher").exclude(pk=but):
        change.check_seen(link)
        if link.decision != "removed":
            change.update(link, decision="removed", decided_by=by)


def confirm_link(article: Article, pk: int, *, by: Person, seen: int) -> Attribution:
    """Say that this link is right as it stands."""
    with changing(article, by=by, action="confirm_link", seen=seen) as change:
        link = change.row(Attribution, pk)
        change.update(link, decision="confirmed", decided_by=by)
        change.summary = f"confirmed {link.about.label.lower()} “{link.name or 'unknown'}”"
    return link


def correct_link(article: Article, pk: int, *, said: LinkSaid, by: Person, seen: int) -> Attribution:
    """Change role, name, via or state of a link; its proof stays unless a new one is given."""
    with changing(article, by=by, action="correct_link", seen=seen) as change:
        link = change.row(Attribution, pk)
        values = _checked(article, said)
        if said.proof is None:
            values.update(start=link.start, end=link.end)
        if said.role == "publisher":
            _replace_publisher(change, by, but=pk)
        if (values["role"], values["name"]) != (link.role, link.name):
            values["entity"] = None  # who signed under the other name was said of that name
        change.update(link, **values, decision="corrected", decided_by=by, reason=f"corrected by {by.get_username()}")
        change.summary = f"corrected {link.about.label.lower()} to “{link.name or 'unknown'}”"
        if said.remember:
            from_link(change.article, link, by=by)
            change.summary += ", remembered for this outlet"
    return link


def remove_link(article: Article, pk: int, *, by: Person, seen: int) -> Attribution:
    """Take a link out of the chain; it stays out when the article is read again."""
    with changing(article, by=by, action="remove_link", seen=seen) as change:
        link = change.row(Attribution, pk)
        change.update(link, decision="removed", decided_by=by)
        change.summary = f"removed {link.about.label.lower()} “{link.name or 'unknown'}”"
    return link

"""What a person says is the same on every page of an outlet."""

from django.db import transaction
from django.utils import timezone

from articles.actions.recording import Person, Refused, check_may
from articles.actions.remembering import memory_of
from articles.core.folding import key
from articles.core.recalled import REMEMBERED
from articles.models import Article, Attribution, Field, LogEntry, RememberedFact, RememberedOutlet

DECIDED = ("confirmed", "corrected")


@transaction.atomic
def remember_link(article: Article, pk: int, *, by: Person) -> RememberedFact:
    """Remember a link that a person stands for."""
    check_may(by, "review_article")
    link = article.attribution.select_for_update().filter(pk=pk).first()
    if link is None:
        raise Refused("This is not there any more: somebody changed it meanwhile.")
    fact = from_link(article, link, by=by)
    _log(article, fact, by=by)
    return fact


@transaction.atomic
def remember_field(article: Article, name: str, *, by: Person) -> RememberedFact:
    """Remember a field that a person fixed."""
    check_may(by, "review_article")
    field = article.fields.select_for_update().filter(name=name).first()
    if field is None:
        raise Refused(f"There is no field called “{name}”.")
    fact = from_field(article, field, by=by)
    _log(article, fact, by=by)
    return fact


def from_link(article: Article, link: Attribution, *, by: Person) -> RememberedFact:
    """What a decided link teaches. The caller holds a transaction."""
    if link.decision not in DECIDED or not link.name:
        raise Refused("Confirm or correct it first; only what a person stands for is remembered.")
    role, _, found = link.found_as.partition(":")
    instead_of = found if role == link.role and key(found) != key(link.name) else ""
    return _remember(article, about=link.role, value=link.name, instead_of=instead_of, by=by)


def from_field(article: Article, field: Field, *, by: Person) -> RememberedFact:
    """What a fixed field teaches. The caller holds a transaction."""
    if not field.fixed or not isinstance(field.value, str):
        raise Refused("Confirm or correct it first; only what a person stands for is remembered.")
    found = field.found.get("value")
    instead_of = found if isinstance(found, str) and key(found) != key(field.value) else ""
    return _remember(article, about=field.name, value=field.value, instead_of=instead_of, by=by)


def _log(article: Article, fact: RememberedFact, *, by: Person) -> None:
    summary = f"remembered for this outlet: {fact.label.lower()} “{fact.value}”"
    LogEntry.objects.create(
        article=article, person=by, action="remember", summary=summary[:500], version=article.version
    )


def _remember(article: Article, *, about: str, value: str, instead_of: str, by: Person) -> RememberedFact:
    """Remember a decision for every page of this article's outlet; the newest word on the same holds. The caller holds
    a transaction. Refused for what differs from page to page, and where nobody knows the outlet."""
    row = REMEMBERED.get(about)
    if row is None:
        raise Refused("That differs from page to page; it cannot be remembered for an outlet.")
    if row.only_instead and not instead_of:
        raise Refused(
            f"The reader found nothing else here, so there is nothing to remember about the {row.label.lower()}."
        )
    outlet = memory_of(article)
    if not outlet:
        raise Refused("Nobody knows whose page this is. Name the publisher first, then it can be remembered.")
    memory, _ = RememberedOutlet.objects.get_or_create(name=outlet)
    said = {"value": value[:200], "article": article, "by": by, "at": timezone.now()}
    fact, _ = RememberedFact.objects.update_or_create(
        outlet=memory, about=about, instead_of=instead_of[:200], defaults=said
    )
    return fact

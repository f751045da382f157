"""What people do to the registry of outlets: add one that an article names, declare names the same or never the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles.actions.attribution import outlet_named
from articles.actions.recording import Person, Refused, check_may
from articles.actions.remembering import gather_memory, outlet_key, outlet_keys
from articles.actions.summary import publisher_of
from articles.core.folding import key
from articles.core.likeness import alike
from articles.core.registry import host_of
from articles.models import (
    Article,
    Attribution,
    LogEntry,
    Outlet,
    OutletAlias,
    OutletApart,
    OutletDomain,
    OutletLogEntry,
    RememberedFact,
)

# The roles whose name is an outlet's; a cited source or an author may be anybody.
OUTLET_ROLES = ("publisher", "republished_from", "agency")
GONE = "That link is not there any more: somebody changed it meanwhile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """An outlet that a link of an article names and the registry does not know: what would be added, each from
    evidence, and the known outlets whose name is nearly the same."""

    link: Attribution
    name: str
    domain: str
    language: str
    is_agency: bool
    like: Sequence[Outlet] = ()


def unknown_outlets(article: Article, links: Iterable[Attribution]) -> list[Unknown]:
    """The outlets that these links name and nobody knows, each name once."""
    wanted: dict[str, Attribution] = {}
    for link in links:
        if link.role in OUTLET_ROLES and link.name and link.outlet_id is None and link.decision != "removed":
            wanted.setdefault(key(link.name), link)
    if not wanted:
        return []
    known = Outlet.objects.all_names()
    taken = {name for names, _ in known.values() for name in map(key, names)}
    return [_unknown(article, link, known) for name, link in wanted.items() if name not in taken]


def _unknown(article: Article, link: Attribution, known: Mapping[int, tuple[list[str], list[str]]]) -> Unknown:
    domain = _domain(article) if link.role == "publisher" else ""
    owner = next((pk for pk, (_, hosts) in known.items() if domain and domain in hosts), None)
    apart = set(OutletApart.objects.filter(key=key(link.name)).values_list("outlet", flat=True))
    like = set(alike(link.name, [(pk, [*names, *hosts]) for pk, (names, hosts) in known.items()])) - apart
    found = list(Outlet.objects.with_names().filter(pk__in=like)) if like else []
    if owner is not None and owner not in like | apart:
        found += Outlet.objects.with_names().filter(pk=owner)
    return Unknown(
        link=link,
        name=link.name,
        domain="" if owner else domain,
        language=article.language if link.role == "publisher" else "",
        is_agency=link.role == "agency",
        like=found,
    )


def _domain(article: Article) -> str:
    """The host of the article's address, as a fact says it or as it came with the upload."""
    said = article.fields.filter(name="url").values_list("value", flat=True).first()
    return next((host for url in (said, article.given_url) if url and (host := host_of(str(url)))), "")[:200]


def _unknown_of(article: Article, pk: int) -> Unknown:
    link = article.attribution.filter(pk=pk).first()
    if link is None:
        raise Refused(GONE)
    found = unknown_outlets(article, [link])
    if not found:
        raise Refused(f"The outlets have “{link.name or 'this'}” already.")
    return found[0]


@transaction.atomic
def add_named_outlet(article: Article, pk: int, *, by: Person) -> Outlet:
    """Add the outlet that a link of this article names, with what the article is evidence of, and link it wherever an
    article names it. Country and time zone stay unknown."""
    check_may(by, "add_outlet")
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    new = _unknown_of(article, pk)
    try:
        with transaction.atomic():
            outlet = Outlet.objects.create(
                name=new.name, slug=free_slug(new.name), language=new.language, is_agency=new.is_agency
            )
            if new.domain:
                OutletDomain.objects.create(outlet=outlet, domain=new.domain)
    except IntegrityError:
        raise Refused(f"Somebody added “{new.name}” in the same moment. Load the page again.") from None
    gather_memory(outlet_key(outlet), [new.domain])
    linked = relink(outlet)
    write_log(outlet, by=by, action="add", summary=f"added it from article {article.pk}, “{article}”")
    _log_on(article, by=by, summary=f"added “{outlet.name}” to the outlets, named by {_articles(linked)}")
    return outlet


@transaction.atomic
def name_outlet(article: Article, pk: int, *, outlet: Outlet, by: Person) -> Outlet:
    """Say that the name in this link means a known outlet: it becomes an alias."""
    check_may(by, "add_outlet")
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    name = _unknown_of(article, pk).name
    if outlet.apart_from.filter(key=key(name)).exists():
        raise Refused(f"Somebody said that “{name}” is never {outlet.name}. Take that back on its page first.")
    OutletAlias.objects.get_or_create(outlet=outlet, name=name)
    gather_memory(outlet_key(outlet), [name])
    linked = relink(outlet)
    write_log(outlet, by=by, action="alias", summary=f"goes by “{name}” too, named by {_articles(linked)}")
    _log_on(article, by=by, summary=f"said that “{name}” is the outlet {outlet.name}")
    return outlet


@transaction.atomic
def keep_name_apart(article: Article, pk: int, *, outlet: Outlet, by: Person) -> Outlet:
    """Say that the name in this link never means a known outlet; it is not proposed again."""
    check_may(by, "add_outlet")
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    name = _unknown_of(article, pk).name
    _apart(outlet, name, by=by)
    write_log(outlet, by=by, action="apart", summary=f"is never “{name}”")
    _log_on(article, by=by, summary=f"said that “{name}” is never the outlet {outlet.name}")
    return outlet


@transaction.atomic
def keep_apart(outlet: Outlet, *, other: Outlet, by: Person) -> None:
    """Say that two outlets are never the same, whatever their names look like."""
    check_may(by, "change_outlet")
    if outlet.pk == other.pk:
        raise Refused("That is the same outlet. Choose another one.")
    for one, two in ((outlet, other), (other, outlet)):
        _apart(one, two.name, by=by)
        write_log(one, by=by, action="apart", summary=f"is never {two.name}")


@transaction.atomic
def let_together(outlet: Outlet, pk: int, *, by: Person) -> None:
    """Take back that an outlet is never what bears another name, on both sides."""
    check_may(by, "change_outlet")
    row = outlet.apart_from.filter(pk=pk).first()
    if row is None:
        raise Refused("That is not there any more: somebody took it back already.")
    OutletApart.objects.filter(outlet__name=row.name, key=key(outlet.name)).delete()
    row.delete()
    write_log(outlet, by=by, action="together", summary=f"may be “{row.name}” after all")


@transaction.atomic
def forget_fact(outlet: Outlet, pk: int, *, by: Person) -> None:
    """Remember no longer that a fact is the same on every page of an outlet. Articles keep what was decided there."""
    check_may(by, "change_outlet")
    fact = RememberedFact.objects.filter(outlet__name__in=outlet_keys(outlet), pk=pk).first()
    if fact is None:
        raise Refused("That is not remembered any more.")
    fact.delete()
    write_log(outlet, by=by, action="forget", summary=f"forgot that {fact.label.lower()} is “{fact.value}”")


def _apart(outlet: Outlet, name: str, *, by: Person) -> None:
    OutletApart.objects.get_or_create(outlet=outlet, key=key(name)[:200], defaults={"name": name[:200], "by": by})


def relink(outlet: Outlet) -> int:
    """Let every link that bears a name of this outlet, and of no other, lead to it; how many articles that are. Their
    names stay as they are written. The caller holds a transaction."""
    touched: set[int] = set()
    for name in Outlet.objects.get(pk=outlet.pk).names:
        if outlet_named(name) == outlet:
            rows = Attribution.objects.filter(name__iexact=name, outlet=None)
            touched.update(rows.values_list("article", flat=True))
            rows.update(outlet=outlet)
    settle_outlets(touched)
    return len(touched)


@transaction.atomic
def settle_registry(outlet: Outlet) -> None:
    """After the admin changed an outlet: what is remembered under its names, and the links that bear them, lead to it."""
    fresh = Outlet.objects.get(pk=outlet.pk)
    gather_memory(outlet_key(fresh), [*fresh.names, *fresh.hosts])
    relink(fresh)


def settle_outlets(articles: Iterable[int]) -> None:
    """Let these articles say the outlet that their publisher leads to now. It is no edit: what they say is the same."""
    for article in Article.objects.filter(pk__in=sorted(articles)).order_by("pk"):
        publisher = publisher_of(article)
        Article.objects.filter(pk=article.pk).update(outlet=publisher.outlet if publisher else None)


def free_slug(name: str) -> str:
    """A slug that no outlet has or had."""
    base = slugify(name, allow_unicode=True)[:180] or "outlet"
    slug, number = base, 2
    while Outlet.objects.filter(slug=slug).exists() or OutletLogEntry.objects.filter(former_slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def write_log(outlet: Outlet, *, by: Person, action: str, summary: str, **more: object) -> OutletLogEntry:
    return OutletLogEntry.objects.create(outlet=outlet, person=by, action=action, summary=summary[:500], **more)


def _log_on(article: Article, *, by: Person, summary: str) -> None:
    LogEntry.objects.create(article=article, person=by, action="outlet", summary=summary[:500], version=article.version)


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"

"""Two outlets that are one: everything of the one moves to the other, which keeps its name as an alias."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import Q

from articles.actions.outlets import settle_outlets, write_log
from articles.actions.recording import Person, as_data, check_may
from articles.actions.remembering import gather_memory, outlet_key, outlet_keys
from articles.actions.sealed import fingerprint, held_to
from articles.core.folding import key
from articles.models import Article, Attribution, Outlet, OutletAlias, OutletApart, OutletDomain, RememberedOutlet

LOST = "One of the two outlets is not there any more: somebody changed the registry meanwhile."


@dataclass(frozen=True, kw_only=True)
class Merger:
    """What becomes of an outlet (``gone``) that is the same as another (``kept``)."""

    gone: Outlet
    kept: Outlet

    @cached_property
    def aliases(self) -> list[OutletAlias]:
        return list(self.gone.aliases.all())

    @cached_property
    def domains(self) -> list[OutletDomain]:
        return list(self.gone.domains.all())

    @cached_property
    def links(self) -> list[int]:
        return list(Attribution.objects.filter(outlet=self.gone).order_by("pk").values_list("pk", flat=True))

    @cached_property
    def articles(self) -> list[Article]:
        """Articles that the outlet published, or that name it somewhere in their chain."""
        named = Q(outlet=self.gone) | Q(pk__in=Attribution.objects.filter(outlet=self.gone).values("article"))
        return list(Article.objects.filter(named).order_by("pk").only("pk", "title", "status", "outlet"))

    @cached_property
    def memory(self) -> RememberedOutlet | None:
        return RememberedOutlet.objects.filter(name__in=outlet_keys(self.gone)).order_by("-pages", "pk").first()

    @property
    def remembered(self) -> int:
        return self.memory.facts.count() if self.memory else 0

    @property
    def terms(self) -> str:
        """What the one that stays allows after that, where it is not what it allows now; or that the two differ."""
        if "unknown" in (self.gone.terms, self.kept.terms) or self.gone.terms == self.kept.terms:
            taken = self.kept.terms == "unknown" != self.gone.terms
            return f"{self.gone.get_terms_display()}, as {self.gone.name} does" if taken else ""
        return f"{self.kept.get_terms_display()}; that {self.gone.name} says “{self.gone.get_terms_display()}” is lost"

    @property
    def barred(self) -> str:
        """Why they cannot be merged, as a sentence; empty when they can."""
        if self.gone.pk == self.kept.pk:
            return "That is the same outlet. Choose another one."
        for one, two in ((self.gone, self.kept), (self.kept, self.gone)):
            if one.apart_from.filter(key=key(two.name)).exists():
                return f"Somebody said that {one.name} is never {two.name}. Take that back first."
        return ""

    @property
    def seal(self) -> str:
        """A fingerprint of all that would move."""
        return fingerprint(
            self.gone.pk, self.kept.pk, self.gone.name, self.kept.name,
            [row.name for row in self.aliases], [row.domain for row in self.domains],
            self.links, [article.pk for article in self.articles], self.remembered, self.gone.terms, self.kept.terms,
        )  # fmt: skip


def merge_outlets(gone: Outlet, *, into: Outlet, seal: str, by: Person) -> Outlet:
    """Move aliases, domains, articles, links and memory of one outlet to another, and delete it. Its name stays as an
    alias, its address leads to the other. Refused where somebody said they are never the same; Conflict where what
    would move is not what the person saw. The words of the articles do not change, nor their links' names."""
    check_may(by, "change_outlet")
    with transaction.atomic():
        named = Attribution.objects.filter(outlet=gone).values("article")
        touched = Article.objects.select_for_update(of=("self",)).filter(Q(outlet=gone) | Q(pk__in=named))
        list(touched.order_by("pk").values_list("pk", flat=True))
        merger = held_to(seal, gone, into, as_merger=Merger, lost=LOST)
        _move(merger, by=by)
    return merger.kept


def _move(merger: Merger, *, by: Person) -> None:
    gone, kept = merger.gone, merger.kept
    was = {
        "outlet": as_data(gone),
        "aliases": [row.name for row in merger.aliases],
        "domains": [row.domain for row in merger.domains],
        "links": merger.links,
        "articles": [article.pk for article in merger.articles],
    }
    there = {key(name) for name in kept.names}
    for name in gone.names:
        if key(name) not in there:
            there.add(key(name))
            OutletAlias.objects.create(outlet=kept, name=name)
    OutletDomain.objects.filter(outlet=gone).update(outlet=kept)
    _move_apart(gone, kept)
    Attribution.objects.filter(outlet=gone).update(outlet=kept)
    Article.objects.filter(outlet=gone).update(outlet=kept)
    gather_memory(outlet_key(kept), [gone.name, *was["aliases"], *was["domains"]])
    gone.log.update(outlet=kept)
    blank = [name for name in ("country", "timezone", "language", "homepage", "default_rights", "trust_txt",
                               "jti_certificate") if not getattr(kept, name) and getattr(gone, name)]  # fmt: skip
    for name in blank:
        setattr(kept, name, getattr(gone, name))
    kept.is_agency = kept.is_agency or gone.is_agency
    blank += _take_terms(gone, kept)
    gone.delete()
    kept.save(update_fields=[*blank, "is_agency"])
    settle_outlets(was["articles"])
    summary = f"took in {gone.name}, which is the same: {len(was['articles'])} articles, {len(was['links'])} links"
    write_log(kept, by=by, action="merge", summary=summary, changes=was, former_slug=was["outlet"]["slug"])


def _take_terms(gone: Outlet, kept: Outlet) -> list[str]:
    """The terms of the outlet that goes, where the one that stays has none; they belong together. Which fields."""
    if kept.terms != "unknown" or gone.terms == "unknown":
        return []
    together = ["terms", "licence", "credit_required", "credit_line"]
    for name in together:
        setattr(kept, name, getattr(gone, name))
    return together


def _move_apart(gone: Outlet, kept: Outlet) -> None:
    there = set(kept.apart_from.values_list("key", flat=True))
    for row in OutletApart.objects.filter(outlet=gone):
        if row.key in there:
            row.delete()
        else:
            row.outlet = kept
            row.save(update_fields=["outlet"])

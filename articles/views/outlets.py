"""The outlets: who publishes what comes in, what we know of them, and how well we read them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions import outlets as registry
from articles.actions.attribution import outlet_named
from articles.actions.merging import Merger, merge_outlets
from articles.actions.outlets import OUTLET_ROLES
from articles.actions.recording import Conflict, Refused
from articles.actions.remembering import outlet_keys
from articles.core.folding import key
from articles.core.likeness import alike
from articles.forms.outlets import SORTS, MergeForm, OtherOutletForm, OutletsForm
from articles.models import Article, Attribution, Outlet, OutletLogEntry, RememberedFact
from articles.models.outlets import OutletQuerySet
from articles.models.reliability import reliability
from articles.views.answers import do, said, vary, wants_panels
from articles.views.doors import desk

ON_A_PAGE = 50


def _form(request: HttpRequest) -> OutletsForm:
    def known(name: str) -> list[str]:
        return list(Outlet.objects.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())

    return OutletsForm(request.GET, languages=known("language"), countries=known("country"))


def _chosen(form: OutletsForm) -> OutletQuerySet:
    """The outlets that the filters leave. A filter that is no choice is left aside."""
    form.is_valid()
    wanted = form.cleaned_data
    found = Outlet.objects.with_articles().with_names()
    if wanted.get("q"):
        found = found.called(wanted["q"])
    if wanted.get("kind"):
        found = found.filter(is_agency=wanted["kind"] == "agency")
    for name in ("language", "country"):
        if wanted.get(name):
            found = found.filter(**{name: "" if wanted[name] == "-" else wanted[name]})
    return found.order_by(*SORTS[wanted.get("sort") or "name"][1])


@desk
@require_GET
def outlets(request: HttpRequest) -> HttpResponse:
    """All outlets and agencies that the desk knows, and the names in articles that it does not."""
    form = _form(request)
    page = Paginator(_chosen(form), ON_A_PAGE).get_page(request.GET.get("page"))
    rest = request.GET.copy()
    rest.pop("page", None)
    unknown = (
        Attribution.objects.filter(role__in=OUTLET_ROLES, outlet=None).exclude(name="").exclude(decision="removed")
    )
    context = {
        "form": form,
        "page": page,
        "rest": rest.urlencode(),
        "filtered": any(value for name, value in rest.items() if name != "sort"),
        "unknown": unknown.order_by()
        .values("name")
        .annotate(count=Count("article", distinct=True), newest=Max("article"))
        .order_by("-count", "name")[:12],
    }
    return vary(render(request, "articles/outlets.html" + ("#results" if wants_panels(request) else ""), context))


def _outlet(slug: str) -> Outlet | HttpResponseRedirect:
    """The outlet at this address, or the way to the one that took it in; 404 where there never was one."""
    found = Outlet.objects.with_articles().with_names().filter(slug=slug).first()
    if found is not None:
        return found
    entry = OutletLogEntry.objects.filter(former_slug=slug).select_related("outlet").first()
    if entry is None:
        raise Http404
    return redirect("outlet", entry.outlet.slug)


@desk
@require_GET
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """One outlet: what we know, its articles, how often people corrected our reading, what is remembered for it."""
    found = _outlet(slug)
    if not isinstance(found, Outlet):
        return found
    return _page(request, found)


def _page(request: HttpRequest, found: Outlet, *, problem: str = "", status: int = 200) -> HttpResponse:
    articles = Article.objects.for_queue().filter(outlet=found).order_by("-received_at", "-pk")
    apart = {row.key for row in found.apart_from.all()}
    others = [(pk, [*names, *hosts]) for pk, (names, hosts) in Outlet.objects.exclude(pk=found.pk).all_names().items()]
    like = {pk for name in (*found.names, *found.hosts) for pk in alike(name, others)}
    named = Attribution.objects.filter(outlet=found).exclude(decision="removed").exclude(article__outlet=found)
    fared = reliability(found)
    context = {
        "outlet": found,
        "page": Paginator(articles, ON_A_PAGE).get_page(request.GET.get("page")),
        "named_elsewhere": named.values("article").distinct().count(),
        "reliability": fared,
        "tables": [("Facts", fared.fields), ("Sources", fared.links), ("Blocks, as we called them", fared.blocks)],
        "facts": RememberedFact.objects.filter(outlet__name__in=outlet_keys(found)).select_related("by", "article"),
        "like": [other for other in Outlet.objects.with_names().filter(pk__in=like) if key(other.name) not in apart],
        "apart": found.apart_from.all(),
        "log": found.log.select_related("person")[:50],
        "names": Outlet.objects.exclude(pk=found.pk).values_list("name", flat=True),
        "problem": problem,
        "typed": request.POST.get("other") or request.GET.get("other", ""),
    }
    return render(request, "articles/outlet.html", context, status=status)


def _for_change(request: HttpRequest, slug: str) -> Outlet:
    """The outlet, for a person who may change the registry: 404 if there is none, 403 for others."""
    found = _outlet(slug)
    if not isinstance(found, Outlet):
        raise Http404
    if not request.user.has_perm("articles.change_outlet"):
        raise PermissionDenied("You may look at the outlets, but not change them. Ask a chief editor.")
    return found


def _other(typed: str) -> Outlet | None:
    return Outlet.objects.with_names().filter(slug=typed).first() or outlet_named(" ".join(typed.split()))


@desk
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """This outlet is the same as another: what would move, and moving it."""
    gone = _for_change(request, slug)
    form = OtherOutletForm(request.GET) if request.method == "GET" else MergeForm(request.POST)
    if not form.is_valid():
        return _page(request, gone, problem="Say which outlet it is the same as.", status=422)
    kept = _other(form.cleaned_data["other"])
    if kept is None:
        return _page(request, gone, problem=f"No outlet goes by “{form.cleaned_data['other']}”.", status=422)
    merger = Merger(gone=gone, kept=kept)
    if merger.barred:
        return _page(request, gone, problem=merger.barred, status=422)
    if request.method == "GET":
        return render(request, "articles/merge.html", {"merger": merger})
    try:
        merge_outlets(gone, into=kept, seal=form.cleaned_data["seal"], by=request.user)
    except Refused as refused:
        return _page(request, gone, problem=str(refused), status=422)
    except Conflict as conflict:
        again = Merger(gone=gone, kept=kept)
        return render(request, "articles/merge.html", {"merger": again, "problem": str(conflict)}, status=409)
    said(request, f"{gone.name} is {kept.name} from now on.")
    return redirect("outlet", kept.slug)


@desk
@require_POST
def apart(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """This outlet is never the same as another; with ``pk``, that is taken back."""
    found = _for_change(request, slug)
    if pk is not None:
        return _do(request, found, lambda: registry.let_together(found, pk, by=request.user), "Taken back.")
    form = OtherOutletForm(request.POST)
    other = _other(form.cleaned_data["other"]) if form.is_valid() else None
    if other is None:
        return _page(request, found, problem="Say which outlet it never is, by a name that we know.", status=422)
    done = f"{found.name} and {other.name} are never proposed as the same again."
    return _do(request, found, lambda: registry.keep_apart(found, other=other, by=request.user), done)


@desk
@require_POST
def memory(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forget what was remembered for this outlet."""
    found = _for_change(request, slug)
    return _do(request, found, lambda: registry.forget_fact(found, pk, by=request.user), "Forgotten.")


def _do(request: HttpRequest, found: Outlet, action: Callable[[], Any], done: str) -> HttpResponse:
    return do(
        request,
        action,
        done=done,
        to=found.get_absolute_url(),
        refused=lambda problem: _page(request, found, problem=problem, status=422),
    )

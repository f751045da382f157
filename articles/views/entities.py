"""The entities: whom and what articles name, what we know of them, and the names that nobody knows yet."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from articles.actions import entities as registry
from articles.actions.blind import blind_for
from articles.actions.entity_merging import other_entity
from articles.actions.entity_removing import TAKEN_OUT
from articles.actions.recording import Refused
from articles.forms.entities import SORTS, EntitiesForm, NewEntityForm
from articles.models import Article, Entity, EntityLogEntry
from articles.models.finding import best_first, near
from articles.views.answers import said, sentence, vary, wants_panels
from articles.views.doors import desk
from articles.views.entity_page import ON_A_PAGE, EntityPage

# Articles that one form lists to choose from.
LISTED = 200
MAY_NOT = "You may look at the entities, but not change them. Ask an administrator."


def _chosen(form: EntitiesForm, hidden: list[int]) -> QuerySet[Any]:
    """What the filters leave: entities, or (``show`` nameless) names that are tagged and lead to none, or (removed) what
    was taken out. A filter that is no choice is left aside; words that no name can be find nothing. Tags of ``hidden``
    articles are left aside."""
    form.is_valid()
    wanted = form.cleaned_data
    if "q" in form.errors:
        return Entity.objects.none()
    if wanted.get("show") == "removed":
        gone = EntityLogEntry.objects.filter(action=TAKEN_OUT, entity=None).select_related("person")
        return gone.filter(summary__icontains=wanted["q"]) if wanted.get("q") else gone
    if wanted.get("show") == "nameless":
        names = registry.nameless_tags(hidden=hidden)
        names = names.filter(type=wanted["type"]) if wanted.get("type") else names
        return names.filter(surface__icontains=wanted["q"]) if wanted.get("q") else names
    found = Entity.objects.with_articles(hidden=hidden).with_names()
    if wanted.get("q"):
        found = found.called(wanted["q"])
    if wanted.get("type"):
        found = found.filter(type=wanted["type"])
    if wanted.get("show") == "used":
        found = found.used(hidden=hidden)
    order = SORTS[wanted.get("sort") or "name"]
    if wanted.get("q") and order is SORTS["name"]:
        return best_first(found, wanted["q"]).order_by("fits", *order[1])
    return found.order_by(*order[1])


def _near(form: EntitiesForm, chosen: QuerySet[Any]) -> list[Entity]:
    """Entities that are called nearly what was searched, where none is called so."""
    wanted = form.cleaned_data
    if chosen.model is not Entity or not wanted.get("q") or wanted.get("show"):
        return []
    return near(wanted["q"], type=wanted.get("type", ""))


@desk
@require_GET
def entities(request: HttpRequest) -> HttpResponse:
    """All entities of the registry, or the names that are tagged and lead to none, or what was taken out."""
    return show_list(request, request.GET)


def show_list(request: HttpRequest, asked: QueryDict, *, problem: str = "", status: int = 200) -> HttpResponse:
    """What the filters ``asked`` leave, with the sentence of what was refused."""
    form = EntitiesForm(asked)
    chosen = _chosen(form, list(blind_for(request.user)))
    rest = asked.copy()
    rest.pop("page", None)
    page = Paginator(chosen, ON_A_PAGE).get_page(asked.get("page"))
    context = {
        "form": form,
        "problem": problem,
        "page": page,
        "near": [] if page.object_list else _near(form, chosen),
        "rest": rest.urlencode(),
        "filtered": any(value for name, value in rest.items() if name != "sort"),
        "shown": chosen.model._meta.model_name,
    }
    name = "articles/entities.html" + ("#results" if wants_panels(request) else "")
    return vary(render(request, name, context, status=status))


@desk
@require_http_methods(["GET", "POST"])
def new_entity(request: HttpRequest) -> HttpResponse:
    """A new entity, by hand or from words that people tagged; or the word that these words mean one we know."""
    if not request.user.has_perm("articles.add_entity"):
        raise PermissionDenied(MAY_NOT)
    if request.method == "GET":
        given = {name: request.GET.get(name, "") for name in ("name", "type", "surface")}
        given["name"] = given["name"] or given["surface"]
        return _new(request, NewEntityForm(initial=given), given)
    form = NewEntityForm(request.POST)
    given = {name: request.POST.get(name, "") for name in ("name", "type", "surface")}
    if not form.is_valid():
        return _new(request, form, given, problem=sentence(form), status=422)
    data = form.cleaned_data
    try:
        found = _meant(request, data) if data["known"] or data["do"] == "meant" else _made(request, data)
    except Refused as refused:
        return _new(request, form, given, problem=str(refused), status=422)
    return redirect(found)


def _made(request: HttpRequest, data: dict[str, Any]) -> Entity:
    details = {name: data[name] for name in registry.DETAILS}
    chosen = {name: data[name] for name in ("name", "type", "surface", "articles", "different")}
    made = registry.create_entity(details=details, by=request.user, **chosen)
    said(request, f"{made} is in the registry.")
    return made


def _meant(request: HttpRequest, data: dict[str, Any]) -> Entity:
    """The entity that a person chose instead of a new one."""
    typed = data["known"] or data["meant"]
    if not typed:
        raise Refused("Write the name of the entity that is meant.")
    found = [row for row in other_entity(typed) if row.type == data["type"]]
    if len(found) != 1:
        raise Refused(f"{'Several go' if found else 'Nobody of that type goes'} by “{typed}”.")
    linked = registry.lead_tags(found[0], surface=data["surface"], articles=data["articles"], by=request.user)
    said(request, f"{linked} tag{'' if linked == 1 else 's'} lead{'s' if linked == 1 else ''} to {found[0]} now.")
    return found[0]


def _new(
    request: HttpRequest, form: NewEntityForm, given: dict[str, str], *, problem: str = "", status: int = 200
) -> HttpResponse:
    given = {name: value.replace("\0", "") for name, value in given.items()}
    tags = registry.tagged_so(given["surface"], given["type"]) if given["surface"] else None
    articles: QuerySet[Article] = Article.objects.none()
    if tags is not None:
        articles = Article.objects.for_queue().filter(pk__in=tags.order_by().values("article"))
        articles = articles.exclude(pk__in=blind_for(request.user))
    chosen = form.data.getlist("articles") if form.is_bound else None
    listed = list(articles.order_by("-received_at", "-pk")[:LISTED])
    for article in listed:
        article.chosen = chosen is None or str(article.pk) in chosen
    context = {
        "form": form,
        "problem": problem,
        "surface": given["surface"],
        "articles": listed,
        "count": articles.count(),
        "homonyms": Entity.objects.going_by(given["name"]).order_by("key", "pk")[:20] if given["name"] else (),
        "type": given["type"],
    }
    return render(request, "articles/new_entity.html", context, status=status)


def entity_at(slug: str) -> Entity | HttpResponseRedirect:
    """The entity at this address, or the way to the one that took it in; 404 where there never was one."""
    found = Entity.objects.with_names().at(slug)
    if found is None:
        raise Http404
    return found if found.slug == slug else redirect(found)


@desk
@require_GET
def entity(request: HttpRequest, slug: str) -> HttpResponse:
    """One entity: what we know, its articles over time, who it appears with, what was done to it."""
    found = entity_at(slug)
    return show(request, found) if isinstance(found, Entity) else found


def show(
    request: HttpRequest,
    found: Entity,
    *,
    problem: str = "",
    others: Sequence[Entity] = (),
    taken: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of an entity, with the sentence of what was refused. ``taken``: which form gave it a name that ``others``
    bear, "name" or "alias"; it asks whether that is meant so."""
    suggested = request.GET.get("with") == "suggested"
    page = EntityPage(found, request.user, number=request.GET.get("page"), suggested=suggested, others=others)
    typed = {name: request.POST.get(name, "") for name in ("other", "name", "language")} if problem else {}
    context = {"page": page, "entity": found, "problem": problem, "typed": typed, "taken": taken}
    return render(request, "articles/entity.html", context, status=status)

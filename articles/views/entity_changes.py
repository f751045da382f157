"""What is posted to the page of an entity: names, details, offices; same, split, not the same; and back."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from articles.actions import entities as registry
from articles.actions import entity_undo
from articles.actions.blind import blind_for
from articles.actions.entity_merging import EntityMerger, merge_entities, other_entity
from articles.actions.entity_removing import bring_back, remove_entity
from articles.actions.naming import NameTaken, count_of, one_of_its_name, told
from articles.actions.recording import Conflict, Refused
from articles.forms.entities import (
    AliasForm,
    DetailsForm,
    MergeForm,
    NameForm,
    OfficeForm,
    OtherEntityForm,
    SplitForm,
    TypeForm,
)
from articles.models import Article, Entity
from articles.views.answers import do, said, sentence
from articles.views.doors import desk
from articles.views.entities import LISTED, MAY_NOT, entity_at, show, show_list


def _for_change(request: HttpRequest, slug: str) -> Entity:
    """The entity, for a person who may change the registry: 404 if there is none, 403 for others."""
    found = entity_at(slug)
    if not isinstance(found, Entity):
        raise Http404
    if not request.user.has_perm("articles.change_entity"):
        raise PermissionDenied(MAY_NOT)
    return found


def _do(
    request: HttpRequest, found: Entity, form: BaseForm | None, action: Callable[[dict[str, Any]], Any], done: str
) -> HttpResponse:
    if form is not None and not form.is_valid():
        return show(request, found, problem=sentence(form), status=422)
    others: list[Entity] = []

    def run() -> None:
        try:
            action(form.cleaned_data if form is not None else {})
        except NameTaken as taken:
            others.extend(taken.others)
            raise

    def refused(problem: str) -> HttpResponse:
        asks = ("alias" if isinstance(form, AliasForm) else "name") if others else ""
        return show(request, found, problem=problem, others=others, taken=asks, status=422)

    return do(request, run, done=done, to=found.get_absolute_url(), refused=refused)


@desk
@require_POST
def names(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Another name of it; with ``pk``, it does not go by that one."""
    found = _for_change(request, slug)
    if pk is not None:
        return _do(request, found, None, lambda data: registry.remove_alias(found, pk, by=request.user), "Taken away.")

    def action(data: dict[str, Any]) -> None:
        registry.add_alias(found, **data, by=request.user)

    name = " ".join(request.POST.get("name", "").split())
    return _do(request, found, AliasForm(request.POST), action, f"“{name}” is a name of {found} now.")


@desk
@require_POST
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Its name is another."""
    found = _for_change(request, slug)

    def action(data: dict[str, Any]) -> None:
        registry.rename_entity(found, **data, by=request.user)

    return _do(request, found, NameForm(request.POST), action, "Renamed. The old name still finds it.")


@desk
@require_POST
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, in words; its country, its Wikidata id, notes."""
    found = _for_change(request, slug)

    def action(data: dict[str, Any]) -> None:
        registry.describe_entity(found, by=request.user, **data)

    return _do(request, found, DetailsForm(request.POST, instance=Entity()), action, "Written down.")


@desk
@require_POST
def retype(request: HttpRequest, slug: str) -> HttpResponse:
    """It is of another type."""
    found = _for_change(request, slug)

    def action(data: dict[str, Any]) -> None:
        registry.change_type(found, type=data["type"], by=request.user)

    return _do(request, found, TypeForm(request.POST), action, "Changed, and its tags with it.")


@desk
@require_POST
def offices(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """An office that it held; with ``pk``, it did not hold that one."""
    found = _for_change(request, slug)
    if pk is not None:
        return _do(request, found, None, lambda data: registry.remove_office(found, pk, by=request.user), "Taken away.")

    def action(data: dict[str, Any]) -> None:
        registry.add_office(found, **data, by=request.user)

    return _do(request, found, OfficeForm(request.POST), action, "Written down.")


def _other(request: HttpRequest, found: Entity, form: BaseForm) -> Entity | HttpResponse:
    """The one other entity that a person names, or the page that asks which."""
    if not form.is_valid():
        return show(request, found, problem="Say which entity, by a name that we know.", status=422)
    typed = form.cleaned_data["other"]
    others = [row for row in other_entity(typed) if row.pk != found.pk]
    if len(others) == 1:
        return others[0]
    problem = f"Several go by “{typed}”. Choose one below." if others else f"No other entity goes by “{typed}”."
    return show(request, found, problem=problem, others=others, status=422)


@desk
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """This entity is the same as another: what would move, and moving it."""
    gone = _for_change(request, slug)
    form = OtherEntityForm(request.GET) if request.method == "GET" else MergeForm(request.POST)
    kept = _other(request, gone, form)
    if not isinstance(kept, Entity):
        return kept
    merger = EntityMerger(gone=gone, kept=kept)
    if merger.barred:
        return show(request, gone, problem=merger.barred, status=422)
    if request.method == "GET":
        return render(request, "articles/merge_entities.html", {"merger": merger})
    try:
        merge_entities(gone, into=kept, seal=form.cleaned_data["seal"], by=request.user)
    except Refused as refused:
        return show(request, gone, problem=str(refused), status=422)
    except Conflict as conflict:
        if conflict.row is None:
            return show(request, kept, problem=str(conflict), status=409)
        again = EntityMerger(gone=gone, kept=kept)
        return render(request, "articles/merge_entities.html", {"merger": again, "problem": str(conflict)}, status=409)
    said(request, f"{gone.name} is {kept.name} from now on. It can be undone from the history.")
    return redirect(kept)


@desk
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """A part of its articles and names means somebody else."""
    found = _for_change(request, slug)
    if request.method == "GET":
        return _split(request, found, SplitForm(initial={"name": found.name}))
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _split(request, found, form, problem=sentence(form), status=422)
    try:
        made = registry.split_entity(found, **form.cleaned_data, by=request.user)
    except Refused as refused:
        return _split(request, found, form, problem=str(refused), status=422)
    said(request, f"This is another one than {one_of_its_name(found)}, from which it was split off.")
    return redirect(made)


def _split(
    request: HttpRequest, found: Entity, form: SplitForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    articles = Article.objects.for_queue().naming(found.pk, suggested=True).order_by("-received_at", "-pk")
    articles = articles.exclude(pk__in=blind_for(request.user))
    listed, chosen = list(articles[:LISTED]), request.POST.getlist("articles")
    for article in listed:
        article.chosen = str(article.pk) in chosen
    context = {"entity": found, "form": form, "articles": listed, "count": articles.count(), "problem": problem}
    return render(request, "articles/split_entity.html", context, status=status)


@desk
@require_POST
def apart(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """This entity is not the same as another; with ``pk``, that is taken back."""
    found = _for_change(request, slug)
    if pk is None:
        other = _other(request, found, OtherEntityForm(request.POST))
        if not isinstance(other, Entity):
            return other
        done = "{} and {} are not the same, and cannot be merged.".format(*told(found, other))
        return _do(request, found, None, lambda data: registry.tell_apart(found, other=other, by=request.user), done)
    other = found.distinct_from.filter(pk=pk).first()
    if other is None:
        return show(request, found, problem="That is not there any more: somebody took it back already.", status=422)
    return _do(
        request, found, None, lambda data: registry.let_together(found, other=other, by=request.user), "Taken back."
    )


@desk
@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what was done to this entity."""
    found = _for_change(request, slug)
    try:
        undone = entity_undo.undo(found, pk, by=request.user)
    except Refused as refused:
        return show(request, found, problem=str(refused), status=422)
    said(request, undone.said)
    return redirect(undone.entity or reverse("entities"))


@desk
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an entity that nothing uses out of the registry."""
    found = _for_change(request, slug)
    try:
        entry = remove_entity(found, by=request.user)
    except Refused as refused:
        return show(request, found, problem=str(refused), status=422)
    said(request, f"You {entry.summary}. It can be brought back here.")
    return redirect(reverse("entities") + "?show=removed")


@desk
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an entity back that was taken out."""
    if not request.user.has_perm("articles.change_entity"):
        raise PermissionDenied(MAY_NOT)
    try:
        entity, left = bring_back(pk, by=request.user)
    except Refused as refused:
        return show_list(request, QueryDict("show=removed"), problem=str(refused), status=422)
    but = f", but for {count_of(left, 'row')} that had been changed since" if left else ""
    said(request, f"{entity} is in the registry again{but}.")
    return redirect(entity)

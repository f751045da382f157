"""The way of an article along the workflow: steps, claims, notes, and taking things back."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions import history, notes, workflow
from articles.actions.recording import Refused
from articles.core.workflow import TRANSITIONS
from articles.forms import review as forms
from articles.forms.rights import ApprovalForm
from articles.views.answers import ALL_PANELS, act, panels, said
from articles.views.doors import article_for_reading, article_for_review, desk
from articles.views.page import ReviewPage


@desk
@require_POST
def note(request: HttpRequest, article_id: int) -> HttpResponse:
    """Leave a note."""
    article = article_for_review(request, article_id)
    form = forms.NoteForm(request.POST)

    def action() -> Iterable[str]:
        notes.add_note(article, text=form.cleaned_data["text"], by=request.user)
        return ["notes"]

    return act(request, article, form, action, anchor="#notes")


@desk
@require_POST
def undo(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """Take an action back: one chosen in the history, or the last (the key), unless another came after it."""
    article = article_for_review(request, article_id)
    form = forms.UndoForm(request.POST)

    def action() -> Iterable[str]:
        history.undo(article, pk, only_last=form.cleaned_data["only_last"], by=request.user)
        return ALL_PANELS

    return act(request, article, form, action, anchor="#history")


@desk
@require_POST
def claim(request: HttpRequest, article_id: int) -> HttpResponse:
    """Hold the article, take it over, or let it go."""
    article = article_for_review(request, article_id)
    form = forms.ClaimForm(request.POST)

    def action() -> Iterable[str]:
        if form.cleaned_data["do"] == "let_go":
            workflow.let_go(article, by=request.user)
        elif not workflow.claim(article, by=request.user, take_over=form.cleaned_data["do"] == "take_over"):
            raise Refused(f"{article.claimed_by} has it. Take it over if you must.")
        return ["status"]

    return act(request, article, form, action)


@desk
@require_GET
def status(request: HttpRequest, article_id: int) -> HttpResponse:
    """Who has it and whether it changed, for a page that stands open. It keeps the version that the page shows."""
    article = article_for_reading(article_id)
    page = ReviewPage(article, request.user)
    form = forms.Seen(request.GET)
    if form.is_valid() and form.cleaned_data["seen"] < article.version:
        page.version = form.cleaned_data["seen"]
        page.stale = page.others_changed_since(page.version)
    return panels(request, page, ["status"])


@desk
@require_http_methods(["GET", "POST"])
def transition(request: HttpRequest, article_id: int, name: str) -> HttpResponse:
    """One step of the workflow: what it means, and taking it. For approval: what will be published, what is open."""
    step = TRANSITIONS.get(name)
    if step is None:
        raise Http404
    article = article_for_review(request, article_id, permission=step.permission)
    page = ReviewPage(article, request.user)
    page.step, page.bar = step, workflow.four_eyes_bar(article, step, by=request.user)
    page.step_open = step.leads_from(article.status, live=article.live)
    if request.method == "GET":
        return render(request, "articles/transition.html", {"page": page})
    form = ApprovalForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        entry = workflow.move(
            article, name, by=request.user, seen=data["seen"], reason=data["reason"], treatment=data["treatment"]
        )
        said(request, f"You {entry.summary}.")
        return ALL_PANELS

    return act(request, article, form, action, anchor=f"?done={name}")

"""What a tag would be put on, before anything is written; and how the tags panel is sorted."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from articles.actions.blind import check_not_blind
from articles.actions.recording import Refused
from articles.forms import review as forms
from articles.views.answers import TAGS_BY, act, review_page, vary, wants_panels
from articles.views.doors import article_for_review, desk
from articles.views.panels.preview import TagPreview, preview


@desk
@require_GET
def tag_preview(request: HttpRequest, article_id: int) -> HttpResponse:
    """Selected or typed words as whole words, and every place where they stand."""
    article = article_for_review(request, article_id)

    def find(form: forms.PreviewForm) -> TagPreview:
        check_not_blind(article, by=request.user)
        return preview(article, form.span, form.cleaned_data["words"], part=form.cleaned_data["part"])

    return show_preview(request, find, {"page": review_page(request, article)})


def show_preview(
    request: HttpRequest, find: Callable[[forms.PreviewForm], TagPreview], context: dict[str, Any]
) -> HttpResponse:
    """What ``find`` finds, or the sentence of why it does not, in the bar or as a page."""
    form = forms.PreviewForm(request.GET)
    found, problem, status = None, "", 200
    if not form.is_valid():
        problem, status = "The selection is empty. Select some words first.", 422
    else:
        try:
            found = find(form)
        except Refused as refused:
            problem = str(refused)
    name = "articles/preview.html#preview" if wants_panels(request) else "articles/preview.html"
    context |= {"found": found, "problem": problem, "asked": form.cleaned_data}
    return vary(render(request, name, context, status=status))


@desk
@require_POST
def tag_order(request: HttpRequest, article_id: int) -> HttpResponse:
    """Sort the tags panel by confidence or by place in the text, for as long as this person is signed in."""
    article = article_for_review(request, article_id)
    form = forms.TagOrderForm(request.POST)

    def action() -> Iterable[str]:
        request.session[TAGS_BY] = form.cleaned_data["by"]
        return ["tags"]

    return act(request, article, form, action, anchor="#tags")

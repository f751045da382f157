"""Stories: the page of one, two articles side by side, and what people say of them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from articles.actions import stories
from articles.actions.recording import Refused
from articles.forms.stories import MemberForm, MergeStoryForm, PairForm, RelationForm
from articles.models import Article, Story
from articles.views.answers import act, do, said
from articles.views.doors import article_for_reading, article_for_review, desk
from articles.views.panels.beside import Beside
from articles.views.story_page import StoryPage

DOES = {"confirm": stories.confirm, "deny": stories.deny, "reconsider": stories.reconsider}
SAID = {"confirm": "They are one story.", "deny": "They are not put together again.", "reconsider": "Open again."}


@desk
@require_GET
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """One story: its articles by publication, where they come from, two of them side by side. The address of one that
    was merged leads to the other."""
    found = get_object_or_404(Story.objects.select_related("merged_into"), pk=story_id)
    if found.merged_into is not None:
        return redirect(found.merged_into)
    return _page(request, found)


def _page(request: HttpRequest, found: Story, *, problem: str = "", status: int = 200) -> HttpResponse:
    form = PairForm(request.GET)
    form.is_valid()
    pair = form.cleaned_data.get("a"), form.cleaned_data.get("b")
    page = StoryPage(found, request.user, pair=pair)
    return render(request, "articles/story.html", {"page": page, "problem": problem}, status=status)


@desk
@require_GET
def beside(request: HttpRequest, article_id: int, other_id: int) -> HttpResponse:
    """Any two articles side by side: the verdict, what they share, what people said."""
    one, two = article_for_reading(article_id), article_for_reading(other_id)
    return render(request, "articles/beside.html", {"beside": Beside(one, two)})


@desk
@require_POST
def relation(request: HttpRequest, article_id: int, other_id: int) -> HttpResponse:
    """Two articles are of one event, or they are not, or that is open again."""
    article, other = article_for_review(request, article_id), article_for_reading(other_id)
    form = RelationForm(request.POST)
    if form.is_valid() and form.cleaned_data["back"]:
        return _said_of_two(request, article, other, form.cleaned_data)

    def action() -> Iterable[str]:
        DOES[form.cleaned_data["do"]](article, other, by=request.user)
        return ["story", "facts"]

    return act(request, article, form, action, anchor="#story")


def _said_of_two(request: HttpRequest, article: Article, other: Article, data: dict[str, Any]) -> HttpResponse:
    home = stories.in_story(article) or stories.in_story(other)
    try:
        DOES[data["do"]](article, other, by=request.user)
    except Refused as refused:
        return render(
            request, "articles/beside.html", {"beside": Beside(article, other), "problem": str(refused)}, status=422
        )
    said(request, SAID[data["do"]])
    if data["back"] == "story" and home is not None:
        return redirect(home)
    return redirect("beside", article.pk, other.pk)


def _for_change(request: HttpRequest, story_id: int) -> Story:
    """The story, for a person who may change it: 404 if there is none, 403 for readers."""
    found = get_object_or_404(Story, pk=story_id)
    if not request.user.has_perm("articles.review_article"):
        raise PermissionDenied("You may read the desk, but not change it. Ask an administrator.")
    return found


@desk
@require_POST
def split(request: HttpRequest, story_id: int) -> HttpResponse:
    """An article is none of this story."""
    found = _for_change(request, story_id)
    form = MemberForm(request.POST)
    article = Article.objects.filter(pk=form.cleaned_data["article"]).first() if form.is_valid() else None
    if article is None:
        return _page(request, found, problem="Say which article is none of this story.", status=422)
    done = "Taken out. It is not put back by itself."
    return _do(request, found, lambda: stories.split(found, article, by=request.user), done)


@desk
@require_POST
def merge(request: HttpRequest, story_id: int) -> HttpResponse:
    """This story is the same as another, which stays."""
    gone = _for_change(request, story_id)
    form = MergeStoryForm(request.POST)
    into = Story.objects.filter(pk=form.cleaned_data["into"]).first() if form.is_valid() else None
    if into is None:
        return _page(request, gone, problem="Say which story it is the same as.", status=422)
    return _do(request, gone, lambda: stories.merge(gone, into=into, by=request.user), "The two are one story.")


@desk
@require_POST
def undo(request: HttpRequest, story_id: int, pk: int) -> HttpResponse:
    """Take back what was done to this story."""
    found = _for_change(request, story_id)
    return _do(request, found, lambda: stories.undo(found, pk, by=request.user), "Taken back.")


def _do(request: HttpRequest, found: Story, action: Callable[[], Any], done: str) -> HttpResponse:
    return do(
        request,
        action,
        done=done,
        to=reverse("story", args=[found.pk]),
        refused=lambda problem: _page(request, found, problem=problem, status=422),
    )

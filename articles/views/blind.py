"""Tagging an article blind: the page, and what is posted on it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions import blind as actions
from articles.actions.recording import Refused
from articles.actions.tags import TYPES
from articles.forms.agreement import BeginForm, BlindForm, BlindTagForm, BlindWordsForm
from articles.forms.review import PreviewForm
from articles.models import Article, BlindTag
from articles.views.answers import said, sentence, vary, wants_panels
from articles.views.doors import article_for_review, desk
from articles.views.panels.blind import BlindPage
from articles.views.panels.preview import TagPreview, blind_preview
from articles.views.tagging import show_preview

PAGE = "articles/blind.html"
PANELS = ("message", "blind_text", "blind_tags")


@desk
@require_http_methods(["GET", "POST"])
def blind(request: HttpRequest, article_id: int) -> HttpResponse:
    """The words of an article and one's own tags on them; begin, say no, tag, finish, go back, give up."""
    article = article_for_review(request, article_id)
    if request.method == "GET":
        return _page(request, BlindPage(article, request.user))
    form = BlindForm(request.POST)
    if not form.is_valid():
        return _refused(request, article, sentence(form))
    if form.cleaned_data["do"] == "tag":
        return _tag(request, article)
    return _step(request, article, form.cleaned_data["do"])


@desk
@require_GET
def blind_tag_preview(request: HttpRequest, article_id: int) -> HttpResponse:
    """Selected or typed words as whole words, and every place where they stand, for who tags the article blind."""
    article = article_for_review(request, article_id)

    def find(form: PreviewForm) -> TagPreview:
        tagging = actions.at_work(article, request.user)
        return blind_preview(tagging, form.span, form.cleaned_data["words"], part=form.cleaned_data["part"])

    return show_preview(request, find, {"page": BlindPage(article, request.user), "blind": True})


@desk
@require_POST
def blind_tag(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """One's own blind tag: another type, or away with it."""
    article = article_for_review(request, article_id)
    form = BlindTagForm(request.POST)

    def action() -> None:
        data = form.cleaned_data
        if data["do"] == "remove":
            actions.remove(article, pk, everywhere=data["everywhere"], by=request.user)
        else:
            actions.change(article, pk, type=data["type"], everywhere=data["everywhere"], by=request.user)

    return _do(request, article, form, action)


def _tag(request: HttpRequest, article: Article) -> HttpResponse:
    form = BlindWordsForm(request.POST)

    def action() -> str:
        data = form.cleaned_data
        tag = {"type": data["type"], "everywhere": data["everywhere"], "by": request.user}
        if form.span:
            made = actions.tag_span(article, form.span, part=data["part"], **tag)
        else:
            made = actions.tag_words(article, data["words"], **tag)
        return _instead(made)

    return _do(request, article, form, action)


def _instead(made: list[BlindTag]) -> str:
    """What gave way to a tag, in a sentence; "" where nothing did."""
    were = [TYPES[name].lower() for name in sorted({tag.was for tag in made if tag.was})]
    first = made[0]
    return f"“{first.surface}” is tagged as {first.type} now, instead of {' and '.join(were)}." if were else ""


def _step(request: HttpRequest, article: Article, step: str) -> HttpResponse:
    """Begin, finish, go on, give up: the whole page is another afterwards."""
    begin = BeginForm(request.POST, people=_colleagues(request))
    if step == "begin" and not begin.is_valid():
        return _refused(request, article, sentence(begin))
    try:
        match step:
            case "begin":
                actions.begin(article, by=request.user, asked=begin.cleaned_data["asked"])
            case "decline":
                actions.decline(article, by=request.user)
            case "finish":
                actions.finish(article, by=request.user)
            case "reopen":
                actions.reopen(article, by=request.user)
            case _:
                actions.give_up(article, by=request.user)
    except Refused as refused:
        return _refused(request, article, str(refused))
    return vary(redirect("queue") if step == "decline" else redirect("blind", article.pk))


def _colleagues(request: HttpRequest) -> Any:
    """Whom this person may ask."""
    return actions.who_may_tag().exclude(pk=request.user.pk)


def _do(request: HttpRequest, article: Article, form: Form, action: Callable[[], str | None]) -> HttpResponse:
    """Run an action on a bound form and answer with what changed, and with what it has to say; or why it was refused."""
    if not form.is_valid():
        return _refused(request, article, sentence(form))
    try:
        notice = action() or ""
    except Refused as refused:
        return _refused(request, article, str(refused))
    if not wants_panels(request):
        if notice:
            said(request, notice)
        return vary(redirect("blind", article.pk))
    page = BlindPage(article, request.user)
    page.notice = notice
    return _panels(request, page, PANELS)


def _refused(request: HttpRequest, article: Article, sentence: str) -> HttpResponse:
    page = BlindPage(article, request.user)
    page.problem, page.sent_words = sentence, request.POST.get("words", "")[:300]
    if wants_panels(request):
        return _panels(request, page, ("message",), status=422)
    return _page(request, page, status=422)


def _panels(request: HttpRequest, page: BlindPage, names: tuple[str, ...], *, status: int = 200) -> HttpResponse:
    context = {"page": page, "oob": True}
    parts = [render_to_string(f"{PAGE}#{name}", context, request) for name in names]
    return vary(HttpResponse("".join(parts), status=status))


def _page(request: HttpRequest, page: BlindPage, *, status: int = 200) -> HttpResponse:
    context = {"page": page, "oob": False, "begin": BeginForm(people=_colleagues(request))}
    return vary(render(request, PAGE, context, status=status))

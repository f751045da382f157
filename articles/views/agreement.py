"""Blind tags side by side: on one article, with decisions on the differences, and over all articles."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from articles.actions import agreement as actions
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.forms.agreement import SettleForm
from articles.models import Article
from articles.views.answers import sentence, vary, wants_panels
from articles.views.doors import article_for_reading, article_for_review, desk
from articles.views.panels.agreement import AgreementPage
from articles.views.panels.agreements import AgreementsPage
from articles.views.panels.blind_waiting import BlindWaiting

PAGE = "articles/agreement.html"


@desk
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, article_id: int) -> HttpResponse:
    """How far editors agree who tagged an article blind. POST settles a difference, or takes what all agree on."""
    if request.method == "GET":
        article = article_for_reading(article_id)
        chosen = request.GET.get("one", ""), request.GET.get("two", "")
        return vary(_whole(request, AgreementPage(article, request.user, chosen=chosen)))
    article = article_for_review(request, article_id)
    form = SettleForm(request.POST)

    def action() -> None:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        if data["do"] == "take_agreed":
            actions.take_agreed(article, **who)
        else:
            actions.settle(article, form.place, data["choice"], everywhere=data["everywhere"], **who)

    return _settled(request, article, form, action)


def _settled(request: HttpRequest, article: Article, form: SettleForm, action: Callable[[], None]) -> HttpResponse:
    if not form.is_valid():
        return _explained(request, article, sentence(form), 422)
    try:
        action()
    except Refused as refused:
        return _explained(request, article, str(refused), 422)
    except NotAllowed as refused:
        return _explained(request, article, str(refused), 403)
    except Conflict as conflict:
        return _explained(request, article, f"{conflict} What stands there now is shown below: decide again.", 409)
    article.refresh_from_db()
    if wants_panels(request):
        return _panels(request, AgreementPage(article, request.user), 200)
    start = form.cleaned_data["start"]
    anchor = "#settle" if start is None else f"#at-{start}"
    return vary(HttpResponseRedirect(reverse("agreement", args=[article.pk]) + anchor))


def _explained(request: HttpRequest, article: Article, sentence: str, status: int) -> HttpResponse:
    article.refresh_from_db()
    page = AgreementPage(article, request.user)
    page.problem = sentence
    return _panels(request, page, status) if wants_panels(request) else vary(_whole(request, page, status=status))


def _panels(request: HttpRequest, page: AgreementPage, status: int) -> HttpResponse:
    names = ("message", "settle") if page.ready else ("message",)
    parts = [render_to_string(f"{PAGE}#{name}", {"page": page, "oob": True}, request) for name in names]
    return vary(HttpResponse("".join(parts), status=status))


def _whole(request: HttpRequest, page: AgreementPage, *, status: int = 200) -> HttpResponse:
    return render(request, PAGE, {"page": page, "oob": False}, status=status)


@desk
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """All articles that editors tagged blind, and how far they agree over all of them."""
    context = {
        "page": AgreementsPage(request.user, request.GET.get("page")),
        "waiting": BlindWaiting(request.user, listed=None),
    }
    return render(request, "articles/agreements.html", context)

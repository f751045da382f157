"""Decisions on who is meant: who signs an article, and what the name of a country or capital stands for."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from articles.actions import linking
from articles.actions.blind import check_not_blind
from articles.forms import review as forms
from articles.views.answers import act
from articles.views.doors import article_for_review, desk


@desk
@require_POST
def signer(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """A byline that bears the name of an entity: it is that person, or a different one."""
    article = article_for_review(request, article_id)
    form = forms.SignerForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        if data["do"] == "different":
            linking.name_new_signer(article, pk, **who)
        else:
            linking.name_signer(article, pk, entity=linking.known_entity(data["entity"]), **who)
        return ["attribution", "tags"]

    return act(request, article, form, action, anchor="#attribution")


@desk
@require_POST
def sense(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """What the name of a country or capital means: the place, or who governs there."""
    article = article_for_review(request, article_id)
    form = forms.SenseForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        check_not_blind(article, by=request.user)
        linking.say_sense(article, pk, sense=data["sense"], everywhere=data["everywhere"], **who)
        return ["text", "tags"]

    return act(request, article, form, action, anchor="#tags")

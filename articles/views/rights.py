"""Decisions on what may be done with an article."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from articles.actions import rights
from articles.actions.recording import Refused
from articles.forms.rights import RightForm
from articles.views.answers import act
from articles.views.doors import article_for_review, desk


@desk
@require_POST
def right(request: HttpRequest, article_id: int, pk: int | None = None) -> HttpResponse:
    """The restrictions: add one, or confirm, correct, dismiss one."""
    article = article_for_review(request, article_id)
    form = RightForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        match (data["do"], pk):
            case ("add", None):
                rights.add_right(article, said=form.said, **who)
            case ("confirm", int(row)):
                rights.confirm_right(article, row, **who)
            case ("dismiss", int(row)):
                rights.dismiss_right(article, row, **who)
            case ("correct", int(row)):
                rights.correct_right(article, row, said=form.said, **who)
            case _:
                raise Refused("Choose a restriction first.")
        return ["rights"]

    return act(request, article, form, action, anchor="#rights")

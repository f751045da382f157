"""The doors: who gets in, and the article they came for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.defaults import permission_denied

from articles.models import Article
from articles.views.answers import came_from, notice, sign_in_first, vary, wants_panels
from articles.views.panels.message import typed_words

View = Callable[..., HttpResponse]


def desk(view: View) -> View:
    """For people of the desk. Others are asked to sign in; an account that may see nothing is told nothing (404)."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if not request.user.has_perm("articles.view_article"):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(opened)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that this browser holds now, of which nothing was done: the page is older than the last
    sign-in, cookies are off, or another site sent it (``reason``, Django's, is for its log)."""
    get_token(request)  # who lost the cookie gets one, so that doing it again works
    if not wants_panels(request):
        # Another site's form comes without the session: what it says is never shown.
        typed = typed_words(request.POST.items()) if request.user.is_authenticated else ""
        context = {"back": came_from(request), "typed": typed}
        return vary(render(request, "403_csrf.html", context, status=403))
    if not request.user.is_authenticated:
        return sign_in_first(request)
    return notice(request, "You signed in again since this page was loaded. Do it once more.", status=403)


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What this person may not do: a page that says why, for htmx a sentence."""
    if wants_panels(request):
        return notice(request, str(exception) or "That is not yours to do.", status=403)
    return vary(permission_denied(request, exception))


def article_for_reading(article_id: int) -> Article:
    """The article, for everyone whom ``desk`` let in; 404 if there is none."""
    return get_object_or_404(
        Article.objects.select_related("outlet", "claimed_by", "last_editor", "public", "original"), pk=article_id
    )


def article_for_review(request: HttpRequest, article_id: int, permission: str = "review_article") -> Article:
    """The article, for a person who may change it: 404 if there is none, 403 for readers."""
    article = article_for_reading(article_id)
    if not request.user.has_perm(f"articles.{permission}"):
        raise PermissionDenied(
            "You may read the desk, but not change it. Ask an administrator."
            if permission == "review_article"
            else "Only a chief editor does that. Ask one, or an administrator."
        )
    return article

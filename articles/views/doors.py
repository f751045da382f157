"""The doors: who gets in, and the article they came for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from articles.models import Article

View = Callable[..., HttpResponse]


def desk(view: View) -> View:
    """For people of the desk. Others are asked to sign in; an account that may see nothing is told nothing (404)."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("articles.view_article"):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(login_required(opened))


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

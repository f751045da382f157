"""The door for scrapers: which token, which method, and every refusal as a sentence a program can read too."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.actions.tokens import note_use
from articles.models import ScraperToken

log = logging.getLogger(__name__)

REALM = 'Bearer realm="newsroom"'
View = Callable[..., HttpResponse]


class Problem(Exception):
    """A refusal: an HTTP status, a sentence, and what a program may want to know beside it."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **beside: object) -> None:
        super().__init__(detail)
        self.status, self.headers, self.beside = status, headers or {}, beside

    def answer(self) -> HttpResponse:
        """RFC 9457."""
        content = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": str(self),
            **self.beside,
        }
        return JsonResponse(
            content,
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
            json_dumps_params={"ensure_ascii": False},
        )


def for_scrapers(*methods: str) -> Callable[[View], View]:
    """The view gets the token as its second argument; whatever goes wrong inside is answered as a problem."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise _no_such_method(request, methods)
                return view(request, _token(request), *args, **kwargs)
            except Problem as problem:
                return problem.answer()
            except (RequestDataTooBig, TooManyFieldsSent):
                return Problem(413, "The form beside the files is too large.").answer()
            except MultiPartParserError:
                return Problem(400, "This is no multipart/form-data: its parts could not be told apart.").answer()
            except UnreadablePostError:
                return Problem(400, "The request broke off before its end. Nothing of it was kept.").answer()
            except Exception:  # what a bug says is for the log, not for who provoked it
                log.exception("The API could not answer %s %s.", request.method, request.path)
                return Problem(500, "Something went wrong on our side. The administrator can read what.").answer()

        return csrf_exempt(never_cache(opened))

    return door


def _no_such_method(request: HttpRequest, methods: tuple[str, ...]) -> Problem:
    allowed = ", ".join(methods)
    return Problem(405, f"{request.method} does nothing here; use {allowed}.", headers={"Allow": allowed})


def _token(request: HttpRequest) -> ScraperToken:
    """Who asks. A secret that never was, and one that is revoked, are answered alike."""
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        detail = "Send the token that an administrator gave you: “Authorization: Bearer …”."
        raise Problem(401, detail, headers={"WWW-Authenticate": REALM})
    token = ScraperToken.objects.with_secret(secret.strip())
    if token is None:
        headers = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
        raise Problem(401, "This token lets nobody in. Ask an administrator for a new one.", headers=headers)
    if not token.person.is_active or not token.person.has_perm("articles.add_upload"):
        raise Problem(403, "Who answers for this token may not upload at present. Ask an administrator.")
    note_use(token)
    return token

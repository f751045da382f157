"""Answers: panels for htmx, a redirect or a page for everyone else. The one place that reads ``request.htmx``."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime

from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.forms.review import BY_CONFIDENCE
from articles.models import Article, LogEntry
from articles.views.page import ReviewPage
from articles.views.panels.message import Done, Problem, done_by

REVIEW = "articles/review.html"
# What a narrow screen shows of it at a time.
TABS = ("raw", "clean", "facts")
# The key of a session under which it is said how the tags panel is sorted.
TAGS_BY = "tags_by"
# What a form sends along and nobody decided; it is not sent again either.
NOT_SHOWN = {"csrfmiddlewaretoken", "seen", "only_last"}
# The key of a session under which the action is kept of which the next page has to tell.
DONE = "done"
ALL_PANELS = (
    "status", "text", "uncertain", "proposals", "count", "questions", "story", "facts", "attribution", "rights", "tags",
    "notes", "history",
)  # fmt: skip


def wants_panels(request: HttpRequest) -> bool:
    """Whether htmx asked; the answer then depends on that header, and says so (see ``vary``)."""
    return bool(getattr(request, "htmx", False))


def vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response


def notice(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """A sentence for htmx that got no further. It has a place of its own on every page of the desk, and nothing else is
    swapped, so that what was typed stays."""
    html = render_to_string("articles/notice.html", {"sentence": sentence, "status": status}, request)
    return vary(HttpResponse(html, status=status, headers={"HX-Reswap": "none"}))


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """For who is not signed in, or not any more: the sign-in page, which leads back; for htmx 401 and a sentence."""
    if wants_panels(request):
        return notice(request, "You were signed out.", status=401)
    back = request.get_full_path()
    return vary(redirect_to_login(back if request.method in {"GET", "HEAD"} else came_from(request) or back))


def came_from(request: HttpRequest) -> str:
    """The address on this site, without the host, from which a form was sent; empty where the browser does not say."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def tab_of(request: HttpRequest, article: Article, anchor: str = "") -> str:
    """The tab of the review page from which a form was sent, empty for the one that it shows by itself. Sent from
    another page, such as that of a lost race, it is the tab where the anchor stands."""
    page = urlsplit(came_from(request))
    if page.path and page.path != reverse("review", args=[article.pk]):
        return "facts" if anchor.startswith("#") and not anchor.startswith("#block-") else ""
    tab = parse_qs(page.query).get("tab", [""])[0]
    return tab if tab in TABS else ""


def review_page(request: HttpRequest, article: Article) -> ReviewPage:
    """The review page as this person likes it."""
    return ReviewPage(article, request.user, tags_by=request.session.get(TAGS_BY, BY_CONFIDENCE))


def panels(request: HttpRequest, page: ReviewPage, names: Iterable[str], *, status: int = 200) -> HttpResponse:
    """These panels, each to be swapped in by its id. "block:12" is the row of one block."""
    parts = []
    for name in dict.fromkeys(names):
        panel, _, pk = name.partition(":")
        context = {"page": page, "oob": True, "row": page.text.row(int(pk)) if pk else None}
        if pk and context["row"] is None:
            continue
        parts.append(render_to_string(f"{REVIEW}#{panel}", context, request))
    return vary(HttpResponse("".join(parts), status=status))


def act(
    request: HttpRequest, article: Article, form: Form, action: Callable[[], Iterable[str]], *, anchor: str = ""
) -> HttpResponse:
    """Run an action on a bound form and answer it: 422 with a sentence, 409 with both versions, or what changed.

    The action names the panels that it touched; ``anchor`` is what a redirect adds to the address of the page.
    """
    if not form.is_valid():
        return _explain(request, article, sentence(form), status=422)
    seen, before = form.cleaned_data.get("seen"), article.version
    try:
        touched = list(action())
    except Refused as refused:
        return _explain(request, article, str(refused), status=422)
    except NotAllowed as refused:
        return _explain(request, article, str(refused), status=403)
    except Conflict as conflict:
        return _explain(request, article, str(conflict), status=409, conflict=conflict)
    article.refresh_from_db()
    page = review_page(request, article)
    page.done = _done(request, article) if article.version > before else None
    if not wants_panels(request):
        if page.done:
            request.session[DONE] = page.done.entry.pk
        tab = "" if anchor.startswith("?") else tab_of(request, article, anchor)
        query = f"?tab={tab}" if tab else ""
        return vary(HttpResponseRedirect(reverse("review", args=[article.pk]) + query + anchor))
    if seen is not None and page.others_changed_since(seen):
        touched = list(ALL_PANELS)
    return panels(request, page, ["status", *touched, "questions", "count", "uncertain", "history", "message"])


def _done(request: HttpRequest, article: Article) -> Done | None:
    """What is to be said of the last action of this person."""
    entry = article.log.filter(version=article.version, person=request.user).select_related("undoes").first()
    return done_by(entry) if entry else None


def just_done(request: HttpRequest, article: Article) -> Done | None:
    """What was done on the page before this one, to be said once."""
    pk = request.session.pop(DONE, None)
    entry = article.log.filter(pk=pk, person=request.user).select_related("undoes").first() if pk else None
    return done_by(entry) if entry else None


def sentence(form: BaseForm) -> str:
    """What is wrong with a form, in words."""
    found = []
    for name, errors in form.errors.items():
        label = "" if name == "__all__" else f"{form.fields[name].label or name.replace('_', ' ').capitalize()}: "
        found += [f"{label}{error}" for error in errors]
    return " ".join(found)


def _explain(
    request: HttpRequest, article: Article, sentence: str, *, status: int, conflict: Conflict | None = None
) -> HttpResponse:
    """The sentence where the editor is, with all that was sent, so that nothing is lost."""
    article.refresh_from_db()
    page = review_page(request, article)
    seen = request.POST.get("seen", "")
    if conflict and conflict.row is not None and seen.isdecimal() and len(seen) < 10:
        other = article.log.filter(version__gt=int(seen)).exclude(person=request.user).select_related("person").first()
        if other:
            sentence = (
                f"{sentence} It was {other.person or 'the machine'}, at {date_format(localtime(other.at), 'H:i')}."
            )
    for entry in (conflict.row, conflict.asked) if conflict else ():
        if isinstance(entry, LogEntry):
            page.blind.veil(entry)
    page.problem = Problem(
        article=article,
        sentence=sentence,
        sent=[(name, value) for name, value in request.POST.items() if name not in NOT_SHOWN],
        sent_to=request.path,
        conflict=conflict,
    )
    if wants_panels(request):
        return panels(request, page, ["message"], status=status)
    return vary(render(request, REVIEW, {"page": page, "oob": False, "tab": tab_of(request, article)}, status=status))


def said(request: HttpRequest, sentence: str) -> None:
    """Leave a sentence for the next page."""
    messages.success(request, sentence)


def do(
    request: HttpRequest, action: Callable[[], Any], *, done: str, to: str, refused: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Run an action of a page that has no panels, and go on to an address with the sentence ``done``; or show the page
    again with the sentence of what was refused."""
    try:
        action()
    except Refused as why:
        return refused(str(why))
    said(request, done)
    return HttpResponseRedirect(to)

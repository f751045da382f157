"""The bookmarklet: a page as the editor sees it in the own browser, handed over from window to window.

The page's own site may forbid it to send anything anywhere; so the bookmarklet opens a window of the desk and hands it
the page there. Nothing is taken before the editor says so in that window, in an ordinary form.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from articles.core.values import Given
from articles.forms.bookmarklet import FromPageForm
from articles.intake.uploads import Item, begin, close, take
from articles.views.doors import desk


@desk
@require_GET
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """The link to drag to the bookmarks; it is made for the address of this desk."""
    _check_may_upload(request)
    return render(request, "articles/bookmarklet.html", {"address": request.build_absolute_uri(reverse("from_page"))})


def _check_may_upload(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.add_upload"):
        raise PermissionDenied("Your account may not upload. Ask an administrator.")


@never_cache
@require_http_methods(["GET", "POST"])
def from_page(request: HttpRequest) -> HttpResponse:
    """The window that a page is handed to. Who is not signed in is told so here: a redirect to the sign-in page would cut
    the window off from the one that opened it."""
    if not request.user.is_authenticated:
        return _window(request, FromPageForm(), status=403)
    if not request.user.has_perm("articles.view_article"):
        raise Http404
    _check_may_upload(request)
    if request.method == "GET":
        return _window(request, FromPageForm(), status=200)
    form = FromPageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _window(request, form, status=422)
    data = form.cleaned_data
    upload = begin(by=request.user, way="bookmarklet")
    given = Given(url=data["url"], charset="utf-8")
    take(upload, Item(name=data["title"] or data["url"], content=data["page"].read(), given=given))
    return redirect("receipts", close(upload).pk)


def _window(request: HttpRequest, form: FromPageForm, *, status: int) -> HttpResponse:
    context = {"form": form, "limit": settings.UPLOAD_MAX_BYTES}
    response = render(request, "articles/from_page.html", context, status=status)
    # The one page of the desk that may be talked to by the window that opened it; what it takes from there is little.
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response

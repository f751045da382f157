"""What became of an upload: how far it is, the receipt of each item, and what a person may do about it."""

import csv
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from articles.actions.recording import Refused
from articles.intake import steering
from articles.models import Article, Receipt, Upload
from articles.views.answers import said, vary, wants_panels
from articles.views.doors import desk
from articles.views.panels.progress import progress_of
from articles.views.panels.twins import twins_of

PAGE = "articles/receipts.html"
ON_A_PAGE = 50
# htmx stops asking when it is answered with this.
STOP_POLLING = 286
LARGEST = 2**63 - 1


def upload_for_work(request: HttpRequest, upload_id: int) -> Upload:
    """The upload, for people who may bring material in: 403 for others, 404 if there is none."""
    if not request.user.has_perm("articles.add_upload"):
        raise PermissionDenied("Your account may not upload. Ask an administrator.")
    if upload_id > LARGEST:
        raise Http404
    return get_object_or_404(Upload.objects.select_related("by"), pk=upload_id)


DO_UPLOAD: dict[str, tuple[Callable[..., Any], str]] = {
    "pause": (steering.pause, "Paused. What is being read is finished; nothing else is begun."),
    "go_on": (steering.go_on, "It goes on."),
    "cancel": (steering.cancel, "Cancelled. What was read stays on the desk."),
    "retry_failures": (steering.retry_failures, "The failed items are read again."),
}
DO_ITEM: dict[str, tuple[Callable[..., Any], str]] = {
    "retry": (steering.retry, "It is read again."),
    "skip": (steering.skip, "It is left out."),
    "keep_apart": (steering.keep_apart, "It is an article of its own now."),
    "new_version": (steering.new_version, "It is a new version now; the earlier article stays as it is."),
}


@desk
@require_http_methods(["GET", "POST"])
def receipts(request: HttpRequest, upload_id: int) -> HttpResponse:
    """How far an upload is, and its receipts; asked by htmx, the parts that change. POST pauses, goes on, cancels, or
    reads all failed items again."""
    found = upload_for_work(request, upload_id)
    if request.method == "GET":
        return _page(request, found)
    do, sentence = DO_UPLOAD.get(request.POST.get("do", ""), (None, ""))
    if do is None:
        return _page(request, found, problem="That is nothing an upload can do.")
    try:
        do(found, by=request.user)
    except Refused as refused:
        found.refresh_from_db()
        return _page(request, found, problem=str(refused))
    said(request, sentence)
    return redirect("receipts", found.pk)


def _page(request: HttpRequest, found: Upload, *, problem: str = "") -> HttpResponse:
    progress = progress_of(found)
    outcome = request.GET.get("outcome", "")
    rows = found.receipts.select_related("article", "original", "skipped_by")
    if outcome in progress.counts:
        rows = rows.filter(outcome=outcome)
    context = {
        "upload": found,
        "progress": progress,
        "outcome": outcome if outcome in progress.counts else "",
        "page": Paginator(rows.order_by("position"), ON_A_PAGE).get_page(request.GET.get("page")),
        "problem": problem,
        "log": found.log.select_related("person")[:20],
    }
    if wants_panels(request):
        status = 200 if progress.moves else STOP_POLLING
        return vary(render(request, f"{PAGE}#moving", context, status=status))
    return vary(render(request, PAGE, context, status=422 if problem else 200))


@desk
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, upload_id: int, pk: int) -> HttpResponse:
    """One item: a duplicate beside the article that was there first. POST decides about it, or about a failed one."""
    found = upload_for_work(request, upload_id)
    if pk > LARGEST:
        raise Http404
    row = get_object_or_404(found.receipts.select_related("article", "article__original", "original", "upload"), pk=pk)
    if request.method == "GET":
        return _receipt(request, row)
    do, sentence = DO_ITEM.get(request.POST.get("do", ""), (None, ""))
    if do is None:
        return _receipt(request, row, problem="That is nothing an item can do.")
    try:
        outcome = do(row, by=request.user)
    except Refused as refused:
        row.refresh_from_db()
        return _receipt(request, row, problem=str(refused))
    said(request, sentence)
    if isinstance(outcome, Article):
        return redirect("review", outcome.pk)
    return redirect(reverse("receipts", args=[found.pk]) + _rest(request))


def _rest(request: HttpRequest) -> str:
    """The filter and page from which a button was pressed."""
    outcome, page = request.POST.get("outcome", ""), request.POST.get("page", "")
    known = outcome in dict(Receipt.OUTCOMES)
    wanted = [f"outcome={outcome}"] * known + [f"page={page}"] * page.isdecimal()
    return f"?{'&'.join(wanted)}" if wanted else ""


def _receipt(request: HttpRequest, row: Receipt, *, problem: str = "") -> HttpResponse:
    context = {"upload": row.upload, "row": row, "twins": twins_of(row), "problem": problem}
    return vary(render(request, "articles/receipt.html", context, status=422 if problem else 200))


COLUMNS = (
    "position", "name", "place", "outcome", "message", "article", "title", "address", "given outlet", "bytes",
    "skipped by", "settled at",
)  # fmt: skip


@desk
@require_GET
def receipts_csv(request: HttpRequest, upload_id: int) -> StreamingHttpResponse:
    """All receipts of an upload, for a spreadsheet."""
    found = upload_for_work(request, upload_id)
    writer = csv.writer(Echo())
    # A spreadsheet knows UTF-8 by its mark only.
    lines = (writer.writerow([cell(value) for value in line]) for line in _lines(found))
    response = StreamingHttpResponse(_marked(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipts-{found.pk}.csv"'
    return response


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def _lines(found: Upload) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    rows = found.receipts.order_by("position").values_list(
        "position", "name", "place", "outcome", "message", "article", "article__title", "given_url", "given_outlet",
        "original__size", "skipped_by__username", "settled_at",
    )  # fmt: skip
    for *row, at in rows.iterator(chunk_size=500):
        yield (*row, localtime(at).isoformat(timespec="seconds") if at else "")


class Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    words = "" if value is None else str(value)
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words

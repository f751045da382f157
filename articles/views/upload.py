"""Bringing material in, and the receipts for it."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from articles.core.values import Given
from articles.forms.upload import UploadForm
from articles.intake.containers import too_large
from articles.intake.uploads import Item, receive, work_through
from articles.models import Receipt, Upload
from articles.views.doors import desk


def _items(form: UploadForm) -> Iterator[Item]:
    """What was brought, in order, one at a time. A file over a limit is not read at all."""
    data = form.cleaned_data
    if data["text"].strip():
        content = data["text"].encode("utf-8", "replace")
        given = Given(url=data["url"], outlet=data["outlet"])
        yield Item(name="pasted text", content=content, given=given)
    for number, file in enumerate(data["files"], 1):
        problem = too_large(file.size)
        if number > settings.UPLOAD_MAX_FILES:
            problem = f"One upload takes {settings.UPLOAD_MAX_FILES} files. Bring the rest in with the next."
        yield Item(name=file.name, content=b"" if problem else file.read(), problem=problem)


@desk
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Paste or choose; the answer is the page of receipts."""
    if not request.user.has_perm("articles.add_upload"):
        raise PermissionDenied("Your account may not upload. Ask an administrator.")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            if form.left_out:
                messages.warning(request, form.left_out)
            return redirect("receipts", receive(_items(form), by=request.user).pk)
    recent = Upload.objects.filter(by=request.user).prefetch_related("receipts")[:5]
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "recent": recent, "limit": settings.UPLOAD_MAX_BYTES}
    return render(request, "articles/upload.html", context, status=status)


@desk
@require_http_methods(["GET", "POST"])
def receipts(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What became of each item. POST goes on with items that an interruption left waiting."""
    if not request.user.has_perm("articles.add_upload"):
        raise PermissionDenied("Your account may not upload. Ask an administrator.")
    found = get_object_or_404(Upload.objects.select_related("by"), pk=upload_id)
    if request.method == "POST":
        work_through(found)
        return redirect("receipts", found.pk)
    rows = list(found.receipts.select_related("article", "original"))
    counts = {outcome: sum(1 for row in rows if row.outcome == outcome) for outcome, _ in Receipt.outcome.field.choices}
    return render(request, "articles/receipts.html", {"upload": found, "rows": rows, "counts": counts})

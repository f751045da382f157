"""Bringing material in by hand. What became of it: ``receipts``."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from articles.core.values import Given
from articles.forms.upload import UploadForm
from articles.intake import queue
from articles.intake.uploads import Item
from articles.models import Upload
from articles.views.doors import desk
from articles.views.receiving import PieceHandler, Receiver


@csrf_exempt  # checked below, once the files have somewhere to go: looking for the token reads the whole request
@desk
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Paste, choose, or drop a folder; the answer is the page of receipts. Nothing stays of a request that broke off."""
    if not request.user.has_perm("articles.add_upload"):
        raise PermissionDenied("Your account may not upload. Ask an administrator.")
    receiver = Receiver(request.user)
    request.upload_handlers = [PieceHandler(receiver)]
    try:
        return _upload(request, receiver)
    finally:
        receiver.give_up()


@csrf_protect
def _upload(request: HttpRequest, receiver: Receiver) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        # Reading the form takes the files in.
        form = UploadForm(request.POST, files_brought=len(request.FILES))
        if form.is_valid():
            data = form.cleaned_data
            if data["text"].strip():
                given = Given(url=data["url"], outlet=data["outlet"])
                content = data["text"].encode("utf-8", "replace")
                receiver.take(Item(name="pasted text", content=content, given=given))
            if form.left_out:
                messages.warning(request, form.left_out)
            return redirect("receipts", receiver.close().pk)
    context = {
        "form": form,
        "recent": Upload.objects.filter(by=request.user).exclude(state=Upload.RECEIVING).with_counts()[:5],
        "limit": settings.UPLOAD_MAX_BYTES,
        "total": settings.UPLOAD_MAX_TOTAL,
        "nobody_works": queue.nobody_works(),
    }
    return render(request, "articles/upload.html", context, status=422 if form.is_bound and form.errors else 200)

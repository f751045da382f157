"""Bringing articles in by program, and asking what became of them."""

import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_safe

from articles.intake.deliveries import Incoming, OtherContent, StillComing
from articles.intake.json_items import BadJson, NoArticle, items_of_json
from articles.intake.uploads import Closed, Item
from articles.models import ScraperToken, Upload
from articles.views.api import asked
from articles.views.api.answers import answer
from articles.views.api.doors import Problem, for_scrapers
from articles.views.doors import desk

OPENAPI = Path(__file__).parent / "openapi.json"
READ = 64 * 1024
# How often an upload is looked at while a sender waits for it, seconds.
LOOK = 0.2


@for_scrapers("POST")
def articles(request: HttpRequest, token: ScraperToken) -> HttpResponse:
    """Take what was sent; 202 with receipts so far, 201 or 200 once all of it is settled."""
    length, kind = asked.length_of(request), asked.kind_of(request)
    whole = kind == asked.JSON  # the one kind that is read in one piece
    asked.check_length(length, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE if whole else settings.UPLOAD_MAX_TOTAL)
    given, note, mapping = asked.said_beside(request)
    key, wait = asked.key_of(request), asked.wait_of(request)
    body = _json(request, mapping) if whole else None
    try:
        incoming = Incoming(token, key=key, note=note, given=given, mapping=mapping)
    except StillComing as coming:
        raise Problem(409, str(coming), headers={"Retry-After": "60"}) from None
    try:
        if body is not None:
            incoming.items(*body)
        elif kind == asked.FORM:
            _take_form(request, incoming)
        else:
            default = "articles.jsonl" if kind == "lines" else "a file without a name"
            _take_body(request, incoming, asked.file_name(request, default), length)
        upload = incoming.finish()
    except Closed as closed:  # so slow that it was given up
        raise Problem(408, str(closed)) from None
    except OtherContent as other:
        raise Problem(409, str(other)) from None
    except BaseException:  # whatever ended it: nothing half stays, and the same key works again
        incoming.abandon()
        raise
    return _receive(request, upload, wait=wait)


def _json(request: HttpRequest, mapping: dict[str, str]) -> tuple[list[Item], bytes]:
    """The items of a JSON body. Problem 400 with the place where it is wrong, 422 where there is nothing in it."""
    data = request.body
    try:
        items = items_of_json(data, mapping=mapping)
    except BadJson as bad:
        where = {"line": bad.line, "column": bad.column} if bad.line else {}
        raise Problem(400, str(bad), **where) from None
    except NoArticle as nothing:
        raise Problem(422, str(nothing)) from None
    if len(items) > settings.UPLOAD_MAX_ITEMS:
        raise Problem(413, f"These are {len(items):,} articles; one upload takes {settings.UPLOAD_MAX_ITEMS:,}.")
    return items, data


def _take_body(request: HttpRequest, incoming: Incoming, name: str, left: int) -> None:
    incoming.begin_file(name)
    while left:
        chunk = request.read(min(READ, left))
        if not chunk:
            raise UnreadablePostError("The body ended before its length.")
        incoming.write(chunk)
        left -= len(chunk)
    incoming.end_file()


class _Streaming(FileUploadHandler):
    """Hands the files of a form on as they arrive; nothing of them is kept here."""

    def __init__(self, request: HttpRequest, incoming: Incoming) -> None:
        super().__init__(request)
        self.incoming, self.files = incoming, 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        self.incoming.begin_file(self.file_name or "a file without a name")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.incoming.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.incoming.end_file()

    def upload_interrupted(self) -> None:
        raise UnreadablePostError("The body ended inside a file.")


def _take_form(request: HttpRequest, incoming: Incoming) -> None:
    handler = _Streaming(request, incoming)
    request.upload_handlers = [handler]
    fields = sorted(request.POST)
    if fields:
        raise Problem(422, f"The form holds files only, and “{fields[0][:40]}” is none. Say it in the address instead.")
    if not handler.files:
        raise Problem(422, "Nothing came with this form: there is no file in it.")


def _receive(request: HttpRequest, upload: Upload, *, wait: int) -> HttpResponse:
    """The answer to what was sent, once it is settled or the sender would wait no longer."""
    until = time.monotonic() + wait
    while upload.at_work and time.monotonic() < until:
        time.sleep(LOOK)
        upload.refresh_from_db(fields=["state", "finished_at"])
    created = upload.receipts.filter(outcome="created").exists()
    status = 202 if upload.state != Upload.DONE else 201 if created else 200
    headers = {"Location": request.build_absolute_uri(reverse("api_upload", args=[upload.pk]))}
    if wait:
        headers["Preference-Applied"] = f"wait={wait}"
    return answer(request, upload, status=status, headers=headers)


@for_scrapers("GET", "HEAD")
def upload(request: HttpRequest, token: ScraperToken, upload_id: int) -> HttpResponse:
    """What became of one upload that came with this token."""
    return answer(request, _found(token, upload_id), status=200)


def _found(token: ScraperToken, upload_id: int) -> Upload:
    found = Upload.objects.filter(pk=upload_id, delivery__token=token).first()
    if found is None:
        raise Problem(404, "This token brought no upload with this number.")
    return found


@require_safe
@cache_control(public=True, no_cache=True)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all this for machines."""
    return HttpResponse(OPENAPI.read_bytes(), content_type="application/json")


@desk
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The same for people, with the tokens for which they answer."""
    context = {
        "tokens": ScraperToken.objects.filter(person=request.user),
        "most": filesizeformat(settings.UPLOAD_MAX_TOTAL),
        "most_json": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        "address": request.build_absolute_uri(reverse("api_articles")),
        "openapi": request.build_absolute_uri(reverse("openapi")),
        "longest_wait": asked.LONGEST_WAIT,
    }
    return render(request, "articles/api.html", context)

"""An upload and its receipts as a scraper reads them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from articles.models import Receipt, Upload
from articles.views.api.doors import Problem

PAGE, LARGEST_PAGE = 100, 1000
OUTCOMES = tuple(name for name, _ in Receipt.OUTCOMES)


def answer(request: HttpRequest, upload: Upload, *, status: int, headers: dict[str, str] | None = None) -> JsonResponse:
    """An upload: its state, what its receipts add up to, and a page of them."""
    here = request.build_absolute_uri(reverse("api_upload", args=[upload.pk]))
    asked = _asked(request) if request.method in ("GET", "HEAD") else {"after": -1, "limit": PAGE, "outcome": ""}
    rows = upload.receipts.filter(position__gt=asked["after"]).select_related("original")
    if asked["outcome"]:
        rows = rows.filter(outcome=asked["outcome"])
    found = list(rows.order_by("position").defer("original__content")[: asked["limit"] + 1])
    page = found[: asked["limit"]]
    following = None
    if len(found) > len(page):
        kept = {"outcome": asked["outcome"]} if asked["outcome"] else {}
        following = f"{here}?{urlencode({'after': page[-1].position, 'limit': asked['limit'], **kept})}"
    content = {
        "id": upload.pk,
        "state": upload.state,
        "repeated": upload.came_before,
        "at": upload.at,
        "finished_at": upload.finished_at,
        "note": upload.note,
        "counts": upload.receipts.counted(),
        "files": list(upload.files.values("name", "size", "cut", "finished")),
        "links": {
            "self": here,
            "next": following,
            "page": request.build_absolute_uri(reverse("receipts", args=[upload.pk])),
        },
        "receipts": [_receipt(request, row) for row in page],
    }
    return JsonResponse(content, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def _receipt(request: HttpRequest, row: Receipt) -> dict[str, Any]:
    """One item, and what became of it."""
    article = None
    if row.article_id:
        page = request.build_absolute_uri(reverse("review", args=[row.article_id]))
        article = {"id": row.article_id, "page": page}
    return {
        "position": row.position,
        "name": row.name,
        "place": row.place,
        "url": row.given_url,
        "size": row.original.size if row.original else None,
        "sha256": row.original.sha256 if row.original else None,
        "outcome": row.outcome,
        "message": row.message,
        "article": article,
    }


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Which page of receipts is asked for. Problem 400 for what is none."""
    outcome = request.GET.get("outcome", "")
    if outcome and outcome not in OUTCOMES:
        raise Problem(400, f"There is no outcome “{outcome[:40]}”; there are {', '.join(OUTCOMES)}.")
    return {
        "after": _number(request, "after", default=-1, least=0, most=2**31 - 1),
        "limit": _number(request, "limit", default=PAGE, least=1, most=LARGEST_PAGE),
        "outcome": outcome,
    }


def _number(request: HttpRequest, name: str, *, default: int, least: int, most: int) -> int:
    said = request.GET.get(name, "")
    if not said:
        return default
    if not said.isascii() or not said.isdecimal() or len(said) > 10 or not least <= int(said) <= most:
        raise Problem(400, f"The parameter “{name}” is a whole number from {least} to {most}.")
    return int(said)

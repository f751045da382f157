"""What a request of a scraper says beside its body: kind, length, name, key, and how long it would wait."""

import re
from email.message import Message

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from articles.core.values import Given
from articles.intake.cutting import readable
from articles.intake.deliveries import KEY_LENGTH
from articles.intake.json_items import MAPPED, name_of
from articles.views.api.doors import Problem

JSON, FORM = "application/json", "multipart/form-data"
LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
# What a file may be sent as. What is in it is told by its bytes, not by this.
FILES = re.compile(
    r"text/.+|message/rfc822|multipart/related|application/(octet-stream|(x-)?(zip|gzip|tar|gtar|warc|mimearchive)|"
    r"zip-compressed|x-zip-compressed|warc-fields|(.+\+)?xml|csv)"
)
LONGEST_WAIT = 20
PARAMETERS = ("name", "url", "outlet", "note", "map")


def kind_of(request: HttpRequest) -> str:
    """JSON, FORM, "lines" or "file". Problem 415 for what cannot be an article."""
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        sentence = "Send the body as it is, without Content-Encoding. A gzip file may be sent as application/gzip."
        raise Problem(415, sentence, headers={"Accept-Encoding": "identity"})
    kind = request.content_type or ""
    if kind in (JSON, FORM):
        return kind
    if kind in LINES:
        return "lines"
    if FILES.fullmatch(kind):
        return "file"
    said = f"“{kind[:100]}” is not taken" if kind else "The request says no Content-Type"
    raise Problem(
        415,
        f"{said}. Send application/json, application/x-ndjson, multipart/form-data with files, or a file as "
        "application/octet-stream or under its own type (text, HTML, XML, CSV, mail, ZIP, tar, gzip, WARC).",
        headers={"Accept-Post": f"{JSON}, {LINES[0]}, {FORM}, application/octet-stream, text/html, text/plain"},
    )


def length_of(request: HttpRequest) -> int:
    """Bytes of the body. Problem 411 when not said, 422 when there are none."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    if not said and request.headers.get("Transfer-Encoding"):
        raise Problem(411, "Say the length of the body (Content-Length); chunks are not taken.")
    if not said.isdecimal() or int(said) == 0:
        raise Problem(422, "Nothing came with this request: its body is empty.")
    return int(said)


def check_length(size: int, *, most: int) -> None:
    """Problem 413 for a body that is too large."""
    if size > most:
        raise Problem(413, _too_much(size, most), limit=most)


def _too_much(size: int, most: int) -> str:
    sentence = f"The body has {filesizeformat(size)}; the most taken so is {filesizeformat(most)}."
    if most < settings.UPLOAD_MAX_TOTAL:
        return f"{sentence} As JSON Lines (application/x-ndjson) or as a file it may be larger."
    return sentence


def key_of(request: HttpRequest) -> str:
    """The sender's key, with or without the quotation marks that its draft wants. Problem 400 for one that is none."""
    if "Idempotency-Key" not in request.headers:
        return ""
    key = request.headers["Idempotency-Key"].strip()
    if len(key) > 1 and key.startswith('"') and key.endswith('"'):
        key = key[1:-1]
    if not 0 < len(key) <= KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise Problem(400, f"An Idempotency-Key has 1 to {KEY_LENGTH} printable ASCII characters.")
    return key


def said_beside(request: HttpRequest) -> tuple[Given, str, dict[str, str]]:
    """What the address says beside the body: what is given, a note, and which keys mean what (map=ours:theirs)."""
    for name in request.GET:
        if name not in PARAMETERS:
            raise Problem(400, f"There is no parameter “{name[:40]}”; there are {', '.join(PARAMETERS)}.")
    url = request.GET.get("url", "").strip()
    if url and not url.startswith(("http://", "https://")):
        raise Problem(400, "The parameter “url” is no web address: it begins with http:// or https://.")
    charset = (request.content_params or {}).get("charset", "") if request.content_type != JSON else ""
    given = Given(
        url=readable(url, 2000), outlet=readable(request.GET.get("outlet", ""), 200), charset=readable(charset, 40)
    )
    return given, request.GET.get("note", "")[:500], _mapping(request.GET.getlist("map"))


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        ours, colon, theirs = readable(pair, 240).partition(":")
        if not colon or ours not in MAPPED or not theirs.strip():
            raise Problem(
                400, f"“map” says which key means what, as in map=title:headline. Ours are {', '.join(MAPPED)}."
            )
        mapping[ours] = theirs.strip()
    return mapping


def file_name(request: HttpRequest, default: str) -> str:
    """What the file is called: the parameter “name”, or the file name of Content-Disposition."""
    header = Message()
    header["Content-Disposition"] = (
        request.headers.get("Content-Disposition", "")[:1000].replace("\r", "").replace("\n", "")
    )
    return name_of(request.GET.get("name", "") or header.get_filename("") or "") or default


def wait_of(request: HttpRequest) -> int:
    """How many seconds the sender would wait for everything to be settled (RFC 7240), at most LONGEST_WAIT."""
    found = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})", request.headers.get("Prefer", ""))
    return min(int(found.group(1)), LONGEST_WAIT) if found else 0

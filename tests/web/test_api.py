"""The API for scrapers: who gets in, what is taken, what is answered, and what is refused."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.actions.tokens import make_token, revoke_token
from articles.intake import deliveries
from articles.models import Article, Delivery, FilePiece, Original, Receipt, ScraperToken, Upload
from articles.views.api import views
from tests.factories import PAGE, TEXT

pytestmark = pytest.mark.django_db
URL = "/api/articles/"
ONE = {"url": "https://x.example/port", "title": "Le port rouvre", "source": "RFI", "text": TEXT}


class Scraper:
    """A program with a token: no cookie, no form."""

    def __init__(self, secret: str) -> None:
        # With the checks that a browser's forms would have to pass.
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def post(self, body: Any, kind: str = "application/json", query: str = "", **headers: str) -> Any:
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        said = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(URL + query, data, content_type=kind, headers=said)

    def form(self, *files: tuple[str, bytes], query: str = "", **headers: str) -> Any:
        data = {"file": [SimpleUploadedFile(name, content) for name, content in files]}
        said = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(URL + query, data, headers=said)

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers)


@pytest.fixture
def token(ana: User) -> ScraperToken:
    return make_token(name="night", person=ana, by=None)[0]


@pytest.fixture
def scraper(ana: User) -> Scraper:
    return Scraper(make_token(name="day", person=ana, by=None)[1])


def problem(response: Any, status: int) -> str:
    """The sentence of a refusal, which has the shape of RFC 9457."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    content = response.json()
    assert content["status"] == status
    assert content["title"]
    assert content["detail"][0].isupper() or content["detail"][0] == "“" or content["detail"].split()[0].isalpha()
    assert content["detail"].endswith((".", "”."))
    assert "Traceback" not in response.content.decode()
    return content["detail"]


# Who gets in


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer newsroom_wrong",
        "Bearer \udce9".encode("utf-8", "replace").decode(),
        "Token x",
    ],
)
def test_who_has_no_token_is_asked_for_one_and_nothing_is_taken(header: str, token: ScraperToken) -> None:
    headers = {"Authorization": header} if header else {}
    response = Client().post(URL, json.dumps(ONE), content_type="application/json", headers=headers)
    problem(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert not Upload.objects.exists()


def test_a_session_is_no_token(desk: Any) -> None:
    problem(desk("ana").post(URL, json.dumps(ONE), content_type="application/json"), 401)


def test_a_revoked_token_is_answered_as_one_that_never_was(ana: User, dov: User) -> None:
    token, secret = make_token(name="x", person=ana, by=dov)
    revoke_token(token, by=dov)
    revoked, never = Scraper(secret).post(ONE), Scraper("newsroom_never").post(ONE)
    assert problem(revoked, 401) == problem(never, 401)
    assert revoked.headers == never.headers


@pytest.mark.parametrize("how", ["inactive", "no permission"])
def test_a_token_lets_in_only_while_its_person_may_upload(how: str, ana: User, scraper: Scraper) -> None:
    if how == "inactive":
        User.objects.filter(pk=ana.pk).update(is_active=False)
    else:
        ana.groups.clear()
    problem(scraper.post(ONE), 403)
    problem(scraper.get("/api/uploads/1/"), 403)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options"])
def test_only_post_brings_articles(method: str, scraper: Scraper) -> None:
    response = getattr(scraper.client, method)(URL, headers=scraper.headers)
    problem(response, 405)
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_receipts_are_only_read(method: str, scraper: Scraper) -> None:
    number = scraper.post(ONE).json()["id"]
    problem(getattr(scraper.client, method)(f"/api/uploads/{number}/", headers=scraper.headers), 405)


# What is taken


def test_an_article_comes_in_under_the_name_of_who_answers_for_the_token(scraper: Scraper, ana: User) -> None:
    response = scraper.post(ONE, query="?note=night+run")
    assert response.status_code == 201
    content = response.json()
    article = Article.objects.get()
    upload = Upload.objects.get()
    assert (upload.by, upload.way, upload.note, upload.state) == (ana, "api", "night run", "done")
    assert (article.given_url, article.given_outlet) == ("https://x.example/port", "RFI")
    assert content["id"] == upload.pk
    assert content["counts"] == {"waiting": 0, "created": 1, "duplicate": 0, "failed": 0, "skipped": 0}
    receipt = content["receipts"][0]
    assert (receipt["outcome"], receipt["position"], receipt["url"]) == ("created", 0, ONE["url"])
    assert receipt["article"] == {"id": article.pk, "page": f"http://testserver/articles/{article.pk}/"}
    assert response["Location"] == content["links"]["self"] == f"http://testserver/api/uploads/{upload.pk}/"
    assert scraper.get(content["links"]["self"]).json()["receipts"] == content["receipts"]
    assert ScraperToken.objects.get(name="day").last_used_at is not None


@pytest.mark.parametrize("shape", [lambda a, b: [a, b], lambda a, b: {"articles": [a, b]}])
def test_many_come_in_at_once_each_with_its_receipt(shape: Any, scraper: Scraper) -> None:
    content = scraper.post(shape(ONE, {"title": "no text"})).json()
    assert [row["outcome"] for row in content["receipts"]] == ["created", "failed"]
    assert content["receipts"][1]["message"].startswith("There is no article in it")


def test_what_is_here_already_is_no_news(scraper: Scraper, article: Article) -> None:
    response = scraper.post({"text": article.raw_text})
    assert response.status_code == 200
    receipt = response.json()["receipts"][0]
    assert (receipt["outcome"], receipt["article"]["id"]) == ("duplicate", article.pk)


def test_a_file_is_taken_as_a_body(scraper: Scraper) -> None:
    query = "?name=../dir/b.html&url=https://x.example/b&outlet=RFI"
    content = scraper.post(PAGE.encode(), "text/html; charset=utf-8", query=query).json()
    article = Article.objects.get()
    assert (article.format, article.given_url, article.given_outlet) == ("html", "https://x.example/b", "RFI")
    assert article.given["charset"] == "utf-8"
    assert content["receipts"][0]["name"] == "b.html"


def test_a_file_has_the_name_that_its_header_says(scraper: Scraper) -> None:
    header = "attachment; filename=\"c.txt\"; filename*=UTF-8''m%C3%A9t%C3%A9o.txt"
    content = scraper.post(TEXT.encode(), "text/plain", Content_Disposition=header).json()
    assert content["receipts"][0]["name"] in ("c.txt", "météo.txt")


def test_files_come_in_a_form_each_with_its_receipt(scraper: Scraper) -> None:
    content = scraper.form(("a.txt", TEXT.encode()), ("b.html", PAGE.encode()), ("empty.txt", b"")).json()
    assert [(row["name"], row["outcome"]) for row in content["receipts"]] == [
        ("a.txt", "created"),
        ("b.html", "created"),
        ("empty.txt", "failed"),
    ]


def test_a_large_file_is_never_whole_in_memory(scraper: Scraper, monkeypatch: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 4 * 1024 * 1024
    pieces: list[int] = []
    written = deliveries.FileTaker.write

    def write(self: Any, data: bytes) -> None:
        pieces.append(len(data))
        written(self, data)

    monkeypatch.setattr(deliveries.FileTaker, "write", write)
    text = (TEXT * 2000)[: 3 * 1024 * 1024]
    scraper.post(text.encode(), "text/plain")
    scraper.form(("a.txt", text.encode()))
    assert max(pieces) <= 64 * 1024
    assert not FilePiece.objects.exists(), "pieces go once the file is cut"


def test_the_tokens_outlet_is_said_where_the_scraper_says_none(ana: User) -> None:
    scraper = Scraper(make_token(name="x", person=ana, by=None, outlet="RFI")[1])
    scraper.post([{"text": TEXT}, {"html": PAGE, "source": "Le Courrier"}])
    scraper.post(TEXT.replace("pêche", "plaisance").encode(), "text/plain")
    assert list(Article.objects.order_by("pk").values_list("given_outlet", flat=True)) == ["RFI", "Le Courrier", "RFI"]


def test_keys_of_other_names_are_told_in_the_address(scraper: Scraper) -> None:
    scraper.post({"absatz": TEXT, "wo": "https://x.example/1"}, query="?map=text:absatz&map=url:wo")
    assert Article.objects.get().given_url == "https://x.example/1"
    assert Upload.objects.get().mapping == {"text": "absatz", "url": "wo"}


def test_what_no_database_holds_is_left_out_of_what_is_said(scraper: Scraper) -> None:
    query = "?outlet=R%00FI&note=a%00b%ED%A0%80&map=title:head%00line&name=a%00.txt&url=https://x.example/%00"
    response = scraper.post(TEXT.encode(), "text/plain; charset=utf%008", query=query)
    assert response.status_code == 201
    upload = Upload.objects.get()
    assert (upload.given, upload.mapping) == ({"outlet": "RFI"}, {"title": "headline"})
    assert "\0" not in f"{upload.note}{upload.receipts.get().name}{upload.receipts.get().given}"


# What is refused


@pytest.mark.parametrize(
    ("body", "words", "line", "column"),
    [
        ('{"text": "x",\n "url": }', "line 2, column 9", 2, 9),
        ('{"text": "x"} {"text": "y"}', "line 1, column 15", 1, 15),
        ('{"text": "a\nb"}', "line 1, column 12", 1, 12),
        ("nonsense", "line 1, column 1", 1, 1),
        (b'{"text": "\xff\xfe"}', "UTF-8", None, None),
        ("[" * 200_000, "nested too deeply", None, None),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "digits", None, None),
    ],
)  # fmt: skip
def test_bad_json_is_told_where_it_is_bad(
    body: Any, words: str, line: int | None, column: int | None, scraper: Scraper
) -> None:
    response = scraper.post(body)
    assert words in problem(response, 400)
    assert (response.json().get("line"), response.json().get("column")) == (line, column)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "body", [[], {}, 3, '"words"', "null", {"articles": []}, {"title": "x"}, {"text": "  "}, [{"a": 1}]]
)
def test_json_without_an_article_leaves_nothing_behind(body: Any, scraper: Scraper) -> None:
    problem(scraper.post(body), 422)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["image/png", "application/x-www-form-urlencoded", "", "video/mp4", "nonsense"])
def test_other_kinds_are_not_taken(kind: str, scraper: Scraper) -> None:
    response = scraper.post(b"x=1", kind)
    assert "application/json" in problem(response, 415)
    assert "application/json" in response["Accept-Post"]


def test_a_packed_body_is_not_taken_but_a_packed_file_is(scraper: Scraper) -> None:
    response = scraper.post(gzip.compress(json.dumps(ONE).encode()), Content_Encoding="gzip")
    problem(response, 415)
    assert response["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-ndjson", "text/plain", "multipart/form-data; boundary=x"]
)
def test_an_empty_body_is_said(kind: str, scraper: Scraper) -> None:
    problem(scraper.post(b"", kind), 422)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?url=javascript:alert(1)", "web address"),
        ("?colour=red", "no parameter “colour”"),
        ("?map=title", "map"),
        ("?map=colour:x", "map"),
        ("?map=title:", "map"),
    ],
)
def test_a_wrong_parameter_is_said(query: str, words: str, scraper: Scraper) -> None:
    assert words in problem(scraper.post(ONE, query=query), 400)
    assert not Upload.objects.exists()


def test_what_is_too_large_is_refused_before_it_is_read(scraper: Scraper, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.UPLOAD_MAX_TOTAL = 1500
    response = scraper.post(ONE)
    assert "application/x-ndjson" in problem(response, 413)
    assert response.json()["limit"] == 1000
    problem(scraper.post(TEXT.encode() * 2, "text/plain"), 413)
    problem(scraper.form(("a.txt", TEXT.encode() * 2)), 413)
    assert not Upload.objects.exists()


def test_too_many_articles_are_refused_and_too_many_files_get_receipts(scraper: Scraper, settings: Any) -> None:
    settings.UPLOAD_MAX_ITEMS = 2
    problem(scraper.post([ONE] * 3), 413)
    assert not Upload.objects.exists()
    settings.UPLOAD_MAX_FILES = 1
    content = scraper.form(("a.txt", TEXT.encode()), ("b.txt", b"more")).json()
    assert [row["outcome"] for row in content["receipts"]] == ["created", "failed"]
    assert "One upload takes 1 files" in content["receipts"][1]["message"]


def test_chunks_without_a_length_are_asked_for_it(scraper: Scraper) -> None:
    response = scraper.client.generic(
        "POST", URL, b"", content_type="text/plain", headers=scraper.headers | {"Transfer-Encoding": "chunked"}
    )
    problem(response, 411)


@pytest.mark.parametrize(
    "body",
    [b"no parts here", b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nwords\r\n--x--\r\n', b"--x--\r\n"],
)
def test_a_form_without_files_is_said(body: bytes, scraper: Scraper) -> None:
    response = scraper.post(body, "multipart/form-data; boundary=x")
    assert response.status_code in (400, 422)
    problem(response, response.status_code)
    assert not Upload.objects.exists()


def test_a_form_that_is_none_is_said(scraper: Scraper) -> None:
    problem(scraper.post(b"x", "multipart/form-data"), 400)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x"])
def test_what_breaks_off_leaves_nothing_and_may_be_sent_again(kind: str, scraper: Scraper) -> None:
    body = TEXT.encode()
    if "boundary" in kind:
        body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + body + b"\r\n--x--\r\n"

    def send(data: bytes) -> Any:
        said = scraper.headers | {"Idempotency-Key": "k"}
        stream = {"wsgi.input": io.BytesIO(data), "CONTENT_LENGTH": str(len(body))}
        return scraper.client.generic("POST", URL, data, content_type=kind, headers=said, **stream)

    response = send(body[:300])
    assert response.status_code == 400
    assert not Upload.objects.exists()
    assert not Original.objects.exists()
    assert send(body).status_code == 201


def test_a_bug_of_ours_says_nothing_of_itself_and_leaves_nothing_half(
    scraper: Scraper, monkeypatch: Any, caplog: Any
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(deliveries, "take_several", broken)
    response = scraper.post(ONE)
    problem(response, 500)
    assert "secret of the house" not in response.content.decode()
    assert "secret of the house" in caplog.text
    assert not Upload.objects.exists()


# The key


def test_the_same_key_gives_the_same_receipts(scraper: Scraper) -> None:
    first, again = scraper.post(ONE, Idempotency_Key='"k-1"'), scraper.post(ONE, Idempotency_Key="k-1")
    assert again.status_code == first.status_code == 201
    assert again.json() == first.json() | {"repeated": True}
    assert not first.json()["repeated"]
    assert Upload.objects.count() == Receipt.objects.count() == 1


def test_files_under_the_same_key_are_compared_and_not_taken_again(scraper: Scraper) -> None:
    files = (("a.txt", TEXT.encode()), ("b.html", PAGE.encode()))
    first = scraper.form(*files, Idempotency_Key="k").json()
    again = scraper.form(*files, Idempotency_Key="k").json()
    assert again == first | {"repeated": True}
    problem(scraper.form(*reversed(files), Idempotency_Key="k"), 409)
    raw = scraper.post(TEXT.encode(), "text/plain", Idempotency_Key="r").json()
    assert scraper.post(TEXT.encode(), "text/plain", Idempotency_Key="r").json() == raw | {"repeated": True}
    assert Upload.objects.count() == 2


def test_something_else_under_the_same_key_is_refused(scraper: Scraper) -> None:
    scraper.post(ONE, Idempotency_Key="k")
    for response in (
        scraper.post({**ONE, "title": "Another"}, Idempotency_Key="k"),
        scraper.post(ONE, query="?outlet=RFI", Idempotency_Key="k"),
        scraper.post(TEXT.encode(), "text/plain", Idempotency_Key="k"),
    ):
        assert "Use a new key" in problem(response, 409)
    assert Upload.objects.count() == 1


def test_a_key_is_the_tokens_own(scraper: Scraper, ana: User) -> None:
    other = Scraper(make_token(name="other", person=ana, by=None)[1])
    first = scraper.post(ONE, Idempotency_Key="k").json()["id"]
    second = other.post({"text": TEXT.replace("pêche", "plaisance")}, Idempotency_Key="k")
    assert second.status_code == 201
    assert second.json()["id"] != first


def test_a_key_whose_request_is_not_over_asks_for_patience(scraper: Scraper) -> None:
    scraper.post(ONE, Idempotency_Key="k")
    Upload.objects.update(state="receiving")
    response = scraper.post(ONE, Idempotency_Key="k")
    assert "still being received" in problem(response, 409)
    assert response["Retry-After"]


@pytest.mark.parametrize("key", ["", " ", '""', "é", "x" * 151])
def test_a_key_that_is_none_is_refused(key: str, scraper: Scraper) -> None:
    problem(scraper.post(ONE, Idempotency_Key=key), 400)
    assert not Upload.objects.exists()


# Receipts


@pytest.fixture
def several(scraper: Scraper) -> dict[str, Any]:
    texts = [TEXT.replace("pêche", word) for word in ("pêche", "plaisance", "guerre")]
    return scraper.post([*({"text": text} for text in texts), {"title": "no text"}]).json()


def test_receipts_come_in_pages(several: dict[str, Any], scraper: Scraper) -> None:
    seen, url = [], several["links"]["self"] + "?limit=3"
    while url:
        page = scraper.get(url).json()
        assert page["counts"] == several["counts"]
        seen += [row["position"] for row in page["receipts"]]
        url = page["links"]["next"]
    assert seen == [0, 1, 2, 3]


def test_receipts_of_one_outcome_are_asked_for(several: dict[str, Any], scraper: Scraper) -> None:
    page = scraper.get(several["links"]["self"] + "?outcome=created&limit=2").json()
    assert [row["position"] for row in page["receipts"]] == [0, 1]
    assert "outcome=created" in page["links"]["next"]
    page = scraper.get(several["links"]["self"] + "?outcome=failed").json()
    assert [row["position"] for row in page["receipts"]] == [3]


@pytest.mark.parametrize(
    "query", ["?limit=0", "?limit=1001", "?limit=x", "?after=-1", "?after=²", "?outcome=lost", "?limit=" + "9" * 30]
)
def test_a_page_that_is_none_is_said(query: str, several: dict[str, Any], scraper: Scraper) -> None:
    problem(scraper.get(several["links"]["self"] + query), 400)


def test_only_what_came_with_the_token_is_shown(
    several: dict[str, Any], scraper: Scraper, ana: User, article: Article
) -> None:
    other = Scraper(make_token(name="other", person=ana, by=None)[1])
    assert problem(other.get(several["links"]["self"]), 404) == problem(scraper.get("/api/uploads/999999/"), 404)
    problem(scraper.get(f"/api/uploads/{article.receipts.get().upload_id}/"), 404)
    assert scraper.client.get(f"/api/uploads/{10**25}/", headers=scraper.headers).status_code == 404


def test_what_still_waits_is_answered_at_once_or_waited_for(scraper: Scraper, monkeypatch: Any) -> None:
    monkeypatch.setattr(deliveries, "close", lambda upload: deliveries_close(upload))
    response = scraper.post(ONE)
    assert response.status_code == 202
    assert response.json()["counts"]["waiting"] == 1
    assert "Preference-Applied" not in response

    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        Upload.objects.update(state="done")

    monkeypatch.setattr(views.time, "sleep", sleep)
    response = scraper.post(ONE | {"text": TEXT * 2}, Prefer="respond-async, wait=5")
    assert response.status_code == 200
    assert response["Preference-Applied"] == "wait=5"
    assert naps == [views.LOOK]
    assert scraper.post(ONE | {"text": TEXT * 3}, Prefer="wait=0").status_code == 202
    assert scraper.post(ONE | {"text": TEXT * 4}, Prefer="wait=999999")["Preference-Applied"] == "wait=20"


def deliveries_close(upload: Upload) -> Upload:
    """As it is where workers read: the items wait."""
    Upload.objects.filter(pk=upload.pk).update(state="waiting")
    upload.refresh_from_db()
    return upload


def test_a_delivery_is_kept_with_its_token(scraper: Scraper) -> None:
    scraper.post(ONE)
    delivery = Delivery.objects.get()
    assert delivery.token.name == "day"
    assert len(delivery.sha256) == 64


# The page for people


def test_the_page_shows_how_and_the_tokens_of_who_looks(desk: Any, ana: User, bea: User) -> None:
    token, secret = make_token(name="night scraper", person=ana, by=None)
    make_token(name="somebody else’s", person=bea, by=None)
    html = desk("ana").get("/api/").content.decode()
    assert "curl http://testserver/api/articles/" in html
    assert "night scraper" in html
    assert "somebody else" not in html
    assert secret not in html
    assert token.digest not in html


def test_zip_is_named_as_something_that_can_be_sent(scraper: Scraper) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", TEXT)
    assert scraper.post(packed.getvalue(), "application/zip").status_code in (200, 201)

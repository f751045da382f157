"""The description for machines: valid, complete, and true of what the views answer."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from articles.actions.tokens import make_token
from articles.intake import deliveries
from articles.intake.json_items import MAPPED
from articles.intake.uploads import take_several
from articles.models import Receipt, Upload
from articles.views.api import asked, views
from tests.factories import TEXT
from tests.web.test_api import Scraper

pytestmark = pytest.mark.django_db
DOCUMENT = json.loads(views.OPENAPI.read_text(encoding="utf-8"))
SEND, READ = "/api/articles/", "/api/uploads/{id}/"
ONE = {"text": TEXT}


@pytest.fixture
def scraper(ana: User) -> Scraper:
    return Scraper(make_token(name="day", person=ana, by=None)[1])


def resolved(part: Any) -> Any:
    """A part of the document, or what it refers to."""
    while "$ref" in part:
        part, path = DOCUMENT, part["$ref"]
        for step in path.removeprefix("#/").split("/"):
            part = part[step]
    return part


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def documented() -> list[tuple[str, str, str]]:
    return [(path, method, status) for path, method, operation in operations() for status in operation["responses"]]


def fits(value: Any, schema: dict[str, Any]) -> None:
    """Assert that a value is what a schema of the document says."""
    whole = Registry().with_resource(
        "urn:document", Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
    )
    errors = list(OAS31Validator(_absolute(schema), registry=whole).iter_errors(value))
    assert not errors, "\n".join(error.message for error in errors)


def _absolute(part: Any) -> Any:
    if isinstance(part, dict):
        return {k: f"urn:document{v}" if k == "$ref" else _absolute(v) for k, v in part.items()}
    return [_absolute(each) for each in part] if isinstance(part, list) else part


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_it_is_served_to_everybody() -> None:
    response = Client().get("/api/openapi.json")
    assert response.json() == DOCUMENT
    assert response["Content-Type"] == "application/json"
    assert Client().post("/api/openapi.json").status_code == 405


def test_every_path_of_it_leads_to_a_view_and_every_view_is_in_it() -> None:
    names = {resolve(path.replace("{id}", "1")).url_name for path in DOCUMENT["paths"]}
    assert names == {"api_articles", "api_upload", "openapi"}


def test_it_names_the_parameters_and_limits_of_the_code() -> None:
    send = DOCUMENT["paths"][SEND]["post"]
    query = [resolved(row) for row in send["parameters"]]
    assert {row["name"] for row in query if row["in"] == "query"} == set(asked.PARAMETERS)
    mapped = next(row for row in query if row["name"] == "map")["schema"]["items"]["pattern"]
    assert mapped == f"^({'|'.join(MAPPED)}):.+$"
    key = next(row for row in query if row["name"] == "Idempotency-Key")
    assert key["schema"]["maxLength"] == deliveries.KEY_LENGTH
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["Outcome"]["enum"] == [name for name, _ in Receipt.OUTCOMES]
    assert schemas["Upload"]["properties"]["state"]["enum"] == [name for name, _ in Upload.STATES]


def examples() -> Iterator[tuple[str, Any]]:
    for kind, content in DOCUMENT["paths"][SEND]["post"]["requestBody"]["content"].items():
        values = [row["value"] for row in content.get("examples", {}).values()]
        yield from ((kind, value) for value in values + [content[k] for k in ("example",) if k in content])


@pytest.mark.parametrize(("kind", "value"), list(examples()))
def test_every_example_can_be_sent_as_it_stands(kind: str, value: Any, scraper: Scraper) -> None:
    fits(value, DOCUMENT["paths"][SEND]["post"]["requestBody"]["content"][kind]["schema"])
    data = value.encode() if isinstance(value, str) else value
    response = scraper.post(data, kind)
    assert response.status_code == 201, response.content
    counts = response.json()["counts"]
    assert counts["created"] == (1 if kind != "application/x-ndjson" else counts["created"])


@pytest.mark.parametrize(("path", "method", "status"), documented())
def test_every_example_of_an_answer_is_one(path: str, method: str, status: str) -> None:
    content = resolved(DOCUMENT["paths"][path][method]["responses"][status])["content"]
    for media in content.values():
        if "example" in media:
            fits(media["example"], media["schema"])
            assert media["example"].get("status", int(status)) == int(status)


def _nobody(ask: Callable[[Scraper], Any]) -> Callable[[Scraper, Any, Any], Any]:
    return lambda scraper, patch, settings: ask(Scraper("newsroom_wrong"))


def _not_allowed(ask: Callable[[Scraper], Any]) -> Callable[[Scraper, Any, Any], Any]:
    def answer(scraper: Scraper, patch: Any, settings: Any) -> Any:
        User.objects.update(is_active=False)
        return ask(scraper)

    return answer


def _broken(ask: Callable[[Scraper], Any], name: str) -> Callable[[Scraper, Any, Any], Any]:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    def answer(scraper: Scraper, patch: Any, settings: Any) -> Any:
        patch.setattr(views, name, broken)
        return ask(scraper)

    return answer


def _again(scraper: Scraper, patch: Any, settings: Any) -> Any:
    scraper.post(ONE)
    return scraper.post({"text": TEXT + "\n"})


def _waiting(scraper: Scraper, patch: Any, settings: Any) -> Any:
    patch.setattr(deliveries, "close", lambda upload: upload)
    return scraper.post(ONE)


def _conflict(scraper: Scraper, patch: Any, settings: Any) -> Any:
    scraper.post(ONE, Idempotency_Key="k")
    return scraper.post({"text": "else"}, Idempotency_Key="k")


def _swept(scraper: Scraper, patch: Any, settings: Any) -> Any:
    """Nothing came for so long that it was given up meanwhile."""
    patch.setattr(deliveries.Incoming, "items", lambda self, items, body: Upload.objects.all().delete())
    patch.setattr(deliveries.Incoming, "finish", lambda self: take_several(self.upload, []))
    return scraper.post(ONE)


def _too_large(scraper: Scraper, patch: Any, settings: Any) -> Any:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    return scraper.post(ONE)


def _length(scraper: Scraper, patch: Any, settings: Any) -> Any:
    return scraper.client.generic("POST", SEND, b"", headers=scraper.headers | {"Transfer-Encoding": "chunked"})


def _read(query: str = "") -> Callable[[Scraper], Any]:
    return lambda scraper: scraper.get(f"/api/uploads/{scraper.post(ONE).json().get('id', 1)}/{query}")


def _plain(ask: Callable[[Scraper], Any]) -> Callable[[Scraper, Any, Any], Any]:
    return lambda scraper, patch, settings: ask(scraper)


# How each answer of the document comes about.
ANSWERS: dict[tuple[str, str, str], Callable[[Scraper, Any, Any], Any]] = {
    (SEND, "post", "200"): _again,
    (SEND, "post", "201"): _plain(lambda s: s.post(ONE)),
    (SEND, "post", "202"): _waiting,
    (SEND, "post", "400"): _plain(lambda s: s.post("{")),
    (SEND, "post", "401"): _nobody(lambda s: s.post(ONE)),
    (SEND, "post", "403"): _not_allowed(lambda s: s.post(ONE)),
    (SEND, "post", "405"): _plain(lambda s: s.get(SEND)),
    (SEND, "post", "408"): _swept,
    (SEND, "post", "409"): _conflict,
    (SEND, "post", "411"): _length,
    (SEND, "post", "413"): _too_large,
    (SEND, "post", "415"): _plain(lambda s: s.post(b"x", "image/png")),
    (SEND, "post", "422"): _plain(lambda s: s.post([])),
    (SEND, "post", "500"): _broken(lambda s: s.post(ONE), "Incoming"),
    (READ, "get", "200"): _plain(_read()),
    (READ, "get", "400"): _plain(_read("?limit=x")),
    (READ, "get", "401"): _nobody(_read()),
    (READ, "get", "403"): _not_allowed(_read()),
    (READ, "get", "404"): _plain(lambda s: s.get("/api/uploads/99999/")),
    (READ, "get", "405"): _plain(lambda s: s.client.put("/api/uploads/1/", headers=s.headers)),
    (READ, "get", "500"): _broken(_read(), "_found"),
    ("/api/openapi.json", "get", "200"): _plain(lambda s: Client().get("/api/openapi.json")),
}


def test_every_answer_of_the_document_is_asked_for() -> None:
    assert set(ANSWERS) == set(documented())


@pytest.mark.parametrize(("path", "method", "status"), list(ANSWERS))
def test_every_answer_is_as_the_document_says(
    path: str, method: str, status: str, scraper: Scraper, monkeypatch: Any, settings: Any
) -> None:
    response = ANSWERS[path, method, status](scraper, monkeypatch, settings)
    assert response.status_code == int(status), response.content
    described = resolved(DOCUMENT["paths"][path][method]["responses"][status])
    media = response["Content-Type"].split(";")[0]
    assert media in described["content"]
    fits(response.json(), described["content"][media]["schema"])
    required = {"WWW-Authenticate": ("401",), "Allow": ("405",), "Location": ("200", "201", "202")}
    for header in described.get("headers", {}):
        if status in required.get(header, ()):
            assert response[header]

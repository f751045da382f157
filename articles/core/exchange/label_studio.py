"""Label Studio, JSON: a list of tasks. What people confirmed is an annotation, what is only suggested a prediction.

Offsets are code points: so Label Studio counts since its text regions know emoji (``charsToCodePoints`` in its
``selection-tools.js``). Older ones counted UTF-16 units, as JavaScript does; where the words of a region (``value.text``)
stand there and not at the code points, that is what was meant.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from articles.core.exchange import json_values as j
from articles.core.exchange.labels import ours
from articles.core.exchange.values import AnnotatedText, ExchangeError, State, Tag, checked, decoded, once

FROM, TO = "label", "text"


def write(articles: Iterable[AnnotatedText]) -> Iterator[bytes]:
    """One list of tasks."""
    first = True
    yield b"["
    for article in articles:
        yield (("\n" if first else ",\n") + j.written(_task(article))).encode()
        first = False
    yield b"\n]\n"


def _task(article: AnnotatedText) -> dict[str, Any]:
    data = {
        "text": article.text,
        "article": article.id,
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "published": article.published,
    }
    confirmed = [_region(article, number, tag) for number, tag in enumerate(article.tags) if tag.state == "confirmed"]
    suggested = [_region(article, number, tag) for number, tag in enumerate(article.tags) if tag.state == "suggested"]
    task: dict[str, Any] = {"data": data, "annotations": [{"result": confirmed}] if confirmed else []}
    if suggested:
        task["predictions"] = [{"model_version": "newsroom", "result": suggested}]
    return task


def _region(article: AnnotatedText, number: int, tag: Tag) -> dict[str, Any]:
    value = {"start": tag.start, "end": tag.end, "text": article.quoted(tag)[0], "labels": [tag.type]}
    region: dict[str, Any] = {"id": f"t{number}", "from_name": FROM, "to_name": TO, "type": "labels", "value": value}
    if tag.state == "suggested":
        region["score"] = tag.score
    if tag.entity or tag.wikidata:
        region["meta"] = {"entity": tag.entity, "wikidata": tag.wikidata}
    return region


def read(data: bytes) -> Iterator[AnnotatedText]:
    """The tasks in order; ExchangeError for the first that is none. One task alone is read as well."""
    tasks = j.parsed(decoded(data, "The file"), "The file")
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        yield _article(j.Record(task, f"Task {number}"))


def _article(task: j.Record) -> AnnotatedText:
    data = task.record("data")
    if not isinstance(data.value.get("text"), str):
        raise ExchangeError(f"{task.where} has no text under “data”, “text”.")
    text = data.words("text")
    tags: list[Tag] = []
    left_out: list[str] = []
    states: tuple[tuple[str, State], ...] = (
        ("annotations", "confirmed"), ("completions", "confirmed"), ("predictions", "suggested"),
    )  # fmt: skip
    for key, state in states:
        for number, one in enumerate(task.items(key), 1):
            said = j.Record(one, f"{task.where}, {key} {number}")
            if said.value.get("was_cancelled"):
                left_out.append(f"{said.where} was cancelled by who made it.")
                continue
            for at, region in enumerate(said.items("result"), 1):
                tags += _tags(j.Record(region, f"{said.where}, region {at}"), said, text, state, left_out)
    return checked(
        AnnotatedText(
            id=data.words("article") or task.words("id"),
            text=text,
            tags=once(tags),
            title=data.words("title"),
            language=data.words("language"),
            url=data.words("url"),
            published=data.words("published"),
            left_out=tuple(left_out),
        ),
        task.where,
    )


def _tags(region: j.Record, said: j.Record, text: str, state: State, left_out: list[str]) -> Iterator[Tag]:
    if region.words("type") != "labels":
        left_out.append(f"{region.where} is no label on words.")
        return
    value = region.record("value")
    start, end = _place(text, value.whole("start"), value.whole("end"), value.words("text"))
    score = region.share("score", said.share("score", 1.0)) if state == "suggested" else 1.0
    meta = region.record("meta") if isinstance(region.value.get("meta"), dict) else j.Record({}, region.where)
    for label in value.items("labels"):
        yield Tag(
            start=start,
            end=end,
            type=ours(j.words(label, value.where)),
            state=state,
            score=score,
            entity=meta.words("entity"),
            wikidata=meta.words("wikidata"),
        )


def _place(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """The range in code points, though it may have been counted in UTF-16 units."""
    if not quote or not 0 <= start < end or _plain(text[start:end]) == _plain(quote):
        return start, end
    units = text.encode("utf-16-le")
    if 2 * end > len(units):
        return start, end
    before, words = (part.decode("utf-16-le", "replace") for part in (units[: 2 * start], units[2 * start : 2 * end]))
    return (len(before), len(before) + len(words)) if _plain(words) == _plain(quote) else (start, end)


def _plain(words: str) -> str:
    """Words without their white space: Label Studio writes a line break as a backslash and an n."""
    return "".join(words.replace("\\n", " ").split())

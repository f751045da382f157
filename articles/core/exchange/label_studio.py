"""Label Studio, JSON: a list of tasks. What people confirmed is an annotation, what is only suggested a prediction.

Offsets are code points: so Label Studio counts since its text regions know emoji (``charsToCodePoints`` in its
``selection-tools.js``). Older ones counted UTF-16 units, as JavaScript does; where the words of a region (``value.text``)
stand there and not at the code points, that is what was meant (``offsets``).

Read as well: its small JSON ("JSON_MIN"), where a task's data, and the regions of each control under its name, stand side
by side; and ``completions``, as annotations were called once. The text is under ``text``, or the only words in the data.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from articles.core.exchange import json_values as j
from articles.core.exchange.labels import ours
from articles.core.exchange.offsets import held
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
    small = "data" not in task
    data = task if small else task.record("data")
    text = _text(data, task.where, small=small)
    left_out: list[str] = []
    tags = list(_of_small(task, text, left_out) if small else _of_task(task, text, left_out))
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


def _text(data: j.Record, where: str, *, small: bool) -> str:
    if isinstance(data.value.get("text"), str):
        return data.words("text")
    words = [key for key, value in data.value.items() if isinstance(value, str)]
    if small or len(words) != 1:
        raise ExchangeError(f"{where} has no text under “data”, “text”.")
    return data.words(words[0])


def _of_task(task: j.Record, text: str, left_out: list[str]) -> Iterator[Tag]:
    """What people and machines said of a task."""
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
                yield from _tags(j.Record(region, f"{said.where}, region {at}"), said, text, state, left_out)


def _of_small(task: j.Record, text: str, left_out: list[str]) -> Iterator[Tag]:
    """The regions of the small JSON: under whatever name their control has, each a value without a frame."""
    for key, regions in task.value.items():
        if not isinstance(regions, list):
            continue
        for at, region in enumerate(regions, 1):
            where = f"{task.where}, “{key[:40]}” {at}"
            if isinstance(region, dict) and "labels" in region:
                framed = j.Record({"type": "labels", "value": region}, where)
                yield from _tags(framed, framed, text, "confirmed", left_out)
            else:
                left_out.append(f"{where} is no label on words.")


def _tags(region: j.Record, said: j.Record, text: str, state: State, left_out: list[str]) -> Iterator[Tag]:
    if region.words("type") != "labels":
        left_out.append(f"{region.where} is no label on words.")
        return
    value = region.record("value")
    start, end, quote = value.whole("start"), value.whole("end"), value.words("text")
    score = region.share("score", said.share("score", 1.0)) if state == "suggested" else 1.0
    meta = region.record("meta") if isinstance(region.value.get("meta"), dict) else j.Record({}, region.where)
    for label in value.items("labels"):
        tag = Tag(
            start=start,
            end=end,
            type=ours(j.words(label, value.where)),
            state=state,
            score=score,
            entity=meta.words("entity"),
            wikidata=meta.words("wikidata"),
            quote=quote,
        )
        yield held(tag, text)

"""Files that mean harm, or nothing: one sentence that says where, never an exception of another kind."""

import io
import json
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.exchange import FORMATS, ExchangeError, values


def refused(name: str, said: bytes | str) -> str:
    with pytest.raises(ExchangeError) as error:
        list(FORMATS[name].read(said.encode() if isinstance(said, str) else said))
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert len(sentence) < 250
    return sentence


JSON = ["w3c", "doccano", "label-studio"]


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"text": "a"', "is no JSON: expecting"),
        ('{"text": NaN}', "has NaN, which is no number"),
        ('{"text": -Infinity}', "has -Infinity, which is no number"),
        ('{"a": 1, "a": 2}', "has the key 'a' twice"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("1" * 5_000, "too many digits"),
        ("3", "is no object with keys"),
        ('"words"', "is no object with keys"),
        (b"\xff\xfe{}", "is not UTF-8, at byte 0"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(name: str, said: bytes | str, why: str) -> None:
    assert why in refused(name, said)


def doccano(**changes: Any) -> str:
    return json.dumps({"text": "Anne à Paris", "label": [[0, 4, "PER"]]} | changes)


def task(start: Any = 0, end: Any = 4, **changes: Any) -> str:
    region = {"type": "labels", "value": {"start": start, "end": end, "labels": ["PER"]}} | changes
    return json.dumps([{"data": {"text": "Anne à Paris"}, "annotations": [{"result": [region]}]}])


def annotation(start: Any = 0, end: Any = 4, **changes: Any) -> str:
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    one = {
        "type": "Annotation", "motivation": "tagging", "body": {"type": "TextualBody", "value": "PER"},
        "target": {"source": "urn:uuid:a", "selector": place},
    }  # fmt: skip
    text = {
        "type": "Annotation", "motivation": "describing", "body": {"type": "TextualBody", "value": "Anne à Paris"},
        "target": {"id": "urn:uuid:a"},
    }  # fmt: skip
    return json.dumps([text, one | changes])


WRONG_PLACES = [
    (-1, 4),
    (0, 13),
    (4, 4),
    (5, 2),
    (10**30, 10**31),
    (0, 10**400),
    ("0", "4"),
    (0.5, 4),
    (None, 4),
    (True, 4),
]


@pytest.mark.parametrize("place", WRONG_PLACES, ids=str)
def test_a_place_that_is_none_is_refused(place: tuple[Any, Any]) -> None:
    assert refused("doccano", doccano(label=[[*place, "PER"]])).startswith("Line 1")
    assert refused("doccano", doccano(entities=[{"start_offset": place[0], "end_offset": place[1], "label": "PER"}]))
    assert refused("label-studio", task(*place)).startswith("Task 1")
    assert refused("w3c", annotation(*place))


@pytest.mark.parametrize(
    "said",
    [
        doccano(text=None),
        doccano(text=["a"]),
        doccano(text="\ud800"),
        doccano(label="PER"),
        doccano(label=[["PER", 0, 4]]),
        doccano(label=[[0, 4]]),
        doccano(label=[[0, 4, None]]),
        doccano(label=[[0, 4, ""]]),
        doccano(label=[[0, 4, "x" * 101]]),
        doccano(title=[1]),
        doccano(entities=[3]),
        doccano(relations=3),
        "[]",
    ],
)
def test_lines_of_wrong_types_are_refused(said: str) -> None:
    assert refused("doccano", said).startswith("Line 1")


@pytest.mark.parametrize(
    "said",
    [
        '[{"data": {"text": 3}}]',
        '[{"data": 3}]',
        '[{"data": {}}]',
        '[{"data": {"text": "a"}, "annotations": {}}]',
        '[{"data": {"text": "a"}, "annotations": [3]}]',
        '[{"data": {"text": "a"}, "annotations": [{"result": 3}]}]',
        '[{"data": {"text": "a"}, "predictions": [{"score": 7, "result": [{"type": "labels", "value": {"start": 0}}]}]}]',
        task(value=3),
        task(value={"start": 0, "end": 4, "labels": "PER"}),
        task(value={"start": 0, "end": 4, "labels": [3.5]}),
        task(type=[3]),
    ],
)
def test_tasks_of_wrong_types_are_refused(said: str) -> None:
    assert refused("label-studio", said).startswith("Task 1")


@pytest.mark.parametrize(
    "said",
    [
        '{"type": "AnnotationCollection", "first": "https://example/page1"}',
        '{"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [], "next": "https://example/2"}}',
        '{"type": "AnnotationPage", "items": {}}',
        '{"type": "AnnotationPage", "items": [3]}',
        '{"type": "Article"}',
        "[[[[[[[{}]]]]]]]",
        annotation(body={"type": "TextualBody", "value": [3]}),
        annotation(target={"source": "a", "selector": [3]}),
        annotation(target={"source": "a", "selector": {"type": 3.5}}),
        annotation(body=[{"value": "PER", "purpose": "tagging"}, {"value": "suggested 7", "purpose": "assessing"}]),
        annotation(body=[{"value": "PER", "purpose": "tagging"}, {"value": "suggested x", "purpose": "assessing"}]),
    ],
)
def test_annotations_of_wrong_types_are_refused(said: str) -> None:
    refused("w3c", said)


def test_a_line_a_text_and_a_crowd_of_tags_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.core.exchange.doccano.LINE_BYTES", 2**20)
    monkeypatch.setattr("articles.core.exchange.conll.LINE_BYTES", 2**20)
    assert refused("doccano", doccano() + "\n" + doccano(text="x" * 2**20)) == "Line 2 has more than 1 MB."
    assert refused("conll", "x" * (2**20 + 1) + " O") == "A line has more than 1 MB."
    monkeypatch.setattr(values, "TEXT_CHARACTERS", 10)
    assert "the text has 12 characters" in refused("doccano", doccano())
    monkeypatch.undo()
    monkeypatch.setattr(values, "TAGS", 1)
    assert "there are 2 tags" in refused("doccano", doccano(label=[[0, 4, "PER"], [0, 3, "PER"]]))


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


PAIR = (("a.txt", b"Anne"), ("a.ann", b"T1\tPER 0 4\tAnne\n"))


def pair(lines: str) -> bytes:
    return zipped(PAIR[0], ("a.ann", lines.encode()))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "no ZIP"),
        (b"PK\x03\x04", "no ZIP"),
        (zipped(*PAIR)[:-30], "no ZIP"),
        (zipped(), "no .txt"),
        (zipped(("a.ann", b"")), "has no text beside it"),
        (zipped(("a.txt", b"\xff")), "'a.txt' is not UTF-8"),
        (zipped(*PAIR, method=zipfile.ZIP_LZMA), "packed in a way"),
        (pair("T1\tPER 0 9\tAnne"), "no part of a text"),
        (pair("T1\tPER 4 0\tAnne"), "no part of a text"),
        (pair("T1\tPER -1 4\tAnne"), "no label with start and end"),
        (pair("T1\tPER 0 " + "9" * 5000), "no label with start and end"),
        (pair("T1 PER 0 4"), "no line of brat"),
        (pair("{}"), "no line of brat"),
        (pair("T1\t" + "x" * 200 + " 0 4\tAnne"), "no label, or one of more than 100"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_archives_that_are_none_of_brat_are_refused(said: bytes, why: str) -> None:
    assert why in refused("brat", said)


def test_an_archive_that_swells_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(("a.txt", b"x" * (40 * 2**20)))
    assert len(bomb) < 2**17
    assert "too large" in refused("brat", bomb)
    monkeypatch.setattr("articles.core.exchange.brat.FILE_BYTES", 2**20)
    many = zipped(*((f"{n}.txt", b"x" * 2**19) for n in range(4)))
    assert "too large" in refused("brat", many)
    monkeypatch.setattr("articles.core.exchange.brat.MEMBERS", 3)
    assert "more than 3 files" in refused("brat", many)


def test_paths_in_an_archive_are_names_and_lead_nowhere() -> None:
    said = zipped(("../../etc/passwd.txt", b"Anne"), ("../../etc/passwd.ann", b"T1\tPER 0 4\tAnne\n"), ("/b.txt", b"x"))
    assert [article.id for article in FORMATS["brat"].read(said)] == ["passwd", "b"]


def test_a_name_that_is_there_twice_or_encrypted_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(*PAIR, PAIR[0])
    assert "two files named 'a.txt'" in refused("brat", twice)
    locked = bytearray(zipped(*PAIR))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8 : at + 10] = struct.pack("<H", 1)
    assert "is encrypted" in refused("brat", bytes(locked))


def test_a_damaged_member_is_said() -> None:
    content = bytearray(zipped(("a.txt", b"Anne dort. " * 50)))
    content[40:60] = b"\xff" * 20
    assert "damaged" in refused("brat", bytes(content))


@pytest.mark.parametrize(
    "said", ["Anne\n", "Anne B-\n", "Anne PER\n", "Anne X-PER\n", "Anne b-PER\n", "Anne B-PER x\n"]
)
def test_columns_that_are_none_are_refused(said: str) -> None:
    assert refused("conll", "-DOCSTART- -X- O O\n\n" + said).startswith("Line 3")


def read_or_refused(name: str, said: bytes) -> str:
    try:
        return f"{len(list(FORMATS[name].read(said)))} articles"
    except ExchangeError as error:
        return str(error)


@pytest.mark.parametrize("name", FORMATS)
@given(said=st.one_of(st.binary(max_size=200), st.text('{}[]":,0e-\\ntT1\tPER \u2028é', max_size=80).map(str.encode)))
def test_whatever_bytes_come_they_are_read_or_refused(name: str, said: bytes) -> None:
    assert read_or_refused(name, said)


KEYS = (
    *("text", "label", "labels", "entities", "data", "annotations", "predictions", "result", "value", "start", "end"),
    *("type", "items", "first", "target", "selector", "source", "body", "purpose", "exact", "meta", "id", "score"),
)
NUMBERS = st.one_of(st.integers(-5, 20), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)),
    max_leaves=25,
)


@pytest.mark.parametrize("name", JSON)
@given(value=VALUES)
def test_whatever_json_comes_it_is_read_or_refused(name: str, value: Any) -> None:
    assert read_or_refused(name, json.dumps(value).encode())

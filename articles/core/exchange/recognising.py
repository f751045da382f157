"""Which of FORMATS a file is, told from what is in it, as far as that can be told."""

import json
import re
from typing import Any

from articles.core.exchange import FORMATS, ExchangeError, Format, columns
from articles.core.exchange.json_values import parsed
from articles.core.exchange.values import decoded

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
ANNOTATION = re.compile(r"Annotation(?:Collection|Page)?")
OF_DOCCANO = {"label", "labels", "entities", "annotations"}
UNKNOWN = (
    "This is no file of tags that is read here. Read are {} and {}, with the text that was tagged or quotations of it."
)


def recognised(data: bytes) -> Format:
    """The format; ExchangeError for a file that is none of them, or holds nothing."""
    if data.startswith((ZIP, EMPTY_ZIP)):
        return FORMATS["brat"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ExchangeError("The file is UTF-16. Save it as UTF-8.")
    text = decoded(data, "The file")
    if not text.strip():
        raise ExchangeError("The file is empty.")
    name = _of_json(text) if text.lstrip().startswith(("{", "[")) else ""
    if not name and _has_labels(text):
        name = "conll"
    if not name:
        if text.lstrip().startswith(("{", "[")):
            parsed(text, "The file")
        *most, last = [row.label for row in FORMATS.values()]
        raise ExchangeError(UNKNOWN.format(", ".join(most), last))
    return FORMATS[name]


def _of_json(text: str) -> str:
    """The format of JSON by the keys of its first object; "" for what is none."""
    try:
        first = json.loads(text.lstrip().split("\n", 1)[0])
    except (ValueError, RecursionError):
        try:
            first = json.loads(text)
        except (ValueError, RecursionError):
            return ""
    listed = isinstance(first, list)
    if listed and not first:
        return "label-studio"
    while isinstance(first, list) and first:
        first = first[0]
    return _of_keys(first, listed=listed) if isinstance(first, dict) else ""


def _of_keys(value: dict[str, Any], *, listed: bool) -> str:
    kind = value.get("type", value.get("@type"))
    if (isinstance(kind, str) and ANNOTATION.fullmatch(kind)) or "target" in value or "items" in value:
        return "w3c"
    if isinstance(value.get("data"), dict):
        return "label-studio"
    if "text" not in value and "data" not in value:
        return ""
    if (
        listed
        and not any(_pairs(value.get(key)) for key in OF_DOCCANO)
        and any(_regions(row) for row in value.values())
    ):
        return "label-studio"
    return "doccano" if OF_DOCCANO & value.keys() else ""


def _pairs(value: Any) -> bool:
    """Whether this is how doccano writes labels."""
    return isinstance(value, list) and any(
        isinstance(one, list) or (isinstance(one, dict) and "start_offset" in one) for one in value
    )


def _regions(value: Any) -> bool:
    """Whether this is how the small JSON of Label Studio writes them."""
    return isinstance(value, list) and any(isinstance(one, dict) and "labels" in one for one in value)


def _has_labels(text: str) -> bool:
    """Whether the first lines are words with labels."""
    lines = text.split("\n", columns.LOOKED_AT)[: columns.LOOKED_AT]
    shape = columns.shape_of(lines)
    if shape.numbered:
        return True
    rows = [columns.of(line) for line in lines if not shape.is_comment(line)]
    rows = [row for row in rows if row and row[0] != "#"]
    return (
        bool(rows)
        and all(len(row) > 1 for row in rows[:20])
        and (rows[0][0] == "-DOCSTART-" or any(row[-1] == "O" or columns.LABEL.fullmatch(row[-1]) for row in rows))
    )

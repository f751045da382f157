"""What a scraper said beside a text, as one value: evidence "from the upload", never mixed with what the text says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

# The reason of every value whose only proof is that the upload said it.
FROM_THE_UPLOAD = "from the upload"
# Characters of a value, names of authors, other keys, characters of a key and of what it says.
LONGEST, AUTHORS, OTHERS, LONGEST_KEY, LONGEST_OTHER = 2000, 30, 20, 60, 500
# What no database stores, and what no line shows.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(value: object, longest: int = LONGEST) -> str:
    """A string or a number on one line, with nothing in it that cannot be stored; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        return ""
    return " ".join(UNWANTED.sub("", text[: 4 * longest]).split())[:longest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came beside one text; strings as they came, "" when not said.

    ``published`` and ``fetched`` are dates as the scraper writes them, ``charset`` what the transport called the
    encoding, ``other`` further keys, limited in number and length. Built from hostile material by ``from_dict`` only.
    """

    url: str = ""
    outlet: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    fetched: str = ""
    language: str = ""
    section: str = ""
    charset: str = ""
    other: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """What is said, as JSON has it."""
        return dict(self._said())

    def _said(self) -> Iterator[tuple[str, object]]:
        for name in NAMES:
            value = getattr(self, name)
            if value:
                yield name, list(value) if name == "authors" else dict(value) if name == "other" else value

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Given":
        """The same from plain values, whoever wrote them: what is no string, is too long or unknown is left out or cut."""
        said = {name: plain(data.get(name)) for name in NAMES if name not in ("authors", "other")}
        return cls(authors=_names(data.get("authors")), other=_others(data.get("other")), **said)


NAMES = tuple(row.name for row in fields(Given))


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence):
        return ()
    return tuple(name for each in value[:AUTHORS] if (name := plain(each)))


def _others(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    found: dict[str, str] = {}
    for key, said in value.items():
        if len(found) < OTHERS and (name := plain(key, LONGEST_KEY)) and (text := plain(said, LONGEST_OTHER)):
            found[name] = text
    return found

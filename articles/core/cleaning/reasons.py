"""Why the model judged a line as it did, in words that an editor can check against the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.context import AT
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import Lexicon
from articles.core.cleaning.model import Judged
from articles.core.cleaning.windows import FAR

# A word is named when it moves the odds at least so much; so many words are enough.
TELLING, NAMED = 0.6, 3
# Shorter words say little to a reader, whatever they say to the model.
LONG_ENOUGH = 4
SHORT, ROW = 6, 3
NEAR = 3
OTHER_TOPIC, SAME_TOPIC = 0.25, 0.55
ENOUGH_WORDS = 8
PLACES = {
    "in_nav": "stands in the page's menu",
    "in_footer": "stands in the page's footer",
    "in_aside": "stands beside the article",
    "in_figure": "stands in a figure",
    "in_form": "part of a form",
    "in_button": "a button",
    "in_time": "marked as a time in the page",
    "in_blockquote": "set apart as a quotation in the page",
    "in_header": "stands in the page's header",
}
HEADINGS = {
    "comments": "comments",
    "related": "other articles",
    "subscribe": "subscriptions",
    "share": "sharing",
    "ad": "advertising",
}


@dataclass(slots=True, kw_only=True)
class Reasons:
    """The reasons of one page, found line by line when they are asked for."""

    judged: Judged
    lexicon: Lexicon
    _columns: dict[str, int] = field(default_factory=dict)
    _starts: npt.NDArray[np.int64] | None = None
    _rows: npt.NDArray[np.int64] | None = None

    def of(self, line: int, kind: str) -> tuple[str, ...]:
        """What speaks for ``kind``, the most telling first; at least one phrase."""
        kept = KINDS[kind].kept
        found = [*self._place(line, kept), *(self._text(line) if kept else self._apart(line, kind))]
        if not kept and (words := self._words(line, kind)):
            found.insert(0, f"says {', '.join(f'“{word}”' for word in words)}")
        return tuple(dict.fromkeys(found)) or (
            ("reads like the text around it",) if kept else ("unlike the article's text",)
        )

    def _figure(self, line: int, name: str) -> float:
        if not self._columns:
            self._columns.update({column: number for number, column in enumerate(self.judged.look.names)})
        at = self._columns.get(name)
        return float(self.judged.look.table[line, at]) if at is not None else 0.0

    def _place(self, line: int, kept: bool) -> list[str]:  # noqa: FBT001
        if not self.judged.look.groups:
            return []
        found = [
            words
            for name, words in PLACES.items()
            if self._figure(line, name) and (not kept or name == "in_blockquote")
        ]
        if not kept and self._figure(line, "linked") > 0.9:
            found.append("nothing but a link")
        if self._figure(line, "head_body") > 0:
            found.insert(0, "the page's own data give it as the article's text")
        return found

    def _text(self, line: int) -> list[str]:
        """For a line that stays."""
        found = []
        if self._figure(line, "head_title") > 0:
            found.append("same words in the page's head")
        if self._figure(line, "prose"):
            found.append("reads as a paragraph")
        between = self._figure(line, "since_prose") <= NEAR and self._figure(line, "until_prose") <= NEAR
        if between:
            found.append("stands between paragraphs")
        if self._figure(line, "words") >= ENOUGH_WORDS and self._company(line) > SAME_TOPIC:
            found.append("shares its words with the rest of the text")
        return found

    def _apart(self, line: int, kind: str) -> list[str]:
        """For a line that goes."""
        found = []
        if (times := int(self._figure(line, "repeated"))) > 1 and self._figure(line, "words"):
            found.append(f"stands {times} times on this page")
        under = HEADINGS.get(kind)
        since = self._figure(line, f"since_{kind}") if under else FAR
        if under and since < FAR / 2:
            found.append(f"stands {_lines(int(since))} below a heading about {under}")
        if (row := self._row(line)) >= ROW:
            found.append(f"{row} short lines in a row")
        if self._figure(line, "words") >= ENOUGH_WORDS and self._company(line) < OTHER_TOPIC:
            found.append("speaks of other things than the article")
        if self._figure(line, "since_prose") > NEAR and self._figure(line, "until_prose") > NEAR:
            found.append("stands apart from the text")
        return found

    def _company(self, line: int) -> float:
        return self._figure(line, "shared_prose")

    def _row(self, line: int) -> int:
        """How many lines of a few words stand together here."""
        words = self.judged.look.words
        if words[line] > SHORT:
            return 0
        first = last = line
        while first > 0 and words[first - 1] <= SHORT:
            first -= 1
        while last + 1 < len(words) and words[last + 1] <= SHORT:
            last += 1
        return last - first + 1

    def _words(self, line: int, kind: str) -> list[str]:
        """The words that speak most for the kind."""
        rows = self._known(line)
        if not len(rows):
            return []
        weights = self.lexicon.weights[rows, AT[kind]] / np.sqrt(len(rows))
        named: list[str] = []
        for at in np.argsort(-weights, kind="stable").tolist():
            name = self.lexicon.name(int(rows[at]))
            if weights[at] < TELLING or len(named) == NAMED:
                break
            fresh = not any(name in other or other in name for other in named)
            if fresh and len(name) >= LONG_ENOUGH and not any(char.isdigit() for char in name):
                named.append(name)
        return named

    def _known(self, line: int) -> npt.NDArray[np.int64]:
        if self._rows is None or self._starts is None:
            lines, rows = self.lexicon.rows(self.judged.look.tokens)
            order = np.argsort(lines, kind="stable")
            self._rows = rows[order]
            self._starts = np.searchsorted(lines[order], np.arange(len(self.judged.kept) + 1))
        return self._rows[self._starts[line] : self._starts[line + 1]]


def _lines(count: int) -> str:
    return "a line" if count == 1 else f"{count} lines"


def most_common(phrases: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of several lines' reasons, the commonest first; what holds for fewer than half of the lines is left out."""
    counts: dict[str, int] = {}
    for line in phrases:
        for phrase in line:
            counts[phrase] = counts.get(phrase, 0) + 1
    told = [phrase for phrase, lines in counts.items() if 2 * lines >= len(phrases)]
    return tuple(sorted(told, key=lambda phrase: -counts[phrase]))

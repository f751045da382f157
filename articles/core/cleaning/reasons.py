"""Why the model judged a line as it did, in words that an editor can check against the page.

Every phrase is asked of all lines of a page at once: a page has hundreds of lines, and most phrases hold for few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.context import AT
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.lexicon import Lexicon
from articles.core.cleaning.model import KEPT, Judged
from articles.core.cleaning.windows import FAR, Row

Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
# A word is named when it moves the odds at least so much; so many words are enough.
TELLING, NAMED = 0.6, 3
# Shorter words say little to a reader, whatever they say to the model.
LONG_ENOUGH = 4
SHORT, ROW = 6, 3
NEAR = 3
OTHER_TOPIC, SAME_TOPIC = 0.25, 0.55
ENOUGH_WORDS = 8
QUOTED = "in_blockquote"
PLACES = {
    "in_nav": "stands in the page's menu",
    "in_footer": "stands in the page's footer",
    "in_aside": "stands beside the article",
    "in_figure": "stands in a figure",
    "in_form": "part of a form",
    "in_button": "a button",
    "in_time": "marked as a time in the page",
    QUOTED: "set apart as a quotation in the page",
    "in_header": "stands in the page's header",
}
HEADINGS = {
    "comments": "comments",
    "related": "other articles",
    "subscribe": "subscriptions",
    "share": "sharing",
    "ad": "advertising",
}
NUMBERS = {name: number for number, name in enumerate(KINDS)}
COLUMNS = np.array([AT[name] for name in KINDS])


def reasons(judged: Judged, lexicon: Lexicon, kinds: Indices) -> list[tuple[str, ...]]:
    """Of each line what speaks for its kind, the number of which is in ``kinds`` [n]: the most telling first; at least
    one phrase."""
    page = _Page(judged=judged, said=[[] for _ in kinds])
    stays = KEPT[kinds]
    for line, words in _telling(judged, lexicon, kinds):
        page.said[line].append(f"says {', '.join(f'“{word}”' for word in words)}")
    _of_place(page, stays)
    _of_text(page, stays)
    _apart(page, ~stays, kinds)
    unsaid = {True: ("reads like the text around it",), False: ("unlike the article's text",)}
    return [tuple(found) or unsaid[kept] for found, kept in zip(page.said, stays.tolist(), strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """``said`` [n]: the phrases found so far for each line."""

    judged: Judged
    said: list[list[str]]

    def figure(self, name: str) -> Row:
        """[n] a column of the first look; zeros where a page of this shape has none."""
        look = self.judged.look
        return look.table[:, look.names.index(name)] if name in look.names else np.zeros(len(self.said), np.float32)

    def say(self, phrase: str, mask: Mask, numbers: Row | Indices | None = None) -> None:
        """The phrase holds for the lines of ``mask``; its {} stands for the line's number."""
        for line in np.flatnonzero(mask).tolist():
            self.said[line].append(phrase if numbers is None else phrase.format(int(numbers[line])))


def _of_place(page: _Page, stays: Mask) -> None:
    page.say("the page's own data give it as the article's text", page.figure("head_body") > 0)
    for name, words in PLACES.items():
        inside = page.figure(name) > 0
        page.say(words, inside if name == QUOTED else inside & ~stays)
    page.say("nothing but a link", ~stays & (page.figure("linked") > 0.9))


def _of_text(page: _Page, stays: Mask) -> None:
    """For lines that stay."""
    figure = page.figure
    page.say("same words in the page's head", stays & (figure("head_title") > 0))
    page.say("reads as a paragraph", stays & (figure("prose") > 0))
    between = (figure("since_prose") <= NEAR) & (figure("until_prose") <= NEAR)
    page.say("stands between paragraphs", stays & between)
    shares = (figure("words") >= ENOUGH_WORDS) & (figure("shared_prose") > SAME_TOPIC)
    page.say("shares its words with the rest of the text", stays & shares)


def _apart(page: _Page, goes: Mask, kinds: Indices) -> None:
    """For lines that go."""
    figure = page.figure
    words, times = figure("words"), figure("repeated")
    page.say("stands {} times on this page", goes & (times > 1) & (words > 0), times)
    for kind, about in HEADINGS.items():
        since = figure(f"since_{kind}")
        under = goes & (kinds == NUMBERS[kind]) & (since < FAR / 2)
        page.say(f"stands a line below a heading about {about}", under & (since == 1))
        page.say(f"stands {{}} lines below a heading about {about}", under & (since != 1), since)
    row = _rows(words <= SHORT)
    page.say("{} short lines in a row", goes & (row >= ROW), row)
    other = (words >= ENOUGH_WORDS) & (figure("shared_prose") < OTHER_TOPIC)
    page.say("speaks of other things than the article", goes & other)
    far = (figure("since_prose") > NEAR) & (figure("until_prose") > NEAR)
    page.say("stands apart from the text", goes & far)


def _rows(mask: Mask) -> Indices:
    """[n] how many lines of ``mask`` stand together where the line stands; 0 for the other lines."""
    row = np.cumsum(np.concatenate([[False], mask[1:] != mask[:-1]]))
    return np.where(mask, np.bincount(row)[row], 0)


def _telling(judged: Judged, lexicon: Lexicon, kinds: Indices) -> list[tuple[int, list[str]]]:
    """(line, the words that speak most for its kind) of each line that goes and has such words."""
    line, row = judged.look.known
    many = np.bincount(line, minlength=len(kinds))
    weights = lexicon.weights[row, COLUMNS[kinds[line]]] / np.sqrt(many[line])
    tell = np.flatnonzero((weights >= TELLING) & ~KEPT[kinds[line]])
    tell = tell[np.lexsort((-weights[tell], line[tell]))]
    named: dict[int, list[str]] = {}
    for at, number in zip(line[tell].tolist(), row[tell].tolist(), strict=True):
        words = named.setdefault(at, [])
        if len(words) < NAMED and _tells(name := lexicon.name(number), words):
            words.append(name)
    return [(at, words) for at, words in named.items() if words]


def _tells(name: str, named: Sequence[str]) -> bool:
    """Whether a word tells a reader something that those named before it do not."""
    fresh = not any(name in other or other in name for other in named)
    return fresh and len(name) >= LONG_ENOUGH and not any(char.isdigit() for char in name)


def most_common(phrases: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of several lines' reasons, the commonest first; what holds for fewer than half of the lines is left out."""
    counts: dict[str, int] = {}
    for line in phrases:
        for phrase in line:
            counts[phrase] = counts.get(phrase, 0) + 1
    told = [phrase for phrase, lines in counts.items() if 2 * lines >= len(phrases)]
    return tuple(sorted(told, key=lambda phrase: -counts[phrase]))

"""Kinds for lines of which the corpus only says "kept" or "dropped": what the page's markup and the rules tell."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from articles.core.cleaning import places, rulebook
from articles.core.cleaning.figures import KIND_NUMBER
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.runs import runs
from articles.core.values import Line, Scraped

CLASSES = {"title", "byline", "caption", "credit"}


def weak_kinds(
    scraped: Scraped,
    lines: Sequence[Line],
    at: npt.NDArray[np.int64],
    classes: Sequence[str],
    kept: npt.NDArray[np.int8],
) -> npt.NDArray[np.int8]:
    """[lines] the number of each line's kind, -1 where nothing tells. ``at`` [lines] is the line's index in ``classes``
    and ``kept``, -1 for a line that the corpus does not have."""
    verdicts = rulebook.verdicts(scraped, runs(scraped, lines))
    found = np.full(len(lines), -1, np.int8)
    for number, (line, verdict, index) in enumerate(zip(lines, verdicts, at.tolist(), strict=True)):
        if index < 0:
            continue
        kind = classes[index] if classes else ""
        if kind in CLASSES:
            kind = "date" if kind == "byline" and verdict.kind == "date" else kind
        elif kept[index]:
            kind = _kept(set(line.place.path) if line.place else set(), verdict.kind)
        else:
            kind = verdict.kind if KINDS[verdict.kind].group != "article" else ""
        found[number] = KIND_NUMBER.get(kind, -1)
    return found


def _kept(path: set[str], said: str) -> str:
    if path & places.HEADINGS:
        return "heading"
    if "blockquote" in path:
        return "quote"
    return "list" if "li" in path else "subtitle" if said == "subtitle" else "body"

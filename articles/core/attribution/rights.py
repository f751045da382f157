"""Restrictions as they are written, and what they mean."""

from collections.abc import Sequence

from articles.core.attribution.pictures import CANNOT, CHEAP, RESTRICTED
from articles.core.values import Passage, Restriction

PICTURE = frozenset({"caption", "credit"})
# Other people's words and other articles restrict nothing here.
ELSEWHERE = frozenset({"related", "navigation", "ad"})
# In running text these words are what the article is about, unless the paragraph begins with them.
ABOUT = frozenset({"embargo"})


def restrictions(passages: Sequence[Passage]) -> tuple[Restriction, ...]:
    """All restrictions in reading order; a longer one stands before those inside it."""
    found: list[Restriction] = []
    for passage in passages:
        block, text = passage.block, passage.text
        if block.kind in ELSEWHERE:
            continue
        first = len(text) - len(text.lstrip(" \u00a0([*-–—"))
        here: set[tuple[int, int, str]] = set()
        for pattern, constraint in RESTRICTED if CANNOT.search(text) else CHEAP:
            for match in pattern.finditer(text):
                if constraint in ABOUT and block.kept and match.start() > first:
                    continue
                start, end = _bounds(text, match.start(), match.end())
                if end > start:
                    here.add((start, end, constraint))
        scope = "picture" if block.kind in PICTURE or _of_picture(text) else "text"
        found += [
            Restriction(
                span=passage.raw(start, end),
                text=text[start:end],
                constraint=constraint,
                scope="picture" if scope == "picture" else "text",
            )
            for start, end, constraint in sorted(here, key=lambda row: (row[0], -row[1]))
        ]
    return tuple(found)


def _of_picture(text: str) -> bool:
    return ("PHOTO" in text and "RESTRICTED" in text) or text.lstrip(" (").startswith(("Photo by", "Photo :", "Photo:"))


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the white space at its end, and without a bracket that was opened before it."""
    words = text[start:end].rstrip()
    if words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip()
    return start, start + len(words)

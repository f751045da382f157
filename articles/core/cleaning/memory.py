"""How a line is recognised on another page of the same outlet, and when what is remembered of it decides."""

import re

from articles.core.folding import key
from articles.core.values import OutletMemory, SeenLine

# Longer lines are the article's own words: nobody looks for them on other pages.
LONGEST = 300
KEY_LENGTH = 200
OFTEN = 3
NUMBER = re.compile(r"\d+")


def line_key(text: str) -> str:
    """A line as its outlet's other pages have it: folded, each number as one 0, at most 200 characters. Empty for a
    line without a letter, and for one that is too long to be remembered."""
    if len(text) > LONGEST:
        return ""
    found = NUMBER.sub("0", key(text))[:KEY_LENGTH]
    return found if any(char.isalpha() for char in found) else ""


def recalled(text: str, memory: OutletMemory | None) -> SeenLine | None:
    """What is known of a line, if anything is."""
    return memory.lines.get(line_key(text)) if memory is not None and memory.lines else None


def one_decision(line: SeenLine) -> tuple[str, int] | None:
    """The kind that every person who decided about this line gave it, and how many they were; None when they differ."""
    decided = [(kind, times) for kind, times in line.decided.items() if times > 0]
    return decided[0] if len(decided) == 1 else None


def is_common(line: SeenLine, memory: OutletMemory) -> bool:
    """Whether a line stood on so many other pages that it is no one article's."""
    return line.pages >= OFTEN or 0 < line.pages >= memory.pages / 2


def pages(count: int) -> str:
    """So many pages, as a reason says it."""
    return f"{count} other page{'' if count == 1 else 's'} of this outlet"

"""The words of a page as numbers, so that what is asked of thousands of words is asked at once."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

# A word, a sign, an ideograph: scripts without spaces give one token a character.
TOKEN = re.compile(r"\n|[\u3041-\u9fff\uac00-\ud7af]|[^\W\u3041-\u9fff\uac00-\ud7af]+|[^\w\s]")
DIGIT = re.compile(r"\d")
# Nothing that decides the fate of a line comes later.
LONGEST_LINE = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """``ids`` [T]: for each token the number of its word in ``words``; ``line`` [T]: the line it stands in, of
    ``lines`` lines; ``words``: the distinct words of the page in small letters."""

    ids: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]
    words: tuple[str, ...]
    lines: int


def tokens(texts: Sequence[str]) -> Tokens:
    """The tokens of a page's lines, in order. A line break inside a text must not occur: texts are folded."""
    joined = "\n".join([text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE] for text in texts])
    # A word is numbered when it is met for the first time.
    index: dict[str, int] = defaultdict(count(1).__next__, {"\n": 0})
    ids = np.array([index[token] for token in TOKEN.findall(joined.casefold())], np.int64)
    breaks = ids == 0
    line = np.cumsum(breaks)
    said = ~breaks
    return Tokens(ids=ids[said], line=line[said], words=tuple(index), lines=len(texts))


def masked(word: str) -> str:
    """The word with each digit as 0: numbers of one length are one word of the vocabulary."""
    return DIGIT.sub("0", word)

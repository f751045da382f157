"""What of a text is kept in an index, so that another text with a long run of the same words finds it.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): of each ``WINDOW`` neighbouring shingles the smallest number is kept.
Two texts that share SHINGLE + WINDOW - 1 words in a row share a whole window, and so the number kept of it: such a run
is found for certain, whatever stands around it. About one shingle in (WINDOW + 1) / 2 is kept.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from articles.core.similarity.words import Numbers, Words, shingled

SHINGLE = 6
WINDOW = 7
CERTAIN = SHINGLE + WINDOW - 1
# Of a text with more, the smallest numbers are kept: about the first 2,000 words' worth, from all over the text.
MOST = 512


def fingerprints(words: Words) -> list[int]:
    """The numbers of a text for the index, each once, in [-2**63, 2**63) as databases count, in no order that means
    anything. None for a text of fewer than SHINGLE words."""
    return winnowed(words.numbers).view(np.int64).tolist()  # type: ignore[no-any-return]


def winnowed(numbers: Numbers) -> Numbers:
    """The kept shingles of a text whose words are these numbers, the smallest first."""
    shingles = shingled(numbers, SHINGLE)
    if len(shingles) > WINDOW:
        shingles = sliding_window_view(shingles, WINDOW).min(axis=1)
    elif len(shingles):
        shingles = shingles.min(keepdims=True)
    return np.unique(shingles)[:MOST]

"""What two texts share, and what that makes of them: the same file, the same text, or two tellings of one event.

``words`` folds for matching only, ``shingles`` chooses what of a text is kept in an index, ``runs`` finds the long runs
of words that two texts share, ``quotes`` what stands between quotation marks in both, ``comparing`` weighs all that to
a verdict with its reasons, ``origins`` counts how many sources stand behind several articles.
"""

from articles.core.similarity.comparing import KINDS, Comparison, Part, Told, compare
from articles.core.similarity.origins import Origin, count_origins
from articles.core.similarity.quotes import QuotePair, paired_quotes
from articles.core.similarity.runs import LONG, Run, covered, shared_runs
from articles.core.similarity.shingles import fingerprints
from articles.core.similarity.words import Words

__all__ = [
    "KINDS",
    "LONG",
    "Comparison",
    "Origin",
    "Part",
    "QuotePair",
    "Run",
    "Told",
    "Words",
    "compare",
    "count_origins",
    "covered",
    "fingerprints",
    "paired_quotes",
    "shared_runs",
]

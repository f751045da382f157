"""What the words of the lines around a line say: its own scores, its neighbours', and how far the next heading is."""

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.windows import Names, Row, Table, around, shifted, since, table_of, until
from articles.core.trees import probability

OUTCOMES = ("kept", *KINDS)
AT = {name: number for number, name in enumerate(OUTCOMES)}
STEPS = (1, 2, 3, -1, -2, -3)
REACHES = (2, 6, 15)
# A short line that speaks of comments is the heading of the comments; what follows it is judged in its light.
HEADINGS = {
    "comments": ("comments",),
    "related": ("related",),
    "subscribe": ("subscribe", "legal"),
    "share": ("share",),
    "byline": ("byline", "date"),
    "navigation": ("navigation",),
    "caption": ("caption", "credit"),
    "ad": ("ad", "widget"),
}
HEADING_WORDS = 8
SPEAKS = 0.35


def context(scores: npt.NDArray[np.float32], words: Row) -> tuple[Table, Names]:
    """[n, columns] and their names, from the lexicon's ``scores`` [n, outcomes] and the number of ``words`` [n]."""
    kept = scores[:, 0]
    found: dict[str, Row] = {"kept": kept}
    found |= {f"kept_{step}": shifted(kept, step, 0.0) for step in STEPS}
    found |= {f"kept_around_{reach}": around(kept, reach) for reach in REACHES}
    found |= {f"says_{kind}": scores[:, AT[kind]] for kind in KINDS}
    short = words <= HEADING_WORDS
    said = probability(np.stack([scores[:, [AT[kind] for kind in kinds]].max(axis=1) for kinds in HEADINGS.values()]))
    heads = (said > SPEAKS) & short
    rows = zip(HEADINGS, around(said, 4), since(heads), until(heads), strict=True)
    for name, near, before, behind in rows:
        found |= {f"around_{name}": near, f"since_{name}": before, f"until_{name}": behind}
    return table_of(found)

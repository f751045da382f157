"""What a first opinion on every line says about each line: the second look's figures.

A first pass judges the lines nearly one by one. Taken together its verdicts show where the text lies, how many
stretches there are, and what the text is about; each line is then judged again in that light.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.tokens import Tokens
from articles.core.cleaning.windows import Names, Row, Table, around, shifted, since, table_of

Figures = dict[str, npt.NDArray[np.floating]]
STEPS = (1, 2, 3, 4, 5, 6)
REACHES = (1, 2, 4, 8, 16, 40)
WEIGHED = (3, 8, 20)
# Lines at most so far apart belong to one stretch; a place is told up to so many lines away.
GAP, FAR = 4, 60
LIKELY, UNLIKELY = 0.4, 0.15
RARE_WORD = float(np.log(900))
TOPIC_WORD = 3


def agreement(kept: Row, words: Row, tokens: Tokens, rarity: Mapping[str, float]) -> tuple[Table, Names]:
    """[n, columns] and their names. ``kept`` [n] is the first pass's probability, ``words`` [n] the lines' lengths,
    ``rarity`` the inverse document frequency of known words (an unknown one is rare)."""
    found: Figures = {"first": kept}
    for step in STEPS:
        found[f"first_before{step}"], found[f"first_after{step}"] = (
            shifted(kept, step, -0.1),
            shifted(kept, -step, -0.1),
        )
    found |= {f"first_around_{reach}": around(kept, reach) for reach in REACHES}
    weighed = kept * words
    for reach in WEIGHED:
        likely, every = around(np.stack([weighed, words]), reach)
        found[f"first_words_{reach}"] = likely / (every + 0.1)
    _page(found, kept, words, weighed)
    _best_stretch(found, kept, words)
    _stretches(found, kept, weighed)
    _topic(found, kept, words, tokens, rarity)
    found["since_removed"] = since((kept < UNLIKELY) & (words >= 1) & (words <= 6))
    return table_of(found)


def _page(found: Figures, kept: Row, words: Row, weighed: Row) -> None:
    n, total, so_far = len(kept), float(weighed.sum()) + 1, np.cumsum(weighed)
    found["likely_before"], found["likely_after"] = so_far / total, (total - so_far) / total
    page = {
        "likely_words": total,
        "likely_share": total / (float(words.sum()) + 1),
        "likely_mean": float(kept.mean()),
        "likely_most": float(kept.max()),
        "likely_lines": float((kept > 0.5).sum()),
    }
    found |= {name: np.full(n, value) for name, value in page.items()}


def _best_stretch(found: Figures, kept: Row, words: Row) -> None:
    """The stretch whose evidence for, less what lies against it between, is largest (the largest sum of a row)."""
    n = len(kept)
    odds = np.log((kept + 1e-3) / (1 - kept + 1e-3))
    sums = np.concatenate([[0.0], np.cumsum(np.clip(odds, -4, 4) * np.sqrt(words + 1))])
    lowest = np.minimum.accumulate(sums)
    last = int(np.argmax(sums[1:] - lowest[:-1]))
    first = int(np.argmin(sums[: last + 1]))
    at = np.arange(n)
    found["from_best_start"], found["to_best_end"] = np.clip(at - first, -FAR, FAR), np.clip(last - at, -FAR, FAR)
    found["in_best"] = ((at >= first) & (at <= last)).astype(np.float32)
    found["place_in_best"] = (at - first) / (last - first + 1)
    found["best_lines"] = np.full(n, last - first + 1.0)
    found["best_evidence"] = np.full(n, sums[last + 1] - sums[first])


def _stretches(found: Figures, kept: Row, weighed: Row) -> None:
    """Each stretch of likely lines: its share of all likely words, length and rank, and the way to the largest."""
    n, total = len(kept), float(weighed.sum()) + 1
    share, length, rank, inside, away = (np.zeros(n) for _ in range(5))
    likely = np.flatnonzero(kept > LIKELY)
    masses: list[float] = []
    if len(likely):
        parts = np.split(likely, np.flatnonzero(np.diff(likely) > GAP) + 1)
        bounds = [(int(part[0]), int(part[-1]) + 1) for part in parts]
        masses = [float(weighed[first:end].sum()) for first, end in bounds]
        order = np.argsort(np.argsort([-mass for mass in masses]))
        for (first, end), mass, number in zip(bounds, masses, order, strict=True):
            share[first:end], length[first:end], rank[first:end] = mass / total, end - first, number + 1
            inside[first:end] = np.arange(end - first)
        first, end = bounds[int(np.argmax(masses))]
        at = np.arange(n)
        away = np.clip(np.where(at < first, at - first, np.where(at >= end, at - end + 1, 0)), -FAR, FAR)
    found |= {"stretch_share": share, "stretch_lines": length, "stretch_rank": rank, "stretch_place": inside}
    found["from_largest"] = away
    found["stretches"] = np.full(n, float(len(masses)))
    found["largest_share"] = np.full(n, max(masses, default=0.0) / total)


def _topic(found: Figures, kept: Row, words: Row, tokens: Tokens, rarity: Mapping[str, float]) -> None:
    """How much of what a line speaks of is spoken of in the likely text elsewhere, rare words weighing most."""
    n, size = tokens.lines, len(tokens.words)
    weight = np.array([rarity.get(word, RARE_WORD) if len(word) >= TOPIC_WORD else 0.0 for word in tokens.words])
    pairs = np.unique(tokens.ids * n + tokens.line)
    word, line = pairs // n, pairs % n
    likely = np.bincount(word, weights=kept[line], minlength=size)
    lines = np.bincount(word, minlength=size)
    elsewhere = np.maximum(likely[word] - kept[line], 0)
    told = np.bincount(line, weights=np.log1p(elsewhere) * weight[word], minlength=n)
    all_weight = np.bincount(line, weights=weight[word], minlength=n) + 1e-3
    repeated = lines[word] > 1
    share = elsewhere / np.maximum(lines[word] - 1, 1) * weight[word]
    known = np.bincount(line[repeated], weights=weight[word[repeated]], minlength=n) + 1e-3
    topic = (told / all_weight).astype(np.float32)
    company = (np.bincount(line[repeated], weights=share[repeated], minlength=n) / known).astype(np.float32)
    long = (words >= 8).astype(np.float32)
    of_topic, of_company, near = around(np.stack([topic * long, company * long, long]), 3)
    found |= {"topic": topic, "company": company}
    found |= {"topic_near": of_topic / (near + 0.05), "company_near": of_company / (near + 0.05)}

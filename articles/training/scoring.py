"""How good a selection of lines is: shingle F1 against the text a reader should get, and F1 over lines.

The shingle score is that of scrapinghub's article-extraction-benchmark (multisets of four words), with an ideograph,
kana, Hangul syllable or Thai letter as a word of its own, so that scripts without spaces can be scored at all.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

_ALONE = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}]+")
SAYS = re.compile(r"[^\W_]")
SHINGLE = 4
LOST = 0.2
Shingles = Counter[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """The runs of four words of a text; the whole text where it is shorter."""
    words = TOKEN.findall(text)
    if not words:
        return Counter()
    if len(words) < SHINGLE:
        return Counter([tuple(words)])
    return Counter(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def body_f1(gold: Shingles, found: str) -> float:
    """F1 of the text against the gold text's shingles; 1 where both are empty."""
    shown = shingles(found)
    total = gold.total() + shown.total()
    return 2 * (gold & shown).total() / total if total else 1.0


def line_f1(texts: Sequence[str], gold: Iterable[int], kept: Iterable[bool]) -> float:
    """F1 over the lines that hold a letter or a digit."""
    rows = [(bool(g), bool(k)) for text, g, k in zip(texts, gold, kept, strict=True) if SAYS.search(text)]
    hits = sum(g and k for g, k in rows)
    both = sum(g for g, _ in rows) + sum(k for _, k in rows)
    return 2 * hits / both if hits else 0.0


def summary(bodies: Sequence[float], lines: Sequence[float]) -> dict[str, float]:
    """The figures of a report: mean shingle F1, its median, the share of pages that were lost, mean line F1."""
    if not bodies:
        return {"pages": 0}
    found = {
        "pages": len(bodies),
        "f1": statistics.fmean(bodies),
        "median": statistics.median(bodies),
        "lost": sum(score < LOST for score in bodies) / len(bodies),
    }
    if lines:
        found["line_f1"] = statistics.fmean(lines)
    return {name: round(value, 4) for name, value in found.items()}


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """F1 of each kind that occurs in ``gold``, and "macro", their mean."""
    hits = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    said, true = Counter(found), Counter(gold)
    scores = {kind: round(2 * hits[kind] / (said[kind] + true[kind]), 4) for kind in sorted(true)}
    return scores | {"macro": round(statistics.fmean(scores.values()), 4) if scores else 0.0}

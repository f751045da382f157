"""Two recognisers beside each other on articles that neither was taught with: what got better, and what worse."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from articles.core.values import Recogniser
from articles.training.mentions import COUNTED, TYPES, Article, Found, Tag, Tally

# So many names of each kind are printed; the report beside the weights has all.
SHOWN = 12
Find = Callable[[Article], Found]


class Comparison(NamedTuple):
    """Figures before and after, by type ("all" counts the types that are counted): precision, recall and F1 in percent;
    and the names that differ, each with how often: ``found`` now and missed before, ``missed`` now, false alarms that
    are ``gone``, and ``new`` ones."""

    articles: int
    before: dict[str, dict[str, float]]
    after: dict[str, dict[str, float]]
    names: dict[str, Counter[str]]

    def as_data(self) -> dict[str, Any]:
        """For the report beside the weights."""
        names = {kind: dict(sorted(counted.items())) for kind, counted in self.names.items()}
        return {"articles": self.articles, "before": self.before, "after": self.after, **names}

    def lines(self) -> Iterator[str]:
        """The same for a person."""
        for kind, now in self.after.items():
            was = self.before[kind]
            yield f"{kind:13} before {_prf(was)}   after {_prf(now)}   {now['f1'] - was['f1']:+.1f}"
        for kind, words in KINDS.items():
            counted = self.names[kind]
            if counted:
                shown = ", ".join(f"{name} ×{n}" if n > 1 else name for name, n in counted.most_common(SHOWN))
                more = f" and {len(counted) - SHOWN} more" if len(counted) > SHOWN else ""
                yield f"{words} ({counted.total()}): {shown}{more}"


KINDS = {
    "found": "better, found now and missed before",
    "gone": "better, false alarms that are gone",
    "missed": "worse, missed now and found before",
    "new": "worse, false alarms that are new",
}


def by_recogniser(recognise: Recogniser) -> Find:
    """What a recogniser finds by itself, without registry and rules."""

    def find(article: Article) -> Found:
        (found,) = recognise([article.text])
        return {Tag(one.start, one.end, one.type): one.sure for one in found}

    return find


def compared(articles: Sequence[Article], before: Find, after: Find) -> Comparison:
    """What two recognisers find in the same articles, against what people tagged there."""
    was, now = Tally(), Tally()
    for number, article in enumerate(articles):
        # Two corpora may have given one name to two articles.
        numbered = replace(article, name=str(number))
        was.add(numbered, before(article))
        now.add(numbered, after(article))
    texts = {str(number): article.text for number, article in enumerate(articles)}

    def named(ones: Sequence[tuple[str, Tag]], others: Sequence[tuple[str, Tag]]) -> Counter[str]:
        differ = sorted(set(ones) - set(others))
        return Counter(f"{' '.join(texts[name][tag.start : tag.end].split())} ({tag.type})" for name, tag in differ)

    return Comparison(
        articles=len(articles),
        before=_figures(was),
        after=_figures(now),
        names={
            "found": named(was.misses, now.misses),
            "gone": named(was.alarms, now.alarms),
            "missed": named(now.misses, was.misses),
            "new": named(now.alarms, was.alarms),
        },
    )


def _figures(tally: Tally) -> dict[str, dict[str, float]]:
    kinds = {"all": COUNTED, **{kind: (kind,) for kind in TYPES}}
    return {kind: dict(zip(("precision", "recall", "f1"), tally.prf(of), strict=True)) for kind, of in kinds.items()}


def _prf(figures: dict[str, float]) -> str:
    return f"P {figures['precision']:5.1f} R {figures['recall']:5.1f} F1 {figures['f1']:5.1f}"

"""How far people who tagged the same text agree, and where they do not.

The measure is F1 between two people (strict: the same words and the same type): the share of agreement among all that
either tagged. It needs no count of what nobody tagged, which for names is neither known nor of use; as that count grows,
Cohen's kappa draws near to F1 (Hripcsak & Rothschild 2005, "Agreement, the F-measure, and reliability in information
retrieval", JAMIA 12(3)). Kappa over words is given beside it, since people ask for it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from articles.core.edits import Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Tag:
    """Words of raw that somebody tagged as something."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Two people's tags in numbers: ``one`` and ``two`` are how many each set, ``same`` those with the same words and
    type, ``touching`` pairs of the same type whose words overlap (the same included), ``retyped`` words that both tagged,
    each as something else."""

    one: int = 0
    two: int = 0
    same: int = 0
    touching: int = 0
    retyped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            one=self.one + other.one,
            two=self.two + other.two,
            same=self.same + other.same,
            touching=self.touching + other.touching,
            retyped=self.retyped + other.retyped,
        )

    @property
    def total(self) -> int:
        return self.one + self.two

    @property
    def f1(self) -> float | None:
        """Agreement in [0, 1] on words and type; None where neither tagged anything."""
        return _f1(self.same, self.one, self.two)

    @property
    def lenient(self) -> float | None:
        """Agreement in [0, 1] on type where the words only have to overlap."""
        return _f1(self.touching, self.one, self.two)


def _f1(both: int, one: int, two: int) -> float | None:
    return 2 * both / (one + two) if one + two else None


def compare(one: Collection[Tag], two: Collection[Tag], *, type: str = "") -> Counts:  # noqa: A002
    """The tags of two people in numbers, of one type or of all."""
    first, second = set(one), set(two)
    retyped = _retyped(first, second, type)
    if type:
        first = {tag for tag in first if tag.type == type}
        second = {tag for tag in second if tag.type == type}
    types = {tag.type for tag in first} & {tag.type for tag in second}
    return Counts(
        one=len(first),
        two=len(second),
        same=len(first & second),
        touching=sum(
            touching([tag.span for tag in first if tag.type == name], [tag.span for tag in second if tag.type == name])
            for name in types
        ),
        retyped=retyped,
    )


def _retyped(one: Iterable[Tag], two: Iterable[Tag], type_: str) -> int:
    """How many words both tagged and never alike, where either said this type (or any, if empty)."""
    first, second = _types_by_span(one), _types_by_span(two)
    found = 0
    for span in first.keys() & second.keys():
        said = first[span] | second[span]
        found += not first[span] & second[span] and (not type_ or type_ in said)
    return found


def _types_by_span(tags: Iterable[Tag]) -> dict[Span, set[str]]:
    found: dict[Span, set[str]] = {}
    for tag in tags:
        found.setdefault(tag.span, set()).add(tag.type)
    return found


def touching(one: Iterable[Span], two: Iterable[Span]) -> int:
    """The most pairs of overlapping spans, one of each side, that can be made with each span in one pair at most.

    The span that ends first is paired with the one that ends first among those it overlaps: all of these hold its last
    character, so whatever the second could be paired with, the others could too, and no better choice exists.
    """
    sides: tuple[list[Span], list[Span]] = (
        sorted(set(one), key=lambda span: (span.end, span.start)),
        sorted(set(two), key=lambda span: (span.end, span.start)),
    )
    pairs = 0
    while sides[0] and sides[1]:
        mine, theirs = sides if sides[0][0].end <= sides[1][0].end else (sides[1], sides[0])
        span = mine.pop(0)
        at = next((number for number, other in enumerate(theirs) if other.overlaps(span)), None)
        if at is not None:
            theirs.pop(at)
            pairs += 1
    return pairs


def kappa(words: Sequence[Span], one: Iterable[Tag], two: Iterable[Tag], *, type: str = "") -> float | None:  # noqa: A002
    """Cohen's kappa, in [-1, 1]: how much more often than by chance two people put a word into the same class.

    ``words`` stand in order and apart. A word's class is the type of the longest tag upon it, or none; with ``type``,
    whether it is of that type. None where chance alone explains everything, as when nobody tagged anything.
    """
    first, second = classes(words, one), classes(words, two)
    if type:
        first, second = [name == type and name for name in first], [name == type and name for name in second]
    n = len(words)
    alike = sum(a == b for a, b in zip(first, second, strict=True))
    counts, others = Counter(first), Counter(second)
    # In whole numbers, so that chance that explains everything is told from chance that nearly does.
    by_chance = sum(counts[name] * others[name] for name in counts)
    return (n * alike - by_chance) / (n * n - by_chance) if by_chance < n * n else None


def classes(words: Sequence[Span], tags: Iterable[Tag]) -> list[str | bool]:
    """The type of the longest tag upon each word; empty where there is none."""
    found: list[str | bool] = [""] * len(words)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for tag in sorted(tags, key=lambda tag: (len(tag.span), tag)):
        first, last = bisect_right(ends, tag.span.start), bisect_left(starts, tag.span.end)
        found[first:last] = [tag.type] * (last - first)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where people differ. ``span`` holds all tags there; ``said`` what each person set, in the order given."""

    span: Span
    said: tuple[tuple[Tag, ...], ...]

    @property
    def tags(self) -> list[Tag]:
        """All tags that anybody set here."""
        return sorted({tag for tags in self.said for tag in tags})

    @property
    def compatible(self) -> bool:
        """Whether all of them can hold together: no words have two types."""
        return len({tag.span for tag in self.tags}) == len(self.tags)


def agreed(said: Sequence[Collection[Tag]]) -> list[Tag]:
    """The tags that everybody set."""
    return sorted(set.intersection(*map(set, said))) if said else []


def differences(said: Sequence[Collection[Tag]]) -> list[Difference]:
    """Where people differ, in the order of the text: tags that not everybody set, those that overlap together."""
    shared = set(agreed(said))
    groups: list[list[Tag]] = []
    end = 0
    for tag in sorted({tag for tags in said for tag in tags} - shared):
        if groups and tag.span.start < end:
            groups[-1].append(tag)
        else:
            groups.append([tag])
        end = max(end, tag.span.end)
    return [
        Difference(
            span=Span(group[0].span.start, max(tag.span.end for tag in group)),
            said=tuple(tuple(tag for tag in group if tag in tags) for tags in map(set, said)),
        )
        for group in groups
    ]

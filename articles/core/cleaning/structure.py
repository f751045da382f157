"""What the page's own structure says of each line: elements, links, containers, lines that look alike."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from articles.core.cleaning.windows import Names, Row, Table, around, table_of
from articles.core.values import Place

TAGS = (
    "p", "li", "h1", "h2", "h3", "h4", "div", "td", "span", "blockquote", "figcaption", "a", "dd", "dt", "pre", "time",
    "th", "section", "article", "summary",
)  # fmt: skip
INSIDE = (
    "nav", "footer", "header", "aside", "article", "main", "figure", "form", "button", "ul", "ol", "table", "section",
    "blockquote", "figcaption", "label", "dialog", "details", "p", "li", "h1", "h2", "h3", "td", "address", "dl",
    "center",
)  # fmt: skip
NAMED = len(TAGS) + len(INSIDE)
LEVELS = (1, 2, 3, 4, 6)
GROUPS = ("alike", *(f"level{level}" for level in LEVELS))
# Lines with the same last elements and class words look alike on the page.
ALIKE_PATH, ALIKE_HINTS = 4, 6
Groups = npt.NDArray[np.int64]


Said = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def said(place: Place) -> Said:
    """What the lexicon of places reads of a place: class words, the last elements, the inline elements around the whole
    line."""
    return place.hints, place.path[-3:], place.inline


def grams(place: Place) -> list[str]:
    """The words of a place for the lexicon of places."""
    return grams_of(said(place))


def grams_of(told: Said) -> list[str]:
    """The same, of what is read of a place. The class words of the innermost elements are said once more."""
    hints, path, inline = told
    found = [f"h:{hint}" for hint in set(hints)] + [f"l:{hint}" for hint in hints[-4:]]
    if path:
        found += ["t:" + "/".join(path[-2:]), "t3:" + "/".join(path[-3:])]
    return found + [f"i:{name}" for name in inline]


def groups(places: Sequence[Place]) -> tuple[Groups, ...]:
    """[n] numbers of groups, for several ways of grouping: lines that look alike, lines of one container."""
    alike, _ = distinct((place.path[-ALIKE_PATH:], place.hints[-ALIKE_HINTS:]) for place in places)
    chains = [place.nodes for place in places]
    return alike, *(distinct(nodes[-level] if len(nodes) >= level else None for nodes in chains)[0] for level in LEVELS)


def distinct[Key: Hashable](keys: Iterable[Key]) -> tuple[Groups, list[Key]]:
    """[n] the number of each key, and the different keys in the order of their numbers: lines of one container share
    their place, which is then looked at once."""
    index: dict[Key, int] = {}
    numbers = np.array([index.setdefault(key, len(index)) for key in keys], np.int64)
    return numbers, list(index)


def structure(places: Sequence[Place], grouped: Sequence[Groups], words: Row, prose: Row) -> tuple[Table, Names]:
    """[n, columns] and their names. ``grouped`` are the ``groups`` of the page, ``prose`` [n] 1 for a paragraph."""
    linked = np.array([place.linked for place in places], np.float32)
    found: dict[str, npt.NDArray[np.floating]] = {
        "linked": linked,
        "linked_3": around(linked, 3),
        "linked_10": around(linked, 10),
        "depth": np.array([len(place.path) for place in places], np.float32),
    }
    numbers, paths = distinct(place.path for place in places)
    told = np.array([_of_path(path) for path in paths], np.float32).T.take(numbers, axis=1)
    found |= dict(zip((*(f"tag_{tag}" for tag in TAGS), *(f"in_{tag}" for tag in INSIDE)), told, strict=True))
    weighed = words * prose
    for name, group in zip(GROUPS, grouped, strict=True):
        found |= _of_group(name, group, words, weighed, linked)
    _main_container(found, places, weighed)
    return table_of(found)


def _of_path(path: tuple[str, ...]) -> list[bool]:
    """Which of TAGS the line's own element is, and inside which of INSIDE it stands."""
    names = frozenset(path)
    return [*(tag == path[-1] for tag in TAGS), *(tag in names for tag in INSIDE)] if path else [False] * NAMED


def _of_group(name: str, numbers: Groups, words: Row, weighed: Row, linked: Row) -> dict[str, npt.NDArray[np.floating]]:
    """How many lines the line's group has, how long they are, its share of the page's prose and words, its links."""
    many, said = np.bincount(numbers), np.bincount(numbers, weights=words)
    prose, links = np.bincount(numbers, weights=weighed), np.bincount(numbers, weights=linked * words)
    return {
        f"{name}_lines": many[numbers].astype(np.float32),
        f"{name}_words": (said / many)[numbers],
        f"{name}_prose": prose[numbers] / (weighed.sum() + 1),
        f"{name}_linked": (links / (said + 0.1))[numbers],
        f"{name}_share": said[numbers] / (words.sum() + 1),
    }


def _main_container(found: dict[str, npt.NDArray[np.floating]], places: Sequence[Place], weighed: Row) -> None:
    """The innermost element with half of the page's prose, and each line's place in it."""
    mass: Counter[int] = Counter()
    depth: dict[int, int] = {}
    for place, words in zip(places, weighed.tolist(), strict=True):
        if words:
            for level, node in enumerate(place.nodes):
                mass[node] += words
                depth[node] = level
    total = float(weighed.sum()) + 1
    holding = [node for node, words in mass.items() if words >= 0.5 * total]
    main = max(holding, key=lambda node: depth[node], default=-1)
    inside = np.array([main in place.nodes for place in places], np.float32)
    below = [place.nodes.index(main) if there else None for place, there in zip(places, inside, strict=True)]
    found["in_main"] = inside
    found["below_main"] = np.array(
        [-1 if at is None else len(place.nodes) - at for place, at in zip(places, below, strict=True)], np.float32
    )
    found["child_share"] = np.array(
        [
            -1.0 if at is None or at + 1 >= len(place.nodes) else mass[place.nodes[at + 1]] / total
            for place, at in zip(places, below, strict=True)
        ],
        np.float32,
    )


def company(kept: Row, words: Row, grouped: Sequence[Groups]) -> tuple[Table, Names]:
    """For the second look: what the first said of the other lines of each group, by lines and by words."""
    found: dict[str, npt.NDArray[np.floating]] = {}
    weighed = kept * words
    for name, numbers in zip(GROUPS, grouped, strict=True):
        many = np.bincount(numbers)[numbers]
        others = (np.bincount(numbers, weights=kept)[numbers] - kept) / np.maximum(many - 1, 1)
        found[f"first_{name}"] = np.where(many > 1, others, -0.1)
        said = np.bincount(numbers, weights=words)[numbers] + 0.1
        found[f"first_words_{name}"] = np.bincount(numbers, weights=weighed)[numbers] / said
    return table_of(found)

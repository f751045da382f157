"""The long runs of words that two texts share, as spans in each of them."""

from dataclasses import dataclass

import numpy as np

from articles.core.edits import Span
from articles.core.similarity.words import Words

# So many words in a row are not the same by chance; two texts about one event, from one source, share such a run.
LONG = 12
# A text that repeats one run a thousand times must not make a thousand of each.
PLACES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """``words`` words in a row that stand in both texts: where, in characters of each, and from which word on."""

    words: int
    one: Span
    two: Span
    first_one: int
    first_two: int


def shared_runs(one: Words, two: Words, *, least: int = LONG) -> tuple[Run, ...]:
    """The runs of ``least`` words and more that both texts have, each as long as it can be, the longest first; none
    begins or ends inside a longer one. Time grows with the words of both."""
    chosen: list[Run] = []
    used_one, used_two = bytearray(len(one)), bytearray(len(two))
    for words, at, place in sorted(_maximal(one, two, least), key=lambda run: (-run[0], run[1], run[2])):
        if used_one[at] or used_one[at + words - 1] or used_two[place] or used_two[place + words - 1]:
            continue
        used_one[at : at + words] = used_two[place : place + words] = b"\x01" * words
        chosen.append(
            Run(words=words, one=one.span(at, words), two=two.span(place, words), first_one=at, first_two=place)
        )
    return tuple(chosen)


def _maximal(one: Words, two: Words, least: int) -> list[tuple[int, int, int]]:
    """(words, first word in one, first word in two) of each run that cannot be made longer."""
    mine, theirs = one.shingles(least).tolist(), two.shingles(least).tolist()
    both = set(mine) & set(theirs)
    places: dict[int, list[int]] = {}
    for place, shingle in enumerate(theirs if both else ()):
        if shingle in both and len(there := places.setdefault(shingle, [])) < PLACES:
            there.append(place)
    found: list[tuple[int, int, int]] = []
    # Where in the other text each run has got to -> the word of this text at which it began.
    running: dict[int, int] = {}
    for at in range(len(mine) + 1 if both else 0):
        following = {}
        for place in places.get(mine[at], ()) if at < len(mine) else ():
            following[place] = running.pop(place - 1, at)
        for place, begun in running.items():
            longer = at - 1 - begun
            found.append((longer + least, begun, place - longer))
        running = following
    return found


def covered(one: Words, two: Words, *, length: int) -> int:
    """How many words of ``one`` stand in a run of ``length`` words that ``two`` has too."""
    shared = np.isin(one.shingles(length), two.shingles(length))
    under = np.zeros(len(one) + 1, np.int64)
    starts = np.flatnonzero(shared)
    np.add.at(under, starts, 1)
    np.add.at(under, starts + length, -1)
    return int((under.cumsum() > 0).sum())

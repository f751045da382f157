"""What two texts share: long runs of the same words. Pure, so that stories can be built on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from articles.core.folding import fold

# So many words in a row are not the same by chance; two texts about one event, from one source, share such a run.
LONG = 12
# A run that stands in more texts than this is a phrase of the house, not an event.
COMMON = 5
# Of a longer text only the beginning is compared.
MOST_WORDS = 20_000
WORD = re.compile(r"[^\W_]+")


class _Folding(dict[int, str]):
    """Each character as ``fold`` writes it, looked up once: a whole text is then folded at one stroke."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, fold(chr(code)))


FOLDING = _Folding()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The longest run of words that a text shares with the text ``key``: so many ``words``, as the other text (from
    ``start`` to ``end``, in characters) writes them."""

    key: int
    words: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text, folded, and where each stands in it."""

    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        found = list(islice(WORD.finditer(text.translate(FOLDING)), MOST_WORDS))
        return cls(folded=tuple(match[0] for match in found), spans=tuple(match.span() for match in found))

    def shingles(self, length: int = LONG) -> list[int]:
        """A number for each run of so many words, by the word it begins at."""
        return [hash(self.folded[at : at + length]) for at in range(len(self.folded) - length + 1)]


class ShingleIndex:
    """The runs of LONG words of some texts. Building and asking take time linear in the words."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._words = {key: Words.of(text) for key, text in texts.items()}
        self._at: dict[int, dict[int, list[int]]] = {}
        for key, words in self._words.items():
            for at, shingle in enumerate(words.shingles()):
                self._at.setdefault(shingle, {}).setdefault(key, []).append(at)

    def shared(self, text: str) -> list[Shared]:
        """For each text that shares a run with this one, the longest; the longest of all first. Runs that stand in more
        than COMMON of the texts say nothing."""
        own = Words.of(text)
        best: dict[int, tuple[int, int]] = {}
        running: dict[tuple[int, int], int] = {}
        for shingle in own.shingles():
            there = self._at.get(shingle, {})
            following: dict[tuple[int, int], int] = {}
            for key, places in there.items() if len(there) <= COMMON else ():
                # A text that repeats one run a thousand times must not make a thousand of each.
                for at in places[:LONG]:
                    begun = running.get((key, at - 1), at)
                    following[key, at] = begun
                    words = at - begun + LONG
                    if key not in best or words > best[key][0]:
                        best[key] = (words, begun)
            running = following
        found = [self._shared(key, begun, words) for key, (words, begun) in best.items()]
        return sorted(found, key=lambda one: (-one.words, one.key))

    def _shared(self, key: int, first: int, words: int) -> Shared:
        spans = self._words[key].spans
        return Shared(key=key, words=words, start=spans[first][0], end=spans[first + words - 1][1])


def longest_shared(text: str, texts: Mapping[int, str]) -> list[Shared]:
    """The texts that share a run of LONG words with this one, looked up by the shingles of this one: quick where one
    text is compared with many."""
    own = set(Words.of(text).shingles())
    near = {key: other for key, other in texts.items() if not own.isdisjoint(_shingles(other))}
    return ShingleIndex(near).shared(text)


def _shingles(text: str) -> set[int]:
    """The numbers of a text's runs, without their places."""
    words = WORD.findall(text.translate(FOLDING))[:MOST_WORDS]
    return set(map(hash, zip(*(words[at:] for at in range(LONG)), strict=False)))

"""What the trained recogniser looks at: the words' shapes, ends, neighbours and lists, and their other places in the text.

A *sign* is a string. Signs of one word are the same wherever it stands, and are found once a word; signs of a place are
asked at each. Words must be given as the text has them, sentence by sentence.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from articles.core.entities import known
from articles.core.entities.names import grouped, leading, lists, nouns
from articles.core.folding import fold
from articles.core.registry import words as in_list

AGAIN = re.compile(r"(.)\1+")
# Titles before a person's name, verbs behind it, and the words that begin the name of an organisation, place or event.
TITLES, SAYS, HEADS = in_list("name_titles"), in_list("name_says"), in_list("name_heads")
AT = frozenset(("a", "en", "au", "aux", "vers", "pres", "dans", "depuis", "nord", "sud", "est", "ouest"))
GAP = frozenset(
    ("de", "du", "des", "la", "le", "les", "l'", "d'", "et", "pour", "en", "sur", "au", "aux", "-", "of", "the")
)
BACK = 7


def low(word: str) -> str:
    """The word folded, numbers masked by their length."""
    folded = fold(word)
    return "9" * min(len(folded), 5) if folded.isdigit() else folded


class _Marks(dict[int, str]):
    """What stands for a letter in a shape; each is looked at once."""

    def __missing__(self, letter: int) -> str:
        char = chr(letter)
        mark = "X" if char.isupper() else "x" if char.isalpha() else "9" if char.isdigit() else char
        self[letter] = mark.replace("’", "'")
        return self[letter]


MARKS = _Marks()


def shape(word: str) -> str:
    """ "Jean-Yves" -> "Xx-Xx": letters as X and x, digits as 9, runs as one."""
    return AGAIN.sub(r"\1", word.translate(MARKS))[:10]


class Word:
    """A word and its signs: ``here`` where it stands, ``near`` for a neighbour, ``far`` for the next but one."""

    __slots__ = ("capital", "far", "folded", "form", "here", "listed", "near", "shape")
    here: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]

    def __init__(self, word: str) -> None:
        self.folded = low(word)
        self.shape = shape(word)
        self.capital = word[0].isupper()
        self.listed = lists().of(word)
        if not self.listed and (noun := nouns().get(self.folded)):
            self.listed = "^" + noun if self.capital else noun
        self.form = (self.shape, leading(self.listed))
        plain, form, lists_ = "w=" + self.folded, "s=" + self.shape, "l=" + self.form[1]
        ends = [f"e{size}={self.folded[-size:]}" for size in (1, 2, 3, 4) if len(word) > size]
        starts = [f"b{size}={self.folded[:size]}" for size in (2, 3, 4) if len(word) > size]
        size = f"n={min(len(word), 12)}"
        named = self.listed.split("+") if self.listed else []
        one_by_one = dict.fromkeys(f"L={part}" for name in named for part in (name, grouped(name)) if part)
        parts = [f"p={part}" for part in self.folded.split("-")] if "-" in word else []
        exact = ["W=" + word, "ws=" + self.folded[:6] + self.shape]
        here, near = known.signs(word, self.shape)
        self.here = (plain, form, lists_, size, lists_ + form, *exact, *ends, *starts, *one_by_one, *parts, *here)
        self.near = (plain, form, lists_, *ends[1:3:1], *near, *one_by_one)
        self.far = (plain, form, lists_)


@lru_cache(maxsize=60_000)
def word_of(word: str) -> Word:
    """The word's signs, kept for the words that were met last."""
    return Word(word)


class Story:
    """What the whole text says of its names: word -> how it is met at its other places.

    A family name met once behind a given name is a person's everywhere; a name behind "à" is a place's (non-local
    signs as of Chieu and Ng, 2002).
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        # In the order in which they were met: the same text gives the same signs in the same order.
        self.met: dict[str, dict[str, None]] = {}
        self.lower: set[str] = set()
        for sentence in sentences:
            self._read(sentence)

    def _read(self, sentence: Sequence[str]) -> None:
        words = [word_of(word) for word in sentence]
        last = len(words) - 1
        for at, word in enumerate(words):
            if not word.capital:
                self.lower.add(word.folded)
                continue
            met = self.met.setdefault(sentence[at], {})
            if at:
                before = words[at - 1]
                if before.folded == "(":
                    self._defined(words, sentence, at, met)
                met["mid" if before.folded not in '«"“–-:•' else "open"] = None
                if before.capital:
                    met["run"] = None
                    if "given" in before.listed:
                        met["named"] = None
                elif before.folded in TITLES:
                    met["titled"] = None
                elif before.folded in AT:
                    met["at"] = None
                elif before.folded in ("(", "le", "la", "l'", "du", "les", "des", "par", "d'", "de", "avec", "selon"):
                    met[before.folded] = None
            if at < last:
                after = words[at + 1]
                if after.capital:
                    met["leads"] = None
                elif after.folded == "a" or after.folded in SAYS:
                    met["acts"] = None
                elif after.folded == "(":
                    met["(after"] = None

    def _defined(self, words: Sequence[Word], sentence: Sequence[str], at: int, met: dict[str, None]) -> None:
        """Whether letters in brackets are the initials of the words before them: "Long Name (LN)"."""
        letters = words[at].folded
        if not (2 <= len(letters) <= 8 and sentence[at].isupper() and letters.isalpha()):
            return
        left, number = len(letters), at - 2
        while left and number >= 0 and at - number < 4 * len(letters):
            if words[number].folded[0] == letters[left - 1]:
                left -= 1
            elif words[number].folded not in GAP and len(words[number].folded) > 3:
                break
            number -= 1
        if not left:
            met["initials"] = None
            for place in range(number + 1, at - 1):
                if words[place].capital:
                    self.met.setdefault(sentence[place], {})["spelled"] = None

    def of(self, word: Word, written: str) -> Iterator[str]:
        """The signs of a capitalised word."""
        met = self.met[written]
        for sign in met:
            yield "D=" + sign
        known = [sign for sign in ("named", "titled", "at", "run", "leads", "acts", "(") if sign in met]
        yield "DD=" + "+".join(known) + word.shape
        if word.folded in self.lower:
            yield "D=lower"
        if "mid" not in met:
            yield "D=only first"


Forms = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]


def of_forms(forms: Forms) -> list[str]:
    """The signs of the shapes and lists of a word between its neighbours: few among so many places."""
    (form1, listed1), (form, listed), (form2, listed2) = forms
    return [
        "ss=" + form1 + "_" + form,
        "ss+" + form + "_" + form2,
        "sss=" + form1 + "_" + form + "_" + form2,
        "ll=" + listed1 + "_" + listed + form,
        "ll+" + listed + "_" + listed2 + form2,
    ]


def places(sentence: Sequence[str], story: Story) -> Iterator[tuple[Forms, list[str]]]:
    """For each word of a sentence its forms, and the other signs of its place: neighbours, lists of several words, story."""
    words = [word_of(word) for word in sentence]
    spans = lists().spans(words, sentence)
    count = len(words)
    edge = EDGE
    head = ""
    head_at = -BACK
    for at, word in enumerate(words):
        before = words[at - 1] if at else edge
        after = words[at + 1] if at + 1 < count else edge
        form = word.shape
        signs = [
            "ww=" + before.folded + "_" + word.folded,
            "ww+" + word.folded + "_" + after.folded,
            "ws-" + before.folded + "_" + form,
            "ws+" + form + "_" + after.folded,
        ]
        if at > 1:
            signs.append("wws=" + words[at - 2].folded + "_" + before.folded + "_" + form)
        if not at:
            signs.append("first")
        elif at == count - 1:
            signs.append("last")
        if spans[at]:
            signs += spans[at]
        if word.capital:
            signs += story.of(word, sentence[at])
        if at - head_at < BACK and head:
            signs.append("h=" + head)
            signs.append(f"hd={head}{at - head_at}")
            signs.append("hs=" + head + form)
        if word.folded in HEADS:
            head, head_at = word.folded, at
        elif word.folded in GAP or word.capital or (at - head_at == 1 and form == "x"):
            pass
        elif form != "x" or at - head_at > 2:
            head = ""
        yield (before.form, word.form, after.form), signs


class Edge(Word):
    """What stands before the first and behind the last word."""

    def __init__(self) -> None:
        self.folded = self.shape = self.listed = "|"
        self.form = (self.shape, self.listed)
        self.capital = False
        self.here, self.near, self.far = ("w=|",), ("w=|",), ("w=|",)


EDGE = Edge()

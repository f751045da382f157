"""A selection moved to whole words, and all places where the same words stand. Offsets are code points of one text.

What a hand selects is rarely what it means: half a letter too much, a comma, "d'" before a name. A word here is what a
reader takes for one: "Saint-Denis", "O'Brien", "O.N.U.", "AT&T", "צה״ל"; an elision before a name or the "'s" behind it is
none of it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Set

from articles.core.edits import Span, in_word
from articles.core.folding import fold

APOSTROPHES = "'’ʼ"
HYPHENS = "-‐‑\u05be"
# Joiners and hyphens that shape a word without being seen: between two letters they are inside it.
INVISIBLE = "\u200c\u200d\u00ad\u2060"
# Between two letters or digits these make one word of them: AT&T, n°5, Col·lectiu, @jean_dupont.
LINKS = frozenset(APOSTROPHES + HYPHENS + INVISIBLE + "&°·_")
BETWEEN_DIGITS = frozenset(".,:")
# In Hebrew a quotation mark before the last letter makes an acronym, an apostrophe another sound.
HEBREW_LINKS = frozenset("\"״'׳")
# Their dot belongs to the name; that of another word may as well end the sentence.
ABBREVIATED = frozenset({"co", "inc", "ltd", "corp", "jr", "sr", "bros"})
# Written without spaces: no word can be told, so a selection stays as it was made.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff]"
)
ELISION = re.compile(rf"(?:[ldjmntsc]|qu|jusqu|lorsqu|puisqu|quoiqu)[{APOSTROPHES}]", re.IGNORECASE)
# "ב-CNN": a Hebrew prefix before a word of another script. Before a Hebrew word it cannot be told from the word.
PREFIX = re.compile(rf"[בהוכלמש]{{1,3}}[{HYPHENS}](?=[A-Za-z0-9])")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\Z")
ELIDED = frozenset("aeiouyhœæø0123456789")
OPENS_SENTENCE = frozenset('.!?…«»“”"(:;–—•\n\r')
# A name that begins so goes on behind its hyphen.
OPENS_NAME = frozenset(
    {
        "al", "bourg", "chateau", "congo", "el", "guinee", "mont", "new", "pont", "port", "saint",
        "sainte", "san", "santa", "sao", "st", "ste", "val", "villa", "ville",
    }
)  # fmt: skip
# More names than this are never joined to one word.
MOST_HYPHENS = 6
NOWHERE: frozenset[int] = frozenset()
# An accent has its letter before it; more of them in a row than this are nobody's writing.
MOST_MARKS = 32


def snap(text: str, start: int, end: int, parted: Set[int] = NOWHERE) -> Span | None:
    """The whole words in this range, from the first to the last, without marks and spaces at the ends; None where there
    is no word. Every selected letter is in it, but for an elision before the first word or a possessive behind the last.

    ``parted``: hyphens that part words instead of joining them (see ``partings`` and ``hyphens``).
    """
    end = min(end, len(text))
    while start < end and not _lettered(text, start):
        start += 1
    while end > start and not _lettered(text, end - 1):
        end -= 1
    if start >= end:
        return None
    while start > 0 and not {start - 1, start} & parted and _joined(text, start):
        start -= 1
    while end < len(text) and not {end - 1, end} & parted and _joined(text, end):
        end += 1
    start += _led_by(text, start, end)
    behind = POSSESSIVE.search(text, max(start + 1, end - 2), end)
    if behind and _lettered(text, behind.start() - 1):
        end = behind.start()
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None


def hyphens(text: str) -> frozenset[int]:
    """Where a hyphen stands within a word."""
    return frozenset(
        at for at, char in enumerate(text) if char in HYPHENS and 0 < at < len(text) - 1 and _links(text, at)
    )


def compounds(text: str) -> Iterator[Span]:
    """Words that may be names with a hyphen between them: "Paris-Vienne", and just as well "Tel-Aviv"."""
    reach = 0
    for at in sorted(hyphens(text)):
        word = snap(text, at - 1, at + 2) if at >= reach else None
        if word is not None:
            reach = word.end
            if _cuts(text, word) and fold(text[word.start : word.end]).partition("-")[0] not in OPENS_NAME:
                yield word


def only(text: str, word: Span, start: int, end: int) -> Span | None:
    """Of a word with hyphens that was made of a selection, the part alone that was selected; None where it has none."""
    part = snap(text, start, end, hyphens(text)) if _cuts(text, word) else None
    return part if part != word else None


def pieces(text: str, word: Span) -> Iterator[Span]:
    """What lies between any two hyphens of a word, the word itself among it."""
    cuts = _cuts(text, word)
    starts, ends = [word.start, *(at + 1 for at in cuts)], [*cuts, word.end]
    yield from (Span(start, end) for n, start in enumerate(starts) for end in ends[n:])


def partings(text: str, word: Span, known: Callable[[str], bool]) -> frozenset[int]:
    """The hyphens of a word that part names: where the whole is no known name, but each of its parts is one, the longer
    before the shorter ("Rabat-Tel-Aviv"). Where any part is unknown ("Coca-Cola", "Jean-Pierre") nothing is parted."""
    if known(word.of(text)):
        return NOWHERE
    cuts = _cuts(text, word)
    for at in reversed(cuts):
        first, rest = Span(word.start, at), Span(at + 1, word.end)
        if known(first.of(text)):
            more = NOWHERE if known(rest.of(text)) else partings(text, rest, known)
            if more or known(rest.of(text)):
                return more | {at}
    return NOWHERE


def _cuts(text: str, word: Span) -> list[int]:
    """The hyphens of a word; none where one of its parts does not begin with a capital letter."""
    cuts = [at for at in range(word.start + 1, word.end - 1) if text[at] in HYPHENS]
    starts = [word.start, *(at + 1 for at in cuts)]
    alike = len(cuts) <= MOST_HYPHENS and all(text[at].isupper() for at in starts)
    return cuts if alike and not re.search(r"\s", word.of(text)) else []


def places(text: str, words: str, parted: Set[int] = NOWHERE) -> Iterator[Span]:
    """Where the same words stand as whole words, whatever the spaces, the form of apostrophes and hyphens, and whether
    an accent is a character of its own."""
    if not words.strip():
        return
    for match in _alike(words).finditer(text):
        span = Span(match.start(), match.end())
        whole = snap(text, *span, parted)
        # "L'" before a name may be a part of it or not: where it stands at the head of a sentence, nobody can tell.
        if whole is None or whole.end != span.end:
            continue
        first, second = sorted((whole.start, span.start))
        if first == second or ELISION.fullmatch(text, first, second):
            yield span


def apart(text: str, words: Span) -> bool:
    """Whether an elision stands before these words, so that they may be the end of a name: "Azur" in "côte d'Azur"."""
    return words.start > 1 and text[words.start - 1] in APOSTROPHES and _lettered(text, words.start - 2)


def around(text: str, words: Span, most: int = 4) -> Iterator[Span]:
    """The longer runs of words that end with these: with one to ``most`` words more before them."""
    start = words.start
    for _ in range(most):
        before = snap(text, *_word_before(text, start))
        if before is None or before.start >= start or "\n" in text[before.start : start]:
            return
        start = before.start
        yield Span(start, words.end)


def _word_before(text: str, start: int) -> tuple[int, int]:
    """The last letter of the word before a point; an elision that ends there is none."""
    at = start - 1
    if at > 0 and text[at] in APOSTROPHES:
        while at > 0 and not text[at].isspace():
            at -= 1
    while at > 0 and not _lettered(text, at):
        at -= 1
    return max(at, 0), max(at, 0) + 1


def _alike(words: str) -> re.Pattern[str]:
    def one(char: str) -> str:
        for group in (APOSTROPHES, HYPHENS):
            if char in group:
                return f"[{group}]" if group == APOSTROPHES else "[-‐‑\u05be]"
        return re.escape(char)

    patterns = []
    for word in words.split():
        forms = dict.fromkeys((word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))))
        patterns.append("(?:" + "|".join("".join(map(one, form)) for form in forms) + ")")
    return re.compile(r"\s+".join(patterns))


def _lettered(text: str, at: int) -> bool:
    """Whether a character is part of a word: a letter, a digit, or an accent upon one; not the sign that colours an
    emoji."""
    if not in_word(text[at]):
        return False
    for before in range(at, max(at - MOST_MARKS, -1), -1):
        if text[before].isalnum():
            return True
        if not in_word(text[before]):
            return False
    return False


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of a point belong to one word."""
    before, here = _lettered(text, at - 1), _lettered(text, at)
    if before and here:
        apart = UNSPACED.match(text[at - 1]) or UNSPACED.match(text[at])
        return not apart or unicodedata.category(text[at])[0] == "M"
    return (not here and _links(text, at)) or (not before and _links(text, at - 1) and not _closes(text, at - 1))


def _links(text: str, at: int) -> bool:
    """Whether a mark stands inside a word, or ends one as the dot of an abbreviation or the plus of "Canal+" does."""
    mark = text[at]
    if not at or _closes(text, at):
        return bool(at)
    if at + 1 == len(text):
        return False
    before, after = text[at - 1], text[at + 1]
    if mark in HYPHENS and before == "." and _initial(text, at - 1):
        return _lettered(text, at + 1)
    if mark == "." and after in HYPHENS:
        return _initial(text, at) and at + 2 < len(text) and _lettered(text, at + 2)
    if not (_lettered(text, at - 1) and _lettered(text, at + 1)):
        return False
    if mark in LINKS:
        return True
    if mark in HEBREW_LINKS:
        return "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea"
    if mark in BETWEEN_DIGITS and before.isdigit() and after.isdigit():
        return True
    if mark != ".":
        return False
    # "U.S" goes on; "lemonde.fr" too; "fin.Le" is two words that somebody glued.
    alone = at + 2 == len(text) or not _lettered(text, at + 2)
    return (_initial(text, at) and alone) or after.islower() or after.isdigit()


def _closes(text: str, at: int) -> bool:
    """Whether a mark is the last character of a word."""
    if not at or (at + 1 < len(text) and _lettered(text, at + 1)):
        return False
    if text[at] == "+":
        return text[at - 1].isalpha() or (text[at - 1] == "+" and at > 1 and text[at - 2].isalpha())
    if text[at] != "." or text[at + 1 : at + 2] in {".", *HYPHENS}:
        return False
    if _initial(text, at):
        return at > 2 and (text[at - 2] == "." or (text[at - 2] in HYPHENS and text[at - 3] == "."))
    word = text[max(at - 5, 0) : at].rpartition(" ")[2]
    return word.lower() in ABBREVIATED and (at - len(word) == 0 or text[at - len(word) - 1].isspace())


def _initial(text: str, dot: int) -> bool:
    """Whether one letter alone stands before a dot."""
    return dot > 0 and text[dot - 1].isalpha() and (dot == 1 or not _lettered(text, dot - 2))


def _led_by(text: str, start: int, end: int) -> int:
    """How many characters at the start of a word are not of it: an elision, or a prefix before another script.

    "L'Oréal" within a sentence is a name with its article; at the head of one, as in capitals, it cannot be told.
    """
    prefix = PREFIX.match(text, start, end)
    if prefix:
        return prefix.end() - start
    elision = ELISION.match(text, start, end)
    if not elision or elision.end() >= end or fold(text[elision.end()]) not in ELIDED:
        return 0
    if text[start].isupper() and not text[elision.end() : end].isupper():
        at = start
        while at > 0 and text[at - 1] in " \u00a0\u202f\t":
            at -= 1
        if at > 0 and text[at - 1] not in OPENS_SENTENCE and not (at < start and text[at - 1] in HYPHENS):
            return 0
    return elision.end() - start

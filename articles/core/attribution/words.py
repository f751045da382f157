"""The words that say who stands behind a text, put together from a data file per language, once.

A page is searched with the words of its own language and with the English ones; where a phrase stands at the edge of a
line, as a signature does, the words of the other languages are tried after them.
"""

import re
from collections.abc import Sequence
from functools import cache

from articles.core.attribution.phrases import Phrase, Slot, any_of, slot_of
from articles.core.folding import fold, key
from articles.core.registry import data
from articles.core.values import Passage

LANGUAGES = ("fr", "en", "es", "de", "it", "pt", "ar", "he")

UPPER = r"A-ZÀ-ÖØ-Þ"
# Hebrew and Arabic letters: they know no capitals, so a name is whatever words stand there.
OTHER = r"א-תؠ-ي"
# A name of an outlet: words with capitals, or small words between them.
NAME = (
    rf"(?:[{UPPER}0-9][\w&'’+\-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}|i24\w+|l['’][{UPPER}]\w{{1,40}})"
    rf"(?:[ \u00a0](?:(?:de|du|des|la|le|les|of|the|et|and|&|della|do|da|di|der|y|e|und)[ \u00a0]){{0,2}}(?:[ld]['’])?"
    rf"[{UPPER}0-9][\w&'’+\-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}){{0,5}}"
)
OTHER_NAME = rf"[{OTHER}][\w״׳\"'’\-]{{1,40}}(?:[ \u00a0][{OTHER}0-9][\w״׳\"'’\-]{{0,40}}){{0,2}}"
OUTLET = re.compile(rf"(?:{NAME}|{OTHER_NAME})")
LATIN_OUTLET = re.compile(NAME)
PERSON = re.compile(
    rf"(?:[{UPPER}][\w'’.\-]{{0,40}}(?:\s+(?:(?:de|du|von|van|di|da|ben|bin|al|el)\s+)?[{UPPER}][\w'’.\-]{{0,40}}){{0,3}}"
    rf"|[{OTHER}][\w'’\-]{{1,40}}(?:\s+[{OTHER}][\w'’\-]{{1,40}}){{1,2}})"
)
# An outlet's name by its shape, where no registry knows it.
OUTLET_SHAPE = re.compile(
    r"\b(?:Radio|RTL|TV|FM|News|Info|Infos|Actu|Actualités?|Presse|Press|Times|Post|Tribune|Gazette|Journal|Herald|"
    r"Daily|Télé|Canal|Chaîne|Channel|Magazine|Hebdo|Media|Médias?|Matin|Soir|Express|Monitor|Observer|Review|Today|"
    r"Zeitung|Tageblatt|Anzeiger|Rundfunk|Diario|Noticias|Periódico|Giornale|Corriere|Jornal|Diário|Notícias)\b"
    r"|\w(?:TV|FM|NEWS|News|Info)\b|\b\w+\.(?:com|fr|net|org|ma|tv|info|il|be|ch|dz|tn|de|es|it|pt|br)\b|\w+24\b|\b24\b"
)
# Marks that say the same in every language: a copyright line, a signature beside a year.
COPYRIGHT = (
    r"(?:©|\([cC]\)|\b[Cc]opyright)[ \u00a0©]{0,20}+(?:\d{4}(?: ?[-–] ?\d{4})?)?[ ,\u00a0:]{0,20}+"
    r"(?:(?:[Cc]opyright|COPYRIGHT)[ :]{1,3})?"
)


class Text:
    """A passage with its words and the same words folded: what every finder of the chain searches in."""

    __slots__ = ("folded", "kind", "passage", "text")

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.kind = passage.block.kind
        self.text = passage.text
        self.folded = fold(passage.text)


class Words:
    """The words of some languages, in the order in which they are tried."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self._slots: dict[str, Slot] = {}

    def phrases(self, name: str) -> list[Phrase]:
        return [phrase for language in self.languages for phrase in _rows(language).get(name, ())]

    def slot(self, name: str) -> Slot:
        """The phrases of a slot as they are searched with."""
        if name not in self._slots:
            self._slots[name] = slot_of(self.phrases(name))
        return self._slots[name]

    def any_of(self, name: str) -> str:
        """One pattern over folded text for any phrase of a slot, without the name it gives away."""
        return any_of(self.phrases(name))

    def listed(self, name: str) -> frozenset[str]:
        """The words of a slot that is a list of words, folded."""
        return frozenset(fold(word) for phrase in self.phrases(name) for word in phrase.words.split())


@cache
def _rows(language: str) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for line in data(f"attribution/{language}.tsv").splitlines():
        if line.strip() and not line.startswith("#"):
            slot, words, reason, weight, *_ = (*line.split("\t"), "", "", "")
            found.setdefault(slot, []).append(Phrase(words, reason, int(weight or 1)))
    return found


@cache
def words_of(language: str, *, signatures: bool = False) -> Words:
    """The words for a page in this language: its own and the English ones, for ``signatures`` all others behind them.

    A language that is unknown, or one that has no words here, is searched with all.
    """
    near = [language, "en"] if language in LANGUAGES else []
    if signatures or not near:
        near += LANGUAGES
    return _words(tuple(dict.fromkeys(near)))


@cache
def _words(languages: tuple[str, ...]) -> Words:
    return Words(languages)


@cache
def agencies() -> dict[str, tuple[str, ...]]:
    """Agencies that are known even to an empty registry, each with the other ways it signs."""
    found = {}
    for line in data("attribution/agencies.tsv").splitlines():
        if line.strip() and not line.startswith("#"):
            name, aliases = (*line.split("\t"), "")[:2]
            found[name] = tuple(alias for alias in aliases.split("|") if alias)
    return found


@cache
def picture_agencies() -> dict[str, bool]:
    """Names that sign pictures, as they are written in a credit, and whether they supply nothing else."""
    found = {}
    for line in data("attribution/pictures.tsv").splitlines():
        if line.strip() and not line.startswith("#"):
            name, only = (*line.split("\t"), "")[:2]
            found[name] = only == "only"
    return found


@cache
def agency_keys() -> frozenset[str]:
    """The names of those agencies, as keys."""
    return frozenset(key(each) for name, aliases in agencies().items() for each in (name, *aliases))

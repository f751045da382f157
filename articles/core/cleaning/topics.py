"""What a line may speak of, by its words alone: whether a long search of it is worth while.

The longest patterns look for dozens of phrases at every character of a line. Each of the phrases has one of the stems
that are named here; a word is looked at once, however many lines and pages have it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

WORDS_KEPT = 50_000
COMMENTS, LEGAL, RIGHTS, PICTURES, VIEWS, MACHINERY, AUTHORS = (1 << bit for bit in range(7))
# On folded words: each phrase of the pattern has one of these somewhere in a word.
STEMS = {
    COMMENTS: r"com+ent|komment|retirera|reagir|reply|discussion|conversation|thread|published|adresse|champs|required|"
    r"enregistrer|save|moder|reserve|inscri|abonne|connecte|membre|member|subscriber|log|תגובה|تعليق",
    LEGAL: r"akismet|cookie|confidentialite|privacy|donnees|data|legales|generales|terms|droits|derechos|rights|rechte|"
    r"diritti|direitos|reproduc|reproduit|repris|diffus|redistribu|published|datenschutz|recaptcha|information|traceurs|"
    r"gerer|editrice|cppap|propulse|powered|standards|code|זכויות|حقوق",
    RIGHTS: r"editorial|mandatory|archive|sales?\b|marketing|commercial|credit|rights",
    PICTURES: r"credit|photo|foto|bild|image|picture|illustration|video|capture|aimable|courtesy|screen|afp|reuters|"
    r"getty|©|\(c\)",
    VIEWS: r"gauche|droite|dessus|contre|centre|center|left|right|links|rechts|mitte|pictured|seen|file|undated|handout|"
    r"photo|image|bild|\b[lr]\b",
    MACHINERY: "javascript|telechargez|download",
    AUTHORS: "suivre|follow|articles|stories|posts|folgen|seguir",
}
TOPICS = {topic: re.compile(stems) for topic, stems in STEMS.items()}


def _by_first_letter(stems: Iterable[str]) -> str:
    """The same choice between the stems, asking for each first letter once."""
    rests: dict[str, list[str]] = defaultdict(list)
    for stem in stems:
        first = stem[0] if stem[0].isalpha() else ""
        rests[first].append(stem.removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


# Most words have none of the stems.
ANY = re.compile(_by_first_letter(sorted({stem for stems in STEMS.values() for stem in stems.split("|")})))


def topics(folded: str) -> int:
    """The bits of what a folded line may speak of."""
    found = 0
    for word in folded.split():
        found |= _of_word(word)
    return found


@lru_cache(maxsize=WORDS_KEPT)
def _of_word(word: str) -> int:
    if ANY.search(word) is None:
        return 0
    return sum(topic for topic, stems in TOPICS.items() if stems.search(word))

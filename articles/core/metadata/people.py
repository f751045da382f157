"""Names of people in a byline: never an organisation, never a role."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from articles.core.folding import fold, key
from articles.core.registry import data, named, words
from articles.core.values import KnownOutlet

# What introduces a name. The first group are words that also mean other things, so they must begin a part of the line.
CUE = re.compile(
    r"(?:\bde notre (?:correspondante?|envoyee? speciale?)(?: (?:a|en|au) [\w-]+)?,?\s+"
    r"|(?:^|[-|•·–—,(]\s*|\d\s+|\n)(?:par|by|de|von|por|di|da|texte?|texto|"
    r"testo(?: di)?|intervista di|auteure?s?|authors?|redige par)\s*:?\s+"
    r"|\bpropos recueillis par\s*:?\s+|\b(?:ecrit|publie|poste|propose|signe|interview realisee?|recueilli) par\s*:?\s+"
    r"|\b(?:kommentar|kolumne|analyse|interview|gastbeitrag|essay|bericht|reportage|aufgezeichnet) von\s+"
    r"|^\s*+(?:بقلم|كتبت?|شعر|متابعة|إعداد|اعداد|حوار|تقرير|מאת|כתבה?|ראיינה?)\s*:?\s+"
    r"|\b(?:written|posted|reported|published|story|words|interview) by\s*:?\s+"
    r"|\b(?:par|by)(?:\s*+:)?\s++(?=\S))"
)
# Who edited or compiled a text did not write it.
EDITED = re.compile(
    r"(?:(?:edit(?:ing|ed)|relu|revu|compiled|curated|produced|production)"
    r"|(?:tradu\w+|translat\w+|ubersetz\w+)(?: [\w']+){0,3}) (?:by|par|por|da|di|de|von)\s*+(?::\s*+)?$"
)
GLUED = re.compile(r"^(?:(?:By|Par)+(?=[A-ZÀ-Ý])|(?:Byby|Parpar)\s+)")
INTERVIEW = re.compile(r"propos recueillis par\s*:?\s+|interview(?: realisee?)? (?:par|by)\s*:?\s+")
END = re.compile(
    r"\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\s+[-–—|•·]\s+|[|•·\n()<>@:]"
    r"|\s+(?:avec|with|pour|for|For|FOR|le|on|à|at|in|publié|published|mis à jour|updated|posted|für|para|per)\s"
    r"|\s(?:avec|with)$|\d|\s[-–—]"
    r"|\s+(?:Suivre|Follow|Voir ses articles)\b|(?<!\b\w)(?<!\b[DJS]r)(?<!\bSt)(?<!\bProf)(?<!\bRev)\.\s+(?=\S{4,})"
    r"|,?\s+(?:Publié|Published|Mis à jour|Updated|Posted|Le|On)\b"
    # Words of the page that the markup alone set apart.
    r"|(?<=[a-zß-ÿ]{4})(?=[A-ZÀ-Ý][a-zß-ÿ]{2})|(?<=[a-zß-ÿ])(?=(?:Published|Updated|Posted|Publié|Staff|Writer|Editor|Reporter)\b)"
    r"|(?<=[a-zß-ÿ])(?=(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b)"
)
PARTS = re.compile(r"(?:(?<!\s)\s+|)(?:[,;/&]|\bet\b|\band\b|\by\b|\bund\b|\be\b|\bog\b|\boch\b|\s-\s)\s*")
PARTICLES = words("particles")
# Words that stand in the signature of a desk and never in the name of a person.
DESK = words("desk")
WORD = re.compile(r"[^\W\d_][\w'’.\-]*\.?")
INITIALS = re.compile(
    r"\s*+\(?((?:[A-ZÀ-Ý]\.[ -]?){2,4}(?:[A-ZÀ-Ý]\b)?)\)?\s*+(?=\Z|(?:avec|with|mit|con|com|et|and|und|[,/|]) ?[^\W\d_])"
)
# A line that signs does so a few times; a list of works may go on for ever.
CUES = 16
# How far before "by" the word may begin that says what was done ("production by").
DONE = 48


@cache
def _listed(name: str) -> frozenset[str]:
    """A list of words of ``data/bylines.json``."""
    return frozenset(json.loads(data("bylines.json"))[name].split())


@cache
def _given() -> frozenset[str]:
    lines = data("given_names.txt").splitlines()
    return frozenset(fold(name) for line in lines if not line.startswith("#") for name in line.split())


def is_firm(name: str) -> bool:
    """Whether a word of the name is one that firms, desks and the furniture of pages bear, and people do not."""
    parts = [fold(word).strip(".,'") for word in name.split()]
    return any(part in _listed("firms") for part in parts) or bool(_listed("furniture").intersection(parts[:1]))


def begins_like_a_person(name: str) -> bool:
    """Whether the first word is a given name that we know; of most names of the world we know none."""
    return fold(name).split(" ")[0].split("-")[0] in _given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A name in a line: ``[start, end)`` of the text; ``cued`` when a word such as "Par" stands before it."""

    name: str
    start: int
    end: int
    cued: bool


def signed(text: str, outlets: Sequence[KnownOutlet], *, bare: bool) -> list[Signed]:
    """The people who sign a line. ``bare``: a name may stand alone, without a word that introduces it."""
    folded = fold(text)
    cues = (match for match in CUE.finditer(folded) if not _edited(folded, match))
    starts = [match.end() for match in islice(cues, CUES)]
    if glued := GLUED.match(text):
        starts.insert(0, glued.end())
    found = [one for at in starts for one in _names(text, at, outlets, cued=True)]
    if not starts and bare:
        found = _names(text, len(text) - len(text.lstrip()), outlets, cued=False)
    unique: dict[str, Signed] = {}
    for one in found:
        unique.setdefault(key(one.name), one)
    return list(unique.values())


def _edited(folded: str, cue: re.Match[str]) -> bool:
    return EDITED.search(folded, max(0, cue.start() - DONE), cue.end()) is not None


def interviewers(text: str, outlets: Sequence[KnownOutlet]) -> list[Signed]:
    """Who took down an interview, as the text itself says."""
    return [
        one
        for match in islice(INTERVIEW.finditer(fold(text)), CUES)
        for one in _names(text, match.end(), outlets, cued=True)
    ]


def _names(text: str, at: int, outlets: Sequence[KnownOutlet], *, cued: bool) -> list[Signed]:
    stop = END.search(text, at, at + 400)
    initials = INITIALS.match(text, at)
    if initials:
        start = initials.start(1)
        name = initials[1].strip()
        return [Signed(name=name, start=start, end=start + len(name), cued=cued)]
    end = stop.start() if stop else min(len(text), at + 400)
    found: list[Signed] = []
    for start, stop_at in _parts(text, at, end):
        start += _lead(text[start:stop_at])
        name = text[start:stop_at]
        if found and " " in found[-1].name and " " not in name:
            # A word alone behind a name is where the person is, or what he is there.
            continue
        if is_person(name, outlets, cued=cued):
            found.append(Signed(name=cased(name), start=start, end=stop_at, cued=cued))
    return found


def _lead(name: str) -> int:
    """How much stands before the name that is none of it: "Contact", "Opinion", "Dr."."""
    at = 0
    while (cut := name.find(" ", at)) > 0 and fold(name[at:cut]).strip(".:") in _listed("lead"):
        at = cut + 1
    return at


def cased(name: str) -> str:
    """A name on one line; a surname in capitals beside a first name that is not gets small letters."""
    parts = name.split()
    shouted = [len(part) > 3 and part.isupper() for part in parts]
    if any(shouted) and not all(part.isupper() for part in parts):
        parts = [part.title() if loud else part for part, loud in zip(parts, shouted, strict=True)]
    return " ".join(parts)


def _parts(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list of names, without the marks at their ends."""
    bounds = [at, *(edge for match in PARTS.finditer(text, at, end) for edge in match.span()), end]
    for start, stop in zip(bounds[::2], bounds[1::2], strict=True):
        part = text[start:stop]
        lead = len(part) - len(part.lstrip(' \u00a0.-–—:"«»'))
        kept = part.rstrip(' \u00a0-–—:"«»,')
        if kept.endswith(".") and not re.search(r"\b\w\.$", kept):
            kept = kept[:-1]
        if lead < len(kept):
            yield start + lead, start + len(kept)


def is_person(name: str, outlets: Sequence[KnownOutlet], *, cued: bool) -> bool:
    """Whether these words can be the name of one person."""
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > 60 or (len(words) == 1 and not cued):
        return False
    if named(name, outlets) or any(part in DESK for word in words for part in fold(word).strip(".").split("-")):
        return False
    if len(words) == 1 and (words[0].isupper() or len(words[0]) < 3):
        return False
    for word in words:
        if not WORD.fullmatch(word):
            return False
        first = re.sub(r"^[dlDL]['’]", "", word)[:1]
        if first.islower() and fold(word).strip("'") not in PARTICLES:
            return False
    return not words[0][:1].islower() or (fold(words[0]) in PARTICLES and len(words) > 1)

"""Place or power: whether the name of a country or capital means where it lies, or who governs there.

Told from the words beside the name, which are data (``data/senses.json``). "power" moves type and entity of a tag, so it
is said only where the words leave no other reading: a team, a market or a city hall is no government.
"""

import json
import re
from functools import cache
from typing import Literal

from articles.core.entities import words as w
from articles.core.folding import fold
from articles.core.registry import data

Sense = Literal["", "place", "power", "open"]
# So far before and behind a name its words are looked at; a sentence is not read further than FAR either way.
NEAR, FAR = 90, 240
THE = r"(?: (?:les?\b|la\b|l'|the\b))? ?"
NAME = (
    rf"(?:[Ll]es? |[Ll]a |[Ll]['’]|[Tt]he )?[{w.UPPER}][\w’'\-]+"
    rf"(?: [{w.UPPER}][\w\-]+| arabes unis| du Sud| du Nord| saoudite)*"
)
# Names joined to this one share its words: "Rabat et Alger ont rompu", "entre la Turquie et la Grèce".
AND = "(?: et | and | ainsi que | puis )"
JOINED_BEFORE = re.compile(rf"(?:{NAME}(?:, |{AND}))*{NAME}{AND}(?:[Ll]es? |[Ll]a |[Ll]['’]|the )?$")
LISTED_BEFORE = re.compile(rf"(?:{NAME}, )+(?:[Ll]es? |[Ll]a |[Ll]['’]|the )?$")
JOINED_BEHIND = re.compile(rf"(?:, {NAME})*{AND}{NAME}|,? (?:comme|like) {NAME},?")
ENDS = re.compile(r"[.!?…]\s|\n")
DATELINE = re.compile(r"^ ?\((?:afp|reuters|ap|map|aps|belga|ats)\)|^, (?:le )?\d{1,2} [a-z]{3,9}\b|^ ?[—–] ")
# "Sénégal : un train reliera…": a headline opens with where it happens.
HEADED = re.compile(r"\s?:\s")
OF_IT = re.compile(r"^'s ")


@cache
def _lists() -> dict[str, str]:
    """The lists of ``senses.json``, each as a group of a pattern, longer words first."""
    found: dict[str, str] = json.loads(data("senses.json"))
    return {
        name: "(?:" + "|".join(_word(one) for one in sorted(words.split("|"), key=len, reverse=True)) + ")"
        for name, words in found.items()
    }


def _word(said: str) -> str:
    return re.escape(said).replace(r"\*", r"\w{0,4}") + (r"" if said.endswith("'") else r"\b")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = _lists()
    few, some = r"(?: [\w'\-]+){0,2}", r"[^.!?;:\n]{0,60}"
    light = rf"(?:[ ]*(?:{lists['light']}|,(?= qui\b| which\b| who\b)))"
    patterns = {
        # Directly before the name, which begins behind its article.
        "at": rf"\b{lists['at']}{THE}$",
        "to": rf"\b{lists['to']}{few} {lists['toward']}{THE}$",
        "asked": rf"\b{lists['asked']} (?:[\w\-]+ ){{0,2}}{lists['toward']}{THE}$",
        "ways": rf"\b{lists['ways']}{few} {lists['with']}{THE}$",
        "dealings": rf"\b{lists['dealings']}{some} {lists['with']}{THE}$",
        "second": rf"\b{lists['dealings']}{some} (?:entre|between) [^.!?;:\n]{{1,40}} (?:et|and){THE}$",
        "measures": rf"\b{lists['measures']}(?: [\w'\-]+){{0,4}} {lists['against']}{THE}$",
        "says": rf"\b{lists['says']}{THE}$",
        "done": rf"\b{lists['done']}{few} {lists['by']}{THE}$",
        "doings": rf"\b{lists['doings']}(?: [\w\-]+)? {lists['of']}{THE}$",
        "telling": rf"[,»”\"] (?:a |ont )?{lists['telling']}{THE}$",
        "below": rf"(?:\b{lists['prepositions']}{THE}|-)$",
        # Directly behind it.
        "acts": rf"^{light}{{0,5}} ?{lists['acts']}",
        "triumphs": rf"^[^.!?;]{{0,40}}\b{lists['triumphs']}",
        "its": rf"^'s (?:[\w\-]+ )?{lists['doings']}",
        # Anywhere in the sentence.
        "sport": rf"\b{lists['sport']}",
        "no_sport": rf"\b{lists['no_sport']}",
        "city": rf"\b{lists['city']}",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def sense(text: str, start: int, end: int) -> Sense:
    """What a country or capital at ``[start, end)`` means, told from the words beside it; "open" where they say nothing,
    empty where they say that it is neither: a team."""
    said = _patterns()
    before, behind = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    own = fold(before).replace("\n", " ")
    if _asked(own, fold(behind)):
        return "power"
    if said["to"].search(own):
        return "open"
    joined = JOINED_BEHIND.match(behind)
    shared = fold(_shared(before, listed=bool(joined))).replace("\n", " ")
    at = _at(before, own) and not said["says"].search(own) and not said["doings"].search(own)
    if at and OF_IT.match(behind):
        # "in Germany's carmakers" is not in Germany; "in Germany's south" is.
        return "open"
    if at or said["ways"].search(shared) or _opens(text[:start], behind):
        return "place"
    near = fold(text[max(0, start - FAR) : end + FAR]).replace("\n", " ")
    if said["sport"].search(said["no_sport"].sub(" ", near)):
        return ""
    if said["city"].search(_sentence(text, start, end)):
        return "open"
    if any(
        said[name].search(shared) for name in ("dealings", "second", "measures", "says", "done", "doings", "telling")
    ):
        return "power"
    after = fold(behind[joined.end() :] if joined else behind)
    acts = said["acts"].match(after) and not said["triumphs"].match(after) and not said["below"].search(shared)
    if acts or said["its"].match(after):
        return "power"
    return "open"


def _opens(before: str, behind: str) -> bool:
    """Whether a name opens a line or a headline as the place of what follows."""
    return bool(DATELINE.match(fold(behind))) or (not before.strip() and bool(HEADED.match(behind)))


def _at(before: str, own: str) -> bool:
    """Whether the words before a name say where; an English "a" does not, a French "à" does."""
    match = _patterns()["at"].search(own)
    return match is not None and before[match.start() :].split(" ")[0] != "a"


def _shared(before: str, *, listed: bool) -> str:
    """What stands before a name, or before the first of several that share it. ``listed``: more follow behind it."""
    shared = JOINED_BEFORE.sub("", before)
    return LISTED_BEFORE.sub("", before) if shared == before and listed else shared


def _asked(before: str, behind: str) -> bool:
    """Whether something is asked of it: "demande à Rabat de…", not "l'asile demandé à Rabat"."""
    return bool(_patterns()["asked"].search(before)) and bool(re.match(r" (?:de |d'|qu|to )|[.,]", behind))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence of a name, folded, as far as it is near."""
    before, behind = text[max(0, start - FAR) : start], text[end : end + FAR]
    last = max((match.end() for match in ENDS.finditer(before)), default=0)
    first = ENDS.search(behind)
    return fold(before[last:] + text[start:end] + (behind[: first.start()] if first else behind)).replace("\n", " ")


def governs(surface: str) -> tuple[str, ...]:
    """The codes of the countries whose government papers mean by a name; none where it is no country or capital."""
    return w.powers().get(fold(surface), ())

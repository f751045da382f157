"""Two scripts in one line, or in one word."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from articles.core.quality.passages import READ, flag_on
from articles.core.values import Flag, Passage

# Lines whose scripts matter: those that are read, and the single headline of another page.
SCRIPTS = READ | {"credit", "related"}
SCRIPT_RANGES = (
    (0x0370, 0x0400, "Greek"),
    (0x0400, 0x0530, "Cyrillic"),
    (0x0530, 0x0590, "Armenian"),
    (0x0590, 0x0600, "Hebrew"),
    (0x0600, 0x0700, "Arabic"),
    (0x0750, 0x0780, "Arabic"),
    (0x08A0, 0x0900, "Arabic"),
    (0x0900, 0x0980, "Devanagari"),
    (0x0E00, 0x0E80, "Thai"),
    (0x10A0, 0x1100, "Georgian"),
    (0x3040, 0x3100, "Japanese"),
    (0x3400, 0xA000, "Chinese"),
    (0xAC00, 0xD7B0, "Korean"),
    (0xFB1D, 0xFB50, "Hebrew"),
    (0xFB50, 0xFE00, "Arabic"),
    (0xFE70, 0xFF00, "Arabic"),
)
STARTS = [start for start, _, _ in SCRIPT_RANGES]
OTHER = re.compile(r"[\u0370-\u06ff\u0750-\u077f\u08a0-\u097f\u0e00-\u0e7f\u10a0-\u10ff\u3040-\ud7af\ufb1d-\ufefe]+")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")
SEVERAL = re.compile(r"[\u0370-\ufefe]")
# Cyrillic and Greek letters that look like Latin ones, and the Latin ones they look like.
LOOK_LATIN = frozenset("аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅοινυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
LOOK_OTHER = frozenset("aeopcyxijsdqwhABEKMHOPCTYXIJSZNvuk")
# A word of Latin letters with Cyrillic or Greek ones, or the other way round.
ALIKE_INSIDE = re.compile(
    r"(?<!\w)(?=[A-Za-zÀ-ɏ]{0,60}[\u0370-\u052f]|[\u0370-\u052f]{1,60}[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ\u0370-\u052f]{3,60}(?!\w)"
)
# The script of languages that are not written in Latin letters.
OWN = {
    "he": "Hebrew", "yi": "Hebrew", "ar": "Arabic", "fa": "Arabic", "ur": "Arabic", "ru": "Cyrillic", "uk": "Cyrillic",
    "bg": "Cyrillic", "sr": "Cyrillic", "mk": "Cyrillic", "el": "Greek", "hy": "Armenian", "ka": "Georgian",
    "hi": "Devanagari", "th": "Thai", "ja": "Japanese Chinese", "zh": "Chinese Japanese", "ko": "Korean",
}  # fmt: skip


def _script(char: str) -> str:
    code = ord(char)
    place = bisect_right(STARTS, code) - 1
    return SCRIPT_RANGES[place][2] if place >= 0 and code < SCRIPT_RANGES[place][1] and char.isalpha() else ""


def mixed(passage: Passage, language: str) -> Iterator[Flag]:
    """Words of another script in a line of Latin letters, but for the script of the page's own language, in which Latin
    names are nothing odd; a single letter is a symbol. Then words that are written in two scripts."""
    text = passage.text
    if passage.block.kind not in SCRIPTS or not SEVERAL.search(text) or len(LATIN.findall(text[:4000])) < 2:
        return
    yield from _inside_words(passage)
    own = OWN.get(language, "")
    runs = [
        match
        for match in OTHER.finditer(text)
        if len(match[0]) > 1 and (found := _script(match[0][0])) and found not in own
    ]
    runs = [run for run in runs if not _in_a_mixed_word(text, run)]
    if runs:
        scripts = " and ".join(dict.fromkeys(_script(run[0][0]) for run in runs))
        detail = f"{scripts} letters stand in a line of Latin ones."
        yield flag_on(passage, "mixed_script", runs[0].start(), runs[-1].end(), detail)


def _inside_words(passage: Passage) -> Iterator[Flag]:
    """Words in which a letter only looks like those around it: a search would not find them."""
    for match in ALIKE_INSIDE.finditer(passage.text):
        if _alike(match[0]):
            scripts = dict.fromkeys(_script(char) or "Latin" for char in match[0] if char.isalpha())
            detail = f"“{match[0]}” is written with letters of two scripts: {' and '.join(scripts)}."
            yield flag_on(passage, "mixed_script", match.start(), match.end(), detail)


def _alike(word: str) -> bool:
    """Whether all Latin letters of a word, or all others, are such as look like letters of the other script."""
    latin = [char for char in word if LATIN.match(char)]
    other = [char for char in word if _script(char)]
    return bool(latin and other) and (all(c in LOOK_LATIN for c in other) or all(c in LOOK_OTHER for c in latin))


def _in_a_mixed_word(text: str, run: re.Match[str]) -> bool:
    before, behind = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    return bool(LATIN.match(before) or LATIN.match(behind)) and all(char in LOOK_LATIN for char in run[0])

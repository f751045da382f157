"""Questions about a text that only a person can answer: each a flag with the words it is about."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from articles.core.folding import fold
from articles.core.registry import rows
from articles.core.values import Attribution, Flag, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A row of FLAGS."""

    name: str
    label: str
    help: str


FLAGS: dict[str, FlagRow] = {
    name: FlagRow(name=name, label=label, help=about)
    for name, label, about in (
        ("unbalanced_quote", "Unbalanced quote", "A quotation mark opens or closes nothing: words may be missing."),
        ("glued_text", "Glued text", "Two texts run into each other without a space; a cut is proposed."),
        ("mixed_script", "Mixed scripts", "Two scripts in one line: check their order and whose words they are."),
        ("attribution_incomplete", "Incomplete attribution", "Somebody stands behind the text whose name was lost."),
        ("truncated", "Cut off", "The text ends in the middle of a sentence."),
        ("machine_translation", "Suspected machine translation", "Words that a person would not have chosen."),
    )
}

READ = frozenset({"title", "subtitle", "body", "heading", "quote", "list", "caption"})
# Lines whose scripts matter: those that are read, and the single headline of another page.
SCRIPTS = READ | {"credit", "related"}
GLUED = READ | {"credit", "byline", "date"}
PAIRS = (("«", "»"), ("“", "”"))
# Words with which a page's next element begins when it was glued to a paragraph.
OPENERS = (
    "Image|Images|Photo|Photos|Crédit|Crédits|Credit|Publié|Publicité|Source|Sources|Vidéo|Video|Copyright|Lire|Voir|"
    "Regarder|Écouter|Partager|Abonnez|Suivez|Cliquez|Inscrivez|Illustration|Légende|Advertisement|Read|Share|Watch|"
    "Listen|Related|Posted|Published|Updated|Subscribe|Click|Follow|Le|La|Les|Un|Une|Des|Il|Elle|Ils|Elles|Ce|Cette|"
    "Ces|En|Dans|Pour|Selon|Mais|The|This|These|But|And|In|It|He|She|They|Par|By"
)
AFTER_WORD = re.compile(rf"(?<![\w@/.\-])[a-zà-ÿ]{{3,}}[)»”\"]?(?=(?:{OPENERS})(?:[ \u00a0:]|['’]))")
AFTER_STOP = re.compile(r"(?<![\w@/.\-])(?:\w+['’])?[\wà-ÿ]*[a-zà-ÿ]{2}[.!?](?=[A-ZÀ-ÖØ-Þ][a-zà-ÿ]+(?:[\s,'’]|$))")
AFTER_DIGIT = re.compile(
    r"\d(?=(?:Modifi|Publi|Mis à jour|Mise? en ligne|Updated|Published|Posted|Par |By |Actualis|Aktualisiert|Actualizado))"
)
BRANDS = re.compile(r"(?:[A-Z]\w*|www|http\S*|e|i|mac|data|mc|de|van|le|la|du|des)$")
DOMAINS = re.compile(r"(?:Com|Net|Org|Fr|Info|Js|Io|Tv|Be|Ch|Co|Uk|Eu|Ma|News)(?![\w-])")
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
ENDS = re.compile(r"[.!?…:;»”\"’)\]*]\s*$|[.!?…]['’]?\s*$")
TEASER = re.compile(r"(?:\[(?:…|\.\.\.)\]|(?:…|\.\.\.)\s*(?:[Ll]ire la suite|[Rr]ead more)?)\s*$")
# A last line that is shorter than this may be a signature.
SENTENCE = 8


def flags(passages: Sequence[Passage], language: str, attribution: Iterable[Attribution]) -> tuple[Flag, ...]:
    """All flags, as their words stand in raw."""
    found = [
        *_unbalanced(passages),
        *(flag for passage in passages for flag in (*_glued(passage), *_mixed(passage))),
        *(flag for passage in passages if passage.block.kept for flag in _translated(passage, language)),
        *_incomplete(attribution),
        *_truncated(passages),
    ]
    return tuple(sorted(found, key=lambda flag: (flag.span, flag.flag)))


def _flag(passage: Passage, name: str, start: int, end: int, detail: str, at: int | None = None) -> Flag:
    cut = None if at is None else passage.raw(at, at + 1).start
    return Flag(flag=name, span=passage.raw(start, end), detail=detail, at=cut)


def _unbalanced(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Marks without their partner. A quotation may run over paragraphs, each of which may open it again."""
    read = [passage for passage in passages if passage.block.kind in READ]
    for opening, closing in PAIRS:
        for kind in (True, False):
            run = [passage for passage in read if (passage.block.kind == "body") == kind]
            yield from _pairs(run, opening, closing, across=kind)
    for passage in read:
        marks = [at for at, char in enumerate(passage.text) if char == '"' and not passage.text[at - 1 : at].isdigit()]
        inches = passage.text.count('"') - len(marks)
        if len(marks) % 2 and not (inches and (len(marks) + inches) % 2 == 0):
            at = marks[-1]
            yield _flag(passage, "unbalanced_quote", at, at + 1, 'The number of " marks is odd.')


def _pairs(run: Sequence[Passage], opening: str, closing: str, *, across: bool) -> Iterator[Flag]:
    """``across``: a mark may be closed in the next paragraph of the run."""
    waiting: tuple[Passage, int] | None = None
    for passage in run:
        text, stack = passage.text, list[int]()
        if "„" in text and opening == "“":
            # In German “ closes what „ opened.
            continue
        for at, char in enumerate(text):
            if char == opening:
                stack.append(at)
            elif char == closing and stack:
                stack.pop()
            elif char == closing and waiting is not None:
                waiting = None
            elif char == closing:
                yield _flag(
                    passage, "unbalanced_quote", at, at + 1, f"{closing} closes a quotation that nothing opens."
                )
        reopened = waiting is not None and text.lstrip().startswith(opening)
        if waiting is not None and not (reopened and stack):
            if not reopened:
                yield _unclosed(*waiting, opening)
            waiting = None
        for at in stack[:-1]:
            yield _unclosed(passage, at, opening)
        if stack and across:
            waiting = waiting or (passage, stack[-1])
        elif stack:
            yield _unclosed(passage, stack[-1], opening)
    if waiting is not None:
        yield _unclosed(*waiting, opening)


def _unclosed(passage: Passage, at: int, opening: str) -> Flag:
    return _flag(passage, "unbalanced_quote", at, at + 1, f"{opening} opens a quotation that nothing closes.")


def _glued(passage: Passage) -> Iterator[Flag]:
    if passage.block.kind not in GLUED:
        return
    text = passage.text
    for pattern in (AFTER_WORD, AFTER_STOP, AFTER_DIGIT):
        for match in pattern.finditer(text):
            at = match.end()
            word = re.compile(r"\w+").match(text, at)
            end = word.end() if word else at + 1
            if pattern is AFTER_STOP and DOMAINS.match(text, at):
                continue
            if pattern is AFTER_WORD and BRANDS.fullmatch(match[0]):
                continue
            detail = f"“{text[match.start() : at]}” and “{text[at:end]}” stand together without a space."
            yield _flag(passage, "glued_text", match.start(), end, detail, at)


def _script(char: str) -> str:
    code = ord(char)
    place = bisect_right(STARTS, code) - 1
    return SCRIPT_RANGES[place][2] if place >= 0 and code < SCRIPT_RANGES[place][1] and char.isalpha() else ""


def _mixed(passage: Passage) -> Iterator[Flag]:
    """Words of another script in a line of Latin letters; a single letter is a symbol."""
    if passage.block.kind not in SCRIPTS or len(LATIN.findall(passage.text[:4000])) < 2:
        return
    text = passage.text
    runs = [match for match in OTHER.finditer(text) if len(match[0]) > 1 and _script(match[0][0])]
    if runs:
        scripts = " and ".join(dict.fromkeys(_script(run[0][0]) for run in runs))
        detail = f"{scripts} letters stand in a line of Latin ones."
        yield _flag(passage, "mixed_script", runs[0].start(), runs[-1].end(), detail)


@cache
def _false_friends() -> dict[str, tuple[re.Pattern[str], dict[str, tuple[str, str]]]]:
    """By language: one pattern of all phrases, and by phrase what it stands for."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for phrase, meant, language in rows("false_friends.tsv", 3):
        found.setdefault(language, {})[fold(phrase)] = (phrase, meant)
    return {
        language: (re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b"), phrases)
        for language, phrases in found.items()
    }


def _translated(passage: Passage, language: str) -> Iterator[Flag]:
    if language not in _false_friends():
        return
    pattern, phrases = _false_friends()[language]
    for match in pattern.finditer(fold(passage.text)):
        detail = f"Perhaps {phrases[match[0]][1]} was meant."
        yield _flag(passage, "machine_translation", match.start(), match.end(), detail)


def _incomplete(attribution: Iterable[Attribution]) -> Iterator[Flag]:
    for one in attribution:
        if one.name is None and one.span is not None and one.role != "photo_credit":
            yield Flag(flag="attribution_incomplete", span=one.span, detail=one.reason)


def _truncated(passages: Sequence[Passage]) -> Iterator[Flag]:
    """The last paragraph of the body, where it stops before its sentence does."""
    body = [passage for passage in passages if passage.block.kind == "body" and passage.block.kept]
    if not body:
        return
    last = max(body, key=lambda passage: passage.block.span)
    text = last.text.rstrip()
    if len(text.split()) >= SENTENCE and (TEASER.search(text[-40:]) or not ENDS.search(text[-4:])):
        words = text.rsplit(None, 3)[-3:]
        start = text.rindex(words[0])
        yield _flag(last, "truncated", start, len(text), "The last paragraph ends before its sentence does.")

"""Whose text it was before: outlets it was taken from, and who translated it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from articles.core.attribution.agencies import parts
from articles.core.attribution.phrases import any_of
from articles.core.attribution.words import NAME, OTHER, OTHER_NAME, PERSON, Text, Words, agency_keys
from articles.core.folding import fold, key
from articles.core.registry import named
from articles.core.values import Attribution, KnownOutlet, Role

# A whole line that is no longer than this may be a source note, wherever it stands.
NOTE = 60
SHORT_NOTES = frozenset({"byline", "body", "credit", "caption", "legal", "widget"})
# Here a source is a picture's or a table's, unless it is an outlet that the desk knows.
PICTURE = frozenset({"credit", "caption"})
TRANSLATED = frozenset({"byline", "date", "source", "body", "credit"})
SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.\w{2,4}")
ARTICLE = r"(?:[Tt]he |[Ll]a |[Ll]e |[Ll]['’]|[Ee]l |[Dd]er |[Dd]ie |[Ii]l |O |A )?"
TAKEN = re.compile(rf"{ARTICLE}(?:{NAME}|{OTHER_NAME}|\w[\w-]*\.\w{{2,4}}\b)")
# Where the name of the outlet ends and the rest of the note begins.
REST = re.compile(r"[.|(]\s|\s[-–—|]\s|\s(?:le|on|du|en|in|el|am|il|em|dia|في|ב)\s(?=\d|[a-z])|\n")


@lru_cache(maxsize=8)
def _notes(words: Words) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Over folded text: a note that ends before the name, one with a partner before it, the words before a name."""
    cut = [*words.phrases("source_note"), *words.phrases("cut_note")]
    bare = any_of([phrase._replace(words=phrase.words.replace("~", "").rstrip(" :")) for phrase in cut])
    partner = any_of([phrase._replace(words=phrase.words.replace("~ ", "")) for phrase in words.phrases("partner")])
    return (
        re.compile(rf" *{bare} *(?:: *)?(?:[.…] *)?\Z"),
        re.compile(rf" {{1,3}}\(?(?:{partner}|[/&])(?P<rest> *(?:[.…] *)?\Z)?"),
        re.compile(rf" *{words.any_of('source_note')}"),
    )


@lru_cache(maxsize=8)
def _agencies(words: Words) -> re.Pattern[str]:
    """Agencies without a name, which are no outlet either."""
    return re.compile(words.any_of("agencies"))


class Note:
    """A source note: ``first`` is who signs it before its partner, if anybody; ``names`` where the partners' names
    begin, None when the note was cut off before them."""

    __slots__ = ("first", "names")

    def __init__(self, first: tuple[int, int] | None, names: int | None) -> None:
        self.first = first
        self.names = names


LEADS = re.compile(rf"\s*(?P<first>{NAME})")


def note_of(text: Text, words: Words) -> Note | None:
    """What a line says as a source note, or None when it is none."""
    cut, partner, cue = _notes(words)
    if cut.match(text.folded):
        return Note(None, None)
    if first := LEADS.match(text.text):
        behind = partner.match(text.folded, first.end())
        if behind and behind["rest"] is not None:
            return Note(first.span("first"), None)
        # "A and B" is no note, only "A with B" is.
        if behind and behind[0].strip(" (") not in JOINING and (at := _name_at(text, behind.end())) is not None:
            return Note(first.span("first"), at)
    if (said := cue.match(text.folded)) and TAKEN.match(text.text, said.end()):
        return Note(None, said.end())
    return None


JOINING = frozenset({"et", "and", "&", "/"})


def _name_at(text: Text, at: int) -> int | None:
    at += len(text.text[at:]) - len(text.text[at:].lstrip())
    return at if TAKEN.match(text.text, at) else None


def republished(texts: Sequence[Text], outlets: Sequence[KnownOutlet], words: Words) -> Iterator[Attribution]:
    """Outlets that the text was taken from; with no name where the source note was cut off."""
    for text in texts:
        short = len(text.text.strip()) <= NOTE and text.kind in SHORT_NOTES
        if text.kind != "source" and not short:
            continue
        note = note_of(text, words)
        if note is None:
            continue
        if note.names is None and (text.kind in ("source", "body") or note.first is None):
            start, end = len(text.text) - len(text.text.lstrip()), len(text.text.rstrip())
            reason = "source note ends before the name, lost with its link"
            span = text.passage.raw(start, end)
            yield Attribution(role="republished_from", name=None, span=span, state="unknown", reason=reason)
        elif note.names is not None and (text.kind == "source" or (note.first is None and short)):
            yield from _taken_from(text, note.names, outlets, words)


def _taken_from(text: Text, at: int, outlets: Sequence[KnownOutlet], words: Words) -> Iterator[Attribution]:
    for start, end in parts(text.text, at, len(text.text)):
        name = REST.split(text.text[start:end])[0].rstrip(' .)»"')
        outlet = named(name, outlets)
        plain = name[:1].isupper() or outlet is not None or SITE.fullmatch(name) or re.match(rf"[{OTHER}]", name)
        if (outlet is None and text.kind in PICTURE) or _agencies(words).fullmatch(fold(name)):
            continue
        if not plain or len(name) > NOTE or (outlet and outlet.is_agency) or key(name) in agency_keys():
            continue
        yield _stated(text, "republished_from", start, start + len(name), "named in the source note")


def translators(texts: Sequence[Text], words: Words) -> Iterator[Attribution]:
    """Who translated the text, where a line says so."""
    slot = words.slot("translated")
    for text in texts:
        if text.kind in TRANSLATED:
            for heard in slot.names(text.text, text.folded, PERSON):
                yield _stated(text, "translator", heard.start, heard.end, "named as the translator")


def _stated(text: Text, role: Role, start: int, end: int, reason: str) -> Attribution:
    name = text.text[start:end]
    return Attribution(role=role, name=name, span=text.passage.raw(start, end), state="stated", reason=reason)

"""Restrictions as they are written, and what they say beyond their kind: until when, which licence, where, whose credit."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Literal

from articles.core.attribution.licences import licence_of
from articles.core.attribution.restricted import BEFORE_CANNOT, CANNOT, Row, patterns
from articles.core.edits import Span
from articles.core.values import Passage, Restriction, Scraped

PICTURE = frozenset({"caption", "credit"})
# Other people's words and other articles restrict nothing here.
ELSEWHERE = frozenset({"related", "navigation", "ad"})
# Words before a restriction that say what it is on, although it stands where pictures are credited.
OF_TEXT = re.compile(
    r"(?i)\b(?:textes?|cet article|l['’]article|the (?:text|article|story)|texto|artículo|artikel|testo|articolo)\b"
)
# In running text these words are what the article is about, unless the paragraph begins with them.
ABOUT = frozenset({"embargo"})
# The moment that words name, as details of a restriction: ``until`` (ISO 8601) and where its offset comes from.
Moment = Callable[[str], Mapping[str, str]]
Found = tuple[int, int, str, dict[str, str]]
# Of one sort of words; a paragraph that says it more often says nothing more.
MOST = 20

QUOTED = re.compile(r"[«“\"„]\s*([^«»“”\"„]{1,120}?)\s*[»”\"“]")
CREDITED = re.compile(
    r"(?:[Cc]redit(?:ed)?|CREDIT|[Mm]ention obligatoire|CR[ÉE]DIT OBLIGATOIRE|mentionner|citer|given to"
    r"|obligatori[oa]|obrigatório)"
    r"(?: (?:to|by|de|du))? ?:? ?(?P<name>[^\n.,;«“\"–—|]{2,100}?)"
    r"(?= (?:et|and|with|avec|comme|as) (?:comporter|a |an |un |link|la |the )| - | ?[\n.,;–—|]|$)"
)
# A demand without a name: "the source".
NAMELESS = re.compile(
    r"(?i)\b(?:la |the |il |die |de la )?(?:source|fuente|fonte|quelle|auteur|author|crédit|credit)s?\b"
)
# Facts of a page's head that name a licence, and what is under it.
LICENSED: Mapping[str, Literal["text", "picture"]] = {
    "license": "text",
    "dcterms.license": "text",
    "image.license": "picture",
}
LINKED = re.compile(r"(?i)\b(?:lien|link|hyperlink|enlace|collegamento|verlink\w*)\b|رابط|קישור")


def restrictions(
    passages: Sequence[Passage], scraped: Scraped | None = None, moment: Moment | None = None
) -> tuple[Restriction, ...]:
    """All restrictions in reading order; a longer one stands before those inside it. ``scraped`` lends what the page's
    head says of a paywall, ``moment`` the time that an embargo names."""
    found: list[Restriction] = []
    whole = "\n".join(passage.text for passage in passages)
    lowered = whole.lower()
    rows = [row for row in patterns() if row.may_match(whole, lowered)]
    for passage in passages:
        block, text = passage.block, passage.text
        if block.kind in ELSEWHERE:
            continue
        picture = block.kind in PICTURE or _of_picture(text)
        found += [
            Restriction(
                span=passage.raw(start, end),
                text=text[start:end],
                constraint=constraint,
                scope="picture" if picture and not OF_TEXT.search(text, 0, start) else "text",
                details=details_of(constraint, text[start:end], said, moment),
            )
            for start, end, constraint, said in _in_order(_in_passage(passage, rows))
        ]
    head = _in_head(scraped, {one.details.get("licence", "") for one in found}) if scraped else ()
    return (*head, *found)


def _in_passage(passage: Passage, rows: Sequence[Row]) -> Iterator[Found]:
    text, lowered, kept = passage.text, passage.text.lower(), passage.block.kept
    first = len(text) - len(text.lstrip(" \u00a0([*-–—"))
    for row in rows:
        if not row.may_match(text, lowered):
            continue
        for match in islice(row.pattern.finditer(text), MOST):
            if kept and match.start() > first and (row.constraint in ABOUT or not row.everywhere):
                continue
            start, end = _bounds(text, match.start(), match.end())
            if end > start:
                yield start, end, row.constraint, _said(match)
    if "ne peu" in lowered and CANNOT.search(text):
        for match in islice(BEFORE_CANNOT.finditer(text), MOST):
            start, end = _bounds(text, match.start(), match.end())
            yield start, end, "all_rights_reserved", {}


def _in_order(found: Iterator[Found]) -> list[Found]:
    """As they stand, the longer first; of one constraint only the longest where matches overlap."""
    kept: list[Found] = []
    reached: dict[str, int] = {}
    for row in sorted(found, key=lambda row: (row[0], -row[1])):
        if row[0] >= reached.get(row[2], 0):
            kept.append(row)
            reached[row[2]] = row[1]
    return kept


def _said(match: re.Match[str]) -> dict[str, str]:
    """The territory that a pattern caught."""
    caught = next((words for words in match.groupdict().values() if words), "")
    return {"territory": caught.strip(" \u00a0-–—")} if caught else {}


def details_of(
    constraint: str, words: str, said: Mapping[str, str] = MappingProxyType({}), moment: Moment | None = None
) -> Mapping[str, str]:
    """What a restriction says beyond its kind; keys and values are plain words."""
    match constraint:
        case "embargo":
            return dict(moment(words)) if moment else {}
        case "licence":
            return licence_of(words)
        case "mandatory_credit":
            return _credit(words)
    return said


def _credit(words: str) -> dict[str, str]:
    """The line that is asked for, where the words give one, and whether a link is asked for too."""
    quoted = QUOTED.search(words)
    named = None if quoted else CREDITED.search(words)
    line = quoted[1] if quoted else named["name"].strip() if named else ""
    said = {} if not line or NAMELESS.fullmatch(line) else {"credit": line}
    return said | ({"link": "yes"} if LINKED.search(words) else {})


def _in_head(scraped: Scraped, told: set[str]) -> Iterator[Restriction]:
    """What a page tells machines: that it is behind a paywall, and a licence, unless its words name it (``told``)."""
    paywalled = False
    for name, value, span in scraped.metadata:
        if name == "isAccessibleForFree" and value.lower() == "false" and not paywalled:
            paywalled = True
            yield Restriction(span=span, text=_written(scraped, span), constraint="paywalled")
        elif name in LICENSED and (said := licence_of(value)) and said["licence"] not in told:
            told.add(said["licence"])
            words = _written(scraped, span)
            yield Restriction(span=span, text=words, constraint="licence", scope=LICENSED[name], details=said)


def _written(scraped: Scraped, span: Span) -> str:
    return " ".join(span.of(scraped.raw_text).split())


def _of_picture(text: str) -> bool:
    return ("PHOTO" in text and "RESTRICTED" in text) or text.lstrip(" (").startswith(("Photo by", "Photo :", "Photo:"))


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the white space around it, and without a bracket that was opened before it."""
    words = text[start:end].rstrip()
    start += len(words) - len(words.lstrip())
    words = words.lstrip()
    if words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip()
    return start, start + len(words)

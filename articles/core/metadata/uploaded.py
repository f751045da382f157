"""What came with the upload, as evidence beside what was read: it states a value where the page shows none, is one more
candidate where the page does, and disputes it where the two cannot both be right.

Its proof is the upload itself: such a value has no span, and its reason says "from the upload".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from articles.core.folding import fold, key
from articles.core.metadata.datelines import Dated
from articles.core.metadata.written import scan
from articles.core.values import FROM_THE_UPLOAD, Candidate, FactState, Field

WORD = re.compile(r"\w{2,}")
# Seconds or milliseconds since 1970; digits without anything between them.
EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)\d{0,2}Z?)?")
CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


def offer(value: object) -> Candidate:
    """A candidate whose proof is the upload."""
    return Candidate(value=value, span=None, reason=FROM_THE_UPLOAD)


def state_of(candidate: Candidate) -> FactState:
    """What a value with this proof is: words of the page or the upload state it."""
    return "stated" if candidate.span or candidate.reason == FROM_THE_UPLOAD else "inferred"


def beside(field: Field, said: object, *, dispute: bool = False) -> Field:
    """The field with what the upload says. ``dispute`` when both cannot be right: then neither is sure."""
    if not said:
        return field
    others = tuple(other for other in field.candidates if not _same(other.value, said))
    if field.value is None or field.reason == FROM_THE_UPLOAD:
        return replace(field, value=said, span=None, state="stated", reason=FROM_THE_UPLOAD, candidates=others)
    if _same(field.value, said):
        return field
    reason, state = field.reason, field.state
    if dispute and state == "stated":
        reason, state = f"{reason}; the upload says otherwise", "disputed"
    return replace(field, reason=reason, state=state, candidates=(offer(said), *others))


def shares(one: str, other: str) -> bool:
    """Whether two values have a word in common; without words nothing is judged."""
    first, second = (set(WORD.findall(fold(text))) for text in (one, other))
    return not first or not second or bool(first & second)


def language(said: str) -> str:
    """The code of a language: fr from fr-FR and FR_fr; nothing from a name."""
    found = CODE.match(said.strip())
    return found[0].lower() if found else ""


def dated(said: str, *, month_first: bool) -> Dated | None:
    """When the upload says the article was published."""
    text = said.strip()
    try:
        if epoch := EPOCH.fullmatch(text):
            text = datetime.fromtimestamp(int(epoch[1]), tz=UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return None
    if compact := COMPACT.fullmatch(said.strip()):
        text = f"{compact[1]}-{compact[2]}-{compact[3]}" + (f"T{compact[4]}:{compact[5]}" if compact[4] else "")
    for written in scan(text, month_first=month_first)[:1]:
        if written.precision in ("minute", "day"):
            return Dated(written=written, span=None, reason=FROM_THE_UPLOAD)
    return None


def _same(one: object, other: object) -> bool:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return _keys(one) == _keys(other)
    return key(str(one)) == key(str(other))


def _keys(names: Sequence[object]) -> set[str]:
    return {key(str(name)) for name in names}

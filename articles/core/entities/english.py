"""English names by lists and context (beta): runs of capitals, and what the lists and the words beside them say.

There is little open English data to teach a recogniser with; a run that neither a list nor its neighbours explain is left
to the editor.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from articles.core.entities.found import Found
from articles.core.entities.names import lists
from articles.core.entities.signs import Word, word_of
from articles.core.entities.tokens import Token, sentences, tokens
from articles.core.folding import fold
from articles.core.registry import words
from articles.core.values import EntityType

TITLES, TAILS, STARTS = words("english_titles"), words("english_tails"), words("english_starts")
IN, EVENTS = words("english_places"), words("english_events")
# What a landscape or a street is called by, behind its name or before it; and states, provinces and counties.
LAND_TAILS, LAND_HEADS = words("english_landmark_tails"), words("english_landmark_heads")
REGIONS = words("english_regions")
# Words in lower case that names hold, and what one has in a firm or is at one ("shares in", "analysts at").
SMALL, HOLDINGS = words("english_small"), words("english_holdings")
# Letters that abbreviate no organisation.
LETTERS = words("english_letters")
# So sure is a place that a list knows.
LISTED = 0.7
PLACES = ("lands", "news place", "cities")


def names_by_lists(text: str) -> Iterator[Found]:
    """Names in an English passage; none overlap."""
    cut = list(sentences(tokens(text)))
    lower = {token.text for sentence in cut for token in sentence if token.text.islower()}
    for sentence in cut:
        for first, last in _runs(sentence, text):
            yield from _named(sentence, first, last, lower)


def trimmed(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Names by context as English writes them: without the article or the title before, and none with words in lower case
    that no English name holds; nor a person who ends as an organisation does."""
    for one in found:
        said = text[one.start : one.end].replace("\u00a0", " ").split(" ")
        leading = STARTS if one.type == "organisation" else STARTS | TITLES
        start = one.start
        while len(said) > 1 and fold(said[0]).rstrip(".") in leading:
            start += len(said.pop(0)) + 1
        if one.type == "person" and fold(said[-1]) in TAILS:
            continue
        if all(word in SMALL or not word[:1].islower() for word in said):
            yield replace(one, start=start)


def _runs(sentence: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
    """(first, last) of words with a capital that stand a space apart."""
    at = 0
    while at < len(sentence):
        if not sentence[at].text[0].isupper():
            at += 1
            continue
        last = at
        while (
            last + 1 < len(sentence)
            and sentence[last + 1].text[0].isupper()
            and text[sentence[last].end : sentence[last + 1].start] in (" ", "\u00a0")
        ):
            last += 1
        yield at, last
        at = last + 1


def _named(sentence: Sequence[Token], first: int, last: int, lower: set[str]) -> Iterator[Found]:
    opens, titled = first == 0 or sentence[first - 1].text in "\"“‘'«–—-:", False
    while first <= last and (fold(sentence[first].text) in STARTS or (opens and sentence[first].text.lower() in lower)):
        if "-".join(fold(token.text) for token in sentence[first : last + 1]) in REGIONS:
            break
        if sentence[first].text.isupper() and len(sentence[first].text) > 1:
            break
        first, opens = first + 1, False
    while first < last and fold(sentence[first].text) in TITLES:
        first, titled = first + 1, True
    if first > last:
        return
    written = [token.text for token in sentence[first : last + 1]]
    before = sentence[first - 1].text.lower() if first else ""
    kind, score = _kind([word_of(word) for word in written], written, before, titled=titled, opens=opens)
    if first > 1 and kind == "place" and score < LISTED and sentence[first - 2].text.lower() in HOLDINGS:
        kind = "organisation"
    if kind:
        yield Found(start=sentence[first].start, end=sentence[last].end, type=kind, score=score)


def _kind(
    run: Sequence[Word], written: Sequence[str], before: str, *, titled: bool, opens: bool
) -> tuple[EntityType | None, float]:
    listed = _listed(run, written) or _region(run, before)
    if run[-1].folded in TAILS and len(run) > 1:
        return "organisation", 0.8
    if run[-1].folded in EVENTS and len(run) > 1:
        return "event", 0.7
    if listed and not (titled and listed[0] != "person"):
        return listed
    if not titled and 1 < len(run) <= 4 and (run[-1].folded in LAND_TAILS or run[0].folded in LAND_HEADS):
        return "place", 0.75
    if titled and len(run) <= 3 and run[0].folded not in TITLES:
        return "person", 0.8
    if len(run) == 1:
        return _single(run[0], written[0], before, opens=opens)
    place_first = any(name in run[0].listed.split("+") for name in PLACES)
    if len(run) <= 4 and "given" in run[0].listed and not (place_first and "families" not in run[-1].listed):
        return "person", 0.85
    if len(run) == 2 and "families" in run[-1].listed and not place_first:
        return "person", 0.55
    return ("place", 0.5) if before in IN else (None, 0)


def _region(run: Sequence[Word], before: str) -> tuple[EntityType, float] | None:
    """Whether the run is a state, a province or a county; one word of it may be somebody's name."""
    if "-".join(word.folded for word in run) not in REGIONS:
        return None
    held = run[0].listed.split("+")
    if len(run) == 1 and before not in IN and ("given" in held or "families" in held):
        return None
    return "place", 0.8


def _listed(run: Sequence[Word], written: Sequence[str]) -> tuple[EntityType, float] | None:
    """What a list says of the whole run."""
    held: list[str] = []
    if len(run) == 1:
        held = run[0].listed.split("+")
    else:
        spans = lists().spans(run, written)
        if all(spans) and all(f"gb={spans[0][0][2:]}I" in signs for signs in spans[1:]):
            held = [spans[0][0][2:]]
    kinds: tuple[EntityType, ...] = ("organisation", "person", "place", "event")
    for kind in kinds:
        if f"news {kind}" in held:
            return kind, 0.85
    return ("place", 0.85) if "lands" in held or "cities" in held or (len(run) > 1 and "towns" in held) else None


def _single(word: Word, written: str, before: str, *, opens: bool) -> tuple[EntityType | None, float]:
    held = word.listed.split("+")
    if written.isupper() and 2 <= len(written) <= 6 and written.lower() not in LETTERS:
        return "organisation", 0.6
    if before in IN and not opens and not ("given" in held and "towns" not in held):
        return "place", 0.6
    if "towns" in held and not opens and "given" not in held and "families" not in held:
        return "place", 0.5
    return None, 0

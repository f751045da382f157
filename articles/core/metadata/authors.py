"""Who signed the text: what the page's head says of it, and the lines that sign."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.core.edits import Span
from articles.core.folding import fold, key
from articles.core.metadata import uploaded
from articles.core.metadata.people import Signed, begins_like_a_person, interviewers, is_firm, signed
from articles.core.registry import addresses, host_of
from articles.core.values import Candidate, Field, Memory, Passage, Scraped

# Where a page's head names who wrote it, the surest first. The first that names a person is believed.
STATED = (
    "by.person",
    "citation_author",
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "cxenseparse:author",
    "article:author",
    "creator",
    "written by",
)
# What elements in the text say, the surest first.
MARKED = ("by.itemprop", "by.rel", "by.class", "by.link")
WRITTEN_BY = frozenset({"written by", "ecrit par", "verfasst von", "geschrieben von", "escrito por", "scritto da"})
CARDS = {"twitter:label1": "twitter:data1", "twitter:label2": "twitter:data2"}
# Parts of a page that are signed by other people than the article is.
ELSEWHERE = frozenset({"comments", "related", "navigation", "caption", "credit", "ad", "share", "legal", "widget"})
ALONE = "name alone where bylines stand"
MARK = "element of the page that signs"
# So many people write one article; a page that names more names those of its other articles too.
MANY = 12
# A line signs this article when it stands so near to its title, or to the beginning or end of its text.
NEAR, BESIDE = 8, 3
# Lines that sign together stand so close.
TOGETHER = 3
SIGNING = frozenset({"byline", "date", "source"})
TEXT = frozenset({"body", "subtitle", "list", "quote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A line that is signed: ``at`` is its place among the lines, ``near`` whether the article stands there."""

    passage: Passage
    names: tuple[Signed, ...]
    at: int
    near: bool

    @property
    def cued(self) -> bool:
        return self.names[0].cued

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key(one.name) for one in self.names)


def find(scraped: Scraped, passages: Sequence[Passage], memory: Memory) -> Field:
    """The field ``authors``: the people who signed, with the line that proves it, the place in the page's head, or the
    upload's word for it."""
    told = given(scraped, memory)
    found = _found(scraped, passages, memory, told)
    # A name alone is no byline: the upload's word is more.
    if told and found.value and found.reason == ALONE and not _agree(told, found.value):
        line = Candidate(value=found.value, span=found.span, reason=found.reason)
        found = replace(found, value=None, candidates=(line, *found.candidates))
    return uploaded.beside(found, told, dispute=not _agree(told, found.value or ()))


def given(scraped: Scraped, memory: Memory) -> list[str]:
    """The people whom the upload names as authors; no firms, no desks, no agencies."""
    firms = _site(scraped) | {key(scraped.outlet)}
    return list(dict.fromkeys(name for said in scraped.given.authors for name in _people(said, firms, memory)))[:MANY]


def _agree(told: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the two lists may mean the same people: a name of the one shares a word with a name of the other."""
    return any(uploaded.shares(one, other) for one in told for other in found)


def _found(scraped: Scraped, passages: Sequence[Passage], memory: Memory, told: Sequence[str]) -> Field:
    """What the page says; ``told`` only helps to tell which of its lines signs."""
    heads = _heads(scraped, memory) or _marks(scraped, passages, memory)
    stated = list(dict.fromkeys(name for head in heads[:1] for name in head.value))
    lines = list(_signatures(passages, memory))
    best = _best(lines, {key(name) for name in stated or told})
    options = [_signed_by(line) for line in best]
    others = [*options, *(_signed_by(line) for line in lines), *heads]
    if stated and not (_says_more(best, stated) or _says_better(best, stated)):
        proof = next((option for option in options if _same(option.value, stated)), None)
        return _field(proof or heads[0], stated, others)
    if not best:
        return Field(name="authors", reason="nobody signs the text", candidates=_unlike(None, others))
    names = list({key(one.name): one.name for line in reversed(best) for one in reversed(line.names)}.values())[::-1]
    return _field(options[0], names, [*(options if len(best) > 1 else []), *others])


def _field(first: Candidate, names: list[str], others: Sequence[Candidate]) -> Field:
    return Field(
        name="authors",
        value=names,
        span=first.span,
        state="stated" if first.span else "inferred",
        reason=first.reason,
        candidates=_unlike(names, others),
    )


def _unlike(names: list[str] | None, options: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Options that say something else, each once."""
    unique = {str(option.value): option for option in reversed(options) if option.value != names}
    return tuple(reversed(unique.values()))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return {key(name) for name in one} == {key(name) for name in other}


def _says_more(best: Sequence[Signature], stated: Sequence[str]) -> bool:
    """Whether one line beside the article signs with all that the head names, and with more."""
    wanted = {key(name) for name in stated}
    return any(line.near and line.cued and wanted < line.keys for line in best)


def _says_better(best: Sequence[Signature], stated: Sequence[str]) -> bool:
    """Whether a line beside the article signs with the names of the head, in another order or less abbreviated."""
    return any(
        line.near and line.cued and len(line.names) == len(stated)
        and all(any(_is_better(one.name, name) for one in line.names) for name in stated)
        for line in best
    )  # fmt: skip


def _is_better(printed: str, name: str) -> bool:
    ours, theirs = fold(printed).split(), [word.rstrip(".") for word in fold(name).split()]
    if len(ours) != len(theirs) or ours == theirs:
        return False
    return sorted(ours) == sorted(theirs) or all(map(str.startswith, ours, theirs))


def _heads(scraped: Scraped, memory: Memory) -> list[Candidate]:
    """What the page's head says, a candidate for each name of a fact, the surest first; only people."""
    site = _site(scraped)
    firms = {key(value) for name, value, _ in scraped.metadata if name == "by.organisation"} | site
    found = []
    facts = [*scraped.metadata, *_cards(scraped)]
    for wanted in STATED:
        names: list[str] = []
        span = None
        for name, value, where in facts:
            if name.lower() == wanted and (people := _people(value, firms, memory)):
                names += [one for one in people if key(one) not in map(key, names)]
                span = span or where
        if names and len(names) <= MANY:
            found.append(Candidate(value=names, span=span, reason=f"page head: {wanted}"))
    return found


def _cards(scraped: Scraped) -> Iterator[tuple[str, str, Span]]:
    """Who wrote it, as the card for social media shows it."""
    said = {name: (value, span) for name, value, span in scraped.metadata if name.startswith("twitter:")}
    for label, shown in CARDS.items():
        if label in said and shown in said and fold(said[label][0]).strip(" :") in WRITTEN_BY:
            yield "written by", *said[shown]


def _marks(scraped: Scraped, passages: Sequence[Passage], memory: Memory) -> list[Candidate]:
    """Whom the elements of the text name: those beside the article, or the one person whom all of them name."""
    firms = _site(scraped)
    starts = [passage.block.span.start for passage in passages]
    edges = _edges(passages)
    found: list[tuple[bool, int, int, Candidate]] = []
    for name, value, span in scraped.metadata:
        if name in MARKED and passages:
            at = max(0, bisect_right(starts, span.start) - 1)
            kind = passages[at].block.kind
            if kind != "comments" and (people := _people(value, firms, memory)):
                near = kind not in ELSEWHERE and any(-before <= at - edge <= after for edge, before, after in edges)
                option = Candidate(value=people, span=span, reason=MARK)
                found.append((not near, MARKED.index(name), at, option))
    alone = len({key(name) for *_, option in found for name in option.value}) == 1
    if not found or not (alone or not min(row[0] for row in found)):
        return []
    best = min(found, key=lambda row: row[:3])
    together = [row for row in found if row[:2] == best[:2] and 0 <= row[2] - best[2] <= TOGETHER]
    names = list({key(name): name for *_, option in reversed(together) for name in reversed(option.value)}.values())
    return [replace(best[3], value=names[::-1])] if len(names) <= MANY else []


def _site(scraped: Scraped) -> set[str]:
    """What the site is called: its name, and the words of its address."""
    names = {key(value) for name, value, _ in scraped.metadata if name in ("og:site_name", "publisher")}
    return names | {host_of(address).split(".")[0] for address in addresses(scraped)}


def _people(value: str, firms: set[str], memory: Memory) -> list[str]:
    if "://" in value or "@" in value or "/" in value.split(" ")[0]:
        return []
    found = [one.name for one in signed(value, memory.outlets, bare=True)]
    return [
        name for name in found
        if " " in name and key(name) not in firms and key(name).replace(" ", "") not in firms and not is_firm(name)
    ]  # fmt: skip


def _signatures(passages: Sequence[Passage], memory: Memory) -> Iterator[Signature]:
    """Lines that are signed, with who signs them."""
    edges = _edges(passages)
    for at, passage in enumerate(passages):
        kind = passage.block.kind
        found: list[Signed] = []
        if kind in SIGNING:
            found = signed(passage.text, memory.outlets, bare=kind == "byline")
            found = [one for one in found if kind != "source" or (one.cued and "par" in passage.text.lower())]
            found = [one for one in found if not is_firm(one.name)]
        elif kind in TEXT:
            found = interviewers(passage.text, memory.outlets)
        if found:
            near = kind in TEXT or any(-before <= at - edge <= after for edge, before, after in edges)
            yield Signature(passage=passage, names=tuple(found), at=at, near=near)


def _edges(passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """(place, lines before, lines behind) of the article's title and of the first and last line of its text."""
    kinds = [passage.block.kind for passage in passages]
    found = [(kinds.index("title"), BESIDE, NEAR)] if "title" in kinds else []
    if "body" in kinds:
        found.append((kinds.index("body"), NEAR, 1))
        found.append((len(kinds) - 1 - kinds[::-1].index("body"), 1, BESIDE))
    return found or [(0, 0, len(kinds))]


def _best(lines: Sequence[Signature], stated: set[str]) -> list[Signature]:
    """The lines that sign this article: the surest, and its like beside it."""

    def sure(line: Signature) -> tuple[bool, bool, bool, bool, int]:
        known = any(begins_like_a_person(one.name) for one in line.names)
        return bool(line.keys & stated), line.near and (line.cued or known), line.cued, known, -line.at

    if not lines:
        return []
    first = max(lines, key=sure)
    # A name alone that stands nowhere near the article signs it only where no other name signs anything.
    if not (sure(first)[0] or first.near or first.cued or len({line.keys for line in lines}) == 1):
        return []
    chosen, reach = [], first.at
    for line in lines[lines.index(first) :]:
        if line.at - reach <= TOGETHER and line.cued == first.cued and line.near:
            chosen.append(line)
            reach = line.at
    return chosen or [first]


def _signed_by(line: Signature) -> Candidate:
    reason = "byline" if line.cued else ALONE
    span = line.passage.raw(line.names[0].start, line.names[-1].end)
    return replace(Candidate(value=[one.name for one in line.names], span=span, reason=reason))

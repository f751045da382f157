"""Tags that another program set, taken over: never against what a person of the desk decided."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.actions.recording import Change, Person, Refused, changing
from articles.actions.selecting import CAPTION_KINDS, Selecting
from articles.actions.tags import TYPES
from articles.core.edits import CleanText, Span, stripped
from articles.core.exchange.placing import placed
from articles.core.exchange.values import AnnotatedText, Tag
from articles.core.workflow import Status
from articles.models import Article, Entity, Mention
from articles.models.annotated import anchored
from articles.models.texts import clean_of, markup_of, shown_words

# What can become of a tag, in the order of the report.
OUTCOMES = {
    "created": "created",
    "confirmed": "confirmed, where they were suggested",
    "there": "already there",
    "decided": "left as they are: a person of the desk decided otherwise",
    "rejected": "not taken over: the file says that they were rejected",
    "unknown": "of a type that we do not have",
    "lost": "not placed",
}
# Why a tag was not placed.
GONE = "not in the article now, or in several places among other words than in the file."
REMOVED = "in a part that was taken out of the text."
WIKIDATA = re.compile(r"Q[1-9]\d{0,18}")
# How sure a suggestion is of which nobody says it: under what is called sure, so that nothing is confirmed unseen.
SURE = 0.8


@dataclass(slots=True)
class Taken:
    """What became of the tags of a text: how many of each of OUTCOMES, the labels that are not ours, and a sentence for
    each tag that was not placed."""

    outcomes: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    @property
    def written(self) -> int:
        """How many tags were set or confirmed."""
        return self.outcomes["created"] + self.outcomes["confirmed"]

    def add(self, other: "Taken") -> None:
        """Count another text's with these."""
        self.outcomes += other.outcomes
        self.labels += other.labels
        self.lost += other.lost


def take_tags(
    article: Article, said: AnnotatedText, *, confirmed: bool, reopen: bool = False, by: Person, seen: int | None = None
) -> Taken:
    """Bring the tags of a file in: as this person's word where ``confirmed``, else as suggestions.

    What the file itself only suggests stays a suggestion. Refused for an approved article, which an edit takes back into
    review, unless ``reopen``.
    """
    if article.status == Status.APPROVED and not reopen:
        raise Refused(
            "This article is approved; a change takes it back into review, and nobody said that it should be."
        )
    taken = Taken()
    with changing(article, by=by, action="import_tags", seen=seen) as change:
        desk = _Desk(change, article, confirmed=confirmed)
        for tag, span in _known(_spans(article, said), said, taken):
            outcome = desk.take(tag, span) if span else "lost"
            taken.outcomes[outcome] += 1
            if outcome == "lost":
                where = f", at {tag.start}" if tag.end else ""
                why = REMOVED if span else GONE
                taken.lost.append(f"“{said.quoted(tag)[0][:80]}” ({tag.type}){where}: {why}")
        made = taken.written
        change.summary = f"brought in {made} tag{'' if made == 1 else 's'} from a file"
    return taken


def _spans(article: Article, said: AnnotatedText) -> Iterator[tuple[Tag, Span | None]]:
    """Each tag with its raw: its words stand in the clean text, or else in raw (a caption, or a file of raw texts)."""
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    for (tag, span), (_, in_raw) in zip(placed(said, clean.text), placed(said, article.raw_text), strict=True):
        words = stripped(clean.text, span) if span else None
        found = anchored(clean, words) if words else None
        if found is None and in_raw and not _corrected(clean, in_raw, article.raw_text):
            found = in_raw
        yield tag, found


def _corrected(clean: CleanText, raw: Span, text: str) -> bool:
    """Whether the article says something else by now where these words stand in raw."""
    return bool(clean.clean_spans(raw)) and clean.place(raw, raw.of(text)) is None


def _known(
    spans: Iterator[tuple[Tag, Span | None]], said: AnnotatedText, taken: Taken
) -> Iterator[tuple[Tag, Span | None]]:
    """The tags of our types; the others are counted."""
    for tag, span in spans:
        if tag.type not in TYPES:
            taken.labels[tag.type] += 1
            taken.outcomes["unknown"] += 1
        elif tag.state == "rejected":
            taken.outcomes["rejected"] += 1
        else:
            yield tag, span


class _Desk:
    """The tags of an article while others are brought in."""

    def __init__(self, change: Change, article: Article, *, confirmed: bool) -> None:
        self.change, self.article, self.confirmed = change, article, confirmed
        self.blocks, self.markup = Selecting(article).taggable, markup_of(article)
        self.there: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for row in article.mentions.all():
            self.there[row.start, row.end].append(row)

    def take(self, tag: Tag, span: Span) -> str:
        """Bring one tag in; which of OUTCOMES it came to."""
        block = next((b for b in self.blocks if b.start <= span.start and span.end <= b.end), None)
        if block is None:
            return "lost"
        rows = self.there[span]
        same = next((row for row in rows if row.type == tag.type), None)
        if (same and same.state == "rejected") or any(row.state == "confirmed" and row is not same for row in rows):
            return "decided"
        stands = self.confirmed and tag.state == "confirmed"
        if same and (same.state == "confirmed" or not stands):
            return "there"
        entity = _entity(tag)
        if stands:
            for row in rows:
                if row is not same and row.state == "suggested":
                    self.change.update(row, state="rejected", decided_by=self.change.by)
        if same:
            self.change.update(
                same, state="confirmed", decided_by=self.change.by, entity=same.entity or entity, candidate=""
            )
            return "confirmed"
        caption = block.kind in CAPTION_KINDS and not block.kept
        self._create(tag, span, entity, stands=stands, scope="caption" if caption else "text")
        return "created"

    def _create(self, tag: Tag, span: Span, entity: Entity | None, *, stands: bool, scope: str) -> None:
        # A suggestion that a person brought is theirs: reading again leaves it.
        made = self.change.create(
            Mention,
            start=span.start,
            end=span.end,
            surface=shown_words(self.article, span, self.markup)[:300],
            type=tag.type,
            state="confirmed" if stands else "suggested",
            score=1.0 if stands else tag.score if tag.score < 1 else SURE,
            origin="person",
            entity=entity if stands else None,
            candidate="" if stands else (entity.name if entity else tag.entity.replace("\0", ""))[:200],
            scope=scope,
            decided_by=self.change.by if stands else None,
        )
        self.there[span].append(made)


def _entity(tag: Tag) -> Entity | None:
    """The one of the registry that bears this Wikidata id; a name alone says nobody."""
    if not WIKIDATA.fullmatch(tag.wikidata):
        return None
    found = list(Entity.objects.filter(wikidata=tag.wikidata, type=tag.type)[:2])
    return found[0] if len(found) == 1 else None

"""A fact from another article about the same event: offered with its provenance, taken by a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.actions.recording import Person, Refused, changing
from articles.models import Article, Field, Relation

# Which facts another article may lend, and to which verdict that takes: whoever tells of the same event may have been
# published on the same day, but only the same text has the same authors.
LENT = {
    "published": ("same_file", "same_text", "same_event"),
    "authors": ("same_file", "same_text"),
}
# Among how many of the newest articles one with the same address is looked for; how many of a fact are offered.
AMONG = 200
OFFERED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingFact:
    """A fact of another article, and why that article may be about the same event."""

    article: Article
    field: Field
    because: str

    @property
    def reason(self) -> str:
        return f"{self.field.name} of article {self.article.pk}, “{self.article}”, which {self.because}"


def sibling_facts(article: Article) -> list[SiblingFact]:
    """What related articles, or those with the same address, say of the facts that this one lacks: the likeliest first.
    Nothing of a fact that has a value, or of which somebody said that it has none."""
    own = {row.name: row for row in article.fields.filter(name__in=LENT)}
    lacking = [name for name in LENT if name in own and not own[name].fixed and not own[name].value]
    if not lacking:
        return []
    why = _siblings(article)
    fields = Field.objects.filter(name__in=lacking, article__in=list(why)).select_related("article")
    rows = {(row.name, row.article_id): row for row in fields if row.value}
    found = []
    for name in lacking:
        lent = [
            SiblingFact(article=rows[name, pk].article, field=rows[name, pk], because=because)
            for pk, (kind, because) in why.items()
            if kind in LENT[name] and (name, pk) in rows
        ]
        found += lent[:OFFERED]
    return found


def _siblings(article: Article) -> dict[int, tuple[str, str]]:
    """article -> (verdict, why) of those that may be about the same event, the strongest first."""
    found = dict.fromkeys(_same_address(article), ("same_event", "has the same address"))
    for relation in Relation.objects.of(article.pk).standing():
        found.setdefault(relation.other(article.pk), (relation.kind, because(relation)))
    return found


def because(relation: Relation) -> str:
    """Why two articles belong together, as the end of a sentence."""
    run, parts = relation.evidence.get("run"), relation.evidence.get("parts") or ()
    if run:
        return f"shares {run['words']} words in a row: “{run['text']}”"
    return f"tells of the same event: {parts[0]['said']}" if parts else "somebody put beside it"


def _same_address(article: Article) -> Iterator[int]:
    url = article.fields.filter(name="url").values_list("value", flat=True).first()
    recent: Sequence[int] = Article.objects.exclude(pk=article.pk).order_by("-pk").values_list("pk", flat=True)[:AMONG]
    if url:
        denied = {row.other(article.pk) for row in Relation.objects.of(article.pk).filter(decision="denied")}
        rows = Field.objects.filter(name="url", value=url, article__in=list(recent)).exclude(article__in=denied)
        yield from rows.order_by("-article").values_list("article", flat=True)


def borrow(article: Article, name: str, *, source: int, by: Person, seen: int) -> Field:
    """Take a fact of another article, as long as that one still has it and may be about the same event. It stays
    inferred, and says from where it is."""
    if name not in LENT:
        raise Refused("Only the date of publication and the authors can come from another article.")
    with changing(article, by=by, action="borrow", seen=seen) as change:
        offers = (one for one in sibling_facts(change.article) if one.field.name == name)
        sibling = next((one for one in offers if one.article.pk == source), None)
        if sibling is None:
            raise Refused("That article does not lend this any more, or this one has it by now.")
        field = change.row(Field, change.article.fields.get(name=name).pk)
        change.update(
            field,
            value=sibling.field.value,
            state="inferred",
            reason=f"{sibling.reason}; taken by {by.get_username()}"[:300],
            details={**sibling.field.details, "from_article": sibling.article.pk},
            start=None,
            end=None,
            fixed=True,
            fixed_by=by,
        )
        change.summary = f"took {field.about.label.lower()} from article {sibling.article.pk}: “{field.shown}”"
    return field

"""A date of publication from another article about the same event: offered with its provenance, taken by a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.actions.recording import Person, Refused, changing
from articles.core.similarity import longest_shared
from articles.models import Article, Field

# Among how many of the newest articles a sibling is looked for, and how many of them are offered.
AMONG = 200
OFFERED = 3
QUOTED = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingDate:
    """The date of another article, and why that article may be about the same event."""

    article: Article
    field: Field
    because: str

    @property
    def reason(self) -> str:
        return f"published date of article {self.article.pk}, “{self.article}”, which {self.because}"


def sibling_dates(article: Article) -> list[SiblingDate]:
    """Dates of the desk's other articles that have the same address, or share a long run of words in their kept text;
    the strongest first. Nothing for an article that has a date, or of which somebody said that it has none."""
    own = article.fields.filter(name="published").first()
    if own is None or own.fixed or own.value:
        return []
    return list(_siblings(article))[:OFFERED]


def _siblings(article: Article) -> Iterator[SiblingDate]:
    dated = Article.objects.filter(published__isnull=False).exclude(pk=article.pk).order_by("-pk")
    recent = dated.values_list("pk", flat=True)[:AMONG]
    found: dict[int, str] = {}
    url = article.fields.filter(name="url").values_list("value", flat=True).first()
    if url:
        for pk in Field.objects.filter(name="url", value=url, article__in=list(recent)).values_list(
            "article", flat=True
        ):
            found[pk] = "has the same address"
    if article.clean_text.strip():
        texts = dict(Article.objects.filter(pk__in=list(recent)).values_list("pk", "clean_text"))
        for shared in longest_shared(article.clean_text, texts):
            words = " ".join(texts[shared.key][shared.start : shared.end].split())
            quoted = words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"
            found.setdefault(shared.key, f"shares {shared.words} words in a row: “{quoted}”")
    fields = Field.objects.filter(name="published", article__in=list(found)).select_related("article")
    rows = {row.article_id: row for row in fields if row.value}
    for pk, because in found.items():
        if pk in rows:
            yield SiblingDate(article=rows[pk].article, field=rows[pk], because=because)


def borrow_date(article: Article, *, source: int, by: Person, seen: int) -> Field:
    """Take the date of another article, as long as that one still has it and may be about the same event. It stays
    inferred, and says from where it is."""
    with changing(article, by=by, action="borrow_date", seen=seen) as change:
        sibling = next((one for one in sibling_dates(change.article) if one.article.pk == source), None)
        if sibling is None:
            raise Refused("That article gives no date any more, or this one has a date by now.")
        field = change.row(Field, change.article.fields.get(name="published").pk)
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
        change.summary = f"took the date of publication from article {sibling.article.pk}: “{field.shown}”"
    return field

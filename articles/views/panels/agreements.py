"""The overview of blind taggings: which articles, how far each is, and how far editors agree over all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from django.core.paginator import Paginator

from articles.actions.agreement import as_tag
from articles.actions.blind import COMPARED, called
from articles.actions.recording import Person
from articles.actions.selecting import CAPTION_KINDS
from articles.core.edits import Span
from articles.core.entities.agreement import Counts, Tag, agreed, compare, differences
from articles.models import Article, BlindTagging, Block, Mention
from articles.models.entities import ENTITY_TYPES
from articles.views.panels.agreement import Measured

ON_A_PAGE = 30
# Figures over all articles take those that were finished last; more say nothing else and cost time.
MEASURED = 300


@dataclass(slots=True, kw_only=True)
class Row:
    """One article: who tags it, who has finished, what is left to settle."""

    article: Article
    finished: list[str]
    at_it: list[str]
    mine: bool = False
    blind: bool = False
    open: int | None = None
    f1: float | None = None

    @property
    def state(self) -> str:
        if len(self.finished) < COMPARED:
            return "open"
        return "ready" if self.open or self.open is None else "settled"


@dataclass(slots=True)
class Tagged:
    """One article's finished taggings: editors, and the tags of each that stand in the text."""

    taggings: list[BlindTagging] = field(default_factory=list)
    said: list[set[Tag]] = field(default_factory=list)


class AgreementsPage:
    """All blind taggings, for a person of the desk. Of articles that this person tags blind now no figures are shown."""

    def __init__(self, user: Person, number: str | None) -> None:
        self.user = user
        articles = Article.objects.filter(blind_taggings__isnull=False).distinct().order_by("-pk")
        self.paginated = Paginator(articles.defer("raw_text", "clean_text"), ON_A_PAGE).get_page(number)

    @property
    def may_tag(self) -> bool:
        return bool(self.user.has_perm("articles.review_article"))

    @cached_property
    def rows(self) -> list[Row]:
        articles = list(self.paginated)
        by_article: dict[int, list[BlindTagging]] = defaultdict(list)
        for row in BlindTagging.objects.filter(article__in=articles).select_related("editor"):
            by_article[row.article_id].append(row)
        tagged, decided = _tagged(article.pk for article in articles), _decided(article.pk for article in articles)
        return [self._row(article, by_article[article.pk], tagged, decided) for article in articles]

    def _row(
        self, article: Article, taggings: list[BlindTagging], tagged: dict[int, Tagged], decided: set[tuple[int, Tag]]
    ) -> Row:
        row = Row(
            article=article,
            finished=[called(tagging.editor) for tagging in taggings if tagging.finished_at],
            at_it=[called(tagging.editor) for tagging in taggings if not tagging.finished_at],
            mine=any(tagging.editor_id == self.user.pk for tagging in taggings),
            blind=any(tagging.editor_id == self.user.pk and not tagging.finished_at for tagging in taggings),
        )
        if len(row.finished) >= COMPARED and not row.blind:
            said = tagged[article.pk].said
            left = [tag for tag in agreed(said) if (article.pk, tag) not in decided]
            row.open = bool(left) + sum(
                any((article.pk, tag) not in decided for tag in difference.tags) for difference in differences(said)
            )
            row.f1 = sum((compare(one, two) for one, two in combinations(said, 2)), Counts()).f1
        return row

    @cached_property
    def _measured(self) -> dict[int, Tagged]:
        """The articles over which figures are taken: none that this person tags blind now."""
        finished = BlindTagging.objects.exclude(finished_at=None).order_by("-finished_at")
        mine = BlindTagging.objects.filter(editor_id=self.user.pk, finished_at=None).values("article")
        newest = list(dict.fromkeys(finished.exclude(article__in=mine).values_list("article_id", flat=True)))
        return {pk: row for pk, row in _tagged(newest[:MEASURED]).items() if len(row.taggings) >= COMPARED}

    @property
    def articles(self) -> int:
        return len(self._measured)

    @cached_property
    def table(self) -> list[Measured]:
        """Over all articles and pairs, each tag counted once a pair: by type, then in all."""
        pairs = [pair for row in self._measured.values() for pair in combinations(row.said, 2)]

        def line(name: str, label: str) -> Measured:
            return Measured(label=label, counts=sum((compare(*pair, type=name) for pair in pairs), Counts()))

        lines = [line(name, label) for name, label in ENTITY_TYPES]
        return [row for row in lines if row.counts.one or row.counts.two] + [line("", "All")] if pairs else []

    @cached_property
    def pairs(self) -> list[tuple[str, int, Counts]]:
        """Each two editors, on how many articles they were compared, and how far they agree."""
        counts: dict[tuple[int, int], Counts] = {}
        articles: dict[tuple[int, int], int] = defaultdict(int)
        names: dict[int, str] = {}
        for row in self._measured.values():
            both: Iterable[Any] = combinations(zip(row.taggings, row.said, strict=True), 2)
            for pair in both:
                (one, first), (two, second) = sorted(pair, key=lambda part: part[0].editor_id)
                key = one.editor_id, two.editor_id
                names |= {one.editor_id: called(one.editor), two.editor_id: called(two.editor)}
                counts[key] = counts.get(key, Counts()) + compare(first, second)
                articles[key] += 1
        return [
            (f"{names[one]} and {names[two]}", articles[one, two], count)
            for (one, two), count in sorted(counts.items())
        ]


def _tagged(articles: Iterable[int]) -> dict[int, Tagged]:
    """The finished taggings of these articles, with the tags that lie in a block which may carry them."""
    pks = list(articles)
    spans: dict[int, list[Span]] = defaultdict(list)
    blocks = Block.objects.filter(article__in=pks).values_list("article_id", "start", "end", "kept", "kind")
    for article, start, end, kept, kind in blocks:
        if kept or kind in CAPTION_KINDS:
            spans[article].append(Span(start, end))
    found: dict[int, Tagged] = defaultdict(Tagged)
    finished = BlindTagging.objects.filter(article__in=pks).exclude(finished_at=None)
    for tagging in finished.select_related("editor").prefetch_related("tags"):
        tags = {as_tag(row) for row in tagging.tags.all()}
        found[tagging.article_id].taggings.append(tagging)
        found[tagging.article_id].said.append(
            {tag for tag in tags if any(span.covers(tag.span) for span in spans[tagging.article_id])}
        )
    return found


def _decided(articles: Iterable[int]) -> set[tuple[int, Tag]]:
    """The tags on which these articles have a decision."""
    rows = Mention.objects.filter(article__in=list(articles)).exclude(state="suggested")
    return {(row.article_id, as_tag(row)) for row in rows.only("article_id", "start", "end", "type")}

"""How often people corrected our reading of an outlet: counts, and the number of articles they rest on. No score."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from articles.core.attribution import ROLES
from articles.core.cleaning.kinds import KINDS
from articles.core.metadata.table import FIELDS
from articles.models.article import Article
from articles.models.facts import Attribution, Field
from articles.models.ledger import Block
from articles.models.outlets import Outlet

# The newest articles of an outlet that people worked on; older ones were read by an older reader.
AT_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Of so many that the machine ``found``, people ``corrected`` so many and confirmed so many others."""

    label: str
    found: int
    corrected: int
    confirmed: int

    @property
    def percent(self) -> int:
        return round(100 * self.corrected / self.found) if self.found else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What was corrected on ``articles`` that people worked on."""

    articles: int
    fields: list[Corrected]
    links: list[Corrected]
    blocks: list[Corrected]


def reliability(outlet: Outlet) -> Reliability:
    """How our reading of this outlet's articles fared, on those that somebody worked on."""
    worked = Article.objects.filter(outlet=outlet, last_editor__isnull=False).order_by("-pk")
    articles = list(worked.values_list("pk", flat=True)[:AT_MOST])
    return Reliability(
        articles=len(articles), fields=_fields(articles), links=_links(articles), blocks=_blocks(articles)
    )


def _fields(articles: list[int]) -> list[Corrected]:
    found, corrected, confirmed = Counter[str](), Counter[str](), Counter[str]()
    rows = Field.objects.filter(article__in=articles).values_list("name", "value", "found", "fixed")
    for name, value, machine, fixed in rows:
        said = machine.get("value")
        if said is None and not (fixed and value is not None):
            continue
        found[name] += 1
        if fixed:
            (confirmed if value == said else corrected)[name] += 1
    return _rows(((row.name, row.label) for row in FIELDS.values()), found, corrected, confirmed)


def _links(articles: list[int]) -> list[Corrected]:
    """Links that the machine found and people corrected or removed, and links that it missed and people added."""
    found, corrected, confirmed = Counter[str](), Counter[str](), Counter[str]()
    for role, decision in Attribution.objects.filter(article__in=articles).values_list("role", "decision"):
        found[role] += 1
        corrected[role] += decision in ("corrected", "removed")
        confirmed[role] += decision == "confirmed"
    return _rows(((row.name, row.label) for row in ROLES.values()), found, corrected, confirmed)


def _blocks(articles: list[int]) -> list[Corrected]:
    """All blocks, then those that were corrected, by what the machine had called them."""
    found, corrected, confirmed = Counter[str](), Counter[str](), Counter[str]()
    grouped = Block.objects.filter(article__in=articles).order_by()
    for kind, kept, machine, by, count in grouped.values_list("kind", "kept", "found_kind", "decided_by").annotate(
        n=Count("pk")
    ):
        found[machine] += count
        if by == "person":
            same = kind == machine and kept == KINDS[kind].kept
            (confirmed if same else corrected)[machine] += count
    if not found:
        return []
    whole = Corrected(label="All blocks", found=found.total(), corrected=corrected.total(), confirmed=confirmed.total())
    kinds = _rows(((row.name, row.label) for row in KINDS.values()), found, corrected, confirmed)
    return [whole, *(row for row in kinds if row.corrected)]


def _rows(
    table: Iterable[tuple[str, str]], found: Counter[str], corrected: Counter[str], confirmed: Counter[str]
) -> list[Corrected]:
    return [
        Corrected(label=label, found=found[name], corrected=corrected[name], confirmed=confirmed[name])
        for name, label in table
        if found[name]
    ]

"""The memory of outlets: which outlet a page is of, what is remembered of it when it is read, and counting its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from articles.actions.remembering import remember_decisions
from articles.actions.summary import publisher_of
from articles.core import blocks
from articles.core.cleaning.memory import line_key
from articles.core.folding import key
from articles.core.reading import read
from articles.core.registry import addresses, host_of, named, outlet_of
from articles.core.values import KnownOutlet, Memory, OutletMemory, Reading, Scraped, SeenLine
from articles.intake.originals import reopened
from articles.models import Article, DecidedLine, RememberedFact, RememberedLine, RememberedOutlet

# The most lines of one page that are counted.
MOST_OF_A_PAGE = 2000
NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalling:
    """A page read with what its outlet's other pages say: the reading, the outlet's key (empty when nobody knows it),
    and the keys of its lines."""

    reading: Reading
    outlet: str
    lines: tuple[str, ...]


def read_recalling(scraped: Scraped, memory: Memory, *, article: Article | None = None) -> Recalling:
    """Read a page with what the desk remembers of its outlet. ``article`` is the one it is already on the desk as.

    Where nothing beside the text names the outlet, the page itself has to; if it names one of which the desk remembers
    something, it is read once more.
    """
    lines = page_lines(scraped)
    counted = article.memory if article else None
    outlet = counted.name if counted else outlet_beside(scraped, memory.outlets)
    if outlet:
        known = _recalling(memory, outlet, lines, article)
        return Recalling(reading=read(scraped, known), outlet=outlet, lines=lines)
    reading = read(scraped, replace(memory, outlet=None, facts=()))
    publisher = next((link.name for link in reading.attribution if link.role == "publisher" and link.name), "")
    outlet = outlet_named(publisher, memory.outlets)
    known = _recalling(memory, outlet, lines, article) if outlet else memory
    if (known.outlet and known.outlet.lines) or known.facts:
        reading = read(scraped, known)
    return Recalling(reading=reading, outlet=outlet, lines=lines)


def _recalling(memory: Memory, outlet: str, lines: Sequence[str], article: Article | None) -> Memory:
    """The memory of the desk with what it holds of this outlet, but for what this article gave."""
    facts = RememberedFact.objects.of(outlet, but=article.pk if article else None)
    return replace(memory, outlet=recall(outlet, lines, article=article), facts=facts)


def outlet_beside(scraped: Scraped, outlets: Sequence[KnownOutlet]) -> str:
    """The key of the outlet that what stands beside the text names: a known one, the given name, or the domain."""
    known = outlet_of(scraped, outlets)
    if known:
        return key(known.name)[:NAME_LENGTH]
    if key(scraped.outlet):
        return key(scraped.outlet)[:NAME_LENGTH]
    return next((host for address in addresses(scraped) if (host := host_of(address))), "")[:NAME_LENGTH]


def outlet_named(name: str, outlets: Sequence[KnownOutlet]) -> str:
    """The key of an outlet by a name, under whichever of its names it goes."""
    known = named(name, outlets) if name else None
    return key(known.name if known else name)[:NAME_LENGTH]


def page_lines(scraped: Scraped) -> tuple[str, ...]:
    """The keys of a page's lines, each once."""
    found = dict.fromkeys(line_key(line.text) for line in blocks.lines(scraped))
    return tuple(line for line in found if line)[:MOST_OF_A_PAGE]


def recall(outlet: str, lines: Sequence[str], *, article: Article | None = None) -> OutletMemory | None:
    """What the other pages of an outlet say about these lines; None when there is no other page."""
    row = RememberedOutlet.objects.filter(name=outlet).first()
    own = 1 if row and article and article.memory_id == row.pk else 0
    if row is None or row.pages <= own:
        return None
    seen = RememberedLine.objects.seen(row, lines)
    decided: dict[str, dict[str, int]] = {}
    others = DecidedLine.objects.exclude(article=article) if article else DecidedLine.objects.all()
    for line, kind, times in others.decisions(row, lines):
        decided.setdefault(line, {})[kind] = times
    known = {
        line: SeenLine(pages=max(seen.get(line, 0) - own, 0), decided=decided.get(line, {}))
        for line in {**seen, **decided}
        if seen.get(line, 0) > own or line in decided
    }
    return OutletMemory(pages=row.pages - own, lines=known)


def remember_page(article: Article, outlet: str, lines: Sequence[str]) -> None:
    """Count an article among the pages of its outlet, once. The caller holds a transaction."""
    if not outlet or article.memory_id is not None:
        return
    row, _ = RememberedOutlet.objects.get_or_create(name=outlet)
    RememberedLine.objects.count_page(row, lines)
    article.memory = row
    article.save(update_fields=["memory"])


def forget_everything() -> None:
    """Empty the memory of all outlets. What people decided stays in the ledgers."""
    with transaction.atomic():
        rows = [row.pk for row in RememberedOutlet.objects.select_for_update().order_by("pk")]
        RememberedLine.objects.filter(outlet__in=rows).delete()
        DecidedLine.objects.filter(outlet__in=rows).delete()
        Article.objects.filter(memory__in=rows).update(memory=None)
        RememberedOutlet.objects.filter(pk__in=rows).update(pages=0)


def remember_again(pk: int, memory: Memory) -> bool:
    """Count an article that is not counted, and the decisions on it; whether its outlet is known. UnreadableError where
    its bytes cannot be read any more."""
    article = Article.objects.select_related("original").get(pk=pk)
    scraped = reopened(article)
    publisher = publisher_of(article)
    outlet = outlet_beside(scraped, memory.outlets) or outlet_named(publisher.name if publisher else "", memory.outlets)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=pk)
        remember_page(locked, outlet, page_lines(scraped))
        remember_decisions(locked)
    return bool(outlet)

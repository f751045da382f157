"""What people decided about an article, kept for the other pages of its outlet: lines, and facts they say recur."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from articles.core.attribution import ROLES
from articles.core.blocks import folded, lines
from articles.core.cleaning.memory import LONGEST, line_key
from articles.core.folding import key
from articles.core.values import Scraped
from articles.models import Article, Block, DecidedLine, Outlet, RememberedLine, RememberedOutlet
from articles.models.texts import block_shown, inside, markup_of

# What a dropped paragraph is called on the next page, where nobody said what it is instead.
DROPPED = "widget"


def remember_decisions(article: Article) -> None:
    """Make the remembered decisions on this article what its ledger says now. The caller holds the article's lock."""
    if article.memory_id is None:
        return
    wanted = set(_decided(article))
    there = {(row.key, row.kind): row.pk for row in article.decided_lines.all()}
    gone = [pk for said, pk in there.items() if said not in wanted]
    if gone:
        article.decided_lines.filter(pk__in=gone).delete()
    DecidedLine.objects.bulk_create(
        [
            DecidedLine(article=article, outlet_id=article.memory_id, key=line, kind=kind)
            for line, kind in sorted(wanted - there.keys())
        ],
        ignore_conflicts=True,
    )


def _decided(article: Article) -> Iterator[tuple[str, str]]:
    blocks = list(article.blocks.filter(decided_by="person"))
    if not blocks:
        return
    for block, texts in zip(blocks, _texts(article, blocks), strict=True):
        kind = _lesson(block)
        if kind:
            yield from ((line, kind) for text in texts if (line := line_key(text)))


def _lesson(block: Block) -> str:
    """What a decision says about the same line elsewhere; empty when it says nothing, as about a caption that was kept."""
    if block.kept == block.about.kept:
        return block.kind
    return "" if block.kept else DROPPED


def _texts(article: Article, blocks: Iterable[Block]) -> Iterator[list[str]]:
    """The lines of each block, as the reader of a page tells them apart."""
    if article.format == "html":
        markup = markup_of(article)
        for block in blocks:
            shown = block_shown(article, block, inside(markup, block.start, block.end)).text
            yield [folded(line) for line in shown.splitlines()]
        return
    found = lines(Scraped(raw_text=article.raw_text, format=article.format))
    for block in blocks:
        first = bisect_left(found, block.start, key=lambda line: line.content.start)
        last = bisect_right(found, block.end, key=lambda line: line.content.end)
        whole = [line.text for line in found[first:last]]
        # A part of a line that somebody cut off.
        yield whole or [folded(article.raw_text[block.start : block.end][: 2 * LONGEST])]


def outlet_key(outlet: Outlet) -> str:
    """Under which key the memory keeps an outlet of the registry."""
    return key(outlet.name)[:200]


def outlet_keys(outlet: Outlet) -> set[str]:
    """Under which keys pages of an outlet may be remembered: its name's, and what it was before it was known."""
    return _keys([*outlet.names, *outlet.hosts])


def _keys(names: Iterable[str]) -> set[str]:
    """A page's outlet goes by a folded name, or by a host as it is written."""
    return {each[:200] for name in names if name for each in (key(name), name.lower())}


def memory_of(article: Article) -> str:
    """The key of the outlet among whose pages an article is remembered; empty when nobody knows whose page it is."""
    if article.memory_id is not None:
        return article.memory.name
    if article.outlet_id is not None:
        return outlet_key(article.outlet)
    return key(article.outlet_name)[:200]


def gather_memory(into: str, names: Iterable[str]) -> None:
    """Move what is remembered under other names of an outlet (names, domains) to its key. The caller holds a
    transaction."""
    others = _keys(names) - {into}
    rows = list(RememberedOutlet.objects.select_for_update().filter(name__in={into, *others}).order_by("pk"))
    kept = next((row for row in rows if row.name == into), None)
    for row in rows:
        if row == kept:
            continue
        if kept is None:
            row.name, kept = into, row
            row.save(update_fields=["name"])
            continue
        RememberedLine.objects.move(row, kept)
        DecidedLine.objects.filter(outlet=row).update(outlet=kept)
        Article.objects.filter(memory=row).update(memory=kept)
        told = {(fact.about, fact.instead_of) for fact in kept.facts.all()}
        for fact in row.facts.all():
            if (fact.about, fact.instead_of) not in told:
                fact.outlet = kept
                fact.save(update_fields=["outlet"])
        row.delete()


def forget_unsupported(article: Article) -> None:
    """Forget what this article taught about its outlet where no decision on it says so any more."""
    for fact in article.remembered.all():
        if fact.about in ROLES:
            decided = article.attribution.filter(role=fact.about, decision__in=("confirmed", "corrected"))
            stands = decided.filter(name=fact.value).exists()
        else:
            stands = article.fields.filter(name=fact.about, fixed=True, value=fact.value).exists()
        if not stands:
            fact.delete()

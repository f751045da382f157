"""How reading grows with one long line of anything repeated: linear is 4, quadratic is 16."""

import time
from collections.abc import Callable, Iterator

from articles.core import attribution, blocks, entities, quality
from articles.core.formats import open_text
from articles.core.metadata import dates, fields
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.core.values import Memory
from tests.core.passages import page

UNITS = (
    " ", "\u00a0", "\t", " \x0b", "© ", "Copyright ", "14/02/2022 ", "« ", "(AFP) ", "AFP/", "selon X, ", "Photo / ",
    "Crédit : ", "a-", "A ", "A. ", "word ", "Par Jean Dupont ", "par ", "שלום עולם ", "12345 ", "7", "…", "mardi ",
    "citing ", "EMBARGO. ", "(Photo by Ana Lopes) ", "selon l'agence ", "Source : ", "Photo : ", "Anna Roux / ",
    "laut Polizei ", "said in a statement ", "A-", "וכ ", "this article ",
    "Toute reproduction ", "CC BY-", "OUT FRANCE, ", "NO ARCHIVE ", "reproduction autorisée ", "aа",
    "Le port a rouvert lundi, a annoncé la capitainerie selon l'agence Reuters. ",
)  # fmt: skip
TAGS = (
    "<", "< ", "&amp;", "<b>", "</b>", "<p>", "</p>", "<div>x", "<b>x", "<li>x", "<a", "<a =", '<a href="x>y ', "<a b='",
    "='", "<a b='\"' c=\"", "<!--", "<script>", "</script>", "<svg>", "<a href=x>y", "<div class='a b c'>x", "<b> </b>x",
    "</div>x",
)  # fmt: skip
KINDS = ("body", "byline", "legal", "source", "caption")
SMALL, FACTOR, SUSPECT = 2_500, 4, 8
# Shorter times than this are noise.
MEASURABLE = 0.005


def seconds(work: Callable[[str], object], unit: str, length: int) -> float:
    text = "x" + (unit * length)[:length] + "y"
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


def grows(work: Callable[[str], object], unit: str) -> float:
    """How many times as long it takes to read four times as much."""
    length = SMALL
    small = seconds(work, unit, length)
    while small < MEASURABLE and length < 64 * SMALL:
        length *= 2
        small = seconds(work, unit, length)
    return seconds(work, unit, length * FACTOR) / max(small, MEASURABLE)


def _facts(kind: str) -> Callable[[str], object]:
    memory = shipped_memory()

    def facts(text: str) -> None:
        scraped, passages = page(("title", "Le port rouvre"), (kind, text))
        found = fields.find(scraped, passages, "fr", memory)
        chain = attribution.find(scraped, passages, found, memory)
        dates.find(passages, found["published"], "fr")
        attribution.restrictions(passages)
        entities.find(passages, memory, "fr")
        quality.flags(passages, "fr", chain)

    return facts


def run() -> Iterator[str]:
    works: dict[str, Callable[[str], object]] = {"whole": lambda text: read(open_text(f"Titre\n\n{text}"), Memory())}
    works |= {kind: _facts(kind) for kind in KINDS}
    works["page"] = lambda text: blocks.lines(open_text(f"<html>{text}"))
    yield "four times the text costs how many times as much (4 is linear, 16 quadratic)"
    for name, work in works.items():
        work("x")
        found = sorted(((grows(work, unit), unit) for unit in (TAGS if name == "page" else UNITS)), reverse=True)
        suspects = [f"{unit!r} {ratio:.1f}" for ratio, unit in found if ratio > SUSPECT]
        yield f"{name}: median {found[len(found) // 2][0]:.1f}, worst {found[0][0]:.1f} ({found[0][1]!r})"
        yield f"  suspects: {', '.join(suspects) or 'none'}"

"""A duplicate beside the article that was there first: what is the same, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.core.edits import Span, apply
from articles.core.formats import UnreadableError
from articles.core.values import Scraped
from articles.intake.originals import opened, reopened
from articles.intake.settling import given_of
from articles.models import Article, Receipt

# More lines are not laid side by side: the two are linked.
MOST_LINES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing or one line of both: ``here`` of what came, ``there`` of the article; ``same`` as a reader sees it."""

    label: str = ""
    here: str = ""
    there: str = ""
    same: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """``problem``: a sentence, where one of them can no longer be opened."""

    facts: tuple[Row, ...] = ()
    lines: tuple[Row, ...] = ()
    cut_off: bool = False
    problem: str = ""

    @property
    def same_text(self) -> bool:
        return all(row.same for row in self.lines)


def twins_of(receipt: Receipt) -> Twins | None:
    """What to show of a duplicate; None for any other receipt."""
    article = receipt.article
    if receipt.outcome != Receipt.DUPLICATE or article is None or receipt.original is None:
        return None
    try:
        here = opened(bytes(receipt.original.content), given=given_of(receipt), received_at=receipt.upload.at)
        there = reopened(article)
    except UnreadableError as error:
        return Twins(facts=tuple(_facts(receipt, article, None)), problem=str(error))
    lines = tuple(_lines(_words(here), _words(there)))
    return Twins(facts=tuple(_facts(receipt, article, here)), lines=lines[:MOST_LINES], cut_off=len(lines) > MOST_LINES)


def _words(scraped: Scraped) -> list[str]:
    """The lines that a reader sees, without the empty ones."""
    shown = apply(scraped.raw_text, [Span(start=0, end=len(scraped.raw_text))], scraped.markup).text
    return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]


def _facts(receipt: Receipt, article: Article, here: Scraped | None) -> Iterator[Row]:
    def row(label: str, left: object, right: object) -> Row:
        return Row(label=label, here=str(left), there=str(right), same=str(left) == str(right))

    first = article.receipts.filter(outcome=Receipt.CREATED).order_by("pk").first()
    yield row("Came as", receipt.name, first.name if first else "")
    yield row("Came in", _moment(receipt.upload.at), _moment(article.received_at))
    yield row("Address", receipt.given_url, article.given_url)
    yield row("Outlet", receipt.given_outlet, article.given_outlet)
    if receipt.original is not None:
        yield row("Size", filesizeformat(receipt.original.size), filesizeformat(article.original.size))
        yield row("SHA-256", receipt.original.sha256[:16] + "…", article.original.sha256[:16] + "…")
    if here is not None:
        yield row("Format", here.format, article.format)
        yield row("Encoding", here.encoding, article.decoding.get("encoding", ""))
    for name in sorted({*receipt.given, *article.given} - {"url", "outlet", "other"}):
        yield row(name.capitalize(), _said(receipt.given.get(name)), _said(article.given.get(name)))


def _moment(at: object) -> str:
    return date_format(localtime(at), "j M Y, H:i")


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _lines(here: list[str], there: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, here, there, autojunk=False) if len(here) < 2000 > len(there) else None
    if matcher is None:
        yield from (Row(here=line, there=line) for line in here)
        return
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        width = max(left_end - left, right_end - right)
        for number in range(width):
            mine = here[left + number] if left + number < left_end else ""
            theirs = there[right + number] if right + number < right_end else ""
            yield Row(here=mine, there=theirs, same=tag == "equal")

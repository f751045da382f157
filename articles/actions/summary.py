"""What the queue and the search know of an article, made from its ledger and facts after each change."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from articles.core.folding import fold
from articles.models import Article, Attribution, Block, Edit, Field, Restriction
from articles.models.texts import block_clean, clean_of, kept_in_order


def refresh_summary(article: Article) -> None:
    """Set (not save) title, outlet, language, published, embargo and clean text from the rows as they are now."""
    summarise(
        article,
        fields=article.fields.all(),
        blocks=list(article.blocks.all()),
        edits=list(article.edits.all()),
        links=article.attribution.filter(role="publisher"),
        rights=article.rights.filter(constraint="embargo", scope="text"),
    )


def summarise(
    article: Article,
    *,
    fields: Iterable[Field],
    blocks: Sequence[Block],
    edits: Sequence[Edit],
    links: Iterable[Attribution],
    rights: Iterable[Restriction],
) -> None:
    """The same from rows in hand, saved or not."""
    facts = {field.name: field for field in fields}

    def value(name: str) -> object:
        return facts[name].value if name in facts else None

    clean = clean_of(article, blocks, edits)
    article.clean_text = clean.text
    article.title = title_of(article, facts.get("title"), blocks, edits)[:500]
    article.language = str(value("language") or "")[:20]
    article.published = as_moment(value("published"))
    article.searchable = fold(f"{article.title}\n{clean.text}\n{article.raw_text}")
    publisher = _publisher_among(links)
    article.outlet_id = publisher.outlet_id if publisher else None
    article.outlet_name = (publisher.name if publisher else "")[:200]
    embargoes = [
        row for row in rights if (row.constraint, row.scope) == ("embargo", "text") and row.decision != "dismissed"
    ]
    article.held_until = max((row.until for row in embargoes if row.until), default=None)


def title_of(article: Article, field: Field | None, blocks: Iterable[Block], edits: Iterable[Edit]) -> str:
    """The title: what a person fixed, else what the title block says with its corrections, else what was found."""
    found = str(field.value or "").strip() if field else ""
    if field and field.fixed:
        return found
    titles = kept_in_order(block for block in blocks if block.kind == "title")
    return block_clean(article, titles[0], edits).text.strip() if titles else found


def publisher_of(article: Article) -> Attribution | None:
    """The publisher in the attribution: a person's newest word, else the machine's, stated before inferred."""
    return _publisher_among(article.attribution.filter(role="publisher").select_related("outlet"))


def _publisher_among(links: Iterable[Attribution]) -> Attribution | None:
    """Of links that are not saved yet and say it as surely, the first."""
    rank = {"stated": 0, "inferred": 1, "disputed": 2, "unknown": 3}
    return min(
        (link for link in links if link.role == "publisher" and link.decision != "removed" and link.name),
        key=lambda link: (
            (1, rank[link.state], link.pk or 0) if link.decision == "open" else (0, -link.version, -link.pk)
        ),
        default=None,
    )


def as_moment(value: object) -> datetime | None:
    """An ISO 8601 date or time as a moment in UTC, for sorting: UTC where it names no zone, the first of a bare month.

    None for what is no date, or none that UTC can say."""
    text = f"{value}-01" if re.fullmatch(r"\d{4}-\d{2}", str(value)) else str(value)
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

"""Where tags that were set on one text stand in another: the same article, as it is today or as another program wrote it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from articles.core.edits import Span
from articles.core.exchange.values import CONTEXT, AnnotatedText, Tag

# Of the words around a quotation, so many characters at least must be the same (or all, where there are fewer).
LEAST = 8
# A name that is written more often than this is found by nobody.
MOST = 2_000


def placed(article: AnnotatedText, text: str) -> Iterator[tuple[Tag, Span | None]]:
    """Each tag with its place in ``text``; None where it cannot be told, or is one of several.

    A text that differs in white space only is laid on it character by character, but for tags whose words are given and do
    not stand where they should. Otherwise a position counts when the
    words of the tag stand there among words that stood around them; then the quotation is looked for, and must be found
    once among such words.
    """
    if article.text == text:
        for tag in article.tags:
            yield tag, Span(tag.start, tag.end) if tag.end and not tag.quote else _quoted(article, tag, text)
        return
    there = _same_words(article.text, text) if article.text is not None else None
    for tag in article.tags:
        if there is not None and tag.end and not tag.quote:
            yield tag, there(tag)
        else:
            yield tag, _quoted(article, tag, text)


def _same_words(said: str, text: str) -> Callable[[Tag], Span | None] | None:
    """Where a tag on one text stands in another that differs in white space only; None for other texts."""
    if "".join(said.split()) != "".join(text.split()):
        return None
    before = [at for at, char in enumerate(said) if not char.isspace()]
    after = [at for at, char in enumerate(text) if not char.isspace()]

    def there(tag: Tag) -> Span | None:
        first, behind = bisect_left(before, tag.start), bisect_left(before, tag.end)
        return Span(after[first], after[behind - 1] + 1) if first < behind else None

    return there


def _quoted(article: AnnotatedText, tag: Tag, text: str) -> Span | None:
    quote, before, behind = article.quoted(tag)
    if not quote.strip():
        return None
    wanted = min(LEAST, len(before) + len(behind))
    if text[tag.start : tag.end] == quote and _shared(text, tag.start, tag.end, before, behind) >= wanted:
        return Span(tag.start, tag.end)
    found: list[tuple[int, int]] = []
    at = text.find(quote)
    while at >= 0 and len(found) <= MOST:
        found.append((_shared(text, at, at + len(quote), before, behind), at))
        at = text.find(quote, at + 1)
    if not found or len(found) > MOST:
        return None
    best = max(found)
    if best[0] < wanted or sum(shared == best[0] for shared, _ in found) > 1:
        return None
    return Span(best[1], best[1] + len(quote))


def _shared(text: str, start: int, end: int, before: str, behind: str) -> int:
    """How many characters around a range are those of the quotation."""
    left = _common(text[max(start - CONTEXT, 0) : start][::-1], before[::-1])
    return left + _common(text[end : end + CONTEXT], behind)


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))

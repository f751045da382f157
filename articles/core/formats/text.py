"""Plain text: as it came."""

from articles.core.values import Scraped


def recognise(text: str) -> bool:
    """Any text is plain text when no other format claims it."""
    return bool(text)


def read(text: str) -> Scraped:
    """The text itself, without markup."""
    return Scraped(raw_text=text, format="text")

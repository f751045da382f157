"""How long reading takes, against opening the same bytes alone, and how it grows with the size of the text."""

from collections.abc import Iterator

from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.core.registry import shipped_memory
from articles.management.commands.demo import demo_items
from tests.benchmarks.timing import seconds


def run() -> Iterator[str]:
    memory = shipped_memory()
    items = [item.content for item in demo_items()]
    opening = seconds(lambda: [open_bytes(content) for content in items])
    whole = seconds(lambda: [read(open_bytes(content), memory) for content in items])
    yield f"{len(items)} demo articles: opened in {opening:.3f} s, read in {whole:.3f} s: {len(items) / whole:.0f} a second,"
    yield f"  {whole / opening:.1f} times the cost of opening them"
    paragraph = items[4].decode()
    small = (paragraph * 20).encode()
    large = (paragraph * 200).encode()
    short, long = (seconds(lambda c=c: read(open_bytes(c), memory), times=3) for c in (small, large))
    yield f"{len(small) // 1024} KB in {short:.2f} s, {len(large) // 1024} KB in {long:.2f} s:"
    yield f"  ten times the text costs {long / short:.1f} times as much"

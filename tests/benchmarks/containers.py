"""How fast containers are cut and how much memory that takes, per format, against reading the same bytes alone.

Each file holds the same generated articles and is cut in a process of its own, so that its peak memory is its own; what
the process needs before it begins is taken off.
"""

import gzip
import io
import json
import multiprocessing
import random
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from articles.core.containers import Limits, cut

ARTICLES, WORDS, PIECE = 6_000, 700, 65_536
LETTERS = "aaaeeeeeiiooubcdfglmnprstv"


def _articles() -> Iterator[dict[str, str]]:
    """Articles of 4 KB in invented words that pack about as well as real ones."""
    chance = random.Random(5)  # noqa: S311 the same articles each time
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(4_000)]
    for number in range(ARTICLES):
        text = " ".join(chance.choices(words, k=WORDS))
        yield {"url": f"https://lorval.example/{number}", "title": text[:60], "date": "2024-03-12", "text": text}


def _page(one: dict[str, str]) -> bytes:
    return f"<html><head><title>{one['title']}</title></head><body><p>{one['text']}</p></body></html>".encode()


def _jsonl() -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in _articles())


def _jsonl_of_one() -> bytes:
    return json.dumps(next(_articles())).encode()


def _json() -> bytes:
    return json.dumps({"count": ARTICLES, "articles": list(_articles())}).encode()


def _csv() -> bytes:
    rows = (f'{one["url"]},{one["title"]},{one["date"]},"{one["text"]}"\n' for one in _articles())
    return ("url,title,date,text\n" + "".join(rows)).encode()


def _feed() -> bytes:
    items = (
        f"<item><title>{one['title']}</title><link>{one['url']}</link><description>{one['text']}</description></item>"
        for one in _articles()
    )
    return ('<rss version="2.0"><channel>' + "".join(items) + "</channel></rss>").encode()


def _warc() -> bytes:
    return b"".join(_record(one) for one in _articles())


def _record(one: dict[str, str]) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(one)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {one['url']}\r\nWARC-Date: 2024-03-12T10:15:00Z\r\n"
    return f"{head}Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def _warc_gz() -> bytes:
    return b"".join(gzip.compress(_record(one), mtime=0) for one in _articles())


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(_articles()):
            archive.writestr(f"{number}.html", _page(one))
    return file.getvalue()


def _tar_gz() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for number, one in enumerate(_articles()):
            member, page = tarfile.TarInfo(f"{number}.html"), _page(one)
            member.size = len(page)
            archive.addfile(member, io.BytesIO(page))
    return file.getvalue()


def _zip_in_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("inner.zip", _zip())
    return file.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "jsonl.gz": lambda: gzip.compress(_jsonl(), 6, mtime=0),
    "csv": _csv,
    "feed": _feed,
    "warc": _warc,
    "warc.gz": _warc_gz,
    "zip": _zip,
    "zip in zip": _zip_in_zip,
    "tar.gz": _tar_gz,
}


def _measured(path: str) -> tuple[float, float, int, int]:
    """Seconds for the bytes alone, seconds to cut them, items, and the peak of memory that cutting added, in KB."""
    with Path(path).open("rb") as file:
        start = time.perf_counter()
        while file.read(PIECE):
            pass
        alone = time.perf_counter() - start
        # What a first article costs is the library's own.
        list(cut(io.BytesIO(_jsonl_of_one()), name="x", limits=Limits()))
        before = _peak()
        start = time.perf_counter()
        items = sum(not found.problem for found in cut(file, name="x", limits=Limits()))
        whole = time.perf_counter() - start
    return alone, whole, items, _peak() - before


def _peak() -> int:
    """The most memory that this process ever had, in KB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def run() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    for name, make in FILES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(make())
            size = path.stat().st_size / 1e6
            with context.Pool(1) as pool:
                alone, whole, items, memory = pool.apply(_measured, (str(path),))
        yield (
            f"{name:11}{size:6.1f} MB, {items} articles: {size / whole:6.1f} MB/s, {items / whole:6.0f} articles/s, "
            f"{whole / alone:5.0f} times the bytes alone, {memory / 1000:.1f} MB more memory at the peak"
        )

"""What it costs to bring material in: from the upload to stored articles, against reading the same bytes alone.

``INTAKE_ITEMS`` (200) articles with one worker and with two; ``INTAKE_STORED`` (1,000) articles on the desk before the cost
of an item is measured again; a ZIP of ``INTAKE_ZIP_MB`` (64) through web and worker, with the memory that both take.
"""

import http.client
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.test import Client

from articles.actions.blocks import flip_block
from articles.core.formats import open_bytes
from articles.core.reading import read
from articles.intake.memory import desk_memory
from articles.intake.uploads import Item, begin, close, receive, take_several
from articles.management.commands.demo import demo_items
from articles.models import Article, Receipt, Upload

ROOT = Path(__file__).parent.parent.parent
ITEMS = int(os.environ.get("INTAKE_ITEMS", "200"))
STORED = int(os.environ.get("INTAKE_STORED", "1000"))
ZIP_MB = int(os.environ.get("INTAKE_ZIP_MB", "64"))


def articles(count: int, seed: int) -> list[bytes]:
    """Texts of the size of news articles: the demo's words in sentences of their own, so that no two tell the same."""
    chance = random.Random(seed)  # noqa: S311
    plain = " ".join(
        item.content.decode() for item in demo_items() if item.name.startswith(("01", "03", "05", "13", "14"))
    )
    words = sorted({word.strip(".,;:«»“”()") for word in plain.split()} - {""})

    def sentence() -> str:
        said = " ".join(chance.choices(words, k=chance.randint(10, 25)))
        return said[0].upper() + said[1:] + "."

    found = []
    for number in range(count):
        paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(chance.randint(4, 10))]
        head = [f"{sentence()[:70]} {seed}-{number}", "Par Jeanne Morvan", f"Publié le {1 + number % 28} mars 2024"]
        found.append("\n\n".join([*head, *paragraphs]).encode())
    return found


def reading_alone(contents: list[bytes]) -> float:
    """Seconds an article."""
    memory = desk_memory()
    read(open_bytes(contents[0]), memory)
    start = time.perf_counter()
    for content in contents:
        read(open_bytes(content), memory)
    return (time.perf_counter() - start) / len(contents)


class Editor:
    """Decides a block, again and again; ``waits`` are seconds."""

    def __init__(self, user: User, article: Article) -> None:
        self._user, self._article = user, article
        self.waits: list[float] = []

    def __call__(self) -> None:
        self._article.refresh_from_db()
        block = self._article.blocks.order_by("start").first()
        start = time.perf_counter()
        flip_block(self._article, block.pk, by=self._user, seen=self._article.version)
        self.waits.append(time.perf_counter() - start)

    def in_words(self) -> str:
        waits = sorted(self.waits)
        median, late = statistics.median(waits) * 1000, waits[int(len(waits) * 0.95)] * 1000
        return f"{len(waits)} decisions of an editor: median {median:.0f} ms, 95 % under {late:.0f} ms"


@contextmanager
def processes(*commands: tuple[str, ...]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Processes of ``manage.py`` on this database, ended afterwards."""
    started = [
        subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        for words in commands
    ]
    try:
        yield started
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait()


def brought(contents: list[bytes]) -> Upload:
    upload = begin(by=None, way="command")
    items = [Item(name=f"{number}.txt", content=content) for number, content in enumerate(contents)]
    for at in range(0, len(items), 100):
        take_several(upload, items[at : at + 100])
    return close(upload)


def through(contents: list[bytes], workers: int, editor: Callable[[], object] = lambda: None) -> float:
    """Seconds an article with so many workers, from the first that is settled to the last, while an editor works."""
    upload = brought(contents)
    with processes(*[("worker", "--interval", "0.2")] * workers):
        while upload.receipts.waiting().exists():
            if upload.receipts.exclude(settled_at=None).exists():
                editor()
            time.sleep(0.1)
    moments = sorted(upload.receipts.values_list("settled_at", flat=True))
    return (moments[-1] - moments[0]).total_seconds() / (len(moments) - 1)


def peak(pid: int) -> int:
    """The most memory that a process and its children ever held, in MB."""
    total = 0
    for number in (pid, *_children(pid)):
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii", errors="replace")
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return total // 1024


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(number) for number in found.read_text().split()] if found.exists() else []


def archive(path: Path) -> int:
    """A ZIP of stored texts of about ``ZIP_MB``; how many. Most are too large to be articles and are not read:
    the bytes are what counts."""
    padding = random.Random(1).randbytes(1_100_000).hex()  # noqa: S311
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        while path.stat().st_size < ZIP_MB * 1024 * 1024:
            file.writestr(
                f"{count}.txt", f"Titre {count}\n\n{padding}" if count % 4 else articles(1, 10_000 + count)[0]
            )
            count += 1
    return count


def send(path: Path, port: int) -> None:
    """Post a file as a browser does, a run of bytes at a time."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="intake"))
    client.get("/upload/")
    token = client.cookies["csrftoken"].value
    head = (
        f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--xx\r\nContent-Disposition: form-data; name="files"; filename="large.zip"\r\n\r\n'
    ).encode()
    tail = b"\r\n--xx--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    connection.putrequest("POST", "/upload/")
    connection.putheader("Cookie", "; ".join(f"{name}={row.value}" for name, row in client.cookies.items()))
    connection.putheader("Content-Type", "multipart/form-data; boundary=xx")
    connection.putheader("Content-Length", str(len(head) + path.stat().st_size + len(tail)))
    connection.endheaders()
    connection.send(head)
    with path.open("rb") as file:
        while run := file.read(1 << 16):
            connection.send(run)
    connection.send(tail)
    answer = connection.getresponse()
    assert answer.status == 302, answer.read()[:500]


def large() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        tempfile.TemporaryDirectory() as folder,
        processes(("runserver", f"127.0.0.1:{port}", "--noreload"), ("worker",)) as (web, worker),
    ):
        path = Path(folder) / "large.zip"
        count = archive(path)
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.2)
        brought(articles(1, 5)), Client(HTTP_HOST="127.0.0.1").get("/healthz")
        before = peak(web.pid), peak(worker.pid)
        start = time.perf_counter()
        send(path, port)
        sent = time.perf_counter() - start
        upload = Upload.objects.exclude(by=None).order_by("-pk")[0]
        while Upload.objects.filter(pk=upload.pk).exclude(state="done").exists():
            time.sleep(0.5)
        size = path.stat().st_size / 1024 / 1024
        took = time.perf_counter() - start
        yield f"a ZIP of {size:.0f} MB, {count} members: received in {sent:.0f} s, through in {took:.0f} s;"
        yield f"  {outcomes(upload)}"
        after = peak(web.pid), peak(worker.pid)
        yield f"  most memory, MB: web {before[0]} before, {after[0]} after; worker and reader {before[1]}, {after[1]}"


def outcomes(upload: Upload) -> str:
    return ", ".join(f"{count} {name}" for name, count in upload.receipts.all().counted().items() if count)


def run() -> Iterator[str]:
    user, _ = User.objects.get_or_create(username="intake")
    user.groups.add(Group.objects.get(name="editor"))
    alone = reading_alone(articles(min(ITEMS, 100), 1))
    yield f"reading alone: {alone * 1000:.0f} ms an article, {1 / alone:.1f} a second (the baseline)"
    article = receive(demo_items()[:1], by=user).receipts.get().article
    quiet = Editor(user, article)
    for _ in range(30):
        quiet()
    yield f"with no worker, {quiet.in_words()}"
    for workers in (1, 2):
        editor = Editor(user, article)
        cost = through(articles(ITEMS, 1 + workers), workers, editor)
        share = cost / alone
        yield f"{workers} worker{'s' * (workers > 1)}, {ITEMS} articles: {1 / cost:.1f} a second, {share:.2f} of it"
        yield f"  beside them, {editor.in_words()}"
    few = Article.objects.count()
    missing = STORED - few
    if missing > 0:
        before = through(articles(min(ITEMS, 100), 4), 1)
        through(articles(missing, 5), 2)
        after = through(articles(min(ITEMS, 100), 6), 1)
        yield f"an item at {few} stored articles: {before / alone:.2f} of the baseline; at {STORED}: {after / alone:.2f}"
    failed = Receipt.objects.filter(outcome=Receipt.FAILED).count()
    assert not failed, f"{failed} items failed"
    yield from large()

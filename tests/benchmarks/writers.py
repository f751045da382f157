"""Several editors at once on SQLite: how many requests fail because the database is locked, and how long they wait."""

import multiprocessing
import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connections
from django.db.utils import OperationalError

from articles.actions.blocks import flip_block
from articles.actions.recording import Conflict
from articles.intake.uploads import receive
from articles.management.commands.demo import demo_items
from articles.models import Article

WRITERS, TIMES = 8, 25


def _write(number: int, tuned: bool, results: multiprocessing.Queue) -> None:
    connections.close_all()
    if not tuned:
        connections["default"].settings_dict["OPTIONS"] = {
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL;",
        }
    waits, locked, lost = [], 0, 0
    user = User.objects.get(username="writers")
    for _ in range(TIMES):
        start = time.perf_counter()
        try:
            article = Article.objects.order_by("pk")[number % 2]
            flip_block(article, article.blocks.filter(kind="body").first().pk, by=user, seen=article.version)
        except OperationalError:
            locked += 1
        except Conflict:
            lost += 1
        waits.append(time.perf_counter() - start)
    results.put((waits, locked, lost))


def run() -> Iterator[str]:
    user, _ = User.objects.get_or_create(username="writers")
    user.groups.add(Group.objects.get(name="editor"))
    receive(demo_items(), by=user)
    yield f"{WRITERS} writers, {TIMES} decisions each, on two articles; {settings.DATABASES['default']['ENGINE']}"
    context = multiprocessing.get_context("fork")
    for name, tuned in (("WAL alone (the baseline)", False), ("the settings of this project", True)):
        connections.close_all()
        results = context.Queue()
        processes = [context.Process(target=_write, args=(n, tuned, results)) for n in range(WRITERS)]
        for process in processes:
            process.start()
        found = [results.get() for _ in processes]
        for process in processes:
            process.join()
        waits = sorted(wait for each, _, _ in found for wait in each)
        yield (
            f"{name}: {sum(n for _, n, _ in found)} of {WRITERS * TIMES} failed as locked,"
            f" {sum(n for _, _, n in found)} were told that somebody was faster;"
            f" median {statistics.median(waits) * 1000:.0f} ms, 95 % under {waits[int(len(waits) * 0.95)] * 1000:.0f} ms"
        )

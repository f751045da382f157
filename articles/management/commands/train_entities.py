"""Teach the recogniser of names from annotated articles, and write its weights and the report beside them."""

import io
import json
import time
import zipfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.core.entities import trained
from articles.models.annotated import decided
from articles.training.comparing import Comparison, by_recogniser, compared
from articles.training.exchanged import corpus, in_parts, lesson
from articles.training.mentions import Article, Found, digest

WEIGHTS = Path(trained.__file__).parent / "weights"
LISTS = Path(trained.__file__).parents[1] / "data" / "names"
# A zip file remembers when it was made; the same lesson must give the same bytes.
MADE = (1980, 1, 1, 0, 0, 0)
# So many decided articles a desk needs. The latest fifth only asks: of fewer than ten, a difference is chance.
NEEDED, ASKED = 50, 5


class Lesson(NamedTuple):
    """What is learned from (``also``: without being asked about), and the articles that only ask."""

    taught: list[Article]
    also: list[Article]
    asked: list[Article]


class Command(BaseCommand):
    help = (
        "Teach the recogniser of names, and say what got better and what worse. A corpus is a .jsonl file (plain, .gz) of "
        "annotated articles, its keys stand in articles/training/mentions.py, or a file that export_entities writes. "
        "Months, never single articles, are held out to say how good it is. The same corpus gives the same weights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, action="append", help="may be given several times")
        parser.add_argument(
            "--also",
            type=Path,
            action="append",
            help="a corpus that is learned from, but not asked about; may be repeated",
        )
        parser.add_argument(
            "--ask",
            type=Path,
            action="append",
            help="a corpus that is only asked about, before and after; may be repeated",
        )
        parser.add_argument(
            "--desk",
            action="store_true",
            help="learn from the decided tags of the desk's approved and public articles too; the latest fifth only asks",
        )
        parser.add_argument("--language", default="fr", help="whose recogniser it is (two letters)")
        parser.add_argument("--output", type=Path, help="the weights; the report goes beside them")
        parser.add_argument(
            "--anyway", action="store_true", help="write the weights though they found less than before"
        )
        parser.add_argument("--steps", type=int, help="so many steps of learning: fewer for a quick try")
        parser.add_argument(
            "--lists", action="store_true", help="write the lists of names anew from the libraries; teaches nothing"
        )

    def handle(self, **options: Any) -> None:
        if options["lists"]:
            self.stdout.write(lists())
            return
        try:
            from articles.training import naming
        except ImportError as missing:
            raise CommandError(
                f"Teaching needs {missing.name}, which reading does not: install requirements-dev.txt."
            ) from missing
        started = time.monotonic()

        def say(words: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.0f} s  {words}")

        output = _output(options)
        lesson = _lesson(options, say)
        if len({article.group for article in lesson.taught}) < naming.FOLDS:
            raise CommandError(f"The corpus has fewer than {naming.FOLDS} months: nothing can be validated.")
        steps = {"max_iterations": options["steps"]} if options["steps"] else None
        learned, report, found = naming.learn(lesson.taught, also=lesson.also, say=say, settings=steps)
        before = _before(options["language"], output)
        comparison = _compared(lesson, before, learned, found)
        report |= {"before": str(before.path.name)} if before else {}
        report |= {"compared": comparison.as_data()} if comparison else {}
        for line in _told(comparison, before, report):
            say(line)
        if not options["anyway"]:
            _check(comparison, before, report, must=output.exists() or options["desk"])
        report |= {"bytes": save(learned, output)}
        _put(output.with_suffix(".json"), (json.dumps(report, indent=1, sort_keys=True) + "\n").encode())
        say(f"wrote {output} ({report['bytes'] / 1e6:.2f} MB): {report['held out']}")


def _output(options: dict[str, Any]) -> Path:
    """Where the weights go: of the desk's decisions to the desk's own, never over those of the project."""
    name = f"{options['language']}.npz"
    if options["output"]:
        return Path(options["output"])
    if not options["desk"]:
        return WEIGHTS / name
    if settings.ENTITY_WEIGHTS is None:
        raise CommandError(
            "Nothing says where the desk's own weights are kept: set ENTITY_WEIGHTS to a folder, or give --output."
        )
    return Path(settings.ENTITY_WEIGHTS) / name


def _lesson(options: dict[str, Any], say: Callable[[str], None]) -> Lesson:
    read: dict[str, list[Article]] = {}
    for name in ("corpus", "also", "ask"):
        paths: Sequence[Path] = options[name] or ()
        if absent := [path for path in paths if not path.is_file()]:
            raise CommandError(f"There is no corpus at {absent[0]}.")
        try:
            read[name] = [article for path in paths for article in corpus(path)]
        except (ValueError, OSError) as error:
            raise CommandError(f"The corpus cannot be used: {error}") from error
    if options["desk"]:
        taught, asked = _of_the_desk(options["language"], say)
        read["corpus"] += taught
        read["ask"] += asked
    # Who is asked about an article must not have learned from it, in whatever file it stands.
    asked = {article.text for article in read["ask"]}
    taught, also = ([one for one in read[name] if one.text not in asked] for name in ("corpus", "also"))
    return Lesson(taught, also, read["ask"])


def _of_the_desk(language: str, say: Callable[[str], None]) -> tuple[list[Article], list[Article]]:
    """The desk's decided articles: those that teach, and the latest of them, which only ask."""
    texts, waiting = decided(language)
    articles = in_parts([lesson(said) for said in texts], "desk")
    more = f" {waiting} more would count if somebody decided on their suggestions." if waiting else ""
    if len(articles) < NEEDED:
        raise CommandError(
            f"The desk has {len(articles)} articles in {language!r} that are approved or public and have every tag decided; "
            f"{NEEDED} are needed: {NEEDED - NEEDED // ASKED} to learn from, and the latest {NEEDED // ASKED} to tell "
            f"whether it got better.{more}"
        )
    at = len(articles) - len(articles) // ASKED
    say(f"the desk: {at} articles to learn from, the latest {len(articles) - at} to ask about.{more}")
    return articles[:at], articles[at:]


class Before(NamedTuple):
    """The weights that are there, and what their report says of how they were taught."""

    path: Path
    trained: trained.Trained
    report: dict[str, Any]

    def new(self, articles: Sequence[Article]) -> list[Article]:
        """Those that they did not learn from; by their months where their report does not say from which they did."""
        if "taught" in self.report:
            known = set(self.report["taught"].split())
            return [article for article in articles if digest(article) not in known]
        return [article for article in articles if article.group not in self.report.get("months", ())]


def _before(language: str, output: Path) -> Before | None:
    """What reads this language until now: the weights that would be replaced, else the desk's, else the project's."""
    own = [Path(settings.ENTITY_WEIGHTS)] if settings.ENTITY_WEIGHTS else []
    for path in (output, *(folder / f"{language}.npz" for folder in (*own, WEIGHTS))):
        if path.is_file():
            try:
                with path.open("rb") as file:
                    there = trained.opened(file)
                beside = path.with_suffix(".json")
                return Before(path, there, json.loads(beside.read_text()) if beside.is_file() else {})
            except ValueError as error:
                raise CommandError(f"{path} is there, but cannot be read: {error}. Move it away.") from error
    return None


def _compared(
    lesson: Lesson, before: Before | None, learned: trained.Trained, found: dict[Article, Found]
) -> Comparison | None:
    """On the articles that only ask; without any, on all, each as it was found by one that did not know its month. What
    the weights before learned from is not asked about. None where there is nothing to compare."""
    asked = before.new(lesson.asked or lesson.taught) if before else []
    if before is None or not asked:
        return None
    after = by_recogniser(learned) if lesson.asked else lambda article: found[article]
    return compared(asked, by_recogniser(before.trained), after)


def _told(comparison: Comparison | None, before: Before | None, report: dict[str, Any]) -> list[str]:
    if before is None:
        return ["there was no recogniser before: nothing to compare"]
    if comparison is None:
        was = before.report.get("held out", {})
        return [f"months held out, by the report of {before.path.name} before: {was}", f"and now: {report['held out']}"]
    return [f"before and after on {comparison.articles} articles that were held out:", *comparison.lines()]


def _check(comparison: Comparison | None, before: Before | None, report: dict[str, Any], *, must: bool) -> None:
    """Refuse weights that find less than those they replace."""
    if before is None or not must:
        return
    if comparison:
        was, now = comparison.before["all"]["f1"], comparison.after["all"]["f1"]
    elif set(before.report.get("months", ())) == set(report["months"]):
        was, now = before.report["held out"]["f1"], report["held out"]["f1"]
    else:
        return
    if now < was:
        raise CommandError(
            f"Nothing was written: F1 on what was held out fell from {was} to {now}. --anyway writes it."
        )


def lists() -> str:
    """Write the lists of names anew; what was written."""
    try:
        from articles.training import gazetteers
    except ImportError as missing:
        raise CommandError(
            f"The lists of names are made with {missing.name}, which nothing else needs: pip install {missing.name}."
        ) from missing
    return f"wrote {gazetteers.written(LISTS)}"


def save(learned: trained.Trained, path: Path) -> int:
    """Write the weights; how many bytes they are. The same recogniser gives the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(trained.packed(learned).items()):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", MADE), held.getvalue(), zipfile.ZIP_DEFLATED)
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, whole.getvalue())
    return path.stat().st_size


def _put(path: Path, content: bytes) -> None:
    """Write a file at once: a worker may be reading the one that is there."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)

"""The stories of the demo articles, and of the folder that NEWSROOM_GOLD_DIR names: which articles tell of one event."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from articles.core.folding import key
from articles.core.reading import clean
from articles.core.similarity import KINDS, Comparison, Told, Words, compare, count_origins
from tests.corpus.truth import Article, articles, gold

ARTICLES = articles()


def stories(folder: Path) -> list[dict[str, Any]]:
    truth = gold(folder)
    return [*truth.get("stories", []), *([truth["story"]] if "story" in truth else [])]


STORIES = [
    pytest.param(folder, story, id=f"{folder.name}-{number}")
    for folder in dict.fromkeys(article.folder for article in ARTICLES)
    for number, story in enumerate(stories(folder))
]


def told(article: Article) -> Told:
    reading = article.reading
    names = {key(mention.surface): mention.surface for mention in reading.mentions if mention.scope == "text"}
    return Told(text=clean(reading).text, names=names)


def compared(one: Article, two: Article) -> Comparison:
    return compare(told(one), told(two))


def members(folder: Path, story: dict[str, Any]) -> list[Article]:
    return [article for article in ARTICLES if article.folder == folder and article.name in story["members"]]


@pytest.mark.parametrize(("folder", "story"), STORIES)
def test_the_articles_of_a_story_are_told_to_be_what_they_are(folder: Path, story: dict[str, Any]) -> None:
    one, two = members(folder, story)
    found = compared(one, two)
    assert found.kind == story["relation"]
    assert found.kind not in story["not"]
    assert set(story["not"]) <= set(KINDS)


@pytest.mark.parametrize(("folder", "story"), STORIES)
def test_a_run_of_words_is_the_proof(folder: Path, story: dict[str, Any]) -> None:
    one, two = members(folder, story)
    said = [run.one.of(told(one).text) for run in compared(one, two).runs]
    wanted = " ".join(Words.of(story["proof"]).folded)
    assert any(wanted in " ".join(Words.of(run).folded) for run in said)


@pytest.mark.parametrize(("folder", "story"), STORIES)
def test_what_they_share_counts_their_origins(folder: Path, story: dict[str, Any]) -> None:
    one, two = members(folder, story)
    shared = [(one, two, "words")] if compared(one, two).origin else []
    assert len(count_origins([one, two], shared=shared)) == story["origins"]


def test_no_other_two_articles_are_told_to_be_of_one_event() -> None:
    together = {frozenset(param.values[1]["members"]) for param in STORIES}
    for one, two in itertools.combinations(ARTICLES, 2):
        if frozenset((one.name, two.name)) not in together:
            assert compared(one, two).kind == "", (str(one), str(two))

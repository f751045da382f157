"""Whatever editors do, in whatever order: the ledger covers raw once, tags stay on their words, history adds up."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions import blocks, history, tags
from articles.actions.recording import Conflict, Refused
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.models import Article
from articles.models.texts import clean_of, markup_of, shown_words
from tests import factories

WORDS = st.text("ab Z«»é .\n", min_size=0, max_size=30)
STEPS = st.one_of(
    st.tuples(st.just("flip"), st.integers(0, 40)),
    st.tuples(st.just("kind"), st.integers(0, 40), st.sampled_from(sorted(KINDS))),
    st.tuples(st.just("split"), st.integers(0, 40), st.floats(0, 1)),
    st.tuples(st.just("join"), st.integers(0, 40)),
    st.tuples(st.just("run"), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["keep", "drop", "body"])),
    st.tuples(st.just("text"), st.integers(0, 40), WORDS, st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.just("tag"), st.floats(0, 1), st.integers(1, 20)),
    st.tuples(st.just("undo"), st.integers(0, 8)),
)


def act(article: Article, by: User, step: tuple) -> None:
    rows = list(article.blocks.all())
    who = {"by": by, "seen": article.version}
    match step:
        case ("flip", n):
            blocks.flip_block(article, rows[n % len(rows)].pk, **who)
        case ("kind", n, kind):
            blocks.change_kind(article, rows[n % len(rows)].pk, kind=kind, **who)
        case ("split", n, share):
            row = rows[n % len(rows)]
            blocks.split_block(article, row.pk, at=row.start + int(share * (row.end - row.start)), **who)
        case ("join", n):
            blocks.join_block(article, rows[n % len(rows)].pk, **who)
        case ("run", n, m, kind):
            blocks.decide_run(article, rows[n % len(rows)].pk, rows[m % len(rows)].pk, kind=kind, **who)
        case ("text", n, words, first, last):
            row = rows[n % len(rows)]
            before = clean_of(article, [row], article.edits.all()).text
            start, end = sorted((int(first * len(before)), int(last * len(before))))
            wanted = (before[:start] + words + before[end:]).strip()
            kept = row.kept
            blocks.correct_text(article, row.pk, words=wanted, **who)
            row.refresh_from_db()
            assert kept
            assert clean_of(article, [row], article.edits.all()).text == wanted
        case ("tag", share, length):
            start = int(share * (len(article.raw_text) - 1))
            tags.tag_span(article, Span(start=start, end=start + length), type="person", everywhere=False, **who)
        case ("undo", n):
            log = list(article.log.all()[:9])
            history.undo(article, log[n % len(log)].pk, by=by)


def check(article: Article, raw: str) -> None:
    article.refresh_from_db()
    assert article.raw_text == raw
    assert factories.covers_raw_once(article)
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    assert article.clean_text == clean.text, "the queue says what the rows say"
    for piece in clean.pieces:
        assert len(piece.raw) > 0 or not len(piece.clean)
    for mention in article.mentions.all():
        span = Span(start=mention.start, end=mention.end)
        assert shown_words(article, span, markup_of(article))[:300] == mention.surface
        place = clean.place(span, mention.surface)
        if place is not None:
            assert place.of(clean.text).strip()
    for row in article.blocks.all():
        assert raw[row.start : row.end]


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["text", "page"])
def test_any_sequence_of_actions_keeps_the_promises_about_data(source: str, ana: User, db: None) -> None:
    article = factories.ArticleFactory(text=factories.TEXT if source == "text" else factories.PAGE)
    raw = article.raw_text

    class Done(Exception):
        pass

    @settings(max_examples=25)
    @given(st.lists(STEPS, min_size=1, max_size=12))
    def run(steps: list[tuple]) -> None:
        try:
            with transaction.atomic():
                mine = Article.objects.get(pk=article.pk)
                for step in steps:
                    try:
                        act(mine, ana, step)
                    except Refused:
                        pass
                    except Conflict as conflict:
                        raise AssertionError("nobody else is here") from conflict
                    check(mine, raw)
                raise Done
        except Done:
            pass

    run()


@pytest.mark.django_db
def test_undoing_everything_backwards_brings_back_the_article_as_it_came(ana: User) -> None:
    article = factories.ArticleFactory()
    from tests.actions.test_history import state

    before = state(article)

    class Done(Exception):
        pass

    @settings(max_examples=20)
    @given(st.lists(STEPS.filter(lambda step: step[0] != "undo"), min_size=1, max_size=8))
    def run(steps: list[tuple]) -> None:
        try:
            with transaction.atomic():
                mine = Article.objects.get(pk=article.pk)
                first = mine.log.first().pk
                for step in steps:
                    try:
                        act(mine, ana, step)
                    except Refused:
                        mine.refresh_from_db()
                for entry in list(mine.log.filter(pk__gt=first)):
                    history.undo(mine, entry.pk, by=ana)
                assert state(mine) == before
                raise Done
        except Done:
            pass

    run()

"""Tags survive whatever editors and the machine do to the text, in whatever order: in their place, or in the tray."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions import blocks, history, proposals, tags, workflow
from articles.actions.publishing import snapshot
from articles.actions.recording import Conflict, Refused
from articles.actions.selecting import CAPTION_KINDS, Selecting
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.values import Memory
from articles.intake import rereading
from articles.intake.remembering import read_recalling
from articles.models import Article, Mention
from articles.models.texts import clean_of
from articles.views.panels.tags import TagsPanel
from tests import factories

NUMBER = st.integers(0, 40)
SHARE = st.floats(0, 1)
WORDS = st.text("ab Z«»é'’👋\u0301 .\n", min_size=0, max_size=20)
TYPES = st.sampled_from(["person", "place", "organisation", "event"])
STEPS = st.one_of(
    st.tuples(st.just("flip"), NUMBER),
    st.tuples(st.just("kind"), NUMBER, st.sampled_from(sorted(KINDS))),
    st.tuples(st.just("split"), NUMBER, SHARE),
    st.tuples(st.just("join"), NUMBER),
    st.tuples(st.just("text"), NUMBER, WORDS, SHARE, SHARE),
    st.tuples(st.just("text"), NUMBER, WORDS, SHARE, SHARE),
    st.tuples(st.just("tag"), SHARE, st.integers(1, 30), TYPES, st.booleans()),
    st.tuples(st.just("tag"), SHARE, st.integers(1, 30), TYPES, st.booleans()),
    st.tuples(st.just("decide"), NUMBER, st.sampled_from(["confirm", "reject"]), st.booleans()),
    st.tuples(st.just("retype"), NUMBER, TYPES),
    st.tuples(st.just("sure"), st.sampled_from([0.0, 0.8, 0.95])),
    st.tuples(st.just("move"), NUMBER, SHARE, st.integers(1, 30)),
    st.tuples(st.just("undo"), st.integers(0, 8)),
    st.tuples(st.just("reread"), st.integers(0, 9)),
    st.tuples(st.just("accept")),
    st.tuples(st.just("publish")),
)
# By these alone may a person's tag come to stand elsewhere, or be gone: by moving it, and by taking back its making.
MOVERS = {"move", "undo"}


@pytest.fixture
def otherwise(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the reader says today: a number under which some of its mentions and blocks come out otherwise."""
    today = [0]
    made: list[Any] = []

    def read(scraped: Any, memory: Any, *, article: Any) -> Any:
        if not made:
            made.append(read_recalling(scraped, memory, article=article))  # once: it takes longer than all the rest
        return replace(made[0], reading=_changed(made[0].reading, today[0]))

    monkeypatch.setattr(rereading, "read_recalling", read)
    return today


def _changed(reading: Any, number: int) -> Any:
    """The reading, with some mentions dropped, doubled with another type, or cut short."""
    found = []
    for place, mention in enumerate(reading.mentions):
        what = (place + number) % 4
        if what == 1:
            continue
        if what == 2:
            other = "event" if mention.type != "event" else "person"
            found.append(replace(mention, type=other, entity=None))
        elif what == 3 and len(mention.span) > 4:
            span = Span(start=mention.span.start, end=mention.span.end - 2)
            found.append(replace(mention, span=span, surface=mention.surface[:-2]))
        else:
            found.append(mention)
    return replace(reading, mentions=tuple(found))


def act(article: Article, ana: User, claire: User, step: tuple, today: list[int]) -> None:
    rows = list(article.blocks.all())
    who = {"by": ana, "seen": article.version}
    block = rows[step[1] % len(rows)] if step[0] in {"flip", "kind", "split", "join", "text"} else rows[0]
    mentions = list(article.mentions.all())
    match step:
        case ("flip", _):
            blocks.flip_block(article, block.pk, **who)
        case ("kind", _, kind):
            blocks.change_kind(article, block.pk, kind=kind, **who)
        case ("split", _, share):
            blocks.split_block(article, block.pk, at=block.start + int(share * (block.end - block.start)), **who)
        case ("join", _):
            blocks.join_block(article, block.pk, **who)
        case ("text", _, words, first, last):
            before = clean_of(article, [block], article.edits.all()).text
            start, end = sorted((int(first * len(before)), int(last * len(before))))
            blocks.correct_text(article, block.pk, words=before[:start] + words + before[end:], **who)
        case ("tag", share, length, type_, everywhere):
            start = int(share * (len(article.raw_text) - 1))
            span = Span(start=start, end=start + length)
            tags.tag_span(article, span, type=type_, everywhere=everywhere, **who)
        case ("decide", n, word, everywhere):
            decide = tags.confirm_tag if word == "confirm" else tags.reject_tag
            decide(article, mentions[n % len(mentions)].pk, everywhere=everywhere, **who)
        case ("retype", n, type_):
            tags.change_tag(article, mentions[n % len(mentions)].pk, type=type_, **who)
        case ("sure", least):
            tags.confirm_all_tags(article, least=least, **who)
        case ("move", n, share, length):
            start = int(share * (len(article.raw_text) - 1))
            span = Span(start=start, end=start + length)
            tags.move_tag(article, mentions[n % len(mentions)].pk, to=span, **who)
        case ("undo", n):
            log = list(article.log.all()[:9])
            history.undo(article, log[n % len(log)].pk, by=ana)
        case ("reread", number):
            today[0] = number
            rereading.reread(article, memory=Memory(), by=ana, seen=article.version)
        case ("accept",):
            proposals.accept_all_proposals(article, **who)
        case ("publish",):
            workflow.move(article, "submit", by=ana, seen=article.version)
            workflow.move(article, "approve", by=claire, seen=article.version)


def decided(article: Article) -> dict[int, tuple[int, int, str]]:
    """Where the tags stand on which a person decided, and what they say: by key."""
    rows = article.mentions.exclude(state="suggested")
    return {row.pk: (row.start, row.end, row.surface) for row in rows}


def check(article: Article, raw: str) -> None:
    """What holds after every step."""
    article.refresh_from_db()
    assert article.raw_text == raw
    rows = list(article.blocks.all())
    clean = clean_of(article, rows, article.edits.all())
    mentions = list(article.mentions.all())
    panel = TagsPanel(mentions, clean, blocks=rows)
    placed = {mention.pk for _, groups in panel.groups for group in groups for mention in group.mentions}
    lost = {entry.mention.pk for entry in panel.tray}
    rejected = {mention.pk for mention in panel.rejected}
    assert not placed & lost
    assert placed | lost | rejected == {mention.pk for mention in mentions}, "each is placed, in the tray, or rejected"
    for mention in mentions:
        span = Span(start=mention.start, end=mention.end)
        place = clean.place(span, mention.surface)
        if place is not None:
            assert place.of(clean.text).strip()
            assert any(raw_span.overlaps(span) for raw_span in clean.raw_spans(place)), "its words are those of the map"
        elif mention.pk in placed:
            removed = [row for row in rows if not row.kept and row.kind in CAPTION_KINDS]
            assert any(row.start <= span.start and span.end <= row.end for row in removed)
    for entry in panel.tray:
        assert entry.why
        assert entry.block is None or not entry.block.kept


def check_published(article: Article) -> None:
    """Confirmed tags whose words stand in the text are published, and no other."""
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    confirmed = article.mentions.filter(state="confirmed")
    placed = [row for row in confirmed if clean.place(Span(start=row.start, end=row.end), row.surface)]
    assert {(tag["type"]) for tag in snapshot(article).tags} == {row.type for row in placed}


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done in here leaves no trace: one article serves all examples."""

    class Done(Exception):
        pass

    try:
        with transaction.atomic():
            yield
            raise Done
    except Done:
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["text", "page"])
def test_no_tag_is_lost_or_moves_whatever_is_done(source: str, ana: User, claire: User, otherwise: list[int]) -> None:
    article = factories.ArticleFactory(text=factories.TEXT if source == "text" else factories.PAGE)
    raw = article.raw_text

    @settings(max_examples=12, derandomize=True)
    @given(st.lists(STEPS, min_size=4, max_size=12))
    def run(steps: list[tuple]) -> None:
        with taken_back():
            mine = Article.objects.get(pk=article.pk)
            for step in steps:
                before = decided(mine)
                try:
                    with transaction.atomic():
                        act(mine, ana, claire, step, otherwise)
                except Refused:
                    mine.refresh_from_db()
                except Conflict:  # it is approved already; nobody else is here
                    if step[0] != "publish":
                        raise
                    mine.refresh_from_db()
                after = decided(mine)
                if step[0] not in MOVERS:
                    assert {pk: after.get(pk) for pk in before} == before, "a person's word stays where it is"
                if step[0] == "move":
                    assert before.keys() <= after.keys()
                check(mine, raw)
            check_published(mine)

    run()


@pytest.mark.django_db
def test_a_tag_in_the_tray_comes_back_with_its_block_and_its_words(article: Article, ana: User) -> None:
    (made,) = tags.tag_words(article, "Lorval", type="event", everywhere=False, by=ana, seen=article.version)
    row = article.blocks.get(start__lte=made.start, end__gte=made.end)
    words = clean_of(article, [row], article.edits.all()).text

    def tray() -> list[int]:
        rows = list(article.blocks.all())
        clean = clean_of(article, rows, article.edits.all())
        return [entry.mention.pk for entry in TagsPanel(list(article.mentions.all()), clean, blocks=rows).tray]

    assert made.pk not in tray()
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert made.pk in tray()
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert made.pk not in tray()
    blocks.correct_text(article, row.pk, words=words.replace(" de Lorval", ""), by=ana, seen=article.version)
    assert made.pk in tray()
    history.undo(article, article.log.first().pk, by=ana)
    assert made.pk not in tray()


@pytest.mark.django_db
def test_a_split_within_the_words_of_a_tag_puts_it_nowhere_wrong(article: Article, ana: User) -> None:
    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    tags.confirm_tag(article, mention.pk, everywhere=False, by=ana, seen=article.version)
    row = article.blocks.get(start__lte=mention.start, end__gte=mention.end)
    blocks.split_block(article, row.pk, at=mention.start + len("Emmanuel "), by=ana, seen=article.version)
    rows = list(article.blocks.all())
    clean = clean_of(article, rows, article.edits.all())
    (entry,) = TagsPanel(list(article.mentions.filter(pk=mention.pk)), clean, blocks=rows).tray
    assert entry.why == "its words stand in two blocks now"
    blocks.join_block(article, row.pk, by=ana, seen=article.version)
    clean = clean_of(article, article.blocks.all(), article.edits.all())
    assert clean.place(Span(start=mention.start, end=mention.end), mention.surface)


@pytest.mark.django_db
def test_a_correction_after_publication_keeps_the_tags(article: Article, ana: User, claire: User) -> None:
    made = tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    row = factories.block_with(article, "Il a rappelé")
    words = clean_of(article, [row], article.edits.all()).text.replace("deux millions", "trois millions")
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert "Lorval" in [tag["name"] for tag in article.publications.order_by("-pk").first().tags]
    assert {row.pk: (row.start, row.end) for row in made}.items() <= {
        row.pk: (row.start, row.end) for row in Mention.objects.filter(article=article)
    }.items()


def test_what_is_selected_is_found_by_the_words_that_it_says(article: Article) -> None:
    page = Selecting(article)

    @settings(max_examples=60, derandomize=True)
    @given(SHARE, st.integers(1, 40))
    def run(share: float, length: int) -> None:
        start = int(share * (len(article.raw_text) - 1))
        try:
            words = page.words(Span(start=start, end=start + length))
        except Refused:
            return
        assert page.words(words.span) == words
        if words.block in page.taggable:
            assert words.span in page.everywhere(words)
            assert words.span in page.places(words.said)

    run()

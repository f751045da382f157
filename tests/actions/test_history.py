"""Taking back what was done, by a new action."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from articles.actions import blocks, facts, history, notes, tags, workflow
from articles.actions.recording import Refused, as_data
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Edit, LogEntry
from articles.models.texts import block_clean
from tests import factories
from tests.actions.test_recording import EDITS
from tests.factories import block_with

ROWS = ("block", "edit", "field", "attribution", "mention", "flag")
KEPT = ("title", "clean_text", "outlet_id", "outlet_name", "language", "published")


def state(article: Article) -> dict[str, Any]:
    """Everything that editors can change about an article, without the counters."""
    article.refresh_from_db()
    rows = {
        (name, row.pk): {key: value for key, value in as_data(row).items() if key != "version"}
        for name in ROWS
        for row in apps.get_model("articles", name).objects.filter(article=article)
    }
    return {**rows, **{name: getattr(article, name) for name in KEPT}}


def undo_last(article: Article, by: User) -> LogEntry:
    return history.undo(article, article.log.first().pk, by=by)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_can_be_undone_to_the_last_column(name: str, article: Article, ana: User, bea: User) -> None:
    before = state(article)
    EDITS[name](article, ana, article.version)
    assert state(article) != before
    done = article.log.first()
    entry = undo_last(article, bea)
    assert state(article) == before
    assert (entry.undoes, entry.person, entry.action) == (done, bea, "undo")
    assert done.summary in entry.summary


@pytest.mark.parametrize("name", EDITS)
def test_an_undo_can_be_undone(name: str, article: Article, ana: User) -> None:
    EDITS[name](article, ana, article.version)
    after = state(article)
    undo_last(article, ana)
    undo_last(article, ana)
    assert state(article) == after
    assert article.log.count() == 4


def test_an_edit_that_took_over_a_correction_can_be_undone(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    blocks.correct_text(article, row.pk, words="Un.", by=ana, seen=article.version)
    between = state(article)
    blocks.correct_text(article, row.pk, words="Deux.", by=ana, seen=article.version)
    undo_last(article, ana)
    assert state(article) == between


def test_what_was_done_before_can_be_undone_when_later_actions_touched_other_things(
    article: Article, ana: User
) -> None:
    blocks.flip_block(article, block_with(article, "Partager").pk, by=ana, seen=article.version)
    first = article.log.first()
    facts.fix_field(article, "title", text="Autre", by=ana, seen=article.version)
    history.undo(article, first.pk, by=ana)
    article.refresh_from_db()
    assert "Partager" not in article.clean_text
    assert article.title == "Autre"


def test_what_was_changed_since_is_not_undone_over_others_heads(article: Article, ana: User, bea: User) -> None:
    facts.fix_field(article, "title", text="Un", by=ana, seen=article.version)
    first = article.log.first()
    facts.fix_field(article, "title", text="Deux", by=bea, seen=article.version)
    before = state(article)
    with pytest.raises(Refused, match="changed again since"):
        history.undo(article, first.pk, by=ana)
    assert state(article) == before
    undo_last(article, bea)
    history.undo(article, first.pk, by=ana)


def test_a_split_whose_half_was_joined_elsewhere_is_not_undone(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    blocks.split_block(article, row.pk, at=article.raw_text.index("Il a r"), by=ana, seen=article.version)
    split = article.log.first()
    blocks.join_block(article, block_with(article, "Il a r").pk, by=ana, seen=article.version)
    with pytest.raises(Refused, match="changed again since"):
        history.undo(article, split.pk, by=ana)
    assert factories.covers_raw_once(article)


def test_an_action_is_undone_once(article: Article, ana: User) -> None:
    factories.edit(article, by=ana)
    first = article.log.first()
    history.undo(article, first.pk, by=ana)
    with pytest.raises(Refused, match="taken back already"):
        history.undo(article, first.pk, by=ana)


def test_uploads_notes_and_steps_are_no_changes_to_undo(article: Article, ana: User) -> None:
    notes.add_note(article, text="x", by=ana)
    workflow.move(article, "submit", by=ana, seen=article.version)
    for entry in article.log.all():
        assert not history.can_undo(entry)
        with pytest.raises(Refused, match="cannot be undone"):
            history.undo(article, entry.pk, by=ana)


def test_an_action_of_another_article_is_not_in_this_history(article: Article, ana: User) -> None:
    other = factories.ArticleFactory()
    factories.edit(other, by=ana)
    with pytest.raises(Refused, match="not in the history"):
        history.undo(article, other.log.first().pk, by=ana)


def test_an_article_that_is_put_away_keeps_its_history(article: Article, ana: User) -> None:
    factories.edit(article, by=ana)
    first = article.log.first()
    workflow.move(article, "reject", by=ana, seen=article.version, reason="x")
    with pytest.raises(Refused, match="Reopen it"):
        history.undo(article, first.pk, by=ana)


def test_an_undo_moves_an_approved_article_back_to_review_and_makes_nobody_its_last_editor(
    claire: User, ana: User
) -> None:
    article = factories.make_article(status="ready", live=False)
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    public = article.public
    history.undo(article, article.log.get(action="confirm_tags").pk, by=ana)
    article.refresh_from_db()
    assert (article.status, article.last_editor, article.public) == ("in_review", None, public)


def test_another_editor_who_saw_the_old_version_is_told_of_an_undo(article: Article, ana: User, bea: User) -> None:
    from articles.actions.recording import Conflict

    row = block_with(article, "Partager")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    seen = article.version
    undo_last(article, ana)
    with pytest.raises(Conflict):
        blocks.flip_block(article, row.pk, by=bea, seen=seen)


def words_of(article: Article, pk: int) -> str:
    return block_clean(article, article.blocks.get(pk=pk), article.edits.all()).text


def test_a_correction_that_would_come_back_upon_another_is_not_restored(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    words = words_of(article, row.pk)
    blocks.correct_text(article, row.pk, words="Un.", by=ana, seen=article.version)
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    back = article.log.first()
    blocks.correct_text(article, row.pk, words="Deux.", by=ana, seen=article.version)
    before = state(article)
    with pytest.raises(Refused, match="changed again since"):
        history.undo(article, back.pk, by=ana)
    assert state(article) == before
    assert words_of(article, row.pk) == "Deux."


def test_a_correction_that_would_cross_a_border_is_not_restored(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    words = words_of(article, row.pk)
    blocks.correct_text(article, row.pk, words="Un.", by=ana, seen=article.version)
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    back = article.log.first()
    blocks.split_block(article, row.pk, at=article.raw_text.index("Il a rappelé"), by=ana, seen=article.version)
    before = state(article)
    with pytest.raises(Refused, match="changed again since"):
        history.undo(article, back.pk, by=ana)
    assert state(article) == before


def machine_edit(article: Article, row: Any, at: int) -> Edit:
    assert row.start < at - 1
    assert at + 1 < row.end
    words = article.raw_text[at - 1 : at + 1]
    return Edit.objects.create(
        article=article, start=at - 1, end=at + 1, replacement=words.upper(), reason="test", by="machine"
    )


@pytest.mark.parametrize("again", ["same", "other", "none"])
def test_the_split_of_a_machines_edit_is_undone_after_it_was_read_again(
    article: Article, ana: User, again: str
) -> None:
    row = block_with(article, "Il a rappelé")
    at = article.raw_text.index("Il a rappelé")
    made = machine_edit(article, row, at)
    blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
    split = article.log.first()
    assert reread(article, memory=desk_memory()).read
    if again != "none":
        article.edits.filter(by="machine", start__lt=made.end, end__gt=made.start).delete()
        Edit.objects.create(
            article=article,
            start=made.start,
            end=made.end,
            replacement=made.replacement if again == "same" else "?",
            reason="test",
            by="machine",
        )
    if again == "other":
        with pytest.raises(Refused, match="changed again since"):
            history.undo(article, split.pk, by=ana)
        return
    history.undo(article, split.pk, by=ana)
    assert article.edits.filter(start=made.start, end=made.end).count() == 1
    assert factories.covers_raw_once(article)
    assert made.replacement in words_of(article, row.pk)


def test_what_the_machine_says_since_bars_no_undo_and_stays(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    blocks.split_block(article, row.pk, at=article.raw_text.index("Il a rappelé"), by=ana, seen=article.version)
    article.blocks.filter(start__gte=row.start, end__lte=row.end).update(found_kind="legal", found_reason="learned")
    undo_last(article, ana)
    row.refresh_from_db()
    assert (row.found_kind, article.blocks.filter(start=row.start, end=row.end).count()) == ("legal", 1)


def test_an_undo_never_leaves_raw_uncovered(article: Article, ana: User) -> None:
    row = block_with(article, "Partager")
    blocks.join_block(article, row.pk, by=ana, seen=article.version)
    joined = article.log.first()
    # As when reading again widened a neighbour.
    after = article.blocks.filter(start__gt=row.start).first()
    article.blocks.filter(pk=after.pk).update(end=after.end - 1)
    with pytest.raises(Refused, match="changed again since"):
        history.undo(article, joined.pk, by=ana)

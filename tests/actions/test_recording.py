"""The frame of every action: permission, status, versions, and a log entry only where something changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.actions import attribution as chain
from articles.actions import blocks, facts, history, linking, notes, tags, workflow
from articles.actions.attribution import LinkSaid
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.core.edits import Span
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article
from tests import factories
from tests.factories import block_with

Act = Callable[[Article, User, int], object]

# Every edit that a person can make, on an article as the factory makes it.
EDITS: dict[str, Act] = {
    "flip_block": lambda a, by, seen: blocks.flip_block(a, block_with(a, "Partager").pk, by=by, seen=seen),
    "change_kind": lambda a, by, seen: blocks.change_kind(
        a, block_with(a, "Partager").pk, kind="legal", by=by, seen=seen
    ),
    "decide_run": lambda a, by, seen: blocks.decide_run(
        a, block_with(a, "Partager").pk, block_with(a, "Lire").pk, kind="keep", by=by, seen=seen
    ),
    "split_block": lambda a, by, seen: blocks.split_block(
        a, block_with(a, "Il a rappelé").pk, at=a.raw_text.index("Il a rappelé"), by=by, seen=seen
    ),
    "join_block": lambda a, by, seen: blocks.join_block(a, block_with(a, "Partager").pk, by=by, seen=seen),
    "correct_text": lambda a, by, seen: blocks.correct_text(
        a, block_with(a, "Il a rappelé").pk, words="Tout autre chose.", by=by, seen=seen
    ),
    "fix_field": lambda a, by, seen: facts.fix_field(a, "title", text="Autre", by=by, seen=seen),
    "confirm_field": lambda a, by, seen: facts.confirm_field(a, "title", by=by, seen=seen),
    "forget_field": lambda a, by, seen: facts.forget_field(a, "title", by=by, seen=seen),
    "add_link": lambda a, by, seen: chain.add_link(a, said=LinkSaid(role="agency", name="AFP"), by=by, seen=seen),
    "add_publisher": lambda a, by, seen: chain.add_link(
        a, said=LinkSaid(role="publisher", name="RFI"), by=by, seen=seen
    ),
    "make_publisher": lambda a, by, seen: chain.correct_link(
        a, a.attribution.first().pk, said=LinkSaid(role="publisher", name="RFI"), by=by, seen=seen
    ),
    "confirm_link": lambda a, by, seen: chain.confirm_link(a, a.attribution.first().pk, by=by, seen=seen),
    "correct_link": lambda a, by, seen: chain.correct_link(
        a, a.attribution.first().pk, said=LinkSaid(role="agency", name="AFP"), by=by, seen=seen
    ),
    "remove_link": lambda a, by, seen: chain.remove_link(a, a.attribution.first().pk, by=by, seen=seen),
    "tag": lambda a, by, seen: tags.tag_words(a, "Lorval", type="place", everywhere=True, by=by, seen=seen),
    "tag_span": lambda a, by, seen: tags.tag_span(
        a,
        Span(start=a.raw_text.index("Lorval"), end=a.raw_text.index("Lorval") + 6),
        type="place",
        everywhere=False,
        by=by,
        seen=seen,
    ),
    "confirm_tag": lambda a, by, seen: tags.confirm_tag(a, a.mentions.first().pk, by=by, seen=seen),
    "confirm_tags": lambda a, by, seen: tags.confirm_all_tags(a, by=by, seen=seen),
    "reject_tag": lambda a, by, seen: tags.reject_tag(a, a.mentions.first().pk, by=by, seen=seen),
    "change_tag": lambda a, by, seen: tags.change_tag(a, a.mentions.first().pk, type="event", by=by, seen=seen),
    "link_tag": lambda a, by, seen: linking.link_tag(
        a, a.mentions.get(surface="Paris").pk, entity=factories.EntityFactory(type="place"), by=by, seen=seen
    ),
    "link_new_entity": lambda a, by, seen: linking.link_new_entity(
        a, a.mentions.get(surface="Paris").pk, name="Paris (Texas)", by=by, seen=seen
    ),
    "name_signer": lambda a, by, seen: linking.name_signer(
        a, a.attribution.get(role="author").pk, entity=factories.EntityFactory(type="person"), by=by, seen=seen
    ),
    "name_new_signer": lambda a, by, seen: linking.name_new_signer(
        a, a.attribution.get(role="author").pk, by=by, seen=seen
    ),
    "say_sense": lambda a, by, seen: linking.say_sense(
        a, a.mentions.get(surface="Paris").pk, sense="power", by=by, seen=seen
    ),
    "dismiss_flag": lambda a, by, seen: notes.dismiss_flag(a, a.flags.get().pk, by=by, seen=seen),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_one_version_one_log_entry_and_one_last_editor(name: str, article: Article, ana: User) -> None:
    before = article.log.count()
    EDITS[name](article, ana, article.version)
    article.refresh_from_db()
    assert (article.version, article.status, article.last_editor) == (2, "in_review", ana)
    entry = article.log.first()
    assert article.log.count() == before + 1
    assert (entry.person, entry.version, bool(entry.summary), bool(entry.changes)) == (ana, 2, True, True)


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("who", ["rita", "stan", "dov"])
def test_an_edit_asks_for_the_permission_to_review(name: str, who: str, article: Article) -> None:
    with pytest.raises(NotAllowed):
        EDITS[name](article, factories.person(who), article.version)
    article.refresh_from_db()
    assert (article.version, article.status) == (1, "new")


@pytest.mark.parametrize("who", ["rita", "stan", "dov"])
def test_notes_undoing_and_reading_again_ask_for_it_too(who: str, article: Article, ana: User) -> None:
    by = factories.person(who)
    factories.edit(article, by=ana)
    with pytest.raises(NotAllowed):
        notes.add_note(article, text="x", by=by)
    with pytest.raises(NotAllowed):
        history.undo(article, article.log.first().pk, by=by)
    with pytest.raises(NotAllowed):
        reread(article, memory=desk_memory(), by=by)


@pytest.mark.parametrize("status", ["rejected", "retracted"])
@pytest.mark.parametrize("name", EDITS)
def test_an_article_that_is_put_away_cannot_be_edited(name: str, status: str, ana: User) -> None:
    article = factories.make_article(status=status)
    with pytest.raises(Refused, match="Reopen it before you change it"):
        EDITS[name](article, ana, article.version)


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("new", "in_review"),
        ("in_review", "in_review"),
        ("sent_back", "in_review"),
        ("ready", "ready"),
        ("approved", "in_review"),
    ],
)
def test_an_edit_moves_the_status_as_the_table_says(status: str, after: str, ana: User) -> None:
    article = factories.make_article(status=status)
    facts.fix_field(article, "title", text="Autre", by=ana, seen=article.version)
    assert article.status == after


# Edits of one row, made twice on the same version: the second person must see what the first one did.
SAME_ROW = [
    "flip_block", "change_kind", "decide_run", "split_block", "join_block", "correct_text", "fix_field",
    "confirm_field", "forget_field", "add_publisher", "make_publisher",
    "confirm_link", "correct_link", "remove_link", "confirm_tag", "reject_tag",
    "link_tag", "name_signer", "name_new_signer", "dismiss_flag",
]  # fmt: skip


@pytest.mark.parametrize("name", SAME_ROW)
def test_the_second_of_two_editors_of_one_thing_is_told(name: str, article: Article, ana: User, bea: User) -> None:
    seen = article.version
    mine = Article.objects.get(pk=article.pk)
    EDITS[name](article, ana, seen)
    after = article.log.count()
    with pytest.raises(Conflict):
        EDITS[name](mine, bea, seen)
    assert article.log.count() == after


def test_two_editors_of_different_things_do_not_disturb_each_other(article: Article, ana: User, bea: User) -> None:
    seen = article.version
    blocks.flip_block(article, block_with(article, "Partager").pk, by=ana, seen=seen)
    facts.fix_field(article, "title", text="Autre", by=bea, seen=seen)
    blocks.flip_block(article, block_with(article, "Abonnez").pk, by=ana, seen=seen)
    article.refresh_from_db()
    assert article.version == 4
    assert "Partager" in article.clean_text
    assert "Abonnez" in article.clean_text
    assert article.title == "Autre"


def test_a_row_that_is_gone_is_a_conflict(article: Article, ana: User, bea: User) -> None:
    seen, gone = article.version, block_with(article, "Abonnez").pk
    blocks.join_block(article, block_with(article, "Partager").pk, by=ana, seen=seen)
    with pytest.raises(Conflict, match="not there any more"):
        blocks.flip_block(article, gone, by=bea, seen=seen)


def test_a_conflict_carries_what_stands_there_now(article: Article, ana: User, bea: User) -> None:
    facts.fix_field(article, "title", text="Celui d'Ana", by=ana, seen=1)
    with pytest.raises(Conflict) as caught:
        facts.fix_field(article, "title", text="Celui de Béa", by=bea, seen=1)
    assert caught.value.row.value == "Celui d'Ana"
    facts.fix_field(article, "title", text="Celui de Béa", by=bea, seen=article.version)
    assert article.title == "Celui de Béa"


@pytest.mark.parametrize("name", ["confirm_field", "confirm_link", "confirm_tag", "reject_tag", "dismiss_flag"])
def test_saying_the_same_again_changes_and_logs_nothing(name: str, article: Article, ana: User) -> None:
    EDITS[name](article, ana, article.version)
    before = (article.version, article.log.count())
    EDITS[name](article, ana, article.version)
    article.refresh_from_db()
    assert (article.version, article.log.count()) == before


def test_a_race_for_the_version_is_lost_by_one_and_rolled_back(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.actions import recording

    real = recording.refresh_summary

    def meanwhile(locked: Article) -> None:
        real(locked)
        Article.objects.filter(pk=locked.pk).update(version=locked.version + 1)

    monkeypatch.setattr(recording, "refresh_summary", meanwhile)
    with pytest.raises(Conflict, match="same moment"):
        facts.fix_field(article, "title", text="Autre", by=ana, seen=article.version)
    assert article.fields.get(name="title").value != "Autre"
    assert not article.log.exclude(action="upload").exists()


def test_an_action_that_fails_half_way_leaves_nothing(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(blocks.Change, "create", broken)
    row = block_with(article, "Il a rappelé")
    with pytest.raises(RuntimeError):
        blocks.split_block(article, row.pk, at=article.raw_text.index("Il a"), by=ana, seen=article.version)
    assert factories.covers_raw_once(article)


@pytest.mark.parametrize("step", ["submit", "reject"])
def test_steps_are_logged_with_their_reason_and_hold_no_changes(step: str, article: Article, ana: User) -> None:
    workflow.move(article, step, by=ana, seen=article.version, reason="Because.")
    entry = article.log.first()
    assert (entry.action, entry.reason, entry.changes) == (step, "Because.", [])


def test_a_field_that_another_released_is_not_released_unseen(article: Article, ana: User, bea: User) -> None:
    facts.fix_field(article, "title", text="Autre", by=ana, seen=article.version)
    seen = article.version
    facts.release_field(article, "title", by=ana, seen=seen)
    with pytest.raises(Conflict):
        facts.release_field(article, "title", by=bea, seen=seen)


def test_whoever_edits_holds_the_article_for_longer(article: Article, ana: User, bea: User) -> None:
    workflow.claim(article, by=ana)
    soon = timezone.now() + timedelta(minutes=1)
    Article.objects.filter(pk=article.pk).update(claimed_until=soon)
    facts.fix_field(article, "title", text="Autre", by=bea, seen=article.version)
    assert (article.claimed_by, article.claimed_until) == (ana, soon)
    facts.fix_field(article, "title", text="Encore", by=ana, seen=article.version)
    assert article.claimed_by == ana
    assert article.claimed_until > soon + timedelta(minutes=5)

"""Reading again: what a person decided stays, and where the machine disagrees it says so."""

import dataclasses
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions import attribution as chain
from articles.actions import blocks, facts, history, notes, proposals, tags, workflow
from articles.actions.attribution import LinkSaid
from articles.actions.recording import Conflict, Refused
from articles.core.edits import Span
from articles.core.values import Block as BlockValue
from articles.core.values import Reading
from articles.intake import originals, remembering, rereading
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article
from tests import factories
from tests.factories import block_with, covers_raw_once


def again(article: Article) -> bool:
    """Read again by the machine; whether the clean text changed."""
    return reread(article, memory=desk_memory()).changed


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Reading], Reading]], None]:
    """A machine that has learned something: what it reads goes through a function."""
    real = remembering.read

    def teach(change: Callable[[Reading], Reading]) -> None:
        monkeypatch.setattr(remembering, "read", lambda scraped, memory: change(real(scraped, memory)))

    return teach


def test_reading_again_without_news_changes_nothing_but_the_log(article: Article) -> None:
    before = (
        list(article.blocks.values_list("start", "end", "kind", "kept")),
        list(article.fields.order_by("name").values_list("name", "value")),
        list(article.mentions.values_list("start", "end", "type", "entity")),
        list(article.flags.values_list("flag", "start")),
        article.clean_text,
        article.title,
    )
    assert again(article) is False
    assert before == (
        list(article.blocks.values_list("start", "end", "kind", "kept")),
        list(article.fields.order_by("name").values_list("name", "value")),
        list(article.mentions.values_list("start", "end", "type", "entity")),
        list(article.flags.values_list("flag", "start")),
        article.clean_text,
        article.title,
    )
    entry = article.log.first()
    assert (entry.action, entry.person, entry.version) == ("reread", None, article.version)


def test_a_block_that_a_person_decided_stays(article: Article, ana: User) -> None:
    kept = block_with(article, "Partager")
    blocks.flip_block(article, kept.pk, by=ana, seen=article.version)
    dropped = block_with(article, "Il a rappelé")
    blocks.flip_block(article, dropped.pk, by=ana, seen=article.version)
    text = article.clean_text
    again(article)
    assert article.clean_text == text
    kept.refresh_from_db()
    assert (kept.kept, kept.person, kept.found_kind) == (True, ana, "share")
    assert not article.proposals.exists(), "the machine says nothing that it had not said when they decided"
    assert covers_raw_once(article)


def test_splits_joins_and_corrections_of_a_person_stay(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    blocks.split_block(article, row.pk, at=article.raw_text.index("Il a r"), by=ana, seen=article.version)
    blocks.join_block(article, block_with(article, "Abonnez").pk, by=ana, seen=article.version)
    blocks.correct_text(article, block_with(article, "Selon").pk, words="Selon nous.", by=ana, seen=article.version)
    before = (article.clean_text, list(article.blocks.values_list("start", "end", "kept")))
    again(article)
    assert before == (article.clean_text, list(article.blocks.values_list("start", "end", "kept")))


def test_a_fixed_field_stays_and_the_machine_proposes(article: Article, ana: User, learned: object) -> None:
    facts.fix_field(article, "section", text="Mer", by=ana, seen=article.version)

    def change(reading: Reading) -> Reading:
        fields = dict(reading.fields)
        for name in ("section", "title"):
            fields[name] = dataclasses.replace(fields[name], value="Politique")
        return dataclasses.replace(reading, fields=fields)

    learned(change)
    again(article)
    section, title = article.fields.get(name="section"), article.fields.get(name="title")
    assert (section.value, section.proposal, section.fixed) == ("Mer", "Politique", True)
    assert title.value == "Politique", "what nobody fixed follows the machine"


def test_links_that_a_person_decided_stay_and_removed_ones_do_not_come_back(ana: User, db: None) -> None:
    article = factories.ArticleFactory(outlet="RFI")
    chain.add_link(article, said=LinkSaid(role="publisher", name="Le Monde"), by=ana, seen=article.version)
    author = article.attribution.get(role="author")
    chain.remove_link(article, author.pk, by=ana, seen=article.version)
    cited = article.attribution.filter(role="cited").first()
    chain.correct_link(article, cited.pk, said=LinkSaid(role="cited", name="la ville"), by=ana, seen=article.version)
    again(article)
    assert article.outlet_name == "Le Monde"
    assert article.attribution.filter(role="publisher").exclude(decision="removed").count() == 1
    assert article.attribution.filter(role="author").exclude(decision="removed").count() == 0
    assert article.attribution.filter(name="la ville").count() == 1
    assert not article.attribution.filter(name="mairie").exists()


def test_confirmed_and_rejected_tags_stay(article: Article, ana: User) -> None:
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    tags.reject_tag(article, article.mentions.get(surface="Paris").pk, by=ana, seen=article.version)
    before = sorted(article.mentions.values_list("start", "end", "type", "state"))
    again(article)
    again(article)
    assert sorted(article.mentions.values_list("start", "end", "type", "state")) == before


def test_a_rejected_tag_is_not_suggested_again_as_something_else(article: Article, ana: User, learned: object) -> None:
    paris = article.mentions.get(surface="Paris")
    tags.reject_tag(article, paris.pk, by=ana, seen=article.version)
    learned(
        lambda reading: dataclasses.replace(
            reading, mentions=tuple(dataclasses.replace(m, type="person") for m in reading.mentions)
        )
    )
    again(article)
    assert list(article.mentions.filter(surface="Paris").values_list("state", flat=True)) == ["rejected"]


def test_a_dismissed_question_is_not_asked_again(article: Article, ana: User) -> None:
    notes.dismiss_flag(article, article.flags.get().pk, by=ana, seen=article.version)
    again(article)
    assert list(article.flags.values_list("dismissed", flat=True)) == [True]


def test_the_machines_own_suggestions_follow_what_it_learned(article: Article, learned: object) -> None:
    learned(lambda reading: dataclasses.replace(reading, mentions=(), flags=()))
    again(article)
    assert not article.mentions.exists()
    assert not article.flags.exists()


def test_what_the_desk_learned_since_is_used(article: Article) -> None:
    assert not article.mentions.filter(surface="Jeanne Morvan").exists()
    place = factories.EntityFactory(name="Lorval", type="place")
    again(article)
    assert article.mentions.filter(entity=place).exists()


def nothing_kept(reading: Reading) -> Reading:
    blocks = (dataclasses.replace(b, kind="ad", kept=False, reason="learned") for b in reading.blocks)
    return dataclasses.replace(reading, blocks=tuple(blocks))


def test_a_ledger_that_nobody_worked_on_is_simply_replaced(article: Article, learned: object) -> None:
    learned(nothing_kept)
    outcome = reread(article, memory=desk_memory())
    assert (outcome.changed, outcome.taken) == (True, True)
    assert sum(outcome.differences.values()) > 5
    assert set(article.blocks.values_list("kind", flat=True)) == {"ad"}
    assert not article.proposals.exists()


def test_a_person_who_asks_for_it_gets_the_new_ledger_of_an_article_only_they_opened(
    article: Article, ana: User, learned: object
) -> None:
    workflow.claim(article, by=ana)
    learned(nothing_kept)
    assert reread(article, memory=desk_memory(), by=ana).taken is True


BEGUN = {
    "decided a block": lambda a, by: blocks.flip_block(a, block_with(a, "Partager").pk, by=by, seen=a.version),
    "fixed a fact": lambda a, by: facts.fix_field(a, "section", text="Mer", by=by, seen=a.version),
    "left a note": lambda a, by: notes.add_note(a, text="Vu.", by=by),
    "submitted it": lambda a, by: workflow.move(a, "submit", by=by, seen=a.version),
    "has it open": lambda a, by: workflow.claim(a, by=by),
}


@pytest.mark.parametrize("how", BEGUN)
def test_a_ledger_on_which_somebody_began_to_work_stays_and_gets_proposals(
    how: str, article: Article, ana: User, learned: object
) -> None:
    BEGUN[how](article, ana)
    article.refresh_from_db()
    before = (
        article.clean_text,
        list(article.blocks.order_by("start").values()),
        list(article.edits.order_by("pk").values()),
        article.markup,
    )
    learned(nothing_kept)
    outcome = reread(article, memory=desk_memory())
    assert (outcome.changed, outcome.taken) == (False, False)
    assert before == (
        article.clean_text,
        list(article.blocks.order_by("start").values()),
        list(article.edits.order_by("pk").values()),
        article.markup,
    )
    made = article.proposals.filter(state="open")
    assert made.count() == sum(outcome.differences.values()) > 5
    assert article.log.first().summary == f"read it again: {made.count()} proposals"


def test_reading_again_and_again_leaves_the_same_proposals(article: Article, ana: User, learned: object) -> None:
    BEGUN["fixed a fact"](article, ana)
    learned(nothing_kept)
    again(article)
    before = list(article.proposals.values_list("pk", "version"))
    again(article)
    assert list(article.proposals.values_list("pk", "version")) == before


def test_a_proposal_that_the_machine_takes_back_goes(
    article: Article, ana: User, learned: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    BEGUN["fixed a fact"](article, ana)
    real = remembering.read
    learned(nothing_kept)
    again(article)
    monkeypatch.setattr(remembering, "read", real)
    again(article)
    assert not article.proposals.exists()


def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing(article: Article, ana: User, learned: object) -> None:
    learned(nothing_kept)
    for taken in (True, False):
        before = Article.objects.values().get(pk=article.pk), list(article.blocks.values()), article.log.count()
        outcome = reread(article, memory=desk_memory(), dry_run=True)
        assert (outcome.taken, outcome.read) == (taken, True)
        assert outcome.differences[("title", "ad")] == 1
        after = Article.objects.values().get(pk=article.pk), list(article.blocks.values()), article.log.count()
        assert before == after
        assert not article.proposals.exists()
        BEGUN["fixed a fact"](article, ana)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["approved", "rejected", "retracted"])
def test_the_machine_by_itself_leaves_alone_what_is_settled(status: str, learned: object) -> None:
    article = factories.make_article(status=status)
    before = article.clean_text, article.version
    learned(nothing_kept)
    assert again(article) is False
    article.refresh_from_db()
    assert (article.clean_text, article.version, article.status) == (*before, status)


def test_a_person_who_has_an_approved_article_read_again_brings_it_back_to_review(ana: User, learned: object) -> None:
    article = factories.make_article(status="approved")
    html, text = article.public.html, article.clean_text
    learned(nothing_kept)
    outcome = reread(article, memory=desk_memory(), by=ana)
    assert (outcome.read, outcome.changed, outcome.taken) == (True, False, False)
    article.refresh_from_db()
    assert article.status == "in_review"
    assert article.last_editor == ana
    assert (article.public.html, article.clean_text) == (html, text)
    assert article.proposals.count() == article.blocks.exclude(decided_by="person").count()


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_a_person_has_to_reopen_a_settled_article_before_it_is_read_again(ana: User, status: str) -> None:
    article = factories.make_article(status=status)
    with pytest.raises(Refused, match="Reopen it"):
        reread(article, memory=desk_memory(), by=ana)


def test_a_decoder_that_reads_other_words_now_leaves_the_article_alone(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = originals.open_bytes
    monkeypatch.setattr(
        originals, "open_bytes", lambda *a, **k: dataclasses.replace(real(*a, **k), raw_text="Other words.")
    )
    assert again(article) is False
    article.refresh_from_db()
    assert article.version == 1


@pytest.mark.django_db
def test_whatever_the_machine_says_next_raw_is_covered_once_and_people_keep_their_word(ana: User) -> None:
    article = factories.ArticleFactory()
    for words in ("Partager", "Il a rappelé", "Par Jeanne"):
        blocks.flip_block(article, block_with(article, words).pk, by=ana, seen=article.version)
    row = block_with(article, "Selon")
    blocks.split_block(article, row.pk, at=article.raw_text.index("emploie"), by=ana, seen=article.version)
    mine = {
        (b.start, article.raw_text[b.start : b.end].strip(), b.kind, b.kept)
        for b in article.blocks.filter(decided_by="person")
    }
    size = len(article.raw_text)
    real = remembering.read

    @settings(max_examples=30)
    @given(st.sets(st.integers(1, size - 1), max_size=25))
    def run(cuts: set[int]) -> None:
        ends = [0, *sorted(cuts), size]
        made = tuple(
            BlockValue(span=Span(start=a, end=b), kind="ad", kept=False, reason="learned", confidence=0.5)
            for a, b in pairwise(ends)
        )
        remembering.read = lambda scraped, memory: dataclasses.replace(real(scraped, memory), blocks=made)
        try:
            assert again(article) is False
        finally:
            remembering.read = real
        assert covers_raw_once(article)
        before = list(article.blocks.values_list("start", "end", "kind", "kept", "decided_by"))
        proposals.accept_all_proposals(article, by=ana, seen=article.version)
        assert covers_raw_once(article)
        assert not article.blocks.exclude(decided_by="person").exclude(kind="ad").exists()
        history.undo(article, article.log.first().pk, by=ana)
        assert list(article.blocks.values_list("start", "end", "kind", "kept", "decided_by")) == before
        article.refresh_from_db()
        assert {
            (b.start, article.raw_text[b.start : b.end].strip(), b.kind, b.kept)
            for b in article.blocks.filter(decided_by="person")
        } == mine

    run()


def test_rows_that_say_the_same_stay_the_same_rows(article: Article, ana: User) -> None:
    blocks.flip_block(article, block_with(article, "Partager").pk, by=ana, seen=article.version)

    def rows() -> list[list[tuple[object, ...]]]:
        versioned = (article.blocks, article.fields, article.attribution, article.mentions, article.flags)
        plain = (article.edits, article.rights)
        return [
            *(sorted(rows.values_list("pk", "version")) for rows in versioned),
            *(sorted(rows.values_list("pk")) for rows in plain),
        ]

    before, seen = rows(), article.version
    again(article)
    assert rows() == before
    facts.fix_field(article, "authors", text="Awa Thioune", by=ana, seen=seen)
    blocks.flip_block(article, block_with(article, "Abonnez").pk, by=ana, seen=seen)


@pytest.mark.parametrize("fixed", [False, True])
def test_a_stale_page_does_not_act_on_a_field_that_the_machine_changed(
    fixed: bool, article: Article, ana: User, learned: object
) -> None:
    if fixed:
        facts.fix_field(article, "section", text="Mer", by=ana, seen=article.version)
    seen = article.version

    def change(reading: Reading) -> Reading:
        fields = dict(reading.fields)
        fields["section"] = dataclasses.replace(fields["section"], value="Politique")
        return dataclasses.replace(reading, fields=fields)

    learned(change)
    again(article)
    with pytest.raises(Conflict):
        facts.forget_field(article, "section", by=ana, seen=seen)


@pytest.mark.parametrize("step", ["reject", "approve"])
def test_a_step_taken_while_it_is_read_leaves_it_alone(
    step: str, ana: User, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rereading.read_recalling
    for person in (None, ana):
        article = factories.make_article(status="ready")
        opened = Article.objects.get(pk=article.pk)

        def meanwhile(scraped: object, memory: object, article: Article = article) -> object:
            workflow.move(article, step, by=claire, seen=article.version, reason="Because.")
            return real(scraped, memory, article=article)

        monkeypatch.setattr(rereading, "read_recalling", meanwhile)
        if person and step == "reject":
            with pytest.raises(Refused, match="Reopen it"):
                reread(opened, memory=desk_memory(), by=person)
        elif person is None:
            assert reread(opened, memory=desk_memory()).read is False
        article.refresh_from_db()
        assert article.log.filter(action="reread").count() == 0


def test_a_person_is_told_that_the_decoder_reads_other_words(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = originals.open_bytes
    monkeypatch.setattr(
        originals, "open_bytes", lambda *a, **k: dataclasses.replace(real(*a, **k), raw_text="Other words.")
    )
    with pytest.raises(Refused, match="as it was first read"):
        reread(article, memory=desk_memory(), by=ana)


def test_reading_again_on_a_stale_page_is_a_conflict(article: Article, ana: User, bea: User) -> None:
    seen = article.version
    facts.fix_field(article, "section", text="Mer", by=ana, seen=seen)
    with pytest.raises(Conflict):
        reread(article, memory=desk_memory(), by=bea, seen=seen)
    reread(article, memory=desk_memory(), by=ana, seen=seen)
    reread(article, memory=desk_memory(), by=bea, seen=article.version)
    assert article.log.filter(action="reread").count() == 2

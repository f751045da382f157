"""The steps of the workflow: who may take which from where, with reasons, four eyes, and races that are lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.actions import facts, workflow
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.core.workflow import TRANSITIONS, Status
from articles.models import Article, FeedVersion
from tests import factories

# Written down a second time, on purpose: status and whether it is in public -> the steps that lead on.
OPEN = {
    ("new", False): {"submit", "reject"},
    ("in_review", False): {"submit", "reject"},
    ("sent_back", False): {"submit", "reject"},
    ("ready", False): {"approve", "send_back", "withdraw", "reject"},
    ("approved", True): {"retract"},
    ("rejected", False): {"reopen"},
    ("retracted", False): {"reopen"},
    ("in_review", True): {"submit", "retract"},
    ("ready", True): {"approve", "send_back", "withdraw", "retract"},
    ("sent_back", True): {"submit", "retract"},
}
MAY = {
    "ana": {"submit", "withdraw", "reject", "reopen"},
    "claire": set(TRANSITIONS),
    "dov": set(),
    "rita": set(),
    "stan": set(),
}
LEADS_TO = {
    "submit": "ready",
    "approve": "approved",
    "send_back": "sent_back",
    "withdraw": "in_review",
    "reject": "rejected",
    "reopen": "in_review",
    "retract": "retracted",
}
NEED_A_REASON = {"send_back", "reject", "retract"}


class Rollback(Exception):
    pass


@pytest.mark.parametrize(("status", "live"), OPEN, ids=lambda value: str(value))
def test_each_step_is_open_to_whom_and_whence_the_table_says(
    status: str, live: bool, everybody: dict[str, User]
) -> None:
    article = factories.make_article(status=status, live=live)
    for name, may in MAY.items():
        by = everybody[name]
        offered = {step.name for step in workflow.open_transitions(article, by=by)}
        assert offered == OPEN[status, live] & may, (name, status)
        for step in TRANSITIONS:
            article.refresh_from_db()
            try:
                with transaction.atomic():
                    workflow.move(article, step, by=by, seen=article.version, reason="a reason")
                    outcome = article.status
                    raise Rollback
            except Rollback:
                pass
            except NotAllowed:
                outcome = "not allowed"
            except Conflict:
                outcome = "not open"
            article.refresh_from_db()
            expected = (
                "not allowed" if step not in may else "not open" if step not in OPEN[status, live] else LEADS_TO[step]
            )
            assert outcome == expected, (name, status, step)
            assert article.status == status


def test_every_status_and_step_of_the_table_is_in_the_grid() -> None:
    assert {status for status, _ in OPEN} == {status.value for status in Status}
    assert set(LEADS_TO) == set(TRANSITIONS)
    assert set(OPEN) == set(factories.WAYS)


def test_a_step_that_does_not_exist_is_refused(article: Article, claire: User) -> None:
    with pytest.raises(Refused, match="no step called"):
        workflow.move(article, "launch", by=claire, seen=article.version)


@pytest.mark.parametrize("step", sorted(NEED_A_REASON))
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_steps_that_take_something_away_ask_for_a_reason(step: str, reason: str, claire: User) -> None:
    article = factories.make_article(status="approved" if step == "retract" else "ready")
    with pytest.raises(Refused, match="needs a reason"):
        workflow.move(article, step, by=claire, seen=article.version, reason=reason)
    article.refresh_from_db()
    assert article.status in {"ready", "approved"}
    assert {name for name, row in TRANSITIONS.items() if row.needs_reason} == NEED_A_REASON


def test_the_reason_is_kept_in_the_log(claire: User) -> None:
    article = factories.make_article(status="ready")
    entry = workflow.move(article, "send_back", by=claire, seen=article.version, reason=" The date is wrong. ")
    assert (entry.reason, entry.action, entry.person, entry.version) == (
        "The date is wrong.",
        "send_back",
        claire,
        article.version,
    )


def test_whoever_edited_last_does_not_approve(claire: User, ana: User) -> None:
    article = factories.ArticleFactory()
    factories.edit(article, by=claire)
    workflow.move(article, "submit", by=ana, seen=article.version)
    with pytest.raises(NotAllowed, match="You edited this article last"):
        workflow.move(article, "approve", by=claire, seen=article.version)
    article.refresh_from_db()
    assert (article.status, article.publications.count()) == ("ready", 0)


def test_another_chief_may_approve_what_a_chief_edited(claire: User) -> None:
    article = factories.ArticleFactory()
    factories.edit(article, by=claire)
    workflow.move(article, "submit", by=claire, seen=article.version)
    other = factories.UserFactory(chief=True)
    workflow.move(article, "approve", by=other, seen=article.version)
    assert article.live


def test_four_eyes_can_be_switched_off(claire: User, settings: object) -> None:
    settings.FOUR_EYES = False
    article = factories.ArticleFactory()
    factories.edit(article, by=claire)
    workflow.move(article, "submit", by=claire, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert article.status == "approved"


def test_a_step_on_a_version_that_is_not_the_latest_is_a_conflict(ana: User, bea: User) -> None:
    article = factories.ArticleFactory()
    seen = article.version
    factories.edit(article, by=bea)
    with pytest.raises(Conflict, match="changed after you opened it") as caught:
        workflow.move(article, "submit", by=ana, seen=seen)
    assert caught.value.row == article
    article.refresh_from_db()
    assert article.status == "in_review"


def test_of_two_people_who_move_an_article_one_loses(claire: User, ana: User) -> None:
    article = factories.make_article(status="ready")
    mine = Article.objects.get(pk=article.pk)
    workflow.move(article, "send_back", by=claire, seen=article.version, reason="The date is wrong.")
    with pytest.raises(Conflict, match="sent back now"):
        workflow.move(mine, "withdraw", by=ana, seen=mine.version)


def test_a_move_in_the_same_moment_is_noticed(claire: User, monkeypatch: pytest.MonkeyPatch) -> None:
    article = factories.make_article(status="ready")

    def meanwhile(*args: object, **kwargs: object) -> str:
        Article.objects.filter(pk=article.pk).update(version=F("version") + 1, status="in_review")
        return ""

    monkeypatch.setattr(workflow, "four_eyes_bar", meanwhile)
    with pytest.raises(Conflict, match="in the same moment"):
        workflow.move(article, "approve", by=claire, seen=article.version)
    assert not article.publications.exists()


def test_approval_makes_one_publication_and_moves_the_feed_on(claire: User) -> None:
    article = factories.make_article(status="ready")
    before = FeedVersion.objects.get_or_create(pk=1)[0]
    workflow.move(article, "approve", by=claire, seen=article.version)
    publication = article.publications.get()
    assert article.public == publication
    assert (publication.number, publication.approved_by, publication.title) == (1, claire, article.title)
    assert publication.text == article.clean_text
    assert FeedVersion.objects.get(pk=1).version == before.version + 1


def test_an_approval_that_cannot_be_published_changes_nothing(claire: User, ana: User) -> None:
    article = factories.ArticleFactory()
    for block in article.blocks.filter(kept=True):
        from articles.actions import blocks

        blocks.flip_block(article, block.pk, by=ana, seen=article.version)
    facts.forget_field(article, "title", by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    before = (article.version, article.log.count(), FeedVersion.objects.get_or_create(pk=1)[0].version)
    with pytest.raises(Refused, match=r"no title.*No block is kept"):
        workflow.move(article, "approve", by=claire, seen=article.version)
    article.refresh_from_db()
    assert (article.version, article.log.count(), FeedVersion.objects.get(pk=1).version) == before
    assert (article.status, article.live) == ("ready", False)


def test_an_approval_is_all_or_nothing(claire: User, monkeypatch: pytest.MonkeyPatch) -> None:
    article = factories.make_article(status="ready")

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(workflow.LogEntry.objects, "create", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        workflow.move(article, "approve", by=claire, seen=article.version)
    article.refresh_from_db()
    assert (article.status, article.live, article.publications.count()) == ("ready", False, 0)


def test_a_second_approval_adds_a_publication_at_the_same_address(claire: User) -> None:
    article = factories.make_article(status="ready", live=True)
    first = article.public
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert article.public.number == 2
    assert (article.public.slug, article.public.first_published_at) == (first.slug, first.first_published_at)
    assert article.public.corrected
    assert article.publications.count() == 2


def test_a_retraction_leaves_a_tombstone_without_the_text(claire: User) -> None:
    article = factories.make_article(status="approved")
    first = article.public
    workflow.move(article, "retract", by=claire, seen=article.version, reason="The quote was invented.")
    stone = article.publications.latest("number")
    assert not article.live
    assert (stone.tombstone, stone.text, stone.html, stone.summary) == (True, "", "", "")
    assert (stone.note, stone.slug, stone.number) == ("The quote was invented.", first.slug, 2)


def test_an_article_that_never_was_public_cannot_be_retracted(claire: User) -> None:
    article = factories.make_article(status="in_review")
    with pytest.raises(Conflict, match="not open"):
        workflow.move(article, "retract", by=claire, seen=article.version, reason="x")


def test_a_retracted_article_can_be_reopened_and_approved_again(claire: User, ana: User) -> None:
    article = factories.make_article(status="retracted")
    first = article.publications.get(number=1)
    workflow.move(article, "reopen", by=ana, seen=article.version)
    workflow.move(article, "submit", by=ana, seen=article.version)
    workflow.move(article, "approve", by=claire, seen=article.version)
    assert (article.public.number, article.public.slug) == (3, first.slug)


def test_taking_a_step_lets_the_article_go(ana: User) -> None:
    article = factories.ArticleFactory()
    workflow.claim(article, by=ana)
    workflow.move(article, "submit", by=ana, seen=article.version)
    assert article.claimed_by is None


def test_claiming_holds_an_article_for_a_while(ana: User, bea: User, settings: object) -> None:
    article = factories.ArticleFactory()
    assert workflow.claim(article, by=ana)
    assert article.claim_holds
    assert article.claimed_until <= timezone.now() + timedelta(minutes=settings.CLAIM_MINUTES)
    assert not workflow.claim(article, by=bea)
    assert article.claimed_by == ana
    assert workflow.claim(article, by=ana), "one's own claim is renewed"


def test_a_claim_expires(ana: User, bea: User) -> None:
    article = factories.ArticleFactory()
    workflow.claim(article, by=ana)
    Article.objects.filter(pk=article.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    article.refresh_from_db()
    assert not article.claim_holds
    assert workflow.claim(article, by=bea)
    assert article.claimed_by == bea
    assert not article.log.filter(action="take_over").exists()


def test_taking_over_is_written_down(ana: User, bea: User) -> None:
    article = factories.ArticleFactory()
    workflow.claim(article, by=ana)
    assert workflow.claim(article, by=bea, take_over=True)
    assert article.claimed_by == bea
    assert article.log.get(action="take_over").summary == "took it over from ana"


def test_letting_go_frees_ones_own_claim_only(ana: User, bea: User) -> None:
    article = factories.ArticleFactory()
    workflow.claim(article, by=ana)
    workflow.let_go(article, by=bea)
    assert article.claimed_by == ana
    workflow.let_go(article, by=ana)
    assert article.claimed_by is None


@pytest.mark.parametrize("name", ["rita", "stan", "dov"])
def test_who_may_not_review_may_not_claim(name: str, article: Article) -> None:
    by = factories.person(name)
    with pytest.raises(NotAllowed):
        workflow.claim(article, by=by)
    with pytest.raises(NotAllowed):
        workflow.let_go(article, by=by)


def test_a_claim_is_no_change_of_the_article(ana: User, article: Article) -> None:
    before = (article.version, article.log.count())
    workflow.claim(article, by=ana)
    article.refresh_from_db()
    assert (article.version, article.log.count()) == before


def test_a_claim_is_taken_over_with_its_log_entry_or_not_at_all(
    ana: User, bea: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflow.claim(article, by=ana)

    def broken(**kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(workflow.LogEntry.objects, "create", broken)
    with pytest.raises(RuntimeError):
        workflow.claim(article, by=bea, take_over=True)
    article.refresh_from_db()
    assert article.claimed_by == ana

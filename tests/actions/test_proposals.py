"""Answers to what a later reading proposes."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks, history, proposals
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.models import Article, Proposal
from tests import factories
from tests.factories import block_with, covers_raw_once, propose


@pytest.fixture
def proposal(article: Article) -> Proposal:
    return propose(article, "Partager sur Facebook", "body")


def test_accepting_decides_the_block_and_says_who_and_why(article: Article, proposal: Proposal, ana: User) -> None:
    block = proposals.accept_proposal(article, proposal.pk, by=ana, seen=article.version)
    assert (block.kind, block.kept, block.decided_by, block.person) == ("body", True, "person", ana)
    assert (block.reason, block.found_kind) == ("learned, accepted by ana", "body")
    assert "Partager sur Facebook" in article.clean_text
    proposal.refresh_from_db()
    assert (proposal.state, proposal.person) == ("accepted", ana)
    entry = article.log.first()
    assert (entry.action, entry.person) == ("accept_proposal", ana)
    assert article.status == "in_review"
    assert article.last_editor == ana


def test_accepting_is_undone_like_any_decision(article: Article, proposal: Proposal, ana: User) -> None:
    before = list(article.blocks.values("pk", "start", "end", "kind", "kept", "reason", "decided_by", "found_kind"))
    proposals.accept_proposal(article, proposal.pk, by=ana, seen=article.version)
    history.undo(article, article.log.first().pk, by=ana)
    assert before == list(
        article.blocks.values("pk", "start", "end", "kind", "kept", "reason", "decided_by", "found_kind")
    )
    assert article.proposals.get().state == "open"


def test_a_part_of_a_block_is_cut_out_and_the_rest_stays_undecided(article: Article, ana: User) -> None:
    row = block_with(article, "Il a rappelé")
    made = propose(article, "Il a rappelé que les travaux", "caption")
    block = proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)
    assert article.raw_text[block.start : block.end].strip() == "Il a rappelé que les travaux"
    assert covers_raw_once(article)
    before, after = article.blocks.get(end=block.start), article.blocks.get(start=block.end)
    for rest in (before, after):
        assert (rest.kind, rest.decided_by, rest.person, rest.reason) == (row.kind, row.decided_by, None, row.reason)
    history.undo(article, article.log.first().pk, by=ana)
    assert article.blocks.get(pk=row.pk).end == row.end
    assert covers_raw_once(article)


def test_a_new_title_makes_the_old_one_a_heading_about_which_nobody_decided(article: Article, ana: User) -> None:
    old = article.blocks.get(kind="title")
    made = propose(article, "Lire aussi : La digue du nord attend ses pierres", "title")
    proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)
    old.refresh_from_db()
    assert (old.kind, old.decided_by) == ("heading", "rule")
    assert article.title.startswith("Lire aussi")


def test_a_title_that_a_person_chose_is_not_taken_away(article: Article, ana: User) -> None:
    made = propose(article, "Lire aussi : La digue du nord attend ses pierres", "title")
    blocks.confirm_block(article, article.blocks.get(kind="title").pk, by=ana, seen=article.version)
    with pytest.raises(Refused, match="another title"):
        proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)


def test_a_proposal_never_goes_over_a_person_s_decision(article: Article, ana: User, bea: User) -> None:
    blocks.confirm_block(article, block_with(article, "Partager").pk, by=bea, seen=article.version)
    made = propose(article, "Partager sur Facebook", "body")
    with pytest.raises(Refused, match="A person decided"):
        proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)
    with pytest.raises(Refused, match="no proposal"):
        proposals.accept_all_proposals(article, by=ana, seen=article.version)
    proposals.dismiss_proposal(article, made.pk, by=ana, seen=article.version)
    assert article.proposals.get().state == "dismissed"


DECISIONS = {
    "flipped": (lambda a, pk, who: blocks.flip_block(a, pk, **who), "accepted"),
    "changed to the same": (lambda a, pk, who: blocks.change_kind(a, pk, kind="body", **who), "accepted"),
    "changed to another": (lambda a, pk, who: blocks.change_kind(a, pk, kind="ad", **who), "dismissed"),
    "confirmed": (lambda a, pk, who: blocks.confirm_block(a, pk, **who), "dismissed"),
    "in a run": (lambda a, pk, who: blocks.decide_run(a, pk, pk, kind="confirm", **who), "dismissed"),
    "joined": (lambda a, pk, who: blocks.join_block(a, pk, **who), "open"),
}


@pytest.mark.parametrize("how", DECISIONS)
def test_who_decides_about_a_block_answers_what_was_proposed_for_it(
    how: str, article: Article, proposal: Proposal, ana: User
) -> None:
    act, state = DECISIONS[how]
    other = propose(article, "Mentions légales : revente interdite", "ad")
    act(article, block_with(article, "Partager").pk, {"by": ana, "seen": article.version})
    proposal.refresh_from_db()
    assert proposal.state == state
    other.refresh_from_db()
    assert other.state == "open"
    history.undo(article, article.log.first().pk, by=ana)
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_a_person_s_block_is_confirmed_against_what_is_proposed(article: Article, ana: User) -> None:
    pk = block_with(article, "Partager").pk
    blocks.confirm_block(article, pk, by=ana, seen=article.version)
    made = propose(article, "Partager sur Facebook", "body")
    blocks.confirm_block(article, pk, by=ana, seen=article.version)
    made.refresh_from_db()
    assert made.state == "dismissed"


def test_all_are_accepted_at_once_and_undone_at_once(article: Article, ana: User, bea: User) -> None:
    propose(article, "Lire aussi : La digue du nord attend ses pierres", "title")
    title = article.blocks.get(kind="title")
    propose(article, article.raw_text[title.start : title.end].strip(), "section")
    propose(article, "Il a rappelé que les travaux", "caption")
    propose(article, "Nous attendions ce jour", "quote")
    blocks.confirm_block(article, block_with(article, "Partager").pk, by=bea, seen=article.version)
    propose(article, "Partager sur Facebook", "ad")
    before = list(article.blocks.values_list("start", "end", "kind", "decided_by"))
    assert proposals.accept_all_proposals(article, by=ana, seen=article.version) == 4
    assert covers_raw_once(article)
    title.refresh_from_db()
    assert (title.kind, title.person) == ("section", ana)
    assert block_with(article, "Lire aussi").kind == "title"
    assert block_with(article, "Nous attendions").kind == "quote"
    assert block_with(article, "Il a rappelé").kind == "caption"
    assert (block_with(article, "Partager").kind, block_with(article, "Partager").person) == ("share", bea)
    assert article.log.first().summary == "accepted 4 proposals of the reader"
    history.undo(article, article.log.first().pk, by=ana)
    assert list(article.blocks.values_list("start", "end", "kind", "decided_by")) == before


def test_what_was_answered_is_not_answered_again(article: Article, proposal: Proposal, ana: User) -> None:
    proposals.dismiss_proposal(article, proposal.pk, by=ana, seen=article.version)
    for act in (proposals.dismiss_proposal, proposals.accept_proposal):
        with pytest.raises(Refused, match="answered already"):
            act(article, proposal.pk, by=ana, seen=article.version)


def test_words_that_lie_in_several_blocks_by_now_are_said_to(article: Article, ana: User) -> None:
    made = propose(article, "Il a rappelé que les travaux", "caption")
    row = block_with(article, "Il a rappelé")
    at = article.raw_text.index("que les travaux")
    blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
    with pytest.raises(Refused, match="several blocks"):
        proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)


def test_a_stale_page_accepts_and_dismisses_nothing(article: Article, proposal: Proposal, ana: User, bea: User) -> None:
    seen = article.version
    proposals.dismiss_proposal(article, proposal.pk, by=bea, seen=seen)
    for act in (proposals.accept_proposal, proposals.dismiss_proposal):
        with pytest.raises(Conflict):
            act(article, proposal.pk, by=ana, seen=seen)
    made = propose(article, "Mentions légales : revente interdite", "ad")
    row = block_with(article, "Mentions légales")
    blocks.flip_block(article, row.pk, by=bea, seen=article.version)
    history.undo(article, article.log.first().pk, by=bea)
    with pytest.raises(Conflict):
        proposals.accept_proposal(article, made.pk, by=ana, seen=seen)
    with pytest.raises(Conflict):
        proposals.accept_all_proposals(article, by=ana, seen=seen)


def test_who_may_not_review_answers_nothing(article: Article, proposal: Proposal, rita: User) -> None:
    for act in (proposals.accept_proposal, proposals.dismiss_proposal):
        with pytest.raises(NotAllowed):
            act(article, proposal.pk, by=rita, seen=article.version)
    with pytest.raises(NotAllowed):
        proposals.accept_all_proposals(article, by=rita, seen=article.version)


@pytest.mark.django_db
def test_a_settled_article_is_reopened_first(ana: User) -> None:
    article = factories.make_article(status="rejected")
    made = propose(article, "Partager sur Facebook", "body")
    with pytest.raises(Refused, match="Reopen it"):
        proposals.accept_proposal(article, made.pk, by=ana, seen=article.version)


def test_confirming_a_block_makes_it_a_person_s_with_the_same_kind(article: Article, ana: User) -> None:
    row = block_with(article, "Partager")
    block = blocks.confirm_block(article, row.pk, by=ana, seen=article.version)
    assert (block.kind, block.kept, block.decided_by, block.person) == (row.kind, row.kept, "person", ana)
    assert article.log.first().summary == "confirmed that “Partager sur Facebook” is Share"
    entries = article.log.count()
    blocks.confirm_block(article, row.pk, by=ana, seen=article.version)
    assert article.log.count() == entries, "a second time changes nothing"
    history.undo(article, article.log.first().pk, by=ana)
    row.refresh_from_db()
    assert row.decided_by == "rule"


def test_a_run_is_confirmed_at_once(article: Article, ana: User) -> None:
    ends = [block_with(article, words) for words in ("Partager", "Commentaires")]
    kinds = list(article.blocks.values_list("kind", "kept"))
    blocks.decide_run(article, *(row.pk for row in ends), kind="confirm", by=ana, seen=article.version)
    assert list(article.blocks.values_list("kind", "kept")) == kinds
    assert article.blocks.filter(decided_by="person").count() == 4
    assert article.log.first().summary == "confirmed 4 blocks in a row"

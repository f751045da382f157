"""Where a new reading differs from the ledger on the desk."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions import blocks, history, proposals
from articles.core.edits import Span
from articles.core.values import Block as BlockValue
from articles.intake.proposing import differences
from articles.models import Article, Proposal
from articles.models.texts import markup_of
from tests import factories
from tests.factories import block_with, covers_raw_once

pytestmark = pytest.mark.django_db


def as_read(article: Article, **otherwise: str) -> list[BlockValue]:
    """The ledger as a reading, but for the blocks with these words, which are of these kinds."""
    return [
        value(row.start, row.end, next((k for w, k in otherwise.items() if w in words), row.kind))
        for row in article.blocks.order_by("start")
        for words in [article.raw_text[row.start : row.end]]
    ]


def value(start: int, end: int, kind: str) -> BlockValue:
    kept = kind in {"title", "subtitle", "body", "heading", "quote", "list"}
    span = Span(start=start, end=end)
    return BlockValue(
        span=span, kind=kind, kept=kept, reason="learned", confidence=0.8, decided_by="model", evidence=("seen",)
    )


def said(article: Article, found: list[BlockValue]) -> list[tuple[str, str, str]]:
    return [(row.was, row.kind, article.raw_text[row.start : row.end]) for row in differences(article, found)]


def save(article: Article, found: list[BlockValue]) -> list[Proposal]:
    return Proposal.objects.bulk_create(differences(article, found))


def test_the_same_reading_proposes_nothing(article: Article) -> None:
    assert said(article, as_read(article)) == []
    page = factories.ArticleFactory(text=factories.PAGE)
    assert said(page, as_read(page)) == []


def test_another_kind_for_a_block_is_proposed_with_its_reason_and_evidence(article: Article) -> None:
    (row,) = differences(article, as_read(article, Partager="ad"))
    assert (row.was, row.kind, row.turns) == ("share", "ad", False)
    assert (row.reason, row.evidence, row.confidence, row.decided_by) == ("learned", ["seen"], 0.8, "model")
    assert article.raw_text[row.start : row.end] == "Partager sur Facebook"
    (row,) = differences(article, as_read(article, Partager="body"))
    assert row.turns


def test_other_borders_with_the_same_kinds_are_no_difference(article: Article) -> None:
    title = article.blocks.get(kind="title")
    middle = (title.start + title.end) // 2
    found = as_read(article)
    at = next(n for n, b in enumerate(found) if b.span.start == title.start)
    found[at : at + 1] = [value(title.start, middle, "title"), value(middle, title.end, "title")]
    assert said(article, found) == []


def test_a_part_of_a_block_is_proposed_alone(article: Article) -> None:
    row = block_with(article, "Il a rappelé")
    at = article.raw_text.index("Il a rappelé")
    found = as_read(article)
    n = next(n for n, b in enumerate(found) if b.span.start == row.start)
    found[n : n + 1] = [value(row.start, at, "body"), value(at, row.end, "caption")]
    ((was, kind, words),) = said(article, found)
    assert (was, kind) == ("body", "caption")
    assert words.startswith("Il a rappelé")


def test_one_new_block_over_several_on_the_desk_is_a_proposal_for_each(article: Article) -> None:
    first, last = block_with(article, "Partager"), block_with(article, "Commentaires")
    found = [b for b in as_read(article) if b.span.end <= first.start or b.span.start >= last.end]
    found = sorted([*found, value(first.start, last.end, "ad")], key=lambda b: b.span.start)
    inside = article.blocks.filter(start__gte=first.start, end__lte=last.end)
    assert len(said(article, found)) == inside.count()


def test_removed_lines_of_one_block_that_go_together_are_one_proposal_and_paragraphs_are_not(
    article: Article, ana: User
) -> None:
    first = block_with(article, "Partager")
    article.blocks.filter(start__gt=first.start).delete()
    article.blocks.filter(pk=first.pk).update(end=len(article.raw_text))
    lines = [line for line in article.raw_text[first.start :].splitlines(keepends=True) if line.strip()]
    ends = [first.start + sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    for kind, proposed in (("ad", 1), ("body", len(lines))):
        found = [b for b in as_read(article) if b.span.end <= first.start]
        found += [value(a, b, kind) for a, b in pairwise(ends)]
        assert len(said(article, found)) == proposed


def test_what_a_person_dismissed_does_not_come_back_but_something_else_may(article: Article, ana: User) -> None:
    (row,) = save(article, as_read(article, Partager="ad"))
    proposals.dismiss_proposal(article, row.pk, by=ana, seen=article.version)
    assert said(article, as_read(article, Partager="ad")) == []
    assert [kind for _, kind, _ in said(article, as_read(article, Partager="legal"))] == ["legal"]


def test_what_the_machine_had_said_when_a_person_decided_otherwise_is_no_news(article: Article, ana: User) -> None:
    blocks.flip_block(article, block_with(article, "Partager").pk, by=ana, seen=article.version)
    assert said(article, as_read(article, Partager="share")) == []
    assert said(article, as_read(article, Partager="ad")) == [("body", "ad", "Partager sur Facebook")]


def test_a_border_inside_a_tag_of_a_page_moves_behind_it(ana: User) -> None:
    page = factories.ArticleFactory(text=factories.PAGE)
    row = block_with(page, "Bréval</b>")
    inside = page.raw_text.index("</b>") + 2
    found = as_read(page)
    n = next(n for n, b in enumerate(found) if b.span.start == row.start)
    found[n : n + 1] = [value(row.start, inside, "body"), value(inside, row.end, "caption")]
    (made,) = save(page, found)
    assert page.raw_text[made.start :].startswith("après deux ans")
    block = proposals.accept_proposal(page, made.pk, by=ana, seen=page.version)
    assert page.raw_text[block.start :].startswith("après deux ans")
    assert covers_raw_once(page)


@pytest.mark.parametrize("which", [0, 1])
def test_a_proposal_beside_a_tag_that_white_space_opens_is_accepted(which: int, ana: User) -> None:
    article = factories.ArticleFactory(text=factories.PAGE)
    at = factories.PAGE.index("\n<b>")
    assert any(edit.span.start == at and len(edit.span) > 1 for edit in markup_of(article))
    made = save(article, [value(0, at, "ad"), value(at, len(article.raw_text), "caption")])
    chosen = [next(row for row in made if row.end == at), next(row for row in made if at <= row.start <= at + 1)][which]
    block = proposals.accept_proposal(article, chosen.pk, by=ana, seen=article.version)
    assert article.raw_text[chosen.start : chosen.end] in article.raw_text[block.start : block.end]
    assert covers_raw_once(article)


@pytest.mark.parametrize("text", [factories.TEXT, factories.PAGE], ids=["text", "page"])
def test_whatever_is_read_each_proposal_can_be_accepted_alone(text: str, ana: User) -> None:
    article = factories.ArticleFactory(text=text)
    size = len(article.raw_text)
    kinds = ["ad", "body", "title", "caption"]

    @settings(max_examples=25)
    @given(st.dictionaries(st.integers(1, size - 1), st.sampled_from(kinds), max_size=12), st.data())
    def run(cuts: dict[int, str], data: st.DataObject) -> None:
        article.proposals.all().delete()
        ends = [0, *sorted(cuts), size]
        made = save(article, [value(a, b, cuts.get(a, "ad")) for a, b in pairwise(ends)])
        chosen = data.draw(st.sampled_from([*made, None]))
        if chosen is None:
            return
        words = article.raw_text[chosen.start : chosen.end]
        ledger = list(article.blocks.values_list("start", "end", "kind", "decided_by"))
        block = proposals.accept_proposal(article, chosen.pk, by=ana, seen=article.version)
        assert covers_raw_once(article)
        assert words in article.raw_text[block.start : block.end]
        assert (block.kind, block.decided_by) == (chosen.kind, "person")
        assert article.blocks.filter(decided_by="person").count() == 1
        history.undo(article, article.log.first().pk, by=ana)
        article.refresh_from_db()
        assert list(article.blocks.values_list("start", "end", "kind", "decided_by")) == ledger

    run()

"""What the database itself refuses, whoever writes to it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError

from articles.models import (
    Article,
    Attribution,
    Block,
    Edit,
    Field,
    Flag,
    Mention,
    Original,
    Outlet,
    Proposal,
    Publication,
    Receipt,
    Restriction,
)  # fmt: skip
from tests import factories

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Article, {"status": "burnt"}),
        (Article, {"version": 0}),
        (Block, {"kind": "poem"}),
        (Block, {"confidence": 1.5}),
        (Block, {"end": 0}),
        (Mention, {"end": 0}),
        (Restriction, {"end": 0}),
        (Restriction, {"end": None}),
        (Restriction, {"text": ""}),
        (Restriction, {"constraint": "magic"}),
        (Restriction, {"scope": "sound"}),
        (Restriction, {"decision": "maybe"}),
        (Outlet, {"terms": "please"}),
        (Outlet, {"terms": "licence", "licence": ""}),
        (Outlet, {"terms": "full", "licence": "cc-by"}),
        (Outlet, {"terms": "licence", "licence": "mine"}),
        (Flag, {"end": 0}),
    ],
    ids=str,
)
def test_a_row_that_makes_no_sense_is_refused(model: type[Model], values: dict[str, object], article: Article) -> None:
    row = model.objects.order_by("-pk").first()
    refused(lambda: model.objects.filter(pk=row.pk).update(**values))


@pytest.mark.parametrize("values", [{"end": 0}, {"kind": "poem"}, {"confidence": 2}], ids=str)
def test_a_proposal_that_makes_no_sense_is_refused(values: dict[str, object], article: Article) -> None:
    row = factories.propose(article, "Partager", "ad")
    refused(lambda: Proposal.objects.filter(pk=row.pk).update(**values))


def test_half_a_proof_is_refused(article: Article) -> None:
    for model in (Field, Attribution):
        row = model.objects.filter(start__isnull=False).first()
        refused(lambda row=row: type(row).objects.filter(pk=row.pk).update(end=None))
        refused(lambda row=row: type(row).objects.filter(pk=row.pk).update(end=row.start))


def test_an_edit_of_nothing_is_refused(article: Article) -> None:
    refused(lambda: Edit.objects.create(article=article, start=3, end=3, replacement="x", reason="", by="person"))


def test_two_blocks_cannot_start_at_one_place_nor_two_fields_bear_one_name(article: Article) -> None:
    block, field = article.blocks.first(), article.fields.first()
    block.pk = field.pk = None
    refused(block.save)
    refused(field.save)


def test_bytes_are_kept_once_and_never_taken_from_under_an_article(article: Article) -> None:
    refused(lambda: Original.objects.create(sha256=article.original.sha256, content=b"", size=0))
    with pytest.raises(ProtectedError):
        article.original.delete()


def test_a_receipt_that_says_created_names_its_article(article: Article) -> None:
    refused(lambda: Receipt.objects.filter(article=article).update(article=None))


def test_a_tombstone_holds_no_text() -> None:
    article = factories.make_article(status="approved")
    refused(lambda: Publication.objects.filter(article=article).update(tombstone=True))


@pytest.mark.parametrize("values", [{"form": "poem"}, {"form": "excerpt", "override_reason": "x"}], ids=str)
def test_a_publication_in_a_form_that_makes_no_sense_is_refused(values: dict[str, str]) -> None:
    article = factories.make_article(status="approved")
    refused(lambda: Publication.objects.filter(article=article).update(**values))


def test_an_article_with_a_publication_is_not_deleted() -> None:
    article = factories.make_article(status="approved")
    with pytest.raises(ProtectedError):
        article.delete()


def test_one_text_is_one_article(article: Article) -> None:
    other = factories.ArticleFactory()
    refused(lambda: Article.objects.filter(pk=other.pk).update(text_hash=article.text_hash))


def test_who_did_something_does_not_vanish() -> None:
    publication = factories.make_article(status="approved").public
    for user in (publication.approved_by, publication.article.log.filter(action="submit").get().person):
        with pytest.raises(ProtectedError):
            user.delete()

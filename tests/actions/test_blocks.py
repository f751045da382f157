"""Decisions on the ledger, and the corrections of words."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks
from articles.actions.recording import Refused
from articles.core.edits import Span
from articles.models import Article, Block
from articles.models.texts import clean_of
from tests import factories
from tests.factories import block_with, covers_raw_once


def clean(article: Article) -> str:
    return clean_of(article, article.blocks.all(), article.edits.all()).text


def test_keeping_a_removed_block_puts_its_words_into_the_clean_text(article: Article, ana: User) -> None:
    row = block_with(article, "Lire aussi")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    row.refresh_from_db()
    assert (row.kept, row.kind, row.decided_by, row.person, row.confidence) == (True, "body", "person", ana, 1.0)
    assert "Lire aussi" in article.clean_text
    assert article.clean_text == clean(article)


def test_dropping_it_again_gives_it_back_what_the_machine_called_it(article: Article, ana: User) -> None:
    row = block_with(article, "Lire aussi")
    for _ in range(2):
        blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    row.refresh_from_db()
    assert (row.kept, row.kind) == (False, "related")
    assert "Lire aussi" not in article.clean_text


def test_dropping_a_paragraph_takes_its_words_out_and_leaves_raw_alone(article: Article, ana: User) -> None:
    raw, row = article.raw_text, block_with(article, "Nous attendions")
    blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    assert "Nous attendions" not in article.clean_text
    assert article.raw_text == raw
    assert covers_raw_once(article)


def test_the_kind_decides_whether_a_block_is_kept(article: Article, ana: User) -> None:
    row = block_with(article, "Commentaires")
    blocks.change_kind(article, row.pk, kind="heading", by=ana, seen=article.version)
    assert Block.objects.get(pk=row.pk).kept
    blocks.change_kind(article, row.pk, kind="caption", by=ana, seen=article.version)
    assert not Block.objects.get(pk=row.pk).kept


def test_a_title_further_down_is_read_first(article: Article, ana: User) -> None:
    old, row = article.blocks.get(kind="title"), block_with(article, "Lire aussi")
    blocks.change_kind(article, old.pk, kind="related", by=ana, seen=article.version)
    blocks.change_kind(article, row.pk, kind="title", by=ana, seen=article.version)
    assert article.clean_text.startswith("Lire aussi")


def test_a_kind_that_is_not_in_the_table_is_refused(article: Article, ana: User) -> None:
    row = article.blocks.first()
    with pytest.raises(Refused, match="no kind called"):
        blocks.change_kind(article, row.pk, kind="poem", by=ana, seen=article.version)
    with pytest.raises(Refused, match="no kind called"):
        blocks.decide_run(article, row.pk, row.pk, kind="poem", by=ana, seen=article.version)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_run_of_blocks_is_decided_at_once_from_either_end(article: Article, ana: User, backwards: bool) -> None:
    ends = [block_with(article, "Partager").pk, block_with(article, "Commentaires").pk]
    blocks.decide_run(article, *(ends[::-1] if backwards else ends), kind="keep", by=ana, seen=article.version)
    for words in ("Partager", "Abonnez", "Lire aussi", "Commentaires"):
        assert words in article.clean_text
    assert "Mentions légales" not in article.clean_text
    assert article.log.filter(action="decide_run").count() == 1
    blocks.decide_run(article, *ends, kind="drop", by=ana, seen=article.version)
    assert "Abonnez" not in article.clean_text
    blocks.decide_run(article, *ends, kind="legal", by=ana, seen=article.version)
    assert set(article.blocks.filter(pk__in=ends).values_list("kind", "kept")) == {("legal", False)}


def test_a_split_cuts_a_block_in_two_that_keep_its_fate(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    at = article.raw_text.index("Il a rappelé")
    first, second = blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
    assert (first.end, second.start, second.end) == (at, at, row.end)
    assert (second.kind, second.kept) == ("body", True)
    assert covers_raw_once(article)
    assert "quai.\n\nIl a rappelé" in article.clean_text


@pytest.mark.parametrize("where", ["start", "end", "outside"])
def test_a_split_at_the_edge_or_outside_is_refused(article: Article, ana: User, where: str) -> None:
    row = block_with(article, "Nous attendions")
    at = {"start": row.start, "end": row.end, "outside": row.end + 40}[where]
    with pytest.raises(Refused, match="not inside this block"):
        blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)


def test_a_split_that_cuts_off_white_space_only_is_refused(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    with pytest.raises(Refused, match="no words"):
        blocks.split_block(article, row.pk, at=row.end - 1, by=ana, seen=article.version)


def test_a_split_through_a_correction_is_refused(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    at = article.raw_text.index("attendions")
    words = article.raw_text[row.start : row.end].replace("attendions", "espérions")
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    with pytest.raises(Refused, match="correction reaches across"):
        blocks.split_block(article, row.pk, at=at + 3, by=ana, seen=article.version)


def test_a_split_inside_a_tag_of_a_page_is_refused(ana: User, db: None) -> None:
    page = factories.ArticleFactory(text=factories.PAGE)
    row = block_with(page, "Bréval</b>")
    with pytest.raises(Refused, match="inside a tag"):
        blocks.split_block(page, row.pk, at=page.raw_text.index("/b>"), by=ana, seen=page.version)
    at = page.raw_text.index("après deux ans")
    blocks.split_block(page, row.pk, at=at, by=ana, seen=page.version)
    assert covers_raw_once(page)
    assert "<" not in page.clean_text


def test_a_join_gives_both_the_fate_of_the_first(article: Article, ana: User) -> None:
    row = block_with(article, "Les travaux continueront")
    blocks.join_block(article, row.pk, by=ana, seen=article.version)
    assert "Partager sur Facebook" in article.clean_text
    assert covers_raw_once(article)


def test_a_split_and_a_join_leave_the_text_as_it_was(article: Article, ana: User) -> None:
    before, row = article.clean_text, block_with(article, "Nous attendions")
    at = article.raw_text.index("Il a rappelé")
    blocks.split_block(article, row.pk, at=at, by=ana, seen=article.version)
    blocks.join_block(article, row.pk, by=ana, seen=article.version)
    assert article.clean_text == before


def test_the_last_block_has_nothing_to_join(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="last block"):
        blocks.join_block(article, article.blocks.last().pk, by=ana, seen=article.version)


def test_a_correction_says_exactly_what_was_written_and_leaves_raw_alone(article: Article, ana: User) -> None:
    raw, row = article.raw_text, block_with(article, "Nous attendions")
    wanted = "« Nous espérions ce jour », a dit Emmanuel Macron."
    blocks.correct_text(article, row.pk, words=f"  {wanted}\r\n", by=ana, seen=article.version)
    assert wanted in article.clean_text
    assert article.raw_text == raw
    assert article.clean_text == clean(article)


def test_tags_stay_on_their_words_when_the_text_around_is_corrected(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    words = article.raw_text[row.start : row.end].replace("Nous attendions", "Tous nous espérions depuis mai")
    mention = article.mentions.filter(surface="Emmanuel Macron").first()
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    text = clean_of(article, article.blocks.all(), article.edits.all())
    place = text.place(Span(start=mention.start, end=mention.end), mention.surface)
    assert place is not None
    assert place.of(text.text) == "Emmanuel Macron"


def test_a_second_correction_starts_from_the_first(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    blocks.correct_text(article, row.pk, words="Un deux trois.", by=ana, seen=article.version)
    blocks.correct_text(article, row.pk, words="Un deux quatre.", by=ana, seen=article.version)
    assert "Un deux quatre." in article.clean_text
    assert "Un deux trois" not in article.clean_text


def test_a_correction_back_to_the_source_leaves_no_edit(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    words = article.raw_text[row.start : row.end]
    blocks.correct_text(article, row.pk, words=words.replace("jour", "soir"), by=ana, seen=article.version)
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    assert not article.edits.filter(by="person").exists()
    assert words.strip() in article.clean_text


def test_saving_the_same_words_changes_and_logs_nothing(article: Article, ana: User) -> None:
    row = block_with(article, "Nous attendions")
    before = (article.version, article.log.count(), article.status)
    words = article.raw_text[row.start : row.end]
    blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)
    assert (article.version, article.log.count(), article.status) == before


@pytest.mark.parametrize("words", ["", "  \r\n\t"])
def test_a_block_cannot_be_corrected_to_nothing(article: Article, ana: User, words: str) -> None:
    row = block_with(article, "Nous attendions")
    with pytest.raises(Refused, match="corrected to nothing"):
        blocks.correct_text(article, row.pk, words=words, by=ana, seen=article.version)


def test_the_words_of_a_removed_block_cannot_be_corrected(article: Article, ana: User) -> None:
    row = block_with(article, "Partager")
    with pytest.raises(Refused, match="not part of the article"):
        blocks.correct_text(article, row.pk, words="x", by=ana, seen=article.version)


def test_a_correction_in_a_page_never_shows_its_tags(ana: User, db: None) -> None:
    page = factories.ArticleFactory(text=factories.PAGE)
    row = block_with(page, "Bréval</b>")
    wanted = "Le marché du samedi quittera la place à partir du mois de mai, a décidé Bréval."
    blocks.correct_text(page, row.pk, words=wanted, by=ana, seen=page.version)
    assert wanted in page.clean_text
    assert "<" not in page.clean_text

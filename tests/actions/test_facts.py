"""What people say about the facts."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks, facts, history
from articles.actions.recording import Conflict, Refused
from articles.actions.summary import as_moment
from articles.core.metadata.fields import FIELDS
from articles.models import Article, Field
from tests import factories


def field(article: Article, name: str) -> Field:
    return article.fields.get(name=name)


def fix(article: Article, name: str, text: str, by: User) -> Field:
    facts.fix_field(article, name, text=text, by=by, seen=article.version)
    return field(article, name)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "  Le port   rouvre ", "Le port rouvre"),
        ("authors", "Jeanne Morvan; Awa Thioune,  Louis", ["Jeanne Morvan", "Awa Thioune", "Louis"]),
        ("published", "2024-03-18", "2024-03-18"),
        ("published", "2024-03-18T16:30+01:00", "2024-03-18T16:30:00+01:00"),
        ("published", "2024-03-18 16:30", "2024-03-18T16:30:00"),
        ("language", "he", "he"),
        ("language", "pt-BR", "pt-BR"),
        ("url", "https://phare.example/port?x=1", "https://phare.example/port?x=1"),
        ("section", "Mer", "Mer"),
        ("subtitle", "שלום", "שלום"),
    ],
)
def test_a_person_sets_a_field_and_it_is_theirs(
    article: Article, ana: User, name: str, text: str, value: object
) -> None:
    row = fix(article, name, text, ana)
    assert (row.value, row.fixed, row.fixed_by, row.state) == (value, True, ana, "stated")
    assert article.status == "in_review"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("published", "hier", "no date we can read"),
        ("published", "2024-13-40", "no date we can read"),
        ("url", "javascript:alert(1)", "no web address"),
        ("url", "phare.example", "no web address"),
        ("language", "français de France", "no language code"),
        ("title", "   ", "Nothing was written"),
        ("authors", " , ; ,", "Nothing was written"),
        ("colour", "blue", "no field called"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_a_sentence(
    article: Article, ana: User, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        fix(article, name, text, ana)
    article.refresh_from_db()
    assert not article.fields.filter(fixed=True).exists()
    assert article.version == 1


@pytest.mark.parametrize("text", ["20240318", "2024-W12-1"])
def test_a_day_written_in_another_way_gets_no_invented_time(article: Article, ana: User, text: str) -> None:
    assert fix(article, "published", text, ana).value == "2024-03-18"


def test_a_month_is_a_date_that_one_may_know_no_better(article: Article, ana: User) -> None:
    row = fix(article, "published", "2024-03", ana)
    assert row.value == "2024-03"
    assert "March 2024" in row.spoken
    assert article.published is not None


def test_the_queue_follows_the_facts(article: Article, ana: User) -> None:
    fix(article, "title", "Un autre titre", ana)
    fix(article, "language", "en", ana)
    fix(article, "published", "2024-03-18T16:30+01:00", ana)
    article.refresh_from_db()
    assert (article.title, article.language) == ("Un autre titre", "en")
    assert article.published.isoformat() == "2024-03-18T15:30:00+00:00"


def test_typing_what_the_machine_found_keeps_its_proof(article: Article, ana: User) -> None:
    before = field(article, "section")
    row = fix(article, "section", before.value, ana)
    assert (row.start, row.end) == (before.start, before.end)
    assert fix(article, "section", "Mer", ana).start is None


def test_confirming_fixes_what_stands_there(article: Article, ana: User) -> None:
    before = field(article, "title")
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    row = field(article, "title")
    assert (row.value, row.fixed, row.fixed_by) == (before.value, True, ana)


def test_an_unknown_field_can_be_settled_as_unknown(ana: User, db: None) -> None:
    article = factories.ArticleFactory(text=factories.TEXT.replace("Par Jeanne Morvan\n", ""))
    assert field(article, "authors").state == "unknown"
    before = Article.objects.with_open_questions().get(pk=article.pk).unknown_fields
    facts.confirm_field(article, "authors", by=ana, seen=article.version)
    assert field(article, "authors").fixed
    assert Article.objects.with_open_questions().get(pk=article.pk).unknown_fields == before - 1


def test_forgetting_sets_a_field_to_unknown_for_good(article: Article, ana: User) -> None:
    facts.forget_field(article, "title", by=ana, seen=article.version)
    row = field(article, "title")
    assert (row.value, row.state, row.start, row.fixed) == (None, "unknown", None, True)
    assert article.title == ""
    assert row.proposal == row.found_shown, "the machine's word is still proposed"


def test_releasing_takes_the_machines_word_again(article: Article, ana: User) -> None:
    before = field(article, "title")
    fix(article, "title", "Autre", ana)
    facts.release_field(article, "title", by=ana, seen=article.version)
    row = field(article, "title")
    assert (row.value, row.state, row.reason, row.start, row.end, row.fixed, row.fixed_by) == (
        before.value,
        before.state,
        before.reason,
        before.start,
        before.end,
        False,
        None,
    )
    assert article.title == before.value


def with_candidates(article: Article, name: str, *candidates: dict[str, object]) -> None:
    row = field(article, name)
    row.found = {**row.found, "candidates": list(candidates)}
    row.save()


def test_a_candidate_is_taken_with_its_proof_and_without_the_details_of_another(article: Article, ana: User) -> None:
    with_candidates(article, "published", {"value": "2024-03-15", "span": [3, 9], "reason": "It stands further down."})
    facts.choose_candidate(article, "published", number=0, by=ana, seen=article.version)
    row = field(article, "published")
    assert (row.value, row.start, row.end, row.state, row.fixed) == ("2024-03-15", 3, 9, "stated", True)
    assert "chosen by ana" in row.reason
    assert row.details == {}


def test_a_candidate_without_a_proof_is_inferred(article: Article, ana: User) -> None:
    with_candidates(article, "section", {"value": "Mer", "span": None, "reason": "The head says so."})
    facts.choose_candidate(article, "section", number=0, by=ana, seen=article.version)
    assert field(article, "section").state == "inferred"


@pytest.mark.parametrize("number", [-1, 99])
def test_a_candidate_that_is_gone_is_refused(article: Article, ana: User, number: int) -> None:
    with pytest.raises(Refused, match="not there any more"):
        facts.choose_candidate(article, "title", number=number, by=ana, seen=article.version)


def test_every_field_of_the_table_has_a_row_from_the_start(article: Article) -> None:
    assert set(article.fields.values_list("name", flat=True)) == set(FIELDS)


def test_a_field_that_the_desk_learned_later_can_be_set_on_an_old_article(article: Article, ana: User) -> None:
    article.fields.get(name="section").delete()
    assert fix(article, "section", "Mer", ana).value == "Mer"


def test_each_typed_value_reads_as_it_was_written(article: Article, ana: User) -> None:
    assert fix(article, "authors", "A, B", ana).shown == "A, B"
    assert fix(article, "published", "2024-03-18T16:30+01:00", ana).spoken == "18 March 2024, 16:30 (UTC+01:00)"
    assert fix(article, "published", "2024-03-18", ana).spoken == "18 March 2024"
    assert factories.ArticleFactory().fields.get(name="url").spoken == ""


def test_confirming_a_corrected_title_confirms_what_the_page_shows(article: Article, ana: User) -> None:
    found = field(article, "title").value
    row = factories.block_with(article, found)
    blocks.correct_text(article, row.pk, words="Le port rouvre", by=ana, seen=article.version)
    assert article.title == "Le port rouvre"
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    row = field(article, "title")
    assert (article.title, row.value, row.fixed, row.start) == ("Le port rouvre", "Le port rouvre", True, None)
    history.undo(article, article.log.first().pk, by=ana)
    article.refresh_from_db()
    row = field(article, "title")
    assert (article.title, row.value, row.fixed) == ("Le port rouvre", found, False)
    assert row.start is not None


def test_confirming_what_was_found_keeps_its_proof(article: Article, ana: User) -> None:
    before = field(article, "title")
    facts.confirm_field(article, "title", by=ana, seen=article.version)
    row = field(article, "title")
    assert (row.start, row.end, row.value) == (before.start, before.end, before.value)


@pytest.mark.parametrize("text", ["0001-01-01T00:00+01:00", "9999-12-31T23:59-05:00", "0000-01"])
def test_a_date_beyond_the_calendar_is_refused(article: Article, ana: User, text: str) -> None:
    with pytest.raises(Refused, match="outside the calendar"):
        fix(article, "published", text, ana)
    assert as_moment(text) is None


def test_a_language_longer_than_its_column_is_refused(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="too long for a language code"):
        fix(article, "language", "fr-abcdefgh-abcdefgh-abcdefgh", ana)


def test_undoing_a_correction_after_a_new_reading_says_what_the_machine_says_now(article: Article, ana: User) -> None:
    fix(article, "section", "Mer", ana)
    entry = article.log.first()
    row = field(article, "section")
    row.found = {**row.found, "value": "Politique", "span": None, "state": "inferred"}
    row.save()
    history.undo(article, entry.pk, by=ana)
    row = field(article, "section")
    assert (row.value, row.state, row.start, row.fixed) == ("Politique", "inferred", None, False)


def test_all_that_stands_is_confirmed_at_once_and_taken_back_at_once(article: Article, ana: User) -> None:
    article.attribution.create(role="agency", name="AFP", state="inferred")
    article.attribution.create(role="republished_from", name="", state="unknown")
    before = list(article.fields.order_by("pk").values_list("fixed", flat=True))
    done = facts.confirm_facts(article, by=ana, seen=article.version)
    named = [field for field in article.fields.all() if field.shown]
    assert len(named) > 3
    assert all(field.fixed and field.fixed_by == ana for field in named)
    assert article.fields.filter(fixed=True).count() == len(named), "what is unknown stays a question"
    stated = article.attribution.filter(state="stated")
    assert {link.decision for link in stated} == {"confirmed"}
    assert {link.decision for link in article.attribution.exclude(state="stated")} == {"open"}
    assert done == len(named) + stated.count()
    assert (article.version, article.log.count()) == (2, 2)
    with pytest.raises(Refused, match="nothing left to confirm"):
        facts.confirm_facts(article, by=ana, seen=article.version)
    history.undo(article, article.log.first().pk, by=ana)
    assert list(article.fields.order_by("pk").values_list("fixed", flat=True)) == before
    assert set(article.attribution.values_list("decision", flat=True)) == {"open"}


def test_confirming_all_does_not_confirm_what_somebody_just_changed(article: Article, ana: User, bea: User) -> None:
    seen = article.version
    facts.fix_field(article, "section", text="Mer", by=bea, seen=seen)
    facts.release_field(article, "section", by=bea, seen=article.version)
    with pytest.raises(Conflict):
        facts.confirm_facts(article, by=ana, seen=seen)
    assert not article.fields.get(name="title").fixed

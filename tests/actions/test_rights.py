"""What people say about restrictions, and what reading again makes of it."""

import dataclasses
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from articles.actions import history, rights
from articles.actions.gating import gate_of
from articles.actions.recording import Conflict, NotAllowed, Refused
from articles.actions.rights import RightSaid
from articles.core.attribution import LICENCES
from articles.core.edits import Span
from articles.intake import remembering
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Restriction
from tests import factories

# The restriction that stands in the factory's article.
WRITTEN = "revente interdite"
NEXT = datetime(2100, 1, 2, 3, tzinfo=UTC)
CC_BY = {"licence": "cc-by", "label": "CC BY", "url": LICENCES["cc-by"].url()}


def add(article: Article, by: User, **said: object) -> Restriction:
    return rights.add_right(article, said=RightSaid(**said), by=by, seen=article.version)


def only(article: Article) -> Restriction:
    return article.rights.get(text=WRITTEN)


def test_a_restriction_is_added_with_selected_words_as_its_proof(article: Article, ana: User) -> None:
    start = article.raw_text.index("© Awa")
    right = add(article, ana, constraint="mandatory_credit", proof=Span(start=start, end=start + 25))
    assert (right.start, right.end, right.text) == (start, start + 25, article.raw_text[start : start + 25])
    assert (right.scope, right.decision, right.decided_by, right.found_as) == ("picture", "corrected", ana, "")
    body = article.raw_text.index("LORVAL - Le port")
    assert add(article, ana, constraint="other", proof=Span(start=body, end=body + 6)).scope == "text"


def test_a_restriction_known_from_elsewhere_needs_no_proof_and_is_read_as_the_page_is(
    article: Article, ana: User
) -> None:
    right = add(article, ana, constraint="embargo", scope="text", words="Embargo  until 20 March 2024, 10:00 GMT")
    assert (right.start, right.end) == (None, None)
    assert right.details == {"until": "2024-03-20T10:00:00+00:00", "zone": "stated"}
    licence = add(article, ana, constraint="licence", scope="text", words="CC BY-SA 4.0")
    assert licence.details["licence"] == "cc-by-sa"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"constraint": "magic", "scope": "text", "words": "x"}, "no restriction called"),
        ({"constraint": "other", "scope": "sound", "words": "x"}, "the text or a picture"),
        ({"constraint": "other", "scope": "", "words": "x"}, "the text or a picture"),
        ({"constraint": "other", "scope": "text", "words": " \n "}, "Write down the restriction"),
        ({"constraint": "licence", "scope": "text", "words": "x", "licence": "mine"}, "no licence called"),
        ({"constraint": "other", "proof": Span(start=0, end=10**6)}, "beyond the text"),
    ],
)
def test_what_makes_no_sense_is_refused(article: Article, ana: User, said: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add(article, ana, **said)
    assert article.rights.count() == 1


def test_a_restriction_is_confirmed_dismissed_and_taken_up_again_with_undo(article: Article, ana: User) -> None:
    right = only(article)
    rights.confirm_right(article, right.pk, by=ana, seen=article.version)
    right.refresh_from_db()
    assert (right.decision, right.decided_by) == ("confirmed", ana)
    rights.dismiss_right(article, right.pk, by=ana, seen=article.version)
    right.refresh_from_db()
    assert right.decision == "dismissed"
    assert not gate_of(article).verdicts
    history.undo(article, article.log.first().pk, by=ana)
    article.refresh_from_db()
    right.refresh_from_db()
    assert right.decision == "confirmed"
    rights.dismiss_right(article, right.pk, by=ana, seen=article.version)
    rights.confirm_right(article, right.pk, by=ana, seen=article.version)
    assert [one.effect for one in gate_of(article).verdicts] == ["passed_on"]


@pytest.mark.parametrize(
    ("said", "details"),
    [
        ({"constraint": "embargo", "until": NEXT}, {"until": NEXT.isoformat(), "zone": "stated"}),
        ({"constraint": "licence", "licence": "cc-by"}, CC_BY),
        ({"constraint": "mandatory_credit", "credit": " AFP /  X "}, {"credit": "AFP / X"}),
        ({"constraint": "territory", "territory": "Suisse"}, {"territory": "Suisse"}),
        ({"constraint": "paywalled"}, {}),
    ],
    ids=lambda value: str(value.get("constraint", "")) if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_correction_changes_what_it_means_and_leaves_words_and_proof(
    article: Article, ana: User, said: dict[str, object], details: dict[str, str]
) -> None:
    right = only(article)
    before = (right.start, right.end, right.text, right.found_as)
    rights.correct_right(article, right.pk, said=RightSaid(scope="text", **said), by=ana, seen=article.version)
    right.refresh_from_db()
    assert (right.constraint, right.decision, right.details) == (said["constraint"], "corrected", details)
    assert (right.start, right.end, right.text, right.found_as) == before
    history.undo(article, article.log.first().pk, by=ana)
    right.refresh_from_db()
    assert (right.constraint, right.decision, right.details) == ("no_resale", "open", {})


def test_an_embargo_holds_the_article_where_the_queue_finds_it(article: Article, ana: User) -> None:
    right = add(
        article, ana, constraint="embargo", scope="text", words="Embargo", until=datetime(2100, 1, 1, tzinfo=UTC)
    )
    assert article.held_until == datetime(2100, 1, 1, tzinfo=UTC)
    assert list(Article.objects.under_embargo()) == [article]
    rights.correct_right(
        article, right.pk, said=RightSaid(constraint="embargo", scope="picture"), by=ana, seen=article.version
    )
    assert article.held_until is None
    assert not Article.objects.under_embargo().exists()


def test_a_restriction_that_another_changed_meanwhile_is_not_decided_unseen(
    article: Article, ana: User, bea: User
) -> None:
    seen, right = article.version, only(article)
    rights.dismiss_right(article, right.pk, by=bea, seen=seen)
    with pytest.raises(Conflict) as caught:
        rights.confirm_right(article, right.pk, by=ana, seen=seen)
    assert caught.value.row.decision == "dismissed"


def test_a_restriction_of_another_article_is_not_there(article: Article, ana: User) -> None:
    other = only(factories.ArticleFactory())
    with pytest.raises(Conflict, match="not there any more"):
        rights.dismiss_right(article, other.pk, by=ana, seen=article.version)


@pytest.mark.parametrize("name", ["rita", "stan", "dov"])
def test_who_may_not_review_may_decide_nothing(name: str, article: Article) -> None:
    by, right = factories.person(name), only(article)
    for act in (rights.confirm_right, rights.dismiss_right):
        with pytest.raises(NotAllowed):
            act(article, right.pk, by=by, seen=article.version)
    with pytest.raises(NotAllowed):
        add(article, by, constraint="other", scope="text", words="x")


@pytest.mark.parametrize("how", ["confirm", "dismiss", "correct"])
def test_what_a_person_decided_stays_when_the_article_is_read_again(
    how: str, article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = only(article)
    match how:
        case "confirm":
            rights.confirm_right(article, right.pk, by=ana, seen=article.version)
        case "dismiss":
            rights.dismiss_right(article, right.pk, by=ana, seen=article.version)
        case _:
            said = RightSaid(constraint="paywalled", scope="text")
            rights.correct_right(article, right.pk, said=said, by=ana, seen=article.version)
    added = add(article, ana, constraint="other", scope="text", words="By letter of 3 March")
    before = list(article.rights.values_list("pk", "constraint", "decision", "version"))
    real = remembering.read

    def longer(scraped: object, memory: object) -> object:
        """A better reader finds the same restriction in more words."""
        reading = real(scraped, memory)
        wide = [
            dataclasses.replace(one, span=Span(start=one.span.start - 2, end=one.span.end)) for one in reading.rights
        ]
        return dataclasses.replace(reading, rights=tuple(wide))

    for read in (real, longer):
        monkeypatch.setattr(remembering, "read", read)
        reread(article, memory=desk_memory())
        assert list(article.rights.values_list("pk", "constraint", "decision", "version")) == before
    assert article.rights.filter(pk=added.pk).exists()


def test_what_nobody_decided_is_read_anew_and_stays_the_same_row_where_it_says_the_same(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = only(article)
    reread(article, memory=desk_memory())
    assert only(article).pk == right.pk
    real = remembering.read
    monkeypatch.setattr(remembering, "read", lambda *given: dataclasses.replace(real(*given), rights=()))
    reread(article, memory=desk_memory())
    assert not article.rights.exists()

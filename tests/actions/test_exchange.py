"""Tags that come from a file: on their words, under somebody's name, never against a person of the desk."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blocks, exchange, history, tags
from articles.actions.recording import NotAllowed, Refused
from articles.core.exchange import FORMATS, AnnotatedText, Tag
from articles.core.workflow import Status
from articles.intake.memory import desk_memory
from articles.intake.rereading import reread
from articles.models import Article, Mention
from articles.models.annotated import annotated, article_of
from tests import factories
from tests.factories import block_with

pytestmark = pytest.mark.django_db


def said(article: Article, *words: str, kind: str = "event", **values: object) -> AnnotatedText:
    """A file's word on an article: each of these words, where it stands first in the clean text."""
    text = article.clean_text
    return AnnotatedText(
        id=str(article.guid),
        text=text,
        tags=tuple(
            Tag(start=at, end=at + len(word), type=kind, **values)  # type: ignore[arg-type]
            for word in words
            for at in [text.index(word)]
        ),
    )


def one(article: Article, words: str) -> Mention:
    return article.mentions.get(surface=words, type="event")


def test_a_suggestion_from_a_file_waits_for_a_person_and_survives_reading_again(article: Article, ana: User) -> None:
    taken = exchange.take_tags(article, said(article, "travaux"), confirmed=False, by=ana)
    assert taken.outcomes == {"created": 1}
    made = one(article, "travaux")
    assert (made.state, made.origin, made.decided_by, made.score) == ("suggested", "person", None, exchange.SURE)
    assert article.raw_text[made.start : made.end] == "travaux"
    reread(article, memory=desk_memory())
    assert one(article, "travaux").pk == made.pk


def test_a_confirmed_one_is_the_word_of_who_brought_it_logged_and_undone(article: Article, ana: User) -> None:
    version = article.version
    taken = exchange.take_tags(article, said(article, "travaux", "pluie"), confirmed=True, by=ana)
    assert taken.outcomes == {"created": 2}
    made = one(article, "pluie")
    assert (made.state, made.origin, made.decided_by, made.score) == ("confirmed", "person", ana, 1.0)
    entry = article.log.first()
    assert (entry.action, entry.person, entry.summary) == ("import_tags", ana, "brought in 2 tags from a file")
    assert (article.version, article.status) == (version + 1, "in_review")
    history.undo(article, entry.pk, by=ana)
    assert not article.mentions.filter(type="event").exists()


def test_what_a_file_only_suggests_is_not_confirmed(article: Article, ana: User) -> None:
    exchange.take_tags(article, said(article, "pluie", state="suggested", score=0.4), confirmed=True, by=ana)
    assert (one(article, "pluie").state, one(article, "pluie").score) == ("suggested", 0.4)


def test_a_second_time_nothing_is_written(article: Article, ana: User) -> None:
    for confirmed in (True, False):
        exchange.take_tags(article, said(article, "pluie"), confirmed=True, by=ana)
        version, entries = article.version, article.log.count()
        taken = exchange.take_tags(article, said(article, "pluie"), confirmed=confirmed, by=ana)
        assert taken.outcomes == {"there": 1}
        assert (article.version, article.log.count()) == (version, entries)


def test_a_suggestion_that_is_there_is_confirmed_and_another_type_gives_way(article: Article, ana: User) -> None:
    exchange.take_tags(article, said(article, "pluie", "travaux"), confirmed=False, by=ana)
    assert exchange.take_tags(article, said(article, "pluie"), confirmed=True, by=ana).outcomes == {"confirmed": 1}
    assert one(article, "pluie").state == "confirmed"
    taken = exchange.take_tags(article, said(article, "travaux", kind="place"), confirmed=True, by=ana)
    assert taken.outcomes == {"created": 1}
    assert one(article, "travaux").state == "rejected"


def test_what_a_person_decided_stays(article: Article, ana: User, bea: User) -> None:
    exchange.take_tags(article, said(article, "pluie", "travaux"), confirmed=True, by=ana)
    tags.reject_tag(article, one(article, "pluie").pk, by=bea, seen=article.version)
    before = list(article.mentions.values())
    for kind, words in (("event", "pluie"), ("place", "travaux")):
        for confirmed in (True, False):
            taken = exchange.take_tags(article, said(article, words, kind=kind), confirmed=confirmed, by=ana)
            assert taken.outcomes == {"decided": 1}
    assert list(article.mentions.values()) == before


def test_labels_that_are_not_ours_are_counted_and_rejections_are_not_taken_over(article: Article, ana: User) -> None:
    taken = exchange.take_tags(article, said(article, "pluie", "travaux", kind="MISC"), confirmed=True, by=ana)
    assert (taken.outcomes, taken.labels) == ({"unknown": 2}, {"MISC": 2})
    taken = exchange.take_tags(article, said(article, "pluie", state="rejected"), confirmed=True, by=ana)
    assert taken.outcomes == {"rejected": 1}


def test_the_text_has_changed_since(article: Article, ana: User) -> None:
    old = said(article, "pluie", "digue", "mairie")
    block = block_with(article, "LORVAL - Le port")
    words = "Le port de Lorval a rouvert hier, après de longs travaux, a annoncé le maire. Sous la pluie."
    blocks.correct_text(article, block.pk, words=words, by=ana, seen=article.version)
    taken = exchange.take_tags(article, old, confirmed=True, by=ana)
    assert taken.outcomes == {"created": 2, "lost": 1}
    assert [line.split(" (")[0] for line in taken.lost] == ["“mairie”"]
    assert {one(article, words).state for words in ("pluie", "digue")} == {"confirmed"}


def test_words_in_a_caption_are_found_in_raw(article: Article, ana: User) -> None:
    at = article.raw_text.index("Awa Thioune")
    tag = Tag(start=at, end=at + len("Awa Thioune"), type="event")
    exchange.take_tags(article, AnnotatedText(id="", text=article.raw_text, tags=(tag,)), confirmed=True, by=ana)
    assert one(article, "Awa Thioune").scope == "caption"
    legal = article.raw_text.index("revente")
    tag = Tag(start=legal, end=legal + 7, type="event")
    taken = exchange.take_tags(
        article, AnnotatedText(id="", text=article.raw_text, tags=(tag,)), confirmed=True, by=ana
    )
    assert taken.outcomes == {"lost": 1}


def test_a_wikidata_id_links_to_the_one_who_bears_it_and_a_name_to_nobody(article: Article, ana: User) -> None:
    entity = factories.EntityFactory(name="Fête du quai", type="event", wikidata="Q424242")
    known = {"wikidata": "Q424242", "entity": "Fête"}
    exchange.take_tags(article, said(article, "travaux", "pluie", **known), confirmed=True, by=ana)
    assert one(article, "pluie").entity == entity
    exchange.take_tags(article, said(article, "digue", "mairie", **known), confirmed=False, by=ana)
    assert (one(article, "digue").entity, one(article, "digue").candidate) == (None, "Fête du quai")
    for number, wikidata in enumerate(("Q1", "x", "")):
        words = ("vagues", "hiver", "pierre")[number]
        named = {"wikidata": wikidata, "entity": "Fête du quai"}
        exchange.take_tags(article, said(article, words, **named), confirmed=True, by=ana)
        assert one(article, words).entity is None


def test_an_approved_article_is_not_reopened_by_the_way(ana: User) -> None:
    article = factories.make_article(status="approved")
    with pytest.raises(Refused, match="approved"):
        exchange.take_tags(article, said(article, "pluie"), confirmed=True, by=ana)
    exchange.take_tags(article, said(article, "pluie"), confirmed=True, reopen=True, by=ana)
    assert article.status == Status.IN_REVIEW


def test_who_may_only_look_brings_nothing_in(article: Article, rita: User) -> None:
    with pytest.raises(NotAllowed):
        exchange.take_tags(article, said(article, "pluie"), confirmed=True, by=rita)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("raw", [False, True], ids=["clean", "raw"])
def test_the_tags_of_the_desk_go_out_and_find_their_words_again(name: str, raw: bool, ana: User) -> None:
    article = factories.ArticleFactory(text=factories.TEXT.replace("quai", "quai 🙂"))
    tags.confirm_all_tags(article, by=ana, seen=article.version)
    tags.tag_words(article, "port de Lorval", type="place", everywhere=True, by=ana, seen=article.version)
    before = set(article.mentions.filter(state="confirmed").values_list("start", "end", "type", "surface", "scope"))
    value, lost = annotated(article, raw=raw)
    assert {row.scope for row in lost} == (set() if raw else {"caption"})
    (read,) = FORMATS[name].read(b"".join(FORMATS[name].write([value])))
    assert article_of(read) == article
    article.mentions.all().delete()
    taken = exchange.take_tags(article, read, confirmed=True, by=ana)
    after = set(article.mentions.values_list("start", "end", "type", "surface", "scope"))
    expected = {row for row in before if raw or row[4] == "text"}
    if not FORMATS[name].nested:
        inner = {row for row in expected if any(o != row and o[0] <= row[0] and row[1] <= o[1] for o in expected)}
        assert inner
        expected -= inner
    assert after == expected
    assert set(taken.outcomes) == {"created"}


def test_an_article_is_known_by_id_by_address_or_by_its_words() -> None:
    article = factories.ArticleFactory(url="https://www.lanterne.example/1")
    nobody = AnnotatedText(id="", text=None)
    values = {"text": None, "id": ""}
    for known in (
        {"id": str(article.guid)},
        {"id": f"urn:uuid:{article.guid}"},
        {"id": "https://www.lanterne.example/1"},
        {"url": "https://www.lanterne.example/1"},
        {"text": article.clean_text},
        {"text": article.raw_text},
    ):
        assert article_of(AnnotatedText(**(values | known))) == article  # type: ignore[arg-type]
    for unknown in ({"id": "7"}, {"text": "Other words"}, {"url": "https://www.lanterne.example/2"}):
        assert article_of(AnnotatedText(**(values | unknown))) is None  # type: ignore[arg-type]
    assert article_of(nobody) is None

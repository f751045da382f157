"""Files of tags: read whole before anything is written, brought in text by text with receipts, taken back as one."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.actions import blind, history, tag_files, tags
from articles.actions.recording import NotAllowed, Refused
from articles.core.exchange import FORMATS, AnnotatedText, Tag
from articles.models import Article, TagFile, TagReceipt
from tests import factories

pytestmark = pytest.mark.django_db


def said(article: Article, *words: str, kind: str = "event", **values: Any) -> AnnotatedText:
    text = article.clean_text
    found = tuple(Tag(start=text.index(word), end=text.index(word) + len(word), type=kind) for word in words)
    return AnnotatedText(**({"id": str(article.guid), "text": text, "tags": found} | values))


def brought(*texts: AnnotatedText, by: User, most: int = tag_files.AT_ONCE, **values: Any) -> TagFile:
    file = tag_files.bring_in(texts, name="tags.jsonl", row=FORMATS["doccano"], by=by, **values)
    tag_files.go_on(file, by=by, most=most)
    return file


def confirmed(article: Article, words: str, by: User) -> int:
    """Somebody confirms a tag that the file brought; its key."""
    article.refresh_from_db()
    pk = article.mentions.get(surface=words, type="event").pk
    tags.confirm_tag(article, pk, by=by, seen=article.version)
    return pk


def receipts(file: TagFile) -> list[TagReceipt]:
    return list(file.receipts.all())


def events(article: Article) -> set[tuple[str, str]]:
    return set(article.mentions.filter(type="event").values_list("surface", "state"))


@pytest.fixture
def other() -> Article:
    return factories.ArticleFactory(text=factories.PAGE)


def test_each_text_has_a_receipt_and_each_article_an_entry(article: Article, other: Article, ana: User) -> None:
    nobody = AnnotatedText(
        id="x\0", text="Words of nobody.", tags=(Tag(start=0, end=5, type="person"),), title="Nobody"
    )
    left = AnnotatedText(id="", text=None, left_out=("Annotation 3 has no source.",))
    file = brought(
        said(article, "pluie", "digue"),
        nobody,
        said(other, "parvis", "halles", kind="MISC"),
        left,
        by=ana,
        confirmed=True,
    )
    one, two, three, four = receipts(file)
    assert events(article) == {("pluie", "confirmed"), ("digue", "confirmed")}
    assert (one.state, one.article, one.outcomes, one.sentences) == ("done", article, {"created": 2}, [])
    assert one.entry == article.log.first()
    assert (two.state, two.article, two.sentences) == ("refused", None, [tag_files.NOBODY])
    assert (three.state, three.entry, three.outcomes, three.labels) == ("done", None, {"unknown": 2}, {"MISC": 2})
    assert (four.state, four.sentences) == ("done", ["Left out: Annotation 3 has no source."])
    assert [row.name[:6] for row in receipts(file)] == [
        article.clean_text[:6],
        "Nobody",
        other.clean_text[:6],
        "a text",
    ]
    assert not any(row.said for row in receipts(file))


def test_a_file_goes_on_where_it_stopped_and_doubles_nothing(
    article: Article, other: Article, ana: User, bea: User
) -> None:
    file = brought(said(article, "pluie"), said(other, "parvis"), by=ana, most=1)
    assert [row.state for row in receipts(file)] == ["done", "waiting"]
    assert next(iter(tag_files.files())).unfinished
    with pytest.raises(Refused, match="brought this file, and goes on with it"):
        tag_files.go_on(file, by=bea)
    for _ in range(2):
        tag_files.go_on(file, by=ana)
    assert events(other) == {("parvis", "suggested")}
    assert article.log.filter(action="import_tags").count() == other.log.filter(action="import_tags").count() == 1


def test_a_text_that_breaks_leaves_neither_tags_nor_receipt(
    article: Article, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tag_files.bring_in([said(article, "pluie")], name="a", row=FORMATS["doccano"], by=ana)
    with monkeypatch.context() as broken:
        broken.setattr(tag_files, "_note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tag_files.go_on(file, by=ana)
    assert events(article) == set()
    assert receipts(file)[0].state == "waiting"
    tag_files.go_on(file, by=ana)
    assert events(article) == {("pluie", "suggested")}


def test_it_is_taken_back_as_one_but_for_what_was_decided_since(
    article: Article, other: Article, ana: User, bea: User
) -> None:
    before = {row.pk: list(row.mentions.order_by("pk").values("start", "type", "state")) for row in (article, other)}
    file = brought(said(article, "pluie", "digue"), said(other, "parvis"), by=ana)
    mine = confirmed(article, "digue", bea)
    tag_files.take_back(file, by=bea, most=1)
    assert [row.state for row in receipts(file)] == ["taken_back", "done"]
    tag_files.take_back(file, by=bea)
    assert [row.state for row in receipts(file)] == ["taken_back", "taken_back"]
    assert receipts(file)[0].sentences == ["Decided on since, and left as they are: 1."]
    assert events(article) == {("digue", "confirmed")}
    article.mentions.filter(pk=mine).delete()
    for row in (article, other):
        assert list(row.mentions.order_by("pk").values("start", "type", "state")) == before[row.pk]
    entry = article.log.first()
    assert entry.summary == "took back: brought in 2 tags from a file, but for 1 changed since"
    assert entry.person == bea


def test_what_confirmed_a_suggestion_is_a_suggestion_again(article: Article, ana: User) -> None:
    row = article.mentions.filter(type="person", scope="text").first()
    text = AnnotatedText(
        id=str(article.guid), text=article.raw_text, tags=(Tag(start=row.start, end=row.end, type="person"),)
    )
    file = brought(text, by=ana, confirmed=True)
    row.refresh_from_db()
    assert (row.state, receipts(file)[0].outcomes) == ("confirmed", {"confirmed": 1})
    tag_files.take_back(file, by=ana)
    row.refresh_from_db()
    assert row.state == "suggested"


def test_what_cannot_be_taken_back_says_why(article: Article, other: Article, ana: User, bea: User) -> None:
    file = brought(said(article, "pluie"), said(other, "parvis"), by=ana)
    confirmed(article, "pluie", bea)
    Article.objects.filter(pk=other.pk).update(status="approved")
    tag_files.take_back(file, by=ana)
    one, two = receipts(file)
    assert (one.state, two.state) == ("kept", "kept")
    assert one.sentences == [history.CHANGED_SINCE]
    assert two.sentences[0].startswith("The article was approved since.")
    assert events(other) == {("parvis", "suggested")}
    Article.objects.filter(pk=other.pk).update(status="in_review")
    tag_files.take_back(file, by=bea)
    one, two = receipts(file)
    assert (one.state, one.sentences) == ("kept", [history.CHANGED_SINCE])
    assert (two.state, two.sentences) == ("taken_back", [])
    assert events(other) == set()


def test_what_waits_is_not_brought_in_any_more_and_what_was_undone_is_no_problem(
    article: Article, other: Article, ana: User
) -> None:
    file = brought(said(article, "pluie"), said(other, "parvis"), by=ana, most=1)
    history.undo(article, article.log.first().pk, by=ana)
    tag_files.take_back(file, by=ana)
    assert [row.state for row in receipts(file)] == ["taken_back", "taken_back"]
    assert receipts(file)[0].sentences == ["It was taken back in the history of the article before."]
    tag_files.go_on(file, by=ana)
    assert events(other) == events(article) == set()


def test_who_tags_an_article_blind_brings_nothing_in_there_and_takes_nothing_back(
    article: Article, ana: User, bea: User
) -> None:
    file = brought(said(article, "pluie"), by=bea)
    blind.begin(article, by=ana)
    with pytest.raises(Refused, match="blind"):
        tag_files.bring_in([said(article, "digue")], name="a", row=FORMATS["doccano"], article=article, by=ana)
    assert receipts(brought(said(article, "digue"), by=ana))[0].sentences == [blind.BLINDFOLD]
    tag_files.take_back(file, by=ana)
    assert (receipts(file)[0].state, receipts(file)[0].sentences) == ("kept", [blind.BLINDFOLD])


def test_approved_articles_only_where_somebody_said_so(ana: User) -> None:
    article = factories.make_article(status="approved")
    (receipt,) = receipts(brought(said(article, "pluie"), by=ana))
    assert (receipt.state, receipt.article) == ("refused", article)
    assert "approved" in receipt.sentences[0]
    (receipt,) = receipts(brought(said(article, "pluie"), by=ana, reopen=True))
    assert receipt.state == "done"


def test_who_may_only_look_does_none_of_it(article: Article, ana: User, rita: User) -> None:
    file = brought(said(article, "pluie"), by=ana)
    with pytest.raises(NotAllowed):
        brought(said(article, "digue"), by=rita)
    for act in (tag_files.go_on, tag_files.take_back):
        with pytest.raises(NotAllowed):
            act(file, by=rita)


def test_a_file_for_one_article_is_of_its_text(article: Article, other: Article) -> None:
    def of(text: str | None, **values: Any) -> AnnotatedText:
        return AnnotatedText(**({"id": "", "text": text, "tags": (Tag(start=0, end=3, type="person"),)} | values))

    half = article.clean_text[: len(article.clean_text) * 2 // 3]
    for mine in (
        of(article.clean_text),
        of(article.raw_text),
        of(" ".join(article.clean_text.split()), loose=True),
        of(half + " Et une phrase de plus."),
        of("Other words.", id=str(article.guid)),
        of(None),
    ):
        assert tag_files.texts_of_article(article, [mine]) == [mine]
    for not_mine in (of(other.clean_text), of("Anne"), of(None, id=str(other.guid)), of("", id=str(other.guid))):
        with pytest.raises(Refused, match="another text than this article"):
            tag_files.texts_of_article(article, [not_mine])
    (found,) = tag_files.texts_of_article(article, [of(other.clean_text), of(article.clean_text), of("Anne")])
    assert found.left_out == ("2 other texts of the file are not this article's.",)


def line(text: str, **values: Any) -> bytes:
    return (json.dumps({"text": text, "label": [[0, 4, "PER"]]} | values) + "\n").encode()


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "", "The file is empty."),
        (b"{", "doccano", "The file is not read as doccano. Line 1 is no JSON"),
        (line("Anne dort.") + b"{\n", "", "Line 2 is no JSON"),
        (line("Anne", label=[[0, 9, "PER"]]), "", "a tag stands from 0 to 9"),
        (line("Anne", label=[]), "", "there is no tag in it"),
        (line("Anne"), "brat", "no ZIP"),
        ("Anne B-PER".encode("utf-16"), "", "Save it as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(data: bytes, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tag_files.texts_of(data, name)


def test_a_file_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    row, texts = tag_files.texts_of(line("Anne dort.") * 2)
    assert (row.name, len(texts)) == ("doccano", 2)
    for limit, most in (("MOST_TEXTS", 1), ("MOST_CHARACTERS", 19)):
        with monkeypatch.context() as smaller:
            smaller.setattr(tag_files, limit, most)
            with pytest.raises(Refused, match="It has more than"):
                tag_files.texts_of(line("Anne dort.") * 2)


def test_a_receipt_keeps_so_many_sentences(article: Article, ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_files, "MOST_SENTENCES", 2)
    (receipt,) = receipts(brought(said(article, "pluie", left_out=("one.", "two.", "a\0three.")), by=ana))
    assert receipt.sentences == ["Left out: one.", "Left out: two.", "And 1 more."]

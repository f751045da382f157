"""Tagging an article blind: one's own tags, until one is done."""

import pytest
from django.contrib.auth.models import User

from articles.actions import blind, blocks, tags
from articles.actions.recording import NotAllowed, Refused
from articles.core.edits import Span
from articles.models import Article, BlindTag
from tests.factories import block_with


def said(article: Article, editor: User) -> list[tuple[str, str]]:
    rows = BlindTag.objects.filter(tagging__article=article, tagging__editor=editor)
    return [(row.surface, row.type) for row in rows]


def words(article: Article, text: str, type_: str, by: User, *, everywhere: bool = True) -> list[BlindTag]:
    return blind.tag_words(article, text, type=type_, everywhere=everywhere, by=by)


def test_blind_tags_are_no_tags_of_the_article_and_change_nothing_of_it(article: Article, ana: User) -> None:
    before, mentions = Article.objects.values().get(pk=article.pk), article.mentions.count()
    blind.begin(article, by=ana)
    at = article.raw_text.index("Le port de Lorval a rouvert") + len("Le port de")
    (made,) = blind.tag_span(article, Span(at, at + len(" Lorva")), type="place", everywhere=False, by=ana)
    assert article.raw_text[made.start : made.end] == made.surface == "Lorval"
    assert len(words(article, " « Emmanuel   Macron », ", "person", ana)) == 2
    blind.finish(article, by=ana)
    assert Article.objects.values().get(pk=article.pk) == before
    assert article.mentions.count() == mentions
    assert [(entry.person, entry.summary) for entry in article.log.all()[:2]] == [
        (ana, "finished tagging it blind"),
        (ana, "began to tag it blind"),
    ]


def test_the_same_words_are_one_thing(article: Article, ana: User) -> None:
    blind.begin(article, by=ana)
    words(article, "Lorval", "place", ana)
    assert said(article, ana) == [("Lorval", "place")] * 3
    (row,) = words(article, "Lorval", "organisation", ana, everywhere=False)
    assert row.was == "place"
    assert sorted(type_ for _, type_ in said(article, ana)) == ["organisation", "place", "place"]


def test_a_tag_is_changed_and_removed_alone_or_wherever_it_stands(article: Article, ana: User) -> None:
    blind.begin(article, by=ana)
    first, *_ = words(article, "Lorval", "place", ana)
    blind.change(article, first.pk, type="event", everywhere=False, by=ana)
    assert sorted(type_ for _, type_ in said(article, ana)) == ["event", "place", "place"]
    second = BlindTag.objects.filter(type="place")[0]
    assert blind.remove(article, second.pk, everywhere=True, by=ana) == 2
    assert said(article, ana) == [("Lorval", "event")]


@pytest.mark.parametrize("everywhere", [True, False])
def test_nobody_touches_the_tags_of_another(article: Article, ana: User, bea: User, everywhere: bool) -> None:
    blind.begin(article, by=ana)
    blind.begin(article, by=bea)
    (row, *_) = words(article, "Lorval", "place", ana)
    with pytest.raises(Refused, match="not there"):
        blind.remove(article, row.pk, everywhere=everywhere, by=bea)
    with pytest.raises(Refused, match="not there"):
        blind.change(article, row.pk, type="event", everywhere=everywhere, by=bea)
    assert said(article, ana) == [("Lorval", "place")] * 3
    assert said(article, bea) == []


def test_what_cannot_be_tagged_is_refused_with_a_sentence(article: Article, ana: User) -> None:
    blind.begin(article, by=ana)
    for text, sentence in (("(((", "Write the words"), ("Port-Royal", "does not stand"), ("", "Write the words")):
        with pytest.raises(Refused, match=sentence):
            words(article, text, "place", ana)
    with pytest.raises(Refused, match="Choose person"):
        words(article, "Lorval", "boat", ana)
    dropped = block_with(article, "Partager")
    with pytest.raises(Refused, match="not part of the article"):
        blind.tag_span(article, Span(dropped.start, dropped.start + 8), type="place", everywhere=False, by=ana)
    assert said(article, ana) == []


def test_nothing_is_tagged_before_one_begins_or_after_one_is_done(article: Article, ana: User) -> None:
    with pytest.raises(Refused, match="Begin first"):
        words(article, "Lorval", "place", ana)
    blind.begin(article, by=ana)
    with pytest.raises(Refused, match="begun already"):
        blind.begin(article, by=ana)
    blind.finish(article, by=ana)
    with pytest.raises(Refused, match="you are done"):
        words(article, "Lorval", "place", ana)
    with pytest.raises(Refused, match="you are done"):
        blind.give_up(article, by=ana)
    blind.reopen(article, by=ana)
    assert len(words(article, "Lorval", "place", ana)) == 3
    with pytest.raises(Refused, match="not done yet"):
        blind.reopen(article, by=ana)


def test_once_two_have_finished_nobody_goes_back(article: Article, ana: User, bea: User) -> None:
    for editor in (ana, bea):
        blind.begin(article, by=editor)
        blind.finish(article, by=editor)
    for editor in (ana, bea):
        with pytest.raises(Refused, match="stay as they are"):
            blind.reopen(article, by=editor)


def test_who_gives_up_leaves_no_tags_and_may_begin_again(article: Article, ana: User) -> None:
    blind.begin(article, by=ana)
    words(article, "Lorval", "place", ana)
    blind.give_up(article, by=ana)
    assert said(article, ana) == []
    assert not blind.is_blind(article, ana)
    blind.begin(article, by=ana)


def test_whoever_may_only_look_tags_nothing(article: Article, rita: User, ana: User) -> None:
    with pytest.raises(NotAllowed):
        blind.begin(article, by=rita)
    assert {"ana", "rita"} & {person.username for person in blind.who_may_tag()} == {"ana"}


def test_a_colleague_is_asked_by_a_note(article: Article, ana: User, bea: User) -> None:
    blind.begin(article, by=ana, asked=bea)
    note = article.notes.get()
    assert note.author == ana
    assert note.text.startswith("Bea: please tag this article blind too")
    with pytest.raises(Refused, match="somebody else"):
        blind.begin(article, by=bea, asked=bea)


def test_blind_tags_stay_on_their_words_whatever_becomes_of_the_blocks(article: Article, ana: User, bea: User) -> None:
    blind.begin(article, by=ana)
    made = words(article, "Emmanuel Macron", "person", ana)
    block = block_with(article, "Nous attendions")
    blocks.flip_block(article, block.pk, by=bea, seen=article.version)
    blocks.flip_block(article, block.pk, by=bea, seen=article.version)
    tags.tag_words(article, "Lorval", type="place", everywhere=True, by=bea, seen=article.version)
    assert [(row.start, row.end) for row in BlindTag.objects.filter(tagging__editor=ana)] == [
        (row.start, row.end) for row in made
    ]


def test_who_was_asked_is_waited_for_until_that_person_begins_or_says_no(
    article: Article, ana: User, bea: User, claire: User
) -> None:
    blind.begin(article, by=ana, asked=bea)
    request = article.blind_requests.get()
    assert (request.editor, request.by) == (bea, ana)
    blind.begin(article, by=claire, asked=bea)
    assert article.blind_requests.get() == request
    blind.begin(article, by=bea)
    assert not article.blind_requests.exists()
    blind.give_up(article, by=ana)
    blind.begin(article, by=ana, asked=bea)
    assert not article.blind_requests.exists(), "bea is at it already"


def test_who_says_no_is_asked_no_more_and_a_note_says_so(article: Article, ana: User, bea: User, rita: User) -> None:
    blind.begin(article, by=ana, asked=bea)
    blind.decline(article, by=bea)
    assert not article.blind_requests.exists()
    note = article.notes.order_by("pk").last()
    assert (note.author, note.text) == (bea, "I cannot tag this article blind. Please ask somebody else.")
    with pytest.raises(Refused, match="Nobody asks you"):
        blind.decline(article, by=bea)
    with pytest.raises(NotAllowed):
        blind.decline(article, by=rita)

"""New articles put beside those that tell of the same event: what is kept of it, and what never happens."""

import threading
import uuid
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.actions import stories
from articles.core.similarity import fingerprints
from articles.core.similarity.words import Words
from articles.intake import matching
from articles.intake.matching import look_up, numbers_of, put_into_index
from articles.intake.stories import place_again, place_in_story
from articles.intake.uploads import Item, receive
from articles.models import Article, Indexed, Membership, Receipt, Relation, Shingle, Story
from tests import factories
from tests.told import ANNOUNCED, telling, text_of

pytestmark = pytest.mark.django_db


def homes() -> dict[int, int]:
    return dict(Membership.objects.values_list("article", "story"))


def clone(article: Article, text: str) -> Article:
    """An article with this clean text, as if it had just been read."""
    made = Article.objects.get(pk=article.pk)
    made.pk, made.guid, made.clean_text = None, uuid.uuid4(), text
    made.text_hash = made.guid.hex
    made.save(force_insert=True)
    return made


def test_articles_of_one_event_come_into_one_story_with_the_words_that_prove_it() -> None:
    one, two, three = (telling("port", number) for number in range(3))
    other = telling("marché", 0)
    assert homes().keys() == {one.pk, two.pk, three.pk}
    assert len(set(homes().values())) == 1
    assert other.pk not in homes()
    for row in Relation.objects.all():
        assert (row.kind, row.decision) == ("same_event", "open")
        assert row.one_id < row.two_id
        assert "la nouvelle digue du nord sera relevée" in row.evidence["run"]["text"]
        assert {part["name"] for part in row.evidence["parts"]} >= {"run", "quotes"}
        assert all(part["said"] for part in row.evidence["parts"])


def test_a_republication_is_the_same_text() -> None:
    one = telling("port", 0)
    again = (
        text_of("port", 0)
        .replace("Publié le 14 mars 2024 à 09h30", "Publié le 16 mars 2024")
        .replace("vifs", "nourris")
    )
    two = factories.ArticleFactory(text=again, together=True)
    assert Relation.objects.get().kind == "same_text"
    assert homes() == dict.fromkeys([one.pk, two.pk], Story.objects.get().pk)


def test_a_story_that_already_is_takes_the_next_one_in() -> None:
    one, two = telling("port", 0), telling("port", 1)
    story = homes()[one.pk]
    three = telling("port", 2)
    assert homes() == {one.pk: story, two.pk: story, three.pk: story}
    assert {row.by for row in Membership.objects.all()} == {None}


def test_articles_that_share_nothing_are_in_no_story() -> None:
    factories.ArticleFactory(together=True)
    factories.ArticleFactory(text=factories.PAGE, together=True)
    telling("port", 0)
    assert not Membership.objects.exists()
    assert not Relation.objects.exists()
    assert not Story.objects.exists()


def test_an_article_that_could_be_of_two_stories_comes_into_one_and_the_other_is_remembered() -> None:
    port, market = [telling("port", n) for n in range(2)], [telling("marché", n) for n in range(2)]
    both = f"Deux annonces\n{ANNOUNCED['port'][2:-2]}. Par ailleurs, et sans lien aucun, {ANNOUNCED['marché'][2:-2]}.\n"
    last = factories.ArticleFactory(text=both, together=True)
    assert homes()[last.pk] in {homes()[port[0].pk], homes()[market[0].pk]}
    assert homes()[port[0].pk] != homes()[market[0].pk], "people merge stories, not the machine"
    others = {row.other(last.pk) for row in Relation.objects.of(last.pk)}
    assert others & {article.pk for article in port}
    assert others & {article.pk for article in market}


def test_the_index_holds_the_shingles_of_the_clean_text() -> None:
    article = telling("port", 0)
    wanted = fingerprints(Words.of(article.clean_text))
    assert set(Shingle.objects.filter(article=article).values_list("number", flat=True)) == set(wanted)
    held = Indexed.objects.get(article=article)
    assert (held.digest, len(held.numbers)) == (matching.digest(article), 8 * len(wanted))


def test_of_a_number_that_many_articles_have_so_many_rows_are_kept_and_it_is_still_found(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "ROWS", 3)
    run = "une même phrase que tous les journaux impriment telle quelle sans en changer un seul mot ce matin là"
    made = []
    for number in range(6):
        own = " ".join(f"propre{number}mot{n}" for n in range(30))
        made.append(clone(article, f"{own} {run} {own[::-1]}"))
        place_in_story(made[-1])
    shared = set(numbers_of(made[0])) & set(numbers_of(made[5]))
    assert shared
    for number in shared:
        assert Shingle.objects.filter(number=number).count() == 3
    assert len({homes()[one.pk] for one in made}) == 1, "the seventh of a communiqué finds its story by the first three"


def test_a_phrase_of_the_house_makes_no_story(article: Article) -> None:
    house = "retrouvez chaque matin toute la rédaction de notre journal sur nos ondes et sur notre site dès six heures"
    made = []
    for number in range(9):
        own = " ".join(f"propre{number}mot{n}" for n in range(60))
        made.append(clone(article, f"{own}\n\n{house}"))
        put_into_index(made[-1], numbers_of(made[-1]), full=())
    last = clone(article, " ".join(f"encore{n}" for n in range(60)) + f"\n\n{house}")
    found = look_up(numbers_of(last), but=last.pk)
    assert found.house
    place_in_story(last)
    assert last.pk not in homes()
    assert not Relation.objects.of(last.pk).exists()


def test_what_a_person_denied_is_not_proposed_again(ana: User) -> None:
    one, two = telling("port", 0), telling("port", 1)
    stories.deny(one, two, by=ana)
    before = Relation.objects.values().get()
    for article in (two, one):
        Indexed.objects.all().delete()
        assert place_again(article)
    assert Relation.objects.values().get() == before
    assert homes() == {}


def test_where_a_person_put_an_article_it_stays(ana: User) -> None:
    one, other = telling("port", 0), factories.ArticleFactory(text=factories.PAGE)
    story = stories.put_together([one, other], by=ana)
    two = telling("port", 1)
    assert homes() == dict.fromkeys([one.pk, other.pk, two.pk], story.pk)
    Indexed.objects.all().delete()
    assert place_again(other)
    assert homes()[other.pk] == story.pk


def test_an_article_is_placed_again_when_its_text_has_changed_and_only_then() -> None:
    one, two = telling("port", 0), telling("port", 1)
    assert not place_again(one)
    Article.objects.filter(pk=two.pk).update(clean_text="Tout autre chose, sans un mot de ce qui fut annoncé. " * 4)
    assert place_again(two)
    assert set(Shingle.objects.filter(article=two).values_list("number", flat=True)) == set(
        numbers_of(Article.objects.get(pk=two.pk))
    )
    assert not Relation.objects.of(two.pk).exists(), "what no text shows any more is not said"
    assert not place_again(two)


def test_an_older_desk_is_placed_by_a_command_that_can_run_again() -> None:
    one, two = telling("port", 0), telling("port", 1)
    for model in (Membership, Story, Relation, Indexed, Shingle):
        model.objects.all().delete()
    said = StringIO()
    call_command("find_stories", stdout=said)
    assert "Placed 2 articles" in said.getvalue()
    assert "2 articles are in 1 story now" in said.getvalue()
    assert homes().keys() == {one.pk, two.pk}
    call_command("find_stories", str(one.pk), stdout=said)
    assert "Placed 0 articles" in said.getvalue()


def test_looking_up_takes_the_same_queries_for_few_as_for_many() -> None:
    def asked() -> int:
        last = clone(first, f"{text} encore un autre texte autour {Article.objects.count()}")
        with CaptureQueriesContext(connection) as queries:
            look_up(numbers_of(last), but=last.pk)
        return len(queries)

    first = telling("port", 0)
    text = ANNOUNCED["port"]
    telling("port", 1)
    few = asked()
    for number in range(10):
        place_in_story(clone(first, f"{' '.join(f'w{number}x{n}' for n in range(30))} {text}"))
    assert few <= 3
    assert asked() <= 3


def test_an_article_without_words_is_placed_nowhere(article: Article) -> None:
    for text in ("", "…", "Deux mots"):
        place_in_story(clone(article, text))
    assert homes() == {}


def test_a_failed_article_leaves_nothing_in_the_index(monkeypatch: pytest.MonkeyPatch, ana: User) -> None:
    def breaks(article: Article) -> None:
        place_in_story(article)
        raise RuntimeError("as the test wants it")

    monkeypatch.setattr("articles.intake.settling.place_in_story", breaks)
    receipt = receive([Item(name="a.txt", content=text_of("port", 0).encode())], by=ana).receipts.get()
    assert receipt.outcome == Receipt.FAILED
    assert not Shingle.objects.exists()
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_articles_of_one_story_that_come_in_at_once_come_together() -> None:
    """On PostgreSQL, where two transactions do not see each other; SQLite has one writer at a time."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    person = factories.person("ana")
    ready, problems = threading.Barrier(2, timeout=30), []

    def bring(number: int) -> None:
        try:
            ready.wait()
            with transaction.atomic():
                receive([Item(name=f"{number}.txt", content=text_of("port", number).encode())], by=person)
        except Exception as problem:  # noqa: BLE001  said in the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    threads: list[Any] = [threading.Thread(target=bring, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert Article.objects.count() == 2
    assert len(set(homes().values())) == 1
    assert len(homes()) == 2

"""The memory of outlets: counted when a page comes in, read when the next one does, rebuilt on demand."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import blocks, history
from articles.core.cleaning.memory import line_key
from articles.core.formats import open_text
from articles.core.values import SeenLine
from articles.intake import originals
from articles.intake.memory import desk_memory
from articles.intake.remembering import outlet_beside, outlet_named, page_lines, recall
from articles.intake.rereading import reread
from articles.models import Article, DecidedLine, RememberedLine, RememberedOutlet
from tests import factories
from tests.factories import block_with

pytestmark = pytest.mark.django_db
SITE = "https://www.lanterne.example/port/{}"
SHARE = line_key("Partager sur Facebook")


def page(number: int = 1, extra: str = "", **beside: str) -> Article:
    text = factories.TEXT.replace("bateaux", f"{number} navires", 1) + extra
    return factories.ArticleFactory(text=text, **({"url": SITE.format(number)} | beside))


def counts() -> dict[str, int]:
    return dict(RememberedLine.objects.values_list("key", "pages"))


def test_each_page_counts_its_lines_once() -> None:
    one = page(1, extra="\nPartager sur Facebook\n")
    assert one.memory.name == "lanterne.example"
    assert (one.memory.pages, counts()[SHARE]) == (1, 1)
    two = page(2)
    assert two.memory == one.memory
    assert (two.memory.pages, counts()[SHARE]) == (2, 2)
    assert counts()[line_key("Le port de Lorval rouvre aux 1 navires de pêche")] == 2, "figures make no difference"


def test_the_same_article_again_counts_no_line_twice() -> None:
    one = page()
    before = counts()
    text = one.raw_text
    factories.UploadFactory(items=[text, text.replace("\n", "\r\n"), text.encode("utf-16")])
    assert Article.objects.count() == 1
    assert counts() == before
    assert RememberedOutlet.objects.get().pages == 1


def test_long_lines_and_lines_without_a_letter_are_not_kept() -> None:
    page(extra="\n***\n12/03/2024\n" + "mot " * 100 + "\n")
    assert all(any(char.isalpha() for char in key) and len(key) <= 200 for key in counts())
    assert line_key("mot " * 100) == ""


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ({"outlet": "RFI", "url": SITE.format(1)}, "rfi"),
        ({"outlet": "La Lanterne", "url": ""}, "la lanterne"),
        ({"url": "https://fr.lemonde.fr/a"}, "le monde"),
        ({"url": SITE.format(1)}, "lanterne.example"),
        ({"url": ""}, ""),
    ],
)
def test_an_outlet_is_known_by_name_by_domain_or_not_at_all(beside: dict[str, str], name: str) -> None:
    assert outlet_beside(open_text("Un port.", **beside), desk_memory().outlets) == name


def test_an_outlet_goes_by_one_key_under_all_its_names() -> None:
    outlets = desk_memory().outlets
    known = next(row for row in outlets if row.aliases)
    assert outlet_named(known.aliases[0], outlets) == outlet_named(known.name, outlets) != ""
    assert outlet_named("", outlets) == ""


def test_a_page_that_names_its_publisher_itself_is_read_with_what_is_known_of_it(ana: User) -> None:
    text = factories.TEXT + "\n© 2024 Le Monde - Tous droits réservés\nLe mot du patron\n"
    one = factories.ArticleFactory(text=text)
    assert one.memory.name == "le monde"
    blocks.change_kind(one, block_with(one, "Le mot du patron").pk, kind="ad", by=ana, seen=one.version)
    two = factories.ArticleFactory(text=text.replace("pêche", "plaisance"))
    row = block_with(two, "Le mot du patron")
    assert (row.kind, row.decided_by, row.reason) == ("ad", "memory", "decided so on 1 other page of this outlet")


def test_what_a_person_decides_holds_for_the_next_page_and_not_for_other_outlets(ana: User) -> None:
    one = page(1, extra="\nLe mot du patron\n")
    blocks.change_kind(one, block_with(one, "Le mot du patron").pk, kind="ad", by=ana, seen=one.version)
    two = page(2, extra="\nLe mot du patron\n")
    row = block_with(two, "Le mot du patron")
    assert (row.kind, row.kept, row.decided_by) == ("ad", False, "memory")
    other = page(3, extra="\nLe mot du patron\n", url="https://ailleurs.example/")
    assert block_with(other, "Le mot du patron").decided_by == "rule"


def test_boilerplate_that_comes_again_and_again_says_so() -> None:
    for number in range(1, 4):
        page(number)
    row = block_with(page(4), "Partager sur Facebook")
    assert (row.kind, row.reason) == ("share", "same line on 3 other pages of this outlet")


def test_an_article_s_own_lines_and_decisions_are_no_evidence_for_itself(ana: User) -> None:
    one = page(1)
    blocks.change_kind(one, block_with(one, "Partager").pk, kind="ad", by=ana, seen=one.version)
    scraped = open_text(one.raw_text)
    assert recall("lanterne.example", page_lines(scraped), article=one) is None
    page(2)
    known = recall("lanterne.example", page_lines(scraped), article=one)
    assert known.pages == 1
    assert known.lines[SHARE] == SeenLine(pages=1, decided={})
    other = recall("lanterne.example", page_lines(scraped))
    assert other.lines[SHARE] == SeenLine(pages=2, decided={"ad": 1})
    assert recall("nobody.example", page_lines(scraped)) is None


def test_reading_asks_for_the_lines_of_the_page_only(ana: User) -> None:
    for number in range(1, 4):
        page(number, extra=f"\nUne autre ligne {'x' * number}\n")
    lines = page_lines(open_text("Partager sur Facebook\nUne ligne inconnue\n"))
    with CaptureQueriesContext(connection) as queries:
        known = recall("lanterne.example", lines)
    assert len(queries) == 3
    assert set(known.lines) == {SHARE}


def test_a_page_of_many_lines_is_counted_in_few_queries() -> None:
    counted = []
    # The first page of a desk makes its uploader and its outlet, and may read the registry; the next join the one before.
    for number, lines in ((1, 20), (2, 20), (3, 400)):
        words = "".join(
            f"Ligne {'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]}\n" for n in range(lines)
        )
        with CaptureQueriesContext(connection) as queries:
            page(number, extra=f"\n{words}")
        counted.append(len(queries))
    assert counted[2] <= counted[1]


def test_the_rarest_and_oldest_lines_of_an_outlet_are_forgotten_first() -> None:
    page(1, extra="\nUne vieille ligne\n")
    page(2, extra="\nUne jeune ligne\n")
    outlet = RememberedOutlet.objects.get()
    common = [key for key, pages in counts().items() if pages == 2]
    RememberedLine.objects.forget_beyond(outlet, len(common) + 1)
    assert len(counts()) == len(common) + 1
    assert set(common) < set(counts())
    assert line_key("Une vieille ligne") not in counts()
    RememberedLine.objects.forget_beyond(outlet, 10**6)
    assert len(counts()) == len(common) + 1


def snapshot() -> tuple[list[object], ...]:
    return (
        sorted(RememberedOutlet.objects.values_list("name", "pages")),
        sorted(RememberedLine.objects.values_list("outlet__name", "key", "pages")),
        sorted(DecidedLine.objects.values_list("article", "outlet__name", "key", "kind")),
        sorted(Article.objects.values_list("pk", "memory__name", "version")),
    )


def test_the_memory_can_be_rebuilt_from_the_articles(ana: User) -> None:
    one, two = page(1), page(2, url="", outlet="La Lanterne")
    flat = factories.ArticleFactory(text=factories.TEXT + "\n© 2024 Le Monde - Tous droits réservés\n")
    html = factories.ArticleFactory(text=factories.PAGE, url=SITE.format(9))
    for article in (one, two, flat, html):
        row = article.blocks.filter(kind__in=("share", "navigation")).first()
        blocks.flip_block(article, row.pk, by=ana, seen=article.version)
    before = snapshot()
    assert len(before[2]) >= 4
    RememberedLine.objects.all().update(pages=7)
    DecidedLine.objects.all().delete()
    RememberedOutlet.objects.create(name="nobody's", pages=3)
    out = StringIO()
    call_command("rebuild_outlet_memory", stdout=out)
    assert snapshot() == before
    assert f"Counted 4 articles of {len(before[0])} outlets." in out.getvalue()


def test_an_article_whose_bytes_read_otherwise_now_is_said_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = page(1), page(2)
    real = originals.open_bytes

    def other_words(content: bytes, **beside: object) -> object:
        return open_text("Autre chose.") if content == bytes(one.original.content) else real(content, **beside)

    monkeypatch.setattr(originals, "open_bytes", other_words)
    out, err = StringIO(), StringIO()
    call_command("rebuild_outlet_memory", stdout=out, stderr=err)
    assert f"Article {one.pk}: Our reader makes other words" in err.getvalue()
    assert "Counted 1 articles of 1 outlets." in out.getvalue()


def test_rereading_counts_nothing_again(ana: User) -> None:
    one = page(1)
    page(2)
    before = snapshot()[:3]
    reread(one, memory=desk_memory())
    assert snapshot()[:3] == before


def test_on_a_page_a_decision_is_remembered_under_the_line_that_the_reader_sees(ana: User) -> None:
    one = factories.ArticleFactory(text=factories.PAGE, url=SITE.format(1))
    for row in one.blocks.all():
        blocks.confirm_block(one, row.pk, by=ana, seen=one.version)
    decided = set(one.decided_lines.values_list("key", flat=True))
    assert decided == set(counts())
    history.undo(one, one.log.first().pk, by=ana)
    assert set(one.decided_lines.values_list("key", flat=True)) < decided

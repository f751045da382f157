"""The registry in a browser: filtered as one types, merged and taken back, and axe on every page of it."""

import pytest
from playwright.sync_api import Page, expect

from articles.actions import entities
from articles.models import Article, Entity, EntityAlias
from tests.actions.test_entities import tag
from tests.browser.test_accessibility import NARROW, SCHEMES, check, violations
from tests.factories import EntityFactory


@pytest.fixture
def registry(bring, people) -> tuple[Entity, Entity, Article]:
    """A mayor who is in the registry twice, tagged in an article; and one of the same name."""
    article = bring()
    mayor = EntityFactory(
        name="Nolwenn Tréguier", slug="nolwenn", type="person", description="maire de Kerlouan-sur-Mer", country="FR",
        wikidata="Q909090", notes="Rappeler avant midi.",
    )  # fmt: skip
    EntityAlias.objects.create(entity=mayor, name="נולוון טרגייה", language="he")
    again = EntityFactory(name="N. Tréguier", slug="n-treguier", type="person")
    EntityAlias.objects.create(entity=again, name="Nolwenn Tréguier")
    entities.add_office(mayor, title="maire de Kerlouan", since="2014", by=people["ana"])
    engineer = EntityFactory(name="Bastien Morvannec", slug="bastien", type="person")
    mayor.distinct_from.add(engineer)
    tag(article, "Nolwenn Tréguier", mayor)
    tag(article, "Bastien Morvannec", engineer)
    tag(article, "tempête", None, type="event")
    return mayor, again, article


def unfold(page: Page) -> None:
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")


def test_the_list_follows_the_words_that_are_typed(visit, registry) -> None:
    page = visit("ana")
    page.goto("/entities/")
    page.get_by_role("searchbox").fill("treguier")
    expect(page.locator("#results tbody tr")).to_have_count(2)
    expect(page).to_have_url("/entities/?q=treguier&type=&show=&sort=name")
    page.get_by_label("Which").select_option("used")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Nolwenn Tréguier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nolwenn Tréguier")


def test_two_that_are_one_are_merged_and_that_is_taken_back(visit, registry) -> None:
    page = visit("ana")
    page.goto("/entities/n-treguier/")
    page.get_by_role("button", name="Same… as Nolwenn Tréguier").click()
    page.get_by_role("button", name="They are the same: keep Nolwenn Tréguier").click()
    expect(page.get_by_role("status")).to_contain_text("is Nolwenn Tréguier from now on")
    page.get_by_role("button", name="Undo took in N. Tréguier").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    page.goto("/entities/n-treguier/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("N. Tréguier")


@SCHEMES
def test_axe_has_nothing_to_say_of_the_registry(visit, registry, complaints, scheme) -> None:
    complaints.allow(422)
    page = visit("ana", color_scheme=scheme)
    check(
        page,
        "/entities/",
        "/entities/?q=treguier",
        "/entities/?show=nameless",
        "/entities/?q=nobodyknows",
        "/entities/new/?surface=temp%C3%AAte&type=event",
        "/entities/new/?name=Nolwenn+Tr%C3%A9guier&type=person",
        "/entities/n-treguier/merge/?other=nolwenn",
        "/entities/nolwenn/merge/?other=nobodyknows",
        "/entities/nolwenn/split/",
    )
    page.goto("/entities/nolwenn/")
    unfold(page)
    found = violations(page, "an entity, every form open")
    page.set_viewport_size(NARROW)
    for address in ("/entities/nolwenn/", "/entities/?show=nameless", "/entities/nolwenn/split/"):
        page.goto(address)
        found += violations(page, f"{address}, narrow")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert not found, "\n".join(found)

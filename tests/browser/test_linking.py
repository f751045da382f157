"""Who is meant, by hand: one key says that it is a different person."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Entity
from tests.browser.pages import open_review
from tests.factories import TEXT, EntityFactory


@pytest.fixture
def article(bring) -> Article:
    EntityFactory(name="Jeanne Morvan", type="person", description="mayor of Lorval")
    EntityFactory(name="Emmanuel Macron", type="person", description="fisherman")
    return bring(TEXT)


@pytest.fixture
def page(visit, article: Article) -> Page:
    page = visit("ana")
    open_review(page, article)
    return page


def test_d_on_a_byline_says_that_it_is_a_different_person(page: Page, article: Article) -> None:
    signer = page.locator(".signer")
    expect(signer).to_contain_text("Is Jeanne Morvan, mayor of Lorval")
    signer.focus()
    page.keyboard.press("d")
    expect(page.locator("#attribution")).to_contain_text("is Jeanne Morvan, journalist")
    expect(page.locator(".signer")).to_have_count(0)
    assert Entity.objects.filter(name="Jeanne Morvan").count() == 2


def test_d_on_a_tag_makes_somebody_of_that_name_and_tells_them_apart(page: Page, article: Article) -> None:
    group = page.locator("#tags .tag-group", has_text="Emmanuel Macron").first
    expect(group).to_contain_text("Is Emmanuel Macron, fisherman")
    group.focus()
    page.keyboard.press("d")
    expect(group).to_contain_text("confirmed")
    linked = article.mentions.filter(surface="Emmanuel Macron").first().entity
    assert linked.distinct_from.count() == 2


def test_d_in_a_field_is_a_letter(page: Page) -> None:
    page.locator("#notes textarea").press("d")
    expect(page.locator("#notes textarea")).to_have_value("d")
    expect(page.locator(".signer")).to_have_count(1)


def test_o_and_l_on_the_tag_of_a_capital_say_who_governs_or_the_place(page: Page, article: Article) -> None:
    paris = article.mentions.get(surface="Paris")
    article.mentions.filter(pk=paris.pk).update(sense="open")
    page.reload()
    group = page.locator("#tags .tag-group", has_text="The place, or who governs there?")
    group.focus()
    page.keyboard.press("o")
    power = page.locator("#tags .tag-group", has_text="gouvernement de la France")
    expect(power).to_contain_text("“Paris”: means who governs there")
    expect(group).to_have_count(0)
    power.focus()
    page.keyboard.press("l")
    expect(power).to_have_count(0)
    paris.refresh_from_db()
    assert (paris.type, paris.sense, paris.entity.name) == ("place", "place", "Paris")


@pytest.mark.parametrize("how", ["z", "button"])
@pytest.mark.parametrize("width", [1440, 390])
def test_one_wrong_key_is_told_and_taken_back_without_a_trace(
    page: Page, article: Article, how: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    if width < 1000:
        page.locator("[data-tab=facts]").first.click()
    group = page.locator("#tags .tag-group", has_text="Emmanuel Macron").first
    group.focus()
    page.keyboard.press("d")
    told = page.locator("#message .done")
    expect(told).to_contain_text("You added Emmanuel Macron (")
    expect(told).to_be_in_viewport()
    if how == "z":
        page.keyboard.press("z")
    else:
        told.get_by_role("button", name="Undo").click()
    expect(told).to_contain_text("is not in the registry any more")
    assert Entity.objects.filter(name="Emmanuel Macron").count() == 2

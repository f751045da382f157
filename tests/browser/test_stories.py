"""Stories in a browser: nothing for axe to complain about, nothing scrolls sideways, yes and no with and without htmx."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Relation, Story
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import sideways
from tests.told import telling

SIZES = {"narrow": {"width": 390, "height": 844}, "wide": {"width": 1440, "height": 900}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_a_story_are_in_order(visit, people, scheme, size) -> None:
    articles = [telling("port", number) for number in range(3)]
    page = visit("ana", color_scheme=scheme, viewport=SIZES[size])
    found = []
    for address in (
        f"/stories/{Story.objects.get().pk}/",
        f"/articles/{articles[0].pk}/beside/{articles[1].pk}/",
        f"/articles/{articles[2].pk}/?tab=facts",
        "/",
    ):
        page.goto(address)
        if address == "/":
            page.get_by_text("Story of 3 articles").click()
            expect(page.get_by_role("link", name=articles[0].title)).to_be_visible()
        found += violations(page, address) + sideways(page)
    assert not found, "\n".join(found)


def test_a_no_and_its_taking_back_in_the_panel(visit, people) -> None:
    articles = [telling("port", number) for number in range(2)]
    page = visit("ana")
    page.goto(f"/articles/{articles[1].pk}/")
    panel = page.locator("#story")
    panel.get_by_role("button", name=re.compile("^Not the same")).click()
    expect(panel).to_contain_text("ana denied")
    expect(panel).to_contain_text("It is in no story")
    assert Relation.objects.get().decision == "denied"
    panel.get_by_role("button", name=re.compile("^Take back")).click()
    panel.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(panel).to_contain_text("Story of 2 articles")


def test_a_story_is_worked_on_without_javascript(visit, people) -> None:
    articles = [telling("port", number) for number in range(3)]
    page = visit("ana", java_script_enabled=False)
    page.goto("/")
    page.get_by_text("Story of 3 articles").click()
    page.get_by_role("link", name="The story: where it comes from, side by side").click()
    page.get_by_label("The other").select_option(str(articles[2].pk))
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("region", name=articles[2].title)).to_be_visible()
    page.locator(".timeline li").filter(has_text=articles[0].title).get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Taken out")
    expect(page.get_by_text("2 articles · 1 origin")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_text("3 articles · 1 origin")).to_be_visible()

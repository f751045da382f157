"""Beside the text the focus stays where the work is: on the line, on the next one, or on the panel's heading."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from tests.browser.pages import open_review, press, row
from tests.factories import propose


@pytest.fixture
def phare(bring) -> Article:
    return bring()


@pytest.fixture
def page(visit, phare: Article) -> Page:
    page = visit("ana")
    open_review(page, phare)
    return page


def enter(button: Locator) -> None:
    """Press a button as a hand on the keyboard does."""
    button.focus()
    button.page.keyboard.press("Enter")


def confirm(line: Locator) -> Locator:
    return line.locator(":scope button[value=confirm]").first


def test_a_confirmed_fact_gives_the_focus_to_the_next_that_asks(page: Page) -> None:
    row(page, "La maire,").focus()  # the page has a block to come back to, and must not
    names = page.locator("#facts .field:has(button[value=confirm])").evaluate_all("all => all.map((one) => one.id)")
    for name, after in pairwise(names):
        enter(confirm(page.locator(f"#{name}")))
        expect(page.locator(f"#{after}")).to_be_focused()
        expect(page.locator(f"#{name} .why").first).to_contain_text("ana decided")
    enter(confirm(page.locator(f"#{names[-1]}")))
    expect(page.locator("#facts :focus")).to_have_count(1)


def test_a_corrected_date_gives_it_to_the_next_fact(page: Page) -> None:
    published = page.locator("#field-published")
    published.locator("summary").first.click()
    published.get_by_role("textbox").fill("13 mars 2024")
    page.keyboard.press("Enter")
    expect(published.locator(".why").first).to_contain_text("ana decided")
    expect(page.locator("#facts .field:focus")).to_have_count(1)
    expect(published).not_to_be_focused()


def test_all_facts_at_once_leave_it_on_the_heading(page: Page) -> None:
    enter(page.get_by_role("button", name="Confirm all").first)
    expect(page.locator("#confirm-all")).to_have_count(0)
    expect(page.locator("#facts-h")).to_be_focused()


def test_tags_go_from_one_to_the_next_and_a_rejected_one_leaves_its_neighbour(page: Page) -> None:
    lines = page.locator("#tags .tag-group.open")
    first, second, third = (lines.nth(i).get_attribute("data-mentions") for i in range(3))
    enter(confirm(page.locator(f"#tags [data-mentions='{first}']")))
    expect(page.locator(f"#tags [data-mentions='{second}']")).to_be_focused()
    enter(page.locator(f"#tags [data-mentions='{second}']").locator("button[value=reject]").first)
    expect(page.locator(f"#tags [data-mentions='{third}']")).to_be_focused()


def test_a_tag_that_was_reached_in_the_text_does_not_draw_the_focus_back_there(page: Page) -> None:
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    line = page.locator("#tags .tag-group:focus")
    expect(line).to_have_count(1)
    enter(confirm(line))
    expect(page.locator("#tags .tag-group:focus")).to_have_count(1)
    expect(page.locator("#tags :focus span.state")).to_contain_text("suggested")


def test_how_tags_are_sorted_keeps_its_button(page: Page) -> None:
    enter(page.get_by_role("button", name="As in the text"))
    expect(page.get_by_role("button", name="As in the text")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="As in the text")).to_be_focused()


def test_sources_go_from_one_to_the_next(page: Page) -> None:
    lines = page.locator("#attribution .link:has(button[value=confirm])")
    first, second = (lines.nth(i).get_attribute("id") for i in range(2))
    enter(confirm(page.locator(f"#{first}")))
    expect(page.locator(f"#{second}")).to_be_focused()
    enter(page.locator(f"#{second} button[value=remove]"))
    expect(page.locator(f"#{second}")).to_have_count(0)
    expect(page.locator("#attribution :focus")).to_have_count(1)


def test_the_last_proposal_leaves_it_on_the_first_panel_there_is(page: Page, phare: Article) -> None:
    propose(phare, "Partager sur Facebook", "body")
    page.reload()
    enter(page.locator("#proposals").get_by_role("button", name="Accept"))
    expect(page.locator("#proposals")).to_be_hidden()
    expect(page.locator("#questions-h")).to_be_focused()


def test_a_decision_by_key_in_the_text_stays_in_the_text(page: Page) -> None:
    visite = row(page, "Une visite est prévue")
    press(visite, "x")
    expect(visite).to_contain_class("removed")
    page.keyboard.press("z")
    expect(visite).to_contain_class("kept")
    expect(visite).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator("#confirm-all")).to_have_count(0)
    expect(visite).to_be_focused()

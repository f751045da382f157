"""Signed out in another tab, and in again: nothing is lost silently, and doing it again works."""

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article
from tests.browser.pages import clean, open_review, press, row
from tests.factories import PASSWORD

MAIRE = "La maire,"
VISITE = "Une visite est prévue"


@pytest.fixture
def phare(bring) -> Article:
    return bring()


@pytest.fixture
def page(visit, phare: Article) -> Page:
    page = visit("ana")
    open_review(page, phare)
    return page


def sign_out_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    other.close()


def sign_in_from(page: Page) -> None:
    """By the link of the message, in the tab that it opens."""
    with page.context.expect_page() as opened:
        page.locator("#notice").get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    other.get_by_label("User name").fill("ana")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
    other.close()


def test_a_decision_of_who_was_signed_out_is_not_lost_silently(page: Page, complaints) -> None:
    sign_out_elsewhere(page)
    complaints.allow(401)
    visite, notice = row(page, VISITE), page.locator("#notice")
    visite.get_by_role("button", name="Drop").click()
    expect(notice.get_by_role("alert")).to_contain_text("You were signed out.")
    expect(notice).to_be_in_viewport()
    expect(visite).to_contain_class("kept")
    sign_in_from(page)
    visite.get_by_role("button", name="Drop").click()
    expect(visite).to_contain_class("removed")
    expect(notice).to_be_empty()


def test_what_was_typed_stays_and_is_saved_after_signing_in_again(page: Page, complaints) -> None:
    row(page, MAIRE).get_by_role("link", name="Correct…").click()
    words = page.locator("#editor textarea")
    words.fill(words.input_value().replace("a salué", "a loué"))
    page.locator("#notes textarea").fill("Appeler la mairie")
    sign_out_elsewhere(page)
    complaints.allow(401)
    page.get_by_role("button", name="Save the words").click()
    expect(page.locator("#notice")).to_contain_text("what you typed is still here")
    row(page, VISITE).get_by_role("link", name="Correct…").click()
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(words).to_have_value(words.input_value().replace("a salué", "a loué"))
    expect(page.locator("#editor")).not_to_contain_text("Sign in")
    sign_in_from(page)
    page.get_by_role("button", name="Save the words").click()
    expect(clean(row(page, MAIRE))).to_contain_text("a loué")
    expect(page.locator("#notice")).to_be_empty()
    page.get_by_role("button", name="Leave a note").click()
    expect(page.locator("#notes .note")).to_contain_text("Appeler la mairie")


def test_a_page_without_its_cookie_says_so_once_and_then_works(page: Page, complaints) -> None:
    page.context.clear_cookies(name="csrftoken")
    complaints.allow(403)
    visite = row(page, VISITE)
    visite.get_by_role("button", name="Drop").click()
    expect(page.locator("#notice")).to_contain_text("Do it once more")
    expect(visite).to_contain_class("kept")
    visite.get_by_role("button", name="Drop").click()
    expect(visite).to_contain_class("removed")
    expect(page.locator("#notice")).to_be_empty()


def test_a_step_of_the_workflow_works_on_a_page_older_than_the_sign_in(page: Page) -> None:
    sign_out_elsewhere(page)
    other = page.context.new_page()
    other.goto("/login/")
    other.get_by_label("User name").fill("ana")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#status .chip")).to_have_text("Ready")


def test_a_desk_that_cannot_be_reached_is_said(page: Page, complaints) -> None:
    complaints.allow(503)
    page.route("**/articles/*/blocks/*/", lambda route: route.fulfill(status=503, body="busy"))
    row(page, VISITE).get_by_role("button", name="Drop").click()
    expect(page.locator("#notice").get_by_role("alert")).to_contain_text("That did not work")
    page.unroute("**/articles/*/blocks/*/")
    row(page, VISITE).get_by_role("button", name="Drop").click()
    expect(row(page, VISITE)).to_contain_class("removed")
    expect(page.locator("#notice")).to_be_empty()


def hold(page: Page, addresses: str) -> list[Route]:
    """Keep requests back until the test lets them go on."""
    held: list[Route] = []
    page.route(addresses, lambda route: held.append(route))
    return held


def test_z_waits_for_the_answer_to_the_action_that_it_takes_back(page: Page) -> None:
    gardiens, visite = row(page, "Les gardiens"), row(page, VISITE)
    press(gardiens, "x")
    expect(gardiens).to_contain_class("removed")
    held = hold(page, "**/articles/*/blocks/*/")
    with page.expect_request("**/articles/*/blocks/*/"):
        press(visite, "x")
    page.keyboard.press("z")
    expect(page.locator("#history li")).to_have_count(2)
    held[0].continue_()
    expect(page.locator("#history li")).to_have_count(4)
    expect(visite).to_contain_class("kept")
    expect(gardiens).to_contain_class("removed")


def test_z_twice_takes_two_actions_back_one_after_the_other(page: Page) -> None:
    gardiens, visite = row(page, "Les gardiens"), row(page, VISITE)
    for block in (gardiens, visite):
        press(block, "x")
        expect(block).to_contain_class("removed")
    page.keyboard.press("z")
    page.keyboard.press("z")
    for block in (gardiens, visite):
        expect(block).to_contain_class("kept")


def test_z_on_an_old_page_shows_both_sides_and_takes_back_only_what_was_meant(
    page: Page, visit, phare: Article, complaints
) -> None:
    press(row(page, VISITE), "x")
    expect(row(page, VISITE)).to_contain_class("removed")
    bea = visit("bea")
    open_review(bea, phare)
    press(row(bea, "Les gardiens"), "x")
    expect(row(bea, "Les gardiens")).to_contain_class("removed")
    complaints.allow(409)
    page.keyboard.press("z")
    message = page.locator("#message")
    expect(message).to_contain_text("not the last action any more")
    expect(message.locator("section").nth(0)).to_contain_text("bea dropped")
    expect(message.locator("section").nth(1)).to_contain_text("dropped")
    expect(row(page, VISITE)).to_contain_class("removed")
    message.get_by_role("button", name="Use mine all the same").click()
    expect(row(page, VISITE)).to_contain_class("kept")
    expect(row(page, "Les gardiens")).to_contain_class("removed")

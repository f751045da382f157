"""Two editors on one article: nobody's work is lost silently."""

from playwright.sync_api import Page, expect

from articles.models import Article
from tests.browser.pages import clean, open_review, row

MAIRE = "La maire,"
VISITE = "Une visite est prévue"


def both(visit, article: Article) -> tuple[Page, Page]:
    ana, bea = visit("ana"), visit("bea")
    open_review(ana, article)
    open_review(bea, article)
    return ana, bea


def correct(page: Page, words: str, before: str, after: str) -> None:
    row(page, words).get_by_role("link", name="Correct…").click()
    text = page.locator("#editor textarea")
    text.fill(text.input_value().replace(before, after))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the words").click()


def test_the_claim_of_the_first_is_seen_by_the_second(visit, bring) -> None:
    ana, bea = both(visit, bring())
    expect(ana.locator("#status .claim")).to_contain_text("You have it until")
    expect(bea.locator("#status .claim")).to_contain_text("Ana has it")
    bea.goto("/")
    expect(bea.locator(".queue tbody tr")).to_contain_text("Ana")
    bea.get_by_role("link", name="phare des Trois-Pierres").click()
    bea.get_by_role("button", name="Take over").click()
    expect(bea.locator("#status .claim")).to_contain_text("You have it until")
    ana.reload()
    expect(ana.locator("#status .claim")).to_contain_text("Bea has it")


def test_the_same_block_shows_both_versions_and_mine_can_win(visit, complaints, bring) -> None:
    ana, bea = both(visit, bring())
    correct(bea, MAIRE, "a salué", "a loué")
    correct(ana, MAIRE, "a salué", "a vanté")
    save(ana)
    expect(clean(row(ana, MAIRE))).to_contain_text("a vanté")
    complaints.allow(409)
    save(bea)
    message = bea.get_by_role("alert")
    expect(message).to_contain_text("Somebody changed this after you opened it.")
    expect(message.locator("section").nth(0)).to_contain_text("Nolwenn Tréguier, a vanté le travail")
    expect(message.locator("section").nth(1)).to_contain_text("Nolwenn Tréguier, a loué le travail")
    message.get_by_role("button", name="Use mine all the same").click()
    expect(clean(row(bea, MAIRE))).to_contain_text("Nolwenn Tréguier, a loué le travail")
    expect(message).to_be_empty()
    ana.reload()
    expect(clean(row(ana, MAIRE))).to_contain_text("Nolwenn Tréguier, a loué le travail")


def test_the_same_block_and_theirs_can_stay(visit, complaints, bring) -> None:
    ana, bea = both(visit, bring())
    row(ana, VISITE).get_by_role("button", name="Drop").click()
    expect(row(ana, VISITE)).to_contain_class("removed")
    complaints.allow(409)
    row(bea, VISITE).get_by_role("button", name="Drop").click()
    message = bea.get_by_role("alert")
    expect(message).to_contain_text("removed (dropped by ana)")
    message.get_by_role("link", name="Keep that, load it").click()
    expect(row(bea, VISITE)).to_contain_class("removed")
    expect(message).to_be_empty()


def test_dropping_what_the_other_dropped_does_not_bring_it_back(visit, complaints, bring) -> None:
    ana, bea = both(visit, bring())
    row(ana, VISITE).get_by_role("button", name="Drop").click()
    expect(row(ana, VISITE)).to_contain_class("removed")
    complaints.allow(409)
    row(bea, VISITE).get_by_role("button", name="Drop").click()
    bea.get_by_role("button", name="Use mine all the same").click()
    expect(bea.get_by_role("alert")).to_be_empty()
    expect(row(bea, VISITE)).to_contain_class("removed")


def test_different_blocks_do_not_conflict(visit, bring) -> None:
    ana, bea = both(visit, bring())
    row(ana, VISITE).get_by_role("button", name="Drop").click()
    expect(row(ana, VISITE)).to_contain_class("removed")
    row(bea, "Les gardiens").get_by_role("button", name="Drop").click()
    expect(row(bea, "Les gardiens")).to_contain_class("removed")
    expect(row(bea, VISITE)).to_contain_class("removed")
    expect(bea.get_by_role("alert")).to_be_empty()
    expect(bea.locator("#history")).to_contain_text("ana")


def test_a_page_that_stands_open_hears_of_changes(visit, bring) -> None:
    ana, bea = both(visit, bring())
    row(ana, VISITE).get_by_role("button", name="Drop").click()
    expect(row(ana, VISITE)).to_contain_class("removed")
    seen = bea.locator("#status").get_attribute("data-seen")
    bea.evaluate("htmx.ajax('GET', document.querySelector('#status').getAttribute('hx-get'), { swap: 'none' })")
    expect(bea.locator("#status")).to_contain_text("Somebody changed this article since you loaded it.")
    expect(bea.locator("#status")).to_have_attribute("data-seen", seen)
    bea.get_by_role("link", name="Load the new version").click()
    expect(row(bea, VISITE)).to_contain_class("removed")

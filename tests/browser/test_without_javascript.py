"""Upload, fix, approve, with JavaScript switched off: every button is a form of its own."""

import re

from playwright.sync_api import expect

from tests.browser.pages import PHARE, clean, row
from tests.factories import block_with, propose

TITLE = "À Kerlouan-sur-Mer, le phare des Trois-Pierres rallumé"


def test_from_upload_to_publication(visit) -> None:
    page = visit("ana", java_script_enabled=False)
    page.goto("/upload/")
    page.get_by_label("Paste the text of a page").fill(PHARE)
    page.get_by_label("Address of the pasted text, if you have it").fill("https://fanal.example/phare")
    page.get_by_role("button", name="Bring it in").click()
    page.locator(".receipt").get_by_role("link", name=TITLE).click()
    expect(page.locator("#run")).to_be_hidden()
    expect(page.locator("#selection")).to_be_hidden()

    row(page, "Une visite est prévue").get_by_role("button", name="Drop").click()
    expect(row(page, "Une visite est prévue")).to_contain_class("removed")
    expect(page).to_have_url(re.compile(r"/articles/\d+/#block-\d+$"))

    section = page.locator("#field-section")
    section.locator("summary").click()
    section.get_by_role("textbox").fill("Patrimoine")
    section.get_by_role("button", name="Save").click()
    expect(page.locator("#field-section .value")).to_have_text("Patrimoine")
    expect(page.locator("#field-section")).to_contain_text("ana decided")

    row(page, "La maire,").get_by_role("link", name="Correct…").click()
    words = page.get_by_label("Its words")
    words.fill(words.input_value().replace("La maire,", "La maire élue en 2020,"))
    page.get_by_role("button", name="Save the words").click()
    expect(clean(row(page, "élue en 2020"))).to_contain_text("La maire élue en 2020, Nolwenn Tréguier")

    page.get_by_label("How sure they must be").select_option("0")
    page.locator("#tags").get_by_role("button", name="Confirm all").click()
    expect(page.locator("#tags")).not_to_contain_text("suggested")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#status .chip")).to_have_text("Ready")

    chief = visit("claire", java_script_enabled=False)
    chief.goto("/?status=ready")
    chief.get_by_role("link", name=TITLE).click()
    chief.get_by_role("link", name="Approve and publish…").click()
    preview = chief.get_by_role("region", name="What will be published")
    expect(preview).to_contain_text("La maire élue en 2020")
    expect(preview).not_to_contain_text("Une visite est prévue")
    chief.get_by_role("button", name="Approve and publish").click()
    expect(chief.locator("#status .chip")).to_have_text("Approved")

    reader = visit(java_script_enabled=False)
    reader.goto("/published/")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator(".publication .section")).to_have_text("Patrimoine")
    expect(reader.locator(".prose")).to_contain_text("La maire élue en 2020, Nolwenn Tréguier, a salué")
    expect(reader.locator(".prose")).not_to_contain_text("Une visite est prévue")
    expect(reader.get_by_role("list", name="Tags")).to_contain_text("Nolwenn Tréguier")


def test_what_is_uncertain_is_looked_into_and_proposals_are_answered(visit, bring) -> None:
    article = bring()
    article.blocks.update(confidence=0.99)
    article.blocks.filter(pk=block_with(article, "Les gardiens").pk).update(confidence=0.4)
    propose(article, "Une visite est prévue", "caption")
    propose(article, "Partager sur Facebook", "body")
    page = visit("ana", java_script_enabled=False)
    page.goto(f"/articles/{article.pk}/")
    gardiens = row(page, "Les gardiens")
    page.get_by_role("link", name="Next uncertain").click()
    expect(gardiens).to_be_in_viewport()
    gardiens.get_by_role("link", name="why?").click()
    expect(page.get_by_role("region", name="Why is block")).to_contain_text("unsure 40 %")
    page.get_by_role("button", name="That is right").click()
    expect(gardiens.locator(".decided")).to_be_visible()
    expect(page.locator("#uncertain")).to_have_text("Nothing uncertain")
    row(page, "Une visite est prévue").get_by_role("button", name="Dismiss").click()
    expect(row(page, "Une visite est prévue").locator(".offer")).to_have_count(0)
    page.locator("#proposals").get_by_role("button", name="Accept").click()
    expect(row(page, "Partager sur Facebook")).to_contain_class("kept")
    expect(page.locator("#proposals")).to_be_hidden()


def test_a_lost_race_shows_both_versions(visit, complaints, bring) -> None:
    article = bring()
    ana = visit("ana", java_script_enabled=False)
    bea = visit("bea", java_script_enabled=False)
    for page in (ana, bea):
        page.goto(f"/articles/{article.pk}/")
    row(ana, "Une visite est prévue").get_by_role("button", name="Drop").click()
    expect(row(ana, "Une visite est prévue")).to_contain_class("removed")
    complaints.allow(409)
    row(bea, "Une visite est prévue").get_by_role("button", name="Drop").click()
    expect(bea.get_by_role("alert")).to_contain_text("dropped by ana")
    bea.get_by_role("button", name="Use mine all the same").click()
    expect(bea.get_by_role("alert")).to_be_empty()
    expect(row(bea, "Une visite est prévue")).to_contain_class("removed")


def test_a_narrow_screen_stays_on_the_tab_where_it_was_decided(visit, bring) -> None:
    article = bring()
    page = visit("ana", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(f"/articles/{article.pk}/?tab=facts")
    page.locator("#tags button[value=confirm]").first.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+/\?tab=facts#tags$"))
    expect(page.locator("#tags")).to_be_visible()
    expect(page.locator("#tags")).to_be_in_viewport()
    page.get_by_role("link", name="Raw", exact=True).click()
    row(page, "Une visite est prévue").get_by_role("button", name="Drop").click()
    expect(page).to_have_url(re.compile(r"/articles/\d+/\?tab=raw#block-\d+$"))
    expect(row(page, "Une visite est prévue").locator(".raw")).to_be_visible()

"""The facts in hands: one key for all that stands, the picture of the chain, dates on a line, sources from the text."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Outlet, RememberedFact
from tests.browser.pages import PHARE, open_review, press, press_times, row
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import sideways

NARROW = {"width": 390, "height": 844}
LONG_NAME = "Agence interprofessionnelle de l’information maritime et portuaire de la façade atlantique et de la Manche"


@pytest.fixture
def phare(bring) -> Article:
    article = bring(url="https://fanal-armorique.example/phare")
    article.attribution.create(role="cited", name="וואלה חדשות", state="disputed")
    article.attribution.create(role="agency", name=LONG_NAME, state="inferred")
    article.attribution.create(role="republished_from", name="", state="unknown")
    return article


@pytest.fixture
def page(visit, phare: Article) -> Page:
    page = visit("ana")
    open_review(page, phare)
    return page


def test_v_confirms_all_that_stands_and_z_takes_it_back(page: Page, phare: Article) -> None:
    everything = page.locator("#confirm-all button")
    expect(everything).to_be_visible()
    page.keyboard.press("v")
    expect(everything).to_be_hidden()
    expect(page.locator("#field-title")).to_contain_text("ana decided")
    expect(page.locator("#history li").first).to_contain_text("at once")
    expect(page.locator(".link", has_text=LONG_NAME)).to_contain_text("inferred")
    page.keyboard.press("v")
    expect(page.locator("#message")).to_be_empty()
    page.keyboard.press("z")
    expect(everything).to_be_visible()
    expect(page.locator("#field-title")).to_contain_text("stated")


def test_the_chain_leads_from_the_origin_to_us_and_says_its_states(page: Page) -> None:
    chain = page.get_by_role("list", name="The chain, from its origin to us")
    nodes = chain.locator(".node")
    expect(nodes.first).to_contain_text("Cited source")
    expect(nodes.last).to_have_text("This desk")
    styles = {
        state: chain.locator(f".node.state-{state}").first.evaluate("node => getComputedStyle(node).borderTopStyle")
        for state in ("disputed", "inferred", "unknown")
    }
    assert styles == {"disputed": "double", "inferred": "dashed", "unknown": "dotted"}
    expect(chain.locator(".node.state-unknown")).to_contain_text("?")
    proven = chain.locator("a.node").last
    proven.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".shown-proof").first).to_be_in_viewport()


def test_each_mark_of_the_line_leads_to_its_words(page: Page, phare: Article) -> None:
    axis = page.locator("svg.axis")
    expect(axis.locator(".role-publication")).to_have_count(1)
    expect(axis.locator(".gap")).not_to_have_count(0)
    axis.locator("a[data-mark]").first.click()
    expect(page.locator(".shown-proof").first).to_be_in_viewport()
    line = axis.locator(".track").bounding_box()
    marks = [mark.bounding_box() for mark in axis.locator(".at .shape").all()]
    assert line
    assert all(mark and line["x"] - 6 <= mark["x"] and mark["x"] <= line["x"] + line["width"] for mark in marks)
    listed = page.locator(".dates .proof-link").first
    listed.click()
    expect(page.locator(".shown-proof").first).to_be_in_viewport()


def test_words_become_a_source_with_r_and_enter(page: Page, phare: Article) -> None:
    press(row(page, "Les gardiens"), "t")
    press_times(page, "ArrowRight", 12)
    expect(page.locator("#selection [data-words]")).to_have_text("musée")
    page.keyboard.press("r")
    expect(page.locator("#selection [data-role]")).to_be_focused()
    page.locator("#selection [data-role]").select_option("cited")
    page.keyboard.press("Enter")
    link = page.locator(".link", has_text="musée")
    expect(link).to_contain_text("Cited source")
    expect(link).to_contain_text("ana corrected")
    expect(page.locator("#selection")).to_be_hidden()
    assert phare.raw_text[phare.attribution.get(name="musée").start :].startswith("musée")


def test_an_outlet_is_added_from_the_chain_and_what_is_right_is_remembered(page: Page, phare: Article) -> None:
    publisher = phare.attribution.get(role="publisher")
    page.get_by_role("button", name=f"Add {publisher.name} to the outlets").click()
    link = page.locator(f"#link-{publisher.pk}")
    expect(link.get_by_role("link", name="known outlet")).to_be_visible()
    link.get_by_role("button", name="Confirm").click()
    link.get_by_role("button", name="Remember for this outlet").click()
    expect(link).to_contain_text("remembered for this outlet")
    expect(link.locator("details")).not_to_have_attribute("open", "")
    link.get_by_role("link", name="known outlet").click()
    expect(page.get_by_role("region", name="Remembered for its pages")).to_contain_text(publisher.name)
    assert RememberedFact.objects.get().value == publisher.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, {"width": 800, "height": 900}, {"width": 1440, "height": 900}], ids=str)
def test_facts_and_outlets_fit_and_can_be_read_by_all(visit, phare: Article, scheme: str, size: dict) -> None:
    page = visit("claire", viewport=size, color_scheme=scheme)
    outlet = Outlet.objects.first()
    found = []
    for url in (
        f"/articles/{phare.pk}/?tab=facts",
        "/outlets/",
        "/outlets/?q=introuvable",
        f"/outlets/{outlet.slug}/",
        f"/outlets/{outlet.slug}/merge/?other={Outlet.objects.last().slug}",
    ):
        page.goto(url)
        assert sideways(page) == [], url
        found += violations(page, url)
    assert not found, "\n".join(found)
    page.goto(f"/articles/{phare.pk}/?tab=facts")
    wide = page.locator("#attribution").bounding_box()
    for node in page.locator(".chain .node").all():
        box = node.bounding_box()
        assert wide
        assert box
        assert box["x"] + box["width"] <= wide["x"] + wide["width"] + 1


def test_all_of_it_without_javascript(visit, bring, phare: Article) -> None:
    undated = bring(PHARE.replace("Publié le 12 mars 2024 à 09h15 - ", "").replace("410 000", "400 000"), together=True)
    page = visit("claire", java_script_enabled=False)
    page.goto(f"/articles/{undated.pk}/")
    page.get_by_role("button", name=f"Take this date from article {phare.pk}").click()
    expect(page.locator("#field-published .value")).to_contain_text("12 March 2024")
    page.locator("#confirm-all").get_by_role("button").click()
    expect(page.locator("#field-title")).to_contain_text("claire decided")
    page.goto(f"/articles/{phare.pk}/")
    page.get_by_role("button", name=f"Add {LONG_NAME} to the outlets").click()
    outlet = Outlet.objects.get(name=LONG_NAME)
    page.goto(outlet.get_absolute_url())
    page.get_by_label("It is the same as").fill("AFP")
    page.get_by_role("button", name="See what would move…").click()
    page.get_by_role("button", name="They are the same: keep AFP").click()
    expect(page.get_by_role("heading", name="AFP", exact=False).first).to_be_visible()
    expect(page.get_by_text(LONG_NAME).first).to_be_visible()

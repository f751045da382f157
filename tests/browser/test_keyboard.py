"""Hands on the keyboard: everything on the review page has a key."""

import pytest
from playwright.sync_api import Page, expect

from articles.core.cleaning.kinds import KINDS
from tests.browser.pages import clean, open_review, press, press_times, row

MAIRE = "La maire,"
VISITE = "Une visite est prévue"


@pytest.fixture
def page(visit, bring) -> Page:
    page = visit("ana")
    open_review(page, bring())
    return page


def test_j_and_k_walk_the_blocks(page: Page) -> None:
    rows = page.locator(".row[data-pk]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    press_times(page, "j", rows.count() + 2)
    expect(rows.last).to_be_focused()
    expect(rows.last).to_be_in_viewport()


def test_a_run_is_decided_at_once_and_undone(page: Page) -> None:
    press(row(page, "Les gardiens"), "J", "J")
    expect(page.locator("#run")).to_be_visible()
    expect(page.locator("#run [data-count]")).to_have_text("3 blocks")
    page.keyboard.press("K")
    expect(page.locator("#run [data-count]")).to_have_text("2 blocks")
    page.keyboard.press("x")
    for words in ("Les gardiens", "Des oiseaux nichaient"):
        expect(row(page, words)).to_contain_class("removed")
    expect(row(page, VISITE)).to_contain_class("kept")
    expect(page.locator("#run")).to_be_hidden()
    expect(row(page, "Des oiseaux nichaient")).to_be_focused()
    page.keyboard.press("z")
    for words in ("Les gardiens", "Des oiseaux nichaient"):
        expect(row(page, words)).to_contain_class("kept")


def test_a_run_takes_a_kind(page: Page) -> None:
    press(row(page, "Les gardiens"), "J", "c", "q")
    for words in ("Les gardiens", "Des oiseaux nichaient"):
        expect(row(page, words)).to_contain_class("kind-quote")


def test_escape_lets_go_of_a_run(page: Page) -> None:
    press(row(page, "Les gardiens"), "J")
    expect(page.locator("#run")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#run")).to_be_hidden()
    expect(page.locator(".in-run")).to_have_count(0)


def test_the_sheet_of_keys(page: Page) -> None:
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("#history li")).to_have_count(1)


def test_the_focus_comes_back_to_the_block(page: Page) -> None:
    visite = row(page, VISITE)
    press(visite, "x")
    expect(visite).to_contain_class("removed")
    expect(visite).to_be_focused()
    page.keyboard.press("x")
    expect(visite).to_contain_class("kept")
    expect(visite).to_be_focused()
    visite.get_by_role("button", name="Drop").click()
    expect(visite).to_contain_class("removed")
    expect(visite).to_be_focused()
    page.keyboard.press("k")
    expect(row(page, "Des oiseaux nichaient")).to_be_focused()


def test_u_goes_to_what_is_unsure(page: Page) -> None:
    page.keyboard.press("u")
    unsure = page.locator(".row.unsure")
    expect(unsure).to_have_count(1)
    expect(unsure).to_be_focused()
    page.keyboard.press("x")
    expect(unsure).to_have_count(0)
    expect(page.locator(".row:focus .decided")).to_be_visible()


def test_m_joins_and_z_takes_it_back(page: Page) -> None:
    before = page.locator(".row[data-pk]").count()
    press(row(page, "Les gardiens"), "m")
    expect(page.locator(".row[data-pk]")).to_have_count(before - 1)
    joined = row(page, "Les gardiens")
    expect(clean(joined)).to_contain_text("Des oiseaux nichaient")
    expect(joined).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".row[data-pk]")).to_have_count(before)
    expect(clean(row(page, "Les gardiens"))).not_to_contain_text("Des oiseaux")


def test_e_opens_the_words_and_escape_leaves_them(page: Page) -> None:
    maire = row(page, MAIRE)
    press(maire, "e")
    words = page.locator("#editor textarea")
    expect(words).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("xjk")  # letters are letters here
    expect(words).to_have_value(words.input_value())
    expect(maire).to_contain_class("kept")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.keyboard.press("Escape")  # asks before it throws words away
    expect(words).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("Escape")
    expect(page.locator("#editor")).to_be_empty()
    expect(maire).to_be_focused()
    expect(clean(maire)).not_to_contain_text("xjk")
    press(maire, "e")
    expect(words).to_be_focused()
    words.fill(words.input_value().replace("a salué", "a loué"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(clean(maire)).to_contain_text("a loué")
    expect(maire).to_be_focused()


def test_every_kind_has_its_letter(page: Page) -> None:
    visite = row(page, VISITE)
    for kind in KINDS.values():
        press(visite, "c")
        expect(page.get_by_role("dialog", name="What is it?")).to_be_visible()
        page.keyboard.press(kind.key)
        expect(visite).to_contain_class(f"kind-{kind.name}")
        expect(visite).to_contain_class("kept" if kind.kept else "removed")
        expect(visite).to_be_focused()


def test_words_are_picked_and_let_go(page: Page) -> None:
    gardiens = row(page, "Les gardiens")
    words = page.locator("#selection [data-words]")
    press(gardiens, "t")
    expect(words).to_have_text("Les")
    press_times(page, "ArrowRight", 15)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator("#selection")).to_be_hidden()
    expect(gardiens).to_be_focused()
    page.keyboard.press("j")
    expect(row(page, "Des oiseaux nichaient")).to_be_focused()
    for key, type_ in {"p": "person", "o": "organisation", "l": "place", "e": "event"}.items():
        press(gardiens, "t")
        press_times(page, "ArrowRight", ["Les", "gardiens", "ont", "laissé", "un", "carnet"].index("carnet"))
        expect(words).to_have_text("carnet")
        page.keyboard.press(key)
        expect(clean(gardiens).locator(f"mark.tag-{type_}.tag-confirmed", has_text="carnet")).to_be_visible()
        expect(page.locator("#selection")).to_be_hidden()


def test_f_n_and_h_jump_beside(page: Page) -> None:
    for key, panel in {"f": "#facts", "n": "#notes", "h": "#history"}.items():
        press(row(page, MAIRE), key)
        expect(page.locator(f"{panel} :focus")).to_have_count(1)
        expect(page.locator(panel)).to_be_in_viewport()
    press(row(page, MAIRE), "n")
    page.keyboard.type("Appeler la mairie")
    expect(page.locator("#notes textarea")).to_have_value("Appeler la mairie")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()

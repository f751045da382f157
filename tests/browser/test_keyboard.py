"""Hands on the keyboard: everything on the review page has a key."""

import pytest
from playwright.sync_api import Page, expect

from articles.core.cleaning.kinds import KINDS
from articles.models import Article
from tests.browser.pages import clean, open_review, press, press_times, row
from tests.factories import block_with, propose

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


def doubt(page: Page, article: Article, *words: str) -> None:
    """Make the reader sure of everything but these blocks."""
    article.blocks.update(confidence=0.99)
    for some in words:
        article.blocks.filter(pk=block_with(article, some).pk).update(confidence=0.4)
    page.reload()


def test_u_goes_round_what_is_uncertain_and_y_says_that_it_is_right(page: Page, phare: Article) -> None:
    doubt(page, phare, "La maire,", "Une visite")
    maire, visite, counter = row(page, MAIRE), row(page, VISITE), page.locator("#uncertain")
    expect(counter).to_contain_text("2 uncertain")
    for expected in (maire, visite, maire):
        page.keyboard.press("u")
        expect(expected).to_be_focused()
    page.keyboard.press("y")
    expect(maire.locator(".decided")).to_be_visible()
    expect(maire).to_be_focused()
    expect(maire).to_contain_class("kept")
    expect(counter).to_contain_text("1 uncertain")
    counter.get_by_role("link", name="Next uncertain").click()
    expect(visite).to_be_focused()
    page.keyboard.press("x")
    expect(counter).to_contain_text("Nothing uncertain")
    page.keyboard.press("u")
    expect(visite).to_be_focused()
    page.keyboard.press("z")
    expect(counter).to_contain_text("1 uncertain")


def test_y_confirms_a_whole_run(page: Page, phare: Article) -> None:
    doubt(page, phare, "Les gardiens", "Des oiseaux")
    press(row(page, "Les gardiens"), "J", "y")
    expect(page.locator("#uncertain")).to_contain_text("Nothing uncertain")
    expect(page.locator("#run")).to_be_hidden()
    for words in ("Les gardiens", "Des oiseaux nichaient"):
        expect(row(page, words).locator(".decided")).to_be_visible()
        expect(row(page, words)).to_contain_class("kept")


def test_w_says_why_and_goes_away_again(page: Page, phare: Article) -> None:
    doubt(page, phare, "La maire,")
    maire, panel = row(page, MAIRE), page.get_by_role("region", name="Why is block")
    press(maire, "w")
    expect(panel).to_contain_text("unsure 40 %")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("w")
    expect(panel).to_be_hidden()
    expect(maire).to_be_focused()
    page.keyboard.press("w")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(maire).to_be_focused()
    page.keyboard.press("w")
    panel.get_by_role("button", name="That is right").click()
    expect(panel).to_be_hidden()
    expect(maire.locator(".decided")).to_be_visible()


def test_p_a_and_d_answer_what_is_proposed(page: Page, phare: Article) -> None:
    propose(phare, "Une visite est prévue", "caption")
    propose(phare, "Le samedi, les écoles", "quote")
    propose(phare, "Partager sur Facebook", "body")
    page.reload()
    visite, share, panel = row(page, VISITE), row(page, "Partager sur Facebook"), page.locator("#proposals")
    expect(panel).to_contain_text("Accept all 3")
    page.keyboard.press("p")
    expect(visite).to_be_focused()
    page.keyboard.press("p")
    expect(share).to_be_focused()
    page.keyboard.press("a")
    expect(share).to_contain_class("kept")
    expect(share.locator(".decided")).to_be_visible()
    expect(share).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.press("d")
    expect(visite.locator(".offer")).to_have_count(1)
    expect(visite).to_contain_class("kept")
    panel.get_by_role("button", name="Accept").click()
    expect(row(page, "Le samedi, les écoles")).to_contain_class("kind-quote")
    expect(panel).to_be_hidden()
    page.keyboard.press("z")
    expect(panel).to_be_visible()


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
        # After a tag the picking goes on where it was.
        if key == "p":
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

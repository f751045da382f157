"""Two editors tag an article blind, and a third settles where they differ: by mouse, by key, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.actions import blind
from articles.models import Article, BlindTag
from tests.browser.pages import drag_over
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import OFFSETS, sideways

SIZES = {"narrow": {"width": 390, "height": 844}, "wide": {"width": 1440, "height": 900}}


def words(page: Page, text: str):
    """The paragraph of the blind page in which these words stand."""
    return page.locator("#blind-text .row").filter(has_text=text)


def begin(page: Page, article: Article) -> None:
    page.goto(f"/articles/{article.pk}/blind/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="I am done")).to_be_visible()
    # Keys are heard once the page's modules have run.
    page.wait_for_load_state("load")


def tag_blind(article: Article, editor, said: dict[str, str]) -> None:
    blind.begin(article, by=editor)
    for text, type_ in said.items():
        blind.tag_words(article, text, type=type_, everywhere=True, by=editor)
    blind.finish(article, by=editor)


def test_two_tag_the_same_article_and_a_third_settles_it(visit, bring) -> None:
    article = bring()
    ana, bea, claire = visit("ana"), visit("bea"), visit("claire")

    # Ana, with the mouse: every mention of a name, and a place.
    begin(ana, article)
    expect(ana.locator("#blind-text mark")).to_have_count(0)
    drag_over(words(ana, "La maire,").locator(".words"), "Nolwenn Tréguier")
    ana.locator("#selection").get_by_role("button", name="Person").click()
    expect(ana.locator("#blind-tags")).to_contain_text("Nolwenn Tréguier 2 mentions")
    drag_over(words(ana, "Les gardiens").locator(".words"), "Brest")
    ana.locator("#selection").get_by_role("button", name="Place").click()
    expect(ana.locator("#blind-tags .tag-group")).to_have_count(2)
    ana.goto(f"/articles/{article.pk}/")
    expect(ana.locator("#tags")).to_contain_text("You are tagging this article blind")
    expect(ana.locator("mark.tag")).to_have_count(0)
    ana.get_by_role("link", name="Go on, finish or give up").click()
    ana.get_by_role("button", name="I am done").click()
    expect(ana.locator(".blind-steps")).to_contain_text("Once somebody else has finished")

    # Béa, with the keyboard: the first words of a paragraph, then words that she types.
    begin(bea, article)
    words(bea, "La maire,").focus()
    for key in ("t", "ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        bea.keyboard.press(key)
    expect(bea.locator("#selection [data-words]")).to_have_text("Nolwenn Tréguier")
    bea.keyboard.press("p")
    expect(bea.locator("#blind-tags")).to_contain_text("Nolwenn Tréguier")
    bea.get_by_text("Type words to tag").click()
    bea.get_by_label("Words, as they stand in the text").fill("musée de Brest")
    bea.get_by_role("combobox", name="Type").last.select_option("place")
    bea.get_by_role("button", name="Tag", exact=True).click()
    expect(bea.locator("#blind-tags")).to_contain_text("musée de Brest")
    bea.get_by_role("button", name="I am done").click()

    # Claire, by key: what they agree on, then the one difference.
    claire.goto("/agreement/")
    claire.get_by_role("link", name="2 to settle").click()
    expect(claire.locator("tr.all")).to_contain_text("0.67")
    claire.wait_for_load_state()  # a key is heard when the page's script runs
    claire.keyboard.press("a")
    expect(claire.get_by_role("button", name="they agree on")).to_have_count(0)
    expect(claire.locator(".difference.open")).to_have_count(1)
    claire.keyboard.press("j")
    claire.keyboard.press("b")
    expect(claire.locator("#settle .notice")).to_contain_text("Settled.")
    confirmed = article.mentions.filter(state="confirmed").order_by("start").values_list("surface", flat=True)
    assert list(confirmed) == ["Nolwenn Tréguier", "Nolwenn Tréguier", "musée de Brest", "Brest"]

    # What was settled is taken back from the history, and is open again.
    claire.goto(f"/articles/{article.pk}/")
    claire.keyboard.press("z")
    expect(claire.locator("#history li").first).to_contain_text("took back: settled")
    claire.goto(f"/articles/{article.pk}/agreement/")
    expect(claire.locator(".difference.open")).to_have_count(1)


def test_a_selection_means_its_words_behind_emoji_and_in_hebrew(visit, bring) -> None:
    article = bring(OFFSETS)
    page = visit("ana")
    begin(page, article)
    for line, name, button in (("Sur le quai", "Bastien Morvannec", "Person"), ("נכתב", "בעיר ברסט", "Place")):
        drag_over(words(page, line).locator(".words"), name)
        page.locator("#selection").get_by_role("button", name=button).click()
        expect(page.locator("#blind-tags")).to_contain_text(name)
    for row in BlindTag.objects.all():
        assert article.raw_text[row.start : row.end] == row.surface


def test_after_a_decision_the_next_that_is_open_has_the_focus(visit, bring, people) -> None:
    article = bring()
    tag_blind(article, people["ana"], {"Brest": "place", "Yuna Cadiou": "person"})
    tag_blind(article, people["bea"], {"Brest": "organisation"})
    page = visit("claire")
    page.goto(f"/articles/{article.pk}/agreement/")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.locator(".difference.open")).to_have_count(1)
    expect(page.locator(".difference.open")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("#settle .notice")).to_contain_text("Settled.")


def test_all_of_it_works_without_javascript(visit, bring, people) -> None:
    article = bring()
    tag_blind(article, people["bea"], {"Brest": "organisation"})
    page = visit("ana", java_script_enabled=False)
    begin(page, article)
    page.get_by_text("Type words to tag").click()
    page.get_by_label("Words, as they stand in the text").fill("Brest")
    page.get_by_role("combobox", name="Type").last.select_option("place")
    page.get_by_role("button", name="Tag", exact=True).click()
    expect(page.locator("#blind-tags")).to_contain_text("Brest")
    page.get_by_role("button", name="I am done").click()
    page.get_by_role("link", name="See where you agree").click()
    page.get_by_role("button", name=re.compile("As Bea: organisation")).click()
    expect(page.locator("#settle .notice")).to_contain_text("Settled.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_to_complain_about_and_nothing_sideways(visit, bring, people, scheme, size) -> None:
    fresh, at_it, done = bring(), bring(OFFSETS), bring(OFFSETS.replace("fête", "liesse"))
    blind.begin(at_it, by=people["ana"])
    blind.tag_words(at_it, "Bastien Morvannec", type="person", everywhere=True, by=people["ana"])
    tag_blind(done, people["ana"], {"Bastien Morvannec": "person", "Brest": "place", "Yuna Cadiou": "person"})
    tag_blind(done, people["bea"], {"Morvannec": "person", "Brest": "organisation", "Yuna Cadiou": "person"})
    page = visit("ana", color_scheme=scheme, viewport=SIZES[size])
    found = []
    for address in (
        f"/articles/{fresh.pk}/blind/",
        f"/articles/{at_it.pk}/blind/",
        f"/articles/{at_it.pk}/",
        f"/articles/{at_it.pk}/agreement/",
        f"/articles/{done.pk}/blind/",
        f"/articles/{done.pk}/agreement/",
        "/agreement/",
    ):
        page.goto(address)
        for summary in page.locator("main summary").all():
            if summary.is_visible() and not address.endswith(f"{at_it.pk}/"):
                summary.click()
        found += violations(page, address) + sideways(page)
    assert not found, "\n".join(found)

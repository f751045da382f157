"""Where things stand: no sideways scrolling, both sides of a block side by side, and selections that mean their words."""

import pytest
from playwright.sync_api import Page, expect

from articles.actions import workflow
from articles.models import Article, Mention
from tests.browser.pages import PHARE, clean, drag_over, open_review, press, press_times, row

NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}

OFFSETS = """Une nuit de fête au phare des Trois-Pierres
🗼🎉 Sur le quai, 👩‍🚒 Bastien Morvannec a coupé le ruban devant deux mille personnes venues de toute la côte.
Sur la stèle, les visiteurs lisent une ligne en hébreu que le sculpteur a gravée avant de repartir vers le nord.
נכתב בעיר ברסט בידי מרדכי בן יעקב, לזכר אבי מורי ולכבוד שומרי המגדלור
Le lendemain, l’ingénieur Bastien Morvanec est revenu voir la lentille avec Yuna Cadiou et ses élèves de Brest.
"""


def sideways(page: Page) -> list[str]:
    """What reaches over the right edge of the page, if the page can be scrolled sideways."""
    return page.evaluate(
        """() => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          return [`${root.scrollWidth} > ${root.clientWidth}`,
                  ...[...document.querySelectorAll("body *")]
                     .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
                     .slice(0, 8).map((e) => e.outerHTML.slice(0, 120))];
        }"""
    )


def steps(article: Article, people: dict, *names: str) -> None:
    for name in names:
        by = people["claire"] if name in {"approve", "retract"} else people["ana"]
        workflow.move(article, name, by=by, seen=article.version, reason="La mairie dément la date.")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_page_scrolls_sideways(visit, bring, people, complaints, size) -> None:
    reviewed, approved, retracted = bring(), bring(PHARE.replace("Trois", "Sept")), bring(PHARE.replace("Trois", "Six"))
    long = bring(
        "Titre" + "interminable" * 30 + "\n" + PHARE.replace("Trois", "Neuf") + "https://example.org/" + "a" * 300
    )
    steps(approved, people, "submit", "approve")
    steps(retracted, people, "submit", "approve", "retract")
    ready = bring(PHARE.replace("Trois", "Huit"))
    steps(ready, people, "submit")
    complaints.allow(404, 410)
    page = visit("claire", viewport=size)
    block = reviewed.blocks.filter(kept=True).first()
    published = approved.publications.get().slug
    tombstone = retracted.publications.get(tombstone=True).slug
    for address in (
        "/",
        "/?status=all",
        "/?q=introuvable",
        "/upload/",
        "/upload/bookmarklet/",
        "/api/",
        f"/upload/{reviewed.receipts.get().upload_id}/",
        *(f"/articles/{article.pk}/?tab={tab}" for article in (reviewed, long) for tab in ("raw", "clean", "facts")),
        f"/articles/{reviewed.pk}/blocks/{block.pk}/",
        f"/articles/{ready.pk}/steps/approve/",
        f"/articles/{ready.pk}/steps/reject/",
        "/published/",
        f"/published/{published}/",
        f"/published/{tombstone}/",
        "/nowhere/",
    ):
        page.goto(address)
        assert sideways(page) == [], address
    page.goto(f"/articles/{reviewed.pk}/")
    row(page, "La maire,").get_by_role("link", name="Correct…").click()
    expect(page.locator("#editor textarea")).to_be_visible()
    assert sideways(page) == [], "editor open"
    stranger = visit(viewport=size)
    stranger.goto("/login/")
    assert sideways(stranger) == [], "login"


def test_both_sides_of_a_block_start_at_the_same_height(visit, bring) -> None:
    page = visit("ana", viewport=WIDE)
    open_review(page, bring())
    tops = page.locator(".row").evaluate_all(
        """(rows) => rows.map((row) => [".raw", ".clean"].map(
             (side) => row.querySelector(`:scope > ${side}`).getBoundingClientRect().top))"""
    )
    assert len(tops) > 12
    assert [pair for pair in tops if abs(pair[0] - pair[1]) > 0.5] == []
    texts = page.locator(".row.kept[data-pk]").evaluate_all(
        """(rows) => rows.map((row) => [".raw", ".clean"].map(
             (side) => row.querySelector(`:scope > ${side} > .words`)?.getBoundingClientRect().top ?? null))"""
    )
    assert [pair for pair in texts if None not in pair and abs(pair[0] - pair[1]) > 2] == []


def test_tabs_switch_the_panes_on_a_narrow_screen(visit, bring) -> None:
    page = visit("ana", viewport=NARROW)
    open_review(page, bring())
    tabs = page.get_by_role("navigation", name="Panes")
    block = row(page, "Les gardiens")
    panes = {"Raw": block.locator(".raw"), "Clean": block.locator(".clean"), "Facts": page.locator("aside.facts")}
    for chosen in ("Raw", "Facts", "Clean"):
        tabs.get_by_role("link", name=chosen).click()
        expect(tabs.locator("[aria-current]")).to_contain_text(chosen)
        for name, pane in panes.items():
            expect(pane).to_be_visible(visible=name == chosen)


def test_a_proof_shows_its_words_in_the_raw_pane(visit, bring) -> None:
    article = bring()
    page = visit("ana", viewport=WIDE)
    open_review(page, article)
    shown = page.locator(".raw .shown-proof")
    rights = page.locator("#rights .rights")
    rights.locator(".proof-link").click()
    expect(shown).to_have_text("revente interdite")
    expect(shown).to_be_in_viewport()
    page.locator("#field-published .proof-link").click()
    expect(shown).to_have_text("12 mars 2024 à 09h15")
    expect(shown).to_be_in_viewport()
    page.locator("#tags .proof-link", has_text="Hervé Quéméneur").click()
    expect(shown).to_have_text("Hervé Quéméneur")
    expect(shown).to_be_in_viewport()

    narrow = visit("ana", viewport=NARROW)
    open_review(narrow, article)
    narrow.get_by_role("navigation", name="Panes").get_by_role("link", name="Facts").click()
    narrow.locator("#field-published .proof-link").click()
    expect(narrow.locator(".raw .shown-proof")).to_have_text("12 mars 2024 à 09h15")
    expect(narrow.locator(".raw .shown-proof")).to_be_in_viewport()


def tagged(article: Article, words: str) -> list[tuple[str, str]]:
    """(words in raw, type) of the confirmed tags with this surface."""
    rows = Mention.objects.filter(article=article, surface=words, state="confirmed")
    return [(article.raw_text[mention.start : mention.end], mention.type) for mention in rows]


def only_here(page: Page) -> None:
    page.locator("#selection").get_by_label("every mention").uncheck()


def test_a_tag_lands_on_its_words_behind_emoji(visit, bring) -> None:
    article = bring(OFFSETS)
    page = visit("ana")
    open_review(page, article)
    block = row(page, "Sur le quai")
    drag_over(clean(block), "Bastien Morvannec")
    only_here(page)
    page.locator("#selection").get_by_role("button", name="Person").click()
    expect(clean(block).locator("mark.tag-confirmed")).to_contain_text("Bastien Morvannec")
    assert tagged(article, "Bastien Morvannec") == [("Bastien Morvannec", "person")]
    drag_over(block.locator(".raw > .words"), "quai")
    only_here(page)
    page.locator("#selection").get_by_role("button", name="Place").click()
    expect(clean(block).locator("mark.tag-place.tag-confirmed")).to_contain_text("quai")
    assert tagged(article, "quai") == [("quai", "place")]


def test_a_tag_lands_on_its_words_in_a_hebrew_line(visit, bring) -> None:
    article = bring(OFFSETS)
    page = visit("ana")
    open_review(page, article)
    block = row(page, "נכתב")
    if "removed" in (block.get_attribute("class") or ""):
        press(block, "x")
        expect(block).to_contain_class("kept")
    press(block, "t")
    words = page.locator("#selection [data-words]")
    expect(words).to_have_text("נכתב")
    press_times(page, "ArrowLeft", 4)  # forward, where a line runs from right to left
    expect(words).to_have_text("מרדכי")
    press_times(page, "Shift+ArrowLeft", 2)
    expect(words).to_have_text("מרדכי בן יעקב")
    only_here(page)
    page.locator("#selection").get_by_role("button", name="Person").click()
    expect(clean(block).locator("mark.tag-person.tag-confirmed")).to_contain_text("מרדכי בן יעקב")
    assert tagged(article, "מרדכי בן יעקב") == [("מרדכי בן יעקב", "person")]


def test_a_tag_lands_on_its_words_in_and_behind_a_correction(visit, bring) -> None:
    article = bring(OFFSETS)
    page = visit("ana")
    open_review(page, article)
    block = row(page, "Le lendemain")
    press(block, "e")
    words = page.locator("#editor textarea")
    expect(words).to_be_focused()
    words.fill(words.input_value().replace("Morvanec est revenu", "Morvannec est déjà revenu"))
    page.get_by_role("button", name="Save the words").click()
    expect(clean(block)).to_contain_text("Bastien Morvannec est déjà revenu")

    drag_over(clean(block), "Yuna Cadiou")
    only_here(page)
    page.locator("#selection").get_by_role("button", name="Person").click()
    expect(clean(block).locator("mark.tag-confirmed", has_text="Yuna Cadiou")).to_be_visible()
    assert tagged(article, "Yuna Cadiou") == [("Yuna Cadiou", "person")]

    drag_over(clean(block), "Bastien Morvannec")
    only_here(page)
    page.locator("#selection").get_by_role("button", name="Person").click()
    marks = clean(block).locator("mark.tag-person.tag-confirmed")
    expect(marks.first).to_contain_text("Bastien")
    expect(marks).to_have_count(3)
    assert "".join(marks.all_text_contents()) == "Bastien MorvannecYuna Cadiou"
    mentions = Mention.objects.filter(article=article, state="confirmed").order_by("start")
    assert [article.raw_text[mention.start : mention.end] for mention in mentions] == [
        "Bastien Morvanec",
        "Yuna Cadiou",
    ]

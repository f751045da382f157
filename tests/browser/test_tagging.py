# ruff: noqa: E501  lines of a page are as long as they come
"""Tags by mouse, finger and keyboard, and as a screen reader hears them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from articles.actions import blocks, tags
from articles.core.edits import Span
from articles.models import Article, Mention
from articles.models.texts import clean_of
from tests.browser.pages import clean, open_review, place_of, press, press_times, row
from tests.factories import block_with

WORDS = """Société
L’Université de Kerlouan ouvre un site à Saint-Malo
Publié le 14 mars 2024 à 09h30
KERLOUAN - L’Université de Kerlouan a ouvert lundi un site à Saint-Malo, a annoncé Nolwenn Tréguier devant les élus réunis ce matin.
👩‍👩‍👧‍👦 Les familles 👋🏽 sont venues de la côte d’Azur avec Yuna Cadiou et Jose\u0301 Morel, qui vivent à Kerlouan depuis longtemps déjà.
כתבנו מרדכי בן יעקב דיווח מירושלים, כי דובר צה״ל הודיע אתמול על פתיחת המכללה החדשה בעיר.
قال الرئيس أمس في باريس، إن الجامعة سوف تفتح أبوابها أمام جميع الطلاب الجدد في المدينة.
Nolwenn Tréguier a promis de revenir à Kerlouan avec des réponses, selon un communiqué de la mairie publié mardi soir.
Partager sur Facebook
"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def article(bring) -> Article:
    made = bring(WORDS)
    made.mentions.all().delete()
    return made


@pytest.fixture
def page(visit, article: Article) -> Page:
    page = visit("ana")
    open_review(page, article)
    return page


def tagged(article: Article) -> list[tuple[str, str, str]]:
    rows = Mention.objects.filter(article=article).order_by("start", "-end")
    return [(row.surface, row.type, row.state) for row in rows]


def put(article: Article, person, *said: tuple[str, str]) -> None:
    for words, type_ in said:
        article.refresh_from_db()
        tags.tag_words(article, words, type=type_, everywhere=True, by=person, seen=article.version)


def select(words: Locator, wanted: str) -> None:
    """Select as a phone does: the selection comes without a pointer."""
    words.evaluate(
        """(root, wanted) => {
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          const nodes = [];
          let length = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            nodes.push({ node, start: length, end: length += node.data.length });
          }
          const at = nodes.map(({ node }) => node.data).join("").indexOf(wanted);
          const point = (offset, last) => {
            const { node, start } = nodes.find((n) => (last ? offset <= n.end : offset < n.end));
            return [node, offset - start];
          };
          window.getSelection().setBaseAndExtent(...point(at, false), ...point(at + wanted.length, true));
        }""",
        wanted,
    )


def previewed(page: Page) -> int:
    """How many places are shown as what would be tagged."""
    return page.evaluate("CSS.highlights.get('preview')?.size ?? 0")


def test_half_a_word_by_mouse_snaps_and_shows_all_mentions_before(page: Page, article: Article) -> None:
    block = row(page, "KERLOUAN -")
    where = place_of(clean(block), "niversité de Kerl")
    page.mouse.move(where["left"] + 0.5, where["top"])
    page.mouse.down()
    page.mouse.move(where["right"] - 0.5, where["bottom"], steps=4)
    page.mouse.up()
    bar = page.locator("#selection")
    expect(bar.locator("#preview")).to_contain_text("Université de Kerlouan 2 mentions")
    assert previewed(page) == 2
    assert tagged(article) == []
    bar.get_by_label("every mention").uncheck()
    assert previewed(page) == 1
    bar.get_by_label("every mention").check()
    bar.get_by_role("button", name="Organisation").click()
    expect(page.locator(".clean mark.tag-organisation")).to_have_count(2)
    assert previewed(page) == 0
    assert set(tagged(article)) == {("Université de Kerlouan", "organisation", "confirmed")}
    page.keyboard.press("z")
    expect(page.locator("mark.tag")).to_have_count(0)
    assert tagged(article) == []


def test_two_and_three_clicks_select_what_they_show(page: Page, article: Article) -> None:
    block = row(page, "KERLOUAN -")
    where = place_of(clean(block), "Malo")
    page.mouse.dblclick(where["left"] + 5, where["top"])
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Saint-Malo 2 mentions")
    page.keyboard.press("Escape")
    page.mouse.click(where["left"] + 5, where["top"], click_count=3)
    expect(preview).to_contain_text("KERLOUAN - L’Université de Kerlouan a ouvert")


@pytest.mark.parametrize(
    ("line", "selected", "surface"),
    [
        ("Les familles", "Cad", "Cadiou"),
        ("Les familles", "Jos", "Jose\u0301"),
        ("Les familles", "e\u0301 Mor", "Jose\u0301 Morel"),
        ("Les familles", "côte d’Az", "côte d’Azur"),
        ("Les familles", "👋🏽 sont ven", "sont venues"),
        ("כתבנו", "רדכי בן יעק", "מרדכי בן יעקב"),
        ("כתבנו", "צה", "צה״ל"),
        ("قال", "باري", "باريس"),
    ],
)
def test_words_of_any_script_are_tagged_where_they_stand(
    page: Page, article: Article, line: str, selected: str, surface: str
) -> None:
    select(clean(row(page, line)), selected)
    expect(page.locator("#preview [data-words]")).to_have_text(surface)
    page.locator("#selection").get_by_role("button", name="Event").click()
    expect(clean(row(page, line)).locator("mark.tag-event")).to_have_text(surface)
    (made,) = Mention.objects.filter(article=article)
    assert article.raw_text[made.start : made.end] == made.surface == surface


def test_arabic_words_are_picked_by_keyboard_from_right_to_left(page: Page, article: Article) -> None:
    press(row(page, "قال"), "t")
    words = page.locator("#selection [data-words]")
    expect(words).to_have_text("قال")
    press_times(page, "ArrowLeft", 4)
    expect(words).to_have_text("باريس")
    page.keyboard.press("l")
    expect(page.locator(".clean mark.tag-place")).to_have_text("باريس")
    assert tagged(article) == [("باريس", "place", "confirmed")]


def test_a_finger_tags_and_what_it_selected_outlives_the_tap(visit, article: Article) -> None:
    page = visit("ana", **PHONE)
    open_review(page, article)
    block = clean(row(page, "Nolwenn Tréguier a promis"))
    block.scroll_into_view_if_needed()
    select(block, "Kerlouan")
    bar = page.locator("#selection")
    expect(bar.locator("#preview")).to_contain_text("Kerlouan 4 mentions")
    words, box = place_of(block, "Kerlouan"), bar.bounding_box()
    assert not box["y"] - 4 < words["top"] < box["y"] + box["height"] + 4, "the bar does not lie upon the words"
    for button in bar.locator("button:visible").all():
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 44, button.inner_text()
    bar.get_by_role("button", name="Place").tap()
    expect(page.locator(".clean mark.tag-place")).to_have_count(4)
    expect(bar).to_be_hidden()
    assert {surface for surface, _, _ in tagged(article)} == {"Kerlouan"}


def test_a_selection_that_the_browser_drops_at_a_tap_is_still_tagged(visit, article: Article) -> None:
    page = visit("ana", **PHONE)
    open_review(page, article)
    select(clean(row(page, "Les familles")), "Yuna Cadiou")
    button = page.locator("#selection").get_by_role("button", name="Person")
    expect(button).to_be_visible()
    button.dispatch_event("pointerdown")
    page.evaluate("window.getSelection().removeAllRanges()")
    page.wait_for_function("document.getSelection().isCollapsed")
    expect(button).to_be_visible()
    button.dispatch_event("click")
    expect(page.locator(".clean mark.tag-person")).to_contain_text("Yuna Cadiou")


def test_tags_are_walked_confirmed_and_rejected_by_keyboard(page: Page, article: Article, people) -> None:
    put(
        article,
        people["ana"],
        ("Université de Kerlouan", "organisation"),
        ("Kerlouan", "place"),
        ("Nolwenn Tréguier", "person"),
    )
    Mention.objects.filter(article=article, type__in=("place", "person")).update(state="suggested", score=0.6)
    page.reload()
    said = page.locator("#tag-said")
    press(row(page, "KERLOUAN -"), "b")
    expect(said).to_contain_text("Université de Kerlouan organisation, confirmed")
    page.keyboard.press("b")
    expect(said).to_contain_text("Kerlouan place, suggested, unsure 60 %")
    page.keyboard.press("B")
    expect(said).to_contain_text("Université de Kerlouan")
    press_times(page, "b", 2)
    expect(said).to_contain_text("Nolwenn Tréguier person, suggested")
    page.keyboard.press("y")
    expect(said).to_contain_text("Nolwenn Tréguier person, confirmed")
    expect(row(page, "KERLOUAN -")).to_contain_class("kept")
    page.keyboard.press("B")
    page.keyboard.press("x")
    expect(page.locator("mark.tag-place")).to_have_count(0)
    expect(page.locator("mark.tag:focus")).to_have_count(1)
    expect(row(page, "KERLOUAN -")).to_contain_class("kept")
    page.keyboard.press("z")
    expect(page.locator(".clean mark.tag-place")).to_have_count(4)
    expect(page.locator("mark.tag:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#tags .tag-group:focus")).to_have_count(1)
    press(row(page, "KERLOUAN -"), "x")
    expect(row(page, "KERLOUAN -")).to_contain_class("removed")
    expect(row(page, "KERLOUAN -")).to_be_focused()


def test_escape_leaves_the_tags_and_blocks_have_their_keys_again(page: Page, article: Article, people) -> None:
    put(article, people["ana"], ("Nolwenn Tréguier", "person"))
    page.reload()
    block = row(page, "KERLOUAN -")
    press(block, "b")
    expect(page.locator(".clean mark.tag").first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#preview")).to_contain_text("Nolwenn Tréguier 2 mentions; tagged as person")
    page.keyboard.press("Escape")
    expect(page.locator("#tag-said")).to_be_hidden()
    expect(block).to_be_focused()
    page.keyboard.press("j")
    expect(row(page, "Les familles")).to_be_focused()


def test_a_screen_reader_hears_the_tags_and_nothing_of_it_is_copied(page: Page, article: Article, people) -> None:
    put(article, people["ana"], ("Université de Kerlouan", "organisation"), ("Kerlouan", "place"))
    Mention.objects.filter(article=article, type="place").update(state="suggested", score=0.9)
    page.reload()
    block = row(page, "KERLOUAN -")
    heard = clean(block).aria_snapshot()
    assert "mark: Université de" in heard
    inner, outer = "“Kerlouan”: place, suggested, 90 % sure", "“Université de Kerlouan”: organisation, confirmed"
    assert f"mark: Kerlouan ({inner}; {outer})" in heard.replace("\\", "").replace('"', "")
    assert "confirmed" not in clean(block).inner_text()
    copied = page.evaluate(
        "(root) => { getSelection().selectAllChildren(root); return getSelection().toString(); }",
        clean(block).element_handle(),
    )
    assert copied.strip().startswith("KERLOUAN - L’Université de Kerlouan a ouvert")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tags_preview_and_tray_pass_the_checks(visit, article: Article, people, scheme: str) -> None:
    put(
        article,
        people["ana"],
        ("Université de Kerlouan", "organisation"),
        ("Kerlouan", "place"),
        ("Nolwenn Tréguier", "person"),
    )
    Mention.objects.filter(article=article, type="person").update(state="suggested", score=0.4)
    article.refresh_from_db()
    blocks.flip_block(
        article, block_with(article, "Nolwenn Tréguier a promis").pk, by=people["ana"], seen=article.version
    )
    page = visit("ana", color_scheme=scheme)
    open_review(page, article)
    page.locator("aside.facts details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    press(row(page, "KERLOUAN -"), "b")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    select(clean(row(page, "KERLOUAN -")), "Saint-Malo")
    expect(page.locator("#preview")).to_contain_text("2 mentions")
    found += Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    page.goto(f"/articles/{article.pk}/tags/preview/?words=Kerlouan")
    found += Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert not found, [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


def test_a_tag_of_the_tray_is_put_on_selected_words(page: Page, article: Article, people) -> None:
    put(article, people["ana"], ("Yuna Cadiou", "person"))
    article.refresh_from_db()
    line = block_with(article, "Les familles")
    words = clean_of(article, [line], article.edits.all()).text.replace("avec Yuna Cadiou et", "avec")
    blocks.correct_text(article, line.pk, words=words, by=people["ana"], seen=article.version)
    page.reload()
    tray = page.locator("#tags .tray")
    expect(tray).to_contain_text("Yuna Cadiou")
    expect(tray).to_contain_text("a correction took its words out")
    select(clean(row(page, "KERLOUAN -")), "Nolwenn Trég")
    page.locator("#preview").get_by_role("button", name="Put “Yuna Cadiou” here").click()
    expect(tray).to_have_count(0)
    assert tagged(article) == [("Nolwenn Tréguier", "person", "confirmed")]
    page.keyboard.press("z")
    expect(tray).to_contain_text("Yuna Cadiou")


def test_typed_words_are_previewed_and_the_surest_are_confirmed_at_once(page: Page, article: Article) -> None:
    for words, score in (("Nolwenn Tréguier", 0.97), ("Saint-Malo", 0.7)):
        at = article.raw_text.index(words)
        span = Span(start=at, end=at + len(words))
        Mention.objects.create(
            article=article, start=span.start, end=span.end, surface=words, type="person", score=score, origin="model"
        )
    page.reload()
    panel = page.locator("#tags")
    panel.get_by_text("Add a tag").click()
    panel.get_by_label("Words, as they stand").press_sequentially("Kerlou")
    expect(panel.locator("#typed-preview")).to_contain_text("does not stand in")
    panel.get_by_label("Words, as they stand").press_sequentially("an")
    expect(panel.locator("#typed-preview")).to_contain_text("4 mentions")
    expect(panel.locator("option:checked").first).to_have_text("at least 90 % (1 mention)")
    panel.get_by_role("button", name="Confirm all", exact=True).click()
    expect(panel.locator(".state", has_text="confirmed")).to_have_count(1)
    assert tagged(article) == [("Saint-Malo", "person", "suggested"), ("Nolwenn Tréguier", "person", "confirmed")]
    panel.get_by_role("button", name="As in the text").click()
    expect(panel.get_by_role("button", name="As in the text")).to_have_attribute("aria-pressed", "true")
    expect(panel.locator(".tag-group bdi").first).to_have_text("Saint-Malo")

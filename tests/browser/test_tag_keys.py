"""Tags decided by key: how many of them, one alone, a different one; and what is shown while words are picked."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.actions import blind
from articles.models import Article, BlindTag, Entity, Mention
from tests.browser.pages import clean, open_review, place_of, press, press_times, row
from tests.browser.test_tagging import put, select, tagged
from tests.factories import EntityFactory

WORDS = """Kerlouan
Le Kerlouan-Trégarvan roule de nouveau chaque nuit
Publié le 14 mars 2024 à 09h30
KERLOUAN - Le train de Kerlouan a repris lundi, a annoncé Nolwenn Tréguier devant les élus réunis ce matin.
Les familles sont venues de Kerlouan avec Yuna Cadiou, qui lit Trégarvan-Matin depuis longtemps déjà dans le train.
Nolwenn Tréguier a promis de revenir à Kerlouan avec des réponses, selon un communiqué de la mairie publié mardi.
Partager sur Facebook
"""


@pytest.fixture
def article(bring) -> Article:
    for name in ("Kerlouan", "Trégarvan"):
        EntityFactory(name=name, type="place")
    made = bring(WORDS)
    made.mentions.all().delete()
    return made


@pytest.fixture
def page(visit, article: Article, people) -> Page:
    put(article, people["ana"], ("Nolwenn Tréguier", "person"))
    Mention.objects.filter(article=article).update(state="suggested", decided_by=None, origin="model")
    for mention, score in zip(Mention.objects.filter(article=article), (0.99, 0.55), strict=True):
        Mention.objects.filter(pk=mention.pk).update(score=score)
    page = visit("ana")
    open_review(page, article)
    return page


def states(article: Article) -> list[str]:
    return [state for _, _, state in tagged(article)]


def test_the_bar_and_the_history_say_how_many_a_key_decides(page: Page, article: Article) -> None:
    said, history = page.locator("#tag-said"), page.locator("#history li")
    expect(page.locator("#tags .tag-group .state").first).to_have_text("suggested, 55–99 %")
    page.keyboard.press("b")
    expect(said).to_contain_text("suggested, certain 99 %")
    expect(said).to_contain_text("y right x not all 2 mentions")
    expect(said).to_contain_text("Y X this one alone")
    page.keyboard.press("b")
    expect(said).to_contain_text("suggested, unsure 55 %")
    page.keyboard.press("y")
    expect(said).to_contain_text("confirmed the tag “Nolwenn Tréguier”, 2 mentions.")
    expect(history.first).to_contain_text("confirmed the tag “Nolwenn Tréguier”, 2 mentions")
    assert states(article) == ["confirmed", "confirmed"]


def test_with_shift_this_mention_alone_is_decided(page: Page, article: Article) -> None:
    said = page.locator("#tag-said")
    press_times(page, "b", 2)
    expect(said).to_contain_text("unsure 55 %")
    page.keyboard.press("Shift+X")
    expect(said).to_contain_text("rejected the tag “Nolwenn Tréguier”.")
    assert states(article) == ["suggested", "rejected"]
    expect(said).to_contain_text("certain 99 %")
    page.keyboard.press("Shift+Y")
    expect(said).to_contain_text("confirmed the tag “Nolwenn Tréguier”.")
    assert states(article) == ["confirmed", "rejected"]


def test_each_mention_is_confirmed_or_rejected_in_the_panel(page: Page, article: Article) -> None:
    page.locator("#tags .tag-group summary", has_text="Change").first.click()
    page.get_by_role("button", name=re.compile("^Here ?: Nolwenn Tréguier, mention 2")).click()
    expect(page.locator("#history li").first).to_contain_text("confirmed the tag “Nolwenn Tréguier”")
    assert states(article) == ["suggested", "confirmed"]


def test_a_different_one_is_said_on_the_tag_in_the_text(visit, article: Article, people) -> None:
    known = EntityFactory(name="Nolwenn Tréguier", type="person", description="sculptor")
    put(article, people["ana"], ("Nolwenn Tréguier", "person"), ("Yuna Cadiou", "person"))
    page = visit("ana")
    open_review(page, article)
    page.keyboard.press("b")
    expect(page.locator("#tag-said")).to_contain_text("d a different one")
    page.keyboard.press("d")
    expect(page.locator("#history li").first).to_contain_text("linked “Nolwenn Tréguier”")
    expect(page.locator("mark.tag:focus")).to_have_text("Nolwenn Tréguier")
    other = Entity.objects.filter(name="Nolwenn Tréguier").exclude(pk=known.pk).get()
    assert known.distinct_from.get() == other
    entries = page.locator("#history li").count()
    page.keyboard.press("b")
    expect(page.locator("#tag-said")).to_contain_text("Yuna Cadiou")
    page.keyboard.press("d")
    expect(page.locator("#tag-said")).to_contain_text("Nobody else in the registry bears that name.")
    expect(page.locator("#history li")).to_have_count(entries)


def test_one_ring_stands_where_the_focus_is(page: Page) -> None:
    page.keyboard.press("b")
    expect(page.locator("mark.at-tag")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#tags .tag-group:focus")).to_have_count(1)
    expect(page.locator("mark.at-tag")).to_have_count(0)
    expect(page.locator("mark.at-line")).to_have_count(1)
    expect(page.locator("#tag-said")).not_to_contain_text("Enter its line", use_inner_text=True)
    page.keyboard.press("b")
    expect(page.locator("mark.at-tag:focus")).to_have_count(1)
    expect(page.locator("mark.at-line")).to_have_count(0)


def test_picking_goes_on_where_the_editor_was(page: Page, article: Article) -> None:
    block, words = row(page, "Les familles"), page.locator("#selection [data-words]")
    press(block, "t")
    expect(words).to_have_text("Les")
    press_times(page, "ArrowRight", 5)
    expect(words).to_have_text("Kerlouan")
    page.keyboard.press("l")
    expect(page.locator(".clean mark.tag-place").first).to_be_visible()
    press(block, "t")
    expect(words).to_have_text("Kerlouan")
    press(row(page, "Nolwenn Tréguier a promis"), "Escape", "t")
    expect(words).to_have_text("Nolwenn")
    press(block, "Escape", "t")
    expect(words).to_have_text("Les")


def test_of_two_names_with_a_hyphen_one_is_tagged_and_of_one_name_its_part_when_asked(
    page: Page, article: Article
) -> None:
    preview = page.locator("#preview")
    select(clean(row(page, "roule de nouveau")).first, "Trégarvan")
    expect(preview).to_contain_text("Trégarvan 1 mention")
    expect(preview.locator("[data-part]")).to_have_count(0)
    page.keyboard.press("Escape")
    select(clean(row(page, "Les familles")), "Matin")
    expect(preview).to_contain_text("Trégarvan-Matin 1 mention")
    expect(preview.locator("[data-part]")).to_have_text("only “Matin”")
    page.keyboard.press("-")
    expect(preview).to_contain_text("Matin 1 mention the whole word -")
    page.keyboard.press("-")
    expect(preview).to_contain_text("Trégarvan-Matin 1 mention")
    preview.locator("[data-part]").click()
    expect(preview.locator("[data-words]")).to_have_text("Matin")
    page.keyboard.press("o")
    expect(clean(row(page, "Les familles")).locator("mark.tag-organisation")).to_have_text("Matin")
    assert ("Matin", "organisation", "confirmed") in tagged(article)


def test_who_tags_blind_sees_before_what_is_tagged(visit, article: Article, people) -> None:
    blind.begin(article, by=people["ana"])
    page = visit("ana")
    page.goto(f"/articles/{article.pk}/blind/")
    title = page.locator("#blind-text .row .words", has_text="roule de nouveau").first
    for type_, key in (("organisation", "o"), ("event", "e")):
        select(title, "égarv")
        expect(page.locator("#preview")).to_contain_text("Trégarvan 1 mention")
        if type_ == "event":
            expect(page.locator("#preview")).to_contain_text("tagged as organisation, another type takes its place")
        page.keyboard.press(key)
        expect(title.locator(f"mark.tag-{type_}")).to_have_text("Trégarvan")
    expect(page.locator("#message")).to_contain_text("“Trégarvan” is tagged as event now, instead of organisation.")
    assert [(tag.surface, tag.type) for tag in BlindTag.objects.all()] == [("Trégarvan", "event")]


@pytest.mark.parametrize("size", [(1440, 500), (390, 600)])
def test_the_bar_keeps_off_the_words_and_off_what_heads_the_page(
    visit, article: Article, size: tuple[int, int]
) -> None:
    page = visit("ana", viewport={"width": size[0], "height": size[1]})
    open_review(page, article)
    block = clean(row(page, "Nolwenn Tréguier a promis"))
    block.evaluate("(words) => words.scrollIntoView({ block: 'end' })")
    select(block, "Kerlouan")
    expect(page.locator("#preview")).to_contain_text("mention")
    box, words = page.locator("#selection").bounding_box(), place_of(block, "Kerlouan")
    assert not box["y"] < words["top"] < box["y"] + box["height"]
    assert box["width"] <= 46 * 16
    for name in ("#status .buttons", ".top"):
        head = page.locator(name).bounding_box()
        assert head["y"] + head["height"] <= box["y"] or box["y"] + box["height"] <= head["y"], name


def test_the_sheet_of_keys_opens_at_its_top(visit, article: Article) -> None:
    page = visit("ana", viewport={"width": 1440, "height": 900})
    open_review(page, article)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet.get_by_role("heading", name="Keys")).to_be_focused()
    expect(sheet.get_by_role("heading", name="Keys")).to_be_in_viewport()
    assert sheet.get_by_role("heading", level=3).all_inner_texts() == [
        "Blocks",
        "Words you pick",
        "Tags in the text",
        "The article",
    ]

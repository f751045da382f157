"""The whole job, as editors do it every day: from a file to the feed, and back out of it."""

import re

import feedparser
from playwright.sync_api import Page, expect

from tests.browser.pages import PHARE, clean, drag_over, press, press_times, row
from tests.factories import PASSWORD

TITLE = "À Kerlouan-sur-Mer, le phare des Trois-Pierres rallumé après onze ans de nuit"


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()


def feed(page: Page) -> feedparser.FeedParserDict:
    answer = page.request.get("/feeds/rss.xml")
    assert answer.status == 200
    found = feedparser.parse(answer.body())
    assert not found.bozo, found.bozo_exception
    return found


def upload(page: Page) -> None:
    page.get_by_role("link", name="Upload", exact=True).click()
    page.wait_for_url("**/upload/")  # and its script
    page.get_by_label("Or choose files").set_input_files(
        {"name": "phare.txt", "mimeType": "text/plain", "buffer": PHARE.encode()}
    )
    expect(page.locator(".chosen li")).to_contain_text("phare.txt, ")
    page.get_by_role("button", name="Bring it in").click()
    receipt = page.locator(".receipt")
    expect(receipt).to_have_count(1)
    expect(receipt.locator(".chip")).to_have_text("created")
    receipt.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("#status .claim")).to_contain_text("You have it until")
    expect(page.locator("html")).to_have_class("js")


def fix_blocks(page: Page) -> None:
    visite = row(page, "Une visite est prévue")
    visite.get_by_role("button", name="Drop").click()
    expect(visite).to_contain_class("removed")
    expect(visite.locator("details.ghost summary")).to_contain_text("dropped by ana")
    press(visite, "x")
    expect(visite).to_contain_class("kept")

    press(visite, "c")
    expect(page.locator("#kinds")).to_be_visible()
    page.keyboard.press("q")
    expect(visite).to_contain_class("kind-quote")
    expect(page.locator("#kinds")).to_be_hidden()
    press(visite, "c", "b")
    expect(visite).to_contain_class("kind-body")

    related = row(page, "Un cachalot échoué")
    expect(related).to_contain_class("removed")
    expect(related.locator("summary")).to_contain_text("date glued to headline, 5 of 6 lines")


def fix_outlet(page: Page) -> None:
    publisher = page.locator("#attribution .link").filter(has_text="Publisher").first
    publisher.locator("summary").click()
    publisher.get_by_label("Name").fill("Le Fanal d’Armorique")
    publisher.get_by_role("button", name="Save").click()
    expect(page.locator("#attribution .link").first).to_contain_text("ana corrected")
    expect(page.locator("#status .meta")).to_contain_text("Le Fanal d’Armorique")


def correct_words(page: Page) -> None:
    maire = row(page, "La maire,")
    tag = clean(maire).locator("mark.tag-person").first
    expect(tag).to_have_text("Nolwenn Tréguier")
    maire.get_by_role("link", name="Correct…").click()
    words = page.locator("#editor textarea")
    expect(words).to_be_focused()
    words.fill(words.input_value().replace("La maire, Nolwenn", "La maire élue en 2020, Nolwenn"))
    page.get_by_role("button", name="Save the words").click()
    expect(clean(maire)).to_contain_text("La maire élue en 2020, Nolwenn Tréguier, a salué")
    expect(maire).to_contain_text("1 correction")
    expect(clean(maire).locator("mark.tag-person").first).to_have_text("Nolwenn Tréguier")
    expect(maire.locator(".raw")).to_contain_text("La maire, Nolwenn Tréguier")
    expect(page.locator("#editor")).to_be_empty()


def tag_names(page: Page) -> None:
    tags = page.locator("#tags")
    drag_over(clean(row(page, "L’ingénieur")), "Bastien Morvannec")
    expect(page.locator("#selection").get_by_label("every mention")).to_be_checked()
    page.locator("#selection").get_by_role("button", name="Person").click()
    group = tags.locator(".tag-group").filter(has_text="Bastien Morvannec")
    expect(group).to_contain_text("2 mentions person confirmed")
    expect(clean(row(page, "Les gardiens")).locator("mark.tag-confirmed")).to_have_text("Bastien Morvannec")
    expect(page.locator("#selection")).to_be_hidden()

    oiseaux = row(page, "Des oiseaux nichaient")
    press(oiseaux, "t")
    expect(page.locator("#selection [data-words]")).to_have_text("Des")
    press_times(page, "ArrowRight", len(["oiseaux", "nichaient", "dans", "la", "lanterne", "et", "Yuna"]))
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#selection [data-words]")).to_have_text("Yuna Cadiou")
    page.keyboard.press("p")
    expect(clean(oiseaux).locator("mark.tag-person.tag-confirmed")).to_have_text("Yuna Cadiou")
    expect(tags.locator(".tag-group").filter(has_text="Yuna Cadiou")).to_contain_text("confirmed")


def settle_suggestions(page: Page) -> None:
    tags = page.locator("#tags")
    tags.get_by_role("button", name=re.compile("Confirm ?: Nolwenn Tréguier")).click()
    group = tags.locator(".tag-group").filter(has=page.get_by_text("Nolwenn Tréguier", exact=True))
    expect(group.locator("span.state")).to_have_text("confirmed")
    expect(tags).not_to_contain_text("rejected, not suggested again")
    tags.get_by_role("button", name="Reject Hervé Quéméneur").click()
    expect(tags).to_contain_text("1 rejected, not suggested again")
    expect(tags.locator(".tag-group").filter(has_text="Hervé Quéméneur")).to_have_count(0)
    tags.get_by_label("How sure they must be").select_option("0")
    tags.get_by_role("button", name="Confirm all", exact=True).click()
    expect(tags.locator(".tag-group.open")).to_have_count(0)


def split_and_undo(page: Page) -> None:
    phare = row(page, "Le phare des Trois-Pierres a été rallumé")
    phare.get_by_role("link", name="Correct…").click()
    cuts = page.get_by_label("Split at")
    cuts.select_option(label=cuts.locator("option").filter(has_text="✂ Éteint depuis onze ans").inner_text())
    page.get_by_role("button", name="Split", exact=True).click()
    expect(clean(row(page, "Éteint depuis onze ans"))).to_have_text(
        "Éteint depuis onze ans, il avait perdu sa lentille dans la tempête de l’hiver 2013."
    )
    expect(clean(phare)).not_to_contain_text("Éteint")
    last = page.locator("#history li").first
    expect(last).to_contain_text("split")
    last.get_by_role("button", name="Undo").click()
    expect(page.locator("#history li").first).to_contain_text("took back: ")
    expect(clean(phare)).to_contain_text("Éteint depuis onze ans")


def test_from_upload_to_feed_and_back(visit, complaints) -> None:
    page = visit()
    sign_in(page, "ana")
    upload(page)
    fix_blocks(page)
    fix_outlet(page)
    correct_words(page)
    tag_names(page)
    settle_suggestions(page)
    split_and_undo(page)
    page.locator("#notes textarea").fill("Vérifié avec la mairie.")
    page.get_by_role("button", name="Leave a note").click()
    expect(page.locator("#notes .note")).to_contain_text("Vérifié avec la mairie.")
    expect(page.locator("#notes textarea")).to_have_value("")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#status .chip")).to_have_text("Ready")
    expect(page.get_by_role("link", name="Approve and publish…")).to_have_count(0)
    assert feed(page).entries == []

    chief = visit()
    sign_in(chief, "claire")
    chief.get_by_role("link", name=TITLE).click()
    expect(chief.locator("#notes .note")).to_contain_text("ana")
    chief.get_by_role("link", name="Approve and publish…").click()
    expect(chief.get_by_role("region", name="Still open")).to_contain_text("everything is settled")
    preview = chief.get_by_role("region", name="What will be published")
    expect(preview).to_contain_text(TITLE)
    expect(preview).to_contain_text("La maire élue en 2020")
    expect(preview).to_contain_text("Le Fanal d’Armorique")
    expect(preview.get_by_role("list", name="Tags")).to_contain_text("Bastien Morvannec")
    for cut in ("cachalot", "Partager", "Laisser un commentaire"):
        expect(preview).not_to_contain_text(cut)
    chief.get_by_role("button", name="Approve and publish").click()
    expect(chief.locator("#status .chip")).to_have_text("Approved")

    (entry,) = feed(chief).entries
    assert entry.title == TITLE
    assert entry.author == "Solène Kerdoncuff"
    assert {tag.term for tag in entry.tags} >= {"Bastien Morvannec", "Yuna Cadiou", "Nolwenn Tréguier"}
    assert "Hervé Quéméneur" not in {tag.term for tag in entry.tags}
    assert "La maire élue en 2020, Nolwenn Tréguier" in entry.content[0].value
    assert "cachalot" not in entry.content[0].value

    reader = visit()
    reader.goto("/published/")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator(".prose p").first).to_contain_text("Le phare des Trois-Pierres a été rallumé")
    expect(reader.locator(".attribution-line")).to_contain_text("Le Fanal d’Armorique")
    address = reader.url

    chief.get_by_role("link", name="Retract…").click()
    chief.get_by_label("Reason").fill("La mairie dément la date.")
    chief.get_by_role("button", name="Retract").click()
    expect(chief.locator("#status .chip")).to_have_text("Retracted")
    assert feed(chief).entries == []
    complaints.allow(410)
    another = visit()  # a reader's own browser may show what it has for the minute that Cache-Control allows
    answer = another.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(another.locator(".tombstone")).to_contain_text("This article was taken back.")
    expect(another.locator(".tombstone")).to_contain_text("La mairie dément la date.")
    expect(another.locator("body")).not_to_contain_text("Bastien Morvannec")
    another.goto("/published/")
    expect(another.get_by_text("Nothing is public now")).to_be_visible()

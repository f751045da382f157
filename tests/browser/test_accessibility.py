"""axe finds nothing to complain about on any page, in either colour scheme."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.actions import blocks, workflow
from tests.browser.pages import PHARE, open_review, press, row
from tests.factories import block_with, propose

NARROW = {"width": 390, "height": 844}
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
axe = Axe()


def violations(page: Page, where: str) -> list[str]:
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{where}: {rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def check(page: Page, *addresses: str) -> None:
    found = []
    for address in addresses:
        page.goto(address)
        found += violations(page, address)
    assert not found, "\n".join(found)


@SCHEMES
def test_before_there_is_anything(visit, scheme) -> None:
    check(visit(color_scheme=scheme), "/login/", "/published/")
    check(visit("ana", color_scheme=scheme), "/", "/upload/", "/upload/bookmarklet/", "/upload/from-page/", "/api/")


@SCHEMES
def test_queue_upload_and_steps(visit, bring, people, complaints, scheme) -> None:
    complaints.allow(404, 422)
    article, ready = bring(), bring(PHARE.replace("Trois", "Sept"))
    workflow.move(ready, "submit", by=people["ana"], seen=ready.version)
    page = visit("claire", color_scheme=scheme)
    block = article.blocks.filter(kept=True).first()
    removed = article.blocks.filter(kept=False).first()
    check(
        page,
        "/",
        "/?status=all&q=introuvable",
        f"/articles/{article.pk}/blocks/{block.pk}/",
        f"/articles/{article.pk}/blocks/{removed.pk}/",
        f"/articles/{article.pk}/steps/reject/",
        f"/articles/{article.pk}/steps/approve/",
        f"/articles/{ready.pk}/steps/approve/",
        f"/articles/{ready.pk}/steps/send_back/",
        "/nowhere/",
    )
    page.goto("/upload/")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found = violations(page, "upload with a problem")
    files = {"a.txt": PHARE.replace("Trois", "Dix").encode(), "b.txt": PHARE.encode(), "c.txt": b""}
    page.get_by_label("Or choose files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files.items()]
    )
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".receipt")).to_have_count(3)
    found += violations(page, "receipts")
    page.set_viewport_size(NARROW)
    found += violations(page, "receipts, narrow")
    page.goto("/")
    found += violations(page, "queue, narrow")
    assert not found, "\n".join(found)


@SCHEMES
def test_the_review_page(visit, bring, complaints, scheme) -> None:
    article = bring()
    page = visit("ana", color_scheme=scheme)
    open_review(page, article)
    found = violations(page, "review")
    press(row(page, "Les gardiens"), "e")
    expect(page.locator("#editor textarea")).to_be_focused()
    found += violations(page, "editor open")
    page.keyboard.press("Escape")
    press(row(page, "Les gardiens"), "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    found += violations(page, "keys")
    page.keyboard.press("Escape")
    press(row(page, "Les gardiens"), "c")
    expect(page.get_by_role("dialog", name="What is it?")).to_be_visible()
    found += violations(page, "kinds")
    page.keyboard.press("Escape")
    press(row(page, "Les gardiens"), "J")
    expect(page.locator("#run")).to_be_visible()
    found += violations(page, "a run")
    page.keyboard.press("x")
    expect(row(page, "Les gardiens")).to_contain_class("removed")
    press(row(page, "La maire,"), "t")
    expect(page.locator("#selection")).to_be_visible()
    found += violations(page, "a selection")
    page.keyboard.press("Escape")
    page.locator("aside.facts details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    found += violations(page, "every form open")
    page.locator("#field-published .proof-link").click()
    found += violations(page, "a proof shown")

    other = visit("bea", color_scheme=scheme)
    open_review(other, article)
    row(page, "La maire,").get_by_role("button", name="Drop").click()
    expect(row(page, "La maire,")).to_contain_class("removed")
    complaints.allow(409)
    row(other, "La maire,").get_by_role("button", name="Drop").click()
    expect(other.get_by_role("alert")).to_contain_text("What stands there now")
    found += violations(other, "a conflict")
    assert not found, "\n".join(found)


@SCHEMES
def test_what_is_uncertain_and_proposed_and_why(visit, bring, people, scheme) -> None:
    article = bring()
    gardiens, visite = block_with(article, "Les gardiens"), block_with(article, "Une visite")
    article.blocks.filter(pk=gardiens.pk).update(confidence=0.4, evidence=["8 links in a row"], otherwise="caption")
    propose(article, "Une visite est prévue", "caption", evidence=["same line on 3 other pages of this outlet"])
    blocks.confirm_block(article, block_with(article, "La maire,").pk, by=people["bea"], seen=article.version)
    propose(article, "La maire, Nolwenn Tréguier", "ad")
    found = []
    for size, where in ((None, "wide"), (NARROW, "narrow")):
        page = visit("ana", color_scheme=scheme, **({"viewport": size} if size else {}))
        open_review(page, article)
        found += violations(page, f"review, {where}")
        press(row(page, "Les gardiens"), "w")
        expect(page.get_by_role("region", name="Why is block")).to_be_visible()
        found += violations(page, f"why, {where}")
        for block in (gardiens, visite, block_with(article, "La maire,")):
            page.goto(f"/articles/{article.pk}/blocks/{block.pk}/why/")
            found += violations(page, f"why on its page, {where}")
    assert not found, "\n".join(found)


@SCHEMES
def test_the_tabs_of_a_narrow_screen(visit, bring, scheme) -> None:
    page = visit("ana", color_scheme=scheme, viewport=NARROW)
    open_review(page, bring())
    found = []
    for tab in ("Raw", "Clean", "Facts"):
        page.get_by_role("navigation", name="Panes").get_by_role("link", name=tab).click()
        found += violations(page, f"{tab}, narrow")
    assert not found, "\n".join(found)


@SCHEMES
def test_what_the_public_sees(visit, bring, people, complaints, scheme) -> None:
    article, gone = bring(), bring(PHARE.replace("Trois", "Sept"))
    for made in (article, gone):
        workflow.move(made, "submit", by=people["ana"], seen=made.version)
        workflow.move(made, "approve", by=people["claire"], seen=made.version)
    workflow.move(gone, "retract", by=people["claire"], seen=gone.version, reason="La mairie dément la date.")
    complaints.allow(404, 410)
    page = visit(color_scheme=scheme)
    slug, tombstone = article.publications.get().slug, gone.publications.get(tombstone=True).slug
    check(page, "/published/", f"/published/{slug}/", f"/published/{tombstone}/", "/published/nothing/")
    chief = visit("claire", color_scheme=scheme)
    check(chief, f"/articles/{article.pk}/", f"/articles/{article.pk}/steps/retract/", f"/articles/{gone.pk}/")

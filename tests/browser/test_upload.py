"""Several files at once: each gets its receipt, whatever it is."""

import re

from playwright.sync_api import expect

from articles.intake.uploads import work_through
from tests.browser.pages import PHARE
from tests.intake.workers import brought, texts


def test_every_file_gets_a_receipt(visit, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 20_000
    page = visit("ana")
    page.goto("/upload/")
    files = {
        "phare.txt": PHARE.encode(),
        "vide.txt": b"",
        "photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 12,
        "archives.txt": ("Une très longue page. " * 2000).encode(),
        "encore-le-phare.txt": PHARE.encode("utf-16"),
        "marché.html": (
            "<html lang=fr><meta charset=windows-1252><title>Le marché déménage</title><body>"
            "<h1>Le marché de Plouzané déménage</h1><p>Le marché du samedi quittera la place de l’église au mois de "
            "mai, a décidé le conseil municipal après deux ans de discussions avec les commerçants.</p>"
        ).encode("cp1252"),
    }
    page.get_by_label("Or choose files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files.items()]
    )
    expect(page.locator(".chosen li")).to_have_count(len(files))
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="Receipts")).to_be_visible()
    wanted = {
        "phare.txt": ("created", "phare des Trois-Pierres"),
        "vide.txt": ("failed", "empty"),
        "photo.txt": ("failed", ""),
        "archives.txt": ("failed", "the most we take in one piece is"),
        "encore-le-phare.txt": ("duplicate", "The same text is on the desk already, from other bytes."),
        "marché.html": ("created", "Le marché de Plouzané déménage"),
    }
    expect(page.locator(".receipt")).to_have_count(len(wanted))
    for name, (outcome, words) in wanted.items():
        receipt = page.locator(".receipt").filter(has=page.locator(".name bdi", has_text=name)).first
        expect(receipt.locator(".chip")).to_have_text(outcome)
        expect(receipt).to_contain_text(words)
        if outcome == "failed":
            expect(receipt.locator(".why")).to_have_text(re.compile(r"^[A-Z“].+\.$"))  # a sentence, not a code
    page.get_by_role("link", name="To the queue").click()
    expect(page.locator(".queue tbody tr")).to_have_count(2)


def test_files_dropped_on_the_box_are_chosen(visit) -> None:
    page = visit("ana")
    page.goto("/upload/")
    page.locator("[data-drop]").evaluate(
        """(box, text) => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([text], "depose.txt", { type: "text/plain" }));
          box.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }""",
        PHARE,
    )
    expect(page.locator(".chosen li")).to_contain_text("depose.txt")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".receipt .chip")).to_have_text("created")


def test_nothing_brought_is_said_in_place(visit, complaints) -> None:
    complaints.allow(422)
    page = visit("ana")
    page.goto("/upload/")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing came with this.")


def test_a_folder_comes_in_with_the_places_of_its_files_and_says_how_far_it_is(visit, tmp_path) -> None:
    for name in ("2024/mars/phare.txt", "2024/vide.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PHARE if "phare" in name else "", encoding="utf-8")
    page = visit("ana")
    page.goto("/upload/")
    page.get_by_label("Or a folder").set_input_files(tmp_path)
    expect(page.locator(".chosen-count")).to_contain_text("2 files")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".how-far")).to_contain_text("2 of 2 items")
    expect(page.locator(".receipt .name").first).to_contain_text("2024/mars/phare.txt")
    page.get_by_role("navigation", name="Filter the receipts").get_by_role("link", name="1 failed").click()
    expect(page.locator(".receipt")).to_have_count(1)
    page.get_by_role("button", name="Leave it out").click()
    expect(page.locator(".said")).to_contain_text("It is left out.")
    expect(page.locator(".outcomes")).to_contain_text("1 skipped")


def test_a_duplicate_is_looked_at_beside_the_article_and_kept(visit, bring) -> None:
    bring(PHARE)
    page = visit("ana")
    page.goto("/upload/")
    page.get_by_label("Paste the text of a page").fill(PHARE.replace("\n", "\n\n"))
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("heading", name="The same words")).to_be_visible()
    page.get_by_role("button", name="New version of it").click()
    expect(page.locator("#status")).to_contain_text("A new version of article")


def test_a_page_that_waits_for_workers_comes_up_to_date_by_itself(visit) -> None:
    upload = brought(texts(3))
    page = visit("ana")
    page.goto(f"/upload/{upload.pk}/")
    expect(page.locator(".how-far")).to_contain_text("0 of 3 items")
    work_through(upload)
    expect(page.locator(".how-far")).to_contain_text("Done: 3 of 3 items")
    expect(page.locator("#moving")).not_to_have_attribute("hx-trigger", "every 2s")

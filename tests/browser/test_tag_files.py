"""Files of tags in a browser: they go on by themselves, go out and in again, and nothing is wrong with their pages."""

import json

import pytest
from playwright.sync_api import expect

from articles.actions import tag_files
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import sideways

SIZES = {"narrow": {"width": 390, "height": 844}, "wide": {"width": 1440, "height": 900}}


def bring_in(page, content: str) -> None:
    file = {"name": "tags.jsonl", "mimeType": "application/jsonl", "buffer": content.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bring them in").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "without JavaScript"])
def test_a_file_goes_on_until_it_is_done_and_is_taken_back(visit, bring, monkeypatch, javascript) -> None:
    monkeypatch.setattr(tag_files.go_on, "__kwdefaults__", {"most": 1})
    article = bring()
    lines = []
    for words in ("Brest", "lanterne", "souscription"):
        at = article.clean_text.index(words)
        row = {"text": article.clean_text, "label": [[at, at + len(words), "EVENT"]], "article": str(article.guid)}
        lines.append(json.dumps(row))
    page = visit("ana", java_script_enabled=javascript)
    page.goto("/tags/")
    bring_in(page, "\n".join(lines))
    if not javascript:
        for _ in range(2):
            page.get_by_role("button", name="Go on with the next").click()
    expect(page.locator(".how-far")).to_have_text("Done: 3 of 3 texts, 3 tags in them")
    assert article.mentions.filter(type="event", state="suggested").count() == 3
    page.get_by_text("Take it all back…").click()
    page.get_by_role("button", name="Take it all back").click()
    expect(page.locator(".how-far")).to_have_text("Taken back: 3 of 3 texts, 3 tags in them")
    assert not article.mentions.filter(type="event").exists()


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "dark"), ("wide", "light")])
def test_the_pages_are_in_order(visit, bring, people, complaints, scheme, size) -> None:
    complaints.allow(422)
    article = bring()
    page = visit("ana", color_scheme=scheme, viewport=SIZES[size])
    found = []
    for address in ("/tags/", f"/articles/{article.pk}/tags/file/"):
        page.goto(address)
        bring_in(page, "Anne dort.")
        expect(page.locator(".problem")).to_contain_text("no file of tags")
        found += violations(page, address) + sideways(page)
    with page.expect_download() as download:
        page.goto("/tags/")
        page.locator("[name=states]").select_option("suggested")
        page.locator("[name=of]").select_option("any")
        page.get_by_role("button", name="Download").click()
    content = download.value.path().read_text(encoding="utf-8")
    page.goto("/tags/")
    nobody = "Nobody wrote this, " + "a-very-long-word-that-wraps" * 10
    row = json.loads(content)
    row["first"]["items"].append(
        {"type": "Annotation", "motivation": "tagging", "body": {"type": "TextualBody", "value": "PER"},
         "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": nobody}}}
    )  # fmt: skip
    bring_in(page, json.dumps(row))
    expect(page.locator(".how-far")).to_contain_text("1 text refused")
    expect(page.locator(".tag-outcomes")).to_contain_text("already there")
    found += violations(page, "receipts") + sideways(page)
    assert not found, "\n".join(found)

"""The outside contract of a reading: keys, offsets, and the text for a person."""

import json
from dataclasses import replace

from articles.core.contract import as_json, as_text
from articles.core.formats import open_text
from articles.core.reading import read
from articles.core.values import Memory

TEXT = """Le pont rouvre après six semaines

Le pont a rouvert lundi, a annoncé la mairie, après six semaines de travaux et d'attente pour les habitants.
Les habitants s'en réjouissent, et les commerçants du quartier disent déjà voir revenir leurs clients du samedi.
Par Ana Lopes
Publié le 12/03/2021 à 10h15
S'abonner
12 commentaires"""
KEYS = [
    "file", "format", "encoding", "language", "sha256", "raw_text", "clean_text", "blocks", "fields", "dates",
    "attribution", "rights", "mentions", "flags",
]  # fmt: skip


def test_the_object_has_the_keys_of_the_contract_and_is_plain_json():
    said = as_json(read(open_text(TEXT), Memory()), file="pont.txt")
    assert list(said) == KEYS
    again = json.loads(json.dumps(said, ensure_ascii=False))
    assert again["raw_text"] == TEXT
    assert again["file"] == "pont.txt"


def test_blocks_are_offsets_in_raw_that_cover_it():
    said = as_json(read(open_text(TEXT), Memory()), file="pont.txt")
    assert "".join(TEXT[block["start"] : block["end"]] for block in said["blocks"]) == TEXT
    assert set(said["blocks"][0]) == {
        "start", "end", "kind", "kept", "reason", "confidence", "decided_by", "evidence", "otherwise"
    }  # fmt: skip
    for field in said["fields"].values():
        assert {"value", "span", "state", "candidates"} <= set(field)


def test_a_person_sees_the_article_the_facts_and_a_reason_for_every_block():
    reading = read(open_text(TEXT), Memory())
    text = as_text(reading, file="pont.txt")
    assert "--- Clean text\nLe pont rouvre après six semaines\n" in text
    for title in ("Facts", "Ledger"):
        assert f"--- {title}" in text
    for block in reading.blocks:
        assert block.reason in text


def test_the_evidence_of_a_block_is_said():
    reading = read(open_text(TEXT), Memory())
    said = replace(reading.blocks[0], evidence=("8 links in a row", "same line elsewhere"), otherwise="list")
    silent = replace(reading.blocks[1], evidence=(), otherwise="")
    reading = replace(reading, blocks=(said, silent, *reading.blocks[2:]))
    first, second = as_json(reading, file="pont.txt")["blocks"][:2]
    assert (first["evidence"], first["otherwise"]) == (["8 links in a row", "same line elsewhere"], "list")
    assert (second["evidence"], second["otherwise"]) == ([], None)
    assert "; 8 links in a row; same line elsewhere (" in as_text(reading, file="pont.txt")

"""Tags out and in again, in every format: what it carries comes back as it was, whatever the text."""

import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.exchange import FORMATS, AnnotatedText, ExchangeError, Format, Tag
from articles.core.exchange.labels import type_of
from articles.core.exchange.offsets import from_units
from articles.core.exchange.placing import placed
from articles.core.exchange.recognising import recognised
from articles.core.exchange.values import once, outermost

PIECES = (
    *("Paris", "l’Élysée", unicodedata.normalize("NFD", "Élysée"), "👩\u200d🚀", "𝒜", "ירושלים", "القدس", "\u202b"),
    *("\r\n", "\t", "\n\n", " ", "\u00a0", ". ", "M. Belmas", "pomme-poire", "«", "-DOCSTART-", "#", "# id = x", "O"),
    *("\ufeff", "\x85", "\u2028", "<b>", "\\n", '"', ","),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60),
)
TYPES = ("person", "place", "organisation", "event")


@st.composite
def annotated(draw: st.DrawFn, *, number: int = 0) -> AnnotatedText:
    text = draw(TEXTS)
    tags = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        state = draw(st.sampled_from(("confirmed", "suggested")))
        tags.append(
            Tag(
                start=start,
                end=draw(st.integers(start + 1, len(text))),
                type=draw(st.sampled_from(TYPES)),
                state=state,
                score=draw(st.sampled_from((0.0, 0.25, 0.93, 1.0))) if state == "suggested" else 1.0,
                entity=draw(st.sampled_from(("", "Paris", "Élysée"))),
                wikidata=draw(st.sampled_from(("", "Q90"))),
            )
        )
    return AnnotatedText(
        id=f"article-{number}",
        text=text,
        tags=once(tags),
        title=draw(st.sampled_from(("", "Un titre 🙂"))),
        language=draw(st.sampled_from(("", "fr", "he"))),
        url=draw(st.sampled_from(("", "https://lanterne.example/1?a=b&c"))),
        published="2024-03-14T09:30:00+01:00",
    )


def carried(article: AnnotatedText, row: Format) -> AnnotatedText:
    """What a format can bring back of an article, by its row."""
    tags = article.tags if row.nested else tuple(outermost(article.tags))
    if not row.meant:
        tags = tuple(replace(tag, entity="", wikidata="") for tag in tags)
    if not row.scores:
        tags = tuple(replace(tag, score=1.0) for tag in tags)
    if not row.states:
        tags = tuple(replace(tag, state="confirmed") for tag in tags)
    if not row.about:
        article = replace(article, title="", language="", url="", published="")
    return replace(article, tags=tags)


def back(row: Format, *articles: AnnotatedText) -> list[AnnotatedText]:
    return list(row.read(b"".join(row.write(articles))))


@pytest.mark.parametrize("row", [row for row in FORMATS.values() if row.text], ids=lambda row: row.name)
@given(st.data())
def test_what_goes_out_comes_back(row: Format, data: st.DataObject) -> None:
    articles = [data.draw(annotated(number=number)) for number in range(data.draw(st.integers(1, 3)))]
    found = back(row, *articles)
    assert found == [carried(article, row) for article in articles]
    assert not any(article.left_out for article in found)


@given(annotated())
def test_words_in_columns_are_laid_on_the_text_that_they_came_from(article: AnnotatedText) -> None:
    assert article.text is not None
    said = b"".join(FORMATS["conll"].write([article]))
    found = list(FORMATS["conll"].read(said))
    bare = [
        (tag.start + len(words) - len(words.lstrip()), tag.start + len(words.rstrip()), tag.type)
        for tag in outermost(article.tags)
        for words in [article.text[tag.start : tag.end]]
        if words.strip()
    ]
    there = [(*span, tag.type) for one in found for tag, span in placed(one, article.text) if span]
    assert there == bare
    if article.text.strip():
        assert [one.id for one in found] == [article.id]


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_nothing_goes_out_as_a_file_that_can_be_read_or_as_none(row: Format) -> None:
    said = b"".join(row.write([]))
    if row.name == "brat":
        assert zipfile.ZipFile(io.BytesIO(said)).namelist() == ["annotation.conf"]
    else:
        assert list(row.read(said)) == []


@pytest.mark.parametrize("row", FORMATS.values(), ids=lambda row: row.name)
def test_the_same_tags_give_the_same_bytes(row: Format) -> None:
    article = AnnotatedText(id="a", text="Anne à Paris", tags=(Tag(start=7, end=12, type="place"),))
    assert b"".join(row.write([article])) == b"".join(row.write([article]))


TEXT = "🙂 Anne Roux dort à Paris."
ARTICLE = AnnotatedText(
    id="7b4e9d4a-0000-4000-8000-000000000001",
    text=TEXT,
    title="Anne",
    language="fr",
    url="https://lanterne.example/1",
    tags=(
        Tag(start=2, end=11, type="person", state="suggested", score=0.93),
        Tag(start=19, end=24, type="place", entity="Paris", wikidata="Q90"),
    ),
)


def test_an_annotation_has_position_and_quotation_in_code_points() -> None:
    said = json.loads(b"".join(FORMATS["w3c"].write([ARTICLE])))
    assert (said["@context"], said["type"], said["total"]) == (
        "http://www.w3.org/ns/anno.jsonld", "AnnotationCollection", 3,
    )  # fmt: skip
    text, anne, paris = said["first"]["items"]
    assert text["motivation"] == "describing"
    assert text["body"]["value"] == TEXT
    assert text["target"]["schema:url"] == "https://lanterne.example/1"
    assert paris["target"] == {
        "source": f"urn:uuid:{ARTICLE.id}",
        "selector": [
            {"type": "TextPositionSelector", "start": 19, "end": 24},
            {"type": "TextQuoteSelector", "exact": "Paris", "prefix": TEXT[:19], "suffix": "."},
        ],
    }
    meant = {"type": "SpecificResource", "purpose": "identifying", "source": "http://www.wikidata.org/entity/Q90"}
    assert meant in paris["body"]
    assert {"type": "TextualBody", "purpose": "assessing", "value": "suggested 0.93"} in anne["body"]
    ids = [said["id"], said["first"]["id"], *(one["id"] for one in said["first"]["items"])]
    assert len(set(ids)) == 5
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_doccano_gets_text_and_label() -> None:
    row = json.loads(b"".join(FORMATS["doccano"].write([ARTICLE])))
    assert row["text"] == TEXT
    assert row["label"] == [[2, 11, "person"], [19, 24, "place"]]
    assert row["article"] == ARTICLE.id


def test_label_studio_gets_annotations_and_predictions() -> None:
    (task,) = json.loads(b"".join(FORMATS["label-studio"].write([ARTICLE])))
    assert task["data"]["text"] == TEXT
    (region,) = task["annotations"][0]["result"]
    assert region["value"] == {"start": 19, "end": 24, "text": "Paris", "labels": ["place"]}
    assert (region["from_name"], region["to_name"], region["type"]) == ("label", "text", "labels")
    (guess,) = task["predictions"][0]["result"]
    assert (guess["value"]["text"], guess["score"]) == ("Anne Roux", 0.93)


def test_brat_gets_a_pair_of_files() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(FORMATS["brat"].write([ARTICLE])))) as archive:
        assert archive.read(f"{ARTICLE.id}.txt").decode() == TEXT
        assert archive.read(f"{ARTICLE.id}.ann").decode().splitlines() == [
            "T1\tperson 2 11\tAnne Roux",
            "A1\tState T1 suggested",
            "T2\tplace 19 24\tParis",
            "N2\tReference T2 Wikidata:Q90\tParis",
        ]
        assert archive.read("annotation.conf").decode().startswith("[entities]\nperson\n")


def test_conll_has_a_word_a_line_and_its_label_last() -> None:
    assert b"".join(FORMATS["conll"].write([ARTICLE])).decode().splitlines() == [
        f"-DOCSTART- {ARTICLE.id} O O", "", "🙂 -X- -X- O", "Anne -X- -X- B-PER", "Roux -X- -X- I-PER", "dort -X- -X- O",
        "à -X- -X- O", "Paris -X- -X- B-LOC", ". -X- -X- O", "",
    ]  # fmt: skip


def read_one(name: str, said: bytes | str) -> AnnotatedText:
    (found,) = FORMATS[name].read(said.encode() if isinstance(said, str) else said)
    return found


def words(article: AnnotatedText) -> list[tuple[str, str]]:
    return [(tag.type, article.quoted(tag)[0]) for tag in article.tags]


def test_what_doccano_writes_of_relations_is_read_too() -> None:
    row = {
        "id": 3, "text": "Anne à Paris", "Comments": [], "relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "in"}],
        "entities": [{"id": 1, "label": "PER", "start_offset": 0, "end_offset": 4}],
    }  # fmt: skip
    found = read_one("doccano", json.dumps(row))
    assert words(found) == [("person", "Anne")]
    assert found.id == "3"
    assert found.left_out == ("Line 1: 1 relations between tags.",)


@pytest.mark.parametrize("place", [(19, 24), (20, 25)], ids=["code points", "UTF-16"])
def test_label_studio_of_any_age_is_read(place: tuple[int, int]) -> None:
    region = {"value": {"start": place[0], "end": place[1], "text": "Paris", "labels": ["LOC"]}, "type": "labels"}
    found = read_one(
        "label-studio", json.dumps([{"id": 4, "data": {"text": TEXT}, "annotations": [{"result": [region]}]}])
    )
    assert words(found) == [("place", "Paris")]


def test_what_label_studio_holds_beside_labels_is_said() -> None:
    result = [{"type": "choices", "value": {"choices": ["yes"]}}]
    task = {"data": {"text": TEXT}, "annotations": [{"result": result}, {"was_cancelled": True, "result": result}]}
    assert read_one("label-studio", json.dumps(task)).left_out == (
        "Task 1, annotations 1, region 1 is no label on words.",
        "Task 1, annotations 2 was cancelled by who made it.",
    )


def test_annotations_of_others_are_read_by_their_quotation() -> None:
    one = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation", "motivation": "tagging",
        "body": {"type": "TextualBody", "value": "Personne"},
        "target": {"source": "https://lanterne.example/1", "selector": {"type": "TextQuoteSelector", "exact": "Anne"}},
    }  # fmt: skip
    found = read_one("w3c", json.dumps(one))
    assert (found.id, found.text, words(found)) == ("https://lanterne.example/1", None, [("person", "Anne")])
    for change, why in (
        ({"target": [one["target"], one["target"]]}, "has several targets"),
        ({"target": []}, "has no source"),
        (
            {"target": {"source": "x", "selector": {"type": "CssSelector", "value": "p"}}},
            "neither a position nor a quotation",
        ),
        ({"motivation": "commenting"}, "has no label"),
        ({"target": "https://lanterne.example/1"}, "selects no words"),
        ({"target": {}}, "has no source"),
    ):
        left = list(FORMATS["w3c"].read(json.dumps([one | change]).encode()))
        assert [why in said for article in left for said in article.left_out] == [True]
        assert not any(article.tags for article in left)


def zipped(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return held.getvalue()


def test_what_is_no_tag_of_brat_is_left_out_and_said() -> None:
    lines = "T1\tPER 0 4\tAnne\nT2\tPER 0 4;7 12\tAnne Paris\nR1\tin Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes T1\tsure\n"
    found = read_one("brat", zipped(a_txt="Anne à Paris", a_ann=lines))
    assert words(found) == [("person", "Anne")]
    assert found.left_out == (
        "a.ann, line 2: the tag is on several pieces of the text; ours are on one run of words.",
        "a.ann, line 3: R1 is no tag.",
        "a.ann, line 4: #1 is no tag.",
    )


@pytest.mark.parametrize(
    "lines",
    [
        "Anne B-PER\nRoux I-PER\nà O\nParis B-LOC\n",
        "Anne\tB-PER\r\nRoux\tI-PER\r\nà\tO\r\nParis\tB-LOC\r\n",
        "Anne NNP X I-PER\nRoux NNP X I-PER\nà IN X O\nParis NNP X I-LOC\n",
        "# id = x\nAnne B-PER\nRoux E-PER\nà O\nParis S-LOC\n",
        "Anne B-PER\nRoux L-PER\nà O\nParis U-LOC\n",
    ],
    ids=["BIO", "tabs", "IOB", "BIOES", "BILOU"],
)
def test_columns_of_every_kin_are_read(lines: str) -> None:
    assert words(read_one("conll", lines)) == [("person", "Anne Roux"), ("place", "Paris")]


def test_words_of_columns_are_put_together_as_they_are_written() -> None:
    found = read_one("conll", "L’ O\nÉlysée B-ORG\n, O\ndit O\n- O\nil O\n( O\nici O\n) O\n\nFin O\n")
    assert found.text == "L’Élysée, dit - il (ici)\nFin"
    assert found.loose


@pytest.mark.parametrize(
    ("label", "kind"),
    [("PER", "person"), ("PERSON", "person"), ("Person", "person"), ("pers", "person"), ("GPE", "place"), ("loc", "place"),
     ("Organization", "organisation"), ("EVENT", "event"), ("MISC", None), ("", None)],
)  # fmt: skip
def test_labels_of_others_are_ours_by_one_table(label: str, kind: str | None) -> None:
    assert type_of(label) == kind


def test_a_label_that_nobody_knows_stays_as_it_is() -> None:
    assert words(read_one("doccano", '{"text": "Le Monde", "label": [[0, 8, "MISC"]]}')) == [("MISC", "Le Monde")]


# --- What other programs write, as they write it ---
@pytest.mark.parametrize("key", ["label", "labels"])
@pytest.mark.parametrize("place", [(19, 29), (22, 32)], ids=["code points", "UTF-16"])
def test_doccano_counts_behind_an_emoji_as_its_whole_words_say(key: str, place: tuple[int, int]) -> None:
    text = "👨🏻🚒🚒 " + "firemen drive firetrucks in Paris"
    start = text.index("firetrucks") + (4 if place == (22, 32) else 0)
    row = {"id": 1, "text": text, key: [[start, start + len("firetrucks"), "ORG"]]}
    assert words(read_one("doccano", json.dumps(row))) == [("organisation", "firetrucks")]


def test_doccano_of_its_first_versions_and_as_a_list_is_read() -> None:
    row = {
        "id": 3,
        "text": "Anne à Paris",
        "annotations": [{"label": "PER", "start_offset": 0, "end_offset": 4, "user": 1}],
    }
    assert words(read_one("doccano", json.dumps(row))) == [("person", "Anne")]
    assert words(read_one("doccano", json.dumps([row], indent=2))) == [("person", "Anne")]
    row["annotations"] = [{"label": 5, "start_offset": 0, "end_offset": 4, "user": 1}]
    assert words(read_one("doccano", json.dumps(row))) == [("5", "Anne")]


def test_the_small_json_of_label_studio_is_read() -> None:
    row = {
        "id": 7, "text": TEXT, "sentiment": "calm", "annotator": 1, "annotation_id": 3, "lead_time": 8.4,
        "label": [{"start": 2, "end": 11, "text": "Anne Roux", "labels": ["PER"]}],
        "other": [{"choices": ["yes"]}],
    }  # fmt: skip
    found = read_one("label-studio", json.dumps([row]))
    assert (found.id, words(found)) == ("7", [("person", "Anne Roux")])
    assert found.left_out == ("Task 1, “other” 1 is no label on words.",)


def test_the_text_of_a_task_may_have_another_name() -> None:
    region = {"type": "labels", "value": {"start": 0, "end": 4, "text": "Anne", "labels": ["PER"]}}
    task = {"data": {"content": "Anne dort."}, "annotations": [{"result": [region]}]}
    assert words(read_one("label-studio", json.dumps([task]))) == [("person", "Anne")]


def test_words_that_stand_elsewhere_than_the_file_says_are_found_by_themselves() -> None:
    region = {"type": "labels", "value": {"start": 0, "end": 5, "text": "Paris", "labels": ["LOC"]}}
    task = {"data": {"text": TEXT}, "annotations": [{"result": [region]}]}
    found = read_one("label-studio", json.dumps([task]))
    ((_, span),) = placed(found, TEXT)
    assert span is not None
    assert TEXT[span.start : span.end] == "Paris"
    found = read_one("brat", zipped(a_txt="Anne, Anne, Paul", a_ann="T1\tPER 1 5\tAnne\nT2\tPER 0 4\tPaul\n"))
    assert [span and (span.start, span.end) for _, span in placed(found, found.text or "")] == [(12, 16), None]


def test_a_name_over_the_end_of_a_line_is_one_tag_of_brat() -> None:
    lines = "T1\tPER 0 4;5 9\tAnne Roux\nT2\tPER 12 15;0 4\tAnne\nT3\tLOC 10 12;12 15\tà Pau\n"
    found = read_one("brat", zipped(a_txt="Anne\nRoux à Pau", a_ann=lines))
    assert words(found) == [("person", "Anne\nRoux"), ("place", "à Pau")]
    assert len(found.left_out) == 1


def test_what_a_mac_puts_into_a_zip_is_left_aside() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in (("a.txt", b"Anne"), ("a.ann", b"T1\tPER 0 4\tAnne\n"), ("__MACOSX/._a.txt", b"\xff\x00")):
            archive.writestr(name, content)
    assert words(read_one("brat", held.getvalue())) == [("person", "Anne")]


def test_annotations_without_a_source_and_with_one_target_in_a_list_are_read() -> None:
    selectors = [
        {"type": "TextQuoteSelector", "exact": "Paris"},
        {"type": "TextPositionSelector", "start": 20, "end": 25},
    ]
    one = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "#a", "type": "Annotation",
        "body": [{"type": "TextualBody", "value": "LOC", "purpose": "tagging"}], "target": [{"selector": selectors}],
    }  # fmt: skip
    found = read_one("w3c", json.dumps({"type": "AnnotationPage", "items": [one]}))
    assert (found.id, found.text, words(found)) == ("", None, [("place", "Paris")])
    text = {
        "type": "Annotation", "motivation": "describing", "target": {"id": "urn:uuid:x", "type": "Text"},
        "body": {"type": "TextualBody", "purpose": "describing", "value": TEXT},
    }  # fmt: skip
    in_units = one | {"target": {"source": "urn:uuid:x", "selector": selectors}}
    found = read_one("w3c", json.dumps([text, in_units]))
    assert [(tag.start, tag.end) for tag in found.tags] == [(19, 24)]


CONLL_U = """# newdoc id = un
# sent_id = un-1
# text = Anne va au Mans.
1\tAnne\tAnne\tPROPN\t_\t_\t2\tnsubj\t_\tNE=B-PER
2\tva\taller\tVERB\t_\t_\t0\troot\t_\t_
3-4\tau\t_\t_\t_\t_\t_\t_\t_\t_
3\tà\tà\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_
5\tMans\tMans\tPROPN\t_\t_\t2\tobl\t_\tSpaceAfter=No|NE=B-LOC
5.1\tx\tx\tX\t_\t_\t_\t_\t_\t_
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# newdoc id = deux
1\tFin\tfin\tNOUN\t_\t_\t0\troot\t_\t_
"""


def test_numbered_columns_are_read_as_they_are_written() -> None:
    one, two = FORMATS["conll"].read(CONLL_U.encode())
    assert (one.id, one.text, words(one)) == ("un", "Anne va au Mans.", [("person", "Anne"), ("place", "Mans")])
    assert (two.id, two.text, two.tags) == ("deux", "Fin", ())
    lines = "#\thttp://a 2014\n1\tAnne\tB-PER\tO\n2\tRoux\tI-PER\tB-LOC\n3\t#\tO\tO\n\n1\tIci\tO\tO\n"
    found = read_one("conll", lines)
    assert (found.text, words(found)) == ("Anne Roux #\nIci", [("person", "Anne Roux")])


@pytest.mark.parametrize(
    "lines",
    ["1 CD X O\n2 CD X O\nParis NNP X B-LOC\n", "1\tAnne\tB-PER\n3\tParis\tB-LOC\n"],
    ids=["a text of numbers", "a hole in the numbers"],
)
def test_numbers_that_do_not_count_are_words(lines: str) -> None:
    assert (read_one("conll", lines).text or "").startswith("1 ")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("Anne B-PER\nRoux B-PER\ndort O\n", ["Anne", "Roux"]),
        ("Anne I-PER\nRoux B-PER\ndort I-PER\n", ["Anne", "Roux dort"]),
        ("Anne B-PER\nRoux M-PER\ndort E-PER\nIci W-PER\n", ["Anne Roux dort", "Ici"]),
        ("Anne B-PER\nRoux I-LOC\n", ["Anne", "Roux"]),
        ("Anne S-PER\nRoux I-PER\n", ["Anne", "Roux"]),
        ("Anne I-PER\n\nRoux I-PER\n", ["Anne", "Roux"]),
    ],
    ids=["IOB2", "IOB1", "BMEWO", "a type inside", "behind a single one", "a new sentence"],
)
def test_names_end_where_their_scheme_says(lines: str, found: list[str]) -> None:
    assert [name for _, name in words(read_one("conll", lines))] == found


@given(annotated(), st.sampled_from(list(FORMATS.values())))
def test_what_we_write_is_recognised(article: AnnotatedText, row: Format) -> None:
    assert recognised(b"".join(row.write([article]))) is row


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("w3c", '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": []}'),
        ("w3c", '[{"id": "#a", "type": "Annotation", "body": [], "target": {}}]'),
        ("doccano", '{"id": 1, "text": "a", "label": []}\n{"id": 2, "text": "b", "label": []}\n'),
        ("doccano", '{"id": 1, "text": "a", "Comments": [], "entities": [], "relations": []}'),
        ("doccano", '[\n {"id": 1, "text": "a", "labels": [[0, 1, "PER"]]}\n]'),
        ("label-studio", '[{"id": 1, "data": {"text": "a"}, "annotations": []}]'),
        ("label-studio", '[{"id": 1, "text": "a", "label": [{"start": 0, "end": 1, "text": "a", "labels": ["PER"]}]}]'),
        ("label-studio", "[]"),
        ("conll", "\ufeffAnne B-PER\r\n"),
        ("conll", "[ O\nsic O\n] O\nAnne B-PER\n"),
        ("conll", CONLL_U),
    ],
)
def test_a_file_is_known_by_what_is_in_it(name: str, said: str) -> None:
    assert recognised(said.encode()).name == name


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        ("Anne B-PER".encode("utf-16"), "The file is UTF-16. Save it as UTF-8."),
        ("Élysée B-ORG".encode("latin-1"), "The file is not UTF-8, at byte 0."),
        (b"Anne dort.\nElle va bien.\n", "no file of tags"),
        (b'{"title": "a"}', "no file of tags"),
        (b"[3]", "no file of tags"),
        (b'{"text": ', "is no JSON"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_file_of_tags_is_said(said: bytes, why: str) -> None:
    with pytest.raises(ExchangeError, match=re.escape(why)):
        recognised(said)


@given(TEXTS, st.data())
def test_units_are_told_from_code_points(text: str, data: st.DataObject) -> None:
    units = text.encode("utf-16-le")
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = tuple(len(text[:at].encode("utf-16-le")) // 2 for at in (start, end))
    assert from_units(text, *place) == (start, end)
    for at in range(len(units) // 2 + 2):
        found = from_units(text, 0, at)
        if found is not None:
            assert text[: found[1]].encode("utf-16-le") == units[: 2 * at]


def test_many_tags_on_a_long_text_are_read_once_each() -> None:
    """Each tag costs its own words, never the whole text."""
    text = "🙂" + "Anne dort. " * 20_000
    rows = [[at, at + 4, "PER"] for at in range(1, len(text) - 20, 11)][:15_000]
    assert len(read_one("doccano", json.dumps({"text": text, "label": rows})).tags) == 15_000
    lines = "".join(f"T{n}\tPER 0 {len(text)}\tPaul\n" for n in range(10_000))
    assert len(read_one("brat", zipped(a_txt=text, a_ann=lines)).tags) == 1

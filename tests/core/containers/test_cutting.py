"""Cutting as a whole: order, names and places, archives in archives, going on where it stopped."""

import gzip
import io
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.core.containers import Limits, cut
from tests.core.containers.files import (
    CSV,
    EML,
    JSONL,
    MHTML,
    OTHER,
    PAGE,
    RSS,
    SAMPLES,
    TEXT,
    WARC,
    ZIP,
    items,
    lines,
    problems,
    record,
    tarred,
    texts,
    zipped,
)

EVERYTHING = zipped(
    {
        "a.txt": TEXT,
        "b.jsonl": JSONL,
        "c.tar.gz": tarred({"w.warc": WARC, "deep.zip": ZIP}, "w:gz"),
        "d/": b"",
        "d/e.csv": CSV,
        "f.rss": RSS,
        "g.eml": EML,
        "h.mhtml": MHTML,
        "i.bin": b"\x89PNG\r\n\x1a\n\x00\x00",
    }
)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_gives_its_articles_and_says_what_is_none(name: str) -> None:
    data, articles, wrong = SAMPLES[name]
    found = items(data, f"x.{name}")
    assert len(problems(found)) == wrong
    assert len(found) == articles + wrong
    for one in found:
        assert bool(one.content) != bool(one.problem)
        assert one.problem == "" or one.problem.endswith(".")
        assert one.name.startswith(f"x.{name}")


def test_a_single_article_is_one_item_with_its_bytes_as_they_came() -> None:
    (found,) = items(PAGE.encode("cp1252"), "port.html")
    assert (found.name, found.place, found.content) == ("port.html", "", PAGE.encode("cp1252"))


def test_any_format_is_found_inside_archives_inside_archives() -> None:
    found = items(EVERYTHING, "all.zip")
    assert [(one.name, one.place) for one in found] == [
        ("all.zip/a.txt", "member 1"),
        ("all.zip/b.jsonl, line 1", "member 2, line 1"),
        ("all.zip/b.jsonl, line 2", "member 2, line 2"),
        ("all.zip/c.tar.gz/w.warc, record 2", "member 3, member 1, record 2"),
        ("all.zip/c.tar.gz/w.warc, record 5", "member 3, member 1, record 5"),
        ("all.zip/c.tar.gz/w.warc", "member 3, member 1"),
        ("all.zip/c.tar.gz/deep.zip/a.html", "member 3, member 2, member 1"),
        ("all.zip/c.tar.gz/deep.zip/b/c.txt", "member 3, member 2, member 2"),
        ("all.zip/d/e.csv, line 2", "member 5, line 2"),
        ("all.zip/d/e.csv, line 6", "member 5, line 6"),
        ("all.zip/f.rss, entry 1", "member 6, entry 1"),
        ("all.zip/f.rss, entry 2", "member 6, entry 2"),
        ("all.zip/f.rss, entry 3", "member 6, entry 3"),
        ("all.zip/g.eml", "member 7"),
        ("all.zip/h.mhtml", "member 8"),
        ("all.zip/i.bin", "member 9"),
    ]
    assert problems(found)[-1] == "It is a PNG picture, not text: save the article as text or HTML first."


def test_what_a_system_leaves_beside_files_is_passed_over() -> None:
    archive = {
        "__MACOSX/._a.txt": b"x",
        ".DS_Store": b"x",
        "b/Thumbs.db": b"x",
        "b/._c": b"x",
        "b/": b"",
        "c.txt": TEXT,
    }
    assert texts(items(zipped(archive))) == [TEXT]
    assert texts(items(tarred(archive))) == [TEXT]


def test_an_office_document_is_no_archive_of_articles() -> None:
    found = items(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "a.docx")
    assert texts(found) == ["<It is a Microsoft Office document, not text: save the article as text or HTML first.>"]


def test_names_of_members_are_told_as_people_wrote_them() -> None:
    assert [one.name for one in items(zipped({"été/à lire.txt": TEXT}), "z")] == ["z/été/à lire.txt"]
    old = zipped({"xt.txt": TEXT}).replace(b"xt.txt", "é.txt".encode())
    assert [one.name for one in items(old, "z")] == ["z/é.txt"]


def test_an_empty_upload_says_so() -> None:
    assert texts(items(b"")) == ["<It is empty: it has 0 bytes.>"]
    assert texts(items(zipped({"a.txt": "", "b.txt": TEXT}))) == ["<It is empty: it has 0 bytes.>", TEXT]
    assert texts(items(zipped({}))) == ["<It is an empty ZIP archive.>"]
    assert texts(items(b"[]")) == ["<There is no article in it: it is empty.>"]
    assert texts(items(zipped({"a/": b"", ".DS_Store": b"x"}))) == ["<There is no article in it.>"]
    assert texts(items(record(b"x", kind="warcinfo"))) == ["<There is no article in it.>"]
    assert texts(items(b"<rss version='2.0'><channel></channel></rss>")) == ["<There is no article in it.>"]


def test_cutting_is_lazy() -> None:
    class Watched(io.BytesIO):
        furthest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.furthest = max(self.furthest, self.tell())
            return data

    data = lines(*({"text": TEXT, "url": f"https://lorval.example/{n}"} for n in range(5000)))
    file = Watched(data)
    cutting = cut(file, name="x", limits=Limits())
    next(cutting)
    assert file.furthest < len(data) / 4


PIECES = st.lists(
    st.sampled_from(
        [
            ("a.txt", TEXT.encode()),
            ("b.jsonl", JSONL + b"{broken\n"),
            ("c.csv", CSV + b'x,"never closed\nx,y,z,1,2\n'),
            ("d.warc.gz", gzip.compress(WARC, mtime=0)),
            ("e.zip", ZIP),
            ("f.xml", RSS),
            ("g.gz", gzip.compress(JSONL, mtime=0)[:-9]),
            ("h.zip", ZIP[:-30]),
            ("i.txt", OTHER.encode("utf-16")),
        ]
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=25)
@given(PIECES, st.integers(min_value=0, max_value=20), st.sampled_from(["zip", "tar"]))
def test_the_same_file_gives_the_same_items_at_the_same_positions(pieces, first, kind) -> None:
    members = {f"{number}-{name}": data for number, (name, data) in enumerate(pieces)}
    data = zipped(members) if kind == "zip" else tarred(members)
    once, again = items(data), items(data)
    assert once == again
    assert list(islice(cut(io.BytesIO(data), name="file", limits=Limits()), first, None)) == once[first:]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_no_damage_makes_cutting_fail(name, data) -> None:
    whole = bytearray(SAMPLES[name][0])
    for _ in range(data.draw(st.integers(min_value=1, max_value=6))):
        at = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
        how = data.draw(st.sampled_from(["change", "drop", "double", "end"]))
        if how == "change":
            whole[at] = data.draw(st.integers(min_value=0, max_value=255))
        elif how == "drop":
            del whole[at : at + data.draw(st.integers(min_value=1, max_value=50))]
        elif how == "double":
            whole[at:at] = whole[at : at + 50]
        else:
            del whole[at:]
        if not whole:
            break
    for one in items(bytes(whole)):
        assert bool(one.content) != bool(one.problem)
        assert one.problem == "" or one.problem.endswith(".")
        assert "(TypeError)" not in one.problem
        assert "(AttributeError)" not in one.problem


def test_an_error_of_the_file_itself_is_raised() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        list(cut(Broken(ZIP), name="x", limits=Limits()))

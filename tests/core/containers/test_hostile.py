"""Hostile files: a sentence within the limits, and the rest of the upload unharmed.

Where the principle shows on a small file, it is small, with limits to match; only where size is the point it is large.
"""

import gzip
import io
import json
import stat
import struct
import tarfile
import tracemalloc
import zipfile

import pytest

from articles.core.containers import Limits, cut
from tests.core.containers.files import (
    EML,
    JSONL,
    OTHER,
    PAGE,
    RSS,
    TEXT,
    WARC,
    ZIP,
    http,
    items,
    lines,
    problems,
    record,
    tarred,
    texts,
    zipped,
)

ZEROS = b"\x20" * 30_000_000
BOMB = zipped({"bomb.txt": ZEROS})
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><item><title>t</title><description>&x;</description></item></channel></rss>"""


def beside(hostile: bytes, **limits: int) -> list[str]:
    """The problems of a hostile file that stands between two good ones, which must be there."""
    for archive in (zipped, tarred):
        found = items(archive({"a.txt": TEXT, "hostile": hostile, "z.txt": OTHER}), "up", **limits)
        assert texts(found)[0] == TEXT
        assert texts(found)[-1] == OTHER
        said = problems(found)
        assert said
        assert all(one.endswith(".") and len(one) < 400 for one in said)
    return said


# Archives


@pytest.mark.parametrize("bomb", [BOMB, gzip.compress(ZEROS), zipped({"inner.zip": BOMB})])
def test_a_bomb_is_not_unpacked_and_what_stands_beside_it_is_read(bomb: bytes) -> None:
    assert "unpacks to more than 250 times its size, as no text does" in beside(bomb)[0]


def test_a_zip_that_lies_about_its_sizes_is_found_out() -> None:
    member = zipfile.ZipFile(io.BytesIO(ZIP)).infolist()[0]
    smaller = ZIP.replace(struct.pack("<I", member.file_size), struct.pack("<I", 10))
    assert "damaged" in problems(items(smaller))[0]
    larger = ZIP.replace(struct.pack("<I", member.compress_size), struct.pack("<I", member.compress_size + 9999))
    assert problems(items(larger))


def test_overlapping_entries_are_found_out() -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": OTHER}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert len(problems(items(bytes(data)))) >= 1


def test_archives_in_archives_are_opened_down_to_a_depth() -> None:
    nested = zipped({"a.txt": TEXT})
    for _ in range(9):
        nested = zipped({"in.zip": nested})
    assert beside(nested) == ["It is packed too deeply: 5 archives are around it, and no more are opened."]
    packed = TEXT.encode()
    for _ in range(9):
        packed = gzip.compress(packed)
    assert "5 archives are around it" in problems(items(packed))[0]


def test_an_archive_of_many_bombs_ends_where_the_upload_is_too_large() -> None:
    many = zipped({f"{n}.txt": TEXT * 50 for n in range(50)})
    found = items(many, "many.zip", unpacked_bytes=100_000)
    assert 10 < len(found) < 25
    assert found[-1].problem == "The upload unpacks to more than 100 KB: nothing from here on was read."


def test_names_lead_nowhere_and_stay_text() -> None:
    names = ["/etc/passwd", "../../a.txt", "a/../../b.txt", "C:\\a.txt", "x" * 5000, "b\x1b[2Jc\u202egnp.txt"]
    for archive in (zipped(dict.fromkeys(names, TEXT)), tarred(dict.fromkeys(names, TEXT))):
        found = items(archive, "up")
        assert texts(found) == [TEXT] * 6
        assert [one.name for one in found][:3] == ["up//etc/passwd", "up/../../a.txt", "up/a/../../b.txt"]
        assert all(len(one.name) < 400 and one.name.isprintable() for one in found)


def test_links_and_devices_are_left_out() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
    said = "<It is a link to another file, not a file, and was left out.>"
    assert texts(items(file.getvalue())) == [said, TEXT]
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo("m")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        member = tarfile.TarInfo("a.txt")
        member.size = len(TEXT.encode())
        tar.addfile(member, io.BytesIO(TEXT.encode()))
    found = texts(items(file.getvalue()))
    assert found[:2] == [said, said]
    assert found[2:] == [
        "<It is a pipe, not a file, and was left out.>",
        "<It is a device, not a file, and was left out.>",
        TEXT,
    ]


def test_encrypted_members_and_rare_methods_are_said() -> None:
    encrypted = bytearray(zipped({"a.txt": TEXT, "b.txt": OTHER}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(magic) + at] |= 1
    assert texts(items(bytes(encrypted))) == ["<It is encrypted: unpack it with its password first.>", OTHER]
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert "in a way that is not opened here" in problems(items(zipped({"a.txt": TEXT}, method)))[0]


@pytest.mark.parametrize("end", [10, 200, -22, -60])
def test_a_truncated_archive_says_so(end: int) -> None:
    assert problems(items(ZIP[:end]))
    assert problems(items(gzip.compress(PAGE.encode())[: min(end, 100)]))


def test_a_truncated_gzip_keeps_what_was_whole() -> None:
    data = gzip.compress(lines(*({"text": f"{n} {TEXT}"} for n in range(3000))))
    found = items(data[:-200])
    assert len(found) > 1000
    assert found[-1].problem == "Its gzip data end in the middle: the rest of it is missing."
    damaged = data[: len(data) // 2] + b"\xff\x00\xff" + data[len(data) // 2 + 3 :]
    assert "Its gzip data are damaged" in items(damaged)[-1].problem


def test_a_truncated_tar_keeps_what_was_whole() -> None:
    data = tarred({"a.txt": TEXT, "b.txt": OTHER * 20})
    assert texts(items(data[:1300]))[0] == TEXT
    assert problems(items(data[:1300]))
    assert "ends in the middle" in problems(items(data[:2900]))[0]


def test_a_tar_that_lies_about_a_size_or_a_name_is_found_out() -> None:
    member = tarfile.TarInfo("a.txt")
    member.size = 10**11
    data = member.tobuf() + TEXT.encode().ljust(512, b"\0")
    assert "ends in the middle of its member 1" in problems(items(data))[0]
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 10**9
    assert problems(items(long.tobuf() + b"x" * 1024))


# XML


@pytest.mark.parametrize("feed", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16")])
def test_a_feed_that_defines_entities_is_refused(feed: bytes) -> None:
    assert beside(feed) == ["It defines entities of its own, as attacks do and feeds do not: it was not read."]


def test_nothing_is_fetched_for_a_feed() -> None:
    feed = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">' + RSS[RSS.index(b"<rss") :]
    assert texts(items(feed)) == texts(items(RSS))


def test_an_entry_of_any_size_or_depth_ends_at_the_limits() -> None:
    start, end = RSS[: RSS.index(b"<item>")], RSS[RSS.index(b"<item>") :]
    wide = start + b"<item>" + b"<x>y</x>" * 200_000 + end
    assert "too large" in problems(items(wide, line_bytes=500_000))[0]
    deep = start + b"<item><description>" + b"<a>" * 100_000 + end
    assert problems(items(deep))
    assert problems(items(start + b"<item><description>" + b"x" * 12_000_000 + b"</description></item>" + end))


# JSON


def test_json_of_any_depth_is_refused_and_not_run_into() -> None:
    assert "levels deep" in beside(b'{"a":' * 20_000 + b"1" + b"}" * 20_000)[0]
    assert problems(items(b"[" * 100_000))
    assert texts(items(b'[{"text": "a"}, ' + b"[" * 9000 + b"]" * 9000 + b', {"text": "b"}]'))[2] == "b"
    deep = b'{"a":' * 5000 + b"1" + b"}" * 5000
    assert texts(items(deep + b"\n" + JSONL))[-1] == OTHER


def test_values_and_numbers_of_any_length_are_refused_one_by_one() -> None:
    data = b'[{"text": "' + b"x" * 200_000 + b'"}, {"text": "a", "n": ' + b"9" * 5000 + b'}, {"text": "b"}]'
    found = items(data, line_bytes=100_000)
    assert "It is too large" in found[0].problem
    assert found[1].problem == "It holds a number of more digits than can be read."
    assert found[2].content == b"b"


def test_an_object_too_large_for_one_article_is_searched_for_its_list() -> None:
    records = [{"text": f"{n} {TEXT}"} for n in range(100)]
    data = json.dumps({"meta": {"x": ["y"] * 5000}, "data": {"rows": records}}).encode()
    assert len(items(data, item_bytes=5000)) == 100
    small = json.dumps({"meta": {"x": ["y"] * 5000}, "data": {"rows": records[:3]}}).encode()
    assert len(items(small, item_bytes=5000)) == 3
    assert "no list of articles in it" in problems(items(json.dumps({"k": "y" * 9999}).encode(), item_bytes=5000))[0]


# Lines and tables


def test_lines_that_are_too_long_are_passed_over() -> None:
    data = JSONL + b'{"text": "' + b"x" * 300_000 + b'"}\n' + JSONL
    found = items(data, line_bytes=100_000)
    assert [one.place for one in found] == ["line 1", "line 2", "line 3", "line 4", "line 5"]
    assert problems(found) == ["The line is too long: it has more than 100 KB."]
    row = b"url,title,text\nu,t,words\nu,t,words\nu,t," + b"x" * 300_000 + b"\nu,t,words\n"
    found = items(row, line_bytes=100_000)
    assert texts(found)[2:] == ["<The row is too long: it has more than 100 KB.>", "words"]
    quoted = b'url,title,text\nu,t,words\nu,t,"' + b"x\n" * 100_000 + b"u,t,words\n"
    found = items(quoted, line_bytes=100_000, items=50)
    assert "A quote is opened" in problems(found)[0]


def test_quotes_that_open_in_every_line_cost_no_more_than_a_few_readings() -> None:
    found = items(b"url,title,text\nu,t,words\nu,t,words\n" + b'u,"t,words\n' * 4001)
    assert len(found) < 20_000


def test_a_hundred_megabytes_in_one_line_are_never_held_at_once() -> None:
    class Long(io.RawIOBase):
        """As many x as one likes, behind a beginning."""

        def __init__(self, start: bytes, size: int) -> None:
            self.start, self.size, self.at = start, size, 0

        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.at = offset if whence == 0 else self.size + offset
            return self.at

        def tell(self) -> int:
            return self.at

        def read(self, size: int = -1, /) -> bytes:
            data = self.start[self.at : self.at + size] or b"x" * max(0, min(size, self.size - self.at))
            self.at += len(data)
            return data

    for start in (
        b"x",
        b'{"text": "',
        b'{"text": "a"}\n{"text": "b"}\n{"text": "',
        b"url,title,text\na,b,c\na,b,c\na,b,",
    ):
        tracemalloc.start()
        found = list(cut(Long(start, 100_000_000), name="x", limits=Limits(item_bytes=200_000, line_bytes=400_000)))  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found[-1].problem
        assert peak < 5_000_000


def test_a_million_lines_end_at_the_number_of_items() -> None:
    found = items(JSONL + b"{}\n" * 1_000_000, items=1000)
    assert len(found) == 1001
    assert found[-1].problem == "The upload has more than 1000 items: nothing from here on was read."


def test_a_text_of_a_million_lines_is_one_item_or_too_large() -> None:
    assert len(items(b"x\n" * 1_000_000)) == 1
    assert problems(items(b"x\n" * 1_000_000, item_bytes=1_000_000)) == [
        "It is too large: it has more than 1 MB, the most an article may have."
    ]


def test_nul_bytes_pass_to_whoever_decodes() -> None:
    assert items(b"a\x00b c" * 10)[0].content == b"a\x00b c" * 10
    assert items(b"url,title,text\nu,t,a\x00b\nu,t,c\n")[0].content == b"a\x00b"


def test_tags_a_hundred_thousand_deep_are_cut_as_they_are() -> None:
    page = b"<html>" + b"<div>" * 100_000 + TEXT.encode()
    assert items(page)[0].content == page
    assert items(record(http(page)))[0].content == page


# Crawls and mails


def test_a_record_that_lies_about_its_length_costs_that_record_alone() -> None:
    good = record(http(PAGE.encode()), url="https://lorval.example/good")
    length = len(http(PAGE.encode()))
    for lie in (length - 20, length + 20, length + len(good) + 50, 10**9, 10**14):
        found = items(good + record(http(PAGE.encode()), length=lie) + good + good)
        assert texts(found).count(PAGE) == 3, lie
        assert len(problems(found)) == 1
    for lie in (5, 10**9):
        found = items(good + record(b"software: x", kind="warcinfo", length=lie) + good + good)
        assert texts(found).count(PAGE) == 3, lie
    found = items(good + good.replace(b"Content-Length", b"Content-Size") + good)
    assert texts(found).count(PAGE) == 2


def test_a_crawl_that_was_cut_off_keeps_what_was_whole() -> None:
    found = items(WARC[:-200])
    assert found[0].content
    assert "The file ends in the middle of this record" in problems(found)[0]


def test_a_crawl_of_endless_headers_or_packed_bombs_ends_at_the_limits() -> None:
    endless = b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000
    assert problems(items(endless + record(http(PAGE.encode()))))
    bomb = http(gzip.compress(ZEROS), headers="Content-Encoding: gzip\r\n")
    found = items(record(bomb) + record(http(PAGE.encode())), item_bytes=1_000_000)
    assert "the page unpacks to more than 1 MB" in found[0].problem
    assert texts(found)[1] == PAGE


def test_mails_of_many_parts_or_levels_are_refused() -> None:
    start = EML[: EML.index(b"--cut\n")]
    assert problems(items(start + b"--cut\nContent-Type: text/plain\n\nx\n" * 5000)) == [
        "It has more than 2000 parts, as no mail has."
    ]
    nested = start + b"".join(
        b"--%s\nContent-Type: multipart/mixed; boundary=%d\n\n" % (b"cut" if not n else b"%d" % (n - 1), n)
        for n in range(1500)
    )
    assert len(problems(items(nested))) == 1
    headers = EML.replace(b"Subject: ", b"Subject: " + b"=?utf-8?q?" * 50_000)
    assert len(items(headers)) == 1
    assert "a mail may have 2 KB" in problems(items(EML + b"x" * 3000, line_bytes=2000))[0]

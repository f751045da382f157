"""Small files of every format, made here, for the tests of cutting."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

from articles.core.containers import Found, Limits, cut

TEXT = "Le port a rouvert lundi, a annoncé la capitainerie. Les cargos reviendront dès mercredi, selon la même source."
OTHER = (
    "Le pont a fermé mardi, a annoncé la mairie. Les camions feront le tour par la rocade jusqu'à la fin des travaux."
)
PAGE = f"<html><head><title>Le port rouvre</title></head><body><h1>Le port rouvre</h1><p>{TEXT}</p></body></html>"


def items(data: bytes, name: str = "file", *, mapping: Mapping[str, str] | None = None, **limits: int) -> list[Found]:
    """Everything that is found in these bytes."""
    return list(cut(io.BytesIO(data), name=name, limits=Limits(**limits), mapping=mapping))


def texts(found: list[Found]) -> list[str]:
    """What the items say; a problem in angle brackets."""
    return [f"<{one.problem}>" if one.problem else one.content.decode() for one in found]


def problems(found: list[Found]) -> list[str]:
    return [one.problem for one in found if one.problem]


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 12, 10, 15, 0)), content, method)
    return file.getvalue()


def tarred(members: Mapping[str, bytes | str], mode: str = "w", kind: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode, format=kind) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def lines(*records: Any) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body


def record(
    body: bytes, *, kind: str = "response", url: str = "https://lorval.example/a", length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-12T10:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Lorval Matin - Une</title><language>fr</language><link>https://lorval.example/</link>
<item><title>Le port rouvre</title><link>https://lorval.example/port</link><dc:creator>Ana Lopes</dc:creator>
<pubDate>Tue, 12 Mar 2024 10:15:00 +0100</pubDate><category>Économie</category><description>Court.</description>
<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item>
<item><title>Le pont ferme</title><guid>https://lorval.example/pont</guid><description>{OTHER}</description></item>
<item><title>Rien</title></item>
</channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Lorval</title>
<entry><title type="html">Le port &amp;amp; le pont</title><link rel="self" href="https://lorval.example/self"/>
<link href="https://lorval.example/port"/><author><name>Ana Lopes</name></author><author><name>Bo Li</name></author>
<published>2024-03-12T10:15:00+01:00</published><updated>2024-03-13T10:15:00+01:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>""".encode()
EML = f"""Return-Path: <ana@lorval.example>
Received: from mail.lorval.example by desk.example; Tue, 12 Mar 2024 10:15:00 +0100
From: =?utf-8?q?Ana_L=C3=B3pes?= <ana@lorval.example>
To: desk@news.example
Subject: =?iso-8859-1?q?Le_port_rouvre_apr=E8s_la_gr=E8ve?=
Date: Tue, 12 Mar 2024 10:15:00 +0100
Message-ID: <1@lorval.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

Court.
--cut
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<html><body><p>{TEXT}</p></body></html>
--cut--
""".encode()
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://lorval.example/port
Subject: Le port rouvre
Date: Tue, 12 Mar 2024 10:15:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----cut----"

------cut----
Content-Type: text/html
Content-Location: https://ads.example/frame

<html><body>Publicité</body></html>
------cut----
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit
Content-Location: https://lorval.example/port

{PAGE}
------cut----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://lorval.example/a.png

iVBORw0KGgo=
------cut------
""".replace("\n", "\r\n").encode()
WARC = (
    record(b"software: test\r\n", kind="warcinfo")
    + record(http(PAGE.encode("cp1252"), "text/html; charset=windows-1252"))
    + record(http(b"\x89PNG", "image/png"))
    + record(http(b"<html>gone</html>", status="404 Not Found"))
    + record(
        http(gzip.compress(PAGE.encode(), mtime=0), headers="Content-Encoding: gzip\r\n"),
        url="https://lorval.example/b",
    )
)
CSV = f'url,title,text,date,author\nhttps://lorval.example/port,Le port,"{TEXT}\n\n""Oui"", dit-il.",2024-03-12,Ana Lopes\n\nhttps://lorval.example/pont,Le pont,"{OTHER}",2024-03-13,\n'.encode()  # noqa: E501
JSONL = lines(
    {"url": "https://lorval.example/port", "text": TEXT}, {"url": "https://lorval.example/pont", "text": OTHER}
)
JSON = json.dumps([{"title": "Le port", "text": TEXT}, {"title": "Le pont", "html": PAGE, "text": "Court."}]).encode()
GZIP = gzip.compress(JSONL, mtime=0)
TAR = tarred({"a.html": PAGE, "b/c.txt": OTHER})
ZIP = zipped({"a.html": PAGE, "b/c.txt": OTHER})
# Row of CONTAINERS -> a file of it, and how many items and problems are in it.
SAMPLES: dict[str, tuple[bytes, int, int]] = {
    "zip": (ZIP, 2, 0),
    "gzip": (GZIP, 2, 0),
    "tar": (TAR, 2, 0),
    "warc": (WARC, 2, 1),
    "mhtml": (MHTML, 1, 0),
    "eml": (EML, 1, 0),
    "feed": (RSS, 2, 1),
    "jsonl": (JSONL, 2, 0),
    "json": (JSON, 2, 0),
    "csv": (CSV, 2, 0),
}

"""Samples of every format, each made with the format's own tools."""

import csv
import gzip
import io
import json
import mailbox
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from cenotaph.ingest import Input, Refused, Report, Told, read

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Market struck in Sarbek | Meridian</title>
<meta name="author" content="Lena Orun"><meta property="og:site_name" content="Meridian News Agency">
<meta property="article:published_time" content="2021-02-08T10:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Market struck in Sarbek</h1>
<p>Twelve people were killed when a shell hit the vegetable market of Sarbek on Sunday, doctors said.</p>
<p>Another seven were wounded, the town’s hospital told this agency on Monday morning by telephone.</p>
</article><footer>All rights reserved.</footer></body></html>"""
SENTENCE = "Twelve people were killed when a shell hit the vegetable market"


def pdf(*pages: str) -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(612, 792)
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
             NameObject("/BaseFont"): NameObject("/Helvetica")}
        )  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 720 Td {lines}ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Weekly count", "/Author": "Lena Orun"})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def warc(
    *pages: str,
    packed: bool = False,
    status: str = "200 OK",
    last: str = "text/html; charset=utf-8",
    sent: Mapping[str, bytes] | None = None,
) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed)
    for how, body in (sent or {}).items():
        headers = StatusAndHeaders("200 OK", [tuple(how.split(": "))], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            "https://mna.example/sent", "response", payload=io.BytesIO(body), length=len(body),
            http_headers=headers,
        )  # fmt: skip
        writer.write_record(record)
    for number, page in enumerate(pages):
        kind = last if number == len(pages) - 1 else "text/html; charset=utf-8"
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://mna.example/{number}", "response", payload=io.BytesIO(page.encode()), length=len(page.encode()),
            http_headers=headers, warc_headers_dict={"WARC-Date": "2021-02-09T08:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    request = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
    writer.write_record(
        writer.create_warc_record(
            "https://mna.example/0", "request", payload=io.BytesIO(), length=0, http_headers=request
        )
    )
    return made.getvalue()


def mail() -> bytes:
    letter = EmailMessage()
    letter["From"] = "Lena Orun <lena@mna.example>"
    letter["To"] = "desk@mna.example"
    letter["Subject"] = "Sarbek, första räkningen"
    letter["Date"] = "Mon, 08 Feb 2021 22:00:00 +0300"
    letter["Message-ID"] = "<1@mna.example>"
    letter.set_content("Four people were killed in Sarbek on Sunday.\n")
    letter.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    return bytes(letter)


def mbox() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(Path(folder) / "box")
        for number, words in enumerate(
            ("Four were killed in Sarbek.", "From Homra: five were killed.\n\nFrom 2020 on, six.")
        ):
            letter = EmailMessage()
            letter["From"] = "Lena Orun <lena@mna.example>"
            letter["Subject"] = f"Count {number}"
            letter["Date"] = f"Mon, {8 + number:02} Feb 2021 22:00:00 +0300"
            letter["Message-ID"] = f"<{number}@mna.example>"
            letter.set_content(words)
            box.add(letter)
        box.close()
        return (Path(folder) / "box").read_bytes()


def telegram() -> bytes:
    chat = {
        "name": "Sarbek Today", "type": "public_channel", "id": 77,
        "messages": [
            {"id": 1, "type": "service", "date": "2021-02-07T10:00:00", "action": "create", "text": ""},
            {"id": 2, "type": "message", "date": "2021-02-08T01:30:00", "date_unixtime": "1612737000",
             "from": "Sarbek Today", "text": ["Three people ", {"type": "bold", "text": "killed"}, " in Sarbek."]},
            {"id": 3, "type": "message", "date": "2021-02-08T12:00:00", "date_unixtime": "1612785600",
             "from": "Sarbek Today", "edited_unixtime": "1612789200", "text": "Five in all."},
        ],
    }  # fmt: skip
    return json.dumps(chat, indent=1, ensure_ascii=False).encode()


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Meridian News Agency</title>
<item><guid>mna-1</guid><link>https://mna.example/1</link><title>Nine killed</title>
<description>&lt;p&gt;Nine people were killed in Sarbek.&lt;/p&gt;&lt;p&gt;Two are missing.&lt;/p&gt;</description>
<pubDate>Mon, 08 Feb 2021 10:00:00 GMT</pubDate></item>
<item><title>Two killed in Homra</title></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Front line</title>
<entry><id>tag:front.example,2021:1</id><title>Bridge</title><author><name>R. Velm</name></author>
<updated>2021-02-08T10:00:00Z</updated><content type="html">&lt;b&gt;Six&lt;/b&gt; people died at the bridge.</content></entry></feed>"""
COLUMNS = """
rows = "reports"
days = "day-first"
[columns]
id = "No"
text = "Narrative"
published = "Seen"
publisher = "Outlet"
"""
ROWS = [
    ["No", "Seen", "Outlet", "Narrative"],
    ["r1", "08/02/2021", "Meridian", "Five people were killed in Sarbek,\nthe council said."],
    ["r2", "", "", "Two; “one of them a child”, were killed."],
    ["r3", "2021-02-30", "Meridian", "One was killed."],
]


def table(separator: str = ",") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=separator).writerows(ROWS)
    return made.getvalue().encode()


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(mode: str = "w:gz", **files: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


SAMPLES = {
    "text": b"Twelve people were killed in Sarbek.",
    "page": PAGE.encode(),
    "pdf": pdf("Twelve people were killed in Sarbek\non Sunday.", "Seven were wounded."),
    "warc": warc(PAGE),
    "warc-gz": warc(PAGE, packed=True),
    "rss": RSS.encode(),
    "atom": ATOM.encode(),
    "lines": b'{"id":"l1","text":"Five people were killed."}\n{"id":"l2","text":"Six were killed."}\n',
    "telegram": telegram(),
    "mail": mail(),
    "mbox": mbox(),
    "zip": zipped(**{"a.txt": b"Six people were killed.", "sub/page.html": PAGE.encode()}),
    "tar-gz": tarred(
        **{"a.txt": b"Six people were killed.", "sub/b.txt": b"Seven people were killed."}
    ),
    "tar-xz": tarred("w:xz", **{"a.txt": b"Six people were killed."}),
    "gz": gzip.compress(b"Six people were killed."),
}


@pytest.fixture
def samples() -> dict[str, bytes]:
    return dict(SAMPLES)


class Answers(list):
    """What became of one input."""

    @property
    def reports(self) -> list[Report]:
        return [each for each in self if isinstance(each, Report)]

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self if isinstance(each, Refused)]

    @property
    def told(self) -> list[str]:
        return [each.code for each in self if isinstance(each, Told)]

    @property
    def texts(self) -> list[str]:
        return [each.document.text for each in self.reports]


@pytest.fixture
def given():
    """Read bytes as one input in the process that parses."""

    def run(raw: bytes, name: str = "x", **more) -> Answers:
        return Answers(read([Input(id="x", name=name, raw=raw, **more)]))

    return run


@pytest.fixture
def make():
    """The makers of samples, by name."""
    return {
        "pdf": pdf, "warc": warc, "zip": zipped, "tar": tarred, "table": table, "workbook": workbook,
        "page": PAGE, "columns": COLUMNS, "sentence": SENTENCE,
    }  # fmt: skip

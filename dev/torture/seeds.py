"""What the fuzzer begins with: `python dev/torture/seeds.py FOLDER`.

For each kind a folder of sound files, each made by the format's own tools; for the reading engine, the sentences of
the example reports, and `reading.dict` with the words that its vocabulary knows.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import mailbox
import re
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from files import CHAT, PAGE, SENTENCE

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
ARABIC = "قتل خمسة أشخاص في قصف على سوق الخضار في بلدة سربك يوم الأحد"
META = (
    '<meta name="author" content="Lena Orun"><meta property="og:site_name" content="Meridian">'
    '<meta property="article:published_time" content="2021-02-08T10:00:00Z">'
)


def texts() -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1256", "latin-1"):
        yield (ARABIC if encoding in ("utf-16", "cp1256") else SENTENCE).encode(encoding)
    yield f"# Sarbek\n\n* {SENTENCE}\r\n* At least \u202e37\u202c hurt.\n".encode()


def pages() -> Iterator[bytes]:
    yield PAGE.encode()
    yield PAGE.replace(
        "<body>", f"<head><title>Sarbek | Meridian</title>{META}</head><body>"
    ).encode()
    yield f'<meta charset="windows-1256"><p>{ARABIC}</p>'.encode("cp1256")
    rows = "".join(f"<tr><td>{n}</td><td>{SENTENCE}</td></tr>" for n in range(3))
    yield f"<html><body><table>{rows}</table><ul><li>{SENTENCE}</li></ul><!-- x --></body></html>".encode()


def pdfs() -> Iterator[bytes]:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    for packed in (False, True):
        writer = PdfWriter()
        for words in ("Twelve people were killed", "Seven were wounded"):
            page = writer.add_blank_page(612, 792)
            font = DictionaryObject({NameObject(k): NameObject(v) for k, v in
                                     (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"))})  # fmt: skip
            fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode())
            made = stream.flate_encode() if packed else stream
            page[NameObject("/Contents")] = writer._add_object(made)
        writer.add_metadata({"/Title": "Weekly count"})
        yield written(writer.write)


def warcs() -> Iterator[bytes]:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    for packed in (False, True):
        made = io.BytesIO()
        writer = WARCWriter(made, gzip=packed)
        head = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        for kind in ("response", "resource"):
            body = io.BytesIO(PAGE.encode())
            writer.write_record(writer.create_warc_record("https://m.example/", kind, payload=body,
                                length=len(PAGE.encode()), http_headers=head if kind == "response" else None,
                                warc_content_type="text/html" if kind == "resource" else ""))  # fmt: skip
        yield made.getvalue()


def feeds() -> Iterator[bytes]:
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    ElementTree.SubElement(channel, "title").text = "Meridian"
    for number in range(2):
        item = ElementTree.SubElement(channel, "item")
        for name, value in (("guid", f"m-{number}"), ("link", f"https://m.example/{number}"), ("title", "Sarbek"),
                            ("description", f"<p>{SENTENCE}</p>"), ("pubDate", "Mon, 08 Feb 2021 10:00:00 GMT")):  # fmt: skip
            ElementTree.SubElement(item, name).text = value
    yield ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.Element(f"{space}feed")
    entry = ElementTree.SubElement(feed, f"{space}entry")
    for name, value in (
        ("id", "tag:m.example,2021:1"),
        ("title", "Bridge"),
        ("updated", "2021-02-08T10:00:00Z"),
    ):
        ElementTree.SubElement(entry, f"{space}{name}").text = value
    ElementTree.SubElement(entry, f"{space}content", type="html").text = f"<b>{SENTENCE}</b>"
    yield ElementTree.tostring(feed, encoding="utf-8")


def lines() -> Iterator[bytes]:
    rows: list[dict[str, Any]] = [
        {"id": "a", "text": SENTENCE, "published": "2021-02-08", "title": None}
    ]
    rows.append(
        {"id": "b", "text": ARABIC, "lang": "ar", "country": "XT", "url": "https://m.example/"}
    )
    yield "\n".join(map(json.dumps, rows)).encode()
    yield "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def listed() -> Iterator[bytes]:
    rows = [json.loads(line) for line in next(lines()).splitlines()]
    yield json.dumps(rows).encode()
    yield "\n".join(json.dumps(row, indent=2, ensure_ascii=False) for row in rows).encode()


def tables() -> Iterator[bytes]:
    for separator in ",;\t":
        made = io.StringIO(newline="")
        csv.writer(made, delimiter=separator).writerows(
            [
                ["No", "Seen", "Narrative"],
                ["1", "08/02/2021", SENTENCE],
                ["2", "", 'Two; "a child",\nwere killed.'],
            ]
        )
        yield made.getvalue().encode()


def chats() -> Iterator[bytes]:
    chat = json.loads(CHAT)
    chat["messages"][0]["text"] = ["Three people ", {"type": "bold", "text": "killed"}]
    chat["messages"].append({"id": 2, "type": "service", "action": "pin"})
    yield CHAT.encode()
    yield json.dumps(chat, indent=1, ensure_ascii=False).encode()


def letters() -> Iterator[bytes]:
    letter = EmailMessage()
    for name, value in (("From", "Lena Orun <lena@m.example>"), ("Subject", "Sarbek, första räkningen"),
                        ("Date", "Mon, 08 Feb 2021 22:00:00 +0300"), ("Message-ID", "<1@m.example>")):  # fmt: skip
        letter[name] = value
    letter.set_content(SENTENCE)
    yield bytes(letter)
    letter.add_alternative(PAGE, subtype="html")
    letter.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    yield bytes(letter)


def box() -> bytes:
    """An mbox of two letters."""
    with tempfile.TemporaryDirectory() as folder:
        made = mailbox.mbox(Path(folder) / "box")
        for raw in list(letters())[:2]:
            made.add(raw.replace(b"<1@", b"<%d@" % len(raw)))
        made.close()
        return (Path(folder) / "box").read_bytes()


def mails() -> Iterator[bytes]:
    yield from letters()
    yield box()


def zips() -> Iterator[bytes]:
    import openpyxl

    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", method) as archive:
            archive.writestr("a.txt", SENTENCE)
            archive.writestr("sub/b.html", PAGE)
        yield made.getvalue()
    book = openpyxl.Workbook()
    for row in (["No", "Narrative"], [1, SENTENCE]):
        book.active.append(row)
    yield written(book.save)


def tars() -> Iterator[bytes]:
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w", format=form) as archive:
            info = tarfile.TarInfo("a" * 120 + ".txt" if form != tarfile.USTAR_FORMAT else "a.txt")
            info.size = len(SENTENCE)
            archive.addfile(info, io.BytesIO(SENTENCE.encode()))
        yield made.getvalue()


def packed() -> Iterator[bytes]:
    inner = [SENTENCE.encode(), *list(tars())[:1], *list(warcs())[:1]]
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        yield from map(pack, inner)


def sentences() -> Iterator[bytes]:
    """The sentences of the example reports, alone and with the one behind them."""
    for file in sorted(EXAMPLES.glob("*.txt")):
        found = re.split(r"(?<=[.!?”])\s+", file.read_text(encoding="utf-8"))
        for one, other in zip(found, [*found[1:], ""], strict=True):
            yield one.encode()
            yield f"{one}\n\n{other}".encode()


def words() -> str:
    """The words of the English pack, as a dictionary of libFuzzer."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, str):
            found.update(word.replace("_", " ") for word in value.split())
        elif isinstance(value, dict):
            for key, inner in value.items():
                found.add(str(key))
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    for file in sorted(
        (resources.files("cenotaph.vocab") / "en").iterdir(), key=lambda each: each.name
    ):
        if file.name.endswith(".toml"):
            gather(tomllib.loads(file.read_text(encoding="utf-8")))
    plain = sorted(word for word in found if re.fullmatch(r"[A-Za-z0-9' ,.-]{2,24}", word))
    return "".join(f'" {word}"\n' for word in plain)


def written(save: Any) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()


SEEDS = {
    "text": texts, "page": pages, "pdf": pdfs, "warc": warcs, "feed": feeds, "lines": lines, "json": listed, "table": tables,
    "telegram": chats, "mail": mails, "zip": zips, "tar": tars, "packed": packed, "reading": sentences,
}  # fmt: skip


def main() -> None:
    """Write the seeds of every kind."""
    folder = Path(sys.argv[1])
    for kind, make in SEEDS.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(make()):
            (folder / kind / str(number)).write_bytes(seed)
    (folder / "reading.dict").write_text(words(), encoding="utf-8")


if __name__ == "__main__":
    main()

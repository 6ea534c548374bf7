"""At least 300 malformed or hostile files, each made here: `files()` yields names and bytes.

`python dev/torture/files.py FOLDER` writes them down. Everything is made of a seed, so that a file that breaks
something can be made again.
"""

import bz2
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

SENTENCE = "Twelve people were killed when a shell hit the vegetable market of Sarbek on Sunday."
PAGE = f"<!DOCTYPE html><html><body><article><p>{SENTENCE}</p></article></body></html>"
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><title>M</title><item><guid>1</guid><description>{SENTENCE}</description></item></channel></rss>'
MAIL = f"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\nSubject: x\r\n\r\n{SENTENCE}\r\n"
CHAT = json.dumps(
    {
        "name": "S",
        "type": "public_channel",
        "id": 1,
        "messages": [{"id": 1, "type": "message", "date_unixtime": "1612737000", "text": SENTENCE}],
    }
)
MEGA = 1 << 20
Files = Iterator[tuple[str, bytes]]


def pdf(
    stream: bytes = b"BT /F1 12 Tf 72 720 Td (Twelve people were killed) Tj ET", filtered: str = ""
) -> bytes:
    """Return a small PDF whose page is `stream`."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             b"<<%s/Length %d>>stream\n%s\nendstream" % (filtered.encode(), len(stream), stream),
             b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


def warc(body: bytes = PAGE.encode(), *, length: int | None = None, head: bytes = b"") -> bytes:
    """Return a WARC of one answer, whose length may be a lie."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    said = len(block) if length is None else length
    return (
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://m.example/\r\nWARC-Date: 2021-02-09T08:00:00Z\r\n"
            b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % said
        )
        + block
        + b"\r\n\r\n"
    )


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Return a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w") -> bytes:
    """Return a tar."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def workbook() -> bytes:
    """Return a workbook of one row."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Narrative"])
    book.active.append([SENTENCE])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def seeds() -> dict[str, bytes]:
    """Return one sound file of each format, which others are made of."""
    return {
        "txt": SENTENCE.encode(), "html": PAGE.encode(), "pdf": pdf(), "warc": warc(), "warc.gz": gzip.compress(warc()),
        "rss": RSS.encode(), "jsonl": json.dumps({"id": "a", "text": SENTENCE}).encode(), "xlsx": workbook(),
        "list.json": json.dumps([{"id": "a", "text": SENTENCE}]).encode(),
        "csv": f'Narrative\n"{SENTENCE}"\n'.encode(), "json": CHAT.encode(), "eml": MAIL.encode(),
        "zip": zipped(("a.txt", SENTENCE.encode()), ("b.html", PAGE.encode())),
        "tar": tarred(("a.txt", SENTENCE.encode())), "tar.gz": tarred(("a.txt", SENTENCE.encode()), mode="w:gz"),
        "gz": gzip.compress(SENTENCE.encode()), "bz2": bz2.compress(SENTENCE.encode()), "xz": lzma.compress(SENTENCE.encode()),
    }  # fmt: skip


def files(*, large: bool = True) -> Files:
    """Yield every file; `large` with those that are or become many megabytes."""
    yield from damaged()
    yield from encodings()
    yield from nested()
    yield from lies()
    yield from signatures()
    if large:
        yield from bombs()


def damaged() -> Files:
    """Sound files cut short, with bytes changed, doubled, or with another's beginning."""
    chance = random.Random(2021)
    for kind, raw in seeds().items():
        for share in (0.1, 0.5, 0.9):
            yield f"cut-{share}.{kind}", raw[: int(len(raw) * share)]
        for turn in range(8):
            changed = bytearray(raw)
            for _ in range(1 + turn * 3):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield f"changed-{turn}.{kind}", bytes(changed)
        yield f"twice.{kind}", raw + raw
        yield f"junk-behind.{kind}", raw + chance.randbytes(500)
        yield f"junk-before.{kind}", chance.randbytes(20) + raw
        yield f"nul-inside.{kind}", raw[: len(raw) // 2] + b"\0" * 7 + raw[len(raw) // 2 :]
        yield f"as-html.{kind}", b"<html><body><p>" + raw
        yield f"as-pdf.{kind}", b"%PDF-1.7\n" + raw


def encodings() -> Files:
    """Texts and pages in, and declared in, every wrong encoding; halves of pairs; marks of direction."""
    arabic = "قتل خمسة أشخاص في قصف على سوق الخضار في بلدة سربك يوم الأحد بحسب مصادر طبية"
    for name in (
        "utf-7",
        "utf-16",
        "utf-16-le",
        "utf-32",
        "cp1256",
        "iso8859-6",
        "koi8-r",
        "shift_jis",
        "gb18030",
        "cp037",
    ):
        text = (arabic if name in ("cp1256", "iso8859-6", "utf-16", "utf-32") else SENTENCE).encode(
            name
        )
        yield f"in-{name}.txt", text
        yield f"declared-{name}.html", f'<meta charset="{name}"><p>{SENTENCE}</p>'.encode()
        yield (
            f"in-{name}.html",
            f'<html><meta charset="utf-8"><p>{SENTENCE}</p></html>'.encode(name),
        )
    yield "surrogate.txt", b"5 killed \xed\xa0\x80 in Sarbek"
    yield "surrogate.jsonl", b'{"id":"a","text":"5 killed \\ud800"}'
    yield "surrogate.json", CHAT.replace("Twelve", "\\ud800").encode()
    yield (
        "surrogate.html",
        b"<html><body><p>&#xD800;&#55296; " + SENTENCE.encode() + b"</p></body></html>",
    )
    yield "overlong.txt", b"\xc0\xaf\xe0\x80\xaf" * 100
    yield "nul.txt", b"\0" * 5000
    yield "nuls-in-words.html", PAGE.replace("killed", "ki\0lled").encode()
    yield "direction.txt", "At least \u202e37\u202c and 3\u200b7 people were killed.".encode()
    yield "one-byte.txt", b"\xff"
    yield "empty.txt", b""
    yield "blank.txt", b" \n\t\r\n" * 1000
    yield "marks-alone.txt", b"\xef\xbb\xbf"


def nested() -> Files:
    """Things deep inside one another."""
    for depth in (10, 255, 256, 1000, 100_000):
        yield f"deep-{depth}.html", f"<html><body>{'<div>' * depth}<p>{SENTENCE}</p>".encode()
        yield f"deep-{depth}.list.json", b'[{"id":"a","text":' + b"[" * depth + b"]" * depth + b"}]"
        yield f"deep-{depth}.jsonl", b'{"id":"a","text":' + b"[" * depth + b"]" * depth + b"}"
        yield (
            f"deep-{depth}.json",
            CHAT.encode()[:-1] + b',"x":' + b"[" * depth + b"]" * depth + b"}",
        )
        yield f"deep-{depth}.rss", RSS.replace("<item>", "<x>" * depth + "<item>").encode()
        yield f"deep-{depth}.pdf", pdf(b"[" * depth)
    for depth in (3, 4, 60):
        inner = SENTENCE.encode()
        for _ in range(depth):
            inner = zipped(("in.zip", inner))
        yield f"zips-{depth}.zip", inner
        letter = MAIL.encode()
        for n in range(depth):
            letter = (b"From: a@b.example\r\nMessage-ID: <2@b>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
                      b"--b%d\r\nContent-Type: message/rfc822\r\n\r\n" % (n, n)) + letter + b"\r\n--b%d--\r\n" % n  # fmt: skip
        yield f"letters-{depth}.eml", letter


def lies() -> Files:
    """Files that say of themselves what is not so, and that point where they should not."""
    for length in (0, 1, 100_000, 10**15, -5):
        yield f"length-{length}.warc", warc(length=length)
    yield "chunked.warc", warc(b"ffffffff\r\nshort", head=b"Transfer-Encoding: chunked\r\n")
    yield "packed-body.warc", warc(b"\x1f\x8bnot", head=b"Content-Encoding: gzip\r\n")
    yield "no-head.warc", b"WARC/1.0\r\n\r\n"
    yield "endless-head.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000
    yield (
        "climbing.zip",
        zipped(
            ("../../../etc/passwd", SENTENCE.encode()),
            ("/abs.txt", b"5 killed"),
            ("c:\\x.txt", b"5 killed"),
        ),
    )
    yield (
        "names.zip",
        zipped(
            (".", b"x"),
            ("..", b"x"),
            ("a" * 5000, b"5 killed"),
            ("nul\0x.txt", b"5 killed"),
        ),
    )
    yield "empty.zip", zipped()
    yield "empty.tar", tarred()
    yield "climbing.tar", tarred(("../../evil.txt", SENTENCE.encode()))
    links = io.BytesIO()
    with tarfile.open(fileobj=links, mode="w") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "s"),
            (tarfile.LNKTYPE, "h"),
            (tarfile.CHRTYPE, "c"),
            (tarfile.FIFOTYPE, "f"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    yield "links.tar", links.getvalue()
    entity = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
    ) + "]>"  # fmt: skip
    yield "laughs.rss", RSS.replace("<rss", f"{entity}<rss").replace(SENTENCE, "&i;").encode()
    yield (
        "outside.rss",
        RSS.replace(
            "<rss", '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss'
        ).encode(),
    )
    yield "not-closed.rss", RSS.removesuffix("</item></channel></rss>").encode()
    yield "script.html", b"<script>" * 20_000 + SENTENCE.encode()
    yield "comment.html", b"<html><!-- " + SENTENCE.encode() * 20
    yield "formula.csv", b'Narrative\n"=HYPERLINK(""http://m.example"")"\n'
    yield "quotes.csv", b'Narrative\n"' + b'""' * 50_000
    yield "columns.csv", b"Narrative," + b"x," * 50_000 + b"\n"
    yield "loop.pdf", pdf().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield "huge-count.pdf", pdf().replace(b"/Count 1", b"/Count 99999999")
    yield "no-xref.pdf", pdf().replace(b"startxref", b"startxxxx")
    yield "operators.pdf", pdf(b"BT /F1 12 Tf " + b"(a) Tj " * 200_000 + b"ET")
    yield "pictures.pdf", pdf(b"")


def signatures() -> Files:
    """The beginnings of formats with nothing behind them, and formats that are not read."""
    for number, head in enumerate((
        b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\x00", b"WARC/1.0", b"\xd0\xcf\x11\xe0",
        b"SQLite format 3\x00", b"{\\rtf1", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0", b"GIF89a", b"\x7fELF", b"<rss", b"<feed", b"<html", b"<?xml", b"{", b"[", b'{"messages":[',
    )):  # fmt: skip
        yield f"head-{number}.bin", head
        yield f"head-{number}-junk.bin", head + random.Random(number).randbytes(3000)


def bombs() -> Files:
    """Little that becomes much, much that is one piece, and what takes parsers long."""
    nothing = b"0" * (200 * MEGA)
    yield "bomb.gz", gzip.compress(nothing)
    yield "bomb.bz2", bz2.compress(nothing)
    yield "bomb.xz", lzma.compress(nothing)
    yield "bomb.gz.gz", gzip.compress(gzip.compress(nothing))
    yield "bomb.zip", zipped(("bomb.txt", nothing))
    yield "many.zip", zipped(*((f"{n}.txt", b"0" * 900_000) for n in range(300)))
    yield "members.zip", zipped(*((f"{n}.txt", b"") for n in range(25_000)))
    yield "bomb.tar.gz", tarred(("bomb.txt", nothing), mode="w:gz")
    yield "bomb.warc.gz", gzip.compress(warc(nothing))
    yield "body-bomb.warc", warc(gzip.compress(nothing), head=b"Content-Encoding: gzip\r\n")
    yield (
        "bomb.pdf",
        pdf(__import__("zlib").compress(b"(a) Tj " * (20 * MEGA)), "/Filter/FlateDecode"),
    )
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name)
                if "sheet1" not in name
                else old.read(name)[:-12] + b" " * (300 * MEGA),
            )
    yield "bomb.xlsx", made.getvalue()
    yield "line.txt", b"killed " * (100 * MEGA // 7)
    yield "line-30.txt", b"5 killed " * (30 * MEGA // 9)
    yield "line.jsonl", b'{"id":"a","text":"' + b"x" * (100 * MEGA) + b'"}'
    yield "list.json", b'[{"id":"a","text":"5 killed"}' + b',{"id":"b"}' * (5 * MEGA) + b"]"
    for size in (1, 9, 11, 60):
        yield (
            f"node-{size}.html",
            b"<html><body><p>" + b"lorem ipsum " * (size * MEGA // 12) + SENTENCE.encode(),
        )
    yield (
        "attributes.html",
        b"<html><body><p "
        + b" ".join(b"a%d=1" % n for n in range(200_000))
        + b">"
        + SENTENCE.encode(),
    )
    yield "siblings.html", b"<html><body>" + b"<b>x</b>" * 500_000 + SENTENCE.encode()
    yield "divs.html", b"<html><body>" + b"<div>" * MEGA + SENTENCE.encode()
    yield (
        "items.rss",
        RSS.replace("<item>", "<item><title>x</title></item>" * 100_000 + "<item>").encode(),
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for called, content in files():
        (folder / called).write_bytes(content)

"""What goes wrong is told in the words of the pages: what it is, what to do, in their language."""

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of, put
from tests.web.test_pages import text
from tests.web.test_words import FOREIGN, NAMES

import cenotaph
from cenotaph import vocab
from cenotaph.web import troubles

SOURCE = Path(cenotaph.__file__).parent
SAID = "Mortar fire killed two bakers in Sarbek on Monday, a nurse said."
OTHERS = re.compile(r"--\w|\w+(?:Error|File|Exception)\b|Traceback|\bmember\b|\bbyte\b")
"""Words of the command line, of the library that complains, of the readers."""


def packed(*, cut: int = 0, locked: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in/report.txt", SAID)
    raw = bytearray(out.getvalue())
    if locked:  # the flag of a password, in both heads
        raw[6] |= 1
        raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw[: len(raw) - cut])


def paper(*, password: str = "") -> bytes:
    out, made = io.BytesIO(), pypdf.PdfWriter()
    made.add_blank_page(200, 200)
    if password:
        made.encrypt(password)
    made.write(out)
    return out.getvalue()


def book(*, cut: bool) -> bytes:
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.active.append(["Place", "Dead"])
    made.active.append(["Sarbek", 4])
    made.save(out)
    return out.getvalue()[: 900 if cut else None]


BAD = {
    "cut.zip": packed(cut=30),
    "locked.zip": packed(locked=True),
    "broken.xlsx": book(cut=True),
    "locked.pdf": paper(password="a word"),
    "scanned.pdf": paper(),
    "empty.txt": b"",
    "empty.html": b"<html><head><title>Sarbek</title></head><body><script>1</script></body></html>",
    "noise.bin": bytes(range(256)) * 9,
    "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(900),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900),
    "store.rar": b"Rar!\x1a\x07\x00" + bytes(90),
    "odd.txt": b"Sarbek \xff\xfe\x00\x81",
    "lines.jsonl": b'{"id": "a", "text": \n[1]\n{"id": 7, "text": "x"}\n{"id": "b", "text": "\xe9"}\n',
    "fields.json": b'{"place": "Sarbek"}',
}  # fmt: skip


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        yield client


def told(client: TestClient) -> str:
    """Return what the page says once the work is done."""
    page = client.get("/working").text
    return text(page.partition('class="told"')[2].partition("<main")[0])


@pytest.mark.parametrize("name", sorted(BAD))
def test_of_a_file_that_is_not_read_a_page_says_what_it_is_and_what_to_do(desk, name):
    put(desk, name, BAD[name])
    said, listed = told(desk), text(desk.get("/reports").text.partition('id="not-read"')[2])
    assert name.partition(".")[0] in said and name.partition(".")[0] in listed
    for each in (said, listed):
        assert not OTHERS.search(each), each
    assert re.search(r"\b(?:add|paste|type|See|Save|Get|Unpack|Open|Mend|Give)\b", said), said


def test_the_same_is_said_in_arabic(desk):
    desk.headers["accept-language"] = "ar"
    for name, content in BAD.items():
        put(desk, name, content)
    listed = desk.get("/reports").text.partition('id="not-read"')[2].partition("<section")[0]
    plain = text(re.sub(r"<(bdi|code)\b[^>]*>.*?</\1>", " ", listed, flags=re.DOTALL))
    assert not re.findall(r"[A-Za-z]{4,}", FOREIGN.sub("", NAMES.sub("", plain)).replace("UTF", ""))


def test_what_was_not_read_for_one_reason_stands_together(desk):
    for name in ("a.txt", "b.txt", "c.txt"):
        put(desk, name, b" ")
    page = desk.get("/reports").text
    assert page.count("There is no text in it.") == 1
    assert all(f"<bdi>{name}.txt</bdi>" in page for name in "abc")
    put(desk, "box.zip", packed(locked=True))
    assert "box.zip, in/report.txt" in text(desk.get("/reports").text)


def test_a_table_too_large_to_be_kept_unread_does_not_vanish(desk, monkeypatch):
    monkeypatch.setattr("cenotaph.ingest.files.LIMIT", 400)
    monkeypatch.setattr("cenotaph.ingest.isolated.small", lambda path: None)
    put(desk, "year.csv", b"Place,Dead\n" + b"Sarbek,4\n" * 90)
    assert "more than 64 MB" in told(desk)


def test_files_stay_where_the_mapping_that_came_along_cannot_be_used(desk):
    data = {"token": desk.app.state.token}
    files = [("files", ("sarbek.txt", SAID.encode())), ("mapping", ("m.toml", b"rows = 1"))]
    answer = desk.post("/add", data=data, files=files, follow_redirects=False)
    assert answer.status_code == 303
    desk.app.state.held.work.finished.wait(60)
    said = told(desk)
    assert "The mapping of columns cannot be used." in said
    assert "The files were added without it." in said
    assert "sarbek" in desk.app.state.held.view().listed


def test_a_day_of_publication_that_is_none_is_told(desk):
    put(desk, "sarbek.txt", SAID.encode(), published="last Sunday")
    assert "“last Sunday” is no day" in told(desk)


def test_there_are_words_for_every_code_of_an_input():
    known = vocab.table("inputs")
    assert {*known["errors"], *known["notes"]} <= set(troubles.table().codes)


def sample(node: ast.expr) -> str | None:
    """Return a sentence of the code with something put in for each value; None for none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            each.value if isinstance(each, ast.Constant) else "x" for each in node.values
        )
    return None


def raised(path: Path, *errors: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        made = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(made, ast.Call) and getattr(made.func, "id", "") in errors and made.args:
            if (said := sample(made.args[0])) is not None:
                yield said


REFUSING = (
    ("pipeline/deciding.py", "DecisionError"),
    ("ingest/mapping.py", "ColumnsError"),
    ("web/security.py", "Forbidden"),
)


@pytest.mark.parametrize(("file", "error"), REFUSING)
def test_whatever_is_refused_is_said_in_the_words_of_the_pages(file, error):
    found = list(raised(SOURCE / file, error))
    assert found
    assert [each for each in found if troubles.known_as(each) is None] == []


def test_a_refusal_of_a_decision_is_in_the_language_of_the_page(desk):
    desk.headers["accept-language"] = "ar"
    claim = next(iter(desk.app.state.held.view().claims))
    form = {"token": desk.app.state.token, "by": "rd", "kind": "same", "subject": claim}
    page = desk.post("/decide", data={**form, "other": claim}).text
    alert = text(page.partition('role="alert"')[2].partition("</p>")[0])
    assert not re.search(r"[A-Za-z]{3,}", alert.removeprefix(">")), alert


def test_what_nothing_is_known_of_is_said_to_be_the_programs_fault():
    said = troubles.failed(ZeroDivisionError("division by zero"))
    assert "fault of the program" in said and "ZeroDivisionError" in said
    assert troubles.failed(troubles.Stopped("Gone.")) == "Gone."

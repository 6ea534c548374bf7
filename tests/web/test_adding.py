"""What can be put into the record on the pages: pasted words, tables with their mappings."""

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.test_pages import text

from cenotaph.store import saved_columns

MAPPING = b'[columns]\ntext = "Body"\ntitle = "Head"\npublished = "Day"\n'
TABLE = (
    b"Head,Body,Day\nMortar fire,Mortar fire killed six people in Sarbek on Monday.,2021-05-04\n"
)


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        yield client


def put(client: TestClient, *files, **fields) -> str:
    return text(put_in(client, *files, **fields).text)


def put_in(client: TestClient, *files, **fields):
    """Add files; return the page to which that leads in the end."""
    data = {"token": client.app.state.token, **fields}
    answer = client.post("/add", data=data, files=list(files))
    work = client.app.state.held.work
    if work is not None:
        assert work.finished.wait(60)
    return client.get(answer.url) if answer.status_code == 200 else answer


def titles(client: TestClient) -> set[str | None]:
    return {each.title for each in client.app.state.held.view().found.listed}


def test_a_pasted_text_is_a_report(desk):
    said = "Two fishermen were killed off Binora.\r\n\r\nNobody said by whom.\r\n"
    put(desk, pasted=said, published="2021-05-05")
    page = desk.get("/d/two-fishermen-were-killed-off-binora")
    assert "2 killed" in text(page.text)
    stored = desk.app.state.held.document("two-fishermen-were-killed-off-binora")
    assert stored.text == said.replace("\r\n", "\n")


def test_a_mapping_brought_along_reads_the_table_and_is_kept_for_the_next(desk):
    put(desk, ("files", ("may.csv", TABLE)), ("mapping", ("field-office.toml", MAPPING)))
    assert "Mortar fire" in titles(desk)
    assert saved_columns(desk.app.state.held.record) == {"field-office": MAPPING.decode()}
    page = desk.get("/reports").text
    assert "<option>field-office</option>" in page
    later = TABLE.replace(b"Mortar fire", b"Rockets").replace(b"six", b"nine")
    put(desk, ("files", ("june.csv", later)), columns="field-office")
    assert "Rockets" in titles(desk)


CODED = (
    b"Event;Day;Village;Dead;Children;Kind\n"
    b"17;07/02/2021;Sarbek;4;1;Air raid\n18;13/02/2021;Binora;3-5;;Shelling\n"
)


def ask(client: TestClient, **fields):
    """Send the form about the table that waits, and wait for what it starts."""
    data = {"token": client.app.state.token, **fields}
    answer = client.post("/columns", data=data, follow_redirects=False)
    work = client.app.state.held.work
    if work is not None:
        assert work.finished.wait(60)
    return answer


def waiting(client: TestClient) -> str:
    """Put in a table without a mapping; return the address that asks for its columns."""
    return str(put_in(client, ("files", ("year.csv", CODED))).url.raw_path.decode())


def test_a_table_without_a_mapping_is_kept_and_its_columns_are_asked_for(desk):
    address = waiting(desk)
    assert address.startswith("/columns?of=qua-")
    page = desk.get(address).text
    assert "What do the columns stand for?" in page and "Village" in page
    assert "Sarbek · Binora" in text(page)
    assert f'href="{address}"' in desk.get("/reports").text


ARABIC = (
    "رقم الحادثة,التاريخ,القرية,عدد القتلى,الأطفال,الجرحى\n"
    "١,2021-02-07,سربك,على الأقل 4,0,0\n2,2021-02-13,بنورا,≥2,1,7+\n"
).encode()


def test_arabic_headers_are_guessed_and_bounds_and_noughts_are_read(desk):
    page = put_in(desk, ("files", ("sijill.csv", ARABIC)))
    chosen = re.findall(r'<option value="([^"]+)" selected>', page.text)
    assert chosen[:6] == ["id", "date", "place", "killed", "killed.children", "injured"]
    assert re.search(r'value="coded" checked', page.text)
    of = str(page.url.raw_path.decode()).partition("=")[2]
    said = {f"column:{at}": role for at, role in enumerate(chosen[:6])}
    said |= {"of": of, "rows": "coded", "recorder": "Sarbek Registry", "name": "registry"}
    assert "4+" in text(ask(desk, **said).text)
    ask(desk, **said, sure="yes")
    claims = [each.claim for each in desk.app.state.held.view().claims.values()]
    told = {
        (c.measure.value, c.count.low, c.count.high, c.part_of is None)
        for c in claims
        if "sijill" in c.document
    }
    # A nought among the breakdowns of a table says nothing; of the whole it says that there is none.
    assert told == {
        ("killed", 4, None, True), ("injured", 0, 0, True),
        ("killed", 2, None, True), ("killed", 1, 1, False), ("injured", 7, None, True),
    }  # fmt: skip
    listed = text(desk.get("/incidents").text)
    assert " 4 – 0 " in listed  # killed, civilians among them, injured


@pytest.mark.parametrize(
    ("header", "rows", "coded"),
    [
        (b"headline,story\n", b"Fire," + b"words of a report " * 20, False),
        (b"a,b\n", b"Sarbek,4", True),
        (b"a,b\n", b"Sarbek," + b"words of a report " * 20, False),
    ],
)
def test_the_kind_of_row_is_chosen_by_what_the_table_holds(desk, header, rows, coded):
    page = put_in(desk, ("files", ("table.csv", header + rows + b"\n"))).text
    assert bool(re.search(r'value="coded" checked', page)) is coded


def test_what_the_columns_stand_for_is_seen_then_read_and_kept(desk):
    of = waiting(desk).partition("=")[2]
    said = {
        "of": of, "rows": "coded", "recorder": "Sarbek Registry", "days": "day-first",
        "column:0": "id", "column:1": "date", "column:2": "place", "column:3": "killed",
        "column:4": "killed.children", "column:5": "event", "name": "registry",
    }  # fmt: skip
    seen = text(ask(desk, **said).text)
    assert "7 February 2021" in seen and "Read the table" in seen
    assert not saved_columns(desk.app.state.held.record)
    codes = {"words:event": ["Air raid", "Shelling"], "code:event": ["air_strike", "shelling"]}
    ask(desk, **said, **codes, sure="yes")
    claims = desk.app.state.held.view().claims.values()
    coded = [each.claim for each in claims if "year" in each.claim.document]
    assert {(c.count.low, c.count.high, c.event) for c in coded if c.part_of is None} == {
        (4, 4, "air_strike"), (3, 5, "shelling"),
    }  # fmt: skip
    assert "registry" in saved_columns(desk.app.state.held.record)
    assert "no-columns" not in desk.get("/reports").text


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"rows": "coded", "column:3": "killed"}, "Say who coded the table"),
        ({"rows": "coded", "recorder": "R", "column:2": "place"}, "No column is of a figure"),
        ({"rows": "reports", "column:2": "place"}, "has no meaning in a table of reports"),
        ({"rows": "reports", "column:0": "id"}, "No column is the text of a report"),
        ({"rows": "reports", "column:0": "text", "column:1": "text"}, "stand for the same"),
    ],
)
def test_columns_that_make_no_table_are_asked_for_again_with_what_was_said(desk, fields, why):
    of = waiting(desk).partition("=")[2]
    answer = ask(desk, of=of, sure="yes", **fields)
    assert answer.status_code == 422 and why in text(answer.text)
    (chosen,) = re.findall(r'<option value="place" selected>', answer.text) or [None]
    assert (chosen is not None) == ("place" in fields.values())
    assert not saved_columns(desk.app.state.held.record)


def test_of_a_workbook_another_sheet_can_be_asked_for(desk):
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["About"])
    book.active.append(["Kept by the registry."])
    second = book.create_sheet("Events")
    second.append(["Story", "Seen"])
    second.append(["A mine killed two shepherds near Binora.", "2021-05-09"])
    out = io.BytesIO()
    book.save(out)
    address = str(put_in(desk, ("files", ("book.xlsx", out.getvalue()))).url)
    assert "sheet=Events" in desk.get(address).text
    assert "A mine killed two shepherds" in desk.get(f"{address}&sheet=Events").text
    ask(desk, of=address.partition("=")[2], sheet="Events", rows="reports", sure="yes",
        **{"column:0": "text", "column:1": "published"})  # fmt: skip
    assert any("book" in each.id for each in desk.app.state.held.view().found.listed)


@pytest.mark.parametrize("content", [b"columns = 3", b"\xff\xfe", b'[columns]\nkilled = "Dead"\n'])
def test_a_mapping_that_is_none_adds_nothing_and_says_why(desk, content):
    before = len(titles(desk))
    told = put(desk, ("files", ("may.csv", TABLE)), ("mapping", ("bad.toml", content)))
    assert "The mapping of columns cannot be used" in told
    assert len(titles(desk)) == before and not saved_columns(desk.app.state.held.record)


def test_nothing_chosen_says_so(desk):
    assert "Choose one or more files first, or paste a text." in put(desk, pasted="  \n ")


@pytest.fixture
def occupied(desk: TestClient) -> Iterator[threading.Event]:
    """Work that is under way until the event is set."""
    over = threading.Event()
    desk.app.state.held.start("Reading what came first", lambda _: assert_(over.wait(60)))
    yield over
    over.set()


def assert_(holds: bool) -> None:
    assert holds


def send_in(client: TestClient, name: str, words: bytes, **fields):
    data = {"token": client.app.state.token, **fields}
    return client.post("/add", data=data, files=[("files", (name, words))], follow_redirects=False)


def test_what_is_sent_while_other_work_is_under_way_is_taken_after_it(desk, occupied):
    held = desk.app.state.held
    first = send_in(desk, "first.txt", b"Two herders were killed near Binora on Friday.")
    second = send_in(desk, "second.txt", b"Rockets killed four people in Sarbek on Friday.")
    assert first.headers["location"] != second.headers["location"]
    told = text(desk.get(second.headers["location"]).text)
    assert "Reading what came first" in told and "It is in the line" in told
    assert len(held._folders) == 2
    occupied.set()
    assert held.work.finished.wait(60)
    assert {"first", "second"} <= {each.id for each in held.view().found.listed}
    gone = desk.get(second.headers["location"], follow_redirects=False)
    assert gone.headers["location"] == "/reports"
    assert not held._folders


def test_work_that_fails_says_so_on_its_own_page_and_the_next_is_done(desk):
    held, over = desk.app.state.held, threading.Event()
    held.start("First", lambda _: assert_(over.wait(60)))
    bad = held.start("Second", lambda _: int("no number"))
    good = held.start("Third", lambda work: work.told.append(("", "Third was done.")))
    over.set()
    assert good.finished.wait(60)
    assert "This was not finished" in desk.get(f"/working?of={bad.number}").text
    assert "Third+was+done." in str(desk.get(f"/working?of={good.number}").url)


def test_no_file_on_its_way_stays_behind_when_the_workbench_stops(copy):
    over = threading.Event()
    with client_of(copy) as client:
        held = client.app.state.held
        held.start("Before", lambda _: assert_(over.wait(60)))
        send_in(client, "late.txt", b"A guard was killed in Binora on Friday.")
        (folder,) = held._folders
        assert list(folder.rglob("late.txt"))
    assert not folder.exists()
    over.set()


def test_the_columns_of_a_table_said_meanwhile_are_read_afterwards(desk):
    of = waiting(desk).partition("=")[2]
    held, over = desk.app.state.held, threading.Event()
    held.start("Before", lambda _: assert_(over.wait(60)))
    said = {
        "of": of, "rows": "coded", "recorder": "Sarbek Registry", "days": "day-first",
        "column:1": "date", "column:2": "place", "column:3": "killed", "sure": "yes",
        "token": desk.app.state.token,
    }  # fmt: skip
    desk.post("/columns", data=said, follow_redirects=False)
    over.set()
    assert held.work.finished.wait(60)
    assert any("year" in each.claim.document for each in held.view().claims.values())


def test_a_second_record_is_not_begun_while_the_first_is_made(tmp_path):
    with client_of(tmp_path / "new.db") as client:
        over = threading.Event()
        client.app.state.held.start("Making the record", lambda _: assert_(over.wait(60)))
        answer = client.post("/begin", data={"token": client.app.state.token, "country": "SY"})
        assert answer.status_code == 409 and "Not made" in text(answer.text)
        over.set()

"""Every screen answers, says what its reader came for, and leads on."""

import html
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of

from cenotaph.model import Measure, Role
from cenotaph.store import RecordSettings, create
from cenotaph.totals import KEYS
from cenotaph.web.pages import SCREENS
from cenotaph.web.review import queue
from cenotaph.web.wording import keyed

INCIDENT = "inc-948e24a56ce05e30"  # Maarat Ilun: 24, raised to 29


def text(markup: str) -> str:
    """What a person reads of a page."""
    body = re.sub(r"<(script|style).*?</\1>", "", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("address", [address for address, _ in SCREENS])
def test_every_screen_answers(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("<h1") == 1


def test_every_link_of_every_page_leads_somewhere(client):
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200, address
        if "html" not in page.headers["content-type"]:
            continue
        ids = set(re.findall(r' id="([^"]+)"', page.text))
        for target in map(html.unescape, re.findall(r'(?:href|src)="([^"]+)"', page.text)):
            file, _, anchor = urljoin(address, target).partition("#")
            assert file != address or not anchor or anchor in ids, (address, target)
            if file and file not in seen and len(seen) < 400:
                assert file.startswith("/")
                seen.add(file)
                waiting.append(file)
    assert len(seen) > 60


def test_a_mismatch_shows_both_sides_with_their_reports(client):
    told = text(client.get("/findings?code=perpetrator-contradiction").text)
    assert "blamed on Kordanian in one place and on government in another" in told
    assert "At least 57 people have died in presumed Kordanian air raids" in told
    assert "newest massacre in Orun took the lives of at least 57 civilians" in told


def test_an_incident_shows_low_best_high_and_what_is_not_counted(client):
    told = text(client.get(f"/i/{INCIDENT}").text)
    assert "Maarat Ilun, Orun معرة عيلون" in told
    assert "29 low 29 best 29 high" in told
    assert "replaced by" in told and "repeats" in told
    assert "known to the town or village" in told


def test_the_perpetrator_is_always_alleged(client):
    told = text(client.get(f"/i/{INCIDENT}").text)
    assert "Alleged perpetrator Kordanian ( presumed )" in told


def test_a_copied_passage_leads_to_its_originator(client):
    page = client.get("/d/orun-2021-03-20").text
    assert "stands word for word in" in text(page)
    assert 'class="copied"' in page and 'href="/d/orun-2021-02-08"' in page


def test_totals_are_those_of_the_command_line(client):
    told = text(client.get("/totals?by=admin1").text)
    sums = client.app.state.held.view().totals(("admin1",), Measure.KILLED, None)
    for name, row in [("All", sums.whole), *((row.key[0][1], row) for row in sums.rows)]:
        figure = row.figure
        if all(part.role is Role.SET_ASIDE for part in row.parts):  # nothing counts: no zero
            assert f"{name or 'not known'} – – –" in told
        else:
            assert f"{name or 'not known'} {figure.low:,} {figure.best:,} {figure.high:,}" in told
    assert "29 (Maarat Ilun) + 19 (Kafr Sel) lie inside 57 (Orun) and are not added to it." in told


@pytest.mark.parametrize("by", KEYS)
def test_totals_are_told_by_every_key(client, by):
    assert client.get(f"/totals?by={by}").status_code == 200


def test_the_languages_lead_back_to_the_page(client):
    told = html.unescape(client.get("/totals?by=admin1").text)
    assert "/language?to=ar&next=%2Ftotals%3Fby%3Dadmin1" in told


def test_a_line_that_spans_months_is_told_by_its_days():
    assert keyed("month", "2021-02") == "February 2021"
    assert keyed("month", "2021-02-27/2021-03-02").startswith("27 February")
    assert "2 March 2021" in keyed("month", "../2021-03-02")


def test_a_claim_leads_to_its_place_in_the_text(client):
    claim = re.search(r"/c/(clm-[0-9a-f]+)", client.get(f"/i/{INCIDENT}").text)[1]
    answer = client.get(f"/c/{claim}/text", follow_redirects=False)
    assert re.fullmatch(r"/d/[\w-]+#at-\d+", answer.headers["location"])
    file, _, anchor = answer.headers["location"].partition("#")
    assert f'id="{anchor}"' in client.get(file).text


@pytest.mark.parametrize("address", ["/i/inc-0", "/c/clm-0", "/d/nothing", "/nowhere"])
def test_what_is_not_there_is_said_to_be_missing(client, address):
    assert client.get(address).status_code == 404


def test_an_address_without_a_record_offers_to_make_one(tmp_path: Path):
    with client_of(tmp_path / "new.db") as client:
        page = client.get("/")
        assert "A new record" in text(page.text) and "Try the example reports" in text(page.text)
        assert not (tmp_path / "new.db").exists()


def test_every_screen_of_a_record_without_a_report_answers(tmp_path: Path):
    path = tmp_path / "new.db"
    create(path, RecordSettings(default_gazetteer=False))
    with client_of(path) as client:
        for address in (*(address for address, _ in SCREENS), "/claims", "/search?q=a", "/same"):
            assert client.get(address).status_code == 200, address


def test_example_reports_lead_to_a_mismatch(tmp_path: Path):
    with client_of(tmp_path / "new.db") as client:
        client.post("/begin", data={"token": client.app.state.token, "examples": "yes"})
        assert client.app.state.held.work.finished.wait(60)
        assert client.app.state.held.work.error is None
        told = text(client.get("/").text)
        assert "parts do not sum" in told.lower()
        assert "At least 19 people, four of them children" in told


def test_files_are_added_with_their_metadata(copy: Path):
    with client_of(copy) as client:
        client.post(
            "/add",
            data={
                "token": client.app.state.token,
                "published": "2021-04-02",
                "publisher": "Courier",
            },
            files=[
                (
                    "files",
                    ("../../sarbek.txt", b"Shells killed three people in Sarbek on Thursday."),
                )
            ],
        )
        assert client.app.state.held.work.finished.wait(60)
        told = text(client.get("/reports").text)
        assert "2 April 2021 sarbek" in told and "Courier" in told
        assert "3 killed" in text(client.get("/d/sarbek").text)


def test_what_cannot_be_read_is_listed_with_its_reason(copy: Path):
    with client_of(copy) as client:
        client.post(
            "/add",
            data={"token": client.app.state.token},
            files=[("files", ("noise.txt", bytes(range(256)) * 40))],
        )
        assert client.app.state.held.work.finished.wait(60)
        assert "not-text" in text(client.get("/reports").text)


def test_what_was_not_read_or_passed_over_is_told_when_the_work_is_done(copy: Path):
    chat = b'{"name": "S", "type": "public_channel", "id": 1, "messages": [%s, %s]}' % (
        b'{"id": 1, "type": "message", "date_unixtime": "1612737000", "text": "Two killed in Sarbek."}',
        b'{"id": 2, "type": "message", "date_unixtime": "1612737000", "text": ""}',
    )
    with client_of(copy) as client:
        client.post(
            "/add",
            data={"token": client.app.state.token},
            files=[
                ("files", ("rows.csv", b"No,Dead,Place\n1,5,Sarbek\n2,3,Orun\n")),
                ("files", ("result.json", chat)),
                ("files", ("noise<b>.txt", bytes(range(256)) * 40)),
            ],
        )
        assert client.app.state.held.work.finished.wait(60)
        answer = client.get("/working?next=/reports", follow_redirects=True)
        told = text(answer.text)
        assert "rows.csv" in told and "columns" in told
        assert "result.json: Messages without words, such as pictures, were passed over: 1." in told
        assert "noise<b>.txt" not in answer.text and "noise&lt;b&gt;.txt" in answer.text


def test_a_form_without_files_says_so(client: TestClient):
    answer = client.post("/add", data={"token": client.app.state.token}, follow_redirects=True)
    assert "Choose one or more files first, or paste a text." in text(answer.text)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/nowhere", "There is no page of this address"),
        ("/publish?ruleset=nope", "There are no rules called nope"),
        ("/i/inc-0", "There is no incident inc-0"),
    ],
)
def test_what_there_is_not_says_so_and_leads_on(client, address, told):
    answer = client.get(address)
    assert answer.status_code == 404 and told in text(answer.text)
    assert "/incidents" in answer.text


def test_a_line_of_totals_shows_its_first_sentences_and_folds_the_rest(client):
    cell = client.get("/totals").text.split('<td class="how">')[1].split("</td>")[0]
    assert 2 <= cell.partition("<details>")[0].count("<p ") <= 4
    whole = client.app.state.held.view().totals((), Measure.KILLED, None).whole
    assert len(whole.sentences) > 4
    assert all(" ".join(each.split()) in text(cell) for each in whole.sentences)


def test_a_question_of_several_claims_says_of_each_what_the_total_would_be(client):
    told = text(client.get("/review").text)
    behind = told.partition("The claims behind it")[2]
    (item, *_) = queue(client.app.state.held.view())
    assert behind.count("Without it: ") == len(item.claims) > 4


def test_a_question_shows_the_words_of_each_claim_once(client):
    view = client.app.state.held.view()
    (item, *_) = queue(view)
    told = text(re.sub(r"</?mark\b[^>]*>", "", client.get("/review").text))
    for id_ in item.claims:
        assert told.count(" ".join(view.claims[id_].claim.quote.text.split())) == 1


def test_what_one_side_does_not_say_is_not_called_different(client):
    page = client.get(f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6").text
    rows = [[text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]  # fmt: skip
    assert ["Date", "7 February 2021", "–", "not stated on both sides"] in rows


@pytest.mark.parametrize(
    "address",
    [
        "/incidents.exe", "/claims.geojson", "/totals.xlsx", "/history.pdf",
        "/d/orun-2021-02-08/cite.exe", f"/i/{INCIDENT}/cite.pdf",
    ],
)  # fmt: skip
def test_a_form_that_no_file_has_is_no_page(client, address):
    assert client.get(address).status_code == 404

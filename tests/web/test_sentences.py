"""In public no sentence is printed that nobody read: each is shown masked, ticked, and kept so."""

import html
import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import client_of, put
from tests.web.test_pages import text
from tests.web.test_publish import made, packed

import cenotaph.web.sentences
from cenotaph.web.selection import tells_finer, without_names
from cenotaph.web.sentences import sentences, told_apart

SAID = (
    b"Colonel Amar Qindil's men killed nine people in Binora on 4 March 2021.\n\n"
    b"Two boys were killed by the sniper Abu Sayyaf in Homra on 5 March 2021.\n\n"
    b"Shells killed three people near the home of activist Lina Maroun in Orun on 6 March 2021, "
    b"and the shooter was named as Basil Tarek.\n\n"
    b"Twelve people were killed in Sarbek on 2 March 2021.\n"
)
PERSONS = ("Qindil", "Sayyaf", "Maroun", "Basil", "Tarek")
PUBLIC = {"profile": "public", "level": "settlement", "delay": "0"}


@pytest.fixture
def desk(copy):
    with client_of(copy) as client:
        put(client, "said.txt", SAID, published="2021-03-07")
        yield client


def listed(page: str) -> dict[str, tuple[str, bool, list[str]]]:
    """The sentences that a page lists: of each its box's value, whether it is ticked, its marks."""
    found = {}
    row = r'<input type="checkbox" name="q" value="([^"]+)"( checked)?> <bdi dir="auto">(.*?)</bdi>'
    for key, ticked, inner in re.findall(row, page, re.DOTALL):
        marks = [html.unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", inner)]
        found[html.unescape(re.sub(r"<[^>]*>", "", inner))] = (key, bool(ticked), marks)
    return found


def one(said: dict[str, tuple[str, bool, list[str]]], words: str) -> str:
    return next(key for told, (key, _, _) in said.items() if words in told)


def test_only_sentences_that_were_ticked_are_printed(desk):
    said = listed(desk.get("/publish", params=PUBLIC).text)
    assert not any(ticked for _, ticked, _ in said.values())
    plain = packed(desk, **PUBLIC)
    assert not any(person in each for each in plain.values() for person in PERSONS)
    assert "blockquote dir" not in "".join(plain.values())
    assert f"released them: 0 of {len(said)}" in text(plain["index.html"])
    key = one(said, "Twelve people were killed")
    released = made(desk, q=key, **PUBLIC).text
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", released)
    assert quoted == ["Twelve people were killed in Sarbek on 2 March 2021."]
    assert f"released them: 1 of {len(said)}" in text(released) and f'"{key}"' in released


def test_words_that_may_be_names_are_marked_and_their_sentences_come_first(desk):
    said = listed(desk.get("/publish", params=PUBLIC).text)
    first = [bool(marks) for _, _, marks in said.values()]
    assert first == sorted(first, reverse=True)
    marked = {word for _, _, marks in said.values() for word in marks}
    assert {"Lina", "Maroun", "Basil", "Tarek"} <= marked
    assert not {"A", "The", "Monitor", "Agency", "Voice"} & marked
    assert not {"Sarbek", "Orun", "March", "Twelve", "Shells"} & marked


def test_a_tick_is_of_the_words_that_were_seen(desk):
    said = listed(desk.get("/publish", params=PUBLIC).text)
    key = one(said, "near the home of activist")
    page = made(desk, q=key, hide="lina maroun, Basil Tarek", seen="", **PUBLIC).text
    quoted = "".join(re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page))
    assert "near the home of" in quoted and not any(each in quoted for each in PERSONS)
    masked = listed(desk.get("/publish", params=PUBLIC | {"hide": "Basil Tarek"}).text)
    again = made(desk, q=one(masked, "near the home of"), hide="", seen="Basil Tarek", **PUBLIC)
    assert "attachment" not in again.headers.get("content-disposition", "")
    assert "reads otherwise by now" in text(again.text)


def test_what_was_ticked_stands_in_the_address_and_in_the_report(desk):
    said = listed(desk.get("/publish", params=PUBLIC).text)
    key = one(said, "Twelve people were killed")
    sent = {"token": desk.app.state.token, "form": "show", "q": key, "hide": "Lina", **PUBLIC}
    answer = desk.post("/publish", data=sent, follow_redirects=False)
    assert answer.status_code == 303
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["q"] == [key] and asked["hide"] == ["Lina"] and "token" not in asked
    shown = listed(desk.get(answer.headers["location"]).text)
    assert next(told for told, (_, ticked, _) in shown.items() if ticked).startswith("Twelve")
    report = made(desk, q=key, **PUBLIC).content
    again = desk.post(
        "/publish",
        data={"token": desk.app.state.token, "form": "show", **PUBLIC},
        files={"earlier": ("report.html", report, "text/html")},
    )
    assert [key for key, ticked, _ in listed(again.text).values() if ticked] == [key]


def test_a_date_line_in_capitals_is_no_person_and_a_person_stands_once(copy):
    told = (
        b"HOMRA (Courier) - Two men were killed in Homra on Monday, HOMRA doctors said.\n\n"
        b"Three men were killed in Orun on Sunday, Homra residents and Khalid Sabri said.\n"
    )
    with client_of(copy) as client:
        put(client, "line.txt", told, published="2021-03-02")
        known = client.app.state.held.view().said_of("person")
        assert "Khalid Sabri" in known and not any("HOMRA" in name for name in known)
        said = listed(client.get("/publish", params=PUBLIC).text)
        assert "killed in Homra on Monday, HOMRA doctors" in " ".join(said)


@pytest.mark.parametrize(
    ("told", "names", "printed"),
    [
        ("said Dr. Hanna Saber, a surgeon", {"Hanna"}, "said ▒▒▒, a surgeon"),
        ("said DR HANNA SABER in Orun", {"Hanna Saber"}, "said ▒▒▒ in Orun"),
        ("told hanna saber to leave", {"Hanna Saber"}, "told ▒▒▒ to leave"),
        ("In Orun Hanna Saber's sister", {"Hanna"}, "In Orun ▒▒▒'s sister"),
        ("two may hope; Hope Velm", {"Hope Velm"}, "two may hope; ▒▒▒"),
    ],
)
def test_a_name_goes_with_its_title_and_in_any_case(told, names, printed):
    assert without_names(told, names, {"orun"}) == printed


def test_the_pieces_of_a_sentence_are_the_sentence():
    told = "Colonel Amar Qindil’s men came to Orun. Nobody (said Mr. Tal-Sabri) fled."
    pieces = list(told_apart(told, {"orun"}))
    assert "".join(part for part, _ in pieces) == told
    odd = " ".join(part for part, odd in pieces if odd)
    assert "Amar" in odd and "Qindil" in odd and "Orun" not in odd and "Nobody" not in odd


def test_of_a_large_report_a_page_lists_a_part_and_ticks_of_others_stay(copy, monkeypatch):
    with client_of(copy) as client:
        put(client, "said.txt", SAID, published="2021-03-07")
        all_at_once = listed(client.get("/publish", params=PUBLIC).text)
    monkeypatch.setattr(cenotaph.web.sentences, "AT_ONCE", 0)
    monkeypatch.setattr(cenotaph.web.sentences, "A_TURN", 4)
    looked: list[str] = []

    def counted(event, *rest):
        looked.append(event.id)
        return sentences(event, *rest)

    with client_of(copy) as client:
        monkeypatch.setattr(cenotaph.web.sentences, "sentences", counted)
        first = client.get("/publish", params=PUBLIC).text
        events = {each.id for each in client.app.state.held.view().incident_lines.values()}
        assert 0 < len(set(looked)) < len(events)
        parts = int(re.search(r"Part 1 of (\d+)", first)[1])
        said = [listed(client.get("/publish", params=PUBLIC | {"turn": n}).text)
                for n in range(1, parts + 1)]  # fmt: skip
        assert {told for part in said for told in part} == set(all_at_once)
        key = one(said[-1], "")
        looked.clear()
        page = client.get("/publish", params=PUBLIC | {"q": key}).text
        assert f'<input type="hidden" name="q" value="{key}">' in page
        assert len(set(looked)) < len(events) and "reads otherwise" not in page
    with client_of(copy) as client:  # which nobody has shown anything yet
        page = client.get("/publish", params=PUBLIC | {"q": key}).text
        assert f'<input type="hidden" name="q" value="{key}">' in page
        lost = client.get("/publish", params=PUBLIC | {"q": "not-any-more"}).text
        assert "reads otherwise by now" in text(lost)


@given(
    names=st.frozensets(st.sampled_from(["Orun", "Port Sarra", "İdil", "-Velm", "St. Odo", "Ost"])),
    told=st.lists(
        st.sampled_from(
            ["orun", "PORT SARRA", "Port", "idil", "ıdıl", "x-velm", "St. Odo", "Ostia"]
        )
    ).map(", ".join),
)
def test_a_finer_place_is_found_as_one_pattern_of_all_names_finds_it(names, told):
    every = "|".join(re.escape(name) for name in sorted(names))
    plain = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
    found = tells_finer(told, SimpleNamespace(finer=names))
    assert found == bool(names and plain.search(told))

"""What people decide on the pages changes the figures, is explained, and can be taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.test_pages import INCIDENT, text

from cenotaph.web import review, same

TOWN = "57"  # "At least 57 people", of which the parts do not sum


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        client.cookies.set("cenotaph-initials", "N.K.")
        yield client


def send(client: TestClient, address: str, **fields: object) -> str:
    fields = {"token": client.app.state.token, **fields}
    answer = client.post(address, data=fields, follow_redirects=True)
    return text(answer.text)


def view(client: TestClient):
    return client.app.state.held.view()


def bounds(client: TestClient) -> tuple[int, int]:
    """The whole of those killed."""
    figure = view(client).killed
    return figure.low, figure.high


def claim_of(client: TestClient, quote: str) -> str:
    page = client.get("/claims.csv").text
    return next(line.split(",")[0] for line in page.splitlines() if quote in line)


def test_the_queue_begins_with_a_finding_and_shows_both_quotes(desk):
    told = text(desk.get("/review").text)
    assert "Parts do not sum" in told and "1 of" in told
    assert "At least 57 people have died" in told and "At least 19 people" in told


def test_what_setting_aside_would_change_is_shown_before_and_holds_after(desk):
    claim = claim_of(desk, "Forty terrorists")
    page = desk.get(f"/review?item={claim}").text
    low, high = bounds(desk)
    send(desk, "/decide", kind="reject", subject=claim, why="2")
    less, lesser = bounds(desk)
    assert (less, lesser) == (low - 40, high - 40)
    foreseen = f"total of killed: {low:,} to {high:,} becomes {less:,} to {lesser:,}"
    assert foreseen in text(page)
    assert f"At least {less:,}" in text(desk.get("/").text)


def test_a_claim_set_aside_answers_with_the_reason_and_comes_back_by_undo(desk):
    claim = claim_of(desk, "Forty terrorists")
    before = bounds(desk)
    send(desk, "/decide", kind="reject", subject=claim, why="6", reason="Told by one side alone")
    gone = desk.get(f"/c/{claim}")
    assert gone.status_code == 410 and "Told by one side alone" in text(gone.text)
    assert "Taken back" in send(desk, "/undo", next="/incidents")
    assert desk.get(f"/c/{claim}").status_code == 200
    assert bounds(desk) == before


def test_a_reason_is_asked_to_set_aside_and_never_to_accept(desk):
    claim = claim_of(desk, "Forty terrorists")
    assert "Choose a reason first" in send(desk, "/decide", kind="reject", subject=claim)
    assert "Accepted" in send(desk, "/decide", kind="accept", subject=claim)


def test_a_changed_claim_shows_what_the_machine_read(desk):
    claim = claim_of(desk, "Forty terrorists")
    send(
        desk,
        "/decide",
        kind="edit",
        subject=claim,
        why="1",
        low="41",
        high="41",
        **{"was-low": "40", "was-high": "40"},
    )
    told = text(desk.get(f"/c/{claim}").text)
    assert told.count("41 killed") and "The machine read: 40 killed" in told
    assert "changed by hand" in told


@pytest.mark.parametrize("value", ["forty", "-3", "4.5", "9" * 40])
def test_a_count_that_is_none_is_refused(desk, value):
    claim = claim_of(desk, "Forty terrorists")
    told = send(
        desk, "/decide", kind="edit", subject=claim, why="1", low=value, **{"was-low": "40"}
    )
    assert "is not a whole number" in told


def test_two_incidents_become_one_and_the_old_name_leads_on(desk):
    page = desk.get(f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6").text
    first = re.findall(r'name="subject" value="(clm-\w+)"', page)
    second = re.findall(r'name="other" value="(clm-\w+)"', page)
    assert first and second
    before = view(desk).sizes.incidents
    send(desk, "/decide", kind="same", subject=first, other=second)
    assert view(desk).sizes.incidents == before - 1
    old = desk.get("/i/inc-5b4ff412898357e6", follow_redirects=False)
    assert old.status_code == 301 and INCIDENT in old.headers["location"]
    assert "was joined to this one" in text(desk.get("/i/inc-5b4ff412898357e6").text)


ANSWERS = {
    "same": "Same incident",
    "different": "Different incidents",
    "part_of": "The first is part of the second",
    "contains": "The first is a sum that holds the second",
    "copy_of": "The first only copies the second",
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_answer_about_two_incidents_does_what_was_shown_and_is_taken_back(desk, kind):
    address = f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6"
    page = desk.get(address).text
    shown = re.search(rf'id="effect-{kind}">(.*?)</span>', page, re.S)[1].strip()
    assert ANSWERS[kind] in text(page)
    first = re.findall(r'name="subject" value="(clm-\w+)"', page)
    second = re.findall(r'name="other" value="(clm-\w+)"', page)
    before, events = bounds(desk), view(desk).sizes.incidents
    send(desk, "/decide", kind=kind, subject=first, other=second, next=address)
    after = bounds(desk)
    if after == before:
        assert shown == "the total of killed stays as it is"
    else:
        told = (
            f"total of killed: {before[0]:,} to {before[1]:,} becomes {after[0]:,} to {after[1]:,}"
        )
        assert shown == told
    assert (view(desk).sizes.incidents < events) is (kind in ("same", "copy_of"))
    ends = {"part_of": (first, second), "contains": (second, first), "copy_of": (first, second)}
    if kind in ends:
        wanted = "repeats" if kind == "copy_of" else "within"
        own, other = ends[kind]
        links = [link for claim in own for link in view(desk).links_from(claim)]
        assert any(link.kind == wanted and link.to in other for link in links)
    send(desk, "/undo")
    assert bounds(desk) == before and view(desk).sizes.incidents == events


def test_the_page_says_why_an_answer_cannot_be_given_and_that_a_part_is_too_large(desk):
    other = "inc-5b4ff412898357e6"
    page = desk.get(f"/same?a={INCIDENT}&b={other}").text
    first = re.findall(r'name="subject" value="(clm-\w+)"', page)
    second = re.findall(r'name="other" value="(clm-\w+)"', page)
    larger = re.findall(r"The part would be larger than its whole", page)
    assert len(larger) == 1
    assert "its own part" not in page
    send(desk, "/decide", kind="part_of", subject=first, other=second)
    page = desk.get(f"/same?a={other}&b={INCIDENT}").text
    assert "nothing is part of its own part" in page
    told = send(desk, "/decide", kind="part_of", subject=second, other=first)
    assert "nothing is part of its own part" in told
    send(desk, "/undo")


def test_a_claim_left_out_of_a_pair_is_kept_apart_by_the_same_entry(desk):
    page = desk.get(f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6").text
    members = re.findall(r'name="member" value="(clm-\w+)"', page)
    first = re.findall(r'name="subject" value="(clm-\w+)"', page)
    second = re.findall(r'name="other" value="(clm-\w+)"', page)
    assert sorted(members) == sorted(first + second) and len(first) > 1
    events = view(desk).sizes.incidents
    out, *kept = first
    send(desk, "/decide", kind="same", subject=kept, other=second, member=members)
    joined = view(desk).incident_of.get(second[0])
    assert set(kept) <= set(joined.claims) and out not in joined.claims
    send(desk, "/undo")
    assert view(desk).sizes.incidents == events
    assert out in view(desk).incident_of.get(kept[0]).claims


def test_a_claim_is_made_by_hand_of_words_of_the_report(desk):
    send(
        desk, "/decide", kind="add", subject="orun-2021-03-20", words="its manager Halim Dorsawi",
        measure="detained", low="1", high="1", next="/d/orun-2021-03-20",
    )  # fmt: skip
    assert "1 detained" in text(desk.get("/d/orun-2021-03-20").text)


def test_a_missing_day_of_publication_is_asked_for_and_set(desk):
    desk.post(
        "/add",
        data={"token": desk.app.state.token},
        files=[("files", ("undated.txt", b"Shells killed three people in Sarbek on Sunday."))],
    )
    desk.app.state.held.work.finished.wait(60)
    assert "day of publication not known" in text(desk.get("/d/undated").text)
    send(
        desk,
        "/decide",
        kind="set_metadata",
        subject="undated",
        published="2021-04-06",
        next="/d/undated",
    )
    assert "4 April 2021" in text(desk.get("/d/undated").text)


def test_without_initials_nothing_is_decided(copy):
    with client_of(copy) as client:
        claim = claim_of(client, "Forty terrorists")
        assert "Give your initials first" in send(client, "/decide", kind="accept", subject=claim)
        send(client, "/who", by="А.Б.")
        assert "Accepted" in send(client, "/decide", kind="accept", subject=claim)
        assert "А.Б." in text(client.get("/history").text)


def test_a_form_sent_twice_decides_once(desk):
    claim = claim_of(desk, "Forty terrorists")
    for _ in range(2):
        send(desk, "/decide", kind="flag", subject=claim, once="one-form")
    assert text(desk.get("/history?only=decisions").text).count("Flagged") == 1


def test_history_shows_who_when_why_and_takes_back(desk):
    claim = claim_of(desk, "Forty terrorists")
    send(desk, "/decide", kind="reject", subject=claim, why="2", reason="<b>no</b>")
    page = desk.get("/history?only=decisions").text
    assert "N.K." in page and "It counts no harm: &lt;b&gt;no&lt;/b&gt;" in page
    entry = re.search(r'name="sequence" value="(\d+)"', page)[1]
    send(desk, "/undo", sequence=entry)
    assert "taken back" in text(desk.get("/history?only=decisions").text)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", ""]
)
def test_a_form_leads_on_to_our_own_pages_alone(desk, target):
    claim = claim_of(desk, "Forty terrorists")
    fields = {"token": desk.app.state.token, "kind": "flag", "subject": claim, "next": target}
    answer = desk.post("/decide", data=fields, follow_redirects=False)
    assert answer.headers["location"].startswith("/review")


def test_one_decision_about_a_list_is_seen_before_and_taken_back_as_one(desk):
    address = "/bulk?measure=killed&admin1=Dorsa"
    page = text(desk.get(address).text)
    count = re.search(r"Decide about (\d+) claims at once", page)[1]
    before = bounds(desk)
    assert f"{count} claims decided" in send(desk, address, kind="reject", why="2", count=count)
    after = bounds(desk)
    assert after < before
    assert f"{before[0]:,} to {before[1]:,} becomes {after[0]:,} to {after[1]:,}" in page
    send(desk, "/undo")
    assert bounds(desk) == before


def test_a_list_that_changed_meanwhile_is_not_decided_about(desk):
    told = send(desk, "/bulk?measure=killed", kind="accept", count="1")
    assert "The list changed meanwhile" in told


@pytest.mark.parametrize("address", ["/review?item={claim}", "/same?a={claim}&b={other}"])
def test_in_a_large_record_the_effect_is_shown_when_asked_for(client, monkeypatch, address):
    for module in (review, same):
        monkeypatch.setattr(module, "FORESEEN", 0)
    events = client.app.state.held.view().found.incidents
    claim, other = (event.claims[0] for event in events[:2])
    address = address.format(claim=claim, other=other)
    told = text(client.get(address).text)
    assert "Show effect on the total" in told and "the total of killed stays" not in told
    shown = text(client.get(address + "&effect=yes").text)
    assert "Show effect" not in shown
    assert re.search("total of killed(: [0-9,]+ to [0-9,]+ becomes| stays as it is)", shown)


def test_taking_back_leads_to_the_question_that_was_answered(desk):
    claim = claim_of(desk, "Forty terrorists")
    asked = f"/review?item={claim}"
    fields = {"token": desk.app.state.token, "kind": "accept", "subject": claim, "next": "/review"}
    headers = {"referer": f"http://127.0.0.1:8765{asked}&told=x&undo=9"}
    page = desk.post("/decide", data=fields, headers=headers).text
    assert "Accepted: 40 killed, Khan Setra" in text(page)
    assert f'name="next" value="{asked}"' in page


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", ""]
)
def test_no_other_site_says_where_taking_back_leads(desk, referer):
    claim = claim_of(desk, "Forty terrorists")
    fields = {"token": desk.app.state.token, "kind": "flag", "subject": claim}
    answer = desk.post("/decide", data=fields, headers={"referer": referer}, follow_redirects=False)
    assert "back=" not in answer.headers["location"]

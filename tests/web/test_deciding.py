"""What people decide on the pages changes the figures, is explained, and can be taken back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of, put
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


def test_an_address_leads_on_when_the_first_claim_of_an_incident_is_set_aside(desk):
    old, first = INCIDENT, view(desk).incidents.get(INCIDENT).claims[0]
    rest = view(desk).incidents.get(INCIDENT).claims[1:]
    assert rest
    send(desk, "/decide", kind="reject", subject=first, why="1")
    now = view(desk).incident_of.get(rest[0]).id
    led = desk.get(f"/i/{old}", follow_redirects=False)
    assert led.status_code == 301 and led.headers["location"].startswith(f"/i/{now}?")
    assert "its other claims are here" in text(desk.get(f"/i/{old}").text)
    cited = desk.get(f"/i/{old}/cite.bib", follow_redirects=False)
    assert (cited.status_code, cited.headers["location"]) == (301, f"/i/{now}/cite.bib")
    assert now in desk.get(f"/i/{old}/cite.bib").text
    words = desk.get(f"/c/{first}/text", follow_redirects=False)
    assert words.status_code == 303 and words.headers["location"].startswith("/d/")
    send(desk, "/undo")
    assert desk.get(f"/i/{old}", follow_redirects=False).status_code == 200
    back = desk.get(f"/i/{now}", follow_redirects=False)
    assert back.status_code == 301 and old in back.headers["location"]


def test_an_incident_of_which_nothing_stands_is_withdrawn_with_the_reason(desk):
    for claim in view(desk).incidents.get(INCIDENT).claims:
        send(desk, "/decide", kind="reject", subject=claim, why="1")
    for address in (f"/i/{INCIDENT}", f"/i/{INCIDENT}/cite.bib"):
        answer = desk.get(address, follow_redirects=False)
        assert answer.status_code == 410 and "It counts in no figure" in text(answer.text)
    assert desk.get("/i/inc-0000000000000000/cite.bib").status_code == 404


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


def groups(page: str) -> tuple[list[str], list[str]]:
    """The claims of both sides of a comparison."""
    return tuple(
        re.findall(rf'name="{name}" value="(clm-\w+)"', page) for name in ("subject", "other")
    )


@pytest.mark.parametrize("kind", ["same", "different"])
def test_the_effect_that_is_shown_is_of_what_is_ticked(desk, kind):
    other = "inc-5b4ff412898357e6"
    first, second = groups(desk.get(f"/same?a={INCIDENT}&b={other}").text)
    out, *kept = first
    form = {"a": INCIDENT, "b": other, "subject": kept, "other": second, "member": first + second}
    page = desk.post("/same", data={"token": desk.app.state.token, **form}).text
    assert re.search(rf'value="{out}" data-foresee>', page)
    assert re.search(rf'value="{kept[0]}" data-foresee checked>', page)
    shown = re.search(rf'id="effect-{kind}">(.*?)</span>', page, re.S)[1].strip()
    low, high = bounds(desk)
    told = send(desk, "/decide", kind=kind, **form)
    less, lesser = bounds(desk)
    if (less, lesser) == (low, high):
        assert shown == "the total of killed stays as it is"
    else:
        assert shown.endswith(f"{low:,} to {high:,} becomes {less:,} to {lesser:,}")
    # Who leaves a claim out of what is different says nothing of it.
    together = out in view(desk).incident_of.get(kept[-1]).claims
    assert together is (kind == "different")
    assert told.count("Held to be different incidents: ") == 1
    assert ("Held to be the same incident: 29 killed;" in told) is (kind == "same")


def test_with_nothing_ticked_on_one_side_there_is_no_answer_to_foresee(desk):
    first, second = groups(desk.get(f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6").text)
    form = {"a": INCIDENT, "b": "inc-5b4ff412898357e6", "other": second, "member": first + second}
    page = desk.post("/same", data={"token": desk.app.state.token, **form}).text
    assert "Tick one claim or more on each side" in page


def test_what_a_claim_is_broken_down_into_goes_where_it_goes(desk):
    event = view(desk).incidents.get("inc-26e0db53086461ae")  # Kafr Sel: 19, four of them children
    page = desk.get(f"/same?a={INCIDENT}&b={event.id}").text
    first, second = groups(page)
    parts = [each for each in event.claims if view(desk).claims[each].claim.part_of in second]
    assert parts and not set(parts) & set(second)
    send(desk, "/decide", kind="same", subject=first, other=second, member=first + second)
    assert set(parts) <= set(view(desk).incident_of.get(first[0]).claims)


def copied_from(client: TestClient, claim: str) -> str | None:
    first = view(client).original(claim)
    return first.id if first else None


def test_a_claim_is_split_off_its_incident_with_the_effect_before_a_reason_and_undo(desk):
    links = re.findall(r'href="(/apart[^"]*)"', desk.get(f"/i/{INCIDENT}").text)
    event, before = view(desk).incidents.get(INCIDENT), bounds(desk)
    assert len(links) >= len(event.claims)
    out, *rest = event.claims
    page = desk.get(f"/apart?of={INCIDENT}&claim={out}").text
    assert re.search(rf'value="{out}" data-foresee checked>', page)
    shown = text(page)
    assert "Tick one claim" in text(desk.get(f"/apart?of={INCIDENT}").text)
    assert "Choose a reason" in send(desk, "/apart/split", of=INCIDENT, claim=out)
    assert view(desk).incident_of.get(out).id == view(desk).incident_of.get(rest[0]).id
    told = send(desk, "/apart/split", of=INCIDENT, claim=out, why="3", reason="at night")
    low, high = bounds(desk)
    assert f"{before[0]:,} to {before[1]:,} becomes {low:,} to {high:,}" in shown
    assert "Split off" in told and "Maarat Ilun" in told
    gone = view(desk).incident_of.get(out).claims
    assert set(gone) == {out, *(each for each in rest if copied_from(desk, each) == out)}
    assert len(gone) == 2  # a passage that another report copied goes with it
    stays = [each for each in rest if each not in gone]
    assert set(view(desk).incident_of.get(stays[0]).claims) == set(stays)
    kept = text(desk.get("/history?only=decisions").text)
    assert "It tells of another event of that place and day: at night" in kept
    send(desk, "/undo")
    assert bounds(desk) == before and view(desk).incidents.get(INCIDENT).claims == event.claims


def test_asking_for_the_effect_of_splitting_writes_nothing(desk):
    event, head = view(desk).incidents.get(INCIDENT), desk.app.state.held.head()
    told = send(desk, "/apart", of=INCIDENT, claim=event.claims[:2])
    assert "Apart from it:" in told and desk.app.state.held.head() == head


def test_an_incident_is_not_split_off_itself_nor_is_one_claim_alone(desk):
    event = view(desk).incidents.get(INCIDENT)
    told = send(desk, "/apart/split", of=INCIDENT, claim=event.claims, why="1")
    assert "leave one at least" in told
    assert "/apart" not in desk.get("/i/inc-5b4ff412898357e6").text
    assert desk.get("/apart").status_code == 404
    assert "/apart" not in desk.get(f"/c/{event.claims[0]}").text


def test_a_claim_is_made_by_hand_of_words_of_the_report(desk):
    send(
        desk, "/decide", kind="add", subject="orun-2021-03-20", words="its manager Halim Dorsawi",
        measure="detained", low="1", high="1", next="/d/orun-2021-03-20",
    )  # fmt: skip
    assert "1 detained" in text(desk.get("/d/orun-2021-03-20").text)


def test_a_claim_by_hand_has_a_number_or_says_that_there_is_none(desk):
    fields = {
        "kind": "add", "subject": "orun-2021-03-20", "words": "its manager Halim Dorsawi",
        "measure": "detained", "next": "/d/orun-2021-03-20",
    }  # fmt: skip
    before = view(desk).sizes.claims
    told = send(desk, "/decide", **fields)
    assert "Give a number, or say that the words give none" in told
    assert "The words give no number" in told and view(desk).sizes.claims == before
    assert "no number detained" in send(desk, "/decide", **fields, numberless="yes")
    assert view(desk).sizes.claims == before + 1


def test_a_day_of_publication_that_was_set_is_changed_and_taken_back(desk):
    page = desk.get("/d/orun-2021-02-08").text
    assert "Change the day of publication" in page and 'value="2021-02-08"' in page
    fields = {"kind": "set_metadata", "subject": "orun-2021-02-08", "published": "2021-02-10"}
    told = send(desk, "/decide", **fields, next="/d/orun-2021-02-08")
    assert "Set: Day of publication: 10 February 2021" in told
    assert "Northern Voice , 10 February 2021" in told
    assert "Day of publication: 10 February 2021" in text(desk.get("/history").text)
    send(desk, "/undo")
    assert "Northern Voice , 8 February 2021" in text(desk.get("/d/orun-2021-02-08").text)


def test_a_change_names_the_old_value_and_the_new(desk):
    claim = claim_of(desk, "Forty terrorists")
    fields = {"low": "41", "high": "", "was-low": "40", "was-high": "40"}
    told = send(desk, "/decide", kind="edit", subject=claim, why="1", **fields)
    assert "Changed: 40 killed (Figure: 40 becomes ≥ 41)" in told
    assert "Figure: ≥ 41" in text(desk.get("/history?only=decisions").text)


def test_history_names_what_was_set_aside_and_the_reports(desk):
    claim = claim_of(desk, "Forty terrorists")
    send(desk, "/decide", kind="reject", subject=claim, why="2")
    page = desk.get("/history").text
    assert "Set aside 40 killed" in text(page) and f'href="/c/{claim}"' in page
    assert "Report added Will Orun share the fate of Velm?" in text(page)


def test_the_queue_says_why_its_numbers_are_others_after_an_answer(desk):
    page = desk.get("/review").text
    (items,) = re.findall(r"1 of (\d+) open", text(page))
    action, fields = form_of(page, "Accept all as they are")
    subjects = re.findall(r'name="subject" value="(clm-\w+)"', page.partition("Accept all")[0])
    told = send(desk, action, **{**fields, "subject": subjects})
    (left,) = re.findall(r"\d+ of (\d+) open", told)
    assert int(left) < int(items)
    assert f"Before that answer {items} were open" in told


def test_a_missing_day_of_publication_is_asked_for_and_set(desk):
    put(desk, "undated.txt", b"Shells killed three people in Sarbek on Sunday.")
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


def test_taking_back_leads_to_no_address_that_only_answers_a_form(desk):
    claim = claim_of(desk, "Forty terrorists")
    fields = {"token": desk.app.state.token, "kind": "accept", "subject": claim, "next": "/review"}
    headers = {"referer": "http://127.0.0.1:8765/decide"}
    page = desk.post("/decide", data=fields, headers=headers).text
    assert 'name="next" value="/decide"' not in page
    assert 'name="next" value="/review"' in page.partition("Undo")[0]


def test_a_finding_leads_to_its_question_until_that_is_answered(desk):
    (first, *_) = re.findall(r'href="/review\?item=(fnd-\w+)"', desk.get("/").text)
    page = desk.get(f"/review?item={first}").text
    assert f'id="{first}"' in page
    action, fields = form_of(page, "Accept all as they are")
    subjects = re.findall(r'name="subject" value="(clm-\w+)"', page.partition("Accept all")[0])
    send(desk, action, **{**fields, "subject": subjects})
    assert f"/review?item={first}" not in desk.get("/findings").text


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", ""]
)
def test_no_other_site_says_where_taking_back_leads(desk, referer):
    claim = claim_of(desk, "Forty terrorists")
    fields = {"token": desk.app.state.token, "kind": "flag", "subject": claim}
    answer = desk.post("/decide", data=fields, headers={"referer": referer}, follow_redirects=False)
    assert "back=" not in answer.headers["location"]


FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.S)
FIELD = re.compile(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')


def form_of(page: str, button: str) -> tuple[str, dict[str, list[str]]]:
    """The address and the fields of the form with these words."""
    for action, inside in FORM.findall(page):
        if button in inside:
            fields: dict[str, list[str]] = {}
            for name, value in FIELD.findall(inside):
                fields.setdefault(name, []).append(html.unescape(value))
            return html.unescape(action), fields
    raise AssertionError(f"no form with {button}")


def test_what_is_answered_before_initials_are_given_is_kept_and_goes_on_with_them(copy):
    with client_of(copy) as client:
        data = {
            "token": client.app.state.token, "kind": "add", "subject": "orun-2021-03-20",
            "words": "its manager Halim Dorsawi", "measure": "detained", "low": "1", "high": "1",
            "next": "/d/orun-2021-03-20",
        }  # fmt: skip
        page = client.post("/decide", data=data)
        assert page.status_code == 422
        action, fields = form_of(page.text, "Go on")
        told = client.post(action, data={**fields, "by": "N.K."})
        assert "Added by hand" in text(told.text) and "1 detained" in text(told.text)
        assert "N.K." in text(client.get("/history").text)


def test_several_values_of_a_field_are_kept_too(copy):
    with client_of(copy) as client:
        claims = [claim_of(client, "Forty terrorists"), claim_of(client, "At least 57")]
        data = {"token": client.app.state.token, "kind": "accept", "subject": claims}
        action, fields = form_of(client.post("/decide", data=data).text, "Go on")
        told = text(client.post(action, data={**fields, "by": "N.K."}).text)
        assert "Accepted: 40 killed; ≥ 57 killed (Khan Setra" in told


def test_a_form_that_is_refused_shows_what_was_typed_and_is_sent_again(desk):
    claim = claim_of(desk, "Forty terrorists")
    data = {
        "token": desk.app.state.token, "kind": "edit", "subject": claim, "low": "forty-one",
        "was-low": "40", "high": "45", "was-high": "40", "place": "Binora <East>", "was-place": "x",
    }  # fmt: skip
    page = desk.post("/decide", data=data)
    assert page.status_code == 422 and "is not a whole number" in page.text
    action, fields = form_of(page.text, "Send it again")
    assert fields["low"] == ["forty-one"] and fields["place"] == ["Binora <East>"]
    told = desk.post(action, data={**fields, "low": "41", "why": "1", "reason": ""})
    assert "Changed" in text(told.text)
    assert view(desk).claims[claim].claim.count.high == 45


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "edit", "why": "1"}, "Nothing was changed in the form."),
        ({"kind": "batch"}, "This form does not say what to decide."),
        ({"kind": "edit", "why": "1", "start": "2021-13-45"}, "“2021-13-45” is no day."),
        ({"kind": "edit", "why": "1", "high": "99,999,999,999"}, "more people than there are"),
        ({"kind": "flag", "by": "x" * 41}, "Initials have at most 40 characters."),
        ({"kind": "flag", "reason": "x" * 2001}, "A reason has at most 2000 characters."),
    ],
)
def test_what_cannot_be_decided_says_why_in_words_for_people(desk, fields, why):
    before = desk.app.state.held.head()
    assert why in send(desk, "/decide", subject=claim_of(desk, "Forty terrorists"), **fields)
    assert desk.app.state.held.head() == before


@pytest.mark.parametrize("sequence", ["-1", "last", "1.5", "9" * 30])
def test_only_an_entry_that_is_named_is_taken_back(desk, sequence):
    send(desk, "/decide", kind="accept", subject=claim_of(desk, "Forty terrorists"))
    before = desk.app.state.held.head()
    assert "is no entry of the log" in send(desk, "/undo", sequence=sequence)
    assert desk.app.state.held.head() == before


def test_who_decides_on_a_page_that_is_behind_is_asked_first(desk):
    claim = claim_of(desk, "Forty terrorists")
    action, stale = form_of(desk.get(f"/review?item={claim}").text, "Accept <kbd>a")
    send(desk, "/decide", kind="reject", subject=claim, why="2", reason="A rumour", by="B.B.")
    asked = desk.post(action, data={**stale, "by": "A.A."})
    told = text(asked.text)
    assert asked.status_code == 409 and "B.B. set this aside at" in told and "A rumour" in told
    assert claim not in view(desk).claims
    action, again = form_of(asked.text, "Decide all the same")
    assert "Accepted" in text(desk.post(action, data=again).text)
    assert claim in view(desk).claims
    assert text(desk.get("/history?only=decisions").text).count("A.A.") == 1


def test_a_form_sent_twice_is_not_asked_about(desk):
    claim = claim_of(desk, "Forty terrorists")
    action, form = form_of(desk.get(f"/review?item={claim}").text, "Accept <kbd>a")
    for _ in range(2):
        assert "Accepted" in text(desk.post(action, data=form).text)
    other = {**form, "once": "another-form"}  # the page kept by the button for going back
    assert "N.K. accepted this at" in text(desk.post(action, data=other).text)


def test_what_was_taken_back_meanwhile_is_told_and_what_others_did_elsewhere_is_not(desk):
    claim, other = claim_of(desk, "Forty terrorists"), claim_of(desk, "At least 57")
    send(desk, "/decide", kind="accept", subject=claim)
    action, form = form_of(desk.get(f"/c/{claim}").text, "Flag")
    send(desk, "/decide", kind="accept", subject=other)
    send(desk, "/undo", sequence=desk.app.state.held.head() - 1, by="B.B.")
    assert "B.B. took a decision about this back" in text(desk.post(action, data=form).text)
    action, form = form_of(desk.get(f"/c/{other}").text, "Flag")
    send(desk, "/decide", kind="accept", subject=claim)
    assert "Flagged" in text(desk.post(action, data=form).text)


def test_a_question_stays_until_all_its_claims_are_answered(desk):
    page = desk.get("/review").text
    claims = re.findall(r'id="card-(clm-\w+)"', page)
    assert len(claims) > 1
    for left in range(len(claims) - 1, -1, -1):
        card = page.partition(f'id="card-{claims[left]}"')[2]
        action, fields = form_of(card, ">Accept")
        assert fields["subject"] == [claims[left]]
        page = desk.post(action, data=fields).text
        assert view(desk).settled(claims[left])
        assert (re.findall(r'id="card-(clm-\w+)"', page) == claims) is bool(left)

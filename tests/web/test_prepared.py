"""Reports made ready before anybody asks: they say what a workbench opened anew says."""

import os
import random
import threading
from pathlib import Path

from tests.web.conftest import client_of
from tests.web.test_pages import text

ADDRESSES = (
    "/publish", "/publish?profile=internal", "/publish?by=month", "/publish?delay=0",
    "/publish?by=place&level=settlement", "/publish?from=2021-01-01&to=2021-06-30",
    "/publish?level=country", "/publish?ruleset=strict&delay=0", "/publish?profile=internal&by=weapon",
)  # fmt: skip


def told_anew(path: Path) -> dict[str, str]:
    found = {}
    for address in ADDRESSES:
        with client_of(path) as client:
            answer = client.get(address)
            found[address] = text(answer.text) if answer.status_code == 200 else ""
    return found


def test_reports_say_the_same_whatever_was_asked_for_before(copy: Path, monkeypatch) -> None:
    rng = random.Random(1)
    alone = told_anew(copy)
    assert len(set(alone.values())) > 6
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    monkeypatch.setattr("cenotaph.web.held.QUIET", 0)
    with client_of(copy) as client:
        held = client.app.state.held
        held.view()
        assert held.warmed.wait(60)
        assert held.view().kept_reports, "nothing was made ready"
        for address in rng.choices(ADDRESSES, k=30):
            answer = client.get(address)
            assert (text(answer.text) if answer.status_code == 200 else "") == alone[address]


def test_after_a_decision_the_report_looked_at_last_is_made_ready_again(
    copy: Path, monkeypatch
) -> None:
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    monkeypatch.setattr("cenotaph.web.held.QUIET", 0)
    monkeypatch.setattr("cenotaph.web.app.SOON", 60)
    with client_of(copy) as client:
        held = client.app.state.held
        held.view()
        assert held.warmed.wait(60)
        before = text(client.get("/publish?profile=internal").text)
        claim = held.view().waiting.claim(0)
        form = {"token": client.app.state.token, "kind": "reject", "why": "1", "by": "B"}
        client.post("/decide", data={**form, "subject": claim}, follow_redirects=False)
        for work in threading.enumerate():
            if work.name == "following":
                work.join(60)
        (wish,) = held.view().kept_reports
        assert not wish.public
        after = text(client.get("/publish?profile=internal").text)
        assert after != before
    assert told_anew(copy)["/publish?profile=internal"] == after


def test_a_report_that_is_ready_shows_outlines_that_came_since(copy: Path) -> None:
    outline = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
    outline += '"geometry": {"type": "Polygon", "coordinates": [[%s]]}}]}'
    wide, narrow = ("[-60,-30],[60,-30],[60,30],[-60,-30]", "[-50,-30],[50,-30],[50,30],[-50,-30]")
    own = copy.parent / "basemap" / "own.geojson"
    with client_of(copy) as client:
        before = client.get("/publish?profile=internal").text
        assert 'class="land"' in before or "<svg" in before
        own.parent.mkdir()
        own.write_text(outline % wide, encoding="utf-8")
        with_one = client.get("/publish?profile=internal").text
        assert with_one != before
        own.write_text(outline % narrow, encoding="utf-8")
        os.utime(own, ns=(1, 1))
        assert client.get("/publish?profile=internal").text not in (before, with_one)

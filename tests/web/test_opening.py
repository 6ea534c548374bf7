"""A record that takes long to open: a page says so, and leads on to what was asked for."""

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.conftest import client_of
from tests.web.test_pages import text

from cenotaph.pipeline import Workspace
from cenotaph.web.held import Held
from cenotaph.web.mapping import drawn


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Opening waits until the event is set; pages do not."""
    free = threading.Event()

    def opened(*given, **named) -> Workspace:
        free.wait(60)
        return Workspace(*given, **named)

    monkeypatch.setattr("cenotaph.web.held.Workspace", opened)
    monkeypatch.setattr("cenotaph.web.app.PATIENCE", 0.01)
    return free


def test_a_page_leads_to_where_it_is_told_and_back(example: Path, slow: threading.Event) -> None:
    with client_of(example) as client:
        for _ in range(2):
            sent = client.get("/claims?measure=killed", follow_redirects=False)
            assert (sent.status_code, sent.headers["location"]) == (
                303, "/working?next=%2Fclaims%3Fmeasure%3Dkilled",
            )  # fmt: skip
        waiting = client.get(sent.headers["location"])
        assert "Opening the record" in text(waiting.text)
        assert waiting.headers["refresh"] == "1"
        slow.set()
        assert client.app.state.held.work.finished.wait(60)
        assert "killed" in text(client.get(sent.headers["location"]).text)
        assert client.get("/claims", follow_redirects=False).status_code == 200


def test_a_record_that_cannot_be_opened_says_why(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "record.db").write_bytes(b"this is a letter and no record" * 100)
    with client_of(tmp_path / "record.db") as client:
        told = client.get("/claims")
        assert told.status_code == 500
        assert "record" in text(told.text)


def test_what_pages_need_is_read_meanwhile_and_pages_say_the_same(copy: Path, monkeypatch) -> None:
    pages = ("/totals?by=admin1", "/totals?by=place", "/map/points.json", "/incidents", "/publish")
    with client_of(copy) as client:
        told = [text(client.get(page).text) for page in pages]
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    with client_of(copy) as client:
        client.get("/")
        assert client.app.state.held.warmed.wait(60)
        assert [text(client.get(page).text) for page in pages] == told


def test_the_record_may_change_while_pages_are_prepared(copy: Path, monkeypatch) -> None:
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    for name in ("PAUSE", "QUIET"):
        monkeypatch.setattr(f"cenotaph.web.held.{name}", 0)
    monkeypatch.setattr("cenotaph.totals.tally.SOME", 1)
    with client_of(copy) as client:
        client.get("/")
        held = client.app.state.held
        for _ in range(3):
            claim = held.view().waiting.claim(0)
            form = {"token": client.app.state.token, "kind": "reject", "why": "1", "by": "B"}
            client.post("/decide", data={**form, "subject": claim})
        assert held.warmed.wait(60)
        told = [text(client.get(f"/totals?by={by}").text) for by in ("admin1", "place")]
        held.forget()
        assert [text(client.get(f"/totals?by={by}").text) for by in ("admin1", "place")] == told


def test_what_is_done_behind_pages_waits_until_nobody_asks_but_not_for_ever(
    copy: Path, monkeypatch
) -> None:
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    for name in ("QUIET", "LONGEST"):
        monkeypatch.setattr(f"cenotaph.web.held.{name}", 600)
    steps: list[None] = []
    warm = Workspace.warm

    def counted(self: Workspace) -> Iterator[None]:
        for step in warm(self):
            steps.append(step)
            yield

    monkeypatch.setattr(Workspace, "warm", counted)
    with client_of(copy) as client:
        client.get("/")
        held = client.app.state.held
        assert not held.warmed.wait(0.2) and not steps
        monkeypatch.setattr("cenotaph.web.held.LONGEST", 0.01)
        client.get("/")
        assert held.warmed.wait(60) and steps


def test_the_view_of_an_earlier_state_does_not_stay_in_memory(copy: Path) -> None:
    with client_of(copy) as client:
        client.get("/publish")
        held = client.app.state.held
        view = weakref.ref(held.view())
        claim = held.view().waiting.claim(0)
        form = {"token": client.app.state.token, "kind": "reject", "why": "1", "by": "B"}
        gc.collect()
        gc.disable()
        try:
            client.post("/decide", data={**form, "subject": claim})
            client.get("/publish")
            assert view() is None
        finally:
            gc.enable()


def test_what_a_decision_changes_is_worked_out_behind_the_answer(copy: Path, monkeypatch) -> None:
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    monkeypatch.setattr("cenotaph.web.app.SOON", 0.01)
    free = threading.Event()
    follow = Held._follow

    def slowly(self, work) -> None:
        free.wait(60)
        follow(self, work)

    monkeypatch.setattr(Held, "_follow", slowly)
    with client_of(copy) as client:
        before = text(client.get("/totals").text)
        held = client.app.state.held
        form = {"token": client.app.state.token, "kind": "reject", "why": "1", "by": "B"}
        sent = client.post(
            "/decide",
            data={**form, "subject": held.view().waiting.claim(0), "next": "/totals"},
            follow_redirects=False,
        )
        assert sent.status_code == 303 and sent.headers["location"].startswith("/totals")
        for _ in range(2):
            page = client.get(sent.headers["location"])
            assert "Working out what the decision changes" in text(page.text)
            assert page.headers["refresh"] == "1" and before not in text(page.text)
        free.set()
        assert held.followed(60)
        after = client.get(page.url)
        assert after.url.path == "/totals" and "Set aside" in text(after.text)
        now = text(client.get("/totals").text)
        assert now != before
    with client_of(copy) as client:
        assert text(client.get("/totals").text) == now


def test_points_of_a_map_are_drawn_once_and_in_the_language_that_is_asked_for(
    copy: Path, monkeypatch
) -> None:
    made: list[str] = []

    def counted(event):
        made.append(event.id)
        return drawn(event)

    monkeypatch.setattr("cenotaph.web.mapping.drawn", counted)
    with client_of(copy) as client:

        def points(language: str) -> list:
            return client.get("/map/points.json", headers={"accept-language": language}).json()

        first, other = points("en"), points("ar")
        assert first != other and [each[0] for each in first] == [each[0] for each in other]
        form = {"token": client.app.state.token, "kind": "reject", "why": "1", "by": "B"}
        claim = client.app.state.held.view().waiting.claim(0)
        made.clear()
        client.post("/decide", data={**form, "subject": claim})
        now = points("en")
        assert 0 < len(made) < len(first) / 2
        client.app.state.held.forget()
        assert points("en") == now


def test_map_and_sources_are_made_before_anybody_asks_for_them(copy: Path, monkeypatch) -> None:
    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    monkeypatch.setattr("cenotaph.web.held.QUIET", 0)
    with client_of(copy) as client:
        client.get("/")
        assert client.app.state.held.warmed.wait(60)
        monkeypatch.setattr("cenotaph.web.mapping.drawn", None)
        monkeypatch.setattr(Workspace, "originators", None)
        assert client.get("/map/points.json").json()
        assert client.get("/sources").status_code == 200


@pytest.fixture
def collector() -> Iterator[None]:
    """Python's collector looks as it did before, whatever a test makes of it."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_rubbish_is_looked_for_behind_the_pages(copy: Path, monkeypatch, collector) -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself = self

    monkeypatch.setattr("cenotaph.web.held.LARGE", 0)
    monkeypatch.setattr("cenotaph.web.held.QUIET", 0)
    monkeypatch.setattr("cenotaph.collector.MUCH", 0)
    with client_of(copy) as client:
        client.get("/")
        held = client.app.state.held
        assert held.warmed.wait(60)
        assert gc.get_threshold()[0] > 10 * 50_000  # no page is interrupted for it
        knot = weakref.ref(Knot())
        client.get("/help")
        client.get("/claims")
        for each in threading.enumerate():
            if each.name == "tidying":
                each.join(60)
        assert knot() is None


def test_a_decision_does_not_wait_for_what_answers_would_do(copy: Path, monkeypatch) -> None:
    with client_of(copy) as client:
        held = client.app.state.held
        waiting = held.view().waiting
        one, other, flagged = (waiting.claim(at) for at in range(3))
        form = {"token": client.app.state.token, "kind": "flag", "subject": flagged, "by": "B"}
        sent: list[threading.Thread] = []
        states: list[int] = []
        foresee = Held.foresee

        def decide() -> None:
            client.post("/decide", data=form, follow_redirects=False)

        def seen(self, wanted, ask):
            states.append(self.head())
            if not sent:
                sent.append(threading.Thread(target=decide))
                sent[0].start()
                while not self._in_line:
                    sent[0].join(0.01)
            return foresee(self, wanted, ask)

        monkeypatch.setattr(Held, "foresee", seen)
        page = client.get(f"/same?a={one}&b={other}")
        sent[0].join(60)
        assert page.status_code == 200 and [each.status_code for each in page.history] == [303]
        # What was begun in the earlier state was left, and all of it tried in that of now.
        assert states[0] < states[1] and len(set(states[1:])) == 1 and len(states) > 2

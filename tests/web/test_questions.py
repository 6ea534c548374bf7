"""What is asked about next: kept from decision to decision, and that of a record opened anew."""

import random
from contextlib import closing
from pathlib import Path

from tests.web.conftest import client_of, put

from cenotaph.web.held import Held
from cenotaph.web.review import Queue, queue


def every(items: Queue) -> list:
    assert all(items.at(item.key) == at for at, item in enumerate(items))
    return list(items)


def test_the_queue_after_decisions_is_that_of_the_record_opened_anew(copy: Path) -> None:
    rng = random.Random(3)
    with client_of(copy) as client:
        held: Held = client.app.state.held
        form = {"token": client.app.state.token, "why": "1", "by": "B"}
        lengths, taken = set(), 0
        for turn in range(24):
            items = queue(held.view())
            lengths.add(len(items))
            kind = ("reject", "accept", "flag", "same", "undo", "edit")[turn % 6]
            found = rng.choice(items[:6])
            one, other = found.claims[0], items[-1].claims[0]
            more = {"same": {"other": other}, "edit": {"low": "2", "high": "3"}}.get(kind, {})
            asked = {**form, "kind": kind, "subject": one, **more}
            to = "/undo" if kind == "undo" else "/decide"
            sent = client.post(to, data=asked, follow_redirects=False)
            taken += sent.status_code == 303  # others do not fit what they are of
            now = held.view()
            with closing(Held(copy)) as anew:
                view = anew.view()
                assert every(queue(now)) == every(queue(view)), kind
                assert now.questions.first(100) == view.questions.first(100)
        assert taken > 16 and len(lengths) > 5


def test_findings_of_what_does_not_agree_come_before_what_is_not_known(copy: Path) -> None:
    with client_of(copy) as client:
        client.get("/")
        put(client, "letter.txt", b"Yesterday shells killed four weavers in Ostvangen.\n")
        view = client.app.state.held.view()
        codes = [view.finding(id_).code for id_ in view.questions.first(1_000)]
        assert len(codes) == len(view.findings)
        unknown = [code.endswith("-unknown") for code in codes]
        assert sorted(unknown) == unknown and len(set(unknown)) == 2
        kinds = [item.kind for item in queue(view)]
        assert kinds == sorted(kinds, key=["finding", "pair", "claim"].index)


def test_a_finding_is_asked_about_until_all_its_claims_are_settled(copy: Path) -> None:
    with client_of(copy) as client:
        held: Held = client.app.state.held
        items = queue(held.view())
        key, _, claims = next(item for item in items if len(item.claims) > 1)
        form = {"token": client.app.state.token, "kind": "accept", "by": "B"}
        for claim in claims:
            assert queue(held.view()).at(key) is not None
            client.post("/decide", data={**form, "subject": claim})
        assert queue(held.view()).at(key) is None
        client.post("/undo", data={**form, "by": "B"})
        assert queue(held.view()).at(key) == 0

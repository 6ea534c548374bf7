"""A record that is opened in one piece says what it says when it is made of its lines."""

import random
import sqlite3
from pathlib import Path

import msgspec
import pytest
from tests.scale.test_standing import RULES, following, path, put, some_decision, sources

from cenotaph.model import Measure
from cenotaph.pipeline import Query, Workspace, decide, undo
from cenotaph.pipeline.opening import Opened, unlike
from cenotaph.store import open as open_record
from cenotaph.totals import Kept, Tally

__all__ = ["path", "sources"]

EVERY = Query(limit=None)


def told(path: Path, sources) -> list[object]:
    """All that a workspace says of a record: pages with their counts, words, sums, what waits."""
    with open_record(path) as record:
        space = Workspace(record, sources=sources, ruleset=RULES)
        orders = {"reports": ("title",), "claims": ("count",), "incidents": ("killed",)}
        found: list[object] = [space.waiting(), space.originators(), space.killed, space.dayless]
        found += [{*space.unsure}, space.undated, dict(space.finding_lines)]
        for name, by in orders.items():
            for order in ("key", *by):
                for descending in (False, True):
                    asked = Query(limit=None, order=order, descending=descending)
                    page = getattr(space, name)(asked)
                    found += [page, {facet: page.counts[facet] for facet in page.counts}]
        found += [space.claims(Query(limit=None, words=words)) for words in ("killed", "air st")]
        found += [space.copies(id_) for id_ in sorted(space.report_lines)]
        found += [space.claims_number(id_) for id_ in sorted(space.report_lines)]
        found += [[space.weight(id_) for id_ in sorted(space.claim_lines)]]
        found += [space.said_of(facet) for facet in ("person", "body", "document")]
        found += [space.totals(by) for by in ((), ("admin1",), ("month", "place"))]
        found += [space.totals(("admin1",), measure=Measure.INJURED)]
        found += [space.totals(("group",)), space.totals(("place",), group="children")]
        space.close()
    return found


def anew(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE sheets")
        connection.execute("DROP TABLE sheets_touched")
    connection.close()


def resumed(path: Path, sources) -> bool:
    """Whether a record is opened in one piece."""
    with open_record(path) as record, following(path, sources) as found:
        made = Opened.__new__(Opened)
        made._standing, made._found = found, lambda _: ()
        made.lists = made._catalogues()
        del record
        return made._resume()


@pytest.mark.parametrize("seed", range(3))
def test_it_says_the_same_after_any_history(path, sources, documents, seed, monkeypatch) -> None:
    if seed == 1:  # and where it is written down anew each time
        monkeypatch.setattr("cenotaph.pipeline.opening.FEW", -1000)
    rng = random.Random(seed)
    waiting = rng.sample(documents, 80)
    here, waiting = waiting[:50], waiting[50:]
    put(path, here)
    taken: list[int] = []
    told(path, sources)
    for _ in range(6):
        with following(path, sources) as found:
            if rng.random() < 0.7:
                wanted = some_decision(found, rng, here)
                known = found.around(*wanted.subjects, *wanted.others)
                taken.append(decide(found.record, [wanted], known=known).sequence)
            elif taken and rng.random() < 0.7:
                undo(found.record, taken.pop(), by="T")
        if rng.random() < 0.4:
            put(path, waiting[:5])
            here, waiting = here + waiting[:5], waiting[5:]
        with following(path, sources):
            pass
        assert resumed(path, sources)
        in_one_piece = told(path, sources)
        with open_record(path) as record:
            assert not unlike(record, sources=sources, ruleset=RULES)
        if rng.random() < 0.3:
            anew(path)
            assert told(path, sources) == in_one_piece
    anew(path)
    assert not resumed(path, sources)
    assert told(path, sources) == in_one_piece


def test_what_is_made_anew_is_written_down_anew(path, sources, documents, monkeypatch) -> None:
    put(path, documents[:30])
    told(path, sources)
    assert resumed(path, sources)
    monkeypatch.setattr("cenotaph.pipeline.following.deriver_version", lambda: "another")
    assert not resumed(path, sources)
    told(path, sources)
    assert resumed(path, sources)


def test_a_piece_that_is_damaged_or_of_another_state_is_passed_over(
    path, sources, documents
) -> None:
    put(path, documents[:30])
    whole = told(path, sources)
    with sqlite3.connect(path) as connection:
        ((content,),) = connection.execute("SELECT value FROM sheets WHERE name = 'lists'")
    sheet = msgspec.msgpack.decode(content)
    sheet[1] += 5
    rng = random.Random(1)
    for wrong in (b"", content[:-9], rng.randbytes(99), msgspec.msgpack.encode(sheet)):
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE sheets SET value = ? WHERE name = 'lists'", (wrong,))
        connection.close()
        assert told(path, sources) == whole


def test_totals_of_what_is_opened_add_nothing_up_again(
    path, sources, documents, monkeypatch
) -> None:
    put(path, documents[:60])
    whole = told(path, sources)
    solved: list[int] = []

    def counted(self, members):
        solved.append(len(members))
        return solve(self, members)

    solve = Tally._solve
    monkeypatch.setattr(Tally, "_solve", counted)
    monkeypatch.setattr(Kept, "tallies", None)
    assert told(path, sources) == whole and not solved
    put(path, documents[60:62])
    told(path, sources)
    tangles = len(solved)
    solved.clear()
    anew(path)
    monkeypatch.undo()
    monkeypatch.setattr(Tally, "_solve", counted)
    told(path, sources)
    assert 0 < tangles * 3 < len(solved)


@pytest.mark.parametrize("wrong", [b"", b"\x93\x01\x02\x90", None])
def test_totals_are_made_anew_where_what_is_written_down_of_them_is_damaged(
    path, sources, documents, wrong
) -> None:
    put(path, documents[:30])
    whole = told(path, sources)
    with sqlite3.connect(path) as connection:
        if wrong is None:
            connection.execute("DELETE FROM sheets WHERE name = 'tally injured'")
        else:
            connection.execute("UPDATE sheets SET value = ? WHERE name LIKE 'tally %'", (wrong,))
    connection.close()
    assert told(path, sources) == whole


def test_one_that_says_something_else_is_found(path, sources, documents) -> None:
    put(path, documents[:30])
    told(path, sources)
    with sqlite3.connect(path) as connection:
        ((content,),) = connection.execute("SELECT value FROM sheets WHERE name = 'lists'")
    sheet = msgspec.msgpack.decode(content)
    claim = next(iter(sheet[4]))
    sheet[4][claim] += 1
    with sqlite3.connect(path) as connection:
        wrong = msgspec.msgpack.encode(sheet)
        connection.execute("UPDATE sheets SET value = ? WHERE name = 'lists'", (wrong,))
    connection.close()
    with open_record(path) as record:
        assert unlike(record, sources=sources, ruleset=RULES)

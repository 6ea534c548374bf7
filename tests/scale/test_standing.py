"""What a record keeps of links, events and figures is what follows from its reports, always."""

import random
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cenotaph.model import Decision, DecisionKind, Document, DocumentId, Measure
from cenotaph.pipeline import (
    Sources,
    decide,
    derive,
    given_gazetteers,
    originators,
    ruleset_of,
    standing,
    undo,
)
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing, differences
from cenotaph.pipeline.seen import Overtaken
from cenotaph.store import Input, RecordSettings, add, create, forget
from cenotaph.store import open as open_record
from cenotaph.totals import total

RULES = ruleset_of("default")
SOME = 90


@pytest.fixture
def sources(tmp_path: Path, gazetteer_file: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))
    return Sources(files=(gazetteer_file,), default=False, country="XT")


@pytest.fixture
def path(tmp_path: Path, gazetteer_file: Path, sources: Sources) -> Path:
    made = tmp_path / "record.db"
    settings = RecordSettings(country="XT", default_gazetteer=False)
    create(made, settings, given_gazetteers([gazetteer_file], default=False))
    return made


@contextmanager
def following(path: Path, sources: Sources):
    with (
        open_record(path) as record,
        standing(record, sources=sources, ruleset=RULES) as found,
    ):
        yield found


def put(path: Path, documents: list[Document]) -> None:
    with open_record(path) as record:
        add(
            record,
            [
                Input(raw=d.text.encode(), media_type="text/plain", name=d.id, document=d)
                for d in documents
            ],
        )


def holds(path: Path, sources: Sources) -> None:
    """What is kept is what is made anew, row by row, and says what the whole derivation says."""
    with open_record(path) as record:
        assert list(differences(record, sources=sources, ruleset=RULES)) == []
        whole = derive(record, sources=sources, ruleset=RULES)
        with standing(record, sources=sources, ruleset=RULES) as found:
            assert tuple(found.incidents()) == whole.incidents
            assert found.copies() == whole.copies
            assert tuple(claim for claim, _ in found.claims()) == whole.claims
            assert {link for _, links in found.claims() for link in links} == {*whole.linking.links}
            assert tuple(found.findings()) == whole.findings
            assert found.originators() == originators(record, whole)
            for by, measure, group in (
                (("admin1", "month"), Measure.KILLED, None),
                (("group",), Measure.KILLED, None),
                ((), Measure.INJURED, "children"),
            ):
                assert found.totals(by, measure=measure, group=group) == total(
                    whole.claims, whole.linking, whole.incidents,
                    by=by, ruleset=RULES, measure=measure, group=group,
                )  # fmt: skip


def some_decision(found: Standing, rng: random.Random, documents: list[Document]) -> Decision:
    events = [each for each in found.incidents() if len(each.claims) > 1]
    one, other = rng.sample(events, 2)
    claim = rng.choice(one.claims)
    return rng.choice(
        [
            Decision(kind=DecisionKind.REJECT, subjects=(claim,), reason="no such event", by="T"),
            Decision(
                kind=DecisionKind.EDIT, subjects=(claim,), value={"count": {"low": 9, "high": 9}},
                reason="misread", by="T",
            ),
            Decision(
                kind=DecisionKind.SAME, subjects=(claim,), others=(other.claims[0],), by="T"
            ),
            Decision(
                kind=DecisionKind.DIFFERENT, subjects=(one.claims[0],), others=one.claims[1:],
                by="T",
            ),
            Decision(
                kind=DecisionKind.SET_METADATA, subjects=(rng.choice(documents).id,),
                value={"published": "2012-03-04"}, by="T",
            ),
            Decision(
                kind=DecisionKind.SET_SOURCE, subjects=("source:the Dawn Observatory",),
                value={"quotes": "the Tessaria Harm Monitor"}, by="T",
            ),
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_what_is_kept_is_what_follows(path, sources, documents, seed) -> None:
    rng = random.Random(seed)
    waiting = rng.sample(documents, SOME)
    put(path, waiting[:50])
    here, waiting = waiting[:50], waiting[50:]
    taken = []
    while waiting:
        with following(path, sources) as found:
            if rng.random() < 0.5:
                wanted = some_decision(found, rng, here)
                known = found.around(*wanted.subjects, *wanted.others)
                taken.append(decide(found.record, [wanted], known=known).sequence)
            elif taken and rng.random() < 0.5:
                undo(found.record, taken.pop(rng.randrange(len(taken))), by="T")
            elif rng.random() < 0.3:
                forget(found.record)
        size = rng.choice((1, 1, 3, 20))
        put(path, waiting[:size])
        here, waiting = here + waiting[:size], waiting[size:]
    with following(path, sources):
        pass
    holds(path, sources)


def test_it_is_made_in_steps_that_can_be_cut_short(
    path, sources, documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.pipeline.following.TOGETHER", 17)
    put(path, documents[:SOME])
    written = []

    def cut(self, sequence: int, touched: Update) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(sequence)
        whole(self, sequence, touched)

    whole = Standing._write
    with monkeypatch.context() as patch:
        patch.setattr(Standing, "_write", cut)
        with pytest.raises(KeyboardInterrupt), following(path, sources):
            pass
    assert written == [0, 0]
    with following(path, sources):
        pass
    holds(path, sources)


def test_a_report_more_touches_few_rows(path, sources, documents) -> None:
    put(path, documents[:200])
    with following(path, sources):
        pass
    before = rows(path)
    put(path, documents[200:201])
    with following(path, sources):
        pass
    after = rows(path)
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    assert 0 < len(changed) < len(after) / 10
    holds(path, sources)


def never(*_: object) -> None:
    raise AssertionError("nothing is to be solved here")


def test_figures_of_a_few_reports_are_solved_once_and_by_who_asks_for_totals(
    path, sources, documents, monkeypatch
) -> None:
    put(path, documents[:60])
    with following(path, sources):
        pass
    with monkeypatch.context() as patch:
        patch.setattr("cenotaph.totals.tally.solve", never)
        for number in range(60, 64):
            put(path, documents[number : number + 1])
            with following(path, sources) as found:
                assert list(found.incidents())
    before = path.read_bytes()
    with open_record(path) as record:
        assert list(differences(record, sources=sources, ruleset=RULES)) == []
    assert path.read_bytes() == before
    with following(path, sources) as found:
        asked = found.totals()
    assert path.read_bytes() != before
    with monkeypatch.context() as patch:
        patch.setattr("cenotaph.totals.tally.solve", never)
        with following(path, sources) as found:
            assert found.totals() == asked
    holds(path, sources)


def test_what_waits_is_solved_for_the_state_that_is_seen(path, sources, documents) -> None:
    put(path, documents[:60])
    with following(path, sources):
        pass
    put(path, documents[60:65])
    with following(path, sources):
        pass
    with following(path, sources) as found:
        put(path, documents[65:90])
        with following(path, sources) as other:
            later = other.totals(("admin1",))
        asked = found.totals(("admin1",))  # cannot be kept: the record is another by now
        assert asked != later
        assert asked == total(
            [claim for claim, _ in found.claims()],
            found.derivation.linking(),
            list(found.incidents()),
            by=("admin1",),
            ruleset=RULES,
        )
    with following(path, sources) as found:
        assert found.totals(("admin1",)) == later
    holds(path, sources)


def test_what_waits_in_a_record_that_is_not_to_be_written_is_solved_in_memory(
    path, sources, documents
) -> None:
    put(path, documents[:60])
    with following(path, sources):
        pass
    put(path, documents[60:65])
    with following(path, sources):
        pass
    before = path.read_bytes()
    with open_record(path) as record:
        found = Standing(record, sources, RULES, writes=False)
        found.restore()
        asked = found.totals(("month",))
        found.close()
    assert path.read_bytes() == before
    with following(path, sources) as found:
        assert found.totals(("month",)) == asked
    holds(path, sources)


def test_a_changed_row_is_found_where_figures_wait(path, sources, documents) -> None:
    put(path, documents[:60])
    with following(path, sources):
        pass
    put(path, documents[60:65])
    with following(path, sources):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM derived WHERE shelf = 'to_solve'")
    with open_record(path) as record:
        assert list(differences(record, sources=sources, ruleset=RULES))


def test_what_others_follow_meanwhile_is_not_overwritten(path, sources, documents) -> None:
    put(path, documents[:30])
    with open_record(path) as record:
        late = Standing(record, sources, RULES)
        news = late.news()
        assert news is not None
        put(path, documents[30:40])
        with following(path, sources):
            pass
        with pytest.raises(Overtaken):
            late.follow(news)
        late.close()
    holds(path, sources)


@pytest.mark.parametrize("name", ["acled", "ibc"])
def test_another_ruleset_says_of_what_is_kept_what_it_says_of_all(
    path, sources, documents, monkeypatch, name
) -> None:
    monkeypatch.setattr("cenotaph.pipeline.kept.MANY", 7)  # what was asked for is soon given back
    put(path, documents[:SOME])
    rules = ruleset_of(name)
    with open_record(path) as record:
        whole = derive(record, sources=sources, ruleset=rules)
    with following(path, sources) as found:
        assert tuple(found.incidents(rules)) == whole.incidents
        assert tuple(found.findings(rules)) == whole.findings
        assert found.totals(("admin1",), ruleset=rules) == total(
            whole.claims, whole.linking, whole.incidents, by=("admin1",), ruleset=rules
        )
        some = whole.incidents[0]
        part = found.around(some.id, ruleset=rules)
        assert part.incidents == (some,)
        documents_ = {id_ for id_, _ in some.documents}
        assert {
            each for each in whole.findings if each.claims and {*each.documents} <= documents_
        } <= {*part.findings}
        # Nothing of it is kept: the record's own rules say what they said.
        assert tuple(found.incidents()) != whole.incidents


def test_a_changed_row_is_found(path, sources, documents) -> None:
    put(path, documents[:30])
    with following(path, sources) as found:
        first = next(found.incidents()).claims[0]
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE derived SET value = (SELECT value FROM derived WHERE shelf = 'incidents'"
            " AND key != ?) WHERE shelf = 'incidents' AND key = ?",
            (first, first),
        )
    with open_record(path) as record:
        assert list(differences(record, sources=sources, ruleset=RULES)) == [
            f"incidents of {first}"
        ]


def test_a_row_that_is_missing_or_too_many_is_found_and_nothing_is_written(
    path, sources, documents
) -> None:
    put(path, documents[:30])
    with following(path, sources) as found:
        first, second = (each.claims[0] for each in list(found.incidents())[:2])
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM derived WHERE shelf = 'incidents' AND key = ?", (first,))
        connection.execute(
            "INSERT INTO derived SELECT 'elsewhere', key, value FROM derived"
            " WHERE shelf = 'incidents' AND key = ?",
            (second,),
        )
    connection.close()
    before = path.read_bytes()
    with open_record(path) as record:
        assert sorted(differences(record, sources=sources, ruleset=RULES)) == [
            f"elsewhere of {second}",
            f"incidents of {first}",
        ]
    assert path.read_bytes() == before


def test_what_another_program_made_is_made_anew(
    path, sources, documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(path, documents[:30])
    with following(path, sources):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM derived WHERE shelf = 'incidents'")
    monkeypatch.setattr("cenotaph.pipeline.following.deriver_version", lambda: "another")
    holds(path, sources)
    with following(path, sources):
        pass
    holds(path, sources)


def test_a_record_that_cannot_be_written_is_followed_in_memory(path, sources, documents) -> None:
    put(path, documents[:30])
    with following(path, sources) as found:
        kept_ = list(found.incidents())
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE derived")
        connection.execute("DELETE FROM readings")
    with open_record(path) as record:
        found = Standing(record, sources, RULES, keep=False)
        news = found.news()
        assert news is not None
        found.follow(news)
        assert list(found.incidents()) == kept_
        found.close()
    assert rows(path, table="readings") == {}


def rows(path: Path, table: str = "derived") -> dict:
    with sqlite3.connect(path) as connection:
        if table == "derived":
            found = connection.execute("SELECT shelf, key, value FROM derived WHERE shelf != ''")
            return {(shelf, key): value for shelf, key, value in found}
        return dict(connection.execute("SELECT document_id, content FROM readings"))


def test_a_part_of_it_says_what_the_whole_says(path, sources, documents) -> None:
    put(path, documents[:120])
    with open_record(path) as record:
        whole = derive(record, sources=sources, ruleset=RULES)
        with standing(record, sources=sources, ruleset=RULES) as found:
            for event in whole.incidents[:40:7]:
                part = found.around(event.id)
                assert part.incidents == (event,)
                for claim in event.claims:
                    assert part.claim(claim) == whole.claim(claim)
                    assert [x for x in part.linking.links if x.claim == claim] == [
                        x for x in whole.linking.links if x.claim == claim
                    ]
                    assert [x for x in part.findings if claim in x.claims] == [
                        x for x in whole.findings if claim in x.claims
                    ]
            for listed in whole.listed[:20]:
                part = found.around(listed.id)
                assert listed in part.listed
                assert [x for x in part.claims if x.claim.document == listed.original] == [
                    x for x in whole.claims if x.claim.document == listed.original
                ]


def test_what_has_no_place_is_kept_too(path, sources, documents) -> None:
    nowhere = [
        replace(documents[0], id=DocumentId(f"nowhere-{n}"), text=text)
        for n, text in enumerate(
            (
                "Three drivers were shot dead on the road, a colleague said.",
                "The union counted 40 dead drivers since January.",
                "In Kordania 12 people were killed; the union counted 40 dead drivers since May.",
            )
        )
    ]
    put(path, [*documents[:20], *nowhere])
    with following(path, sources):
        pass
    holds(path, sources)

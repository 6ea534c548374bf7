from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Decision, DecisionKind, Document, DocumentId, Measure
from cenotaph.pipeline import (
    DecisionError,
    Sources,
    Workspace,
    decide,
    decisions,
    derive,
    history,
    ruleset_of,
    undo,
    verify,
)
from cenotaph.review import State
from cenotaph.store import Input, RecordSettings, add, create, forget, log
from cenotaph.store import open as open_record

SOURCES = Sources(default=False)
TEXT = "In Sarbek 12 killed. Then 3 killed. The hospital took in some of the hurt."


def report(id_, text, day="2021-02-08"):
    document = Document(id=DocumentId(id_), text=text, published=date.fromisoformat(day))
    return Input(raw=text.encode(), media_type="text/plain", name=id_, document=document)


@pytest.fixture
def record(tmp_path: Path, plain_steps: None):
    path = tmp_path / "record.db"
    create(path, RecordSettings(default_gazetteer=False))
    with open_record(path) as record:
        add(record, [report("a", TEXT), report("b", "Elsewhere 40 killed.")])
        yield record


def known(record):
    return derive(record, sources=SOURCES, ruleset=ruleset_of("default"))


def say(record, kind, *subjects, others=(), reason=None, token=None, **value):
    wanted = Decision(
        kind=DecisionKind(kind),
        subjects=subjects,
        others=others,
        value=value,
        reason=reason,
        by="AB",
    )
    return decide(record, [wanted], known=known(record), token=token)


def figures(record):
    return sorted(
        (each.claim.document, each.claim.count.low, each.claim.count.high)
        for each in known(record).claims
    )


def ids(record):
    return {each.claim.count.low: each.id for each in known(record).claims}


def incident_figures(record):
    return sorted(
        one.figure.best
        for each in known(record).incidents
        for one in each.estimates
        if one.measure is Measure.KILLED and one.group is None
    )


def test_a_rejected_claim_is_set_aside_with_its_reason_and_counts_nowhere(record):
    before = incident_figures(record)
    rejected = ids(record)[3]
    made = say(record, "reject", rejected, reason="The three are among the twelve.")
    found = known(record)
    assert figures(record) == [("a", 12, 12), ("b", 40, 40)]
    (aside,) = found.reviewed.rejected
    assert (aside.claim.id, aside.reason, aside.decision) == (
        rejected, "The three are among the twelve.", made.sequence,
    )  # fmt: skip
    assert found.claim(rejected) is not None
    assert 3 not in incident_figures(record)
    undo(record, by="AB")
    assert incident_figures(record) == before


def test_an_edit_keeps_the_identifier_and_what_the_machine_read_beside_it(record):
    edited = ids(record)[12]
    say(
        record, "edit", edited, reason="Two of them died later.",
        count={"low": 14, "high": 14}, group={"age": "child"}, measure="injured",
    )  # fmt: skip
    say(record, "edit", edited, reason="And were boys.", group={"sex": "male"})
    found = known(record)
    claim = found.claim(edited)
    assert (claim.claim.count.low, claim.claim.measure) == (14, "injured")
    assert (claim.claim.group.age, claim.claim.group.sex) == ("child", "male")
    review = found.reviewed.reviews[edited]
    assert (review.state, review.machine.claim.count.low) == (State.EDITED, 12)
    assert len(review.decisions) == 2
    assert claim.claim.counted == review.machine.claim.counted


@pytest.mark.parametrize("kind, told", [("copy_of", "its own copy"), ("part_of", "its own part")])
def test_a_circle_is_refused_with_what_closes_it_until_that_is_taken_back(record, kind, told):
    one, other = ids(record)[12], ids(record)[40]
    made = say(record, kind, one, others=(other,))
    with pytest.raises(DecisionError, match=rf"decision {made.sequence}\).*{told}"):
        say(record, kind, other, others=(one,))
    undo(record, by="AB")
    say(record, kind, other, others=(one,))
    space = Workspace(record, sources=SOURCES, ruleset=ruleset_of("default"))
    wanted = Decision(kind=DecisionKind(kind), subjects=(one,), others=(other,), by="AB")
    with pytest.raises(DecisionError, match=told):
        space.foresee([wanted], lambda: None)
    space.close()


def test_two_decisions_of_one_batch_make_no_circle_either(record):
    one, other = ids(record)[12], ids(record)[40]
    wanted = [
        Decision(kind=DecisionKind.COPY_OF, subjects=(a,), others=(b,), by="AB")
        for a, b in ((one, other), (other, one))
    ]
    with pytest.raises(DecisionError, match="the same batch"):
        decide(record, wanted, known=known(record))


def test_what_is_taken_back_twice_closes_no_circle(record):
    one, other = ids(record)[12], ids(record)[40]
    made = say(record, "copy_of", one, others=(other,))
    back = undo(record, made.sequence, by="AB")
    say(record, "copy_of", other, others=(one,))
    undo(record, back.sequence, by="AB")
    found = known(record)
    assert len(found.reviewed.bonds) == 1
    assert sum(1 for n in incident_figures(record) if n in (12, 40)) == 1


def test_what_is_decided_outlives_a_new_reading(record):
    say(record, "reject", ids(record)[3], reason="No count.")
    say(record, "edit", ids(record)[40], reason="A slip.", count={"low": 41, "high": None})
    before = figures(record)
    forget(record)
    assert figures(record) == before == [("a", 12, 12), ("b", 41, None)]


def test_undo_of_undo_gives_the_decision_again(record):
    claim = ids(record)[3]
    first = say(record, "reject", claim, reason="No count.")
    back = undo(record, first.sequence, by="AB")
    assert len(figures(record)) == 3
    undo(record, back.sequence, by="AB")
    assert len(figures(record)) == 2
    with pytest.raises(DecisionError, match="taken back already"):
        undo(record, back.sequence, by="AB")
    with pytest.raises(DecisionError, match="no decision"):
        undo(record, 1, by="AB")


def test_a_batch_is_one_entry_and_is_undone_as_one(record):
    claims = ids(record)
    wanted = [
        Decision(kind=DecisionKind.REJECT, subjects=(claims[n],), reason="Not here.", by="AB")
        for n in (3, 40)
    ]
    made = decide(record, wanted, known=known(record))
    assert figures(record) == [("a", 12, 12)]
    undo(record, made.sequence, by="CD")
    assert len(figures(record)) == 3


def test_the_same_token_enters_once(record):
    claim = ids(record)[3]
    first = say(record, "accept", claim, token="t1")
    assert say(record, "accept", claim, token="t1") == first
    assert len(decisions(record)) == 1


def test_a_claim_is_made_of_words(record):
    say(
        record,
        "add",
        "a",
        words="some of the hurt",
        measure="injured",
        count={"low": 2, "high": None},
    )
    found = known(record)
    (claim,) = [each for each in found.claims if each.claim.rule == "by-hand"]
    assert claim.claim.counted.text == "some of the hurt"
    assert claim.claim.counted.is_in(TEXT)
    assert claim.claim.quote.is_in(TEXT)
    assert claim.claim.quote.text == "The hospital took in some of the hurt."
    assert (claim.claim.measure, claim.claim.count.low) == ("injured", 2)
    assert found.reviewed.reviews[claim.id].state is State.ADDED
    say(record, "edit", claim.id, reason="Counted again.", count={"low": 5, "high": 5})
    assert known(record).claim(claim.id).claim.count.low == 5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("nobody said this", "does not say"),
        ("killed", "says 2 times"),
        ({"start": 0, "end": 9999}, "no words"),
        ({"start": 0, "end": 2, "text": "On"}, "other words"),
        ({"start": 10, "end": 19}, "counted by clm-"),
    ],
)
def test_a_claim_stands_on_words_that_are_there(record, words, told):
    with pytest.raises(DecisionError, match=told):
        say(record, "add", "a", words=words, measure="killed")


def test_decisions_follow_a_text_to_the_report_that_stands_for_it(record):
    claim = ids(record)[3]
    say(record, "reject", claim, reason="No count.")
    say(record, "add", "a", words="some of the hurt", measure="injured")
    add(record, [report("earlier", TEXT, "2021-02-01")])
    found = known(record)
    assert {each.claim.document for each in found.claims} == {"earlier", "b"}
    assert [each.claim.claim.count.low for each in found.reviewed.rejected] == [3]
    assert [each.claim.rule for each in found.claims].count("by-hand") == 1
    assert found.reviewed.uncarried == ()


def test_what_finds_no_claim_any_more_is_listed_and_changes_nothing(record, monkeypatch):
    from cenotaph.pipeline import document

    say(record, "reject", ids(record)[3], reason="No count.")
    read = document.reading.read

    def better(given, **kwargs):
        from dataclasses import replace

        said = read(given, **kwargs)
        return replace(said, claims=tuple(c for c in said.claims if c.count.low != 3))

    forget(record)
    monkeypatch.setattr(document.reading, "read", better)
    found = known(record)
    assert [each.kind for each in found.reviewed.uncarried] == ["reject"]
    (finding,) = [each for each in found.findings if each.code == "decision-not-carried"]
    assert "3 killed" in finding.message
    assert finding.documents == ("a",)


def test_what_is_set_of_a_report_changes_how_it_is_read_and_which_is_the_original(record):
    add(record, [report("c", TEXT, "2021-02-09")])
    assert known(record).copies == {"a": ("c",)}
    say(record, "set_metadata", "c", published="2021-02-01", publisher="MNA")
    found = known(record)
    assert found.copies == {"c": ("a",)}
    listed = {each.id: each for each in found.listed}
    assert (listed["c"].published, listed["c"].publisher) == (date(2021, 2, 1), "MNA")
    assert found.interpreted["c"].published == date(2021, 2, 1)
    undo(record, by="AB")
    assert known(record).copies == {"a": ("c",)}


def test_a_decision_is_checked_before_it_is_entered(record):
    claim = ids(record)[3]
    before = log.head(record)
    for kind, subjects, value in (
        ("edit", [claim], {"count": {"low": 5, "high": 2}}),
        ("edit", [claim], {"event": "tea_party"}),
        ("edit", [claim], {"colour": "red"}),
        ("edit", [claim], {}),
        ("accept", ["clm-none"], {}),
        ("accept", [], {}),
        ("set_metadata", ["a"], {"published": "soon"}),
        ("set_metadata", ["nothing"], {"title": "T"}),
        ("set_when", [claim], {"when": {"start": "2021-02-30", "end": None}}),
        ("set_place", [claim], {"place": {"name": "Sarbek", "lat": 99.0, "lon": 1.0}}),
    ):
        with pytest.raises(DecisionError):
            say(record, kind, *subjects, reason="Because.", **value)
    assert log.head(record) == before


def test_a_reason_is_needed_to_reject_and_to_edit_and_never_to_accept(record):
    claim = ids(record)[3]
    for kind in ("reject", "edit"):
        with pytest.raises(ValueError, match="reason"):
            say(record, kind, claim, count={"low": 1, "high": 1})
    assert say(record, "accept", claim).reason is None


def test_places_and_periods_are_set(record):
    claim = ids(record)[3]
    say(record, "set_place", claim, place={"name": "Sarbek", "lat": 12.5, "lon": -39.25})
    say(record, "set_when", claim, when={"start": "2021-02-07", "end": "2021-02-07"})
    after = known(record).claim(claim)
    assert (after.place.name, after.place.lat, after.place.precision) == (
        "Sarbek",
        12.5,
        "settlement",
    )
    assert (after.when.start, after.when.basis) == (date(2021, 2, 7), "decided")


def same(record, claims):
    return any({claims[12], claims[40]} <= set(each.claims) for each in known(record).incidents)


def test_pairs_bind_claims_and_the_last_word_holds(record):
    claims = ids(record)
    say(record, "different", claims[12], others=(claims[40],))
    say(record, "part_of", claims[3], others=(claims[12],))
    bonds = {(each.kind, each.claim, each.to) for each in known(record).reviewed.bonds}
    assert bonds == {("different", claims[12], claims[40]), ("part_of", claims[3], claims[12])}
    links = {
        (link.claim, link.kind, link.to)
        for link in known(record).linking.links
        if link.by == "decided"
    }
    assert links == {(claims[3], "within", claims[12])}
    assert same(record, claims) is False
    say(record, "same", claims[40], others=(claims[12],))
    assert same(record, claims) is True
    kinds = {each.kind for each in known(record).reviewed.bonds}
    assert kinds == {"same", "part_of"}


def test_the_history_of_a_claim_and_of_a_report(record):
    claim = ids(record)[3]
    first = say(record, "flag", claim)
    undo(record, by="CD")
    events = history(record, claim)
    assert [(each.decision.kind, each.holds) for each in events] == [
        ("flag", False),
        ("undo", True),
    ]
    assert events[0].sequence == first.sequence
    assert [each.kind for each in history(record, "a")] == ["document"]
    assert len(history(record)) == log.head(record).sequence


def newer(record, text):
    """Put the text that another reader makes of the bytes of a report into the record."""
    raw = b"%PDF"
    for reader, words in (("pdf 1", f"{TEXT} Page 1."), ("pdf 2", text)):
        document = Document(
            id=DocumentId("c"), text=words, published=date(2021, 2, 8), reader=reader
        )
        add(record, [Input(raw=raw, media_type="application/pdf", name="c", document=document)])
        if reader == "pdf 1":
            yield


def test_decisions_go_over_to_the_text_of_a_newer_reader(record):
    reading = newer(
        record, "Headline\n\nIn Sarbek  12 killed.\nThen  3 killed. The hospital took in some."
    )
    next(reading)
    three = next(
        c.id for c in known(record).claims if (c.claim.document, c.claim.count.low) == ("c", 3)
    )
    say(record, "reject", three, reason="another year")
    say(record, "set_metadata", "c", publisher="MNA")
    before = figures(record)
    list(reading)
    after = known(record)
    assert [each for each in figures(record) if each[0] != "b"] == [
        ("a", 3, 3),
        ("a", 12, 12),
        ("c~2", 12, 12),
    ]
    assert ("c", 12, 12) in before and ("c", 3, 3) not in before
    (gone,) = after.reviewed.rejected
    assert gone.claim.claim.document == "c~2" and gone.reason == "another year"
    assert not after.reviewed.uncarried
    assert next(each for each in after.listed if each.id == "c~2").publisher == "MNA"
    assert list(verify(record, sources=SOURCES)) == []


def test_a_decision_whose_words_are_gone_from_the_newer_text_is_listed(record):
    reading = newer(record, "In Sarbek 12 killed. The rest of the page is an advertisement.")
    next(reading)
    three = next(
        c.id for c in known(record).claims if (c.claim.document, c.claim.count.low) == ("c", 3)
    )
    say(record, "reject", three, reason="another year")
    list(reading)
    after = known(record)
    assert [each.kind for each in after.reviewed.uncarried] == ["reject"]
    (finding,) = [each for each in after.findings if each.code == "decision-not-carried"]
    assert finding.documents == ("c~2",)  # the text that stands, not the one that was decided on


def test_a_text_that_stands_no_more_is_not_found_by_its_words(record):
    reading = newer(record, "In Sarbek 12 killed. The rest of the page is an advertisement.")
    next(reading)
    space = Workspace(record, sources=SOURCES, ruleset=ruleset_of("default"))
    assert "c" in space.search("killed") and space.search("advertisement") == []
    list(reading)
    space.refresh()
    assert space.search("advertisement") == ["c~2"]
    assert "c" not in space.search("killed") and "c~2" in space.search("killed")

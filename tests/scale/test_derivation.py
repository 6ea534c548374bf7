import random
from dataclasses import replace
from datetime import timedelta

import pytest

from cenotaph.model import (
    COPIED,
    Decision,
    DecisionKind,
    Document,
    DocumentId,
    LinkKind,
    Measure,
)
from cenotaph.pipeline import Interpreted, ruleset_of
from cenotaph.pipeline.derivation import Derivation
from cenotaph.pipeline.laid import Read
from cenotaph.totals import total

RULES = ruleset_of("default")


@pytest.fixture(scope="module")
def reads(documents: list[Document], read: dict[DocumentId, Interpreted]) -> list[Read]:
    return [Read(document=each, interpreted=read[each.id]) for each in documents if each.id in read]


def made(reads, **held) -> Derivation:
    derivation = Derivation(RULES)
    derivation.change(reads, **held)
    return derivation


def all_of(derivation: Derivation) -> dict:
    return {
        "claims": derivation.claims(),
        "linking": derivation.linking(),
        "incidents": derivation.ordered_incidents(),
        "checks": derivation.checks(),
        "findings": derivation.found(),
        "copied": derivation.copied(),
        "reviewed": derivation.reviewed,
    }


def totals(derivation: Derivation, *by: str, **of):
    return total(
        derivation.claims(), derivation.linking(), derivation.ordered_incidents(),
        by=by, ruleset=RULES, **of,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_what_follows_is_the_same_in_any_order_and_any_batches(reads, seed) -> None:
    rng = random.Random(seed)
    waiting = rng.sample(reads, len(reads))
    derivation = Derivation(RULES)
    while waiting:
        size = rng.choice((1, 2, 9, 40))
        derivation.change(waiting[:size])
        waiting = waiting[size:]
    assert all_of(derivation) == all_of(made(reads))


def test_reports_that_go_and_come_back_leave_no_trace(reads) -> None:
    rng = random.Random(3)
    derivation = made(reads)
    for _ in range(4):
        gone = rng.sample(reads, 20)
        names = {each.document.id for each in gone}
        derivation.change([], names)
        assert all_of(derivation) == all_of(
            made([each for each in reads if each.document.id not in names])
        )
        derivation.change(gone)
    assert all_of(derivation) == all_of(made(reads))


def test_sums_said_on_other_days_leave_what_follows_from_all(reads) -> None:
    rng = random.Random(5)
    derivation = made(reads)
    now = {each.document.id: each for each in reads}
    wholes = {
        link.to
        for links in derivation.links.values()
        for link in links
        if link.kind in (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN)
    }
    tell = sorted({derivation.known[whole].claim.document for whole in wholes})
    for id_ in rng.sample(tell, 6):
        read = now[id_]
        day = read.document.published + timedelta(days=rng.choice((-60, -5, 1, 40)))
        now[id_] = Read(
            document=replace(read.document, published=day),
            interpreted=replace(read.interpreted, published=day),
        )
        derivation.change([now[id_]])
        assert all_of(derivation) == all_of(made(now.values()))


def test_decisions_touch_little_and_can_be_taken_back(reads) -> None:
    derivation = made(reads)
    events = derivation.ordered_incidents()
    plain = all_of(derivation)
    some = events[3].claims[0]
    ways = [
        Decision(kind=DecisionKind.REJECT, subjects=(some,), reason="no such event", sequence=1),
        Decision(
            kind=DecisionKind.EDIT, subjects=(some,), value={"count": {"low": 77, "high": 77}},
            reason="misread", sequence=2,
        ),
        Decision(
            kind=DecisionKind.SAME, subjects=(some,), others=(events[9].claims[0],), sequence=3
        ),
        Decision(
            kind=DecisionKind.PART_OF, subjects=(some,), others=(events[5].claims[0],), sequence=4
        ),
    ]  # fmt: skip
    for decision in ways:
        touched = derivation.change([], held=[decision])
        assert all_of(derivation) == all_of(made(reads, held=[decision]))
        assert all_of(derivation) != plain
        assert len(touched.claims) < len(derivation.known) / 4
        derivation.change([], held=[])
        assert all_of(derivation) == plain


def test_a_settled_name_concerns_the_reports_that_use_it(reads) -> None:
    named = next(
        each.interpreted.claims[0].place.quote.text
        for each in reads
        if each.interpreted.claims and each.interpreted.claims[0].place is not None
    )
    using = {each.document.id for each in reads if named in each.document.text}
    settled = Decision(
        kind=DecisionKind.SET_PLACE, subjects=(f"name:{named.upper()}",), sequence=1,
        value={"place": {"name": "Elsewhere", "lat": 11.0, "lon": -40.0}}, reason="the other one",
    )  # fmt: skip
    derivation = made(reads)
    plain = all_of(derivation)
    derivation.change([], held=[settled])
    assert all_of(derivation) == all_of(made(reads, held=[settled])) != plain
    assert derivation.marks.decided <= using
    late = [each for each in reads if each.document.id in using][-1:]
    others = [each for each in reads if each not in late]
    coming = made(others, held=[settled])
    coming.change(late, held=[settled])
    assert all_of(coming) == all_of(derivation)
    coming.change([], [late[0].document.id], held=[settled])
    assert all_of(coming) == all_of(made(others, held=[settled]))


def test_figures_stand_in_order_and_parts_within_wholes(reads) -> None:
    derivation = made(reads)
    for incident in derivation.incidents.values():
        for each in incident.estimates:
            known = [
                n for n in (each.figure.low, each.figure.best, each.figure.high) if n is not None
            ]
            assert known == sorted(known)
        whole = incident.estimate(Measure.KILLED)
        for group in ("children", "women", "civilians"):
            part = incident.estimate(Measure.KILLED, group)
            if whole and part:
                assert part.figure.low <= whole.figure.low
                assert part.figure.high <= whole.figure.high
    for row in (sums := totals(derivation, "admin1", "month")).rows:
        assert row.figure.low <= row.figure.best <= row.figure.high <= sums.whole.naive


def test_a_running_total_is_not_added_to_what_it_holds(reads) -> None:
    whole = totals(made(reads)).whole
    assert any(part.scope == "cumulative" or part.scope == "subtotal" for part in whole.parts)
    assert any(part.role in ("inside", "may_be_inside") for part in whole.parts)
    assert whole.figure.high < whole.naive / 2


def test_reprints_change_no_figure(reads) -> None:
    derivation = made(reads)
    before = {row.key: row.figure for row in totals(derivation, "admin1", "month").rows}
    reprints = [
        each.document.id
        for each in reads
        if each.interpreted.claims
        and all(
            any(link.by == COPIED for link in derivation.links.get(claim.id, ()))
            for claim in each.interpreted.claims
        )
    ]
    assert len(reprints) > 10
    derivation.change([], reprints)
    after = {row.key: row.figure for row in totals(derivation, "admin1", "month").rows}
    assert after == before

"""A whole that follows changes is the whole that is added up anew, whatever changed."""

import random

import pytest
from tests.scale.test_derivation import RULES, made, totals

from cenotaph.model import ClaimId, Decision, DecisionKind, Document, DocumentId, Measure, Role
from cenotaph.pipeline import Interpreted
from cenotaph.pipeline.derivation import Derivation
from cenotaph.pipeline.laid import Read
from cenotaph.shelves import memory
from cenotaph.totals import SUMS, Kept, Tally, among, total_of
from cenotaph.totals.figures import is_sum


@pytest.fixture(scope="module")
def reads(documents: list[Document], read: dict[DocumentId, Interpreted]) -> list[Read]:
    return [Read(document=each, interpreted=read[each.id]) for each in documents if each.id in read]


def over(derivation: Derivation) -> Tally:
    """A tally of what a derivation holds now."""
    tally = Tally(derivation.known, derivation.links, derivation.incidents, ruleset=RULES)
    tally.change(set(derivation.known), set(derivation.incidents))
    return tally


BESIDE = ((Measure.INJURED, None), (Measure.KILLED, "children"), (Measure.INJURED, "women"))
"""Measures and groups of which tallies stand over the links that another one follows."""


def beside(tally: Tally) -> list[Tally]:
    found = [tally.beside(*of) for of in BESIDE]
    for each in found:
        each.follow(tally._known, tally._incidents, ())
    return found


def followed(others: list[Tally], derivation: Derivation, updates: list) -> None:
    """What several changes touched is taken in at once, and later."""
    claims = {each for update in updates for each in update.claims}
    incidents = {each for update in updates for each in update.incidents}
    documents = {each for update in updates for each in update.told}
    for (measure, group), tally in zip(BESIDE, others, strict=True):
        sums = [
            each.id
            for id_ in documents
            for each in derivation.claims_of(id_)
            if is_sum(each, measure)
        ]
        tally.follow(claims, incidents, sums)
        for by in ((), ("place",), *((("group",),) if group else ())):
            assert tally.totals(by) == totals(derivation, *by, measure=measure, group=group)
    updates.clear()


def told(tally: Tally, derivation: Derivation, update) -> None:
    tally.change(update.claims, update.incidents)
    assert tally.figure == totals(derivation).whole.figure
    for by in ((), ("admin1",), ("place", "month")):
        assert tally.totals(by) == totals(derivation, *by)


def test_it_begins_as_the_whole_with_the_weights_of_its_parts(reads) -> None:
    derivation = made(reads)
    tally, whole = over(derivation), totals(derivation).whole
    assert tally.figure == whole.figure
    assert whole.figure.low
    for part in whole.parts:
        weight = (part.figure.low or 0) if part.role is Role.ADDED else 0
        assert {tally.weight(claim) for claim in part.claims} == {weight}


@pytest.mark.parametrize("seed", range(3))
def test_reports_that_come_and_go_in_any_batches(reads, seed) -> None:
    rng = random.Random(seed)
    waiting = rng.sample(reads, len(reads))
    derivation = Derivation(RULES)
    tally = over(derivation)
    others, late = beside(tally), []
    there: list[Read] = []
    while waiting:
        size = rng.choice((1, 5, 30))
        come, waiting = waiting[:size], waiting[size:]
        gone = rng.sample(there, min(len(there), rng.choice((0, 0, 3))))
        update = derivation.change(come, {each.document.id for each in gone})
        there = [each for each in there if each not in gone] + come
        told(tally, derivation, update)
        late.append(update)
        if rng.random() < 0.4:
            followed(others, derivation, late)
    followed(others, derivation, late)


@pytest.mark.parametrize("seed", range(3))
def test_changes_that_wait_are_solved_together_and_say_what_weighs_otherwise(reads, seed) -> None:
    rng = random.Random(seed)
    coming = rng.sample(reads, len(reads))
    derivation = Derivation(RULES)
    tally = over(derivation)
    weights = dict(tally.weights())
    there: list[Read] = []
    moved: set[ClaimId] = set()
    while coming:
        size = rng.choice((1, 5, 30))
        come, coming = coming[:size], coming[size:]
        gone = rng.sample(there, min(len(there), rng.choice((0, 0, 3))))
        update = derivation.change(come, {each.document.id for each in gone})
        there = [each for each in there if each not in gone] + come
        moved |= tally.change(update.claims, update.incidents)
        if rng.random() < 0.3 or not coming:
            moved |= tally.settle()
            assert not tally.waits
            weights |= {claim: tally.weight(claim) for claim in moved}
            weights = {claim: weight for claim, weight in weights.items() if weight}
            moved.clear()
            assert weights == dict(tally.weights())
            assert tally.totals(("admin1",)) == totals(derivation, "admin1")


@pytest.mark.parametrize("seed", range(4))
def test_decisions_taken_and_taken_back(reads, seed) -> None:
    rng = random.Random(seed)
    derivation = made(reads)
    tally = over(derivation)
    others, late = beside(tally), []
    names = sorted(derivation.known)
    events = [each for each in derivation.ordered_incidents() if each.place is not None]
    held: list[Decision] = []
    for number in range(1, 16):
        one, other = (event.claims for event in rng.sample(events, 2))
        some = rng.choice(names)
        held.append(
            rng.choice(
                [
                    Decision(
                        kind=DecisionKind.REJECT, subjects=(some,), reason="x", sequence=number
                    ),
                    Decision(
                        kind=DecisionKind.EDIT, subjects=(some,), reason="x", sequence=number,
                        value={"count": {"low": 77, "high": 79}},
                    ),
                    Decision(
                        kind=DecisionKind.EDIT, subjects=(some,), reason="x", sequence=number,
                        value={"scope": rng.choice(("cumulative", "incident", "subtotal"))},
                    ),
                    *(
                        Decision(kind=kind, subjects=one, others=other, sequence=number)
                        for kind in (
                            DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.PART_OF,
                            DecisionKind.CONTAINS, DecisionKind.COPY_OF,
                        )
                    ),
                ]
            )
        )  # fmt: skip
        late.append(derivation.change([], held=held))
        told(tally, derivation, late[-1])
        if rng.random() < 0.3:
            held.pop(rng.randrange(len(held)))
            late.append(derivation.change([], held=held))
            told(tally, derivation, late[-1])
            followed(others, derivation, late)
    late.append(derivation.change([]))
    told(tally, derivation, late[-1])
    followed(others, derivation, late)


@pytest.mark.parametrize("seed", range(4))
def test_totals_of_some_claims_are_those_that_are_added_up_of_them(reads, seed) -> None:
    rng = random.Random(seed)
    derivation = made(reads)
    tally, kept = over(derivation), Kept(RULES, memory)
    for first, event in derivation.incidents.items():
        kept.event(first, event, derivation.known)
    for each in reads:
        kept.document(each.document.id, derivation.claims_of(each.document.id))
    for claim in derivation.known:
        kept.links(claim, derivation.links.get(claim, ()))
    sums = {id_ for id_, each in derivation.known.items() if each.claim.scope in SUMS}
    events = list(derivation.incidents.values())
    for share in (0.1, 0.5, 0.9, 1.0):
        only = {c for each in events if rng.random() < share for c in each.claims}
        only |= {each for each in sums if rng.random() < share}
        wanted = kept.added(Measure.KILLED, derivation.known, only)
        for by in ((), ("admin1",), ("perpetrator", "month")):
            found = among(tally, only, by, sums=sums, known=derivation.known)
            assert found == total_of(wanted, by=by, ruleset=RULES)

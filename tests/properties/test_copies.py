"""What a person holds to be a copy counts nothing, and no circle is ever held."""

from dataclasses import replace

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph import review
from cenotaph.model import Bond, ClaimId, Decision, DecisionKind, Document, Incident, Measure
from cenotaph.pipeline import Derived, Setting, interpret, ruleset_of
from cenotaph.pipeline.record import together

BOMBED = invented.Attack(
    town="Hazzan", day=invented.FIRST, killed=19, children=2, injured=4, template=2,
    source="Orun Civil Defence", party="Kordanian jets",
)  # fmt: skip


def decided(documents: list[Document], setting: Setting, held: list[Decision]) -> Derived:
    read = {each.id: interpret(each, setting=setting) for each in documents}
    return together([], read, documents, ruleset=ruleset_of("default"), held=held)


def copy_of(one: tuple[ClaimId, ...], other: tuple[ClaimId, ...], n: int = 7) -> Decision:
    return Decision(kind=DecisionKind.COPY_OF, subjects=one, others=other, by="K", sequence=n)


def different(one: tuple[ClaimId, ...], other: tuple[ClaimId, ...], n: int) -> Decision:
    return Decision(kind=DecisionKind.DIFFERENT, subjects=one, others=other, by="K", sequence=n + 1)


def low_of(told: Derived, measure: Measure) -> int:
    low = invented.totals(told, measure=measure).whole.figure.low
    return 0 if low is None else low


def told_killed(event: Incident) -> int:
    killed = event.estimate(Measure.KILLED)
    assert killed is not None and killed.figure.low is not None
    return killed.figure.low


@invented.small(25)
@given(folder=invented.folders(), data=st.data())
def test_a_copy_never_raises_a_low_and_counts_nothing(
    setting: Setting, folder: list[Document], data: st.DataObject
) -> None:
    before = decided(folder, setting, [])
    if len(before.incidents) < 2:
        return
    one, other = data.draw(st.permutations(before.incidents))[:2]
    after = decided(folder, setting, [copy_of(one.claims, other.claims)])
    # Once it is told what the copy is of, it is known to be no third event's, and what it is of keeps
    # its own low where the two were held to be one perhaps: that of all others, as where somebody
    # says that the copy is another event than each of them, and it is then left out.
    others = [each for each in before.incidents if each.id != one.id]
    apart = decided(
        folder, setting, [different(one.claims, each.claims, n) for n, each in enumerate(others)]
    )
    (alone,) = [each for each in apart.incidents if one.claims[0] in each.claims]
    for measure in (Measure.KILLED, Measure.INJURED):
        low, of_all = (low_of(each, measure) for each in (before, apart))
        own = alone.estimate(measure)
        rest = of_all - ((own.figure.low or 0) if own is not None else 0)
        assert low_of(after, measure) <= max(low, rest)
    (joined,) = [each for each in after.incidents if other.claims[0] in each.claims]
    assert joined.id == other.id
    assert set(joined.claims) >= {*one.claims, *other.claims}
    assert joined.place == other.place and joined.when == other.when
    for each in joined.estimates:
        assert not set(each.used) & set(one.claims)
    mine = {(e.measure, e.group): e.figure for e in joined.estimates}
    assert mine == {(e.measure, e.group): e.figure for e in other.estimates}
    assert joined.sources == other.sources


def test_the_copy_stands_under_its_originator_even_where_it_was_said_first(
    setting: Setting,
) -> None:
    first = BOMBED
    second = replace(first, town="Binora", killed=29, template=0)
    early = invented.document("early", [first.paragraph], invented.FIRST.replace(day=5))
    late = invented.document("late", [second.paragraph], invented.FIRST.replace(day=9))
    copy, origin = decided([early, late], setting, []).incidents
    found = decided([early, late], setting, [copy_of(copy.claims, origin.claims)])
    (event,) = found.incidents
    assert event.id == origin.id
    killed = event.estimate(Measure.KILLED)
    assert killed is not None and (killed.figure.low, killed.figure.high) == (29, 29)
    aside = dict(killed.set_aside)
    held = [aside[claim] for claim in copy.claims if claim in aside]
    assert held and all("held to be a copy of" in each for each in held)


def test_an_event_held_to_be_a_copy_counts_nothing_though_its_report_tells_the_other_too(
    setting: Setting,
) -> None:
    one = BOMBED
    other = replace(one, town="Binora", killed=29, template=0)
    both = [
        invented.document(name, [one.paragraph, other.paragraph], invented.FIRST.replace(day=day))
        for name, day in (("early", 5), ("late", 9))
    ]
    copy, origin = sorted(decided(both, setting, []).incidents, key=told_killed)
    assert (told_killed(copy), told_killed(origin)) == (19, 29)
    (event,) = decided(both, setting, [copy_of(copy.claims, origin.claims)]).incidents
    killed = event.estimate(Measure.KILLED)
    assert killed is not None and (killed.figure.low, killed.figure.high) == (29, 29)


def test_a_figure_of_its_report_held_to_be_a_copy_of_a_larger_one_raises_no_low(
    setting: Setting,
) -> None:
    first = BOMBED
    larger = replace(first, killed=29, source="Velm Relief")
    reports = [
        invented.document("early", [first.paragraph], invented.FIRST.replace(day=5)),
        invented.document("late", [larger.paragraph], invented.FIRST.replace(day=6)),
    ]
    before = decided(reports, setting, [])
    (event,) = before.incidents
    known = {each.id: each for each in before.claims}
    small, large = (
        next(
            id_ for id_ in event.claims
            if known[id_].claim.measure is Measure.KILLED and known[id_].claim.count.low == killed
        )
        for killed in (19, 29)
    )  # fmt: skip
    (after,) = decided(reports, setting, [copy_of((small,), (large,))]).incidents
    was, now = event.estimate(Measure.KILLED), after.estimate(Measure.KILLED)
    assert was is not None and now is not None
    assert (now.figure.low, now.figure.high) == (was.figure.low, 29) == (19, 29)


def bond(n: int, kind: DecisionKind, one: int, other: int) -> Bond:
    return Bond(kind=kind, claim=ClaimId(f"c{one}"), to=ClaimId(f"c{other}"), decision=n)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["copy_of", "part_of", "contains"]),
            st.integers(0, 5),
            st.integers(0, 5),
        ).filter(lambda each: each[1] != each[2]),
        max_size=12,
    )
)
def test_no_chain_of_decisions_leads_back(told: list[tuple[str, int, int]]) -> None:
    held = [
        Decision(
            kind=DecisionKind(kind), subjects=(f"c{a}",), others=(f"c{b}",), by="K", sequence=n
        )
        for n, (kind, a, b) in enumerate(told, 1)
    ]
    bonds, lost = review.bonds(held, lambda _, subject: ClaimId(subject))
    for copies in (True, False):
        leads: dict[str, set[str]] = {}
        for each in bonds:
            if (each.kind is DecisionKind.COPY_OF) is copies:
                ends = each.claim, each.to
                one, other = ends[::-1] if each.kind is DecisionKind.CONTAINS else ends
                leads.setdefault(one, set()).add(other)
        for start in leads:
            seen: set[str] = set()
            stack = [*leads[start]]
            while stack:
                here = stack.pop()
                if here not in seen:
                    seen.add(here)
                    stack += leads.get(here, ())
            assert start not in seen
    assert len({each.sequence for each in lost}) == len(lost)


@pytest.mark.parametrize("kind", [DecisionKind.COPY_OF, DecisionKind.PART_OF])
def test_what_would_close_a_circle_is_known_with_what_it_would_close(kind: DecisionKind) -> None:
    said = [bond(3, kind, 1, 2), bond(4, kind, 2, 3)]
    back = Decision(kind=kind, subjects=("c3",), others=("c1",), by="K")
    closed = review.circle(back, said, lambda _: None)
    assert closed is not None and closed.decision == 4
    on = Decision(kind=kind, subjects=("c1",), others=("c3",), by="K")
    assert review.circle(on, said, lambda _: None) is None


def test_a_part_of_any_claim_of_an_event_lies_in_the_event() -> None:
    said = [bond(3, DecisionKind.PART_OF, 1, 2)]
    events = {"c1": "a", "c9": "a", "c2": "b", "c8": "b"}
    back = Decision(kind=DecisionKind.CONTAINS, subjects=("c9",), others=("c8",), by="K")
    assert review.circle(back, said, events.get) is not None

"""Of one pair the last decision holds, whichever of its claims were named first."""

from cenotaph.model import ClaimId, Decision, DecisionKind
from cenotaph.review import bonds


def decided(kind, subjects, others, number):
    return Decision(
        kind=kind, subjects=subjects, others=others, by="AB", reason="seen", sequence=number
    )


def held(*decisions):
    found, lost = bonds(decisions, lambda _, subject: ClaimId(subject))
    assert lost == ()
    return {(bond.kind.value, frozenset((bond.claim, bond.to))) for bond in found}


SAME, DIFFERENT = DecisionKind.SAME, DecisionKind.DIFFERENT


def test_same_after_different_leaves_nothing_of_it():
    apart = decided(DIFFERENT, ("a", "b"), ("c", "d"), 1)
    together = decided(SAME, ("a", "b"), ("c", "d"), 2)
    assert held(apart, together) == held(together)
    assert held(apart, decided(SAME, ("d", "c"), ("b", "a"), 2)) == held(
        decided(SAME, ("d", "c"), ("b", "a"), 2)
    )


def test_different_after_same_leaves_nothing_of_it_between_the_two():
    together = decided(SAME, ("a",), ("b",), 1)
    apart = decided(DIFFERENT, ("b",), ("a",), 2)
    assert held(together, apart) == held(apart)


def test_a_claim_held_apart_from_others_stays_apart():
    apart = decided(DIFFERENT, ("x",), ("a", "b"), 1)
    together = decided(SAME, ("a",), ("b",), 2)
    assert held(apart, together) == held(apart) | held(together)

"""How well an event is attested and who is blamed: two axes, and the grade that follows from both."""

import pytest
from claims_factory import claim

from cenotaph import link, reconcile
from cenotaph.model import Grading, ResolvedClaim

HERE = {"where": "Homra", "day": "2021-02-07"}


def graded(*claims: ResolvedClaim) -> Grading:
    linking = link.link(claims)
    (incident,) = reconcile.reconcile(claims, linking, ruleset=reconcile.ruleset("default"))
    assert incident.grading is not None
    assert incident.grade == incident.grading.grade
    return incident.grading


@pytest.mark.parametrize(
    ("sources", "corroboration", "grade"),
    [
        ((None,), "unattributed", "weak"),
        (("Orun Monitor",), "single", "weak"),
        (("Orun Monitor", "Orun Monitor"), "single", "weak"),
        (("Orun Monitor", "Homra Hospital"), "several", "fair"),
    ],
    ids=str,
)
def test_originators_count_and_outlets_do_not(sources, corroboration, grade) -> None:
    claims = [
        claim(document, 0, 9, said_by=source, **HERE)
        for document, source in zip("ab", sources, strict=False)
    ]
    found = graded(*claims)
    assert (found.corroboration, found.grade) == (corroboration, grade)
    assert all(source in found.reasons[0] for source in sources if source)


@pytest.mark.parametrize(
    ("blamed", "responsibility", "grade"),
    [
        (((), ()), "unknown", "fair"),
        ((("Kordania",), ()), "single", "fair"),
        ((("Kordania",), ("Kordania",)), "single", "fair"),
        ((("Kordania",), ("Tessarian forces",)), "contested", "contested"),
    ],
    ids=str,
)
def test_who_is_blamed_is_an_axis_of_its_own(blamed, responsibility, grade) -> None:
    one, other = (
        claim(document, 0, 9, said_by=source, by=by, **HERE)
        for document, source, by in zip("ab", ("Monitor", "Hospital"), blamed, strict=True)
    )
    found = graded(one, other)
    assert (found.responsibility, found.grade) == (responsibility, grade)
    assert found.corroboration == "several"
    assert all(name in found.reasons[1] for names in blamed for name in names)

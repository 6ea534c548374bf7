"""Who is one source in several reports, and who is not."""

from dataclasses import replace

import pytest
from claims_factory import claim

from cenotaph import link, reconcile
from cenotaph.model import Measure, Quote, ResolvedClaim, Source
from cenotaph.voices import named, voice

HERE = {"where": "Homra", "day": "2021-02-07"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("witnesses", "witness"),
        ("Witnesses", "witness"),
        ("residents of Sarbek", "witness"),
        ("Residents of Sarbek", "witness"),
        ("doctor in Homra", "medical"),
        ("Doctors in Homra", "medical"),
        ("local sources", "media"),
        ("Local activists", "activist"),
        ("opposition activists in Velm", "activist"),
        ("hospital", "medical"),
        ("rebel commander", "armed_group"),
        ("two hospital officials", "medical"),
        ("SEVERAL WITNESSES", "witness"),
    ],
)
def test_who_is_not_named_is_nobody_in_particular(name: str, kind: str) -> None:
    assert not named(name, kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Halim Dorsawi", "person"),
        ("resident Halim Dorsawi", "witness"),
        ("Tessarian Observatory", "monitor"),
        ("Syrian Observatory for Human Rights", "monitor"),
        ("Ministry of Health in Orun", "government"),
        ("Sarbek hospital", "medical"),
        ("army", "military"),
        ("interior ministry", "government"),
        ("Police", "police"),
        ("AFP", "agency"),
        ("مستشفى حمرا", "medical"),
    ],
)
def test_who_is_named_is_one_source_in_every_report(name: str, kind: str) -> None:
    assert named(name, kind)


def told(document: str, low: int, *chain: tuple[str, str]):
    base = claim(document, 0, low, **HERE)
    said = tuple(Source(quote=Quote(0, len(n), n), name=n, kind=kind) for n, kind in chain)
    stated = base.claim
    return replace(base, claim=replace(stated, said_by=said))


def incident(*claims):
    linking = link.link(claims)
    (found,) = reconcile.reconcile(claims, linking, ruleset=reconcile.ruleset("default"))
    return found


def test_unnamed_originators_of_two_reports_stay_two_and_are_told_apart() -> None:
    one = told("a", 12, ("activists", "activist"))
    other = told("b", 14, ("activists", "activist"))
    found = incident(one, other)
    assert found.sources == ("activists (a)", "activists (b)")
    figure = found.estimate(one.claim.measure).figure
    # Neither is the other's later figure: both stand.
    assert (figure.low, figure.high) == (12, 14)
    assert not any(each.kind.value == "updates" for each in link.link([one, other]).links)


def test_a_witness_of_one_agency_is_one_witness() -> None:
    chain = (("witnesses", "witness"), ("Tessaria Press Agency", "agency"))
    found = incident(told("a", 12, *chain), told("b", 12, *chain))
    assert found.sources == ("witnesses (Tessaria Press Agency)",)
    assert found.grading.corroboration == "single"


def test_a_later_death_of_one_child_lowers_no_toll_of_everyone() -> None:
    told = [
        claim("a", 0, 6, said_by="Sarbek hospital", status="civilian", **HERE),
        claim("b", 0, 8, said_by="Sarbek hospital", **HERE),
        claim("c", 0, 1, said_by="Sarbek hospital", age="child", sex="male", **HERE),
    ]
    linking = link.link(told, published=dict.fromkeys((c.claim.document for c in told), None))
    linking = replace(linking, incidents=(tuple(each.id for each in told),))
    (event,) = reconcile.reconcile(told, linking, ruleset=reconcile.ruleset("default"))
    found = event.estimate(Measure.KILLED).figure
    assert (found.low, found.best, found.high) == (8, 8, 8)


def test_a_town_has_one_mayor_whoever_cites_him() -> None:
    def told(document: str, where: str, name: str) -> ResolvedClaim:
        return claim(document, 0, 5, where=where, day="2021-02-07", said_by=name)

    here = voice(told("a", "Homra", "town council"))
    assert here == voice(told("b", "Homra", "council"))
    assert here != voice(told("b", "Sarbek", "council"))
    assert here != voice(told("b", "Homra", "mayor"))
    assert voice(told("a", "Homra", "residents")) != voice(told("b", "Homra", "residents"))

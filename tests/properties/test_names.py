"""A name that was given once leads on to what became of it, and is never given to anything else."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import invented
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.cli.show import view
from cenotaph.model import Decision, DecisionKind, Document, DocumentId
from cenotaph.pipeline import Derived, Setting, interpret, lead, ruleset_of
from cenotaph.pipeline.record import together
from cenotaph.store import Listed

ATTACK = invented.Attack(
    town="Kafr Sel", day=invented.FIRST, killed=12, children=2, injured=4, template=1,
    source="the Tessaria Harm Monitor", party="Kordanian jets",
)  # fmt: skip


def shown(found: Derived, name: str) -> str:
    return "\n".join(text for _, text in view(found, name, None)[0])


def test_an_event_that_an_earlier_report_renames_is_found_by_its_old_name(setting: Setting) -> None:
    later = replace(ATTACK, template=2, source="Orun Civil Defence")
    one = invented.document("one", [later.paragraph], invented.FIRST + timedelta(days=2))
    first = invented.document("first", [ATTACK.paragraph], invented.FIRST + timedelta(days=1))
    (before,) = invented.together_with([one], setting).incidents
    found = invented.together_with([one, first], setting)
    (after,) = found.incidents
    assert before.id != after.id
    led = lead(found, before.id)
    assert led is not None and led.incident == after
    text = shown(found, before.id)
    assert text.startswith(f"{before.id} leads on to {after.id}") and "“At least 12" in text
    assert view(found, before.id, None)[1]["led_from"] == before.id
    assert lead(found, "inc-0000000000000000") is None


def test_a_withdrawn_event_says_why(setting: Setting) -> None:
    document = invented.document("one", [ATTACK.paragraph], invented.FIRST + timedelta(days=2))
    before = invented.together_with([document], setting)
    (event,) = before.incidents
    held = [
        Decision(kind=DecisionKind.REJECT, subjects=(claim,), reason="A drill.", sequence=n)
        for n, claim in enumerate(event.claims, 7)
    ]
    read = {document.id: interpret(document, setting=setting)}
    found = together([], read, [document], ruleset=ruleset_of("default"), held=held)
    assert not found.incidents
    assert "withdrawn" in shown(found, event.id) and "A drill. (decision 7)" in shown(
        found, event.id
    )


def test_a_copy_that_turns_out_to_be_the_older_report_takes_names_along(setting: Setting) -> None:
    later = invented.document("later", [ATTACK.paragraph], invented.FIRST + timedelta(days=2))
    (before,) = invented.together_with([later], setting).incidents
    older = replace(later, id=DocumentId("older"), published=invented.FIRST + timedelta(days=1))
    listed = [
        Listed(
            id=each.id, original=older.id, name=str(each.id), published=each.published, title=None,
            publisher=None, lang="en", country="XT", note=None, findings=(),
        )
        for each in (older, later)
    ]  # fmt: skip
    read = {older.id: interpret(older, setting=setting)}
    found = together(listed, read, [older], ruleset=ruleset_of("default"))
    (after,) = found.incidents
    led = lead(found, before.id)
    assert led is not None and led.incident == after != before
    led = lead(found, before.claims[0])
    assert led is not None and led.claim is not None and led.claim.id == after.claims[0]


@invented.small(15)
@given(folder=invented.folders())
def test_every_name_that_a_part_of_the_reports_gives_leads_on_in_the_whole(
    setting: Setting, folder: list[Document]
) -> None:
    whole = invented.together_with(folder, setting)
    now = {each.id: set(each.claims) for each in whole.incidents}
    for size in range(1, len(folder)):
        for some in combinations(folder, size):
            for event in invented.together_with(list(some), setting).incidents:
                named = event.claims[0]
                if event.id in now:
                    assert named in now[event.id]
                else:
                    led = lead(whole, event.id)
                    assert led is not None and led.by.id == named


def laid(folder: list[Document], setting: Setting, held: list[Decision]) -> Derived:
    read = {each.id: interpret(each, setting=setting) for each in folder}
    return together([], read, folder, ruleset=ruleset_of("default"), held=held)


def aside(claim: str, n: int) -> Decision:
    return Decision(
        kind=DecisionKind.REJECT, subjects=(claim,), reason="A drill.", by="K", sequence=n
    )


def test_an_event_lives_on_under_its_old_name_when_its_first_claim_is_set_aside(
    setting: Setting,
) -> None:
    document = invented.document("one", [ATTACK.paragraph], invented.FIRST + timedelta(days=2))
    (before,) = laid([document], setting, []).incidents
    assert len(before.claims) > 1
    found = laid([document], setting, [aside(before.claims[0], 7)])
    (after,) = found.incidents
    led = lead(found, before.id)
    assert led is not None and led.incident == after and not led.others
    text = shown(found, before.id)
    assert text.startswith(f"{before.id} leads on to {after.id}") and "withdrawn" not in text
    assert "A drill. (decision 7)" in text
    assert view(found, before.id, None)[1]["set_aside"] == "A drill."
    # Taken back it is as before, and the name that stood meanwhile leads back.
    again = laid([document], setting, [])
    assert [each.id for each in again.incidents] == [before.id]
    led = lead(again, after.id)
    assert led is not None and led.incident is not None and led.incident.id == before.id


def test_of_an_event_in_two_the_name_leads_to_its_first_claim_that_stands(
    setting: Setting,
) -> None:
    other = replace(ATTACK, town="Binora", day=ATTACK.day + timedelta(days=9), killed=31)
    one = invented.document("one", [ATTACK.paragraph], invented.FIRST + timedelta(days=1))
    two = invented.document("two", [other.paragraph], invented.FIRST + timedelta(days=12))
    near, far = laid([one, two], setting, []).incidents
    first, *rest = near.claims
    same = Decision(
        kind=DecisionKind.SAME, subjects=(first,), others=far.claims, by="K", sequence=5
    )
    (joined,) = laid([one, two], setting, [same]).incidents
    found = laid([one, two], setting, [same, aside(first, 7)])
    led = lead(found, joined.id)
    assert led is not None and led.incident is not None
    assert set(led.incident.claims) == set(rest)
    assert led.others == (far.id,)
    assert far.id in shown(found, joined.id)


@invented.small(15)
@given(folder=invented.folders(2), data=st.data())
def test_every_name_ever_shown_leads_to_what_stands_or_says_why_nothing_does(
    setting: Setting, folder: list[Document], data: st.DataObject
) -> None:
    whole = laid(folder, setting, [])
    claims = [claim for each in whole.incidents for claim in each.claims]
    chosen = data.draw(st.lists(st.sampled_from(claims), unique=True, max_size=5)) if claims else []
    held = [aside(claim, n) for n, claim in enumerate(chosen, 5)]
    shown_: dict[str, set[str]] = {}
    for taken in range(len(held) + 1):
        for event in laid(folder, setting, held[:taken]).incidents:
            shown_.setdefault(event.id, set()).update(event.claims)
    now = laid(folder, setting, held)
    turned = laid(folder[::-1], setting, held[::-1])
    standing = {each.id for each in now.claims}
    living = {each.id: each for each in now.incidents}
    for name in shown_:
        if name in living:
            continue
        led, again = lead(now, name), lead(turned, name)
        assert led is not None and again is not None
        to, same = led.incident or led.claim, again.incident or again.claim
        assert (to and to.id) == (same and same.id)
        if to is None:
            assert led.rejected is not None and led.rejected.reason
            # Withdrawn only where nothing lives on of what it held.
            assert not shown_[name] & standing
        elif led.incident is not None:
            assert led.incident.id in living

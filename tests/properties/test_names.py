"""A name that was given once leads on to what became of it, and is never given to anything else."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import invented
from hypothesis import given

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

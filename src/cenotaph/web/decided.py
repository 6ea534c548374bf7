"""What was decided, in the words of the line that tells it: of which claims, and what became
what."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from cenotaph.model import (
    OF_PAIRS,
    ClaimId,
    Decision,
    DecisionKind,
    ResolvedClaim,
    thawed,
)
from cenotaph.web import wording
from cenotaph.web.language import counted, say, within

DONE = {
    DecisionKind.ACCEPT: "Accepted",
    DecisionKind.REJECT: "Set aside",
    DecisionKind.EDIT: "Changed",
    DecisionKind.FLAG: "Flagged",
    DecisionKind.ADD: "Added by hand",
    DecisionKind.SAME: "Held to be the same incident",
    DecisionKind.DIFFERENT: "Held to be different incidents",
    DecisionKind.PART_OF: "Held to be a part",
    DecisionKind.CONTAINS: "Held to contain it",
    DecisionKind.COPY_OF: "Held to be a copy",
    DecisionKind.SET_METADATA: "Set",
    DecisionKind.SET_SOURCE: "Source set",
    DecisionKind.SET_PLACE: "Place set",
    DecisionKind.SET_WHEN: "Date set",
    DecisionKind.UNDO: "Taken back",
    DecisionKind.BATCH: "Decided",
}


NAMED = 3
"""Claims of a decision that the line names; further ones are counted."""

SLOTS = {
    "count": "Figure",
    "measure": "What is counted",
    "group": "Of whom",
    "scope": "It counts",
    "certainty": "Certainty",
    "event": "What happened",
    "place": "Place",
    "when": "Date",
    "perpetrator": "Alleged perpetrator",
    "said_by": "Source",
    "published": "Day of publication",
    "title": "Title",
    "publisher": "Publisher",
    "lang": "Language",
    "country": "Country",
    "author": "Author",
    "note": "Note",
}
"""What a decision can set, of a claim or of a report, with its name."""

Known = Mapping[ClaimId, ResolvedClaim]


def told(decisions: Sequence[Decision], known: Known) -> str:
    """Return what decisions did, a line each; `known` are the claims as they were before."""
    return "\n".join(one(each, known) for each in decisions)


def one(decision: Decision, known: Known) -> str:
    """Return what one decision did."""
    what = about(decision, known)
    said = say(DONE[decision.kind])
    return f"{said}: {what}" if what else said


def about(decision: Decision, known: Known) -> str:
    """Return what a decision was about: claims by their figures, what it set by old and new."""
    kind = decision.kind
    if kind is DecisionKind.SET_METADATA:
        return "; ".join(
            f"{say(SLOTS.get(slot, slot))}: {value(slot, given)}"
            for slot, given in decision.value.items()
        )
    if kind is DecisionKind.EDIT and len(decision.subjects) == 1:
        claim = known.get(ClaimId(decision.subjects[0]))
        return changed(claim, decision.value) if claim else ""
    one = group(decision.subjects, known)
    if kind in OF_PAIRS:
        return f"{one} – {group(decision.others, known)}"
    return one


def group(ids: Iterable[str], known: Known) -> str:
    """Return claims by their figures and the place of the first; breakdowns go without saying."""
    claims = [claim for id_ in ids if (claim := known.get(ClaimId(id_)))]
    own = {each.id for each in claims}
    claims = [each for each in claims if each.claim.part_of not in own]
    if not claims:
        return ""
    shown = "; ".join(amount(each) for each in claims[:NAMED])
    if len(claims) > NAMED:
        shown += " " + counted("and %(n)s more", "and %(n)s more", len(claims) - NAMED)
    place = within(wording.place(claims[0].place))
    return f"{shown}, {place}" if len(claims) == 1 else f"{shown} ({place})"


def amount(claim: ResolvedClaim) -> str:
    """Return how many a claim counts, and of what."""
    return f"{wording.count(claim.claim.count)} {wording.lower(claim.claim.measure)}"


def changed(claim: ResolvedClaim, values: Mapping[str, Any]) -> str:
    """Return what a changed claim said and what it says now, by what was changed."""
    said = claim.claim
    before: dict[str, Callable[[], str]] = {
        "count": lambda: wording.count(said.count),
        "measure": lambda: wording.label(said.measure),
        "group": lambda: wording.who(said.group) or say("People"),
        "scope": lambda: value("scope", said.scope),
        "certainty": lambda: value("certainty", said.certainty),
        "event": lambda: value("event", said.event),
        "place": lambda: wording.place(claim.place),
        "when": lambda: wording.period(claim.when),
        "perpetrator": lambda: "; ".join(each.name for each in said.perpetrators) or say("nobody"),
        "said_by": lambda: "; ".join(each.name for each in said.said_by) or say("nobody"),
    }
    lines = [
        say(
            "%(what)s: %(old)s becomes %(new)s",
            what=say(SLOTS.get(slot, slot)),
            old=within(before[slot]()),
            new=within(value(slot, given)),
        )
        for slot, given in values.items()
        if slot in before
    ]
    return f"{amount(claim)} ({'; '.join(lines)})" if lines else amount(claim)


def value(slot: str, given: Any) -> str:
    """Return what a decision sets, in words."""
    plain: Any = thawed(given)
    if plain is None or plain == []:
        return say("nobody") if slot in ("perpetrator", "said_by") else say("not known")
    if slot == "count":
        low, high = plain.get("low"), plain.get("high")
        return say("no number") if low is None and high is None else wording.bounds(low, high)
    if slot == "place":
        return ", ".join(filter(None, (plain.get("name"), plain.get("admin1"))))
    if slot == "when":
        days = [plain.get("start"), plain.get("end")]
        return " – ".join(dict.fromkeys(wording.day(date.fromisoformat(d)) for d in days if d))
    if slot == "published":
        return wording.day(date.fromisoformat(plain[:10]))
    if slot == "group":
        named = [wording.lower(each) for each in plain.values() if each and each != "unknown"]
        return ", ".join(named) or say("People")
    if slot == "scope":
        return say(wording.SCOPES[plain])
    if isinstance(plain, list):
        return "; ".join(each["name"] for each in plain)
    return wording.label(plain) if slot in ("measure", "event", "certainty") else str(plain)

"""`cenotaph show`: any figure opened, down to the words it rests on."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import click

from cenotaph import totals as adding
from cenotaph.cli.options import (
    as_json,
    asked,
    followed,
    opened,
    record_file,
    ruleset,
)
from cenotaph.cli.output import BadData, one_line, say, write
from cenotaph.export import claims as shapes
from cenotaph.export import words
from cenotaph.export.documents import line, record_finding, record_incident
from cenotaph.export.totals import total_id, total_row
from cenotaph.model import (
    GROUPS,
    ClaimId,
    DocumentId,
    Finding,
    Incident,
    Measure,
    ResolvedClaim,
    TotalRow,
    Totals,
)
from cenotaph.pipeline import Derived, Lead, lead

Lines = Iterator[tuple[int, str]]
"""What is shown: how deep a line stands in the tree, and the line."""


@click.command()
@record_file
@click.argument("id_", metavar="ID")
@ruleset
@as_json
def show(record: Path, id_: str, ruleset: str | None, as_json: bool) -> None:
    """Open a claim, incident, total or report down to its quoted words.

    ID is what the other commands print: a report's own id, clm-…, inc-…, or total:… of totals
    --json.
    """
    with opened(record) as known:
        rules = asked(ruleset)
        with followed(known) as standing:
            sums = summed(id_, partial(standing.totals, ruleset=rules))
            parts = () if sums is None else sums[0].parts
            within = [claim for part in parts for claim in part.claims]
            found = standing.around(*(within or standing.named(id_)), ruleset=rules)
    lines, shape = view(found, id_, sums)
    if as_json:
        write(line(shape))
        return
    for depth, text in lines:
        say("    " * depth + text)


def view(
    found: Derived, id_: str, total: tuple[TotalRow, Totals] | None
) -> tuple[Lines, dict[str, Any]]:
    """Return the lines and the JSON of what an identifier names, or end with what to try."""
    for listed in found.listed:
        if listed.id == id_:
            return report_lines(found, listed.id), report_json(found, listed.id)
    claim = found.claim(ClaimId(id_))
    if claim is not None:
        return claim_lines(found, claim), claim_json(found, claim)
    for incident in found.incidents:
        if incident.id == id_:
            return incident_lines(found, incident), incident_json(found, incident)
    if total is not None:
        row, sums = total
        return total_lines(found, row, sums), dict(total_row(row, sums))
    led = lead(found, id_)
    if led is not None:
        return led_lines(found, id_, led), led_json(found, id_, led)
    raise BadData(
        f"Nothing in this record has the id {id_!r}. Ids are listed by: reports, claims, "
        "incidents, totals --json."
    )


def led_lines(found: Derived, id_: str, led: Lead) -> Lines:
    """Yield where an earlier name leads, and what it names now."""
    if led.rejected is not None:
        why = f"{led.rejected.reason} (decision {led.rejected.decision})"
        set_aside = f"its claim {led.by.id} was set aside: {why}"
        to = led.incident or led.claim
        if to is None:
            yield 0, f"{id_} is withdrawn: {set_aside}"
            yield from claim_lines(found, led.by, 1)
            return
        yield 0, f"{id_} leads on to {to.id}, of which others of its claims tell; {set_aside}"
        if led.others:
            yield 0, f"others of its claims tell of {', '.join(led.others)}"
        if led.incident is not None:
            yield from incident_lines(found, led.incident)
        elif led.claim is not None:
            yield from claim_lines(found, led.claim, 0)
    elif led.incident is not None:
        yield 0, f"{id_} leads on to {led.incident.id}, of which {led.by.id} tells now"
        yield from incident_lines(found, led.incident)
    elif led.claim is not None:
        yield 0, f"{id_} leads on to {led.claim.id}, which makes no event of its own"
        yield from claim_lines(found, led.claim, 0)


def led_json(found: Derived, id_: str, led: Lead) -> dict[str, Any]:
    """Return what an earlier name leads to, with that name."""
    state: dict[str, Any] = {}
    if led.rejected is not None:
        to = led.incident or led.claim
        state = {"set_aside" if to is not None else "withdrawn": led.rejected.reason}
    if led.others:
        state["also"] = list(led.others)
    if led.incident is not None:
        return {"led_from": id_, **state, **incident_json(found, led.incident)}
    return {"led_from": id_, **state, **claim_json(found, led.claim or led.by)}


class AddingUp(Protocol):
    """Adds up all that follows."""

    def __call__(self, by: Sequence[str] = (), *, measure: Measure, group: str | None) -> Totals:
        """Return totals by these keys."""
        ...


def summed(id_: str, added: AddingUp) -> tuple[TotalRow, Totals] | None:
    """Return the row of totals of that name, which says what to add up and by what."""
    if not id_.startswith("total:"):
        return None
    _, what, *keys = id_.split(":", 2)
    measure, _, group = what.partition("/")
    by = tuple(pair.partition("=")[0] for pair in ":".join(keys).split(":") if pair)
    if measure not in set(Measure) or (group and group not in GROUPS):
        return None
    if any(key not in adding.KEYS for key in by):
        return None
    sums = added(by, measure=Measure(measure), group=group or None)
    for row in (*sums.rows, sums.whole):
        if total_id(row, sums) == id_:
            return row, sums
    return None


def claim_lines(found: Derived, claim: ResolvedClaim, depth: int = 0) -> Lines:
    """Yield a claim: what is counted, its words, and what each of them was taken to mean."""
    said = claim.claim
    who = words.group(said.group)
    head = f"{said.measure}: {words.count(said.count)}" + (f" ({who})" if who else "")
    yield depth, f"{claim.id}  {head}, {said.scope}, {said.certainty}"
    depth += 1
    yield depth, f"report {said.document}, at {said.quote.start}:{said.quote.end}"
    yield depth, f"“{one_line(said.quote.text)}”"
    yield depth, f"counted “{one_line(said.counted.text)}” by the rule {said.rule}"
    yield from decided_lines(found, claim, depth)
    if said.count.imputed:
        yield depth, "the bounds come from words, not from a number"
    yield from slots(claim, depth)
    for finding in found.findings:
        if claim.id in finding.claims:
            yield depth, f"finding {finding.code}: {finding.message}"
    for link in found.linking.links:
        if link.claim == claim.id:
            why = "; ".join(link.reasons)
            yield depth, f"{link.kind} {link.to} by {link.by}" + (f": {why}" if why else "")
    if said.part_of is not None:
        yield depth, f"breakdown of {said.part_of}"


def decided_lines(found: Derived, claim: ResolvedClaim, depth: int) -> Lines:
    """Yield what people decided of a claim, and what the reader had read where they changed it."""
    for each in found.reviewed.rejected:
        if each.claim.id == claim.id:
            yield depth, f"rejected: {each.reason} (decision {each.decision})"
    review = found.reviewed.reviews.get(claim.id)
    if review is None:
        return
    numbers = ", ".join(map(str, review.decisions))
    words_ = [each for each in (review.state, "flagged" if review.flagged else None) if each]
    if words_ != ["rejected"]:
        yield depth, f"{' and '.join(words_) or 'placed or dated'} by a person (decision {numbers})"
    if review.machine is not None:
        read = review.machine
        who = words.group(read.claim.group)
        yield (
            depth + 1,
            (
                f"read as {words.count(read.claim.count)} {read.claim.measure}"
                + (f" ({who})" if who else "")
                + f", {read.claim.scope}, {words.place(read.place) or 'no place'}, "
                + (words.when(read.when) or "no day")
            ),
        )


def slots(claim: ResolvedClaim, depth: int) -> Lines:
    """Yield place, period, event, weapons, targets, actors and sources of a claim."""
    said = claim.claim
    for place in claim.places:
        text = place.quote.text if place.quote else ""
        where = words.place(place)
        if place.lat is not None and place.lon is not None:
            where = f"{where} ({place.lat:.4f}, {place.lon:.4f}; {place.precision}; {place.entry})"
        yield depth, f"place “{one_line(text)}”: {where}"
    if claim.when is not None:
        text = claim.when.quote.text if claim.when.quote else ""
        days = words.when(claim.when) or "days unknown"
        yield depth, f"when “{one_line(text)}”: {days} ({claim.when.basis})"
        for reason in claim.when.reasons:
            yield depth + 1, reason
    if said.event is not None:
        yield depth, f"event {said.event}"
    for name, coded in (("weapon", said.weapons), ("target", said.targets)):
        for each in coded:
            yield depth, f"{name} {each.code}: “{one_line(each.quote.text)}”"
    for actor in said.perpetrators:
        by = f", said by {words.said_by(actor.said_by)}" if actor.said_by else ""
        yield (
            depth,
            f"alleged {actor.name} ({actor.hedge or actor.stance}{by}): “{actor.quote.text}”",
        )
    if said.said_by:
        yield depth, f"said by {words.said_by(said.said_by)}"


def claim_json(found: Derived, claim: ResolvedClaim) -> dict[str, Any]:
    """Return a claim with its document and findings."""
    links = [link for link in found.linking.links if link.claim == claim.id]
    shape = shapes.claim(claim, links)
    return {
        "document": claim.claim.document,
        **shape,
        "decided": decided_json(found, claim),
        "findings": [record_finding(each) for each in about(found, {claim.id})],
    }


def decided_json(found: Derived, claim: ResolvedClaim) -> dict[str, Any] | None:
    """Return what people decided of a claim, None where nobody did."""
    review = found.reviewed.reviews.get(claim.id)
    if review is None:
        return None
    return {
        "state": review.state,
        "flagged": review.flagged,
        "decisions": list(review.decisions),
        "read": None if review.machine is None else dict(shapes.claim(review.machine, ())),
        "reason": next(
            (each.reason for each in found.reviewed.rejected if each.claim.id == claim.id), None
        ),
    }


def of_report(found: Derived, id_: DocumentId) -> list[ResolvedClaim]:
    """Return the claims of a report in the order of its text, those set aside among them."""
    every = (*found.claims, *(each.claim for each in found.reviewed.rejected))
    own = [each for each in every if each.claim.document == id_]
    return sorted(own, key=lambda each: (each.claim.counted.start, each.claim.nth, each.id))


def about(found: Derived, claims: set[ClaimId]) -> list[Finding]:
    """Return the findings that concern any of these claims."""
    return [each for each in found.findings if claims & set(each.claims)]


def incident_lines(found: Derived, incident: Incident, *, claims: bool = True) -> Lines:
    """Yield an incident: its figures with what was used and set aside, then its claims opened."""
    parts = (words.when(incident.when), words.place(incident.place), incident.event)
    yield 0, f"{incident.id}  {', '.join(part for part in parts if part)}"
    if incident.perpetrators:
        yield 1, f"alleged: {words.blamed(incident.perpetrators)}"
    if incident.sources:
        yield 1, f"sources: {', '.join(incident.sources)}"
    if incident.grade:
        yield 1, f"grade: {incident.grade}"
    if incident.grading:
        graded = incident.grading
        axes = zip((graded.corroboration, graded.responsibility), graded.reasons, strict=True)
        for name, (level, reason) in zip(("corroboration", "responsibility"), axes, strict=True):
            yield 2, f"{name}: {level.replace('_', ' ')}: {reason}"
    for id_, main in incident.documents:
        beside = found.copies.get(id_, ())
        copies = f", and the same text: {', '.join(beside)}" if beside else ""
        yield 1, f"report {id_}{' (its main incident)' if main else ''}{copies}"
    for estimate in incident.estimates:
        whom = f" {estimate.group}" if estimate.group else ""
        yield 1, f"{estimate.measure}{whom}: {words.figure(estimate.figure)} by {estimate.rule}"
        yield 2, f"used: {', '.join(estimate.used)}"
        for added in estimate.added:
            yield 2, f"added up: {added_up(found, added)}"
        for aside, reason in estimate.set_aside:
            yield 2, f"set aside: {aside}: {reason}"
    for member in incident.claims if claims else ():
        claim = found.claim(member)
        if claim is not None:
            yield from claim_lines(found, claim, 1)


def added_up(found: Derived, claims: Sequence[ClaimId]) -> str:
    """Return how one source's counts of different people come to its figure."""
    counts = [claim for claim in map(found.claim, claims) if claim is not None]
    low = [claim.claim.count.low or 0 for claim in counts]
    told = zip(low, counts, strict=True)
    parts = " + ".join(f"{n} (“{one_line(each.claim.counted.text)}”)" for n, each in told)
    return f"{parts} = {sum(low)}"


def incident_json(found: Derived, incident: Incident) -> dict[str, Any]:
    """Return an incident with the derivation of its figures and its claims."""
    claims = [claim for claim in map(found.claim, incident.claims) if claim is not None]
    return {
        **record_incident(incident, found.copies),
        "estimates": [
            {
                "measure": each.measure,
                "group": each.group,
                "low": each.figure.low,
                "best": each.figure.best,
                "high": each.figure.high,
                "rule": each.rule,
                "used": list(each.used),
                "added": [list(added) for added in each.added],
                "set_aside": [{"claim": id_, "reason": why} for id_, why in each.set_aside],
            }
            for each in incident.estimates
        ],
        "opened": [claim_json(found, claim) for claim in claims],
    }


def total_lines(found: Derived, row: TotalRow, sums: Totals) -> Lines:
    """Yield a total: its bounds, its sentences, and each figure in it with what it did there."""
    key = ", ".join(f"{name} {value or 'unknown'}" for name, value in row.key) or "all"
    whom = f" {sums.group}" if sums.group else ""
    figure = row.figure
    yield (
        0,
        f"{sums.measure}{whom}, {key}: low {figure.low}, best {figure.best}, high {figure.high}",
    )
    for sentence in row.sentences:
        yield 1, sentence
    for part in row.parts:
        bounds = words.figure(part.figure)
        yield 1, f"{part.role}: {bounds} ({part.scope}) {part.reason}".rstrip()
        for id_ in part.claims:
            claim = found.claim(id_)
            if claim is not None:
                yield from claim_lines(found, claim, 2)
    for other in row.others:
        yield 1, f"read otherwise: {other.low} to {other.high}, if {other.assumes}"


def report_lines(found: Derived, id_: DocumentId) -> Lines:
    """Yield a report: where it is from, what it says, and what is to be known of it."""
    listed = next(each for each in found.listed if each.id == id_)
    yield 0, f"{listed.id}  {listed.title or listed.name}"
    day = listed.published.isoformat() if listed.published else "unknown day"
    yield 1, f"published {day} by {listed.publisher or 'unknown'}, from {listed.name}"
    if listed.note:
        yield 1, f"note: {listed.note}"
    if listed.original != listed.id:
        yield 1, f"the same text as {listed.original}, which stands for it"
    for finding in (*listed.findings, *findings_of(found, listed.original)):
        yield 1, f"finding {finding.code}: {finding.message}"
    for claim in of_report(found, listed.original):
        yield from claim_lines(found, claim, 1)


def findings_of(found: Derived, id_: DocumentId) -> list[Finding]:
    """Return the findings about a document as a whole."""
    return [each for each in found.findings if id_ in each.documents and not each.claims]


def report_json(found: Derived, id_: DocumentId) -> dict[str, Any]:
    """Return a report with its claims."""
    listed = next(each for each in found.listed if each.id == id_)
    return {
        "id": listed.id,
        "of": None if listed.original == listed.id else listed.original,
        "name": listed.name,
        "title": listed.title,
        "publisher": listed.publisher,
        "published": listed.published.isoformat() if listed.published else None,
        "lang": listed.lang,
        "country": listed.country,
        "note": listed.note,
        "findings": [record_finding(each) for each in (*listed.findings, *findings_of(found, id_))],
        "claims": [claim_json(found, claim) for claim in of_report(found, listed.original)],
    }

"""What cannot be so, or stands against something else: days, places, and figures others do not
give."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cenotaph.geometry import kilometres
from cenotaph.model import (
    MAY_BE_ONE,
    Basis,
    Certainty,
    ClaimId,
    DocumentId,
    Incident,
    Link,
    LinkKind,
    Measure,
    Precision,
    ResolvedClaim,
)
from cenotaph.vocab import table
from cenotaph.voices import title

Told = tuple[str, list[ResolvedClaim], dict[str, object]]
"""A code, the claims it is about, and the values of its message."""

# Two readings of one village lie as near as this; kilometres.
_NEAR = 10.0
# A night has two days, and news crosses time zones.
_DAYS = 1
# With fewer originators silence says nothing.
_ORIGINATORS = 3
_POINTS = frozenset({Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT})
# So many events are named that one may be; of more, how many.
_NAMED = 6
_FIGURES = (Measure.KILLED, Measure.INJURED)


def impossible(
    claims: Sequence[ResolvedClaim], published: Mapping[DocumentId, date | None]
) -> Iterator[Told]:
    """Yield the harm told as past whose day lies after the day on which it was told."""
    for claim in claims:
        day, when = published.get(claim.claim.document), claim.when
        if day is None or when is None or when.start is None:
            continue
        if claim.claim.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
            continue
        after = (when.start - day).days
        if when.basis in (Basis.STATED, Basis.DECIDED) and after > 0:
            values: dict[str, object] = {
                "figure": claim.claim.counted.text,
                "day": when.start,
                "published": day,
                "after": after,
            }
            yield "impossible-date", [claim], values


def apart(one: ResolvedClaim, other: ResolvedClaim) -> Iterator[Told]:
    """Yield how two statements of one figure, or of one event, place or date it differently."""
    where = one.place, other.place
    far = _kilometres(one, other)
    if far is not None and far > _NEAR:
        yield (
            "place-contradiction",
            [one, other],
            {
                "figure": one.claim.counted.text,
                "one": where[0].name if where[0] else "",
                "other": where[1].name if where[1] else "",
                "far": round(far),
            },
        )
    days = _days(one, other)
    if days is not None and days > _DAYS:
        assert one.when is not None and other.when is not None
        yield (
            "date-contradiction",
            [one, other],
            {
                "figure": one.claim.counted.text,
                "one": _period(one),
                "other": _period(other),
                "days": days,
            },
        )


def _kilometres(one: ResolvedClaim, other: ResolvedClaim) -> float | None:
    a, b = one.place, other.place
    if a is None or b is None or a.entry == b.entry or {a.precision, b.precision} - _POINTS:
        return None
    if len(one.places) > 1 or len(other.places) > 1:
        return None
    return kilometres(a, b)


def _days(one: ResolvedClaim, other: ResolvedClaim) -> int | None:
    """Return the days between two stated periods, None where they meet or one is not known."""
    a, b = one.when, other.when
    if a is None or b is None or a.basis is not Basis.STATED or b.basis is not Basis.STATED:
        return None
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    between = max((b.start - a.end).days, (a.start - b.end).days)
    return between if between > 0 else None


def _period(claim: ResolvedClaim) -> str:
    when = claim.when
    assert when is not None
    return f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"


def undecided(links: Sequence[Link], known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Told]:
    """Yield, for a report of an event, those that may tell of the same, one of them without a
    day."""
    waiting: dict[ClaimId, list[ClaimId]] = {}
    for link in links:
        if link.by in MAY_BE_ONE and {link.claim, link.to} <= known.keys():
            if not (_dated(known[link.claim]) and _dated(known[link.to])):
                waiting.setdefault(link.claim, []).append(link.to)
    words: Mapping[str, str] = table("findings")["undecided"]
    for claim, others in waiting.items():
        told = [known[claim], *(known[other] for other in sorted(others))]
        named = [
            words["event"].format(
                figure=each.claim.counted.text,
                day=_period(each) if _timed(each) else words["no_day"],
            )
            for each in told
        ]
        values: dict[str, object] = {
            "figure": named[0],
            "one": told[0].id,
            "other": told[1].id,
            "others": words["joined"].join(named[1 : 1 + _NAMED]),
            "more": words["more"].format(more=len(named) - 1 - _NAMED)
            if len(named) - 1 > _NAMED
            else "",
        }
        yield "may-be-one-event", told, values


def spoken_against(links: Sequence[Link], known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Told]:
    """Yield figures that another source denies, and those that their own took back."""
    for link in links:
        if link.kind not in (LinkKind.DENIED_BY, LinkKind.WITHDRAWN_BY):
            continue
        if not {link.claim, link.to} <= known.keys():
            continue
        one, other = known[link.claim], known[link.to]
        values: dict[str, object] = {
            "figure": one.claim.counted.text,
            "source": title(one),
            "other": title(other),
            "denial": other.claim.counted.text,
            "words": other.claim.quote.text,
        }
        denied = link.kind is LinkKind.DENIED_BY
        yield "harm-denied" if denied else "figure-withdrawn", [one, other], values


def _dated(claim: ResolvedClaim) -> bool:
    return _timed(claim) and claim.when is not None and claim.when.start == claim.when.end


def _timed(claim: ResolvedClaim) -> bool:
    when = claim.when
    return when is not None and when.start is not None and when.end is not None


def alone(incident: Incident, members: Sequence[ResolvedClaim]) -> Iterator[Told]:
    """Yield a figure of an event that one originator gives while two others or more are silent."""
    if len(incident.sources) < _ORIGINATORS:
        return
    for measure in _FIGURES:
        told = [
            claim
            for claim in members
            if claim.claim.measure is measure and claim.claim.part_of is None
        ]
        givers = {title(claim) for claim in told}
        silent = [source for source in incident.sources if source not in givers]
        estimate = incident.estimate(measure)
        # A report that cites a source for the figure does not stand beside that source.
        if estimate is None or len(givers) != 1 or len(silent) < len(incident.sources) - 1:
            continue
        used = [claim for claim in told if claim.id in estimate.used]
        if used:
            values: dict[str, object] = {
                "figure": used[0].claim.counted.text,
                "measure": measure.value,
                "source": title(used[0]),
                "number": len(silent),
                "silent": "; ".join(silent),
            }
            yield "one-source-figure", used, values

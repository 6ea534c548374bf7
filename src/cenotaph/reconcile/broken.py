"""Breakdowns that come to more people than the figure that holds them, their own or another
source's."""

from collections.abc import Iterator, Mapping, Sequence

from cenotaph.model import Certainty, ClaimId, Incident, ResolvedClaim
from cenotaph.reconcile.beside import Beside
from cenotaph.reconcile.contradictions import Told
from cenotaph.reconcile.people import narrower
from cenotaph.reconcile.rulesets import ruleset
from cenotaph.reconcile.sums import together
from cenotaph.vocab import table
from cenotaph.voices import title, voice

CODE = "breakdown-exceeds-toll"


def of_wholes(known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Told]:
    """Yield the breakdowns of one figure that come to more than it together, and none alone."""
    parts: dict[ClaimId, list[ResolvedClaim]] = {}
    for claim in known.values():
        whole = known.get(claim.claim.part_of) if claim.claim.part_of is not None else None
        if whole is not None and whole.claim.measure is claim.claim.measure:
            if claim.claim.certainty in (Certainty.ASSERTED, Certainty.SUSPECTED):
                parts.setdefault(whole.id, []).append(claim)
    for of, found in parts.items():
        most = _most(known[of])
        if len(found) < 2 or most is None or any((c.claim.count.low or 0) > most for c in found):
            continue
        least, used = together(found, Beside(), ruleset("default"))
        if least > most:
            yield _told([known[id_] for id_ in used], known[of], least, most)


def of_events(incident: Incident, known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Told]:
    """Yield what one source counts by group, where that is more than another counts in all."""
    for estimate in incident.estimates:
        if estimate.group is not None:
            continue
        used = [known[id_] for id_ in estimate.used if known[id_].claim.part_of is None]
        for added in estimate.added:
            counts = [known[id_] for id_ in added]
            least = sum(each.claim.count.low or 0 for each in counts)
            others = [
                (most, other.id)
                for other in used
                if voice(other) != voice(counts[0])
                and (most := _most(other)) is not None
                and most < least
                and all(narrower(each.claim.group, other.claim.group) for each in counts)
            ]
            if others and counts[0].claim.part_of is None:
                most, id_ = max(others)
                yield _told(counts, known[id_], least, most)


def _most(claim: ResolvedClaim) -> int | None:
    count = claim.claim.count
    return count.high if count.high is not None else count.low


def _told(counts: Sequence[ResolvedClaim], whole: ResolvedClaim, least: int, most: int) -> Told:
    words: Mapping[str, str] = table("findings")["breakdowns"]
    parts = words["joined"].join(
        words["part"].format(value=each.claim.count.low or 0, words=each.claim.counted.text)
        for each in counts
    )
    values: dict[str, object] = {
        "parts": parts,
        "sum": least,
        "source": title(counts[0]),
        "whole": whole.claim.counted.text,
        "other": title(whole),
        "excess": least - most,
    }
    return CODE, [whole, *counts], values

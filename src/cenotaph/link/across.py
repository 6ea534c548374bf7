"""Which documents tell of the same event: scored pairs, with reasons.

Only tales that share a key (a place and a day, a person named, a rare word within days) are
compared, so the work grows with the number of reports and not with its square. What stays unsure
stays apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cenotaph.link.apart import against, likely_two, one_toll, tied, told_apart
from cenotaph.link.joint import holder, joint, of_the_area
from cenotaph.link.profiles import Profile
from cenotaph.link.stands import count, news, people, place, shared, time
from cenotaph.link.undated import perhaps_one, unlike
from cenotaph.link.words import Terms, likeness
from cenotaph.model import UNSURE, Measure
from cenotaph.vocab import table

TOGETHER = "attacks-told-together"
"""The rule by which the toll of several attacks holds those of attacks told one by one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tales, how much speaks for their being one event, and what; `by` is the rule by which
    they are noted as unsure, where they are not joined."""

    score: float
    left: int
    right: int
    reasons: tuple[str, ...]
    by: str = UNSURE


def pair(left: Profile, right: Profile, terms: Terms) -> Pair | None:
    """Return what speaks for two tales, the first and the second of the pair, being one event; None
    where it is less than unsure.

    `left` is the one with the smaller key.
    """
    if told_apart(left, right):
        return None
    if holder(left, right) is not None:
        return Pair(0.0, 0, 1, ("several attacks told together",), TOGETHER)
    one_person = people(left, right) == "victim_shared"
    apart = against(left, right)
    if apart and not one_person:
        return None
    score, reasons = _score(left, right, terms, table("linking")["weights"])
    thresholds = table("linking")["thresholds"]
    perhaps = perhaps_one(left, right, terms)
    if perhaps is None and not one_person and unlike(left, right, terms):
        return None
    two = likely_two(left, right, terms) or perhaps is not None and not tied(left, right, terms)
    if apart or not one_person and two:
        # Somebody must look.
        score = min(score, thresholds["join"] - 0.01)
    if perhaps is not None and score < thresholds["unsure"]:
        score, reasons = thresholds["unsure"], (*reasons, "no words that make them two")
    if score < thresholds["unsure"] and joint(left, right):
        score, reasons = thresholds["unsure"], (*reasons, "several attacks told together")
    if score < thresholds["unsure"] and of_the_area(left, right):
        score, reasons = thresholds["unsure"], (*reasons, "of the area that the other names")
    if score < thresholds["unsure"]:
        return None
    return Pair(round(score, 4), 0, 1, reasons, perhaps or UNSURE)


def _score(
    a: Profile, b: Profile, terms: Terms, weights: Mapping[str, float]
) -> tuple[float, tuple[str, ...]]:
    where, sure = place(a, b)
    named = [
        time(a, b),
        count("killed", Measure.KILLED, a, b),
        count("injured", Measure.INJURED, a, b),
        shared("event", a.events, b.events, "event_differs"),
        shared("target", a.targets, b.targets, None),
        shared("weapon", a.weapons, b.weapons, None),
        shared("perpetrator", a.blamed, b.blamed, None if one_toll(a, b) else "perpetrator_apart"),
        shared("originator", a.said_by, b.said_by, None),
        people(a, b),
    ]
    alike = likeness(terms.get(a.document, {}), terms.get(b.document, {}))
    if alike and a.chief and b.chief:
        named.append(news(a, b))
    score = weights[where] * sure
    reasons = [f"{where} {score:+.2f}"] if score else []
    for name in named:
        if name is not None and weights[name]:
            score += weights[name]
            reasons.append(f"{name} {weights[name]:+.2f}")
    alike *= weights["words" if a.chief and b.chief else "words_beside"]
    if alike:
        score += alike
        reasons.append(f"words {alike:+.2f}")
    return score, tuple(reasons)

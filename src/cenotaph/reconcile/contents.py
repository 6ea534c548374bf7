"""Stated sums that are less than what surely lies in them, of whatever report."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cenotaph.bounds import heaviest
from cenotaph.model import Certainty, ClaimId, Finding, ResolvedClaim, When
from cenotaph.reconcile.checks import place_words
from cenotaph.reconcile.findings import finding
from cenotaph.vocab import table
from cenotaph.voices import title

CODE = "contents-exceed-sum"
# A message names so many of the figures inside, the largest first, and says how many more count.
NAMED = 12


class Content(NamedTuple):
    """A figure inside a sum: an event or a smaller sum, how many at least, and a claim of it."""

    key: ClaimId
    low: int
    claim: ResolvedClaim


def most(whole: ResolvedClaim) -> int | None:
    """Return the most that a sum can mean, None where it is open above or is not asserted."""
    sure = whole.claim.certainty in (Certainty.ASSERTED, Certainty.SUSPECTED)
    return whole.claim.count.high if sure else None


def exceeded(
    whole: ResolvedClaim,
    contents: Sequence[Content],
    conflicts: Mapping[ClaimId, Collection[ClaimId]],
) -> Finding | None:
    """Return that a sum is less than what lies in it, None where it is not.

    `contents` lie in it for certain; two that `conflicts` names may share people, and of these one
    counts.
    """
    bound = most(whole)
    if bound is None or sum(each.low for each in contents) <= bound:
        return None
    choice = heaviest({each.key: each.low for each in contents}, conflicts)
    if choice.weight <= bound:
        return None
    counted = sorted(
        (each for each in contents if each.key in choice.keys and each.low),
        key=lambda each: (-each.low, each.key),
    )
    if len(counted) == 1:
        return None  # a part that exceeds its whole alone is told as that
    words: Mapping[str, str] = table("findings")["contents"]
    named = [
        words["part"].format(value=each.low, place=place_words(each.claim))
        for each in counted[:NAMED]
    ]
    if len(counted) > NAMED:
        named.append(words["more"].format(number=len(counted) - NAMED))
    return finding(
        CODE,
        [whole, *(each.claim for each in counted[:NAMED])],
        figure=whole.claim.counted.text,
        place=place_words(whole),
        period=_period(whole.when, words["no_time"]),
        source=title(whole),
        sum=choice.weight,
        parts=words["joined"].join(named),
        most=bound,
        excess=choice.weight - bound,
    )


def _period(when: When | None, unknown: str) -> str:
    if when is None or (when.start is None and when.end is None):
        return unknown
    if when.start == when.end:
        return f"{when.start}"
    return f"{when.start or '..'} to {when.end or '..'}"

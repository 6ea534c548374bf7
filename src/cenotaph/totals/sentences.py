"""What a line of totals opens to: sentences that a reader can check against the figures."""

import heapq
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cenotaph.model import ClaimId, Measure, Role, TotalPart, TotalRow
from cenotaph.totals.figures import CONTESTED, Item
from cenotaph.totals.relations import Relations
from cenotaph.vocab import table

# A line names so many figures in one sentence and says how many more there are.
NAMED = 12


def reason(item: Item, role: Role) -> str:
    """Return why a figure plays its role, where it is not counted."""
    return item.aside or "" if role is Role.SET_ASIDE else ""


def sentences(
    row: TotalRow,
    members: Mapping[ClaimId, Item],
    related: Relations,
    measure: Measure,
    group: str | None,
    fitted: Sequence[ClaimId] = (),
) -> TotalRow:
    """Return the row with its explanation; `fitted` are sums that the best of their parts was
    brought into."""
    words = table("totals")
    say: Mapping[str, str] = words["sentences"]
    by_role: dict[Role, list[Item]] = {}
    for part in row.parts:
        by_role.setdefault(part.role, []).append(members[part.claim])
    told = []
    added = by_role.get(Role.ADDED, [])
    named = group or ("civilians" if row.civilians else "everyone")
    people = words["person" if row.figure.low == 1 else "people"][named]
    # Of "at most five" nobody knows the least: among what adds up, the sum would not come out.
    most = [item for item in added if not item.low and item.best]
    sure = [item for item in added if item.low or not item.best]
    if sure:
        told.append(
            say["low"].format(
                low=f"{row.figure.low:,}",
                people=people,
                measure=measure.value.replace("_", " "),
                parts=_list(sure, words),
            )
        )
    else:
        told.append(say["nothing"])
    if most:
        told.append(say["most"].format(parts=_list(most, words)))
    if row.round_without_source:
        told.append(say["round"].format(number=f"{row.round_without_source:,}"))
    if row.imputed:
        told.append(say["imputed"].format(number=f"{row.imputed:,}"))
    told.extend(_contained(row, members, related, say, words))
    if fitted:
        told.append(say["fitted"].format(whole=_list([members[key] for key in fitted], words)))
    if "perpetrator" in dict(row.key):
        contested = [item for item in added if CONTESTED in item.notes]
        if contested:
            told.append(say["contested"].format(parts=_list(contested, words)))
    told.extend(_readings(row, members, related, say, words))
    if (row.figure.high or 0) > (row.figure.low or 0):
        # Where nothing may overlap, the range is that of the sources.
        of = "high" if Role.MAY_BE_INSIDE in by_role else "highest"
        told.append(
            say[of if not row.bounded else f"{of}_bounded"].format(high=f"{row.figure.high:,}")
        )
    aside: dict[str, list[Item]] = {}
    for item in by_role.get(Role.SET_ASIDE, []):
        aside.setdefault(item.aside or "", []).append(item)
    for why, found in sorted(aside.items()):
        told.append(say["aside"].format(parts=_list(found, words), reason=why))
    if row.high_with_aside > (row.figure.high or 0):
        told.append(say["with_aside"].format(high=f"{row.high_with_aside:,}"))
    if row.naive > (row.figure.low or 0):
        told.append(say["naive"].format(naive=f"{row.naive:,}"))
    if not row.exact:
        told.append(say["inexact"])
    return replace(row, sentences=tuple(told))


def _contained(
    row: TotalRow,
    members: Mapping[ClaimId, Item],
    related: Relations,
    say: Mapping[str, str],
    words: Mapping[str, Any],
) -> list[str]:
    grouped: dict[tuple[str, tuple[ClaimId, ...]], list[Item]] = {}
    for part in row.parts:
        if part.role in (Role.INSIDE, Role.MAY_BE_INSIDE):
            grouped.setdefault((_sentence(part, related), part.of), []).append(members[part.claim])
    told: list[str] = []
    read: list[Item] = []
    for (sentence, of), found in sorted(grouped.items(), key=lambda entry: entry[0]):
        if not of:
            told.extend(say["explained"].format(whole=_list([item], words)) for item in found)
            continue
        wholes = [members[key] for key in of if key in members]
        # Two figures of one place are told apart by their days.
        places = Counter(_where(item, words) for item in (*found, *wholes))
        dated = frozenset(place for place, times in places.items() if times > 1)
        parts, whole = _list(found, words, dated), _list(wholes, words, dated)
        told.append(say[sentence].format(parts=parts, whole=whole))
        if sentence in ("area", "city"):
            read += found if sentence == "city" else wholes
    if read:
        told.append(say["readings"].format(named=_named(read, words)))
    return told


def _named(found: Sequence[Item], words: Mapping[str, Any]) -> str:
    return ", ".join(dict.fromkeys(_where(item, words) for item in found))


def _sentence(part: TotalPart, related: Relations) -> str:
    """Return which sentence says how a figure stands to those it is not added to."""
    if part.role is Role.INSIDE:
        return "inside"
    of, key = set(part.of), part.claim
    if of <= related.one.get(key, set()):
        return "one"
    if of <= related.unsure.get(key, set()):
        return "two"
    if of & related.maybe.get(key, set()):
        return "may"
    if of & related.as_area.get(key, set()):
        return "area"
    if any(key in related.as_area.get(each, ()) for each in of):
        return "city"
    return "holds" if all(key in related.maybe.get(each, ()) for each in of) else "may"


def _readings(
    row: TotalRow,
    members: Mapping[ClaimId, Item],
    related: Relations,
    say: Mapping[str, str],
    words: Mapping[str, Any],
) -> list[str]:
    told: list[str] = []
    for other in row.others:
        outside = [
            members[part]
            for part, wholes in sorted(related.wider.items())
            if part in members and wholes & set(other.claims)
        ]
        wholes = [members[claim] for claim in other.claims]
        named = _named(wholes, words)
        told += (
            say["apart"].format(
                parts=_list(outside, words), whole=_list(wholes, words), named=named
            ),
            say["wider"].format(named=named, low=f"{other.low:,}"),
        )
    return told


def _where(item: Item, words: Mapping[str, Any]) -> str:
    place = item.place
    if place is not None and place.name is not None:
        return place.name
    if place is not None and place.quote is not None:
        return place.quote.text
    unknown: str = words["words"]["no_place"]
    return unknown


def _day(item: Item, words: Mapping[str, Any]) -> str:
    when = item.when
    if when is None or (when.start is None and when.end is None):
        unknown: str = words["words"]["no_day"]
        return unknown
    if when.start == when.end:
        return f"{when.start}"
    period: str = words["words"]["period"]
    return period.format(start=when.start or "…", end=when.end or "…")


def _list(
    found: Sequence[Item] | Collection[Item],
    words: Mapping[str, Any],
    dated: Collection[str] = (),
) -> str:
    """Return figures in words, with their days where their place is one of `dated`."""
    shown = heapq.nsmallest(NAMED, found, key=lambda item: (-item.low, item.key))
    named = []
    for item in shown:
        place = _where(item, words)
        part: str = words["words"]["part_of_day" if place in dated else "part"]
        value = f"{item.low or item.best:,}"
        named.append(part.format(value=value, place=place, day=_day(item, words)))
    if len(found) > NAMED:
        named.append(f"… ({len(found) - NAMED})")
    joined: str = words["words"]["joined"]
    return joined.join(named)

"""Attributions of one sentence: where each stands, and how neighbours become one chain.

"According to a doctor, cited by the agency" are two phrases and one chain, in the order from who
saw or counted to who passed it on.
"""

from typing import NamedTuple

from cenotaph.model import Source, TimeKind
from cenotaph.reading.items import Row


class Said(NamedTuple):
    """An attribution: its sources in order, its items [start, end), and the time beside it.

    `passes_on` tells that who is named relays what others say ("cited by the agency", "…, said the
    mayor"), `aside` that the words stand in a clause of time ("after the envoy announced …") and
    hold for that clause alone.
    """

    sources: tuple[Source, ...]
    start: int
    end: int
    time: int | None
    passes_on: bool = False
    aside: bool = False


def joined(found: list[Said], said: Said, relation: str) -> list[Said]:
    """Add an attribution; who is cited comes before who cites him, who relays comes behind."""
    if not relation or not found:
        return [*found, said]
    near = found[-1]
    names = {s.name for s in near.sources}
    fresh = tuple(s for s in said.sources if s.name not in names)
    sources = (*fresh, *near.sources) if relation == "origin" else (*near.sources, *fresh)
    return [*found[:-1], near._replace(sources=sources, end=max(near.end, said.end))]


def impersonal(row: Row, k: int) -> bool:
    """ "It was reported that": nobody in particular says so."""
    j = k
    while j > 0 and row.tags[j - 1] in "aHX":
        j -= 1
    if "X" not in row.tags[j:k]:
        return False
    if row.tags[k + 1 : k + 2] == "p" and "infinitive" in row.kinds(k + 1):
        return True  # "nine people are reported to have died"
    if row.tags[k + 1 : k + 2] in ("V", "J"):
        return True  # "six people were reported killed"
    return j > 0 and row.tags[j - 1] == "P" and words_of(row, j - 1) == "it"


def words_of(row: Row, k: int) -> str:
    """The words of item `k`, in small letters."""
    item = row.items[k]
    return " ".join(row.sentence.words[item.start : item.end])


def reports(row: Row, k: int) -> bool:
    """Tell whether item `k` is a verb of saying; "took 12 lives" is none, nor are the reports of
    "early reports said"."""
    if row.tags[k : k + 2] == "RR":
        return False
    kinds = row.kinds(k)
    opened = row.tags[:k].rstrip("aS")[-1:] in (",", "(", "-")
    if opened and "toll_change" in kinds and row.tags[k + 1 : k + 3] == "pQ":
        return False  # "14 people, later revised to 17": nobody who says so
    if opened and row.tags[k + 1 : k + 2] == "S" and words_of(row, k + 1) == "as":
        return False  # "the boy, identified as Halim Dorsawi, died"
    taken = "takes_lives" in kinds and k + 2 < len(row.tags) and "lives" in row.kinds(k + 2)
    return bool(kinds & {"report", "according", "deny"}) and not taken


def claims_attack(row: Row, k: int) -> str:
    """The tag of the attack or the harm that the verb at item `k` has for its object; "" for none.

    "The X claimed a bombing that killed nine", "an attack claimed by the X"; but "the X claimed a
    bombing had killed nine" says that it had.
    """
    if row.tags[k + 1 : k + 2] == "b":
        object_ = row.tags[:k].rstrip("apLTXH")[-1:]
        return object_ if object_ in ("U", "F") else ""
    n = k + 1
    while row.tags[n : n + 1] in ("T", "w", "y", "a", "o", "F", "p"):
        if row.tags[n] == "F" and row.tags[n + 1 : n + 2] == "o":
            break
        owns = row.tags[n] == "p" and any("authorship" in row.kinds(m) for m in range(k + 1, n))
        if row.tags[n] == "p" and not owns:
            return ""  # but "claimed responsibility on Monday for a bombing that killed nine"
        n += 1
    if row.tags[n : n + 1] not in ("U", "F"):
        return ""
    behind = (tag for tag in row.tags[n + 1 :] if tag in 'WSVXHBRMvl.;,"')
    return row.tags[n] if next(behind, ".") in ("W", "S", ".", ";", ",", '"') else ""


def told_to(row: Row, k: int) -> bool:
    """Tell whether somebody is told something by the verb at item `k`: "told the agency"."""
    return "tell" in row.kinds(k)


def item_at(row: Row, token: int) -> int:
    """The first item that begins at or behind a token."""
    for n, item in enumerate(row.items):
        if item.start >= token:
            return n
    return len(row.items)


def time_by(row: Row, k: int) -> int | None:
    """The time right by the verb of saying: "said on Sunday", "on Sunday … reported"."""
    for n in (k + 1, k + 2, k - 1):
        if 0 <= n < len(row.tags) and row.tags[n] == "T":
            between = row.tags[min(n, k) + 1 : max(n, k)]
            beside = row.time(n + 1) if n + 1 < len(row.tags) else None
            if beside is not None and beside.kind is TimeKind.CLOCK:
                return None  # nobody gives the hour of a statement
            words = row.sentence.words
            if words[row.items[n].end - 1] in words.lexicon.possessive:
                return None  # "they believe Monday night's shooting"
            if not between or set(between) <= set("aP"):
                return n
    return None


def chained(row: Row, found: list[Said]) -> list[Said]:
    """Join neighbours: "according to a doctor, cited by the agency" is one chain."""
    merged: list[Said] = []
    for said in found:
        before = merged[-1] if merged else None
        beside = before is not None and said.start - before.end <= 1 and before.end > before.start
        if beside and before is not None and ";" not in row.tags[before.end : said.start]:
            names = {source.name for source in before.sources}
            fresh = tuple(source for source in said.sources if source.name not in names)
            merged[-1] = Said(
                before.sources + fresh, before.start, said.end, before.time or said.time
            )
        else:
            merged.append(said)
    return merged

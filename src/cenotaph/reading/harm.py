"""Predicates of harm and the people they are about, sentence by sentence."""

from dataclasses import dataclass, replace

from cenotaph.model import Certainty, Count, Measure, Modality
from cenotaph.reading.arguments import objects, subjects, together, verb_group
from cenotaph.reading.items import NUMBERED, People, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A count of harm as found in one sentence, before place, time and source are looked for.

    `item` is the people's item, `at` the predicate's; `whole` the index of the draft of the same sentence
    of which this is a part, `anaphor` that its whole stands in an earlier sentence; `agent` the item of
    those who did it, in an active clause; `old` that an update replaces this figure.
    """

    row: Row
    item: int
    at: int
    measure: Measure
    people: People
    rule: str
    certainty: Certainty = Certainty.ASSERTED
    whole: int | None = None
    anaphor: bool = False
    agent: int | None = None
    old: bool = False
    toll: bool = False
    weak: bool = False
    sums: bool = False
    also: bool = False


def drafts(row: Row) -> list[Draft]:
    """Return the drafts of one sentence, in the order of their people."""
    found: list[Draft] = []
    for k, tag in enumerate(row.tags):
        if tag in "VGB":
            found += _verb(row, k)
        elif tag == "J":
            found += _adjective(row, k)
        elif tag == "F":
            found += _noun(row, k)
        elif tag == "O":
            found += _toll(row, k)
        elif tag == "U":
            found += _attacks(row, k)
            found += _attack_of(row, k)
    found += _labelled(row, found)
    found = _either(_once(found))
    found = _distributed(row, found)
    found += _attributes(row, found)
    found += _equations(row, found)
    found += _parts(row, found)
    return found


def _make(
    row: Row, item: int, at: int, measure: Measure, rule: str, certainty: Certainty, **more: object
) -> list[Draft]:
    people = row.people(item)
    if people is None:
        return []
    draft = Draft(
        row=row, item=item, at=at, measure=measure, people=people, rule=rule, certainty=certainty
    )
    return [replace(draft, **more)]  # type: ignore[arg-type]


def _verb(row: Row, k: int) -> list[Draft]:
    word = row.items[k].data.sense
    group = verb_group(row, k)
    certainty = group.certainty
    measure: Measure = word.measure
    weak = word.weak and not group.fatal
    if group.fatal and measure is Measure.INJURED:
        measure = Measure.KILLED
    tag = row.tags[k]
    found: list[Draft] = []
    if word.pattern == "self":
        for item in _with_others(row, k, subjects(row, group.start, adjacent=tag == "G")):
            found += _make(row, item, k, measure, "died", certainty, also=group.also)
        return found
    if word.pattern == "object_only":
        for item in objects(row, k):
            found += _make(row, item, k, measure, "claimed-lives", certainty)
        return found
    if group.passive:
        for item in _with_others(row, k, subjects(row, group.start)):
            found += _make(row, item, k, measure, "passive", certainty, weak=weak, also=group.also)
        return found
    hit = objects(row, k)
    if hit and tag == "V" and _adjectival(row, k, hit[0]):
        return _make(row, hit[0], k, measure, "attribute", certainty)
    if hit:
        agents = subjects(row, group.start) if tag != "G" else []
        agent = agents[0] if agents else None
        for item in hit:
            found += _make(row, item, k, measure, "active", certainty, agent=agent, weak=weak)
        return found
    if tag == "V":
        for item in subjects(row, group.start, adjacent=True):
            found += _make(row, item, k, measure, "participle", certainty, weak=weak)
    return found


def _with_others(row: Row, k: int, items: list[int]) -> list[int]:
    return items + [n for n in together(row, k) if n not in items] if items else items


def _adjectival(row: Row, k: int, item: int) -> bool:
    """ "as wounded patron fires back": a participle before a bare noun, with no subject of its own."""
    people = row.people(item)
    if people is None or people.words not in ("bare", "none") or item != k + 1:
        return False
    return k == 0 or row.tags[k - 1] in 'pboSCI,.;:("-'


def _adjective(row: Row, k: int) -> list[Draft]:
    measure = row.items[k].data.sense
    group = verb_group(row, k)
    found: list[Draft] = []
    for item in subjects(row, group.start, adjacent=not group.be):
        found += _make(row, item, k, measure, "predicate", group.certainty)
    if not found and k + 1 < len(row.tags) and row.tags[k - 1 : k] == "l":
        for item in objects(row, k):
            found += _make(row, item, k, measure, "predicate", group.certainty)
    return found


def _noun(row: Row, k: int) -> list[Draft]:
    """ "12 deaths", "the death of six people", "Saleh's death"."""
    people = row.people(k)
    if people is None:
        word = row.items[k].data.sense
        measure = word.measure
    else:
        measure = people.measure or Measure.KILLED
    certainty = verb_group(row, k).certainty
    tags = row.tags
    found = _borne(row, k)
    if found:
        return found
    of = k + 1
    while of < min(len(tags), k + 6) and tags[of] in "bpwTL":
        of += 1
    if of > k + 1 and tags[k + 1] not in "bp":
        of = k + 1
    if of < len(tags) and tags[of] == "o":
        for item in objects(row, of):
            found += _make(row, item, k, measure, "death-of", certainty)
    elif k >= 2 and tags[k - 1] == "K" and tags[k - 2] == "N":
        found += _make(row, k - 2, k, measure, "possessive", certainty)
    counted = people is not None and people.count.modality is not Modality.NONE
    if people is not None and counted and people.words not in ("one", "definite", "bare"):
        if found and all(d.people.count.modality is Modality.NONE for d in found):
            group = found[0].people.group
            return _make(
                row, k, k, measure, "counted-noun", certainty,
                people=replace(people, group=group if people.group == type(group)() else people.group),
            )  # fmt: skip
        if not found:
            found = _make(row, k, k, measure, "counted-noun", certainty)
    return found


def _borne(row: Row, k: int) -> list[Draft]:
    """ "suffered a gunshot wound", "sustained fatal injuries": the harm is its subject's."""
    tags = row.tags
    item = row.items[k]
    if isinstance(item.data, People) and item.data.words in ("digits", "vague"):
        return []
    if not row.wounds[k]:
        return []
    for j in range(k - 1, max(-1, k - 7), -1):
        if tags[j] in ",;.SWRN":
            return []
        kinds = row.kinds(j)
        if "bear" in kinds and tags[j] == "p" and j > 0 and tags[j - 1] in "NQ":
            return _make(row, j - 1, k, Measure.INJURED, "bore-wounds", Certainty.ASSERTED)
        if "bear" in kinds and tags[j] in "vH":
            group = verb_group(row, j)
            fatal = any("fatal_wound" in row.kinds(n) for n in range(j, k))
            measure = Measure.KILLED if fatal else Measure.INJURED
            found: list[Draft] = []
            for n in subjects(row, group.start):
                found += _make(row, n, k, measure, "bore-wounds", group.certainty)
            return found
    return []


def _toll(row: Row, k: int) -> list[Draft]:
    """ "the death toll rose from 12 to 15", "bringing to 15 the number of dead"."""
    measure: Measure = row.items[k].data.sense
    tags = row.tags
    for i in range(k + 1, min(len(tags), k + 12)):
        if tags[i] in ";.":
            break
        if tags[i] in "QNF" and (people := row.people(i)) is not None:
            if people.words not in NUMBERED:
                continue
            return _split(row, i, k, measure, people)
    if k >= 2 and tags[k - 1] == "w":
        k -= 1
    for i in (k - 1, k - 2):
        if i >= 1 and tags[i] == "Q" and tags[i - 1] in "pv":
            return _make(row, i, k, measure, "toll", Certainty.ASSERTED, toll=True)
    return []


def _split(row: Row, i: int, k: int, measure: Measure, people: People) -> list[Draft]:
    """A toll's figure; "from 12 to 15" is the old figure and the new one."""
    count = people.count
    changed = any(_changes(row, n) for n in range(k + 1, i))
    if (
        changed
        and count.modality is Modality.RANGE
        and count.high is not None
        and count.low is not None
    ):
        tokens = row.sentence.tokens
        inner = [t.text for t in tokens[people.start : people.end]]
        digits = [n for n, t in enumerate(inner) if t[0].isalnum()]
        if len(digits) >= 4 and digits[0] == 0:  # opened by "from", joined by "to"
            last = people.start + digits[-1]
            first = people.start + digits[1]
            new = replace(people, start=last, count=_exact(count.high))
            old = replace(people, start=first, end=first + 1, count=_exact(count.low))
            return _make(
                row, i, k, measure, "toll", Certainty.ASSERTED, people=old, old=True, toll=True
            ) + _make(row, i, k, measure, "toll", Certainty.ASSERTED, people=new, toll=True)
    return _make(row, i, k, measure, "toll", Certainty.ASSERTED, toll=True)


def _attack_of(row: Row, k: int) -> list[Draft]:
    """ "the (fatal) shooting of two men"."""
    if not row.attack_of[k] or row.tags[k + 1 : k + 2] != "o":
        return []
    fatal = row.fatal[k] or k > 0 and "fatal_wound" in row.kinds(k - 1)
    measure = Measure.KILLED if fatal else Measure.INJURED
    found: list[Draft] = []
    for n in objects(row, k + 1):
        found += _make(
            row, n, k, measure, "attack-of", verb_group(row, k).certainty, weak=not fatal
        )
    return found


def _exact(number: int) -> Count:
    return Count(low=number, high=number, modality=Modality.EXACT)


def _changes(row: Row, i: int) -> bool:
    """Tell whether item `i` is a verb by which a toll changes."""
    return "toll_change" in row.kinds(i)


def _attacks(row: Row, k: int) -> list[Draft]:
    people = row.people(k)
    if people is None or people.words not in NUMBERED:
        return []
    if people.weak or people.count.low == 0:
        return []
    return _make(row, k, k, Measure.ATTACKS, "counted-attacks", verb_group(row, k).certainty)


def _labelled(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Dead: 5", "Killed (4): one driver; two porters"."""
    tags, made = row.tags, list[Draft]()
    taken = {d.item for d in found}
    for k, tag in enumerate(tags[:6]):
        if tag not in "JVFON":
            continue
        data = row.items[k].data
        measure = None
        if tag == "N":
            measure = data.harmed
        elif tag == "F":
            measure = data.measure if isinstance(data, People) else data.sense.measure
        elif tag in "VJO":
            measure = data.sense if tag in "JO" else data.sense.measure
        if measure is None or k + 2 >= len(tags) or tags[k + 1] not in ":-(":
            continue
        if tags[k + 2] in "QN" and k + 2 not in taken:
            people = row.people(k + 2)
            if people is not None and people.words in NUMBERED:
                made += _make(row, k + 2, k, measure, "labelled", Certainty.ASSERTED)
    return made


def _distributed(row: Row, found: list[Draft]) -> list[Draft]:
    """ "two deaths, one in A and another in B": the sum, and a claim for each place."""
    tags, made = row.tags, list[Draft]()
    taken = {d.item for d in found}
    for draft in found:
        total = draft.people.count.low
        if total is None or total < 2 or draft.whole is not None:
            made.append(draft)
            continue
        parts, i = list[int](), draft.item + 1
        while i < len(tags) and tags[i] not in ".;":
            people = row.people(i)
            if (
                people is not None and tags[i] in "QyN" and i not in taken
                and people.count.low is not None and tags[i - 1] in ",C:-("
                and tags[i + 1 : i + 2] in ("p", "L", "U") and people.group.status is draft.people.group.status
            ):  # fmt: skip
                parts.append(i)
            i += 1
        lows = [people.count.low or 0 for n in parts if (people := row.people(n)) is not None]
        if len(parts) >= 2 and sum(lows) == total:
            made.append(replace(draft, sums=True))
            for n in parts:
                made += _make(row, n, n, draft.measure, "distributed", draft.certainty)
        else:
            made.append(draft)
    return made


def _once(found: list[Draft]) -> list[Draft]:
    """One draft a person item and measure; a fatal reading wins over a mere injury by the same act."""
    kept: dict[tuple[int, int, Measure], Draft] = {}
    for draft in found:
        key = (draft.item, draft.people.start, draft.measure)
        if key not in kept:
            kept[key] = draft
    killed = {(d.item, d.people.start) for d in kept.values() if d.measure is Measure.KILLED}
    return [
        d for d in kept.values()
        if not (d.measure is Measure.INJURED and d.weak and (d.item, d.people.start) in killed)
    ]  # fmt: skip


def _either(found: list[Draft]) -> list[Draft]:
    """ "killed or wounded 30": one count of two measures."""
    by_item: dict[tuple[int, int], list[Draft]] = {}
    for draft in found:
        by_item.setdefault((draft.item, draft.people.start), []).append(draft)
    kept: list[Draft] = []
    for group in by_item.values():
        measures = {d.measure for d in group}
        if measures == {Measure.KILLED, Measure.INJURED} and group[0].rule != "toll":
            first = min(group, key=lambda d: d.at)
            vague = group[0].people.count.modality in (Modality.VAGUE, Modality.NONE)
            if vague and not _joined_by_or(group):
                kept += group  # "a number were killed and injured": some of each
                continue
            if not any(d.weak for d in group) and all(d.rule != "died" for d in group):
                kept.append(replace(first, measure=Measure.KILLED_OR_INJURED))
                continue
            kept += [d for d in group if d.measure is Measure.KILLED]
            continue
        kept += group
    return sorted(kept, key=lambda d: (d.people.start, d.at))


def _joined_by_or(group: list[Draft]) -> bool:
    """Tell whether the two predicates are joined by "or"."""
    low, high = sorted((group[0].at, group[-1].at))
    return any("or" in group[0].row.kinds(n) for n in range(low, high))


def _attributes(row: Row, found: list[Draft]) -> list[Draft]:
    """ "six wounded soldiers were flown out": a harm that stands as an adjective."""
    taken = {d.item for d in found}
    made: list[Draft] = []
    for i, item in enumerate(row.items):
        people = item.data
        if item.tag == "N" and isinstance(people, People) and people.attribute is not None:
            if i not in taken and people.words in ("digits", "words", "vague", "one"):
                made += _make(row, i, i, people.attribute, "attribute", Certainty.ASSERTED)
    return made


def _equations(row: Row, found: list[Draft]) -> list[Draft]:
    """ "two of the dead were children", "among the dead were three women", "the dead included a nurse"."""
    tags, made = row.tags, list[Draft]()
    taken = {d.item for d in found}
    for i, item in enumerate(row.items):
        people = item.data if isinstance(item.data, People) else None
        if people is None or people.harmed is None or i in taken:
            continue
        after = _skip(tags, i + 1, "aTL")
        if item.tag == "n":
            group = people.group
            if (
                i > 0
                and tags[i - 1] in "opb"
                or tags[after : after + 1] not in ("X", "J")
                or not tags[after:]
            ):
                continue
            if tags[after : after + 1] == "X":
                other = _skip(tags, after + 1, "aZ")
                if tags[other : other + 1] == "N" and (them := row.people(other)) is not None:
                    group = them.group
            made += _make(
                row, i, i, people.harmed, "some-of-the-harmed", Certainty.ASSERTED,
                people=replace(people, group=group), anaphor=True,
            )  # fmt: skip
            continue
        among = i > 0 and tags[i - 1] == "A"
        if among and i >= 2:
            before = i - 2
            while before >= 0 and tags[before] in "aXT":
                before -= 1
            if before >= 0 and tags[before] in "NQ" and "X" in tags[before:i]:
                made += _listed(row, subjects(row, before + 1), i, people.harmed)
                continue
        if tags[after : after + 1] in ("X", "I") and after < len(tags):
            made += _listed(row, objects(row, after), i, people.harmed)
    return made


def _listed(row: Row, items: list[int], at: int, measure: Measure) -> list[Draft]:
    made: list[Draft] = []
    for item in items:
        people = row.people(item)
        if people is not None and people.harmed is None:
            made += _make(
                row, item, at, measure, "among-the-harmed", Certainty.ASSERTED, anaphor=True
            )
    return made


def _skip(tags: str, i: int, over: str) -> int:
    while i < len(tags) and tags[i] in over:
        i += 1
    return i


def _parts(row: Row, found: list[Draft]) -> list[Draft]:
    """What "including", "of them" and brackets break down: parts of the people before them."""
    tags, made = row.tags, list[Draft]()
    taken = {d.item for d in found}
    for i, tag in enumerate(tags):
        if tag == "I":
            listed = objects(row, i)
        elif tag == "n" and i not in taken and row.items[i].data.harmed is None:
            listed = [i]
        elif tag == "(":
            listed = _bracketed(row, i)
        else:
            continue
        listed = [n for n in listed if n not in taken]
        if not listed:
            continue
        whole = _whole(row, found, i)
        if whole is None:
            if i <= 2 and tag == "I":
                for item in listed:
                    made += _make(
                        row, item, i, Measure.KILLED, "included-in-before", Certainty.ASSERTED,
                        anaphor=True,
                    )  # fmt: skip
                taken |= set(listed)
            continue
        base = found[whole]
        for item in listed:
            made += _make(row, item, base.at, base.measure, "part", base.certainty, whole=whole)
        taken |= set(listed)
    return made


def _bracketed(row: Row, i: int) -> list[int]:
    """ "11 dead (3 children, 2 women)": only people in the brackets."""
    end = row.tags.find(")", i)
    inner = row.tags[i + 1 : end] if end > 0 else ""
    if inner and set(inner) <= set("N,CanI") and "N" in inner:
        return [n for n in range(i + 1, end) if row.tags[n] in "N"]
    return []


def _whole(row: Row, found: list[Draft], i: int) -> int | None:
    """The draft that a breakdown at item `i` breaks down: of the nearest people before it."""
    best: int | None = None
    for n, draft in enumerate(found):
        if draft.item < i and (best is None or draft.item >= found[best].item):
            if draft.people.count.low == 1 and draft.people.count.high == 1:
                continue
            best = n
    return best

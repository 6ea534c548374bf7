"""What breaks a count down or says more of it: parts, shares by place, descriptions of the harmed.

A part is claimed beside its whole, so that who was harmed is kept, but it is marked as a part, so
that nobody is added up twice.
"""

from dataclasses import replace

from cenotaph.model import DIED_LATER, Measure, Status
from cenotaph.reading.descriptions import described, further_some, numbered, set_apart, skip
from cenotaph.reading.drafts import INCLUDED, SHARE, Draft, make
from cenotaph.reading.items import NUMBERED, UNDESCRIBED, People, Row
from cenotaph.reading.list_parts import breakdown_behind, included_from
from cenotaph.reading.lists import further_behind, next_in_list
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import some_of

# Tags of what can set a part apart: "including", a bracket, some of people named before.
_BREAKS_DOWN = frozenset("I(n")
# Told of who dies, and never of all of whom they are.
_DEATHS = frozenset({"died", DIED_LATER})


def broken_down(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Six people were killed, a man and five girls": a list that comes to a count is that count.

    Whoever it lists is a part of it, and of no other predicate of the sentence.
    """
    listed: dict[int, int] = {}
    for draft in found:
        colon = draft.toll and row.tags[draft.item + 1 : draft.item + 4].lstrip("Sw")[:1] == ":"
        if draft.whole is None and (draft.people.count.low or 0) > 1 and (colon or not draft.toll):
            for n in breakdown_behind(row, draft.item, draft.at):
                listed.setdefault(n, draft.item)
    if not listed:
        return found
    kept = [draft for draft in found if draft.item not in listed]
    parts_of: list[Draft] = []
    for n, item in listed.items():
        whole = next((i for i, draft in enumerate(kept) if draft.item == item), None)
        if whole is not None:
            base = kept[whole]
            parts_of += make(row, n, base.at, base.measure, "part", base.certainty, whole=whole)
    return kept + parts_of


def distributed(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Two deaths, one in A and another in B", "21 on 3 June and 16 on 9 June": the sum, and a
    claim for each place or day; "61 by the army, 19 by rebels" are parts of those before."""
    made = list(found)
    taken = {d.item for d in found}
    for n, draft in reversed(list(enumerate(found))):
        total = draft.people.count.low
        if total is None or total < 2 or draft.whole is not None:
            continue
        shares = _shares(row, draft, taken)
        comes_to = sum(people.count.low or 0 for _, people in shares)
        whole = None
        if shares and all(row.tags[i + 1] == "b" for i, _ in shares):
            # "61 were killed by the army, 19 by rebels" are as many beside one another, and so are
            # those of "of the 80 dead, 61 died in raids, 19 by gunfire"
            beside = "b" in row.tags[draft.item : shares[0][0]] or row.tags[0] == "o"
            if comes_to > total or beside:
                continue
            whole = n
            taken |= {i for i, _ in shares}
        elif len(shares) >= 2 and comes_to == total:
            made[n] = replace(draft, sums=True)
        else:
            continue
        for i, _ in shares:
            made += make(row, i, i, draft.measure, SHARE, draft.certainty, whole=whole)
    return made


def _shares(row: Row, draft: Draft, taken: set[int]) -> list[tuple[int, People]]:
    """The counted people behind a draft that have a place, a day or a party of their own, up to the
    next stop."""
    tags = row.tags
    shares: list[tuple[int, People]] = []
    for i in range(draft.item + 1, len(tags)):
        if tags[i] in ".;":
            break
        people = row.people(i)
        if tags[i] not in "QyN" or i in taken or people is None:
            continue
        if tags[i - 1] not in ",C:-(L":
            continue
        if (
            people.count.low is not None
            and tags[i + 1 : i + 2] in ("p", "b", "L", "U", "T")
            and people.group.status in (Status.UNKNOWN, draft.people.group.status)
        ):
            shares.append((i, people))
    return shares


def itemised(row: Row, found: list[Draft]) -> list[Draft]:
    """ "84 people died: the army killed 41, rebels 20": what stands behind a colon, and comes to no
    more than the count before it, are its parts, each with a verb of its own."""
    colon = row.tags.find(":")
    if colon < 1:
        return found
    before = [n for n, d in enumerate(found) if d.last < colon and d.whole is None]
    for n in reversed(before):
        behind = [
            m
            for m, d in enumerate(found)
            if d.first > colon and d.whole is None and d.measure is found[n].measure
        ]
        lows = [found[m].people.count.low or 0 for m in behind]
        verbs = all(found[m].at != found[m].item for m in behind)
        if verbs and len(lows) > 1 and all(lows) and sum(lows) <= (found[n].people.count.low or 0):
            return [replace(d, whole=n) if m in behind else d for m, d in enumerate(found)]
    return found


def attributes(row: Row, found: list[Draft]) -> list[Draft]:
    """ "six wounded soldiers were flown out": a harm that stands as an adjective."""
    taken = {d.item for d in found}
    made: list[Draft] = []
    for i, tag in enumerate(row.tags):
        people = row.people(i) if tag == "N" and i not in taken else None
        if people is None or people.words not in NUMBERED and people.words != "one":
            continue
        befell = people.attribute or (
            None if people.count.imputed and not people.count.vague else _condition(row, i)
        )
        if befell is not None:
            made += make(row, i, i, befell, "attribute")
    return made


def _condition(row: Row, i: int) -> Measure | None:
    """What a word for people says has befallen them: "thousands of evacuees"."""
    senses = row.sentence.words.entries[row.items[i].end - 1].senses
    return next((s.data for s in senses if s.kind == "condition"), None)


def unclear(row: Row, i: int) -> bool:
    """Tell whether the word for the harmed at item `i` is said of the dead and of the hurt."""
    item = row.items[i]
    entries = row.sentence.words.entries[item.start : item.end]
    return any("harmed_unclear" in entry.kinds for entry in entries)


def of_whom(row: Row, found: list[Draft]) -> list[Draft]:
    """ "two of the three men killed", "one of the five people who died": the harm is that of all.

    Whoever the sentence picks out of them is a part; without a number, of those counted before.
    """
    made: list[Draft] = []
    for draft in found:
        people, i = draft.people, draft.item
        picked = people.partitive and people.head and people.harmed is None and row.tags[i] == "n"
        if not picked or draft.whole is not None or not _told_of_all(row, draft):
            made.append(draft)
        elif people.among is not None:
            made += [replace(draft, people=people.among), replace(draft, whole=len(made))]
        else:
            made.append(replace(draft, anaphor=True))
    return made


def of_so_many(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Twelve of the 83 wounded remain in hospital": the 12 are a part of the 83."""
    return [
        replace(draft, whole=whole)
        if draft.whole is None
        and row.tags[draft.item : draft.item + 3] == "QoQ"
        and some_of(row, draft.item + 2)
        and (whole := _counted_at(found, draft.item + 2, draft.measure)) is not None
        else draft
        for draft in found
    ]


def of_the_hurt(row: Row, found: list[Draft]) -> list[Draft]:
    """ "One of the three women injured on Saturday has died": three were hurt, and one is dead."""
    return [
        made
        for draft in found
        if draft.people.among is not None and draft.measure is Measure.KILLED
        if row.tags[draft.item + 1 : draft.item + 2] == "V" and draft.at > draft.item + 1
        if row.sense(draft.item + 1).measure is Measure.INJURED
        if not row.sense(draft.item + 1).weak
        for made in make(
            row,
            draft.item,
            draft.item + 1,
            Measure.INJURED,
            "participle",
            people=draft.people.among,
        )
    ]


def _counted_at(found: list[Draft], item: int, measure: Measure) -> int | None:
    return next((n for n, d in enumerate(found) if (d.item, d.measure) == (item, measure)), None)


def _told_of_all(row: Row, draft: Draft) -> bool:
    """Tell whether the harm stands with the people at its item as a participle or a relative."""
    behind, at = row.tags[draft.item + 1 : draft.item + 2], draft.at
    if behind == "W":  # the verb of the relative clause, not that of its sentence
        # "the deaths of nine of the 14 who went missing" are those of the nine
        return at > draft.item and set(row.tags[draft.item + 2 : at]) <= set("aXHMT")
    # "one of the five pupils died" tells of the one
    return behind in ("V", "J") and at == draft.item + 1 and draft.rule not in _DEATHS


def of_before(row: Row, found: list[Draft]) -> list[Draft]:
    """ "30 were hurt, many of them maimed": some of those before, with a verb of their own."""
    made: list[Draft] = []
    for draft in found:
        whole = None
        some = row.tags[draft.item] == "n" or _included_who(row, draft.item)
        if draft.whole is None and (first := _of_fronted(row, found, draft)) is not None:
            some, whole = draft.weak, None if draft.weak else first
        if some and draft.whole is None and not draft.people.harmed:
            whole = _whole_of(found, draft)
            if whole is None and draft.weak and draft.measure is Measure.INJURED:
                dead = replace(draft, measure=Measure.KILLED)  # "six bodies, two of them shot"
                whole = _whole_of(found, dead)
                draft = draft if whole is None else dead
        if draft.people.partitive and draft.people.harmed is Measure.KILLED:
            if draft.measure is Measure.INJURED and unclear(row, draft.item):
                draft = replace(draft, anaphor=True)  # "two of the victims are in hospital"
            elif draft.weak:
                draft = replace(draft, measure=Measure.KILLED)  # "35 of the dead had been shot"
        again = draft.people.partitive and draft.people.harmed is draft.measure
        if again and draft.whole is None:  # "two of the wounded are in hospital"
            draft = replace(draft, anaphor=True)
        made.append(draft if whole is None else replace(draft, whole=whole))
    return made


def _of_fronted(row: Row, found: list[Draft], draft: Draft) -> int | None:
    """ "Of the nine dead, two were women and three were shot": the draft of those told first.

    Who met another harm ("of the 40 killed, 12 had been wounded before") is told of otherwise.
    """
    comma, people = row.tags.find(","), draft.people
    bare = row.tags[draft.item] == "Q" and people.words in NUMBERED and not people.head
    if row.tags[:1] != "o" or not bare:
        return None
    for n, one in enumerate(found):
        if one.item < comma < draft.item and (one.measure is draft.measure or draft.weak):
            few = (people.count.low or 0) < (one.people.count.low or 0)
            return n if few or draft.weak else None
    return None


def _included_who(row: Row, i: int) -> bool:
    """ "nine died, including three children who were shot": those have a verb of their own.

    So have those of "48 were taken to the clinic, of whom six died".
    """
    if row.tags[i - 1 : i] != "I":
        return False
    behind = row.tags[i + 1 : i + 3].lstrip(",")[:1]
    return behind == "W" or behind != "" and behind in "XHVaT" and "of_them" in row.kinds(i - 1)


def died_of_these(row: Row, found: list[Draft]) -> list[Draft]:
    """ "52 were hurt, eight of whom died", "including one who died": who of the hurt died."""
    listed = {n for i, tag in enumerate(row.tags) if tag == "I" for n in _broken_down(row, i)}
    made: list[Draft] = []
    for draft in found:
        some = row.tags[draft.item] == "n" and draft.people.harmed in (None, Measure.INJURED)
        own = draft.measure is Measure.KILLED and draft.whole is None and not draft.anaphor
        if own and (some or draft.item in listed):
            hurt = _whole_of(found, replace(draft, measure=Measure.INJURED))
            draft = draft if hurt is None else replace(draft, hurt=hurt)
        made.append(draft)
    return made


def _whole_of(found: list[Draft], part: Draft) -> int | None:
    """The draft of the same harm, last before `part`, that can hold it."""
    least, best = part.people.count.low or 0, None
    for n, draft in enumerate(found):
        size = draft.people.count.low or draft.people.count.high or 0
        fits = draft.measure is part.measure and draft.whole is None and size > max(least, 1)
        if draft.item < part.item and fits and (best is None or draft.item >= found[best].item):
            best = n
    return best


def parts(row: Row, found: list[Draft]) -> list[Draft]:
    """What "including", "of them" and brackets break down: parts of the people before them."""
    made: list[Draft] = []
    taken = {d.item for d in found}
    for i, tag in enumerate(row.tags):
        if tag not in _BREAKS_DOWN or tag == "n" and i and _thing_before(row, i):
            continue
        listed = [n for n in _broken_down(row, i) if n not in taken]
        if not listed:
            continue
        whole = _whole(row, found, i, listed)
        if whole is not None:
            base = found[whole]
            if base.at < i:
                listed = [n for n in listed if not _own_clause(row, n, i)]
            for n in listed:
                made += make(
                    row, n, base.at, base.measure, "part", base.certainty, whole=whole,
                    people=described(row, n),
                )  # fmt: skip
        elif (
            i <= 2
            and tag == "I"
            and "v" not in row.tags[:i]
            or tag == "n"
            and described(row, i) is not row.people(i)
        ):
            for n in listed:
                made += make(
                    row, n, i, Measure.KILLED, INCLUDED, anaphor=True, people=described(row, n)
                )
            for n, more in further_some(row, skip(row.tags, i + 1, "aTL")) if tag == "n" else ():
                if n not in listed:  # "five of them were children and three women": once
                    made += make(row, n, i, Measure.KILLED, INCLUDED, anaphor=True, people=more)
                    taken.add(n)
        else:
            continue
        taken |= set(listed)
    return made


def degrees(row: Row, found: list[Draft]) -> list[Draft]:
    """ "wounded nine, two critically": some of the hurt, by how they were.

    "Eight were shot, two fatally": two of them died.
    """
    made: list[Draft] = []
    for i, tag in enumerate(row.tags):
        if tag not in "Qn" or not i or row.tags[i - 1] not in ",(-" or not row.numbered(i):
            continue
        people, lows = row.people(i), row.sentence.words
        headed = people is not None and people.head in lows.lexicon.bare_degrees
        headed = headed and row.tags[i - 1] == "("  # "injured: 8 (2 critical)"
        if not headed and (row.tags[i + 1 : i + 2] != "a" or "degree" not in row.kinds(i + 1)):
            continue
        behind = i + 2 - headed
        if row.tags[behind : behind + 1] not in ("", ".", ",", ")", ";", "-"):
            continue
        if not headed and "fatal" in row.kinds(i + 1):
            _fatal_part(found, i)
        hurt = make(row, i, i, Measure.INJURED, "part")
        whole = _whole_of(found, hurt[0]) if hurt else None
        if whole is None or any(draft.item == i for draft in found):
            continue
        if not headed and "fatal" in row.kinds(i + 1):
            made += make(row, i, i, Measure.KILLED, "predicate", found[whole].certainty)
            made[-1] = replace(made[-1], hurt=whole)
        elif tag == "Q":
            made.append(replace(hurt[0], whole=whole))
    return made


def _fatal_part(found: list[Draft], i: int) -> None:
    """ "Three were stabbed, two of them fatally": two of the hurt, who died."""
    for n, draft in enumerate(found):
        if draft.item == i and draft.whole is not None and draft.measure is Measure.INJURED:
            found[n] = replace(
                draft, measure=Measure.KILLED, rule="predicate", whole=None, hurt=draft.whole
            )


def _thing_before(row: Row, i: int) -> bool:
    """ "destroyed nine vehicles some of them loaded with fuel": "them" are things."""
    before = i - 1 - (row.tags[i - 1] == "," and i > 1)
    return row.tags[before] == "#" or "thing" in row.kinds(before)


def _broken_down(row: Row, i: int) -> list[int]:
    """The people that the word or bracket at item `i` sets apart."""
    tag = row.tags[i]
    first = skip(row.tags, 1, ",")
    if tag == "I" and i == 0 and row.tags[1:2] in (",", "Q") and "of_them" in row.kinds(i):
        return set_apart(row, first) if numbered(row, first) else []
    if tag == "I":
        behind = row.tags[i + 1 : i + 2] in ("", ",", ".", "C", ";")
        if behind and i and row.tags[i - 1] in "NQ" and "of_them" in row.kinds(i):
            return [i - 1]  # "three were killed, a nurse among them, and …"
        if row.tags[i + 1 : i + 3] == "QX" and numbered(row, i + 1):
            return set_apart(row, i + 1)  # "of whom four were women and two children"
        return _included(row, i)
    if tag == "(":
        return _bracketed(row, i)
    people = row.people(i) if tag == "n" else None
    if people is None or people.harmed is not None:
        return []
    if people.words == "zero" and people.group == UNDESCRIBED and described(row, i) is people:
        return []  # "none of them seriously": how, and not whom
    listed = [i]
    while (n := next_in_list(row, listed[-1])) is not None and numbered(row, n):
        if row.tags[n + 1 : n + 2] in ("X", "H", "V", "J"):
            break
        listed.append(n)  # "280 of them children and 190 women"
    if len(listed) == 1 and row.tags[i + 1 : i + 3] == "XN" and people.words in NUMBERED:
        return set_apart(row, i)  # "44 of whom were civilians and 12 rebels"
    return listed


def _included(row: Row, i: int) -> list[int]:
    """The people behind "including", with a last one that touches the verb of the whole."""
    listed, tags = objects(row, i), row.tags
    if (further := further_behind(row, i)) is not None:
        listed = [n for n in listed if n < further]
    while listed and numbered(row, listed[-1]) and numbered(row, listed[-1] + 1):
        listed += objects(row, listed[-1])  # "six women five children and three porters"
    if listed and listed[-1] == i + 1 + 2 * (len(listed) - 1):
        last = listed[-1] + 2
        if tags[last - 1 : last] == "C" and tags[last : last + 1] in tuple("NQy"):
            behind = tags[last + 1 : last + 2]
            if behind in tuple("XHV") and included_from(row, last) == i:
                return [*listed, last]
    return listed


def _own_clause(row: Row, n: int, i: int) -> bool:
    """ "were killed, including two, and nine were hurt": the last has a verb of its own."""
    if row.tags[n] == "Q" and row.tags[n + 1 : n + 3] == "XN":
        return False  # "of whom two were women and one was a child"
    return n > i + 1 and numbered(row, n) and row.tags[n + 1 : n + 2] in ("X", "H", "V", "J")


def _bracketed(row: Row, i: int) -> list[int]:
    """ "11 dead (3 children, 2 women)": only people in the brackets."""
    end = row.tags.find(")", i)
    inner = row.tags[i + 1 : end] if end > 0 else ""
    if inner and set(inner) <= set("N,CanI") and "N" in inner:
        listed = [n for n in range(i + 1, end) if row.tags[n] in "N"]
        alone = row.people(listed[0]) if len(listed) == 1 else None
        # "(Municipal Palace)", "32 women (adult female)": a name that no age stands behind is no
        # part, and neither is what those before the bracket are
        said = alone is not None and alone.words in ("name", "bare") and alone.age is None
        return [] if said else listed
    return []


def _whole(row: Row, found: list[Draft], i: int, listed: list[int]) -> int | None:
    """The draft that a breakdown at item `i` breaks down: of the nearest people before it.

    Words that say whose part it is come first ("including 3 children among the dead"), and a
    whole is never smaller than one of its parts.
    """
    measure = _among(row, listed[-1])
    least = max((people.count.low or 0 for n in listed if (people := row.people(n))), default=0)
    best: int | None = None
    for n, draft in enumerate(found):
        count = draft.people.count
        if draft.item >= i or measure not in (None, draft.measure):
            continue
        if count.high is not None and (count.high < least or count.low == count.high == 1):
            continue
        if best is None or draft.item >= found[best].item:
            best = n
    return best


def _among(row: Row, last: int) -> Measure | None:
    """The harm that "among the dead" after a list of people names."""
    if row.tags[last + 1 : last + 2] != "A":
        return None
    harmed = skip(row.tags, last + 2, "aTL")
    people = row.people(harmed) if harmed < len(row.tags) else None
    return None if people is None else people.harmed

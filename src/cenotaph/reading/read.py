"""One document to its claims: the steps of reading in order.

Words become items, items the drafts of a sentence, drafts get their slots from the scene, and the
discourse tells which of them speak of the same people. Every number that no claim took is named
too, so that what was not understood can be seen.
"""

from collections import deque
from collections.abc import Sequence, Set
from dataclasses import replace

from cenotaph.model import (
    Basis,
    Certainty,
    Claim,
    Document,
    Measure,
    PlaceMention,
    Precision,
    Quote,
    Reading,
    Scope,
    Skipped,
    Status,
    TimeMention,
)
from cenotaph.reading.areas import sums_of_areas
from cenotaph.reading.claims import (
    claim_of,
    inside_tolls,
    links,
    main,
    names_of,
    of_sentence,
    one_act,
    toll_links,
)
from cenotaph.reading.columns import Table, in_table
from cenotaph.reading.contexts import ATTACK
from cenotaph.reading.corrections import corrected, denied_numbers, earlier, withdrawn
from cenotaph.reading.discourse import discourse
from cenotaph.reading.drafts import SHARE, Draft
from cenotaph.reading.driven import departed
from cenotaph.reading.echoes import echoed
from cenotaph.reading.further import apart
from cenotaph.reading.harm import drafts
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.items import Context as Setting
from cenotaph.reading.leaving_out import left_out
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.nearer import nearer
from cenotaph.reading.ordinals import attackers_in_turn, one_by_one
from cenotaph.reading.phrases import row_of
from cenotaph.reading.retold import turned
from cenotaph.reading.rolls import Roll, in_roll, lent
from cenotaph.reading.scenes import DIED, OLD, Slots, counted_from, look_ahead
from cenotaph.reading.stances import accepted_before, reached
from cenotaph.reading.teller import Teller
from cenotaph.reading.tokens import sentences
from cenotaph.reading.told import PRONOUN_REACH, Discourse, Falls, Told
from cenotaph.reading.untold import figure_again
from cenotaph.reading.widths import WIDE, Lies
from cenotaph.vocab import LANGUAGES

# The place of a part stands so near behind its number, in characters.
BESIDE = 40
# A toll that names an attack, or whose dead, is of these.
_ATTACKS = frozenset("UF")
# "No one was hurt" is a count; "nobody is missing any more" is none.
_MAY_BE_NONE = frozenset(
    {Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.CASUALTIES}
)


def read(
    document: Document,
    *,
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    lies: Lies | None = None,
    falls: Falls | None = None,
) -> Reading:
    """Return what `document` says. `times` and `places` are its mentions, in text order.

    `lies` tells which place a mention means; without it a wide place is never made nearer. `falls`
    tells which days a time means; without it no one is kept out of those shot for having died on
    another day.

    A language without a pack gives an empty reading: silence, never a guess in another language.
    """
    lang = document.lang or "en"
    if lang not in LANGUAGES:
        return Reading(document=document.id)
    words = lexicon(lang)
    setting = Setting(
        words,
        {t.quote.start: t for t in times},
        {p.quote.start: p for p in places if not p.demonym},
        peoples=frozenset(p.quote.start for p in places if p.demonym),
        is_country=lambda p: lies is not None and lies(p).precision is Precision.COUNTRY,
        of_police=words.officers_are_police(document.text),
    )
    teller = Teller(
        document.text,
        lang,
        published=document.published,
        peoples=tuple(p for p in places if p.demonym),
        is_country=setting.is_country,
    )
    near: deque[tuple[int, Row]] = deque(maxlen=PRONOUN_REACH + 1)
    rows: dict[int, Row] = {}
    roll: Roll | None = None
    columns: Table | None = None
    left: list[Skipped] = []
    told: list[Told] = []
    wholes: list[int | None] = []
    died: dict[int, int] = {}
    put_right: list[tuple[int, int]] = []
    datelines = [(t.quote.start, t.quote.end) for t in times if t.dateline]
    for sentence in sentences(document.text, words, datelines):
        number = sentence.index
        row = row_of(setting, sentence)
        near.append((number, row))
        found = drafts(row)
        found, roll = in_roll(row, found, roll)
        cells, columns = in_table(row, found, columns)
        found += cells
        phrases = teller.words.find(sentence.words)
        right = corrected(row, phrases, told) if not found else None
        found += figure_again(row, found, told) if right is None else []
        found += departed(row, found, told)
        base = len(told)
        for draft, slots in zip(found, teller.tell(row, found, phrases), strict=True):
            slots = lent(roll, draft, slots)
            slots = _beside_history(draft, slots, told, number)
            slots = _beside_sum(draft, slots, told, number)
            if counted_from(row, draft, lang):
                slots = replace(slots, history=True, time=None, time_basis=Basis.NONE)
            if draft.hurt is not None:
                died[len(told)] = base + draft.hurt
            told.append(Told(draft, slots, names_of(row, draft, words), number))
            wholes.append(base + draft.whole if draft.whole is not None else None)
        for n, one in withdrawn(row, phrases, told, base).items():
            told[n] = one
        if not found and right is not None:
            draft, old = right
            said = teller.attribution.said(row)
            slots = replace(told[old].slots, said_by=said[-1].sources if said else ())
            told.append(Told(draft, slots, (), number))
            wholes.append(None)
            put_right.append((len(told) - 1, old))
        # Of the rows only those are kept that a pronoun may ask for: a long text has many.
        if any(one.draft.people.words == "pronoun" for one in told[base:]):
            rows.update(near)
        left += _numbers_left(document, row, {one.draft.item for one in told[base:]})
    without = left_out(told, wholes, teller.words.scopes)
    counted = [(one.slots, one.sentence, one.draft.measure) for one in told]
    turns = turned(told, teller.fronted)
    ahead = look_ahead(
        counted, teller.days, recent=teller.recent, turns=turns, covers=teller.covers
    )
    told = [_with(one, slots) for one, slots in zip(told, ahead, strict=True)]
    told = attackers_in_turn(one_by_one(told, wholes, teller.ordinals))
    told = apart(told, wholes, teller.scopes, teller.acts)
    if lies is not None:
        told = nearer(told, teller.places, lies, lang)
        attacks = any(noted.kind == ATTACK for noted in teller.contexts)
        told = sums_of_areas(told, lies, words, teller.words, attacks=attacks)
    if teller.issued:
        told = [
            one
            if one.slots.said_by
            else replace(one, slots=replace(one.slots, said_by=teller.author))
            for one in told
        ]
    again = {n for n, one in enumerate(told) if one.draft.people.words == "pronoun"}
    counted = [(one.slots, one.sentence, one.draft.measure) for one in told]
    starts = [one.draft.row.start(one.draft.item) for one in told]
    aware = reached(counted, teller.taken, again, teller.news, starts)
    aware.update(accepted_before(counted, aware, teller.again, teller.news))
    told = [_with(one, aware.get(n, one.slots)) for n, one in enumerate(told)]
    echoes = echoed(told, wholes, teller.spoken)
    told = [_with(one, echoes.get(n, one.slots)) for n, one in enumerate(told)]
    made = discourse(told, rows, falls, lies)
    made.without = without
    made.dropped -= set(without.values())
    made.updates.update({n: hurt for n, hurt in died.items() if n not in made.updates})
    made.replaces = earlier(told, teller.words.corrections)
    made.corrects = dict([*denied_numbers(told), *put_right])
    return _reading(document, told, wholes, made, teller, left, lies)


def _beside_history(draft: Draft, slots: Slots, told: Sequence[Told], number: int) -> Slots:
    """ "Three others were hurt": further people without a day of their own are of what was told of
    right before them, also where that is history."""
    last = told[-1] if told else None
    if slots.history or last is None or not last.slots.history or not draft.people.additional:
        return slots
    if (
        number - last.sentence > 1
        or slots.time_basis is Basis.STATED
        or slots.scope is not last.slots.scope
    ):
        return slots
    return replace(slots, history=True)


def _beside_sum(draft: Draft, slots: Slots, told: Sequence[Told], number: int) -> Slots:
    """ "310 have died since May, and 45 this week. The UN puts the number killed at 260": a toll
    without a place, a day or an attack of its own, right behind a sum, is a sum too, of which it
    tells neither where nor since when. Far fewer ("the death toll later rose to nine") are not."""
    last = told[-1] if told else None
    if last is None or not draft.toll or slots.scope is not Scope.INCIDENT:
        return slots
    sums = last.slots.scope is Scope.CUMULATIVE and last.draft.measure is draft.measure
    own = Basis.STATED in (slots.time_basis, slots.places_basis)
    own = (
        own or not _ATTACKS.isdisjoint(draft.row.tags) or last.slots.time_basis is not Basis.STATED
    )
    few = 2 * (draft.people.count.low or 0) < (last.draft.people.count.low or 0)
    if not sums or own or few or number - last.sentence > 1:
        return slots
    return replace(
        slots, scope=Scope.CUMULATIVE, time=None, time_basis=Basis.NONE, places=(),
        places_basis=Basis.NONE, event=None, weapons=(), perpetrators=(),
    )  # fmt: skip


def _with(one: Told, slots: Slots) -> Told:
    """A draft told with these slots; itself where they are its own, as they mostly are."""
    return one if one.slots is slots else replace(one, slots=slots)


def _reading(
    document: Document,
    told: Sequence[Told],
    wholes: Sequence[int | None],
    made: Discourse,
    teller: Teller,
    left: Sequence[Skipped],
    lies: Lies | None,
) -> Reading:
    """Put the claims, their links and what was left out together."""
    claims, skipped = _claims(document, told, made)
    _join_parts(told, claims, wholes, made, lies)
    _as_sums(told, claims)
    _places_of_sums(told, claims)
    kept = [c for c in claims if c is not None]
    kept.sort(key=lambda c: (c.counted.start, c.counted.end, c.measure, c.nth))
    stated = links(claims, made) + toll_links(told, claims) + inside_tolls(told, claims)
    stated += one_act(told, claims)
    held = [(c.id, one) for c, one in zip(claims, told, strict=True) if c is not None]
    captions = {id for id, one in held if one.draft.row.sentence.title and one.sentence > 1}
    aside = {id for id, one in held if one.slots.other_event}
    aside |= {c.id for n in made.aside if (c := claims[n]) is not None}
    return Reading(
        document=document.id,
        claims=tuple(kept),
        links=tuple(stated),
        contexts=tuple(teller.contexts),
        skipped=tuple(sorted([*skipped, *left], key=lambda s: s.quote)),
        main=main(kept, aside=aside, captions=captions),
        days=(
            *(day.time for rank in (0, 1, OLD) for day in teller.days if day.rank == rank),
            *teller.background,
        ),
        deaths=tuple(day.time for day in teller.days if day.rank == DIED),
        hours=tuple(teller.hours),
    )


def _claims(
    document: Document, told: Sequence[Told], made: Discourse
) -> tuple[list[Claim | None], list[Skipped]]:
    """The claim of each draft, None for those left out, and why these were."""
    claims: list[Claim | None] = []
    skipped: list[Skipped] = []
    taken: dict[str, int] = {}
    for n, one in enumerate(told):
        claim = claim_of(document, one, made.people.get(n, one.draft.people))
        if n in made.either:
            claim = replace(claim, measure=Measure.KILLED_OR_INJURED)
        elif n in made.measures:
            claim = replace(claim, measure=made.measures[n])
        reason = _left_out(n, one, claim, made)
        if reason is not None:
            skipped.append(Skipped(quote=claim.counted, reason=reason))
            claims.append(None)
            continue
        nth = taken.get(claim.id, 0)
        taken[claim.id] = nth + 1
        claims.append(replace(claim, nth=nth) if nth else claim)
    return claims, skipped


def _left_out(n: int, one: Told, claim: Claim, made: Discourse) -> str | None:
    """Why a draft makes no claim, None where it does."""
    if n in made.dropped:
        return "same-person"
    if one.draft.certainty is Certainty.HYPOTHETICAL:
        return one.draft.left or "hypothetical"
    if one.draft.old:
        return "replaced-figure"
    if claim.count.high == 0 and claim.measure not in _MAY_BE_NONE:
        return "none-is-no-count"
    return None


def _join_parts(
    drafted: Sequence[Told],
    claims: list[Claim | None],
    wholes: Sequence[int | None],
    made: Discourse,
    lies: Lies | None,
) -> None:
    """Name the whole of each part: a part happened where and when its whole did."""
    for n, whole in enumerate(wholes):
        target = whole if whole is not None else made.part_of.get(n)
        part, of = claims[n], claims[target] if target is not None else None
        if part is not None and of is not None and part.id != of.id:
            group = part.group
            named = whole is not None and of.group.status is not Status.MIXED
            if named and group.status is Status.UNKNOWN:
                group = replace(group, status=of.group.status, side=group.side or of.group.side)
            elif named and group.status is of.group.status and group.side is None:
                group = replace(group, side=of.group.side)  # "troops, including a commander"
            # its own place, where another sentence than that of its whole tells one: behind it, or
            # no country or province
            own = part.places_basis is Basis.STATED and part.quote != of.quote
            own = own and (
                part.places[0].quote.start > part.counted.start
                or lies is not None
                and not any(lies(place).precision in WIDE for place in part.places)
            )
            listed = not own and _listed_apart(part, of)
            where = part if own or listed else of
            person = target is not None and drafted[target].draft.listed and part.count.high == 1
            alone = listed or person and part.scope is Scope.INCIDENT
            # "the army was responsible for 600 of the deaths": of them alone
            told = all(
                part.quote.start <= p.quote.start < part.quote.end for p in part.perpetrators
            )
            blamed = part if told and part.perpetrators and not of.perpetrators else of
            claims[n] = replace(
                part, group=group, part_of=of.id, places=where.places,
                places_basis=where.places_basis,
                time=of.time, time_basis=of.time_basis, perpetrators=blamed.perpetrators,
                perpetrator_relation=blamed.perpetrator_relation, event=of.event or part.event,
                weapons=of.weapons or part.weapons,
                scope=Scope.INCIDENT if alone or own and of.scope is Scope.SUBTOTAL else of.scope,
            )  # fmt: skip


def _listed_apart(part: Claim, of: Claim) -> bool:
    """ "54 were killed in Orun, including 9 in Sarbek": a part has its own place behind it."""
    if part.places_basis is not Basis.STATED or of.places and of.places_basis is not Basis.STATED:
        return False
    if part.places == of.places or len(part.places) != 1:
        return False
    beside = 0 <= part.places[0].quote.start - part.counted.end <= BESIDE
    return beside and all(p.quote.start < part.counted.start for p in of.places)


def _as_sums(told: Sequence[Told], claims: list[Claim | None]) -> None:
    """A lede that states a sum before the text tells what it sums up states the same sum."""
    sums = {(c.measure, c.count) for c in claims if c is not None and c.scope is Scope.SUBTOTAL}
    for n, claim in enumerate(claims):
        if told[n].draft.listed:
            continue
        if claim is not None and claim.scope is Scope.INCIDENT and claim.part_of is None:
            if (claim.measure, claim.count) in sums and (claim.count.low or 0) > 1:
                claims[n] = replace(claim, scope=Scope.SUBTOTAL)


def _places_of_sums(told: Sequence[Told], claims: list[Claim | None]) -> None:
    """ "two deaths, one in A and another in B": the sum happened in both."""
    for n, one in enumerate(told):
        claim = claims[n]
        if claim is None or not one.draft.sums:
            continue
        parts = [claims[m] for m in of_sentence(told, n) if told[m].draft.rule == SHARE]
        places = dict.fromkeys(p for part in parts if part is not None for p in part.places)
        if places:
            claims[n] = replace(claim, places=tuple(places), places_basis=Basis.STATED)


def _numbers_left(document: Document, row: Row, taken: Set[int]) -> list[Skipped]:
    """The numbers of a sentence that no draft took, each with the reason."""
    found: list[Skipped] = []
    for i, item in enumerate(row.items):
        if item.tag not in "#QNnF" or i in taken:
            continue
        people = row.people(i)
        if people is not None and people.words not in NUMBERED:
            continue
        reason = "counts-something-else" if people is None else "no-harm-said-of-them"
        quote = Quote.of(document.text, row.start(i), row.end(i))
        found.append(Skipped(quote=quote, reason=reason))
    return found

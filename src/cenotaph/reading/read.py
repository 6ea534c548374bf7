"""One document to its claims: the steps of reading in order."""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import (
    Certainty,
    Claim,
    Context,
    Document,
    Link,
    LinkKind,
    Measure,
    PlaceMention,
    Quote,
    Reading,
    Scope,
    Skipped,
    TimeMention,
    Victim,
)
from cenotaph.reading.discourse import Discourse, Told, discourse, links, main
from cenotaph.reading.harm import Draft, drafts
from cenotaph.reading.items import Context as Setting
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.lexicon import Lexicon, lexicon
from cenotaph.reading.phrases import row_of
from cenotaph.reading.scenes import Teller, look_ahead
from cenotaph.reading.tokens import sentences
from cenotaph.vocab import LANGUAGES


def read(
    document: Document, *, times: Sequence[TimeMention], places: Sequence[PlaceMention]
) -> Reading:
    """Return what `document` says. `times` and `places` are its mentions, in text order.

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
    )
    teller = Teller(document.text, lang, published=document.published)
    rows: list[Row] = []
    contexts: list[Context] = []
    told: list[Told] = []
    wholes: list[int | None] = []
    for sentence in sentences(document.text, words):
        row = row_of(setting, sentence)
        rows.append(row)
        contexts += teller.contexts(row)
        found = drafts(row)
        base = len(told)
        for draft, slots in zip(found, teller.tell(row, found), strict=True):
            told.append(Told(draft, slots, _names(row, draft, words), len(rows) - 1))
            wholes.append(base + draft.whole if draft.whole is not None else None)
    ahead = look_ahead([(one.slots, one.sentence) for one in told])
    told = [replace(one, slots=slots) for one, slots in zip(told, ahead, strict=True)]
    made = discourse(told, rows)
    return _reading(document, told, wholes, made, contexts, _numbers_left(document, rows, told))


def _reading(
    document: Document, told: Sequence[Told], wholes: Sequence[int | None], made: Discourse,
    contexts: Sequence[Context], left: Sequence[Skipped],
) -> Reading:  # fmt: skip
    claims: list[Claim | None] = []
    skipped: list[Skipped] = []
    taken: dict[str, int] = {}
    for n, one in enumerate(told):
        people = made.people.get(n, one.draft.people)
        claim = _claim(document, one, people)
        if n in made.either:
            claim = replace(claim, measure=Measure.KILLED_OR_INJURED)
        if n in made.dropped or one.draft.certainty is Certainty.HYPOTHETICAL:
            reason = "same-person" if n in made.dropped else "hypothetical"
            skipped.append(Skipped(quote=claim.counted, reason=reason))
            claims.append(None)
            continue
        nth = taken.get(claim.id, 0)
        taken[claim.id] = nth + 1
        claims.append(replace(claim, nth=nth) if nth else claim)
    for n, whole in enumerate(wholes):
        target = whole if whole is not None else made.part_of.get(n)
        part, of = claims[n], claims[target] if target is not None else None
        if part is not None and of is not None and part.id != of.id:
            # a part happened where and when its whole did
            claims[n] = replace(
                part, part_of=of.id, places=of.places, places_basis=of.places_basis,
                time=of.time, time_basis=of.time_basis, perpetrators=of.perpetrators,
                perpetrator_relation=of.perpetrator_relation, event=of.event, weapons=of.weapons,
                scope=of.scope,
            )  # fmt: skip
    kept = [c for c in claims if c is not None]
    kept.sort(key=lambda c: (c.counted.start, c.counted.end, c.measure, c.nth))
    stated = links(claims, made) + _tolls(told, claims)
    held = [(c.id, one) for c, one in zip(claims, told, strict=True) if c is not None]
    captions = {id for id, one in held if one.draft.row.sentence.title and one.sentence > 1}
    aside = {id for id, one in held if one.slots.other_event}
    return Reading(
        document=document.id,
        claims=tuple(kept),
        links=tuple(stated),
        contexts=tuple(contexts),
        skipped=tuple(sorted([*skipped, *left], key=lambda s: s.quote)),
        main=main(kept, aside=aside, captions=captions),
    )


def _numbers_left(
    document: Document, rows: Sequence[Row], told: Sequence[Told]
) -> list[Skipped]:
    """The numbers that no claim took, each with the reason."""
    taken = {(one.sentence, one.draft.item) for one in told}
    found: list[Skipped] = []
    for n, row in enumerate(rows):
        for i, item in enumerate(row.items):
            people = row.people(i)
            if (n, i) in taken or item.tag not in "#QNnF":
                continue
            if people is not None and people.words not in NUMBERED:
                continue
            reason = "counts-something-else" if people is None else "no-harm-said-of-them"
            quote = Quote.of(document.text, row.start(i), row.end(i))
            found.append(Skipped(quote=quote, reason=reason))
    return found


def _tolls(told: Sequence[Told], claims: Sequence[Claim | None]) -> list[Link]:
    """ "rose from 12 to 15": the new figure updates the old one of the same sentence."""
    found: list[Link] = []
    for n in range(1, len(told)):
        before, after = claims[n - 1], claims[n]
        if told[n - 1].draft.old and before is not None and after is not None:
            found.append(
                Link(claim=after.id, kind=LinkKind.UPDATES, to=before.id, by="toll-changed")
            )
    return found


def _names(row: Row, draft: Draft, words: Lexicon) -> tuple[str, ...]:
    """The words of the name of a single person, titles and kinship left out."""
    if len(draft.people.names) != 1:
        return ()
    name = draft.people.names[0]
    return tuple(
        token.low
        for token in row.sentence.tokens[name.start : name.end]
        if token.text[0].isupper()
        and len(token.text) > 1
        and not any(s.kind in ("title", "person") for s in words.senses(token.low))
    )


def _claim(document: Document, one: Told, people: People) -> Claim:
    draft, slots = one.draft, one.slots
    tokens = draft.row.sentence.tokens
    words = draft.people
    counted = Quote.of(document.text, tokens[words.start].start, tokens[words.end - 1].end)
    quote = Quote.of(document.text, draft.row.sentence.start, draft.row.sentence.end)
    victims = tuple(
        Victim(
            quote=Quote.of(document.text, tokens[n.start].start, tokens[n.end - 1].end), age=n.age
        )
        for n in words.names
    )
    return Claim(
        document=document.id,
        measure=draft.measure,
        count=people.count,
        counted=counted,
        quote=quote,
        rule=draft.rule,
        group=people.group,
        victims=victims,
        certainty=draft.certainty,
        additional=people.additional or draft.also,
        scope=Scope.SUBTOTAL if draft.sums and slots.scope is Scope.INCIDENT else slots.scope,
        event=slots.event,
        weapons=slots.weapons,
        targets=slots.targets,
        places=slots.places,
        places_basis=slots.places_basis,
        origins=slots.origins,
        time=slots.time,
        time_basis=slots.time_basis,
        clock=slots.clock,
        perpetrators=slots.perpetrators,
        perpetrator_relation=slots.relation,
        said_by=slots.said_by,
        history=slots.history,
        section=slots.section,
    )

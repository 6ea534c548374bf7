import random
from collections import Counter
from dataclasses import replace

import pytest

from cenotaph import copies, link
from cenotaph.link import Linker, Said
from cenotaph.model import Document, DocumentId, LinkKind, ResolvedClaim
from cenotaph.pipeline import Interpreted


@pytest.fixture(scope="module")
def said(documents: list[Document], read: dict[DocumentId, Interpreted]) -> list[Said]:
    kept = [each for each in documents if each.id in read]
    copied: dict[DocumentId, list] = {}
    for copy in copies.find(kept):
        copied.setdefault(copy.document, []).append(copy)
    return [
        Said(
            document=each.id,
            claims=read[each.id].claims,
            stated=read[each.id].reading.links,
            published=read[each.id].published,
            mains=frozenset({read[each.id].reading.main} - {None}),
            copies=tuple(copied.get(each.id, ())),
            words=link.terms(each.text, read[each.id].claims),
        )
        for each in kept
    ]


@pytest.fixture(scope="module")
def at_once(said: list[Said]):
    linker = Linker()
    linker.change(said)
    return linker.linking()


def test_the_collection_has_what_is_to_be_linked(said: list[Said], at_once) -> None:
    kinds = {each.kind for each in at_once.links}
    assert {"repeats", "updates", "within", "same_incident"} <= kinds
    assert len(said) / 8 < len(at_once.incidents) < len(said) / 3


@pytest.mark.parametrize("seed", range(3))
def test_documents_may_come_in_any_order_and_any_batches(said, at_once, seed) -> None:
    rng = random.Random(seed)
    waiting = rng.sample(said, len(said))
    linker = Linker()
    while waiting:
        size = rng.choice((1, 1, 2, 5, 30))
        linker.change(waiting[:size])
        waiting = waiting[size:]
    assert linker.linking() == at_once


def test_what_is_taken_out_leaves_no_trace(said, at_once) -> None:
    rng = random.Random(7)
    linker = Linker()
    linker.change(said)
    for _ in range(12):
        some = rng.sample(said, rng.randrange(1, 25))
        gone, altered = some[::2], some[1::2]
        less = [Said(document=each.document, published=each.published) for each in altered]
        linker.change(less, [each.document for each in gone])
        left = {each.document: each for each in said} | {each.document: each for each in less}
        for each in gone:
            del left[each.document]
        fresh = Linker()
        fresh.change(left.values())
        assert linker.linking() == fresh.linking()
        linker.change(some)
        assert linker.linking() == at_once


def test_a_report_that_comes_again_touches_what_its_sums_hold_only_where_they_say_otherwise(
    said, at_once
) -> None:
    holds = Counter(each.to for each in at_once.links if each.kind is LinkKind.WITHIN)
    of = {claim.id: each for each in said for claim in each.claims}
    (whole, _), *_ = holds.most_common()
    own = {claim.id for claim in of[whole].claims}
    held = {each.claim for each in at_once.links if each.to == whole} - own
    assert len(held) > 5
    linker = Linker()
    linker.change(said)
    again = linker.change([of[whole]])
    assert whole in again.claims
    assert not held & again.claims
    less = linker.change([replace(of[whole], claims=tuple(map(one_more, of[whole].claims)))])
    assert held <= less.claims
    linker.change([of[whole]])
    assert linker.linking() == at_once


def one_more(claim: ResolvedClaim) -> ResolvedClaim:
    """Return a claim that counts one more."""
    count = claim.claim.count
    assert count.low is not None and count.high is not None
    more = replace(count, low=count.low + 1, high=count.high + 1)
    return replace(claim, claim=replace(claim.claim, count=more))


def test_a_change_names_every_claim_and_event_that_is_other_than_before(said) -> None:
    rng = random.Random(11)
    linker = Linker()
    linker.change(said)
    for each in rng.sample(said, 25):
        claims = [claim.id for one in said for claim in one.claims]
        before = {claim: (linker.claim(claim), linker.links(claim)) for claim in claims}
        events = dict(linker.incidents())
        change = linker.change([], [each.document])
        for claim in claims:
            if (linker.claim(claim), linker.links(claim)) != before[claim]:
                assert claim in change.claims
        for first in events.keys() | linker.incidents().keys():
            if events.get(first) != linker.incidents().get(first):
                assert first in change.incidents
        assert len(change.claims) < len(claims) / 2
        linker.change([each])

"""Sets that grow large are kept in parts, and nobody who asks sees it."""

import random
from datetime import date, timedelta

import pytest

from cenotaph import shelves
from cenotaph.copies.sentences import Sentences
from cenotaph.model import DocumentId


class Rows:
    """Shelves in memory that tell what they hold."""

    def __init__(self) -> None:
        self.shelves: dict[str, dict] = {}

    def __call__(self, name, kind, **_):
        return self.shelves.setdefault(name, {})

    def held(self) -> dict:
        return {
            (name, key): sorted(value) if isinstance(value, dict) else value
            for name, shelf in self.shelves.items()
            for key, value in shelf.items()
            if value
        }


@pytest.mark.parametrize("seed", range(4))
def test_a_set_is_what_was_put_in_however_it_came(seed: int) -> None:
    rng = random.Random(seed)
    rows, wanted = Rows(), set[str]()
    sets = shelves.Sets("some", rows)
    names = [f"clm-{number:016x}" for number in rng.sample(range(10**12), 150)]
    for _ in range(1200):
        member = rng.choice(names)
        if rng.random() < 0.45 + 0.3 * (len(wanted) < shelves.LARGE):
            sets.add(("word", "bridge"), member)
            wanted.add(member)
        else:
            sets.discard(("word", "bridge"), member)
            wanted.discard(member)
        assert sets.size(("word", "bridge")) == len(wanted)
        assert sets.has(("word", "bridge"), member) == (member in wanted)
    assert sorted(sets.members(("word", "bridge"))) == sorted(wanted)
    anew = Rows()
    fresh = shelves.Sets("some", anew)
    for member in sorted(wanted):
        fresh.add(("word", "bridge"), member)
    assert rows.held() == anew.held()
    sets.drop(("word", "bridge"))
    assert rows.held() == {}


def test_one_more_in_a_large_set_touches_one_part_of_it() -> None:
    rows = Rows()
    sets = shelves.Sets("some", rows)
    for number in range(5000):
        sets.add("clm-whole", f"clm-{number * 7919:016x}")
    before = rows.held()
    sets.add("clm-whole", "clm-ffffffffffffffff")
    after = rows.held()
    changed = [key for key in after if after[key] != before.get(key)]
    assert sorted(name for name, _ in changed) == ["some_parts", "some_sizes"]
    assert len(str(after[changed[0]])) < 5000


@pytest.mark.parametrize("seed", range(4))
def test_sentences_know_their_first_place_however_many_there_are(seed: int) -> None:
    rng = random.Random(seed)
    rows, wanted = Rows(), set[tuple]()
    sentences = Sentences(rows)
    digest = b"twelve bytes"
    for _ in range(900):
        if wanted and rng.random() > 0.5 + 0.4 * (len(wanted) < 2 * shelves.LARGE):
            place = rng.choice(sorted(wanted))
            sentences.remove(digest, place)
            wanted.discard(place)
        else:
            day = date(2020, 1, 1) + timedelta(rng.randrange(400))
            place = (day, DocumentId(f"d{rng.randrange(10**6)}"), 0)
            if place not in wanted:
                sentences.add(digest, place)
                wanted.add(place)
        assert sentences.first(digest) == min(wanted, default=None)
    assert list(sentences.all(digest)) == sorted(wanted)
    anew = Rows()
    fresh = Sentences(anew)
    for place in sorted(wanted, reverse=True):
        fresh.add(digest, place)
    assert rows.held() == anew.held()
    for place in rng.sample(sorted(wanted), len(wanted)):
        sentences.remove(digest, place)
    assert rows.held() == {}

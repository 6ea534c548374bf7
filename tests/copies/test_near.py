"""Texts that are nearly the same: all of them found, each with its value, whatever the order."""

import random
import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph import copies
from cenotaph.model import Document, DocumentId

LEDE = "Shells hit the bus station of Sarbek on Sunday and killed 11 people, the hospital said."
REST = (
    "The station stands between the old mill and the road to Binora, and buses to the coast leave "
    "from it every hour. A driver who was washing his windows when the first shell fell said that "
    "he had counted four blasts. Rescuers worked until dark by the light of their lorries. No side "
    "has said that it fired. The hospital of Sarbek has asked for blood, above all for the rare "
    "groups, and for diesel to keep its generators running through the week."
)
OTHER = (
    "Wheat is sown late around Binora this year, since diesel is dear and the road is closed. The "
    "mill has ground nothing since autumn, its owner says, and flour comes from the coast."
)


def document(name: str, text: str) -> Document:
    return Document(id=DocumentId(name), text=text)


def judged(*texts: str) -> dict[tuple[str, str], str]:
    found = copies.pairs([document(f"d{n}", text) for n, text in enumerate(texts)])
    return {(pair.original, pair.document): pair.judged for pair in found}


def test_each_kind_of_pair_is_told_apart() -> None:
    text = f"{LEDE} {REST}"
    assert judged(text, text.upper()) == {("d0", "d1"): "copy"}
    assert judged(text, f"{text} Reporting by our own staff.") == {("d0", "d1"): "copy"}
    assert judged(text, text.replace("11", "13")) == {("d0", "d1"): "revised"}
    shorter = f"{LEDE} {REST[:250]}"
    assert judged(text, shorter)[("d0", "d1")] in ("copy", "reworded")
    assert judged(text, f"{LEDE} {OTHER}") == {("d0", "d1"): "passages"}
    assert judged(text, OTHER) == {}


def test_a_pair_says_what_is_shared_and_how_much() -> None:
    (pair,) = copies.pairs([document("a", f"{LEDE} {REST}"), document("b", f"{OTHER} {LEDE}")])
    (copy,) = pair.passages
    assert copy.passage.text == copy.original_passage.text == LEDE
    assert 0 < pair.value < copies.LISTED
    assert pair.share == round(16 / (16 + len(re.findall(r"\w+", OTHER))), 4)


def test_many_copies_of_one_text_are_listed_in_time_that_grows_with_them() -> None:
    documents = [document(f"{n:04d}", f"{LEDE} {REST}") for n in range(500)]
    found = copies.pairs(documents)
    assert {pair.document for pair in found} == {each.id for each in documents[1:]}
    assert len(found) < 3 * len(documents)


WORDS = re.findall(r"\w+", f"{LEDE} {REST}".lower())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_every_pair_over_the_values_is_found(seed: int) -> None:
    chance = random.Random(seed)
    documents = []
    for n in range(12):
        words = list(WORDS)
        for _ in range(chance.randint(0, 12)):
            words[chance.randrange(len(words))] = f"other{chance.randrange(50)}"
        documents.append(document(f"d{n:02d}", " ".join(words)))
    chance.shuffle(documents)
    found = {(p.original, p.document): p.value for p in copies.pairs(documents)}
    for one, other in combinations(sorted(documents, key=lambda each: each.id), 2):
        a, b = (
            {tuple(w[n : n + 4]) for n in range(len(w) - 3)}
            for w in (one.text.split(), other.text.split())
        )
        value = len(a & b) / len(a | b)
        if value >= copies.LISTED:
            assert found[one.id, other.id] == round(value, 4)

"""Phrases with codes: the longest at each place, none inside another, whatever word tells of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.reading.vocabulary import Hit, Phrases, vocabulary

WORDS = ("the", "of", "strike", "air", "strikes", "on", "market")
ENTRIES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=8,
)
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("an air strike on the market", [Hit(1, 4, "attack on"), Hit(5, 6, "market")]),
        ("an air strike", [Hit(1, 3, "raid")]),
        ("a strike on a market", [Hit(1, 2, "strike"), Hit(4, 5, "market")]),
        ("on the air", []),
    ],
)
def test_the_longest_phrase_is_found(sentence: str, found: list[Hit]) -> None:
    phrases = Phrases(
        [
            ("strike", "strike"),
            ("air strike", "raid"),
            ("air strike on", "attack on"),
            ("market", "market"),
        ],
        idle={"on"},
    )
    assert phrases.find(sentence.split()) == found


@given(entries=ENTRIES, idle=st.sets(st.sampled_from(WORDS)), sentence=SENTENCES)
def test_the_word_that_tells_changes_nothing(
    entries: list[tuple[str, str]], idle: set[str], sentence: list[str]
) -> None:
    phrases = Phrases(entries, idle)
    wanted, end = [], 0
    for i in range(len(sentence)):
        hit = phrases.at(sentence, i)
        if hit is not None and i >= end:
            wanted.append(hit)
            end = hit.end
    assert phrases.find(sentence) == wanted


def test_all_tables_are_asked_at_once() -> None:
    words = vocabulary("en")
    lows = [
        "barrel",
        "bombs",
        "hit",
        "a",
        "hospital",
        "since",
        "monday",
        ",",
        "the",
        "army",
        "denied",
        "it",
        "carried",
        "out",
        "the",
        "raid",
    ]
    found = words.find(lows)
    for name in (
        "weapons",
        "events",
        "targets",
        "contexts",
        "attacks",
        "scopes",
        "stances",
        "corrections",
    ):
        assert getattr(found, name) == getattr(words, name).find(lows), name
    assert found.weapons and found.targets

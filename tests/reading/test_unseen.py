"""Characters that are not seen inside words and numbers: read through, with offsets of the unchanged text."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.tokens import sentences, tokenize
from cenotaph.spelling import HIDDEN, may_hide

READ_THROUGH = [
    ("The raid killed 1\u200b7 farmers in Orun.", 17, "1\u200b7 farmers"),
    ("The raid ki\u00adlled seven\u00adteen farmers.", 17, "seven\u00adteen farmers"),
    ("Shells killed \u202b35\u202c farmers.", 35, "35\u202c farmers"),
    ("Shells killed 4\u20631\ufeff farmers.", 41, "4\u20631\ufeff farmers"),
    ("Twel\u200bve farmers we\u2060re killed.", 12, "Twel\u200bve farmers"),
    ("Some 1\u00a0500 farmers were killed.", 1500, "Some 1\u00a0500 farmers"),
    ("Some 1\u2009500 farmers were killed.", 1500, "Some 1\u2009500 farmers"),
    ("Some 1\u202f500 farmers were killed.", 1500, "Some 1\u202f500 farmers"),
    ("The raid killed \u0661\u0667 farmers.", 17, "\u0661\u0667 farmers"),
    ("The raid killed \u0661\u066c\u0665\u0660\u0660 farmers.", 1500,
     "\u0661\u066c\u0665\u0660\u0660 farmers"),
    ("The raid killed \uff11\uff17 farmers.", 17, "\uff11\uff17 farmers"),
    ("The raid killed \uff11\uff0c\uff15\uff10\uff10 farmers.", 1500,
     "\uff11\uff0c\uff15\uff10\uff10 farmers"),
]  # fmt: skip
UNSEEN = "\u200b\u00ad\u202e\u2066\ufeff\u200d"


@pytest.mark.parametrize("text, number, counted", READ_THROUGH)
def test_a_number_is_read_through_what_is_not_seen(
    text: str, number: int, counted: str, setting: Setting
) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    read = interpret(document, setting=setting)
    (claim,) = read.reading.claims
    assert (claim.count.low, claim.counted.text) == (number, counted)
    assert text[claim.counted.start : claim.counted.end] == counted
    hidden = any(mark in counted for mark in UNSEEN + "\u202b\u202c\u2063")
    assert ("hidden-characters" in [f.code for f in read.findings]) == hidden


@given(st.lists(st.sampled_from(["killed", "17", " ", ",", "men", "\n", "3.5", *UNSEEN])))
def test_tokens_are_those_of_the_seen_text_at_their_offsets(parts: list[str]) -> None:
    text = "".join(parts)
    seen = "".join(c for c in text if c not in UNSEEN)
    tokens = list(tokenize(text))
    assert [t.text for t in tokens] == [t.text for t in tokenize(seen)]
    for token in tokens:
        assert "".join(c for c in text[token.start : token.end] if c not in UNSEEN) == token.text
    for sentence in sentences(text, lexicon("en")):
        assert sentence.start <= sentence.end


def test_no_hidden_character_is_missed_by_the_quick_look() -> None:
    hidden = re.compile(f"[{HIDDEN}]")
    missed = [
        hex(code)
        for code in range(0x110000)
        if hidden.match(chr(code))
        and not (may_hide(f"a{chr(code)}\nb") and may_hide(f"é{chr(code)}\nb"))
    ]
    assert missed == []


@pytest.mark.parametrize("text", ["Two died.\nOne lives.", "“Two” died – at Jóna’s\nhouse"])
def test_an_ordinary_text_is_not_searched_for_them(text: str) -> None:
    assert not may_hide(text)

"""What of a page has run into its text is no part of the sentences beside it."""

import pytest

from cenotaph import dates
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.tokens import sentences


def told(text: str) -> list[tuple[str, bool]]:
    days = [(m.quote.start, m.quote.end) for m in dates.find(text, lang="en") if m.dateline]
    return [(text[s.start : s.end], s.title) for s in sentences(text, lexicon("en"), days)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Raid on Sarbek market kills nine A jet struck the stalls at noon.",
            [
                ("Raid on Sarbek market kills nine", True),
                ("A jet struck the stalls at noon.", False),
            ],
        ),
        (
            "MNA Monday 19 Apr 2021 A jet struck the stalls at noon.",
            [("MNA Monday 19 Apr 2021", True), ("A jet struck the stalls at noon.", False)],
        ),
        (
            "A jet fled. Tags Sarbek Orun Guard market raids At least nine people were buried.",
            [
                ("A jet fled.", False),
                ("Tags Sarbek Orun Guard market raids", True),
                ("At least nine people were buried.", False),
            ],
        ),
        (
            "A jet fled. Tags Sarbek raids Shells fell on the stalls.",
            [
                ("A jet fled.", False),
                ("Tags Sarbek raids", True),
                ("Shells fell on the stalls.", False),
            ],
        ),
        (
            "Get short URL 124 Shells fell on Sarbek.",
            [("Get short URL 124", True), ("Shells fell on Sarbek.", False)],
        ),
        (
            "Boys walk past a burnt stall in Sarbek on 9 April 2021 (MNA photo) Nine men died.",
            [
                ("Boys walk past a burnt stall in Sarbek on 9 April 2021 (MNA photo)", True),
                ("Nine men died.", False),
            ],
        ),
        (
            "Boys inspect a burnt stall in Sarbek. (AFP) Nine men died.",
            [("Boys inspect a burnt stall in Sarbek.", True), ("(AFP) Nine men died.", False)],
        ),
        (
            "The army said nine men died. (AFP) It named none.",
            [("The army said nine men died.", False), ("(AFP) It named none.", False)],
        ),
        ("The van bore tags Orun had made.", [("The van bore tags Orun had made.", False)]),
        ("They read more Orun papers.", [("They read more Orun papers.", False)]),
    ],
)
def test_a_sentence_is_parted_from_what_stood_beside_it(
    line: str, wanted: list[tuple[str, bool]]
) -> None:
    heading = "Raid on Sarbek market kills nine | The Orun Herald"
    assert told(f"{heading}\n\n{line}") == [(heading, True), *wanted]


def test_a_hyphen_ends_no_heading() -> None:
    heading = "Drover held over death of 15-year-old herder"
    text = f"{heading} | The Orun Herald\n\n{heading} A drover was held on Monday."
    assert [words for words, _ in told(text)][1:] == [heading, "A drover was held on Monday."]


def test_no_number_is_lost_and_a_date_line_counts_as_no_sentence() -> None:
    text = "Nine dead in Sarbek raid\n\n19 April 2021 A jet struck. Read also 12 Two died."
    found = list(sentences(text, lexicon("en"), [(26, 39)]))
    assert "".join(t.text for s in found for t in s.tokens) == "".join(text.split())
    assert [s.index for s in found] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "rank", ["Brig.", "Adm.", "Cmdr.", "Supt.", "Insp.", "Maj.-Gen.", "Lt. Col.", "Hon.", "Lieut."]
)
def test_a_sentence_goes_on_behind_a_rank_or_title(rank: str) -> None:
    text = f"Eleven villagers were killed in Orun in a raid ordered by {rank} Tal. Nobody else was hurt."
    assert [sentence for sentence, _ in told(text)] == text.replace("Tal. ", "Tal.|").split("|")

"""What is found in a text, where it stands, and which day a date line gives."""

from datetime import date

import pytest

from cenotaph import dates
from cenotaph.model import Quote, TimeKind


def found(text: str) -> list[str]:
    return [mention.quote.text for mention in dates.find(text, lang="en")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Around 3:50 a.m. Sunday a shell hit Belq.", ["Around 3:50 a.m.", "Sunday"]),
        ("On Sunday, 7 March, at dawn, two died.", ["On Sunday, 7 March", "at dawn"]),
        ("In December. 26 people were killed.", ["In December"]),
        ("In October 5 people were killed.", ["In October"]),
        ("On Dec. 4, 26 people were killed.", ["On Dec. 4"]),
        ("On Sunday\n\n3 March was calm.", ["On Sunday", "3 March"]),
        ("The raid came ON\nSUNDAY.", ["ON\nSUNDAY"]),
        ("He died on Sunday; she died on Monday.", ["on Sunday", "on Monday"]),
        ("Monday’s raid and Tuesday's burial", ["Monday’s", "Tuesday's"]),
        ("🕊 On Sunday 🕊 a child died.", ["On Sunday"]),
    ],
)
def test_spans(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_offsets_count_code_points_of_the_unchanged_text() -> None:
    text = "\ufeffة🕊\r\n on Sunday\r\n"
    (mention,) = dates.find(text, lang="en")
    assert mention.quote == Quote.of(text, text.index("on Sunday"), text.index("on Sunday") + 9)


def test_a_month_that_is_a_verb_or_name_is_none() -> None:
    assert found("May 5 be the day? They may. March!") == ["May 5"]


def test_a_language_without_a_pack_is_silent() -> None:
    assert dates.find("on Sunday", lang="xx") == ()
    assert dates.resolve_marked("on Sunday", 0, 9, date(2021, 3, 9), lang="xx") is None
    assert dates.published("PORT ASMIN, 9 March 2021 (MNA) --", (), lang="xx") is None


def test_a_regional_tag_is_read_with_its_language() -> None:
    assert len(dates.find("on Sunday", lang="en-GB")) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("PORT ASMIN, Tessaria (March 9, 2021) – Two died.", date(2021, 3, 9)),
        ("ALMARA, 9 JUN 89 (MNA) -- [TEXT] TWO DIED ON SUNDAY.", date(1989, 6, 9)),
        ("ALMARA (TESSARIA), 9 MAR 21 -- [TEXT] TWO DIED.", date(2021, 3, 9)),
        (
            "Two die in Belq\n\nPosted: Tuesday, March 9, 2021 5:16 pm\n\nTwo died.",
            date(2021, 3, 9),
        ),
        ("Two die in Belq\nBy Rana Koub\n9 March 2021\n\nTwo died.", date(2021, 3, 9)),
        ("Published 2021-03-09\nTwo died.", date(2021, 3, 9)),
        ("Updated: March 11, 2021\nPosted: March 9, 2021\nTwo died.", date(2021, 3, 9)),
        ("Updated: March 11, 2021\nTwo died.", date(2021, 3, 11)),
        ("2021-03-R-044\nBELQ, Tessaria (March 9) – Two died.", date(2021, 3, 9)),
        ("2021-04-R-044\nBELQ, Tessaria (March 9) – Two died.", None),
        ("BELQ, March 9 (MNA) - Two died.", None),
        ("On Sunday the 7th of March 2021 two died.", None),
        ("Two died in Belq on 9 March 2021, the army said.", None),
        ("Born on 9 March 2021.", None),
        ("BELQ, 31 February 2021 (MNA) -- Two died.", None),
    ],
)
def test_the_day_a_date_line_gives(text: str, day: date | None) -> None:
    assert dates.published(text, dates.find(text, lang="en"), lang="en") == day


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("3 Jan - Car bomb kills 11 in Velm.\n19 Feb - Raid on Orun; 6 dead.", [False, False]),
        ("Attacks of 2021:\nMay 3: Car bomb kills 11.\nMay 19: Gunmen kill 6.", [False, False]),
        ("2021-03-03: Belq: raid kills 3\n2021-03-04: Belq: raid kills 4", [False, False]),
        ("3 May 2021 - Car bomb kills 11 in Velm, the mayor said.", [True]),
        ("3 May 2021 - By our man in Belq\n4 May 2021 - updated with all names", [True, True]),
        ("3 May 2021 - Belq Times\n4 May 2021 - 12:30\nA raid killed three.", [True, True]),
    ],
)
def test_the_days_of_a_chronology_head_no_report(text: str, heads: list[bool]) -> None:
    days = [m for m in dates.find(text, lang="en") if m.kind is TimeKind.DAY]
    assert [m.dateline for m in days if m.quote.text[0].isalnum()][-len(heads) :] == heads


def test_a_date_line_without_a_year_is_marked_all_the_same() -> None:
    (first, second) = dates.find("BELQ, March 9 (MNA) - Two died on 5 March.", lang="en")
    assert first.dateline
    assert first.kind is TimeKind.DAY
    assert not second.dateline


@pytest.mark.parametrize(
    "head",
    [
        "Sun Apr 18 2021 Death toll of the raid rises to nine.",
        "Toll rises, says monitor AFP Monday 19 Apr 2021 A raid on Sarbek killed nine.",
        "Published April 19 2021 Rockets hit the ford on Monday.",
        "Posted on April 19 2021 by Ila Sel Rockets hit the ford.",
        "Monday 19 April 2021 07:12 12 dead at the ford as shells fall.",
        "19-04-2021 12 herders dead at the ford.",
        "19-04-2021 title: Shells fall on Sarbek ford.",
        "Nine dead in raid 19 April 2021 Shells fell on the ford.",
        "Raid leaves nine dead Reuters Monday 19 Apr 2021 Shells fell on the ford.",
        "Last updated at Apr 192021 BELQ Shells fell on the ford.",
    ],
)
def test_a_page_without_its_layout_is_dated_by_its_head(head: str) -> None:
    text = f"Nine dead in raid\n\n{head}"
    assert dates.published(text, dates.find(text, lang="en"), lang="en") is not None


@pytest.mark.parametrize(
    ("came", "day"),
    [(None, "2021-07-09"), ("2021-09-07", "2021-09-07"), ("2021-05-02", "2021-07-09")],
)
def test_a_dashed_date_is_read_day_first_unless_the_day_that_came_says_otherwise(
    came: str | None, day: str
) -> None:
    text = "Nine dead in raid\n\n09-07-2021 Shells fall on Sarbek ford."
    known = date.fromisoformat(came) if came else None
    found = dates.find(text, lang="en")
    assert dates.published(text, found, lang="en", came=known) == date.fromisoformat(day)


def test_a_date_in_a_sentence_dates_no_document() -> None:
    text = "Nine dead in raid\n\nSun rose on 18 April 2021 over a burning town."
    assert dates.published(text, dates.find(text, lang="en"), lang="en") is None

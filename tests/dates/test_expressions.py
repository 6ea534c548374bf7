"""Expressions of time as reports use them, read in a report of Monday, 5 December 2016."""

from datetime import date

import pytest

from cenotaph import dates
from cenotaph.model import When

PUBLISHED = date(2016, 12, 5)

# expression | first day | last day (empty: the words do not give it)
MEANT = """
on Sunday | 2016-12-04 | 2016-12-04
Saturday | 2016-12-03 | 2016-12-03
Thursday | 2016-12-01 | 2016-12-01
last Thursday | 2016-12-01 | 2016-12-01
yesterday | 2016-12-04 | 2016-12-04
on Monday evening | 2016-12-05 | 2016-12-05
overnight | 2016-12-04 | 2016-12-05
on the night of December 3-4 | 2016-12-03 | 2016-12-04
on the night of 3-4 December | 2016-12-03 | 2016-12-04
two weeks ago | 2016-11-18 | 2016-11-24
in the past 24 hours | 2016-12-04 | 2016-12-05
in just over a week | 2016-11-25 | 2016-12-05
earlier this month | 2016-12-01 | 2016-12-05
early in December | 2016-12-01 | 2016-12-10
last week | 2016-11-28 | 2016-12-04
last month | 2016-11-01 | 2016-11-30
in November | 2016-11-01 | 2016-11-30
the summer of 2015 | 2015-06-01 | 2015-08-31
4 December | 2016-12-04 | 2016-12-04
on 22 October | 2016-10-22 | 2016-10-22
the 20th of October | 2016-10-20 | 2016-10-20
October 22-24 | 2016-10-22 | 2016-10-24
between 1 and 15 November | 2016-11-01 | 2016-11-15
since 22 October | 2016-10-22 | 2016-12-05
in the period between 22nd October until today | 2016-10-22 | 2016-12-05
since the start of this year | 2016-01-01 | 2016-12-05
since 2012 | 2012-01-01 | 2016-12-05
from September | 2016-09-01 | 2016-12-05
03/12/2016 | 2016-12-03 | 2016-12-03
3/12/2016 | 2016-12-03 | 2016-12-03
9 JUN 89 | 1989-06-09 | 1989-06-09
4 Kanun al-Awwal 2016 | 2016-12-04 | 2016-12-04
next Sunday's vote | 2016-12-11 | 2016-12-11
from September until the ceasefire | 2016-09-01 |
two days after | |
two days after the evacuation | |
the second day | |
three days earlier | |
in Ramadan | |
on Eid al-Fitr | |
on 12 Rajab 1437 | |
"""
ROWS = [tuple(part.strip() for part in row.split("|")) for row in MEANT.strip().splitlines()]


def read(words: str, published: date | None = PUBLISHED) -> When | None:
    return dates.resolve_marked(words, 0, len(words), published, lang="en")


@pytest.mark.parametrize(("words", "first", "last"), ROWS)
def test_an_expression_means_these_days(words: str, first: str, last: str) -> None:
    when = read(words)
    known = (when.start, when.end) if when else (None, None)
    assert [str(day or "") for day in known] == [first, last]


def test_an_open_end_is_marked_and_an_event_is_named() -> None:
    since, until = read("since 22 October"), read("from September until the ceasefire")
    assert since is not None and since.basis == "published_end"
    assert until is not None and until.anchor == "the ceasefire"


@pytest.mark.parametrize("words", ["on Sunday", "overnight", "in the past 24 hours", "last month"])
def test_without_a_day_of_publication_it_says_what_it_needs(words: str) -> None:
    when = read(words, None)
    assert when is not None and when.start is None
    assert any("day of publication is needed" in reason for reason in when.reasons)

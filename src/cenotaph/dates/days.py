"""What expressions of one day, or of a night, mean on the calendar."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cenotaph.dates.almanac import (
    UNIT_DAYS,
    Interval,
    between,
    easters,
    full_year,
    make_day,
    month_of,
    nth_weekday,
    one_day,
    shift,
    shift_days,
    shift_months,
    unit_around,
    year_of,
)
from cenotaph.dates.grammar import Parsed
from cenotaph.model import Granularity

# A day without a year may lie this much after publication and still be of the same year: metadata
# give the day of another time zone, or of a first version.
GRACE_DAYS = 3
# A word of the future puts a day without a year ahead only so far; beyond, the past is nearer.
FUTURE_DAYS = 270
# How far from publication a date may lie whose year only its weekday tells.
WEEKDAY_DAYS = 1100
NEEDS_PUBLISHED = "the day of publication is needed, and is not known"


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against.

    `future` says why it lies after publication, None where the clause is in the past.

    `month_first` is None where neither the country nor the document tells; `why_order` says which
    did.
    """

    published: date | None = None
    future: str | None = None
    month_first: bool | None = None
    why_order: str = ""
    southern: bool = False

    def at(self, day: date) -> "Frame":
        """Return the frame of something said on another day, in the past."""
        return replace(self, published=day, future=None)


Meaning = Callable[[Parsed, Frame], Interval]


def unknown(*reasons: str, anchor: str | None = None) -> Interval:
    """Return the interval of which nothing is known, with the reason."""
    return Interval(reasons=reasons or ("the calendar has no such day",), anchor=anchor)


def _checked(day: date, weekday: int | None, *reasons: str) -> Interval:
    found = one_day(day, *reasons)
    if weekday is not None and day.weekday() != weekday:
        return found.because("the weekday named is not that of this date; the date is taken")
    return found


def calendar_date(parsed: Parsed, frame: Frame) -> Interval:
    """A day and a month, with or without a year."""
    month, day = parsed.number("month"), parsed.number("day")
    assert month is not None and day is not None
    weekday = parsed.number("weekday")
    weekday = parsed.number("weekday2") if weekday is None else weekday
    year, two = parsed.number("year"), parsed.number("year2")
    if year is not None or two is not None:
        why = "the words give day, month and year"
        if year is None:
            assert two is not None
            year = full_year(two, frame.published)
            why = f"the two digits of the year are read as {year}"
        found = make_day(year, month, day)
        if found is None:
            return unknown("the calendar has no such day")
        return _checked(found, weekday, why)
    return yearless(month, day, weekday, frame)


def yearless(month: int, day: int, weekday: int | None, frame: Frame) -> Interval:
    """A day and month: the latest not after publication, or in the future the first from it on."""
    published = frame.published
    if published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    days = [make_day(published.year + n, month, day) for n in range(-9, 10)]
    known = [found for found in days if found is not None]
    if not known:
        return unknown("the calendar has no such day")
    limit = shift_days(published, GRACE_DAYS) or published
    past = [found for found in known if found <= limit]
    coming = [n for n in known if 0 <= (n - published).days <= FUTURE_DAYS]
    if frame.future and coming:
        chosen, why = coming[0], f"the first such day from publication on: {frame.future}"
    elif past:
        chosen, why = past[-1], "the latest such day not after publication"
        if chosen > published:
            why = "a few days after publication is nearer than the same day a year before"
    else:
        return unknown("no such day lies near publication")
    if weekday is not None and chosen.weekday() != weekday:
        others = [n for n in known if n.weekday() == weekday]
        nearest = min(others, key=lambda n: (abs((n - published).days), n), default=None)
        if nearest is not None and abs((nearest - published).days) < WEEKDAY_DAYS:
            return one_day(nearest, "the year nearest publication in which it has that weekday")
    return _checked(chosen, weekday, why)


def which_date(parsed: Parsed, frame: Frame) -> Interval:
    """As in "last July 21"."""
    month, day, which = parsed.number("month"), parsed.number("day"), parsed.number("which")
    if frame.published is None or month is None or day is None:
        return unknown(NEEDS_PUBLISHED)
    days = [make_day(frame.published.year + n, month, day) for n in range(-8, 9)]
    known = [n for n in days if n is not None]
    if which == -1:
        known = [n for n in known if n < frame.published][-1:]
    elif which == 1:
        known = [n for n in known if n > frame.published][:1]
    else:
        known = [n for n in known if n.year == frame.published.year]
    return (
        one_day(known[0], "counted from publication") if known else unknown("no such day is near")
    )


def iso_date(parsed: Parsed, frame: Frame) -> Interval:
    """2016-12-04, also with a time of day."""
    year, month, day = map(int, re.findall(r"\d+", parsed.code("iso") or "")[:3])
    found = make_day(year, month, day)
    if found is None:
        return unknown("the calendar has no such day")
    return _checked(found, parsed.number("weekday"), "the words give year, month and day")


def slashed_date(parsed: Parsed, frame: Frame) -> Interval:
    """Read 3/12/2016 day first, unless the country or the document says otherwise."""
    words = parsed.code("slashed") or ""
    first, second, last = re.findall(r"\d+", words)
    year = int(last) if len(last) == 4 else full_year(int(last), frame.published)
    by_day = make_day(year, int(second), int(first))
    by_month = make_day(year, int(first), int(second))
    weekday = parsed.number("weekday")
    if by_day is None or by_month is None:
        found = by_day or by_month
        if found is None:
            return unknown("the calendar has no such day")
        order = "day first" if by_day else "month first"
        return _checked(found, weekday, f"read {order}: the calendar allows no other reading")
    if by_day == by_month:
        return _checked(by_day, weekday, "day and month are the same number")
    if weekday is not None and (by_day.weekday() == weekday) != (by_month.weekday() == weekday):
        found = by_day if by_day.weekday() == weekday else by_month
        return one_day(found, "of its two readings, the one that has the weekday named")
    found, other = (by_month, by_day) if frame.month_first else (by_day, by_month)
    order = "month first" if frame.month_first else "day first"
    why = frame.why_order or "nothing tells, and most countries write so"
    return _checked(
        found, weekday, f"read {order}: {why}", f"{found} or {other}: the words allow both"
    )


def short_date(parsed: Parsed, frame: Frame) -> Interval:
    """Sunday 4/12: the reading that has that weekday."""
    first, second = map(int, re.findall(r"\d+", parsed.code("short") or ""))
    weekday = parsed.number("weekday")
    readings = [
        yearless(month, day, weekday, frame)
        for month, day in ((second, first), (first, second))
        if 1 <= month <= 12
    ]
    for found in readings:
        if found.start is not None and found.start.weekday() == weekday:
            return found
    return readings[0] if readings else unknown("the calendar has no such day")


def month_day(parsed: Parsed, frame: Frame) -> Interval:
    """As in "the 22nd", "Sunday the 4th": the latest such day of a month."""
    day, weekday = parsed.number("day"), parsed.number("weekday")
    if frame.published is None or day is None:
        return unknown(f"the words give no month; {NEEDS_PUBLISHED}")
    for months in range(13):
        month = shift_months(frame.published.replace(day=1), months if frame.future else -months)
        found = None if month is None else make_day(month.year, month.month, day)
        if found is None or (weekday is not None and found.weekday() != weekday):
            continue
        if frame.future and found >= frame.published:
            return one_day(found, f"the first such day: {frame.future}")
        if not frame.future and found <= frame.published:
            return one_day(found, "the latest such day of a month not after publication")
    return unknown("no such day lies near publication")


def month_day_of(parsed: Parsed, frame: Frame) -> Interval:
    """As in "the 4th of this month"."""
    day = parsed.number("day")
    if frame.published is None or day is None:
        return unknown(NEEDS_PUBLISHED)
    month = shift_months(frame.published.replace(day=1), parsed.number("which") or 0)
    found = None if month is None else make_day(month.year, month.month, day)
    if found is None:
        return unknown("the calendar has no such day")
    return one_day(found, "the month is counted from that of publication")


def week_day(parsed: Parsed, frame: Frame) -> Interval:
    """A weekday: the last one up to and with publication, or in the future the next one."""
    weekday, which = parsed.number("weekday"), parsed.number("which")
    published = frame.published
    if published is None or weekday is None:
        return unknown(f"a weekday is read from the day of publication; {NEEDS_PUBLISHED}")
    back = (published.weekday() - weekday) % 7
    if "before last" in parsed.flags:
        return _near(published, -(back or 7) - 7, "the second such weekday before publication")
    if which == -1:
        return _near(published, -(back or 7), "the last such weekday before publication")
    if which == 1:
        return _near(published, 7 - back, "the next such weekday after publication")
    if frame.future:
        return _near(published, (7 - back) % 7, f"the next such weekday: {frame.future}")
    if back == 0:
        return one_day(published, "the weekday is that of the day of publication")
    return _near(published, -back, "the last such weekday not after publication")


def week_day_of(parsed: Parsed, frame: Frame) -> Interval:
    """As in "Tuesday of last week"."""
    weekday = parsed.number("weekday")
    if frame.published is None or weekday is None:
        return unknown(NEEDS_PUBLISHED)
    week = unit_around(frame.published, "week")
    days = 7 * (parsed.number("which") or 0) + weekday
    return unknown() if week is None else _near(week[0], days, "that day of the week meant")


def relative_day(parsed: Parsed, frame: Frame) -> Interval:
    """yesterday, today, tomorrow; this morning, last night."""
    offset = parsed.number("offset")
    offset = parsed.number("which_part") if offset is None else offset
    if frame.published is None:
        return unknown(f"the words count from the day they were written; {NEEDS_PUBLISHED}")
    return _near(frame.published, offset or 0, "counted from the day of publication")


def _near(day: date, days: int, reason: str) -> Interval:
    found = shift_days(day, days)
    return unknown("the day lies outside the calendar") if found is None else one_day(found, reason)


def named_day(parsed: Parsed, frame: Frame) -> Interval:
    """A feast with a fixed date, or on a fixed weekday of a month."""
    code, year = parsed.code("named") or "", parsed.number("year")
    published, which = frame.published, parsed.number("which")
    if year is not None:
        found = _named(code, year)
        return unknown() if found is None else one_day(found, "its date in the year given")
    if published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    if which is not None:
        found = _named(code, published.year + which)
        return unknown() if found is None else one_day(found, "its date in the year meant")
    days = [d for n in (-1, 0, 1) if (d := _named(code, published.year + n)) is not None]
    if frame.future:
        days = [day for day in days if day >= published][:1]
        return one_day(days[0], f"the next: {frame.future}") if days else unknown()
    days = [day for day in days if day <= published]
    return one_day(days[-1], "the latest not after publication") if days else unknown()


def _named(code: str, year: int) -> date | None:
    if not 1 <= year <= 9999:
        return None
    if "/" in code:
        month, weekday, nth = map(int, code.split("/"))
        return nth_weekday(year, month, weekday, nth)
    month, day = map(int, code.split("-"))
    return make_day(year, month, day)


def easter(parsed: Parsed, frame: Frame) -> Interval:
    """Easter, or a feast counted from it. Where the churches differ, both days are possible."""
    offset, year, which = (
        parsed.number("easter") or 0,
        parsed.number("year"),
        parsed.number("which"),
    )
    published = frame.published
    if year is None and published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    if year is None and which is not None and published is not None:
        year = published.year + which
    if year is not None:
        years = [year]
    else:
        assert published is not None
        years = [published.year + n for n in ((0, 1) if frame.future else (0, -1))]
    for one in years:
        if not 1900 <= one <= 2099:
            continue
        days = [shift_days(day, offset) or day for day in easters(one)]
        if year is None and published is not None:
            days = [d for d in days if (d >= published if frame.future else d <= published)]
        if days and days[0] != days[-1]:
            return between(days[0], days[-1], "the western and the eastern churches keep it apart")
        if days:
            return one_day(days[0], "its date in the year meant")
    return unknown("no such day lies near publication")


def ago(parsed: Parsed, frame: Frame) -> Interval:
    """So many days ago, or a week, is a day; weeks ago are seven days, months ago a month, years
    ago a year."""
    unit = parsed.code("unit") or "day"
    if "vague" in parsed.values and unit != "hour":
        return unknown("the words do not say how many")
    count = parsed.number("n") or 1
    if frame.published is None:
        return unknown(f"the words count from the day they were written; {NEEDS_PUBLISHED}")
    if unit == "hour":
        if count < 24:
            start = shift_days(frame.published, -1)
            return between(
                start, frame.published, "hours back from some time on the day of publication"
            )
        return _near(frame.published, -(count // 24), "so many hours back are so many days")
    found = shift(frame.published, -count, unit)
    if found is None:
        return unknown("the day lies outside the calendar")
    if unit in UNIT_DAYS:
        quantity = parsed.code("quantity")
        if unit == "week" and count > 1 and quantity is None:
            quantity = "about"  # nobody counts such weeks to the day
        return _roughly(found, unit, quantity, frame.published)
    if unit == "month":
        return Interval(
            *month_of(found.year, found.month), Granularity.MONTH, ("so many months back",)
        )
    if unit == "year":
        return Interval(*year_of(found.year), Granularity.YEAR, ("so many years back",))
    return unknown("decades back are too rough to say when")


def _roughly(day: date, unit: str, quantity: str | None, published: date) -> Interval:
    """Widen a day counted back by the word before the number ("just over two weeks ago")."""
    why, half = "counted back from the day of publication", UNIT_DAYS[unit] // 2
    if quantity == "over":
        return between(None, day, why, "longer ago than that, by an unknown time")
    if quantity == "under":
        return between(day, published, why, "less long ago than that")
    if quantity in ("just over", "about") and half:
        first = shift_days(day, -half)
        last = day if quantity == "just over" else shift_days(day, half)
        return between(first, last, why, "half a unit is allowed, since the words count no days")
    return one_day(day, why)


def ago_day(parsed: Parsed, frame: Frame) -> Interval:
    """As in "two years ago today", "a week ago Saturday"."""
    back = ago(parsed, frame)
    if frame.published is None or back.start is None:
        return back
    unit, weekday = parsed.code("unit") or "day", parsed.number("weekday")
    day = shift(frame.published, -(parsed.number("n") or 1), unit)
    if weekday is None:
        day = None if day is None else shift_days(day, parsed.number("offset") or 0)
        return unknown() if day is None else one_day(day, "so long before the day of publication")
    if unit != "week" or day is None:
        return unknown("the words do not tell which such weekday")
    return _near(
        day, -((day.weekday() - weekday) % 7), "so many weeks before the last such weekday"
    )


def hijri_date(parsed: Parsed, frame: Frame) -> Interval:
    """A day of the Islamic calendar is left as stated."""
    return unknown(
        "a date of the Islamic calendar: its first days follow sightings of the moon, so it is not"
        " converted"
    )


FORMS: Mapping[str, Meaning] = {
    "date": calendar_date,
    "which_date": which_date,
    "iso": iso_date,
    "slashed": slashed_date,
    "short": short_date,
    "monthday": month_day,
    "monthday_of": month_day_of,
    "weekday": week_day,
    "weekday_of": week_day_of,
    "relative": relative_day,
    "which_part": relative_day,
    "named": named_day,
    "easter": easter,
    "ago": ago,
    "ago_day": ago_day,
    "hijri": hijri_date,
}

"""Arithmetic of days: bounds of weeks, months, seasons and years. No words, no publication date."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cenotaph.model import Granularity

DAY = timedelta(days=1)
PIVOT = 69
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120}
GRANULARITY = {
    "day": Granularity.DAY,
    "week": Granularity.WEEK,
    "month": Granularity.MONTH,
    "year": Granularity.YEAR,
}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last possible day, None where open or unknown, and how it was found."""

    start: date | None = None
    end: date | None = None
    precision: Granularity = Granularity.UNKNOWN
    reasons: tuple[str, ...] = ()
    anchor: str | None = None
    time: str | None = None
    open_end: bool = False

    def because(self, *reasons: str) -> "Interval":
        """Return the same interval with further reasons."""
        return replace(self, reasons=(*self.reasons, *reasons))


def one_day(day: date, *reasons: str) -> Interval:
    """Return the interval of one day."""
    return Interval(day, day, Granularity.DAY, reasons)


def between(start: date | None, end: date | None, *reasons: str) -> Interval:
    """Return a range; one that would end before it starts is unknown."""
    if start is not None and end is not None and start > end:
        return Interval(
            reasons=(*reasons, "the end would lie before the start, so neither is taken")
        )
    if start is None and end is None:
        return Interval(reasons=reasons)
    return Interval(start, end, Granularity.RANGE, reasons)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day, None where the calendar has none such (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """Return the day so many days away, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """Return the same day so many months away, or the last of a shorter month.

    None where that lies beyond the calendar.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, count: int, unit: str) -> date | None:
    """Return the day `count` units away ("day", "week", "fortnight", "month", "year", "decade")."""
    if unit in UNIT_DAYS:
        return shift_days(day, count * UNIT_DAYS[unit])
    return shift_months(day, count * UNIT_MONTHS[unit])


def month_of(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> tuple[date, date]:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def unit_around(day: date, unit: str) -> tuple[date, date] | None:
    """Return the bounds of the week (from Monday), month, year or decade that holds `day`."""
    if unit == "week":
        start = shift_days(day, -day.weekday())
        end = None if start is None else shift_days(start, 6)
        return None if start is None or end is None else (start, end)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return year_of(day.year)
    first = day.year // 10 * 10
    return date(max(first, 1), 1, 1), date(min(first + 9, 9999), 12, 31)


def edge_of(start: date, end: date, edge: str) -> tuple[date, date]:
    """Return the named part of a period: thirds for "start", "middle" and "end", halves by name.

    The thirds of a month are its days 1 to 10, 11 to 20 and 21 to the last, those of a year four
    months each, those of anything else equal numbers of days.
    """
    days = (end - start).days + 1
    if edge in ("first half", "second half"):
        middle = _halfway(start, end)
        return (start, middle - DAY) if edge == "first half" else (middle, end)
    if days > 360:
        cuts = [shift_months(start, 4 * days // 365), shift_months(start, 8 * days // 365)]
        first, second = cuts[0] or start, cuts[1] or end
    else:
        third = 10 if 28 <= days <= 31 else max(1, days // 3)
        first, second = start + third * DAY, start + 2 * third * DAY
    if edge == "start":
        return start, first - DAY
    if edge == "middle":
        return first, max(first, second - DAY)
    return min(second, end), end


def _halfway(start: date, end: date) -> date:
    if start.day == 1 and (end + DAY).day == 1 and (end.month - start.month) % 2 == 1:
        return shift_months(start, (end.month - start.month + 1) // 2) or end
    return start + timedelta(days=((end - start).days + 1) // 2)


def season_of(year: int, season: str, *, southern: bool) -> tuple[date, date]:
    """Return the three months of a meteorological season.

    A winter is named by the year it begins in.
    """
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[season]
    if southern:
        first = (first + 5) % 12 + 1
    start = date(year, first, 1)
    end = shift_months(start, 3)
    return start, (end or date(year, 12, 31)) - DAY


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the n-th such weekday of a month, counted from its end where `nth` is negative."""
    start, end = month_of(year, month)
    if nth > 0:
        day = start.day + (weekday - start.weekday()) % 7 + 7 * (nth - 1)
    else:
        day = end.day - (end.weekday() - weekday) % 7 + 7 * (nth + 1)
    return make_day(year, month, day) if day > 0 else None


def easters(year: int) -> tuple[date, date]:
    """Return Easter Sunday of a year in the western and in the eastern churches, the first first.

    After Meeus, Astronomical Algorithms, chapter 8; for the years 1900 to 2099.
    """
    a, b, c, e = year % 19, year // 100, year % 100, year % 4
    d, f = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * f + 2 * i - k - h + m + 32) % 7
    n = (h - m + r + 90) // 25
    western = date(year, n, (h - m + r + n + 19) % 32)
    moon = (19 * a + 15) % 30
    sunday = moon + (2 * e + 4 * (year % 7) - moon + 34) % 7 + 114
    eastern = date(year, sunday // 31, sunday % 31 + 1) + timedelta(days=13)
    return min(western, eastern), max(western, eastern)


def full_year(two: int, published: date | None) -> int:
    """Return the year of two digits: the latest not after the publication year.

    Without a publication date 69 to 99 are of the 1900s and 0 to 68 of the 2000s, as POSIX has it.
    """
    if published is None:
        return (1900 if two >= PIVOT else 2000) + two
    century = published.year // 100 * 100
    year = century + two
    return year if year <= published.year else year - 100

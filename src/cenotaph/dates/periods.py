"""What expressions of weeks, months, seasons and years mean on the calendar."""

from collections.abc import Mapping
from datetime import date

from cenotaph.dates.almanac import (
    GRANULARITY,
    Interval,
    between,
    edge_of,
    make_day,
    month_of,
    season_of,
    shift,
    shift_days,
    shift_months,
    unit_around,
    year_of,
)
from cenotaph.dates.days import NEEDS_PUBLISHED, Frame, Meaning, unknown
from cenotaph.dates.grammar import Parsed
from cenotaph.model import Granularity


def _period(
    bounds: tuple[date, date], granularity: Granularity, parsed: Parsed, *reasons: str
) -> Interval:
    edge = parsed.code("edge") or parsed.code("edge2")
    if edge is None:
        return Interval(*bounds, granularity, reasons)
    return between(*edge_of(*bounds, edge), *reasons, f"the {edge} of it, by thirds or halves")


def month(parsed: Parsed, frame: Frame) -> Interval:
    """A month: the latest that began by the day of publication, unless the words give its year."""
    number, year, which = parsed.number("month"), parsed.number("year"), parsed.number("which")
    assert number is not None
    published = frame.published
    if year is not None:
        return _period(month_of(year, number), Granularity.MONTH, parsed, "the words give the year")
    if published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    if which is not None:
        year, why = published.year + which, "the year is counted from that of publication"
    elif frame.future:
        year, why = published.year + (number < published.month), f"the next one: {frame.future}"
    else:
        year = published.year - (number > published.month)
        why = "the latest that began by the day of publication"
    if not 1 <= year <= 9999:
        return unknown("the month lies outside the calendar")
    return _period(month_of(year, number), Granularity.MONTH, parsed, why)


def which_month(parsed: Parsed, frame: Frame) -> Interval:
    """As in "last December", before the month of publication; "next" is after it."""
    number, which = parsed.number("month"), parsed.number("which")
    assert number is not None
    if frame.published is None:
        return unknown(NEEDS_PUBLISHED)
    year = frame.published.year
    if which == -1:
        year -= number >= frame.published.month
    elif which == 1:
        year += number <= frame.published.month
    if not 1 <= year <= 9999:
        return unknown("the month lies outside the calendar")
    return _period(month_of(year, number), Granularity.MONTH, parsed, "counted from publication")


def months(parsed: Parsed, frame: Frame) -> Interval:
    """As in "June-August 2016"."""
    first, last, year = parsed.number("month"), parsed.number("month2"), parsed.number("year")
    assert first is not None and last is not None and year is not None
    start = month_of(year - (first > last), first)[0]
    return between(start, month_of(year, last)[1], "the words give both months and the year")


def year(parsed: Parsed, frame: Frame) -> Interval:
    """As in "in 1995", "early 2016"."""
    number = parsed.number("year")
    assert number is not None
    return _period(year_of(number), Granularity.YEAR, parsed, "the words give the year")


def years(parsed: Parsed, frame: Frame) -> Interval:
    """As in "2011-2013", "2015-16"."""
    first, last, two = parsed.number("year"), parsed.number("year_to"), parsed.number("year2")
    assert first is not None
    if last is None:
        last = first // 100 * 100 + (two or 0)
    return between(year_of(first)[0], year_of(last)[1], "the words give both years")


def season(parsed: Parsed, frame: Frame) -> Interval:
    """Three months by the weather; without a year the latest that began by publication."""
    name, number, which = parsed.code("season"), parsed.number("year"), parsed.number("which")
    assert name is not None
    why = "three full months, the seasons of the south" if frame.southern else "three full months"
    if number is not None:
        bounds = season_of(number, name, southern=frame.southern)
        return _period(bounds, Granularity.RANGE, parsed, f"a season is {why}")
    if frame.published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    around = [
        season_of(frame.published.year + n, name, southern=frame.southern)
        for n in (-2, -1, 0, 1)
        if 1 <= frame.published.year + n < 9999
    ]
    if which == 1 or frame.future:
        bounds_list = [b for b in around if b[0] > frame.published][:1]
    elif which == -1:
        bounds_list = [b for b in around if b[1] < frame.published][-1:]
    else:
        bounds_list = [b for b in around if b[0] <= frame.published][-1:]
    if not bounds_list:
        return unknown("no such season lies near publication")
    return _period(
        bounds_list[0], Granularity.RANGE, parsed, f"a season is {why}", "counted from publication"
    )


def decade(parsed: Parsed, frame: Frame) -> Interval:
    """As in "the 1990s"."""
    first = parsed.number("decade")
    assert first is not None
    if not 1 <= first <= 9990:
        return unknown("no such decade")
    bounds = date(first, 1, 1), date(first + 9, 12, 31)
    return _period(bounds, Granularity.RANGE, parsed, "the ten years named")


def unit(parsed: Parsed, frame: Frame) -> Interval:
    """As in "last week", "earlier this month"; "this" month ends by publication."""
    name, which = parsed.code("unit") or "week", parsed.number("which") or 0
    published = frame.published
    if published is None:
        return unknown(f"the words count from the day they were written; {NEEDS_PUBLISHED}")
    day = shift(published, which, name)
    bounds = None if day is None else unit_around(day, name)
    if bounds is None:
        return unknown("the period lies outside the calendar")
    granularity = GRANULARITY.get(name, Granularity.RANGE)
    near = parsed.code("near")
    if near == "earlier" and which == 0:
        return between(bounds[0], published, f"from the start of the {name} to publication")
    if near == "later" and which == 0:
        return between(published, bounds[1], f"from publication to the end of the {name}")
    if which == 0 and not frame.future and parsed.code("edge") is None:
        why = f"the {name} of publication, up to that day"
        return Interval(bounds[0], published, granularity, (why,))
    return _period(bounds, granularity, parsed, "counted from the day of publication")


def weekend(parsed: Parsed, frame: Frame) -> Interval:
    """A Saturday and Sunday: the latest that began by publication, or the next in the future."""
    if "at" in parsed.parts:
        return days(parsed.parts["at"], frame)
    published, which = frame.published, parsed.number("which")
    if published is None:
        return unknown(NEEDS_PUBLISHED)
    back = (published.weekday() - 5) % 7
    if which == -1 and back < 2:
        back += 7
    if which == 1 or (frame.future and back >= 2):
        back -= 7
    start = shift_days(published, -back)
    end = None if start is None else shift_days(start, 1)
    return between(start, end, "Saturday and Sunday, counted from publication")


def days(parsed: Parsed, frame: Frame) -> Interval:
    """As in "October 22-24", "28 to 30 June 2016"."""
    number, first, last = parsed.number("month"), parsed.number("day"), parsed.number("day2")
    assert number is not None and first is not None and last is not None
    given = parsed.number("year")
    if given is not None:
        start, end = make_day(given, number, first), make_day(given, number, last)
        why = "the words give both days, month and year"
    elif frame.published is None:
        return unknown(f"the words give no year; {NEEDS_PUBLISHED}")
    else:
        bounds = month(Parsed("month", {"month": number}, {}, {}), frame)
        chosen = frame.published.year if bounds.start is None else bounds.start.year
        start, end = make_day(chosen, number, first), make_day(chosen, number, last)
        if start is not None and end is not None and not frame.future and start > frame.published:
            chosen -= (start - frame.published).days > 7
            start, end = make_day(chosen, number, first), make_day(chosen, number, last)
        why = "the latest such days that began by publication"
    if start is None or end is None:
        return unknown("the calendar has no such day")
    return between(start, end, why)


def part_of(first: date, final: date, name: str, nth: int) -> tuple[date | None, date | None]:
    """Return the n-th day, week, month, quarter or half of a period, from its end if negative."""
    if name in ("day", "week"):
        size = 1 if name == "day" else 7
        if nth < 0:
            return shift_days(final, 1 + nth * size), final
        start = shift_days(first, (nth - 1) * size)
        end: date | None = shift_days(first, nth * size - 1)
        return start, end if end is None else min(end, final)
    length = {"month": 1, "quarter": 3, "half": 6}[name]
    start = shift_months(first, (nth - 1) * length)
    if nth < 0:
        start = shift_months(final.replace(day=1), 1 + nth * length)
    after = None if start is None else shift_months(start, length)
    return start, None if after is None else shift_days(after, -1)


def feast(parsed: Parsed, frame: Frame) -> Interval:
    """A feast whose day moves from year to year is left as stated."""
    return unknown("a feast that moves from year to year: stated, not converted")


FORMS: Mapping[str, Meaning] = {
    "month": month,
    "which_month": which_month,
    "months": months,
    "year": year,
    "years": years,
    "season": season,
    "decade": decade,
    "unit": unit,
    "weekend": weekend,
    "days": days,
    "feast": feast,
}

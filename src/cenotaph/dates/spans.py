"""What expressions with a start and an end mean, and those that count from an event."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cenotaph.dates import days, periods
from cenotaph.dates.almanac import (
    GRANULARITY,
    UNIT_DAYS,
    Interval,
    between,
    one_day,
    shift,
    shift_days,
    unit_around,
)
from cenotaph.dates.days import NEEDS_PUBLISHED, Frame, Meaning, unknown
from cenotaph.dates.grammar import Parsed
from cenotaph.model import Granularity

# Forms that count from a day; the day named just before them may be it.
COUNTED = frozenset({"adjacent", "offset"})
YEARLESS = frozenset({"date", "short", "month", "weekday", "monthday", "days", "named"})


def mean(parsed: Parsed, frame: Frame) -> Interval:
    """Return what an expression means, read against a frame. Every form of the grammar is known."""
    return FORMS[parsed.form](parsed, frame)


def at(parsed: Parsed, frame: Frame) -> Interval:
    """An expression with the preposition that belongs to it."""
    return mean(parsed.parts["at"], frame)


def part(parsed: Parsed, frame: Frame) -> Interval:
    """A part of a day is that day, with the time of day as stated."""
    time = parsed.raw.get("time") or parsed.raw.get("near")
    return replace(mean(parsed.parts["date"], frame), time=time)


def timed(meaning: Meaning) -> Meaning:
    """Return the same meaning with the time of day that the words state."""

    def with_time(parsed: Parsed, frame: Frame) -> Interval:
        return replace(meaning(parsed, frame), time=parsed.raw.get("time"))

    return with_time


def night(parsed: Parsed, frame: Frame) -> Interval:
    """A night lies on two days; both are possible."""
    if "range" in parsed.parts:
        found = mean(parsed.parts["range"], frame)
    else:
        found = span(parsed, frame)
    return found.because("the night lies on both days") if found.start else found


def overnight(parsed: Parsed, frame: Frame) -> Interval:
    """The night before the day of publication, or the night of the day named."""
    if "date" not in parsed.parts:
        if frame.published is None:
            return unknown(f"the night before the report; {NEEDS_PUBLISHED}")
        start = shift_days(frame.published, -1)
        return between(start, frame.published, "the night before the day of publication")
    day = mean(parsed.parts["date"], frame)
    if day.start is None or day.start != day.end:
        return day
    start, end = day.start, shift_days(day.start, 1)
    if frame.published is not None and not frame.future and end and end > frame.published:
        start, end = shift_days(start, -1) or start, start
    return between(start, end, *day.reasons, "a night lies on two days")


def span(parsed: Parsed, frame: Frame) -> Interval:
    """From one expression to another. The end is read first: the start is the nearest before it."""
    first, last = parsed.parts["start"], parsed.parts["end"]
    end = mean(last, frame)
    given = _yearless(last) and not _yearless(first)
    if given:
        start = mean(first, frame)
        if start.start is not None and start.end is not None:
            end = mean(last, replace(frame, published=start.end, future="it ends after it starts"))
    elif end.start is not None and _yearless(first):
        start = mean(first, frame.at(end.start))
        if start.start is not None and start.start > end.start:
            start = mean(first, frame.at(shift_days(end.start, -days.GRACE_DAYS - 1) or end.start))
    else:
        start = mean(first, frame)
    reasons = (*(f"start: {r}" for r in start.reasons), *(f"end: {r}" for r in end.reasons))
    return between(start.start, end.end, *reasons)


def _yearless(parsed: Parsed) -> bool:
    while parsed.form in ("at", "part"):
        parsed = parsed.parts.get("at") or parsed.parts["date"]
    return parsed.form in YEARLESS and not {"year", "year2", "which"} & parsed.values.keys()


def _open(start: date | None, frame: Frame, *reasons: str) -> Interval:
    published = frame.published
    if published is None:
        return between(start, None, *reasons, f"the end is open; {NEEDS_PUBLISHED}")
    if start is not None and start > published:
        return between(
            start, None, *reasons, "the start lies after publication, so the end stays open"
        )
    found = between(start, published, *reasons, "the end is open: the day of publication is taken")
    return replace(found, open_end=True)


def since(parsed: Parsed, frame: Frame) -> Interval:
    """From a start until the report was published."""
    start = mean(parsed.parts["start"], replace(frame, future=None))
    if start.start is None:
        return unknown(*start.reasons)
    return _open(start.start, frame, *start.reasons)


def since_event(parsed: Parsed, frame: Frame) -> Interval:
    """From an event whose day the words do not give."""
    anchor = parsed.raw.get("anchor")
    end = mean(parsed.parts["end"], frame) if "end" in parsed.parts else None
    needs = "it starts with an event; that event's day is needed"
    if end is not None:
        return replace(between(None, end.end, needs, *end.reasons), anchor=anchor)
    return unknown(needs, anchor=anchor)


def from_until_event(parsed: Parsed, frame: Frame) -> Interval:
    """From a start to an event: the end stays open and the event is named."""
    start = mean(parsed.parts["start"], replace(frame, future=None))
    found = between(start.start, None, *start.reasons)
    return replace(
        found.because("it ends with an event whose day the words do not give"),
        anchor=parsed.raw.get("anchor"),
    )


def until_event(parsed: Parsed, frame: Frame) -> Interval:
    """Up to an event whose day the words do not give."""
    return unknown(
        "it ends with an event; that event's day is needed", anchor=parsed.raw.get("anchor")
    )


def until(parsed: Parsed, frame: Frame) -> Interval:
    """Up to and with a day; the start is not said."""
    end = mean(parsed.parts["end"], frame)
    return between(None, end.end, *end.reasons, "the words give no start")


def before(parsed: Parsed, frame: Frame) -> Interval:
    """Up to the day before; the start is not said."""
    end = mean(parsed.parts["end"], frame)
    last = None if end.start is None else shift_days(end.start, -1)
    return between(None, last, *end.reasons, "the words give no start")


def after(parsed: Parsed, frame: Frame) -> Interval:
    """From the day after; the end is not said."""
    start = mean(parsed.parts["start"], frame)
    first = None if start.end is None else shift_days(start.end, 1)
    return between(first, None, *start.reasons, "the words give no end")


def past(parsed: Parsed, frame: Frame) -> Interval:
    """The last so many hours, days, weeks, …, up to publication."""
    published, unit = frame.published, parsed.code("unit") or "day"
    if "vague" in parsed.values or "vague" in parsed.flags:
        return unknown("the words do not say how many")
    if "bare" in parsed.flags and frame.future:
        return coming(parsed, frame)
    if published is None:
        return unknown(f"the words count from the day they were written; {NEEDS_PUBLISHED}")
    count, quantity = parsed.number("n") or 1, parsed.code("quantity")
    if quantity == "over":
        return between(None, published, "longer than the words say, by an unknown time")
    start = _back(published, count, unit)
    if start is not None and quantity == "just over":
        start = _half_back(start, unit)
    reasons = ["counted back from the day of publication"]
    if quantity == "just over":
        reasons.append("a little more than that: at most half a unit more")
    return between(start, None if start is None else published, *reasons)


def _back(day: date, count: int, unit: str) -> date | None:
    return shift_days(day, -((count + 23) // 24)) if unit == "hour" else shift(day, -count, unit)


def _half_back(day: date, unit: str) -> date | None:
    if unit == "year":
        return shift(day, -6, "month")
    if unit == "decade":
        return shift(day, -5, "year")
    if unit == "hour":
        return day
    return shift_days(day, -(({"month": 30} | UNIT_DAYS)[unit] // 2))


def coming(parsed: Parsed, frame: Frame) -> Interval:
    """The next so many hours, days, weeks, …, from publication on."""
    published, unit = frame.published, parsed.code("unit") or "day"
    if "vague" in parsed.values:
        return unknown("the words do not say how many")
    if published is None:
        return unknown(NEEDS_PUBLISHED)
    count = parsed.number("n") or 1
    end = (
        shift_days(published, (count + 23) // 24)
        if unit == "hour"
        else shift(published, count, unit)
    )
    return between(published, end, "counted forward from the day of publication")


def counted_to(parsed: Parsed, frame: Frame) -> Interval:
    """As in "the week to 9 May", "the year to March": counted back from its end, which is of it.

    "The 24 hours to Monday morning" begin on Sunday.
    """
    end, unit = mean(parsed.parts["end"], frame), parsed.code("unit") or "day"
    hours = unit == "hour"
    if end.end is None or "vague" in parsed.values or hours and end.start != end.end:
        return unknown(*end.reasons, "the words do not say from when")
    behind = end.end if hours else shift_days(end.end, 1)
    start = None if behind is None else _back(behind, parsed.number("n") or 1, unit)
    return between(start, end.end, *end.reasons, "counted back from its end")


def so_far(parsed: Parsed, frame: Frame) -> Interval:
    """From the start of the period until the report was published."""
    if "of" in parsed.parts:
        start = mean(parsed.parts["of"], replace(frame, future=None)).start
        return _open(start, frame) if start else unknown(NEEDS_PUBLISHED)
    if frame.published is None:
        return unknown(NEEDS_PUBLISHED)
    day = shift(frame.published, parsed.number("which") or 0, parsed.code("unit") or "year")
    bounds = None if day is None else unit_around(day, parsed.code("unit") or "year")
    return unknown() if bounds is None else _open(bounds[0], frame, "from the start of the period")


def offset_day(parsed: Parsed, frame: Frame) -> Interval:
    """As in "two days after 22 October": counted from the day that the words give."""
    base = mean(parsed.parts["of"], frame)
    unit, sign = parsed.code("unit") or "day", parsed.number("shift") or 1
    if "vague" in parsed.values or "quantity" in parsed.values:
        return unknown("the words do not say exactly how many")
    if base.start is None or base.start != base.end or unit not in UNIT_DAYS:
        return unknown(*base.reasons, "the day it counts from is not known")
    found = shift(base.start, sign * (parsed.number("n") or 1), unit)
    if found is None:
        return unknown("the day lies outside the calendar")
    return one_day(found, *base.reasons, "counted from that day")


def inner(parsed: Parsed, frame: Frame) -> Interval:
    """Read "the first week of December", "the second quarter of 2016", "the last day of May"."""
    whole = mean(parsed.parts["of"], frame)
    nth, name = parsed.number("ordinal") or 1, parsed.code("unit") or "day"
    many = parsed.number("n") or 1
    if whole.start is None or whole.end is None:
        return unknown(*whole.reasons)
    last = "last" in parsed.flags
    start, end = periods.part_of(whole.start, whole.end, name, -1 if last else nth)
    if many > 1 and last:
        start = periods.part_of(whole.start, whole.end, name, -many)[0]
    elif many > 1 and nth == 1:
        end = periods.part_of(whole.start, whole.end, name, many)[1]
    if start is None or end is None or start < whole.start or end > whole.end:
        return unknown("the period has no such part")
    if start == end:
        return Interval(start, end, Granularity.DAY, (*whole.reasons, f"the {name} meant of it"))
    grain = Granularity.RANGE if many > 1 else GRANULARITY.get(name, Granularity.RANGE)
    return Interval(start, end, grain, (*whole.reasons, f"the {name} meant of it"))


def week_of(parsed: Parsed, frame: Frame) -> Interval:
    """As in "the week of 4 March": the week, from Monday, that holds the day."""
    day = mean(parsed.parts["date"], frame)
    bounds = None if day.start is None else unit_around(day.start, "week")
    if bounds is None:
        return unknown(*day.reasons)
    return Interval(*bounds, Granularity.WEEK, (*day.reasons, "the week that holds the day"))


def anchored(parsed: Parsed, frame: Frame) -> Interval:
    """Counted from an event or from a day named elsewhere: not known without it."""
    anchor = parsed.raw.get("anchor")
    what = "the event it names" if anchor else "a day or event the words do not name"
    found = unknown(f"it counts from {what}; that day is needed", anchor=anchor)
    return replace(found, time=parsed.raw.get("time"))


def shifted(parsed: Parsed, day: date) -> Interval:
    """Return what "the next day", "that night" or "two days later" means, counted from a day."""
    unit = parsed.code("unit") or "day"
    count, sign = parsed.number("n") or 1, parsed.number("shift") or parsed.number("adjacent") or 0
    if (
        unit not in UNIT_DAYS
        or "vague" in parsed.flags
        or parsed.values.keys() & {"vague", "quantity", "weekday"}
    ):
        return unknown("the words do not give a day")
    if parsed.form == "adjacent" and unit != "day":
        return unknown("the words do not give a day")
    found = shift(day, sign * count, unit)
    return unknown("the day lies outside the calendar") if found is None else one_day(found)


def clock(parsed: Parsed, frame: Frame) -> Interval:
    """A time of day, as stated; the day is another matter."""
    return Interval(time=parsed.raw.get("time"), reasons=("a time of day alone gives no day",))


FORMS: Mapping[str, Meaning] = {
    **days.FORMS,
    **periods.FORMS,
    "relative": timed(days.relative_day),
    "which_part": timed(days.relative_day),
    "at": at,
    "inner": inner,
    "week_of": week_of,
    "part": part,
    "night": timed(night),
    "overnight": timed(overnight),
    "between": span,
    "since": since,
    "from": since,
    "since_event": since_event,
    "since_event_until": since_event,
    "from_until_event": from_until_event,
    "until": until,
    "by": until,
    "until_event": until_event,
    "before": before,
    "after": after,
    "past": past,
    "coming": coming,
    "counted_to": counted_to,
    "so_far": so_far,
    "offset_day": offset_day,
    "offset": anchored,
    "adjacent": anchored,
    "ordinal": anchored,
    "clock": clock,
}

"""Turns an expression of time into first and last possible days, and says why."""

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cenotaph.dates.almanac import Interval, one_day
from cenotaph.dates.days import Frame
from cenotaph.dates.finding import find, language, parse, within
from cenotaph.dates.grammar import Parsed
from cenotaph.dates.spans import COUNTED, mean, shifted
from cenotaph.dates.tense import future_word
from cenotaph.model import Basis, Quote, TimeKind, TimeMention, When
from cenotaph.vocab import table

# How far before "the next day" the day that it counts from may stand, in characters.
NEARBY = 400
# How much of a document is asked for its order of day and month, in characters.
HEAD = 20_000
PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")


def resolve(
    mention: TimeMention,
    text: str,
    *,
    published: date | None,
    basis: Basis,
    lang: str,
    country: str | None = None,
) -> When:
    """Return the period an expression means, as far as the words and the day of publication tell.

    What cannot be known is None and the reasons say what it would need. `basis` is the ground on
    which the claim has this expression; it becomes `published_end` only where the words leave the
    end open and the day of publication is taken for it.
    """
    pack = language(lang)
    parsed = parse(mention.quote.text, lang=lang)
    if pack is None or parsed is None:
        return When(quote=mention.quote, basis=basis, reasons=("the words are not understood",))
    frame = _frame(mention, parsed, text, published, pack, country)
    found = _with_year(parsed, frame, text, pack) or mean(parsed, frame)
    if found.start is None and found.anchor is None and parsed.form in COUNTED:
        # "The same day" may open the paragraph behind that of the day.
        back = 2 if parsed.number("adjacent") == 0 else 1
        before = _day_before(mention, text, published, pack, country, paragraphs=back)
        if before is not None and before.quote is not None and before.start is not None:
            reason = f"counted from the day named just before it: {before.quote.text!r}"
            counted = shifted(parsed, before.start).because(reason)
            late = published is not None and counted.start is not None and counted.start > published
            if not late or frame.future:
                found = replace(counted, time=found.time)
    if found.open_end:
        basis = Basis.PUBLISHED_END
    return When(
        quote=mention.quote,
        start=found.start,
        end=found.end,
        precision=found.precision,
        basis=basis,
        anchor=found.anchor,
        time=found.time,
        reasons=found.reasons,
    )


def _with_year(parsed: Parsed, frame: Frame, text: str, lang: str) -> Interval | None:
    """Return a day and month without a year as the one day that the text gives with its year.

    None where the text gives no such day, or several, or none that is past.
    """
    while "at" in parsed.parts or "date" in parsed.parts:
        parsed = parsed.parts.get("at") or parsed.parts["date"]
    if parsed.form != "date" or {"year", "year2"} & parsed.values.keys() or frame.future:
        return None
    days = _full_dates(text, lang).get((parsed.number("month") or 0, parsed.number("day") or 0))
    if days is None or len(days) != 1:
        return None
    day = next(iter(days))
    if frame.published is not None and day > frame.published:
        return None
    return one_day(day, "the text gives this day and month with its year")


@functools.lru_cache(maxsize=1)
def _full_dates(text: str, lang: str) -> Mapping[tuple[int, int], set[date]]:
    """The days that a text gives with month and year, by month and day.

    The last answer is kept, so that a document full of dates is looked through only once.
    """
    found: dict[tuple[int, int], set[date]] = {}
    if YEAR.search(text) is None:
        return found
    for mention in find(text, lang=lang):
        if (
            mention.kind is not TimeKind.DAY
            or mention.dateline
            or not YEAR.search(mention.quote.text)
        ):
            continue
        parsed = parse(mention.quote.text, lang=lang)
        day = None if parsed is None else mean(parsed, Frame())
        if day is not None and day.start is not None and day.start == day.end:
            found.setdefault((day.start.month, day.start.day), set()).add(day.start)
    return found


def resolve_marked(
    text: str, start: int, end: int, published: date | None, *, lang: str
) -> When | None:
    """Resolve the expression that someone marked at `text[start:end]`, None where there is none.

    The words marked are read by themselves where they are a whole expression that no longer day or
    period contains; otherwise the expression that overlaps them most is taken.
    """
    if not 0 <= start < end <= len(text) or language(lang) is None:
        return None
    around = [m for m in find(text, lang=lang) if m.quote.start < end and start < m.quote.end]
    # "at 14:30 GMT on Sunday" is a day with its hour, whichever has more letters.
    hour = next((m for m in around if m.kind is TimeKind.CLOCK), None)
    best = max(
        around,
        key=lambda m: (m is not hour, min(end, m.quote.end) - max(start, m.quote.start)),
        default=None,
    )
    own = parse(text[start:end], lang=lang)
    whole = (
        best is not None
        and best.kind in (TimeKind.DAY, TimeKind.PERIOD)
        and best.quote.start <= start
        and end <= best.quote.end
    )
    if own is not None and not whole:
        best = TimeMention(quote=Quote.of(text, start, end), kind=TimeKind.DAY)
    if best is None:
        inside = find(text[start:end], lang=lang)
        if not inside:
            return None
        longest = max(inside, key=lambda m: len(m.quote.text))
        quote = Quote.of(text, start + longest.quote.start, start + longest.quote.end)
        best = TimeMention(quote=quote, kind=longest.kind)
    when = resolve(best, text, published=published, basis=Basis.STATED, lang=lang)
    if hour is None or hour is best or when.time is not None:
        return when
    clock = parse(hour.quote.text, lang=lang)
    return when if clock is None else replace(when, time=clock.raw.get("time"))


def _day_before(
    mention: TimeMention,
    text: str,
    published: date | None,
    lang: str,
    country: str | None,
    *,
    paragraphs: int,
) -> When | None:
    """Return the day named last before an expression, in its last paragraphs; None without one."""
    reach = max(0, mention.quote.start - NEARBY)
    gaps = list(PARAGRAPH.finditer(text, reach, mention.quote.start))
    start = gaps[-paragraphs].end() if len(gaps) >= paragraphs else reach
    for other in reversed(within(text[start : mention.quote.start], lang)):
        quote = Quote.of(text, start + other.quote.start, start + other.quote.end)
        if other.kind is TimeKind.DAY:
            moved = TimeMention(quote=quote, kind=other.kind)
            when = resolve(
                moved, text, published=published, basis=Basis.CARRIED, lang=lang, country=country
            )
            return when if when.start is not None and when.start == when.end else None
        if other.kind is not TimeKind.CLOCK:
            return None
    return None


def _frame(
    mention: TimeMention,
    parsed: Parsed,
    text: str,
    published: date | None,
    lang: str,
    country: str | None,
) -> Frame:
    quote, locale = mention.quote, table(f"{lang}/times")["locale"]
    word = None if mention.dateline else future_word(text, quote.start, quote.end, lang=lang)
    month_first, why = None, ""
    if _has_slashes(parsed):
        month_first, why = _order(text, country, tuple(locale["month_first"]))
    return Frame(
        published=published,
        future=None if word is None else f"{word!r} puts it after publication",
        month_first=month_first,
        why_order=why,
        southern=country in locale["southern"],
    )


def _has_slashes(parsed: Parsed) -> bool:
    return parsed.form == "slashed" or any(_has_slashes(part) for part in parsed.parts.values())


@functools.lru_cache(maxsize=1)
def _order(
    text: str, country: str | None, month_first_in: tuple[str, ...]
) -> tuple[bool | None, str]:
    """Tell whether a document writes the month first, and what tells so.

    The last answer is kept, so that a document full of such dates is looked through only once.
    """
    day_first = month_first = False
    for match in SLASHED.finditer(text, 0, HEAD):
        first, second = int(match[1]), int(match[3])
        day_first = day_first or first > 12 >= second
        month_first = month_first or second > 12 >= first
    if day_first != month_first:
        return month_first, "another date of the document is written so"
    if country in month_first_in:
        return True, "the country writes so"
    return None, "" if country is None else "the country writes so"

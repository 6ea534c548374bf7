"""Finds the expressions of time in a text, and the day that a date line gives the document."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cenotaph.dates.almanac import make_day
from cenotaph.dates.days import FORMS, Frame
from cenotaph.dates.grammar import Parsed, grammar
from cenotaph.dates.lexicon import Tape
from cenotaph.model import Quote, TimeKind, TimeMention
from cenotaph.stretches import stretches
from cenotaph.vocab import LANGUAGES, table

HEAD = 1500
# Expressions of which the parse is kept: "on Sunday" comes again and again.
REMEMBERED = 4096
RANKED = 10
LINES = 25
# A page that lost its layout dates itself in one of so many lines.
FIRST_LINES = 3
# What may follow it there: an hour, and then a word in capitals or a number that opens a heading.
HOUR = r"(?:\d\d?:\d\d(?::\d\d)?\W+)?"
OPENS = r"(?:[^\W\d_a-z]|\d{1,3}\s+[^\W\d_])"
YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
# An agency's letters right before the date.
ABBREVIATED = re.compile(r"\b[A-Z]{2,5}$")
LONGEST_LINE = 160
PLACE = re.compile(r"^\W*[^\W\d_]{2,}[^!?;]{0,80}$")
# After a date that opens its line: nothing but a few signs and short words, or what a heading
# ends on.
ALONE = re.compile(r"[ \t]*[)\]]?[ \t]*(?::|[-–—][ \t-]|[^\n:]{0,40}(?:\d:\d\d[^\n:]{0,20})?$)")
# After a date that opens its line: a sign, and what happened ("3 May - Car bomb kills two").
ENTRY = re.compile(r"[ \t]*[)\]]?[ \t]*(?::|[-–—])[ \t-]*((?:[^\s]+[ \t]+){2,}[^\s])")
# A reference number or address that begins with year and month.
REFERENCE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})(?=[-/_])")
# Day and month of a slashed date that could each be the other. With dots or dashes no country
# writes the month first (Unicode CLDR, short dates of all locales).
AMBIGUOUS = re.compile(r"0?([1-9]|1[0-2])/0?(?!\1/)([1-9]|1[0-2])/")
DATES = frozenset({"date", "iso", "slashed"})
AGENCY = re.compile(r"[ \t,]*(?:\([^()\n]{0,60}\)|\[[^\]\n]{0,60}\])?[ \t]*(?:-+|[–—:|)\]]|\n|$)")


def language(lang: str | None) -> str | None:
    """Return the language pack for a language tag ("en-GB" is read with "en"), None without one."""
    primary = (lang or "").replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else None


def find(text: str, *, lang: str) -> tuple[TimeMention, ...]:
    """Return every expression of time, in text order, none inside another, the longest first.

    Times of day are mentions of their own ("Sunday" and "at 9 a.m."). A language without a pack has
    no mentions. Time is linear in the length of the text.
    """
    pack = language(lang)
    return () if pack is None else _of_text(text, pack)


@functools.lru_cache(maxsize=1)
def _of_text(text: str, lang: str) -> tuple[TimeMention, ...]:
    """The expressions of a text; the last answer is kept, since its days are asked for again."""
    return within(text, lang)


def within(text: str, pack: str) -> tuple[TimeMention, ...]:
    """Return what `find` would for a passage, without keeping the answer."""
    mentions: list[TimeMention] = []
    parses: list[Parsed] = []
    for start, end in stretches(text):
        for offset, last, item in _expressions(text[start:end], pack):
            if item.kind is not None:
                quote = Quote.of(text, start + offset, start + last)
                mentions.append(TimeMention(quote=quote, kind=item.kind))
                parses.append(item)
    return _mark_datelines(text, mentions, parses, pack)


def _expressions(text: str, lang: str) -> Iterator[tuple[int, int, Parsed]]:
    """Yield where the expressions that stand by themselves begin and end, and what they say."""
    tape = grammar(lang).read(text)
    classes = grammar(lang).lexicon.classes
    for index, item in [(n, it) for n, it in enumerate(tape.items) if isinstance(it, Parsed)]:
        if item.kind is None:
            continue
        if _part_of_name(tape, index, item, classes) or _compares(tape, index, item, classes):
            continue
        yield tape.starts[index], tape.ends[index], item


def _part_of_name(tape: Tape[Parsed], index: int, item: Parsed, classes: Mapping[str, str]) -> bool:
    """Tell whether a date is part of a name ("14 March Alliance", "Movement of 14 March")."""
    if item.kind is not TimeKind.DAY or "on" in item.flags:
        return False
    for offset, sign in enumerate(tape.signs[index + 1 : index + 3], index + 1):
        if not tape.text[tape.starts[offset]].isupper():
            break
        if sign in classes["bearer"]:
            return True
    before = tape.signs[max(0, index - 2) : index]
    return len(before) == 2 and before[0] in classes["bearer"] and before[1] in classes["of"]


def _compares(tape: Tape[Parsed], index: int, item: Parsed, classes: Mapping[str, str]) -> bool:
    """Tell whether a stretch of time is what something is compared in: "the third in two years"."""
    if "unranked" not in item.flags:
        return False
    before = tape.signs[max(0, index - RANKED) : index]
    return any(sign in classes["ranks"] for sign in before)


@functools.lru_cache(maxsize=REMEMBERED)
def parse(quote: str, *, lang: str) -> Parsed | None:
    """Parse words that are one whole expression; None where they are not."""
    pack = language(lang)
    items = [] if pack is None else grammar(pack).read(quote).items
    return items[0] if len(items) == 1 and isinstance(items[0], Parsed) else None


def published(
    text: str, mentions: Sequence[TimeMention], *, lang: str, came: date | None = None
) -> date | None:
    """Return the full day that a date line or byline gives the document, None without one.

    Where several lines do, the first that is not only an update counts. A date line without a year
    takes that of a reference number or address in the head of the document that names the same
    month ("2016-12-R-044", ".../2016/12/..."). Of the two readings of "09-07-2016" it is the day
    that `came` with the document, where that is one of them.
    """
    if language(lang) is None:
        return None
    weak_words = _head(lang)["weak"]
    weak: date | None = None
    for mention in mentions:
        parsed = parse(mention.quote.text, lang=lang) if mention.dateline else None
        if parsed is None:
            continue
        day = _full_day(_bare(parsed), text, came)
        if day is None:
            continue
        line = text[text.rfind("\n", 0, mention.quote.start) + 1 : mention.quote.start].lower()
        if not any(word in line for word in weak_words):
            return day
        weak = weak or day
    return weak


def _full_day(parsed: Parsed, text: str, came: date | None) -> date | None:
    if parsed.form == "slashed":
        if came is not None and came == FORMS[parsed.form](parsed, Frame(month_first=True)).start:
            return came
        if re.match(AMBIGUOUS, parsed.code("slashed") or ""):
            return None
    found = FORMS[parsed.form](parsed, Frame())
    if found.start is not None or parsed.form != "date" or "year" in parsed.values:
        return found.start
    month, day = parsed.number("month"), parsed.number("day")
    years = {int(m[1]) for m in REFERENCE.finditer(text[:HEAD]) if int(m[2]) == month}
    if len(years) != 1 or month is None or day is None:
        return None
    return make_day(years.pop(), month, day)


def _head(lang: str) -> Mapping[str, Any]:
    pack = language(lang)
    rules: Mapping[str, Any] = table(f"{pack}/times")["dateline"]
    return rules


def _mark_datelines(
    text: str, mentions: list[TimeMention], parses: Sequence[Parsed], lang: str
) -> tuple[TimeMention, ...]:
    labels = tuple(_head(lang)["published"])
    entries = _entries(text, mentions, parses, labels)
    for at, (mention, parsed) in enumerate(zip(mentions, parses, strict=True)):
        quote = mention.quote
        if quote.start > HEAD or text.count("\n", 0, quote.start) > LINES:
            break
        if mention.kind is not TimeKind.DAY or quote.start in entries:
            continue
        if "on" in parsed.flags:
            line = text[text.rfind("\n", 0, quote.start) + 1 : quote.start]
            if not _labelled(line, labels):  # "Posted on 3 March 2021"
                continue
        if _bare(parsed).form in DATES and _is_dateline(text, quote, labels, lang):
            mentions[at] = TimeMention(quote=quote, kind=mention.kind, dateline=True)
    return tuple(mentions)


def _entries(
    text: str, mentions: Sequence[TimeMention], parses: Sequence[Parsed], labels: tuple[str, ...]
) -> frozenset[int]:
    """Where the dates of a chronology begin: each opens a line and has its event behind it.

    One such line may be the head of a report; several days head nothing but their own lines.
    """
    found: dict[int, str] = {}
    for mention, parsed in zip(mentions, parses, strict=True):
        quote = mention.quote
        if mention.kind is not TimeKind.DAY:
            continue
        told = ENTRY.match(text, quote.end)
        if told is None or f"{told[1].lower()} ".startswith(tuple(f"{name} " for name in labels)):
            continue  # "13 March - updated with their names"
        before = text[text.rfind("\n", 0, quote.start) + 1 : quote.start]
        if not before.strip(" \t(|*•-–—,") and _bare(parsed).form in DATES:
            found[quote.start] = quote.text
    return frozenset(found) if len(set(found.values())) > 1 else frozenset()


def _is_dateline(text: str, quote: Quote, labels: tuple[str, ...], lang: str) -> bool:
    line_start = text.rfind("\n", 0, quote.start) + 1
    limit = min(len(text), quote.end + LONGEST_LINE + 1)
    line_end = text.find("\n", quote.end, limit)
    line_end = limit if line_end < 0 else line_end
    before, after = text[line_start : quote.start], text[quote.end : line_end]
    if len(before) + len(after) <= LONGEST_LINE and _after_label(before, labels):
        return True
    if not before.strip(" \t(|*-–—,") and ALONE.match(after):
        return True
    if _after_place(before) and AGENCY.match(text, quote.end) is not None:
        return True
    return _opens_line(before, after, quote, text, labels, lang)


def _opens_line(
    before: str, after: str, quote: Quote, text: str, labels: tuple[str, ...], lang: str
) -> bool:
    """Tell whether a full date opens one of the first lines, as where a page lost its layout.

    "Sun Apr 18 2021 Death toll in …", "… Monitor AFP Monday 3 Oct 2021 A raid …", "Published June
    11 2021 Rockets …": a year is given, and a label stands before or a sentence begins behind.
    """
    if text.count("\n", 0, quote.start) > FIRST_LINES or YEAR.search(quote.text) is None:
        return False
    if len(before) <= LONGEST_LINE and _labelled(before, labels):
        return True
    if _runs_on(language(lang) or lang).match(after) is None:
        return False
    before = before.strip(" \t(|*-–—,.")
    heading = text[: text.find("\n")].strip(" .") if "\n" in text else ""
    again = bool(heading) and before == heading  # a heading that stands twice
    return again or not before or _of_agency(before)


@functools.cache
def _runs_on(lang: str) -> re.Pattern[str]:
    """What stands behind a date line that has run into the text."""
    labels = "|".join(map(re.escape, _head(lang)["titles"])) or r"(?!)"
    return re.compile(rf"\W{{0,3}}(?:(?:{labels})\s*)?{HOUR}{OPENS}")


def _of_agency(before: str) -> bool:
    """Tell whether words end with an agency: its letters, or a name of the register."""
    return ABBREVIATED.search(before) is not None or before.endswith(_agencies())


@functools.cache
def _agencies() -> tuple[str, ...]:
    known = table("sources")["source"]
    return tuple(f" {n}" for one in known if one["kind"] == "agency" for n in one["names"])


def _bare(parsed: Parsed) -> Parsed:
    """Return a date without its preposition and part of day."""
    while "at" in parsed.parts or "date" in parsed.parts:
        parsed = parsed.parts.get("at") or parsed.parts["date"]
    return parsed


def _after_label(before: str, labels: tuple[str, ...]) -> bool:
    """Tell whether the words before a date on its line end, or begin, with a byline's label."""
    words = " ".join(re.split(r"[:\s(|*]+", before.lower().strip(" \t(:|*-–—,")))
    if any(words == name or words.startswith(name + " ") for name in labels):
        return True
    labelled = before.rstrip().endswith(":") and before.rfind("(") <= 0
    return labelled and any(words.endswith(" " + name) for name in labels)


def _labelled(before: str, labels: tuple[str, ...]) -> bool:
    """Tell whether a label is all that stands before a date on its line."""
    return before.lower().strip(" \t(:|*-–—,") in labels


def _after_place(before: str) -> bool:
    """Tell whether words before a date can be a date line's place ("BELQ, Tessaria (")."""
    before = re.split(r"\s{2,}", before.lstrip())[-1]
    if PLACE.match(before) is None or not before.rstrip().endswith(
        (",", "(", "-", "–", "—", "/", ".")
    ):
        return False
    first = re.match(r"\W*([^\W\d_]{2,})", before)
    return first is not None and first[1].isupper()

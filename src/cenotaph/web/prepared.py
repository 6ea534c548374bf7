"""What goes into a report, worked out once in each state of a record: when somebody asks for it, or
behind the pages before that."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from cenotaph.pipeline import IncidentLine
from cenotaph.web import outlines
from cenotaph.web.language import language
from cenotaph.web.selection import Wish, choose, coarser, may_say
from cenotaph.web.sentences import parts, told_words
from cenotaph.web.sourced import ToldBy, sources_of
from cenotaph.web.view import View

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
KEPT = 4
"""Reports asked for last that are kept."""


STEPS = (
    "in_time", "every_source", "every_claim", "of_incidents", "of_no_incident", "every_document",
    "every_outlet",
)  # fmt: skip
"""What reports need of a view."""


class Prepared:
    """A report as far as it does not depend on what somebody releases."""

    def __init__(self, view: View, wish: Wish) -> None:
        self._view = view
        self._may_say: dict[str, bool] = {}
        self._drawn: tuple[object, tuple[Markup, int]] | None = None
        self.chosen = made = choose(view, wish)
        # Reports on the same things differ in how they tell them.
        self._alike: Prepared | None = next(
            (
                each._alike or each
                for each in view.kept_reports.values()
                if each.chosen.incidents is made.incidents and each.chosen.claims is made.claims
            ),
            None,
        )

    @cached_property
    def told_by(self) -> ToldBy:
        """The sources it rests on."""
        return sources_of(self.chosen, self._view)

    @cached_property
    def findings(self) -> Sequence[tuple[str, int]]:
        """How many findings of each code concern it."""
        if self._alike is not None:
            return self._alike.findings
        claims = self.chosen.claims
        found = Counter(
            each.code
            for each in self._view.findings
            if not each.claims or any(id_ in claims for id_ in each.claims)
        )
        return sorted(found.items())

    @cached_property
    def months(self) -> Sequence[tuple[str, int, int]]:
        """For each month the least and the most that its incidents may have killed, one event
        beside another; sums over several events are not in it. Beside a table by month they are
        what that says of whole months."""
        if self.chosen.wish.by == "month":
            return [
                (month, row.figure.low or 0, row.figure.high or 0)
                for row in self.chosen.sums.rows
                if (month := dict(row.key).get("month")) and _MONTH.fullmatch(month)
            ]
        if self._alike is not None and self._alike.chosen.wish.by != "month":
            return self._alike.months
        found: dict[str, tuple[int, int]] = {}
        for event in self.chosen.incidents:
            when = event.when
            if event.figure is None or when is None or (when.start or when.end) is None:
                continue
            first = when.start or when.end
            assert first is not None
            month = f"{first.year}-{first.month:02}"
            low, high = found.get(month, (0, 0))
            least, _, most = event.figure
            found[month] = (low + (least or 0), high + (least or 0 if most is None else most))
        return [(month, *bounds) for month, bounds in sorted(found.items())]

    @cached_property
    def parts(self) -> Sequence[Sequence[IncidentLine]]:
        """Its incidents in parts that a page can list the sentences of."""
        if self._alike is not None:
            return self._alike.parts
        return parts(self.chosen)

    @cached_property
    def known(self) -> frozenset[str]:
        """Words of its sentences that are no person's."""
        return of_view(self._view) if self.chosen.quoting else frozenset()

    def drawing(self, own: Sequence[Path]) -> tuple[Markup, int]:
        """Its map, drawn on these outlines of the user's own as they are now, and how many of its
        incidents are not on it."""
        state = tuple((file, file.stat().st_mtime_ns) for file in own)
        if self._drawn is None or self._drawn[0] != state:
            places = [coarser(each.place, self.chosen) for each in self.chosen.incidents]
            self._drawn = state, outlines.drawn(places, own)
        return self._drawn[1]

    def may_say(self, sentence: str) -> bool:
        """Tell whether a sentence of the rules may be printed in it."""
        if sentence not in self._may_say:
            self._may_say[sentence] = may_say(sentence, self.chosen)
        return self._may_say[sentence]

    def work_out(self, own: Sequence[Path]) -> Iterator[None]:
        """Work all of it out, step by step; its map on these outlines of the user's own."""
        for step in ("told_by", "findings", "months", "parts"):
            getattr(self, step)
            yield
        self.drawing(own)
        yield


def of_view(view: View) -> frozenset[str]:
    """Return the words of a record that are no person's, found once in each of its states."""
    if view.told_words is None:
        view.told_words = told_words(view)
    return view.told_words


def prepared(view: View, wish: Wish) -> Prepared:
    """Return a report; the last few are kept, for as long as the record stays as it is."""
    last = view.kept_reports
    if wish not in last:
        while len(last) >= KEPT:
            last.pop(next(iter(last)))
        last[wish] = Prepared(view, wish)
    known: Prepared = last[wish]
    return known


def ahead(view: View, first: Callable[[View], Wish], own: Sequence[Path]) -> Iterator[None]:
    """Work out, step by step, the report that was asked for last, or the one that is asked for
    `first`, before anybody asks again."""
    wish: Wish = view.last_report or first(view)
    if wish.language != language():
        return  # who works behind the pages speaks another
    for step in STEPS:
        getattr(view, step)
        yield
    of_view(view)
    yield
    report = prepared(view, wish)
    yield
    yield from report.work_out(own)

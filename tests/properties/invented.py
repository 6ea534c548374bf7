"""Small reports of the invented country, made of templates, and what follows from a set of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Derived, Setting, interpret, ruleset_of
from cenotaph.pipeline.record import together
from cenotaph.store import Listed
from cenotaph.totals import total

TOWNS = ["Kafr Sel", "Maarat Ilun", "Sarbek", "Binora", "Khan Setra", "Hazzan", "Tel Mirra"]
SOURCES = ["the Tessaria Harm Monitor", "Orun Civil Defence", "a doctor at the field hospital"]
PARTIES = ["Kordanian jets", "government helicopters", "unidentified aircraft"]
FIRST = date(2021, 2, 1)


def small(examples: int) -> Any:
    """Few examples; the same ones on every run where a change is checked before it lands."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        # A folder has three short reports at most: finding a smaller one takes longer than reading it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@dataclass(frozen=True)
class Attack:
    """One attack as a paragraph tells it; `children` are among the `killed`."""

    town: str
    day: date
    killed: int
    children: int
    injured: int
    template: int
    source: str
    party: str

    @property
    def paragraph(self) -> str:
        day = f"{self.day.day} {self.day:%B}"
        if self.template == 0:
            told = (
                f"{self.killed} people, {self.children} of them children, were killed and "
                f"{self.injured} injured on {day} when {self.party} bombed the grain market of "
                f"{self.town}"
            )
        elif self.template == 1:
            told = (
                f"At least {self.killed} civilians were killed in {self.town} on {day} in air "
                f"strikes by {self.party}, among them {self.children} children, and "
                f"{self.injured} others were wounded"
            )
        else:
            told = (
                f"Air raids on {self.town} on {day} left {self.killed} dead and {self.injured} "
                f"wounded, including {self.children} children among the dead"
            )
        return f"{told}, {self.source} said."


def attacks(days: int = 20) -> st.SearchStrategy[Attack]:
    def made(killed: int, share: int, **rest: Any) -> Attack:
        return Attack(killed=killed, children=min(killed, share), **rest)

    return st.builds(
        made,
        killed=st.integers(2, 60),
        share=st.integers(2, 30),
        injured=st.integers(2, 90),
        town=st.sampled_from(TOWNS),
        day=st.integers(0, days).map(lambda n: FIRST + timedelta(days=n)),
        template=st.integers(0, 2),
        source=st.sampled_from(SOURCES),
        party=st.sampled_from(PARTIES),
    )


def cumulative(number: int, since: date) -> str:
    """The paragraph of a monitor that has counted since a day."""
    return (
        f"The Tessaria Harm Monitor has documented the deaths of {number} civilians in Orun "
        f"province between {since.day} {since:%B} and today in bombing by Kordanian and "
        f"Tessarian aircraft."
    )


def document(name: str, paragraphs: Sequence[str], published: date) -> Document:
    return Document(
        id=DocumentId(name),
        text="\n\n".join(["News from Orun governorate", *paragraphs]) + "\n",
        published=published,
        lang="en",
        country="XT",
    )


@st.composite
def folders(draw: st.DrawFn, most: int = 3) -> list[Document]:
    """Up to `most` reports of different days, each of a few attacks, some with a running total."""
    made = []
    for number in range(draw(st.integers(1, most))):
        told = [each.paragraph for each in draw(st.lists(attacks(), min_size=1, max_size=3))]
        if draw(st.booleans()):
            told.append(cumulative(draw(st.integers(50, 900)), FIRST))
        published = FIRST + timedelta(days=22 + draw(st.integers(0, 9)))
        made.append(document(f"report-{number}", told, published))
    return made


def together_with(documents: Sequence[Document], setting: Setting) -> Derived:
    """What follows from documents in the order in which they came."""
    listed = [
        Listed(
            id=each.id, original=each.id, name=str(each.id), published=each.published, title=None,
            publisher=None, lang=each.lang, country=each.country, note=None, findings=(),
        )
        for each in documents
    ]  # fmt: skip
    interpreted = {each.id: interpret(each, setting=setting) for each in documents}
    return together(listed, interpreted, list(documents), ruleset=ruleset_of("default"))


def totals(found: Derived, *by: str, **options: Any) -> Any:
    return total(
        found.claims, found.linking, found.incidents, by=by, ruleset=found.ruleset, **options
    )


def figures(found: Derived) -> dict[Any, Any]:
    sums = totals(found, "admin1")
    return {
        row.key: (
            (row.figure.low, row.figure.best, row.figure.high),
            row.high_with_aside,
            sorted((other.low, other.high) for other in row.others),
        )
        for row in (*sums.rows, sums.whole)
    }


def estimates(found: Derived) -> dict[Any, Any]:
    return {
        incident.id: {
            (each.measure, each.group): (each.figure.low, each.figure.best, each.figure.high)
            for each in incident.estimates
        }
        for incident in found.incidents
    }


def slots(value: Any, path: str = "") -> list[tuple[str, Any]]:
    found = []
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys() and value["text"] is not None:
            if isinstance(value["start"], int):
                found.append((path, (value["text"], value["start"], value["end"])))
        if value.get("at"):
            found.append((path, (value["text"], *value["at"])))
        for key, inner in value.items():
            found += slots(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            found += slots(inner, path)
    return found

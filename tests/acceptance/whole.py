"""The whole program over reports of a folder: one by one, and together in a real record."""

import json
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cenotaph.export.documents import extraction
from cenotaph.model import Document, DocumentId, Measure, Totals
from cenotaph.pipeline import (
    Derived,
    Extraction,
    Setting,
    Sources,
    derive,
    extract,
    given_gazetteers,
    ruleset_of,
    sources_of,
)
from cenotaph.store import Input, Outcome, RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.totals import total


def documents(manifest: Path) -> list[Document]:
    """The reports that a manifest names, their texts exactly as they stand."""
    found = []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        found.append(
            Document(
                id=DocumentId(given["id"]),
                text=(manifest.parent / given["file"]).read_bytes().decode("utf-8"),
                published=date.fromisoformat(given["published"]),
                lang=given.get("lang"),
                title=given.get("title"),
                publisher=given.get("publisher"),
                country=given.get("country"),
            )
        )
    return found


def read(document: Document, setting: Setting) -> tuple[Extraction, dict[str, Any]]:
    """One document alone: the model values, and what the contract makes of them."""
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    answer = extraction(
        document.id,
        claims=found.interpreted.claims,
        links=found.linking.links,
        incidents=found.incidents,
        checks=found.checks,
        contexts=found.interpreted.contexts,
        findings=found.findings,
    )
    return found, json.loads(json.dumps(answer))


@dataclass(frozen=True)
class Books:
    """What a record of some reports gives."""

    derived: Derived

    def totals(self, *by: str, group: str | None = None) -> Totals:
        found = self.derived
        return total(
            found.claims,
            found.linking,
            found.incidents,
            by=by,
            ruleset=found.ruleset,
            measure=Measure.KILLED,
            group=group,
        )

    def figures(self) -> dict[str, tuple[Any, ...]]:
        """Low, best, high, the high with what is set aside, and other readings, by governorate."""
        sums = self.totals("admin1")
        return {
            str(dict(row.key).get("admin1", "whole")): (
                row.figure.low,
                row.figure.best,
                row.figure.high,
                row.high_with_aside,
                row.bounded,
                row.civilians,
                tuple((other.low, other.best, other.high) for other in row.others),
            )
            for row in (*sums.rows, sums.whole)
        }

    def estimates(self) -> dict[str, dict[str, tuple[Any, ...]]]:
        """Every estimate of every incident."""
        return {
            incident.id: {
                f"{each.measure} {each.group}": (
                    each.figure.low,
                    each.figure.best,
                    each.figure.high,
                )
                for each in incident.estimates
            }
            for incident in self.derived.incidents
        }

    def codes(self) -> list[str]:
        return sorted(finding.code for finding in self.derived.findings)


@contextmanager
def books(
    path: Path,
    reports: Sequence[Iterable[Document]],
    *,
    country: str,
    gazetteers: Sequence[Path] = (),
    default: bool = True,
):
    """A record to which these reports are added, one batch after the other."""
    kept = given_gazetteers(gazetteers, default=default)
    create(path, RecordSettings(country=country, default_gazetteer=default), kept)
    with open_record(path) as record:
        for batch in reports:
            for document in batch:
                raw = document.text.encode()
                given = Input(raw=raw, media_type="text/plain", name=document.id, document=document)
                (answer,) = add(record, [given])
                assert answer.outcome in (Outcome.STORED, Outcome.UNCHANGED)
        sources: Sources = sources_of(record)
        yield Books(derive(record, sources=sources, ruleset=ruleset_of("default")))


def inside(outer: tuple[int, int], start: int, end: int) -> bool:
    """Tell whether two passages share a character."""
    return outer[0] < end and start < outer[1]

"""Totals to JSON."""

from typing import TypedDict

from cenotaph.export.contract import FigureJson
from cenotaph.model import TotalRow, Totals


class TotalPartJson(TypedDict):
    """One figure of a total, what it did there, and why."""

    claim: str
    claims: list[str]
    incident: str | None
    scope: str
    figure: FigureJson
    role: str
    of: list[str]
    notes: list[str]
    reason: str


class OtherReadingJson(TypedDict):
    """What a row would be under another reading of the words."""

    low: int
    best: int
    high: int
    assumes: str
    claims: list[str]


class TotalRowJson(TypedDict):
    """One row of totals; `id` opens it with `cenotaph show`. The whole has an empty key."""

    id: str
    key: dict[str, str | None]
    measure: str
    group: str | None
    ruleset: str
    low: int | None
    best: int | None
    high: int | None
    high_with_aside: int
    bounded: bool
    civilians: bool
    exact: bool
    naive: int
    round_without_source: int
    imputed: int
    sentences: list[str]
    parts: list[TotalPartJson]
    others: list[OtherReadingJson]


def total_id(row: TotalRow, sums: Totals) -> str:
    """Return the name of a row: what is added up, for whom, and the values of its keys."""
    what = sums.measure.value if sums.group is None else f"{sums.measure.value}/{sums.group}"
    return ":".join(["total", what, *(f"{key}={value or ''}" for key, value in row.key)])


def total_row(row: TotalRow, sums: Totals) -> TotalRowJson:
    """Return one row of totals."""
    figure = row.figure
    return {
        "id": total_id(row, sums),
        "key": dict(row.key),
        "measure": sums.measure.value,
        "group": sums.group,
        "ruleset": sums.ruleset,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "high_with_aside": row.high_with_aside,
        "bounded": row.bounded,
        "civilians": row.civilians,
        "exact": row.exact,
        "naive": row.naive,
        "round_without_source": row.round_without_source,
        "imputed": row.imputed,
        "sentences": list(row.sentences),
        "parts": [
            {
                "claim": part.claim,
                "claims": list(part.claims),
                "incident": part.incident,
                "scope": part.scope.value,
                "figure": {
                    "low": part.figure.low,
                    "best": part.figure.best,
                    "high": part.figure.high,
                },
                "role": part.role.value,
                "of": list(part.of),
                "notes": list(part.notes),
                "reason": part.reason,
            }
            for part in row.parts
        ],
        "others": [
            {
                "low": other.low,
                "best": other.best,
                "high": other.high,
                "assumes": other.assumes,
                "claims": list(other.claims),
            }
            for other in row.others
        ],
    }

"""Which column of a table stands for what: read from a file that a person writes once."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

REPORT = frozenset(
    {"id", "text", "title", "author", "publisher", "published", "lang", "country", "url", "note"}
)
MEASURES = (
    "killed", "injured", "killed_or_injured", "missing", "detained", "abducted", "displaced",
    "evacuated", "trapped", "casualties",
)  # fmt: skip
BOUNDS = ("low", "high")
GROUPS = ("children", "women", "men", "civilians", "combatants")
FIGURES = frozenset({*MEASURES, *(f"{m}.{part}" for m in MEASURES for part in (*BOUNDS, *GROUPS))})
CODED = frozenset(
    {"id", "date", "date_end", "place", "admin1", "country", "lat", "lon", "event", "weapon",
     "target", "perpetrator", "source", "title", "url", "note", "published"}
) | FIGURES  # fmt: skip
ORDERS = {
    "day-first": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    "month-first": ("%m/%d/%Y", "%m-%d-%Y"),
}
NUMBER = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d{1,9}")
NAMED_DAYS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y")


class ColumnsError(Exception):
    """A mapping of columns that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A mapping of columns. `columns` maps what a column stands for to its name in the table.

    `coded`: a row is a coded row of a record and not a report; then `recorder` names who coded it.
    `codes` map words of a column to codes of ours; `days` says how 07/02/2021 is meant (None: such
    a day stays unknown).
    """

    coded: bool
    columns: Mapping[str, str]
    recorder: str | None = None
    kind: str = "monitor"
    sheet: str | None = None
    days: str | None = None
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fits(self, header: list[str]) -> list[str]:
        """Return the columns of the mapping that a table's first row has not."""
        return sorted(set(self.columns.values()) - set(header))

    def day(self, words: str) -> date | None:
        """Return the day that a cell gives, or None where that cannot be told."""
        words = words.strip()
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?", words):
                return date.fromisoformat(words[:10])
        except ValueError:
            return None
        for form in (*ORDERS.get(self.days or "", ()), *NAMED_DAYS):
            try:
                return datetime.strptime(words, form).date()
            except ValueError:
                continue
        return None

    def code(self, role: str, words: str) -> str:
        """Return the code that a cell's words stand for; the words where none is given."""
        return self.codes.get(role, {}).get(words.strip(), words.strip())


def columns(text: str) -> Columns:
    """Return the mapping that a TOML text gives. Raises ColumnsError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ColumnsError(f"It is not TOML: {error}.") from error
    known = {"rows", "columns", "recorder", "kind", "sheet", "days", "codes"}
    if set(data) - known:
        raise ColumnsError(
            f"It has {', '.join(sorted(set(data) - known))}; known are {', '.join(sorted(known))}."
        )
    rows = data.get("rows", "reports")
    if rows not in ("reports", "coded"):
        raise ColumnsError(f'rows is {rows!r}; it is "reports" or "coded".')
    coded = rows == "coded"
    mapped = data.get("columns")
    if not isinstance(mapped, dict) or not mapped:
        raise ColumnsError("It has no table [columns] of what each column stands for.")
    flat = flattened(mapped)
    check(flat, coded=coded, recorder=data.get("recorder"))
    if data.get("days") not in (None, *ORDERS):
        raise ColumnsError(f"days is {data['days']!r}; it is one of {', '.join(ORDERS)}.")
    return Columns(
        coded=coded,
        columns=flat,
        recorder=data.get("recorder"),
        kind=str(data.get("kind", "monitor")),
        sheet=data.get("sheet"),
        days=data.get("days"),
        codes=data.get("codes", {}),
    )


def written(mapping: Columns) -> str:
    """Return a mapping as the TOML that `columns` reads."""
    lines = ['rows = "coded"' if mapping.coded else 'rows = "reports"']
    if mapping.coded:
        lines += [f"recorder = {quoted(mapping.recorder or '')}", f"kind = {quoted(mapping.kind)}"]
    for name, value in (("sheet", mapping.sheet), ("days", mapping.days)):
        if value:
            lines.append(f"{name} = {quoted(value)}")
    lines += ["", "[columns]"]
    lines += [f"{quoted(role)} = {quoted(name)}" for role, name in mapping.columns.items()]
    for role, codes in mapping.codes.items():
        lines += ["", f"[codes.{quoted(role)}]"]
        lines += [f"{quoted(words)} = {quoted(code)}" for words, code in codes.items()]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return text as TOML has it in quotation marks: as JSON has it, and DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def flattened(mapped: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns with their dotted names, however the file wrote them."""
    flat: dict[str, str] = {}
    for role, name in mapped.items():
        if isinstance(name, dict):
            flat |= {f"{role}.{part}": value for part, value in name.items()}
        else:
            flat[role] = name
    return flat


def check(mapped: Mapping[str, Any], *, coded: bool, recorder: Any) -> None:
    """Raise ColumnsError where a mapping cannot make a report or claims of a row."""
    roles = CODED if coded else REPORT
    wrong = sorted(set(mapped) - roles)
    if wrong:
        raise ColumnsError(
            f"Nothing is called {', '.join(wrong)}; known are {', '.join(sorted(roles))}."
        )
    if not all(isinstance(name, str) and name for name in mapped.values()):
        raise ColumnsError("Each entry of [columns] is the name of a column, in quotation marks.")
    if coded and not set(mapped) & FIGURES:
        raise ColumnsError("No column is of a figure, such as killed or injured.")
    if coded and not (isinstance(recorder, str) and recorder.strip()):
        raise ColumnsError("recorder names who coded the rows; it is missing.")
    if not coded and "text" not in mapped:
        raise ColumnsError("No column is the text of a report.")

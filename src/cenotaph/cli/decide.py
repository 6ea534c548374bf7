"""`cenotaph decide`, `undo` and `log`: what people make of what the reader read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cenotaph.cli.options import as_json, followed, opened, record_file
from cenotaph.cli.output import BadData, note, one_line, say, table, write
from cenotaph.cli.slots import SlotError, slots
from cenotaph.export.documents import line
from cenotaph.model import OF_PAIRS, REASONED, Decision, DecisionKind, thawed
from cenotaph.pipeline import DecisionError, Event, history
from cenotaph.pipeline import decide as decide_it
from cenotaph.pipeline import undo as undo_it
from cenotaph.store import Record, export

KINDS = tuple(
    each.value.replace("_", "-")
    for each in DecisionKind
    if each not in (DecisionKind.UNDO, DecisionKind.BATCH, DecisionKind.SET_SOURCE)
)

by = click.option(
    "--by",
    envvar="CENOTAPH_BY",
    metavar="WHO",
    help="Who decides: initials or any name; stands in the log. Also from CENOTAPH_BY.",
)
because = click.option("--because", metavar="TEXT", help="Why; needed to reject and to edit.")
token = click.option(
    "--token", metavar="TEXT", help="A name for this call: sent again, it adds nothing."
)


@click.command()
@record_file
@click.argument("kind", type=click.Choice([*KINDS, "batch"]))
@click.argument("words", nargs=-1, metavar="ID… [SLOT=VALUE…]")
@click.option("--with", "others", multiple=True, metavar="ID", help="The other group of a pair.")
@click.option(
    "--lines",
    type=click.File("rb"),
    metavar="FILE|-",
    help='For batch: lines {"kind","subjects",…} that are taken, and taken back, as one.',
)
@because
@by
@token
@as_json
def decide(
    record: Path,
    kind: str,
    words: tuple[str, ...],
    others: tuple[str, ...],
    lines: Any,
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Decide about claims, incidents or reports; the decision is appended to the log.

    \b
    accept ID…                        the claim is right as it stands
    reject ID… --because TEXT         it counts nothing; it is set aside, with the reason
    edit ID… SLOT=VALUE… --because …  other values in its slots; the reader's stay beside them
    flag ID…                          someone should look at it
    add REPORT words="26 people" measure=killed count=26
                                      a claim made by hand, of words of a report
    same A B…        different A B    one incident, or two (ids of claims or incidents)
    part-of A B…     copy-of A B…     A counts people that B counts too; A only repeats B
    contains A B…                     A is a sum that holds B
    set-place ID place=…              a claim's place; or of a name: set-place name:Sarbek place=…
    set-when ID when=2021-02-07       a claim's period, one day or FIRST..LAST
    set-metadata REPORT published=2021-02-08 title=… publisher=… lang=… country=…
    batch --lines FILE                many as one

    Slots: count=26, 20..30, 26.. (at least), ..30 (at most), or none; measure, scope, certainty,
    event, group.status, group.age, group.sex, group.role, group.side, weapons and targets (codes,
    with commas), place=NAME[,ADMIN1][,COUNTRY][@LAT,LON], when, perpetrator=NAME, said_by=NAME,
    part_of=ID; nothing behind the = empties a slot, and SLOT:=JSON gives any value as the output
    has it.
    """
    person = who(by)
    if kind == "batch":
        wanted = from_lines(lines, by=person)
    else:
        wanted = [one(DecisionKind(kind.replace("-", "_")), words, others, because, person)]
    with opened(record) as known:
        append(known, wanted, token=token, as_json=as_json)


def append(record: Record, wanted: Sequence[Decision], *, token: str | None, as_json: bool) -> None:
    """Append decisions as one entry and say so, or end with what is wrong with them."""
    with followed(record) as standing:
        known = standing.around(*(id_ for each in wanted for id_ in (*each.subjects, *each.others)))
    try:
        made = decide_it(record, wanted, known=known, token=token)
    except DecisionError as error:
        raise BadData(str(error)) from error
    if as_json:
        write(line(decision_json(made)))
    else:
        note(f"Decision {made.sequence}: {told(made)}. Take it back with: undo {made.sequence}")


def who(by: str | None) -> str:
    """Return who decides, or end with how to say it."""
    if by is None or not by.strip():
        raise click.UsageError("Say who decides: --by INITIALS, or set CENOTAPH_BY.")
    return by.strip()


def one(
    kind: DecisionKind,
    words: Sequence[str],
    others: Sequence[str],
    because: str | None,
    by: str,
) -> Decision:
    """Return the decision that a command line spells, or end with what is wrong with it."""
    subjects = [word for word in words if "=" not in word]
    if kind in REASONED and not (because or "").strip():
        raise click.UsageError(f"To {kind} needs its reason: --because TEXT.")
    if kind in OF_PAIRS and not others:
        # A B C: A against the others, as a person would say it.
        subjects, others = subjects[:1], subjects[1:]
        if not others:
            raise click.UsageError(f"{kind.replace('_', '-')} needs two ids.")
    try:
        value = slots([word for word in words if "=" in word])
        return Decision(
            kind=kind,
            subjects=tuple(subjects),
            others=tuple(others),
            value=value,
            reason=because,
            by=by,
        )
    except (SlotError, ValueError) as error:
        raise click.UsageError(f"{error}.") from error


def from_lines(lines: Any, *, by: str) -> list[Decision]:
    """Return the decisions of lines of JSON, or end with the first that is none."""
    if lines is None:
        raise click.UsageError("A batch needs its decisions: --lines FILE.")
    wanted: list[Decision] = []
    for number, each in enumerate(lines, 1):
        try:
            given = json.loads(each)
            wanted.append(
                Decision(
                    kind=DecisionKind(str(given["kind"]).replace("-", "_")),
                    subjects=tuple(map(str, given.get("subjects", ()))),
                    others=tuple(map(str, given.get("others", ()))),
                    value=given.get("value") or {},
                    reason=given.get("reason"),
                    by=given.get("by") or by,
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadData(f"Line {number} is no decision: {error}.") from error
    if not wanted:
        raise BadData("There is no decision in these lines.")
    return wanted


@click.command()
@record_file
@click.argument("sequence", type=int, required=False)
@because
@by
@token
@as_json
def undo(
    record: Path,
    sequence: int | None,
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Take back a decision: the one of this number in the log, or the last that holds.

    Nothing is deleted: an undo is an entry itself, and undoing an undo gives the decision again.
    """
    person = who(by)
    with opened(record) as known:
        try:
            made = undo_it(known, sequence, by=person, reason=because, token=token)
        except DecisionError as error:
            raise BadData(str(error)) from error
    if as_json:
        write(line(decision_json(made)))
    else:
        note(f"Decision {made.takes_back} is taken back. To have it again: undo {made.sequence}")


@click.command()
@record_file
@click.argument("subject", required=False)
@click.option("--decisions", is_flag=True, help="Only decisions.")
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the log, its captures and its head as files, for docs/verify_log.py.",
)
@as_json
def log(
    record: Path, subject: str | None, decisions: bool, folder: Path | None, as_json: bool
) -> None:
    """Show what entered a record and what was decided, in order.

    SUBJECT (a claim, a report, a capture) shows only what concerns it.
    """
    if folder is not None:
        with opened(record) as known:
            found = export(known, folder)
        note(f"Wrote {found.sequence} entries to {folder}.")
        return
    with opened(record) as known:
        events = [
            each for each in history(known, subject) if each.decision is not None or not decisions
        ]
    if as_json:
        for each in events:
            write(line(event_json(each)))
        return
    columns = ("no", "at", "who", "what", "why")
    table(columns, [event_row(each) for each in events])
    if not events:
        say("Nothing yet.")


def event_row(each: Event) -> Sequence[str | int | None]:
    """Return an event as a line of the table."""
    if each.decision is None:
        name = each.payload.get("id") or each.payload.get("name") or ""
        return each.sequence, each.at, None, f"{each.kind} {name}".rstrip(), None
    what = told(each.decision)
    return (
        each.sequence,
        each.at,
        each.decision.by,
        what if each.holds else f"{what} (taken back)",
        each.decision.reason,
    )


def told(each: Decision) -> str:
    """Return a decision in a few words."""
    if each.kind is DecisionKind.UNDO:
        return f"undo {each.takes_back}"
    if each.decisions:
        return f"batch of {len(each.decisions)}: {told(each.decisions[0])}, …"
    about = ", ".join(each.subjects[:3]) + (", …" if len(each.subjects) > 3 else "")
    if each.others:
        about += f" / {', '.join(each.others[:3])}" + (", …" if len(each.others) > 3 else "")
    shown = {name: value for name, value in each.value.items() if name not in ("words", "claim")}
    if shown:
        about += " " + one_line(json.dumps(thawed(shown), ensure_ascii=False), 120)
    return f"{each.kind.replace('_', '-')} {about}"


def decision_json(each: Decision) -> dict[str, Any]:
    """Return a decision as JSON."""
    return {
        "sequence": each.sequence,
        "at": each.at,
        "by": each.by,
        "kind": each.kind,
        "subjects": list(each.subjects),
        "others": list(each.others),
        "value": thawed(each.value),
        "reason": each.reason,
        "takes_back": each.takes_back,
        "decisions": list(map(decision_json, each.decisions)),
    }


def event_json(each: Event) -> dict[str, Any]:
    """Return an event as JSON."""
    shape: dict[str, Any] = {"sequence": each.sequence, "at": each.at, "kind": each.kind}
    if each.decision is None:
        return {**shape, "payload": dict(each.payload)}
    return {**shape, "holds": each.holds, "decision": decision_json(each.decision)}

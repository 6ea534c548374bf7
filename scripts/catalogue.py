"""Write the catalogue of the workbench's words, from which translations are made.

    python scripts/catalogue.py

writes src/cenotaph/web/locale/cenotaph.pot. Taken are the strings given to gettext in the templates
and in the code, and words that stand in constants: names of codes, months, reasons. Each catalogue
beside it (LANGUAGE/LC_MESSAGES/cenotaph.po) is compiled anew for gettext; what it lacks is told.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import mofile, pofile
from jinja2.ext import extract_from_ast

from cenotaph import vocab
from cenotaph.model import Age, Certainty, Precision, Role, Scope, Sex, Stance, Status
from cenotaph.web import (
    again,
    apart,
    columns,
    decided,
    deciding,
    listing,
    pages,
    past,
    placing,
    same,
    sources,
    start,
    troubles,
    wording,
)

WEB = Path(pages.__file__).parent
TARGET = WEB / "locale" / "cenotaph.pot"

Message = tuple[str, str | None]
"""A sentence, and its form for many where it has one."""


def of_template(path: Path) -> Iterator[Message]:
    """Yield what a template gives to gettext; `counted` names both forms."""
    tree = pages.environment().parse(path.read_text(encoding="utf-8"))
    for _, function, found in extract_from_ast(tree, ("_", "gettext", "counted")):
        if function == "counted" and isinstance(found, tuple) and found[0] is not None:
            yield found[0], found[1]
        elif isinstance(found, str):
            yield found, None
        elif found and found[0]:  # with values to be put in by name
            yield found[0], None


def of_code(path: Path) -> Iterator[Message]:
    """Yield what a module gives to `say` and `counted`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
        told = [each for each in given if isinstance(each, str)]
        if node.func.id == "say" and told:
            yield told[0], None
        elif node.func.id == "counted" and len(told) == 2:
            yield told[0], told[1]


def of_tables() -> Iterator[Message]:
    """Yield the words that stand in constants and are given to gettext by name."""
    for name in dir(wording):
        table = getattr(wording, name)
        if name.isupper() and isinstance(table, dict | tuple):
            values = table.values() if isinstance(table, dict) else table
            yield from ((each, None) for each in values if isinstance(each, str))
    for title in wording.titles().values():
        yield title, None
        yield title.partition(":")[0], None
    pairs = (*pages.SCREENS, *deciding.REASONS, *apart.REASONS)
    yield from ((title, None) for _, title in pairs)
    tables = (decided.DONE, decided.SLOTS, past.ENTRIES, listing.FACETS, listing.NOTHING,
              sources.TIES, columns.ROLES, columns.PARTS, columns.DAYS, again.TYPED)  # fmt: skip
    yield from ((title, None) for table in tables for title in table.values())
    yield from ((title, None) for _, _, title in same.ANSWERS)
    yield from ((title, None) for title in placing.KINDS.values())
    yield from ((words, None) for words in (*troubles.sentences(), start.LARGE))
    yield from ((str(title), None) for title in vocab.table("sources")["kinds"].values())


def of_codes() -> Iterator[Message]:
    """Yield the words of codes that no vocabulary gives a title: findings, values of a claim."""
    values = (
        value
        for kind in (Age, Certainty, Precision, Role, Scope, Sex, Stance, Status)
        for value in kind
    )
    tables = (wording.CORROBORATION, wording.RESPONSIBILITY, wording.GRADES)
    graded = (code for table in tables for code in table)
    kinds = vocab.table("sources")["kinds"]
    for code in (*values, *graded, *kinds, *vocab.table("findings")["codes"]):
        if str(code) not in wording.titles():
            yield str(code).replace("_", " ").replace("-", " "), None


def messages() -> dict[Message, set[str]]:
    """Return every message with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted((WEB / "templates").rglob("*.html")):
        for message in of_template(path):
            found.setdefault(message, set()).add(path.relative_to(WEB).as_posix())
    for path in sorted(WEB.glob("*.py")):
        for message in of_code(path):
            found.setdefault(message, set()).add(path.name)
    for message in (*of_tables(), *of_codes()):
        found.setdefault(message, set()).add("tables")
    for one, many in [message for message in found if message[1] is not None]:
        # A catalogue has a sentence once; with its form for many it serves alone too.
        found[one, many] |= found.pop((one, None), set())
    return found


def quoted(text: str) -> str:
    """Return a string as a catalogue has it."""
    told = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{told}"'


def catalogue() -> str:
    """Return the catalogue, its messages in order of their words."""
    lines = [
        'msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"', "",
    ]  # fmt: skip
    for (one, many), files in sorted(messages().items(), key=lambda each: (each[0][0], str(each))):
        lines += [f"#: {' '.join(sorted(files))}"]
        if "%(" in one or (many and "%(" in many):
            lines.append("#, python-format")
        lines.append(f"msgid {quoted(one)}")
        if many is None:
            lines += ['msgstr ""', ""]
        else:
            lines += [f"msgid_plural {quoted(many)}", 'msgstr[0] ""', 'msgstr[1] ""', ""]
    return "\n".join(lines)


def compiled(path: Path) -> bytes:
    """Return a catalogue as gettext reads it."""
    with path.open("rb") as file:
        known = pofile.read_po(file)
    known.creation_date = known.revision_date = datetime(2000, 1, 1, tzinfo=UTC)  # not that of now
    out = io.BytesIO()
    mofile.write_mo(out, known)
    return out.getvalue()


def lacking(path: Path) -> list[str]:
    """Return the messages that a catalogue does not translate."""
    with path.open("rb") as file:
        known = {_first(each.id): each for each in pofile.read_po(file)}
    return [
        one
        for one, _ in messages()
        if one not in known or not all(_all(known[one].string)) or known[one].fuzzy
    ]


def _first(named: str | tuple[str, ...]) -> str:
    return named if isinstance(named, str) else named[0]


def _all(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(catalogue(), encoding="utf-8")
    sys.stdout.write(f"{len(messages())} messages in {TARGET.name}\n")
    for each in sorted(TARGET.parent.glob("*/LC_MESSAGES/cenotaph.po")):
        each.with_suffix(".mo").write_bytes(compiled(each))
        lack = lacking(each)
        sys.stdout.write(f"{each.parts[-3]}: {len(lack)} not translated {lack[:5]}\n")

"""Write the catalogue of the workbench's words, from which translations are made.

    python scripts/catalogue.py

writes src/cenotaph/web/locale/cenotaph.pot. Taken are the strings given to gettext in the templates
and in the code, and words that stand in constants: names of codes, months, reasons.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2.ext import extract_from_ast

from cenotaph import vocab
from cenotaph.web import columns, deciding, listing, pages, past, same, sources, wording

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
    yield from ((title, None) for title in wording.titles().values())
    yield from ((title, None) for _, title in (*pages.SCREENS, *deciding.REASONS))
    tables = (deciding.DONE, past.ENTRIES, listing.FACETS, sources.TIES, columns.ROLES,
              columns.PARTS, columns.DAYS)  # fmt: skip
    yield from ((title, None) for table in tables for title in table.values())
    yield from ((title, None) for _, _, title in same.ANSWERS)
    yield from ((str(title), None) for title in vocab.table("sources")["kinds"].values())


def messages() -> dict[Message, set[str]]:
    """Return every message with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted((WEB / "templates").rglob("*.html")):
        for message in of_template(path):
            found.setdefault(message, set()).add(path.relative_to(WEB).as_posix())
    for path in sorted(WEB.glob("*.py")):
        for message in of_code(path):
            found.setdefault(message, set()).add(path.name)
    for message in of_tables():
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


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(catalogue(), encoding="utf-8")
    sys.stdout.write(f"{len(messages())} messages in {TARGET.name}\n")

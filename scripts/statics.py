"""The sources with what never changes as statics: constants, and the members of enumerations.

Compiled code asks the table of its module for a name each time that the name is used, and a class
for its members. A name that is `Final` is a static of the C code; so the copy that is compiled says
`Final` of each constant (a name in capitals that is given a value once), and each member that a
function asks of an enumeration is such a constant of its module. `replace` is asked of the records
themselves, which `native` has made able to answer.
"""

import ast
import re
from collections.abc import Iterator

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_CLASS = re.compile(r"[A-Z][a-z]\w*")
_REPLACE = re.compile(r"^from dataclasses import (.*\breplace\b.*)$", re.MULTILINE)

REPLACE = '''\
"""`dataclasses.replace`, of records that do it themselves."""

import dataclasses
from typing import Any, TypeVar

Record = TypeVar("Record")


def replace(record: Record, /, **told: Any) -> Record:
    """Return the record with other values in the fields told of."""
    asked: Any = record
    try:
        changed: Record = asked._changed(told)
    except AttributeError:  # one that was not compiled
        changed = dataclasses.replace(asked, **told)
    return changed
'''
"""The source of the module `cenotaph.changed` of the compiled package."""

Edit = tuple[int, int, int, str]
"""In a line, counted from 1, the bytes [start, end) and what stands there instead."""


def statics(source: str) -> str:
    """Return the source of a module with its constants, and the members it asks for, as statics."""
    source = _REPLACE.sub(_replaced, source)
    tree = ast.parse(source)
    members = dict(_members(tree))
    edits: list[Edit] = list(_constants(tree))
    edits += [(*place, "_" + name.replace(".", "_")) for place, name in members.items()]
    lines = source.split("\n")
    for line, start, end, text in sorted(edits, reverse=True):
        row = lines[line - 1].encode()
        lines[line - 1] = (row[:start] + text.encode() + row[end:]).decode()
    own = {node.name: node.end_lineno or 0 for node in tree.body if isinstance(node, ast.ClassDef)}
    head = _behind_imports(tree)
    put = {head: ["from typing import Final as _Final"]}
    for name in sorted(set(members.values())):
        kept = f"_{name.replace('.', '_')}: _Final = {name}"
        put.setdefault(own.get(name.split(".")[0], head), []).append(kept)
    for at, added in sorted(put.items(), reverse=True):
        lines[at:at] = added
    return "\n".join(lines)


def _replaced(met: re.Match[str]) -> str:
    left = ", ".join(name for name in met[1].split(", ") if name != "replace")
    return (f"from dataclasses import {left}; " if left else "") + (
        "from cenotaph.changed import replace"
    )


def _behind_imports(tree: ast.Module) -> int:
    """The line behind the docstring and the imports with which a module begins."""
    line = 0
    for node in tree.body:
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr):
            break
        line = node.end_lineno or line
    return line


def _constants(tree: ast.Module) -> Iterator[Edit]:
    given: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            given[node.id] = given.get(node.id, 0) + 1
        elif isinstance(node, ast.Global):
            given.update(dict.fromkeys(node.names, 2))
    for node in tree.body:
        name = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(name, ast.Name) or not _CONSTANT.fullmatch(name.id) or given[name.id] > 1:
            continue
        end = name.end_col_offset or 0
        if isinstance(node, ast.Assign):
            yield name.lineno, end, end, ": _Final"
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            told = node.annotation
            if told.lineno == told.end_lineno:
                wrapped = f"_Final[{ast.unparse(told)}]"
                yield told.lineno, told.col_offset, told.end_col_offset or 0, wrapped


def _members(tree: ast.Module) -> Iterator[tuple[tuple[int, int, int], str]]:
    """Where functions ask for a member of an enumeration, and for which ("Measure.KILLED").

    What is asked for within an f-string or a pattern stays: no place is told of it, and a pattern
    takes no name.
    """
    known = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    known |= {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(b) for b in node.bases)
    }
    left: list[ast.AST] = []
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        left += function.body
    while left:
        node = left.pop()
        if isinstance(node, ast.JoinedStr | ast.match_case):
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            of = node.value.id
            if of in known and _CLASS.fullmatch(of) and _CONSTANT.fullmatch(node.attr):
                place = node.lineno, node.col_offset, node.end_col_offset or 0
                yield place, f"{of}.{node.attr}"
                continue
        left += ast.iter_child_nodes(node)

"""The sources with what keeps its answers as plain functions that look into a table of their own.

`functools.cache` and `lru_cache` give an object of Python, and a call of it by compiled code makes
a tuple of what it is given, asks the module for the object by name, and finds the answer behind
both. Reading asks ten of these for every word of a text. So in the copy that is compiled each
becomes two functions: one that makes an answer anew, and one that looks it up and is called
straight. A table that is full is emptied; what is answered never changes.
"""

import ast
import re

_UNBOUNDED = "functools.cache"
_BOUNDED = re.compile(r"functools\.lru_cache\(maxsize=(.+)\)")
_ANEW = "_anew_{}"
_HEAD = """\
from typing import Any as _KeptAny
from typing import Final as _KeptFinal
_kept_none: _KeptFinal = object()
"""


def memos(source: str) -> str:
    """Return the source of a module with the functions that keep their answers spelled out."""
    lines = source.split("\n")
    found = [
        (node, bound)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and (bound := _bound(node)) is not None
    ]
    # From the last to the first, so that what is put in moves nothing that is still to come.
    for node, bound in reversed(found):
        assert node.end_lineno is not None
        lines[node.end_lineno : node.end_lineno] = ["", "", *_looked_up(node, bound)]
        at = node.lineno - 1
        lines[at] = lines[at].replace(f"def {node.name}(", f"def {_ANEW.format(node.name)}(", 1)
        del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    if found:
        first = found[0][0].decorator_list[0].lineno - 1
        lines[first:first] = [*_HEAD.split("\n"), ""]
    source = "\n".join(lines)
    for node, _ in found:
        source = source.replace(f"{node.name}.__wrapped__(", f"{_ANEW.format(node.name)}(")
    return source


def _bound(node: ast.FunctionDef) -> str | None:
    """How many answers a function keeps at most, "" for any number; None where it keeps none."""
    if len(node.decorator_list) != 1:
        return None
    said = ast.unparse(node.decorator_list[0])
    if said == _UNBOUNDED:
        return ""
    bounded = _BOUNDED.fullmatch(said)
    return bounded[1] if bounded is not None else None


def _looked_up(node: ast.FunctionDef, bound: str) -> list[str]:
    """The function that looks for the answer of another, and has it made where there is none."""
    assert node.returns is not None
    name, made, returns = node.name, _ANEW.format(node.name), ast.unparse(node.returns)
    given = [arg.arg for arg in node.args.args]
    named = [arg.arg for arg in node.args.kwonlyargs]
    call = f"{made}({', '.join([*given, *(f'{one}={one}' for one in named)])})"
    head = f"def {name}({ast.unparse(node.args)}) -> {returns}:"
    if not given and not named:
        return [
            f"_kept_{name}: _KeptFinal[list[_KeptAny]] = []",
            head,
            f"    if not _kept_{name}:",
            f"        _kept_{name}.append({call})",
            f"    kept: {returns} = _kept_{name}[0]",
            "    return kept",
        ]
    key = given[0] if len(given) == 1 and not named else f"({', '.join([*given, *named])})"
    emptied = [f"        if len(_kept_{name}) >= {bound}:", f"            _kept_{name}.clear()"]
    return [
        f"_kept_{name}: _KeptFinal[dict[_KeptAny, _KeptAny]] = {{}}",
        head,
        f"    found: _KeptAny = _kept_{name}.get({key}, _kept_none)",
        "    if found is _kept_none:",
        f"        found = {call}",
        *(emptied if bound else []),
        f"        _kept_{name}[{key}] = found",
        f"    kept: {returns} = found",
        "    return kept",
    ]

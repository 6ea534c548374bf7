"""The sources as compiled code wants them: records whose making and comparing is compiled too.

mypyc turns a class into a struct, but leaves what `dataclass` writes to Python, and a named tuple
stays a tuple whose fields are asked for by name. So the copy that is compiled spells out what those
write: `__init__`, `__eq__` and `__hash__`, and for a named tuple `__repr__` and `_replace`; what
`replace` does is a method `_changed`. Nothing that a record does changes; a named tuple that
somebody uses as a tuple (unpacks it) is found by mypy when it is compiled, and is named in TUPLES.
"""

import ast
import re
from collections.abc import Mapping

TUPLES = frozenset(
    {
        "cenotaph.bounds.Stated",
        "cenotaph.places.around._Ahead",
        "cenotaph.reading.pages.Piece",
    }
)
"""Named tuples that stay what they are, by module and name ("cenotaph.reading.said.Said")."""

PLAIN = frozenset({"cenotaph.gazetteer.store.Places", "cenotaph.reading.lexicon.Words"})
"""Classes that stay classes of Python: a list of its own, and one that is referred to weakly."""

_IMPORTED = """\
from functools import partial as _partial
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any
from typing import final as _final
if _TYPE_CHECKING:  # for the compiler alone
    from mypy_extensions import mypyc_attr as _attr
"""
_ACYCLIC = "@_attr(acyclic=True)  # made of what was there before it: never of itself"
_MAKER = re.compile(r"^(\w+) = partial\(tuple\.__new__, (\w+)\)$", re.MULTILINE)
"""How a named tuple is made of a tuple of its fields without a step through Python."""
_MADE = re.compile(r"list\(map\((\w+), zip\(([\w, ]+), strict=False\)\)\)")
"""How many are made so at once."""


def native(source: str, module: str) -> str:
    """Return the source of a module with its records spelled out."""
    lines = source.split("\n")
    tuples: dict[str, list[ast.AnnAssign]] = {}
    classes = [n for n in ast.parse(source).body if isinstance(n, ast.ClassDef)]
    # From the last to the first, so that what is put in moves nothing that is still to come.
    for node in reversed(classes):
        bases = [ast.unparse(base) for base in node.bases]
        told = next((d for d in node.decorator_list if _is_dataclass(d)), None)
        if told is not None:
            _spell_dataclass(lines, node, told)
        elif bases == ["NamedTuple"] and f"{module}.{node.name}" not in TUPLES:
            tuples[node.name] = _fields(node)
            _spell_tuple(lines, node)
        elif f"{module}.{node.name}" in PLAIN:
            lines.insert(node.lineno - 1, "@(lambda cls: cls)  # stays a class of Python")
    if classes:
        first = min([classes[0].lineno, *(d.lineno for d in classes[0].decorator_list)])
        lines.insert(first - 1, _IMPORTED)
    source = "\n".join(lines)
    makers = {met[1]: met[2] for met in _MAKER.finditer(source) if met[2] in tuples}
    source = _MADE.sub(lambda met: _made(met, makers), source)
    return _MAKER.sub(lambda met: _maker(met, tuples), source)


def _made(met: re.Match[str], makers: Mapping[str, str]) -> str:
    """A list of records, each made without a tuple on the way."""
    if met[1] not in makers:
        return met[0]
    fields = ", ".join(f"_{n}" for n in range(met[2].count(",") + 1))
    return f"[{makers[met[1]]}({fields}) for {fields} in zip({met[2]})]"


def _is_dataclass(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).split("(")[0] == "dataclass"


def _fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [
        one
        for one in node.body
        if isinstance(one, ast.AnnAssign) and not ast.unparse(one.annotation).startswith("ClassVar")
    ]


def _spell_dataclass(lines: list[str], node: ast.ClassDef, told: ast.expr) -> None:
    keywords = told.keywords if isinstance(told, ast.Call) else []
    options = {str(one.arg): ast.unparse(one.value) for one in keywords}
    frozen = options.get("frozen") == "True"
    methods = _init(node, keyword="kw_only" in options, frozen=frozen) + _reduce(node)
    if options.get("eq") != "False":
        compared = [f for f in _fields(node) if _told(f, "compare") != "False"]
        methods += _eq(node, compared)
        if frozen:
            methods += _hash([f for f in compared if _told(f, "hash") != "False"])
        if options.pop("order", None) is not None:
            methods += _order(node, compared)
    if node.bases:  # what `dataclass` does to a generic class, mypyc does not bear
        _put(lines, node, methods + _repr(node))
        _bare(lines, node)
        lines[told.lineno - 1 : told.end_lineno] = []
        return
    methods += _changed(node)
    # mypyc notes of most annotations only that they are types; what is sent is checked by them.
    noted = {ast.unparse(f.target): ast.unparse(f.annotation).strip("'\"") for f in _fields(node)}
    _put(lines, node, [*methods, f'vars({node.name})["__annotations__"].update({noted!r})'])
    kept = {k: v for k, v in options.items() if k != "slots"} | {"init": "False"}
    written = ", ".join(f"{k}={v}" for k, v in kept.items())
    lines[told.lineno - 1 : told.end_lineno] = [f"@dataclass({written})"]
    if frozen:
        lines.insert(told.lineno - 1, _ACYCLIC)


def _changed(node: ast.ClassDef) -> list[str]:
    names = [ast.unparse(f.target) for f in _fields(node) if _told(f, "init") != "False"]
    given = ", ".join(f'{n}=told["{n}"] if "{n}" in told else self.{n}' for n in names)
    return [
        f'    def _changed(self, told: "dict[str, _Any]") -> "{node.name}":',
        f"        return {node.name}({given})",
    ]


def _spell_tuple(lines: list[str], node: ast.ClassDef) -> None:
    names = [ast.unparse(f.target) for f in _fields(node)]
    kept = ", ".join(f'changes.get("{name}", self.{name})' for name in names)
    methods = [
        *_init(node, keyword=False, frozen=False),
        *_eq(node, _fields(node)),
        *_hash(_fields(node)),
        *_repr(node),
        *_reduce(node),
        f'    def _replace(self, **changes: _Any) -> "{node.name}":',
        f"        return {node.name}({kept})",
    ]
    _put(lines, node, methods)
    _bare(lines, node)
    head = node.lineno - 1
    lines[head] = lines[head].replace("(NamedTuple)", "")
    lines[head:head] = [_ACYCLIC, "@_final"]


def _bare(lines: list[str], node: ast.ClassDef) -> None:
    """Take the defaults from the fields of a class."""
    for one in reversed(_fields(node)):
        begin = lines[one.lineno - 1][: one.col_offset]
        field = f"{begin}{ast.unparse(one.target)}: {ast.unparse(one.annotation)}"
        lines[one.lineno - 1 : one.end_lineno] = [field]


def _repr(node: ast.ClassDef) -> list[str]:
    names = [ast.unparse(f.target) for f in _fields(node)]
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name in names)
    return ["    def __repr__(self) -> str:", f'        return f"{node.name}({shown})"']


def _init(node: ast.ClassDef, *, keyword: bool, frozen: bool) -> list[str]:
    told, done = ["self"] + ["*"] * keyword, []
    ignored = "  # type: ignore[misc]" if frozen else ""
    for one in _fields(node):
        if _told(one, "init") == "False":
            continue
        name, annotation = ast.unparse(one.target), ast.unparse(one.annotation)
        default = one.value
        factory, value = _told(one, "default_factory"), name
        if default is not None and _is_field(default):
            given = _told(one, "default")
        else:
            given = ast.unparse(default) if default is not None else None
        if factory is not None:
            told.append(f"{name}: {annotation} | None = None")
            value = f"{name} if {name} is not None else ({factory})()"
        else:
            told.append(f"{name}: {annotation}" + (f" = {given}" if given is not None else ""))
        done.append(f"        self.{name} = {value}{ignored}")
    if any(isinstance(one, ast.FunctionDef) and one.name == "__post_init__" for one in node.body):
        done.append("        self.__post_init__()")
    return [f"    def __init__({', '.join(told)}) -> None:", *done]


def _eq(node: ast.ClassDef, compared: list[ast.AnnAssign]) -> list[str]:
    names = [ast.unparse(one.target) for one in compared]
    same = " and ".join(f"self.{name} == other.{name}" for name in names) or "True"
    return [
        "    def __eq__(self, other: object) -> bool:",
        f"        if not isinstance(other, {node.name}):",
        "            return NotImplemented",
        f"        return self is other or ({same})",
    ]


def _reduce(node: ast.ClassDef) -> list[str]:
    """A struct is made by its `__init__`, so that is how a pickle or a copy has to make it."""
    names = [ast.unparse(f.target) for f in _fields(node) if _told(f, "init") != "False"]
    given = "".join(f", {name}=self.{name}" for name in names)
    return [
        "    def __reduce__(self) -> tuple[_Any, ...]:",
        f"        return _partial({node.name}{given}), ()",
    ]


def _order(node: ast.ClassDef, compared: list[ast.AnnAssign]) -> list[str]:
    ours, theirs = (
        "".join(f"{one}.{ast.unparse(f.target)}, " for f in compared) for one in ("self", "other")
    )
    return [
        line
        for name, sign in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="))
        for line in (
            f'    def __{name}__(self, other: "{node.name}") -> bool:',
            f"        return ({ours.rstrip()}) {sign} ({theirs.rstrip()})",
        )
    ]


def _hash(hashed: list[ast.AnnAssign]) -> list[str]:
    names = "".join(f"self.{ast.unparse(one.target)}, " for one in hashed)
    return ["    def __hash__(self) -> int:", f"        return hash(({names.rstrip()}))"]


def _is_field(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "field"


def _told(one: ast.AnnAssign, what: str) -> str | None:
    """What `field(…)` tells of a field, in the words of the source; None for nothing."""
    if not isinstance(one.value, ast.Call) or not _is_field(one.value):
        return None
    return next((ast.unparse(k.value) for k in one.value.keywords if k.arg == what), None)


def _put(lines: list[str], node: ast.ClassDef, methods: list[str]) -> None:
    end = node.end_lineno
    assert end is not None
    lines[end:end] = ["", *methods]


def _maker(met: re.Match[str], tuples: dict[str, list[ast.AnnAssign]]) -> str:
    maker, made = met.groups()
    if made not in tuples:
        return met[0]
    types = ", ".join(ast.unparse(one.annotation) for one in tuples[made])
    given = ", ".join(f"fields[{n}]" for n in range(len(tuples[made])))
    head = f"def {maker}(fields: tuple[{types}]) -> {made}:"
    return f"{head}\n    return {made}({given})"

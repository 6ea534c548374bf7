"""Every name that the program prints is explained."""

import ast
import enum
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cenotaph import model
from cenotaph.export.vocabularies import messages
from cenotaph.reconcile import NAMES
from cenotaph.vocab import table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cenotaph"
STEPS = ("reading", "link", "reconcile", "totals", "model", "pipeline")
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)+")
# Keys under which tales are looked up; nobody sees them.
UNSEEN = {"place-day", "place-week", "word-week"}


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def constants(folder: str) -> Iterator[str]:
    """Every name of a rule in a step: what is hyphenated, what is given as one, what drafts are made by."""
    files = (SOURCE / folder).rglob("*.py")
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    named = {
        target.id: node.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for tree in trees:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and KEBAB.fullmatch(node.value)
            ):
                yield node.value
            if isinstance(node, ast.keyword) and node.arg in ("by", "rule", "reason"):
                yield from strings(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
                "by",
                "reason",
            ):
                yield from strings(node.value)
            if isinstance(node, ast.FunctionDef) and node.name == "_left_out":
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        yield from strings(inner.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "make":
                for argument in node.args[4:5]:
                    name = getattr(argument, "id", "")
                    yield from strings(named.get(name, argument))


def strings(node: ast.expr) -> list[str]:
    found = [
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    return [value for value in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", value)]


def rules() -> set[str]:
    return {value for folder in STEPS for value in constants(folder)} - UNSEEN


def test_rules_are_found_where_they_are_made():
    assert {
        "passive",
        "toll",
        "part",
        "joined",
        "scope",
        "said-to-be-further",
        "hypothetical",
    } <= rules()


def test_every_rule_that_is_printed_is_documented():
    pages = text_of("methodology.md") + text_of("findings.md")
    missing = {rule for rule in rules() if f"`{rule}`" not in pages and f"## {rule}\n" not in pages}
    codes = set(table("inputs")["errors"]) | set(table("inputs")["findings"])
    assert missing - codes == set()


def test_every_ruleset_weight_and_finding_is_documented():
    methodology, findings = text_of("methodology.md"), text_of("findings.md")
    for ruleset in NAMES:
        assert f"**`{ruleset}`**, version {table(f'rulesets/{ruleset}')['version']}" in methodology
    for part in ("weights", "thresholds"):
        assert [n for n in table("linking")[part] if f"`{n}`" not in methodology] == []
    codes = [message["code"] for message in messages("findings")]
    assert re.findall(r"^## ([a-z-]+)$", findings, re.MULTILINE) == codes


CODES = (
    model.Measure, model.Modality, model.Scope, model.Certainty, model.Status, model.Age, model.Sex,
    model.Basis, model.Stance, model.Relation, model.LinkKind, model.Precision, model.Granularity,
)  # fmt: skip


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_every_code_is_in_the_vocabulary(codes: type[enum.StrEnum]):
    page = text_of("vocabulary.md")
    assert [code.value for code in codes if f"`{code.value}`" not in page] == []


@pytest.mark.parametrize("group", model.GROUPS)
def test_every_group_is_in_the_vocabulary(group):
    assert f"`{group}`" in text_of("vocabulary.md")


def test_no_rule_is_documented_that_the_program_does_not_have():
    section = text_of("methodology.md").partition("## Reading a count")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))
    section = (
        text_of("methodology.md").partition("## Links inside one report")[2].partition("\n## ")[0]
    )
    told |= set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))
    assert told <= rules()


def test_the_worked_example_is_what_the_program_reckons():
    """The bold figures are those that the program prints, and no others."""
    worked = text_of("methodology.md").partition("## A worked example")[2].partition("\n## ")[0]
    printed = worked.partition("$ cenotaph totals")[2].partition("```")[0]
    said = re.findall(r"\*\*([\d,]+)\*\*", worked)
    assert len(said) == 5
    assert [n for n in said if n not in printed] == []

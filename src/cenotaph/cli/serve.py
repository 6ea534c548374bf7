"""`cenotaph serve`: the workbench in a browser."""

from pathlib import Path

import click

from cenotaph.cli.options import record_file, unlocking
from cenotaph.cli.output import BadData, note
from cenotaph.store import RecordError
from cenotaph.store import open as open_record


@click.command()
@record_file
@click.option("--port", type=click.IntRange(0, 65535), help="The port; usually 8765, or any free.")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--read-only", is_flag=True, help="Change nothing, whatever is asked.")
@click.option("--lang", help="The language of its pages, such as ar; usually the browser's.")
def serve(record: Path, port: int | None, opens: bool, read_only: bool, lang: str | None) -> None:
    """Read, decide, map and publish a record in the browser, on this machine alone.

    Where there is no record of that name yet, the first page offers to make it.
    """
    from cenotaph.web.serve import PortTaken
    from cenotaph.web.serve import serve as run

    word = None
    if record.exists():
        try:
            word = unlocking(record)
            open_record(record, passphrase=word).close()
        except RecordError as error:
            raise BadData(str(error)) from error
    elif not record.absolute().parent.is_dir():
        raise BadData(f"There is no folder {record.absolute().parent} for {record.name}.")
    try:
        run(record, passphrase=word, port=port, open_browser=opens, read_only=read_only,
            language=lang, say=note)  # fmt: skip
    except PortTaken as error:
        raise BadData(str(error)) from error

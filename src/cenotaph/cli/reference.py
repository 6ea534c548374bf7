"""`cenotaph vocab` and `cenotaph schema`: what the words of the output mean."""

import difflib
import json
from typing import Any

import click

from cenotaph.cli.output import say, table, write
from cenotaph.export.documents import line
from cenotaph.export.schema import SHAPES
from cenotaph.export.schema import schema as schema_of
from cenotaph.export.vocabularies import VOCABULARIES, entries


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, an object a line.")
def vocab(name: str | None, as_json: bool) -> None:
    """Print a vocabulary: its codes and what each means. Without NAME, print what there is."""
    if name is None:
        rows = [{"name": known, "title": title} for known, (_, title) in VOCABULARIES.items()]
    elif name in VOCABULARIES:
        rows = entries(name)
    else:
        near = difflib.get_close_matches(name, list(VOCABULARIES), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise click.BadParameter(
            f"There is no vocabulary {name!r}.{hint} There are: {', '.join(VOCABULARIES)}.",
            param_hint="NAME",
        )
    if as_json:
        for row in rows:
            write(line(row))
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table(columns, [[shown(row.get(column)) for column in columns] for row in rows])


def shown(value: Any) -> str:
    """Return a value of a vocabulary as a table shows it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items())
    return "" if value is None else str(value)


@click.command()
@click.argument("name", type=click.Choice(list(SHAPES)))
def schema(name: str) -> None:
    """Print the JSON Schema of a line of output."""
    say(json.dumps(schema_of(name), indent=2, ensure_ascii=False))

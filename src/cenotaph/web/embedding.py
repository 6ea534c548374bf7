"""Parts of a report to stand on other sites: each one file that loads and runs nothing."""

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment

from cenotaph.web.language import say

HEIGHTS = {"figure": 260, "table": 420, "months": 340, "map": 640}
"""Pixels that each part is given in the line that embeds it."""


def titles(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the parts that a report has, by the name of their file, with their titles."""
    yield "figure", say("People reported killed")
    if told["rows"]:
        yield "table", say("People reported killed, in a table")
    if told["months"]:
        yield "months", over_time(told["wish"].by)
    if told["drawing"]:
        yield "map", say("Where the incidents of this report are known to have been")


def over_time(by: str) -> str:
    """Return the title of the bars beside a table by `by`."""
    if by == "month":
        return say("Killed by month, low to high")
    return say("Killed in incidents, by month, low to high")


def files(templates: Environment, told: dict[str, Any], *, site: bool) -> Iterator[tuple[str, str]]:
    """Yield the files of the parts, and the page that says how to embed them.

    `site`: they lie in the folder of a site, beside the whole report.
    """
    one = templates.get_template("published/embedded.html")
    for name, title in titles(told):
        yield f"{name}.html", one.render(told, part=name, title=title, site=site)
    parts = [(name, title, HEIGHTS[name]) for name, title in titles(told)]
    yield "index.html", templates.get_template("published/embedding.html").render(told, parts=parts)

"""Every word of the interface goes through gettext, and turns with the direction of its language."""

import gettext
import html.parser
import re
import runpy
from pathlib import Path

import pytest
from tests.web.test_browser import SCREENS

from cenotaph.web import language, pages

ROOT = Path(__file__).resolve().parents[2]
EXTRA = {"one claim": "/bulk", "days asked for": "/reports", "nothing found": "/search?q=zzzz"}

DATA = {
    "bdi",
    "q",
    "blockquote",
    "code",
    "kbd",
    "time",
    "s",
    "script",
    "style",
    "title",
    "option",
    "svg",
}
"""Elements whose text comes from the record or is no word of the interface; so is what stands in a
language of its own, as the sentences of the rules do, which are English.
"""

NAMES = re.compile(r"\b(?:Cenotaph|BibTeX|CSL-JSON|CSV|GeoJSON|JSON|UTC|N\.K\.)\b|[\w.-]+\.db\b")
MARKED = re.compile(r"«[^«»]*»")


class Pseudo(gettext.NullTranslations):
    """A language whose sentences are the English ones in marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"«{one if n == 1 else many}»"


class Unmarked(html.parser.HTMLParser):
    """Collects text that stands in no marks and is no data."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[bool] = [False]
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        for name in ("aria-label", "placeholder", "title", "alt"):
            if known.get(name):
                self.look(known[name])
        if tag not in self.VOID:
            data = (
                tag in DATA or known.get("dir") == "auto" or (known.get("lang") and tag != "html")
            )
            self.inside.append(self.inside[-1] or bool(data))

    def handle_endtag(self, tag):
        if tag not in self.VOID and len(self.inside) > 1:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside[-1]:
            self.look(data)

    def look(self, told: str) -> None:
        left = told
        while left != (less := MARKED.sub("", left)):
            left = less
        if re.search(r"[^\W\d_]{2,}", NAMES.sub("", left)):
            self.wrong.append(" ".join(told.split())[:120])


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch):
    """The interface in the marked language."""
    made = Pseudo()
    monkeypatch.setattr(language, "translations", lambda _=None: made)
    monkeypatch.setattr(pages, "translations", lambda _=None: made)
    pages.environment.cache_clear()
    yield
    pages.environment.cache_clear()


@pytest.mark.parametrize("name", [*SCREENS, *EXTRA])
def test_every_word_of_the_interface_is_translated(pseudo, client, name):
    reader = Unmarked()
    reader.feed(client.get((SCREENS | EXTRA)[name]).text)
    assert reader.wrong == [], "\n".join(reader.wrong)


@pytest.mark.parametrize(("chosen", "turned"), [("ar", "rtl"), ("fa_IR", "rtl"), ("fr", "ltr")])
def test_pages_turn_with_the_direction_of_their_language(client, monkeypatch, chosen, turned):
    monkeypatch.setenv("CENOTAPH_LANGUAGE", chosen)
    assert f'<html lang="{chosen}" dir="{turned}">' in client.get("/incidents").text


def test_the_catalogue_is_that_of_the_code():
    """To renew it: make catalogue."""
    made = runpy.run_path(str(ROOT / "scripts" / "catalogue.py"))
    assert made["TARGET"].read_text(encoding="utf-8") == made["catalogue"]()

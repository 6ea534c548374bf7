"""Every word of the interface goes through gettext, and turns with the direction of its language."""

import gettext
import html.parser
import re
import runpy
from pathlib import Path

import pytest
from babel.messages import pofile
from tests.web.conftest import client_of
from tests.web.test_browser import SCREENS

from cenotaph.web import language

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

FOREIGN = re.compile(
    r"PDF|TOML|HTML|SHA|Airwars|JavaScript|Natural Earth|Enter|cenotaph stamp|\u2068[^\u2069]*\u2069"
)
"""What stands in Latin letters in a page in Arabic: names, and words of the reports."""

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


@pytest.mark.parametrize("name", [*SCREENS, *EXTRA])
def test_every_word_of_the_interface_is_translated(pseudo, client, name):
    reader = Unmarked()
    reader.feed(client.get((SCREENS | EXTRA)[name]).text)
    assert reader.wrong == [], "\n".join(reader.wrong)


@pytest.mark.parametrize(("chosen", "turned"), [("ar", "rtl"), ("en", "ltr")])
def test_pages_turn_with_the_direction_of_their_language(client, monkeypatch, chosen, turned):
    monkeypatch.setenv("CENOTAPH_LANGUAGE", chosen)
    assert f'<html lang="{chosen}" dir="{turned}">' in client.get("/incidents").text


@pytest.fixture
def arabic(example):
    """A browser that asks for Arabic first."""
    with client_of(example) as client:
        client.headers["accept-language"] = "ar-TN;q=0.9, en;q=0.5, xx"
        yield client


class Latin(Unmarked):
    """Collects words in Latin letters that are no data: what a page in Arabic left in English."""

    def look(self, told: str) -> None:
        if re.search(r"[A-Za-z]{3,}", FOREIGN.sub("", NAMES.sub("", told))):
            self.wrong.append(" ".join(told.split())[:120])


@pytest.mark.parametrize("name", [*SCREENS, *EXTRA])
def test_a_page_in_arabic_leaves_no_word_of_the_interface_in_english(arabic, name):
    page = arabic.get((SCREENS | EXTRA)[name]).text
    assert '<html lang="ar" dir="rtl">' in page
    reader = Latin()
    reader.feed(page)
    assert reader.wrong == [], "\n".join(reader.wrong)


def test_a_language_that_is_chosen_stays_and_leads_back(arabic):
    answer = arabic.get("/language?to=en&next=/incidents%3Fpage%3D1", follow_redirects=False)
    assert answer.headers["location"] == "/incidents?page=1"
    assert '<html lang="en" dir="ltr">' in arabic.get("/incidents").text
    arabic.get("/language?to=ar")
    assert '<html lang="ar"' in arabic.get("/incidents").text


@pytest.mark.parametrize(
    "after", ["//elsewhere.example", "/\\elsewhere.example", "https://a.example"]
)
def test_choosing_a_language_leads_nowhere_else(client, after):
    answer = client.get("/language", params={"to": "xx", "next": after}, follow_redirects=False)
    assert answer.headers["location"] == "/" and "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "given"),
    [("", ""), ("de, ar;q=0.1", "ar"), ("ar;q=0.2, en-GB", "en"), ("ar;q=0", ""), ("ar;q=x", "")],
)
def test_of_the_languages_that_a_browser_accepts_it_likes_one_best(accepted, given):
    assert language.preferred(accepted) == given


def test_figures_in_arabic_are_read_from_left_to_right(arabic):
    assert "\u2066≥ 57\u2069" in arabic.get("/d/orun-2021-02-08").text


CATALOGUES = sorted((ROOT / "src/cenotaph/web/locale").glob("*/LC_MESSAGES/cenotaph.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_is_whole_and_compiled(path):
    """To renew it: translate what is new, then make catalogue."""
    made = runpy.run_path(str(ROOT / "scripts" / "catalogue.py"))
    assert made["lacking"](path) == []
    assert path.with_suffix(".mo").read_bytes() == made["compiled"](path)
    with path.open("rb") as file:
        for each in pofile.read_po(file):
            ids, said = each.id, each.string
            if not ids:
                continue
            several = not isinstance(ids, str)
            wanted = set(re.findall(r"%\(\w+\)s", "".join(ids)))
            for told in said if several else (said,):
                left = wanted - set(re.findall(r"%\(\w+\)s", told))
                assert left <= ({"%(n)s"} if several else set()), told
                told % dict.fromkeys(("n", *(name[2:-2] for name in wanted)), "")


def test_the_catalogue_is_that_of_the_code():
    """To renew it: make catalogue."""
    made = runpy.run_path(str(ROOT / "scripts" / "catalogue.py"))
    assert made["TARGET"].read_text(encoding="utf-8") == made["catalogue"]()


@pytest.mark.parametrize(
    ("named", "given", "way"),
    [("fa", "en", "ltr"), ("he", "en", "ltr"), ("ar", "ar", "rtl"), ("ar_EG", "ar_EG", "rtl")],
)
def test_a_page_turns_only_for_a_language_that_there_are_words_of(monkeypatch, named, given, way):
    monkeypatch.setenv("CENOTAPH_LANGUAGE", named)
    assert (language.language(), language.direction()) == (given, way)


def test_what_is_english_on_a_page_of_another_language_is_said_to_be(client):
    for address in ("/totals", "/publish"):
        told = client.get(address, headers={"accept-language": "ar"}).text
        assert "جُمل القواعد مكتوبة بالإنكليزية." in told
        assert "The sentences of the rules" not in client.get(address).text

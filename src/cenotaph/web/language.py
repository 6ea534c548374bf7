"""The words of the interface, through gettext. English is the language they are written in.

A page is in the language that a person chose on it, else in that with which the workbench was
started (`--lang`, or the variable CENOTAPH_LANGUAGE), else in the first that the browser asks for
and that `locale` has a catalogue of. `make catalogue` writes what is to be translated.
"""

import functools
import gettext as catalogues
import os
from contextvars import ContextVar
from importlib import resources

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

DOMAIN = "cenotaph"
LANGUAGE = "en"
COOKIE = "cenotaph-language"
FROM_RIGHT = frozenset({"ar", "ckb", "fa", "he", "ps", "ug", "ur"})
"""Languages that are written from right to left."""

NAMES = {"en": "English", "ar": "العربية"}
"""The languages there are catalogues of, each by its own name."""

_asked: ContextVar[str] = ContextVar("language", default="")


def language() -> str:
    """Return the language of the page that is being made: one that there are words of."""
    named = _asked.get() or started_with()
    return named if named and translated(named) else LANGUAGE


@functools.cache
def translated(named: str) -> bool:
    """Tell whether a page can be in a language: English, or one that there is a catalogue of."""
    with resources.as_file(resources.files("cenotaph.web") / "locale") as folder:
        known = catalogues.find(DOMAIN, folder, languages=[named]) is not None
    return known or named.replace("-", "_").partition("_")[0] == LANGUAGE


def started_with() -> str:
    """Return the language that the workbench was started with, "" where none was named."""
    return os.environ.get("CENOTAPH_LANGUAGE", "").strip()


def direction() -> str:
    """Return the direction in which the interface's language is written, as HTML names it."""
    return "rtl" if language().replace("-", "_").partition("_")[0] in FROM_RIGHT else "ltr"


class Speaking:
    """Has every page made in the language that its request asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in that language."""
        if scope["type"] == "http":
            _asked.set(wanted(Headers(scope=scope)))
        await self._app(scope, receive, send)


def wanted(headers: Headers) -> str:
    """Return the language that a request asks for, "" where it leaves it open."""
    named = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    if named in NAMES:
        return named
    return "" if started_with() else preferred(headers.get("accept-language", ""))


def preferred(accepted: str) -> str:
    """Return the first language of ours that a browser accepts, the one it likes best first."""
    liked: list[tuple[float, str]] = []
    for each in accepted.split(",")[:40]:
        name, _, weight = each.partition(";")
        try:
            good = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        liked.append((-good, name.strip().casefold().partition("-")[0]))
    return next(
        (name for good, name in sorted(liked, key=lambda e: e[0]) if good and name in NAMES), ""
    )


@functools.cache
def translations(language: str = LANGUAGE) -> catalogues.NullTranslations:
    """Return the catalogue of a language; where there is none, the words as they are written."""
    with resources.as_file(resources.files("cenotaph.web") / "locale") as folder:
        return catalogues.translation(DOMAIN, folder, languages=[language], fallback=True)


def told(text: str) -> str:
    """Return a sentence in the interface's language, its places for values still open."""
    return translations(language()).gettext(text)


def told_of(one: str, many: str, number: int) -> str:
    """Return a sentence for a number of things, its places for values still open."""
    return translations(language()).ngettext(one, many, number)


def say(text: str, **values: object) -> str:
    """Return a sentence in the interface's language, with values put in by name."""
    return told(text) % values if values else told(text)


def counted(one: str, many: str, number: int, **values: object) -> str:
    """Return a sentence for a number of things, which is its value `n`."""
    return told_of(one, many, number) % {"n": f"{number:,}", **values}


def apart(text: str) -> str:
    """Return figures that are read from left to right whatever stands around them."""
    return f"\u2066{text}\u2069" if direction() == "rtl" else text


def within(text: str) -> str:
    """Return a name as it stands in a sentence from right to left: in its own direction."""
    return f"\u2068{text}\u2069" if direction() == "rtl" else text

"""The words of the interface, through gettext. English is the language they are written in.

Another language is chosen with the variable CENOTAPH_LANGUAGE, where `locale` has its catalogue;
`make catalogue` writes what is to be translated.
"""

import functools
import gettext as catalogues
import os
from importlib import resources

DOMAIN = "cenotaph"
LANGUAGE = "en"
FROM_RIGHT = frozenset({"ar", "ckb", "fa", "he", "ps", "ug", "ur"})
"""Languages that are written from right to left."""


def language() -> str:
    """Return the language of the interface."""
    return os.environ.get("CENOTAPH_LANGUAGE", "").strip() or LANGUAGE


def direction() -> str:
    """Return the direction in which the interface's language is written, as HTML names it."""
    return "rtl" if language().replace("-", "_").partition("_")[0] in FROM_RIGHT else "ltr"


@functools.cache
def translations(language: str = LANGUAGE) -> catalogues.NullTranslations:
    """Return the catalogue of a language; where there is none, the words as they are written."""
    with resources.as_file(resources.files("cenotaph.web") / "locale") as folder:
        return catalogues.translation(DOMAIN, folder, languages=[language], fallback=True)


def say(text: str, **values: object) -> str:
    """Return a sentence in the interface's language, with values put in by name."""
    told = translations(language()).gettext(text)
    return told % values if values else told


def counted(one: str, many: str, number: int, **values: object) -> str:
    """Return a sentence for a number of things, which is its value `n`."""
    told = translations(language()).ngettext(one, many, number)
    return told % {"n": f"{number:,}", **values}

"""The words of the interface, through gettext. English is the language they are written in."""

import functools
import gettext as catalogues
from importlib import resources

DOMAIN = "cenotaph"
LANGUAGE = "en"


@functools.cache
def translations(language: str = LANGUAGE) -> catalogues.NullTranslations:
    """Return the catalogue of a language; where there is none, the words as they are written."""
    with resources.as_file(resources.files("cenotaph.web") / "locale") as folder:
        return catalogues.translation(DOMAIN, folder, languages=[language], fallback=True)


def say(text: str, **values: object) -> str:
    """Return a sentence in the interface's language, with values put in by name."""
    told = translations().gettext(text)
    return told % values if values else told


def counted(one: str, many: str, number: int, **values: object) -> str:
    """Return a sentence for a number of things, which is its value `n`."""
    return translations().ngettext(one, many, number) % {"n": f"{number:,}", **values}

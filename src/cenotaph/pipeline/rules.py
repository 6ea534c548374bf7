"""Names to the things that steps are given."""

import difflib
from collections.abc import Iterable

from cenotaph.model import Ruleset
from cenotaph.reconcile.rulesets import NAMES, ruleset


class UnknownName(Exception):
    """A name that nothing goes by; the message lists those there are."""


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownName:
    """Return the error for a name that is not among `known`."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return UnknownName(f"There is no {what} {name!r}.{hint} There are: {', '.join(names)}.")


def ruleset_of(name: str) -> Ruleset:
    """Return the ruleset of a name. Raises UnknownName."""
    if name not in NAMES:
        raise unknown("ruleset", name, NAMES)
    return ruleset(name)

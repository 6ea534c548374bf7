"""Where steps keep what they worked out between changes: named mappings, of memory or of a file.

A step that follows changes asks for its mappings by name and uses them as dictionaries. Whoever
holds a record hands it mappings that outlive the process and read an entry when it is asked for, so
that a change reads and writes what it touches and nothing else.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, Protocol


class Shelves(Protocol):
    """Gives the mapping of a name, an empty one where nothing was kept under it."""

    def __call__(
        self,
        name: str,
        kind: Any,
        *,
        made: Callable[[Any], Any] | None = None,
        kept: Callable[[Any], Any] | None = None,
    ) -> MutableMapping[Any, Any]:
        """Return a mapping whose values are of the type `kind`.

        Keys are strings, bytes, or tuples of strings, days and None. Values may be changed in
        place where their type can be; an empty one is the same as none. Where what is kept is less
        than what is used, `kept` gives the one of the other and `made` takes it back.
        """
        ...


def memory(
    name: str,
    kind: Any,
    *,
    made: Callable[[Any], Any] | None = None,
    kept: Callable[[Any], Any] | None = None,
) -> MutableMapping[Any, Any]:
    """Return a dictionary: what is kept lives as long as the process."""
    return {}

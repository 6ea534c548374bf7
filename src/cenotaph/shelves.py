"""Where steps keep what they worked out between changes: named mappings, of memory or of a file.

A step that follows changes asks for its mappings by name and uses them as dictionaries. Whoever
holds a record hands it mappings that outlive the process and read an entry when it is asked for, so
that a change reads and writes what it touches and nothing else.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, Protocol
from zlib import crc32

LARGE = 64
"""Members from which on a set is kept in parts."""

PARTS = tuple(f"{number:02x}" for number in range(256))
"""By which a large set is parted; identifiers fall into them evenly."""


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


class Sets:
    """Sets of identifiers under keys, of which a large one is kept in parts.

    Whoever adds a member to a set of a hundred thousand reads and writes one part of it. How a set
    is kept follows from its members alone, not from how they came.
    """

    def __init__(self, name: str, shelves: Shelves) -> None:
        self._whole: MutableMapping[Any, dict[str, None]] = shelves(name, dict[str, None])
        self._parts: MutableMapping[Any, dict[str, None]] = shelves(
            f"{name}_parts", dict[str, None]
        )
        self._sizes: MutableMapping[Any, int] = shelves(f"{name}_sizes", int)

    def size(self, key: Any) -> int:
        """Return how many members a set has, without reading those of a large one."""
        return len(self._whole.get(key, ())) or self._sizes.get(key, 0)

    def members(self, key: Any) -> list[str]:
        """Return the members of a set, in an order that means nothing."""
        whole = self._whole.get(key)
        if whole or key not in self._sizes:
            return list(whole or ())
        return [each for part in PARTS for each in self._parts.get(_part(key, part), ())]

    def has(self, key: Any, member: str) -> bool:
        """Tell whether a set has a member."""
        whole = self._whole.get(key)
        if whole or key not in self._sizes:
            return member in (whole or ())
        return member in self._parts.get(_part(key, _of(member)), ())

    def add(self, key: Any, member: str) -> None:
        """Put a member into a set, where it is not in it."""
        if self._is_large(key):
            part = self._parts.setdefault(_part(key, _of(member)), {})
            self._sizes[key] += member not in part
            part[member] = None
            return
        whole = self._whole.setdefault(key, {})
        whole[member] = None
        if len(whole) > LARGE:
            for each in self._whole.pop(key):
                self._parts.setdefault(_part(key, _of(each)), {})[each] = None
            self._sizes[key] = LARGE + 1

    def discard(self, key: Any, member: str) -> None:
        """Take a member out of a set, where it is in it."""
        if not self.has(key, member):
            return
        if not self._is_large(key):
            del self._whole[key][member]
            if not self._whole[key]:
                del self._whole[key]
            return
        del self._parts[_part(key, _of(member))][member]
        self._sizes[key] -= 1
        if self._sizes[key] == LARGE:
            left = self.members(key)
            self.drop(key)
            self._whole[key] = dict.fromkeys(left)

    def drop(self, key: Any) -> None:
        """Take out a whole set."""
        if self._is_large(key):
            del self._sizes[key]
            for part in PARTS:
                self._parts.pop(_part(key, part), None)
        else:
            self._whole.pop(key, None)

    def _is_large(self, key: Any) -> bool:
        return not self._whole.get(key) and key in self._sizes


def _of(member: str) -> str:
    return PARTS[crc32(member.encode("utf-8", "surrogatepass")) % len(PARTS)]


def _part(key: Any, part: str) -> tuple[Any, ...]:
    return (*key, part) if isinstance(key, tuple) else (key, part)

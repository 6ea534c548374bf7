"""What was worked out of names, kept from text to text with the gazetteer that it was asked of."""

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from cenotaph.model import Gazetteer, Place

KEPT = 20_000
"""Answers of one kind kept at most; beyond that they are worked out anew."""


@dataclass(slots=True)
class Memory:
    """Answers that depend on a gazetteer and on the words of their key alone.

    `peoples` are the countries of peoples' names, `alone` the places of mentions in no company.
    """

    peoples: dict[tuple[str, str], str | None] = field(default_factory=dict)
    alone: dict[tuple[object, ...], Place] = field(default_factory=dict)

    def trim(self) -> None:
        """Forget what is kept too much of."""
        if len(self.peoples) > KEPT:
            self.peoples = {}
        if len(self.alone) > KEPT:
            self.alone = {}


_MEMORIES: WeakKeyDictionary[Gazetteer, Memory] = WeakKeyDictionary()


def memory_of(gazetteer: Gazetteer) -> Memory:
    """Return the memory of a gazetteer; it goes with it."""
    memory = _MEMORIES.get(gazetteer)
    if memory is None:
        memory = _MEMORIES[gazetteer] = Memory()
    memory.trim()
    return memory

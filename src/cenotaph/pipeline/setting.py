"""What documents are read with."""

from dataclasses import dataclass

from cenotaph.model import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a reading depends on beside the document: the gazetteer, and where reports are from.

    `country` helps to choose among places of one name, where the document does not give its own.
    """

    gazetteer: Gazetteer
    country: str | None = None

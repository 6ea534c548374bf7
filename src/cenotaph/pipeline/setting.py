"""What documents are read with."""

from dataclasses import dataclass

from cenotaph.model import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a reading depends on beside the document: the gazetteer, and where reports are from.

    `country` helps to choose among places of one name, where the document does not give its own.
    `noted` are the hashes of the gazetteers that a record notes, nothing outside a record.
    """

    gazetteer: Gazetteer
    country: str | None = None
    noted: tuple[str, ...] = ()

    @property
    def keeps(self) -> bool:
        """Tell whether a record's gazetteer is another or gone: then it keeps what it resolved."""
        return bool(self.noted) and self.noted != tuple(s.sha256 for s in self.gazetteer.sources)

"""What documents are read with, and what that is opened from."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from cenotaph import gazetteer
from cenotaph.gazetteer import GazetteerError, GazetteerMissing
from cenotaph.model import Gazetteer, GivenGazetteer


class SettingError(Exception):
    """A gazetteer that cannot be used; the message says which, and why."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a setting is opened from; unlike what it opens, it can be handed to another process."""

    files: tuple[Path, ...] = ()
    default: bool = True
    country: str | None = None
    noted: tuple[GivenGazetteer, ...] = ()

    def open(self) -> Setting:
        """Open the gazetteers, the first file in precedence first. Raises SettingError.

        A record that notes its gazetteers is opened without the program's own where that is gone.
        """
        try:
            try:
                known = gazetteer.open(self.files, self.default)
            except GazetteerMissing:
                if not self.noted:
                    raise
                known = gazetteer.open(self.files, False)
        except (GazetteerError, OSError, sqlite3.Error) as error:
            raise SettingError(f"The gazetteer cannot be used: {error}.") from error
        noted = tuple(each.sha256 for each in self.noted)
        return Setting(gazetteer=known, country=self.country, noted=noted)

"""How an incident or a report of a record is cited: in words, as BibTeX and as CSL-JSON."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from typing import Any

from cenotaph.web import wording
from cenotaph.web.language import say

SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    each: f"\\{each}" for each in "{}&%$#_"
}
"""Characters that mean something to BibTeX, and how each is written as itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is cited: a thing of a record, as it stood on the day `seen`.

    `kind` is "incident" or "report"; `author`, `issued` and `address` are those of a report, as far
    as they are known.
    """

    kind: str
    id: str
    title: str
    record: str
    seen: date
    author: str | None = None
    issued: date | None = None
    address: str | None = None

    @property
    def words(self) -> str:
        """The citation as a sentence."""
        if self.kind == "incident":
            return say(
                "“%(name)s”, incident %(id)s, in the record %(record)s, Cenotaph %(version)s, "
                "%(day)s.",
                name=self.title,
                id=self.id,
                record=self.record,
                version=version(),
                day=wording.day(self.seen),
            )
        head = [each for each in (self.author, f"“{self.title}”") if each]
        if self.issued is not None:
            head.append(wording.day(self.issued))
        return say(
            "%(head)s; report %(id)s, kept in the record %(record)s, seen %(day)s.",
            head=", ".join(head),
            id=self.id,
            record=self.record,
            day=wording.day(self.seen),
        )

    def bibtex(self) -> str:
        """Return the citation as an entry of BibTeX, in UTF-8."""
        fields: dict[str, str | None] = {
            "title": "{" + plain(self.title) + "}",
            "author": "{" + plain(self.author) + "}" if self.author else None,
            "year": f"{self.issued:%Y}" if self.issued else None,
            "date": self.issued.isoformat() if self.issued else None,
            "url": self.address and plain(self.address),
            "urldate": self.seen.isoformat(),
            "howpublished": plain(f"Record {self.record}, Cenotaph {version()}"),
            "note": plain(f"{wording.label(self.kind)} {self.id}"),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{key(self.id)},\n" + ",\n".join(lines) + "\n}\n"

    def csl(self) -> str:
        """Return the citation as CSL-JSON: a list of one item."""
        item: dict[str, Any] = {
            "id": self.id,
            "type": "dataset" if self.kind == "incident" else "document",
            "title": self.title,
            "archive": self.record,
            "archive_location": self.id,
            "accessed": parts(self.seen),
            "source": f"Cenotaph {version()}",
        }
        if self.author:
            item["author"] = [{"literal": self.author}]
        if self.issued:
            item["issued"] = parts(self.issued)
        if self.address:
            item["URL"] = self.address
        return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def version() -> str:
    """Return the version of the program."""
    return metadata.version("cenotaph")


def parts(day: date) -> dict[str, list[list[int]]]:
    """Return a day as CSL-JSON has it."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def plain(text: str) -> str:
    """Return text as BibTeX reads it back: on one line, without commands of its own."""
    visible = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
    return "".join(SPECIAL.get(each, each) for each in " ".join(visible.split()))


def key(id_: str) -> str:
    """Return an identifier as a key of BibTeX."""
    return re.sub(r"[^A-Za-z0-9:.-]+", "-", id_) or "cited"

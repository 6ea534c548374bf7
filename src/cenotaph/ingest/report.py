"""What an input becomes: a report with its document, or a refusal with its reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cenotaph.model import CodedRow, Document, DocumentId, Finding

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COUNTRY = re.compile(r"[A-Za-z]{2}")
LONGEST = 2_000_000
"""Code points of the longest text that is read as one report."""

STRINGS = ("title", "publisher", "lang", "note", "author", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An input that was read: its document, and the bytes it was made of, unchanged.

    `name` is the file or stream it came from; `findings` say what of its metadata is unreadable.
    """

    document: Document
    raw: bytes = field(repr=False)
    media_type: str
    name: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An input that was not read. `id` is what it called itself, as far as that could be told.

    The codes, and what each means, are the errors of `vocab/inputs.toml`.
    """

    id: Any
    code: str
    message: str
    name: str
    raw: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something to tell of an input that is no state of it: what was passed over, and how much.

    The codes are the notes of `vocab/inputs.toml`.
    """

    code: str
    message: str
    name: str


def day(value: str) -> date | None:
    """Return a full ISO day ("2016-12-05"), or None for anything else, however near."""
    if ISO_DAY.fullmatch(value) is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def too_long(text: str) -> str | None:
    """Return what to say of a text that is longer than one report may be, else None."""
    if len(text) <= LONGEST:
        return None
    return f"The text has {len(text)} characters; at most {LONGEST} are read as one report."


def document(
    id_: str,
    text: str,
    metadata: Mapping[str, Any],
    *,
    reader: str | None = None,
    part: str | None = None,
    coded: CodedRow | None = None,
) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document of a text and its metadata, with findings for what is unreadable.

    Metadata that is missing, null or unreadable stays None; nothing is filled in from elsewhere.
    `reader`, `part` and `coded` are told by what made the text, never by the input.
    """
    identifier = DocumentId(id_)
    findings: list[Finding] = []

    def say(code: str, message: str) -> None:
        findings.append(Finding(code=code, message=message, documents=(identifier,)))

    published = None
    stated = metadata.get("published")
    if stated is not None:
        published = day(stated) if isinstance(stated, str) else None
        if published is None:
            say(
                "published-unreadable",
                f"The day of publication {shown(stated)} is not a full ISO day such as 2016-12-05; "
                "it is left unknown.",
            )
    strings: dict[str, str | None] = {}
    for name in STRINGS:
        value = metadata.get(name)
        if value is not None and not isinstance(value, str):
            say(
                "metadata-unreadable", f"The {name} {shown(value)} is not text; it is left unknown."
            )
            value = None
        strings[name] = value or None
    country = metadata.get("country")
    if country is not None:
        if isinstance(country, str) and COUNTRY.fullmatch(country):
            country = country.upper()
        else:
            say(
                "metadata-unreadable",
                f"The country {shown(country)} is not a code of two letters; it is left unknown.",
            )
            country = None
    made = Document(
        id=identifier,
        text=text,
        title=strings["title"],
        publisher=strings["publisher"],
        published=published,
        lang=strings["lang"],
        country=country,
        note=strings["note"],
        author=strings["author"],
        url=strings["url"],
        reader=reader,
        part=part,
        coded=coded,
    )
    return made, tuple(findings)


def shown(value: Any) -> str:
    """Return a value as a message may quote it: on one line, and short."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

"""What came in: bytes, the one text made of them, and verbatim passages of it."""

from dataclasses import dataclass, field
from datetime import date

from cenotaph.model.ids import CaptureId, DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes as they were obtained; the identifier is made of their SHA-256 and of nothing else."""

    id: CaptureId
    sha256: str
    media_type: str
    size: int
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a coded row: its words are the document's `[start:end]`.

    `role` is what its column stands for ("killed", "place", "date", …), `value` what the mapping of
    columns makes of the words: digits of a number, a full ISO day, a code of a vocabulary.
    """

    role: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRow:
    """A row that a recorder coded, laid out as the text of a document; `kind` is the recorder's."""

    recorder: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One readable text made from a capture. The text is never normalised: quotes point into it.

    `published` is a full day or None; None is never filled in from anything else, and `day_settled`
    tells that a person said it, so that no date line in the text contradicts it. `reader` names
    what made the text of the bytes, with its version; `part` the part of the capture it was made of
    ("row 17"), None for all of it. `coded` is set for a row of an existing record, whose figures
    are taken from its cells.
    """

    id: DocumentId
    text: str = field(repr=False)
    capture: CaptureId | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    day_settled: bool = False
    lang: str | None = None
    country: str | None = None
    note: str | None = None
    author: str | None = None
    url: str | None = None
    reader: str | None = None
    part: str | None = None
    coded: CodedRow | None = None


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A verbatim passage: `text` is the document's `[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span {self.start}:{self.end}")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"{self.text!r} does not fill {self.start}:{self.end}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Quote":
        """Return the passage of `text` from `start` to `end`."""
        return cls(start, end, text[start:end])

    def is_in(self, text: str) -> bool:
        """Tell whether `text` really says this, at this place."""
        return text[self.start : self.end] == self.text

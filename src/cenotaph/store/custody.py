"""How one report has been kept: when its bytes came in, what they are, and whether all agrees."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL as LABELS
from sqlalchemy import select

from cenotaph.model import DocumentId
from cenotaph.store import log, tables
from cenotaph.store.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """How a report has been kept. `entries` are the entries of the log about it and its bytes.

    `archived` is when its bytes were first kept, and `reader` what made the text of them, with its
    version. `faults` are what does not hold of bytes, text and these entries; of the log as a whole
    only `check` tells.
    """

    archived: str
    name: str
    media_type: str
    size: int
    bytes_sha256: str
    text_sha256: str
    reader: str | None
    part: str | None
    entries: tuple[int, ...]
    faults: tuple[str, ...]


def custody(record: Record, id_: DocumentId) -> Custody | None:
    """Return how a report has been kept, checked again; None where there is no such report."""
    documents, captures = tables.documents, tables.captures
    query = (
        select(documents, captures)
        .join(captures, captures.c.id == documents.c.capture_id)
        .where(documents.c.id == id_)
        .set_label_style(LABELS)
    )
    with record.reader() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    entries = [
        each
        for subject in (row.documents_capture_id, str(id_))
        for each in log.entries(record, subject=subject)
    ]
    about = {each.kind: each for each in entries if each.kind in ("capture", "document")}
    key = log.head(record).key
    kept, entered = about.get("capture"), about.get("document")
    raw = row.captures_content
    content = raw if isinstance(raw, bytes) else str(raw).encode("utf-8")  # a changed file
    size, digest = len(content), hashlib.sha256(content).hexdigest()
    words = hashlib.sha256(row.documents_text.encode("utf-8")).hexdigest()
    told = (
        (kept is not None, "no entry of the log tells of the bytes"),
        (entered is not None, "no entry of the log tells of the report"),
        (
            kept is None
            or (kept.payload.get("sha256"), kept.payload.get("size")) == (digest, size),
            "the bytes are not those that the log tells of",
        ),
        (
            entered is None or entered.payload.get("text_sha256") == words,
            "the text is not the one that the log tells of",
        ),
        (
            all(log.is_signed(each, key) for each in about.values()),
            "an entry is not signed with the record's key",
        ),
    )
    return Custody(
        archived=kept.at if kept else "",
        name=row.documents_name,
        media_type=row.captures_media_type,
        size=size,
        bytes_sha256=digest,
        text_sha256=words,
        reader=row.documents_reader,
        part=row.documents_part,
        entries=tuple(sorted(each.sequence for each in entries)),
        faults=tuple(message for holds, message in told if not holds),
    )

"""What a process that reads documents does with each, and nothing that it does without."""

import msgspec

from cenotaph.model import Document, DocumentId, Finding, Reading
from cenotaph.pipeline.interpreted import Interpreted, encode
from cenotaph.pipeline.setting import Sources
from cenotaph.pool import Work

FAULT = b"!"
"""What a worker's answer begins with where it is no reading (no reading begins so)."""


def reader(sources: Sources) -> Work:
    """Return what a worker does: a document in, its reading out, or what prevented one.

    Only workers import the reader: whoever asks what is kept does without.
    """
    from cenotaph.pipeline.document import interpret

    setting = sources.open()

    def work(payload: bytes) -> bytes:
        try:
            document, before = msgspec.msgpack.decode(payload, type=tuple[Document, bytes | None])
            return encode(interpret(document, setting=setting, before=before))
        except Exception as error:
            return FAULT + fault(error).encode()

    return work


def fault(error: Exception) -> str:
    """Return what to say of a fault in the program, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def unread(id_: DocumentId, reason: str) -> bytes:
    """Return the reading of a document that could not be read: a finding that says so."""
    message = (
        f"The document is kept, but reading it failed, so nothing was taken from it: {reason}."
    )
    finding = Finding(code="not-read", message=message, documents=(id_,))
    return encode(Interpreted(reading=Reading(document=id_), findings=(finding,)))

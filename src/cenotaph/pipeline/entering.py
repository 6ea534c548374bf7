"""What a reader made of an input, as the store takes it."""

from cenotaph.ingest import Refused, Report
from cenotaph.store import Input


def as_input(given: Report | Refused) -> Input:
    """Return what the store takes of an input."""
    if isinstance(given, Refused):
        return Input(
            raw=given.raw,
            media_type="application/octet-stream",
            name=given.name,
            claimed_id=None if given.id is None else str(given.id),
            code=given.code,
            message=given.message,
        )
    return Input(
        raw=given.raw,
        media_type=given.media_type,
        name=given.name,
        document=given.document,
        findings=given.findings,
    )

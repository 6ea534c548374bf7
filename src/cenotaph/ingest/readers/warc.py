"""WARC: the pages that an archive of the web holds, each with the bytes of its own record."""

import contextlib
import io
import re
from collections import Counter
from typing import Any

from cenotaph.ingest.kinds import HEAD, Kind, kind_of
from cenotaph.ingest.pieces import LIMIT, Input, Noted, Pieces, Refusal, Rejected

SHOWN = frozenset({"response", "resource", "conversion"})
FINE = range(200, 300)
PARTIAL = "206"
FURNITURE = re.compile(
    r"(?:text|application)/(?:css|(?:x-)?(?:java|ecma)script)|(?:image|font|audio|video)/"
)
"""What the answers that a page is furnished with say that they are."""


def read(given: Input) -> Pieces:
    """Yield the pages of an archive."""
    yield from records(given)


def records(given: Input) -> Pieces:
    """Yield the records of an archive that answer with something, and tell of the others."""
    from warcio.archiveiterator import ArchiveIterator

    passed: Counter[str] = Counter()
    found = 0
    with given.open() as stream, given.open() as bytes_:
        iterator = ArchiveIterator(stream, check_digests=True)
        while True:
            try:
                with contextlib.redirect_stderr(io.StringIO()):
                    record = next(iterator, None)
                if record is None:
                    break
                answer = piece(given, iterator, record, bytes_)
            except Refusal:
                raise
            except MemoryError:
                raise
            except Exception as error:  # the library raises whatever broken bytes lead it to
                said = " ".join(str(error).split())[:160]
                said = f": {said}" if said.isascii() else ""  # it may quote the bytes themselves
                message = (
                    f"The archive is broken after {found} records: {type(error).__name__}{said}."
                )
                raise Refusal("broken-file", message) from error
            if isinstance(answer, str):
                passed[answer] += 1
            else:
                found += 1
                yield answer
        broken = iterator.err_count
    if broken:
        yield Rejected(
            code="broken-file", message=f"{broken} records are longer or shorter than they say."
        )
    if passed:
        told = ", ".join(f"{count} {what}" for what, count in sorted(passed.items()))
        yield Noted(
            code="passed-over", message=f"Records that are no pages were passed over: {told}."
        )
    if not found:
        raise Refusal("nothing-inside", "The archive has no record of a page.")


def piece(given: Input, iterator: Any, record: Any, bytes_: Any) -> Input | Rejected | str:
    """Return the page of a record, why it cannot be had, or what kind of record was passed over."""
    kind = record.rec_type
    if kind not in SHOWN:
        return str(kind)
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or ""
    when = headers.get_header("WARC-Date") or ""
    if url.startswith(("dns:", "metadata:")):
        return "dns"
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not (str(status).isdigit() and int(status) in FINE):
        return f"answers with status {status}"
    said = record.http_headers.get_header("Content-Type") if record.http_headers else None
    furniture = FURNITURE.match((said or "").strip().lower())
    name = f"{url}#{when}" if url else f"{given.id}/{iterator.get_record_offset()}"
    part = f"record {headers.get_header('WARC-Record-ID') or ''} of {when}"
    stream = record.content_stream()
    with contextlib.redirect_stderr(io.StringIO()):
        payload = stream.read(1)
        pieces = not getattr(stream, "not_chunked", True)
        payload += stream.read(LIMIT)
    left = getattr(record.raw_stream, "limit", 0)
    length = iterator.get_record_length()
    # What was fetched is kept with the requests and redirects that led to it.
    keep = given.keep or sliced(bytes_, iterator.get_record_offset(), length)
    if len(payload) > LIMIT:
        message = f"The record unpacks to more than {LIMIT} bytes."
        return Rejected(code="bomb", message=message, id=name, part=part, keep=keep)
    if left:
        message = f"The record ends {left} bytes too soon."
        return Rejected(code="cut-short", message=message, id=name, part=part, keep=keep)
    if str(status) == PARTIAL:
        message = "The server sent a part of the page alone (206)."
        return Rejected(code="cut-short", message=message, id=name, part=part, keep=keep)
    if torn(stream, pieces=pieces):
        message = "The packed page ends too soon, or cannot be unpacked to its end."
        return Rejected(code="cut-short", message=message, id=name, part=part, keep=keep)
    checker = getattr(record, "digest_checker", None)
    if checker is not None and checker.passed is False:
        message = "The record's bytes are not those of its digest."
        return Rejected(code="digest-differs", message=message, id=name, part=part, keep=keep)
    if furniture and kind_of(payload[:HEAD]) in (Kind.TEXT, Kind.UNKNOWN):
        return f"of {furniture[0].rstrip('/')}"
    return given.inside(
        name,
        f"{given.name}!/{url}",
        payload,
        keep=keep,
        media_type="application/warc",
        part=part,
        metadata={**given.metadata, "url": url},
        encoding=charset(record),
    )


def torn(stream: Any, *, pieces: bool) -> bool:
    """Tell whether what an answer sent packed, or in pieces, was not read to its own end.

    The library gives what it could unpack and says nothing of the rest. Many archives hold whole
    what was sent in pieces: `pieces` tells that the first of them was found. The last, which is
    empty, leaves the library's buffer empty.
    """
    decompressor = getattr(stream, "decompressor", None)
    if decompressor is not None and not getattr(decompressor, "eof", True):
        return True
    return pieces and (stream.not_chunked or stream.buff is not None)


def sliced(stream: Any, offset: int, length: int) -> bytes:
    """Return the bytes of a record as they stand in the file."""
    stream.seek(offset)
    return bytes(stream.read(min(length, LIMIT)))


def charset(record: Any) -> str | None:
    """Return the encoding that the answer declares."""
    said = record.http_headers.get_header("Content-Type") if record.http_headers else None
    _, found, value = (said or "").lower().partition("charset=")
    return value.split(";")[0].strip(" \"'") or None if found else None

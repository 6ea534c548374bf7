"""What a file is, by its bytes. A name says nothing, save that of a table, which is text too."""

import enum
import re
from pathlib import PurePath


class Kind(enum.StrEnum):
    """A format that is read, or `UNKNOWN`."""

    TEXT = "text"
    PAGE = "page"
    PDF = "pdf"
    WARC = "warc"
    FEED = "feed"
    LINES = "lines"
    JSON = "json"
    TABLE = "table"
    TELEGRAM = "telegram"
    MAIL = "mail"
    ZIP = "zip"
    TAR = "tar"
    PACKED = "packed"
    UNKNOWN = "unknown"


HEAD = 8192
"""Bytes by which a kind is told."""

CONTAINERS = frozenset({Kind.WARC, Kind.LINES, Kind.TABLE, Kind.ZIP, Kind.TAR, Kind.PACKED})
"""Kinds that may be larger than one report, since they hold many."""

BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"WARC/", "a WARC archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a SQLite file"),
    (b"{\\rtf", "a rich-text file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"),
    (b"fLaC", "a recording"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x7fELF", "a program"),
    (b"!<arch>", "a program"),
)
READ = {
    b"%PDF-": Kind.PDF,
    b"PK\x03\x04": Kind.ZIP,
    b"PK\x05\x06": Kind.ZIP,
    b"\x1f\x8b": Kind.PACKED,
    b"BZh": Kind.PACKED,
    b"\xfd7zXZ\x00": Kind.PACKED,
    b"WARC/": Kind.WARC,
}
# What may stand before the first element: a mark, white space, comments, declarations.
# Atomic groups, so that no file can make the search go back and forth.
BEFORE = (
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.{0,2000}?-->|<\?[^>]{0,500}>"
    rb"|<!DOCTYPE[^>\[]{0,500}(?>\[.{0,4000}?\]\s*)?>)*+"
)
FEED = re.compile(BEFORE + rb"<(?:rss|feed|rdf:RDF|\w+:feed)[\s>/]", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s)", re.IGNORECASE)
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.{0,2000}?-->|<\?[^>]{0,500}>)*+"
    rb"(?:<!doctype\s+html|<(?:html|head|body|title|meta|article|section|main|div|p|h[1-6]|table"
    rb"|span|ul|ol|font|center|script|style|link|base)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
TELEGRAM = re.compile(
    rb'\s*\{(?:\s*"(?:name|type|id|about)"\s*:\s*(?:"(?:[^"\\]|\\.){0,2000}"|-?\d+|null)\s*,){1,4}\s*'
    rb'"(?:messages|chats|personal_information|contacts|frequent_contacts|left_chats)"\s*:'
)
# A list of objects, or an object that does not end in its first line.
SPREAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*(?:\{\s*[\"}]|\])|\{[ \t\r]*\n\s*\")")
OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?\n)")
# A letter as a server passed it on; prose that begins "From: …" has none of these lines.
POSTMARKS = frozenset(
    {b"message-id", b"received", b"mime-version", b"return-path", b"dkim-signature"}
)
RIFF = (b"WEBP", b"WAVE", b"AVI ")
WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
TABLE_NAMES = frozenset({".csv", ".tsv"})


def kind_of(head: bytes, *, name: str = "") -> Kind:
    """Return what a file is by its first bytes (`HEAD` of them suffice)."""
    head = head[:HEAD]
    for signature, _ in BINARY:
        if head.startswith(signature):
            return READ.get(signature, Kind.UNKNOWN)
    if head[257:262] == b"ustar":
        return Kind.TAR
    if b"%PDF-" in head[:1024] and not head[:1].isalpha():
        return Kind.PDF
    if head[4:8] == b"ftyp" or (
        head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")
    ):
        return Kind.UNKNOWN
    return written_kind(narrowed(head), name=name)


def written_kind(head: bytes, *, name: str) -> Kind:
    """Return what a file of text is: a page, a feed, JSON, a letter, a table, or plain text."""
    if FEED.match(head):
        return Kind.FEED
    if PAGE.match(head):
        return Kind.PAGE
    if TELEGRAM.match(head):
        return Kind.TELEGRAM
    if SPREAD.match(head):
        return Kind.JSON
    if OBJECT.match(head):
        return Kind.LINES
    if is_mail(head):
        return Kind.MAIL
    if PurePath(name).suffix.lower() in TABLE_NAMES:
        return Kind.TABLE
    return Kind.TEXT


def narrowed(head: bytes) -> bytes:
    """Return a head of UTF-16 as UTF-8, so that markup in it is seen; another as it is."""
    for mark, encoding in WIDE:
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return head


def is_mail(head: bytes) -> bool:
    """Tell whether a file begins with the headers of a letter that was sent."""
    names: set[bytes] = set()
    for line in head.splitlines()[:200]:
        if not line.strip():
            break
        if line[:1] in b" \t" or (not names and line.startswith(b"From ")):
            continue
        match = HEADER.match(line + b"\n")
        if match is None:
            return False
        names.add(match[1].lower())
    return b"from" in names and bool(names & POSTMARKS)


def what(head: bytes) -> str:
    """Return what to call a file of a kind that is not read."""
    for signature, called in BINARY:
        if head.startswith(signature):
            return called
    if head[4:8] == b"ftyp":
        return "a film or an image"
    return "of a kind that is not known"

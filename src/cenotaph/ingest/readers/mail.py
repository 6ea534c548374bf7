"""Letters (EML, mbox): the text, and what is attached as inputs of their own."""

import hashlib
import re
from email import message_from_bytes, policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
)
from email.message import EmailMessage
from typing import Any

from cenotaph.ingest.pieces import Input, Pieces, Refusal, Rejected, Text
from cenotaph.ingest.readers.markup import text_of
from cenotaph.ingest.readers.page import page_text
from cenotaph.ingest.text import NotText, decode
from cenotaph.ingest.visible import size

PARTS = 1000
"""The most parts of one letter."""

LETTERS = 20_000
"""The most letters of one file."""

FULLER = 2
"""Times that another form of a text must be as long as the plain one to be taken instead."""

CUT_BASE64 = (InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
HEADERS = 64 * 1024
NAMED = re.compile(rb"^Message-ID:\s{0,4}<([!-;=?-~]{1,200})>", re.IGNORECASE | re.MULTILINE)


POSTMARK = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n")
"""The line that begins each letter of an mbox; an empty one stands before it."""

ENDING = re.compile(rb"\r?\n\r?\n\Z")
"""The empty line behind a letter, which is none of it."""

QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(given: Input) -> Pieces:
    """Yield a letter's text and its attachments, or the letters of a file of many."""
    raw = given.whole()
    begins = [match.start() for match in POSTMARK.finditer(raw)]
    if begins[:1] == [0]:
        yield from letters(given, raw, begins)
    else:
        yield from letter_of(given, raw)


def letters(given: Input, raw: bytes, begins: list[int]) -> Pieces:
    """Yield the letters of an mbox, each kept as it stands there; what was quoted no more is."""
    if len(begins) > LETTERS:
        raise Refusal("too-many", f"The file has {len(begins)} letters, more than {LETTERS}.")
    for start, end in zip(begins, [*begins[1:], len(raw)], strict=True):
        whole = raw[start:end]
        inner = QUOTED.sub(rb"\1", whole.partition(b"\n")[2])
        inner = ENDING.sub(b"\n", inner)
        named = NAMED.search(inner[:HEADERS])
        name = (
            named[1].decode("ascii", "replace")
            if named
            else f"letter-{hashlib.sha256(whole).hexdigest()[:12]}"
        )
        yield given.inside(f"{given.id}/{name}", f"{given.name}!/{name}", inner, keep=whole)


def letter_of(given: Input, raw: bytes) -> Pieces:
    """Yield a letter's text and its attachments."""
    try:
        letter = message_from_bytes(raw, policy=policy.default)
        parts = list(letter.walk())
    except RecursionError as error:
        raise Refusal(
            "too-deep", "The letter holds letters too deep inside one another."
        ) from error
    except Exception as error:
        raise Refusal(
            "broken-file", f"The letter cannot be parsed: {type(error).__name__}."
        ) from error
    if len(parts) > PARTS:
        raise Refusal("too-many", f"The letter has {len(parts)} parts; at most {PARTS} are read.")
    attached: list[Any] = []
    text = body(letter, attached)
    cut = (
        parts[-1]
        if any(isinstance(d, CloseBoundaryNotFoundDefect) for d in letter.defects)
        else None
    )
    if cut is not None and cut not in attached:
        raise Refusal("cut-short", "The letter ends inside its text.")
    if text.strip():
        yield Text(text=text, metadata=told(letter))
    elif not attached:
        raise Refusal("no-text", "The letter has no text.")
    for number, part in enumerate(attached, 1):
        name = safely(part.get_filename) or f"part-{number}"
        inside = content(part)
        if part is cut:
            message = "The letter ends inside this part."
            yield Rejected(code="cut-short", message=message, part=str(name), keep=raw)
        elif inside is None:
            yield Rejected(
                code="broken-file", message="The part cannot be decoded.", part=str(name)
            )
        else:
            # What is attached is of its own making: the letter's sender and day are none of it.
            yield given.inside(f"{given.id}/{name}", f"{given.name}!/{name}", inside, metadata={})


def body(part: Any, attached: list[Any]) -> str:
    """Return the text of a part with those inside it, and put what is attached into `attached`.

    Of several forms of one text the first is taken, which is the plain one, unless another says
    more than twice as much: a plain form may be a mere note that there is another.
    """
    if part.is_multipart():
        texts = [body(inner, attached) for inner in part.get_payload()]
        said = [text for text in texts if text.strip()]
        if part.get_content_type() != "multipart/alternative":
            return "\n\n".join(said)
        fullest = max(said, key=size, default="")
        return fullest if not said or size(fullest) > FULLER * size(said[0]) else said[0]
    kind = part.get_content_type()
    named = safely(part.get_filename) or part.get_content_disposition() == "attachment"
    if not named and kind == "text/plain":
        return written(part)
    if not named and kind == "text/html":
        return text_of(page_text(decoded(part), declared=charset(part)).text)
    attached.append(part)
    return ""


def decoded(part: Any) -> bytes:
    """Return the bytes of a part of the text. Raises Refusal where they cannot be decoded."""
    raw = content(part)
    if raw is None:
        raise Refusal("broken-file", "A part of the letter cannot be decoded.")
    return raw


def written(part: Any) -> str:
    """Return the text of a part of plain text."""
    raw = decoded(part)
    try:
        return decode(raw, declared=charset(part)).text
    except NotText:
        pass
    try:
        return decode(raw).text
    except NotText as error:
        raise Refusal(error.code, f"A part of the letter is no text: {error}") from error


def charset(part: Any) -> str | None:
    """Return the encoding that a part declares."""
    found = safely(part.get_content_charset)
    return str(found) if found else None


def content(part: Any) -> bytes | None:
    """Return the bytes of a part, or None where they cannot be decoded, or not to their end.

    What stands in plain letters behind the padding of encoded ones the decoder passes over.
    """
    found = safely(lambda: part.get_payload(decode=True))
    broken = any(isinstance(defect, CUT_BASE64) for defect in part.defects)
    if safely(lambda: str(part["Content-Transfer-Encoding"]).strip().lower()) == "base64":
        _, padded, behind = str(part.get_payload()).partition("=")
        broken = broken or bool(padded and behind.lstrip("=").strip())
    return found if isinstance(found, bytes) and not broken else None


def told(letter: EmailMessage | Any) -> dict[str, Any]:
    """Return what a letter's headers say: subject, sender and day."""
    sent = safely(lambda: letter["Date"].datetime.date().isoformat())
    sender = safely(lambda: letter["From"].addresses[0])
    subject = safely(lambda: str(letter["Subject"] or ""))
    author = None
    if sender is not None:
        author = sender.display_name or sender.addr_spec
    metadata = {"title": subject, "author": author, "published": sent}
    return {k: clean(v) for k, v in metadata.items() if isinstance(v, str) and v.strip()}


def clean(text: str) -> str:
    """Return a header without halves of character pairs."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def safely(ask: Any) -> Any:
    """Return what a header says, or None: the library raises nearly anything on a broken one."""
    try:
        return ask()
    except Exception:
        return None

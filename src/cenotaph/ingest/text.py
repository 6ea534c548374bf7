"""Bytes of plain text to a string, without touching anything but the encoding."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from cenotaph.ingest.kinds import BINARY, MARKUP

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 64 * 1024
"""Bytes by which an encoding is detected; the whole must then decode."""

WIDE = 40
"""Bytes from which no text of two bytes a letter has plain letters alone by chance."""

LEAST = 0.1
"""Confidence below which what the detector says is not taken."""

WORD = re.compile(r"[^\W\d_]+")


class NotText(Exception):
    """Bytes that are no plain text; `code` and the message say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and whether that was guessed rather than declared or evident."""

    text: str
    encoding: str
    guessed: bool


def plain(raw: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `raw` as `decode` does. Raises NotText for other formats too."""
    for signature, what in BINARY:
        if raw.startswith(signature):
            raise NotText("unknown-format", f"The file is {what}; only plain text is read.")
    if MARKUP.match(raw[:1024]):
        raise NotText("unknown-format", "The file is a web page or XML; only plain text is read.")
    return decode(raw, declared=declared)


def decode(raw: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `raw`: as declared, as its mark says, as UTF-8, or as detected.

    A byte order mark says how to read and is no part of the text; line ends stay as they are.
    Raises NotText for binary data and where the declared encoding does not fit.
    """
    if declared is not None:
        return Decoded(strictly(raw, declared), declared, guessed=False)
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            if encoding != "utf-8" and len(raw) > WIDE and raw[len(mark) :].isascii():
                if b"\x00" not in raw[len(mark) :]:
                    message = f"The file is marked as {encoding}, and its bytes are plain letters."
                    raise NotText("bad-encoding", message)
            return Decoded(strictly(raw[len(mark) :], encoding), encoding, guessed=False)
    return undeclared(raw)


def encoding_of(stream: IO[bytes], *, declared: str | None = None) -> tuple[str, bool]:
    """Return the encoding of a stream, and whether it is a guess; it is read to its end.

    As `decode` tells it, but that what is detected is detected in the beginning. Raises NotText.
    """
    sample = stream.read(SAMPLE)
    wide = looks_wide(sample) is not None
    if wide or any(sample.startswith(mark) for mark, name in MARKS if name != "utf-8"):
        raise NotText("too-long", "A table of this size is read in UTF-8 alone; save it as such.")
    if declared is None and fits(stream, "utf-8"):
        readable(sample.decode("utf-8", "ignore"))
        return "utf-8-sig", False
    found = decode(sample.rpartition(b"\n")[0] or sample, declared=declared)
    if not fits(stream, found.encoding):
        raise NotText("bad-encoding", f"The file is not {found.encoding} throughout.")
    return found.encoding, found.guessed


def fits(stream: IO[bytes], encoding: str) -> bool:
    """Tell whether a stream can be read in an encoding from its beginning to its end."""
    stream.seek(0)
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        while chunk := stream.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except (UnicodeError, LookupError):
        return False
    return True


def undeclared(raw: bytes) -> Decoded:
    """Return the text of bytes that say nothing about their encoding."""
    wide = looks_wide(raw)
    if wide is not None:
        return Decoded(readable(strictly(raw, wide)), wide, guessed=True)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return detected(raw)
    return Decoded(readable(text), "utf-8", guessed=False)


def detected(raw: bytes) -> Decoded:
    """Return the text of bytes that are no UTF-8, in the encoding they seem to be in.

    What the detector says is taken where it is not pure chance, the whole decodes, and no word
    mixes Latin letters with those of another script, as wrong guesses do ("tuйs").
    """
    import chardet

    said = chardet.detect(raw[:SAMPLE])
    for name, sure in ((said["encoding"], said["confidence"] or 0.0), ("cp1252", 1.0)):
        if name is None or sure < LEAST:
            continue
        try:
            text = strictly(raw, name)
        except NotText:
            continue
        if not CONTROL.search(text) and not mixed(text):
            return Decoded(text, codecs.lookup(name).name, guessed=True)
    raise NotText("not-text", "The file is neither UTF-8 nor any plain text.")


def mixed(text: str) -> bool:
    """Tell whether a word has Latin letters and letters of another script."""
    for word in WORD.findall(text[:SAMPLE]):
        if not word.isascii():
            scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
            if "LATIN" in scripts and scripts & {"CYRILLIC", "ARABIC", "HEBREW", "GREEK", "CJK"}:
                return True
    return False


def readable(text: str) -> str:
    """Return a text that is not mostly control characters. Raises NotText for one that is."""
    if len(CONTROL.findall(text)) > len(text) // 50:
        raise NotText("not-text", "The file is binary data, not text.")
    return text


def looks_wide(raw: bytes) -> str | None:
    """Return the UTF-16 that bytes without a mark seem to be: NULs at every other place."""
    sample = raw[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even * 10 < odd:
        return "utf-16-le"
    if even > len(sample) // 5 and odd * 10 < even:
        return "utf-16-be"
    return None


def strictly(raw: bytes, encoding: str) -> str:
    """Return `raw` in an encoding that fits it throughout. Raises NotText otherwise."""
    try:
        text = raw.decode(encoding)
        text.encode("utf-8")
    except (UnicodeError, ValueError) as error:
        raise NotText("bad-encoding", f"The file is not {encoding} throughout: {error}.") from error
    except LookupError as error:
        raise NotText("bad-encoding", f"There is no encoding {encoding!r}.") from error
    return text

"""PDF: read by pypdf, with PDFium as a second opinion."""

import io
import re
from typing import Any

from cenotaph.ingest.pieces import Input, Noted, Pieces, Refusal, Text
from cenotaph.ingest.visible import size

PAGES = 3000
"""The most pages of a file that is read as one report."""

THIN = 20
"""Characters a page below which the second opinion is preferred where it finds more."""

SHOWN = 20
"""Pages that a message names."""

DIGITS = re.compile(r"\d+")
ANOTHER = re.compile(rb"%%EOF\s{1,20}%PDF-")
"""Where one file ends and another begins; what was saved behind a file has no such head."""


def read(given: Input) -> Pieces:
    """Yield the text of a PDF, its pages parted by empty lines."""
    raw = given.whole()
    if ANOTHER.search(raw):
        raise Refusal("broken-file", "Another PDF stands behind the first in the file.")
    ours, metadata, problem = by_pypdf(raw)
    theirs = None if "pdfium" in given.avoid else by_pdfium(raw)
    if theirs is None and "pdfium" in given.avoid:
        yield Noted(
            code="no-second-opinion", message="PDFium broke on this file; pypdf alone read it."
        )
    pages = ours if ours is not None else theirs
    if pages is None:
        raise problem or Refusal("broken-file", "The PDF cannot be read.")
    findings: list[tuple[str, str]] = []
    if ours is not None and theirs is not None:
        if len(ours) == len(theirs):  # a page that one of them does not read at all
            ours = [own or other for own, other in zip(ours, theirs, strict=True)]
            pages = ours
        first, second = joined(ours), joined(theirs)
        if size(first) < THIN * max(1, first.count("\n\n") + 1) and size(second) > 2 * size(first):
            pages = theirs
        elif sorted(DIGITS.findall(first)) != sorted(DIGITS.findall(second)):
            message = "Two readers of PDF find different numbers in it; compare the pages."
            findings.append(("readers-differ", message))
    text = joined(pages)
    if not size(text):
        raise Refusal("no-text", "The PDF has pages but no text; they may be pictures of pages.")
    stated = metadata.pop("pages", len(pages))
    if stated > len(pages):
        message = f"The file says that it has {stated} pages; {len(pages)} could be read."
        findings.append(("pages-without-text", message))
    silent = [str(number) for number, page in enumerate(pages, 1) if not page]
    if silent:
        message = (
            f"{len(silent)} of {len(pages)} pages gave no text; they may be pictures or broken: "
            f"{', '.join(silent[:SHOWN])}{', …' * (len(silent) > SHOWN)}."
        )
        findings.append(("pages-without-text", message))
    yield Text(text=text, metadata=metadata, findings=tuple(findings))


def joined(pages: list[str]) -> str:
    """Return the text of pages, parted by empty lines."""
    return "\n\n".join(filter(None, pages))


def by_pypdf(raw: bytes) -> tuple[list[str] | None, dict[str, Any], Refusal | None]:
    """Return each page's text as pypdf finds it, and what the file says of itself; or why not."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None, {}, Refusal("encrypted", "The PDF is locked with a password.")
        if len(reader.pages) > PAGES:
            return None, {}, Refusal("too-long", f"The PDF has {len(reader.pages)} pages.")
        pages = [encodable(page.extract_text()).strip() for page in reader.pages]
    except FileNotDecryptedError:
        return None, {}, Refusal("encrypted", "The PDF is locked with a password.")
    except MemoryError:
        raise
    except (PyPdfError, Exception) as error:  # pypdf raises nearly anything on a broken file
        message = f"The PDF cannot be read: {type(error).__name__}: {str(error)[:200]}."
        return None, {}, Refusal("broken-file", message)
    return pages, told(reader), None


def told(reader: Any) -> dict[str, Any]:
    """Return the title and author that a file gives, and how many pages it says that it has; the
    day it was made is none of publication."""
    found: dict[str, Any] = {}
    try:
        said = reader.metadata or {}
        metadata = {"title": said.get("/Title"), "author": said.get("/Author")}
        found = {
            k: encodable(str(v)) for k, v in metadata.items() if isinstance(v, str) and v.strip()
        }
    except Exception:
        found = {}
    try:
        found["pages"] = int(reader.root_object["/Pages"]["/Count"])
    except Exception:
        return found
    return found


def by_pdfium(raw: bytes) -> list[str] | None:
    """Return the text that PDFium finds on each page, or None where it cannot read the file."""
    try:
        import pypdfium2
    except ImportError:
        return None
    try:
        document = pypdfium2.PdfDocument(raw)
        pages = []
        for number in range(min(len(document), PAGES)):
            page = document[number]
            words = page.get_textpage()
            pages.append(encodable(words.get_text_range().replace("\r\n", "\n")).strip())
            words.close()
            page.close()
        document.close()
    except MemoryError:
        raise
    except Exception:
        return None
    return pages


def encodable(text: str) -> str:
    """Return a text without halves of character pairs, which fonts without a map give."""
    return text.encode("utf-8", "replace").decode("utf-8")

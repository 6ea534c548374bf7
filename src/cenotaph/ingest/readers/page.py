"""Web pages: the text that is the page's own, without what stands round it."""

import re
from itertools import islice
from typing import Any

from cenotaph.ingest.pieces import Input, Pieces, Refusal, Text
from cenotaph.ingest.readers.plain import guess
from cenotaph.ingest.text import Decoded, NotText, decode
from cenotaph.ingest.unseen import BESIDE, TOUCHED, passages
from cenotaph.ingest.visible import visible
from cenotaph.spelling import HIDDEN

CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
HEAD = 4096
OPENED = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
ENDED = re.compile(r"</html\s*>", re.IGNORECASE)
HIDING = (("<!--", "-->"), ("<textarea", "</textarea"))
"""What hides all that follows it where it is not closed."""

CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
SHOWN_TEXT = "//text()[not(parent::script or parent::style)]"
NEAR = 6
"""Characters on either side by which a place of a page is known again in its text."""

PLACES = 1000
"""Places of a page that are looked at for characters that are not seen."""

MAY_HIDE = re.compile(
    f"[{HIDDEN}]|&(?:#|shy|zwn?j|lrm|rlm|NoBreak|ZeroWidth|Negative)", re.IGNORECASE
)

LEAST = 40
"""Characters below which a page shows nothing that could be lost."""

ENOUGH = 300
"""Characters of prose from which the share that was taken is looked at."""

SHARE = 10
"""A text of less than one in so many characters of the page's prose is not believed."""

MUCH = 3
"""Of a text of less than one in so many characters of the prose a person is told."""

# What browsers take these names for (WHATWG Encoding Standard).
TAKEN_FOR = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
             "ascii": "cp1252", "iso-8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030",
             "x-sjis": "cp932", "shift_jis": "cp932", "unicode": "utf-16"}  # fmt: skip


def read(given: Input) -> Pieces:
    """Yield the text of a page."""
    decoded = page_text(given.whole(), declared=given.encoding)
    text, metadata, findings = extracted(decoded.text, url=given.metadata.get("url"))
    if decoded.guessed:
        findings = [guess(decoded.encoding), *findings]
    yield Text(text=text, metadata=metadata, findings=tuple(findings))


def unseen(shown: str, taken: str) -> list[tuple[str, str]]:
    """Return a finding where characters that are not seen touch numbers of the text of a page.

    The extractor takes them out of the text, so that what they do to a number is in the page's
    bytes alone. `shown` is what the page shows, with them.
    """
    whole = "".join(taken.split())
    places = set()
    for match in islice(TOUCHED.finditer(shown), PLACES):
        near = shown[max(0, match.start() - NEAR) : match.end() + NEAR]
        if "".join(BESIDE.sub("", near).split()) in whole:
            places.add(match.start())
    return [("hidden-characters", passages(shown, places))] if places else []


def cut(page: str) -> list[tuple[str, str]]:
    """Return a finding for a page that opens and is never closed, or something in it, and for one
    behind whose end something is told."""
    lows = page.lower()
    opened = OPENED.search(page) and not CLOSED.search(page)
    inside = any(lows.rfind(first) > lows.rfind(last) for first, last in HIDING)
    if opened or inside:
        message = "The page is opened and never closed: it may have been cut short."
        return [("may-be-cut", message)]
    ends = [match.end() for match in ENDED.finditer(page)]
    behind = visible(page[ends[0] :]).all if ends else 0
    if behind >= LEAST:
        message = f"Behind the end of the page stand {behind} characters more; look at the page."
        return [("much-left-out", message)]
    return []


def page_text(raw: bytes, *, declared: str | None) -> Decoded:
    """Return a page as text: as told from outside, as its mark says, as it says itself, detected.

    Raises Refusal for what is no text. A declaration that does not fit is passed over as browsers
    do, and what is then taken is called a guess.
    """
    own = XML_ENCODING.match(raw[:HEAD]) or CHARSET.search(raw[:HEAD])
    said = declared or (own[1].decode("ascii") if own else "")
    raw = finished(raw, sure=said.lower() in ("utf-8", "utf8"))
    for name in (declared, own[1].decode("ascii") if own else None):
        if name is None or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
            continue
        name = TAKEN_FOR.get(name.lower(), name)
        if name.lower().startswith(("utf-16", "utf-32")):
            continue  # what says so in bytes that we could read says so wrongly
        try:
            return decode(raw, declared=name)
        except NotText:
            continue
    try:
        found = decode(raw)
    except NotText as error:
        raise Refusal(error.code, str(error)) from error
    return found


def finished(raw: bytes, *, sure: bool) -> bytes:
    """Return a page without the half of a character of UTF-8 in which it is cut off.

    Else the whole page would be taken for one in another encoding. `sure` tells that it says that
    it is in UTF-8; without that, other characters have to show it.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and (sure or not raw[: error.start].isascii()):
            return raw[: error.start]
    return raw


def extracted(page: str, *, url: Any = None) -> tuple[str, dict[str, Any], list[tuple[str, str]]]:
    """Return a page's text, metadata and findings. Raises Refusal where text seems to be lost."""
    import trafilatura
    from lxml import etree, html

    shown = visible(page)
    if "\x00" in page:
        page = page.replace("\x00", "\ufffd")  # as browsers do; the parser would end there
    parser = html.HTMLParser(remove_comments=False, encoding="utf-8")
    try:
        encoded = XML_DECLARATION.sub("", page).encode("utf-8", "replace")
        tree = html.document_fromstring(encoded, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise unread(shown.all, f"The page cannot be parsed: {error}.") from error
    complaint = next((e for e in parser.error_log if e.level_name == "FATAL"), None)
    if complaint is not None:
        raise Refusal("parser-gave-up", f"The parser gave up: {complaint.message.strip()}.")
    words = "".join(tree.xpath(SHOWN_TEXT)) if MAY_HIDE.search(page) else ""
    # Only days that the page gives for itself: a day anywhere in its text is none of publication.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    try:
        found = trafilatura.bare_extraction(
            tree,
            url=url if isinstance(url, str) else None,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except Exception as error:
        raise unread(shown.all, f"The page cannot be read: {type(error).__name__}.") from error
    text = getattr(found, "text", None) or ""
    taken = sum(map(len, text.split()))
    if not taken:
        raise unread(shown.all, f"No text could be taken from a page of {shown.all} characters.")
    if shown.prose >= ENOUGH and taken * SHARE < shown.prose:
        message = f"Only {taken} of {shown.prose} characters of prose could be taken from the page."
        raise Refusal("implausible-text", message)
    left = []
    if shown.prose >= ENOUGH and taken * MUCH < shown.prose:
        message = (
            f"{taken} of {shown.prose} characters of prose were taken from the page; "
            "whether the rest belongs to the report only the page can show."
        )
        left = [("much-left-out", message)]
    metadata = {
        "title": getattr(found, "title", None),
        "author": getattr(found, "author", None),
        "publisher": getattr(found, "sitename", None),
        "published": getattr(found, "date", None),
        "url": url or getattr(found, "url", None),
    }
    said = {name: value for name, value in metadata.items() if value}
    return text, said, [*left, *unseen(words, text), *cut(page)]


def unread(shown: int, message: str) -> Refusal:
    """Return the refusal for a page without text: an empty one, or one whose text was lost."""
    return Refusal("no-text", message) if shown < LEAST else Refusal("implausible-text", message)

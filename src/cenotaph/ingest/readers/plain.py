"""Plain text and Markdown: the text as it stands."""

from cenotaph.ingest.pieces import Input, Pieces, Refusal, Text
from cenotaph.ingest.text import NotText, decode


def read(given: Input) -> Pieces:
    """Yield the text of a file."""
    try:
        decoded = decode(given.whole(), declared=given.encoding)
    except NotText as error:
        raise Refusal(error.code, str(error)) from error
    findings = (guess(decoded.encoding),) if decoded.guessed else ()
    yield Text(text=decoded.text, findings=findings)


def guess(encoding: str) -> tuple[str, str]:
    """Return the finding that says in which encoding a file was taken to be."""
    return (
        "encoding-guessed",
        f"The file does not say its encoding; it was read as {encoding}.",
    )

"""Coverage-guided fuzzing of the readers: `python dev/torture/fuzz.py KIND [options of libFuzzer]`.

KIND is a kind of input (`text`, `page`, `pdf`, `feed`, `mail`, …). Our own code is watched for new paths. It ends with an
error where a reader raises anything but a refusal, or gives a text that cannot be written.
"""

import sys

import atheris

with atheris.instrument_imports(include=["cenotaph.ingest"]):
    from cenotaph.ingest.child import finished
    from cenotaph.ingest.kinds import Kind
    from cenotaph.ingest.pieces import Input, Refusal
    from cenotaph.ingest.readers import read
    from cenotaph.ingest.report import Report

COLUMNS = 'rows = "reports"\n[columns]\ntext = "Narrative"\n'
PIECES = 200


def one(kind: Kind, raw: bytes) -> None:
    """Read bytes as a kind of input, a beginning of its pieces."""
    given = Input(id="x", name="x", raw=raw, kind=kind, columns=COLUMNS, metadata={"lang": "en"})
    try:
        for number, piece in enumerate(read(given, kind)):
            if isinstance(piece, Input) or number > PIECES:
                break
            answer = finished(piece, given, kind)
            if isinstance(answer, Report):
                assert answer.document.text.strip()
                answer.document.text.encode("utf-8")
    except (Refusal, RecursionError, MemoryError):
        return


def main() -> None:
    """Fuzz the reader that is named."""
    kind = Kind(sys.argv.pop(1))
    atheris.Setup(sys.argv, lambda raw: one(kind, raw))
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Lines of JSON in, lines of JSON out: as many, in the same order, whatever a line holds."""

from collections.abc import Callable, Iterator

from cenotaph.export.documents import extraction, line, refusal
from cenotaph.ingest import Line, Oversized, Refused, Report, read_line
from cenotaph.model import Ruleset
from cenotaph.pipeline.extraction import extract
from cenotaph.pipeline.setting import Setting, Sources
from cenotaph.pipeline.worker import fault
from cenotaph.pool import Lost, Pool, Work, streamed

GOOD, BAD = b"+", b"-"


def answers(
    descriptor: int, start: Callable[[], Work], *, size: int | None = None
) -> Iterator[tuple[bool, bytes]]:
    """Yield for each line of a stream whether it could be answered, and the line that answers it.

    `start` makes, in each worker, what turns a line as `packed` gives it into a marked answer.
    """
    with Pool(start, size=size) as pool:
        for answer in streamed(pool, descriptor, packed):
            if isinstance(answer, Lost):
                given = read_line(unpacked(answer.payload), name="")
                known = given.id if isinstance(given, Refused) else given.document.id
                message = f"Reading this line was given up: {answer.reason}."
                yield False, line(refusal(known, "internal", message))
            else:
                yield answer.startswith(GOOD), answer[1:]


def packed(given: Line) -> bytes:
    """Return a line as a worker takes it."""
    if isinstance(given, Oversized):
        return BAD + given.size.to_bytes(8, "big") + given.head
    return GOOD + given


def unpacked(payload: bytes) -> Line:
    """Return the line that `packed` was given."""
    if payload.startswith(BAD):
        return Oversized(payload[9:], int.from_bytes(payload[1:9], "big"))
    return payload[1:]


def extractor(sources: Sources, ruleset: Ruleset) -> Work:
    """Return what a worker does: a line in, its answer out."""
    setting = sources.open()

    def work(payload: bytes) -> bytes:
        given = read_line(unpacked(payload), name="")
        return marked(*answered(given, setting=setting, ruleset=ruleset))

    return work


def marked(good: bool, answer: bytes) -> bytes:
    """Return an answer as a worker gives it."""
    return (GOOD if good else BAD) + answer


def answered(given: Report | Refused, *, setting: Setting, ruleset: Ruleset) -> tuple[bool, bytes]:
    """Return whether an input could be read, and the line of JSON that answers it."""
    if isinstance(given, Refused):
        return False, line(refusal(given.id, given.code, given.message))
    document = given.document
    try:
        found = extract(document, setting=setting, ruleset=ruleset)
        answer = extraction(
            document.id,
            claims=found.interpreted.claims,
            links=found.linking.links,
            incidents=found.incidents,
            checks=found.checks,
            contexts=found.interpreted.contexts,
            findings=(*given.findings, *found.findings),
        )
        return True, line(answer)
    except Exception as error:
        message = f"Reading this text failed: {fault(error)}."
        return False, line(refusal(document.id, "internal", message))

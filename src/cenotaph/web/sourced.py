"""The sources that a report to be published rests on: bodies by name, all others by kind."""

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph import vocab
from cenotaph.model import DocumentId
from cenotaph.web.language import say
from cenotaph.web.selection import Chosen, may_name, tells_finer, without_names
from cenotaph.web.view import View

REPORT = "report"
"""The kind of a source that is a report itself."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class ToldBy:
    """Originators by name, how many there are of each kind that are not named, outlets with how
    many reports are of each, and how many reports are of an outlet that is not named."""

    named: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    other: int


def sources_of(chosen: Chosen, view: View) -> ToldBy:
    """Return the sources of a report; what they number is what the report says they number."""
    named: list[str] = []
    of_kind: Counter[str] = Counter()
    for name in chosen.sources:
        if DocumentId(name) in view.report_lines:
            of_kind[REPORT] += 1
        elif not may_name(name, chosen):
            of_kind[_kind(name)] += 1
        else:
            named.append(name)
    kinds: Counter[str] = Counter()
    for kind, count in of_kind.items():
        kinds[_called(kind)] += count
    outlets: Counter[str] = Counter()
    for publisher, count in chosen.outlets.items():
        outlets[named_outlet(publisher, chosen)] += count
    outlets.pop("", 0)
    return ToldBy(
        named=tuple(named),
        kinds=tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
        outlets=tuple(sorted(outlets.items(), key=lambda each: (-each[1], each[0].casefold()))),
        other=len(chosen.documents) - outlets.total(),
    )


def named_outlet(publisher: str, chosen: Chosen) -> str:
    """Return an outlet as a report may name it, "" where it may not: in public no person's name,
    none that may be one unless somebody says that it is none, and none that tells a place more
    finely than the report does."""
    if not chosen.wish.public:
        return publisher
    if publisher in chosen.unnamed:
        return ""
    kept = without_names(publisher, chosen.names) == publisher
    return publisher if kept and not tells_finer(publisher, chosen) else ""


def _called(kind: str) -> str:
    if kind == REPORT:
        return say("Reports that name nobody who saw or counted")
    return say(vocab.table("sources")["kinds"][kind])


@functools.lru_cache(maxsize=1 << 14)
def _kind(name: str) -> str:
    """Return what kind of source a name tells of, by its words."""
    words = [word.casefold() for word in WORD.findall(name.partition("(")[0])]
    for size in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            if kind := _kinds().get(" ".join(words[at : at + size])):
                return kind
    return "person"


@functools.cache
def _kinds() -> dict[str, str]:
    packs: Sequence[dict[str, list[str]]] = [
        vocab.table(f"{lang}/sources")["kinds"] for lang in vocab.LANGUAGES
    ]
    return {word: kind for pack in packs for kind, words in pack.items() for word in words}

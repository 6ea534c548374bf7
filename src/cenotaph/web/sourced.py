"""The sources that a report to be published rests on: bodies by name, all others by kind."""

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph import vocab
from cenotaph.model import DocumentId
from cenotaph.web.language import say
from cenotaph.web.selection import Chosen, tells_finer, told_by, without_names
from cenotaph.web.view import View

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
    unnamed = say("a source that is not named here")
    named: list[str] = []
    kinds: Counter[str] = Counter()
    for name in chosen.sources:
        told = told_by(name, chosen)
        if told == unnamed or DocumentId(name) in view.report_lines:
            kinds[kind_of(name, view)] += 1
        else:
            named.append(told)
    outlets: Counter[str] = Counter()
    for id_ in chosen.documents:
        line = view.report_lines.get(id_)
        publisher = line.listed.publisher if line is not None else None
        outlets[named_outlet(publisher or "", chosen)] += 1
    other = outlets.pop("", 0)
    return ToldBy(
        named=tuple(named),
        kinds=tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
        outlets=tuple(sorted(outlets.items(), key=lambda each: (-each[1], each[0].casefold()))),
        other=other,
    )


def named_outlet(publisher: str, chosen: Chosen) -> str:
    """Return an outlet as a report may name it, "" where it may not: in public no person's name and
    no name that tells a place more finely than the report does."""
    if not chosen.wish.public:
        return publisher
    kept = without_names(publisher, chosen.names) == publisher
    return publisher if kept and not tells_finer(publisher, chosen) else ""


def kind_of(name: str, view: View) -> str:
    """Return what kind of source a name tells of, by its words."""
    if DocumentId(name) in view.report_lines:
        return say("Reports that name nobody who saw or counted")
    titles = vocab.table("sources")["kinds"]
    words = [word.casefold() for word in WORD.findall(name.partition("(")[0])]
    for size in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            if kind := _kinds().get(" ".join(words[at : at + size])):
                return say(titles[kind])
    return say(titles["person"])


@functools.cache
def _kinds() -> dict[str, str]:
    packs: Sequence[dict[str, list[str]]] = [
        vocab.table(f"{lang}/sources")["kinds"] for lang in vocab.LANGUAGES
    ]
    return {word: kind for pack in packs for kind, words in pack.items() for word in words}

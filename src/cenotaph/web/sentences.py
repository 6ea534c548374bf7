"""Sentences of reports in a report to the public: each is printed only when a person released it.

What masks names knows those that the reader or a person marked, and a sentence holds others. So
every sentence is shown as it would be printed, with the words pointed out that may be a name, and
is left out until a person ticks it. A tick is of the very words that were seen: where they read
otherwise later, it is none.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData, QueryParams

from cenotaph.model import DocumentId, Incident, When
from cenotaph.pipeline import IncidentLine
from cenotaph.pipeline.persons import CAPITALS, common, registered, speaks_for_itself
from cenotaph.web import wording
from cenotaph.web.selection import Chosen, without_names
from cenotaph.web.view import View

TICK, HIDE, SEEN = "q", "hide", "seen"
"""Fields of the form: a released sentence, words to be masked, the words that were masked when the
ticks were set."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_HIDDEN, LONGEST = 500, 80

A_TURN = 200
"""Sentences that the page lists at once, to be read and ticked."""

AT_ONCE = 4_000
"""Claims up to which all sentences of a report are read for its page."""

MANY = 500
"""Incidents that are read before their memory is given back."""
OPENS = re.compile(r"(?:^|[.!?:;]\s|[“\"«(‘]\s?)\s*$")
"""What stands before a word with which a sentence begins, as common words do with a capital."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a person released, and which further words are to be masked."""

    ticked: frozenset[str] = frozenset()
    hide: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    """Words that were masked in what the ticks are of."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it would be printed. `pieces` are its text, with whether each may be a name;
    `doubtful` says that any may, or that its script has no capitals to tell."""

    key: str
    text: str
    source: str
    pieces: tuple[tuple[str, bool], ...]
    doubtful: bool
    released: bool


def release_of(params: QueryParams | FormData) -> Release:
    """Return what a form releases."""

    def words(name: str) -> tuple[str, ...]:
        told = params.get(name, "")
        given = re.split(r"[,;\n،]", told) if isinstance(told, str) else ()
        named = dict.fromkeys(" ".join(each.split())[:LONGEST] for each in given)
        return tuple(each for each in named if each)[:MOST_HIDDEN]

    hide = words(HIDE)
    return Release(
        ticked=frozenset(each for each in params.getlist(TICK) if isinstance(each, str)),
        hide=hide,
        seen=words(SEEN) if SEEN in params else hide,
    )


def sentences(
    event: Incident, chosen: Chosen, view: View, release: Release, known: Collection[str]
) -> tuple[Sentence, ...]:
    """Return the sentences of an incident as a report would print them; two counts of one sentence
    quote it once."""
    found: dict[str, Sentence] = {}
    hidden, shown = names(chosen, release.hide), names(chosen, release.seen)
    further = hidden != shown and {each.casefold() for each in release.seen} <= {
        each.casefold() for each in release.hide
    }
    for id_ in event.claims:
        each = view.claims.get(id_)
        if each is None or each.claim.part_of in chosen.claims or view.original(id_) is not None:
            continue
        document, quote = each.claim.document, each.claim.quote.text
        text = without_names(quote, hidden, known)
        source = outlet(document, chosen, view, hidden, known)
        key = key_of(document, text, source)
        ticked = key in release.ticked
        if not ticked and further:  # what is masked further shows less than was released
            before = outlet(document, chosen, view, shown, known)
            ticked = key_of(document, without_names(quote, shown, known), before) in release.ticked
        # Where sentences need no release nobody looks for names in them.
        looked = (text, source) if chosen.wish.public else ()
        pieces = [tuple(told_apart(each, known)) for each in looked] or [(), ()]
        found[key] = Sentence(
            key=key,
            text=text,
            source=source,
            pieces=(*pieces[0], *((("\n", False), *pieces[1]) if source else ())),
            doubtful=any(odd for part in pieces for _, odd in part)
            or (chosen.wish.public and caseless(text)),
            released=ticked or not chosen.wish.public,
        )
    return tuple({(each.text, each.source): each for each in found.values()}.values())


def names(chosen: Chosen, hide: Iterable[str]) -> frozenset[str]:
    """Return the names that are masked in sentences, those that a person adds among them."""
    return chosen.names.union(hide) if chosen.wish.public else frozenset()


def key_of(document: DocumentId, text: str, source: str) -> str:
    """Return what stands for a sentence as it is printed: of other words it is another."""
    told = "\0".join((str(document), text, source)).encode("utf-8", "backslashreplace")
    return base64.urlsafe_b64encode(hashlib.sha256(told).digest())[:12].decode()


def outlet(
    id_: DocumentId,
    chosen: Chosen,
    view: View,
    hidden: frozenset[str],
    known: Collection[str] = frozenset(),
) -> str:
    """Return how a report names one that it quotes: in public without names of persons or files."""
    listed = view.listed.get(id_)
    if listed is None:
        return "" if chosen.wish.public else str(id_)
    named = listed.publisher or ("" if chosen.wish.public else listed.name)
    if listed.publisher in chosen.unnamed:
        named = ""
    day = wording.day(listed.published) if listed.published else ""
    title = f"“{without_names(listed.title, hidden, known)}”" if listed.title else ""
    return ", ".join(part for part in (without_names(named, hidden, known), day, title) if part)


def told_words(view: View) -> frozenset[str]:
    """Return, folded, what is no person's in a sentence: words of the record's places, months, days
    of the week; names of bodies that speak and of outlets, whole."""
    named = {name for facet in ("place", "admin1") for name in view.said_of(facet)}
    words = {word for name in named for word in re.findall(r"[\w’'-]+", name.casefold())}
    outlets = view.outlets(None)
    named = {name for name in (*view.said_of("body"), *outlets) if name and speaks_for_itself(name)}
    words |= {" ".join(name.casefold().split()) for name in named}
    dated = (*wording.MONTHS, *wording.SHORT_MONTHS, *WEEKDAYS)
    return frozenset(words | {each.casefold() for each in dated})


def told_apart(text: str, known: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it may be a name.

    It may where it has a capital and is no place, party, organisation or date that is known, and no
    common word at the beginning of a sentence.
    """
    at = 0
    for run in CAPITALS.finditer(text):
        said = " ".join(run[0].casefold().split())
        if registered(run[0]) or said in known or said.removeprefix("the ") in known:
            continue
        for word in re.finditer(r"[^\s]+", run[0]):
            start, end = run.start() + word.start(), run.start() + word.end()
            bare = re.sub(r"['’]s$|^[^\w]+|[^\w]+$", "", word[0])
            folded = bare.casefold()
            plain = bare.islower() or folded in known or registered(bare)
            opening = OPENS.search(text[:start]) is not None
            if plain or not bare or (opening and (folded in common() or len(bare) == 1)):
                continue
            if at < start:
                yield text[at:start], False
            yield text[start:end], True
            at = end
    if at < len(text):
        yield text[at:], False


def caseless(text: str) -> bool:
    """Tell whether a text has letters of a script without capitals."""
    return any(char.isalpha() and char.lower() == char.upper() for char in text)


def shown_when(when: When | None, chosen: Chosen) -> When | None:
    """Return a period as a report may print it: without its own words in public."""
    if when is None or not chosen.wish.public:
        return when
    return replace(when, quote=None, anchor=None)


def listed(
    chosen: Chosen,
    view: View,
    release: Release,
    known: Collection[str],
    only: Iterable[IncidentLine] | None = None,
) -> list[tuple[Incident, Sentence]]:
    """Return every sentence that would be printed, or those of some incidents, each with its
    incident, the doubtful ones first."""
    found: list[tuple[Incident, Sentence]] = []
    for number, line in enumerate(chosen.incidents if only is None else only, 1):
        event = chosen.look(line.id)
        if event is not None:
            found += ((event, each) for each in sentences(event, chosen, view, release, known))
        if number % MANY == 0:
            view.let_go()
    return sorted(found, key=lambda pair: not pair[1].doubtful)


def parts(chosen: Chosen) -> list[Sequence[IncidentLine]]:
    """Return the incidents of a report in parts of so many claims that a page can list what they
    say; of a report that is no larger than that, all of them in one."""
    if sum(len(each.claims) for each in chosen.incidents) <= AT_ONCE:
        return [chosen.incidents]
    made: list[list[IncidentLine]] = [[]]
    size = 0
    for each in chosen.incidents:
        if made[-1] and size + len(each.claims) > A_TURN:
            made.append([])
            size = 0
        made[-1].append(each)
        size += len(each.claims)
    return list(made)


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences that a report would print, with their incidents: those of the part that a page
    lists, and those that are released beside it. `all` tells that these are all there are."""

    here: tuple[tuple[Incident, Sentence], ...]
    beside: tuple[tuple[Incident, Sentence], ...] = ()
    all: bool = True

    @property
    def every(self) -> tuple[tuple[Incident, Sentence], ...]:
        """All of them."""
        return (*self.here, *self.beside)

    @property
    def printed(self) -> frozenset[str]:
        """What stands for those that are released, as they read now."""
        return frozenset(each.key for _, each in self.every if each.released)


def said_in(
    chosen: Chosen,
    view: View,
    release: Release,
    known: Collection[str],
    part: Sequence[IncidentLine],
    shown: MutableMapping[str, str],
) -> Said:
    """Return the sentences of a part of a report's incidents, and those that are ticked beside it.

    `shown` notes of which incident each sentence is that was shown, so that of a large report only
    incidents are read again of which one is ticked; where that does not tell, all of them are.
    """

    def of(lines: Iterable[IncidentLine]) -> tuple[tuple[Incident, Sentence], ...]:
        found = tuple(listed(chosen, view, release, known, lines))
        shown.update((each.key, event.id) for event, each in found)
        return found

    here = of(part)
    ticked = release.ticked - {each.key for _, each in here}
    if not ticked or len(part) == len(chosen.incidents):
        return Said(here, all=len(part) == len(chosen.incidents))
    there = {shown.get(key) for key in ticked}
    inside = {line.id for line in part}
    others = [line for line in chosen.incidents if line.id not in inside]
    if there <= inside.union(line.id for line in others):
        others = [line for line in others if line.id in there]
    beside = of(others)
    return Said(here, tuple(each for each in beside if each[1].released), all=False)

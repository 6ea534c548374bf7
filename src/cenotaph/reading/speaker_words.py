"""The words of a language pack that tell who says something."""

import functools
from dataclasses import dataclass

from cenotaph.reading.lexicon import Lexicon, lexicon
from cenotaph.reading.vocabulary import Phrases
from cenotaph.vocab import table


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of one language pack that tell who says something."""

    names: Phrases
    kinds: Phrases
    kind_of: dict[str, str]
    of_people: frozenset[str]
    states: Phrases
    party_kinds: dict[str, str]
    again: frozenset[str]
    first_person: frozenset[str]
    bodies: dict[str, list[str]]
    joins: frozenset[str]
    openings: Phrases
    documents: Phrases
    links: frozenset[str]
    modifiers: frozenset[str]
    heads: frozenset[str]
    demonyms: tuple[str, ...]
    relays: Phrases
    as_saying: Phrases
    citing: frozenset[str]
    cited_by: frozenset[str]
    aside: frozenset[str]
    adverbs: frozenset[str]
    figures: frozenset[str]
    with_saying: frozenset[str]
    witnessing: frozenset[str]
    accusing: frozenset[str]
    receiving: frozenset[str]
    given: frozenset[str]
    bare_saying: frozenset[str]
    claims: frozenset[str]
    claiming: frozenset[str]
    showing: frozenset[str]
    companions: frozenset[str]
    nameless: frozenset[str]
    of_state: frozenset[str]
    earlier: frozenset[str]
    papers: frozenset[str]
    issued_by: frozenset[str]
    of_headings: Phrases
    lexicon: Lexicon


@functools.cache
def source_words(lang: str) -> SourceWords:
    """Return the words of `lang` that tell who says something."""
    known = table("sources")["source"]
    words = table(f"{lang}/sources")
    actors = table("actors")["actor"]
    return SourceWords(
        names=Phrases((n, s["name"]) for s in known for n in s["names"]),
        kinds=Phrases((w, kind) for kind, ws in words["kinds"].items() for w in ws),
        of_people=frozenset(w for kind in words["kinds"].values() for w in kind),
        kind_of={s["name"]: s["kind"] for s in known},
        states=Phrases((n, a["name"]) for a in actors for n in (*a["names"], *a.get("seats", ()))),
        party_kinds={a["name"]: a["kind"] for a in actors},
        first_person=frozenset(words["first_person"]["words"]),
        again=frozenset(words["again"]["words"]),
        bodies=words["again"]["bodies"],
        joins=frozenset(words["phrase"]["joins"]),
        documents=Phrases((w, "document") for w in words["documents"]["words"]),
        openings=Phrases((w, "opening") for w in words["openings"]["words"]),
        links=frozenset(words["phrase"]["links"]),
        modifiers=frozenset(words["phrase"]["modifiers"]),
        heads=frozenset(words["phrase"]["heads"]),
        demonyms=tuple(words["phrase"]["demonym_ends"]),
        relays=Phrases((w, w) for w in words["phrase"]["relays"]),
        as_saying=Phrases((w, w) for w in words["phrase"]["as_saying"]),
        citing=frozenset(words["phrase"]["citing"]),
        cited_by=frozenset(words["phrase"]["cited_by"]),
        aside=frozenset(words["phrase"]["aside"]),
        adverbs=frozenset(words["phrase"]["adverbs"]),
        figures=frozenset(
            word for part in ("figures", "showing", "given") for word in words["phrase"][part]
        ),
        with_saying=frozenset(words["phrase"]["with_saying"]),
        witnessing=frozenset(words["phrase"]["witnessing"]),
        receiving=frozenset(words["phrase"]["receiving"]),
        given=frozenset(words["phrase"]["given"]),
        accusing=frozenset(words["phrase"]["accusing"]),
        bare_saying=frozenset(words["phrase"]["bare_saying"]),
        claims=frozenset(words["phrase"]["claims"]),
        claiming=frozenset(words["phrase"]["claiming"]),
        earlier=frozenset(words["phrase"]["earlier"]),
        showing=frozenset(words["phrase"]["showing"]),
        companions=frozenset(words["phrase"]["companions"]),
        nameless=frozenset(words["phrase"]["nameless"]),
        of_state=frozenset(words["phrase"]["of_state"]),
        papers=frozenset(words["phrase"]["papers"]),
        issued_by=frozenset(words["phrase"]["issued_by"]),
        of_headings=Phrases(
            [(w, "loose") for w in words["phrase"]["loose_in_headings"]]
            + [(w, "parted") for w in words["phrase"]["of_headings"]]
        ),
        lexicon=lexicon(lang),
    )

"""Check the gold set: every label is verbatim, consistent and in the vocabulary.

Run `python eval/gold_check.py [FOLDER]`. Prints sentences and claims by class; exit
status 1 where a label is wrong. The rules are those of `eval/gold/README.md`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

MEASURES = frozenset(
    [
        "killed",
        "injured",
        "killed_or_injured",
        "missing",
        "detained",
        "abducted",
        "displaced",
        "evacuated",
        "trapped",
        "casualties",
        "attacks",
    ]
)
MODALITIES = frozenset(
    ["exact", "at_least", "more_than", "at_most", "about", "range", "vague", "share", "none"]
)
VALUES: dict[str, frozenset[str]] = {
    "status": frozenset(["civilian", "combatant", "mixed", "unknown"]),
    "age": frozenset(["child", "adult", "mixed", "unknown"]),
    "sex": frozenset(["female", "male", "mixed", "unknown"]),
    "scope": frozenset(["incident", "subtotal", "cumulative", "state"]),
    "certainty": frozenset(["asserted", "suspected", "denied", "hypothetical", "withdrawn"]),
    "stance": frozenset(["alleged", "accepted", "denied"]),
    "role": frozenset(["journalist", "medic", "rescuer", "aid_worker", "teacher"]),
    "event": frozenset(
        [
            "air_strike",
            "shelling",
            "execution",
            "chemical",
            "suicide_bombing",
            "stabbing",
            "starvation",
            "shooting",
        ]
    ),
    "weapon": frozenset(
        [
            "barrel_bomb",
            "cluster_munition",
            "drone",
            "ied",
            "car_bomb",
            "landmine",
            "unexploded_ordnance",
            "mortar",
            "rocket",
            "missile",
            "grenade",
            "small_arms",
            "knife",
            "vehicle",
        ]
    ),
    "target": frozenset(
        ["market", "hospital", "school", "house", "camp", "convoy", "worship", "field"]
    ),
}
CONTEXTS = frozenset(
    [
        "ceasefire",
        "ceasefire_breach",
        "siege",
        "offensive",
        "evacuation",
        "control_change",
        "deprivation",
    ]
)
QUALITIES = frozenset(["strong", "medium", "weak"])
# Slots whose words must stand in the sentence.
VERBATIM = (
    "place",
    "when",
    "perpetrator",
    "hedge",
    "said_by",
    "relayed_by",
    "status_said_by",
)
VERBATIM_LISTS = ("places", "origins", "victims")
FLAGS = ("attacker", "imputed", "optional")
DAYS = ("when_start", "when_end")
CLAIM_KEYS = frozenset(
    (
        "measure",
        "text",
        "at",
        "low",
        "high",
        "modality",
        "part_of",
        *VERBATIM,
        *VERBATIM_LISTS,
        *FLAGS,
        *DAYS,
        *tuple(VALUES),
    )
)
SENTENCE_KEYS = frozenset(
    ["id", "classes", "text", "published", "quality", "note", "claim", "context"]
)
CLASS_NAME = re.compile(r"[a-z]+(\.[a-z_]+)+")

Table = dict[str, Any]


def places_of(words: str, text: str) -> list[int]:
    """Return where `words` stand in `text` as whole words, else wherever they stand."""
    whole = re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)
    starts = [match.start() for match in whole]
    return starts or [match.start() for match in re.finditer(re.escape(words), text)]


def bound_faults(claim: Table) -> Iterator[str]:
    """Yield what is wrong between the bounds of a claim and its modality."""
    low, high, modality = claim.get("low"), claim.get("high"), claim.get("modality")
    for name, bound in (("low", low), ("high", high)):
        if bound is not None and (not isinstance(bound, int) or bound < 0):
            yield f"{name} is not a count"
            return
    if low is not None and high is not None and low > high:
        yield f"low {low} above high {high}"
    fits = {
        "exact": low is not None and low == high,
        "about": low is not None and low == high,
        "at_least": low is not None and high is None,
        "more_than": low is not None and high is None,
        "at_most": low is None and high is not None,
        "range": low is not None and high is not None,
        "vague": low is not None and high is None,
        "share": (low is None) == (high is None),
        "none": low is None and high is None,
    }
    if modality not in fits:
        yield f"modality {modality!r} is not in the vocabulary"
    elif not fits[modality]:
        yield f"bounds {low}..{high} do not fit {modality}"
    if modality == "vague" and claim.get("imputed") is not True:
        yield "a vague count is imputed"


def day_faults(holder: Table, keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys whose value is no full ISO day."""
    for key in keys:
        if key in holder:
            try:
                date.fromisoformat(holder[key])
            except (TypeError, ValueError):
                yield f"{key} {holder[key]!r} is not a day"


def word_faults(claim: Table, text: str) -> Iterator[str]:
    """Yield the slots whose words are not in the sentence."""
    for key in VERBATIM:
        if claim.get(key, "") not in text:
            yield f"{key} {claim[key]!r} is not in the sentence"
    for key in VERBATIM_LISTS:
        for words in claim.get(key, []):
            if words not in text:
                yield f"{key} {words!r} is not in the sentence"


def slot_faults(claim: Table, text: str) -> Iterator[str]:
    """Yield slots of a claim whose values or words are not allowed."""
    for key in claim.keys() - CLAIM_KEYS:
        yield f"unknown key {key!r}"
    for key, allowed in VALUES.items():
        if claim.get(key, "") and claim[key] not in allowed:
            yield f"{key} {claim[key]!r} is not in the vocabulary"
    for key in FLAGS:
        if key in claim and not isinstance(claim[key], bool):
            yield f"{key} is not true or false"
    yield from word_faults(claim, text)
    yield from day_faults(claim, DAYS)
    first, last = claim.get("when_start"), claim.get("when_end")
    if first is not None and last is not None and first > last:
        yield "the time ends before it starts"


def part_faults(claim: Table, siblings: list[Table]) -> Iterator[str]:
    """Yield what is wrong between a claim and the whole it is part of."""
    if "part_of" not in claim:
        return
    words = claim["part_of"]
    wholes = [other for other in siblings if other is not claim and other["text"] == words]
    if len(wholes) != 1:
        yield f"part_of {words!r} names {len(wholes)} claims"
        return
    low, high = claim.get("low"), wholes[0].get("high")
    # A share or an open bound cannot be compared.
    if low is not None and high is not None and low > high:
        yield "a part is larger than its whole"


def claim_faults(claim: Table, siblings: list[Table], text: str) -> Iterator[str]:
    """Yield what is wrong in one claim of a sentence."""
    words = str(claim.get("text", ""))
    starts = places_of(words, text) if words else []
    if not starts:
        yield "the counting words are not in the sentence"
    elif "at" in claim:
        at = claim["at"]
        if text[at : at + len(words)] != words:
            yield f"the counting words do not stand at {at}"
    elif len(starts) > 1:
        yield f"the counting words stand at {starts}: give 'at'"
    if claim.get("measure") not in MEASURES:
        yield f"measure {claim.get('measure')!r} is not in the vocabulary"
    yield from part_faults(claim, siblings)
    yield from bound_faults(claim)
    yield from slot_faults(claim, text)


def identity(claim: Table) -> tuple[object, ...]:
    """Return what makes a claim of a sentence itself."""
    return (claim.get("measure"), claim.get("text"), claim.get("at"), claim.get("place"))


def context_faults(sentence: Table, text: str) -> Iterator[str]:
    """Yield what is wrong in the context that a sentence gives."""
    for context in sentence.get("context", []):
        if context.get("kind") not in CONTEXTS:
            yield f"context {context.get('kind')!r} is not in the vocabulary"
        if not context.get("text") or context["text"] not in text:
            yield "the words of a context are not in the sentence"


def sentence_faults(sentence: Table) -> Iterator[str]:
    """Yield what is wrong in one labelled sentence."""
    for key in sentence.keys() - SENTENCE_KEYS:
        yield f"unknown key {key!r}"
    text = str(sentence.get("text", ""))
    if not text.strip():
        yield "no text"
    if sentence.get("quality") not in QUALITIES:
        yield f"quality {sentence.get('quality')!r} is not in the vocabulary"
    if not sentence.get("classes"):
        yield "no class"
    for name in sentence.get("classes", []):
        if CLASS_NAME.fullmatch(name) is None:
            yield f"class {name!r} is not a dotted name"
    yield from day_faults(sentence, ("published",))
    yield from context_faults(sentence, text)
    claims: list[Table] = sentence.get("claim", [])
    seen = Counter(identity(claim) for claim in claims)
    for claim in claims:
        if seen[identity(claim)] > 1:
            yield f"the claim {claim.get('text')!r} stands twice"
        for fault in claim_faults(claim, claims, text):
            yield f"claim {claim.get('text')!r}: {fault}"


def main(arguments: list[str]) -> int:
    """Check every file of the folder and print the counts by class."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent / "gold"
    files = sorted(folder.glob("*.toml"))
    faults: list[str] = []
    owners: dict[str, str] = {}
    texts: dict[str, str] = {}
    by_class: Counter[str] = Counter()
    by_measure: Counter[str] = Counter()
    by_file: Counter[str] = Counter()
    by_quality: Counter[str] = Counter()
    negatives = 0
    for path in files:
        sentences: list[Table] = tomllib.loads(path.read_text(encoding="utf-8")).get("sentence", [])
        for sentence in sentences:
            name = str(sentence.get("id", "?"))
            if name in owners:
                faults.append(f"{path.name} {name}: id also in {owners[name]}")
            owners[name] = path.name
            text = str(sentence.get("text", ""))
            if text in texts:
                faults.append(f"{path.name} {name}: same text as {texts[text]}")
            texts[text] = name
            faults.extend(f"{path.name} {name}: {fault}" for fault in sentence_faults(sentence))
            by_file[path.name] += 1
            by_quality[str(sentence.get("quality"))] += 1
            by_class.update(sentence.get("classes", []))
            by_measure.update(str(claim.get("measure")) for claim in sentence.get("claim", []))
            negatives += not sentence.get("claim")
    for title, counts in (
        ("file", by_file),
        ("class", by_class),
        ("measure", by_measure),
        ("quality", by_quality),
    ):
        for name, count in sorted(counts.items()):
            print(f"{title:8} {name:32} {count:5}")
    print(
        f"{sum(by_file.values())} sentences, {sum(by_measure.values())} claims,"
        f" {negatives} sentences without a claim, {len(faults)} faults"
    )
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults or not files else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

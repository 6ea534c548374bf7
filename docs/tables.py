"""Write into pages the tables that are made of vocabulary files, of the code, or by running the reader.

    tables.py [PAGE.md …]

A table stands between <!-- table: NAME --> and <!-- end -->; it is written anew from what it is made of.
Between <!-- examples --> and <!-- end --> stand rows "| text | … |": the first column is written by
hand, the second says what the program reads in it. <!-- slots --> does the same for where, when, who did
it and who says so, <!-- days --> for expressions of time.
"""

import re
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cenotaph import bounds, copies, dates, gazetteer
from cenotaph.dates import days, resolving
from cenotaph.export import words
from cenotaph.export.vocabularies import messages
from cenotaph.link import compare, profiles, stands, told
from cenotaph.model import Basis, Certainty, Claim, Document, DocumentId, Scope
from cenotaph.pipeline import Extraction, Setting, extract, ruleset_of
from cenotaph.reading import discourse, scenes
from cenotaph.reconcile import NAMES
from cenotaph.reconcile.checks import READINGS
from cenotaph.totals import figures
from cenotaph.vocab import table

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("design.md", "methodology.md", "vocabulary.md", "findings.md", "inputs.md")
BLOCK = re.compile(r"<!-- (table: [a-z -]+|examples|slots|days) -->\n(.*?)<!-- end -->", re.DOTALL)
PUBLISHED = date(2021, 2, 8)  # a Monday
COUNTRY = "XT"


def main() -> None:
    """Refresh the pages named, else all."""
    named = [Path(name) for name in sys.argv[1:]]
    for page in named or [ROOT / "docs" / name for name in PAGES]:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


def refreshed(text: str) -> str:
    """Return a page with every table as it is now."""
    return BLOCK.sub(_block, text)


def _block(found: re.Match[str]) -> str:
    head, body = found[1], found[2]
    if head == "examples":
        made = _filled(body, _read)
    elif head == "slots":
        made = _filled(body, _slots)
    elif head == "days":
        made = _filled(body, _day)
    else:
        made = TABLES[head.removeprefix("table: ")]()
    return f"<!-- {head} -->\n{made}<!-- end -->"


def _filled(body: str, answer: Callable[[str], str]) -> str:
    lines = body.splitlines()
    rows = [line.split("|")[1].strip() for line in lines[2:]]
    return "".join(
        f"{line}\n" for line in [*lines[:2], *(f"| {text} | {answer(text)} |" for text in rows)]
    )


# --- tables made of vocabulary files ----------------------------------------------------------------


def grid(columns: list[str], rows: list[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(row) + " |\n" for row in lines)


def _codes(name: str, said: dict[str, list[str]], *more: str) -> str:
    rows = [
        [f"`{code}`", entry["title"], *(entry.get(key) or "–" for key in more)]
        + ([", ".join(said.get(code, ())) or "–"] if said else [])
        for code, entry in table(name)["codes"].items()
    ]
    heads = ["code", "meaning", *(_HEADS[key] for key in more)]
    return grid(heads + (["English words"] if said else []), rows)


def _beside_harm() -> dict[str, list[str]]:
    attacks = table("en/attacks")["words"]
    told = {"attack": [*attacks["attack"], *attacks["attacked"]]}
    return table("en/context")["words"] | told | {"attack_repelled": attacks["attack_repelled"]}


_HEADS = {
    "acled": "nearest in ACLED",
    "plover": "nearest in PLOVER",
    "airwars": "nearest in Airwars",
}


def _spoken(kind: str) -> dict[str, list[str]]:
    return {entry["code"]: entry["words"] for entry in table("en/weapons")[kind]}


def _roles() -> str:
    said: dict[str, list[str]] = {}
    for entry in table("en/persons")["person"]:
        if "role" in entry:
            said.setdefault(entry["role"], []).extend(f.split("/")[0] for f in entry["forms"])
    return _codes("roles", said)


def _kinds() -> str:
    said = table("en/sources")["kinds"]
    rows = [
        [f"`{code}`", title, ", ".join(said.get(code, ())) or "–"]
        for code, title in table("sources")["kinds"].items()
    ]
    return grid(["code", "meaning", "English words"], rows)


def _vague() -> str:
    by_low: dict[int, list[str]] = {}
    for word, low in table("en/numbers")["vague"].items():
        by_low.setdefault(low, []).append(word)
    others = [ruleset_of(name) for name in NAMES if name != "default"]
    rows = []
    for low, said in sorted(by_low.items()):
        row = [", ".join(dict.fromkeys(w.removesuffix(" of") for w in said)), f"{low:,} or more"]
        for rules in others:
            bounds = {word: (least, most) for word, least, most in rules.vague_bounds}
            if rules.vague == "set_aside":
                row.append("not recorded")
            elif low in bounds:
                least, most = bounds[low]
                row.append(f"{least:,}" if least == most else f"{least:,} to {most:,}")
            else:
                row.append("as default")
        rows.append(row)
    return grid(["words", "default", *(rules.name for rules in others)], rows)


_MODALITIES = (
    ("before", "at_least"), ("after", "at_least"), ("before", "more_than"), ("after", "more_than"),
    ("before", "at_most"), ("before", "fewer_than"), ("before", "about"), ("after", "about"),
    ("before", "exact"),
)  # fmt: skip


def _bounds() -> str:
    numbers = table("en/numbers")
    rows = [
        [side, f"`{modality}`", ", ".join(numbers[side][modality])]
        for side, modality in _MODALITIES
    ]
    return grid(["stands", "means", "words"], rows)


def _persons() -> str:
    rows = []
    for entry in table("en/persons")["person"]:
        says = [
            f"{key} {entry[key]}"
            for key in ("status", "side", "age", "sex", "role")
            if key in entry
        ]
        says += ["attacker"] if entry.get("attacker") else []
        if entry.get("adjective"):
            continue
        shown = [form.split("/")[0] for form in entry["forms"]]
        rest = len(shown) - 12
        rows.append(
            [
                ", ".join(says) or "nothing",
                ", ".join(shown[:12]) + (f" … ({rest} more)" * (rest > 0)),
            ]
        )
    return grid(["the word says", "words"], rows)


def _verbs() -> str:
    said: dict[str, list[str]] = {}
    for entry in table("en/harm")["verb"]:
        bases = [
            next(word for word in form.split() if word != "-").replace("_", " ")
            for form in entry["forms"]
        ]
        said.setdefault(entry["measure"], []).extend(bases)
    rows = []
    for code, entry in table("measures")["codes"].items():
        nouns = [word.split("/")[0] for word in table("en/harm")["noun"].get(code, ())]
        predicates = table("en/harm")["adjective"].get(code, [])
        told = [*said.get(code, ()), *nouns, *predicates]
        if code == "attacks":
            told = [form.split("/")[0] for form in table("en/persons")["attacks"]["forms"]]
        rows.append([f"`{code}`", entry["title"], ", ".join(dict.fromkeys(told)) or "–"])
    return grid(["code", "meaning", "English words"], rows)


def _rulesets() -> str:
    made = []
    for name in NAMES:
        rules = ruleset_of(name)
        made.append(f"**`{rules.name}`**, version {rules.version}. {rules.title}.\n")
        days = "any" if rules.days is None else f"at most {rules.days}"
        made.append(
            f"Figures of an originator: {rules.figures}; low: {rules.low}; best: "
            f"{rules.best.replace('_', ' ')}; high: {rules.high}; vague words: "
            f"{rules.vague.replace('_', ' ')}; days of one incident: {days}; sums over several events: "
            f"{'kept' if rules.sums else 'not recorded'}.\n"
        )
        for title, sentences in (
            ("Published by the recorder", rules.published), ("Our reading", rules.reading),
        ):  # fmt: skip
            if sentences:
                made.append(f"{title}:\n\n" + "".join(f"- {each}\n" for each in sentences))
    return "\n".join(made)


def _weights() -> str:
    data = table("linking")
    rows = [[f"`{name}`", f"{weight:+.2f}"] for name, weight in data["weights"].items()]
    rows += [[f"threshold `{name}`", f"{value:.2f}"] for name, value in data["thresholds"].items()]
    return grid(["name", "weight"], rows)


def _reaches() -> str:
    rows = [
        ["a place or a day is carried on over", f"{scenes.SCENE_REACH} sentences"],
        ["a source is carried on over", f"{scenes.SOURCE_REACH} sentences"],
        ["a day is taken back to a lede over", f"{scenes.AHEAD_REACH} sentences"],
        ["… one on which harm was done over", f"{scenes.TOLD_REACH} sentences"],
        ["… one that is said to be that of the event over", f"{scenes.SURE_REACH} sentences"],
        ["… and where no other is told, over", f"{scenes.WIDE_REACH} sentences"],
        ["a place is taken back, only into the first", f"{scenes.LEDE + 1} sentences"],
        ["a pronoun looks back over", f"{discourse.PRONOUN_REACH} sentences"],
        ["a definite phrase (“the man”) looks back over", f"{discourse.DEFINITE_REACH} sentences"],
        ["“the next day” counts from a day named at most", f"{resolving.NEARBY} characters before"],
        ["a day without a year may lie after publication by", f"{days.GRACE_DAYS} days"],
        ["a day that the words put in the future lies within", f"{days.FUTURE_DAYS} days"],
        ["a copied passage has at least", f"{copies.SHORTEST} words"],
        ["a claim is held against the first and the last", f"{told.COMPARED} claims of a group"],
        ["a report is news of its day for", f"{stands.FRESH} days"],
        ["reports that share only words are compared within", f"{profiles.NEWS_DAYS} days"],
        ["counts that many events share are at most", f"{stands.FEW}"],
        ["a place is a guess below the confidence", f"{compare.GUESS}"],
        ["two settlements are one place within", f"{compare.ONE_SETTLEMENT / 3:.0f} km"],
        ["a quarter may be part of a city within", f"{compare.ONE_CITY:.0f} km"],
        ["a figure is round if it is a multiple of", f"{figures._ROUND}"],
        ["a stated sum is read with at most", f"{READINGS} figures in doubt"],
        [
            "a choice of figures is searched in full up to",
            f"{bounds.EXACT_UP_TO} figures in one tangle",
        ],
    ]
    return grid(["what", "limit"], rows)


def _layers() -> str:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    return "```\n" + "".join(f"{line}\n" for line in layers) + "```\n"


def project() -> dict[str, Any]:
    """Return pyproject.toml as data."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _messages(kind: str) -> str:
    return grid(["code", "meaning"], [[f"`{m['code']}`", m["means"]] for m in messages(kind)])


def _set_aside() -> str:
    found = [*table("findings")["set_aside"].items(), *table("totals")["reasons"].items()]
    said = {text for _, text in found}
    return "".join(f"- “{text}”\n" for text in sorted(said))


def _sentences() -> str:
    return "".join(f"- `{name}`: {text}\n" for name, text in table("totals")["sentences"].items())


TABLES: dict[str, Callable[[], str]] = {
    "layers": _layers,
    "measures": _verbs,
    "events": lambda: _codes("events", _spoken("event"), "acled", "plover", "airwars"),
    "weapons": lambda: _codes("weapons", _spoken("weapon"), "acled", "plover", "airwars"),
    "targets": lambda: _codes("targets", table("en/targets")["targets"], "acled", "plover"),
    "roles": _roles,
    "context": lambda: _codes("context", _beside_harm()),
    "kinds of source": _kinds,
    "people": _persons,
    "bounding words": _bounds,
    "vague words": _vague,
    "rulesets": _rulesets,
    "weights": _weights,
    "reaches": _reaches,
    "findings": lambda: _messages("findings"),
    "errors": lambda: _messages("errors"),
    "notes": lambda: grid(
        ["code", "meaning"],
        [[f"`{code}`", note["means"]] for code, note in sorted(table("inputs")["notes"].items())],
    ),
    "set aside": _set_aside,
    "sentences": _sentences,
}


# --- examples, run through the program ----------------------------------------------------------------


def _document(text: str) -> Document:
    return Document(
        id=DocumentId("example"), text=text, published=PUBLISHED, lang="en", country=COUNTRY
    )


def _extraction(text: str) -> Extraction:
    known = gazetteer.open([ROOT / "examples" / "gazetteer.csv"], default=False)
    try:
        setting = Setting(gazetteer=known, country=COUNTRY)
        return extract(_document(text), setting=setting, ruleset=ruleset_of("default"))
    finally:
        known.close()


def claims_of(text: str) -> list[Claim]:
    """Return the claims that the program reads in a text."""
    return [each.claim for each in _extraction(text).interpreted.claims]


def _read(text: str) -> str:
    """Say what is read in a text: every claim, what it is part of, and every number left."""
    found = _extraction(text)
    claims = [each.claim for each in found.interpreted.claims]
    numbered = {claim.id: n for n, claim in enumerate(claims, start=1)}
    linked: dict[str, list[str]] = {}
    for link in found.linking.links:
        if link.claim in numbered and link.to in numbered:
            told_ = f"{link.kind.replace('_', ' ')} {numbered[link.to]} (`{link.by}`)"
            linked.setdefault(link.claim, []).append(told_)
    said = []
    for n, claim in enumerate(claims, start=1):
        who = words.group(claim.group)
        more = [claim.measure.replace("_", " ") + " " + words.count(claim.count)]
        more[0] += f" ({who})" if who else ""
        more += [f"part of {numbered[claim.part_of]}"] if claim.part_of in numbered else []
        more += [claim.scope.value] if claim.scope is not Scope.INCIDENT else []
        more += [claim.certainty.value] if claim.certainty is not Certainty.ASSERTED else []
        more += ["imputed"] if claim.count.imputed else []
        more += linked.get(claim.id, [])
        head = f"{n}. " if len(claims) > 1 else ""
        said.append(f"{head}`{claim.rule}`: {', '.join(more)}")
    said += [
        f"“{s.quote.text}” is no claim: `{s.reason}`" for s in found.interpreted.reading.skipped
    ]
    return "<br>".join(said) or "nothing"


def _slots(text: str) -> str:
    """Say where, when and by whom every claim of a text is, and who says so."""
    said = []
    for each in _extraction(text).interpreted.claims:
        claim = each.claim
        known = words.place(each.place) or "no place"
        if each.place is not None and claim.places_basis is not Basis.STATED:
            known += f" (`{claim.places_basis}`)"
        period = words.when(each.when) or "no day"
        if each.when is not None:
            period += f" (`{each.when.basis}`)"
        parts = [f"{claim.measure.replace('_', ' ')} {words.count(claim.count)}", known, period]
        parts += [f"alleged {words.blamed(claim.perpetrators)}"] if claim.perpetrators else []
        parts += [f"said by {words.said_by(claim.said_by)}"] if claim.said_by else []
        said.append("; ".join(parts))
    return "<br>".join(said) or "nothing"


def _day(text: str) -> str:
    """Say what the first expression of time in a text means for a report of that Monday."""
    mentions = dates.find(text, lang="en")
    if not mentions:
        return "nothing"
    when = dates.resolve(
        mentions[0], text, published=PUBLISHED, basis=Basis.STATED, lang="en", country=COUNTRY
    )
    days = words.when(when) or "unknown"
    time = f", at “{when.time}”" if when.time else ""
    open_end = ", basis `published_end`" if when.basis is Basis.PUBLISHED_END else ""
    return f"“{mentions[0].quote.text}”: {days}{time}{open_end} ({'; '.join(when.reasons)})"


if __name__ == "__main__":
    main()

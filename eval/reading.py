"""Score the reader against the gold set: precision and recall by class of phenomenon.

    python eval/reading.py [--misses CLASS-PREFIX] [--all]

A claim counts as right where measure, bounds and modality agree and the counting words overlap; parts
that the reader splits match a gold claim that they add up to. Slots are scored over the matched claims.
Sentences of weak quality gate nothing and are left out unless --all is given.
"""

import argparse
import datetime
import json
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SLOTS = ("status", "age", "sex", "role", "attacker", "scope", "certainty", "part_of", "place", "when",
         "perpetrator", "weapon", "event", "said_by")  # fmt: skip


def gold() -> Iterator[dict[str, Any]]:
    """Yield the sentences of the gold set."""
    for path in sorted((HERE / "gold").glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def span(text: str, claim: dict[str, Any]) -> tuple[int, int]:
    at = claim.get("at", text.find(claim["text"]))
    return at, at + len(claim["text"])


def bounds(claim: dict[str, Any]) -> tuple[int | None, int | None]:
    return claim.get("low"), claim.get("high")


def right(g: dict[str, Any], c: dict[str, Any]) -> bool:
    return bool(
        g["measure"] == c["measure"]
        and bounds(g) == (c["count"]["low"], c["count"]["high"])
        and g.get("modality", c["count"]["modality"]) == c["count"]["modality"]
    )


def match(
    text: str, golds: list[dict[str, Any]], claims: list[dict[str, Any]]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Pair gold and read claims; return (pairs, gold missed, read without gold)."""
    pairs, missed, free = [], [], list(claims)
    for g in golds:
        where = span(text, g)
        hits = [
            c
            for c in free
            if right(g, c) and overlap(where, (c["count"]["start"], c["count"]["end"]))
        ]
        if hits:
            best = min(hits, key=lambda c: abs(c["count"]["start"] - where[0]))
            pairs.append((g, best))
            free.remove(best)
            continue
        parts = [
            c
            for c in free
            if c["measure"] == g["measure"]
            and not c["part_of"]
            and where[0] <= c["count"]["start"]
            and c["count"]["end"] <= where[1] + 2
        ]
        if len(parts) > 1 and sum(c["count"]["low"] or 0 for c in parts) == g.get("low"):
            for c in parts:
                free.remove(c)
            continue
        if not g.get("optional") and g.get("certainty") != "hypothetical":
            missed.append(g)
    free = [
        c
        for c in free
        if not any(
            overlap(span(text, g), (c["count"]["start"], c["count"]["end"]))
            and (g.get("optional") or g.get("certainty") == "hypothetical")
            for g in golds
        )
        and not (c["count"]["low"] is None and c["count"]["high"] is None)
    ]
    return pairs, missed, free


def slot(claim: dict[str, Any], name: str, claims: dict[str, dict[str, Any]]) -> str:
    """One slot of a read claim as the gold writes it."""
    if name in ("status", "age", "sex", "role", "attacker"):
        value = claim["group"][name]
    elif name == "part_of":
        whole = claims.get(claim["part_of"] or "")
        value = whole and whole["count"]["text"]
    elif name == "place":
        value = claim["place"] and claim["place"]["text"]
    elif name == "when":
        value = claim["when"] and claim["when"]["text"]
    elif name == "perpetrator":
        value = claim["perpetrator"][0]["text"] if claim["perpetrator"] else None
    elif name == "weapon":
        value = claim["weapons"][0]["code"] if claim["weapons"] else None
    elif name == "said_by":
        value = claim["said_by"][0]["text"] if claim["said_by"] else None
    else:
        value = claim[name]
    return "" if value is None else str(value)


def same(name: str, wanted: Any, got: str) -> bool:
    wanted = str(wanted)
    if name in ("place", "when", "perpetrator", "said_by", "part_of") and wanted and got:
        return wanted in got or got in wanted
    return wanted == got


def extracted(program: str, sentences: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Run the program over the sentences and return its answers by id."""
    lines = []
    for sentence in sentences:
        published = sentence.get("published")
        if isinstance(published, datetime.date):
            published = published.isoformat()
        lines.append(
            json.dumps({"id": sentence["id"], "text": sentence["text"], "published": published})
        )
    done = subprocess.run(
        [program, "extract", "--jsonl", "-"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return {row["id"]: row for row in map(json.loads, filter(None, done.stdout.split("\n")))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", nargs="?", default=".venv/bin/cenotaph")
    parser.add_argument("--misses", default=None)
    parser.add_argument("--slot", default=None)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    sentences = [s for s in gold() if options.all or s.get("quality") != "weak"]
    results = extracted(options.program, sentences)
    tally: dict[str, Counter[str]] = {}
    slots: Counter[str] = Counter()
    for sentence in sentences:
        text = sentence["text"]
        result = results[sentence["id"]]
        claims = [c for c in result["claims"] if c["measure"] != "attacks" or c["count"]["low"]]
        golds = sentence.get("claim", [])
        pairs, missed, extra = match(text, golds, claims)
        by_id = {c["id"]: c for c in result["claims"]}
        classes = {"all"} | {c.split(".")[0] for c in sentence["classes"]}
        for name in classes:
            counter = tally.setdefault(name, Counter())
            counter.update(right=len(pairs), missed=len(missed), extra=len(extra))
        for g, c in pairs:
            for name in SLOTS:
                if name in g:
                    ok = same(name, g[name], slot(c, name, by_id))
                    slots[f"{name} {'right' if ok else 'wrong'}"] += 1
                    if not ok and options.slot == name:
                        print(
                            f"[{sentence['id']}] {text}\n   {g['text']}: {name} {g[name]!r}, got {slot(c, name, by_id)!r}"
                        )
        if (
            options.misses is not None
            and (missed or extra)
            and any(c.startswith(options.misses) for c in sentence["classes"])
        ):
            print(f"[{sentence['id']}] {text}")
            for g in missed:
                print("   missed", g["measure"], bounds(g), g.get("modality"), repr(g["text"]))
            for c in extra:
                print(
                    "   extra ",
                    c["measure"],
                    c["count"]["low"],
                    c["count"]["high"],
                    c["count"]["modality"],
                    repr(c["count"]["text"]),
                    c["rule"],
                    c["certainty"],
                )
    print(f"{'class':<12}{'right':>7}{'missed':>8}{'extra':>7}{'recall':>8}{'precision':>11}")
    for name, c in sorted(tally.items(), key=lambda kv: -kv[1]["right"]):
        recall = c["right"] / max(1, c["right"] + c["missed"])
        precision = c["right"] / max(1, c["right"] + c["extra"])
        print(
            f"{name:<12}{c['right']:>7}{c['missed']:>8}{c['extra']:>7}{recall:>8.3f}{precision:>11.3f}"
        )
    for name in SLOTS:
        ok, no = slots[f"{name} right"], slots[f"{name} wrong"]
        if ok + no:
            print(f"  {name:<12}{ok:>5} of {ok + no}")


if __name__ == "__main__":
    main()

"""Measure place resolution: accuracy by distance, and abstention where the true place is taken away.

    eval/places.py BENCH_FOLDER GAZETTEER.csv [--misses N]

BENCH_FOLDER holds metrics.py and airwars_syria_geo.jsonl. Abstention: of 300 rows
resolved within 10 km (those whose id has the lowest SHA-256), every entry within 10 km of the true point is
hidden, of all gazetteers, and the row is resolved again;
an answer counts as honest where it is nothing, or an area that contains the point (a governorate by its
name, a district by the district of the gazetteer's places nearest to the point).
"""

import hashlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cenotaph import gazetteer, places
from cenotaph.gazetteer.areas import usual_name
from cenotaph.model import GazetteerEntry, NameMatch, PlaceKind, PlaceResolution, Precision


class Without:
    """A gazetteer from which all entries within some kilometres of a point are taken."""

    def __init__(self, whole: gazetteer.Places, lat: float, lon: float, km: Any) -> None:
        self.whole, self.lat, self.lon, self.km = whole, lat, lon, km
        self.sources = whole.sources
        self.entry, self.country, self.knows = whole.entry, whole.country, whole.knows

    def _kept(self, entry: GazetteerEntry) -> bool:
        if entry.kind.value in ("country", "admin1") or entry.lat is None or entry.lon is None:
            return True
        return bool(self.km((self.lat, self.lon), (entry.lat, entry.lon)) > 10)

    def named(self, name: str, *, country: str | None = None) -> Sequence[NameMatch]:
        return [m for m in self.whole.named(name, country=country) if self._kept(m.entry)]

    def afar(self, name: str) -> Sequence[NameMatch]:
        return [m for m in self.whole.afar(name) if self._kept(m.entry)]

    def similar(self, name: str, *, country: str) -> Sequence[NameMatch]:
        return [m for m in self.whole.similar(name, country=country) if self._kept(m.entry)]

    def areas(self, country: str) -> Sequence[GazetteerEntry]:
        return self.whole.areas(country)


def main() -> None:
    args = sys.argv[1:]
    misses = int(args[args.index("--misses") + 1]) if "--misses" in args else 0
    folder, table = Path(args[0]), Path(args[1])
    spec = importlib.util.spec_from_file_location("metrics", folder / "metrics.py")
    assert spec is not None and spec.loader is not None
    metrics = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(metrics)
    lines = (folder / "airwars_syria_geo.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    whole = gazetteer.open([table])
    counties = [
        (e.lat, e.lon, e.admin2)
        for e in gazetteer.read_table(table).entries
        if e.admin2 and e.kind is PlaceKind.SETTLEMENT
    ]

    def ask(row: dict[str, Any], text: str, where: Any = whole) -> PlaceResolution:
        area = row["gold"].get("governorate") or None
        return places.resolve_text(text, gazetteer=where, country="SY", admin1=area)

    for arabic in (False, True):

        def text(row: dict[str, Any], arabic: bool = arabic) -> str:
            other = row.get("text_ar")
            return f"{row['text']} ({other})" if arabic and other else str(row["text"])

        began = time.perf_counter()
        answers = [ask(row, text(row)) for row in rows]
        took = time.perf_counter() - began
        label = "with Arabic" if arabic else "Latin alone"
        print(f"{label}: {len(rows)} rows, {len(rows) / took:.0f} a second")
        point = [
            (a.place.lat, a.place.lon) if a.place and a.place.lat is not None else None
            for a in answers
        ]
        gold = [(row["gold"]["lat"], row["gold"]["lon"]) for row in rows]
        towns = [row["gold"]["precision"] in ("village", "town", "city") for row in rows]
        print("  all        ", json.dumps(metrics.geo(list(zip(gold, point, strict=True)))))
        some = [(g, p) for g, p, t in zip(gold, point, towns, strict=True) if t]
        print("  settlements", json.dumps(metrics.geo(some)))
        right = [
            row for row, g, p in zip(rows, gold, point, strict=True) if p and metrics.km(g, p) <= 10
        ]
        chosen = sorted(right, key=lambda row: hashlib.sha256(row["id"].encode()).digest())[:300]
        honest, shown = 0, 0
        for row in chosen:
            lat, lon = row["gold"]["lat"], row["gold"]["lon"]
            answer = ask(row, text(row), Without(whole, lat, lon, metrics.km))
            place = answer.place
            area = usual_name("SY", row["gold"].get("governorate"))
            good = place is None or place.lat is None or place.precision is Precision.COUNTRY
            if place is not None and place.precision is Precision.ADMIN1:
                good = place.admin1 == area
            elif place is not None and place.precision is Precision.ADMIN2:
                near = sorted(counties, key=lambda c: metrics.km((lat, lon), c[:2]))[:5]
                good = sum(c[2] in (place.name, place.admin2) for c in near) >= 3
            honest += good
            if not good and shown < misses and place is not None:
                shown += 1
                away = metrics.km((lat, lon), (place.lat, place.lon)) if place.lat else 0
                print(f"    not honest: {text(row)!r} {area} -> {place.name} {place.admin1} "
                      f"{place.precision} {place.confidence} {away:.0f} km {answer.reasons}")  # fmt: skip
        print(f"  abstention  {honest / len(chosen):.3f} of {len(chosen)}")
        shown = 0
        order = list(range(len(rows)))
        random.Random(5).shuffle(order)
        for i in order:
            p = point[i]
            away = metrics.km(gold[i], p) if p else None
            if shown < misses and (away is None or away > 10):
                shown += 1
                place = answers[i].place
                print(f"    miss: {text(rows[i])!r} {rows[i]['gold']['governorate']} "
                      f"{rows[i]['gold']['precision']} -> {place and (place.name, place.admin1, str(place.precision), place.confidence)}"
                      f" {away and round(away)} km; {answers[i].reasons}")  # fmt: skip


if __name__ == "__main__":
    main()

"""A collection of reports with its truth: what happened in an invented country, and who wrote what.

    python eval/generate.py FOLDER --documents 1000 --seed 1

writes gazetteer.csv (the invented country's places), reports.jsonl (in no order of time) and
truth.json into FOLDER. Of the reports 30% are copies (half of them word for word, half within a
frame of the outlet's own), 20% updates of an earlier toll, 10% give a wrong figure, 5% are running
totals; the rest are first and further reports. The time that the collection covers grows with it,
so that a month of one province always holds about as many incidents.
"""

import argparse
import calendar
import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

COUNTRY = "XT"
PROVINCES = 14
DISTRICTS = 8
PLACES = 45
"""Places in each district."""

FIRST_DAY = date(2012, 1, 1)
MONTHLY = 60
"""Reports for each province and month."""

SHARES = {"copy": 0.30, "update": 0.20, "wrong": 0.10, "sum": 0.05, "further": 0.13}
"""What part of the reports is of each kind; the rest are first reports, one for each incident."""

_STARTS = [*"bdfghklmnrstvz", "br", "dr", "kr", "tr", "sh", "st"]
_MIDDLES = [*"aeiouao"]
_ENDS = ["l", "n", "r", "m", "s", "k", "t", "", "v", "nd", "rn", "st"]


@dataclass(frozen=True)
class Place:
    """A settlement with the areas around it."""

    id: str
    name: str
    admin1: str
    admin2: str
    lat: float
    lon: float


@dataclass
class Incident:
    """What happened: where, when, and how many it killed and hurt in truth."""

    place: Place
    day: date
    killed: int
    injured: int
    children: int
    how: int
    party: int
    told: list[tuple[date, str, int]] = field(default_factory=list)
    """What was published: on which day, by whom, which number of dead."""


@dataclass(frozen=True)
class Report:
    """One document, and of which kind it is."""

    kind: str
    text: str
    published: date
    publisher: str


class Names:
    """Names that differ in their consonants, so that no spelling of one is another's."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def name(self, syllables: int) -> str:
        """Return a new name."""
        while True:
            made = "".join(
                self._rng.choice(_STARTS) + self._rng.choice(_MIDDLES) for _ in range(syllables)
            ) + self._rng.choice(_ENDS)
            bones = "".join(c for c in made if c not in "aeiouhw")
            bones = bones.replace("z", "s").replace("k", "g").replace("t", "d").replace("v", "f")
            if bones not in self._taken and len(bones) >= syllables:
                self._taken.add(bones)
                return made.capitalize()


def country(rng: random.Random) -> tuple[list[str], list[Place], list[dict[str, object]]]:
    """Return the provinces, the settlements, and the rows of the gazetteer."""
    names = Names(rng)
    rows: list[dict[str, object]] = []
    provinces: list[str] = []
    places: list[Place] = []

    def row(kind: str, name: str, lat: float, lon: float, **more: object) -> str:
        id_ = f"XG-{len(rows) + 1:05d}"
        rows.append(
            {"id": id_, "name": name, "kind": kind, "lat": f"{lat:.4f}", "lon": f"{lon:.4f}",
             "country": COUNTRY, **more}
        )  # fmt: skip
        return id_

    row("country", "Tessaria", 11.7, -38.3, population=6_400_000)
    for number in range(PROVINCES):
        province = names.name(3)
        provinces.append(province)
        lat, lon = 10.0 + number // 4 * 1.6, -42.0 + number % 4 * 1.6
        also = f"{province} Governorate|{province} province|Governorate of {province}"
        row("admin1", province, lat, lon, admin1=province, alternates=also)
        for part in range(DISTRICTS):
            district = names.name(3)
            y, x = lat + part // 4 * 0.8, lon + part % 4 * 0.4
            also = f"{district} district"
            row("admin2", district, y, x, admin1=province, admin2=district, alternates=also)
            for n in range(PLACES):
                name = names.name(rng.choice((3, 3, 4)))
                here = y + n // 7 * 0.1, x + n % 7 * 0.055
                people = rng.randrange(500, 30_000)
                id_ = row(
                    "settlement", name, *here, admin1=province, admin2=district, population=people
                )
                places.append(Place(id_, name, province, district, *here))
    return provinces, places, rows


HOWS = (
    "air strike",
    "artillery attack",
    "drone strike",
    "car bomb",
    "barrel bomb attack",
    "shooting",
)
VERBS = (
    "an air strike hit {target} in {place}",
    "artillery shells fell on {target} in {place}",
    "a drone strike hit {target} in {place}",
    "a car bomb went off beside {target} in {place}",
    "barrel bombs were dropped on {target} in {place}",
    "gunmen opened fire at {target} in {place}",
)
TARGETS = (
    "a market", "a school", "a bakery", "a clinic", "a mosque", "a row of houses", "a bus station",
    "a farm", "a tea house", "a water station",
)  # fmt: skip
PARTIES = ("", "", "Kordanian jets", "government forces", "the Northern Front", "unidentified men")
SOURCES = (
    "the Tessaria Harm Monitor", "the Dawn Observatory", "the {admin1} Civil Defence",
    "the {admin1} Media Centre", "the {place} hospital", "the Red Lantern Society",
    "the Ministry of Health", "the {admin2} Council", "the Lawyers for Memory",
    "the Tessaria Journalists Union", "the {admin1} Police", "the Olive Branch Network",
)  # fmt: skip
OUTLETS = (
    "Velm Courier", "Dorsa Radio", "Orun Today", "Tessaria News Agency", "The Evening Ledger",
    "Kestrel Wire", "Harbour Post", "Northern Dispatch", "Free Valley", "The Lamplighter",
    "Seven Hills Daily", "Radio Meridian", "The Quiet Hour", "Bridge Street Times",
)  # fmt: skip
COLOUR = (
    "Smoke could be seen over {place} until the evening.",
    "Shops in {place} stayed shut the next morning.",
    "Roads towards {admin2} were closed for hours.",
    "Ambulances came from {admin2} district.",
    "The electricity failed in parts of {place}.",
    "Families gathered outside the hospital in {admin2}.",
    "Telephone lines to {place} were down.",
    "Rescue workers searched the rubble through the night.",
)  # fmt: skip
MONTHS = calendar.month_name

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def told(number: int, rng: random.Random) -> str:
    """Return a number as some writer puts it."""
    return SMALL[number] if number < len(SMALL) and rng.random() < 0.5 else f"{number:,}"


def people(number: int, noun: str = "people") -> str:
    """Return the noun for so many people."""
    return noun if number != 1 else {"people": "person", "civilians": "civilian"}[noun]


def capital(text: str) -> str:
    """Return a sentence with its first letter in capitals."""
    return text[:1].upper() + text[1:]


def sentence(
    incident: Incident, killed: int, source: str, published: date, rng: random.Random
) -> str:
    """Return the sentence that gives the number of dead."""
    day = incident.day
    weekday = (published - day).days < 6 and rng.random() < 0.5
    when = f"on {day:%A}" if weekday else f"on {day.day} {MONTHS[day.month]} {day.year}"
    target = TARGETS[(incident.killed * 7 + day.day) % len(TARGETS)]
    where = incident.place.name
    act = VERBS[incident.how].format(target=target, place=where)
    noun = rng.choice(("people", "people", "civilians"))
    were = "was" if killed == 1 else "were"
    count = told(killed, rng)
    who = people(killed, noun)
    hurt = told(incident.injured, rng)
    party = PARTIES[incident.party]
    by = f" by {party}" if party and incident.how < 3 else ""
    how = HOWS[incident.how]
    an = "an" if how[0] in "aeiou" else "a"
    children = ""
    if 1 < incident.children <= killed // 2:
        children = f", including {told(incident.children, rng)} children,"
    forms = [
        f"{count} {who}{children} {were} killed {when} when {act}, {source} said.",
        f"{source} said {count} {who} {were} killed and {hurt} injured {when} when {act}.",
        f"{when}, {act}, killing {count} {who} and wounding {hurt} others, according to {source}.",
        f"{an} {how}{by} on {where} {when} killed {count} {who}{children} {source} reported."
        if children
        else f"{an} {how}{by} on {where} {when} killed {count} {who}, {source} reported.",
        f"{source} reported that {an} {how} in {where} {when} left {count} {who} dead and {hurt} "
        "wounded.",
        f"{count} {who} {were} killed in {an} {how} in {where} {when}, according to {source}.",
    ]
    return capital(rng.choice(forms))


def article(incident: Incident, killed: int, source: str, published: date, rng: random.Random,
            updated: bool) -> str:  # fmt: skip
    """Return a whole report of an incident."""
    place = incident.place
    names = {"place": place.name, "admin1": place.admin1, "admin2": place.admin2}
    head = [sentence(incident, killed, source, published, rng)]
    if updated:
        opener = rng.choice(("Update: ", "", "The toll has risen. ", "New figures were given. "))
        head[0] = opener + head[0]
    colour = rng.sample(COLOUR, rng.randrange(1, 4))
    body = [each.format(**names) for each in colour]
    first = f"{place.name}, {place.admin1} province"
    return f"{first}\n\n{head[0]} {' '.join(body)}\n"


def running(province: str, since: date, until: date, number: int, rng: random.Random) -> str:
    """Return a report that gives the number of dead since a day."""
    monitor = rng.choice(("The Tessaria Harm Monitor", "The Dawn Observatory"))
    start = f"{since.day} {MONTHS[since.month]} {since.year}"
    end = f"{until.day} {MONTHS[until.month]} {until.year}"
    who = people(number)
    were = "was" if number == 1 else "were"
    form = rng.choice(
        (
            f"{monitor} said it has documented the deaths of {number:,} {who} in {province} "
            f"province between {start} and {end}.",
            f"{number:,} {who} {were} killed in {province} province between {start} and {end}, "
            f"{monitor[0].lower()}{monitor[1:]} said.",
        )
    )
    note = rng.choice(
        (
            "It said its researchers had checked each name with the families.",
            "The list was handed to lawyers in the capital.",
            "It called on all sides to spare those who do not fight.",
        )
    )
    return f"{capital(form)} {note}\n"


def killed_in(rng: random.Random) -> int:
    """Return how many an incident kills: mostly few, sometimes many."""
    return min(120, 1 + int(rng.expovariate(1 / 4.0) + (rng.expovariate(1 / 25.0) if rng.random() < 0.08 else 0)))  # fmt: skip


@dataclass
class World:
    """The whole collection: what happened, and what was written of it."""

    provinces: list[str]
    places: list[Place]
    rows: list[dict[str, object]]
    incidents: list[Incident]
    reports: list[Report]


def world(documents: int, seed: int) -> World:
    """Return a collection of so many reports; the same seed gives the same one."""
    provinces, places, rows = country(random.Random("the invented country"))
    rng = random.Random(f"{seed} of {documents}")
    numbers = {kind: round(share * documents) for kind, share in SHARES.items()}
    first = documents - sum(numbers.values())
    months = max(2, round(documents / (PROVINCES * MONTHLY)))
    days = int(months * 30.44)
    incidents = happened(first, places, days, rng)
    reports = written(incidents, numbers, rng)
    reports += sums(incidents, provinces, numbers["sum"], days, rng)
    reports += copied(reports, numbers["copy"], rng)
    rng.shuffle(reports)
    return World(provinces, places, rows, incidents, reports)


def happened(count: int, places: Sequence[Place], days: int, rng: random.Random) -> list[Incident]:
    """Return so many incidents; in one place none within four days of another."""
    found: list[Incident] = []
    struck: dict[str, list[date]] = {}
    often = rng.sample(places, max(40, len(places) // 20))
    while len(found) < count:
        place = rng.choice(often if rng.random() < 0.25 else places)
        day = FIRST_DAY + timedelta(rng.randrange(days))
        if any(abs((day - other).days) < 4 for other in struck.get(place.id, ())):
            continue
        struck.setdefault(place.id, []).append(day)
        killed = killed_in(rng)
        found.append(
            Incident(
                place=place, day=day, killed=killed, injured=2 + int(rng.expovariate(1 / 6.0)),
                children=rng.randrange(0, killed // 2 + 1), how=rng.randrange(len(VERBS)),
                party=rng.randrange(len(PARTIES)),
            )
        )  # fmt: skip
    return found


def written(
    incidents: Sequence[Incident], numbers: dict[str, int], rng: random.Random
) -> list[Report]:
    """Return first reports, updates by who gave them, further reports, and wrong ones."""
    updates = Counter(rng.choices(range(len(incidents)), k=numbers["update"]))
    further = Counter(rng.choices(range(len(incidents)), k=numbers["further"]))
    wrong = Counter(rng.choices(range(len(incidents)), k=numbers["wrong"]))
    reports: list[Report] = []
    for number, incident in enumerate(incidents):
        place = incident.place
        names = {"place": place.name, "admin1": place.admin1, "admin2": place.admin2}
        who = [each.format(**names) for each in rng.sample(SOURCES, len(SOURCES))]
        later = updates[number]
        least = (incident.killed + 1) // 2
        early = sorted(rng.randrange(least, incident.killed + 1) for _ in range(later))
        tolls = [*early, incident.killed]
        days = [incident.day + timedelta(n) for n in range(later + 1)]

        def add(kind: str, source: str, toll: int, day: date, updated: bool = False,
                incident: Incident = incident) -> None:  # fmt: skip
            incident.told.append((day, source, toll))
            text = article(incident, toll, source, day, rng, updated)
            reports.append(Report(kind, text, day, rng.choice(OUTLETS)))

        add("first", who[0], tolls[0], days[0])
        for toll, day in zip(tolls[1:], days[1:], strict=True):
            add("update", who[0], toll, day, True)
        spare = iter(who[1:])
        for _ in range(min(further[number], 6)):
            day = incident.day + timedelta(rng.randrange(1, 6))
            add("further", next(spare), tolls[min((day - incident.day).days, later)], day)
        for _ in range(min(wrong[number], 4)):
            day = incident.day + timedelta(rng.randrange(0, 6))
            shift = max(1, round(incident.killed * rng.uniform(0.2, 0.8)))
            toll = incident.killed + rng.choice((-shift, shift))
            add("wrong", next(spare), max(1, toll if toll > 0 else incident.killed + shift), day)
    return reports


def sums(
    incidents: Sequence[Incident], provinces: Sequence[str], count: int, days: int,
    rng: random.Random,
) -> list[Report]:  # fmt: skip
    """Return running totals of provinces since the start of a month or of a year."""
    by_province: dict[str, list[Incident]] = {}
    for incident in incidents:
        by_province.setdefault(incident.place.admin1, []).append(incident)
    found: list[Report] = []
    last = FIRST_DAY + timedelta(days - 1)
    while len(found) < count:
        province = rng.choice(provinces)
        until = FIRST_DAY + timedelta(rng.randrange(min(9, days - 1), days))
        since = until.replace(day=1) if rng.random() < 0.6 else until.replace(month=1, day=1)
        killed = sum(
            each.killed for each in by_province.get(province, ()) if since <= each.day <= until
        )
        if killed < 2 or since == until:
            continue
        published = min(until + timedelta(1), last + timedelta(1))
        text = running(province, since, until, killed, rng)
        found.append(Report("sum", text, published, rng.choice(OUTLETS)))
    return found


def copied(reports: Sequence[Report], count: int, rng: random.Random) -> list[Report]:
    """Return copies of reports: half word for word, half within a frame of the outlet's own."""
    found = []
    for each in rng.choices(reports, k=count):
        outlet = rng.choice([name for name in OUTLETS if name != each.publisher])
        day = each.published + timedelta(rng.randrange(0, 3))
        text = each.text
        if rng.random() < 0.5:
            opener = f"{outlet} desk, {day.day} {MONTHS[day.month]}."
            closing = f"Reporting first published by {each.publisher}."
            text = f"{opener}\n\n{each.text}\n{closing}\n"
        found.append(Report("copy", text, day, outlet))
    return found


def lines(made: World) -> Iterator[dict[str, object]]:
    """Yield the reports as lines of JSON."""
    for number, each in enumerate(made.reports):
        yield {
            "id": f"g{number:06d}", "text": each.text, "published": each.published.isoformat(),
            "publisher": each.publisher, "country": COUNTRY, "lang": "en",
        }  # fmt: skip


def truth(made: World) -> dict[str, object]:
    """Return what happened in truth: by province and month, and in all."""
    rows: Counter[tuple[str, str]] = Counter()
    for each in made.incidents:
        rows[each.place.admin1, f"{each.day:%Y-%m}"] += each.killed
    return {
        "killed": sum(rows.values()),
        "incidents": len(made.incidents),
        "kinds": dict(sorted(Counter(each.kind for each in made.reports).items())),
        "rows": [[*key, number] for key, number in sorted(rows.items())],
    }


def write(folder: Path, documents: int, seed: int) -> World:
    """Write a collection into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = world(documents, seed)
    with (folder / "gazetteer.csv").open("w", newline="", encoding="utf-8") as file:
        columns = ["id", "name", "kind", "lat", "lon", "country", "admin1", "admin2", "population",
                   "alternates"]  # fmt: skip
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(made.rows)
    with (folder / "reports.jsonl").open("w", encoding="utf-8") as file:
        for line in lines(made):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    (folder / "truth.json").write_text(json.dumps(truth(made), indent=1), encoding="utf-8")
    return made


def main() -> None:
    """Write a collection."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = write(given.folder, given.documents, given.seed)
    print(json.dumps({k: v for k, v in truth(made).items() if k != "rows"}))


if __name__ == "__main__":
    main()

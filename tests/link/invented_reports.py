"""Two invented reports with the traps of real ones: a sum and its parts, a total printed twice."""

from claims_factory import claim, when

from cenotaph.model import Link, LinkKind, ResolvedClaim

MONITOR = "Tessaria Harm Monitor"
DAY = when("2021-02-07")
BOTH = ("Kordania", "Tessaria")


def earlier(document: str = "a") -> list[ResolvedClaim]:
    """A day's sum of 57 with 19 and 24 inside, 2 further, 9 of another party; a total of 412."""
    day = {"day": DAY, "by": "Kordania", "said_by": MONITOR}
    lede = claim(
        document, 10, 57, modality="at_least", where="Orun governorate", status="civilian",
        by="Tessaria", event=None,
    )  # fmt: skip
    whole = claim(
        document, 100, 57, modality="at_least", where="Orun governorate", scope="subtotal", **day
    )
    first = claim(document, 200, 19, modality="at_least", where="Kafr Sel", sentence=200, **day)
    children = claim(
        document, 210, 4, age="child", part_of=first, where="Kafr Sel", sentence=200, **day
    )
    second = claim(document, 230, 24, where="Maarat Ilun", sentence=200, additional=True, **day)
    two = claim(
        document, 300, 2, where=("Maarat Ilun", "al-Nuqra"), scope="subtotal", additional=True,
        sentence=300, said_by=MONITOR, event=None,
    )  # fmt: skip
    one = claim(document, 320, 1, where="Maarat Ilun", sentence=300, said_by=MONITOR)
    other = claim(document, 340, 1, where="al-Nuqra", sentence=300, said_by=MONITOR, event=None)
    nine = claim(
        document, 400, 9, where="al-Tamira", status="civilian", by="Tessaria", said_by=MONITOR
    )
    seven = claim(
        document, 420, 7, where="al-Tamira", age="child", part_of=nine, by="Tessaria",
        said_by=MONITOR, sentence=400,
    )  # fmt: skip
    return [
        lede, whole, first, children, second, two, one, other, nine, seven,
        *since_december(document, "2021-02-08"),
    ]  # fmt: skip


def since_december(document: str, end: str, at: int = 500) -> list[ResolvedClaim]:
    """412 civilians killed, of them 131 children and 77 women, and 1300 injured."""
    shared = {
        "where": "Orun governorate", "day": when("2020-12-19", end), "by": BOTH,
        "said_by": MONITOR, "scope": "cumulative", "sentence": at,
    }  # fmt: skip
    total = claim(document, at, 412, status="civilian", **shared)
    children = claim(document, at + 20, 131, age="child", part_of=total, **shared)
    women = claim(document, at + 30, 77, sex="female", part_of=total, **shared)
    injured = claim(document, at + 45, 1300, measure="injured", **shared)
    return [total, children, women, injured]


def later(document: str = "b") -> list[ResolvedClaim]:
    """A child without a place, more than 2200 in the city of Velm, 8 in Atarin, the 412 again."""
    child = claim(document, 10, 1, age="child", day=when("2021-02-01", "2021-02-10"), by="Kordania")
    city = claim(
        document, 100, 2201, modality="more_than", status="civilian", where="Velm",
        day=when("2020-11-01", anchor="the ceasefire"), scope="cumulative", event=None,
    )  # fmt: skip
    atarin = {"where": "Atarin", "day": "2021-02-27", "said_by": MONITOR}
    eight = claim(document, 300, 8, modality="at_least", status="civilian", **atarin)
    three = claim(document, 400, 3, modality="at_least", age="child", part_of=eight, **atarin)
    return [child, city, eight, three, *since_december(document, "2021-02-28")]


def reprint(document: str, of: list[ResolvedClaim]) -> list[Link]:
    """The links by which claims of `document` repeat those of `of` that have the same words."""
    return [
        Link(claim=c.id, kind=LinkKind.REPEATS, to=o.id, by="copied-passage")
        for o in of
        for c in earlier(document)
        if c.claim.counted == o.claim.counted and c.claim.measure is o.claim.measure
    ]

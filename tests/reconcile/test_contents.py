"""A stated sum that what lies in it exceeds, followed through whatever comes, goes and is decided."""

import itertools
from datetime import date

import pytest
from claims_factory import claim, when

from cenotaph.model import Document, DocumentId, Reading, ResolvedClaim
from cenotaph.pipeline import Interpreted, ruleset_of
from cenotaph.pipeline.derivation import Derivation
from cenotaph.pipeline.laid import Read

CODE = "contents-exceed-sum"
PUBLISHED = date(2021, 2, 28)


def read(*claims: ResolvedClaim) -> Read:
    (name,) = {each.claim.document for each in claims}
    text = "".join(f"{name} word " for _ in range(60))
    return Read(
        document=Document(id=DocumentId(name), text=text, published=PUBLISHED),
        interpreted=Interpreted(
            reading=Reading(document=DocumentId(name), claims=tuple(c.claim for c in claims)),
            claims=claims,
            published=PUBLISHED,
        ),
    )


def of_month(low: int = 20, **slots: object) -> Read:
    month = when("2021-02-01", "2021-02-28")
    return read(
        claim("month", 0, low, where="Orun governorate", scope="subtotal", day=month,
              said_by="Orun Monitor", event=None, **slots)
    )  # fmt: skip


def in_a_town(name: str, low: int, where: str, day: str = "2021-02-11") -> Read:
    return read(claim(name, 0, low, where=where, day=day))


TOWNS = (in_a_town("one", 12, "Sarbek"), in_a_town("two", 15, "Kafr Sel"))


def told(*reads: Read) -> list[str]:
    derivation = Derivation(ruleset_of("default"))
    derivation.change(reads)
    return [each.message for each in derivation.found() if each.code == CODE]


def test_events_of_several_reports_that_come_to_more_than_the_sum_of_another() -> None:
    (message,) = told(of_month(), *TOWNS)
    assert "comes to 27: 15 (Kafr Sel) + 12 (Sarbek); 27 - 20 = 7" in message
    assert "Orun Monitor" in message and "2021-02-01 to 2021-02-28" in message


@pytest.mark.parametrize(
    "reads",
    [
        (of_month(27), *TOWNS),
        (of_month(modality="at_least"), *TOWNS),
        (of_month(status="civilian"), *TOWNS),
        # Outside of it, by day or by place.
        (of_month(), TOWNS[0], in_a_town("two", 15, "Kafr Sel", "2021-01-30")),
        (of_month(), TOWNS[0], in_a_town("two", 15, "Atarin")),
        # Perhaps one event.
        (of_month(), TOWNS[0], read(claim("two", 0, 13, where="Sarbek"))),
    ],
    ids=["fits", "at least", "of some", "another month", "another province", "may be one"],
)
def test_what_need_not_be_more_is_no_finding(reads: tuple[Read, ...]) -> None:
    assert told(*reads) == []


def test_it_is_the_same_in_any_order_one_by_one() -> None:
    every = (of_month(), *TOWNS, in_a_town("later", 15, "Kafr Sel"))
    for order in itertools.permutations(every):
        derivation = Derivation(ruleset_of("default"))
        for each in order:
            derivation.change([each])
        assert [x.message for x in derivation.found() if x.code == CODE] == told(*every)


def test_it_goes_with_what_made_it() -> None:
    for gone in ("one", "month"):
        other = Derivation(ruleset_of("default"))
        other.change([of_month(), *TOWNS])
        update = other.change([], [DocumentId(gone)])
        assert not any(each.code == CODE for each in other.found())
        assert gone == "month" or DocumentId("month") in update.documents
    # A lower figure for one of them, from another source, makes it fit.
    derivation = Derivation(ruleset_of("default"))
    derivation.change([of_month(24), *TOWNS])
    assert any(each.code == CODE for each in derivation.found())
    lower = claim("less", 0, 11, where="Kafr Sel", day="2021-02-11", said_by="Velm Hospital")
    derivation.change([read(lower)])
    assert not any(each.code == CODE for each in derivation.found())

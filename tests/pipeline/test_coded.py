"""Rows that a recorder coded: figures, places and days out of cells, and nobody counted twice."""

from datetime import date

import pytest

from cenotaph.ingest import ColumnsError, Input, Report, columns, read
from cenotaph.model import Measure, Modality
from cenotaph.pipeline import interpret
from cenotaph.pipeline.record import together
from cenotaph.reconcile import ruleset
from cenotaph.store import Listed

MAPPING = """
rows = "coded"
recorder = "Tessaria Casualty Register"
days = "day-first"
[columns]
id = "Event"
date = "Day"
place = "Village"
admin1 = "Province"
killed = "Dead"
"killed.children" = "Children"
injured = "Hurt"
event = "Kind"
perpetrator = "By"
source = "Source"
[codes.event]
"Air raid" = "air_strike"
"""
TABLE = """Event,Day,Village,Province,Dead,Children,Hurt,Kind,By,Source,Remark
17,07/02/2021,Sarbek,Orun,12,3,20+,Air raid,Northern Front,Meridian,market
18,07/02/2021,Sarbek,Orun,12,,several,Air raid,Northern Front,Meridian,school
19,2021-02-09,Homra,Orun,0,,4-6,,,,
"""


def rows(table=TABLE, mapping=MAPPING):
    given = Input(id="register", name="register.csv", raw=table.encode(), columns=mapping)
    return [each for each in read([given]) if isinstance(each, Report)]


def test_cells_become_claims_of_the_recorder_with_the_row_as_the_quote(setting):
    first, second, third = (interpret(row.document, setting=setting) for row in rows())
    dead, children, hurt = (each.claim for each in first.claims)
    assert {each.rule for each in (dead, children, hurt)} == {"coded-row"}
    assert (dead.count.low, dead.count.high, dead.counted.text) == (12, 12, "12")
    assert (children.part_of, children.group.age, children.count.low) == (dead.id, "child", 3)
    assert (hurt.count.low, hurt.count.high, hurt.count.modality) == (20, None, Modality.AT_LEAST)
    assert dead.event == "air_strike"
    assert dead.perpetrators[0].name == "Northern Front"
    document = rows()[0].document
    assert document.id == "register/17"
    assert dead.quote.text == document.text
    assert all(each.counted.is_in(document.text) for each in (dead, children, hurt))
    assert dead.said_by[0].name == "Tessaria Casualty Register"
    assert dead.said_by[0].quote.is_in(document.text)
    when, place = first.claims[0].when, first.claims[0].place
    assert (when.start, when.end, when.basis) == (date(2021, 2, 7), date(2021, 2, 7), "stated")
    assert (place.name, place.admin1) == ("Sarbek", "Orun")
    # "several" is no figure.
    assert [each.claim.measure for each in second.claims] == ["killed"]
    # A nought is what the row states, as "no one was killed" is in a report.
    assert [(c.claim.measure, c.claim.count.low, c.claim.count.high) for c in third.claims] == [
        ("killed", 0, 0), ("injured", 4, 6),
    ]  # fmt: skip


def test_a_cell_that_cannot_be_read_is_told_and_left_unknown():
    codes = [[finding.code for finding in row.findings] for row in rows()]
    assert codes == [[], ["cell-unreadable"], []]
    assert "several" in rows()[1].findings[0].message


def test_days_are_not_guessed():
    mapping = MAPPING.replace('days = "day-first"', "")
    cells = rows(mapping=mapping)[0].document.coded.cells
    assert [cell.role for cell in cells if cell.role == "date"] == []


def test_two_rows_of_one_recorder_are_two_events_and_no_row_copies_another(setting):
    documents = [row.document for row in rows()]
    interpreted = {each.id: interpret(each, setting=setting) for each in documents}
    known = [
        Listed(id=d.id, original=d.id, name="", published=None, title=None, publisher=None, lang=None,
               country=None, note=None, findings=())
        for d in documents
    ]  # fmt: skip
    found = together(known, interpreted, documents, ruleset=ruleset("default"))
    killed = [each.estimate(Measure.KILLED) for each in found.incidents]
    assert sorted(each.figure.best for each in killed if each is not None) == [0, 12, 12]


def test_degrees_of_a_row_outrank_the_gazetteer(setting):
    mapping = MAPPING + 'x = "y"\n'
    with pytest.raises(ColumnsError):
        columns(
            mapping.replace("[codes.event]", "wrong = 1\n[codes.event]").replace('x = "y"\n', "")
        )
    mapping = MAPPING.replace('id = "Event"', 'id = "Event"\nlat = "Y"\nlon = "X"')
    table = TABLE.replace("Remark\n", "Remark,Y,X\n").replace("market\n", "market,12.51,-39.21\n")
    place = interpret(rows(table, mapping)[0].document, setting=setting).claims[0].place
    assert (place.name, place.lat, place.lon, place.precision) == ("Sarbek", 12.51, -39.21, "exact")


@pytest.mark.parametrize(
    "mapping",
    ["", "rows = 'coded'\n[columns]\nkilled = 'Dead'", "rows = 'no'\n[columns]\ntext='x'",
     "[columns]\nid = 'x'", "[columns]\ntext = 5", "recorder = 'R'\nrows='coded'\n[columns]\nplace = 'P'",
     "days = 'never'\n[columns]\ntext = 'x'", "not toml"],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_says_why(mapping):
    with pytest.raises(ColumnsError):
        columns(mapping)


@pytest.mark.parametrize(
    ("cell", "low", "high", "modality"),
    [
        ("at most 5", None, 5, Modality.AT_MOST),
        ("up to 5", None, 5, Modality.AT_MOST),
        ("no more than 5", None, 5, Modality.AT_MOST),
        ("5 or fewer", None, 5, Modality.AT_MOST),
        ("≤ 5", None, 5, Modality.AT_MOST),
        ("<5", None, 4, Modality.AT_MOST),
        ("٥ على الأكثر", None, 5, Modality.AT_MOST),
        ("more than 5", 6, None, Modality.AT_LEAST),
        ("> 5", 6, None, Modality.AT_LEAST),
        (">=5", 5, None, Modality.AT_LEAST),
    ],
)
def test_a_bound_of_a_cell_is_read_with_its_side(setting, cell, low, high, modality):
    table = TABLE.replace(",12,3,", f",{cell},3,", 1)
    dead = interpret(rows(table)[0].document, setting=setting).claims[0].claim
    assert (dead.count.low, dead.count.high, dead.count.modality) == (low, high, modality)
    assert dead.counted.text == cell


@pytest.mark.parametrize("cell", ["at most 3-5", "up to", "under 0", "< some"])
def test_a_bound_that_bounds_no_number_is_left_unknown(cell):
    row = rows(TABLE.replace(",12,3,", f",{cell},3,", 1))[0]
    assert [finding.code for finding in row.findings] == ["cell-unreadable"]


def test_a_column_of_the_most_alone_says_nothing_of_the_least(setting):
    mapping = MAPPING.replace('\nkilled = "Dead"', '\n"killed.high" = "Dead"')
    dead = interpret(rows(mapping=mapping)[0].document, setting=setting).claims[0].claim
    assert (dead.count.low, dead.count.high, dead.count.modality) == (None, 12, Modality.AT_MOST)

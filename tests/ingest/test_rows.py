"""Tables, lines and lists: a report a row, a line, an object."""

import io
import json
from datetime import date

import pytest
from hypothesis import given as given_anything
from hypothesis import strategies as st

from cenotaph.ingest import Columns, NoTable, columns, sample, written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_of_a_table_are_reports(given, make, separator):
    answers = given(make["table"](separator), columns=make["columns"])
    first, second, third = (each.document for each in answers.reports)
    assert first.text == "Five people were killed in Sarbek,\nthe council said."
    assert (first.id, first.published, first.publisher) == ("r1", date(2021, 2, 8), "Meridian")
    assert (first.part, second.published, second.publisher) == ("row 2", None, None)
    assert third.published is None
    assert [each.code for each in answers.reports[2].findings] == ["published-unreadable"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_a_table_too_large_for_memory_is_read_as_a_stream(make, tmp_path, monkeypatch, encoding):
    """Each row keeps its own bytes under the head of the table, and can be read again of them."""
    from cenotaph.ingest import Input, files, read, reports

    rows = "".join(
        f'r{n},2021-02-09,Meridian,"{n} قتلى\r\nin Sarbek, {n}."\r\n' for n in range(300)
    )
    whole = f"No,Seen,Outlet,Narrative\r\n{rows}".encode(encoding)
    (tmp_path / "t.csv").write_bytes(whole)
    declared = None if encoding.startswith("utf") else encoding
    known = {"encoding": declared, "columns": make["columns"]}
    (small,) = [list(reports([tmp_path / "t.csv"], **known))]
    monkeypatch.setattr(files, "LIMIT", 1000)
    large = list(reports([tmp_path / "t.csv"], **known))
    assert [each.document for each in large] == [each.document for each in small]
    assert len(large) == 300 and all(each.raw == whole for each in small)
    for each in large[:3]:
        assert each.raw.startswith(b"No,Seen,Outlet,Narrative\r\nr") and each.raw[30:] in whole
        again = Input(
            id="t", name="t.csv", raw=each.raw, encoding=declared, columns=make["columns"]
        )
        (one,) = read([again])
        assert one.document.text == each.document.text
    (tmp_path / "w.csv").write_bytes(whole.decode(encoding).encode("utf-16"))
    (refused,) = reports([tmp_path / "w.csv"], columns=make["columns"])
    assert refused.code == "too-long" and "UTF-8" in refused.message


def test_a_workbook_gives_what_the_same_table_gives(given, make):
    sheet = given(make["workbook"](), columns=make["columns"])
    assert sheet.texts == given(make["table"](), columns=make["columns"]).texts


def test_a_locked_or_damaged_workbook_is_told_as_that(given, make):
    raw = bytearray(make["workbook"]())
    at = raw.rindex(b"PK\x01\x02")  # the last member's line in the list of members
    locked = raw[: at + 8] + bytes([raw[at + 8] | 1]) + raw[at + 9 :]
    assert given(bytes(locked), columns=make["columns"]).codes == ["encrypted"]
    for place in range(raw.index(b"PK\x01\x02"), len(raw), 7):
        spoilt = raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]
        answers = given(bytes(spoilt), columns=make["columns"])
        assert (answers.reports or answers.codes) and "internal" not in answers.codes, place


def test_sheets_that_are_not_read_are_named(given, make):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(make["workbook"]()))
    book.create_sheet("Older").append(["No", "Narrative"])
    made = io.BytesIO()
    book.save(made)
    answers = given(made.getvalue(), columns=make["columns"])
    (note,) = [
        each
        for each in answers
        if getattr(each, "code", "") == "passed-over" and "sheet" in each.message
    ]
    assert "'Older'" in note.message
    assert len(answers.reports) == len(given(make["workbook"](), columns=make["columns"]).reports)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


@given_anything(
    names=st.lists(TEXT, min_size=3, max_size=3, unique=True),
    recorder=TEXT.filter(str.strip),
    codes=st.dictionaries(TEXT, TEXT, min_size=1, max_size=3),
)
def test_a_mapping_that_is_written_is_read_as_it_was(names, recorder, codes):
    roles = ("killed", "killed.children", "event")
    mapping = Columns(
        coded=True,
        columns=dict(zip(roles, names, strict=True)),
        recorder=recorder,
        sheet=names[0],
        days="day-first",
        codes={"event": codes},
    )
    assert columns(written(mapping)) == mapping


def test_a_sample_shows_the_first_rows_and_reads_no_report():
    raw = b"No;Where;Dead\r\n;;\r\n1;Sarbek;4\r\n2;Binora\r\n3;Sarbek;x;y\r\n"
    found = sample(raw, name="a.csv")
    assert found.header == ("No", "Where", "Dead")
    assert found.rows == (("1", "Sarbek", "4"), ("2", "Binora", ""), ("3", "Sarbek", "x"))
    assert found.values("Where") == ["Sarbek", "Binora"]


@pytest.mark.parametrize(
    ("raw", "name"), [(b"", "a.csv"), (b"PK\x03\x04nothing", "a.xlsx"), (b"%PDF-1.7", "a.csv")]
)
def test_what_is_no_table_gives_no_sample(raw, name):
    with pytest.raises(NoTable):
        sample(raw, name=name)


def test_a_table_without_its_columns_is_set_aside(given, make):
    assert given(make["workbook"]()).codes == ["no-columns"]
    assert given(make["table"](), name="x.csv").codes == ["no-columns"]
    wrong = make["columns"].replace('"Narrative"', '"Story"')
    assert given(make["workbook"](), columns=wrong).codes == ["no-columns"]


def test_lines_of_a_file_are_kept_one_by_one(given):
    rows = [{"id": "a", "text": "5 killed"}, {"id": "b"}, {"id": "c", "text": "6 killed"}]
    answers = given("\n\n".join(map(json.dumps, rows)).encode())
    assert [each.document.id for each in answers.reports] == ["a", "c"]
    assert answers.codes == ["no-text"]
    assert answers.reports[0].raw == json.dumps(rows[0]).encode()
    assert answers.reports[1].name == "x:5"


ROWS = [
    {"id": "a", "text": "5 killed in [Sarbek"},
    {"id": "b"},
    {"id": "c", "text": "\u0661 {killed}"},
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf\n"])
def test_reports_in_a_list_or_over_several_lines_are_read_one_by_one(given, indent, mark):
    listed = mark + json.dumps(ROWS, indent=indent, ensure_ascii=False).encode()
    apart = "\n".join(json.dumps(row, indent=2, ensure_ascii=False) for row in ROWS).encode()
    for raw in (listed, mark + apart):
        answers = given(raw)
        assert [each.document.id for each in answers.reports] == ["a", "c"]
        assert (answers.texts, answers.codes) == (
            ["5 killed in [Sarbek", "\u0661 {killed}"],
            ["no-text"],
        )
        assert [each.document.part for each in answers.reports] == ["object 1", "object 3"]
        assert all(each.raw in raw and json.loads(each.raw) in ROWS for each in answers.reports)


def test_a_list_that_breaks_off_gives_what_stands_before_and_says_so(given):
    raw = json.dumps(ROWS[::2]).encode()
    for spoilt, ids, code in (
        (raw[:-1], ["a", "c"], "cut-short"),
        (raw[:-9], ["a"], "bad-json"),
        (raw.replace(b"}, {", b"} {"), ["a"], "bad-json"),
        (raw + b" and more", ["a", "c"], "bad-json"),
        (b'[{"x":' + b"[" * 100_000, [], "bad-json"),
        (b"[]", [], "nothing-inside"),
        (raw.replace(b"killed", b"k\xfflled"), [], "bad-encoding"),
    ):
        answers = given(spoilt)
        assert ([each.document.id for each in answers.reports], answers.codes) == (ids, [code])


def test_an_open_quotation_mark_swallows_no_row_unsaid(given, make):
    whole = ("n;said\r\n" "r1;\"Five killed in Sarbek,\r\nthe council said.\"\r\n" "r2;Two killed.\r\n"
             "r3;\"Six killed \"\"there\"\".\"\r\n" "r4;Eight killed.\r\n")  # fmt: skip
    mapping = '[columns]\nid = "n"\ntext = "said"\n'
    assert len(given(whole.encode(), name="t.csv", columns=mapping).reports) == 4
    for opened in ("Two killed.", "Eight killed."):
        spoilt = whole.replace(opened, f'"{opened}')
        answers = given(spoilt.encode(), name="t.csv", columns=mapping)
        assert answers.codes == ["bad-row"], opened
        assert not any("killed" in text and "r3" in text for text in answers.texts)


@pytest.mark.parametrize("raw", [
    b'{"id": "a", "text": "5 killed", "text": "6 killed"}',
    b'[{"id": "a", "text": "5 killed", "id": "b"}]',
])  # fmt: skip
def test_an_object_that_says_a_thing_twice_is_set_aside(given, raw):
    assert given(raw).codes == ["bad-json"]
    told = json.dumps({"id": "a", "text": 'He wrote "text" and "text".', "more": {"text": "x"}})
    assert len(given(told.encode()).reports) == 1

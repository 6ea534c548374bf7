import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.ingest import Oversized, Refused, Report, read_line

CASES = [
    (b"", "bad-json", None),
    (b"  \t", "bad-json", None),
    (b"not json", "bad-json", None),
    (b'{"id":"a","text":"x"', "bad-json", "a"),
    (b'{"id":"a","text":"x"} {}', "bad-json", "a"),
    (b'{"id":"a","text":"x","score":NaN}', "bad-json", "a"),
    (b'{"id":"a","text":"x","score":-Infinity}', "bad-json", "a"),
    (b'{"id":"a","text":"x","score":1e999}', "bad-json", "a"),
    (b'{"id":"a","text":' + b"[" * 100_000, "bad-json", "a"),
    (b"[1]", "not-an-object", None),
    (b"null", "not-an-object", None),
    (b"5", "not-an-object", None),
    (b'{"id":"a","text":"\\ud800 killed"}', "bad-encoding", "a"),
    (b'{"id":"\\udfff","text":"x"}', "bad-encoding", None),
    (b'{"id":"a","text":"caf\xe9"}', "bad-encoding", "a"),
    (b'{"id":"a","text":"\xed\xa0\x80"}', "bad-encoding", "a"),
    (b'{"text":"x"}', "no-id", None),
    (b'{"id":null,"text":"x"}', "no-id", None),
    (b'{"id":"","text":"x"}', "bad-id", ""),
    (b'{"id":7,"text":"x"}', "bad-id", 7),
    (b'{"id":["a"],"text":"x"}', "bad-id", None),
    (b'{"id":{"a":1},"text":"x"}', "bad-id", None),
    (b'{"id":"a"}', "no-text", "a"),
    (b'{"id":"a","text":null}', "no-text", "a"),
    (b'{"id":"a","text":5}', "no-text", "a"),
    (b'{"id":"a","text":""}', "no-text", "a"),
    (b'{"id":"a","text":" \\n"}', "no-text", "a"),
]


@pytest.mark.parametrize(("line", "code", "id_"), CASES)
def test_a_line_that_is_no_report_says_why_and_whose_it_was(line, code, id_):
    refused = read_line(line, name="reports.jsonl:1")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.id, refused.raw) == (code, id_, line)
    assert refused.message.endswith(".")


def test_an_oversized_line_keeps_its_id():
    refused = read_line(Oversized(b'{"id": "a", "text": "xxx', 10**9), name="")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.id) == ("too-long", "a")


def test_the_text_is_not_touched():
    text = "\ufeff  5 killed\r\n\u00a0in\u2028Sarbek\x00\t"
    line = json.dumps({"id": "a", "text": text}).encode()
    report = read_line(line, name="")
    assert isinstance(report, Report)
    assert report.document.text == text
    assert report.raw == line


def test_optional_fields_may_be_null():
    line = b'{"id":"a","text":"x","published":null,"lang":null,"title":null,"country":null}'
    report = read_line(line, name="")
    assert isinstance(report, Report)
    assert report.findings == ()
    assert report.document.published is None


@pytest.mark.parametrize(
    "published",
    ["2016-12", "2016", "2016-13-01", "2015-02-29", " 2016-12-05", "2016-12-05T00:00:00Z",
     "5 December 2016", "20161205", "٢٠١٦-١٢-٠٥", 20161205, True, ["2016-12-05"], ""],
)  # fmt: skip
def test_a_day_that_is_no_full_iso_day_is_unknown_and_said_so(published):
    line = json.dumps({"id": "a", "text": "x", "published": published}).encode()
    report = read_line(line, name="")
    assert isinstance(report, Report)
    assert report.document.published is None
    assert [finding.code for finding in report.findings] == ["published-unreadable"]


def test_metadata_of_the_wrong_kind_is_unknown_and_said_so():
    given = {"lang": 5, "title": ["x"], "publisher": {}, "country": "Syria", "note": False}
    line = json.dumps({"id": "a", "text": "x", "published": "2021-02-08"} | given).encode()
    report = read_line(line, name="")
    assert isinstance(report, Report)
    document = report.document
    assert document.published == date(2021, 2, 8)
    assert (document.lang, document.title, document.publisher, document.country) == (None,) * 4
    assert {finding.code for finding in report.findings} == {"metadata-unreadable"}
    assert len(report.findings) == 5


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(line):
    answer = read_line(line, name="")
    assert isinstance(answer, Refused | Report)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)),
       st.sampled_from(["id", "text", "published", "lang", "country"]))  # fmt: skip
def test_no_value_of_any_field_makes_it_fail(value, field):
    line = json.dumps({"id": "a", "text": "x"} | {field: value}).encode("utf-8", "surrogatepass")
    answer = read_line(line, name="")
    assert isinstance(answer, Refused | Report)

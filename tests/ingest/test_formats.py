"""Each format, from a sample made with its own tools: what comes out, and what is set aside."""

import json

from cenotaph.ingest.kinds import Kind, kind_of


def test_every_sample_is_known_by_its_bytes(samples):
    kinds = {name: kind_of(raw[:8192]) for name, raw in samples.items()}
    assert kinds == {
        "text": Kind.TEXT, "page": Kind.PAGE, "pdf": Kind.PDF, "warc": Kind.WARC,
        "warc-gz": Kind.PACKED, "rss": Kind.FEED, "atom": Kind.FEED, "lines": Kind.LINES,
        "telegram": Kind.TELEGRAM, "mail": Kind.MAIL, "mbox": Kind.MAIL, "zip": Kind.ZIP, "tar-gz": Kind.PACKED,
        "tar-xz": Kind.PACKED, "gz": Kind.PACKED,
    }  # fmt: skip


def test_every_sample_is_read_whole_under_any_name(samples, given):
    for name, raw in samples.items():
        answers = given(raw, name="report.txt")
        assert answers.codes == [], name
        assert answers.reports, name
        for report in answers.reports:
            assert report.document.reader, name
            assert report.raw, name


def test_an_unreadable_kind_says_what_it_is(given):
    assert given(b"\x89PNG\r\n\x1a\n" + bytes(50)).codes == ["unknown-format"]
    assert given(b"\xd0\xcf\x11\xe0" + bytes(600)).codes == ["unknown-format"]


def test_what_holds_no_report_still_ends_in_a_state(given, make):
    empty_feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>M</title></channel></rss>'
    )
    assert given(empty_feed).codes == ["nothing-inside"]
    silent = {
        "name": "S",
        "type": "public_channel",
        "id": 1,
        "messages": [{"id": 1, "type": "service"}],
    }
    assert given(json.dumps(silent).encode()).codes == ["nothing-inside"]

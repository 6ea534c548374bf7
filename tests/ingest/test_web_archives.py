"""Archives of the web and feeds: each page and entry, and what is passed over or cut short."""

import bz2
import gzip
import lzma
import zlib
from datetime import date

import pytest


@pytest.mark.parametrize("name", ["warc", "warc-gz"])
def test_an_archived_page_keeps_the_bytes_of_its_record(samples, given, make, name):
    answers = given(samples[name])
    (report,) = answers.reports
    assert report.document.id == "https://mna.example/0#2021-02-09T08:00:00Z"
    assert report.document.url == "https://mna.example/0"
    assert make["sentence"] in report.document.text
    assert report.media_type == "application/warc"
    assert report.raw in samples[name]
    raw = gzip.decompress(report.raw) if name == "warc-gz" else report.raw
    assert raw.startswith(b"WARC/1.0\r\n")
    assert b"vegetable market" in raw
    # The day it was archived is no day of publication; that one comes from the page.
    assert report.document.published == date(2021, 2, 8)
    assert answers.told == ["passed-over"]
    # The kept record is itself an archive that can be read again.
    (again,) = given(report.raw).reports
    assert again.document.text == report.document.text


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_an_archive_packed_as_a_whole_is_read_too(samples, given, pack):
    (report,) = given(pack(samples["warc"])).reports
    (plain,) = given(samples["warc"]).reports
    assert (report.document.text, report.document.url) == (plain.document.text, plain.document.url)


def test_an_answer_that_failed_is_passed_over_and_told(given, make):
    answers = given(make["warc"](make["page"], status="404 Not Found"))
    assert (answers.reports, answers.told, answers.codes) == (
        [],
        ["passed-over"],
        ["nothing-inside"],
    )


@pytest.mark.parametrize("kind", ["text/css", "application/javascript; charset=utf-8", "image/png"])
def test_what_a_page_is_furnished_with_is_passed_over_and_told(given, make, kind):
    answers = given(make["warc"](make["page"], "body{color:red}", last=kind))
    assert (len(answers.reports), answers.codes) == (1, [])
    (note,) = [each for each in answers if getattr(each, "code", "") == "passed-over"]
    assert f"1 of {kind.partition(';')[0].removesuffix('/png')}" in note.message
    # What says that it is a style and is a page is a page.
    assert make["sentence"] in given(make["warc"](make["page"], last=kind)).texts[0]


@pytest.mark.parametrize(
    "how", ["Content-Encoding: gzip", "Content-Encoding: deflate", "Transfer-Encoding: chunked"]
)
def test_a_page_that_was_sent_in_part_is_set_aside(given, make, how):
    # Long and hard to pack, so that what is cut is more than one reading of the library.
    long = "".join(f"<p>Report {n}: {zlib.crc32(str(n).encode()):08x}.</p>" for n in range(9000))
    page = make["page"].replace("</article>", f"{long}</article>").encode()
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (page[:3000], page[3000:]))
    packers = {"gzip": gzip.compress, "deflate": zlib.compress}
    pack = packers.get(how.partition(": ")[2])
    body = pack(page) if pack else chunks + b"0\r\n\r\n"
    assert make["sentence"] in given(make["warc"](sent={how: body})).texts[0]
    for end in (len(body) // 3, len(body) * 2 // 3, len(body) - 6):
        assert given(make["warc"](sent={how: body[:end]})).codes == ["cut-short"], end
    if "gzip" in how:
        torn = body[: len(body) // 2] + b"\xff" * 40 + body[len(body) // 2 :]
        assert given(make["warc"](sent={how: torn})).codes == ["cut-short"]
    # An archive may hold whole what was sent in pieces.
    if "chunked" in how:
        assert make["sentence"] in given(make["warc"](sent={how: page})).texts[0]
        one = b"%x\r\n%b" % (len(page), page[: len(page) // 2])
        assert given(make["warc"](sent={how: one})).codes == ["cut-short"]


def test_a_page_of_which_the_server_sent_a_part_is_set_aside(given, make):
    assert given(make["warc"](make["page"], status="206 Partial Content")).codes == ["cut-short"]


def test_a_changed_or_shortened_record_is_set_aside(samples, given):
    raw = samples["warc"]
    assert given(raw.replace(b"Twelve", b"Ninety")).codes == ["digest-differs"]
    assert set(given(raw[:900]).codes) & {"cut-short", "broken-file", "digest-differs"}


def test_each_entry_of_a_feed_is_a_report(samples, given):
    first, second = given(samples["rss"]).reports
    assert first.document.text == "Nine people were killed in Sarbek.\n\nTwo are missing."
    assert (first.document.id, first.document.url) == ("mna-1", "https://mna.example/1")
    assert (first.document.publisher, first.document.published) == (
        "Meridian News Agency",
        date(2021, 2, 8),
    )
    assert (second.document.text, second.document.published) == ("Two killed in Homra", None)
    assert first.raw == second.raw == samples["rss"]
    (atom,) = given(samples["atom"]).reports
    assert (atom.document.text, atom.document.author) == (
        "Six people died at the bridge.",
        "R. Velm",
    )


def test_a_feed_with_a_doctype_is_refused_before_it_is_parsed(samples, given):
    bomb = samples["rss"].replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1)
    assert given(bomb).codes == ["doctype"]
    assert given(bomb.decode().encode("utf-16")).codes == ["doctype"]


def test_a_feed_that_the_parser_fails_on_is_broken_and_no_fault_of_ours(given):
    raw = b"<?xml version='1.0' encoding='utf-8\x84'?>\n<rss version=\"2.0\"></rss>"
    assert given(raw).codes == ["broken-file"]


def test_a_feed_that_is_not_well_formed_loses_no_entry(samples, given):
    answers = given(samples["rss"].replace(b"Homra", b"Homra & Velm"))
    assert len(answers.reports) == 2
    assert answers.told == ["complaint"]


def test_an_entry_in_which_a_feed_ends_is_set_aside(samples, given):
    raw = samples["rss"]
    at = raw.rindex(b"Two killed in Homra") + 5
    answers = given(raw[:at])
    assert len(answers.reports) == 1
    assert answers.codes == ["cut-short"]

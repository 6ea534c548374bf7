"""Each format, from a sample made with its own tools: what comes out, and what is set aside."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
import zlib
from datetime import date
from email.message import EmailMessage

import pytest

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


def test_a_page_gives_its_text_and_what_it_says_of_itself(samples, given, make):
    (report,) = given(samples["page"]).reports
    document = report.document
    assert make["sentence"] in document.text
    assert "All rights reserved" not in document.text
    assert (document.author, document.publisher) == ("Lena Orun", "Meridian News Agency")
    assert (document.published, document.lang) == (date(2021, 2, 8), "en")
    assert document.title.startswith("Market struck in Sarbek")
    assert document.reader.startswith("page 2, trafilatura ")
    assert report.raw == samples["page"]


@pytest.mark.parametrize("count", ["1\u200b7", "1&#8203;7", "\u202e21\u202c", "1&shy;7"])
def test_what_hides_in_a_number_of_a_page_is_a_finding(given, count):
    page = f"<html><body><p>A shell killed {count} people in Sarbek on Sunday morning, doctors said.</p></body></html>"
    (report,) = given(page.encode()).reports
    (finding,) = report.findings
    assert finding.code == "hidden-characters" and "⟨U+" in finding.message
    plain = page.replace(count, "17").replace("</p>", "&#8203;</p><script>'7\u200b'</script>")
    (report,) = given(plain.encode()).reports
    assert report.findings == ()


def test_a_page_that_is_never_closed_may_have_been_cut(given, make):
    raw = make["page"].encode()
    at = raw.index("’".encode())
    for end in (at, at + 1, at + 2, at + 3):  # inside a character, too
        (report,) = given(raw[:end] if end < at + 3 else raw[:end] + b"s").reports
        assert [finding.code for finding in report.findings] == ["may-be-cut"]
    cut = raw.replace(b"Twelve people", "Twelve of the town’s people".encode())
    cut = cut[: cut.rindex("’".encode()) + 1]
    assert "town’s people" in given(cut).texts[0]
    (report,) = given(
        b"<p>Twelve people were killed in Sarbek on Sunday, doctors said there.</p>"
    ).reports
    assert report.findings == ()


def test_a_page_without_a_day_has_none(given):
    page = "<html><body><p>Twelve people were killed on 5 March 2020 in Sarbek, the council there said.</p></body></html>"
    (report,) = given(page.encode()).reports
    assert report.document.published is None
    assert (report.document.title, report.document.author, report.document.publisher) == (
        None,
        None,
        None,
    )


def test_a_manifest_outranks_what_a_page_says(samples, given):
    (report,) = given(samples["page"], metadata={"published": "2021-02-10", "title": None}).reports
    assert report.document.published == date(2021, 2, 10)
    assert report.document.title is not None


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_declares(given, encoding):
    sentence = "قتل خمسة أشخاص في قصف على سوق الخضار في بلدة سربك يوم الأحد بحسب مصادر طبية"
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{sentence}</p></body></html>'
    (report,) = given(page.encode(encoding)).reports
    assert sentence in report.document.text
    assert report.document.lang == "ar"
    assert report.findings == ()


def test_a_pdf_gives_its_pages_in_order(samples, given):
    (report,) = given(samples["pdf"]).reports
    text = " ".join(report.document.text.split())
    assert text == "Twelve people were killed in Sarbek on Sunday. Seven were wounded."
    assert (report.document.title, report.document.author) == ("Weekly count", "Lena Orun")
    assert report.document.published is None


def test_pages_of_a_pdf_that_give_no_text_are_named(given, make):
    (report,) = given(
        make["pdf"]("Twelve were killed in Sarbek.", "", "Six were hurt.", "")
    ).reports
    (finding,) = report.findings
    assert finding.code == "pages-without-text"
    assert finding.message.startswith("2 of 4 pages gave no text") and "2, 4." in finding.message


def test_a_pdf_of_pictures_is_set_aside(given, make):
    assert given(make["pdf"]("")).codes == ["no-text"]


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


def test_messages_of_a_channel(samples, given):
    answers = given(samples["telegram"])
    first, second = answers.reports
    assert (first.document.id, first.document.text) == (
        "telegram/77/2",
        "Three people killed in Sarbek.",
    )
    # 01:30 of the clock where the export was made is still the day before in UTC.
    assert (first.document.published, first.document.publisher) == (
        date(2021, 2, 7),
        "Sarbek Today",
    )
    assert second.document.id == "telegram/77/3#1612789200"
    assert answers.told == ["passed-over"]


def test_a_letter_and_what_is_attached_to_it(samples, given, make):
    letter, page = given(samples["mail"]).reports
    assert letter.document.text.strip() == "Four people were killed in Sarbek on Sunday."
    assert (letter.document.title, letter.document.author) == (
        "Sarbek, första räkningen",
        "Lena Orun",
    )
    assert letter.document.published == date(2021, 2, 8)
    assert page.document.id == "x/page.html"
    assert page.raw == make["page"].encode()


def letter(*parts: tuple[str, str], kind="mixed") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Lena Orun <lena@mna.example>", "The count"
    made["Message-ID"] = "<1@mna.example>"
    getattr(made, f"make_{kind}")()
    for subtype, text in parts:
        part = EmailMessage()
        part.set_content(text, subtype=subtype)
        made.attach(part)
    return made


LONG = "Four people were killed in Sarbek on Sunday, and the ferry there did not sail until noon."


def test_a_plain_form_that_only_tells_of_the_other_does_not_hide_it(given):
    stub = letter(
        ("plain", "Open this in a browser."), ("html", f"<p>{LONG}</p>"), kind="alternative"
    )
    assert given(bytes(stub)).texts == [LONG]
    both = letter(("plain", LONG), ("html", f"<p><b>Today</b> {LONG}</p>"), kind="alternative")
    (text,) = given(bytes(both)).texts
    assert text.strip() == LONG


def test_parts_that_are_no_other_form_of_one_text_are_all_read(given):
    (text,) = given(bytes(letter(("plain", "What our man saw:"), ("html", f"<p>{LONG}</p>")))).texts
    assert text.split() == ["What", "our", "man", "saw:", *LONG.split()]


def test_a_letter_that_is_cut_short_is_set_aside_from_there(given):
    made = letter(("plain", LONG))
    made.add_attachment(LONG.encode() * 9, maintype="text", subtype="plain", filename="a.txt")
    raw = bytes(made)
    assert len(given(raw).reports) == 2
    answers = given(raw[:-300])
    assert ([text.strip() for text in answers.texts], answers.codes) == ([LONG], ["cut-short"])
    assert given(raw[: raw.index(b"Four people") + 20]).codes == ["cut-short"]
    packed = EmailMessage()
    packed["From"], packed["Message-ID"] = "Lena Orun <lena@mna.example>", "<2@mna.example>"
    packed.set_content(LONG * 5, cte="base64")
    assert given(bytes(packed).rstrip()[:-30]).codes == ["broken-file"]


def test_each_letter_of_a_box_is_a_report(samples, given):
    first, second = given(samples["mbox"], name="box").reports
    assert [each.document.id for each in (first, second)] == ["x/0@mna.example", "x/1@mna.example"]
    assert (first.document.title, first.document.published) == ("Count 0", date(2021, 2, 8))
    # A line that begins as a letter does was quoted by what made the box.
    assert second.document.text == "From Homra: five were killed.\n\nFrom 2020 on, six.\n"
    assert second.raw in samples["mbox"] and second.raw.startswith(b"From ")
    (again,) = given(second.raw, name="box").reports
    assert again.document.text == second.document.text


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


def test_a_table_without_its_columns_is_set_aside(given, make):
    assert given(make["workbook"]()).codes == ["no-columns"]
    assert given(make["table"](), name="x.csv").codes == ["no-columns"]
    wrong = make["columns"].replace('"Narrative"', '"Story"')
    assert given(make["workbook"](), columns=wrong).codes == ["no-columns"]


def test_members_of_an_archive_are_inputs_of_their_own(samples, given):
    answers = given(samples["zip"])
    assert [each.document.id for each in answers.reports] == ["x/a", "x/sub/page"]
    assert answers.reports[0].raw == b"Six people were killed."
    assert [each.document.id for each in given(samples["tar-gz"]).reports] == ["x/a", "x/sub/b"]


def test_members_that_differ_by_their_suffix_alone_are_reports_of_their_own(given, make):
    files = {
        "a.txt": b"One was killed.",
        "a.md": b"Two were killed.",
        "in/a.txt": b"None was hurt.",
    }
    found = [each.document.id for each in given(make["zip"](**files)).reports]
    assert found == ["x/a", "x/a.md", "x/in/a"]


def test_names_that_climb_out_of_an_archive_climb_nowhere(given, make, tmp_path):
    raw = make["zip"](
        **{"../../../etc/evil.txt": b"One was killed.", "..\\up.txt": b"Two were killed."}
    )
    answers = given(raw)
    assert [each.document.id for each in answers.reports] == ["x/etc/evil", "x/up"]


def test_one_bad_member_leaves_the_others(given, make):
    inner = make["zip"](
        deep=make["zip"](deeper=make["zip"](deepest=make["zip"](x=b"One was killed.")))
    )
    files = {
        "a.txt": b"Six were killed.",
        "b.zip": inner,
        "c.bin": bytes(range(256)),
        "d.txt": b"Two died.",
    }
    answers = given(make["zip"](**files))
    assert answers.texts == ["Six were killed.", "Two died."]
    assert sorted(answers.codes) == ["not-text", "too-deep"]


def members_of_a_tar(make):
    names = ("a", "b", "c")
    raw = make["tar"](
        "w", **{f"{name}.txt": f"Six were killed in {name}.".encode() for name in names}
    )
    return raw, ["Six were killed in a.", "Six were killed in b.", "Six were killed in c."]


@pytest.mark.parametrize(
    ("spoil", "whole", "code"),
    [
        (lambda raw: raw[:1030] + b"!" + raw[1031:], 1, "broken-file"),  # the second's head
        (lambda raw: raw[:1224], 1, "cut-short"),  # within it
        (lambda raw: raw[:2048], 2, "cut-short"),  # before the third
        (lambda raw: raw + raw, 3, "broken-file"),  # a second archive behind the first
    ],
)
def test_a_broken_tar_never_passes_for_one_that_ends_there(given, make, spoil, whole, code):
    raw, texts = members_of_a_tar(make)
    assert (given(raw).texts, given(raw).codes) == (texts, [])
    answers = given(spoil(raw))
    assert (answers.texts, answers.codes) == (texts[:whole], [code])


@pytest.mark.parametrize("module", [bz2, lzma])
def test_streams_behind_one_another_are_read_and_what_is_none_is_not_overlooked(given, module):
    one, two = module.compress(b"Six were killed."), module.compress(b" Two were hurt.")
    assert given(one + two).texts == ["Six were killed. Two were hurt."]
    assert given(one + bytes(8) + two + bytes(4)).texts == ["Six were killed. Two were hurt."]
    for raw in (one + b"?" + two[1:], one + two[:-5]):
        assert (given(raw).texts, given(raw).codes) == ([], ["broken-file"])


@pytest.mark.parametrize("container", ["zip", "tar"])
def test_hidden_members_are_told_of(given, make, container):
    files = {"a.txt": b"Six were killed.", ".b.txt": b"Two were hurt.", "__MACOSX/c": b"?"}
    answers = given(make[container](**files))
    assert (answers.texts, answers.told) == (["Six were killed."], ["passed-over"])
    (note,) = [each for each in answers if getattr(each, "code", "") == "passed-over"]
    assert note.message == "2 hidden members in x were passed over."


def test_a_locked_or_huge_member_is_told_by_its_code(given, make):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 40_000_000)
        archive.writestr("fine.txt", b"Two were killed.")
    raw = bytearray(made.getvalue())
    assert given(bytes(raw)).codes == ["bomb"]
    at = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4)
    raw[at + 8] |= 1
    assert given(bytes(raw)).codes == ["bomb", "encrypted"]


def test_a_packed_file_that_grows_without_end_is_stopped(given):
    assert given(gzip.compress(b"0" * 100_000_000)).codes[0] in ("bomb", "too-long")


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


def test_text_deeper_or_longer_than_the_parser_goes_is_never_silently_lost(given, make):
    sentence = make["sentence"]
    for depth in (10, 250, 256, 5_000):
        page = f"<html><body>{'<div>' * depth}<p>{sentence} of Sarbek.</p>{'</div>' * depth}</body></html>"
        answers = given(page.encode())
        assert (sentence in " ".join(answers.texts)) or answers.codes, depth
    for size in (1, 9, 11):
        page = f"<html><body><p>{'lorem ipsum ' * (size * 87_000)} {sentence}.</p></body></html>"
        answers = given(page.encode())
        assert (sentence in " ".join(answers.texts)) or answers.codes, size


def test_a_page_of_which_little_was_taken_is_not_believed(given, monkeypatch):
    from cenotaph.ingest.pieces import Refusal
    from cenotaph.ingest.readers import page

    class Found:
        text = "Too little."

    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: Found())
    with pytest.raises(Refusal) as refusal:
        page.extracted(
            f"<html><body><p>{'Twelve people were killed in Sarbek. ' * 50}</p></body></html>"
        )
    assert refusal.value.code == "implausible-text"
    # A short page is looked at too; where more was taken, a person is told.
    told = f"<html><body><p>{'Twelve people were killed in Sarbek. ' * 12}</p></body></html>"
    with pytest.raises(Refusal):
        page.extracted(told)
    Found.text = "Twelve people were killed in Sarbek. " * 3
    assert [code for code, _ in page.extracted(told)[2]] == ["much-left-out"]
    Found.text *= 2
    assert page.extracted(told)[2] == []


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

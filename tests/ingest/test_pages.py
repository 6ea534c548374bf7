"""Web pages and PDF: their text, what they say of themselves, and what they may have lost."""

from datetime import date

import pytest


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


@pytest.mark.parametrize(
    "behind, code",
    [
        ("<!-- </p><p>Three people were wounded in Homra, doctors said.</p></body></html>", "may-be-cut"),
        ("<textarea><p>Three people were wounded in Homra, doctors said.</p></body></html>", "may-be-cut"),
        ("</body></html><html><body><p>Three people were wounded in Homra, doctors said.</p></body></html>",
         "much-left-out"),
        ("</body></html><!-- made in 0.2 s --><script>var a = 'three people were wounded in Homra';</script>", None),
    ],
)  # fmt: skip
def test_what_stands_behind_what_is_read_of_a_page_is_told(given, behind, code):
    page = f"<html><body><p>Twelve people were killed in Sarbek on Sunday, the council there said.</p>{behind}"
    (report,) = given(page.encode()).reports
    assert [finding.code for finding in report.findings] == ([code] if code else [])


def test_pages_that_a_pdf_lists_and_does_not_have_are_told(given, make):
    raw = make["pdf"]("Five were killed in Velm.", "Six were hurt in Orun.", "Seven died in Homra.")
    (whole,) = given(raw).reports
    assert whole.findings == ()
    (report,) = given(raw.replace(b"/Type /Page\n", b"/Type /Pag_\n", 1)).reports
    assert "pages-without-text" in [finding.code for finding in report.findings]


def test_of_two_pdfs_in_one_file_none_is_lost(given, make):
    raw = make["pdf"]("Five were killed in Velm.")
    assert given(raw + b"\n" + make["pdf"]("Six were killed in Orun.")).codes == ["broken-file"]
    assert given(b"x = 1\n" * 300 + raw).codes == ["unknown-format"]

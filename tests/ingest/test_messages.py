"""Letters and messages: each with its own words, and what is attached to it."""

import base64
from datetime import date
from email.message import EmailMessage


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


def test_what_stands_behind_an_encoded_letter_is_not_lost(given):
    head = (
        "From: a@b.example\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\nSubject: x\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    coded = base64.encodebytes(b"Four people were killed in Sarbek, doctors said.!").decode()
    assert coded.strip().endswith("=")
    assert len(given((head + coded).encode()).reports) == 1
    behind = f"{head}{coded}\r\nSix people were killed in Homra.\r\n"
    assert given(behind.encode()).codes == ["broken-file"]

import itertools
import threading
from dataclasses import replace

import pytest

from cenotaph.model import Cell, CodedRow
from cenotaph.store import Outcome, add, documents, listed, quarantined
from cenotaph.store import open as open_record


def outcomes(record, *inputs):
    return [each.outcome for each in add(record, inputs)]


def test_a_document_comes_out_as_it_went_in(record, given, finding):
    text = "\ufeff  5 killed\r\n\u00a0in Sarbek\x00\U0001f4a5"
    coded = CodedRow(
        recorder="R", kind="monitor", cells=(Cell(role="killed", start=2, end=3, value="5"),)
    )
    one = given(
        "a", text, "2021-02-08", title="T", publisher="P", lang="en", country="XT", note="N",
        author="A", url="https://mna.example/1", reader="text 1", part="row 3", coded=coded,
    )  # fmt: skip
    add(record, [replace(one, findings=(finding,))])
    (document,) = documents(record, ["a"])
    assert replace(document, capture=None) == one.document
    assert record.content(document.capture) == text.encode()
    (row,) = listed(record)
    assert row.findings == (finding,)


def test_the_same_again_changes_nothing(record, given, unreadable):
    inputs = [given("a", "5 killed"), given("b", "5 killed"), unreadable(b"{")]
    add(record, inputs)
    before = listed(record), quarantined(record)
    assert outcomes(record, *inputs) == [
        Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.QUARANTINED,
    ]  # fmt: skip
    assert (listed(record), quarantined(record)) == before


def test_an_id_stays_with_its_first_text_and_the_other_is_kept_aside(record, given):
    assert outcomes(record, given("a", "5 killed"), given("a", "6 killed"), given("b", "7 killed")) == [
        Outcome.STORED, Outcome.QUARANTINED, Outcome.STORED,
    ]  # fmt: skip
    assert [(each.claimed_id, each.code) for each in quarantined(record)] == [("a", "id-taken")]
    (document,) = documents(record, ["a"])
    assert document.text == "5 killed"


SAME = [
    ("c", "2021-02-08"),
    ("b", "2021-02-07"),
    ("a", "2021-02-07"),
    ("0", None),
]


@pytest.mark.parametrize("order", list(itertools.permutations(SAME)))
def test_the_original_is_the_first_published_whatever_the_order_of_adding(record, given, order):
    for id_, day in order:
        add(record, [given(id_, "the same words", day)])
    assert {each.id: each.original for each in listed(record)} == dict.fromkeys("abc0", "a")


def test_only_equal_texts_are_copies(record, given):
    add(record, [given("a", "5 killed"), given("b", "5 killed "), given("c", "5 killed")])
    assert {each.id: each.original for each in listed(record)} == {"a": "a", "b": "b", "c": "a"}


def test_what_was_not_there_to_read_leaves_nothing(record, unreadable):
    missing = replace(unreadable(b""), raw=None, code="missing-file")
    assert outcomes(record, missing) == [Outcome.FAILED]
    assert quarantined(record) == []


def test_a_batch_is_added_whole_or_not_at_all(record, given):
    def breaking():
        yield given("a", "5 killed")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(record, breaking())
    assert listed(record) == []


def test_many_documents_are_found_in_the_order_asked_for(record, given):
    ids = [f"d{number:04}" for number in range(1200)]
    add(record, [given(id_, id_) for id_ in ids])
    wanted = ids[::-1]
    assert [each.id for each in documents(record, [*wanted, "gone"])] == wanted


def test_several_writers_at_once_lose_nothing(path, given):
    faults = []

    def write(number):
        try:
            with open_record(path) as record:
                for at in range(10):
                    add(record, [given(f"{number}-{at}", f"{number} {at}")])
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_record(path) as record:
        assert len(listed(record)) == 80

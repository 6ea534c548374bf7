import itertools
import threading
from dataclasses import replace

import pytest

from cenotaph.model import Cell, CodedRow
from cenotaph.store import Outcome, add, check, documents, listed, quarantined, replaced
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


def again(given, id_, raw, text, reader, part=None):
    made = given(id_, text, reader=reader, part=part)
    return replace(made, raw=raw)


def test_what_a_newer_reader_makes_of_the_same_bytes_replaces_the_older_text(record, given):
    raw = b"%PDF 5 killed"
    one, two, three = (again(given, "a", raw, f"{n} killed", f"pdf {n}") for n in (1, 2, 3))
    assert [outcomes(record, each) for each in (one, two, two, one)] == [
        [Outcome.STORED], [Outcome.STORED], [Outcome.UNCHANGED], [Outcome.UNCHANGED],
    ]  # fmt: skip
    (added,) = add(record, [three])
    assert (added.id, added.outcome) == ("a~3", Outcome.STORED)
    assert [each.id for each in listed(record)] == ["a~3"]
    assert replaced(record) == {"a": "a~3", "a~2": "a~3"}
    assert [each.text for each in documents(record, ["a", "a~2"])] == ["1 killed", "2 killed"]
    assert list(check(record)) == []


@pytest.mark.parametrize(
    ("raw", "reader", "part"),
    [
        (b"other", "pdf 2", None),
        (b"%PDF", "pdf 1", None),
        (b"%PDF", None, None),
        (b"%PDF", "pdf 2", "row 2"),
    ],
)
def test_any_other_text_under_a_known_id_is_kept_aside(record, given, raw, reader, part):
    add(record, [again(given, "a", b"%PDF", "5 killed", "pdf 1")])
    (added,) = add(record, [again(given, "a", raw, "6 killed", reader, part)])
    assert (added.outcome, added.code) == (Outcome.QUARANTINED, "id-taken")
    assert [each.id for each in listed(record)] == ["a"] and not replaced(record)


def test_a_report_that_has_the_name_of_the_newer_text_keeps_it(record, given):
    add(record, [again(given, "a", b"%PDF", "5 killed", "pdf 1"), given("a~2", "7 killed")])
    (added,) = add(record, [again(given, "a", b"%PDF", "6 killed", "pdf 2")])
    assert added.code == "id-taken"
    assert {each.id for each in listed(record)} == {"a", "a~2"}


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


def test_bytes_that_many_documents_share_are_looked_at_once(record, given, monkeypatch):
    """The rows of a table each come with the bytes of the whole file."""
    import hashlib
    from dataclasses import replace

    seen = []
    digest = hashlib.sha256
    monkeypatch.setattr(hashlib, "sha256", lambda raw=b"": (seen.append(len(raw)), digest(raw))[1])
    raw = bytes(range(256)) * 400
    rows = [replace(given(f"r{n}", f"{n} killed in Sarbek."), raw=raw) for n in range(20)]
    add(record, rows)
    assert seen.count(len(raw)) == 1
    monkeypatch.undo()
    assert list(check(record)) == []
    assert len({each.capture for each in documents(record, [f"r{n}" for n in range(20)])}) == 1

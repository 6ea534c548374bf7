"""Archives of files: their members, and what breaks, hides or grows in them."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest


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


def test_of_two_archives_in_one_file_none_is_lost(given, make):
    first, second = (make["zip"](**{n: b"Five were killed."}) for n in ("a.txt", "b.txt"))
    assert given(first + second).codes == ["broken-file"]
    assert len(given(second).reports) == 1

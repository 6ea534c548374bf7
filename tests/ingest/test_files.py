import codecs
import json
from datetime import date
from pathlib import Path

import pytest

from cenotaph.ingest import Refused, Report, Told, manifest
from cenotaph.ingest import reports as answers
from cenotaph.ingest.text import NotText, decode, plain

TEXT = "Sarbek, “5 killed”, سربك\r\nand a second line\n"


@pytest.mark.parametrize(
    ("raw", "encoding", "guessed"),
    [
        (TEXT.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", False),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", False),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", False),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", False),
    ],
)
def test_a_text_is_read_as_its_mark_says_and_otherwise_left_alone(raw, encoding, guessed):
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding, decoded.guessed) == (TEXT, encoding, guessed)


def test_without_a_mark_what_is_taken_for_another_encoding_is_called_a_guess():
    assert decode("Déjà 5 tués – “ici”".encode("cp1252")).text == "Déjà 5 tués – “ici”"
    assert decode(b"caf\xe9").guessed
    wide = decode("Five people were killed in Sarbek".encode("utf-16-le"))
    assert (wide.text, wide.guessed) == ("Five people were killed in Sarbek", True)


def test_a_declared_encoding_is_taken_or_refused_never_replaced():
    arabic = "قتل خمسة"
    assert decode(arabic.encode("cp1256"), declared="cp1256").text == arabic
    with pytest.raises(NotText):
        decode(b"\xff\xfe\xfd", declared="utf-8")
    with pytest.raises(NotText):
        decode(b"abc", declared="no-such-encoding")


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.4 x", b"PK\x03\x04xx", b"\x1f\x8b\x08", b"<!DOCTYPE html><p>5 killed", b"<html>",
     b"\x00\x01\x02\x03" * 50, bytes(range(256)), b"\xff\xfe\x00\xd8"],
)  # fmt: skip
def test_what_is_no_plain_text_is_refused(raw):
    with pytest.raises(NotText):
        plain(raw)


def reports(*paths, **options):
    return [each for each in answers(*paths, **options) if not isinstance(each, Told)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("second", encoding="utf-8")
    (tmp_path / "a.txt").write_text("first", encoding="utf-8")
    (tmp_path / "sub" / "c.md").write_text("third", encoding="utf-8")
    (tmp_path / ".hidden").write_text("not a report", encoding="utf-8")
    return tmp_path


def write_manifest(path: Path, *rows: object) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def test_a_folder_is_read_in_a_fixed_order(folder):
    assert [each.document.id for each in reports([folder])] == ["a", "b", "sub/c"]


def test_files_that_differ_by_their_suffix_alone_are_reports_of_their_own(folder):
    (folder / "b.md").write_text("printed", encoding="utf-8")
    found = {each.document.id: each.document.text for each in reports([folder])}
    assert found == {"a": "first", "b": "printed", "b.txt": "second", "sub/c": "third"}


def test_a_manifest_names_and_dates_its_files_and_is_itself_no_report(folder):
    write_manifest(
        folder / "manifest.jsonl",
        {"id": "report-b", "file": "b.txt", "published": "2021-02-08", "lang": "en", "note": "n"},
    )
    given = list(reports([folder], named=manifest(folder / "manifest.jsonl")))
    assert [each.document.id for each in given] == ["a", "report-b", "sub/c"]
    assert given[1].document.published == date(2021, 2, 8)
    assert given[1].document.note == "n"
    assert given[0].document.published is None


def test_a_manifest_alone_stands_for_its_files(folder):
    path = folder / "sub" / "manifest.jsonl"
    write_manifest(path, {"id": "x", "file": "../b.txt"}, {"id": "y", "file": "c.md"})
    assert [each.document.id for each in reports([], named=manifest(path))] == ["x", "y"]


def test_two_names_for_one_file_are_two_reports(folder):
    path = folder / "manifest.jsonl"
    write_manifest(path, {"id": "x", "file": "a.txt"}, {"id": "y", "file": "a.txt"})
    assert [each.document.id for each in reports([], named=manifest(path))] == ["x", "y"]


def test_what_a_manifest_gets_wrong_is_said_line_by_line(folder):
    path = folder / "manifest.jsonl"
    good = json.dumps({"id": "x", "file": "a.txt"}).encode()
    wrong = [b"not json", b'{"file":"a.txt"}', b'{"id":5,"file":"a.txt"}', b'{"id":"z"}',
             b'{"id":"gone","file":"gone.txt"}', b'{"id":"up","file":"sub"}']  # fmt: skip
    path.write_bytes(b"\n".join([*wrong, good, b""]))
    given = list(reports([], named=manifest(path)))
    assert [each.code for each in given if isinstance(each, Refused)] == [
        "bad-json", "no-id", "bad-id", "missing-file", "missing-file", "unreadable-file",
    ]  # fmt: skip
    assert [each.document.id for each in given if isinstance(each, Report)] == ["x"]


def test_a_file_that_a_manifest_names_but_a_folder_lacks_is_missed(folder):
    path = folder / "manifest.jsonl"
    write_manifest(path, {"id": "gone", "file": "gone.txt"})
    given = list(reports([folder], named=manifest(path)))
    assert [each.code for each in given if isinstance(each, Refused)] == ["missing-file"]


def test_a_file_that_cannot_be_a_report_is_refused_and_the_rest_read(folder):
    (folder / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    (folder / "song.txt").write_bytes(b"OggS" + bytes(200))
    given = list(reports([folder, folder / "gone.txt"]))
    refused = {each.id: each.code for each in given if isinstance(each, Refused)}
    assert refused == {
        "data": "no-columns",
        "empty": "no-text",
        "song": "unknown-format",
        "gone": "missing-file",
    }
    assert sum(isinstance(each, Report) for each in given) == 3


def test_a_file_given_twice_is_read_once(folder):
    given = list(reports([folder / "a.txt", folder, folder / "a.txt"]))
    assert [each.document.id for each in given] == ["a", "b", "sub/c"]


def test_a_guess_at_the_encoding_is_a_finding(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"caf\xe9: 5 killed")
    (report,) = reports([path])
    assert [finding.code for finding in report.findings] == ["encoding-guessed"]
    assert report.raw == b"caf\xe9: 5 killed"


def test_what_is_passed_over_and_a_folder_without_files_are_told(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    told = [each for each in answers([folder, empty]) if isinstance(each, Told)]
    assert {each.code for each in told} == {"passed-over", "empty-folder"}
    assert "1 hidden" in " ".join(each.message for each in told)


def test_a_link_brings_in_nothing_from_outside_its_folder(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("The names of those who spoke.")
    (inside / "a.txt").write_text("5 killed.")
    (inside / "b.txt").symlink_to(inside / "a.txt")
    (inside / "c.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "d.txt").symlink_to("../secret.txt")
    found = list(answers([inside]))
    assert [each.document.text for each in found if isinstance(each, Report)] == ["5 killed."]
    (told,) = [each for each in found if isinstance(each, Told)]
    assert "2 links to files outside" in told.message
    assert [each.document.id for each in answers([inside / "c.txt"])] == ["c"]  # asked for by name


def test_a_folder_that_cannot_be_looked_into_is_refused_and_links_are_told_of(
    tmp_path, monkeypatch
):
    import os

    for name in ("open", "closed"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "a.txt").write_text("5 killed.")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    scandir = os.scandir

    def guarded(path):
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = list(answers([tmp_path / "in"]))
    assert [each.document.id for each in found if isinstance(each, Report)] == ["open/a"]
    (refused,) = [each for each in found if isinstance(each, Refused)]
    assert refused.code == "unreadable-file" and refused.name.endswith("in/closed")
    (told,) = [each for each in found if isinstance(each, Told)]
    assert told.code == "passed-over" and "1 links to folders" in told.message

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.ingest import Oversized, Splitter, lines


@given(st.lists(st.binary(max_size=20)), st.data())
def test_the_lines_do_not_depend_on_how_the_bytes_arrive(pieces, data):
    whole = b"".join(pieces)
    splitter = Splitter()
    got = [line for piece in pieces for line in splitter.feed(piece)] + splitter.finish()

    at_once = Splitter()
    assert got == at_once.feed(whole) + at_once.finish()


def test_a_last_line_without_an_end_is_a_line_and_an_end_is_not():
    splitter = Splitter()
    assert splitter.feed(b"a\n\nb") + splitter.finish() == [b"a", b"", b"b"]
    splitter = Splitter()
    assert splitter.feed(b"a\n") + splitter.finish() == [b"a"]


def test_a_line_beyond_the_limit_is_cut_off_and_the_next_one_is_read():
    splitter = Splitter(limit=10)
    fed = []
    for _ in range(1000):
        fed += splitter.feed(b"x" * 100)
    assert fed == []
    long, short = splitter.feed(b"\nshort\n")
    assert long == Oversized(b"x" * 100, 100_000)
    assert short == b"short"


def test_only_the_mark_before_the_first_line_is_dropped():
    splitter = Splitter()
    assert splitter.feed(b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n") == [b"a", b"\xef\xbb\xbfb"]


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_a_descriptor_is_read_to_its_end(tmp_path, size):
    path = tmp_path / "lines"
    path.write_bytes(b"a\n" + b"x" * size)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        assert b"\n".join(lines(descriptor)) == b"a" + (b"\n" + b"x" * size if size else b"")
    finally:
        os.close(descriptor)

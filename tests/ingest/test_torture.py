"""Hostile files in short; `make torture` has them all."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cenotaph.ingest.kinds import Kind, kind_of
from cenotaph.ingest.pieces import Input, Refusal
from cenotaph.ingest.readers import READERS, read
from cenotaph.ingest.visible import visible

FOLDER = Path(__file__).parents[2] / "dev" / "torture"
MAPPING = '[columns]\ntext = "Narrative"\n'


@pytest.fixture(scope="module")
def torture():
    sys.path.insert(0, str(FOLDER))
    try:
        spec = importlib.util.spec_from_file_location("torture_inputs", FOLDER / "inputs.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(FOLDER))


def test_what_the_fuzzer_begins_with_is_read(torture):
    """Each seed of a kind is a sound file of that kind."""
    import seeds

    from cenotaph.ingest.isolated import read as read_all
    from cenotaph.ingest.report import Report

    for kind, made in seeds.SEEDS.items():
        if kind == "reading":
            continue
        for number, raw in enumerate(made()):
            given = Input(id="x", name="x", raw=raw, kind=Kind(kind), columns=MAPPING)
            answers = list(read_all([given]))
            assert any(isinstance(each, Report) for each in answers), (kind, number, answers)
    assert len(list(seeds.sentences())) > 100 and seeds.words().count("\n") > 1000


def test_there_are_enough_files(torture):
    names = [name for name, _ in torture.files(large=False)]
    assert len(names) == len(set(names)) >= 300


def test_each_ends_in_a_state_and_none_is_stored_empty(torture):
    small = [each for number, each in enumerate(torture.files(large=False)) if number % 3 == 0]
    wrong, states, _ = torture.faults(small)
    assert wrong == []
    assert states["stored"] and len(states) > 5


@pytest.mark.parametrize("kind", list(READERS))
@given(
    raw=st.binary(max_size=300),
    head=st.sampled_from(
        [b"", b"<p>", b"%PDF-1.4\n", b"WARC/1.0\r\n", b"PK\x03\x04", b"{", b"From: a\n"]
    ),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bytes_make_a_reader_raise_anything_but_a_refusal(kind, raw, head):
    try:
        for _ in read(Input(id="x", name="x", raw=head + raw, columns=MAPPING), kind):
            pass
    except Refusal as refusal:
        assert refusal.code and str(refusal)


@given(st.binary(max_size=500))
@settings(max_examples=200, deadline=None)
def test_every_file_is_of_some_kind(raw):
    kind_of(raw)


@given(st.text('<>/!- =scripttdiv\n"x', max_size=300))
@settings(max_examples=200, deadline=None)
def test_what_a_page_shows_is_never_more_than_it_has(page):
    shown = visible(page)
    assert 0 <= shown.prose <= shown.all <= len(page)

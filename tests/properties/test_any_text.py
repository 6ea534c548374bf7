"""Whatever a text holds, it is read without a fault, and what is taken from it is verbatim."""

import json
from datetime import date
from typing import Any

import invented
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cenotaph.export.documents import extraction, line
from cenotaph.ingest import Refused, read_line
from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, extract, ruleset_of
from cenotaph.pipeline.stream import answered

RULES = ruleset_of("default")
PIECES = [
    "killed", "were killed", "At least", "12", "people", "children", "of them", "and", ",", ".",
    "in", "Kafr Sel", "Orun", "on Sunday", "since", "until", "today", "injured", "said", "the",
    "monitor", "Kordanian", "air strikes", "another", "two", "dozens", "bodies", "“", "”", "\n\n",
    "(", ")", "-", "none", "from 3 to 5", "9" * 400, "9" * 5000, "1e999", "0", "-7", "3.5", "½",
    "١٢", "一", "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b[31m", "\ud800", "\udfff",
    "\U0001f4a3", "e\u0301", "\r", "\r\n", "\u2028", "million", "99,99,99", "1.000.000",
    "more than", "between", "no one", "half of them", "respectively", "each", "toll rose to",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Nd", "No", "Nl"]), max_size=60),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
DAYS = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max]))


def answer(document: Document, setting: Setting) -> Any:
    found = extract(document, setting=setting, ruleset=RULES)
    return extraction(
        document.id,
        claims=found.interpreted.claims,
        links=found.linking.links,
        incidents=found.incidents,
        checks=found.checks,
        contexts=found.interpreted.contexts,
        findings=found.findings,
    )


@invented.small(250)
@given(text=TEXTS, published=DAYS)
@example(text="9" * 5000 + " people were killed.", published=None)
@example(text="\ud800 12 people were killed in \udfff.", published=date.max)
@example(text="Six bodies were found in Velm today.", published=date.max)
@example(text="The toll rose from " + "9" * 5000 + " to 3 people killed.", published=date.min)
def test_any_text_is_read_and_its_quotes_are_verbatim(
    setting: Setting, text: str, published: date | None
) -> None:
    document = Document(id=DocumentId("any"), text=text, published=published, lang="en")
    said = answer(document, setting)
    for path, (words, start, end) in invented.slots(said):
        assert text[start:end] == words, path
    for claim in said["claims"]:
        low, high = claim["count"]["low"], claim["count"]["high"]
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
    ids = {claim["id"] for claim in said["claims"]}
    assert len(ids) == len(said["claims"])
    for claim in said["claims"]:
        assert claim["part_of"] is None or claim["part_of"] in ids
        assert all(link["claim"] in ids for link in claim["links"])
    for incident in said["incidents"]:
        assert set(incident["claims"]) <= ids
    assert sum(incident["main"] for incident in said["incidents"]) == bool(said["incidents"])


@invented.small(120)
@given(text=TEXTS, id_=st.text(min_size=1, max_size=8))
@example(text="9" * 5000 + " people were killed.", id_="x")
def test_any_line_is_answered_by_one_line(setting: Setting, text: str, id_: str) -> None:
    given_ = json.dumps({"id": id_, "text": text}).encode()
    good, said = answered(read_line(given_, name=""), setting=setting, ruleset=RULES)
    assert said.count(b"\n") == 1 and said.endswith(b"\n")
    value = json.loads(said)
    if good:
        for path, (words, start, end) in invented.slots(value):
            assert text[start:end] == words, path
    else:
        assert value["error"]["code"] != "internal", value["error"]["message"]


@invented.small(60)
@given(raw=st.binary(max_size=120))
def test_any_bytes_are_answered(setting: Setting, raw: bytes) -> None:
    given_ = read_line(raw.replace(b"\n", b" "), name="")
    if isinstance(given_, Refused):
        good, said = answered(given_, setting=setting, ruleset=RULES)
        assert not good
        assert json.loads(said)["error"]["code"] != "internal"


@pytest.mark.parametrize(
    "unit",
    ["12 people were killed, ", "(", "“killed ", "and 3 ", "a, b, c and ", "said the monitor, ",
     "in Kafr Sel on Sunday ", "9", "\n", "killed ", "at least ", "of them "],
)  # fmt: skip
def test_a_long_text_of_one_kind_is_read(setting: Setting, unit: str) -> None:
    """Five hundred times the same words: reading ends, and what it takes is verbatim."""
    text = unit * 500
    document = Document(id=DocumentId("long"), text=text, published=None, lang="en")
    said = answer(document, setting)
    for path, (words, start, end) in invented.slots(said):
        assert text[start:end] == words, path
    assert line(said)

"""Characters that are not seen, where they touch a count."""

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import interpret


def found(text, setting):
    document = Document(id=DocumentId("x"), text=text, lang="en")
    return [
        each
        for each in interpret(document, setting=setting).findings
        if each.code == "hidden-characters"
    ]


@pytest.mark.parametrize("text", ["At least \u202e37\u202c people were killed in Sarbek.",
                                  "At least 3\u200b7 people were killed in Sarbek.",
                                  "At least \u2066twelve\u2069 people were killed in Sarbek."])  # fmt: skip
def test_they_are_flagged_and_shown(text, setting):
    (finding,) = found(text, setting)
    assert "⟨U+" in finding.message
    for _, quote in finding.quotes:
        assert quote.is_in(text)


@pytest.mark.parametrize("text", ["At least 37 people were killed\u200b in Sarbek.", "37 people were killed.",
                                  "\ufeff Twelve were killed. \u202aQuietly.\u202c"])  # fmt: skip
def test_elsewhere_they_are_let_be(text, setting):
    assert found(text, setting) == []

"""Signs that Unicode calls digits, and numbers of any length, where a rule looks for a number."""

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.reading import read

LONG = "9" * 5000


@pytest.mark.parametrize("number", ["²", "²²", "１２", "١٢", LONG, f"1{LONG}"])
@pytest.mark.parametrize(
    "text",
    [
        "TNA-{} civilians were killed in Velm.",
        "Two {}-year-olds were killed.",
        "Twelve ({}) people were killed.",
        "Some 1,{} million people fled.",
        "{}/4 of the 200 inhabitants fled.",
    ],
)
def test_a_strange_number_never_stops_a_reading(text: str, number: str) -> None:
    document = Document(id=DocumentId("a"), text=text.format(number), lang="en")
    assert read(document, times=(), places=()).document == document.id

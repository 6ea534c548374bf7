"""Figures that another leaves out are apart from it, and are no parts of it."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, LinkKind
from cenotaph.pipeline import ruleset_of
from cenotaph.pipeline.extraction import extract

COUNT = "Forty people were killed in Orun province in March"


@pytest.mark.parametrize(
    "text",
    [
        f"{COUNT}, not counting the eight killed in Sarbek.",
        f"{COUNT}, excluding eight millers who died in Sarbek on 9 March.",
        f"{COUNT}. That does not include eight people killed in Sarbek on 9 March.",
        "Besides the eight killed in Sarbek, forty people died elsewhere in Orun province in March.",
        "In addition to the eight dead in Sarbek, forty people were killed in Orun province in March.",
    ],
)
def test_what_a_figure_leaves_out_comes_beside_it(text: str, setting) -> None:
    document = Document(
        id=DocumentId("a"), text=text, published=date(2021, 4, 2), lang="en", country=None
    )
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    by_number = {claim.claim.count.low: claim for claim in found.interpreted.claims}
    whole, left = by_number[40], by_number[8]
    assert left.claim.part_of is None
    assert {each.name.text for each in whole.claim.places} == {"Orun"}
    (link,) = [each for each in found.linking.links if each.by == "said-to-be-left-out"]
    assert (link.claim, link.kind, link.to) == (whole.id, LinkKind.ADDITIONAL_TO, left.id)
    assert not [each for each in found.linking.links if each.kind is LinkKind.WITHIN]

"""Wherever a claim is quoted, the words that count stand marked."""

import html

from hypothesis import given
from hypothesis import strategies as st
from tests.web.test_pages import INCIDENT

from cenotaph.model import (
    Claim,
    Count,
    DocumentId,
    Measure,
    Modality,
    Quote,
    ResolvedClaim,
)
from cenotaph.web.pages import counting


def test_words_that_count_are_marked_wherever_a_claim_is_quoted(client):
    view = client.app.state.held.view()
    event = view.incidents.get(INCIDENT)
    claim = view.claims[event.claims[-1]]
    other = next(each for each in view.found.incidents if each.id != INCIDENT)
    marked = f'<mark class="counting">{html.escape(claim.claim.counted.text)}</mark>'
    for address in (f"/c/{claim.id}", f"/i/{INCIDENT}", f"/same?a={INCIDENT}&b={other.id}"):
        assert marked in client.get(address).text, address


@given(
    st.text("ab \n", max_size=90),
    st.text("x1", min_size=1, max_size=9),
    st.text("cd \n", max_size=90),
)
def test_a_quote_that_is_cut_keeps_the_words_that_count(before, words, after):
    said = before + words + after
    claim = Claim(
        document=DocumentId("d"),
        measure=Measure.KILLED,
        rule="r",
        counted=Quote.of(said, len(before), len(before) + len(words)),
        count=Count(low=1, high=1, modality=Modality.EXACT),
        quote=Quote.of(said, 0, len(said)),
    )
    assert "".join(counting(ResolvedClaim(claim=claim))) == said
    parts = counting(ResolvedClaim(claim=claim), 40)
    assert parts[1] == words
    assert len("".join(parts)) <= 42

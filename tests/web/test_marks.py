from hypothesis import given
from hypothesis import strategies as st

from cenotaph.web.marks import pieces
from cenotaph.web.pages import environment

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80)
SPANS = st.lists(
    st.tuples(
        st.integers(-5, 90),
        st.integers(-5, 90),
        st.sampled_from(["quote", "count", "place", "copy"]),
        st.sampled_from(["clm-1", "clm-2", "clm-3", 'a"><b>']),
    ),
    max_size=12,
)


@given(TEXT, SPANS)
def test_the_pieces_of_a_text_are_the_text_and_marks_cover_what_they_should(text, spans):
    cut = pieces(text, spans)
    assert "".join(piece.text for piece in cut) == text
    at = 0
    for piece in cut:
        assert piece.start == at
        assert piece.text or not text
        covering = {(kind, ref) for start, end, kind, ref in spans if start <= at < end}
        assert set(piece.marks) == covering
        at += len(piece.text)


@given(TEXT, SPANS)
def test_the_widest_mark_comes_first(text, spans):
    for piece in pieces(text, [span for span in spans if span[2] == "count"]):
        widths = [
            max(
                min(end, len(text)) - max(start, 0)
                for start, end, _, ref in spans
                if ref == known and _ == "count" and start <= piece.start < end
            )
            for known in piece.of("count")
        ]
        assert widths == sorted(widths, reverse=True)


@given(TEXT, SPANS)
def test_a_browser_reads_the_stored_text_out_of_the_document_view(text, spans):
    """Parsed as a browser parses it; real browsers do the same in test_browser.py."""
    from html.parser import HTMLParser

    template = environment().get_template("text.html")
    told = template.render(pieces=pieces(text, spans), lang="en")
    body = told.partition(">")[2].rpartition("</div>")[0]
    read: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = read.append  # type: ignore[method-assign]
    parser.feed(body.replace("\r\n", "\n").replace("\r", "\n").replace("&#13;", "\ue0ff"))
    parser.close()
    assert "".join(read).replace("\ue0ff", "\r") == text

"""Fragments of HTML, such as feeds and letters hold, to text with the breaks that they show."""

import re

NAMES = (
    "address article blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li"
    " main ol p pre section table tr ul"
)
BREAKS = frozenset(NAMES.split())
HIDDEN = frozenset({"script", "style", "template", "head", "title"})
TAGGED = re.compile(r"<[A-Za-z!/]|&[#a-zA-Z]")


def text_of(fragment: str) -> str:
    """Return what a fragment says; one without markup is returned as it is.

    The standard library's parser has no limit of depth or size at which it would drop text.
    """
    if not TAGGED.search(fragment):
        return fragment
    from html.parser import HTMLParser

    parts: list[str] = []
    hidden = 0

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            nonlocal hidden
            hidden += tag in HIDDEN
            if tag in BREAKS:
                parts.append("\n\n" if tag == "p" else "\n")

        def handle_endtag(self, tag: str) -> None:
            nonlocal hidden
            hidden = max(0, hidden - (tag in HIDDEN))
            if tag in BREAKS:
                parts.append("\n")

        def handle_data(self, data: str) -> None:
            if not hidden:
                parts.append(data)

    parser = Parser(convert_charrefs=True)
    parser.feed(fragment)
    parser.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

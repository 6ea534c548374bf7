"""What the words of a source come to: its name, its head, and whether a body speaks itself."""

from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.vocabulary import Hit


def body_speaks(name: Hit, kind: Hit | None, length: int) -> bool:
    """Tell whether an organisation speaks itself: in "a witness at a UN camp" the witness does."""
    if kind is None or kind.code in ("monitor", "agency"):
        return True
    return name.start == 0 and name.end >= kind.start or length - (name.end - name.start) <= 1


def bare_name(text: str, words: Lexicon) -> str:
    """The words without their article, so that "the mayor" and "The mayor" are one."""
    head, _, rest = text.partition(" ")
    article = words.is_a("definite", head.lower()) or words.is_a("indefinite", head.lower())
    return rest if rest and article else text


def head_of(kinds: list[Hit], lows: list[str], words: Lexicon) -> Hit:
    """The last word of a kind before a preposition: "a rebel fighter from the militia"; else the
    last one of the body behind it: "the director of the general hospital in X"."""
    links = [
        n
        for n, low in enumerate(lows)
        if n and (words.is_a("of", low) or words.is_a("preposition", low))
    ]
    for n in (*links, len(lows)):
        before = [h for h in kinds if h.end <= n]
        if before:
            kinds = before
            break
    described = [h for h in kinds if h.code != "unnamed"]  # "the ministry's statement"
    return described[-1] if described else kinds[-1]

"""What the words of one sentence tell of the text so far: that its attack is new, or known."""

from cenotaph.model import Actor, TimeKind, TimeMention
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.scenes import View
from cenotaph.reading.vocabulary import Found


def own_forces(row: Row, actor: Actor) -> bool:
    """Tell whether a party is told by whose it is, and without a name: "said its fighters"."""
    at = next((n for n, t in enumerate(row.sentence.tokens) if t.start == actor.quote.start), 0)
    own = at > 0 and "pronoun_possessive" in row.sentence.words.entries[at - 1].kinds
    return own and actor.name.islower()


def opens(row: Row, i: int) -> bool:
    """Tell whether a day opens its sentence: "On Sunday …", "In the same province on Sunday …"."""
    time = row.time(i)
    opened = i == 0 or row.tags[0] in "pa" and set(row.tags[:i]) <= set("pawoLC,")
    return opened and time is not None and time.kind is TimeKind.DAY and not time.dateline


def of_the_attack(row: Row, *, whole: bool = False) -> bool:
    """Tell whether a sentence speaks of what was told before: "the strike", "the deaths".

    With `whole`, "the bombing of Velm" does not: it tells itself which one is meant.
    """
    entries = row.sentence.words.entries
    return any(
        tag in "UF"
        and "definite" in entries[row.items[k].start].kinds
        and not (whole and row.tags[k + 1 : k + 2] == "o")
        for k, tag in enumerate(row.tags)
    )


def of_the_toll(row: Row) -> bool:
    """Tell whether a sentence speaks of the figure told before: "the toll was given by the X"."""
    entries, at = row.sentence.words.entries, row.tags.find("O")
    first = row.items[at].start if at >= 0 else 0
    own = at >= 0 and "definite" in entries[first].kinds
    return own or at > 0 and "definite" in entries[first - 1].kinds


def new_attack(row: Row) -> bool:
    """Tell whether a sentence tells of an attack that is new in the text: "a chemical attack"."""
    entries = row.sentence.words.entries
    return any(
        tag == "U" and "indefinite" in entries[row.items[k].start].kinds
        for k, tag in enumerate(row.tags)
    )


def fresh_attack(row: Row) -> bool:
    """Tell whether a sentence tells of further attacks: "there were fresh air strikes"."""
    lows, anew = row.sentence.words, row.sentence.words.lexicon.anew
    if "U" not in row.tags or anew.isdisjoint(lows):
        return False
    return any(
        tag == "U" and not anew.isdisjoint(lows[max(0, row.items[k].start - 1) : row.items[k].end])
        for k, tag in enumerate(row.tags)
    )


def of_history(view: View, found: Found) -> bool:
    """Tell whether the clause of a count tells of long ago: "died in last year's flood"."""
    low, high = view.tokens
    if any(h.code == "history_here" and low <= h.start < high for h in found.scopes):
        return True
    return _counted_from(view) or told_long_ago(view.row, found, view.compared, view.draft)


def told_long_ago(row: Row, found: Found, turn: int, draft: Draft | None) -> bool:
    """Tell whether a sentence tells a draft as history, or anything without one.

    What stands behind a semicolon is told of what stands there alone: "a mine killed a shepherd on
    Thursday; last year one killed three women". From the item `turn` on it only compares.
    """
    old = [h for h in found.scopes if h.code == "history"]
    old = [h for h in old if turn < 0 or h.start < row.items[turn].start]
    if not old or draft is None:
        return bool(old)
    low = row.tags.rfind(";", 0, max(0, draft.first)) + 1
    high = row.tags.find(";", draft.last)
    begin, end = row.items[low].start, row.items[high if high >= 0 else -1].end
    return any(begin <= h.start < end for h in old)


def _counted_from(view: View) -> bool:
    """ "A year after an air strike there killed 40": counted from what the 40 died of."""
    row, item = view.row, view.draft.first
    t = row.tags.rfind("T", 0, item)
    if t < 0 or row.tags[t + 1 : t + 2] != "U" or row.tags[t + 2 : item].strip("wpLo"):
        return False
    mention = row.items[t].data
    if not isinstance(mention, TimeMention) or mention.kind is not TimeKind.ANCHORED:
        return False
    words = {row.sentence.words[n] for n in range(row.items[t].start, row.items[t].end)}
    return not words.isdisjoint(row.sentence.words.lexicon.long_spans)

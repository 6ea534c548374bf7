"""Names and forces: what names a party, and the words for people and means that go with a name."""

from cenotaph.model import Relation
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Words
from cenotaph.reading.party_words import Register, article_of_name, known_at
from cenotaph.reading.vocabulary import Hit

MOST_NAMES = 3
# Adjectives may stand between a name and its force: "Kordanian heavy artillery".
ADJECTIVES = 2


def of_a_people(name: str, register: Register) -> bool:
    """Tell whether a name is a state's, or that of a people."""
    return name in register.states or name.lower().endswith(register.demonyms)


def capital_part(row: Row, first: int, end: int) -> str:
    """The force words that are part of a name: "the Northern Front", not its fighters."""
    last = first + 1
    while last < end and row.sentence.tokens[last].text[0].isupper():
        last += 1
    return spelled(row, first, last)


def proper(row: Row, k: int) -> bool:
    """Tell whether the token is written as a name is."""
    return row.sentence.tokens[k].text[0].isupper()


def described_force(lows: Words, k: int, register: Register) -> tuple[int, int, bool, int] | None:
    """A force behind a word for what it is: "terrorist groups", "armed snipers"; of attacks, only
    what those are called who made them: "a jihadist counterattack"."""
    if k + 1 >= len(lows) or lows[k] not in register.describing:
        return None
    hit = register.force.at(lows, k + 1)
    craft = hit is not None and lows[hit.end - 1] in register.craft
    if hit is not None and hit.code == "means" and lows[k] in register.attacking and not craft:
        return k, hit.end, True, k + 1
    if hit is None or hit.code != "people" and lows[hit.end - 1] not in register.craft:
        return None
    return k, hit.end, False, hit.end


def names_at(
    row: Row, lows: Words, k: int, register: Register
) -> tuple[list[str], Relation | None, int]:
    """Read the names of parties at token `k`, joined or in the alternative."""
    tokens = row.sentence.tokens
    names: list[str] = []
    relation: Relation | None = None
    fresh = True  # a name stands first, or behind "and"
    while k < len(lows) and len(names) < MOST_NAMES:
        end, name = _name(row, lows, k, register)
        if end > k and fresh:
            names.append(name)
            k, fresh = end, False
            continue
        if end > k and names[-1] in register.known:
            if end < len(lows) and lows[end] in register.craft:
                k = end  # "Kordanian Storm jets": whose jets they are
            both = names[-1] in register.states and name in register.states
            if both and tokens[k].text[0].isupper():
                k, fresh, relation = k, True, Relation.JOINT
                continue  # "Kordanian Tessarian air strikes" are of both
            break
        kinds = register.words.kinds(lows, k)
        if names and "coordinator" in kinds and _name(row, lows, k + 1, register)[0] > k + 1:
            relation = Relation.ALTERNATIVES if "alternative" in kinds else Relation.JOINT
            k, fresh = k + 1, True
        elif names and (lows[k] in register.words.possessive or tokens[k].text == "-"):
            k += 1
        elif names and tokens[k].text == "(" and (behind := _short_name(row, k)) > k:
            k = behind
            break
        else:
            break
    return names, relation, k


def _short_name(row: Row, k: int) -> int:
    """The token behind a short name in brackets: "Dawn Movement (DM)"; `k` where there is none."""
    tokens = row.sentence.tokens
    short = k + 2 < len(tokens) and tokens[k + 1].text.isupper() and tokens[k + 2].text == ")"
    return k + 3 if short else k


def _name(row: Row, lows: Words, k: int, register: Register) -> tuple[int, str]:
    """One name at token `k`, of the register or in capitals; its end, or `k` for none.

    Words in capitals that all are common ones name nobody where a sentence opens or in a heading,
    and neither do those that stand before a name of the register.
    """
    tokens = row.sentence.tokens
    if k >= len(tokens):
        return k, ""
    known = known_at(row, lows, k, register)
    if known is not None:
        return known.end, known.code
    if register.agencies.at(lows, k) is not None:
        return k, ""  # "MNA Members of the X shot": an agency opens the line
    end = k + 2 if article_of_name(row, k, register) else k
    while (
        end < len(tokens)
        and not row.sentence.caps
        and tokens[end].text[0].isupper()
        and lows[end] not in register.words.not_names
        and register.force.at(lows, end) is None
    ):
        if end > k and known_at(row, lows, end, register) is not None:
            return k, ""
        if end > k and register.agencies.at(lows, end) is not None:
            return k, ""  # "Velm MNA-Members of the X shot": the place of a date line
        end = _particle(row, end + 1, register)
    goes_on = end < len(tokens) and tokens[end].text[0].isupper() and not row.sentence.title
    goes_on = goes_on and register.force.at(lows, end) is not None  # "Northern Front"
    opens = (k == 0 or row.sentence.title) and not goes_on
    if end == k + 1 and lows[k] in register.directions and not goes_on:
        return k, ""  # "northeast of Velm"
    common = all(register.words.common(low) for low in lows[k:end])
    if common and (opens and end == k + 1 or row.sentence.title or end > k + 1):
        return k, ""
    return end, spelled(row, k, end)


def spelled(row: Row, start: int, end: int) -> str:
    """Tokens [start, end) as a name: a space where the text has one, whatever stands there."""
    tokens = row.sentence.tokens[start:end]
    return "".join(
        t.text if n == 0 or t.start == tokens[n - 1].end else f" {t.text}"
        for n, t in enumerate(tokens)
    )


def _particle(row: Row, at: int, register: Register) -> int:
    """The token behind a particle that joins two parts of a name: "Sons al-Velm"; else `at`."""
    tokens, lows = row.sentence.tokens, row.sentence.words
    if at < len(tokens) and lows[at] in register.words.name_particles and tokens[at].text.islower():
        nxt = at + 1 + (lows[at + 1 : at + 2] == ["-"])
        if nxt < len(tokens) and tokens[nxt].text[0].isupper():
            return nxt
    return at


def force_at(
    row: Row, lows: Words, k: int, register: Register, *, reach: int
) -> tuple[int, int, bool, int] | None:
    """The force words at token `k` or behind adjectives.

    These are the first token, the end, whether a means is last, and where the words for people
    among them end.
    """
    first = k
    for _ in range(reach + 1):
        hit = register.force.at(lows, first) if first < len(lows) else None
        if hit is not None:
            end, last = hit.end, hit
            people = hit.end if hit.code == "people" else first
            while (more := _next_force(lows, end, register)) is not None:
                if more.code == "people" and people == more.start:
                    people = more.end
                end, last = more.end, more
            return first, end, last.code == "means", people
        if first >= len(lows):
            return None
        small = row.sentence.tokens[first].text[0].islower() or row.sentence.caps
        unknown = small and not register.words.knows(lows[first])
        kind = lows[first] in register.describing and lows[first + 1 : first + 2]
        one = bool(kind) and lows[first + 1] in register.called  # "the X militant group"
        if not unknown and not one and lows[first] not in register.adjectives:
            return None
        first += 1
    return None


def _next_force(lows: Words, end: int, register: Register) -> Hit | None:
    """The force words that go on: at once, or behind "government's newest …"."""
    if end < len(lows) and lows[end] in register.words.possessive:
        for at in range(end + 1, min(len(lows), end + 2 + ADJECTIVES)):
            hit = register.force.at(lows, at)
            if hit is not None:
                return hit
        return None
    if (
        end + 1 < len(lows)
        and lows[end] in register.describing
        and lows[end + 1] in register.called
    ):
        return register.force.at(lows, end + 1)  # "the Dawn Movement militant group"
    return register.force.at(lows, end) if end < len(lows) else None

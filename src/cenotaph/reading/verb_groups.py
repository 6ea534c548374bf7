"""What stands around a predicate: where its verbs begin, its voice, and how sure it is.

The certainty of a verb is told by its own auxiliaries, by the clause that it stands in
("denied that ..."), and by what it follows.
"""

from dataclasses import dataclass

from cenotaph.model import Certainty, Measure
from cenotaph.reading.items import Row

GERUND_END = "ing"
# What a relative clause may stand behind.
_ANTECEDENTS = frozenset("NQUFwy,")
# What may follow the participle that is left of one.
_BEHIND_REDUCED = frozenset({"", ".", ",", "p", "b", "S", "X", "H", "M"})
# What an infinitive may be made of, up to the joint of another, and what no verb is.
_OF_INFINITIVE = frozenset("wvBlRapoTLNQ#y")
# A forecast stands so many items before its "to".
_FORECAST = 5
# Those of whom somebody asks to do it.
_ASKED = frozenset("NQP")
_NO_VERB = frozenset({"thing", "definite", "indefinite", "pronoun_possessive", "every"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """What stands around a predicate: where its verbs begin, its voice, and how sure it is."""

    start: int
    passive: bool
    be: bool
    fatal: bool
    certainty: Certainty
    negated: bool
    also: bool


def verb_group(row: Row, k: int) -> VerbGroup:
    """Read the auxiliaries, adverbs and hedges that belong to the predicate at item `k`."""
    tags = row.tags
    start = k
    while start > 0 and is_auxiliary(row, start - 1):
        start -= 1
    said = [row.kinds(n) for n in range(start, k)]
    be = "X" in tags[_perfect(row, start, k) : k]
    negated = any(_denies(row, n) for n in range(start, k)) or any(
        tag == "X" and "negated_be" in kinds for tag, kinds in zip(tags[start:k], said, strict=True)
    )
    fatal = any("fatal" in kinds for kinds in said)
    certainty = _certainty(row, start, k)
    degree = any("degree" in kinds for kinds in said)
    if negated and not degree and certainty is Certainty.ASSERTED:
        certainty = Certainty.DENIED
    return VerbGroup(
        start=start,
        passive=be and tags[k] in "VJ",
        be=be,
        fatal=fatal or k + 1 < len(tags) and "fatal" in row.kinds(k + 1),
        certainty=certainty,
        negated=negated,
        also=any("also" in kinds for kinds in said),
    )


def _perfect(row: Row, start: int, k: int) -> int:
    """ "Bombs are believed to have killed nine": the "have" of the verb, which has no "are"."""
    for n in range(k - 1, start, -1):
        if row.tags[n] == "X":
            break
        if row.tags[n] == "H" and "infinitive" in row.kinds(n - 1):
            return n
    return start


def _denies(row: Row, n: int) -> bool:
    """Tell whether item `n` denies what follows: "not only killed two but" does not."""
    if row.tags[n] != "Z":
        return False
    words, behind = row.sentence.words, row.items[n].end
    return behind >= len(words) or words[behind] not in words.lexicon.not_only


def is_auxiliary(row: Row, n: int) -> bool:
    """Tell whether item `n` belongs to the verb behind it."""
    tags, tag = row.tags, row.tags[n]
    if tag in "aHXMZ":
        return True
    if n == 0:
        return False
    before = tags[n - 1]
    if tag == "T":
        return before in "XHM"
    if tag in "lR" and tags[n + 1] in "VJ" and before in "NQ":
        alone = tag == "l" or tags[n + 2 : n + 3] not in tuple("NQyPw#")
        return alone and row.numbered(n - 1) and "report" in row.kinds(n)  # "8 reported killed"
    if tag == "S" and "role" in row.kinds(n):
        # "were listed as missing"; who "had been listed" so is found by now
        once = any("pluperfect" in row.kinds(m) for m in range(max(0, n - 4), n))
        return tags[n + 1] in "VJ" and before in "vRl" and not once
    suspected = tag in "vR" and "suspected" in row.kinds(n)
    if suspected and before in "NQ" and tags[n + 1] in "VJ":
        return row.numbered(n - 1)  # "at least 14 people believed trapped"
    if tag in "pvlRS" and "adverb" in row.kinds(n):
        return before in "aXHMvlR"
    return suspected and before in "XaH"


def _certainty(row: Row, start: int, k: int) -> Certainty:
    """How sure the clause, else the verbs from item `start` on, say that the predicate is."""
    clause = _certainty_of_clause(row, start, relative=_presupposed(row, start, k))
    if clause is not None:
        return clause
    if row.tags[k] == "B" and row.tags[k - 1 : k] == "C" and _after_infinitive(row, k - 2):
        return Certainty.HYPOTHETICAL
    if row.tags[k] == "B" and k > 0 and "infinitive" in row.kinds(k - 1):
        achieved = k > 1 and "achieves" in row.kinds(k - 2) and "Z" not in row.tags[k - 4 : k - 2]
        return Certainty.ASSERTED if achieved else Certainty.HYPOTHETICAL
    for n in range(start, k):
        kinds = row.kinds(n)
        if "suspected" in kinds:
            return Certainty.SUSPECTED
        if row.tags[n] == "M":
            # "may have been killed", "may be buried under the rubble" are suspicions, "may be
            # killed" a forecast
            past = ("H" in row.tags[n:k] or _lasts(row, k)) and "hypothetical" not in kinds
            return Certainty.SUSPECTED if past else Certainty.HYPOTHETICAL
    return Certainty.ASSERTED


def _after_infinitive(row: Row, n: int) -> bool:
    """ "Vowed to live and die there": an infinitive stands up to item `n`, before the joint, and
    before it a word of intent, or an order and whom it was given to.

    What stands behind "used ladders to", "enough to" or "it took an hour to" was done.
    """
    while n > 0 and row.tags[n] in _OF_INFINITIVE:
        if "infinitive" in row.kinds(n - 1):
            word = row.sentence.tokens[row.items[n].start].text
            verb = row.tags[n] in "wvBlR" and word.islower() and row.kinds(n).isdisjoint(_NO_VERB)
            return verb and _intends(row, n - 2)
        n -= 1
    return False


def _intends(row: Row, n: int) -> bool:
    """ "Planned to", "ordered the men to", "called on them to": item `n` is before the "to"."""
    words = row.sentence.words
    intent = words.lexicon.intent
    if n >= 0 and (row.tags[n] == "X" or words[row.items[n].end - 1] in intent):
        return True  # "their plan was to"
    for k in range(n, max(-1, n - _FORECAST), -1):
        if row.tags[k] == "M":
            return True  # "they will return to"
        if row.tags[k] in ",.;:SC":
            break
    if n < 1 or row.tags[n] not in _ASKED:
        return False
    n -= 2 if row.tags[n - 1] == "p" and n > 1 else 1
    return words[row.items[n].end - 1] in intent


def _lasts(row: Row, k: int) -> bool:
    """Tell whether the predicate at item `k` is a state that may hold now: missing, trapped."""
    return row.tags[k] == "J" and row.sense(k) in (Measure.MISSING, Measure.TRAPPED)


def _presupposed(row: Row, start: int, k: int) -> bool:
    """ "whether the men killed in the raid were soldiers", "whether the victims were killed there":
    a relative clause without its verb, and people whose very word says that harm befell them."""
    if start == 0 or row.tags[start - 1] not in "NQ":
        return False
    words = row.sentence.words
    if words[row.items[start - 1].end - 1] in words.lexicon.victims:
        return True
    return start == k and row.tags[k] == "V" and row.tags[k + 1 : k + 2] in _BEHIND_REDUCED


def _certainty_of_clause(row: Row, start: int, *, relative: bool) -> Certainty | None:
    """What a condition or a denial before item `start` makes of it."""
    denied = None
    for n in range(start - 1, -1, -1):
        tag = row.tags[n]
        if tag in ".;":
            break
        if tag == "W" and n and row.tags[n - 1] in _ANTECEDENTS:
            relative = True  # "whether the raid that killed two was lawful": it did kill them
        if tag == "S" and n and "deny" in row.kinds(n - 1):
            return Certainty.DENIED  # "dismissed as fake reports that"
        if tag in "Rl" and _called_false(row, n):
            denied = Certainty.DENIED
        if tag == "S":
            unsure = "conditional" in row.kinds(n) and not relative
            return Certainty.HYPOTHETICAL if unsure else denied
        if tag == "R" and row.tags[n - 1 : n] == "C" and "deny" not in row.kinds(n):
            break  # "the army denied the raid and said it had killed nine"
        if tag == "R" and "deny" in row.kinds(n) and not _of_authorship(row, n):
            denied = Certainty.DENIED
    return denied


def _called_false(row: Row, n: int) -> bool:
    """ "false claims that", "described as \"baseless\" a report that": it is said to be untrue."""
    at = n - 1
    while at > 0 and (row.tags[at] == '"' or row.kinds(at) & {"indefinite", "definite"}):
        at -= 1
    return at >= 0 and row.tags[at] == "w" and "untrue" in row.kinds(at)


def _of_authorship(row: Row, n: int) -> bool:
    """ "denied carrying out", "denied any role in": who did it is denied, not what was done."""
    at = n + 1
    while at < len(row.tags) and row.kinds(at) & {"every", "indefinite", "definite"}:
        at += 1
    if at >= len(row.tags):
        return False
    if row.tags[at] in "Gv" or row.kinds(at) & {"gerund_like", "authorship"}:
        return True
    if at == n + 1 and is_gerund(row, at):
        return True  # "denied hitting the market", but "denied the killing of"
    at += row.tags[at] in "WS"  # "denied that its jets …"
    if at >= len(row.tags):
        return False
    entry = row.sentence.words.entries[row.items[at].start]
    return row.tags[at] == "P" or "pronoun_possessive" in entry.kinds


def is_gerund(row: Row, i: int) -> bool:
    """Tell whether item `i` is a present participle: what stands behind it is its object."""
    token = row.sentence.tokens[row.items[i].start]
    return row.items[i].end == row.items[i].start + 1 and token.low.endswith(GERUND_END)

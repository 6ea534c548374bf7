"""People inside a phrase of harm: "forced 300 families to flee", "took nine men hostage".

The words of these harms stand apart, with the people between them, so that neither word tells alone
what was done.
"""

from cenotaph.model import Measure
from cenotaph.reading.arguments import objects, verb_group
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import Row


def fled(row: Row, k: int) -> list[Draft]:
    """ "forced 300 people to flee": at the base form, which alone would only be an intention."""
    tags = row.tags
    if k < 3 or "infinitive" not in row.kinds(k - 1) or tags[k - 2] not in "NQ":
        return []
    verb = k - 3
    while verb > 0 and tags[verb] in "aw":
        verb -= 1
    if "drives" not in row.kinds(verb) or k - 2 not in objects(row, verb):
        return []
    group = verb_group(row, verb)
    return make(row, k - 2, k, Measure.DISPLACED, "driven-out", group.certainty)


def driven_out(row: Row, k: int) -> list[Draft]:
    """ "forced 300 people out of their homes": at the verb, with where from behind the people."""
    if "drives" not in row.kinds(k):
        return []
    people = objects(row, k)
    if not people:
        return []
    behind = row.items[people[-1]].end
    entries = row.sentence.words.entries
    if behind >= len(entries) or "driven_from" not in entries[behind].kinds:
        return []
    sure = verb_group(row, k).certainty
    return [d for n in people for d in make(row, n, k, Measure.DISPLACED, "driven-out", sure)]


def taken(row: Row, k: int) -> list[Draft]:
    """ "took nine men hostage": at the verb, with what they were taken as right behind them."""
    if "takes_people" not in row.kinds(k):
        return []
    people = objects(row, k)
    if not people:
        return []
    behind = row.items[people[-1]].end
    tokens, entries = row.sentence.tokens, row.sentence.words.entries
    if behind >= len(tokens) or "held_as" not in entries[behind].kinds:
        return []
    sure = verb_group(row, k).certainty
    return [
        draft
        for n in people
        if row.items[n].start != behind
        for draft in make(row, n, k, Measure.ABDUCTED, "taken-captive", sure)
    ]

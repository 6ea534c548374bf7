"""Where sentences end in a text whose lines are broken, by a typesetter or by whoever wrote it."""

from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.tokens import sentences, wrapped

CHRONOLOGY = """\
5 March: Shells hit the main market of Orun and kill nine traders.
7 March: Gunmen abduct 14 pupils from a school bus near Binora.
9 March: An air raid on a hospital in Sarbek kills two nurses.
11 March: Police arrest 60 protesters at the court in Velm.
"""
WRAPPED = """\
Shells fell on the main market of the town of Velm on Monday evening,
killing nine people and wounding 14 others, the civil defence said.
Two of the dead were children. In the village of Rashin, four men were
shot by gunmen who had stopped their car at a checkpoint on the road
between the village and Sarbek, where the U.N. keeps a store of flour.
"""


def begun(text: str) -> list[str]:
    """The first word of each sentence."""
    return [sentence.tokens[0].text for sentence in sentences(text, lexicon("en"))]


def test_lines_that_end_as_sentences_do_are_sentences_of_their_own() -> None:
    assert not wrapped(CHRONOLOGY)
    assert begun(CHRONOLOGY) == ["5", "7", "9", "11"]


def test_a_sentence_may_end_with_a_line_of_a_hard_wrapped_text() -> None:
    assert wrapped(WRAPPED)
    assert begun(WRAPPED) == ["Shells", "Two", "In"]


NARROW = """\
VELM - Shelling by the army on
Monday killed nine people and
wounded 12 others in the town
of Velm, doctors said. A nurse
and two children were among
the dead. Rebels fired rockets
at Orun, where four soldiers
were killed by one of them.
"""
NARROW_LIST = """\
Killed in Velm on Monday night:
three soldiers of the town guard
two nurses of the army hospital
a boy of nine and his old uncle
the mayor of Velm and his driver
"""
NAMES = """\
Those killed in Velm on Monday:
Rima Dorsawi, 34, of Kafr Sel
Halim Dorsawi, 41, of Binora
Omar Tarun, 22, of Sarbek town
Her daughter Hala Tarun, 6
"""


def test_a_narrow_column_is_wrapped_and_a_list_of_short_lines_is_none() -> None:
    assert begun(NARROW) == ["VELM", "A", "Rebels"]
    assert begun(NARROW_LIST) == ["Killed", "three", "two", "a", "the"]
    assert begun(NAMES) == ["Those", "Rima", "Halim", "Omar", "Her"]

"""Who says so and who did it, where another clause, a lost comma or the sentence before tells."""

from datetime import date

import pytest

from cenotaph.model import Claim, Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> tuple[Claim, ...]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading.claims


SAID = [
    # two behind "according to", and one whose name holds an "and"
    (
        "Nine porters died in Velm, according to the Orun Relief Council and the Tessaria Harm"
        " Monitor.",
        ["Orun Relief Council", "Tessaria Harm Monitor"],
    ),
    ("Nine porters died, according to the Tessaria National Alliance and the Orun Harm Watch.",
     ["Tessaria National Alliance", "Orun Harm Watch"]),
    ("Nine porters died, according to the Orun Water and Power Authority.",
     ["Orun Water and Power Authority"]),
    ("Nine porters died, according to activist Rima Dorsam and the ministry.",
     ["activist Rima Dorsam", "ministry"]),
    ("According to the Centre for Rights and Media nine porters died.",
     ["Centre for Rights and Media"]),
    # whoever claims an attack gives no toll of it; whoever claims killings does
    ("The Dawn Movement claimed responsibility on Monday for a bombing that killed nine guards.",
     []),
    ("The Dawn Movement claimed responsibility for the killing of nine guards.",
     ["Dawn Movement"]),
    # a voice of the state begins at its country, also where a comma is lost
    ("Shells fell on the mill killing Imam Halim al-Dorsam state-run TV reported.",
     ["state-run TV"]),
    ("A bomb killed six porters in the Sarbek district of Velm Kordanian state television said.",
     ["Kordanian state television"]),
    ("AFP Tessarias state TV said six porters had died.", ["Tessarias state TV"]),
    ("The Kordanian regimes official television said six porters had died.",
     ["Kordanian regimes official television"]),
    # a new subject behind a paper or an office is no part of its name
    ("According to the bulletin Northern Front rebels executed four millers in Velm.",
     ["bulletin"]),
    ("Nine porters were hurt according to nurses and medical personnel the report said.",
     ["nurses", "medical personnel"]),
    # a word between a speaker and his verb; a quarter that rebels hold
    ("The Tessaria Harm Monitor meanwhile put the toll at nine dead.", ["Tessaria Harm Monitor"]),
    ("The Centre for Harm Research however puts the number of dead at nine.",
     ["Centre for Harm Research"]),
    ("Halim Dorsam the director of a clinic in the rebel-held east said nine porters had died.",
     ["Halim Dorsam the director of a clinic in the rebel-held east"]),
    ("Nine porters died, nurses in the rebel-held quarter said.",
     ["nurses in the rebel-held quarter"]),
    # who gives a toll, and who brings one up to date
    ("Nine porters died in shelling of Velm. The toll was given by the Tessaria Harm Monitor.",
     ["Tessaria Harm Monitor"]),
    ("The Orun Harm Watch updated to 18 its toll of rebels killed in Velm.", ["Orun Harm Watch"]),
    # a sentence ends behind a short name where an article begins the next
    ("Talks were put off, according to the U.N. The Orun Harm Watch said nine porters had died.",
     ["Orun Harm Watch"]),
]  # fmt: skip


@pytest.mark.parametrize("text, wanted", SAID)
def test_who_says_so(text: str, wanted: list[str], setting: Setting) -> None:
    assert [source.name for source in claims(text, setting)[0].said_by] == wanted


DID = [
    # a word between a party and what it did
    ("The Dawn Army meanwhile killed nine porters in Velm.", [["Dawn Army"]]),
    ("The army wounded a guard and meanwhile rebels killed two porters.", [["army"], ["rebels"]]),
    # an attack called after what kind of people made it; their snipers
    ("Nine guards were killed in a jihadist counterattack near Velm.", [["jihadist"]]),
    ("The militant raid on the mill left nine guards dead.", [["militant"]]),
    ("Nine insurgents died in an insurgent attack that the army met.", [["insurgent"]]),
    # an answer told behind what it answers; an appeal is none
    ("Rebels answered the shelling with a salvo of mortars, wounding ten weavers.",
     [["Rebels"]]),
    ("The mayor responded to the raid that killed ten weavers with an appeal.", [[]]),
    # who besieges a town did not strike it
    ("Air strikes killed 23 weavers in Velm, which is under siege by the army.", [[]]),
    # what is denied
    ("The general denied that his troops had fired on Velm and said rebels had killed six guards.",
     [["rebels"]]),
    ("Rebels denied that their fighters had shelled Velm. The shelling killed six weavers.", [[]]),
    # whose shells the shells were
    ("The Northern Front fired rockets on Velm. One of the rockets hit a school and hurt three"
     " pupils.", [["Northern Front"]]),
    ("The Northern Front fired rockets on Velm. A mine hurt three pupils.", [[]]),
    # the place and the agency of a date line are no part of a party
    ("Orun AFP-Armed groups fired shells on Velm killing eight weavers.", [["Armed groups"]]),
    # who claims or is blamed, of the attack told of again
    ("The Dawn Movement claimed a bombing that killed nine guards in Velm. The attack killed 12"
     " guards, the Tessaria Harm Monitor said.", [["Dawn Movement"], ["Dawn Movement"]]),
    ("Activists blamed the army for a raid that killed nine weavers in Velm. The raid left 12"
     " dead, nurses said.", [["army"], ["army"]]),
    ("The Dawn Movement claimed a bombing that killed nine guards in Velm. Shells hit Orun. The"
     " shelling killed six weavers.", [["Dawn Movement"], []]),
    ("The Dawn Movement claimed a bombing that killed nine guards in Velm. Six weavers died in an"
     " attack in Orun.", [["Dawn Movement"], []]),
    # fresh raids are others
    ("Air strikes on Velm killed 25 weavers on Monday. The monitor told of fresh air strikes on"
     " the town. It said these raids seemed to be the work of Kordanian jets.",
     [[]]),
    ("Air strikes on Velm killed 25 weavers on Monday. The monitor said the strikes appeared to"
     " have been carried out by Kordanian jets.", [["Kordanian"]]),
    # who tells of the dead of his own attack accepts it; a party between may be the one
    ("The army said nine weavers were killed in its raid on Velm.", [["army"]]),
    ("The army denied that nine weavers were killed in its raid on Velm.", [[]]),
    ("The army bombed Velm on Sunday. The Nadir Front said nine people had died in its raids.",
     [[]]),
    # an attack elsewhere is another
    ("The Nadir Front claimed a bombing in Velm that killed nine. The explosion in Orun killed"
     " four.", [["Nadir Front"], []]),
    ("The ministry said nine soldiers were killed in its operation near Velm.", [[]]),
    ("The army said the Dawn Movement killed nine weavers in its raid on Velm.",
     [["Dawn Movement"]]),
    # the days of a sum; another day is another attack
    ("Kordanian air strikes on a town have killed 48 weavers within the past two days, doctors"
     " said. On Monday, 25 people were killed in air strikes on Velm.",
     [["Kordanian"], ["Kordanian"]]),
    ("Kordanian air strikes on Velm killed nine people on Monday. On Friday, 25 people were killed"
     " in air strikes on Orun.", [["Kordanian"], []]),
    # who returned fire has killed nobody; who struck is named once
    ("Nine weavers were killed in Velm. The army said its men had returned fire.", [[]]),
    ("Nine weavers were killed in Velm. The army said its troops had carried out the strike.",
     [["army"]]),
]  # fmt: skip


def test_nobody_speaks_on_of_what_happens_meanwhile_elsewhere(setting: Setting) -> None:
    text = "Nine people died in shelling of Orun, nurses said. "
    told = claims(text + "In Velm meanwhile two people were killed by mortar fire.", setting)
    assert [bool(claim.said_by) for claim in told] == [True, False]
    told = claims(text + "Two children were meanwhile killed in the shelling.", setting)
    assert [bool(claim.said_by) for claim in told] == [True, True]


@pytest.mark.parametrize("text, wanted", DID)
def test_who_did_it(text: str, wanted: list[list[str]], setting: Setting) -> None:
    named = [[actor.name for actor in claim.perpetrators] for claim in claims(text, setting)]
    assert named == wanted

"""Who is blamed: only whom the words blame, with the hedge, and in all the ways they do."""

from datetime import date

import pytest

from cenotaph.model import Claim, Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def first(text: str, setting: Setting) -> Claim:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading.claims[0]


BLAMED = [
    # captors are told by the verb that would tell of an arrest, too; whoever arrests others is none
    ("Gunmen seized five villagers in Velm on Monday.", ["Gunmen"]),
    ("Rebels seized nine aid workers near Orun.", ["Rebels"]),
    ("Insurgents captured two doctors in Velm.", ["Insurgents"]),
    ("Five villagers were seized by gunmen in Velm.", ["gunmen"]),
    ("Police seized five men in Velm.", ["Police"]),
    ("Gunmen seized five villagers in Velm, and police arrested two clerks.", ["Gunmen"]),
    ("Three men were kidnapped in Velm, and police arrested two suspects.", []),
    ("Four people were killed by Northern Front fighters.", ["Northern Front"]),
    ("Four people were killed in Velm on Monday by Kordanian jets.", ["Kordanian"]),
    ("Fighters of the Dawn Movement shot dead four shepherds.", ["Dawn Movement"]),
    ("Opposition forces in Tessaria set off mines that killed four guards.", None),
    ("Rebel fire killed four people in Velm.", ["Rebel"]),
    ("Troops killed four men and wounded seven others.", ["Troops"]),
    ("Kordanian planes bombed the ridge. Nine goatherds were killed.", ["Kordanian"]),
    ("Shells fired by the Sons al-Velm killed two nurses.", ["Sons al-Velm"]),
    ("The Northern Front said it had killed nine guards.", ["Northern Front"]),
    # whose the fighters are, and what kind of people, where nobody is named
    ("Gunmen from the Dawn Movement shelled the ridge, wounding six drovers.", ["Dawn Movement"]),
    ("Armed groups fired rockets at Belq and killed two weavers.", ["Armed groups"]),
    ("Six potters were hurt when jihadist snipers fired on the kilns.", ["jihadist snipers"]),
    ("Four people died in shelling by the so-called Ridge Brigade.", ["Ridge Brigade"]),
    # two that struck together; one that is hit, one of two that fight
    ("Government and Kordanian air strikes killed four drovers.", ["Government", "Kordanian"]),
    ("Four drovers were killed in suspected army or Kordanian air strikes.",
     ["army", "Kordanian"]),
    ("Six guards died as fire on the army and Kordanian air strikes went on.", ["Kordanian"]),
    # whose attack was met
    ("The army repelled a rebel assault on the ford, killing nine attackers.", ["army"]),
    ("Troops thwarted the Dawn Movement offensive and killed nine fighters.", ["Troops"]),
    # a verb that the pack does not know, and one of harm behind it
    ("The army regained control of Qubat on Sunday and killed nine guards.", ["army"]),
    ("Since Monday clashes between the two forces have rocked Velm, leaving nine dead.", []),
    # mines that somebody left
    ("Mines left by the Northern Front killed two drovers.", ["Northern Front"]),
    # an attack behind "by" is of whom it names, whatever it did first
    ("The quarter was rocked by Kordanian air strikes that killed nine people.", ["Kordanian"]),
    # an ally told by whose he is
    ("Four drovers died in raids by the army or its ally Kordania.", ["army", "Kordania"]),
    ("Four drovers died in raids by the Northern Front and its allies.", ["Northern Front"]),
    ("Four drovers were killed in Velm. It was unclear if the strike was carried out by Tessarian "
     "planes or those of government ally Kordania.", ["Tessarian", "Kordania"]),
    # who is led, and has a name of its own
    ("Nine guards were killed by the Orunese-led Tessarian Democratic Front in Velm.",
     ["Tessarian Democratic Front"]),
    # what stands between a party and what it did
    ("The Northern Front on Monday evening shelled the ford, killing three.", ["Northern Front"]),
    ("The Northern Front (formed last year) struck Belq, killing three.", ["Northern Front"]),
    ("The Northern Front, which holds the hills, shelled Belq, killing three.",
     ["Northern Front"]),
    ("Rebels positioned in the old quarry fired on the ford, killing three.", ["Rebels"]),
    ("Northern Front fighters managed to cross the river and kill three guards.",
     ["Northern Front"]),
    ("Orunese-led fighters killed three guards.", ["Orunese-led fighters"]),
    # what a party is, before and behind its name
    ("The Dawn Movement militant group has shot four drovers.", ["Dawn Movement"]),
    ("Fighters of the rebel group Ridge Rising killed four drovers.", ["Ridge Rising"]),
    ("Four people died in shelling by the armed group Sons al-Velm.", ["Sons al-Velm"]),
    ("The group Monday shot four drovers.", []),
    # planes that hit, and one that is hit
    ("Kordanian jets hit a depot in Velm, where four people died.", ["Kordanian"]),
    ("Four people died in Velm when a Kordanian jet hit by a missile fell on a house.", []),
    # a clause set beside that in which somebody acts
    ("Kordanian jets hit Velm, while police said four people died in rocket fire on Belq.", []),
    # fights, advances, and what is a means in the plural
    ("Three guards died in clashes with the Northern Front.", ["Northern Front"]),
    ("Three guards were killed as the Northern Front advanced on Belq.", ["Northern Front"]),
    ("Six people were killed in government barrel bombs.", ["government"]),
    # rebels of a country are not that country
    ("Syrian rebel shelling killed four people.", ["Syrian rebel"]),
    ("Kordanian rebels killed four people.", ["Kordanian rebels"]),
    # planes that have struck, and none that have been struck themselves
    ("Kordanian jets have killed four people.", ["Kordanian"]),
    ("Four people died after a Kordanian jet has been shot down.", []),
    # names that are words of the language in small letters, led forces, two parties at once
    ("Four people were killed in US-led air strikes.", ["US-led coalition"]),
    ("Four people were killed in clashes with IS fighters.", ["Islamic State"]),
    ("Orunese troops and Kordanian jets shelled Belq, killing four.", ["Orunese", "Kordanian"]),
    ("Iranian Russian raids on Belq killed four people.", ["Iran", "Russia"]),
    # what goes on, and what somebody does more of
    ("The Northern Front began to execute captured porters.", ["Northern Front"]),
    ("Northern Front fighters have begun murdering hostages.", ["Northern Front"]),
    ("The Northern Front has stepped up air raids on Belq, killing four.", ["Northern Front"]),
    ("The Northern Front responded by firing mortars, killing four.", ["Northern Front"]),
    ("A push by the Northern Front to take the ridge killed four people.", ["Northern Front"]),
    # whose the bomber and the shell are
    ("Four people were killed and nine hurt when a Northern Front suicide bomber blew himself up.",
     ["Northern Front"]),
    ("Four people died when a shell belonging to the Northern Front hit a mill.",
     ["Northern Front"]),
    # what another party did before is no reason to blame it
    ("Four people were killed in Kordanian air raids after rebels had fired on the capital.",
     ["Kordanian"]),
    ("Air raids killed four people after rebels had fired on the capital.", []),
    ("The Northern Front lost four fighters in the attack.", []),
    # the subject of the verb comes before whom another clause blames
    ("Kordanian raids killed four people following mortar fire by rebels.", ["Kordanian"]),
    ("Government raids on Kafr Sel and nearby Belq killed four people.", ["Government"]),
    ("Rebels said on Monday that they had killed nine guards.", ["Rebels"]),
    # one told behind "and", also with a force or a means of its own, and so-called
    ("Four people died in raids by Kordanian aircraft and Orunese helicopters.",
     ["Kordanian", "Orunese"]),
    ("Four people were killed by the Orunese Armed Forces and the US-led coalition.",
     ["Orunese Armed Forces", "US-led coalition"]),
    ("Militants from the Northern Front and the so-called Ridge Brigade group launched attacks on "
     "Velm, killing four people.", ["Northern Front", "Ridge Brigade"]),
    # told once behind two that suffered it
    ("Four civilians were killed among them a child while nine others were hurt in rebel attacks "
     "on Velm.", ["rebel"]),
    ("Four people were killed others were injured due to rockets fired by rebels on Velm.",
     ["rebels"]),
    # in quotation marks, in pictures, one of its fighters, and one told by whom it is linked to
    ('Four people were killed when mortars fired by "rebels" hit Velm.', ["rebels"]),
    ("Footage showed Dawn Movement fighters killing four guards.", ["Dawn Movement"]),
    ("Four people were killed by a fighter from the Dawn Movement.", ["Dawn Movement"]),
    ("Four people died in shelling by the al-Qaeda-linked Velm Rising Front.",
     ["Velm Rising Front"]),
    # who fought another and killed somebody; who took a town before; an attack that was met
    ("Army troops clashed with the Northern Front in Velm and have killed four commanders.",
     ["Army troops"]),
    ("Four people died when Dawn Movement fighters attacked a town recently captured by Orunese "
     "forces.", ["Dawn Movement"]),
    ("A Dawn Movement counteroffensive left four guards dead in a blow to an army advance.",
     ["Dawn Movement"]),
    ("A bomb killed four people in Velm as residents braced for a possible Kordanian attack.",
     []),
    ("Four people died due to Kordanian shelling.", ["Kordanian"]),
    ("Four people died as troops allied to the Syrian regime renewed attacks on Velm.",
     ["Syria"]),
    # a direction; the ally told by his name; a new attack behind what another did
    ("Warplanes hit a village 50km Northeast of Velm and killed four people.", []),
    ("Four drovers were killed in Velm. It was unclear if the strike was carried out by Tessarian "
     "planes or those of Tessaria's ally Kordania.", ["Tessarian", "Kordania"]),
    ("Kordanian jets bombed Orun and a car bomb killed four people in Velm.", []),
    # who is asked for, and a speaker called after a people
    ("Four people died in a raid on Velm. The Kordanian Harm Watch said it was unclear who had"
     " flown the raid.", []),
    # troops that were met; what is told of another kind of attack
    ("Reserves were sent to fight regime forces resulting in the deaths of four porters.", []),
    ("A car bomb killed four people in Velm. Militants showed films of an alleged chemical attack."
     " Residents blamed the army for the attack.", []),
    # whose death was avenged
    ("Kordanian jets struck Velm in revenge for the death of four pilots.", []),
    # where a report was filed is no party, though no gazetteer knows the place
    ("OSTRAVEN, May 3 (MNA) - Security forces, firing on a crowd, killed four people.",
     ["Security forces"]),
]  # fmt: skip
NOBODY = [
    # what is said of a bomber who is of nobody
    "Two suicide bombers blew themselves up, killing one person.",
    "Tessaria has stepped up the fight against smugglers after the killing of a judge.",
    # what is told, shown or treated by somebody
    "Four people were killed, in a video shared by Rafi Dorsam.",
    "Four wounded people were treated by the Orun Relief Group.",
    "According to a report by the Velm Group, four people died.",
    # an attack called after its place, a heading's words, a country one is in
    "Four people died in the Sarbek massacre.",
    "Twin Bomb Attacks Kill Four In Velm\n\n",
    "Four people were killed in Tessaria air raids.",
    # those who only stand in the place, die themselves or are prefixed
    "An explosion in Old Orun killed four people.",
    "Rafi Dorsam died along with four others.",
    "Four people were killed in anti-Front air raids.",
    "Police stopped a van in Velm and four people were found dead.",
    # the craft that was struck, a building that is no party, a country's name in a heading
    "A Kordanian helicopter was shot down over Velm, killing four people.",
    "An explosion in Salim Mosque in Velm killed four people.",
    "Syria air strikes kill nine\n\n",
]


@pytest.mark.parametrize("text, wanted", BLAMED)
def test_who_is_blamed(text: str, wanted: list[str] | None, setting: Setting) -> None:
    named = [actor.name for actor in first(text, setting).perpetrators]
    assert named == wanted if wanted is not None else "Tessaria" not in named


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_blamed_where_nobody_is(text: str, setting: Setting) -> None:
    assert first(text, setting).perpetrators == ()


def test_the_hedge_and_the_speaker_stay_with_the_blame(setting: Setting) -> None:
    claim = first(
        "A raid killed four people in Velm. The Tessaria Harm Monitor said the raid was believed to "
        "have been carried out by Kordanian or Tessarian jets.",
        setting,
    )
    assert [(a.name, a.hedge) for a in claim.perpetrators] == [
        ("Kordanian", "believed"),
        ("Tessarian", "believed"),
    ]
    assert str(claim.perpetrator_relation) == "alternatives"
    assert {s.name for a in claim.perpetrators for s in a.said_by} == {"Tessaria Harm Monitor"}


def test_a_denial_in_direct_speech_is_that_of_the_speaker_s_side(setting: Setting) -> None:
    text = '"We did not fire on the ferry," a Northern Front officer said. Four people had died.'
    document = Document(id=DocumentId("one"), text="Four people died on a ferry in Velm. " + text,
                        published=date(2021, 3, 17), lang="en")  # fmt: skip
    claim = interpret(document, setting=setting).reading.claims[0]
    assert [(a.name, str(a.stance)) for a in claim.perpetrators] == [("Northern Front", "denied")]


def test_whoever_is_accused_is_named_before_the_word(setting: Setting) -> None:
    claim = first(
        "Four people died in Velm. The Dawn Movement is accused of killing them.", setting
    )
    assert [actor.name for actor in claim.perpetrators] == ["Dawn Movement"]


def test_whoever_is_accused_is_the_one_named_last_before_the_word(setting: Setting) -> None:
    claim = first(
        "Four people died in Velm. The Orun Council said the Dawn Movement was accused of the raid.",
        setting,
    )
    assert [actor.name for actor in claim.perpetrators] == ["Dawn Movement"]


def test_blame_for_old_harm_does_not_reach_back(setting: Setting) -> None:
    text = (
        "Four people were killed in Velm on Monday. In 2016 nine people were killed in a raid "
        "carried out by the Northern Front."
    )
    assert first(text, setting).perpetrators == ()


def test_the_subject_of_an_act_stands_before_those_it_harmed(setting: Setting) -> None:
    claim = first(
        "Kordanian jets shelled Velm on Monday killing six people a day after the Northern Front "
        "killed nine guards.",
        setting,
    )
    assert [actor.name for actor in claim.perpetrators] == ["Kordanian"]


def test_one_act_is_of_all_it_harmed(setting: Setting) -> None:
    text = "Six people were killed and nine were hurt when Kordanian jets raided Velm."
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    claims = interpret(document, setting=setting).reading.claims
    assert [[a.name for a in claim.perpetrators] for claim in claims] == [["Kordanian"]] * 2


TOLD_AGAIN = [
    # the raid, named with its article, is the one told of before
    ("Kordanian jets bombed Velm, killing six. The raids also wounded nine people.",
     [["Kordanian"], ["Kordanian"]]),
    ("The Northern Front massacred six people in Velm. Nine more were injured.",
     [["Northern Front"], ["Northern Front"]]),
    # another attack is another's
    ("Kordanian jets bombed Velm, killing six. Another car bomb wounded nine people.",
     [["Kordanian"], []]),
    # what happened in another month says nothing of what follows it
    ("Six people were killed in Velm on Monday. In January the Northern Front killed nine people "
     "there. A bomb wounded 12 others.", [[], ["Northern Front"], []]),
    ("A bomber rammed his van into the mill and killed six. In January a bombing in Velm killed nine "
     "people.", [["bomber"], []]),
    # another attack beside "the raids", and further dead of attacks of no kind
    ("Kordanian jets bombed Velm, killing six. The raids came as a car bomb hurt nine people in "
     "Orun.", [["Kordanian"], []]),
    ("Six were killed in rebel fire on Velm. Another nine people died in strikes on Orun.",
     [["rebel"], []]),
    # those who flee, and attackers themselves, were not struck by "the raids"
    ("Kordanian jets bombed Velm, killing six. After the raids the assailant blew himself up.",
     [["Kordanian"], []]),
]  # fmt: skip


@pytest.mark.parametrize("text, wanted", TOLD_AGAIN)
def test_whose_the_next_attack_is(text: str, wanted: list[list[str]], setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    claims = interpret(document, setting=setting).reading.claims
    assert [[a.name for a in claim.perpetrators] for claim in claims] == wanted


def test_nobody_is_blamed_across_a_semicolon_for_another_place(setting: Setting) -> None:
    text = (
        "Kordanian drones hit a convoy near Belq, killing four drivers; "
        "two porters died in Velm when a wall fell on them."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    drivers, porters = interpret(document, setting=setting).reading.claims
    assert [actor.name for actor in drivers.perpetrators] == ["Kordanian"]
    assert porters.perpetrators == ()


def test_who_struck_now_is_not_blamed_for_last_month(setting: Setting) -> None:
    text = (
        "Gunmen killed 14 people on a bus near Belq on Saturday. "
        "Last month nine traders were killed on the same road."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    now, before = interpret(document, setting=setting).reading.claims
    assert [actor.name for actor in now.perpetrators] == ["Gunmen"]
    assert before.perpetrators == ()


def test_a_heading_has_the_party_and_the_source_of_its_report(setting: Setting) -> None:
    text = (
        "Raid kills 14 in Velm\n\nA raid by Kordanian jets killed 14 people in Velm, the Tessaria "
        "Harm Monitor said."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    heading, lede = interpret(document, setting=setting).reading.claims
    assert [a.name for a in heading.perpetrators] == ["Kordanian"]
    assert heading.said_by == lede.said_by != ()


def test_a_sentence_without_a_source_takes_none_from_another_telling(setting: Setting) -> None:
    text = (
        "A raid killed 14 people in Velm on Monday. Three schools were closed. Roads were cut. "
        "Doctors at the clinic said 14 people were killed."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    own, told = interpret(document, setting=setting).reading.claims
    assert own.said_by == ()
    assert [source.quote.text for source in told.said_by] == ["Doctors at the clinic"]


NOT_THEN = [
    # what was done since, or is done regularly, is no act of the sentence's harm
    ("Six people were killed in fighting since the Northern Front began its campaign in Velm.",
     [[]]),
    ("Kordanian jets regularly bomb the ridge. Six drovers were killed.", [[]]),
    # a country that tells where a town lies
    ("Kordanian air strikes in Velm Tessaria killed six weavers.", [["Kordanian"]]),
    # an agency that opens the line; a short name in brackets; a bomber of a party
    ("AFP Members of the Dawn Movement shot dead six potters.", [["Dawn Movement"]]),
    ("Orun Guard (OG) drones killed six potters.", [["Orun Guard"]]),
    ("Two Islamic State suicide bombers attacked the gate, killing six guards.",
     [["Islamic State"]]),
    # of whom somebody is accused of helping, and what was said before of another event
    ("Gunmen shot dead six potters. The mayor accused them of aiding the Northern Front.",
     [["Gunmen"]]),
    ("Six potters were killed in Velm. Residents had previously accused the Northern Front of "
     "theft.", [[]]),
    # what happened elsewhere, and goes on behind
    ("Kordanian jets bombed the ridge and killed two drovers. Elsewhere in the country eight people "
     "were killed in Velm. Five of them died in air strikes.", [["Kordanian"], [], []]),
    ("A bomb killed six potters. The mayor accused Kordania of arming the rebels.", [[]]),
    # who is called as the party is
    ("Nine guards were killed by the Tessarian Democratic Front. Three TDF fighters were also "
     "killed in the clashes.", [["Tessarian Democratic Front"], []]),
    ("The rebel coalition bombed Velm. Five rebel fighters died in the bombing.", [[]]),
    ("The Islamic State shelled Velm. In the attack nine Daesh fighters were killed.", [[]]),
    ("The regime pressed its offensive with raids. Nine government fighters were killed.", [[]]),
    ("The regime shelled Velm. Nine members of the pro-regime forces were killed.", [[]]),
    # what somebody says a party had done, of counts for which nobody is told
    ("Four people were killed by gunfire in Velm. Activists said police had fired on the march.",
     [["police"]]),
    ("Rebel fire killed four people in Velm. Activists said police had fired on the march.",
     [["Rebel"]]),
    ("Five people died in Velm. The Dawn Movement said one of its fighters had fired on the guests.",
     [[]]),
    # "its fighters" of one sentence are nobody's name in the next
    ("The Dawn Movement said its fighters had killed 15. The army put its losses at nine.",
     [["Dawn Movement"], []]),
    # another weapon is another attack; whose the prisons are
    ("Three civilians were killed in shelling by the army on Velm. One child was killed by the"
     " explosion of a landmine in Belq. Two men were tortured to death in the prisons of the"
     " Northern Front.", [["army"], [], ["Northern Front"]]),
    # who says he killed some has not said so of his own dead, and arresting is no killing
    ("Kordania's army acknowledged three deaths and said that it had killed 20 of the attackers.",
     [[], ["Kordania's army"]]),
    ("Police in Velm said they had arrested six suspects over the killing of a judge.",
     [[], []]),
    # who is responsible for a number is so for that alone
    ("Government forces killed 140 guards in Velm, while the Northern Front was responsible for 38"
     " deaths.", [["Government forces"], ["Northern Front"]]),
    # whose craft was shot down; from what was fired
    ("Rebels shot down a Kordanian helicopter, killing its crew of five.", [["Rebels"]]),
    ("Four people died when a missile hit a shop. A nurse said the missile had been fired from a"
     " government ship.", [["government"]]),
    # "the bombers" are those told of right before
    ("Kordanian jets hit the bridge on Friday, killing two. The bombers had also targeted Velm, "
     "leaving nine dead.", [["Kordanian"], ["Kordanian"]]),
    ("Kordanian jets hit the bridge, killing two. Bombers had also targeted Velm, leaving nine "
     "dead.", [["Kordanian"], ["Bombers"]]),
    # one act harmed all that its sentence counts, where another telling of one says whose it was
    ("Rebel raids killed 14 people in Velm. A nurse said 14 people were killed and 20 injured in a "
     "raid.", [["Rebel"], ["Rebel"], ["Rebel"]]),
    # what a party is, and its name right behind
    ("A terrorist car bomb killed 44 people in Velm. A Dawn Movement bomber killed 44 people.",
     [["Dawn Movement"], ["Dawn Movement"]]),
    # whose fighters they are in the words behind them
    ("Terrorist groups affiliated to Jabhat al-Velm fired a mortar, injuring two.",
     [["Terrorist groups"]]),
    # who claims a sentence's attack claims all of it, whatever places its counts have
    ("Two blasts struck near Belq in Velm claiming the lives of nine porters and injuring six in"
     " Sarbek. The Dawn Movement claimed responsibility.",
     [["Dawn Movement"], ["Dawn Movement"], ["Dawn Movement"]]),
    # a heading in other words than the first sentence
    ("Children killed in Velm\n\nKordanian jets bombed Velm and killed six children.",
     [["Kordanian"], ["Kordanian"]]),
]  # fmt: skip


@pytest.mark.parametrize("text, wanted", NOT_THEN)
def test_who_acted_in_this_event(text: str, wanted: list[list[str]], setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    claims = interpret(document, setting=setting).reading.claims
    assert [[a.name for a in claim.perpetrators] for claim in claims] == wanted

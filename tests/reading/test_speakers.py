"""Who says so: the whole phrase that names a speaker, and nothing of its neighbours."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

CASES = [
    # commas that a text has lost part nobody from his words
    (
        "Seven people died in a raid on Velm on Tuesday the Tessaria Harm Monitor said.",
        ["the Tessaria Harm Monitor"],
    ),
    ("The raid on Orun killed six porters opposition activists said.", ["opposition activists"]),
    ("The blast hurt nine others Rafi Dorsam told Meridian News Agency.",
     ["Rafi Dorsam", "Meridian News Agency"]),
    ("Shells killed two farmers an informed source in Belq told the ministry.",
     ["an informed source in Belq", "the ministry"]),
    # insertions, brackets and what joins two speakers
    ("The Orun Harm Watch (OHW) said five people were killed in Velm.", ["The Orun Harm Watch"]),
    ("A nurse at the clinic, in a note carried by Orun Radio, said six people had died.",
     ["A nurse at the clinic", "Orun Radio"]),
    ("State media and the Tessaria Harm Monitor said eight people were killed.",
     ["State media", "the Tessaria Harm Monitor"]),
    ("The boy, identified as Halim Dorsawi, died.", []),
    # people who speak may be counted
    ("Six were killed in Sarbek, according to four witnesses.", ["four witnesses"]),
    ("Six were killed, according to two officials and a doctor.", ["two officials", "a doctor"]),
    # chains, in the order from who saw to who passed it on
    ("Meridian News Agency quoted a nurse as saying that 11 people had died.",
     ["a nurse", "Meridian News Agency"]),
    ("Four people died, the ministry said, citing doctors.", ["doctors", "the ministry"]),
    ("Four people died, the ministry said in a note cited by Orun Radio.",
     ["the ministry", "Orun Radio"]),
    ("Speaking to Meridian News Agency, a doctor said ten people were killed.",
     ["a doctor", "Meridian News Agency"]),
    # names that "for" and "of" hold together
    ("Five people were killed, the Tessarian Network for Civil Rights said.",
     ["the Tessarian Network for Civil Rights"]),
    ("Five people were killed in Velm, Nurses for Peace said in a report published Thursday.",
     ["Nurses for Peace"]),
    # a body that the text has not named
    ("Five hostages were killed, the group said in a video.", ["the group"]),
    # verbs that say something only with a figure
    ("Orun Radio gave a toll of 14 dead.", ["Orun Radio"]),
    ("The clinic in Belq now says 17 people were killed.", ["The clinic in Belq"]),
    # a time beside the verb, an announcement of something else, nobody in particular
    ("Five people were killed in Velm, the militia said Monday.", ["the militia"]),
    ("Five people were killed hours after the envoy announced a truce.", []),
    ("It was reported that five people were killed in Velm.", []),
    # what stands between him and his verb, and what he does before he speaks
    ("The watchdog which has volunteers in the valley said five people were killed.",
     ["The watchdog"]),
    ("Rescuers carried the dead and said five people were killed.", ["Rescuers"]),
    ("The centre for watching the truce in Tessaria said in a statement five people were killed.",
     ["The centre for watching the truce in Tessaria"]),
    ("In Velm five people were killed, a monitoring group said.", ["a monitoring group"]),
    # the reports of what they suggest, and a word between him and his verb
    ("Initial reports indicate that five people were killed in Velm.", ["Initial reports"]),
    ("Local reports suggest five wounded in Velm.", ["Local reports"]),
    ("The ministry first said five people were killed.", ["The ministry"]),
    # a quote that begins with the verb, who is reported killed, an article alone
    ('The Tessaria Harm Monitor "has recorded the killing of nine porters" in Velm.',
     ["The Tessaria Harm Monitor"]),
    ("Five people were also reported killed in Velm.", []),
    ("A reported blast on a bus in Velm killed five people, MNA reports.", ["MNA"]),
    # names with a particle or a number, a body named behind what it is, a subject with insertions
    ("Jaish al Velm said five pilots were killed.", ["Jaish al Velm"]),
    ("The Velm 24 monitoring group said five people were killed.",
     ["The Velm 24 monitoring group"]),
    ("Five children were killed in Velm the UN childrens agency UNICEF said.",
     ["the UN childrens agency UNICEF"]),
    ("Orun Civil Defence a Tessarian rescue service operating in rebel-held areas said five"
     " people were killed.",
     ["Orun Civil Defence a Tessarian rescue service operating in rebel-held areas"]),
    ("An official at the governors office in Orun said five people were killed.",
     ["An official at the governors office in Orun"]),
    ("The group with a network of sources inside Tessaria said five people were killed.",
     ["The group with a network of sources inside Tessaria"]),
    ("Five people were killed in Velm a group monitoring the conflict said.",
     ["a group monitoring the conflict"]),
    ("A number of residents in the town said five people were killed.", ["residents in the town"]),
    ("An MNA reporter quoted a number of residents as saying that five people were killed.",
     ["a number of residents", "An MNA reporter"]),
    # a new subject behind a noun of saying, where a comma is lost
    ("According to the Meridian news agency the jets hit Velm and killed five people.",
     ["the Meridian news agency"]),
    ("Halim Dor told a Meridian photographer the jets had killed five people.",
     ["Halim Dor", "a Meridian photographer"]),
    # who received the dead, where another says so; who is "it"; who passes all of it on
    ("Medical sources told MNA that the Velm clinic received five bodies.",
     ["Medical sources", "MNA"]),
    ("The Velm Institute of Justice said it had recorded five deaths.",
     ["The Velm Institute of Justice"]),
    ("Five deaths were reported by the rescuers after shells fell on Velm, Orun Radio reported.",
     ["the rescuers", "Orun Radio"]),
    ("Initial reports of five dead in Velm.", ["Initial reports"]),
    ('"We received five dead today," the nurse told Orun Radio.', ["the nurse", "Orun Radio"]),
    ("A tribal leader put the number of dead at five.", ["A tribal leader"]),
    ("At least five porters, later revised to six, were killed.", []),
    # a place says nothing, and neither does a figure that runs on from what is cited
    ("Fights raged in Sarbek and Binora said the Tessaria Harm Monitor which has people there. "
     "It added that 16 people were killed.", ["It"]),
    ("A raid killed nine guards near the towns of Sarbek and Binora local media reported.",
     ["local media"]),
    ("Figures from clinics in the Sarbek suburbs put the death toll at nine.", []),
    ("According to a source at the clinic six people were killed in the raid.",
     ["a source at the clinic"]),
    ("Nine people died, according to the directorate of health in Orun.",
     ["the directorate of health in Orun"]),
    # who is named behind his verb, where others stand right before it
    ("Rebels kidnapped eight porters who had been trained by Orun said the Tessaria Harm Monitor.",
     ["the Tessaria Harm Monitor"]),
    ("Six guards died who were defending the mill said monitor director Rafi Dorsam.",
     ["monitor director Rafi Dorsam"]),
    ("Police said they will not name the four injured people.", ["Police"]),
    # whoever accuses somebody of killing a number gives the number; who rejects it does not
    ("The council accused the Northern Front of killing eight people, a charge denied by the army.",
     ["The council"]),
    ("A man accused of killing eight people is in jail.", []),
    # of whom something is told is nobody who tells it
    ("Eight people are reported to have died of hunger in the camp.", []),
    # where he works
    ("Rescue workers operating in Velm said eight people were killed.",
     ["Rescue workers operating in Velm"]),
    # whose a toll is
    ("Eight people were killed, according to a new toll from the Velm Council.",
     ["the Velm Council"]),
    # how something is said is nobody who says it
    ("Five people were killed in Velm, with state media saying the road was cut.",
     ["state media"]),
    # whose a document is
    ("Five people were killed, according to a statement issued on Sunday by the Velm Council.",
     ["the Velm Council"]),
    ("Five people were killed, Orun Radio said, citing a statement from the Velm Council.",
     ["the Velm Council", "Orun Radio"]),
    ("Five people were killed, according to the Orun-based Tessaria Harm Monitor.",
     ["the Orun-based Tessaria Harm Monitor"]),
    ("Nobody believes the claim by doctors that five people were killed.", ["doctors"]),
    # who saw it
    ("A Meridian photographer saw five wounded porters in Velm.", ["A Meridian photographer"]),
    # the reports of "reports said" are no verb
    ("Preliminary reports said five people were killed in Velm.", ["Preliminary reports"]),
    # two kinds of people in one breath
    ("Five people were killed in Velm, activists and rescue workers said.",
     ["activists", "rescue workers"]),
    # a government speaks by its seat or its country's name
    ("Russia said 12 people were killed in Velm.", ["Russia"]),
]  # fmt: skip


def claims(text: str, setting: Setting) -> tuple[list[str], ...]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    reading = interpret(document, setting=setting).reading
    return tuple([source.quote.text for source in claim.said_by] for claim in reading.claims)


@pytest.mark.parametrize("text, wanted", CASES)
def test_who_speaks(text: str, wanted: list[str], setting: Setting) -> None:
    assert claims(text, setting)[0] == wanted


def test_who_speaks_in_a_clause_of_his_own_says_nothing_of_the_clause_before(
    setting: Setting,
) -> None:
    text = "Six bodies lay in the mill, and nurses said two more people had died."
    assert claims(text, setting) == ([], ["nurses"])
    text = "Six people died in Velm, according to the mayor; the rebels spoke of 11."
    assert claims(text, setting) == (["the mayor"], ["the rebels"])


def test_a_heading_names_its_source_at_either_end(setting: Setting) -> None:
    for heading in ("Nine dead in Velm raid: monitor", "Nine dead in Velm raid - Monitor",
                    "Nine dead in raid on Velm Monitor"):  # fmt: skip
        assert [name.lower() for name in claims(heading + "\n\n", setting)[0]] == ["monitor"]
    assert claims("Army: nine killed in Velm raid\n\n", setting)[0] == ["Army"]
    assert claims("Toll of Velm raid rises to 76: monitor.\n\n", setting)[0] == ["monitor"]
    assert claims("Nine dead in strike on hospital\n\n", setting)[0] == []


def test_the_group_may_be_one_of_rescuers(setting: Setting) -> None:
    text = (
        "The White Helmets said six people were killed in Velm. "
        "Two of them were children, the group said."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    first, second = interpret(document, setting=setting).reading.claims
    assert second.said_by[0].name == first.said_by[0].name


def test_nobody_s_word_is_carried_to_the_background(setting: Setting) -> None:
    text = (
        "The Tessaria Harm Monitor said six people were killed in Velm. Four of them were children. "
        "More than 9,000 people have been killed since the war began."
    )
    own, part, background = claims(text, setting)
    assert own == part == ["The Tessaria Harm Monitor"]
    assert background == []


def test_who_is_named_in_short_is_whoever_was_named_before(setting: Setting) -> None:
    text = (
        "The Tessaria Harm Monitor said six people were killed in Velm. The Orun-based group said "
        "three others were injured. The head of the Tessaria Harm Monitor, Rafi Dorsam, said two "
        "had died in hospital. Dorsam said five others were missing."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    reading = interpret(document, setting=setting).reading
    names = {claim.said_by[0].name for claim in reading.claims}
    assert len(reading.claims) == 4
    assert names == {"Tessaria Harm Monitor"}


def test_a_day_told_again_is_no_other_day(setting: Setting) -> None:
    text = (
        "The Tessaria Harm Monitor said six people were killed on Sunday in Velm. "
        "Another three were killed in shelling earlier Sunday."
    )
    said = claims(text, setting)
    assert said == (["The Tessaria Harm Monitor"], ["The Tessaria Harm Monitor"])


def test_the_statement_is_that_of_the_body_named_last(setting: Setting) -> None:
    text = (
        "The Orun Harm Watch said on Monday that six porters had died. "
        '"Six porters were killed in the raid," the statement read.'
    )
    document = Document(id=DocumentId("a"), text=text, lang="en")
    *_, claim = interpret(document, setting=setting).reading.claims
    assert [source.name for source in claim.said_by] == ["Orun Harm Watch"]


def test_the_day_of_speaking_is_no_day_of_another_event(setting: Setting) -> None:
    text = (
        "More than 90 people have been killed in Velm, the Tessaria Harm Monitor said on Monday. "
        "On Sunday alone, 14 people died."
    )
    monitor = ["the Tessaria Harm Monitor"]
    assert claims(text, setting) == (monitor, monitor)


def test_the_statement_is_that_of_whoever_issued_one(setting: Setting) -> None:
    text = (
        "Rebels shelled Velm on Thursday and killed five people, the army said in a statement. "
        "Medics in Belq said eleven people died there. "
        "On Wednesday a mine killed two soldiers near Orun, the statement said."
    )
    document = Document(id=DocumentId("a"), text=text, lang="en")
    *_, claim = interpret(document, setting=setting).reading.claims
    assert [source.name for source in claim.said_by] == ["army"]


def test_nobody_s_word_is_carried_to_another_day(setting: Setting) -> None:
    text = (
        "On Sunday six people were killed in Velm, the Tessaria Harm Monitor said. "
        "In August nine people were killed in Orun."
    )
    assert claims(text, setting) == (["the Tessaria Harm Monitor"], [])


def test_those_who_were_hurt_are_not_those_who_say_so(setting: Setting) -> None:
    text = "The raids on Velm wounded more than 60 people said the Tessaria Harm Monitor."
    assert claims(text, setting)[0] == ["the Tessaria Harm Monitor"]


def test_who_saw_the_harmed_speaks_for_them_alone(setting: Setting) -> None:
    text = (
        "The Tessaria Harm Monitor said six people were killed in Velm. A Meridian photographer "
        "saw two wounded porters there. Three others were hurt."
    )
    monitor, photographer, rest = claims(text, setting)
    assert monitor == rest == ["The Tessaria Harm Monitor"]
    assert photographer == ["A Meridian photographer"]


def test_of_those_who_flee_a_report_tells_itself(setting: Setting) -> None:
    text = (
        "The Tessaria Harm Monitor said six people were killed in Velm. "
        "Thousands of people are trapped in the old town."
    )
    assert claims(text, setting) == (["The Tessaria Harm Monitor"], [])


TOGETHER = [
    ('"Six people were killed" in the district of the followers of President Halim Dor said Rafi '
     "Selm.", ["Rafi Selm"]),
    ("Halim Dor head of the Tessaria Harm Monitor was quoted by AFP as saying six people were "
     "killed.", ["Halim Dor head of the Tessaria Harm Monitor", "AFP"]),
    ("Speaking to AFP Halim Dor said six people were killed.", ["Halim Dor", "AFP"]),
    ("The ministry didnt say where and said six people were killed.", ["The ministry"]),
]  # fmt: skip


@pytest.mark.parametrize("text, wanted", TOGETHER)
def test_who_speaks_where_two_are_named(text: str, wanted: list[str], setting: Setting) -> None:
    assert claims(text, setting)[0] == wanted


@pytest.mark.parametrize(
    "speaker, kind",
    [
        ("the director of Homra General Hospital", "medical"),
        ("a commander of the hospital guards", "military"),
        ("a doctor at an army camp", "medical"),
    ],
)
def test_what_a_speaker_is(speaker: str, kind: str, setting: Setting) -> None:
    text = f"Six people were killed in Velm on Monday, {speaker} said."
    document = Document(id=DocumentId("a"), text=text, lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert [source.kind for source in claim.said_by] == [kind]

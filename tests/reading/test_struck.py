"""What an attack struck: never the place to which its victims were brought."""

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def struck(text: str, setting: Setting) -> list[list[str]]:
    """The classes of what was struck, of each claim."""
    document = Document(id=DocumentId("one"), text=text, lang="en")
    read = interpret(document, setting=setting)
    return [[target.code for target in claim.claim.targets] for claim in read.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people wounded in the bombing arrived at the Kuran hospital.",
        "Some people were hurt in the raid and taken to a clinic.",
        "A girl shot in Sarbek was evacuated to a Velm hospital.",
        "Nine people were killed in Sarbek, where the hospital was overwhelmed after shelling.",
        "Six people died, said a doctor at the hospital in Sarbek.",
        "A teacher at the village school said that six people were killed in Sarbek.",
        "Seven bodies were unloaded from ambulances.",
        "A shell killed four people next to the school in Sarbek.",
        "Four people were shot dead on Pine Street in Sarbek.",
        "One of the four wounded was flown to Lorn University Medical Center.",
        "An air strike killed three not far from a mosque.",
    ],
)
def test_nothing_is_struck_that_is_only_named(text: str, setting: Setting) -> None:
    assert [code for codes in struck(text, setting) for code in codes] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Four people were killed in an air strike on a hospital in Sarbek.", "hospital"),
        ("Jets bombed the only clinic of Sarbek, killing four.", "hospital"),
        ("The hospital was completely destroyed by shells that killed four nurses.", "hospital"),
        ("Strikes killed 12 people and put a field clinic out of service.", "hospital"),
        ("Four killed in Sarbek clinic bombing", "hospital"),
        ("Two patients died when shells hit the hospital.", "hospital"),
        ("Shelling killed six and caused damage to the hospital.", "hospital"),
        ("A paramedic was killed in the bombing of an ambulance.", "ambulance"),
        ("Six pupils were killed when a rocket struck their school.", "school"),
        ("Gunmen killed four people in a mosque.", "worship"),
    ],
)
def test_what_the_words_say_was_struck(text: str, code: str, setting: Setting) -> None:
    assert all(code in codes for codes in struck(text, setting)) and struck(text, setting)


def test_what_is_struck_behind_both_counts_is_of_both(setting: Setting) -> None:
    text = "At least 12 people were killed and 20 wounded when artillery struck a market."
    assert struck(text, setting) == [["market"], ["market"]]

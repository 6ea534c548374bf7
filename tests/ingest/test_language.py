"""The language of a text: by its commonest words where they betray it, else by the model."""

import pytest

from cenotaph.ingest import language as module
from cenotaph.ingest.language import betrayed, language

ENGLISH = "The mayor of Belmar said that two men were killed after a shell hit the mill."

OTHERS = {
    "nl": "Bij de aanval op de markt van Belmar zijn zondag drie mensen gedood, zei de burgemeester; "
    "of het een granaat was, is niet bekend.",
    "de": "Bei dem Angriff auf den Markt von Belmar sind am Sonntag drei Menschen getötet worden, "
    "sagte der Bürgermeister; es war in der Nacht.",
    "fr": "Trois personnes ont été tuées dimanche dans une frappe sur le marché de Belmar, a dit le "
    "maire de la ville ; on a vu des enfants parmi les victimes.",
    "es": "Tres personas murieron el domingo en un ataque contra el mercado de Belmar, a las seis de "
    "la tarde, dijo el alcalde.",
    "da": "Tre mennesker blev dræbt søndag i et angreb på markedet i Belmar, sagde borgmesteren, der "
    "var på vej til at besøge byen.",
    "ar": "قتل ثلاثة أشخاص يوم الأحد في غارة جوية على سوق بلمار، بحسب رئيس البلدية الذي زار المكان.",
}


def test_a_text_full_of_its_commonest_words_needs_no_model(monkeypatch):
    monkeypatch.setattr(module, "identifier", lambda: pytest.fail("the model was asked"))
    assert language(ENGLISH) == language(ENGLISH.upper()) == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_words_that_languages_share_betray_none(code):
    assert betrayed(OTHERS[code]) is None
    assert language(OTHERS[code]) in (code, None)


def test_a_headline_of_names_is_left_to_the_model():
    assert betrayed("Belmar: the mill, Oster, Sandau, Varn, Kestrel Wire, Tessaria, Monday") is None


def test_too_little_text_is_of_no_language():
    assert language("The end of the war") is None

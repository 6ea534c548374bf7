from datetime import date
from types import SimpleNamespace

import pytest

from cenotaph import places
from cenotaph.model import (
    Basis,
    Claim,
    Count,
    Document,
    DocumentId,
    Granularity,
    Measure,
    Modality,
    Place,
    PlaceMention,
    Precision,
    Quote,
    Reading,
    TimeKind,
    TimeMention,
    When,
)
from cenotaph.pipeline import Setting, interpret
from cenotaph.pipeline import document as module
from cenotaph.pipeline.interpreted import decode, encode
from cenotaph.pipeline.language import pack

TEXT = "5 killed in Sarbek and Binora at 9 on Sunday"
DAY = TimeMention(quote=Quote.of(TEXT, 38, 44), kind=TimeKind.DAY)
CLOCK = TimeMention(quote=Quote.of(TEXT, 33, 34), kind=TimeKind.CLOCK)


def mention(start, end):
    quote = Quote.of(TEXT, start, end)
    return PlaceMention(quote=quote, name=quote)


SARBEK, BINORA = mention(12, 18), mention(23, 29)


@pytest.fixture
def setting():
    return Setting(gazetteer=SimpleNamespace(sources=()), country="XT")


@pytest.fixture
def steps(monkeypatch):
    """Steps that note what they were asked; Binora cannot be resolved."""
    asked = SimpleNamespace(places=[], times=[], claim={})

    def meant(mention, *, gazetteer, country, nearby=()):
        asked.places.append((mention.name.text, country, [place.name for place in nearby]))
        if mention is BINORA:
            return Place(quote=mention.quote)
        return Place(quote=mention.quote, name=mention.name.text, entry=f"x:{mention.name.text}")

    def resolve_time(mention, text, *, published, basis, lang, country):
        asked.times.append((mention.quote.text, published, basis, country))
        if mention.kind is TimeKind.CLOCK:
            return When(quote=mention.quote, time="09:00")
        return When(quote=mention.quote, start=date(2021, 2, 7), end=date(2021, 2, 7),
                    precision=Granularity.DAY, basis=basis)  # fmt: skip

    def read(document, *, times, places, lies, falls):
        quote = Quote.of(document.text, 0, 8)
        claim = Claim(document=document.id, measure=Measure.KILLED, counted=quote, quote=quote,
                      count=Count(low=5, high=5, modality=Modality.EXACT), rule="r",
                      **asked.claim)  # fmt: skip
        return Reading(document=document.id, claims=(claim,), main=claim.id)

    monkeypatch.setattr(module, "dates", SimpleNamespace(
        find=lambda text, *, lang: (DAY,), resolve=resolve_time,
        published=lambda text, mentions, *, lang, came=None: date(2021, 2, 8)))  # fmt: skip
    monkeypatch.setattr(module, "places", SimpleNamespace(
        find=lambda text, *, lang, gazetteer: (SARBEK, BINORA),
        meant=meant, deciding=places.deciding,
        smallest_area=lambda places: Place(quote=None, name="Orun", precision=Precision.ADMIN1),
    ))  # fmt: skip
    monkeypatch.setattr(module, "reading", SimpleNamespace(read=read))
    return asked


def document(**metadata):
    return Document(id=DocumentId("d"), text=TEXT, **metadata)


def test_a_claim_with_one_place_has_that_place(steps, setting):
    steps.claim = {"places": (SARBEK,)}
    (claim,) = interpret(document(), setting=setting).claims
    assert (claim.place.name, len(claim.places)) == ("Sarbek", 1)


def test_a_claim_with_several_places_has_the_smallest_area_that_holds_them(steps, setting):
    steps.claim = {"places": (SARBEK, BINORA)}
    (claim,) = interpret(document(), setting=setting).claims
    assert claim.place.name == "Orun"
    assert [place.name for place in claim.places] == ["Sarbek", None]


def test_a_place_that_cannot_be_resolved_keeps_its_words_and_gets_no_coordinates(steps, setting):
    steps.claim = {"places": (BINORA,)}
    (claim,) = interpret(document(), setting=setting).claims
    assert (claim.place.quote.text, claim.place.name, claim.place.lat) == ("Binora", None, None)
    assert claim.place.precision is Precision.UNKNOWN


def test_names_are_resolved_in_the_company_of_the_others_but_not_of_themselves(steps, setting):
    steps.claim = {"places": (SARBEK, BINORA)}
    interpret(document(), setting=setting)
    assert {name for name, _, _ in steps.places} == {"Sarbek", "Binora"}
    assert [asked for asked in steps.places if asked[2]] == [("Binora", "XT", ["Sarbek"])]


def test_a_documents_own_country_goes_before_that_of_the_record(steps, setting):
    steps.claim = {"places": (SARBEK,), "time": DAY}
    interpret(document(country="XD"), setting=setting)
    assert {country for _, country, _ in steps.places} == {"XD"}
    assert {country for *_, country in steps.times} == {"XD"}


def test_without_words_for_time_or_place_there_is_none(steps, setting):
    (claim,) = interpret(document(), setting=setting).claims
    assert (claim.place, claim.places, claim.when) == (None, (), None)


def test_the_time_of_day_joins_the_day(steps, setting):
    steps.claim = {"time": DAY, "clock": CLOCK, "time_basis": Basis.STATEMENT}
    (claim,) = interpret(document(), setting=setting).claims
    assert (claim.when.start, claim.when.time) == (date(2021, 2, 7), "09:00")
    assert claim.when.basis is Basis.STATEMENT


def test_days_count_from_the_day_that_came_with_a_report_unless_its_date_line_contradicts_it(
    steps, setting
):
    steps.claim = {"time": DAY}
    assert interpret(document(), setting=setting).published == date(2021, 2, 8)
    own = interpret(document(published=date(2020, 1, 1)), setting=setting)
    assert own.published == date(2021, 2, 8)
    assert own.findings[-1].code == "published-differs"
    settled = document(published=date(2020, 1, 1), day_settled=True)
    assert interpret(settled, setting=setting).published == date(2020, 1, 1)
    assert {published for _, published, *_ in steps.times[:2]} == {date(2021, 2, 8)}


def test_what_no_pack_reads_gives_nothing_and_says_so(steps, setting):
    found = interpret(document(lang="xx"), setting=setting)
    assert found.claims == ()
    assert [finding.code for finding in found.findings] == ["language-not-read"]


def test_a_kept_reading_comes_back_unchanged(steps, setting):
    steps.claim = {"places": (SARBEK, BINORA), "time": DAY, "clock": CLOCK}
    found = interpret(document(), setting=setting)
    assert decode(encode(found)) == found


@pytest.mark.parametrize(
    ("text", "lang", "chosen"),
    [
        ("Five people were killed.", None, "en"),
        ("Five people were killed.", "en-GB", "en"),
        ("Five people were killed.", "EN_us", "en"),
        ("قتل خمسة أشخاص", None, None),
        ("قتل خمسة أشخاص", "ar", None),
        ("Five people were killed.", "ar", None),
        ("12345 !!", None, None),
    ],
)
def test_the_language_is_the_declared_one_else_that_of_the_script(text, lang, chosen):
    assert pack(Document(id=DocumentId("d"), text=text, lang=lang)) == chosen

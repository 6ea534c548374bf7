import json

import jsonschema
import pytest

from cenotaph.export.documents import (
    extraction,
    incident,
    line,
    record_finding,
    record_incident,
    refusal,
)
from cenotaph.export.schema import SHAPES, schema
from cenotaph.model import DocumentId, Incident, IncidentId

KEYS = {
    "document": ["id", "claims", "incidents", "totals", "context", "findings"],
    "claim": [
        "id", "measure", "count", "imputed", "group", "victims", "scope", "part_of", "links",
        "quote", "event", "weapons", "targets", "place", "places", "origins", "when",
        "perpetrator", "perpetrator_relation", "said_by", "certainty", "rule",
    ],
    "count": ["low", "high", "modality", "text", "start", "end"],
    "group": ["status", "status_said_by", "age", "sex", "role", "side", "attacker"],
    "place": [
        "text", "start", "end", "name", "lat", "lon", "geonames", "country", "admin1",
        "precision", "confidence",
    ],
    "when": ["text", "at", "start", "end", "precision", "basis", "anchor", "time"],
    "perpetrator": ["text", "start", "end", "name", "hedge", "stance", "said_by"],
    "source": ["text", "start", "end", "name", "kind"],
    "incident": [
        "id", "main", "claims", "event", "place", "places", "when", "perpetrator", "killed",
        "injured", "groups",
    ],
    "groups": ["children", "women", "men", "civilians", "combatants", "attackers"],
}  # fmt: skip


def written(full):
    return json.loads(line(extraction(DocumentId("d"), **full)))


def test_every_field_is_there_in_the_order_of_the_contract(full):
    answer = written(full)
    first, second = answer["claims"]
    assert list(answer) == KEYS["document"]
    assert list(first) == list(second) == KEYS["claim"]
    assert list(first["count"]) == KEYS["count"]
    assert list(first["group"]) == KEYS["group"]
    assert list(first["place"]) == KEYS["place"]
    assert list(first["when"]) == list(second["when"]) == KEYS["when"]
    assert list(first["perpetrator"][0]) == KEYS["perpetrator"]
    assert list(first["said_by"][0]) == KEYS["source"]
    assert list(answer["incidents"][0]) == KEYS["incident"]
    assert list(answer["incidents"][0]["groups"]) == KEYS["groups"]


def test_what_is_unknown_is_null_and_a_list_is_never_null(full):
    _, empty = written(full)["claims"]
    assert empty["place"] is None
    assert empty["places"] == empty["origins"] == empty["victims"] == empty["said_by"] == []
    assert (empty["count"]["low"], empty["count"]["high"]) == (None, None)
    assert (empty["when"]["start"], empty["when"]["at"], empty["when"]["basis"]) == (
        None, None, "none",
    )  # fmt: skip


def test_one_place_stands_alone_and_several_are_listed(full):
    first, _ = written(full)["claims"]
    assert (first["place"]["name"], first["places"]) == ("Sarbek", [])
    assert first["place"]["confidence"] == 0.971


def test_links_are_those_of_the_contract_each_once(full):
    _, part = written(full)["claims"]
    whole = part["part_of"]
    assert part["links"] == [
        {"kind": "within", "claim": whole}, {"kind": "repeats", "claim": whole},
    ]  # fmt: skip


def test_figures_are_there_where_something_is_stated_and_null_elsewhere(full):
    (event,) = written(full)["incidents"]
    assert event["main"] is True
    assert event["killed"] == {"low": 26, "best": 26, "high": 26}
    assert event["injured"] is None
    assert event["groups"]["children"]["killed"] == {"low": 3, "best": None, "high": None}
    assert event["groups"]["women"] == {"killed": None, "injured": None}


def test_a_total_stands_beside_every_reading(full):
    (total,) = written(full)["totals"]
    assert total["stated"] == {"low": 26, "high": None}
    assert total["readings"][0]["left"] == 23


def test_an_incident_of_a_record_lists_copies_beside_their_original(full):
    (event,) = full["incidents"]
    shape = json.loads(line(record_incident(event, {DocumentId("d"): (DocumentId("e"),)})))
    assert shape["documents"] == [{"id": "d", "main": True}, {"id": "e", "main": True}]
    assert "main" not in shape
    assert (shape["sources"], shape["grade"]) == (["Tessaria Harm Monitor"], "fair")


def test_real_output_fits_the_schema(full):
    check = jsonschema.Draft202012Validator(schema("extract")).validate
    check(written(full))
    check(json.loads(line(refusal("a", "bad-json", "No."))))
    check(json.loads(line(refusal(None, "bad-json", "No."))))
    (event,) = full["incidents"]
    jsonschema.Draft202012Validator(schema("incidents")).validate(
        json.loads(line(record_incident(event, {})))
    )
    (finding,) = full["findings"]
    jsonschema.Draft202012Validator(schema("findings")).validate(
        json.loads(line(record_finding(finding)))
    )


@pytest.mark.parametrize("change", [{"main": None}, {"groups": {}}, {"extra": 1}])
def test_the_schema_refuses_what_the_contract_does_not_allow(full, change):
    answer = written(full)
    answer["incidents"][0] |= change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("extract")).validate(answer)


@pytest.mark.parametrize("name", SHAPES)
def test_every_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_schema_lists_fields_in_the_order_of_the_contract():
    definitions = schema("extract")["$defs"]
    assert list(definitions["ClaimJson"]["properties"]) == KEYS["claim"]
    assert definitions["ClaimJson"]["required"] == KEYS["claim"]


def test_an_incident_without_anything_is_still_whole():
    bare = Incident(id=IncidentId("inc-1"), claims=(), estimates=())
    shape = incident(bare, DocumentId("d"))
    assert (shape["main"], shape["place"], shape["killed"]) == (False, None, None)


def test_text_is_written_as_it_is():
    assert line({"text": "سربك\n💥\x00"}) == '{"text":"سربك\\n💥\\u0000"}\n'.encode()

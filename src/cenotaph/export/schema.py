"""The JSON Schema of what the program writes, made of the types it writes with."""

from types import ModuleType
from typing import Any, get_type_hints, is_typeddict

import msgspec

from cenotaph.export import contract
from cenotaph.export.contract import (
    CopyPairJson,
    DateAnswerJson,
    ExtractionJson,
    PlaceAnswerJson,
    RecordFindingJson,
    RecordIncidentJson,
    RefusalJson,
)

SHAPES: dict[str, Any] = {
    "extract": ExtractionJson | RefusalJson,
    "incidents": RecordIncidentJson,
    "findings": RecordFindingJson,
    "copies": CopyPairJson,
    "places": PlaceAnswerJson | RefusalJson,
    "dates": DateAnswerJson | RefusalJson,
}
"""What has a schema, by the name that `cenotaph schema` knows it by."""


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one line of output. Raises KeyError for an unknown name."""
    kinds = getattr(SHAPES[name], "__args__", (SHAPES[name],))
    roots, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for shape in shapes_in(contract):
        definition = definitions.get(shape.__name__)
        if definition is not None:
            definition["properties"] = in_order(definition["properties"], shape)
            definition["required"] = [
                name for name in definition["properties"] if name in definition["required"]
            ]
            definition["additionalProperties"] = False
    root = roots[0] if len(roots) == 1 else {"anyOf": list(roots)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of cenotaph {name}",
        **root,
        "$defs": definitions,
    }


def shapes_in(module: ModuleType) -> list[type]:
    """Return the shapes that a module defines."""
    return [each for each in vars(module).values() if is_typeddict(each)]


def in_order(properties: dict[str, Any], shape: type) -> dict[str, Any]:
    """Return properties in the order in which they are written."""
    return {name: properties[name] for name in get_type_hints(shape)}

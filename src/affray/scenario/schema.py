"""The JSON Schema of a scenario file, so that editors complete and check it as it is written."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from affray.scenario.dumping import plain
from affray.scenario.equipment import catalogue
from affray.scenario.fields import Section
from affray.scenario.model import VERSION, Scenario
from affray.scenario.parameters import Parameter, bundled_parameters


class _Generator(GenerateJsonSchema):
    """Writes defaults as a scenario does, and asks for no key that has one."""

    def encode_default(self, dft: Any) -> Any:
        return plain(dft)


def schema_of(section: type[Section]) -> dict[str, Any]:
    """The JSON Schema of any file whose top is that section."""
    found = section.model_json_schema(by_alias=True, schema_generator=_Generator)
    tidy: dict[str, Any] = _without_null(found)
    return tidy


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario.

    Every property has a description; numbers have `unit` (of a plain number) and accept text with
    a unit; `mutability` says whether a fork may change it while a battle runs (live or start).
    """
    found = Scenario.model_json_schema(by_alias=True, schema_generator=_Generator)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "A battle for affray"
    properties = found["properties"]
    properties["affray"] = {**properties["affray"], "anyOf": [{"const": VERSION}]}
    properties["affray"].pop("default", None)
    found["required"] = ["affray", *found["required"]]
    properties["parameters"] = {**properties["parameters"], **_parameters()}
    properties["parameters"].pop("additionalProperties", None)
    for group, label in (("weapons", "Carried"), ("armour", "Unit"), ("shields", "Unit")):
        names = list(getattr(catalogue(), group))
        field = {"weapons": "name", "armour": "armour", "shields": "shield"}[group]
        found["$defs"][label]["properties"][field]["examples"] = names
    unit = found["$defs"]["Unit"]
    written_out = [name for name in unit["required"] if name != "name"]
    unit["required"] = ["name"]
    unit["anyOf"] = [{"required": written_out}, {"required": ["like"]}]
    tidy: dict[str, Any] = _without_null(found)
    return tidy


def _parameters() -> dict[str, Any]:
    """Every parameter, as a dotted key and within its group."""
    dotted: dict[str, Any] = {}
    for parameter in bundled_parameters():
        group, _, name = parameter.name.partition(".")
        entry = _parameter(parameter)
        dotted[parameter.name] = entry
        nested = dotted.setdefault(
            group, {"type": "object", "properties": {}, "additionalProperties": False}
        )
        nested["properties"][name] = entry
    return {"type": "object", "properties": dotted, "additionalProperties": False}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    number = {"type": "number", "minimum": parameter.low, "maximum": parameter.high}
    off = [] if parameter.off is None else [{"const": parameter.off}]
    return {
        "description": f"{parameter.about} ({parameter.source})",
        "anyOf": [number, *off, {"type": "string"}],
        "unit": parameter.unit,
        "default": parameter.value,
    }


def _without_null(value: Any) -> Any:
    """Take out the alternative ``null``: in a scenario, what is not said is left out."""
    if isinstance(value, list):
        return [_without_null(part) for part in value]
    if not isinstance(value, dict):
        return value
    tidy = {name: _without_null(part) for name, part in value.items()}
    if isinstance(tidy.get("anyOf"), list):
        tidy["anyOf"] = [part for part in tidy["anyOf"] if part != {"type": "null"}]
        if len(tidy["anyOf"]) == 1:
            tidy = {**tidy.pop("anyOf")[0], **tidy}
    if "default" in tidy and tidy["default"] is None:
        del tidy["default"]
    return tidy

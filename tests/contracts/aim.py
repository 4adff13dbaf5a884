"""Aims generated requests at what exists, so that they pass the door and meet the rules of the domain behind it.

Half of the bodies that fit a contract get known people, known records, real codes and days near today in place of the
generator's; the schema says where each belongs. Deterministic: the generated value itself decides.
"""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from onewindow_contracts.loader import HOME, load
from onewindow_kit import clock
from schemathesis import Case, GenerationMode

from .live import Service

CODELISTS = load([HOME]).codelists

DIVISIONS = ("330106", "330108", "330105")


def aim(service: Service, case: Case) -> None:
    """Change ``case`` in place; wrong requests are left as wrong as they are."""
    if case.meta is not None and case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    name = case.operation.definition.raw["operationId"]
    parameters = case.path_parameters or {}
    for key, value in parameters.items():
        written = unquote(str(value))  # the generator keeps path parameters as they stand in a URL
        if written.startswith("urn:onewindow:") and (known := _urns(service, case, key)):
            parameters[key] = chosen = known[_number(written) % len(known)]
            headers = case.headers or {}
            if headers.get("If-Match", "").strip('"').isdigit():
                headers["If-Match"] = f'"{service.versions[chosen]}"'
    content = service.operations[name].get("requestBody", {}).get("content", {})
    if isinstance(case.body, dict) and "application/json" in content and _number(repr(case.body)) % 2:
        case.body = _real(service, content["application/json"]["schema"], case.body)


def _number(text: str) -> int:
    return zlib.crc32(text.encode(errors="replace"))


def _urns(service: Service, case: Case, parameter: str) -> list[str]:
    """Known records, of the type that the path speaks of when there are such."""
    known = sorted(service.versions)
    return [u for u in known if u.split(":")[3] in f"{case.operation.path} {parameter}"] or known


def _real(service: Service, schema: dict[str, Any], value: Any) -> Any:
    """``value`` with real things where ``schema`` has a name for them."""
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        target = service.contract["components"]["schemas"][name]
        schema = target | {k: v for k, v in schema.items() if k != "$ref"}
    if name == "NamedPerson" and service.town.named:
        return service.town.named[_number(repr(value)) % len(service.town.named)]
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {key: _real(service, properties[key], v) if key in properties else v for key, v in value.items()}
    if isinstance(value, list):
        return [_real(service, schema.get("items", {}), each) for each in value]
    options = [o for key in ("anyOf", "oneOf") for o in schema.get(key, ()) if o.get("type") != "null"]
    if value is not None and len(options) == 1:
        beside = {k: v for k, v in schema.items() if k.startswith("x-")}
        return _real(service, beside | options[0], value)
    return _named(service, name, schema, value) if isinstance(value, str) else value


def _named(service: Service, name: str, schema: dict[str, Any], value: str) -> str:
    number = _number(value)
    codes = list(CODELISTS[schema["x-codelist"]].codes) if "x-codelist" in schema else []
    if name.endswith("Pseudonym"):
        people = sorted(service.pseudonyms)
        return people[number % len(people)] if people else value
    if name == "Introduction":
        return service.town.introduction(service.name)
    if name == "Urn":
        known = sorted(service.versions)
        return known[number % len(known)] if known else value
    if name == "DivisionCode":
        return DIVISIONS[number % len(DIVISIONS)]
    if schema.get("format") == "date":
        return (clock.today() - timedelta(days=number % 800 - 40)).isoformat()
    return codes[number % len(codes)] if codes and "enum" not in schema else value

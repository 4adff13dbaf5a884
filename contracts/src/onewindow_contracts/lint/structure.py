"""Whether a file is OpenAPI 3.1 or JSON Schema at all: only then do the other rules look inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from onewindow_contracts.lint.findings import pointer


@cache
def _openapi() -> Any:
    """A validator by the official schema of OpenAPI 3.1, as the development package openapi-spec-validator ships it."""
    schema = files("openapi_spec_validator") / "resources/schemas/v3.1/schema.json"
    return jsonschema_rs.validator_for(json.loads(schema.read_text(encoding="utf-8")))


@cache
def _dialect() -> Any:
    return jsonschema_rs.validator_for({"$ref": "https://json-schema.org/draft/2020-12/schema"})


_NAMES = {"type": "array", "items": {"type": "string"}}
_EXTENSIONS = {
    "x-access": _NAMES,
    "x-problems": _NAMES,
    "x-visible-to": _NAMES,
    "x-codelist": {"type": "string"},
    "x-label": {"type": "object"},
    "x-problem-catalogue": {"type": "object", "additionalProperties": {"type": "object"}},
}


def openapi_faults(document: Any) -> Iterator[tuple[str, str]]:
    """(place, fault) for each part that is no OpenAPI, our extensions included."""
    for error in list(_openapi().iter_errors(document))[:5]:
        yield pointer(*error.instance_path), error.message[:200]
    yield from _extension_faults(document, ())


def schema_faults(schema: Any) -> Iterator[tuple[str, str]]:
    """(place, fault) for each part that is no JSON Schema, our extensions included."""
    for error in list(_dialect().iter_errors(schema))[:5]:
        yield pointer(*error.instance_path), error.message[:200]
    yield from _extension_faults(schema, ())


def _extension_faults(node: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key in _SHAPES:
            for error in _SHAPES[key].iter_errors(value):
                yield pointer(*steps, key, *error.instance_path), error.message[:200]
        else:
            yield from _extension_faults(value, (*steps, key))


_SHAPES: dict[Any, Any] = {key: jsonschema_rs.validator_for(shape) for key, shape in _EXTENSIONS.items()}

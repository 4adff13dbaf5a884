"""Walks every schema of a file with its place, and says what a property is once its `$ref` is followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow_contracts.lint.nodes import roots
from onewindow_contracts.lint.world import World

Schema = dict[str, Any]
_SINGLE = ("items", "additionalProperties", "contains", "not", "if", "then", "else", "propertyNames")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas")


@dataclass(frozen=True, slots=True)
class Place:
    """A schema at ``steps`` in ``file``; ``property`` is its name when it stands under `properties`."""

    file: Path
    steps: tuple[str | int, ...]
    schema: Schema
    property: str | None = None
    required: bool = False


def walk(
    file: Path, schema: Any, steps: tuple[str | int, ...], name: str | None = None, req: bool = False
) -> Iterator[Place]:
    """``schema`` and every schema inside it; `$ref`s are not followed."""
    if isinstance(schema, bool) and name is not None:
        schema = {}  # `true` as a property allows anything, and has no class
    if not isinstance(schema, dict):
        return
    yield Place(file, steps, schema, name, req)
    for key in _SINGLE:
        yield from walk(file, schema.get(key), (*steps, key))
    for key in _LISTS:
        for index, item in enumerate(schema.get(key) or ()):
            yield from walk(file, item, (*steps, key, index))
    for key in _MAPS:
        for inner, item in (schema.get(key) or {}).items():
            required = key == "properties" and inner in schema.get("required", ())
            yield from walk(file, item, (*steps, key, inner), inner if key == "properties" else None, required)


def all_schemas(world: World) -> Iterator[Place]:
    """Every schema of every OpenAPI and record file."""
    for file, document in world.interfaces.items():
        for schema, steps in roots(document, file):
            yield from walk(file, schema, steps)
    for file, document in world.records.items():
        for name, schema in (document.get("$defs") or {}).items():
            yield from walk(file, schema, ("$defs", name))


def followed(world: World, schema: Schema, file: Path) -> Schema:
    """``schema`` with what its `$ref`s add (its own keys win) and the one alternative that is not null taken."""
    merged: Schema = dict(schema)
    for _ in range(10):  # references to references; a ring ends here and is found by the bundler
        options = [o for o in _options(merged) if o.get("type") != "null"]
        if len(options) == 1:
            merged = options[0] | {k: v for k, v in merged.items() if k not in ("anyOf", "oneOf")}
        if "$ref" not in merged:
            break
        target = world.target(merged["$ref"], file)
        if target is None or not isinstance(target[0], dict):
            break
        node, file = target
        merged = node | {k: v for k, v in merged.items() if k != "$ref"}
    return merged


def class_of(world: World, place: Place) -> Any:
    """The class of a property: its own, else that of the schema it refers to; None when there is none."""
    return followed(world, place.schema, place.file).get("x-data-classification")


def nullable(schema: Schema) -> bool:
    """Whether null is among the values that the schema itself names."""
    kinds = schema.get("type")
    if kinds == "null" or (isinstance(kinds, list) and "null" in kinds) or None in schema.get("enum", ()):
        return True
    return any(nullable(option) for option in _options(schema))


def _options(schema: Schema) -> list[Schema]:
    """The alternatives of a schema; `true` and `false` among them say nothing here."""
    return [o for key in ("anyOf", "oneOf") for o in schema.get(key) or () if isinstance(o, dict)]

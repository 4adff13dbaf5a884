"""Walks every schema of a file with its place, and says what a property is once its `$ref` is followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def roots(node: Any, file: Path, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    """The schemas of an OpenAPI document that stand outside other schemas: components, parameters, bodies, headers."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from roots(item, file, (*steps, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            if (not steps and key.startswith("x-")) or key in ("example", "examples", "headers"):
                continue  # YAML anchors; samples; headers of answers, which the service alone writes
            if isinstance(key, str) and "content" in steps[-1:] and "json" not in key and "form" not in key:
                continue  # pages and streams are no JSON
            if key == "schema":
                yield value, (*steps, key)
            elif key == "schemas" and steps == ("components",):
                yield from ((schema, (*steps, key, name)) for name, schema in value.items())
            else:
                yield from roots(value, file, (*steps, key))


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
        options = [o for key in ("anyOf", "oneOf") for o in merged.get(key) or () if o.get("type") != "null"]
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
    return any(nullable(option) for key in ("anyOf", "oneOf") for option in schema.get(key) or ())

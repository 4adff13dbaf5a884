"""A bundled OpenAPI document or a record schema, laid out for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch", "head")


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or property: ``type`` in words, ``target`` the schema that it refers to."""

    name: str
    label: str
    type: str
    target: str | None
    required: bool
    grade: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A named schema."""

    name: str
    text: str
    type: str
    rows: list[Row]
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    text: str
    types: list[str]
    target: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    access: list[str]
    citizen_command: bool
    parameters: list[Row]
    body: str | None
    body_target: str | None
    answers: list[Answer]
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Interface:
    name: str
    title: str
    text: str
    calls: list[Call] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


def laid_out(name: str, contract: Mapping[str, Any]) -> Interface:
    """The page of one interface."""
    info = contract["info"]
    calls = [
        _call(contract, path, method, item)
        for path, item in contract["paths"].items()
        for method in METHODS
        if method in item
    ]
    schemas = contract.get("components", {}).get("schemas", {})
    shapes = [_shape(each, schema) for each, schema in sorted(schemas.items())]
    return Interface(name, info["title"], info.get("description", info.get("summary", "")), calls, shapes)


def record_laid_out(name: str, title: str, schema: Mapping[str, Any]) -> Interface:
    """The page of one record type."""
    shapes = [_shape(each, part) for each, part in schema.get("$defs", {}).items()]
    first = _target(schema)
    return Interface(name, title, "", shapes=sorted(shapes, key=lambda shape: (shape.name != first, shape.name)))


def _call(contract: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> Call:
    operation = item[method]
    parameters = [_resolved(contract, each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    body = _resolved(contract, operation.get("requestBody", {}))
    body_type, body_schema = next(iter(_contents(body)), (None, {}))
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        text=operation.get("description", ""),
        access=list(operation.get("x-access", ())),
        citizen_command=operation.get("x-citizen-command") is True,
        parameters=[
            _row(each["name"], each.get("schema", {}), each.get("required", False), each.get("description"), each["in"])
            for each in parameters
        ],
        body=body_type,
        body_target=_target(body_schema),
        answers=[_answer(str(status), _resolved(contract, each)) for status, each in operation["responses"].items()],
        problems=list(operation.get("x-problems", ())),
    )


def _answer(status: str, response: Mapping[str, Any]) -> Answer:
    contents = list(_contents(response))
    target = next((found for _, schema in contents if (found := _target(schema))), None)
    return Answer(status, response.get("description", ""), [media for media, _ in contents], target)


def _contents(part: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for media, content in part.get("content", {}).items():
        yield media, content.get("schema", {})


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    required = schema.get("required", ())
    rows = [_row(each, part, each in required, None) for each, part in schema.get("properties", {}).items()]
    return Shape(name, schema.get("description", ""), _type(schema), rows, _target(schema))


def _row(name: str, schema: Mapping[str, Any], required: bool, text: str | None, place: str = "") -> Row:
    grade = schema.get("x-data-classification", {}).get("sensitivity", "")
    label = schema.get("x-label", {})
    return Row(
        name=name,
        label=" / ".join(label[language] for language in ("zh", "en") if language in label),
        type=_type(schema),
        target=_target(schema),
        required=required,
        grade=grade,
        text=text or schema.get("description", ""),
        place=place,
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return " | ".join(_type(each) for each in schema[word])
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    kind = schema.get("type", "any")
    words = " | ".join(kind) if isinstance(kind, list) else str(kind)
    if words == "array":
        return f"array of {_type(schema.get('items', {}))}"
    return f"{words} ({schema['format']})" if "format" in schema else words


def _target(schema: Mapping[str, Any]) -> str | None:
    """The first named schema that this one refers to."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    for word in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(word, ()):
            if found := _target(each):
                return found
    return _target(schema["items"]) if isinstance(schema.get("items"), dict) else None


def _resolved(contract: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part:
        target: Any = contract
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = target
    return part

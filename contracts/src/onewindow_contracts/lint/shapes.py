"""Rules of form: closed objects, bounded texts, arrays and numbers, and what the generator and clients stumble over."""

from __future__ import annotations

import re
from typing import Any

from onewindow_contracts.bundle import department_of
from onewindow_contracts.formats import CHECKS, STANDARD
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import Place, all_schemas, nullable
from onewindow_contracts.lint.world import World

SELF_BOUNDED = frozenset({"date", "uuid"})
CONTROL = ("\x00", "\x1b", "\x7f")


def schemas_are_sound(world: World) -> Findings:
    for place in all_schemas(world):
        yield from _sound(world, place)


def _sound(world: World, place: Place) -> Findings:
    schema, where = place.schema, pointer(*place.steps)

    def fault(rule: str, missing: str, why: str, mend: str) -> Finding:
        return Finding(place.file, where, rule, missing, why, mend)

    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if (reference := schema.get("$ref")) is not None and world.target(reference, place.file) is None:
        yield fault("reference-dead", f"{reference} leads nowhere", "no tool can read it", "mend the path or the name")
    if "properties" in schema and "additionalProperties" not in schema and not _open_on_purpose(place):
        yield fault(
            "object-open",
            "the object does not say whether other properties are allowed",
            "a misspelt property would be ignored silently instead of refused",
            "add additionalProperties: false",
        )
    if "string" in kinds:
        yield from _text(fault, schema)
    if "array" in kinds and "maxItems" not in schema:
        mend = "add maxItems"
        yield fault("array-unbounded", "the array has no maxItems", "one request could hold a million items", mend)
    if (
        "integer" in kinds
        and "enum" not in schema
        and "const" not in schema
        and not {"minimum", "maximum"} <= set(schema)
    ):
        yield fault(
            "integer-unbounded",
            "the integer has no minimum and maximum",
            "a number beyond what database and JavaScript keep exactly becomes a 500 or another number",
            "add minimum and maximum (money: refer to Fen)",
        )
    if "const" in schema and "type" not in schema:
        yield fault(
            "const-untyped", "const without type", "the generated model gets no type", "write type beside const"
        )
    if "discriminator" in schema and "mapping" not in (schema["discriminator"] or {}):
        why = "generators and validators guess the schema names differently"
        yield fault("discriminator-unmapped", "discriminator without mapping", why, "write discriminator.mapping")
    if (found := schema.get("format")) is not None and found not in CHECKS and found not in STANDARD:
        known = ", ".join(sorted([*CHECKS, *STANDARD]))
        yield fault(
            "format-unknown", f"format {found!r} has no check", "a validator would let anything pass", f"take {known}"
        )
    if place.property and not place.required and "default" not in schema and _answered(place) and not nullable(schema):
        yield fault(
            "optional-not-nullable",
            f"{place.property} may be absent but not null",
            "the generated model writes an absent value as null, which this schema refuses",
            "list it in required, or allow null (anyOf: […, {type: 'null'}])",
        )


def _open_on_purpose(place: Place) -> bool:
    return any(step in ("allOf", "if", "then", "else", "not", "anyOf", "oneOf") for step in place.steps)


def _answered(place: Place) -> bool:
    """Record bodies are always written out by a model; of OpenAPI schemas only the agreement test can tell."""
    return place.file.suffix == ".json"


def _text(fault: Any, schema: dict[str, Any]) -> Findings:
    if "enum" in schema or "const" in schema or schema.get("format") in SELF_BOUNDED:
        return
    pattern, longest = schema.get("pattern"), schema.get("maxLength")
    if longest is None and not (pattern and _fixed_length(pattern)):
        why = "a million-character name would be taken in, stored and sent on"
        yield fault(
            "text-unbounded", "the text has no maxLength", why, "add maxLength, or refer to Line, Name, Paragraph"
        )
    if pattern is None:
        if schema.get("format") not in STANDARD:
            yield fault(
                "text-unchecked",
                "the text has no pattern",
                "NUL, control characters and lone surrogates would pass; the database refuses them with a 500",
                "add a pattern without control characters, or refer to Line, Name, Paragraph, CodeValue",
            )
        return
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        yield fault("pattern-broken", f"the pattern cannot be read: {error}", "no text can be checked", "mend it")
        return
    lengths = {1, schema.get("minLength", 1), longest or 1, 18}
    if any(compiled.search(char * length) for char in CONTROL for length in lengths):
        yield fault(
            "text-unchecked",
            "the pattern lets control characters pass",
            "NUL in a text is refused by the database with a 500",
            r"anchor it (^…$) and exclude \x00-\x1F\x7F",
        )


def _fixed_length(pattern: str) -> bool:
    return pattern.startswith("^") and pattern.endswith("$") and not re.search(r"[*+]|\{\d+,\}", pattern)


def ambiguous_paths(world: World) -> Findings:
    """Two paths of a department of which one is a text that the other's parameter also matches."""
    written = [
        (department_of(file), file, path) for file, d in world.interfaces.items() for path in d.get("paths") or {}
    ]
    for department, _, path in written:
        for another, file, other in written:
            if department == another and path != other and _covers(path, other):
                yield Finding(
                    file,
                    pointer("paths", other),
                    "path-ambiguous",
                    f"{other} is also matched by {path}",
                    "which operation answers depends on the order of routes; Allow in a 405 is incomplete",
                    "move the fixed word so that no parameter stands at its place",
                )


def _covers(path: str, other: str) -> bool:
    steps, others = path.split("/"), other.split("/")
    if len(steps) != len(others):
        return False
    pairs = list(zip(steps, others, strict=True))
    return all(a == b or a.startswith("{") for a, b in pairs) and any(
        a != b and not b.startswith("{") for a, b in pairs
    )

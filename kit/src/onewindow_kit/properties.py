"""What a contract says of the properties of one record type, read from its bundled body schema.

The class of a property is its own or that of the schema it refers to; ``x-visible-to`` likewise, the outermost first. What
several branches declare is seen only as far as all of them say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onewindow_kit.decision import GRADES, Property

CLASS, AUDIENCE = "x-data-classification", "x-visible-to"
OWN_PART = "you"
"""The person's own roles, days and share in a record: asked for like a property of the body, whole or not at all."""


def properties(schema: Mapping[str, Any]) -> dict[str, Property]:
    """The properties of the body and ``you``; those of joined schemas and alternatives included."""
    found: dict[str, Property] = {OWN_PART: Property("confidential", None, "remove")}
    for layer in _layers(schema, schema):
        for name, part in layer.get("properties", {}).items():
            fresh = _property(schema, part)
            found[name] = _narrower(found[name], fresh) if name in found else fresh
    return found


def _property(root: Mapping[str, Any], part: Any) -> Property:
    layers = list(_layers(root, part))
    classed = next((each[CLASS] for each in layers if CLASS in each), None)
    audience = next((frozenset(each[AUDIENCE]) for each in layers if AUDIENCE in each), None)
    if classed is None:
        return Property(None, audience)
    return Property(
        classed.get("sensitivity", "confidential"), audience, classed.get("masking", {}).get("strategy", "remove")
    )


def _narrower(one: Property, other: Property) -> Property:
    """A property that two branches declare: without a class if one of them has none, else as the stricter says."""
    if one.sensitivity not in GRADES or other.sensitivity not in GRADES:
        return Property(None)
    strict = max(one, other, key=lambda each: GRADES.index(each.sensitivity or ""))
    audience = one.audience if other.audience is None else other.audience
    if one.audience is not None and other.audience is not None:
        audience = one.audience & other.audience
    return Property(strict.sensitivity, audience, strict.masking)


def _layers(root: Mapping[str, Any], schema: Any) -> Iterator[Mapping[str, Any]]:
    """A schema and all that it is joined from, nearest first; one that refers to itself ends there."""
    seen: set[str] = set()
    waiting = [schema]
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, dict):
            continue
        yield each
        reference = each.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            waiting.append(_at(root, reference))
        for joint in ("allOf", "anyOf", "oneOf"):
            waiting.extend(each.get(joint, ()))


def _at(root: Mapping[str, Any], reference: str) -> Any:
    target: Any = root
    for step in reference.removeprefix("#").strip("/").split("/") if reference != "#" else ():
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return target

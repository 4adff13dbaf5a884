"""Which properties of a body may be stored, and which of them a subject sees: compiled from the contract's schema.

A property without a class (`x-data-classification`, its own or that of the schema it refers to) is in no view at all.
`x-visible-to` names the roles that see a property; without it every subject of the record does. Items of an array are of
the array's class; the properties of an object need classes of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

CLASS, AUDIENCE = "x-data-classification", "x-visible-to"
Cut = Callable[[Any], Any]


class Node:
    """One place in a body. ``audience`` None: all roles. ``closed``: no properties but the named ones are possible."""

    __slots__ = ("audience", "classified", "closed", "items", "properties")

    def __init__(self, classified: bool, audience: frozenset[str] | None) -> None:
        self.classified = classified
        self.audience = audience
        self.properties: dict[str, Node] = {}
        self.items: Node | None = None
        self.closed = False


def compile_body(schema: dict[str, Any]) -> Node:
    """The tree of a bundled body schema (every reference local)."""
    return _node(schema, schema, inherited=False, seen=())


def cut_for(node: Node, roles: frozenset[str] | None) -> Cut | None:
    """What takes a body down to what ``roles`` see (None: to what may be stored); None when all of it may stay."""
    plan = _plan(node, roles, root=True)
    return _nothing if plan is _hidden else plan


def _sees(node: Node, roles: frozenset[str] | None) -> bool:
    return roles is None or node.audience is None or not roles.isdisjoint(node.audience)


def _hidden(_value: Any) -> Any:
    return None


def _nothing(_value: Any) -> dict[str, Any]:
    return {}


def _plan(node: Node, roles: frozenset[str] | None, *, root: bool = False) -> Cut | None:
    """None: keep as it is. ``_hidden``: leave out."""
    if not root and not _sees(node, roles):
        return _hidden
    if node.properties:
        return _object_plan(node, roles)
    if node.items is not None and node.items.properties:
        inner = _plan(node.items, roles)
        if inner is None or inner is _hidden:
            return inner
        return lambda value: [inner(item) for item in value] if isinstance(value, list) else value
    return None if node.classified and not root else _hidden


def _object_plan(node: Node, roles: frozenset[str] | None) -> Cut | None:
    plans = {name: _plan(child, roles) for name, child in node.properties.items()}
    if node.closed and all(plan is None for plan in plans.values()):
        return None
    shown = {name: plan for name, plan in plans.items() if plan is not _hidden}
    if not shown:
        return _hidden

    def cut(value: Any) -> Any:
        if not isinstance(value, dict):
            return value if value is None else {}
        return {
            name: item if shown[name] is None else shown[name](item)  # type: ignore[misc]  # a Cut when not None
            for name, item in value.items()
            if name in shown
        }

    return cut


def _node(schema: Any, root: dict[str, Any], *, inherited: bool, seen: tuple[str, ...]) -> Node:
    layers = list(_layers(schema, root, seen))
    classified = inherited or any(CLASS in layer for layer, _ in layers)
    # The outermost rule holds; rules of a joined schema (allOf, $ref) narrow it only where there is none outside.
    audience = next((frozenset(layer[AUDIENCE]) for layer, _ in layers if AUDIENCE in layer), None)
    node = Node(classified, audience)
    closing = []
    for layer, path in layers:
        for name, child in (layer.get("properties") or {}).items():
            fresh = _node(child, root, inherited=False, seen=path)
            node.properties[name] = _union(node.properties[name], fresh) if name in node.properties else fresh
        if "properties" in layer:
            closing.append(layer.get("additionalProperties") is False or layer.get("unevaluatedProperties") is False)
        if isinstance(layer.get("items"), dict):
            node.items = _node(layer["items"], root, inherited=classified, seen=path)
    node.closed = bool(closing) and all(closing)
    return node


def _union(one: Node, other: Node) -> Node:
    """A property that several branches declare: classified and seen only as far as all of them say so."""
    both = Node(one.classified and other.classified, one.audience)
    if other.audience is not None:
        both.audience = other.audience if one.audience is None else one.audience & other.audience
    both.properties = {**other.properties, **one.properties}
    both.items = one.items or other.items
    both.closed = one.closed and other.closed
    return both


def _layers(
    schema: Any, root: dict[str, Any], seen: tuple[str, ...]
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """A schema and all that it is joined from, outermost first; a schema that refers to itself ends there."""
    if not isinstance(schema, dict):
        return
    yield schema, seen
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        target: Any = root
        for step in reference.removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        yield from _layers(target, root, (*seen, reference))
    for joint in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(joint) or ():
            yield from _layers(part, root, seen)
    for condition in ("then", "else"):
        yield from _layers(schema.get(condition), root, seen)

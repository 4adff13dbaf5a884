"""Masking by the contract: what a value looks like to somebody who may know of it without reading it whole.

``masking.strategy`` of ``x-data-classification`` (OpenAPI Extension Registry), as this gateway applies it:

========== ===========================================================================================
none       as it is
partial    the first ``keep`` characters (the last, when negative; 1 by default), then ``***``; texts only
regex      ``pattern`` replaced by ``replacement`` (``***`` by default); texts only
full       ``***``; texts only
remove     the property is absent
hash       absent: a hash of a citizen's number is found by trying all numbers
tokenize   absent: no agency holds tokens
========== ===========================================================================================

A value that is no text becomes null under partial, regex and full. The length of a text never shows. A property without
a class is absent whatever was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

ABSENT = object()
HIDDEN = "***"
CLASS = "x-data-classification"
Mask = Callable[[Any], Any]
"""A value as it may leave, or ABSENT."""


def classified(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The class of a property: its own, else the one that the schema it refers to lends; None without."""
    for each in _chain(root, schema):
        if CLASS in each:
            return each[CLASS]
    return None


def properties(root: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The properties of an object schema, those of its alternatives included."""
    found: dict[str, Mapping[str, Any]] = {}
    for each in _chain(root, schema):
        for name, part in each.get("properties", {}).items():
            found.setdefault(name, part)
    return found


def mask(root: Mapping[str, Any], schema: Mapping[str, Any], value: Any, *, clear: bool = False) -> Any:
    """``value`` of the property ``schema`` as it may leave, or ABSENT. ``clear``: the purpose allows the whole value.

    Inside an object every property follows its own class; ``clear`` covers the property that the purpose names and what
    lies within it, save what has no class.
    """
    return compiled(root, schema, clear=clear)(value)


def compiled(root: Mapping[str, Any], schema: Mapping[str, Any], *, clear: bool = False) -> Mask:
    """``mask`` for one place, worked out once: a walk through the schema at each look would cost more than the look."""
    rule = classified(root, schema)
    if rule is None:
        return _absent
    masking = rule.get("masking", {})
    strategy = "none" if clear else masking.get("strategy", "remove")
    match strategy:
        case "none":
            return _Inside(root, schema, clear)
        case "full" | "partial" | "regex":
            return lambda value: _each_text(value, lambda text: _hide(strategy, masking, text))
        case _:
            return _absent


def _absent(_value: Any) -> Any:
    return ABSENT


class _Inside:
    """What lies within a place is worked out when a value first has it, so a schema may contain itself."""

    __slots__ = ("_clear", "_items", "_known", "_masks", "_root")

    def __init__(self, root: Mapping[str, Any], schema: Mapping[str, Any], clear: bool) -> None:
        self._root, self._clear = root, clear
        self._known = properties(root, schema)
        self._items = next((each["items"] for each in _chain(root, schema) if "items" in each), {})
        self._masks: dict[str | None, Mask] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, dict):
            masked = {name: self._mask(name)(each) for name, each in value.items() if name in self._known}
            return {name: each for name, each in masked.items() if each is not ABSENT}
        if isinstance(value, list):
            inner = self._masks.get(None)
            if inner is None:
                inner = self._masks[None] = _Inside(self._root, self._items, self._clear)
            return [inner(each) for each in value]
        return value

    def _mask(self, name: str) -> Mask:
        found = self._masks.get(name)
        if found is None:
            found = self._masks[name] = compiled(self._root, self._known[name], clear=self._clear)
        return found


def _each_text(value: Any, hide: Any) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_each_text(each, hide) for each in value]
    return None


def _hide(strategy: str, masking: Mapping[str, Any], text: str) -> str:
    if strategy == "partial":
        keep = masking.get("keep", 1)
        if len(text) <= abs(keep):
            return HIDDEN
        return text[:keep] + HIDDEN if keep >= 0 else HIDDEN + text[keep:]
    if strategy == "regex" and "pattern" in masking:
        hidden = re.sub(masking["pattern"], masking.get("replacement", HIDDEN), text)
        return hidden if hidden != text else HIDDEN
    return HIDDEN


def _chain(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema, what it refers to, and its alternatives, nearest first."""
    seen: set[str] = set()
    waiting = [schema]
    while waiting:
        each = waiting.pop(0)
        yield each
        reference = each.get("$ref")
        if reference is not None and reference not in seen:
            seen.add(reference)
            waiting.append(_at(root, reference))
        for word in ("allOf", "anyOf", "oneOf"):
            waiting.extend(each.get(word, ()))


def _at(root: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    target: Any = root
    for step in reference.removeprefix("#").strip("/").split("/") if reference != "#" else ():
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return target

"""Records: what the log holds must still be readable, and nobody sees more of it than was promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onewindow_contracts.agreement import normal_schema
from onewindow_contracts.compatibility.schemas import refused
from onewindow_contracts.loader import Contracts

LEVELS = ("public", "internal", "confidential", "restricted")


def topics(before: Contracts, after: Contracts) -> Iterator[str]:
    """What became of each topic of before."""
    for name, old in before.topics.items():
        new = after.topics.get(name)
        if new is None:
            yield f"{name}: the topic is gone, its records with it"
            continue
        if new.partitions != old.partitions:
            yield f"{name}: {old.partitions} partitions became {new.partitions}: a key's versions would lie in two of them"
        for consumer in sorted(set(old.consumers) - set(new.consumers)):
            yield f"{name}: {consumer} no longer gets its key"
        if old.schema is None or new.schema is None:
            continue
        known, now = before.body_schema(name), after.body_schema(name)
        yield from refused(name, normal_schema(known, known), normal_schema(now, now))
        yield from _exposed(name, known, known, now, now)


def _exposed(place: str, old_root: Any, old: Any, new_root: Any, new: Any, depth: int = 0) -> Iterator[str]:
    """A property whose class was lowered or that more of the record's subjects see."""
    if depth > 12:
        return  # a schema that refers to itself
    old, new = _followed(old_root, old), _followed(new_root, new)
    for name, was in (old.get("properties") or {}).items():
        now = (new.get("properties") or {}).get(name)
        if now is None:
            continue
        here = f"{place}/{name}"
        level, lower = _class(old_root, was), _class(new_root, now)
        if lower is not None and level is not None:
            if LEVELS.index(lower["sensitivity"]) < LEVELS.index(level["sensitivity"]):
                yield f"{here}: was {level['sensitivity']}, is only {lower['sensitivity']}"
            if lower["masking"] != level["masking"] and lower["masking"]["strategy"] == "none":
                yield f"{here}: was masked, is shown in full"
        seen, sees = _followed(old_root, was).get("x-visible-to"), _followed(new_root, now).get("x-visible-to")
        if seen is not None and (sees is None or set(sees) - set(seen)):
            more = "every subject" if sees is None else ", ".join(sorted(set(sees) - set(seen)))
            yield f"{here}: is now seen by {more}"
        yield from _exposed(here, old_root, was, new_root, now, depth + 1)
    if "items" in old and "items" in new:
        yield from _exposed(f"{place}[]", old_root, old["items"], new_root, new["items"], depth + 1)


def _class(root: Any, schema: Any) -> Any:
    return _followed(root, schema).get("x-data-classification")


def _followed(root: Any, schema: Any) -> dict[str, Any]:
    """The schema with what its reference, or its one alternative to null, adds; its own keys win."""
    for _ in range(10):
        options = [o for key in ("anyOf", "oneOf") for o in schema.get(key, ()) if o.get("type") != "null"]
        if len(options) == 1:
            schema = options[0] | {k: v for k, v in schema.items() if k not in ("anyOf", "oneOf")}
        if "$ref" not in schema:
            break
        target = root["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = target | {k: v for k, v in schema.items() if k != "$ref"}
    return schema

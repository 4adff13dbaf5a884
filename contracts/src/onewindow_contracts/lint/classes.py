"""Rules of `x-data-classification`: who may see a property, and how it looks to those who may not see all of it."""

from __future__ import annotations

from typing import Any

from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import Place, all_schemas, class_of, followed
from onewindow_contracts.lint.world import World

CATEGORIES = ("PII", "financial", "government-id", "health", "secret", "credential", "contact", "other")
SENSITIVITIES = ("public", "internal", "confidential", "restricted")
STRATEGIES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "none": {},
    "full": {"maskChar": str},
    "partial": {"keep": int, "maskChar": str},
    "regex": {"pattern": str, "replacement": str},
    "hash": {"algorithm": str},
    "remove": {},
    "tokenize": {},
}
LOW_ENTROPY_CATEGORIES = ("government-id", "contact")
EXAMPLE = "x-data-classification: {category: other, sensitivity: internal, masking: {strategy: none}}"


def properties_are_classed(world: World) -> Findings:
    for place in all_schemas(world):
        if place.property is None:
            continue
        found = class_of(world, place)
        where = pointer(*place.steps)
        if found is None:
            yield Finding(
                place.file,
                where,
                "class-missing",
                f"the property {place.property} has no x-data-classification",
                "a property without a class is dropped before it is stored: nobody will ever see it",
                f"add {EXAMPLE}, or refer to a shared schema that has a class",
            )
        else:
            yield from _check(place, where, found, followed(world, place.schema, place.file))


def _check(place: Place, where: str, found: Any, schema: dict[str, Any]) -> Findings:
    def fault(rule: str, missing: str, why: str, mend: str) -> Finding:
        return Finding(place.file, where, rule, f"{place.property}: {missing}", why, mend)

    values = "tools that mask by the registered extension ignore a value that they don't know, and show the data"
    if not isinstance(found, dict) or not isinstance(found.get("masking"), dict):
        yield fault("class-shape", "the class needs category, sensitivity and masking", values, f"write {EXAMPLE}")
        return
    category, sensitivity, masking = found.get("category"), found.get("sensitivity"), found["masking"]
    strategy = masking.get("strategy")
    if unknown := set(found) - {"category", "sensitivity", "masking"}:
        yield fault("class-shape", f"unknown keys {sorted(unknown)}", values, "remove them")
    if category not in CATEGORIES:
        yield fault("class-category", f"unknown category {category!r}", values, f"take one of {', '.join(CATEGORIES)}")
    if sensitivity not in SENSITIVITIES:
        levels = ", ".join(SENSITIVITIES)
        yield fault("class-sensitivity", f"unknown sensitivity {sensitivity!r}", values, f"state one of {levels}")
    if not isinstance(strategy, str) or strategy not in STRATEGIES:
        yield fault("class-masking", f"unknown strategy {strategy!r}", values, f"take one of {', '.join(STRATEGIES)}")
        return
    allowed = STRATEGIES[strategy]
    for key, value in masking.items():
        if key != "strategy" and (key not in allowed or not isinstance(value, allowed[key])):
            mend = f"{strategy} knows {', '.join(allowed) or 'no options'}"
            yield fault("class-masking", f"{key}: {value!r} is no option of the strategy {strategy}", values, mend)
    if strategy == "regex" and not {"pattern", "replacement"} <= set(masking):
        yield fault("class-masking", "regex without pattern and replacement", values, "add both")
    if strategy == "none" and sensitivity in ("confidential", "restricted"):
        yield fault(
            "class-unmasked",
            f"{sensitivity}, yet shown unmasked",
            "who may see a record at all would see this property too, whatever the purpose says",
            "choose a masking strategy, or state that the property is internal or public",
        )
    if strategy == "hash" and _low_entropy(category, schema):
        yield fault(
            "class-hash",
            "a hash of a value that can be guessed",
            "every citizen number, day or code can be hashed by trial in minutes: the hash is the value",
            "take full, partial, remove or tokenize",
        )


def _low_entropy(category: Any, schema: dict[str, Any]) -> bool:
    return (
        category in LOW_ENTROPY_CATEGORIES
        or schema.get("type") in ("integer", "number", "boolean")
        or "enum" in schema
        or schema.get("format") in ("date", "date-time", "gb11643", "uscc", "vin")
        or schema.get("maxLength", 1000) <= 20
    )

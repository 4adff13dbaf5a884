"""How records read to a person: names of properties and values in plain words, taken from the contracts."""

from functools import cache
from typing import Any

from onewindow_contracts.loader import load


@cache
def _properties(topic: str) -> dict[str, dict[str, Any]]:
    contracts = load()
    if topic not in contracts.topics:
        return {}
    schema = contracts.body_schema(topic)
    return _resolve(schema, schema).get("properties", {})


def _resolve(node: Any, whole: dict[str, Any]) -> dict[str, Any]:
    """`node` with its `$ref` followed inside `whole`; siblings of `$ref` win."""
    seen = node if isinstance(node, dict) else {}
    while "$ref" in seen:
        target: Any = whole
        for step in seen["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        seen = {**target, **{name: value for name, value in seen.items() if name != "$ref"}}
    return seen


def title(topic: str) -> str:
    """`不动产权 Title` for a topic; its record type when the contract is not here."""
    entry = load().topics.get(topic)
    return both(entry.title) if entry is not None and entry.title else topic.split(".")[1]


def both(label: Any) -> str:
    """A label in both languages."""
    if not isinstance(label, dict | type(None)) and hasattr(label, "get"):
        label = dict(label)
    return " ".join(part for part in ((label or {}).get("zh"), (label or {}).get("en")) if part)


def rows(topic: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of each property, in the contract's order; nested ones on a line each."""
    properties = _properties(topic)
    ordered = [name for name in properties if name in body] + [name for name in body if name not in properties]
    found: list[tuple[str, str]] = []
    for name in ordered:
        about = properties.get(name, {})
        label = both(about.get("x-label")) or name.replace("_", " ")
        text = value(name, body[name], about.get("x-codelist"))
        if text:
            found.append((label, text))
    return found


def value(name: str, content: Any, codelist: str | None = None) -> str:
    """One value as text; empty for null and for what is empty."""
    match content:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "yes" if content else "no"
        case int() if name.endswith("_fen"):
            return f"¥{content // 100:,}.{content % 100:02d}"
        case str() if codelist is not None:
            return _code(codelist, content)
        case list():
            return "; ".join(value(name, item, codelist) for item in content)
        case dict():
            return ", ".join(
                f"{key.replace('_', ' ')} {value(key, item)}" for key, item in content.items() if value(key, item)
            )
        case _:
            return str(content)


def _code(codelist: str, code: str) -> str:
    known = load().codelists.get(codelist)
    entry = known.codes.get(code) if known is not None else None
    return code if entry is None else " ".join(part for part in (entry.zh, entry.en) if part)


def authority(identifier: str) -> str:
    known = load().authorities.get(identifier)
    return both(known.title) if known is not None else identifier

"""How records read to a person: names of properties and values in plain words, taken from the contracts."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from onewindow_contracts.loader import load


class Row(NamedTuple):
    """`depth` counts how deep the property lies; a heading of deeper ones has no text."""

    depth: int
    label: str
    text: str


@cache
def _schema(topic: str) -> dict[str, Any]:
    contracts = load()
    return contracts.body_schema(topic) if topic in contracts.topics else {}


def _resolve(node: Any, whole: dict[str, Any]) -> dict[str, Any]:
    """`node` with its `$ref` followed inside `whole` (siblings of `$ref` win); of a choice with null, the other one."""
    seen = node if isinstance(node, dict) else {}
    while True:
        if "$ref" in seen:
            target: Any = whole
            for step in seen["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            seen = {**target, **{name: value for name, value in seen.items() if name != "$ref"}}
        elif "anyOf" in seen:
            choices = [choice for choice in seen["anyOf"] if choice.get("type") != "null"]
            seen = {
                **(choices[0] if choices else {}),
                **{name: value for name, value in seen.items() if name != "anyOf"},
            }
        else:
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


def rows(topic: str, body: dict[str, Any]) -> list[Row]:
    """A line for each property that says something, in the contract's order; parts of a part one step deeper."""
    whole = _schema(topic)
    department, _, rest = topic.partition(".")
    if rest == "case.v1":  # one schema for all departments, a list of kinds for each
        body = body | {"kind": _code(f"{department}.case-kinds", body.get("kind", ""))}
    return list(_rows(body, _resolve(whole, whole), whole, 0))


def _rows(content: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], depth: int) -> Iterator[Row]:
    properties = schema.get("properties", {})
    ordered = [name for name in properties if name in content] + [name for name in content if name not in properties]
    for name in ordered:
        about = _resolve(properties.get(name, {}), whole)
        label = both(about.get("x-label")) or name.replace("_", " ")
        if name.endswith("_fen"):
            # Shown in yuan.
            label = label.replace("（分）", "").replace(" (fen)", "")
        match content[name]:
            case dict() as inner if inner:
                yield Row(depth, label, "")
                yield from _rows(inner, about, whole, depth + 1)
            case [{"label": dict(), "value": str()}, *_] as terms:
                yield Row(depth, label, "")
                yield from (Row(depth + 1, both(term["label"]), term["value"]) for term in terms)
            case [dict(), *_] as several:
                item = _resolve(about.get("items", {}), whole)
                for number, inner in enumerate(several, 1):
                    yield Row(depth, f"{label} {number}" if len(several) > 1 else label, "")
                    yield from _rows(inner, item, whole, depth + 1)
            case simple:
                codelist = about.get("x-codelist") or _resolve(about.get("items", {}), whole).get("x-codelist")
                if text := value(name, simple, codelist):
                    yield Row(depth, label, text)


def value(name: str, content: Any, codelist: str | None = None) -> str:
    """One simple value as text; empty for null and for what is empty."""
    match content:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "是 yes" if content else "否 no"
        case int() if name.endswith("_fen"):
            return f"¥{content // 100:,}.{content % 100:02d}"
        case str() if codelist is not None:
            return _code(codelist, content)
        case list():
            return "; ".join(value(name, item, codelist) for item in content)
        case _:
            return str(content)


def _code(codelist: str, code: str) -> str:
    known = load().codelists.get(codelist)
    entry = known.codes.get(code) if known is not None else None
    return code if entry is None else " ".join(part for part in (entry.zh, entry.en) if part)


def standing(topic: str, you: dict[str, Any]) -> str:
    """A subject's own part in a record: role, and share or relationship where there is one."""
    role, part = str(you.get("role") or ""), str(you.get("part") or "")
    if part.isdigit():
        part = _code("relationships", part)
    if part == role:  # kinship: the part says the role again
        part = ""
    return " ".join(text for text in (_code(f"{topic.partition('.')[0]}.roles", role), part) if text)


def authority(identifier: str) -> str:
    known = load().authorities.get(identifier)
    return both(known.title) if known is not None else identifier

"""Whether a service is what its contract says, and the contract what its service is: one normal form of both, compared.

Notation is not a difference: names of schemas, `anyOf` with null or a list of types, `const` or an enum of one, `allOf` or
its parts written out. Everything structural is. Refusals are not compared here (a contract's `default` covers them; their
codes are held together by a test of their own), nor is `default: null`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onewindow_contracts.bundle import operations

_SILENT = ("title", "description", "examples", "example", "deprecated", "discriminator", "summary", "contentMediaType")
_EDGE = ("if-match", "correlation-id")  # read by the edge, which words their refusal itself (428 and 412, none)
Document = Mapping[str, Any]


def differences(contract: Document, derived: Document) -> list[str]:
    """What the service (``derived``: its framework's own document) and its ``contract`` don't share, a line each."""
    return sorted(_compare("", normal(contract), normal(derived)))


def normal(document: Document) -> dict[str, Any]:
    """Operations by method and path, with parameters, bodies and successful answers in normal form."""
    found: dict[str, Any] = {}
    for (path, method), operation in operations(dict(document)).items():
        shared = document["paths"][path].get("parameters", [])
        parameters = [_followed(document, p) for p in [*shared, *operation.get("parameters", [])]]
        body = _followed(document, operation.get("requestBody", {}))
        found[f"{method.upper()} {path}"] = {
            "operationId": operation.get("operationId"),
            "parameters": {f"{p['in']} {p['name'].lower()}": _parameter(document, p) for p in parameters},
            "body": {"required": body.get("required", False), "content": _content(document, body)} if body else None,
            "answers": {
                status: _content(document, _followed(document, response))
                for status, response in operation.get("responses", {}).items()
                if str(status).startswith("2")
            },
        }
    return found


def normal_schema(document: Document, schema: Any) -> dict[str, Any]:
    """One schema of ``document`` in normal form, its references followed."""
    return _schema(document, schema)


def _parameter(document: Document, parameter: Document) -> Any:
    if parameter["name"].lower() in _EDGE:
        return "read by the edge"
    required, schema = parameter.get("required", False), _schema(document, parameter.get("schema", {}))
    if not required and {"type": "null"} in schema.get("anyOf", []):
        # a URL or header cannot carry null: the framework's way to say that it may be left out
        rest = [option for option in schema["anyOf"] if option != {"type": "null"}]
        schema = _merged([{**schema, "anyOf": rest}])
    return {"required": required, "schema": schema}


def _content(document: Document, holder: Document) -> dict[str, Any]:
    """Only JSON and forms have a structure worth comparing; of pages and streams the media type is."""
    return {
        media: _schema(document, each.get("schema", {})) if "json" in media or "form" in media else {}
        for media, each in holder.get("content", {}).items()
    }


def _followed(document: Document, node: Document) -> Any:
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def _schema(document: Document, schema: Any, inside: tuple[str, ...] = ()) -> Any:
    if not isinstance(schema, dict):
        return schema
    if (reference := schema.get("$ref")) is not None:
        if reference in inside:
            return {"recursive": inside[::-1].index(reference)}
        beside = {k: v for k, v in schema.items() if k != "$ref"}
        target = _schema(document, _followed(document, {"$ref": reference}), (*inside, reference))
        return _merged([target, _schema(document, beside, inside)])
    kept = {k: v for k, v in schema.items() if k not in _SILENT and not k.startswith("x-")}
    parts = [_schema(document, part, inside) for part in kept.pop("allOf", [])]
    options = [_schema(document, o, inside) for key in ("anyOf", "oneOf") for o in kept.pop(key, [])]
    kinds = kept.pop("type", None)
    if isinstance(kinds, list):
        options += [_schema(document, {**kept, "type": k} if k != "null" else {"type": k}, inside) for k in kinds]
        kept = {}
    elif kinds is not None:
        kept["type"] = kinds
    return _merged([*parts, _plain(document, kept, inside), {"anyOf": options} if options else {}])


def _plain(document: Document, kept: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "enum" in kept:
        kept["enum"] = sorted(kept["enum"], key=repr)
        kept.pop("type", None)
    if kept.get("default", 0) is None:
        del kept["default"]
    if "required" in kept:
        kept["required"] = sorted(kept["required"])
    if "properties" in kept:
        kept["properties"] = {name: _schema(document, s, inside) for name, s in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = _schema(document, kept["items"], inside)
    extra = kept.pop("additionalProperties", True)
    if extra not in (True, {}):
        kept["additionalProperties"] = _schema(document, extra, inside)
    return {k: v for k, v in kept.items() if v not in ([], {}) or k == "enum"}


def _merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The one schema that all ``parts`` together mean, as far as they only add to each other."""
    merged: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            match key:
                case "properties":
                    known = merged.setdefault(key, {})
                    for name, schema in value.items():
                        known[name] = _merged([known[name], schema]) if name in known else schema
                case "required":
                    merged[key] = sorted({*merged.get(key, []), *value})
                case "anyOf":
                    merged[key] = sorted([*merged.get(key, []), *value], key=repr)
                case _:
                    merged[key] = value
    if len(merged.get("anyOf", [])) == 1:
        return _merged([merged.pop("anyOf")[0], merged])
    return dict(sorted(merged.items()))


def _compare(place: str, contract: Any, service: Any) -> Iterator[str]:
    if isinstance(contract, dict) and isinstance(service, dict):
        for key in sorted({*contract, *service}):
            here = f"{place} › {key}" if place else key
            if key not in service:
                yield f"{here}: the contract has it, the service has not: {_short(contract[key])}"
            elif key not in contract:
                yield f"{here}: the service has it, the contract has not: {_short(service[key])}"
            else:
                yield from _compare(here, contract[key], service[key])
    elif contract != service:
        yield f"{place}: contract {_short(contract)}, service {_short(service)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}…"

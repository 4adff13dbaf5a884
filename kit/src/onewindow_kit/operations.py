"""The operations of a contract, as the edge enforces them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onewindow_kit.callers import Access
from onewindow_kit.guard.shows import Shows, shows


@dataclass(frozen=True, slots=True)
class Operation:
    """What the contract says of one operation and the edge enforces; ``shows``: what it shows of people, None for nobody."""

    id: str
    access: Access
    idempotent: bool
    media_types: frozenset[str]
    shows: Shows | None = None


def operations(contract: Mapping[str, Any]) -> dict[str, Operation]:
    """The operations of a bundled OpenAPI document; ValueError for one without an access rule, or a read by offices or
    services that does not say whom it shows."""
    found: dict[str, Operation] = {}
    for path, item in contract["paths"].items():
        for method, operation in item.items():
            if method not in ("get", "put", "post", "delete", "patch", "head"):
                continue
            try:
                access = Access.parse(operation.get("x-access", ()))
                seen = shows(method, operation)
            except ValueError as error:
                raise ValueError(f"{method.upper()} {path}: {error}") from error
            parameters = [_resolved(contract, each) for each in operation.get("parameters", ())]
            idempotent = any(each["in"] == "header" and each["name"] == "Idempotency-Key" for each in parameters)
            body = _resolved(contract, operation.get("requestBody", {}))
            name = operation["operationId"]
            found[name] = Operation(name, access, idempotent, frozenset(body.get("content", ())), seen)
    return found


def _resolved(contract: Mapping[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        target: Any = contract
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        part = target
    return part

"""Every problem code of every contract: what happened, how to mend it, where it can happen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch", "head")


def explained(contracts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Code -> explanation. ``contracts``: interface name -> bundled OpenAPI document.

    A code means the same wherever it occurs; where two contracts word it differently the first one (by name) is shown.
    """
    found: dict[str, dict[str, Any]] = {}
    for _, contract in sorted(contracts.items()):
        for code, entry in contract.get("x-problem-catalogue", {}).items():
            found.setdefault(
                code,
                {
                    "code": code,
                    "status": int(entry["status"]),
                    "title": dict(entry["title"]),
                    "remedy": dict(entry["remedy"]),
                    "operations": [],
                },
            )
    for name, contract in sorted(contracts.items()):
        for item in contract["paths"].values():
            for method in METHODS:
                operation = item.get(method, {})
                for code in operation.get("x-problems", ()):
                    if code in found:
                        found[code]["operations"].append(f"{name.partition('.')[0]}.{operation['operationId']}")
    return dict(sorted(found.items()))

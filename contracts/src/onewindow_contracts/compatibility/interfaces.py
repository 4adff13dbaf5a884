"""Operations: an old client's request is still taken, and its answer still has what it was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onewindow_contracts.agreement import normal
from onewindow_contracts.bundle import operations
from onewindow_contracts.compatibility.schemas import broken, refused
from onewindow_contracts.loader import Contracts

Operation = Mapping[str, Any]


def interfaces(before: Contracts, after: Contracts) -> Iterator[str]:
    """What became of each operation of before."""
    for department in before.departments:
        if department not in after.departments:
            yield f"{department}: the contract is gone"
            continue
        old, new = before.openapi(department), after.openapi(department)
        known, now = normal(old), normal(new)
        for name, operation in known.items():
            if name not in now:
                yield f"{department} {operation['operationId']}: {name} is gone"
                continue
            yield from _operation(f"{department} {operation['operationId']}", operation, now[name])
        written, rewritten = _by_id(old), _by_id(new)
        for name in written.keys() & rewritten.keys():
            yield from _access(f"{department} {name}", written[name], rewritten[name])
        yield from _codes(department, old["x-problem-catalogue"], new["x-problem-catalogue"])


def _operation(place: str, old: Operation, new: Operation) -> Iterator[str]:
    if old["operationId"] != new["operationId"]:
        yield f"{place}: is now called {new['operationId']}, by which commands are relayed"
    for name, parameter in new["parameters"].items():
        was = old["parameters"].get(name)
        if isinstance(parameter, str):
            if was is None:
                yield f"{place}: {name} is now required"
        elif parameter["required"] and (was is None or not was["required"]):
            yield f"{place}: {name} is now required"
        if isinstance(parameter, dict) and isinstance(was, dict):
            yield from refused(f"{place} {name}", was["schema"], parameter["schema"])
    for name in old["parameters"].keys() - new["parameters"].keys():
        yield f"{place}: {name} is no longer taken"
    yield from _body(place, old["body"], new["body"])
    for status, content in old["answers"].items():
        if status not in new["answers"]:
            yield f"{place}: no longer answers {status}"
            continue
        for media, schema in content.items():
            if media not in new["answers"][status]:
                yield f"{place}: no longer answers {media}"
            else:
                yield from broken(f"{place} {status}", schema, new["answers"][status][media])


def _body(place: str, old: Any, new: Any) -> Iterator[str]:
    if new is None:
        return
    if new["required"] and (old is None or not old["required"]):
        yield f"{place}: a body is now required"
    for media, schema in (old or {"content": {}})["content"].items():
        if media not in new["content"]:
            yield f"{place}: no longer takes {media}"
        else:
            yield from refused(f"{place} body", schema, new["content"][media])


def _by_id(document: Any) -> dict[str, Operation]:
    return {operation["operationId"]: operation for operation in operations(document).values()}


def _access(place: str, old: Operation, new: Operation) -> Iterator[str]:
    admitted = set(new["x-access"])
    for rule in sorted(set(old["x-access"]) - admitted):
        if rule.partition(":")[0] not in admitted and "public" not in admitted:
            yield f"{place}: is closed to {rule}"
    if old.get("x-citizen-command") and not new.get("x-citizen-command"):
        yield f"{place}: is no longer relayed for citizens"


def _codes(department: str, old: Operation, new: Operation) -> Iterator[str]:
    for code in old.keys() & new.keys():
        if old[code]["status"] != new[code]["status"]:
            yield f"{department}: the problem {code} has another status"

"""Rules of reads of people: each says whom it shows (``x-shows``), or nobody would know that somebody was looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from onewindow_contracts.lint.findings import Findings
from onewindow_contracts.lint.operations import Operation, operations
from onewindow_contracts.lint.world import World

BY_PURPOSE = "by-purpose"
NAMING = ("Pseudonym", "Subject", "Envelope", "You")  # schemas that name a person, or hold what is somebody's
PERSONAL = ("PII", "government-id", "health", "financial", "contact")
OWN_PART = "you"
WHY = "who shows people without saying so looks at them without a reason, and they never learn of it"
MEND = "write x-shows: [record types], x-shows: {record.type: [properties]}, or [] for an answer about nobody"


def looks_are_declared(world: World) -> Findings:
    for operation in operations(world):
        said = operation.node.get("x-shows")
        rule = operation.node.get("x-access") or ()
        reads = operation.method == "get" or operation.node.get("x-safe") is True
        others = {str(entry).partition(":")[0] for entry in rule} & {"agency", "service"}
        if said is None:
            if reads and others:
                yield operation.fault("shows-missing", "a read by agencies or services without x-shows", WHY, MEND)
        elif not reads:
            mend = "remove it: what a command did stands in the record itself"
            yield operation.fault("shows-command", "x-shows on what changes something", WHY, mend)
        else:
            yield from _declared(world, operation, said)


def _declared(world: World, operation: Operation, said: Any) -> Findings:
    if said == BY_PURPOSE:
        if operation.file.name != "gateway.v1.yaml":
            yield operation.fault("shows-unknown", "only the gateway shows what a purpose says", WHY, MEND)
        return
    if not isinstance(said, (list, dict)) or (isinstance(said, dict) and not said):
        yield operation.fault("shows-unknown", f"x-shows is {said!r}", WHY, MEND)
        return
    for name in said:
        yield from _record(world, operation, str(name), said[name] if isinstance(said, dict) else None)
    reached, personal = _shown(world, operation)
    if not said and (reached or personal):
        found = ", ".join(sorted(reached | personal)[:5])
        yield operation.fault("shows-nobody", f"x-shows: [] although the answer holds {found}", WHY, MEND)
    templated = any("{" in str(name) for name in said)
    for name in sorted(reached - {str(each) for each in said}):
        if "." in name and said and not templated:
            yield operation.fault("shows-incomplete", f"the answer shows {name} too", WHY, f"add {name} to x-shows")


def _record(world: World, operation: Operation, name: str, fields: Any) -> Findings:
    if placeholder := re.fullmatch(r"[a-z-]+[.]\{([a-z_]+)\}", name):
        if placeholder[1] not in {p["name"] for p in operation.parameters if p.get("in") == "path"}:
            yield operation.fault("shows-unknown", f"the path has no {placeholder[1]}", WHY, "mend the name")
        return
    topic = next((t for t in world.topics.values() if t.topic.rpartition(".")[0] == name), None)
    target = world.target(topic.schema, topic.file) if topic and topic.schema else None
    if target is None:
        yield operation.fault("shows-unknown", f"{name} is no record type", WHY, "take one that has a topic")
    elif fields is not None:
        known = {*(target[0].get("properties") or {}), OWN_PART}
        for field in fields if isinstance(fields, list) else [fields]:
            if field not in known:
                mend = f"take one of {', '.join(sorted(known))}"
                yield operation.fault("shows-unknown", f"{name} has no property {field!r}", WHY, mend)
        if not fields:
            yield operation.fault("shows-unknown", f"no properties of {name}", WHY, MEND)


def _shown(world: World, operation: Operation) -> tuple[set[str], set[str]]:
    """Record types (and schemas that name people) that the successful answers reach, and personal properties."""
    reached, personal, seen = set[str](), set[str](), set[tuple[Path, str]]()

    def walk(node: Any, file: Path) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item, file)
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                follow(reference, file)
            for name, part in (
                (node.get("properties") or {}).items() if isinstance(node.get("properties"), dict) else ()
            ):
                classed = part.get("x-data-classification") if isinstance(part, dict) else None
                if isinstance(classed, dict) and classed.get("category") in PERSONAL:
                    personal.add(str(name))
            for key, item in node.items():
                if key not in ("headers", "examples", "example"):
                    walk(item, file)

    def follow(reference: str, file: Path) -> None:
        where = reference.partition("#")[2]
        target = world.target(reference, file)
        if target is None or (target[1], where) in seen:
            return
        seen.add((target[1], where))
        name = where.rpartition("/")[2]
        if name in NAMING:
            reached.add(name)
        if target[1].parent.parent.name == "records":
            kind = f"{target[1].parent.name}.{target[1].name.partition('.')[0]}"
            schemas = {
                world.target(t.schema, t.file) is not None and t.schema.rpartition("/")[2]
                for t in world.topics.values()
                if t.schema and t.topic.rpartition(".")[0] == kind
            }
            if name in schemas:
                reached.add(kind)
        walk(target[0], target[1])

    for status, answer in (operation.node.get("responses") or {}).items():
        if str(status).startswith("2"):
            walk(answer, operation.file)
    return reached, personal

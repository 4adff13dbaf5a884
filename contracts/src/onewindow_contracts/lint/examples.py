"""Rules of examples: every record version has one, it validates, and its roles, authority and URN are real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onewindow_contracts.entries import Topic
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import walk
from onewindow_contracts.lint.world import World
from onewindow_contracts.validation import validator


def records_are_shown(world: World) -> Findings:
    for topic in world.topics.values():
        if topic.kind == "record":
            yield from _roles(world, topic)
            yield from _examples(world, topic)


def _roles(world: World, topic: Topic) -> Findings:
    target = world.target(str(topic.schema), topic.file)
    if target is None:
        return
    known, file = _known_roles(world, topic.department), target[1]
    for name, schema in (world.records.get(file, {}).get("$defs") or {}).items():
        for place in walk(file, schema, ("$defs", name)):
            for role in place.schema.get("x-visible-to") or ():
                if role not in known:
                    where = pointer(*place.steps, "x-visible-to")
                    why = "nobody has the role, so nobody would see the property"
                    yield _unknown_role(file, where, role, topic.department, why)


def _unknown_role(file: Path, where: str, role: Any, department: str, why: str) -> Finding:
    missing = f"{role} is no role of a subject in {department}"
    return Finding(
        file, where, "role-unknown", missing, why, f"add it to codelists/{department}.roles.yaml, or mend it"
    )


def _known_roles(world: World, department: str) -> set[str]:
    found = world.codelists.get(f"{department}.roles")
    return set(found.codes) if found else set()


def _examples(world: World, topic: Topic) -> Findings:
    folder = f"examples/{topic.topic}"
    files = world.documents.files(folder, (".json",))
    if not files:
        why = "front-end developers and tests start from examples"
        mend = f"add {folder}/<name>.json, a full envelope"
        yield Finding(topic.file, "", "example-missing", f"there is no example in {folder}/", why, mend)
    if world.target(str(topic.schema), topic.file) is None:
        return  # the topic's own rules say so
    try:
        check = validator(world.contracts.record_schema(topic.topic))
    except (ContractError, ValueError):
        return  # the topic's own rules say so
    for file in files:
        if (read := world.document(file)) is None:
            continue
        (example,) = read
        for error in list(check.iter_errors(example))[:5]:
            why = "what is shown as an example must work"
            where = pointer(*error.instance_path)
            yield Finding(file, where, "example-invalid", error.message, why, "mend the example, or the schema")
        if isinstance(example, dict):
            yield from _plausible(world, topic, file, example)


def _plausible(world: World, topic: Topic, file: Path, example: dict[str, Any]) -> Findings:
    authority = str(example.get("authority", ""))
    refused = "such an event is refused at the door"
    if authority.partition(".")[2] not in topic.authorities:
        missing = f"{authority} does not own {topic.topic}"
        yield Finding(file, "/authority", "example-invalid", missing, refused, "name one of the topic's authorities")
    prefix = f"urn:onewindow:{authority}:{topic.record_type}:"
    if not str(example.get("urn", "")).startswith(prefix):
        missing = "the URN does not name this authority and record type"
        yield Finding(file, "/urn", "example-invalid", missing, refused, f"write {prefix}<22 of a-z2-7>")
    known = _known_roles(world, topic.department)
    subjects = example.get("subjects")
    for index, subject in enumerate(subjects if isinstance(subjects, list) else ()):
        if isinstance(subject, dict) and str(role := subject.get("role")) not in known:
            where = pointer("subjects", index, "role")
            yield _unknown_role(file, where, role, topic.department, "pages show roles by their label")


def no_strays(world: World) -> Findings:
    """Examples of no topic."""
    for file in world.documents.files("examples"):
        topic = world.topics.get(file.parent.name)
        if topic is None or topic.kind != "record":
            missing = f"{file.parent.name} is no record topic"
            yield Finding(file, "", "example-stray", missing, "nothing checks it", "move it to its topic, or remove it")

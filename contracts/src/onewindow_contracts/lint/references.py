"""Rules of reference data: authorities, purposes, code lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onewindow_contracts.entries import Purpose, PurposeRecord
from onewindow_contracts.formats import is_uscc
from onewindow_contracts.lint.classes import SENSITIVITIES
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import all_schemas, followed
from onewindow_contracts.lint.world import World

STANDING = "you"  # a purpose may name the person's own role, days and part in the record


def authorities_are_real(world: World) -> Findings:
    divisions = world.codelists.get("divisions")
    for a in world.authorities.values():

        def fault(missing: str, why: str, mend: str, file: Path = a.file, name: str = a.name) -> Finding:
            return Finding(file, "/authorities", "authority", f"{name}: {missing}", why, mend)

        if not is_uscc(a.uscc):
            yield fault(
                "the unified social credit code fails its check digit", "nobody can identify the office", "mend it"
            )
        if divisions and a.division not in divisions.codes:
            yield fault(
                f"there is no division {a.division}", "statistics would lose it", "take a code of divisions.json"
            )
        for side, other in (("parent", a.parent), ("successor", a.successor)):
            if other is not None and f"{a.instance}.{other}" not in world.authorities:
                yield fault(f"its {side} {other} does not exist", "responsibility would lead nowhere", "mend the name")
        if a.valid_until is not None and a.valid_until <= a.valid_from:
            yield fault("it ends before it begins", "it would answer for nothing", "mend the days")


def purposes_are_bounded(world: World) -> Findings:
    for purpose in world.purposes.values():

        def fault(where: str, missing: str, why: str, mend: str, file: Path = purpose.file) -> Finding:
            return Finding(file, where, "purpose", missing, why, mend)

        if purpose.holder not in world.authority_names | {"operator"}:
            yield fault("/holder", f"{purpose.holder} is no authority", "nobody could use it", "name an authority")
        if not purpose.id.startswith(f"{purpose.holder}.") or purpose.file.name != f"{purpose.id}.yaml":
            why = "people find a purpose by its holder and name"
            yield fault("/id", "the id is not <holder>.<name>, or not the file's name", why, "rename it")
        if purpose.valid_until <= purpose.valid_from:
            yield fault("/valid_until", "it expires before it begins", "a purpose needs a term", "mend the days")
        if purpose.highest_sensitivity not in SENSITIVITIES:
            known = ", ".join(SENSITIVITIES)
            yield fault(
                "/highest_sensitivity", "unknown sensitivity", "nothing could be compared with it", f"take {known}"
            )
        for side in ("title", "plain"):
            if not all(getattr(purpose, side).values()):
                yield fault(f"/{side}", "an empty text", "citizens read it beside each look", "write a sentence")
        if not purpose.records and purpose.holder != "operator":
            yield fault("/records", "no fields", "it allows nothing", "name topics and fields")
        for index, record in enumerate(purpose.records):
            yield from _fields(world, purpose, record, pointer("records", index))


def _fields(world: World, purpose: Purpose, record: PurposeRecord, where: str) -> Findings:
    why = "a look at a field that does not exist, or beyond the stated sensitivity, is refused"
    topic = world.topics.get(record.topic)
    target = world.target(topic.schema, topic.file) if topic and topic.schema else None
    if topic is None or target is None:
        yield Finding(purpose.file, where, "purpose", f"{record.topic} is no record topic", why, "mend the topic")
        return
    body, file = target
    properties = body.get("properties") or {}
    highest = SENSITIVITIES.index(purpose.highest_sensitivity) if purpose.highest_sensitivity in SENSITIVITIES else 0
    for name in sorted(record.fields | record.clear):
        if name == STANDING:
            continue
        if name not in properties:
            missing = f"{record.topic} has no field {name}"
            yield Finding(purpose.file, where, "purpose", missing, why, f"take one of {', '.join(sorted(properties))}")
            continue
        schema = properties[name] if isinstance(properties[name], dict) else {}
        found = followed(world, schema, file).get("x-data-classification")
        if not isinstance(found, dict):
            continue  # a finding of its own
        level = found.get("sensitivity", "confidential")
        if level in SENSITIVITIES and SENSITIVITIES.index(level) > highest:
            missing = f"{record.topic} {name} is {level}, above the purpose's {purpose.highest_sensitivity}"
            yield Finding(purpose.file, where, "purpose", missing, why, "leave it out, or raise highest_sensitivity")
    if extra := record.clear - record.fields:
        missing = f"{', '.join(sorted(extra))} in clear but not in fields"
        yield Finding(purpose.file, where, "purpose", missing, why, "add to fields, or remove from clear")


def codelists_are_used_rightly(world: World) -> Findings:
    for found in world.codelists.values():
        if found.file.stem != found.name:
            missing, why = f"the file is not named {found.name}", "people look for it there"
            yield Finding(found.file, "/name", "file-name", missing, why, "rename the file or the list")
        if found.source is None:
            for index, code in enumerate(found.codes.values()):
                if not code.en or not code.zh:
                    missing, why = f"{code.code} lacks a label", "pages and import headers come in two languages"
                    yield Finding(found.file, pointer("entries", index), "codelist", missing, why, "add zh and en")
    for place in all_schemas(world):
        name = place.schema.get("x-codelist")
        if name is None:
            continue
        where = pointer(*place.steps, "x-codelist")
        why = "a front-end shows the code bare when it has no label"
        if name not in world.codelists:
            yield Finding(
                place.file, where, "codelist", f"there is no code list {name}", why, f"add codelists/{name}.yaml"
            )
            continue
        schema: dict[str, Any] = followed(world, place.schema, place.file)
        unknown = {v for v in schema.get("enum", ()) if v is not None} - set(world.codelists[name].codes)
        if unknown:
            missing = f"{', '.join(sorted(map(str, unknown)))} not in {name}"
            yield Finding(place.file, where, "codelist", missing, why, "add them to the code list")

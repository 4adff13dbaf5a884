"""Rules of reference data: authorities, code lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onewindow_contracts.formats import is_uscc
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import all_schemas, followed
from onewindow_contracts.lint.world import World


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

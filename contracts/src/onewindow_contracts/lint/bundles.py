"""Rules of the whole: every interface closes into one document, and every record is labelled for people."""

from __future__ import annotations

from pathlib import Path

from onewindow_contracts.bundle import bundle_openapi
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.world import World


def bundles_close(world: World) -> Findings:
    for file in world.interfaces:
        if file.parent.name != "openapi":
            if world.documents.find(f"openapi/{file.parent.name}.v1.yaml") is None:
                why, mend = "nobody serves it", f"add openapi/{file.parent.name}.v1.yaml, or move it to its department"
                yield Finding(file, "", "bundle", "a part of a contract that does not exist", why, mend)
            continue
        if file.name == "common.v1.yaml":
            continue
        try:
            bundle_openapi(world.documents, file)
        except ContractError as error:
            why = "services, clients and tests get the bundle: without it nothing starts"
            yield Finding(Path(error.file), error.place, "bundle", error.what, why, "rename or mend what is named")
        except (KeyError, TypeError, AttributeError) as error:
            why = "services, clients and tests get the bundle: without it nothing starts"
            yield Finding(file, "", "bundle", f"cannot be bundled: {error!r}", why, "mend the structure of the file")
    yield from _labelled(world)


def _labelled(world: World) -> Findings:
    """The properties of a shown record have labels in both languages."""
    for topic in world.topics.values():
        target = world.target(topic.schema, topic.file) if topic.schema and topic.section else None
        if target is None:
            continue
        body, file = target
        definition = str(topic.schema).rpartition("/")[2]
        for name, schema in (body.get("properties") or {}).items():
            label = schema.get("x-label") if isinstance(schema, dict) else None
            if not isinstance(label, dict) or not (label.get("zh") and label.get("en")):
                where = pointer("$defs", definition, "properties", name)
                why = "windows, pages and import headers show the label, in Chinese or English"
                mend = "add x-label: {zh: …, en: …}"
                yield Finding(file, where, "label-missing", f"{name} has no x-label", why, mend)

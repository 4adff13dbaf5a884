"""Rules of what is done to people: legal bases belong to offices, and an operation that burdens somebody carries grounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onewindow_contracts.bases import Basis
from onewindow_contracts.bundle import METHODS
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.schemas import followed
from onewindow_contracts.lint.world import World

DEGREES = ("adverse", "restrictive")
CODES = ("author-missing", "basis-not-held", "evidence-not-confirmed")
"""What any operation that burdens somebody may answer."""
GROUNDS = ("#/$defs/AdverseGrounds", "#/$defs/AdverseGroundsOfMany")
WHY = "nobody is burdened without a basis, evidence and a way to see both"
Fault = tuple[str, str, str]


def bases_are_sound(world: World) -> Findings:
    for basis in world.bases.values():
        for where, missing, mend in (*_office(world, basis), *_purpose(world, basis), *_content(world, basis)):
            yield Finding(basis.file, where, "legal-basis", f"{basis.id}: {missing}", WHY, mend)


def _office(world: World, basis: Basis) -> Iterator[Fault]:
    if basis.authority not in world.authority_names:
        yield "/authority", f"{basis.authority} is no authority", "name one of contracts/authorities"
    if basis.file.stem != basis.authority:
        yield "/authority", f"does not belong in {basis.file.name}", f"move it to {basis.authority}.yaml"
    if not basis.id.startswith(f"{basis.authority}."):
        yield "/bases", "the id is not <authority>.<name>", "rename it"
    if basis.valid_until is not None and basis.valid_until <= basis.valid_from:
        yield "/bases", "it ends before it begins", "mend the days"


def _purpose(world: World, basis: Basis) -> Iterator[Fault]:
    purpose = world.purposes.get(basis.purpose)
    if purpose is None:
        yield "/bases", f"there is no purpose {basis.purpose}", "name one of the office's own"
    elif purpose.holder != basis.authority:
        yield "/bases", f"{basis.purpose} is not a purpose of {basis.authority}", "name one of the office's own"
    elif purpose.adverse_subjects_per_day is None:
        mend = "add adverse: {subjects_per_day: …} to the purpose"
        yield "/bases", f"{basis.purpose} does not say how many people a day", mend


def _content(world: World, basis: Basis) -> Iterator[Fault]:
    if not basis.legal_basis.strip() or not all(basis.title.values()) or not all(basis.remedy.values()):
        yield "/bases", "an empty norm, title or remedy", "the person concerned reads them: write them"
    if not basis.acts or not basis.evidence:
        yield "/bases", "it permits nothing, or on no evidence", "name acts and topics of evidence"
    for topic in basis.evidence:
        if topic not in world.topics or world.topics[topic].kind != "record":
            yield "/bases", f"{topic} is no record topic", "evidence is a record that a department can confirm"
    hosts = {office.host for office in world.authorities.values() if office.name == basis.authority}
    known = {code for host in hosts if (found := world.codelists.get(f"{host}.adverse-acts")) for code in found.codes}
    for act in basis.acts:
        if act not in known:
            yield "/bases", f"{act} is no adverse act of the office's department", "add it to <department>.adverse-acts"


def adverse_operations_carry_grounds(world: World) -> Findings:
    for file, document in world.interfaces.items():
        for path, item in (document.get("paths") or {}).items():
            for method in METHODS:
                node = (item or {}).get(method)
                if isinstance(node, dict) and "x-adverse" in node:
                    name = node.get("operationId") or f"{method.upper()} {path}"
                    for missing, mend in _operation(world, node, file):
                        where = pointer("paths", path, method)
                        yield Finding(file, where, "adverse-operation", f"{name}: {missing}", WHY, mend)


def _operation(world: World, node: dict[str, Any], file: Path) -> Iterator[tuple[str, str]]:
    if node["x-adverse"] not in DEGREES:
        yield f"x-adverse is {node['x-adverse']!r}", f"take one of {', '.join(DEGREES)}"
    if unlisted := [code for code in CODES if code not in (node.get("x-problems") or ())]:
        yield f"{', '.join(unlisted)} not in x-problems", "add them: the machine of adverse acts answers so"
    content = ((node.get("requestBody") or {}).get("content") or {}).get("application/json") or {}
    body = followed(world, content.get("schema") or {}, file)
    required = set(body.get("required") or ())
    grounds = (body.get("properties") or {}).get("grounds")
    if "reason" not in required:
        yield "its body does not require `reason`", "add it and list it in required"
    if "grounds" not in required and not _is_nullable(grounds):
        yield "its body does not require `grounds`", "add it, and list it in required where it always burdens somebody"
    if not _is_grounds(grounds):
        yield "its `grounds` are not the shared ones", f"refer to records/shared/adverse-act.v1.json{GROUNDS[0]}"


def _is_nullable(schema: Any) -> bool:
    """Of an operation that burdens somebody only in one of its outcomes; code refuses that outcome without grounds."""
    return isinstance(schema, dict) and {"type": "null"} in (schema.get("anyOf") or ())


def _is_grounds(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    choices = [schema, *(schema.get("anyOf") or ())]
    return any(str(each.get("$ref", "")).endswith(GROUNDS) for each in choices if isinstance(each, dict))

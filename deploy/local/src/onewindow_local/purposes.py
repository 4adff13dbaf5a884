"""Why the offices of an instance look: what the command line, the sample and the demos ask tokens for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onewindow_local.errors import LocalError

LOOKS = {
    "population-office": "population-office.move-in",
    "title-registry": "title-registry.transfer",
    "vehicle-administration": "vehicle-administration.licensing",
    "parking-office": "parking-office.permit",
    "provident-fund": "provident-fund.ledger",
    "traffic-police": "traffic-police.enforcement",
    "company-register": "company-register.registration",
    "social-aid": "social-aid.means-test",
}
"""What an office asks the gateway for; at a department it keeps its register, where it has one."""
_read: dict[str, Any] = {}


def known() -> Mapping[str, Any]:
    """The register of purposes, read again when its files changed (they come with a new department)."""
    from onewindow_contracts import loader

    folders = os.environ.get("ONEWINDOW_CONTRACTS", "")
    contracts = _read.get(folders)
    if contracts is None or loader.changed(contracts):
        contracts = loader.load([Path(part) for part in folders.split(os.pathsep) if part] or None)
        _read[folders] = contracts
    return contracts.purposes


def of(office: str, at: str) -> str:
    """The purpose for which ``office`` (an authority's local name) calls the service ``at``."""
    register = f"{office}.register"
    return register if at != "gateway" and register in known() else LOOKS.get(office, register)


def details(purpose: str, officer: str | None, case: str | None) -> tuple[str | None, str | None]:
    """Officer and case to state: those given, else examples where the purpose wants one. LocalError for an unknown one."""
    entry = known().get(purpose)
    if entry is None:
        raise LocalError(f"There is no purpose {purpose!r}.", "contracts/purposes/ has all.")
    if officer is None and entry.acting_person:
        officer = f"{entry.holder}-clerk-1"
    return officer, case or entry.case_example

"""Organisations and who represents them, merges and splits: each operation once as its contract means it."""

from __future__ import annotations

from typing import Any

from .live import Service, Town
from .people import TODAY, Firm, admitted, adult, firm

EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-2"}]


def links(town: Town) -> None:
    identity = town.service("identity")
    organisations(town, identity)
    merges_and_splits(town, identity)


def organisations(town: Town, identity: Service) -> None:
    """A firm is found, renamed, represented by another, and dissolved."""
    chief = adult(town, "例董")
    made: Firm = firm(town, "例一有限公司", chief)
    agent = admitted(town, "例理")["person"]
    asked = {"person": agent, "capacity": "agent", "powers": ["read"], "since": TODAY.isoformat()}
    appointed = identity.call("appointRepresentative", asked, organisation=made.id)
    identity.call("endRepresentation", {"reason": "离职"}, representation=appointed["urn"])
    found = identity.call("lookUpOrganisation", {"uscc": made.code})
    named = identity.call(
        "varyOrganisation", {"name": "例二有限公司", "reason": "变更"}, at=found.etag, organisation=made.id
    )
    assert identity.call("introduceMyself", {"receiver": "housing"}, token=made.token("identity"))["introduction"]
    identity.call("introduceMyself", {"receiver": "transport"}, token=chief.token("identity"))
    over = {"dissolved_on": TODAY.isoformat(), "reason": "注销"}
    identity.call("dissolveOrganisation", over, at=named.etag, organisation=made.id)
    assert identity.call("readOrganisation", organisation=made.id)["body"]["state"] == "dissolved"


def merges_and_splits(town: Town, identity: Service) -> None:
    """Two entries become one and are parted again; another proposal is refused."""
    one, other = adult(town, "例甲"), adult(town, "例乙")
    first, second = (town.token("agency", "population-office", officer=f"officer-{n}") for n in (1, 2))

    def proposed(operation: str, **more: Any) -> str:
        asked = {"grounds": "重复登记", "evidence": EVIDENCE} | more
        return identity.call(operation, asked, token=first)["id"]

    merge = proposed("proposeMerge", survivor=one.id, losing=other.id)
    confirmed = identity.call("confirmLinkDecision", decision=merge, token=second)
    split = proposed("proposeSplit", person=confirmed["person"], undoes=merge)
    parted = identity.call("confirmLinkDecision", decision=split, token=second)
    assert identity.call("readLinkDecision", decision=merge)["undone"]
    again = proposed("proposeMerge", survivor=parted["person"], losing=parted["other"])
    assert identity.call("refuseLinkDecision", decision=again)["state"] == "refused"

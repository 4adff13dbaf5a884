"""What offices do to people, in each department once: refused on grounds, held for who disputes, released, undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onewindow_kit.records import new_urn

from .live import Answer, Service, Town, wait_for
from .people import Person

REASON = "材料不符合规定"
Apply = Callable[[], str]
"""Opens a case of the person and gives its URN."""


def refused(service: Service, token: str, office: str, case: str) -> Answer:
    """The office refuses the case, which is itself the evidence."""
    grounds = {"basis": f"{office}.refusal", "evidence": [case]}
    at = service.call("readCase", urn=case, token=token).etag
    body: dict[str, Any] = {"outcome": "refused", "reason": REASON, "grounds": grounds}
    if service.name == "transport":  # its decisions carry what the office adds, nothing for a refusal
        body["answer"] = None
    return service.call("decideCase", body, at=at, urn=case, token=token)


def restricted(town: Town, service: Service, act: Answer) -> Answer:
    """A second officer of another unit approves; the record that it changed."""
    second = town.token("agency", "vehicle-administration", officer="clerk-2", unit="review", at=service.name)
    word = {"acts": [{"act": act["urn"], "version": act["version"]}], "outcome": "approved", "reason": "经复核"}
    [done] = service.call("decideAdverseActs", word, token=second)["acts"]
    assert done["state"] == "in-force"
    return service.call("readLicence", urn=done["results"][0])


def walk(town: Town, department: str, office: str, person: Person, apply: Apply) -> None:
    service, oversight = town.service(department), town.service("oversight")
    clerk = town.token("agency", office, officer="clerk-1", unit="window", at=department)
    assert refused(service, clerk, office, apply()).status == 200
    about = {"about": new_urn(f"demo.{office}", "case"), "grounds": "决定有误"}
    oversight.call("raiseDispute", about, token=person.token("oversight"))

    def held() -> Answer | None:
        answer = refused(service, clerk, office, apply())
        return answer if answer.status == 202 else None

    act = wait_for(held)
    supervisor = town.token("agency", "supervision-office", officer="supervisor-1", at=department)
    waiting = service.call("listAdverseActs", token=supervisor, query={"state": "held", "limit": 200})["items"]
    assert act["urn"] in [each["urn"] for each in waiting]
    word = {"acts": [{"act": act["urn"], "version": act["version"]}], "outcome": "released", "reason": "与异议无关"}
    [done] = service.call("ruleOnAdverseActs", word, token=supervisor)["acts"]
    assert done["state"] == "in-force"
    read = service.call("readAdverseAct", urn=act["urn"], token=clerk)
    undone = service.call("undoAdverseAct", {"reason": "材料齐全"}, at=read.etag, urn=act["urn"], token=clerk)
    assert undone["body"]["compensation"]
    asked: dict[str, Any] = {"introduction": town.introduction(department), "evidence": [act["urn"]]}
    told = service.call("checkEvidence", {"basis": f"{office}.refusal", "checks": [asked]})
    assert told["confirmed"] == [False]

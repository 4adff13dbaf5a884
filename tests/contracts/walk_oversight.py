"""Every operation of oversight once as its contract means it: questions, disputes, notices, credentials."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from onewindow_kit.clock import now, stamp
from onewindow_kit.records import new_urn, random_id

from .live import Service, Town, wait_for
from .people import Person, adult

OFFICE = "demo.title-registry"
NAMED = {"officer": "clerk-2", "name": "王敏"}
ANSWER = {"name": "王敏", "legal_basis": "不动产登记暂行条例 第十七条", "text": "因核对共有情况。"}
RULING = {
    "outcome": "upheld",
    "name": "王敏",
    "legal_basis": "民法典 第二百二十条",
    "reason": "面积登记确有错误。",
    "remedy": "六十日内可申请行政复议。",
}
EVIDENCE = [{"kind": "inquiry-report", "reference": "调查报告1"}]


def walk(town: Town) -> None:
    oversight, person = town.service("oversight"), adult(town, "例问")
    questions(town, oversight, person)
    disputes(oversight, person)
    notices(town, oversight, person)
    credentials(town, oversight)
    registry(oversight)


def ask(oversight: Service, person: Person) -> Any:
    """As the gateway relays it, once it found the entry in the person's own record."""
    facts = {"at": stamp(now()), "kind": "look", "organisation": OFFICE, "actor": "clerk-1", "purpose": None}
    said = base64.urlsafe_b64encode(json.dumps(facts).encode()).decode().rstrip("=")
    body = {"entry": random_id(), "text": "我没有申请，为什么查阅？"}
    headers = {"Onewindow-Entry-Facts": said}
    return oversight.call("askQuestion", body, token=person.token("oversight"), headers=headers)


def questions(town: Town, oversight: Service, person: Person) -> None:
    office = town.token("agency", "title-registry", at="oversight")
    asked = ask(oversight, person)
    found = oversight.call("listQuestions", token=office, query={"state": "open", "limit": 200})["items"]
    assert asked["question"] in [each["urn"] for each in found]
    read = oversight.call("readQuestion", token=office, urn=asked["question"])
    named = oversight.call("assignQuestion", NAMED, token=office, at=read.etag, urn=asked["question"])
    answered = oversight.call("answerQuestion", ANSWER, token=office, at=named.etag, urn=asked["question"])
    assert answered["body"]["answer"]["handler"]["name"] == "王敏"
    mine = person.token("oversight")
    closed = oversight.call("closeQuestion", {"accepted": True}, token=mine, urn=asked["question"])
    assert closed["state"] == "closed"
    oversight.call("withdrawQuestion", token=mine, urn=ask(oversight, person)["question"])


def dispute(oversight: Service, person: Person) -> Any:
    about = {"about": new_urn(OFFICE, "title"), "grounds": "面积有误。"}
    return oversight.call("raiseDispute", about, token=person.token("oversight"))


def disputes(oversight: Service, person: Person) -> None:
    office = oversight.town.token("agency", "title-registry", at="oversight")
    raised = dispute(oversight, person)
    found = oversight.call("listDisputes", token=office, query={"state": "open", "limit": 200})["items"]
    assert raised["dispute"] in [each["urn"] for each in found]
    read = oversight.call("readDispute", token=office, urn=raised["dispute"])
    named = oversight.call("assignDispute", NAMED, token=office, at=read.etag, urn=raised["dispute"])
    ruled = oversight.call("decideDispute", RULING, token=office, at=named.etag, urn=raised["dispute"])
    assert ruled["body"]["state"] == "upheld"
    withdrawn = dispute(oversight, person)["dispute"]
    oversight.call("withdrawDispute", token=person.token("oversight"), urn=withdrawn)


def notices(town: Town, oversight: Service, person: Person) -> None:
    asked, own = {"receiver": "oversight"}, person.token("identity")
    named = town.service("identity").call("introduceMyself", asked, token=own)["introduction"]
    order = {
        "kind": "incident",
        "text": {"zh": "有人冒用凭证，可能看到了您的信息。", "en": "Somebody may have seen your records."},
        "concerns": [],
        "reference": "2026-监-17",
        "addressees": [named],
    }
    assert oversight.call("sendNotices", order)["sent"] == 1
    parted(town, oversight)


def parted(town: Town, oversight: Service) -> None:
    """What somebody disputed under a name that turned out to be two people's is assigned by a supervisor."""
    identity = town.service("identity")
    one, other = adult(town, "例合"), adult(town, "例分")
    first, second = (town.token("agency", "population-office", officer=f"officer-{n}", at="identity") for n in (1, 2))
    asked = {"grounds": "同一人", "evidence": EVIDENCE}
    merge = identity.call("proposeMerge", asked | {"survivor": one.id, "losing": other.id}, token=first)["id"]
    identity.call("confirmLinkDecision", decision=merge, token=second)
    contested = dispute(oversight, one)["dispute"]
    split = identity.call("proposeSplit", asked | {"person": one.id, "undoes": merge}, token=first)["id"]
    identity.call("confirmLinkDecision", decision=split, token=second)
    supervisor = town.token("agency", "supervision-office", at="oversight")

    def hidden() -> bool:
        found = oversight.call("readSnapshot", record_type="dispute", query={"limit": 200})["items"]
        return any(each["urn"] == contested and not each["subjects"] for each in found)

    wait_for(hidden)
    assert oversight.call("assignPartedRecord", {"side": "stays"}, token=supervisor, urn=contested).status == 204


def credentials(town: Town, oversight: Service) -> None:
    supervisor, reason = town.token("agency", "supervision-office", at="oversight"), {"reason": "核查后恢复。"}
    lost = {
        "kind": "token",
        "value": secrets.token_hex(16),
        "organisation": None,
        "reason": "见于日志。",
        "until": None,
    }
    put = oversight.call("revokeCredential", lost)
    holding = oversight.call("listRevocations", query={"in_force": "true", "limit": 200})["items"]
    assert put["urn"] in [each["urn"] for each in holding]
    oversight.call("liftRevocation", reason, at=put.etag, urn=put["urn"])
    who = {"organisation": "demo.parking-office", "officer": f"clerk-{secrets.token_hex(4)}", "reason": "涉嫌滥用。"}
    locked = oversight.call("lockOfficer", who, token=supervisor)
    holding = oversight.call("listLocks", query={"in_force": "true", "limit": 200})["items"]
    assert locked["urn"] in [each["urn"] for each in holding]
    oversight.call("liftLock", reason, token=supervisor, at=locked.etag, urn=locked["urn"])
    oversight.call("listAlarms")


def registry(oversight: Service) -> None:
    asked = {"introduction": oversight.town.introduction("oversight"), "evidence": [new_urn(OFFICE, "title")]}
    told = oversight.call("checkEvidence", {"basis": "title-registry.refusal", "checks": [asked]})
    assert told["confirmed"] == [False]
    assert oversight.call("readSnapshot", record_type="question", query={"limit": 3})["items"]
    assert oversight.call("republishRegistry", record_type="notice")["republished"] >= 1
    urn = next(urn for urn in oversight.versions if urn.split(":")[3] == "dispute")
    assert oversight.call("republishRecord", urn=urn)["republished"] == 1

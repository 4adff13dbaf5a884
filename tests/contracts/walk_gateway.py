"""Every operation of the gateway once as its contract means it: looking, following, acting, asking for a purpose."""

from __future__ import annotations

from . import walk_gateway_record
from .live import Town
from .people import adult, version


def walk(town: Town) -> None:
    gateway, identity = town.service("gateway"), town.service("identity")
    person = adult(town, "例窗")
    card = identity.call("issueCard", {"reason": "first"}, at=version(identity, person), person=person.id)
    citizen = person.token()
    seen = gateway.call("readView", token=citizen, headers={"Onewindow-Version": card.written})
    assert any(section["records"] for section in seen["sections"])
    unchanged = {"If-None-Match": str(seen.etag)}
    assert gateway.call("readView", token=citizen, headers=unchanged).status == 304
    history = gateway.call("listRecords", token=citizen, query={"type": "identity.identity-card"})
    assert history["items"]
    changes = gateway.call("followChanges", token=citizen, query={"wait": 0})
    assert changes["after"]
    lost = gateway.call("relayCommand", {"body": {}}, token=citizen, department="identity", operation="reportCardLost")
    assert lost.written
    asked = {
        "purpose": "social-aid.means-test",
        "subject": {"scheme": "cn-id", "number": person.number, "name": person.name},
        "fields": ["identity.person.name", "identity.person.standing"],
    }
    answered = gateway.call("readForPurpose", asked, token=town.token("agency", "social-aid"))
    assert answered["sections"]
    walk_gateway_record.walk(gateway, citizen)
    name = gateway.call("listCodelists")["codelists"][0]["name"]
    gateway.call("readCodelist", name=name)
    contract = gateway.call("listContracts")["contracts"][0]["name"]
    gateway.call("readContract", name=contract)
    code = gateway.call("listProblems")["problems"][0]["code"]
    gateway.call("readProblem", code=code)

"""Stays and permits, what citizens ask the population office for, marriage and adoption: each once as its contract means it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from . import walk_adverse
from .live import Service, Town
from .people import DIVISION, TODAY, Person, admitted, adult, citizen_number, number_of, place

WHY = {"outcome": "granted", "reason": "材料齐全，符合规定。"}


def lives(town: Town) -> None:
    identity = town.service("identity")
    stays(town, identity)
    cards(town, identity)
    families(town, identity)
    refusals(town, identity)
    asked_in_transport = {"pseudonym": adult(town, "例岁").in_sector("vehicle-administration")}
    assert identity.call("reachAge", asked_in_transport | {"years": 18, "on": TODAY.isoformat()})["reached"]


def refusals(town: Town, identity: Service) -> None:
    asking = adult(town, "例请")

    def wish() -> str:
        body = {"name": "例改名", "reason": "本人意愿"}
        return identity.call("requestNameChange", body, token=asking.token("identity"))["urn"]

    walk_adverse.walk(town, "identity", "population-office", asking, wish)


def stays(town: Town, identity: Service) -> None:
    """Somebody from elsewhere stays, applies after half a year, endorses late, leaves."""
    file = admitted(town, "例居").body
    guest = Person(town, file["person"], "例居", number_of(file), "")
    long_ago = TODAY - timedelta(days=700)
    here = {"division": DIVISION, "address": "示例路8号", "since": long_ago.isoformat()}
    stay = identity.call("registerStay", here | {"person": guest.id})
    wish = {"ground": "job", "evidence": "劳动合同2026-1"}
    asked = identity.call("applyForResidencePermit", wish, token=guest.token("identity"))
    identity.call("readCase", urn=asked["urn"], token=guest.token("identity"))
    assert identity.call("listCases", query={"state": "pending", "limit": 3})["items"]
    granted = identity.call("decideCase", WHY, at=asked.etag, urn=asked["urn"])
    [permit] = granted["body"]["results"]
    identity.call("readResidencePermit", urn=permit, token=guest.token("identity"))
    identity.call("endStay", {}, urn=stay["urn"])
    resident = admitted(town, "例签")["person"]
    where = {"person": resident, "division": DIVISION, "address": "示例路9号", "since": long_ago.isoformat()}
    identity.call("registerStay", where)
    granted_on = TODAY - timedelta(days=400)
    before = {"person": resident, "ground": "home", "granted_on": granted_on.isoformat()}
    held = identity.call("enterResidencePermit", before)
    assert held["body"]["state"] == "suspended"
    revived = identity.call("endorseResidencePermit", {}, urn=held["urn"])
    assert (revived["body"]["state"], revived["body"]["counted_from"]) == ("valid", TODAY.isoformat())


def cards(town: Town, identity: Service) -> None:
    holder = adult(town, "例证")
    identity.call("issueCard", {"reason": "first"}, person=holder.id)
    done = identity.call("replaceCard", {"reason": "loss"}, token=holder.token("identity"))
    assert done["body"]["state"] == "granted"
    named = identity.call("requestNameChange", {"name": "例新名", "reason": "本人意愿"}, token=holder.token("identity"))
    identity.call("withdrawCase", urn=named["urn"], token=holder.token("identity"))


def families(town: Town, identity: Service) -> None:
    """Two marry, declare a child, and part; somebody else says no; a child is adopted."""
    man, woman = adult(town, "例夫"), she(town, "例妻")
    for answer in ("declineCase", "consentToCase"):
        asked = identity.call("applyForMarriage", {"spouse": named(woman)}, token=man.token("identity"))
        body = {"reason": "再想想"} if answer == "declineCase" else None
        said = identity.call(answer, body, urn=asked["urn"], token=woman.token("identity"))
    [marriage] = identity.call("decideCase", WHY, at=said.etag, urn=asked["urn"])["body"]["results"]
    child = born(identity, man, woman)
    identity.call("applyForDivorce", {"marriage": marriage}, token=woman.token("identity"))
    adopter = adult(town, "例养")
    papers = [{"kind": "adoption-certificate", "reference": "收养登记1"}]
    identity.call("registerAdoption", {"child": child, "adopters": [adopter.id], "evidence": papers})


def born(identity: Service, father: Person, mother: Person) -> str:
    """The child's pseudonym."""
    declared = {
        "name": "例孩",
        "sex": "1",
        "birth_date": (TODAY - timedelta(days=9)).isoformat(),
        "ethnic_group": "01",
        "birth_division": DIVISION,
        "certificate": "出生医学证明A2",
        "other_parent": named(mother),
        "relationship": "20",
        "register": "mine",
    }
    asked = identity.call("declareBirth", declared, token=father.token("identity"))
    identity.call("decideCase", WHY, at=asked.etag, urn=asked["urn"])
    members = identity.call("readHousehold", household=father.household)["members"]
    return next(member["person"] for member in members if member["person"] != father.id)


def named(person: Person) -> dict[str, str]:
    return {"scheme": "cn-id", "number": person.number, "name": person.name}


def she(town: Town, name: str, born: date | None = None) -> Person:
    """A woman in a register of her own."""
    identity, birth = town.service("identity"), born or TODAY - timedelta(days=365 * 33)
    number = citizen_number(birth, woman=True)
    entries: dict[str, Any] = {"name": name, "sex": "2", "birth_date": birth.isoformat(), "ethnic_group": "01"}
    known = identity.call("admitPerson", entries | {"scheme": "cn-id", "number": number, "standing": "elsewhere"})
    household = identity.call("openHousehold", {"place": place(), "head": known["person"]})
    return Person(town, known["person"], name, number, household["urn"])

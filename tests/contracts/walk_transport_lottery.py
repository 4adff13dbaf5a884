"""The plate lottery, parking permits, and persons who were merged or split: each operation once as its contract means it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_kit.clock import stamp

from .live import Service, Town, wait_for
from .people import DIVISION, TODAY, Person, admitted, adult, number_of

BASIS = {"legal_basis": "小客车公开摇号规则（演示）"}
REMEDY = "六十日内可申请行政复议"
EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-3"}]


def lottery(town: Town, people: list[Person]) -> None:
    """A round: opened, entered, frozen, revealed, drawn, awarded."""
    transport = town.service("transport")
    keys = {name: Ed25519PrivateKey.generate() for name in ("court", "notary")}
    named = [
        {"party": name, "title": name, "public_key": key.public_key().public_bytes_raw().hex()}
        for name, key in keys.items()
    ]
    wanted = {"period": f"{TODAY:%Y-%m}", "quota": 1, "freeze_on": TODAY.isoformat(), "parties": named}
    urn = transport.call("openLottery", wanted | BASIS)["urn"]
    told = {name: secrets.token_hex(32) for name in keys}
    for name, key in keys.items():
        bound = hashlib.sha256(f"{urn}\n{name}\n{told[name]}".encode()).hexdigest()
        signature = key.sign(f"{urn}\n{name}\n{bound}".encode()).hex()
        commitment = {"party": name, "commitment": bound, "signature": signature}
        transport.call("commitToLottery", commitment, urn=urn)
    receipts = [transport.call("joinLottery", urn=urn, token=person.token("transport")) for person in people]
    left = receipts.pop()
    transport.call("leaveLottery", at=left.etag, urn=left["entry"], token=people[-1].token("transport"))
    value = {"source": "示例交易所", "reference": "收盘", "due_at": stamp(datetime.now(UTC) + timedelta(seconds=5))}
    frozen = transport.call("freezeLottery", value | BASIS, at=version(transport, urn), urn=urn)
    assert frozen["body"]["size"] >= 1
    for name, secret in told.items():
        transport.call("revealToLottery", {"party": name, "secret": secret}, urn=urn)
    [first, *_] = transport.call("listLotteryEntries", urn=urn, query={"limit": 3})["items"]
    assert transport.call("readLotteryEntry", urn=urn, code=first["code"])["size"] == frozen["body"]["size"]
    due = datetime.fromisoformat(value["due_at"])
    assert wait_for(lambda: datetime.now(UTC) > due)
    drawn = transport.call("drawLottery", BASIS | {"value": "3836.77"}, at=version(transport, urn), urn=urn)
    given = transport.call("awardLottery", BASIS, at=drawn.etag, urn=urn)
    assert given["body"]["awarded"] == 1
    assert transport.call("listLotteries", query={"limit": 1})["items"]
    held = {"holder": people[0].in_sector("vehicle-administration")}
    transport.call("lookUpPlateQuotas", held)


def version(transport: Service, urn: str) -> int:
    return transport.call("readLottery", urn=urn)["version"]


def lodger(town: Town) -> Person:
    """Somebody registered elsewhere who lives here by a residence permit."""
    identity, guest = town.service("identity"), admitted(town, "例居")
    stay = {"division": DIVISION, "address": "示例路18号", "since": (TODAY - timedelta(days=700)).isoformat()}
    identity.call("registerStay", stay | {"person": guest["person"]})
    permit = {"person": guest["person"], "ground": "home", "granted_on": TODAY.isoformat()}
    identity.call("enterResidencePermit", permit)
    return Person(town, guest["person"], "例居", number_of(guest.body), "")


def permits(town: Town, car: Any, resident: Person) -> None:
    """At once for who is registered in the zone; decided by the office for who lives there by a residence permit."""
    transport, guest = town.service("transport"), lodger(town)
    ruling = {"legal_basis": "停车管理办法", "reason": "住址与车辆相符", "remedy": REMEDY}
    grounds = {"effective_on": TODAY.isoformat(), "legal_basis": "停车管理办法", "reason": "已搬离", "remedy": REMEDY}
    for person, end in ((resident, "withdraw"), (resident, "end"), (guest, "refused"), (guest, "granted")):
        token = person.token("transport")
        wish = {"vehicle": car(transport, person)["urn"], "zone": "XH-1"}
        applied = transport.call("applyForParkingPermit", wish, token=token)
        urn, at = applied["permit"], applied["version"]
        assert applied["state"] == ("granted" if person is resident else "applied")
        match end:
            case "withdraw":
                transport.call("withdrawParkingPermit", at=at, urn=urn, token=token)
            case "end":
                transport.call("endParkingPermit", grounds, at=at, urn=urn)
            case outcome:
                transport.call("decideParkingPermit", ruling | {"outcome": outcome}, at=at, urn=urn)
    transport.call("listParkingPermits", query={"state": "granted"})
    transport.call("readParkingPermit", urn=urn)
    holder = {"holder": resident.in_sector("vehicle-administration")}
    assert transport.call("lookUpParkingPermits", holder)["items"]


def persons(town: Town, car: Any, licence: Any) -> None:
    """Two licences come under one name and one is chosen; after a split somebody says whose the car is."""
    identity, transport = town.service("identity"), town.service("transport")
    one, other = adult(town, "例并"), adult(town, "例入")
    kept = licence(transport, one)["urn"]
    licence(transport, other)
    first, second = (town.token("agency", "population-office", officer=f"officer-{n}") for n in (1, 2))
    asked = {"grounds": "同一人", "evidence": EVIDENCE}
    merge = identity.call("proposeMerge", asked | {"survivor": one.id, "losing": other.id}, token=first)["id"]
    identity.call("confirmLinkDecision", decision=merge, token=second)
    review = wait_for(lambda: _case(transport, "licence-review", kept))
    choice = {"keep": kept, "reason": "档案完整"}
    transport.call("chooseLicence", choice, at=review["version"], urn=review["urn"])
    contested = car(transport, one)["urn"]
    split = identity.call("proposeSplit", asked | {"person": one.id, "undoes": merge}, token=first)["id"]
    identity.call("confirmLinkDecision", decision=split, token=second)
    review = wait_for(lambda: _case(transport, "split-review", contested))
    found = transport.call("readSplitReview", urn=review["urn"])
    sides = {"assignments": [{"item": item, "to": "stays"} for item in found["items"]], "reason": "查明"}
    transport.call("assignSplitRecords", sides, at=found.etag, urn=review["urn"])
    owned = transport.call("lookUpVehicles", {"owner": found["stays"]})["items"]
    assert [vehicle["urn"] for vehicle in owned] == [contested]


def _case(transport: Service, kind: str, about: str) -> dict[str, Any] | None:
    """The open case of a kind that concerns a record."""
    token = transport.town.token("agency", "vehicle-administration")
    found = transport.call("listCases", query={"state": "pending", "limit": 200}, token=token)["items"]
    return next((c for c in found if c["body"]["kind"] == kind and about in c["body"]["concerns"]), None)

"""Steps on the road that several tests take: a car, a licence, a violation and what people do about it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
from onewindow_kit.clock import today

BASIS = "中华人民共和国道路交通安全法第90条"


def ok(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, (answer.status_code, answer.text)
    return answer.json()


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), answer.text
    return body


@dataclass
class Road:
    """The offices' and the citizens' commands with the bodies that most tests want."""

    office: Any
    police: Callable[..., Any]
    citizen: Callable[[str], Any]
    vehicle_body: Callable[..., dict[str, Any]]
    licence_body: Callable[..., dict[str, Any]]
    grounds: Callable[..., dict[str, Any]]

    async def car(self, owner: str, **other: Any) -> dict[str, Any]:
        day = today("Asia/Shanghai").isoformat()
        return ok(
            await self.office.post("/v1/vehicles", self.vehicle_body(owner, first_registered_on=day, **other)), 201
        )

    async def licence(self, holder: str, issued_on: str, classes: tuple[str, ...] = ("C1",)) -> dict[str, Any]:
        body = self.licence_body(holder, issued_on=issued_on, classes=list(classes))
        return ok(await self.office.post("/v1/driving-licences", body), 201)

    def entry(self, car: dict[str, Any] | None, kind: str = "red-light", **other: Any) -> dict[str, Any]:
        plate = None if car is None else {name: car["body"]["plate"][name] for name in ("type", "number")}
        return {
            "kind": kind,
            "plate": plate,
            "driver": None,
            "occurred_on": today("Asia/Shanghai").isoformat(),
            "place": "文三路与学院路口",
            "document": f"330106-{secrets.token_hex(6).upper()}",
            "unit": "xihu-brigade",
            "legal_basis": BASIS,
        } | other

    async def violation(self, car: dict[str, Any] | None, kind: str = "red-light", **other: Any) -> dict[str, Any]:
        return ok(await self.police().post("/v1/violations", self.entry(car, kind, **other)), 201)

    async def stopped(self, driver: str, kind: str = "red-light", **other: Any) -> dict[str, Any]:
        """A driver stopped on the spot: accepted, the points count."""
        return await self.violation(None, kind, driver=driver, **other)

    async def do(self, person: str, violation: dict[str, Any], step: str, body: Any = None) -> httpx.Response:
        """A citizen's command on the violation as it is now."""
        path = f"/v1/violations/{violation['urn']}"
        version = ok(await self.police().get(path))["version"]
        return await self.citizen(person).post(f"{path}/{step}", body, version=version)

    async def read(self, violation: dict[str, Any]) -> dict[str, Any]:
        return ok(await self.police().get(f"/v1/violations/{violation['urn']}"))["body"]

    async def cycles(self, person: str) -> list[dict[str, Any]]:
        """The bodies of a person's cycles, oldest first."""
        found = ok(await self.police().post("/v1/points-cycle-lookups", {"holder": person}))
        return sorted((item["body"] for item in found["items"]), key=lambda body: body["starts_on"])

    async def licence_of(self, person: str) -> dict[str, Any]:
        [found] = ok(await self.office.post("/v1/driving-licence-lookups", {"holder": person}))["items"]
        return found

    async def decide(
        self, office: Any, case: str, outcome: str = "granted", answer: dict[str, Any] | None = None
    ) -> httpx.Response:
        found = ok(await office.get(f"/v1/cases/{case}"))
        version, local = found["version"], found["authority"].partition(".")[2]
        grounds = {"basis": f"{local}.refusal", "evidence": [case]} if outcome == "refused" else None
        body = {"outcome": outcome, "reason": "依法作出 / as the law says", "answer": answer, "grounds": grounds}
        return await office.post(f"/v1/cases/{case}/decisions", body, version=version)


def iso(day: date) -> str:
    return day.isoformat()

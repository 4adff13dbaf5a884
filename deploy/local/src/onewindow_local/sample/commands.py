"""What no import can bring: states that only an office's decision makes, reached by the departments' own commands.

Each command is repeated harmlessly: its Idempotency-Key follows from the person, and a state that is there already is
no failure, so that a start that was interrupted here goes on.
"""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx
from onewindow_kit.clock import today
from onewindow_kit.dpop.bound import Bound

from onewindow_local import purposes
from onewindow_local.environment import instance_name
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance
from onewindow_local.sample.homes import COURT
from onewindow_local.sample.people import Person
from onewindow_local.sample.traffic import Car
from onewindow_local.sample.work import Firm
from onewindow_local.tokens import Issuer

DONE_BEFORE = ("permit-exists", "already-dead", "move-open", "person-standing", "standing-forbids", "conflict")
REMEDY = "六十日内可申请行政复议，六个月内可提起行政诉讼。"
PATIENCE = 30.0
"""Seconds in which what answers 503 is asked again; every command has its Idempotency-Key."""
FREEZE_BASIS = "民事诉讼法第二百五十五条"
PERMIT_BASIS = "杭州市机动车停车场（库）建设和管理办法（演示）"


@dataclass(slots=True)
class Offices:
    """The offices of a running instance, each with its own credential."""

    instance: Instance
    issuer: Issuer
    http: httpx.AsyncClient
    _granted: dict[tuple[str, str], Bound] = field(default_factory=dict)

    async def granted(self, office: str, service: str) -> Bound:
        """The office's token for what it calls ``service`` for."""
        if (office, service) not in self._granted:
            client, purpose = f"{instance_name()}.{office}", purposes.of(office, service)
            self._granted[office, service] = await asyncio.to_thread(self.issuer.office, client, purpose=purpose)
        return self._granted[office, service]

    async def post(self, office: str, service: str, path: str, body: Any, version: int | None = None) -> Any:
        """A command or look-up of ``office`` at ``service``; its JSON."""
        auth = await self.granted(office, service)
        return await self.send(self.instance.url(service) + path, body, version, auth=auth)

    async def get(self, office: str, service: str, path: str) -> Any:
        auth = await self.granted(office, service)
        request = self.http.build_request("GET", self.instance.url(service) + path)
        return _read(await self._patiently(request, auth))

    async def send(
        self, url: str, body: Any, version: int | None = None, *, auth: Bound | None = None, token: str = ""
    ) -> Any:
        """As an office, by ``auth``, or with a citizen's ``token``."""
        text = f"{url}|{version}|{body}"
        headers = {"Idempotency-Key": f"sample-{hashlib.sha256(text.encode()).hexdigest()[:32]}"}
        if auth is None:
            headers["Authorization"] = f"Bearer {token}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return _read(await self._patiently(self.http.build_request("POST", url, json=body, headers=headers), auth))

    async def _patiently(self, request: httpx.Request, auth: Bound | None) -> httpx.Response:
        """The answer; on a machine that starts everything at once a neighbour may be away for some seconds."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            answer = await self.http.send(request, auth=auth)
            if answer.status_code != 503 or asyncio.get_running_loop().time() > deadline:
                return answer
            await asyncio.sleep(1)

    async def pseudonym(self, office: str, whose: Person | Firm) -> str:
        """Somebody's pseudonym in the sector of ``office``."""
        named = {"scheme": whose.scheme, "number": whose.number, "name": whose.name}
        return (await self.post(office, "identity", "/v1/pseudonyms", named))["pseudonym"]


class Refused(LocalError):
    """A command was refused; ``code`` is the problem's stable code."""

    def __init__(self, answer: httpx.Response) -> None:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        self.code = str(problem.get("code", answer.status_code))
        super().__init__(
            f"The sample could not be completed: {answer.request.method} {answer.request.url.path} answered {self.code}.",
            str(problem.get("remedy") or "./onewindow logs tells more."),
        )


def _read(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise Refused(answer)
    return answer.json()


@contextlib.asynccontextmanager
async def offices(instance: Instance) -> AsyncIterator[Offices]:
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        yield Offices(instance, Issuer(instance), http)


@contextlib.contextmanager
def unless_done_before(*more: str) -> Any:
    """A start that goes on finds some of it done; ``more`` are codes that say so, besides the usual ones."""
    try:
        yield
    except Refused as refusal:
        if refusal.code not in (*DONE_BEFORE, *more):
            raise


async def move_out(at: Offices, person: Person, to_division: str) -> None:
    """Permission and certificate, but no move-in: the person is in transit."""
    office = "population-office"
    with unless_done_before():
        who = await at.pseudonym(office, person)
        move = await at.post(
            office, "identity", "/v1/moves", {"person": who, "to_division": to_division, "reason": "work"}
        )
        place = f"/v1/moves/{move['urn']}"
        await at.post(office, "identity", f"{place}/certificate", {}, move["version"])


async def declare_dead(at: Offices, person: Person) -> None:
    """By a medical certificate; the departments hear of it by notice."""
    office = "population-office"
    with unless_done_before():
        place = f"/v1/persons/{await at.pseudonym(office, person)}"
        known = await at.get(office, "identity", place)
        body = {
            "died_on": (person.died_on or today()).isoformat(),
            "evidence": [{"kind": "death-certificate", "reference": "样本"}],
        }
        await at.post(office, "identity", f"{place}/death", body, known["version"])


async def freeze_home(at: Offices, owner: Person, since: date) -> None:
    """A court's order on the first flat of ``owner``."""
    office = "title-registry"
    whose = {"owner": await at.pseudonym(office, owner)}
    titles = (await at.post(office, "housing", "/v1/title-lookups", whose))["items"]
    with unless_done_before():
        await at.post(
            office,
            "housing",
            f"/v1/titles/{titles[0]['urn']}/freezes",
            {
                "ordered_by": COURT,
                "order_number": f"（{since.year}）示0106执保1号",
                "since": since.isoformat(),
                "until": (since + timedelta(days=3 * 365 - 1)).isoformat(),
                "legal_basis": FREEZE_BASIS,
            },
            titles[0]["version"],
        )


async def park(at: Offices, car: Car, zone: str) -> None:
    """Applied for by the car's owner through the gateway; the parking office grants what is not granted at once."""
    owner = car.owner
    token = (await asyncio.to_thread(at.issuer.citizen, owner.ref))["access_token"]
    office = "vehicle-administration"
    cars = await at.post(office, "transport", "/v1/vehicle-lookups", {"owner": await at.pseudonym(office, owner)})
    found = next(item for item in cars["items"] if item["body"]["vin"] == car.vin)
    with unless_done_before():
        url = at.instance.url("gateway") + "/v1/me/commands/transport/applyForParkingPermit"
        receipt = await at.send(url, {"body": {"vehicle": found["urn"], "zone": zone}}, token=token)
        if receipt.get("state") == "granted":
            return
        ruling = {
            "outcome": "granted",
            "reason": "申请人的登记住址在停车区内，车辆登记在其名下。",
            "remedy": REMEDY,
            "legal_basis": PERMIT_BASIS,
        }
        place = f"/v1/parking-permits/{receipt['permit']}/decisions"
        await at.post("parking-office", "transport", place, ruling, receipt["version"])

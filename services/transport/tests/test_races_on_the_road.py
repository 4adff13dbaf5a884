"""64 clients at once over real HTTP: one sale, one payment, one decision; a violation and a sale never pass each other."""

import secrets
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from onewindow_kit.clock import today

from .test_races import CLIENTS, Clients, clients

__all__ = ["clients"]  # a fixture of this module as well
ANY = {"type": "02", "number": None}
TODAY = today("Asia/Shanghai").isoformat()


@pytest.fixture
def police(issuer: Any) -> str:
    return issuer.agency("traffic-police", "transport", sector="transport", act={"sub": "officer-1"})


@pytest.fixture
def office(issuer: Any) -> str:
    return issuer.agency("vehicle-administration", "transport", sector="transport")


async def send(
    client: httpx.AsyncClient, token: str, path: str, body: Any = None, version: int | None = None
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return await client.post(path, json=body, headers=headers)


def told(answers: list[httpx.Response]) -> Counter[str]:
    """``done`` for a success, else the code; nothing but 409 and 412 refuses."""
    assert {answer.status_code for answer in answers} <= {200, 201, 409, 412}, Counter(a.status_code for a in answers)
    return Counter("done" if answer.status_code < 300 else answer.json()["code"] for answer in answers)


def sale(buyer: str) -> dict[str, Any]:
    return {
        "to": buyer,
        "ground": "sale",
        "consenting_mortgages": [],
        "plate": ANY,
        "effective_on": TODAY,
        "legal_basis": "机动车登记规定第25条",
    }


def entry(plate: dict[str, Any] | None, driver: str | None = None) -> dict[str, Any]:
    return {
        "kind": "phone",
        "plate": plate,
        "driver": driver,
        "occurred_on": TODAY,
        "place": "文三路",
        "document": secrets.token_hex(8).upper(),
        "unit": "xihu-brigade",
        "legal_basis": "道路交通安全法第90条",
    }


@pytest.mark.rule("domain-25")
async def test_one_car_is_sold_once(clients: Clients, office: str, person: Callable, vehicle_body: Callable) -> None:
    car = (await send(clients.clients[0], office, "/v1/vehicles", vehicle_body(person()))).json()
    path = f"/v1/vehicles/{car['urn']}/transfers"
    answers = await clients.race(lambda n, client: send(client, office, path, sale(person()), 1))
    assert told(answers) == {"done": 1, "version-conflict": CLIENTS - 1}


@pytest.mark.rule("domain-22")
async def test_one_fine_is_paid_once(clients: Clients, police: str, issuer: Any, person: Callable) -> None:
    driver = person()
    violation = (await send(clients.clients[0], police, "/v1/violations", entry(None, driver))).json()
    mine, path = issuer.citizen(driver, "transport"), f"/v1/violations/{violation['urn']}/payments"
    answers = await clients.race(lambda n, client: send(client, mine, path, {"amount": 5000}, 1))
    assert told(answers) == {"done": 1, "version-conflict": CLIENTS - 1}


@pytest.mark.rule("domain-30")
async def test_one_sale_is_consented_to_and_decided_once(
    clients: Clients, office: str, issuer: Any, person: Callable, vehicle_body: Callable, neighbour: Any
) -> None:
    seller, buyer, first = person(), person(), clients.clients[0]
    car = (await send(first, office, "/v1/vehicles", vehicle_body(seller))).json()
    wish = {"to": neighbour.named(buyer), "ground": "sale", "plate": ANY}
    path = f"/v1/vehicles/{car['urn']}/transfer-applications"
    asked = await clients.race(lambda n, client: send(client, issuer.citizen(seller, "transport"), path, wish))
    assert told(asked) == {"done": 1, "case-open": CLIENTS - 1}
    [case] = [answer.json()["case"] for answer in asked if answer.status_code == 201]
    word, theirs = f"/v1/cases/{case}/consents", issuer.citizen(buyer, "transport")
    agreed = told(await clients.race(lambda n, client: send(client, theirs, word)))
    assert agreed == {"done": 1, "already-answered": CLIENTS - 1}
    ruling = {"outcome": "granted", "reason": "材料齐全", "answer": None}
    decided = told(await clients.race(lambda n, client: send(client, office, f"/v1/cases/{case}/decisions", ruling, 2)))
    assert decided["done"] == 1 and set(decided) <= {"done", "version-conflict", "case-closed"}


@pytest.mark.rule("domain-25")
async def test_a_violation_and_a_sale_do_not_pass_each_other(
    clients: Clients, office: str, police: str, person: Callable, vehicle_body: Callable
) -> None:
    seller = person()
    car = (await send(clients.clients[0], office, "/v1/vehicles", vehicle_body(seller))).json()
    plate = {name: car["body"]["plate"][name] for name in ("type", "number")}
    sales = f"/v1/vehicles/{car['urn']}/transfers"

    def act(n: int, client: httpx.AsyncClient) -> Any:
        if n % 2:
            return send(client, office, sales, sale(person()), 1)
        return send(client, police, "/v1/violations", entry(plate))

    answers = await clients.race(act)
    sold, seen = told(answers[1::2]), told(answers[0::2])
    assert (sold["done"], seen["done"]) in ((1, 0), (0, CLIENTS // 2)), (sold, seen)


@pytest.mark.rule("domain-22", "domain-23")
async def test_points_given_at_once_all_count(
    clients: Clients, office: str, police: str, person: Callable, licence_body: Callable
) -> None:
    driver, first = person(), clients.clients[0]
    await send(first, office, "/v1/driving-licences", licence_body(driver, issued_on="2020-01-01"))
    answers = await clients.race(lambda n, client: send(client, police, "/v1/violations", entry(None, driver)))
    assert told(answers) == {"done": CLIENTS}
    found = (await send(first, police, "/v1/points-cycle-lookups", {"holder": driver})).json()
    assert [item["body"]["points"] for item in found["items"]] == [3 * CLIENTS]

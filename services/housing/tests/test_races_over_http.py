"""64 clients over real connections want the same thing at once: one gets it, the others are told why not."""

import asyncio
import uuid
from collections import Counter

import httpx
import pytest
from housing.app import create
from onewindow_kit.testing import serve

CLIENTS = 64


@pytest.fixture(scope="module")
async def url(settings, issuer, identity):
    async with serve(create(settings, verifier=issuer.verifier("housing"), transport=identity.transport)) as url:
        yield url


@pytest.fixture
def race(url):
    """``race((path, body, headers), …)``: each request by a client with a connection of its own, all at once."""

    async def race(*requests):
        async with asyncio.TaskGroup() as group:
            gate = asyncio.Barrier(len(requests))
            tasks = [group.create_task(_one(gate, *request)) for request in requests]
        return [task.result() for task in tasks]

    async def _one(gate, path, body, headers):
        # No TLS here, and reading the certificates takes each client longer than the race.
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30, verify=False) as client:
            await client.get("/v1/problems/not-found")  # the connection stands before the start
            await gate.wait()
            return await client.post(path, json=body, headers=headers | {"Idempotency-Key": uuid.uuid4().hex})

    return race


def seen(answers):
    return Counter((answer.status_code, answer.json().get("code")) for answer in answers)


@pytest.fixture
def pending(citizen, registered, person, identity):
    """A sale that waits for the office: its case, and the buyer."""

    async def pending(seller, title, consent=True):
        buyer = person()
        body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
        case = (await citizen(seller).post(f"/v1/titles/{title['urn']}/transfer-applications", body)).json()
        if consent:
            case = (await citizen(buyer).post(f"/v1/cases/{case['urn']}/consents")).json()
        return case, buyer

    return pending


GRANT = {"outcome": "granted", "reason": "材料齐全。"}


async def test_64_officers_decide_one_case(race, office, registered, person, pending):
    seller = person()
    title = await registered(seller)
    case, buyer = await pending(seller, title)
    headers = office.headers | {"If-Match": f'"{case["version"]}"'}
    answers = seen(await race(*[(f"/v1/cases/{case['urn']}/decisions", GRANT, headers)] * CLIENTS))
    assert answers == {(200, None): 1, (412, "version-conflict"): CLIENTS - 1}
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert now["version"] == 2 and [s["pseudonym"] for s in now["subjects"]] == [buyer]


async def test_64_sales_of_one_flat_are_decided_at_once(race, office, registered, person, pending):
    seller = person()
    title = await registered(seller)
    sales = [await pending(seller, title) for _ in range(CLIENTS)]
    wanted = [
        (f"/v1/cases/{case['urn']}/decisions", GRANT, office.headers | {"If-Match": f'"{case["version"]}"'})
        for case, _ in sales
    ]
    answers = await race(*wanted)
    counted = seen(answers)
    assert counted.pop((200, None)) == 1
    assert set(counted) <= {(412, "version-conflict"), (409, "not-an-owner"), (409, "consent-missing")}
    [winner] = [buyer for (_, buyer), answer in zip(sales, answers, strict=True) if answer.status_code == 200]
    now = (await office.get(f"/v1/titles/{title['urn']}")).json()
    assert now["version"] == 2 and [s["pseudonym"] for s in now["subjects"]] == [winner]


async def test_64_clients_give_one_consent(race, citizen, office, registered, person, pending):
    seller = person()
    case, buyer = await pending(seller, await registered(seller), consent=False)
    path, headers = f"/v1/cases/{case['urn']}/consents", citizen(buyer).headers
    answers = seen(await race(*[(path, None, headers)] * CLIENTS))
    assert answers == {(200, None): 1, (409, "already-answered"): CLIENTS - 1}
    assert (await office.get(f"/v1/cases/{case['urn']}")).json()["version"] == 2


async def test_64_orders_for_one_freeze_slot(race, office, registered, person, order):
    title = await registered(person())
    path, headers = f"/v1/titles/{title['urn']}/freezes", office.headers | {"If-Match": '"1"'}
    answers = await race(*[(path, order(order_number=f"（2026）浙01执{n}号"), headers) for n in range(CLIENTS)])
    made = [answer.json()["body"]["queue_place"] for answer in answers if answer.status_code == 201]
    assert sorted(made) == list(range(len(made))) and made, "one is in force, the others stand in a row behind it"
    assert set(seen(answers)) <= {(201, None), (412, "version-conflict")}
    assert len((await office.get(f"/v1/titles/{title['urn']}/freezes?limit=200")).json()["items"]) == len(made)


async def test_64_clients_accept_one_offer(race, citizen, registered, person, identity):
    seller, other, buyer = person(), person(), person()
    title = await registered((seller, "1/2"), (other, "1/2"))
    body = {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
    case = (await citizen(seller).post(f"/v1/titles/{title['urn']}/share-transfer-applications", body)).json()
    agreed = await citizen(buyer).post(f"/v1/cases/{case['urn']}/consents")
    [offer] = [each.split("@")[0] for each in agreed.headers["onewindow-version"].split(", ") if ":offer:" in each]
    answers = seen(await race(*[(f"/v1/offers/{offer}/acceptances", None, citizen(other).headers)] * CLIENTS))
    assert answers.pop((200, None)) == 1
    assert set(answers) <= {(409, "offer-closed"), (409, "already-answered"), (412, "version-conflict")}

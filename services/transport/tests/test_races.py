"""64 clients at once over real HTTP: one plate, one slot of a household, one quota, one entry; exactly one wins."""

import asyncio
import secrets
import ssl
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from onewindow_kit.clock import today
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.testing import legal_day, serve
from sqlalchemy import text
from transport.app import create

from .test_lottery_over_http import BASIS, Party

CLIENTS = 64
WON = (
    "insert into lottery_entry (urn, version, lottery, applicant, state, entered_on, code, opening, created_at) "
    "values (:entry, 1, :pool, :who, 'awarded', :day, :entry, '', now())",
    "insert into plate_quota (urn, version, holder, lottery, entry, state, valid_from, valid_until) "
    "values (:quota, 1, :who, :pool, :entry, 'live', :day, :day)",
    "insert into record (urn, topic, version, change, authority, key_id, recorded_at) "
    "values (:quota, 'transport.plate-quota.v1', 1, 'created', 'demo.vehicle-administration', '', now())",
)
"""A quota that somebody has won, as the award leaves it."""


class Clients:
    """Real HTTP clients, each with a connection of its own, that all send at the same moment."""

    def __init__(self, base: str) -> None:
        # One TLS context for all: nothing here is encrypted, and making 64 of them takes a second.
        context = ssl.create_default_context()
        self.clients = [httpx.AsyncClient(base_url=base, timeout=60, verify=context) for _ in range(CLIENTS)]

    async def post(self, client: httpx.AsyncClient, path: str, token: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        return await client.post(path, json=body, headers=headers)

    async def race(self, send: Callable[[int, httpx.AsyncClient], Awaitable[httpx.Response]]) -> list[httpx.Response]:
        return await asyncio.gather(*(send(n, client) for n, client in enumerate(self.clients)))


@pytest.fixture(scope="module")
async def clients(settings: Any, issuer: Any, neighbour: Any) -> AsyncIterator[Clients]:
    keyring = Keyring.load(settings.keyring)
    asks = httpx.MockTransport(neighbour.answer)
    url = "http://identity.test"
    async with IdentityClient(url, issuer=url, keyring=keyring, transport=asks) as identity:
        application = create(settings, verifier=issuer.verifier("transport"), identity=identity)
        async with serve(application) as base:
            made = Clients(base)
            yield made
            await asyncio.gather(*(client.aclose() for client in made.clients))


@pytest.fixture
def token(issuer: Any) -> str:
    return issuer.agency("vehicle-administration", "transport", sector="transport")


def one_won(answers: list[httpx.Response], code: str) -> httpx.Response:
    """The one success; all others were refused with ``code``."""
    told = Counter("done" if answer.status_code == 201 else answer.json()["code"] for answer in answers)
    assert told == {"done": 1, code: CLIENTS - 1}, told
    assert {answer.status_code for answer in answers} == {201, 409}
    return next(answer for answer in answers if answer.status_code == 201)


@pytest.mark.rule("domain-25")
async def test_one_plate_goes_on_one_car(
    clients: Clients, token: str, person: Callable, vehicle_body: Callable
) -> None:
    letters = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(5))
    plate = {"plate": {"type": "02", "number": f"浙A{letters}"}}
    bodies = [vehicle_body(person()) | plate for _ in range(CLIENTS)]
    answers = await clients.race(lambda n, client: clients.post(client, "/v1/vehicles", token, bodies[n]))
    one_won(answers, "plate-taken")


@pytest.mark.rule("domain-28", "transport.permit-quota")
async def test_the_last_slot_of_a_household_goes_to_one_car(
    clients: Clients, token: str, issuer: Any, neighbour: Any, person: Callable, vehicle_body: Callable
) -> None:
    household, first = secrets.token_hex(8), clients.clients[0]
    family = [person() for _ in range(8)]
    for who in family:
        neighbour.settle(who, "330106", household)
    cars = [(family[n % 8], vehicle_body(family[n % 8])) for n in range(CLIENTS + 1)]
    made = [await clients.post(first, "/v1/vehicles", token, body) for _, body in cars]
    wanted = [(who, {"vehicle": car.json()["urn"], "zone": "XH-1"}) for (who, _), car in zip(cars, made, strict=True)]

    def apply(n: int, client: httpx.AsyncClient) -> Awaitable[httpx.Response]:
        who, body = wanted[n]
        return clients.post(client, "/v1/parking-permits", issuer.citizen(who, "transport"), body)

    assert (await apply(CLIENTS, first)).status_code == 201, "the household's first of two slots"
    one_won(await clients.race(apply), "quota-reached")


async def frozen_pool(clients: Clients, token: str) -> str:
    parties = [Party("court"), Party("notary")]
    body = {"period": "2026-11", "quota": 1, "freeze_on": today().isoformat(), **BASIS}
    named = body | {"parties": [party.named() for party in parties]}
    return (await clients.post(clients.clients[0], "/v1/lotteries", token, named)).json()["urn"]


@pytest.mark.rule("domain-26", "transport.quota-required")
async def test_one_quota_is_used_by_one_car(
    clients: Clients, token: str, app: Any, person: Callable, vehicle_body: Callable
) -> None:
    urn, who, day = await frozen_pool(clients, token), person(), date(2045, 6, 1)
    async with app.state.edge.database.sessions() as session, session.begin():
        rows = {"pool": urn, "entry": f"{urn}-entry", "quota": f"{urn}-quota", "who": who, "day": day}
        for statement in WON:
            await session.execute(text(statement), {k: v for k, v in rows.items() if f":{k}" in statement})
    bodies = [vehicle_body(who) for _ in range(CLIENTS)]
    with legal_day(day):
        answers = await clients.race(lambda n, client: clients.post(client, "/v1/vehicles", token, bodies[n]))
    one_won(answers, "plate-quota-missing")


@pytest.mark.rule("domain-26")
async def test_a_person_enters_a_pool_once(clients: Clients, token: str, issuer: Any, person: Callable) -> None:
    urn, who = await frozen_pool(clients, token), person()
    mine = issuer.citizen(who, "transport")
    answers = await clients.race(lambda n, client: clients.post(client, f"/v1/lotteries/{urn}/entries", mine))
    one_won(answers, "entry-exists")

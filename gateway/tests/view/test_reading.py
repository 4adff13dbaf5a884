"""The window over HTTP, as an app reads it: the hot path in front of an application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateway.hot import ReadView
from onewindow_kit import topics
from onewindow_kit.access import AccessLog, Writer
from onewindow_kit.keyring import Keyring
from onewindow_kit.problems import Unavailable
from onewindow_kit.records import new_urn
from onewindow_kit.sealing import Sealer
from onewindow_kit.testing import TokenIssuer, kafka_address, serve

from ..conftest import ACCESS, PREFIX
from .conftest import Stage
from .library import OFFICE
from .world import Person, subject, window_of

PATH = "/v1/me/view"
NOWHERE = "127.0.0.1:9"


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """The application behind: answers everything with 299, so that one sees who has answered."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"].endswith("shutdown"):
                return
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})


class Reader:
    def __init__(self, stage: Stage, issuer: TokenIssuer, client: httpx.AsyncClient) -> None:
        self.stage, self.issuer, self.client = stage, issuer, client

    async def get(self, person: Person, query: str = "", **headers: str) -> httpx.Response:
        token = self.issuer.citizen(person["gateway"], "gateway")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(PATH + query, headers={"Authorization": f"Bearer {token}"} | named)


@asynccontextmanager
async def keeping(keys: Path, kafka: str) -> AsyncIterator[AccessLog]:
    """The record's writer at this Kafka, with the gateway's keys."""
    seals = Sealer(Keyring.load(keys / "gateway.json"))
    async with Writer(kafka, seals, prefix=PREFIX, patience=0.1 if kafka == NOWHERE else 20) as writer:
        yield AccessLog("demo", writer)


@pytest.fixture(scope="session")
async def reader(stage: Stage, keys: Path) -> AsyncIterator[Reader]:
    issuer = TokenIssuer()
    await topics.ensure(kafka_address(), ACCESS, prefix=PREFIX)
    async with keeping(keys, kafka_address()) as kept:
        app = ReadView(behind, stage.view, issuer.verifier("gateway"), kept)
        async with serve(app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
            yield Reader(stage, issuer, client)


async def test_the_window_is_read_revalidated_and_read_again(reader: Reader) -> None:
    world, view = reader.stage.world, reader.stage.view
    person = await world.born()
    urn = await world.loan(person)
    first = await reader.get(person, Onewindow_Version=f"{urn}@1, {person.link}@1")
    assert first.status_code == 200 and first.headers["content-type"] == "application/json"
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.json()["sections"][0].keys() == window_of(view, person)["sections"][0].keys()
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = await reader.get(person, If_None_Match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    await world.loan(person, urn, 2, due_on="2027-01-01")
    changed = await reader.get(person, If_None_Match=etag, Onewindow_Version=f"{urn}@2")
    assert changed.status_code == 200 and changed.headers["etag"] != etag


async def test_a_read_with_the_writes_token_waits_until_the_view_has_it(reader: Reader) -> None:
    world = reader.stage.world
    person = await world.born()
    urn = new_urn(OFFICE, "loan")
    reading = asyncio.create_task(reader.get(person, Onewindow_Version=f"{urn}@1"))
    await world.loan(person, urn)
    answer = await reading
    assert answer.status_code == 200 and urn in answer.text


async def test_a_version_that_never_comes_is_503_within_the_bound(reader: Reader, monkeypatch: Any) -> None:
    async def wait(versions: Any) -> None:
        raise Unavailable(retry_after=1)

    person = await reader.stage.world.born()
    monkeypatch.setattr(reader.stage.view, "wait", wait)
    answer = await reader.get(person, Onewindow_Version=f"{new_urn(OFFICE, 'loan')}@1")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "1")


async def test_records_that_do_not_come_to_the_gateway_are_not_waited_for(reader: Reader) -> None:
    person = await reader.stage.world.born()
    notice = new_urn("demo.population-office", "notice-housing")
    foreign = new_urn("elsewhere.title-registry", "title")
    answer = await asyncio.wait_for(reader.get(person, Onewindow_Version=f"{notice}@1,{foreign}@4"), 2)
    assert answer.status_code == 200


async def test_sections_and_fields_cut_the_window(reader: Reader) -> None:
    world = reader.stage.world
    person = await world.born()
    loan = await world.loan(person, fine_fen=3, due_on="2026-12-12")
    card = new_urn(OFFICE, "card")
    await world.publish("library.card.v1", card, 1, [subject(person["library"], "holder")], {"book": "b"})
    there = f"{loan}@1,{card}@1,{person.link}@1"
    only = (await reader.get(person, "?sections=library,identity", Onewindow_Version=there)).json()["sections"]
    assert [section["section"] for section in only] == ["identity", "library"]
    assert set(only[1]["records"]) == {"library.loan", "library.card"}
    cut = (await reader.get(person, "?sections=library&fields=library.loan.due_on,library.loan.fine_fen")).json()
    [section] = cut["sections"]
    assert list(section["records"]) == ["library.loan"]
    assert section["records"]["library.loan"][0]["body"] == {"fine_fen": 3, "due_on": "2026-12-12"}
    assert section["records"]["library.loan"][0]["you"][0]["role"] == "borrower"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?sections=nowhere", 400, "unknown-name"),
        ("?fields=library.loan.nothing", 400, "unknown-name"),
        ("?fields=library.nothing.book", 400, "unknown-name"),
        ("?sections=", 422, "invalid-request"),
        ("?sections=LIBRARY", 422, "invalid-request"),
        ("?sections=library,", 422, "invalid-request"),
        ("?sections=%00", 422, "invalid-request"),
        ("?sections=%ff%fe", 422, "invalid-request"),
        ("?sections=" + "a" * 501, 422, "invalid-request"),
        ("?fields=library.loan", 422, "invalid-request"),
        ("?" + "&".join(f"a{n}=1" for n in range(60)), 400, "malformed-request"),
        ("?unknown=1", 200, None),
    ],
)
async def test_bad_parameters(reader: Reader, query: str, status: int, code: str | None) -> None:
    answer = await reader.get(await reader.stage.world.born(), query)
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    if code:
        assert answer.headers["content-type"] == "application/problem+json" and answer.headers["correlation-id"]


async def test_an_unknown_section_is_told_which_ones_there_are(reader: Reader) -> None:
    answer = await reader.get(await reader.stage.world.born(), "?sections=library,moon")
    assert answer.json()["errors"] == [
        {"path": "/query/sections/1", "reason": "one of: housing, identity, library, oversight, transport"}
    ]


@pytest.mark.parametrize(
    "header", ["x", "urn:onewindow:demo.a:b:c@1", "@", ",", f"{new_urn(OFFICE, 'loan')}@0", "a" * 7000]
)
async def test_a_bad_version_header(reader: Reader, header: str) -> None:
    answer = await reader.get(await reader.stage.world.born(), Onewindow_Version=header)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_more_versions_than_a_write_answers_are_refused(reader: Reader) -> None:
    many = ",".join(f"{new_urn(OFFICE, 'loan')}@1" for _ in range(33))
    answer = await reader.get(await reader.stage.world.born(), Onewindow_Version=many)
    assert answer.status_code == 422


async def test_only_a_citizens_good_token_opens_the_window(reader: Reader) -> None:
    issuer, person = reader.issuer, await reader.stage.world.born()
    refused = {
        "": 401,
        "Basic YTpi": 401,
        "Bearer x.y.z": 401,
        f"Bearer {issuer.citizen(person['gateway'], 'housing')}": 401,
        f"Bearer {issuer.citizen(person['gateway'], 'gateway', exp=1)}": 401,
        f"Bearer {TokenIssuer().citizen(person['gateway'], 'gateway')}": 401,
        f"Bearer {issuer.agency('social-aid', 'gateway', sector='social-aid')}": 403,
        f"Bearer {issuer.service('housing', 'gateway')}": 403,
    }
    for authorization, status in refused.items():
        headers = {"Authorization": authorization} if authorization else {}
        answer = await reader.client.get(PATH, headers=headers)
        assert answer.status_code == status, authorization
        assert answer.json()["status"] == status


async def test_whatever_is_not_this_one_request_goes_on(reader: Reader) -> None:
    for method, path in (("POST", PATH), ("HEAD", PATH), ("GET", "/v1/me/records"), ("GET", PATH + "/")):
        assert (await reader.client.request(method, path)).status_code == 299


async def test_nothing_leaves_when_the_answer_cannot_be_recorded(stage: Stage, keys: Path) -> None:
    issuer = TokenIssuer()
    person = await stage.world.born()
    async with keeping(keys, NOWHERE) as kept:
        app = ReadView(behind, stage.view, issuer.verifier("gateway"), kept)
        async with serve(app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
            token = issuer.citizen(person["gateway"], "gateway")
            answer = await client.get(PATH, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (503, "entry-not-kept") and "sections" not in answer.json()

"""A clerk's stolen token: worth nothing without the key, ten minutes at most with it, five seconds once it is reported.

Two gateway nodes of two workers and the departments: who is shut out of one is shut out of all.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from joserfc import jws
from onewindow_kit import revocations
from onewindow_kit.auth import presented
from onewindow_kit.dpop import Prover
from onewindow_kit.orders import Orders
from onewindow_kit.testing import TokenIssuer
from onewindow_local.demo.city import Done, Person
from onewindow_local.tokens import Granted, Refused

from .conftest import Nodes
from .doors import Door, departments, let_in, looks

OFFICE, PURPOSE = "demo.title-registry", "title-registry.transfer"
WITHIN = 5.0
"""Seconds in which a revocation is effective everywhere."""
REVOKED = (401, "token-revoked")
UNKNOWN = (503, "revocations-unknown")


async def granted(nodes: Nodes, officer: str, prover: Prover | None = None) -> Granted:
    asked: dict[str, Any] = {"purpose": PURPOSE, "officer": officer, "prover": prover}
    return await asyncio.to_thread(nodes.city.issuer.office, OFFICE, **asked)


async def revoke(nodes: Nodes, kind: str, value: str, organisation: str | None = None) -> Done:
    office = await nodes.city.office("supervision-office", "oversight", "supervisor-1")
    order = {"kind": kind, "value": value, "organisation": organisation, "reason": "失窃报告。", "until": None}
    return await office.do("/v1/revocations", order)


def doors(nodes: Nodes, person: Person) -> list[Door]:
    return [*looks(nodes.urls, person), *departments(nodes.city)]


async def everywhere(nodes: Nodes, person: Person, clerk: Granted, answer: tuple[int, str], within: float) -> None:
    """Every worker of every door says so within so many seconds, and goes on saying so."""
    end = time.monotonic() + within
    for door in doors(nodes, person):
        proven = lambda door=door: clerk.headers(door.method, door.url)  # noqa: E731  # a proof for each knock
        while set(told := await door.crowd(proven)) != {answer}:
            assert time.monotonic() < end, f"{door.url}: {dict(told)} after {within} s"
    for door in doors(nodes, person):
        assert set(await door.crowd(lambda door=door: clerk.headers(door.method, door.url), 3)) == {answer}


async def works(nodes: Nodes, person: Person, clerk: Granted) -> bool:
    return all([let_in(await door.knock(clerk.headers(door.method, door.url))) for door in doors(nodes, person)])


async def test_a_token_read_from_a_log_or_a_wire_opens_nothing(nodes: Nodes) -> None:
    person = await nodes.city.adult("例失窃")
    clerk, thief = await granted(nodes, "officer-21"), Prover()
    for door in doors(nodes, person):
        for headers in (
            {"Authorization": f"Bearer {clerk.token}"},
            {"Authorization": f"DPoP {clerk.token}"},
            {"Authorization": f"Bearer {clerk.token}", "DPoP": thief.proof(door.method, door.url, clerk.token)},
            thief.headers(door.method, door.url, clerk.token),
        ):
            assert set(await door.crowd(headers, 4)) == {(401, "proof-invalid")}
    assert await works(nodes, person, clerk)


async def test_no_token_lives_longer_than_ten_minutes(nodes: Nodes) -> None:
    clerk = await granted(nodes, "officer-21")
    assert clerk.answer["expires_in"] <= 600
    claims = _claims(clerk)
    assert claims["exp"] - claims["iat"] <= 600
    issuer = TokenIssuer()
    moment = int(time.time())
    long = issuer.agency("title-registry", "gateway", sector="housing", iat=moment, exp=moment + 3600)
    with pytest.raises(Exception, match="expired or not for this service"):
        await issuer.verifier("gateway").verify(long)


@pytest.mark.parametrize("kind", ["token", "key", "officer"])
async def test_what_is_reported_stolen_opens_nothing_five_seconds_later(nodes: Nodes, kind: str) -> None:
    """Token and key are in the thief's hands. Colleagues go on working; lifted, the clerk does too."""
    city = nodes.city
    person = await city.adult("例吊销")
    officer = f"officer-of-{kind}"
    clerk, colleague = await granted(nodes, officer), await granted(nodes, "officer-22")
    assert await works(nodes, person, clerk)
    values = {"token": _claims(clerk)["jti"], "key": clerk.prover.thumbprint, "officer": officer}
    done = await revoke(nodes, kind, values[kind], OFFICE if kind == "officer" else None)
    began = time.monotonic()
    await everywhere(nodes, person, clerk, REVOKED, WITHIN)
    assert time.monotonic() - began < WITHIN + 3, "reading it everywhere must not hide a late one"
    assert await works(nodes, person, colleague)
    if kind != "token":
        with pytest.raises(Refused) as refusal:
            await granted(nodes, officer, clerk.prover)
        assert "revoked" in str(refusal.value.remedy), "no new token for what was revoked"
    second = await city.office("supervision-office", "oversight", "supervisor-2")
    await second.do(f"/v1/revocations/{done.urn}/lifts", {"reason": "已核实，设备找回。"}, at=done.etag)
    await city.until(lambda: works(nodes, person, clerk), WITHIN)


async def test_while_the_supervision_office_is_silent_nobody_looks_and_afterwards_they_do(nodes: Nodes) -> None:
    person = await nodes.city.adult("例静默")
    clerk, window = await granted(nodes, "officer-23"), await nodes.city.citizen(person)
    assert await works(nodes, person, clerk)
    async with silence(nodes):
        await everywhere(nodes, person, clerk, UNKNOWN, WITHIN + 2)
        own = await window.client.get("/v1/me/view")
        assert (own.status_code, own.json()["code"]) == UNKNOWN
        assert own.headers["Retry-After"]
        assert (await window.client.get("/v1/contracts", headers={"Authorization": ""})).status_code == 200
    await nodes.city.until(lambda: works(nodes, person, clerk), WITHIN)
    await window.view()


@asynccontextmanager
async def silence(nodes: Nodes) -> AsyncIterator[None]:
    """The supervision office's process stands still: no relay, no heartbeat, no answer."""
    pid = nodes.city.instance.state()["processes"]["oversight"]["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("deaf", [False, True])
async def test_planted_a_door_that_does_not_ask_what_was_revoked_is_found_out(deaf: bool) -> None:
    """The verifier's one line: with it the revoked key is refused, with a follower that hears nothing it is let in."""
    issuer, prover = TokenIssuer(), Prover()
    orders = Orders()
    orders._keys = frozenset({prover.thumbprint})
    follower = Known(orders) if not deaf else Known(Orders())
    verifier = issuer.verifier("gateway", bound={"agency"}, proofs=Anything(), revocations=follower)
    token = issuer.agency("title-registry", "gateway", sector="housing", key=prover.thumbprint)
    url = "http://gateway.test/v1/views"
    sent = [(name.lower().encode(), text.encode()) for name, text in prover.headers("POST", url, token).items()]
    scope = {"method": "POST", "scheme": "http", "path": "/v1/views", "headers": [*sent, (b"host", b"gateway.test")]}
    refused = False
    try:
        await verifier.admit(presented(scope))
    except revocations.TokenRevoked:
        refused = True
    assert refused is not deaf


class Known(revocations.Revocations):
    """A follower that has read exactly these orders."""

    def __init__(self, orders: Orders) -> None:
        self._orders, self._good_until = orders, float("inf")


class Anything:
    """Proofs are another matter here."""

    def check(self, *_: Any, **__: Any) -> str:
        return ""


def _claims(clerk: Granted) -> dict[str, Any]:
    return json.loads(jws.extract_compact(clerk.token.encode()).payload)

"""A request that somebody copied opens nothing, at no worker of the node: each proof is for one request, once, now."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable

import pytest
from onewindow_kit.app import answer
from onewindow_kit.auth import presented
from onewindow_kit.dpop import Proofs, Prover, Seen
from onewindow_kit.node import Node
from onewindow_kit.problems import Problem
from onewindow_kit.testing import TokenIssuer, serve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .conftest import Nodes
from .doors import Door, departments, looks

REPLAYED = (401, "proof-replayed")
INVALID = (401, "proof-invalid")


async def opened_by_copies(door: Door, headers: dict[str, str]) -> Counter[tuple[int, str]]:
    """What one request and its copies are answered, all sent at once and once more afterwards."""
    return await door.crowd(headers, 16) + await door.crowd(headers, 4)


async def test_of_a_request_and_its_copies_one_is_answered_whichever_worker_they_meet(nodes: Nodes) -> None:
    person = await nodes.city.adult("例重放")
    clerk = await asyncio.to_thread(nodes.city.issuer.office, "demo.title-registry", purpose="title-registry.transfer")
    for door in (*looks(nodes.urls, person), *departments(nodes.city)):
        told = await opened_by_copies(door, clerk.headers(door.method, door.url))
        assert told.pop(REPLAYED) == 19, told
        assert [status for status, _ in told] == [200 if door.body else 403]


async def test_a_copied_proof_serves_no_other_request(nodes: Nodes) -> None:
    person = await nodes.city.adult("例改动")
    [door, beyond] = looks(nodes.urls, person)
    ask: Callable[..., object] = nodes.city.issuer.office
    clerk = await asyncio.to_thread(ask, "demo.title-registry", purpose="title-registry.transfer")
    other = await asyncio.to_thread(ask, "demo.title-registry", purpose="title-registry.transfer", prover=clerk.prover)
    window, token = clerk.prover, {"Authorization": f"DPoP {clerk.token}"}
    old = window.proof(door.method, door.url, clerk.token, iat=int(time.time()) - 61)
    early = window.proof(door.method, door.url, clerk.token, iat=int(time.time()) + 60)
    copied = {
        "another method": window.proof("GET", door.url, clerk.token),
        "another node": window.proof(door.method, beyond.url, clerk.token),
        "another token of the same key": window.proof(door.method, door.url, other.token),
        "no token": window.proof(door.method, door.url),
        "a minute old": old,
        "kept for later": early,
        "another key": Prover().proof(door.method, door.url, clerk.token),
    }
    for what, proof in copied.items():
        assert await door.knock(token | {"DPoP": proof}) == INVALID, what
    assert await door.knock(clerk.headers(door.method, door.url)) == (200, "")


@pytest.mark.parametrize("forgetful", [False, True])
async def test_planted_a_node_that_forgets_proofs_is_found_out(forgetful: bool, tmp_path, monkeypatch) -> None:
    """The same copies against one door alone: the check is green as it is, and red where the memory is taken away."""
    issuer, prover = TokenIssuer(), Prover()
    with Node(tmp_path) as node:
        verifier = issuer.verifier("gateway", bound={"agency"}, proofs=Proofs(Seen(node)))

        async def admit(request: Request) -> Response:
            try:
                await verifier.admit(presented(request.scope))
            except Problem as problem:
                return answer(problem)
            return JSONResponse({})

        if forgetful:
            monkeypatch.setattr(Seen, "first", lambda *_: True)
        async with serve(Starlette(routes=[Route("/{path:path}", admit)])) as url:
            door = Door("GET", f"{url}/v1/anything")
            token = issuer.agency("title-registry", "gateway", sector="housing", key=prover.thumbprint)
            told = await opened_by_copies(door, prover.headers(door.method, door.url, token))
    assert (told[REPLAYED] == 19) is not forgetful

"""No answer about a person without an entry: every operation of the gateway, and routes that somebody forgot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from gateway.access.looks import Looks
from onewindow_contracts import loader
from onewindow_kit.callers import Access
from onewindow_kit.pseudonyms import Pseudonym
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route

from .conftest import Rig, Start
from .kept import Record
from .world import Person, World

SECRET = "西湖区示例路1号"
APPLY = "/v1/me/commands/transport/applyForParkingPermit"
FILLED = {
    "department": "transport",
    "operation": "applyForParkingPermit",
    "id": "a" * 22,
    "name": "gateway.v1",
}
QUERIES = {"listRecords": "?type=housing.title", "followChanges": "?wait=0"}
ANSWERED = {"readView": 200, "listRecords": 200, "followChanges": 200, "relayCommand": 201, "readForPurpose": 200}


def personal() -> Iterator[tuple[str, str, str, Access]]:
    """Every operation that is not public: its id, method, a path, its rule."""
    for template, item in loader.load().openapi("gateway")["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                access = Access.parse(operation["x-access"])
                if not access.public:
                    path = re.sub(r"\{([^}]+)\}", lambda found: FILLED[found[1]], template)
                    yield operation["operationId"], method.upper(), path, access


async def send(rig: Rig, name: str, method: str, path: str, person: Person, *, right: bool, access: Access) -> Any:
    """The operation by somebody whom its rule names, or by somebody whom it does not."""
    own = any(kind == "citizen" for kind, _ in access.grants)
    if own is right:
        headers = rig.of(person["gateway"], **{"Idempotency-Key": "a-key-of-ours"})
    else:
        headers = rig.as_agency(method=method, path=path)
    body = {
        "purpose": "social-aid.means-test",
        "subject": {"pseudonym": person["social-aid"]},
        "fields": ["housing.title.use"],
    }
    content = body if name == "readForPurpose" else {"body": {}} if method == "POST" else None
    return await rig.client.request(method, path + QUERIES.get(name, ""), json=content, headers=headers)


@pytest.fixture
async def owner(departments: World, window: Rig) -> Person:
    person, _ = await departments.born()
    token = await departments.owns(person, SECRET)
    mine = window.of(person["gateway"]) | {"Onewindow-Version": token}
    assert SECRET in (await window.client.get("/v1/me/view", headers=mine)).text
    for sector in ("identity", "housing", "transport"):
        window.neighbours.pseudonyms[person["gateway"], sector] = person[sector]
    return person


async def test_every_answer_and_every_refusal_stands_in_the_record(window: Rig, owner: Person, record: Record) -> None:
    walked = {}
    for name, method, path, access in personal():
        answer = await send(window, name, method, path, owner, right=True, access=access)
        walked[name] = answer.status_code
        if answer.status_code < 500:  # the record's own database is not there in these tests
            entry = await record.entry(answer)
            assert entry["outcome"] in ("answered", "not-modified", "not-found"), name
        refused = await send(window, name, method, path, owner, right=False, access=access)
        assert refused.status_code == 403, f"{name}: {refused.text}"
        assert (await record.entry(refused))["outcome"] == "refused", name
    assert walked.items() >= ANSWERED.items()


async def test_an_unchanged_window_is_a_look_too(window: Rig, owner: Person, record: Record) -> None:
    mine = window.of(owner["gateway"])
    first = await window.client.get("/v1/me/view", headers=mine)
    again = await window.client.get("/v1/me/view", headers=mine | {"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    seen, unchanged = await record.entry(first), await record.entry(again)
    assert seen["records"] == unchanged["records"] == {"housing.title": ["*"]}
    assert (seen["outcome"], unchanged["outcome"]) == ("answered", "not-modified")
    assert seen["kind"] == "own" and seen["subject"] == owner["gateway"] and seen["actor"] is None
    some = await window.client.get("/v1/me/view?fields=housing.title.use", headers=mine)
    assert (await record.entry(some))["records"] == {"housing.title": ["use"]}
    none = await window.client.get("/v1/me/view?sections=identity", headers=mine)
    assert (await record.entry(none))["records"] == {}


async def test_who_represents_an_organisation_is_named(window: Rig, departments: World, record: Record) -> None:
    firm, _ = await departments.born(Person(organisation=True))
    clerk = str(Pseudonym.new("gateway"))
    token = window.issuer.representative(firm["gateway"], "gateway", actor=clerk)
    answer = await window.client.get("/v1/me/view", headers={"Authorization": f"Bearer {token}"})
    entry = await record.entry(answer)
    assert (entry["kind"], entry["subject"], entry["actor"]) == ("own", firm["gateway"], clerk)


async def test_a_departments_answer_is_kept_as_what_it_was(rig: Rig, record: Record) -> None:
    urn = "urn:onewindow:demo.parking-office:parking-permit:" + "a" * 22
    headers = rig.as_citizen(**{"Idempotency-Key": "a-key-of-ours"})
    rig.neighbours.answer = JSONResponse({"urn": urn, "version": 1, "subjects": []}, 201)
    done = await record.entry(await rig.client.post(APPLY, json={"body": {}}, headers=headers))
    assert done["operation"] == "transport.applyForParkingPermit"
    assert done["records"] == {"transport.parking-permit": ["*"]}
    rig.neighbours.answer = JSONResponse({"code": "quota-reached"}, 409)
    refused = await record.entry(await rig.client.post(APPLY, json={"body": {}}, headers=headers))
    assert (refused["outcome"], refused["reason"]) == ("refused", "quota-reached")


async def everything(_request: Request) -> PlainTextResponse:
    return PlainTextResponse(SECRET)


async def slowly(_request: Request) -> StreamingResponse:
    async def pieces() -> Any:
        yield SECRET
        yield SECRET

    return StreamingResponse(pieces())


async def test_a_forgotten_route_shows_nobody_anything(start: Start) -> None:
    async with start() as rig:
        rig.app.add_api_route("/v1/me/dormant", everything)
        rig.app.router.routes.append(Route("/v1/me/old", everything))
        rig.app.router.routes.append(Mount("/older", routes=[Route("/api", everything), Route("/stream", slowly)]))
        for path in ("/v1/me/dormant", "/v1/me/old", "/older/api", "/older/stream"):
            answer = await rig.client.get(path, headers=rig.as_citizen())
            assert (answer.status_code, answer.json()["code"]) == (503, "entry-not-kept"), path
            assert SECRET not in answer.text
        assert (await rig.client.get("/docs/style.css")).status_code == 200


async def test_a_route_that_forgets_to_keep_its_look_shows_nothing(
    window: Rig, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgets(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(Looks, "own", forgets)
    for path in ("/v1/me/records?type=housing.title", "/v1/me/changes?wait=0"):
        answer = await window.client.get(path, headers=window.of(owner["gateway"]))
        assert (answer.status_code, answer.json()["code"]) == (503, "entry-not-kept")
        assert SECRET not in answer.text

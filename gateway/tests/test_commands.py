"""A citizen acts through the window: the department gets its own pseudonym of them, and its answer comes back."""

from __future__ import annotations

import asyncio
import json

import pytest
from gateway.commands.catalogue import CitizenCommand
from onewindow_kit.problems import InvalidRequest
from starlette.responses import HTMLResponse, JSONResponse, Response

from .conftest import Rig, Start
from .neighbours import PERMIT

APPLY = "/v1/me/commands/transport/applyForParkingPermit"
WITHDRAW = "/v1/me/commands/transport/withdrawParkingPermit"
KEY = {"Idempotency-Key": "a-key-of-mine"}
JSON = {"Content-Type": "application/json"}


async def test_a_permit_is_applied_for_with_the_sectors_own_pseudonym(rig: Rig) -> None:
    answer = await rig.client.post(APPLY, json={"body": {"zone": "西湖"}}, headers=rig.as_citizen(**KEY))
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"urn": PERMIT, "version": 1}
    assert answer.headers["onewindow-version"] == f"{PERMIT}@1"
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "server-secret" not in answer.headers
    (asked,) = rig.neighbours.asked
    assert (asked["method"], asked["path"]) == ("POST", "/v1/parking-permits")
    assert json.loads(asked["body"]) == {"zone": "西湖"}
    assert asked["headers"]["idempotency-key"] == KEY["Idempotency-Key"]
    caller = asked["caller"]
    assert caller.subject == rig.neighbours.pseudonyms[rig.citizen, "transport"]
    assert (caller.kind, caller.actor) == ("citizen", "gateway")
    assert rig.citizen not in json.dumps(asked["headers"])


async def test_a_number_of_any_size_reaches_the_department_as_it_is(rig: Rig) -> None:
    sent = {"zone": 99999999999999999999}
    await rig.client.post(APPLY, content=json.dumps({"body": sent}), headers=rig.as_citizen(**KEY) | JSON)
    (asked,) = rig.neighbours.asked
    assert json.loads(asked["body"]) == sent


async def test_path_arguments_and_versions_travel_without_leaving_their_segment(rig: Rig) -> None:
    headers = rig.as_citizen(**KEY) | {"If-Match": '"3"'}
    answer = await rig.client.post(WITHDRAW, json={"path": {"urn": PERMIT}}, headers=headers)
    assert answer.status_code == 201, answer.text
    (asked,) = rig.neighbours.asked
    assert asked["headers"]["if-match"] == '"3"'
    assert asked["path"].startswith("/v1/parking-permits/urn%3Aonewindow%3A")
    await rig.client.post(WITHDRAW, json={"path": {"urn": "../../titles"}}, headers=headers)
    assert "..%2F..%2Ftitles" in rig.neighbours.asked[1]["path"]


@pytest.mark.parametrize("urn", [".", "..", "a\nb", ""])
async def test_an_argument_that_is_no_segment_reaches_no_department(rig: Rig, urn: str) -> None:
    answer = await rig.client.post(WITHDRAW, json={"path": {"urn": urn}}, headers=rig.as_citizen(**KEY))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert rig.neighbours.asked == []


async def test_missing_and_unknown_arguments_are_named(rig: Rig) -> None:
    wrong = {"path": {"id": "x"}, "query": {"all": "yes"}}
    answer = await rig.client.post(WITHDRAW, json=wrong, headers=rig.as_citizen(**KEY))
    assert answer.status_code == 422
    assert {each["path"] for each in answer.json()["errors"]} == {"/body/path/urn", "/body/path", "/body/query"}


@pytest.mark.parametrize("name", ["transport/issueLicence", "transport/nothing", "moon/applyForParkingPermit"])
async def test_only_what_a_contract_marks_can_be_started(rig: Rig, name: str) -> None:
    answer = await rig.client.post(f"/v1/me/commands/{name}", json={}, headers=rig.as_citizen(**KEY))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-command")
    assert rig.neighbours.counts["exchange"] == 0


async def test_the_departments_problem_comes_back_unchanged(rig: Rig) -> None:
    problem = {
        "type": "/v1/problems/quota-reached",
        "title": "t",
        "status": 409,
        "code": "quota-reached",
        "instance": "i",
    }
    rig.neighbours.answer = JSONResponse(problem, 409, media_type="application/problem+json")
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert answer.status_code == 409
    assert answer.json() == problem
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_answer_names_nobody_by_a_sectors_pseudonym(rig: Rig) -> None:
    named = {"urn": PERMIT, "version": 1, "subjects": [{"pseudonym": "transport.1.other", "role": "party"}], "body": {}}
    rig.neighbours.answer = JSONResponse(named, 201)
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert answer.json() == named | {"subjects": []}


async def test_one_token_is_exchanged_once_for_many_commands(rig: Rig) -> None:
    headers = rig.as_citizen(**KEY)
    answers = await asyncio.gather(*(rig.client.post(APPLY, json={"body": {}}, headers=headers) for _ in range(8)))
    assert {each.status_code for each in answers} == {201}
    assert rig.neighbours.counts["exchange"] == 1
    assert len({each["headers"]["correlation-id"] for each in rig.neighbours.asked}) == 8


async def test_the_correlation_id_is_replaced_at_the_border(rig: Rig) -> None:
    mine = "7f3f4d5e-0000-4000-8000-000000000001"
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY) | {"Correlation-Id": mine})
    assert answer.headers["correlation-id"] == mine
    assert rig.neighbours.asked[0]["headers"]["correlation-id"] != mine


async def test_a_refused_exchanged_token_is_asked_for_again_once(rig: Rig) -> None:
    rig.neighbours.refuse_tokens = 1
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert answer.status_code == 201
    assert rig.neighbours.counts["exchange"] == 2
    rig.neighbours.refuse_tokens = 2
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_token_that_the_issuer_takes_no_more_is_unauthenticated(rig: Rig) -> None:
    rig.neighbours.refuse_exchange = "invalid_grant"
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    rig.neighbours.refuse_exchange = "invalid_target"
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_department_that_is_down_is_unavailable_and_says_when_to_come_back(start: Start) -> None:
    async with start() as rig:
        away = rig.settings.department_urls | {"transport": "http://127.0.0.1:9"}
    async with start(department_urls=away) as rig:
        answer = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "answer",
    [
        HTMLResponse("<h1>Bad gateway</h1>", 502),
        HTMLResponse("<h1>hello</h1>"),
        Response(status_code=302, headers={"Location": "http://elsewhere.test/"}),
        JSONResponse({"much": "x" * 4_100_000}),
    ],
    ids=["proxy's page", "page", "redirect", "huge"],
)
async def test_what_no_contract_says_does_not_come_through(rig: Rig, answer: Response) -> None:
    rig.neighbours.answer = answer
    got = await rig.client.post(APPLY, json={"body": {}}, headers=rig.as_citizen(**KEY))
    assert (got.status_code, got.json()["code"]) == (503, "unavailable")


def test_a_command_quotes_each_argument_whole() -> None:
    command = CitizenCommand("d", "o", "POST", "/v1/{a}/x/{b}", frozenset({"q"}), True, "")
    assert command.target({"a": "1/2", "b": "ä?#"}, {"q": "1"}) == "/v1/1%2F2/x/%C3%A4%3F%23"
    with pytest.raises(InvalidRequest):
        command.target({"a": "1"}, {})

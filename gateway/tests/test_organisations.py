"""An organisation's window is a citizen's window with another token: read, listed, followed, acted through."""

from __future__ import annotations

import json
from typing import Any

import pytest
from onewindow_kit.pseudonyms import Pseudonym, is_organisation

from .conftest import Rig
from .world import Person, World

pytestmark = pytest.mark.rule("domain-29")
APPLY = "/v1/me/commands/transport/applyForParkingPermit"


def acting(rig: Rig, firm: str, **headers: str) -> dict[str, str]:
    """Headers of somebody who represents the organisation with this gateway pseudonym."""
    token = rig.issuer.representative(firm, "gateway", actor=str(Pseudonym.new("gateway")))
    return {"Authorization": f"Bearer {token}", **headers}


def titles(window: dict[str, Any]) -> list[str]:
    section = next(each for each in window["sections"] if each["section"] == "housing")
    return [record["urn"] for record in section["records"].get("housing.title", [])]


async def test_an_organisation_has_the_same_window(window: Rig, departments: World) -> None:
    firm, _ = await departments.born(Person(organisation=True))
    token = await departments.owns(firm, "科技园1号楼")
    urn = token.partition("@")[0]
    await departments.owns((await departments.born())[0], "别人家")
    mine = acting(window, firm["gateway"])
    answer = await window.client.get("/v1/me/view", headers=mine | {"Onewindow-Version": token})
    assert answer.status_code == 200 and titles(answer.json()) == [urn]
    page = await window.client.get("/v1/me/records?type=housing.title", headers=mine)
    assert [each["urn"] for each in page.json()["items"]] == [urn]
    changes = await window.client.get("/v1/me/changes?wait=0", headers=mine)
    assert changes.status_code == 200 and changes.json()["after"]


async def test_only_who_acts_for_it_opens_it(window: Rig, departments: World) -> None:
    firm, _ = await departments.born(Person(organisation=True))
    token = await departments.owns(firm, "科技园2号楼")
    citizen, _ = await departments.born()
    seen = await window.client.get("/v1/me/view", headers=window.of(citizen["gateway"], **{"Onewindow-Version": token}))
    assert titles(seen.json()) == []
    for kind in ("agency", "service", "operator"):
        other = window.issuer.token(kind, firm["gateway"], "gateway", sector="gateway")
        headers = {"Authorization": f"Bearer {other}"}
        if kind == "agency":
            headers = window.as_agency(method="GET", path="/v1/me/view", sub=firm["gateway"])
        answer = await window.client.get("/v1/me/view", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_command_reaches_the_department_as_the_organisations(rig: Rig) -> None:
    firm = str(Pseudonym.new("gateway", organisation=True))
    rig.neighbours.pseudonyms[firm, "transport"] = str(Pseudonym.new("transport", organisation=True))
    headers = acting(rig, firm, **{"Idempotency-Key": "a-key-of-ours"})
    answer = await rig.client.post(APPLY, json={"body": {"zone": "西湖"}}, headers=headers)
    assert answer.status_code == 201, answer.text
    (asked,) = rig.neighbours.asked
    caller = asked["caller"]
    assert (caller.kind, caller.actor) == ("representative", "gateway") and is_organisation(caller.subject)
    assert firm not in json.dumps(asked["headers"])


async def test_a_representation_that_has_ended_ends_the_token(rig: Rig) -> None:
    rig.neighbours.refuse_exchange = "invalid_grant"
    firm = str(Pseudonym.new("gateway", organisation=True))
    answer = await rig.client.post(APPLY, json={"body": {}}, headers=acting(rig, firm, **{"Idempotency-Key": "k" * 8}))
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_representation_that_ends_stops_the_next_command(rig: Rig) -> None:
    firm = str(Pseudonym.new("gateway", organisation=True))
    rig.neighbours.pseudonyms[firm, "transport"] = str(Pseudonym.new("transport", organisation=True))
    headers = acting(rig, firm, **{"Idempotency-Key": "a-key-of-ours"})
    assert (await rig.client.post(APPLY, json={"body": {}}, headers=headers)).status_code == 201
    rig.neighbours.refuse_exchange = "invalid_grant"
    after = await rig.client.post(APPLY, json={"body": {}}, headers=headers)
    assert (after.status_code, after.json()["code"]) == (401, "unauthenticated")
    assert len(rig.neighbours.asked) == 1, "the department is not asked in its name any more"

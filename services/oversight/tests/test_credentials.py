"""Revoked and locked at once, lifted by two people only."""

import secrets
from typing import Any

import pytest
from onewindow_kit.alarms import Alarm
from onewindow_kit.clock import now, stamp
from oversight.domain import credentials as rules
from oversight.domain.credentials import Orderer, Target, may_unlock
from oversight.domain.problems import OwnCredential
from oversight.service.credentials import heard

from .conftest import refused

REASON = {"reason": "核查后恢复，已约谈。"}


def officer() -> str:
    return f"officer-{secrets.token_hex(4)}"


def alarm(
    who: str | None, kind: str = "budget", scope: str = "officer", organisation: str = "demo.title-registry"
) -> Alarm:
    made = secrets.token_hex(11).translate(str.maketrans("0189", "wxyz"))
    counted = {"budget": "actor-hour", "limit": 40, "count": 40}
    return Alarm(
        made, stamp(now()), "demo", kind, scope, organisation, organisation, who, "title-registry.transfer", **counted
    )


@pytest.fixture
def raised(app: Any) -> Any:
    async def hear(said: Alarm) -> Any:
        async with app.state.edge.database.sessions() as session, session.begin():
            row = await heard(app.state.desk, session, said)
            return None if row is None else (row.urn, row.version)

    return hear


async def test_a_revocation_is_published_and_lifted_by_somebody_else(
    supervisor: Any, operator: Any, published: Any
) -> None:
    who = officer()
    order = {
        "kind": "officer",
        "value": who,
        "organisation": "demo.title-registry",
        "reason": "密钥遗失。",
        "until": None,
    }
    put = await supervisor().post("/v1/revocations", order)
    assert put.status_code == 201, put.text
    urn = put.json()["urn"]
    body = (await published(urn))["body"]
    assert (body["kind"], body["value"], body["organisation"]) == ("officer", who, "demo.title-registry")
    refused(await operator.post("/v1/revocations", order), 409, "already-revoked")
    refused(await operator.post("/v1/revocations", order | {"organisation": None}), 409, "revocation-incomplete")
    late = order | {"kind": "token", "organisation": None, "until": "2020-01-01T00:00:00.000Z"}
    refused(await operator.post("/v1/revocations", late), 409, "until-past")
    refused(
        await supervisor(None).post(f"/v1/revocations/{urn}/lifts", REASON, version=1), 409, "acting-person-missing"
    )
    lifted = await operator.post(f"/v1/revocations/{urn}/lifts", REASON, version=1)
    assert lifted.json()["lifted"]["by"] == "operator" and (await published(urn))["change"] == "ended"
    refused(await operator.post(f"/v1/revocations/{urn}/lifts", REASON, version=2), 409, "already-lifted")
    assert (await operator.post("/v1/revocations", order)).status_code == 201, "and can be revoked again"


async def test_nobody_lifts_what_is_about_themselves(supervisor: Any, operator: Any) -> None:
    who = officer()
    order = {
        "kind": "officer",
        "value": who,
        "organisation": "demo.supervision-office",
        "reason": "涉嫌滥用。",
        "until": None,
    }
    urn = (await operator.post("/v1/revocations", order)).json()["urn"]
    refused(await supervisor(who).post(f"/v1/revocations/{urn}/lifts", REASON, version=1), 409, "own-credential")
    assert (await supervisor("supervisor-2").post(f"/v1/revocations/{urn}/lifts", REASON, version=1)).status_code == 200
    locked = await operator.post(
        "/v1/locks", {"organisation": "demo.supervision-office", "officer": who, "reason": "涉嫌滥用。"}
    )
    urn = locked.json()["urn"]
    refused(await supervisor(who).post(f"/v1/locks/{urn}/lifts", REASON, version=1), 409, "own-credential")
    refused(await operator.post(f"/v1/locks/{urn}/lifts", REASON, version=1), 409, "lift-by-supervisor")
    assert (await supervisor("supervisor-2").post(f"/v1/locks/{urn}/lifts", REASON, version=1)).status_code == 200


async def test_the_supervision_office_as_a_whole_is_unlocked_by_an_operator_only(
    supervisor: Any, operator: Any
) -> None:
    order = {"organisation": "demo.supervision-office", "officer": None, "reason": "全部停用。"}
    urn = (await operator.post("/v1/locks", order)).json()["urn"]
    refused(await supervisor().post(f"/v1/locks/{urn}/lifts", REASON, version=1), 409, "own-credential")
    assert (await operator.post(f"/v1/locks/{urn}/lifts", REASON, version=1)).status_code == 200


async def test_a_budget_that_was_reached_locks_once_however_many_nodes_saw_it(
    raised: Any, supervisor: Any, published: Any
) -> None:
    who = officer()
    first = alarm(who)
    urn, version = await raised(first)
    assert await raised(first) is None, "the same alarm from another node"
    assert await raised(alarm(who)) is None, "locked already"
    body = (await published(urn))["body"]
    assert (body["cause"], body["officer"], body["reason"]) == ("budget", who, None)
    [file] = [
        each
        for each in (await supervisor().get("/v1/locks", in_force="true", limit=200)).json()["items"]
        if each["urn"] == urn
    ]
    assert file["alarm"] == first.id
    assert (await supervisor().post(f"/v1/locks/{urn}/lifts", REASON, version=version)).status_code == 200
    assert await raised(first) is None, "an old alarm that is read again locks nobody anew"
    assert await raised(alarm(who)) is not None, "a new one does"


async def test_other_alarms_are_for_supervisors_to_judge(raised: Any, supervisor: Any) -> None:
    said = [alarm(officer(), kind) for kind in ("canary", "repeat", "sequential", "enumeration")]
    for each in said:
        assert await raised(each) is None
    page = (await supervisor().get("/v1/alarms", limit=2)).json()
    seen = page["items"]
    while page["next"]:
        page = (await supervisor().get("/v1/alarms", limit=2, cursor=page["next"])).json()
        seen += page["items"]
    assert {each.id for each in said} <= {each["id"] for each in seen}
    assert [each["at"] for each in seen] == sorted((each["at"] for each in seen), reverse=True)
    refused(await supervisor().get("/v1/alarms", cursor="WyJ4IiwieSJd"), 400, "invalid-cursor")


async def test_an_order_names_an_office_that_is_there_and_who_gives_it(supervisor: Any, office: Any) -> None:
    order = {"organisation": "demo.nobody", "officer": None, "reason": "x"}
    refused(await supervisor().post("/v1/locks", order), 409, "office-unknown")
    refused(await supervisor(None).post("/v1/locks", order), 409, "acting-person-missing")
    refused(await office().post("/v1/locks", order), 403, "forbidden")


def test_without_the_two_persons_rule_a_locked_supervisor_would_unlock_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted defect."""
    me = Orderer("demo.supervision-office", "demo.supervision-office", "s-1", "t", None)
    mine = Target("officer", "s-1", "demo.supervision-office")
    with pytest.raises(OwnCredential):
        may_unlock(me, mine, "demo.supervision-office")
    monkeypatch.setattr(rules.Target, "is_about", lambda *_: False)
    may_unlock(me, mine, "demo.supervision-office")

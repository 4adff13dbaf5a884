"""That is wrong: disputed, decided, told; and what identity tells of persons."""

from typing import Any

from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.pseudonyms.introductions import introduction
from onewindow_kit.records import new_urn
from oversight.service import persons

from .conftest import refused

RULED = {
    "outcome": "upheld",
    "name": "王敏",
    "legal_basis": "民法典 第二百二十条",
    "reason": "登记面积确有错误。",
    "remedy": "六十日内可申请行政复议。",
}


def title() -> str:
    return new_urn("demo.title-registry", "title")


async def test_a_dispute_goes_to_the_office_that_keeps_the_record(
    citizen: Any, person: Any, office: Any, published: Any, told: Any
) -> None:
    me, about = person(), title()
    raised = await citizen(me).post("/v1/disputes", {"about": about, "grounds": "面积有误。"})
    assert raised.status_code == 201, raised.text
    urn = raised.json()["dispute"]
    assert raised.json()["office"] == "demo.title-registry" and (await told(urn))[0]["kind"] == "dispute"
    refused(await citizen(me).post("/v1/disputes", {"about": about, "grounds": "再说一次。"}), 409, "dispute-open")
    assert (await citizen(person()).post("/v1/disputes", {"about": about, "grounds": "我也是。"})).status_code == 201
    refused(await office("vehicle-administration", sector="transport").get(f"/v1/disputes/{urn}"), 404, "not-found")
    refused(
        await office(officer=None).post(f"/v1/disputes/{urn}/rulings", RULED, version=1), 409, "acting-person-missing"
    )
    refused(await office().post(f"/v1/disputes/{urn}/rulings", RULED, version=7), 412, "version-conflict")
    ruled = await office().post(f"/v1/disputes/{urn}/rulings", RULED, version=1)
    assert ruled.json()["body"]["state"] == "upheld"
    record = await published(urn)
    assert record["change"] == "ended" and record["body"]["ruling"]["remedy"] == RULED["remedy"]
    refused(await office().post(f"/v1/disputes/{urn}/rulings", RULED, version=2), 409, "matter-closed")
    refused(await citizen(me).post(f"/v1/disputes/{urn}/withdrawals"), 409, "matter-closed")
    assert (await citizen(me).post("/v1/disputes", {"about": about, "grounds": "仍有误。"})).status_code == 201


async def test_a_notice_reaches_each_addressee_once_or_nobody(
    supervisor: Any, operator: Any, office: Any, person: Any, identity: Any, app: Any
) -> None:
    one, two = person(), person()
    named = [introduction(identity.keyring, Pseudonym.parse(each)) for each in (one, two, one)]
    order = {
        "kind": "incident",
        "text": {"zh": "有人冒用凭证。", "en": "Somebody used another's credential."},
        "concerns": [],
        "reference": "2026-17",
        "addressees": named,
    }
    sent = await supervisor().post("/v1/notices", order)
    assert (sent.status_code, sent.json()) == (201, {"sent": 2}), sent.text
    assert (await operator.post("/v1/notices", order)).status_code == 201
    refused(await office().post("/v1/notices", order), 403, "forbidden")
    foreign = introduction(identity.keyring, Pseudonym.new("housing"))
    refused(
        await supervisor().post("/v1/notices", order | {"addressees": [*named, foreign]}), 409, "invalid-introduction"
    )
    async with app.state.edge.database.sessions() as session:
        assert len(await persons.of_person(session, one)) == 2, "of a refused order nobody was told"


async def test_after_a_merge_everything_stands_under_one_name_and_after_a_split_nobody_sees_what_is_open(
    app: Any, citizen: Any, person: Any, published: Any, supervisor: Any
) -> None:
    losing, into, stays, leaves = (person() for _ in range(4))
    desk, sessions = app.state.desk, app.state.edge.database.sessions
    about = title()
    before = (await citizen(losing).post("/v1/disputes", {"about": about, "grounds": "有误。"})).json()["dispute"]
    await citizen(into).post("/v1/disputes", {"about": about, "grounds": "有误。"})
    kept = (await citizen(losing).post("/v1/disputes", {"about": title(), "grounds": "有误。"})).json()["dispute"]
    async with sessions() as session, session.begin():
        await persons.merge(desk, session, losing, into)
    record = await published(before)
    assert record["body"]["state"] == "withdrawn", "one person disputes one thing once"
    assert [s["pseudonym"] for s in (await published(kept))["subjects"]] == [into]
    refused(await citizen(losing).post("/v1/disputes", {"about": title(), "grounds": "有误。"}), 401, "unauthenticated")
    since = (await citizen(into).post("/v1/disputes", {"about": title(), "grounds": "有误。"})).json()["dispute"]
    async with sessions() as session, session.begin():
        await persons.split(desk, session, into, stays, leaves, [losing])
    assert [s["pseudonym"] for s in (await published(kept))["subjects"]] == [leaves]
    assert (await published(since))["subjects"] == [], "whose it is nobody knows: neither sees it"
    path = f"/v1/parted-records/{since}/assignments"
    refused(await supervisor(None).post(path, {"side": "stays"}), 409, "acting-person-missing")
    assert (await supervisor().post(path, {"side": "stays"})).status_code == 204
    assert [s["pseudonym"] for s in (await published(since))["subjects"]] == [stays]
    refused(await supervisor().post(path, {"side": "leaves"}), 404, "not-found")

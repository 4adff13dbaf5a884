"""A citizen asks why an office looked; somebody with a name answers, or the supervisor does."""

from typing import Any

from .conftest import TODAY, refused


async def test_a_question_reaches_the_office_and_its_sector_and_comes_back_answered(
    ask: Any, entry: Any, person: Any, office: Any, citizen: Any, published: Any, told: Any, identity: Any
) -> None:
    me, looked = person(), entry()
    asked = await ask(me, looked)
    assert asked.status_code == 201, asked.text
    urn = asked.json()["question"]
    record = await published(urn)
    assert [s["pseudonym"] for s in record["subjects"]] == [me] and record["body"]["entry"] == looked["id"]
    body, theirs, _ = await told(urn)
    assert (body["state"], body["authority"]) == ("open", "demo.title-registry")
    assert theirs == str(identity.name(me, "housing")) and me not in str(body)
    [found] = [
        each for each in (await office().get("/v1/questions", state="open")).json()["items"] if each["urn"] == urn
    ]
    assert me not in str(found), "whose it is, the office learns from its own department"
    named = await office().post(f"/v1/questions/{urn}/handlers", {"officer": "officer-2", "name": "王敏"}, version=1)
    assert named.status_code == 200, named.text
    given = {"name": "王敏", "legal_basis": "不动产登记暂行条例 第十七条", "text": "因核对共有情况。"}
    answered = await office(officer="officer-2").post(f"/v1/questions/{urn}/answers", given, version=2)
    assert answered.status_code == 200, answered.text
    record = await published(urn)
    assert record["body"]["state"] == "answered" and record["body"]["answer"]["handler"]["name"] == "王敏"
    closed = await citizen(me).post(f"/v1/questions/{urn}/closures", {"accepted": True})
    assert closed.json()["state"] == "closed"
    assert (await published(urn))["change"] == "ended" and (await told(urn))[0]["state"] == "closed"


async def test_whoever_looked_does_not_answer_for_it(ask: Any, entry: Any, person: Any, office: Any) -> None:
    urn = (await ask(person(), entry(actor="officer-7"))).json()["question"]
    given = {"name": "李强", "legal_basis": "不动产登记暂行条例", "text": "例行。"}
    path = f"/v1/questions/{urn}"
    refused(await office(officer="officer-7").post(f"{path}/answers", given, version=1), 409, "own-look")
    refused(
        await office().post(f"{path}/handlers", {"officer": "officer-7", "name": "李强"}, version=1), 409, "own-look"
    )
    refused(await office(officer=None).post(f"{path}/answers", given, version=1), 409, "acting-person-missing")
    assert (await office(officer="officer-8").post(f"{path}/answers", given, version=1)).status_code == 200


async def test_one_question_an_entry_and_none_about_own_looks(
    ask: Any, entry: Any, person: Any, citizen: Any, identity: Any
) -> None:
    me, looked = person(), entry()
    first = await ask(me, looked)
    refused(await ask(me, looked), 409, "question-open")
    refused(await ask(me, entry(kind="own")), 409, "entry-is-own")
    refused(await citizen(person()).post(f"/v1/questions/{first.json()['question']}/withdrawals"), 404, "not-found")
    identity.down = True
    try:
        refused(await ask(person(), entry()), 503, "unavailable")
    finally:
        identity.down = False
    assert (await citizen(me).post(f"/v1/questions/{first.json()['question']}/withdrawals")).status_code == 200
    assert (await ask(me, looked)).status_code == 201, "asked again after it was withdrawn"


async def test_another_office_sees_nothing_of_it_and_the_supervisor_everything(
    ask: Any, entry: Any, person: Any, office: Any, supervisor: Any
) -> None:
    urn = (await ask(person(), entry())).json()["question"]
    stranger = office("vehicle-administration", "officer-1", "transport")
    refused(await stranger.get(f"/v1/questions/{urn}"), 404, "not-found")
    items = (await stranger.get("/v1/questions", state="open", office="demo.title-registry", limit=200)).json()["items"]
    assert urn not in [each["urn"] for each in items]
    assert (await supervisor().get(f"/v1/questions/{urn}")).json()["body"]["office"] == "demo.title-registry"


async def test_an_office_that_is_late_is_reminded_and_then_the_supervisor_answers(
    app: Any, ask: Any, entry: Any, person: Any, supervisor: Any, published: Any, told: Any, on_day: Any
) -> None:
    desk = app.state.desk
    urn = (await ask(person(), entry())).json()["question"]
    terms = desk.question_terms(TODAY)
    due = desk.after(TODAY, terms.office)
    given = {"name": "赵监", "legal_basis": "个人信息保护法 第六十五条", "text": "经查系正常办理。"}
    refused(await supervisor().post(f"/v1/questions/{urn}/answers", given, version=1), 409, "not-escalated")
    assert await on_day(TODAY) == 0
    soon = desk.after(TODAY, terms.office - terms.reminder)
    await on_day(soon)
    assert (await published(urn))["body"]["reminders"] == 1 and (await told(urn))[0]["reminders"] == 1
    await on_day(soon)
    assert (await published(urn))["version"] == 2, "once a day is once"
    late = desk.after(due, 1)
    await on_day(late)
    body = (await published(urn))["body"]
    assert body["escalated_on"] == late.isoformat() and (await told(urn))[0]["escalated"]
    assert body["due"] == desk.after(late, terms.supervisor).isoformat()
    answered = await supervisor().post(f"/v1/questions/{urn}/answers", given, version=3)
    assert answered.json()["body"]["state"] == "closed", "a supervisor's answer is the last"


async def test_an_answer_that_is_contested_goes_to_the_supervisor(
    app: Any, ask: Any, entry: Any, person: Any, office: Any, citizen: Any, published: Any, on_day: Any
) -> None:
    me = person()
    urn = (await ask(me, entry())).json()["question"]
    refused(await citizen(me).post(f"/v1/questions/{urn}/closures", {"accepted": False}), 409, "not-answered")
    given = {"name": "王敏", "legal_basis": "不动产登记暂行条例", "text": "无可奉告。"}
    await office().post(f"/v1/questions/{urn}/answers", given, version=1)
    contested = await citizen(me).post(f"/v1/questions/{urn}/closures", {"accepted": False})
    assert contested.json()["state"] == "open"
    assert (await published(urn))["body"]["escalated_on"] == TODAY.isoformat()


async def test_an_answer_that_nobody_contests_ends_the_question(
    app: Any, ask: Any, entry: Any, person: Any, office: Any, published: Any, on_day: Any
) -> None:
    urn = (await ask(person(), entry())).json()["question"]
    given = {"name": "王敏", "legal_basis": "不动产登记暂行条例", "text": "核对共有情况。"}
    await office().post(f"/v1/questions/{urn}/answers", given, version=1)
    desk = app.state.desk
    until = desk.after(TODAY, desk.question_terms(TODAY).contest)
    await on_day(until)
    assert (await published(urn))["body"]["state"] == "answered"
    await on_day(desk.after(until, 1))
    assert (await published(urn))["body"]["state"] == "closed"

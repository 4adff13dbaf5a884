"""Why did you look, and that is wrong: asked in the window, answered by an office, marked wherever it is shown."""

import pytest
from onewindow_local.demo.city import Refused
from onewindow_local.demo.flats import flat, owner

LOOKS = {"title-registry.transfer": "identity.person.standing", "social-aid.means-test": "housing.title.use"}


async def look(city, person, purpose):
    """An officer looks at somebody for a purpose; what was shown, and the entry's id."""
    office = await city.office(purpose.partition(".")[0], "gateway", "clerk-7", purpose=purpose)
    subject = {"scheme": person.scheme, "number": person.number, "name": person.name}
    asked = {"purpose": purpose, "subject": subject, "fields": [LOOKS[purpose]]}
    answer = await office.client.post("/v1/views", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json(), answer.headers["Onewindow-Entry"]


async def test_a_citizen_asks_why_an_office_looked_and_reads_who_answers(city):
    person, stranger = await city.adult("例问者"), await city.adult("例旁人")
    await flat(city, await owner(city, person))
    _, entry = await look(city, person, "title-registry.transfer")
    mine, theirs = await city.citizen(person), await city.citizen(stranger)
    body = {"entry": entry, "text": "我没有申请转移登记，为什么查阅？"}

    async def merged():
        entries = (await mine.get("/v1/me/access-entries"))["items"]
        return entry in [each["id"] for each in entries]

    await city.until(merged)
    with pytest.raises(Refused) as refused:
        await theirs.command("oversight", "askQuestion", body=body)
    assert (refused.value.status, refused.value.code) == (404, "not-found"), "somebody else's entry is not there"
    asked = await mine.command("oversight", "askQuestion", body=body)
    [question] = await mine.records("oversight.question", after=asked)
    assert (question["body"]["entry"], question["body"]["state"]) == (entry, "open")
    assert question["body"]["office"] == "demo.title-registry" and question["body"]["due"]
    given = {"name": "王敏", "legal_basis": "不动产登记暂行条例 第十七条", "text": "因核对共有情况。"}
    path = f"/v1/questions/{asked.body['question']}"
    with pytest.raises(Refused) as refused:
        await (await city.office("title-registry", "oversight", "clerk-7")).do(f"{path}/answers", given, at='"1"')
    assert refused.value.code == "own-look"
    answering = await city.office("title-registry", "oversight", "clerk-8")
    read = await answering.get(path)
    assert person.name not in str(read) and "oversight." not in str(read["body"])
    answered = await answering.do(f"{path}/answers", given, at='"1"')
    [question] = await mine.records("oversight.question", after=answered)
    assert question["body"]["answer"]["handler"] == {"officer": "clerk-8", "name": "王敏"}
    done = await mine.command("oversight", "closeQuestion", path={"urn": question["urn"]}, body={"accepted": True})
    assert done.body["state"] == "closed"
    assert await mine.records("oversight.question", after=done) == []
    assert await theirs.records("oversight.question") == []


async def test_a_disputed_record_is_marked_in_the_window_and_for_offices_until_it_is_decided(city):
    person, stranger = await city.adult("例异议人"), await city.adult("例旁人")
    title = await flat(city, await owner(city, person))
    mine, theirs = await city.citizen(person), await city.citizen(stranger)
    [shown] = await mine.records("housing.title", after=title)
    assert "disputed" not in shown
    body = {"about": title.urn, "grounds": "建筑面积登记有误。"}
    with pytest.raises(Refused) as refused:
        await theirs.command("oversight", "raiseDispute", body=body)
    assert refused.value.status == 404
    raised = await mine.command("oversight", "raiseDispute", body=body)
    urn = raised.body["dispute"]
    [shown] = await mine.records("housing.title", after=raised)
    assert shown["disputed"] == [urn]
    [dispute] = await mine.records("oversight.dispute", after=raised)
    assert dispute["body"]["about"] == title.urn
    released, _ = await look(city, person, "social-aid.means-test")
    [record] = [r for section in released["sections"] for r in section["records"] if r["urn"] == title.urn]
    assert record["disputed"] == [urn]
    registry = await city.registry()

    async def told() -> str | None:
        """What the registry's own answer says of the title that it shows."""
        return (await registry.client.get(f"/v1/titles/{title.urn}")).headers.get("Onewindow-Disputed")

    async def told_of_it() -> bool:
        return await told() == title.urn

    await city.until(told_of_it)
    office = await city.office("title-registry", "oversight", "clerk-8")
    ruling = {
        "outcome": "rejected",
        "name": "王敏",
        "legal_basis": "民法典 第二百二十条",
        "reason": "经核查测绘成果，登记无误。",
        "remedy": "六十日内可申请行政复议。",
    }
    decided = await office.do(f"/v1/disputes/{urn}/rulings", ruling, at=raised.etag)
    [shown] = await mine.records("housing.title", after=decided)
    assert "disputed" not in shown

    async def told_of_its_end() -> bool:
        return await told() is None

    await city.until(told_of_its_end)
    past = await mine.get("/v1/me/records?type=oversight.dispute")
    assert past["items"][0]["body"]["ruling"]["handler"]["name"] == "王敏"

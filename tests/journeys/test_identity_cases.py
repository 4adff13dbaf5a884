"""What a citizen asks the population office for, through the gateway; the office decides by its own interface."""

from datetime import date, timedelta

import pytest
from onewindow_local.demo import cases
from onewindow_local.demo.city import DIVISION, OTHER_DIVISION, City, Refused
from onewindow_local.demo.firms import named

from .following import apply


@pytest.mark.rule("domain-8", "domain-30")
async def test_two_people_marry_from_their_own_windows(city: City):
    he, she = await city.adult("例新郎"), await city.adult("例新娘", sex="2")
    his, hers = await city.citizen(he), await city.citizen(she)
    case, asked = await apply(his, "identity", "applyForMarriage", body={"spouse": named(she)})
    assert await case.state(asked) == "awaiting-parties"
    [hers_to_answer] = await hers.records("identity.case", after=asked)
    assert [you["part"] for you in hers_to_answer["you"]] == ["asked"]
    office = await city.population()
    with pytest.raises(Refused) as early:
        await cases.decide(office, case.urn)
    assert (early.value.status, early.value.code) == (409, "case-awaits-parties")
    agreed = await cases.consent(hers, "identity", case.urn)
    assert await case.state(agreed) == "pending"
    decided = await cases.decide(office, case.urn, reason="双方自愿，符合结婚条件。")
    body = await case.seen(decided)
    assert body["state"] == "granted" and body["decision"]["reason"] == "双方自愿，符合结婚条件。"
    assert body["decision"]["remedy"] and body["decision"]["legal_basis"]
    assert await case.heard(3) == [1, 2, 3]
    for window in (his, hers):
        kinships = await window.records("identity.kinship", after=decided)
        assert [each["body"]["kind"] for each in kinships] == ["marriage"]


@pytest.mark.rule("domain-8", "domain-30")
async def test_a_proposal_is_declined_and_another_taken_back(city: City):
    he, she = await city.adult("例求婚"), await city.adult("例婉拒", sex="2")
    his, hers = await city.citizen(he), await city.citizen(she)
    case, asked = await apply(his, "identity", "applyForMarriage", body={"spouse": named(she)})
    await hers.view(after=asked)
    declined = await hers.command("identity", "declineCase", path={"urn": case.urn}, body={"reason": "再考虑"})
    assert await case.state(declined) == "refused"
    case, asked = await apply(his, "identity", "applyForMarriage", body={"spouse": named(she)})
    taken_back = await cases.withdraw(his, "identity", case.urn)
    assert await case.state(taken_back) == "withdrawn"
    with pytest.raises(Refused) as closed:
        await cases.consent(hers, "identity", case.urn)
    assert (closed.value.status, closed.value.code) == (409, "case-closed")


@pytest.mark.rule("domain-3")
async def test_a_mother_declares_a_birth_at_home(city: City):
    mother = await city.adult("例产妇", sex="2")
    window = await city.citizen(mother)
    birth = {
        "name": "例小宝",
        "sex": "2",
        "birth_date": (city.today() - timedelta(days=5)).isoformat(),
        "ethnic_group": "01",
        "birth_division": DIVISION,
        "certificate": "出生医学证明J1",
        "other_parent": None,
        "relationship": "30",
        "register": "mine",
    }
    case, asked = await apply(window, "identity", "declareBirth", body=birth)
    assert await case.state(asked) == "pending"
    decided = await cases.decide(await city.population(), case.urn)
    body = await case.seen(decided)
    assert body["state"] == "granted" and body["results"]
    kinds = {each["body"]["kind"] for each in await window.records("identity.kinship", after=decided)}
    assert "parentage" in kinds


async def test_a_move_is_asked_for_and_refused_with_a_reason_and_a_remedy(city: City):
    mover = await city.adult("例盼迁")
    window = await city.citizen(mover)
    asked = await window.command("identity", "requestMove", body={"to_division": OTHER_DIVISION, "reason": "work"})
    [move] = await window.records("identity.move", after=asked)
    assert move["body"]["decide_by"] > city.today().isoformat()
    refusal = {"decision": "refuse", "grounds": "目的地未接收"}
    office = await city.population()
    refused = await office.do(f"/v1/moves/{asked.urn}/decision", refusal, at=asked.etag)
    await window.view(after=refused)
    [move] = (await window.get("/v1/me/records?type=identity.move"))["items"]
    assert move["body"]["decided_reason"] == "目的地未接收" and move["body"]["remedy"]


@pytest.mark.rule("domain-9")
async def test_a_lost_card_is_replaced_at_once(city: City):
    person = await city.adult("例补证")
    office = await city.population()
    at = f'"{(await office.get(f"/v1/persons/{person.id}"))["version"]}"'
    await office.do(f"/v1/persons/{person.id}/cards", {"reason": "first"}, at=at)
    window = await city.citizen(person)
    case, asked = await apply(window, "identity", "replaceCard", body={"reason": "loss", "lost_on": None})
    assert await case.state(asked) == "granted"
    [card] = await window.records("identity.identity-card", after=asked)
    assert card["body"]["state"] == "valid"


@pytest.mark.rule("domain-10")
async def test_a_newcomer_registers_a_stay_and_asks_for_a_permit_too_early(city: City):
    office = await city.population()
    person = await city.newcomer("例初来", date(1995, 5, 5))
    window = await city.citizen(person)
    stay = await window.command("identity", "registerStay", body={"division": DIVISION, "address": "示例路77号"})
    assert await window.records("identity.stay", after=stay)
    with pytest.raises(Refused) as early:
        await window.command("identity", "applyForResidencePermit", body={"ground": "job", "evidence": "合同1号"})
    assert (early.value.status, early.value.code) == (409, "stay-too-short")
    since = (city.today() - timedelta(days=400)).isoformat()
    earlier = {"person": person.id, "division": OTHER_DIVISION, "address": "示例路78号", "since": since}
    other = await city.newcomer("例久居", date(1994, 5, 5))
    await office.do("/v1/stays", earlier | {"person": other.id})
    window = await city.citizen(other)
    case, asked = await apply(
        window, "identity", "applyForResidencePermit", body={"ground": "job", "evidence": "合同2号"}
    )
    assert (await case.seen(asked))["decide_by"] > city.today().isoformat()
    decided = await cases.decide(office, case.urn)
    [permit] = await window.records("identity.residence-permit", after=decided)
    assert permit["body"]["state"] == "valid"

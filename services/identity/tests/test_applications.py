"""What a citizen asks the population office for: a case with a deadline, decided with reason and remedy, or done at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from onewindow_contracts.calendar import working_day_after
from onewindow_kit.clock import today
from onewindow_kit.testing import legal_day

TODAY = today()
XIHU, GONGSHU = "330106", "330105"
GRANT = {"outcome": "granted", "reason": "材料齐全，符合规定。"}
REFUSE = {"outcome": "refused", "reason": "证明与登记不符。"}
DAYS = 20
"""Working days in which the office decides (administrative licensing law 42)."""


def born(**more: Any) -> dict[str, Any]:
    declaration = {
        "name": "陈安",
        "sex": "1",
        "birth_date": TODAY.isoformat(),
        "ethnic_group": "01",
        "birth_division": XIHU,
        "certificate": "U330000009",
        "relationship": "30",
        "register": "mine",
    }
    return declaration | more


@pytest.mark.rule("domain-30", "identity.decision-days")
@pytest.mark.rule("identity.birth-declaration-months")
async def test_a_parent_declares_a_birth_and_the_office_grants_it(
    town: Any, office: Any, citizen: Any, published: Any, problem: Any
) -> None:
    household, mother = await town.household()
    asked = await citizen(mother).done("/v1/birth-declarations", born())
    assert asked["body"] == {
        "kind": "birth",
        "state": "pending",
        "applied_on": TODAY.isoformat(),
        "respond_by": None,
        "decide_by": working_day_after(TODAY, DAYS).isoformat(),
        "awaiting": 0,
        "terms": [],
        "concerns": [],
        "decision": None,
        "results": [],
    }
    assert asked["content"]["name"] == "陈安"
    envelope = await published(asked["urn"])
    assert [(s["pseudonym"], s["role"]) for s in envelope["subjects"]] == [(mother["person"], "applicant")]
    assert "陈安" not in str(envelope), "what was asked for stays with the office"

    granted = await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"])

    decision = granted["body"]["decision"]
    assert (decision["outcome"], decision["authority"]) == ("granted", "demo.population-office")
    assert decision["reason"] == GRANT["reason"] and decision["legal_basis"] and decision["remedy"]
    [urn] = granted["body"]["results"]
    assert (await published(urn))["body"]["name"] == "陈安"
    assert (await town.read(household))["body"]["members"] == 2

    once_more = await citizen(mother).done("/v1/birth-declarations", born())
    twice = await office.post(f"/v1/cases/{once_more['urn']}/decisions", GRANT, version=once_more["version"])
    assert problem(twice) == (409, "nothing-changes"), "nobody is registered twice"


@pytest.mark.rule("domain-3")
async def test_a_birth_is_declared_at_either_parents_register_and_late_is_accepted(
    town: Any, office: Any, citizen: Any, current_number: Any, problem: Any
) -> None:
    home, mother = await town.household(name="何梅")
    other_home, father = await town.household(name="何山", sex="1")
    partner = {"scheme": "cn-id", "number": current_number(father), "name": "何山"}
    long_ago = (TODAY - timedelta(days=200)).isoformat()
    theirs = born(birth_date=long_ago, other_parent=partner, register="other-parent")
    asked = await citizen(mother).done("/v1/birth-declarations", theirs)
    assert father["person"] not in str(asked), "a citizen is not told the other's pseudonym"
    seen = await office.read(f"/v1/cases/{asked['urn']}")
    assert seen["content"]["other-parent"] == father["person"]
    await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"])
    assert (await town.read(other_home))["body"]["members"] == 2
    assert (await town.read(home))["body"]["members"] == 1
    child = next(m for m in (await town.read(other_home))["members"] if m["person"] != father["person"])
    ties = (await town.person(child["person"]))["kinships"]
    assert sorted(k["body"]["kind"] for k in ties) == ["guardianship", "guardianship", "parentage", "parentage"]
    wrong = born(other_parent=partner | {"name": "别人"})
    assert problem(await citizen(mother).post("/v1/birth-declarations", wrong)) == (404, "person-not-found")
    alone = born(register="other-parent")
    assert problem(await citizen(mother).post("/v1/birth-declarations", alone)) == (409, "not-a-parents-register")


async def test_only_its_people_and_the_office_find_a_case(
    town: Any, office: Any, caller: Any, citizen: Any, problem: Any
) -> None:
    _, mother = await town.household()
    _, stranger = await town.household()
    asked = await citizen(mother).done("/v1/birth-declarations", born())
    path = f"/v1/cases/{asked['urn']}"
    assert (await citizen(mother).read(path))["content"] == asked["content"]
    for nobody in (citizen(stranger), caller("citizen", "onewindow-cli", "gateway", "gateway.1." + "a" * 22)):
        assert problem(await nobody.get(path)) == (404, "not-found")
        assert problem(await nobody.post(f"{path}/withdrawals")) == (404, "not-found")
        assert problem(await nobody.post(f"{path}/consents")) == (404, "not-found")
    firm = caller("representative", "onewindow-cli", "identity", "identity.1.org-" + "a" * 22, officer="gateway")
    assert problem(await firm.get(path)) == (404, "not-found")
    assert problem(await citizen(mother).post(f"{path}/decisions", GRANT, version=1)) == (403, "forbidden")
    assert asked["urn"] in [c["urn"] for c in (await office.read("/v1/cases", state="pending", limit=200))["items"]]
    assert problem(await office.get("/v1/cases", cursor="x")) == (400, "invalid-cursor")

    again = await citizen(mother).post("/v1/birth-declarations", born())
    assert problem(again) == (409, "case-open")
    assert (await citizen(mother).done("/v1/birth-declarations", born(name="陈宁")))["body"]["state"] == "pending", (
        "a twin"
    )
    withdrawn = await citizen(mother).done(f"{path}/withdrawals")
    assert withdrawn["body"]["state"] == "withdrawn"
    late = await office.post(f"{path}/decisions", GRANT, version=withdrawn["version"])
    assert problem(late) == (409, "case-closed")


@pytest.mark.rule("identity.majority-age")
async def test_who_is_of_age_asks_for_another_name_and_the_card_follows(
    town: Any, office: Any, officer: Any, citizen: Any, problem: Any
) -> None:
    household, parent = await town.household()
    minor = await town.child(household, parent)
    wish = {"name": "陈新", "reason": "本人意愿"}
    answer = await citizen(minor).post("/v1/name-change-requests", wish)
    assert problem(answer) == (409, "minor-acts-through-guardian")
    same = await citizen(parent).post("/v1/name-change-requests", wish | {"name": parent["entries"]["name"]})
    assert problem(same) == (409, "nothing-changes")
    card = await office.done(f"/v1/persons/{parent['person']}/cards", {"reason": "first"})
    asked = await citizen(parent).done("/v1/name-change-requests", wish)
    no = REFUSE | {"grounds": {"basis": "population-office.refusal", "evidence": [asked["urn"]]}}
    refused = await officer("officer-1").done(f"/v1/cases/{asked['urn']}/decisions", no, version=asked["version"])
    assert refused["body"]["decision"]["outcome"] == "refused"
    assert (await town.person(parent["person"]))["entries"]["name"] == parent["entries"]["name"]
    asked = await citizen(parent).done("/v1/name-change-requests", wish)
    stale = await office.post(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"] + 1)
    assert problem(stale) == (412, "version-conflict")
    await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"])
    after = await town.person(parent["person"])
    assert after["entries"]["name"] == "陈新"
    states = {c["urn"]: c["body"]["state"] for c in after["cards"]}
    assert states.pop(card["urn"]) == "replaced" and list(states.values()) == ["valid"]


@pytest.mark.rule("domain-9")
async def test_a_lost_card_is_replaced_at_once_by_its_holder(
    town: Any, office: Any, citizen: Any, problem: Any, published: Any
) -> None:
    _, holder = await town.household(born=date(TODAY.year - 30, 1, 1))
    me = citizen(holder)
    assert problem(await me.post("/v1/card-replacements", {"reason": "loss"})) == (409, "card-not-valid")
    first = await office.done(f"/v1/persons/{holder['person']}/cards", {"reason": "first"})
    done = await me.done("/v1/card-replacements", {"reason": "loss"})
    assert (done["body"]["state"], done["body"]["decide_by"]) == ("granted", None)
    lost, new = done["body"]["results"]
    assert lost == first["urn"] and (await published(lost))["body"]["state"] == "lost"
    assert (await published(new))["body"]["reason"] == "loss"
    await me.done("/v1/card-losses", {})
    [again] = (await me.done("/v1/card-replacements", {"reason": "loss"}))["body"]["results"]
    assert (await published(again))["body"]["state"] == "valid"
    [_, newest] = (await me.done("/v1/card-replacements", {"reason": "damage"}))["body"]["results"]
    cards = (await town.person(holder["person"]))["cards"]
    assert [c["urn"] for c in cards if c["body"]["state"] == "valid"] == [newest]


@pytest.mark.rule("identity.card-renewal-months")
async def test_a_card_is_renewed_in_the_last_months_of_its_term(
    town: Any, office: Any, citizen: Any, problem: Any
) -> None:
    with legal_day(date(2024, 3, 1)) as day:
        _, holder = await town.household(born=date(2003, 6, 1), opened_on=date(2024, 1, 1))
        await office.done(f"/v1/persons/{holder['person']}/cards", {"reason": "first"})
        me = citizen(holder)
        day.write_text("2033-11-30")
        assert problem(await me.post("/v1/card-replacements", {"reason": "renewal"})) == (409, "renewal-too-early")
        day.write_text("2033-12-01")
        [_, renewed] = (await me.done("/v1/card-replacements", {"reason": "renewal"}))["body"]["results"]
        [valid] = [c for c in (await town.person(holder["person"]))["cards"] if c["body"]["state"] == "valid"]
        assert (valid["urn"], valid["body"]["valid_until"]) == (renewed, "2053-12-01"), "30 at issue: twenty years"


@pytest.mark.rule("identity.card-validity")
async def test_before_2004_nobody_under_16_had_a_card_and_before_1984_nobody_at_all(
    town: Any, office: Any, problem: Any
) -> None:
    with legal_day(date(2004, 6, 1)):
        _, child = await town.household(born=date(1992, 1, 1), opened_on=date(2003, 1, 1))
        path = f"/v1/persons/{child['person']}/cards"
        before = await office.post(path, {"reason": "first", "issued_on": "2003-12-31"})
        assert problem(before) == (409, "card-not-possible")
        card = await office.done(path, {"reason": "first", "issued_on": "2004-01-01"})
        assert card["body"]["valid_until"] == "2009-01-01"
        _, elder = await town.household(born=date(1930, 1, 1), opened_on=date(2003, 1, 1))
        never = await office.post(
            f"/v1/persons/{elder['person']}/cards", {"reason": "first", "issued_on": "1984-04-05"}
        )
        assert problem(never) == (409, "rule-not-in-force")
        assert "identity.card-validity" in never.json()["detail"]


@pytest.mark.rule("identity.move-certificate-days", "domain-2", "domain-30")
async def test_a_citizen_asks_for_a_move_and_reads_deadline_reason_and_remedy(
    town: Any, office: Any, citizen: Any, published: Any, problem: Any
) -> None:
    _, mover = await town.household(XIHU)
    asked = await citizen(mover).done("/v1/move-requests", {"to_division": GONGSHU, "reason": "work"})
    assert asked["body"]["decide_by"] == working_day_after(TODAY, DAYS).isoformat()
    assert problem(await citizen(mover).post("/v1/move-requests", {"to_division": GONGSHU, "reason": "work"})) == (
        409,
        "move-open",
    )
    no = {"decision": "refuse", "grounds": "接收地条件尚不具备"}
    await office.done(f"/v1/moves/{asked['urn']}/decision", no, version=asked["version"])
    body = (await published(asked["urn"]))["body"]
    assert (body["step"], body["decided_reason"]) == ("refused", no["grounds"])
    assert "复议" in body["remedy"]

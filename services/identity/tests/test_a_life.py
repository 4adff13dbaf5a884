"""A life in the register: born, named anew, moved, married, dead; each step published as it happened."""

from datetime import date, timedelta
from typing import Any

import pytest
from onewindow_kit.clock import today

TODAY = today()
XIHU, GONGSHU, BINJIANG = "330106", "330105", "330108"


async def test_a_birth_creates_person_number_registration_kinship_and_pseudonyms(
    town: Any, published: Any, current_number: Any
) -> None:
    household, mother = await town.household()

    child = await town.child(household, mother, name="陈安", sex="2")

    number = current_number(child)
    assert number.startswith(f"{XIHU}{TODAY:%Y%m%d}")
    assert int(number[16]) % 2 == 0, "even for women"
    assert child["entries"]["standing"] == "registered"
    assert child["registration"]["body"]["household"] == household["urn"]
    ties = {
        k["body"]["kind"]: (k["body"]["basis"], {p["role"]: p["person"] for p in k["parties"]})
        for k in child["kinships"]
    }
    assert ties == {
        "parentage": ("birth", {"parent": mother["person"], "child": child["person"]}),
        "guardianship": ("law", {"guardian": mother["person"], "ward": child["person"]}),
    }
    envelope = await published(child["urn"])
    assert envelope["subjects"][0]["pseudonym"] == child["person"]
    assert envelope["change"] == "created"
    assert envelope["version"] == child["version"] == 1
    register = await town.read(household)
    assert register["body"]["members"] == 2
    assert {s["role"] for s in (await published(household["urn"]))["subjects"]} == {"head", "member"}


@pytest.mark.rule("domain-3", "identity.birth-declaration-months")
async def test_a_birth_is_declared_at_a_parents_register_and_accepted_late(
    town: Any, office: Any, problem: Any
) -> None:
    household, mother = await town.household()
    elsewhere, _ = await town.household()
    birth = {
        "name": "周迟",
        "sex": "1",
        "birth_date": TODAY - timedelta(days=90),
        "ethnic_group": "01",
        "birth_division": XIHU,
        "mother": mother["person"],
        "household": elsewhere["urn"],
        "relationship": "20",
        "certificate": "U1",
    }
    assert problem(await office.post("/v1/births", birth)) == (409, "not-a-parents-register")
    assert problem(await office.post("/v1/births", birth | {"mother": None})) == (409, "parent-required")
    late = await office.done("/v1/births", birth | {"household": household["urn"]})
    assert late["entries"]["standing"] == "registered"


@pytest.mark.rule("domain-5", "domain-9")
async def test_a_change_of_name_replaces_the_card_and_tells_the_sectors(
    town: Any, office: Any, app: Any, problem: Any
) -> None:
    _, person = await town.household()
    card = await office.done(f"/v1/persons/{person['person']}/cards", {"reason": "first"})
    assert card["body"]["valid_until"] is None or date.fromisoformat(card["body"]["valid_until"]) > TODAY

    renamed = await office.done(
        f"/v1/persons/{person['person']}/variations",
        {"name": "陈静怡", "reason": "本人申请"},
        version=person["version"],
    )

    assert renamed["entries"]["name"] == "陈静怡"
    assert renamed["version"] == person["version"] + 1
    states = {c["urn"]: (c["body"]["state"], c["body"]["reason"]) for c in renamed["cards"]}
    assert states.pop(card["urn"]) == ("replaced", "first")
    assert list(states.values()) == [("valid", "changed-entry")]
    stale = await office.post(
        f"/v1/persons/{person['person']}/variations", {"name": "陈怡", "reason": "再改"}, version=person["version"]
    )
    assert problem(stale) == (412, "version-conflict")


@pytest.mark.rule("domain-2")
async def test_a_move_takes_three_steps_and_the_mover_is_in_transit_between(
    town: Any, office: Any, problem: Any
) -> None:
    household, head = await town.household(XIHU)
    spouse = await town.member(household)
    target, _ = await town.household(GONGSHU)

    move = await office.done("/v1/moves", {"person": head["person"], "to_division": GONGSHU, "reason": "work"})
    refused = await office.post(f"/v1/moves/{move['urn']}/certificate", {}, version=move["version"])
    assert problem(refused) == (409, "head-required")
    certified = await office.done(
        f"/v1/moves/{move['urn']}/certificate",
        {"new_head": spouse["person"], "relationships": []},
        version=move["version"],
    )
    assert (await town.person(head["person"]))["entries"]["standing"] == "in-transit"
    left = await town.read(household)
    assert [(m["person"], m["relationship"]) for m in left["members"]] == [(spouse["person"], "02")]

    done = await office.done(
        f"/v1/moves/{move['urn']}/arrival",
        {"household": target["urn"], "relationship": "99"},
        version=certified["version"],
    )

    assert done["body"]["step"] == "completed"
    moved = await town.person(head["person"])
    assert moved["entries"]["standing"] == "registered"
    assert moved["registration"]["body"]["division"] == GONGSHU
    assert moved["move"] is None


@pytest.mark.rule("domain-2", "identity.move-certificate-days")
async def test_an_expired_certificate_reopens_the_losing_register(
    town: Any, office: Any, operator: Any, problem: Any
) -> None:
    household, head = await town.household(BINJIANG)
    spouse = await town.member(household, entered_on=TODAY - timedelta(days=200))
    permitted, issued = TODAY - timedelta(days=60), TODAY - timedelta(days=50)
    move = await office.done(
        "/v1/moves",
        {"person": head["person"], "to_division": GONGSHU, "reason": "study", "permitted_on": permitted},
    )
    certified = await office.done(
        f"/v1/moves/{move['urn']}/certificate",
        {"issued_on": issued, "new_head": spouse["person"]},
        version=move["version"],
    )
    assert certified["body"]["certificate_until"] == (issued + timedelta(days=30)).isoformat()

    assert (await operator.done("/v1/move-expiries"))["reopened"] == 1

    back = await town.person(head["person"])
    assert back["entries"]["standing"] == "registered"
    assert back["registration"]["body"]["household"] == household["urn"]
    assert back["registration"]["body"]["relationship"] is None, "the head is another now: to be stated anew"
    assert back["move"] is None
    over = await office.read(f"/v1/moves/{move['urn']}")
    assert over["body"]["step"] == "expired"
    late = await office.post(
        f"/v1/moves/{move['urn']}/arrival",
        {"household": household["urn"], "relationship": "99"},
        version=over["version"],
    )
    assert problem(late) == (409, "certificate-expired")
    assert (await operator.done("/v1/move-expiries"))["reopened"] == 0


@pytest.mark.rule("domain-8")
async def test_a_death_ends_registration_card_and_marriage_and_names_a_new_head(
    town: Any, office: Any, problem: Any
) -> None:
    household, head = await town.household()
    spouse = await town.member(household, name="周强", sex="1")
    await office.done(
        "/v1/kinships",
        {
            "kind": "marriage",
            "basis": "marriage",
            "parties": [
                {"person": head["person"], "role": "spouse"},
                {"person": spouse["person"], "role": "spouse"},
            ],
        },
    )
    await office.done(f"/v1/persons/{head['person']}/cards", {"reason": "first"})
    death = {"died_on": TODAY, "evidence": [{"kind": "death-certificate", "reference": "D-1"}]}
    refused = await office.post(f"/v1/persons/{head['person']}/death", death, version=head["version"])
    assert problem(refused) == (409, "head-required")
    unchanged = await town.person(head["person"])
    assert unchanged["entries"]["standing"] == "registered", "nothing changes when the command is refused"

    dead = await office.done(
        f"/v1/persons/{head['person']}/death", death | {"new_head": spouse["person"]}, version=head["version"]
    )

    assert dead["entries"]["standing"] == "dead"
    assert dead["entries"]["died_on"] == TODAY.isoformat()
    assert dead["registration"] is None
    assert dead["cards"][0]["body"]["state"] == "cancelled"
    assert dead["kinships"][0]["body"]["state"] == "ended"
    left = await town.read(household)
    assert [m["relationship"] for m in left["members"]] == ["02"]
    again = await office.post(f"/v1/persons/{head['person']}/death", death, version=dead["version"])
    assert problem(again) == (409, "person-is-dead")

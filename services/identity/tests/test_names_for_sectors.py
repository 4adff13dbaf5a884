"""Pseudonyms, introductions, residence, real-name checks: each caller learns its own sector's name and nothing else."""

from datetime import date
from typing import Any

import pytest
from identity.service.real_names import sample_card
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import open_introduction


async def test_each_caller_gets_its_own_sectors_pseudonym_and_strangers_look_like_nobody(
    town: Any, caller: Any, problem: Any, current_number: Any
) -> None:
    _, person = await town.household(name="孙丽")
    number = current_number(person)
    asked = {"scheme": "cn-id", "number": number, "name": "孙丽"}
    title = caller("agency", "demo.title-registry", "housing")
    housing = (await title.done("/v1/pseudonyms", asked))["pseudonym"]
    assert housing.startswith("housing.1.")
    assert (await title.done("/v1/pseudonyms", asked))["pseudonym"] == housing
    answers = [
        await title.post("/v1/pseudonyms", asked | {"name": "孙莉"}),
        await title.post("/v1/pseudonyms", asked | {"number": number[:-1] + ("0" if number[-1] != "0" else "1")}),
        await title.post("/v1/pseudonyms", asked | {"number": "360426199101010071"}),
        await title.post("/v1/pseudonyms", asked | {"scheme": "zz"}),
        await caller("agency", "demo.nobody", "no-such-sector").post("/v1/pseudonyms", asked),
    ]
    assert {problem(answer) for answer in answers} == {(404, "person-not-found")}
    bodies = [{k: v for k, v in answer.json().items() if k != "instance"} for answer in answers]
    assert all(body == bodies[0] for body in bodies), "not to be told apart"


async def test_a_later_sector_gets_its_name_at_the_first_exchange_and_the_link_record_says_so(
    town: Any, caller: Any, current_number: Any, app: Any, published: Any
) -> None:
    _, person = await town.household(name="李新")
    asked = {"scheme": "cn-id", "number": current_number(person), "name": "李新"}
    aid = caller("agency", "demo.social-aid", "social-aid")
    name = (await aid.done("/v1/pseudonyms", asked))["pseudonym"]
    assert (await aid.done("/v1/pseudonyms", asked))["pseudonym"] == name
    gateway = caller("service", "gateway", "gateway")
    own = (await gateway.done("/v1/pseudonyms", asked))["pseudonym"]
    cursor, links = None, []
    while True:
        page = await gateway.read("/v1/snapshots/link", limit=200, **({"cursor": cursor} if cursor else {}))
        links += page["items"]
        if (cursor := page["next"]) is None:
            break
    [link] = [record for record in links if record["subjects"][0]["pseudonym"] == own]
    assert link["version"] == 2
    named = {p["sector"]: p["pseudonym"] for p in link["body"]["pseudonyms"]}
    assert named["social-aid"] == name
    assert set(named) == {"identity", "housing", "transport", "oversight", "gateway", "social-aid"}


async def test_a_batch_answers_in_order_and_keeps_a_place_for_the_unknown(
    town: Any, caller: Any, current_number: Any, problem: Any
) -> None:
    _, one = await town.household()
    _, two = await town.household()
    housing = caller("service", "housing", "housing")
    numbers = [current_number(one), "360426199101010071", "rubbish", current_number(two)]
    found = (await housing.done("/v1/pseudonyms/batch", {"scheme": "cn-id", "numbers": numbers}))["pseudonyms"]
    assert [name is not None for name in found] == [True, False, False, True]
    assert found[0] != found[3]
    agency = await caller("agency", "demo.title-registry", "housing").post(
        "/v1/pseudonyms/batch", {"scheme": "cn-id", "numbers": numbers}
    )
    assert problem(agency) == (403, "forbidden")


async def test_an_introduction_names_a_person_to_the_receiver_only(
    town: Any, caller: Any, keys: Any, current_number: Any, problem: Any
) -> None:
    _, person = await town.household(name="何文")
    asked = {"scheme": "cn-id", "number": current_number(person), "name": "何文"}
    title = caller("agency", "demo.title-registry", "housing")
    vehicles = caller("agency", "demo.vehicle-administration", "transport")
    housing = (await title.done("/v1/pseudonyms", asked))["pseudonym"]
    transport = (await vehicles.done("/v1/pseudonyms", asked))["pseudonym"]
    body = {"pseudonym": housing, "receiver": "transport"}
    token = (await title.done("/v1/introductions", body))["introduction"]
    assert str(open_introduction(Keyring.load(keys / "transport.json"), token)) == transport
    assert transport not in token
    assert (await title.done("/v1/introductions", body))["introduction"] != token, "carriers can't compare"
    assert problem(await vehicles.post("/v1/introductions", body)) == (404, "person-not-found")
    for somebody in (housing, f"housing.1.{'z' * 22}"):
        nowhere = await title.post("/v1/introductions", {"pseudonym": somebody, "receiver": "weather"})
        assert problem(nowhere) == (409, "unknown-sector"), "it does not tell whether anybody goes by that name"


async def test_residence_is_for_transport_and_names_the_household_in_its_own_words(
    town: Any, caller: Any, current_number: Any, problem: Any
) -> None:
    household, head = await town.household("330108", name="何武")
    member = await town.member(household)
    service = caller("service", "transport", "transport")

    async def residence(person: Any) -> Any:
        asked = {"scheme": "cn-id", "number": current_number(person), "name": person["entries"]["name"]}
        name = (await service.done("/v1/pseudonyms", asked))["pseudonym"]
        return await service.done("/v1/residence", {"pseudonym": name})

    first, second = await residence(head), await residence(member)
    assert first["registered"] == {"division": "330108", "neighbourhood": None}
    assert first["household"] == second["household"]
    assert first["household"] not in household["urn"]
    stranger = await town.stranger("路人", "1", date(1977, 7, 7))
    assert await residence(stranger) == {"registered": None, "household": None, "permit": None}
    other = await caller("service", "housing", "housing").post("/v1/residence", {"pseudonym": "housing.1." + "a" * 22})
    assert problem(other) == (403, "forbidden")


@pytest.mark.rule("domain-11")
async def test_a_real_name_check_has_levels_and_tells_unknown_and_wrong_alike(
    town: Any, office: Any, caller: Any, current_number: Any
) -> None:
    _, person = await town.household(name="林真")
    number = current_number(person)
    bank = caller("agency", "demo.social-aid", "social-aid")
    asked = {"scheme": "cn-id", "number": number, "name": "林真"}
    assert await bank.done("/v1/real-name-checks", asked) == {"verified": True, "assurance": "basic"}
    card = asked | {"bank_card": sample_card(number)}
    assert await bank.done("/v1/real-name-checks", card) == {"verified": True, "assurance": "substantial"}
    no = {"verified": False, "assurance": "none"}
    for wrong in ({"name": "林假"}, {"number": "360426199101010071"}, {"bank_card": "6200000000000000000"}):
        assert await bank.done("/v1/real-name-checks", asked | wrong) == no, wrong
    death = {"died_on": str(date(2024, 1, 1)), "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    late = await office.post(f"/v1/persons/{person['person']}/death", death, version=person["version"])
    assert late.status_code == 409, "before the registration began"

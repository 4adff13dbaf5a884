"""Corrections need a second officer; numbers have a history; a number that two persons claim is a case."""

from datetime import date
from typing import Any

import pytest
from onewindow_kit.clock import today

TODAY = today()
PAPERS = [{"kind": "archive-record", "reference": "X-9"}]


WHY = {"grounds": "原始档案所载"}


async def proposed(office: Any, person: Any, field: str, value: str) -> Any:
    body = {"field": field, "value": value, "evidence": PAPERS}
    return await office.done(f"/v1/persons/{person['person']}/corrections", body, version=person["version"])


@pytest.mark.rule("domain-5")
async def test_a_corrected_birth_date_needs_two_officers_and_brings_a_new_number(
    town: Any, office: Any, officer: Any, problem: Any, current_number: Any
) -> None:
    first, second = officer("officer-1"), officer("officer-2")
    _, person = await town.household(born=date(1971, 3, 4))
    before = current_number(person)
    correction = await proposed(first, person, "birth_date", "1971-04-03")
    path = f"/v1/corrections/{correction['id']}"
    assert problem(await first.post(f"{path}/confirmation", WHY)) == (409, "second-officer-required")
    assert (await office.read(path))["state"] == "proposed"
    assert current_number(await town.person(person["person"])) == before, "nothing changes before the second officer"

    corrected = await second.done(f"{path}/confirmation", WHY)

    assert corrected["entries"]["birth_date"] == "1971-04-03"
    assert current_number(corrected)[6:14] == "19710403"
    history = {i["body"]["number"]: i["body"]["state"] for i in corrected["identifications"]}
    assert history[before] == "superseded"
    assert problem(await officer("officer-3").post(f"{path}/confirmation", WHY)) == (409, "correction-decided")
    by_old_number = await office.post("/v1/person-lookups", {"scheme": "cn-id", "number": before})
    assert problem(by_old_number) == (404, "person-not-found")


@pytest.mark.rule("domain-5")
async def test_who_is_not_named_may_be_anybody_of_the_office(
    town: Any, office: Any, officer: Any, caller: Any, problem: Any
) -> None:
    _, person = await town.household(name="陈晶")
    first, second = officer("officer-1"), officer("officer-2")
    correction = await proposed(first, person, "ethnic_group", "03")
    path = f"/v1/corrections/{correction['id']}"
    elsewhere = caller(
        "agency", "demo.population-branch", "identity", authority="demo.population-office", officer="officer-1"
    )
    for same in (office, first, elsewhere):
        assert problem(await same.post(f"{path}/confirmation", WHY)) == (409, "second-officer-required")
    assert problem(await second.post(f"{path}/confirmation", WHY | {"officer": "x"})) == (422, "invalid-request")
    confirmed = await second.done(f"{path}/confirmation", WHY)
    assert confirmed["entries"]["ethnic_group"] == "03"
    unsigned = await proposed(office, confirmed, "ethnic_group", "01")
    path = f"/v1/corrections/{unsigned['id']}"
    for perhaps in (office, second):
        assert problem(await perhaps.post(f"{path}/confirmation", WHY)) == (409, "second-officer-required")
    branch = caller("agency", "demo.population-branch", "identity", authority="demo.population-office")
    assert (await branch.done(f"{path}/confirmation", WHY))["entries"]["ethnic_group"] == "01"


async def test_a_correction_holds_only_while_the_entry_is_what_the_first_officer_saw(
    town: Any, office: Any, problem: Any
) -> None:
    _, person = await town.household(name="陈晶")
    correction = await proposed(office, person, "name", "陈京")
    await office.done(
        f"/v1/persons/{person['person']}/variations", {"name": "陈菁", "reason": "申请"}, version=person["version"]
    )
    late = await office.post(f"/v1/corrections/{correction['id']}/confirmation", WHY)
    assert problem(late) == (409, "correction-decided")
    refused = await office.done(f"/v1/corrections/{correction['id']}/refusal", WHY)
    assert refused["state"] == "refused"


async def test_wrong_values_of_a_correction_are_refused(town: Any, office: Any, problem: Any) -> None:
    _, person = await town.household()
    for field, value, code in (
        ("birth_date", "1971-02-30", "invalid-value"),
        ("birth_date", "2999-01-01", "date-in-future"),
        ("sex", "7", "unknown-code"),
        ("ethnic_group", "77", "unknown-code"),
        ("sex", person["entries"]["sex"], "nothing-changes"),
    ):
        body = {"field": field, "value": value, "evidence": PAPERS}
        answer = await office.post(f"/v1/persons/{person['person']}/corrections", body, version=person["version"])
        assert problem(answer) == (409, code), (field, value)


async def test_a_foreign_scheme_is_a_plug_in_with_its_own_check_digit(
    town: Any, office: Any, problem: Any, current_number: Any
) -> None:
    schemes = {s["id"]: s["assigned_here"] for s in (await office.read("/v1/schemes"))["items"]}
    assert schemes == {"cn-id": True, "ee-ik": False}
    person = await town.stranger(
        "Mari Tamm", "1", date(1968, 5, 28), number="36805280109", scheme="ee-ik", standing="foreign"
    )
    assert current_number(person, "ee-ik") == "36805280109"
    path = f"/v1/persons/{person['person']}/identifications"
    bad = {"scheme": "ee-ik", "number": "36805280108", "reason": "护照"}
    assert problem(await office.post(path, bad, version=person["version"])) == (409, "invalid-number")
    none = {"scheme": "ee-ik", "reason": "护照"}
    assert problem(await office.post(path, none, version=person["version"])) == (409, "scheme-not-assignable")
    unknown = {"scheme": "xx-id", "number": "1", "reason": "护照"}
    assert problem(await office.post(path, unknown, version=person["version"])) == (409, "unknown-scheme")
    other = {"scheme": "cn-id", "number": "360426199101010071", "reason": "护照"}
    assert problem(await office.post(path, other, version=person["version"])) == (409, "number-mismatch")
    home = {"scheme": "cn-id", "division": "330106", "reason": "取得国籍"}
    both = await office.done(path, home, version=person["version"])
    assert current_number(both).startswith("33010619680528")


@pytest.mark.rule("domain-6")
async def test_a_number_claimed_twice_is_a_conflict_that_an_officer_decides(
    town: Any, office: Any, problem: Any, current_number: Any
) -> None:
    first = await town.stranger("赵一", "1", date(1985, 6, 7))
    number = current_number(first)
    second = await town.stranger("钱二", "1", date(1985, 6, 7), number=number, birth_division="330106")
    assert [i["body"]["state"] for i in second["identifications"]] == ["contested"]
    page = await office.read("/v1/number-conflicts", limit=200)
    case = next(c for c in page["items"] if second["person"] in {claim["person"] for claim in c["claims"]})
    assert case["state"] == "open"
    # Each is still found by number and name; neither by the other's name.
    for person, name in ((first, "赵一"), (second, "钱二")):
        body = {"scheme": "cn-id", "number": number, "name": name}
        assert (await office.done("/v1/pseudonyms", body))["pseudonym"] == person["person"]

    decided = await office.done(
        f"/v1/number-conflicts/{case['id']}/decision", {"keeps": second["person"], "grounds": "原始档案在先"}
    )

    assert decided["state"] == "decided"
    assert current_number(await town.person(second["person"])) == number
    other = await town.person(first["person"])
    assert current_number(other) != number
    assert {i["body"]["number"]: i["body"]["state"] for i in other["identifications"]}[number] == "superseded"
    again = await office.post(
        f"/v1/number-conflicts/{case['id']}/decision", {"keeps": first["person"], "grounds": "反悔"}
    )
    assert problem(again) == (409, "number-not-contested")


@pytest.mark.rule("domain-9", "identity.card-validity")
async def test_cards_last_by_age_and_a_loss_is_reported_by_the_holder(
    town: Any, office: Any, caller: Any, problem: Any
) -> None:
    for years, term in ((10, 5), (20, 10), (30, 20), (60, None)):
        _, person = await town.household(born=date(TODAY.year - years, 1, 1))
        card = await office.done(f"/v1/persons/{person['person']}/cards", {"reason": "first"})
        until = card["body"]["valid_until"]
        assert until == (None if term is None else TODAY.replace(year=TODAY.year + term).isoformat()), years
    second = await office.post(f"/v1/persons/{person['person']}/cards", {"reason": "first"})
    assert problem(second) == (409, "card-held")
    citizen = caller("citizen", "onewindow-cli", "identity", person["person"])
    lost = await citizen.done("/v1/card-losses", {})
    assert (lost["urn"], lost["body"]["state"]) == (card["urn"], "lost")
    assert problem(await citizen.post("/v1/card-losses", {})) == (409, "card-not-valid")
    renewed = await office.done(f"/v1/persons/{person['person']}/cards", {"reason": "loss"})
    assert renewed["body"]["state"] == "valid"
    foreign = await town.stranger("Jaan Tamm", "1", date(1968, 5, 28), standing="foreign")
    answer = await office.post(f"/v1/persons/{foreign['person']}/cards", {"reason": "first"})
    assert problem(answer) == (409, "card-not-possible")


async def test_kinship_is_recorded_once_and_marriage_is_with_one(town: Any, office: Any, problem: Any) -> None:
    household, one = await town.household()
    two = await town.member(household)
    three, four = await town.stranger("吴三"), await town.stranger("吴四", "2")

    def marriage(a: Any, b: Any) -> dict[str, Any]:
        parties = [{"person": p["person"], "role": "spouse"} for p in (a, b)]
        return {"kind": "marriage", "basis": "marriage", "parties": parties}

    assert problem(await office.post("/v1/kinships", marriage(one, one))) == (409, "kinship-not-possible")
    married = await office.done("/v1/kinships", marriage(one, two))
    for pair in ((two, one), (one, three), (two, four)):
        assert problem(await office.post("/v1/kinships", marriage(*pair))) == (409, "already-married")
    path = f"/v1/kinships/{married['urn']}"
    ended = await office.done(f"{path}/end", {"ended_on": TODAY, "reason": "离婚"}, version=married["version"])
    assert ended["body"]["state"] == "ended"
    assert (await office.done("/v1/kinships", marriage(one, three)))["body"]["state"] == "in-force"

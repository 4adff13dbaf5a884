"""A licence's life over HTTP: issued, suspended, restored, cancelled; each refusal named, nothing changed by it."""

from datetime import timedelta

import pytest
from onewindow_kit.clock import today
from transport.domain.days import add_years

PATH = "/v1/driving-licences"
TODAY = today()


@pytest.fixture
async def licence(office, person, licence_body):
    """A new licence's envelope."""
    answer = await office.post(PATH, licence_body(person()))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_licence_is_issued_read_and_found_by_its_holder(office, person, licence_body) -> None:
    holder = person()
    answer = await office.post(PATH, licence_body(holder, classes=["C1", "A2", "C1"]))
    assert answer.status_code == 201
    envelope = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"{PATH}/{envelope['urn']}"
    assert answer.headers["Onewindow-Version"] == f"{envelope['urn']}@1"
    assert envelope["body"]["classes"] == ["A2", "C1"]
    assert envelope["subjects"] == [
        {"pseudonym": holder, "role": "holder", "from": TODAY.isoformat(), "until": None, "part": None}
    ]
    read = await office.get(answer.headers["Location"])
    assert (read.status_code, read.json()) == (200, envelope)
    found = await office.post("/v1/driving-licence-lookups", {"holder": holder})
    assert found.json() == {"items": [envelope], "next": None}


async def test_a_person_has_one_licence(office, licence, licence_body) -> None:
    again = await office.post(PATH, licence_body(licence["subjects"][0]["pseudonym"]))
    assert (again.status_code, again.json()["code"]) == (409, "licence-exists")


async def test_a_file_number_is_used_once(office, person, licence, licence_body) -> None:
    number = licence["body"]["file_number"]
    again = await office.post(PATH, licence_body(person(), file_number=number))
    assert (again.status_code, again.json()["code"]) == (409, "file-number-taken")


async def test_a_suspension_names_its_reason_and_ends_by_a_remedy(office, licence, grounds, offence, approved) -> None:
    place = f"{PATH}/{licence['urn']}"
    until = (TODAY + timedelta(days=60)).isoformat()
    wanted = grounds(until=until, **await offence(licence))
    envelope = await approved(await office.post(f"{place}/suspensions", wanted, version=1))
    assert (envelope["version"], envelope["change"], envelope["body"]["state"]) == (2, "varied", "suspended")
    assert envelope["body"]["state_until"] == until
    assert envelope["body"]["decision"]["remedy"]
    early = grounds(examined_on=None, overturned=False)
    refused = await office.post(f"{place}/restorations", early, version=2)
    assert (refused.status_code, refused.json()["code"]) == (409, "term-not-over")
    restored = await office.post(f"{place}/restorations", grounds(examined_on=None, overturned=True), version=2)
    assert restored.json()["body"]["state"] == "valid"


async def test_a_revoked_licence_is_ended_and_bars_the_next(
    office, licence, grounds, licence_body, offence, approved
) -> None:
    place = f"{PATH}/{licence['urn']}"
    wanted = grounds(barred_until=None, **await offence(licence))
    revoked = await approved(await office.post(f"{place}/revocations", wanted, version=1))
    assert (revoked["change"], revoked["body"]["state"]) == ("ended", "revoked")
    refused = await office.post(f"{place}/restorations", grounds(examined_on=None, overturned=True), version=2)
    assert refused.json()["code"] == "licence-state-forbids"
    again = await office.post(PATH, licence_body(licence["subjects"][0]["pseudonym"]))
    assert again.json()["code"] == "holder-barred"


@pytest.mark.parametrize(
    ("path", "basis", "state"),
    [("retentions", "twelve-points", "retained"), ("use-stops", "twelve-points", "use-stopped")],
)
async def test_each_decision_has_its_state(office, licence, grounds, offence, approved, path, basis, state) -> None:
    wanted = grounds(**await offence(licence, basis))
    answer = await office.post(f"{PATH}/{licence['urn']}/{path}", wanted, version=1)
    assert (await office.get(f"{PATH}/{licence['urn']}")).json() == licence, "nothing has happened yet"
    assert (await approved(answer))["body"]["state"] == state


async def test_what_was_obtained_wrongly_is_annulled(office, licence, grounds, approved) -> None:
    wanted = grounds(grounds={"basis": "vehicle-administration.obtained-wrongly", "evidence": [licence["urn"]]})
    answer = await office.post(f"{PATH}/{licence['urn']}/annulments", wanted, version=1)
    assert (await approved(answer))["body"]["state"] == "annulled"


async def test_classes_are_added(office, licence, grounds) -> None:
    place = f"{PATH}/{licence['urn']}/class-changes"
    answer = await office.post(place, grounds(classes=["C1", "D"]), version=1)
    assert answer.json()["body"]["classes"] == ["C1", "D"]
    same = await office.post(place, grounds(classes=["D", "C1"]), version=2)
    assert same.json()["code"] == "classes-unchanged"


async def test_a_licence_near_its_end_is_renewed_and_a_fresh_one_is_not(office, person, licence, licence_body) -> None:
    body = {"twelve_points_reached": False, "legal_basis": "机动车驾驶证申领和使用规定"}
    early = await office.post(f"{PATH}/{licence['urn']}/renewals", body, version=1)
    assert early.json()["code"] == "renewal-too-early"
    old = await office.post(PATH, licence_body(person(), issued_on=add_years(TODAY, -6).isoformat()))
    renewed = await office.post(f"{PATH}/{old.json()['urn']}/renewals", body, version=1)
    assert (renewed.status_code, renewed.json()["body"]["term"]) == (200, "second")


async def test_lapsed_licences_are_cancelled_in_one_go_and_come_back_by_examination(
    office, person, licence_body, grounds
) -> None:
    urns = []
    for _ in range(3):
        answer = await office.post(PATH, licence_body(person(), issued_on="2015-01-05"))
        urns.append(answer.json()["urn"])
    run = {"limit": 2, "legal_basis": "机动车驾驶证申领和使用规定第79条", "remedy": "六十日内可申请行政复议"}
    first = await office.post("/v1/licence-lapses", run)
    assert first.json() == {"cancelled": 2, "more": True}
    second = await office.post("/v1/licence-lapses", run)
    assert second.json() == {"cancelled": 1, "more": False}
    place = f"{PATH}/{urns[0]}"
    assert (await office.get(place)).json()["body"]["cancellation_reason"] == "late-renewal"
    refused = await office.post(f"{place}/restorations", grounds(examined_on=None, overturned=False), version=2)
    assert refused.json()["code"] == "examination-required"
    examined = grounds(examined_on=TODAY.isoformat(), overturned=False)
    assert (await office.post(f"{place}/restorations", examined, version=2)).json()["body"]["state"] == "valid"


async def test_a_change_needs_the_version_that_was_read(office, licence, grounds, offence) -> None:
    wanted = grounds(**await offence(licence, "twelve-points"))
    place = f"{PATH}/{licence['urn']}/retentions"
    without = await office.post(place, wanted)
    assert (without.status_code, without.json()["code"]) == (428, "precondition-required")
    stale = await office.post(place, wanted, version=7)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-conflict")
    assert (await office.get(f"{PATH}/{licence['urn']}")).json() == licence


async def test_a_repeated_command_gets_its_first_answer(office, person, licence_body, grounds) -> None:
    body = licence_body(person())
    first = await office.post(PATH, body, key="the-same-key-1")
    again = await office.post(PATH, body, key="the-same-key-1")
    assert again.json() == first.json()
    assert again.headers["Onewindow-Version"] == first.headers["Onewindow-Version"]
    other = await office.post(PATH, licence_body(person()), key="the-same-key-1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


async def test_only_the_vehicle_administration_decides(parking, citizen, gateway, licence, person, grounds) -> None:
    for caller in (parking, citizen(person()), gateway):
        for answer in (
            await caller.get(f"{PATH}/{licence['urn']}"),
            await caller.post(f"{PATH}/{licence['urn']}/retentions", grounds(), version=1),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")

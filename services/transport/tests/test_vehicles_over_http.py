"""A vehicle's life over HTTP: registered, mortgaged, frozen, transferred with a new plate, taken off the register."""

import asyncio
from datetime import timedelta

import pytest
from onewindow_kit.clock import today
from transport.domain.days import add_years

PATH = "/v1/vehicles"
TODAY = today()
BASIS = "机动车登记规定"


@pytest.fixture
async def vehicle(office, person, vehicle_body):
    """A new vehicle's envelope."""
    answer = await office.post(PATH, vehicle_body(person()))
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def transfer_body(person):
    def body(**other):
        return {
            "to": person(),
            "ground": "sale",
            "consenting_mortgages": [],
            "plate": {"type": "02", "number": None},
            "effective_on": TODAY.isoformat(),
            "legal_basis": BASIS,
        } | other

    return body


def mortgage_body(**other):
    return {
        "mortgagee_code": "11330100247100038A",
        "mortgagee": "示例银行",
        "since": TODAY.isoformat(),
        "legal_basis": BASIS,
    } | other


def freeze_body(**other):
    return {
        "ordered_by": "示例人民法院",
        "document": "（2026）示01执1号",
        "since": TODAY.isoformat(),
        "until": (TODAY + timedelta(days=365)).isoformat(),
        "legal_basis": "民事诉讼法",
    } | other


def removal(mark, **other):
    return {"mark": mark, "effective_on": TODAY.isoformat(), "legal_basis": BASIS} | other


async def test_the_office_assigns_a_plate_and_finds_the_vehicle_by_it(office, vehicle) -> None:
    plate = vehicle["body"]["plate"]
    assert plate["number"].startswith("浙A")
    found = await office.post("/v1/plate-lookups", {"type": plate["type"], "number": plate["number"]})
    assert (found.status_code, found.json()) == (200, vehicle)
    other = await office.post("/v1/plate-lookups", {"type": "01", "number": plate["number"]})
    assert other.status_code == 404, "the same number of another type is another plate"


async def test_an_electric_car_gets_a_new_energy_plate(office, person, vehicle_body) -> None:
    body = vehicle_body(person(), energy="C", plate={"type": "52", "number": None})
    number = (await office.post(PATH, body)).json()["body"]["plate"]["number"]
    assert len(number) == 8 and number[2] in "DABCE"


async def test_a_vin_is_registered_once(office, person, vehicle, vehicle_body) -> None:
    again = await office.post(PATH, vehicle_body(person(), vin=vehicle["body"]["vin"]))
    assert (again.status_code, again.json()["code"]) == (409, "vin-taken")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"plate": {"type": "52", "number": "浙A12345"}}, "plate-format"),
        ({"plate": {"type": "02", "number": "沪A12345"}}, "plate-other-office"),
        ({"kind": "K99"}, "unknown-code"),
        ({"use": "ZZ"}, "unknown-code"),
        ({"first_registered_on": (TODAY + timedelta(days=2)).isoformat()}, "date-out-of-range"),
    ],
)
@pytest.mark.rule("transport.plate-prefixes", "domain-25")
async def test_a_registration_against_a_rule_is_refused(office, person, vehicle_body, change, code) -> None:
    owner = person()
    answer = await office.post(PATH, vehicle_body(owner, **change))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert (await office.post("/v1/vehicle-lookups", {"owner": owner})).json()["items"] == []


async def test_a_sold_car_gets_a_new_plate_and_leaves_its_sellers_view(office, vehicle, transfer_body) -> None:
    seller = vehicle["subjects"][0]["pseudonym"]
    body = transfer_body()
    answer = await office.post(f"{PATH}/{vehicle['urn']}/transfers", body, version=1)
    assert answer.status_code == 200, answer.text
    sold = answer.json()
    assert [subject["pseudonym"] for subject in sold["subjects"]] == [body["to"]]
    assert sold["body"]["plate"]["number"] != vehicle["body"]["plate"]["number"]
    assert (await office.post("/v1/vehicle-lookups", {"owner": seller})).json()["items"] == []
    assert (await office.post("/v1/vehicle-lookups", {"owner": body["to"]})).json()["items"] == [sold]
    rights = await office.post("/v1/plate-rights", {"owner": seller})
    assert rights.json()["items"] == [], "a day of use founds no right to the plate"


async def test_a_mortgagee_joins_the_transfer_and_the_mortgage_follows(office, vehicle, transfer_body) -> None:
    place = f"{PATH}/{vehicle['urn']}"
    marked = (await office.post(f"{place}/mortgages", mortgage_body(), version=1)).json()
    mark = marked["body"]["mortgages"][0]["id"]
    refused = await office.post(f"{place}/transfers", transfer_body(), version=2)
    assert refused.json()["code"] == "mortgagee-must-join"
    sold = await office.post(f"{place}/transfers", transfer_body(consenting_mortgages=[mark]), version=2)
    assert [each["id"] for each in sold.json()["body"]["mortgages"]] == [mark]
    off = {"cause": "scrapped", "effective_on": TODAY.isoformat(), "legal_basis": BASIS}
    assert (await office.post(f"{place}/deregistrations", off, version=3)).json()["code"] == "vehicle-mortgaged"
    free = await office.post(f"{place}/mortgage-discharges", removal(mark), version=3)
    assert free.json()["body"]["mortgages"] == []
    gone = await office.post(f"{place}/mortgage-discharges", removal(mark), version=4)
    assert gone.json()["code"] == "mark-not-found"
    ended = await office.post(f"{place}/deregistrations", off, version=4)
    assert (ended.json()["change"], ended.json()["body"]["plate"]) == ("ended", None)
    refused = await office.post(f"{place}/transfers", transfer_body(), version=5)
    assert refused.json()["code"] == "vehicle-state-forbids"


@pytest.mark.rule("transport.freeze-longest-years", "domain-25")
async def test_a_freeze_blocks_until_it_is_lifted(office, vehicle, transfer_body) -> None:
    place = f"{PATH}/{vehicle['urn']}"
    too_long = freeze_body(until=(add_years(TODAY, 2) + timedelta(days=1)).isoformat())
    assert (await office.post(f"{place}/freezes", too_long, version=1)).json()["code"] == "term-out-of-bounds"
    frozen = (await office.post(f"{place}/freezes", freeze_body(), version=1)).json()
    for path, body in (
        ("transfers", transfer_body()),
        ("mortgages", mortgage_body()),
        ("deregistrations", {"cause": "scrapped", "effective_on": TODAY.isoformat(), "legal_basis": BASIS}),
    ):
        assert (await office.post(f"{place}/{path}", body, version=2)).json()["code"] == "vehicle-frozen"
    second = await office.post(f"{place}/freezes", freeze_body(document="第二号"), version=2)
    assert len(second.json()["body"]["freezes"]) == 2, "a later freeze queues behind the first"
    for version, mark in enumerate((each["id"] for each in second.json()["body"]["freezes"]), start=3):
        assert (await office.post(f"{place}/freeze-liftings", removal(mark), version=version)).status_code == 200
    assert frozen["version"] == 2
    assert (await office.post(f"{place}/transfers", transfer_body(), version=5)).status_code == 200


async def test_a_plate_used_for_a_year_is_kept_for_its_user_alone(
    office, app, person, vehicle, transfer_body, vehicle_body
) -> None:
    seller, old = vehicle["subjects"][0]["pseudonym"], vehicle["body"]["plate"]
    await _age(app, vehicle["urn"], 400)
    answer = await office.post(f"{PATH}/{vehicle['urn']}/transfers", transfer_body(), version=1)
    assert answer.status_code == 200, answer.text
    rights = (await office.post("/v1/plate-rights", {"owner": seller})).json()["items"]
    assert rights == [{"type": old["type"], "number": old["number"], "kept_until": add_years(TODAY, 2).isoformat()}]
    choice = {"type": old["type"], "number": old["number"]}
    stranger = await office.post(PATH, vehicle_body(person(), plate=choice))
    assert stranger.json()["code"] == "plate-taken"
    reclaimed = await office.post(PATH, vehicle_body(seller, plate=choice))
    assert reclaimed.json()["body"]["plate"]["number"] == old["number"]
    assert (await office.post("/v1/plate-rights", {"owner": seller})).json()["items"] == []


async def test_a_car_gets_another_plate_and_the_old_one_is_not_put_back(office, vehicle) -> None:
    place, old = f"{PATH}/{vehicle['urn']}/plates", vehicle["body"]["plate"]
    body = {"effective_on": TODAY.isoformat(), "legal_basis": BASIS}
    same = await office.post(place, body | {"plate": {"type": "02", "number": old["number"]}}, version=1)
    assert same.json()["code"] == "plate-taken"
    other = await office.post(place, body | {"plate": {"type": "02", "number": None}}, version=1)
    assert (other.status_code, other.json()["version"]) == (200, 2)


async def test_of_twenty_registrations_for_one_plate_one_gets_it(office, person, vehicle_body) -> None:
    choice = {"type": "02", "number": "浙AR2468"}
    answers = await asyncio.gather(*(office.post(PATH, vehicle_body(person(), plate=choice)) for _ in range(20)))
    outcomes = sorted(answer.status_code for answer in answers)
    assert outcomes == [201] + [409] * 19
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"plate-taken"}
    carrier = await office.post("/v1/plate-lookups", choice)
    assert carrier.json()["urn"] in [answer.json().get("urn") for answer in answers]


async def test_of_ten_transfers_of_one_car_one_happens(office, vehicle, transfer_body) -> None:
    bodies = [transfer_body() for _ in range(10)]
    place = f"{PATH}/{vehicle['urn']}/transfers"
    answers = await asyncio.gather(*(office.post(place, body, version=1) for body in bodies))
    outcomes = sorted(answer.status_code for answer in answers)
    assert outcomes == [200] + [412] * 9
    assert (await office.get(f"{PATH}/{vehicle['urn']}")).json()["version"] == 2


async def test_twenty_cars_swap_plates_at_once_and_none_is_on_two(office, person, vehicle_body) -> None:
    cars = [(await office.post(PATH, vehicle_body(person()))).json() for _ in range(10)]
    wanted = ["浙AS0001", "浙AS0002", "浙AS0003"]

    async def change(car, number):
        body = {"effective_on": TODAY.isoformat(), "legal_basis": BASIS, "plate": {"type": "02", "number": number}}
        return await office.post(f"{PATH}/{car['urn']}/plates", body, version=1)

    answers = await asyncio.gather(*(change(car, wanted[n % 3]) for n, car in enumerate(cars)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 7
    numbers = [(await office.get(f"{PATH}/{car['urn']}")).json()["body"]["plate"]["number"] for car in cars]
    assert len(set(numbers)) == len(numbers)
    assert set(wanted) <= set(numbers)


async def _age(app, urn: str, days: int) -> None:
    """Let a vehicle have had its owner and plate for ``days``: time is the one thing a test can't wait for."""
    from sqlalchemy import text

    async with app.state.edge.database.sessions() as session, session.begin():
        await (await session.connection()).execute(
            text(
                "update vehicle set plate_since = plate_since - cast(:d as int), owner_since = owner_since - cast(:d as int) where urn = :urn"
            ),
            {"d": days, "urn": urn},
        )

"""Cars: registered and sold, and a place to park one, applied for through the gateway; each seen through the window."""

import secrets

from onewindow_kit import clock
from onewindow_local.demo.city import City, Done, Person

BASIS = "机动车登记规定 第十条"
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)


def vin() -> str:
    """A vehicle identification number with its check digit (GB 16735)."""
    text = f"LSVAA49J0C2{secrets.randbelow(10**6):06}"
    total = sum(w * (int(c) if c.isdigit() else VALUES[c]) for w, c in zip(WEIGHTS, text, strict=True))
    return text[:8] + "0123456789X"[total % 11] + text[9:]


async def car(city: City, person: Person) -> Done:
    office = await city.vehicles()
    return await office.do(
        "/v1/vehicles",
        {
            "owner": await city.pseudonym(person, "vehicle-administration"),
            "vin": vin(),
            "kind": "K33",
            "make": "示例牌",
            "model": "S1",
            "colour": "A",
            "energy": "A",
            "use": "A",
            "first_registered_on": clock.today().isoformat(),
            "plate": {"type": "02", "number": None},
            "legal_basis": BASIS,
        },
    )


async def test_a_car_is_registered_and_sold_with_a_new_plate(city: City):
    seller, buyer = await city.adult("例卖车"), await city.adult("例买车")
    registered = await car(city, seller)
    [seen] = await (await city.citizen(seller)).records("transport.vehicle", after=registered)
    office = await city.vehicles()
    sold = await office.do(
        f"/v1/vehicles/{registered.urn}/transfers",
        {
            "to": await city.pseudonym(buyer, "vehicle-administration"),
            "ground": "sale",
            "consenting_mortgages": [],
            "plate": {"type": "02", "number": None},
            "effective_on": clock.today().isoformat(),
            "legal_basis": BASIS,
        },
        at=registered.etag,
    )
    [bought] = await (await city.citizen(buyer)).records("transport.vehicle", after=sold)
    assert bought["urn"] == seen["urn"]
    assert bought["body"]["plate"] != seen["body"]["plate"]
    assert await (await city.citizen(seller)).records("transport.vehicle", after=sold) == []


async def test_a_parking_permit_is_applied_for_through_the_gateway_and_granted_at_once(city: City):
    resident = await city.adult("例停车")
    registered = await car(city, resident)
    window = await city.citizen(resident)
    asked = await window.command("transport", "applyForParkingPermit", body={"vehicle": registered.urn, "zone": "XH-1"})
    assert asked.body["state"] == "granted"
    [permit] = await window.records("transport.parking-permit", after=asked)
    assert permit["body"]["state"] == "granted" and permit["body"]["decision"]["remedy"]

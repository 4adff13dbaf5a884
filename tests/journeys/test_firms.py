"""A firm as a subject: it owns a car and an office, and sees both in a window of its own."""

import pytest
from onewindow_local.demo import cases, firms
from onewindow_local.demo.cars import PLATE, new_car
from onewindow_local.demo.city import City
from onewindow_local.demo.flats import flat, owner

from .following import apply


@pytest.mark.rule("domain-29")
async def test_a_firm_owns_a_car_and_a_title_and_sells_the_car(city: City):
    boss, buyer = await city.adult("例经理"), await city.adult("例购车")
    firm = await firms.found(city, "示例物流有限公司", boss, await city.citizen(boss))
    car = await new_car(city, firm)
    title = await flat(city, await owner(city, firm))
    [van] = await firm.window.records("transport.vehicle", after=car)
    [office] = await firm.window.records("housing.title", after=title)
    assert (van["urn"], office["urn"]) == (car.urn, title.urn)
    bosses = await city.citizen(boss)
    assert await bosses.records("transport.vehicle", after=car) == []
    sale = {"to": firms.named(buyer), "ground": "sale", "plate": PLATE}
    case, asked = await apply(firm.window, "transport", "applyForVehicleTransfer", path={"urn": car.urn}, body=sale)
    assert await case.state(asked) == "awaiting-parties"
    buying = await city.citizen(buyer)
    agreed = await cases.consent(buying, "transport", case.urn)
    if await case.state(agreed) == "pending":
        agreed = await cases.decide(await city.vehicles(), case.urn, answer=None)
    assert await firm.window.records("transport.vehicle", after=agreed) == []
    [bought] = await buying.records("transport.vehicle", after=agreed)
    assert bought["urn"] == car.urn

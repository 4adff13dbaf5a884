"""Two entries of one person become one, and are found to be two after all: every sector follows, the window with them."""

from typing import Any

import pytest
from onewindow_local.demo.cars import new_car
from onewindow_local.demo.city import Citizen, City, Refused
from onewindow_local.demo.flats import flat, owner

EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-7"}]


async def decided(city: City, path: str, **asked: Any) -> dict[str, Any]:
    """Proposed by one officer, confirmed by another."""
    first, second = await city.population("officer-1"), await city.population("officer-2")
    proposed = await first.do(path, {"grounds": "经调查核实。", "evidence": EVIDENCE} | asked)
    return (await second.do(f"/v1/link-decisions/{proposed.body['id']}/confirmation")).body


async def shows(city: City, window: Citizen, *urns: str) -> None:
    """Wait until the window's flats and cars are these."""

    async def same() -> bool:
        seen = await window.records("housing.title") + await window.records("transport.vehicle")
        return {record["urn"] for record in seen} == set(urns)

    await city.until(same)


async def ended(window: Citizen) -> bool:
    try:
        await window.view()
    except Refused as refused:
        return refused.status == 401
    return False


@pytest.mark.rule("domain-7")
async def test_a_merge_is_followed_everywhere_and_so_is_its_undoing(city: City) -> None:
    one, other = await city.adult("例归一"), await city.adult("例归二")
    his, hers = await city.citizen(one), await city.citizen(other)
    flats = [(await flat(city, await owner(city, each))).urn for each in (one, other)]
    car = (await new_car(city, other)).urn
    await shows(city, his, flats[0])
    await shows(city, hers, flats[1], car)

    merged = await decided(city, "/v1/person-merges", survivor=one.id, losing=other.id)
    for window in (his, hers):  # the losing token is the same person's, and goes on
        await shows(city, window, *flats, car)

    parted = await decided(city, "/v1/person-splits", person=one.id, undoes=merged["id"])
    await city.until(lambda: ended(his))
    assert (await (await city.population()).get(f"/v1/persons/{parted['other']}"))["entries"]["name"] == other.name
    await shows(city, await city.citizen(one), flats[0])  # logged in again: the old token has ended
    await shows(city, await city.citizen(other), flats[1], car)

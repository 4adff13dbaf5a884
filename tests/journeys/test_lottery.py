"""The plate lottery on a running instance: the demo's promises, and what applicants see in their windows."""

from __future__ import annotations

import pytest
from onewindow_local.demo import lottery
from onewindow_local.demo.city import City


@pytest.mark.rule("domain-26")
async def test_the_demo_keeps_its_promises(city: City) -> None:
    told = city.onewindow("demo", "lottery")
    assert "root, secrets, seed and winners are right" in told
    assert "The applicant's own entry is on the list." in told
    assert "this list is not the one whose root was published" in told
    for code in ("lottery-frozen", "reveal-mismatch", "draw-too-early", "lottery-drawn"):
        assert f"refused as it must be: {code}" in told
    assert "Anybody could have done this." in told


@pytest.mark.rule("domain-26")
async def test_an_applicant_follows_the_entry_in_the_window_and_registers_a_car(city: City) -> None:
    parties = [lottery.Party("court", "示例法院"), lottery.Party("notary", "示例公证处")]
    office, pool = await city.vehicles(), (await lottery.open_pool(city, parties)).urn
    applicant = await city.adult("例申请")
    holder = await city.pseudonym(applicant, "vehicle-administration")
    issued = {"holder": holder, "issued_on": city.today().isoformat()}
    await office.do("/v1/driving-licences", lottery.LICENCE | issued)
    window = await city.citizen(applicant)
    joined = await window.command("transport", "joinLottery", path={"urn": pool})
    [entry] = await window.records("transport.lottery-entry", after=joined)
    assert (entry["body"]["state"], entry["you"][0]["role"]) == ("entered", "applicant")
    assert entry["body"]["opening"] == joined.body["opening"], "what proves the entry is the applicant's own to see"
    frozen = await lottery.freeze(office, pool)
    [entry] = await window.records("transport.lottery-entry", after=frozen)
    assert (entry["body"]["state"], entry["body"]["weight"]) == ("listed", 1)
    drawn = await lottery.known_then_drawn(office, pool, frozen.body["body"]["public_value"]["due_at"])
    assert drawn.body["body"]["winners"] == [entry["body"]["code"]]
    given = await office.do(f"/v1/lotteries/{pool}/awards", lottery.BASIS, at=drawn.etag)
    [quota] = await window.records("transport.plate-quota", after=given)
    assert quota["body"]["state"] == "live"
    car = await lottery.new_car(city, applicant)
    assert await window.records("transport.plate-quota", after=car) == [], "a used quota has ended"

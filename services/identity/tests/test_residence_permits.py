"""Residence permits: after half a year of registered stay, endorsed yearly, suspended when late, revived by endorsing."""

from datetime import date
from typing import Any

import pytest
from onewindow_kit.testing import legal_day

XIHU, GONGSHU = "330106", "330105"
GRANT = {"outcome": "granted", "reason": "符合条件。"}
JOB = {"ground": "job", "evidence": "劳动合同2024-1"}
HERE = {"division": XIHU, "address": "文二路 8 号"}
pytestmark = pytest.mark.rule("domain-10")


@pytest.fixture
def day() -> Any:
    """The legal day, begun on 10 January 2024; writing another lets time pass."""
    with legal_day(date(2024, 1, 10)) as file:
        yield file


async def permit_of(office: Any, me: Any) -> Any:
    asked = await me.done("/v1/residence-permit-applications", JOB)
    decided = await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"])
    [urn] = decided["body"]["results"]
    return await me.read(f"/v1/residence-permits/{urn}")


@pytest.mark.rule("identity.permit-stay-months", "identity.permit-decision-days")
async def test_half_a_year_of_registered_stay_comes_first(
    town: Any, office: Any, citizen: Any, day: Any, problem: Any
) -> None:
    guest = await town.stranger("吴居")
    me = citizen(guest)
    assert problem(await me.post("/v1/residence-permit-applications", JOB)) == (409, "stay-required")
    early = await me.post("/v1/stays", HERE | {"since": "2023-12-01"})
    assert problem(early) == (409, "date-out-of-order"), "a citizen's stay counts from its registration"
    stay = await me.done("/v1/stays", HERE)
    assert (stay["body"]["state"], stay["body"]["counted_from"]) == ("open", "2024-01-10")
    assert problem(await me.post("/v1/stays", HERE)) == (409, "nothing-changes")
    day.write_text("2024-04-01")
    moved = await me.done("/v1/stays", HERE | {"division": GONGSHU})
    assert moved["body"]["counted_from"] == "2024-01-10", "another address in the city counts on"
    day.write_text("2024-07-09")
    assert problem(await me.post("/v1/residence-permit-applications", JOB)) == (409, "stay-too-short")
    day.write_text("2024-07-10")
    asked = await me.done("/v1/residence-permit-applications", JOB)
    assert asked["body"]["decide_by"] == "2024-07-31", "fifteen working days"
    assert problem(await me.post("/v1/residence-permit-applications", JOB)) == (409, "case-open")
    day.write_text("2024-07-20")
    decided = await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=asked["version"])
    [urn] = decided["body"]["results"]
    permit = (await me.read(f"/v1/residence-permits/{urn}"))["body"]
    assert (permit["state"], permit["division"], permit["endorse_by"]) == ("valid", GONGSHU, "2025-07-20")
    assert problem(await me.post("/v1/residence-permit-applications", JOB)) == (409, "permit-held")


@pytest.mark.rule("identity.permit-endorsement-months", "identity.permit-endorsement-window-months")
async def test_a_late_endorsement_suspends_and_endorsing_revives_and_restarts_the_count(
    app: Any, town: Any, office: Any, citizen: Any, day: Any, problem: Any, published: Any
) -> None:
    guest = await town.stranger("吴签")
    me = citizen(guest)
    await me.done("/v1/stays", HERE)
    day.write_text("2024-08-01")
    permit = await permit_of(office, me)
    path = f"/v1/residence-permits/{permit['urn']}/endorsement"
    day.write_text("2025-06-30")
    assert problem(await me.post(path, {})) == (409, "endorsement-too-early")
    day.write_text("2025-07-01")
    in_time = (await me.done(path, {}))["body"]
    assert (in_time["counted_from"], in_time["endorse_by"]) == ("2024-01-10", "2026-08-01")
    day.write_text("2026-08-01")
    await app.state.duties.once()
    assert (await published(permit["urn"]))["body"]["state"] == "valid", "the last day is still good"
    day.write_text("2026-08-09")
    await app.state.duties.once()
    late = await published(permit["urn"])
    assert (late["body"]["state"], late["body"]["suspended_on"]) == ("suspended", "2026-08-02")
    assert late["effective_on"] == "2026-08-02"
    day.write_text("2026-08-10")
    revived = (await me.done(path, {}))["body"]
    assert (revived["state"], revived["suspended_on"]) == ("valid", None)
    assert (revived["counted_from"], revived["endorse_by"]) == ("2026-08-10", "2027-08-10"), "the count begins anew"


async def test_late_counts_as_late_even_before_the_duty_has_come_round(
    town: Any, office: Any, citizen: Any, day: Any
) -> None:
    guest = await town.stranger("吴迟")
    me = citizen(guest)
    await me.done("/v1/stays", HERE)
    day.write_text("2024-08-01")
    permit = await permit_of(office, me)
    day.write_text("2025-08-02")
    endorsed = await me.done(f"/v1/residence-permits/{permit['urn']}/endorsement", {})
    assert endorsed["body"]["counted_from"] == "2025-08-02"


async def test_transport_is_told_of_the_permit_and_it_ends_with_the_stay(
    town: Any, office: Any, citizen: Any, caller: Any, day: Any, current_number: Any, problem: Any
) -> None:
    guest = await town.stranger("吴停")
    me = citizen(guest)
    stay = await me.done("/v1/stays", HERE)
    day.write_text("2024-08-01")
    permit = await permit_of(office, me)
    service = caller("service", "transport", "transport")
    asked = {"scheme": "cn-id", "number": current_number(guest), "name": "吴停"}
    name = (await service.done("/v1/pseudonyms", asked))["pseudonym"]
    told = await service.done("/v1/residence", {"pseudonym": name})
    assert told["permit"] == {"state": "valid", "since": "2024-01-10", "division": XIHU, "neighbourhood": None}
    other = await town.stranger("吴旁")
    assert problem(await citizen(other).post(f"/v1/stays/{stay['urn']}/end", {})) == (404, "not-found")
    assert problem(await citizen(other).get(f"/v1/residence-permits/{permit['urn']}")) == (404, "not-found")
    await me.done(f"/v1/stays/{stay['urn']}/end", {})
    assert problem(await me.post(f"/v1/stays/{stay['urn']}/end", {})) == (409, "stay-ended")
    path = f"/v1/residence-permits/{permit['urn']}"
    assert (await me.read(path))["body"]["state"] == "ended"
    assert problem(await me.post(f"{path}/endorsement", {})) == (409, "permit-ended")
    assert (await service.done("/v1/residence", {"pseudonym": name}))["permit"] is None


async def test_who_settles_here_for_good_or_dies_stays_no_longer(
    town: Any, office: Any, citizen: Any, day: Any, problem: Any
) -> None:
    settled, dead = await town.stranger("吴落"), await town.stranger("吴故")
    for guest in (settled, dead):
        await citizen(guest).done("/v1/stays", HERE)
    home, head = await town.household(opened_on=date(2024, 1, 10))
    entered = {"household": home["urn"], "relationship": "99", "reason": "投靠"}
    after = await office.done(f"/v1/persons/{settled['person']}/registrations", entered, version=settled["version"])
    assert after["stay"] is None
    assert problem(await citizen(settled).post("/v1/stays", HERE)) == (409, "stay-not-admissible")
    assert problem(await citizen(head).post("/v1/stays", HERE)) == (409, "stay-not-admissible")
    death = {"died_on": "2024-01-10", "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    gone = await office.done(f"/v1/persons/{dead['person']}/death", death, version=dead["version"])
    assert gone["stay"] is None
    assert problem(await citizen(dead).post("/v1/stays", HERE)) == (409, "person-is-dead")


@pytest.mark.rule("identity.permit-stay-months")
async def test_before_2016_there_were_no_residence_permits(town: Any, office: Any, day: Any, problem: Any) -> None:
    guest = await town.stranger("吴早", born=date(1980, 1, 1))
    await office.done("/v1/stays", HERE | {"person": guest["person"], "since": "2014-01-01"})
    old = {"person": guest["person"], "ground": "home"}
    refused = await office.post("/v1/residence-permits", old | {"granted_on": "2015-12-31"})
    assert problem(refused) == (409, "rule-not-in-force")
    assert "identity.permit-stay-months" in refused.json()["detail"] and "2016-01-01" in refused.json()["detail"]
    held = await office.done("/v1/residence-permits", old | {"granted_on": "2016-01-01"})
    assert (held["body"]["state"], held["body"]["suspended_on"]) == ("suspended", "2017-01-02")


async def test_age_is_answered_by_yes_or_no(town: Any, caller: Any, current_number: Any, problem: Any) -> None:
    person = await town.stranger("吴岁", born=date(2000, 2, 29))
    service = caller("service", "transport", "transport")
    asked = {"scheme": "cn-id", "number": current_number(person), "name": "吴岁"}
    name = (await service.done("/v1/pseudonyms", asked))["pseudonym"]
    for on, reached in (("2018-02-28", False), ("2018-03-01", True), ("1999-01-01", False), ("9999-12-31", True)):
        assert await service.done("/v1/age", {"pseudonym": name, "years": 18, "on": on}) == {"reached": reached}
    unknown = {"pseudonym": "transport.1." + "a" * 22, "years": 18, "on": "2018-02-28"}
    assert problem(await service.post("/v1/age", unknown)) == (404, "person-not-found")
    own = {"pseudonym": person["person"], "years": 18, "on": "2018-02-28"}
    assert problem(await service.post("/v1/age", own)) == (404, "person-not-found")

"""One freeze is in force, the others wait; each begins by itself when the one before it is lifted or lapses."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from housing.domain.freeze import Freeze, queued, settled
from housing.domain.law import Law
from onewindow_kit.testing import eventually, legal_day

pytestmark = pytest.mark.rule("domain-15", "housing.freeze-years")
LAW = Law(
    consent_majority=Fraction(2, 3), freeze_years=3, first_refusal_days=30, objection_days=15, advance_notice_days=90
)
DAY = timedelta(days=1)


def ordered(name: str, since: date, days: int, place: int = 0) -> Freeze:
    return Freeze(name, 1, "t", "a", "u", "court", "1", since, since + timedelta(days=days), place=place)


def test_the_next_begins_the_day_after_the_last_and_keeps_its_term():
    one, two, three = (
        ordered("1", date(2026, 1, 1), 10),
        ordered("2", date(2026, 1, 3), 30, 1),
        ordered("3", date(2026, 1, 4), 5, 2),
    )
    assert settled([three, one, two], date(2026, 1, 11), LAW) == (one, two, three)
    ended, now, waiting = settled([one, two, three], date(2026, 1, 12), LAW)
    assert (ended.urn, ended.ended_on) == ("1", date(2026, 1, 12))
    assert (now.urn, now.since, now.until, now.place) == ("2", date(2026, 1, 12), date(2026, 2, 11), 0)
    assert (waiting.urn, waiting.place) == ("3", 1)


def test_a_year_that_nobody_looked_leaves_the_same_as_looking_every_day():
    start = [
        ordered("1", date(2026, 1, 1), 10),
        ordered("2", date(2026, 1, 2), 3, 1),
        ordered("3", date(2026, 1, 2), 7, 2),
    ]
    daily = tuple(start)
    for day in range(60):
        daily = settled(daily, date(2026, 1, 1) + timedelta(days=day), LAW)
    assert sorted(daily, key=lambda f: f.urn) == sorted(settled(start, date(2026, 3, 1), LAW), key=lambda f: f.urn)
    assert all(freeze.ended_on for freeze in daily)


def test_a_new_one_goes_to_the_end():
    assert queued([], ordered("1", date(2026, 1, 1), 9)).place == 0
    assert (
        queued(
            [ordered("1", date(2026, 1, 1), 9), ordered("2", date(2026, 1, 1), 9, 1)], ordered("3", date(2026, 1, 1), 9)
        ).place
        == 2
    )


@pytest.fixture
def frozen(office, registered, person, order):
    """A title with three freezes in a row."""

    async def frozen():
        owner = person()
        title = await registered(owner)
        made = []
        for number in (1, 2, 3):
            body = order(order_number=f"（2026）浙01执{number}号")
            made.append((await office.post(f"/v1/titles/{title['urn']}/freezes", body, version=1)).json())
        return owner, title, made

    return frozen


async def read(office, freeze):
    return (await office.get(f"/v1/freezes/{freeze['urn']}")).json()


async def places(office, made):
    return [(await read(office, each))["body"]["queue_place"] for each in made]


async def test_each_sees_its_place_and_the_next_takes_over_when_one_is_lifted(office, frozen, sale, person, refused):
    owner, title, made = await frozen()
    assert [each["body"]["queue_place"] for each in made] == [0, 1, 2]
    lifted = await office.post(f"/v1/freezes/{made[0]['urn']}/lifting", {"legal_basis": "民诉法"}, version=1)
    assert lifted.status_code == 200
    assert set(lifted.headers["onewindow-version"].split(", ")) >= {f"{each['urn']}@2" for each in made}
    assert await places(office, made[1:]) == [0, 1]
    path = f"/v1/titles/{title['urn']}/transfer"
    refused(await office.post(path, sale(person(), consents=[owner]), version=1), 409, "frozen")
    for each in made[1:]:
        version = (await read(office, each))["version"]
        assert (
            await office.post(f"/v1/freezes/{each['urn']}/lifting", {"legal_basis": "x"}, version=version)
        ).is_success
    assert (await office.post(path, sale(person(), consents=[owner]), version=1)).status_code == 200


async def test_one_that_waits_may_be_lifted_too(office, frozen):
    _, _, made = await frozen()
    assert (await office.post(f"/v1/freezes/{made[1]['urn']}/lifting", {"legal_basis": "x"}, version=1)).is_success
    assert await places(office, [made[0], made[2]]) == [0, 1]


async def test_the_next_takes_effect_when_one_lapses(app, office, frozen, sale, person, refused):
    owner, title, made = await frozen()
    last = date.fromisoformat(made[0]["body"]["until"])

    async def lapsed():
        await app.state.duties.once()
        return (await read(office, made[0]))["change"] == "ended"

    with legal_day(last + DAY):
        await eventually(lapsed)
        now = await read(office, made[1])
        assert (now["body"]["since"], now["body"]["queue_place"]) == ((last + DAY).isoformat(), 0)
        assert date.fromisoformat(now["body"]["until"]) == last + DAY + (
            last - date.fromisoformat(made[0]["body"]["since"])
        )
        path = f"/v1/titles/{title['urn']}/transfer"
        refused(await office.post(path, sale(person(), consents=[owner]), version=1), 409, "frozen")

"""What must happen by itself when its day comes: once, whoever else is at it, and whatever else fails."""

import asyncio
from datetime import date, timedelta

from onewindow_kit import clock
from onewindow_kit.duties import Duties
from onewindow_kit.edge import Database
from onewindow_kit.problems import Conflict
from onewindow_kit.testing import legal_day
from sqlalchemy import text

DUE = date(2026, 3, 2)


def database(department, woken=None) -> Database:
    return Database(department.sessions, department.records.sealer, woken.set if woken else lambda: None)


async def test_a_duty_comes_again_until_nothing_is_left(department) -> None:
    left = [3, 2, 0]

    async def work(session, today):
        return left.pop(0)

    async def fails(session, today):
        raise Conflict

    duties = Duties(database(department), {"fails": fails, "work": work}, clock.today)
    assert (await duties.once(), left) == (5, [])


async def test_two_processes_do_a_duty_once(department) -> None:
    async with department.sessions() as session, session.begin():
        await session.execute(text("create table due (n int)"))
        await session.execute(text("insert into due select generate_series(1, 50)"))
    taken: list[int] = []

    async def work(session, today):
        rows = (await session.execute(text("select n from due order by n limit 10"))).scalars().all()
        await session.execute(text("delete from due where n = any(:rows)"), {"rows": list(rows)})
        taken.extend(rows)
        return len(rows)

    turns = [Duties(database(department), {"work": work}, clock.today) for _ in range(4)]
    while len(taken) < 50:
        await asyncio.gather(*(each.once() for each in turns))
    assert sorted(taken) == list(range(1, 51))


async def test_a_new_day_brings_its_duties_at_once(department) -> None:
    done, woken = asyncio.Event(), asyncio.Event()

    async def work(session, today):
        if today < DUE or done.is_set():
            return 0
        done.set()
        return 1

    with legal_day(DUE - timedelta(days=1)) as file:
        async with Duties(database(department, woken), {"work": work}, clock.today, every=3600).running():
            assert not done.is_set()
            file.write_text(DUE.isoformat())
            async with asyncio.timeout(20):
                await woken.wait()
    assert done.is_set()
    assert clock.today() != DUE, "outside the block it is the real day again"

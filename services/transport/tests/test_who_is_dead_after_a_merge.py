"""The survivor's standing holds, as the population office says: a living person is not dead for an entry that was."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from transport.app import parts
from transport.service import notices
from transport.service.persons.merging import merge
from transport.service.persons.splitting import split
from transport.store import people

from .lottery_rig import Rig, rolled_back
from .test_persons import fresh

pytestmark = pytest.mark.rule("domain-7")


@pytest.fixture
async def rig(settings: Any) -> AsyncIterator[Rig]:
    async with parts(settings) as opened, rolled_back(opened) as made:
        yield made


async def dead(rig: Rig, who: str) -> bool:
    return await rig.must(lambda session: people.deceased(session, who))


async def test_a_death_that_was_an_error_does_not_pass_to_the_living(rig: Rig) -> None:
    alive, wrongly = await rig.person(), await rig.person(licence=False)
    await rig.must(lambda session: notices.death(rig.desk, session, wrongly, date(2025, 1, 1)))
    await rig.must(lambda session: merge(rig.desk, session, wrongly, alive, rig.calendar.day))
    assert not await dead(rig, alive)
    assert (await (await rig.pool()).join(alive))[1] is None

    stays, leaves = fresh(), fresh()
    await rig.must(lambda session: split(rig.desk, session, alive, stays, leaves, [wrongly], rig.calendar.day))
    assert [await dead(rig, who) for who in (stays, leaves)] == [False, True], "each as before"


async def test_who_is_dead_stays_dead(rig: Rig) -> None:
    gone, other = await rig.person(), await rig.person(licence=False)
    await rig.must(lambda session: notices.death(rig.desk, session, gone, date(2025, 1, 1)))
    await rig.must(lambda session: merge(rig.desk, session, other, gone, rig.calendar.day))
    assert await dead(rig, gone)
    stays, leaves = fresh(), fresh()
    await rig.must(lambda session: split(rig.desk, session, gone, stays, leaves, [other], rig.calendar.day))
    assert [await dead(rig, who) for who in (stays, leaves)] == [True, False]

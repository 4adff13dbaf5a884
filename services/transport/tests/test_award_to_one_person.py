"""A person whom a merge made of two has two lines on the frozen list: they get one quota, and the award goes on."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from transport.app import parts
from transport.service.persons.merging import merge

from .lottery_rig import Rig, rolled_back


@pytest.fixture
async def rig(settings: Any) -> AsyncIterator[Rig]:
    async with parts(settings) as opened, rolled_back(opened) as made:
        yield made


@pytest.mark.rule("domain-26")
async def test_who_was_merged_between_freeze_and_award_gets_one_quota_and_the_award_goes_on(rig: Rig) -> None:
    made = await rig.pool(quota=3)
    for party in made.keys:
        assert await made.commit(party) is None
    one, two, other = await rig.person(), await rig.person(), await rig.person()
    entries = {who: (await made.join(who))[0].urn for who in (one, two, other)}
    assert await made.freeze() is None
    rig.calendar.passes(minutes=2)
    await rig.must(lambda session: merge(rig.desk, session, one, two, rig.calendar.day))
    assert await made.draw() is None
    assert await made.award() is None
    bodies = {who: await rig.body(urn) for who, urn in entries.items()}
    assert bodies[other]["state"] == "awarded"
    assert sorted(bodies[who]["state"] for who in (one, two)) == ["awarded", "not-awarded"]
    [refused] = [bodies[who] for who in (one, two) if bodies[who]["state"] == "not-awarded"]
    assert refused["decision"]["ground"] == "one-entry"
    draw = await rig.body(made.urn)
    first, _ = sorted((one, two), key=lambda who: draw["winners"].index(bodies[who]["code"]))
    assert bodies[first]["state"] == "awarded", "the line that was drawn first counts"
    assert draw["awarded"] == 2

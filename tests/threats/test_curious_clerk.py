"""A clerk with a real token, a real purpose and a real case looks at everybody: stopped at a number that was set before."""

import json

from onewindow_kit.testing import eventually

from .clerks import BUDGET, OFFICE, Clerk, everybody
from .conftest import Nodes

AT_ONCE = 4


async def test_a_curious_clerk_is_stopped_locked_and_reported_at_every_worker_of_every_node(nodes: Nodes):
    clerk, people = await Clerk.new(nodes, "curious"), everybody(nodes.city)
    shown = await clerk.hunt(people, at_once=AT_ONCE)
    # Two nodes know of each other through the record: at most what was on its way at the other one comes on top.
    assert BUDGET <= shown <= BUDGET + AT_ONCE, f"{shown} people were shown"
    await eventually(clerk.lock, within=30)

    async def out() -> bool:
        return await clerk.everywhere(people[0]) == {(403, "actor-locked")}

    await eventually(out, within=30)
    colleague = await Clerk.new(nodes, "colleague")
    assert await colleague.everywhere(people[0], times=2) == {(200, "")}
    (alarm,) = await clerk.alarms("budget")
    assert (alarm["scope"], alarm["budget"], alarm["limit"]) == ("officer", "actor-hour", BUDGET)
    assert not any(each["number"] in json.dumps(alarm) for each in people)


async def test_one_node_never_shows_more_than_the_budget_however_many_workers_are_asked_at_once(nodes: Nodes):
    clerk, people = await Clerk.new(nodes, "hasty"), everybody(nodes.city)
    assert await clerk.hunt(people, at_once=24, nodes=(1,)) == BUDGET


async def test_neither_counts_nor_locks_are_forgotten_by_a_restart(nodes: Nodes):
    people = everybody(nodes.city)
    patient, caught = await Clerk.new(nodes, "patient"), await Clerk.new(nodes, "caught")
    assert await patient.hunt(people[:25], at_once=AT_ONCE, nodes=(1,)) == 25
    await caught.hunt(people, at_once=AT_ONCE, nodes=(1,))
    await nodes.second.stop()
    await nodes.second.start()
    assert await caught.ask(people[0], 1) == (403, "actor-locked")
    assert await patient.hunt(people[25:], at_once=AT_ONCE, nodes=(1,)) == BUDGET - 25


async def test_a_lock_holds_until_a_supervisor_lifts_it_with_a_reason(nodes: Nodes):
    clerk, people = await Clerk.new(nodes, "sorry"), everybody(nodes.city)
    await clerk.hunt(people, at_once=AT_ONCE)
    lock = await eventually(clerk.lock, within=30)
    assert (lock["organisation"], lock["cause"]) == (OFFICE, "budget")
    assert lock["alarm"] in {each["id"] for each in await clerk.alarms("budget")}
    supervisor = await clerk.supervisor()
    path, etag = f"/v1/locks/{lock['urn']}/lifts", f'"{lock["version"]}"'
    await supervisor.do(path, {"reason": "核查后确认系集中办理低保年审。"}, at=etag)

    async def working() -> bool:
        return await clerk.everywhere(people[0], times=4) == {(200, "")}

    await eventually(working, within=30)
    again = await clerk.hunt(people, at_once=1, nodes=(0,))
    assert again == BUDGET, "a new allowance, and only one"

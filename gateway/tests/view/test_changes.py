"""The changes feed: what happened to a person's records, in order, from a place to go on from."""

from __future__ import annotations

import asyncio

from gateway.projector.changes import KEPT, SLACK
from onewindow_kit.records import new_urn

from .conftest import Stage
from .library import OFFICE
from .world import subject

LOAN = "library.loan.v1"


async def test_changes_come_in_order_and_only_to_whom_they_concern(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person, other = await world.born(), await world.born()
    await view.wait([(person.link, 1), (other.link, 1)])
    begin = view.changes(person["gateway"], None)
    assert begin is not None and begin[0] == []
    waiting = asyncio.create_task(view.changed(person["gateway"], 10))
    first = await world.loan(person)
    assert await waiting
    whom = [subject(person["library"], "borrower"), subject(other["library"], "guarantor")]
    await world.publish(LOAN, first, 2, whom, {"book": "b"}, change="corrected")
    await world.send(LOAN, first, 3, b"", "erased")
    await view.wait([(first, 3)])
    found = view.changes(person["gateway"], begin[1])
    assert found is not None
    assert [(c.version, c.kind) for c in found[0]] == [(1, "created"), (2, "corrected"), (3, "erased")]
    assert {c.type for c in found[0]} == {"library.loan"} and {c.urn for c in found[0]} == {first}
    theirs = view.changes(other["gateway"], begin[1])
    assert theirs is not None and [c.version for c in theirs[0]] == [2, 3]
    page = view.changes(person["gateway"], begin[1], 2)
    assert page is not None and page[1] == page[0][-1].id
    rest = view.changes(person["gateway"], page[1], 2)
    assert rest is not None and [c.version for c in rest[0]] == [3]
    assert view.changes(person["gateway"], rest[1]) == ([], rest[1])
    assert not await view.changed(person["gateway"], 0.05)
    assert await view.changed(person["gateway"], 0.05, begin[1])


async def test_an_unknown_place_is_no_place_to_go_on_from(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    await view.wait([(person.link, 1)])
    begin = view.changes(person["gateway"], None)
    assert begin is not None
    store, _, number = begin[1].partition("-")
    for place in ("", "x", f"{store}-{int(number) + 1000}", f"{'0' * 12}-{number}", f"{store}-", store):
        assert view.changes(person["gateway"], place) is None


async def test_a_place_older_than_what_is_kept_is_unknown(stage: Stage) -> None:
    world, view = stage.world, stage.view
    person = await world.born()
    await view.wait([(person.link, 1)])
    begin = view.changes(person["gateway"], None)
    assert begin is not None
    for _ in range(KEPT + 3 * SLACK):
        urn = new_urn(OFFICE, "loan")
        await world.publish(LOAN, urn, 1, [subject(person["library"], "borrower")], {"book": "b"}, wait=False)
    await world.producer.flush()
    last = await world.loan(person)
    await view.wait([(last, 1)])
    assert view.changes(person["gateway"], begin[1]) is None
    fresh = view.changes(person["gateway"], None)
    assert fresh is not None and view.changes(person["gateway"], fresh[1]) == ([], fresh[1])

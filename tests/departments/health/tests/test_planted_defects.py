"""The journey of the red codes turns red with each guard broken: what it promises, it checks."""

from dataclasses import replace
from typing import Any

import pytest
from onewindow_kit.adverse.act import Act
from onewindow_kit.adverse.store import Store
from onewindow_kit.evidence import Evidence, OwnRecords

from .conftest import word

CROWD, NEVER_THERE = 230, 3  # more than the purpose's 200 a day


async def nobody_is_coded_red(town: Any) -> None:
    """A crowd is to be coded red, some of whom were never there; two units and a supervisor stand in between."""
    people = town.people(CROWD)
    visits = await town.seen(people)
    said = [*visits[:-NEVER_THERE], *visits[:NEVER_THERE]]
    acts = await town.restrict({person: [visit] for person, visit in zip(people, said, strict=True)})
    assert {act["refusal"] for act in acts[-NEVER_THERE:]} == {"evidence-not-confirmed"}
    await town.decide(acts)
    await town.decide(acts[:1])
    assert {act["state"] for act in acts[:-NEVER_THERE]} == {"held"}
    [released] = (await town.supervisor.ok("/v1/adverse-act-rulings", word(acts[:1], "released")))["acts"]
    same = await town.decide([released], by=town.officer("officer-9", "control"))
    assert same.json().get("code") == "approver-same-unit"
    assert {await town.colour(person) for person in people[:20]} == {"green"}
    for person in (people[0], people[-1]):
        async with town.app.state.edge.database.sessions() as session:
            assert await Store(town.app.state.desk.records.sealer).of_person(session, person), "the attempt stands"


async def _confirmed(*_args: Any) -> list[bool]:
    return [True] * len(_args[-1])


async def _few(*_args: Any) -> int:
    return 1


def _any_unit(self: Act, ruling: Any) -> Act:
    return replace(self, rulings=(*self.rulings, ruling))


async def _silently(*_args: Any) -> None:
    return None


DEFECTS: dict[str, tuple[Any, str, Any]] = {
    "a second officer of the same unit is accepted": (Act, "approved", _any_unit),
    "evidence is not checked": (Evidence, "confirmed", _confirmed),
    "evidence about somebody else is accepted": (OwnRecords, "confirmed", _confirmed),
    "how many people in a day is ignored": (Store, "people_of_day", _few),
    "attempts are not kept": (Store, "add", _silently),
}


async def test_the_journey_holds_with_every_guard_in_place(town: Any) -> None:
    await nobody_is_coded_red(town)


@pytest.mark.parametrize("defect", DEFECTS)
async def test_each_broken_guard_turns_the_journey_red(town: Any, monkeypatch: pytest.MonkeyPatch, defect: str) -> None:
    monkeypatch.setattr(*DEFECTS[defect])
    with pytest.raises(AssertionError):
        await nobody_is_coded_red(town)


async def test_a_person_who_disputes_is_caught_with_the_guard_and_not_without(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    [person] = town.people(1)
    [visit] = await town.seen([person])
    sessions = town.app.state.edge.database.sessions
    async with sessions() as session, session.begin():
        urn = "urn:onewindow:demo.supervision-office:matter-health:" + "b" * 22
        await town.app.state.desk.acts.matter(session, urn, person, "demo.health-commission", is_open=True)
    assert (await town.restrict({person: [visit]}))[0]["state"] == "held"

    async def nobody(*_args: Any) -> set[str]:
        return set()

    monkeypatch.setattr(Store, "in_dispute", nobody)
    assert (await town.restrict({person: [visit]}))[0]["state"] == "proposed"

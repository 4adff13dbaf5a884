"""Random years of residents: a permit is what its stay and its endorsements make it, and nobody has two valid cards."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import permits as permit_rules
from identity.domain.permits import Endorsed
from identity.service import cards, households, permits, standings, stays
from identity.service.desk import Desk
from identity.settings import IdentitySettings
from identity.store import papers, residence
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_life as life
from onewindow_kit.testing.sequences import thorough

from .residence_model import Permit, Residents
from .rig import START, Rig, Sequence, admit, rig

BORN = [date(1970, 3, 1), date(1985, 1, 1), date(2000, 2, 29), date(2012, 6, 1)]
NOWHERE = "urn:onewindow:demo.population-office:stay:" + "a" * 22
DEATH = [api.Evidence(kind="death-certificate", reference="D1")]

who = st.integers(0, len(BORN) - 1)
COMMANDS = st.one_of(
    st.tuples(st.just("stay"), who, st.sampled_from(["330106", "330105"])),
    st.tuples(st.just("stay"), who, st.sampled_from(["330106", "330105"])),
    st.tuples(st.just("leave"), who),
    st.tuples(st.just("apply"), who),
    st.tuples(st.just("apply"), who),
    st.tuples(st.just("resident"), who, st.sampled_from([335, 334, 366, 367, 400])),
    st.tuples(st.just("endorse"), who),
    st.tuples(st.just("endorse"), who),
    st.tuples(st.just("settle"), who),
    st.tuples(st.just("die"), who),
    st.tuples(st.just("citizen"), who, st.sampled_from([1, 1800, 3500, 3653])),
    st.tuples(st.just("lose"), who),
    st.tuples(st.just("replace"), who, st.sampled_from(["loss", "damage", "renewal"])),
    st.tuples(st.just("wait"), st.sampled_from([30, 181, 183, 335, 366])),
)


class World:
    """The model, the persons' names, the collective register that takes who settles."""

    def __init__(self, model: Residents, people: list[str], ids: list[str], home: str) -> None:
        self.model, self.people, self.ids, self.home = model, people, ids, home

    def copy(self) -> World:
        return World(deepcopy(self.model), self.people, self.ids, self.home)


@pytest.fixture(scope="module")
def stage(settings: IdentitySettings) -> Iterator[tuple[Rig, World]]:
    with rig(settings) as made:

        async def town(sequence: Sequence) -> World:
            people = [await admit(sequence, f"居{n}", "12"[n % 2], born, 450 + n) for n, born in enumerate(BORN)]
            rows = dict(await sequence.rows("select pseudonym, person_id from pseudonym where sector = 'identity'"))
            place = api.HouseholdPlace(kind="collective", division="330106", address="社区集体户 9")
            home = (
                await sequence.done(lambda desk: households.open_household(desk, api.HouseholdCommand(place=place)))
            ).urn
            model = Residents(START, dict(enumerate(BORN)), dict.fromkeys(range(len(BORN)), "elsewhere"))
            return World(model, people, [str(rows[name]) for name in people], home)

        made.today(START)
        yield made, made.setup(town)


def _steps(command: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """What random commands seldom line up to: a permit and a first endorsement, a card and its years."""
    match command:
        case ("resident", one, days):
            return [("stay", one, "330108"), ("wait", 183), ("apply", one), ("wait", days), ("endorse", one)]
        case ("citizen", one, days):
            return [("settle", one), ("issue", one), ("wait", days), ("replace", one, "renewal")]
    return [command]


async def act(sequence: Sequence, world: World, command: tuple[Any, ...]) -> str | None:
    """Do one command on both sides; the two must agree whether it is done. The refusal's code."""
    kind, *args = command
    if kind == "wait":
        expected = world.model.wait(args[0])
        sequence.rig.today(world.model.day)
        assert await sequence.done(permits.suspend_late) == expected
        return None
    refused = await sequence.tried(_plan(world, kind, args))
    expected = getattr(world.model, kind)(*args)
    assert (refused is None) == expected, f"{kind} {args}: {refused or 'done'}"
    return refused


def _plan(world: World, kind: str, args: list[Any]) -> Any:
    name = world.people[args[0]]

    async def work(desk: Desk) -> Any:
        person = await desk.person(name)
        match kind:
            case "stay":
                command = life.StayCommand(division=args[1], address="文二路 8 号")
                return await stays.register(desk, name, command, by_office=False)
            case "leave":
                stay = await residence.open_stay(desk.session, person.id)
                return await stays.end(desk, stay.urn if stay else NOWHERE, name, life.StayEnd())
            case "apply":
                wish = life.PermitApplication(ground="job", evidence="合同1")
                case = await permits.apply(desk, name, wish)
                why = {"granted": True, "reason": "符合条件", "on": desk.today}
                return await desk.cases.decide(desk, desk.session, case.urn, case.version, **why)
            case "endorse":
                held = await residence.held_permit(desk.session, person.id)
                return await permits.endorse(desk, held.urn if held else NOWHERE, name, life.EndorsementCommand())
            case "settle":
                entry = api.EntryCommand(household=world.home, relationship="99", reason="落户")
                return await standings.enter(desk, name, person.version, entry)
            case "die":
                death = api.DeathCommand(died_on=desk.today, evidence=DEATH)
                return await standings.die(desk, name, person.version, death)
            case "issue":
                return await cards.issue(desk, name, api.CardCommand(reason="first"))
            case "lose":
                return await cards.lose(desk, name, api.CardLossReport())
            case "replace":
                return await cards.request(desk, name, life.CardReplacement(reason=args[1]))
        raise AssertionError(kind)

    return work


async def agree(sequence: Sequence, world: World) -> None:
    people = {id: n for n, id in enumerate(world.ids)}
    rows = await sequence.rows("select person_id, division, counted_from from stay where ended_on is null")
    assert {people[str(p)]: (d, c) for p, d, c in rows if str(p) in people} == world.model.stays
    rows = await sequence.rows(
        "select person_id, counted_from, endorsed_on, endorse_by, state from residence_permit where state <> 'ended'"
    )
    found = [(people[str(p)], Permit(c, e, b, s == "suspended")) for p, c, e, b, s in rows if str(p) in people]
    assert dict(found) == world.model.permits and len(found) == len(world.model.permits)
    rows = await sequence.rows("select person_id, valid_until from card where state = 'valid'")
    valid = [(people[str(p)], until) for p, until in rows if str(p) in people]
    assert dict(valid) == world.model.cards and len(valid) == len(world.model.cards), "one valid card"


def played(stage: tuple[Rig, World], commands: list[tuple[Any, ...]]) -> None:
    made, beginning = stage

    async def years(sequence: Sequence) -> None:
        world = beginning.copy()
        for command in commands:
            for step in _steps(command):
                await act(sequence, world, step)
        await agree(sequence, world)

    made.play(years)


@pytest.mark.rule("domain-9", "domain-10", "identity.permit-stay-months", "identity.permit-endorsement-months")
@pytest.mark.rule("identity.permit-endorsement-window-months", "identity.card-validity", "identity.card-renewal-months")
@thorough(170)
@given(commands=st.lists(COMMANDS, min_size=2, max_size=6))
def test_permits_follow_stay_and_endorsements_and_nobody_has_two_cards(
    stage: tuple[Rig, World], commands: list[tuple[Any, ...]]
) -> None:
    played(stage, commands)


LATE = [("resident", 1, 367), ("apply", 1), ("wait", 335), ("endorse", 1)]


def test_the_machine_catches_a_count_that_goes_on_after_a_late_endorsement(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    played(stage, LATE)
    with monkeypatch.context() as planted:
        right = permit_rules.endorse
        goes_on = lambda state, counted, *rest: Endorsed(counted, right(state, counted, *rest).endorse_by)  # noqa: E731 (a planted defect)
        planted.setattr(permit_rules, "endorse", goes_on)
        with pytest.raises(AssertionError):
            played(stage, LATE)


def test_the_machine_catches_a_permit_that_outlives_its_stay(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: Any) -> None:
        return None

    with monkeypatch.context() as planted:
        planted.setattr(stays, "end_with_stay", nothing)
        with pytest.raises(AssertionError):
            played(stage, [("resident", 0, 30), ("leave", 0)])


def test_the_machine_catches_a_card_that_is_kept_beside_the_new_one(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(*_: Any) -> None:
        return None

    with monkeypatch.context() as planted:
        planted.setattr(papers, "valid_card", none)
        with pytest.raises(AssertionError):
            played(stage, [("settle", 0), ("issue", 0), ("replace", 0, "damage")])

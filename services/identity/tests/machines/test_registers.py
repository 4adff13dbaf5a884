"""Random lives in the registers: whatever is asked for, a person is in one register or has a stated reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import household as circles
from identity.service import households, moves, registers
from identity.settings import IdentitySettings
from onewindow_contracts.models import identity as api
from onewindow_kit.testing.sequences import thorough

from .register_model import HEAD, Register, Registers
from .register_world import PLACE, World, act
from .rig import START, Rig, Sequence, admit, rig

BORN = date(1980, 5, 1)
PEOPLE = 6

who, where, code = st.integers(0, 7), st.integers(0, 4), st.sampled_from([HEAD, "10", "20", "99"])
heir = st.one_of(st.none(), who)
COMMANDS = st.one_of(
    st.tuples(st.just("enter"), who, where, code),
    st.tuples(st.just("enter"), who, where, code),
    st.tuples(st.just("opened"), who),
    st.tuples(st.just("depart"), who, st.sampled_from(["serving", "settled-abroad", "unregistered"]), heir),
    st.tuples(st.just("die"), who, heir),
    st.tuples(st.just("revive"), who, where, code),
    st.tuples(st.just("permit"), who),
    st.tuples(st.just("certify"), who, heir),
    st.tuples(st.just("journey"), who, who, where, code, st.sampled_from([0, 0, 30, 31])),
    st.tuples(st.just("journey"), who, who, where, code, st.sampled_from([0, 0, 30, 31])),
    st.tuples(st.just("arrive"), who, where, code),
    st.tuples(st.just("withdraw"), who),
    st.tuples(st.just("name_head"), where, who),
    st.tuples(st.just("birth"), who, where),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 31])),
)


@pytest.fixture(scope="module")
def stage(settings: IdentitySettings) -> Iterator[tuple[Rig, World]]:
    """Six people; two family registers (of two and of one) and a collective one."""
    with rig(settings) as made:

        async def town(sequence: Sequence) -> World:
            people = [await admit(sequence, f"某{n}", "12"[n % 2], BORN, n + 1) for n in range(PEOPLE)]
            rows = await sequence.rows("select pseudonym, person_id from pseudonym where sector = 'identity'")
            ids = [str(dict(rows)[name]) for name in people]
            world = World(Registers(START), people, ids, [])
            world.model.standing = dict.fromkeys(range(PEOPLE), "elsewhere")
            world.model.born = dict.fromkeys(range(PEOPLE), BORN)
            for head in (0, 2):
                assert await act(sequence, world, ("opened", head)) is None
            assert await act(sequence, world, ("enter", 1, 0, "10")) is None
            collective = api.HouseholdCommand(place=api.HouseholdPlace(kind="collective", **PLACE))
            world.places.append((await sequence.done(lambda desk: households.open_household(desk, collective))).urn)
            world.model.registers[2] = Register("collective")
            return world

        made.today(START)
        yield made, made.setup(town)


async def agree(sequence: Sequence, world: World) -> None:
    """The registers' own tables say what the model says."""
    people = {str(id): who for who, id in enumerate(world.ids)}
    places = {urn: r for r, urn in enumerate(world.places)}
    standing = {
        people[str(i)]: s for i, s in await sequence.rows("select id, standing from person") if str(i) in people
    }
    assert standing == world.model.standing
    held = await sequence.rows("select person_id, household, relationship from registration where ended_on is null")
    found: dict[int, dict[int, str | None]] = {r: {} for r in places.values()}
    for person, urn, relation in held:
        if str(person) in people:
            found[places[urn]][people[str(person)]] = relation
    assert found == {r: register.members for r, register in world.model.registers.items()}
    state = await sequence.rows("select urn, state from household")
    assert {places[u]: s == "open" for u, s in state if u in places} == {
        r: register.open for r, register in world.model.registers.items()
    }
    for register in world.model.registers.values():
        heads = [m for m, relation in register.members.items() if relation == HEAD]
        assert len(heads) <= 1 and (register.kind != "family" or bool(heads) == bool(register.members))


def _steps(command: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """A journey is a move in all its steps, which random commands seldom line up to."""
    if command[0] != "journey":
        return [command]
    _, one, other, place, relation, days = command
    waiting = [("wait", days)] if days else []
    return [("permit", one), ("certify", one, other), *waiting, ("arrive", one, place, relation)]


def played(stage: tuple[Rig, World], commands: list[tuple[Any, ...]]) -> None:
    made, beginning = stage

    async def life(sequence: Sequence) -> None:
        world = beginning.copy()
        for command in commands:
            for step in _steps(command):
                await act(sequence, world, step)
        await agree(sequence, world)

    made.play(life)


@pytest.mark.rule("domain-1", "domain-2", "domain-8")
@thorough(170)
@given(commands=st.lists(COMMANDS, min_size=3, max_size=9))
def test_a_person_is_in_one_register_or_has_a_stated_reason(
    stage: tuple[Rig, World], commands: list[tuple[Any, ...]]
) -> None:
    played(stage, commands)


LIFE = [("permit", 0), ("certify", 0, 1), ("arrive", 0, 2, "99"), ("die", 2, None), ("enter", 3, 0, "10")]
"""The numbers name whom they say: multiples of four wrap, and nobody else moves."""


def test_the_machine_catches_a_register_left_without_a_head(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    played(stage, LIFE)
    with monkeypatch.context() as planted:
        planted.setattr(circles.Household, "name_head", lambda *_: None)
        with pytest.raises(AssertionError):
            played(stage, LIFE)


def test_the_machine_catches_a_certificate_that_never_expires(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(moves.moves, "expires_on", lambda on, days: on + timedelta(days=days + 1))
        with pytest.raises(AssertionError):
            played(stage, [("permit", 0), ("certify", 0, 1), ("wait", 31)])


def test_the_machine_catches_who_is_registered_twice(stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(registers, "may_enter", lambda _: None)
        with pytest.raises(AssertionError):
            played(stage, [("die", 3, None), ("enter", 3, 2, "99")])

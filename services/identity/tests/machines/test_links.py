"""Random merges, splits and lives between them: every record stays with the right person."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.service import households, kinships, standings, stays
from identity.service.links import doubles, merges, restoring, splits
from identity.settings import IdentitySettings
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_life as lives
from onewindow_kit.testing.sequences import thorough

from .link_model import Links
from .link_world import World, agree, live, merge, part, published, undo
from .rig import START, Rig, Sequence, admit, rig

BORN = [date(1950, 5, 1), date(1980, 5, 1), date(1981, 5, 1), date(1980, 6, 1), date(1980, 6, 1), date(1982, 1, 1)]
who, number = st.integers(0, 7), st.integers(0, 40)
COMMANDS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), who, who, st.booleans()),
        st.tuples(st.just("merge"), who, who, st.booleans()),
        st.tuples(st.just("undo"), who, number, st.just(0)),
        st.tuples(st.just("undo"), who, number, st.just(0)),
        st.tuples(st.just("part"), who, number, number),
        st.tuples(st.sampled_from(["number", "card", "marry", "die"]), who, who, st.just(0)),
    ),
    min_size=2,
    max_size=6,
)
pytestmark = pytest.mark.rule("domain-7")


@pytest.fixture(scope="module")
def stage(settings: IdentitySettings) -> Iterator[tuple[Rig, World]]:
    """A parent with two entries of one child, a family, somebody alone, somebody from elsewhere who stays here."""
    with rig(settings) as made:

        async def town(sequence: Sequence) -> World:
            people = [await admit(sequence, f"合{n}", "12"[n % 2], born, 100 + n) for n, born in enumerate(BORN)]
            rows = dict(await sequence.rows("select pseudonym, person_id from pseudonym where sector = 'identity'"))
            world = World(Links(dict(enumerate(people))), {n: rows[name] for n, name in enumerate(people)})

            async def settle(desk: Any) -> None:
                place = api.HouseholdPlace(kind="family", division="330106", address="文一路 1 号")
                one = await households.open_household(desk, api.HouseholdCommand(place=place, head=people[0]))
                for n in (1, 2):
                    entry = api.EntryCommand(household=one.urn, relationship="20", reason="x")
                    version = (await desk.person(people[n])).version
                    await standings.enter(desk, people[n], version, entry)
                    await desk.changes.publish()
                await households.open_household(desk, api.HouseholdCommand(place=place, head=people[3]))
                stay = lives.StayCommand(person=people[4], division="330106", address="文二路 1 号")
                await stays.register(desk, people[4], stay, by_office=True)
                for child in (1, 3):
                    parties = [
                        api.KinshipParty(person=people[0], role="parent"),
                        api.KinshipParty(person=people[child], role="child"),
                    ]
                    kin = api.KinshipCommand(kind="parentage", basis="acknowledgement", parties=parties, since=START)
                    await kinships.register(desk, kin)

            await sequence.done(settle)
            for n in (0, 1, 3):
                await live(sequence, world, "card", n, n)
            await world.learn(sequence)
            return world

        made.today(START)
        yield made, made.setup(town)


def play(stage: tuple[Rig, World], commands: list[tuple[Any, ...]]) -> None:
    office, town = stage

    async def run(sequence: Sequence) -> None:
        world = deepcopy(town)
        for command in commands:
            await act(sequence, world, command)
            await agree(sequence, world)
        await published(sequence, world)

    office.play(run)


async def act(sequence: Sequence, world: World, command: tuple[Any, ...]) -> None:
    """Numbers wrap around the entries, merges and records there are."""
    kind, one, other, more = command
    entries = sorted(world.model.names)
    one %= len(entries)
    match kind:
        case "merge":
            await merge(sequence, world, one, other % len(entries), stated=more)
        case "undo":
            # Mostly a merge that there is: of all entries few are survivors.
            open_ones = [n for n, m in enumerate(world.model.merges) if not m.undone]
            if open_ones and other % 4:
                other = open_ones[other % len(open_ones)]
                one = world.model.merges[other].survivor
            await undo(sequence, world, one, other)
        case "part":
            mine = sorted({urn for urn, _ in world.model.holds(world.model.root(one))})
            wanted = [urn for n, urn in enumerate(mine) if (other + n) % 3 == 0] if more % 5 else []
            if more % 7 == 1:  # somebody else's among them
                wanted += sorted({urn for urn, _ in world.model.owner} - set(mine))[:1]
            await part(sequence, world, one, wanted)
        case _:
            await live(sequence, world, kind, one, other % len(entries))


@thorough(110)
@given(commands=COMMANDS)
def test_every_record_stays_with_the_right_person(stage: tuple[Rig, World], commands: list[Any]) -> None:
    play(stage, commands)


async def _keeps_all(*_: Any) -> None:
    """Nothing is given back."""


PLANTED = {
    "merges of the dead": lambda m: m.setattr(merges, "may_merge", lambda *_a, **_k: None),
    "kin are merged": lambda m: m.setattr(doubles, "check_ties", lambda *_: None),
    "nothing is given back": lambda m: m.setattr(restoring, "give_back", _keeps_all),
    "the leaver takes nothing": lambda m: m.setattr(splits, "_take", _keeps_all),
    "nothing is handed over": lambda m: m.setattr(merges, "_hand_over", lambda *_: None),
}
SCRIPT = [
    [("merge", 1, 3, False), ("undo", 1, 1, 0)],
    [("die", 5, 0, 0), ("merge", 4, 5, False)],
    [("merge", 0, 1, False)],
    [("part", 3, 0, 2)],
]


def test_what_defects_are_looked_for_with_is_sound(stage: tuple[Rig, World]) -> None:
    for script in SCRIPT:
        play(stage, script)


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_noticed(stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch, defect: str) -> None:
    PLANTED[defect](monkeypatch)
    noticed = 0
    for script in SCRIPT:
        try:
            play(stage, script)
        except (AssertionError, KeyError):
            noticed += 1
    assert noticed

"""Random families: nobody is married twice, to kin or too young; parents and guardians are whom the law knows."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import marriage
from identity.service import adoptions, kinships, standings
from identity.service.desk import Desk
from identity.settings import IdentitySettings
from onewindow_contracts.models import identity as api
from onewindow_contracts.models.identity_life import AdoptionCommand
from onewindow_kit.testing.sequences import thorough

from .family_model import Families
from .rig import START, Rig, Sequence, admit, rig

# Grandparents, three of their children, a stranger; young ones near the ages that the law names; two small children.
PEOPLE = [
    ("1", date(1950, 1, 1)),
    ("2", date(1952, 1, 1)),
    ("1", date(1975, 1, 1)),
    ("2", date(1976, 1, 1)),
    ("1", date(1978, 1, 1)),
    ("2", date(1983, 12, 31)),
    ("1", date(2002, 1, 15)),
    ("2", date(2004, 1, 15)),
    ("1", date(2006, 1, 15)),
    ("2", date(2020, 2, 29)),
]
BLOOD = [(0, 2), (1, 2), (0, 3), (1, 4), (2, 6), (3, 7)]
EVIDENCE = [api.Evidence(kind="adoption-certificate", reference="收养1")]
DEATH = [api.Evidence(kind="death-certificate", reference="D1")]
ROLES = {"marriage": ("spouse", "spouse"), "parentage": ("parent", "child"), "guardianship": ("guardian", "ward")}

who = st.integers(0, len(PEOPLE) - 1)
COMMANDS = st.one_of(
    st.tuples(st.just("marry"), who, who),
    st.tuples(st.just("marry"), who, who),
    st.tuples(st.just("marry"), st.sampled_from([0, 2, 4, 6, 8]), st.sampled_from([1, 3, 5, 7])),
    st.tuples(st.just("part"), who),
    st.tuples(st.just("parent"), who, who),
    st.tuples(st.just("adopt"), st.sampled_from([7, 8, 9, 9]), st.tuples(who) | st.tuples(who, who)),
    st.tuples(st.just("adopt_as_couple"), st.sampled_from([8, 9]), who),
    st.tuples(st.just("guard"), who, who),
    st.tuples(st.just("release"), who, who),
    st.tuples(st.just("die"), who),
    st.tuples(st.just("wait"), st.sampled_from([14, 15, 366, 5000])),
)


class World:
    """The model, the persons' names, and the kinships in force that commands made."""

    def __init__(self, model: Families, people: list[str], ids: list[str]) -> None:
        self.model, self.people, self.ids = model, people, ids

    def copy(self) -> World:
        return World(deepcopy(self.model), self.people, self.ids)


@pytest.fixture(scope="module")
def stage(settings: IdentitySettings) -> Iterator[tuple[Rig, World]]:
    with rig(settings) as made:

        async def town(sequence: Sequence) -> World:
            people = [await admit(sequence, f"亲{n}", sex, born, 400 + n) for n, (sex, born) in enumerate(PEOPLE)]
            rows = dict(await sequence.rows("select pseudonym, person_id from pseudonym where sector = 'identity'"))
            model = Families(
                START,
                {n: sex for n, (sex, _) in enumerate(PEOPLE)},
                {n: born for n, (_, born) in enumerate(PEOPLE)},
            )
            world = World(model, people, [str(rows[name]) for name in people])
            for parent, child in BLOOD:
                assert await act(sequence, world, ("parent", parent, child)) is None
            return world

        made.today(START)
        yield made, made.setup(town)


async def act(sequence: Sequence, world: World, command: tuple[Any, ...]) -> str | None:
    """Do one command on both sides; the two must agree whether it is done. The refusal's code."""
    kind, *args = command
    if kind == "adopt_as_couple":
        other = world.model.spouse.get(args[1], args[1])
        kind, args = "adopt", [args[0], (args[1], other)]
    if kind == "wait":
        expected = world.model.wait(args[0])
        sequence.rig.today(world.model.day)
        assert await sequence.done(kinships.end_at_majority) == expected
        return None
    refused = await sequence.tried(await _plan(sequence, world, kind, args))
    expected = getattr(world.model, kind)(*args)
    assert (refused is None) == expected, f"{kind} {args}: {refused or 'done'}"
    return refused


async def _plan(sequence: Sequence, world: World, kind: str, args: list[Any]) -> Any:
    names, first = world.people, args[0]
    urn, version = "urn:onewindow:demo.population-office:kinship:" + "a" * 22, 1
    if kind in ("part", "release"):
        urn, version = await _in_force(sequence, world, kind, args) or (urn, version)

    async def work(desk: Desk) -> Any:
        match kind, args:
            case (("marry" | "parent" | "guard"), [one, other]):
                what = {"marry": "marriage", "parent": "parentage", "guard": "guardianship"}[kind]
                basis = {"marry": "marriage", "parent": "birth", "guard": "appointment"}[kind]
                parties = [
                    api.KinshipParty(person=names[n], role=role)  # type: ignore[arg-type]  # roles of the contract
                    for n, role in zip((one, other), ROLES[what], strict=True)
                ]
                command = api.KinshipCommand(kind=what, basis=basis, parties=parties)  # type: ignore[arg-type]  # its words
                return await kinships.register(desk, command)
            case (("part" | "release"), _):
                over = api.KinshipEnd(ended_on=desk.today, reason="判决")
                return await kinships.end(desk, urn, version, over)
            case "adopt", [child, adopters]:
                people = [names[n] for n in adopters]
                return await adoptions.register(
                    desk, AdoptionCommand(child=names[child], adopters=people, evidence=EVIDENCE)
                )
            case "die", _:
                person = await desk.person(names[first])
                death = api.DeathCommand(died_on=desk.today, evidence=DEATH)
                return await standings.die(desk, names[first], person.version, death)
        raise AssertionError(kind)

    return work


async def _in_force(sequence: Sequence, world: World, kind: str, args: list[Any]) -> tuple[str, int] | None:
    """The kinship that is meant, if there is one."""
    one = world.ids[args[0]]
    if kind == "part":
        pair = f"(first_id = '{one}' or second_id = '{one}') and kind = 'marriage'"
    else:
        pair = f"first_id = '{one}' and second_id = '{world.ids[args[1]]}' and kind = 'guardianship'"
    rows = await sequence.rows(f"select urn, version from kinship where state = 'in-force' and {pair}")
    return rows[0] if rows else None  # type: ignore[return-value]  # a URN and a version


async def agree(sequence: Sequence, world: World) -> None:
    people = {id: n for n, id in enumerate(world.ids)}
    rows = await sequence.rows("select kind, first_id, second_id, due_on from kinship where state = 'in-force'")
    found = [(k, people[str(a)], people[str(b)], due) for k, a, b, due in rows if str(a) in people]
    married = [pair for k, *pair, _ in found if k == "marriage"]
    assert {frozenset(pair) for pair in married} == {frozenset(pair) for pair in world.model.spouse.items()}
    assert len({one for pair in married for one in pair}) == 2 * len(married), "nobody is married twice"
    parents: dict[int, set[int]] = {}
    for k, parent, child, _ in found:
        if k == "parentage":
            parents.setdefault(child, set()).add(parent)
    assert parents == {child: held for child, held in world.model.parents.items() if held}
    guards = [((a, b), due) for k, a, b, due in found if k == "guardianship"]
    assert dict(guards) == world.model.guards and len(guards) == len(world.model.guards)


def played(stage: tuple[Rig, World], commands: list[tuple[Any, ...]], *, unguarded: bool = False) -> None:
    """``unguarded``: without the database's own guard, so that the rule alone is on trial; undone with the rest."""
    made, beginning = stage

    async def life(sequence: Sequence) -> None:
        world = beginning.copy()
        if unguarded:
            for index in ("marriage_first", "marriage_second"):
                await sequence.rows(f"drop index {index}")
        for command in commands:
            await act(sequence, world, command)
        await agree(sequence, world)

    made.play(life)


@pytest.mark.rule("domain-8", "identity.marriage-age", "identity.marriage-kin-generations", "identity.majority-age")
@thorough(170)
@given(commands=st.lists(COMMANDS, min_size=4, max_size=12))
def test_nobody_is_married_twice_and_children_have_the_parents_the_law_knows(
    stage: tuple[Rig, World], commands: list[tuple[Any, ...]]
) -> None:
    played(stage, commands)


DEFECTS = [
    ("check_single", [("marry", 4, 5), ("marry", 4, 3)]),
    ("check_kin", [("marry", 6, 7)]),
    ("check_age", [("marry", 8, 5)]),
    ("check_sexes", [("marry", 4, 0)]),
]


@pytest.mark.parametrize(("rule", "commands"), DEFECTS, ids=[name for name, _ in DEFECTS])
def test_the_machine_catches_a_rule_that_is_not_kept(
    stage: tuple[Rig, World], monkeypatch: pytest.MonkeyPatch, rule: str, commands: list[tuple[Any, ...]]
) -> None:
    commands = [("wait", 5000), *commands] if rule == "check_kin" else commands
    played(stage, commands)
    with monkeypatch.context() as planted:
        planted.setattr(marriage, rule, lambda *_: None)
        with pytest.raises(AssertionError):
            played(stage, commands, unguarded=True)

"""Commands of the registers on both sides: as use cases, and to the model that judges them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from identity.service import births, dossiers, households, late, moves, registers, standings
from identity.service.desk import Desk
from identity.store.registers import move as stored_move
from onewindow_contracts.models import identity as api

from .register_model import Registers
from .rig import Sequence

PLACE = {"division": "330106", "address": "文三路 1 号"}
EVIDENCE = [api.Evidence(kind="court-judgment", reference="判决1")]
DEATH = [api.Evidence(kind="death-certificate", reference="D1")]


class World:
    """The model beside the names that the register gave its persons and registers."""

    def __init__(self, model: Registers, people: list[str], ids: list[str], places: list[str]) -> None:
        self.model, self.people, self.ids, self.places = model, people, ids, places
        self.open_moves: dict[int, str] = {}

    def copy(self) -> World:
        return World(deepcopy(self.model), list(self.people), list(self.ids), list(self.places))


async def act(sequence: Sequence, world: World, command: tuple[Any, ...]) -> str | None:
    """Do one command on both sides; the two must agree whether it is done. The refusal's code."""
    kind, *args = command
    model = world.model
    if kind == "wait":
        expected = model.wait(args[0], lambda one: world.ids[one])
        sequence.rig.today(model.day)
        back = await sequence.done(moves.expire)
        assert back == expected
        return None
    meant = _arguments(world, kind, args)
    refused = await sequence.tried(_plan(world, kind, meant))
    expected = getattr(model, kind)(*meant)
    assert (refused is None) == expected, f"{kind} {meant}: {refused or 'done'}"
    if refused is None:
        await _remember(sequence, world, kind, meant)
    return refused


def _arguments(world: World, kind: str, args: list[Any]) -> list[Any]:
    """Numbers wrap around the persons and registers there are; steps of a move mostly mean somebody who moves."""

    def person(n: int | None) -> int | None:
        return None if n is None else n % len(world.people)

    def likely(n: int, those: list[int]) -> int:
        return those[n // 2 % len(those)] if those and n % 4 else n % len(world.people)

    places = max(1, len(world.places))
    moving = sorted(world.model.moves)
    settled = sorted(one for one, how in world.model.standing.items() if how == "registered")
    match kind, args:
        case ("arrive", [one, place, relation]):
            return [likely(one, moving), place % places, relation]
        case (("enter" | "revive"), [one, place, relation]):
            return [person(one), place % places, relation]
        case ("depart", [one, reason, other]):
            return [likely(one, settled), reason, person(other)]
        case ("certify", [one, other]):
            return [likely(one, moving), person(other)]
        case ("die", [one, other]):
            return [person(one), person(other)]
        case ("name_head", [place, one]):
            return [place % places, likely(one, sorted(world.model.registers[place % places].members))]
        case ("birth", [one, place]):
            parent = likely(one, settled)
            home = world.model.place(parent)
            return [parent, place % places if home is None or place == 0 else home]
        case ("permit", [one]):
            return [likely(one, settled)]
        case ("withdraw", [one]):
            return [likely(one, moving)]
        case (_, [one]):
            return [person(one)]
    raise AssertionError(kind)


def _plan(world: World, kind: str, args: list[Any]) -> Any:
    """The command as its use case."""
    one = args[1] if kind == "name_head" else args[0]
    name = world.people[one]
    open_move = world.open_moves.get(one, "urn:onewindow:demo.population-office:move:" + "a" * 22)

    def heir_name(other: int | None) -> str | None:
        return None if other is None else world.people[other]

    async def work(desk: Desk) -> Any:
        version = (await desk.person(name)).version
        match kind, args:
            case "enter", [_, place, relation]:
                entry = api.EntryCommand(household=world.places[place], relationship=relation, reason="x")
                return await standings.enter(desk, name, version, entry)
            case "opened", _:
                place_ = api.HouseholdPlace(kind="family", **PLACE)
                return await households.open_household(desk, api.HouseholdCommand(place=place_, head=name))
            case "depart", [_, reason, other]:
                leaving = api.DepartureCommand(
                    standing=reason, left_on=desk.today, reason="x", new_head=heir_name(other)
                )
                return await standings.depart(desk, name, version, leaving)
            case "die", [_, other]:
                death = api.DeathCommand(died_on=desk.today, evidence=DEATH, new_head=heir_name(other))
                return await standings.die(desk, name, version, death)
            case "revive", [_, place, relation]:
                back = await _return(desk, name, world.places[place], relation)
                return await late.register(desk, back)
            case "permit", _:
                return await moves.permit(desk, api.MoveCommand(person=name, to_division="330105", reason="work"))
            case "certify", [_, other]:
                at = await _version(desk, open_move)
                return await moves.certify(desk, open_move, at, api.CertificateCommand(new_head=heir_name(other)))
            case "arrive", [_, place, relation]:
                at = await _version(desk, open_move)
                arrival = api.ArrivalCommand(household=world.places[place], relationship=relation)
                return await moves.arrive(desk, open_move, at, arrival)
            case "withdraw", _:
                return await moves.withdraw(desk, open_move, name)
            case "name_head", [place, _]:
                row = await registers.household(desk, world.places[place])
                change = api.HeadCommand(head=name, relationships=[])
                return await households.change_head(desk, row.urn, row.version, change, desk.today, "x")
            case "birth", [_, place]:
                return await births.register(desk, _birth(desk, name, world.places[place], f"新生{len(world.people)}"))
        raise AssertionError(kind)

    return work


async def _return(desk: Desk, name: str, place: str, relation: str) -> api.LateRegistrationCommand:
    person = await desk.person(name)
    return api.LateRegistrationCommand(
        category="declared-dead",
        evidence=EVIDENCE,
        person=name,
        name=person.name,
        sex=person.sex,  # type: ignore[arg-type]  # a code
        birth_date=person.birth_date,
        ethnic_group="01",
        birth_division="330106",
        household=place,
        relationship=relation,
    )


async def _version(desk: Desk, urn: str) -> int:
    found = await stored_move(desk.session, urn)
    return 1 if found is None else found.version


def _birth(desk: Desk, parent: str, place: str, child: str) -> api.BirthCommand:
    return api.BirthCommand(
        name=child,
        sex="1",
        birth_date=desk.today,
        ethnic_group="01",
        birth_division="330106",
        mother=parent,
        household=place,
        relationship="20",
        certificate="U1",
    )


async def _remember(sequence: Sequence, world: World, kind: str, args: list[Any]) -> None:
    made = sequence.result
    match kind:
        case "opened":
            world.places.append(made.urn)
        case "permit":
            world.open_moves[args[0]] = made.urn
        case "birth":
            world.people.append(await sequence.done(lambda desk: dossiers.name(desk, made.id)))
            world.ids.append(str(made.id))

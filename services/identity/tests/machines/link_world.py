"""Merges and splits on both sides: as use cases of two officers, and to the model that judges them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from identity.service import cards, kinships, numbers, standings
from identity.service.desk import Desk
from identity.service.links import decisions
from onewindow_contracts.models import identity as api
from onewindow_contracts.models import identity_links as linked

from .link_model import Links, Part
from .rig import Sequence

EVIDENCE = [api.Evidence(kind="inquiry-report", reference="R1")]
DEATH = [api.Evidence(kind="death-certificate", reference="D1")]
TABLES = {
    "identification": ("person_id",),
    "registration": ("person_id",),
    "card": ("person_id",),
    "move": ("person_id",),
    "stay": ("person_id",),
    "kinship": ("first_id", "second_id"),
}
STATES = {
    "identification": "state, ended_on::text",
    "registration": "exit, ended_on::text",
    "card": "state, ended_on::text",
    "move": "step, ended_on::text",
    "stay": "exit, ended_on::text",
    "kinship": "state, ended_on::text",
}


class World:
    """The model beside the ids by which the register knows its entries; ``before`` is what each merge found."""

    def __init__(self, model: Links, ids: dict[int, UUID]) -> None:
        self.model, self.ids = model, ids
        self.decisions: list[str] = []
        self.before: list[dict[Any, Any]] = []

    def entry(self, id: UUID) -> int:
        return next(entry for entry, known in self.ids.items() if known == id)

    def among(self, column: str) -> str:
        """A condition on a column: one of the entries that the model knows."""
        ids = ", ".join(f"'{id}'" for id in self.ids.values())
        return f"{column} in ({ids})"

    async def learn(self, sequence: Sequence) -> dict[Part, UUID]:
        """Whose each record is in the register; the model takes in those that it hasn't met."""
        found: dict[Part, UUID] = {}
        known = set(self.ids.values())
        parts = [
            f"select urn, '{column}', {column} from {table} where {self.among(column)}"
            for table, columns in TABLES.items()
            for column in columns
        ]
        for urn, column, id in await sequence.rows(" union all ".join(parts)):
            found[urn, column] = id
        for part, id in found.items():
            self.model.owner.setdefault(part, self.entry(id))
        rows = await sequence.rows(
            f"select urn, kind, first_id, second_id from kinship where state = 'in-force' and {self.among('first_id')}"
        )
        self.model.ties = {
            urn: (kind, self.entry(first), self.entry(second))
            for urn, kind, first, second in rows
            if {first, second} <= known
        }
        return found

    async def rename(self, sequence: Sequence) -> None:
        """Ask the register what everybody is called by now."""
        rows = await sequence.rows(
            "select person_id, pseudonym from pseudonym "
            f"where sector = 'identity' and current and {self.among('person_id')}"
        )
        called = dict(rows)
        for entry in self.model.alive():
            self.model.names[entry] = called[self.ids[entry]]

    async def states(self, sequence: Sequence, entries: tuple[int, int]) -> dict[Any, Any]:
        """State and side of every record of two entries, and their standing. Of a kinship with anybody else only while
        that one is the same and lives: what befalls others is no trace of a merge."""
        mine = {self.ids[entry]: entry for entry in entries}
        among = ", ".join(f"'{id}'" for id in mine)
        found: dict[Any, Any] = {}
        for table, state in STATES.items():
            columns = TABLES[table]
            where = " or ".join(f"{column} in ({among})" for column in columns)
            for urn, *rest in await sequence.rows(
                f"select urn, {', '.join(columns)}, {state} from {table} where {where}"
            ):
                people = rest[: len(columns)]
                if all(id in mine or self._same(id) for id in people):
                    others = [id for id in people if id not in mine]
                    found[urn] = others, [mine.get(id) for id in people], *rest[len(columns) :]
        rows = await sequence.rows(f"select id, standing, standing_since::text from person where id in ({among})")
        return found | {mine[id]: ([], *rest) for id, *rest in rows}

    def _same(self, id: UUID) -> bool:
        entry = self.entry(id) if id in self.ids.values() else None
        return entry is not None and entry not in self.model.into and entry not in self.model.dead


def by(desk: Desk, officer: str) -> Desk:
    desk.officer = officer
    return desk


async def decided(desk: Desk, propose: Any, command: Any) -> Any:
    """Proposed by one officer, confirmed by another, published; the decision."""
    proposed = await propose(by(desk, "o-1"), command)
    return await decisions.confirm(by(desk, "o-2"), proposed.id)


async def heir(sequence: Sequence, id: UUID) -> str | None:
    """Another member of the family register that this person heads."""
    rows = await sequence.rows(f"""
        select p.pseudonym from registration mine
        join registration other on other.household = mine.household and other.person_id <> mine.person_id
        join pseudonym p on p.person_id = other.person_id and p.sector = 'identity' and p.current
        where mine.person_id = '{id}' and mine.ended_on is null and other.ended_on is null
          and mine.relationship = '02' order by other.urn limit 1
    """)
    return rows[0][0] if rows else None


async def merge(sequence: Sequence, world: World, survivor: int, losing: int, *, stated: bool) -> str | None:
    model = world.model
    expected = model.may_merge(survivor, losing, stated=stated)
    found = await world.states(sequence, (survivor, losing))
    command = linked.MergeProposal(
        survivor=model.names[survivor],
        losing=model.names[losing],
        grounds="x",
        evidence=EVIDENCE,
        dead_with_alive=stated,
        new_head=await heir(sequence, world.ids[losing]),
    )
    refused = await sequence.tried(lambda desk: decided(desk, decisions.propose_merge, command))
    assert refused == expected, f"merge {survivor} {losing}: {refused} instead of {expected}"
    if refused is None:
        model.merge(survivor, losing)
        world.decisions.append(sequence.result.id)
        world.before.append(found)
    return refused


async def undo(sequence: Sequence, world: World, stayer: int, number: int) -> str | None:
    model = world.model
    expected = model.may_undo(stayer, number)
    known = number < len(world.decisions)
    command = linked.SplitProposal(
        person=model.names[stayer],
        undoes=world.decisions[number] if known else "a" * 22,
        grounds="x",
        evidence=EVIDENCE,
    )
    refused = await sequence.tried(lambda desk: decided(desk, decisions.propose_split, command))
    assert refused == expected, f"undo {stayer} {number}: {refused} instead of {expected}"
    if refused is None:
        exact = model.merges[number].untouched
        model.undo(stayer, number)
        await world.rename(sequence)
        if exact:
            merged = model.merges[number]
            after = await world.states(sequence, (merged.survivor, merged.losing))
            found = world.before[number].items()
            left = {k: (was, after[k]) for k, was in found if k in after and after[k] != was and after[k][0] == was[0]}
            assert not left, f"undone at once, a merge leaves no trace: {left}"
    return refused


async def part(sequence: Sequence, world: World, stayer: int, urns: list[str]) -> str | None:
    model = world.model
    expected = model.may_part(stayer, urns)
    leaver = linked.Leaver(name="某人", sex="1", birth_date="1980-05-01")  # type: ignore[arg-type]  # parsed by the contract
    command = linked.SplitProposal(
        person=model.names[stayer], leaves=urns, leaver=leaver, grounds="x", evidence=EVIDENCE
    )
    refused = await sequence.tried(lambda desk: decided(desk, decisions.propose_split, command))
    assert refused == expected, f"part {stayer}: {refused} instead of {expected}"
    if refused is None:
        made = sequence.result
        moves = await sequence.rows(
            "select urn, registration from move where step in ('requested', 'permitted', 'in-transit')"
        )
        bound = {a for urn, registration in moves for a in (urn, registration) if {urn, registration} & set(urns)}
        world.ids[model.part(stayer, [*urns, *bound])] = made.other_id
        await world.rename(sequence)
    return refused


async def live(sequence: Sequence, world: World, kind: str, entry: int, other: int) -> str | None:
    """Something else happens to a person, who may be asked for by an alias; whether it may is judged elsewhere."""
    model = world.model
    name = model.names[entry]
    new_head = await heir(sequence, world.ids[model.root(entry)])

    async def work(desk: Desk) -> Any:
        person = await desk.person(name)
        match kind:
            case "number":
                asked = api.NumberCommand(scheme="cn-id", division="330106", reason="x")
                return await numbers.give(desk, name, person.version, asked)
            case "card":
                return await cards.issue(desk, name, api.CardCommand(reason="loss"))
            case "marry":
                parties = [api.KinshipParty(person=n, role="spouse") for n in (name, model.names[other])]
                wedding = api.KinshipCommand(kind="marriage", basis="marriage", parties=parties, since=desk.today)
                return await kinships.register(desk, wedding)
            case "die":
                death = api.DeathCommand(died_on=desk.today, evidence=DEATH, new_head=new_head)
                return await standings.die(desk, name, person.version, death)
        raise AssertionError(kind)

    refused = await sequence.tried(work)
    if refused is None:
        model.touch(model.root(entry), *([model.root(other)] if kind == "marry" else []))
        if kind == "die":
            model.dead.add(model.root(entry))
    return refused


async def agree(sequence: Sequence, world: World) -> None:
    """Every record is with whom the model says, nobody is twice anywhere, and every name means who it should."""
    model, found = world.model, await world.learn(sequence)
    for record, id in found.items():
        assert world.entry(id) == model.root(model.owner[record]), f"{record} is with a stranger"
    assert found.keys() == model.owner.keys(), "a record was lost"
    rows = await sequence.rows(f"""
        select p.standing, r.urn is not null from person p left join registration r
        on r.person_id = p.id and r.ended_on is null where p.merged_into is null and {world.among("p.id")}
    """)
    for standing, registered in rows:
        assert (standing == "registered") == registered, f"{standing} with {registered}"
    names = f"select pseudonym, person_id from pseudonym where sector = 'identity' and {world.among('person_id')}"
    called = dict(await sequence.rows(names))
    assert not model.retired & called.keys(), "a name that meant two persons means one of them"
    for name, entry in model.aliases.items():
        assert world.entry(called[name]) == model.root(entry)
    for entry in model.alive():
        assert world.entry(called[model.names[entry]]) == entry


async def published(sequence: Sequence, world: World) -> None:
    """What the world was told last names each record's person by the present pseudonym, and nobody else."""
    for urn, column in world.model.owner:
        envelope = orjson.loads(await sequence.rig.office.records.current(sequence.session, urn))
        owners = {world.model.root(o) for (u, _), o in world.model.owner.items() if u == urn}
        subjects = {subject["pseudonym"] for subject in envelope["subjects"]}
        mine = {world.model.names[owner] for owner in owners}
        assert mine <= subjects, f"{urn} {column} lost its person"
        assert not (subjects - mine) & set(world.model.names.values()), f"{urn} names a stranger"
